"""What a plan of the day may and may not do for this person: targets, limits, foods ruled out, advice withheld."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from twitchwise.diet.types import Adequacy, DietReading
from twitchwise.evidence.day_types import Mark
from twitchwise.evidence.types import Cite, Who
from twitchwise.foods.nutrients import UNITS
from twitchwise.plan.day.types import Wishes
from twitchwise.plan.foods import NEEDS
from twitchwise.plan.guards import GUARDS, kidney_trouble, refusal
from twitchwise.plan.situation import Situation
from twitchwise.plan.types import Refused
from twitchwise.plan.when import applies

YOUNG = 5.0  # years: younger children can choke on whole nuts
SHORT = ("may_be_low", "likely_low")
MINERAL_GUARD = {"potassium": "potassium", "magnesium": "potassium", "calcium": "calcium", "vitamin_d": "calcium"}
KEPT = ("protein", "fibre")
IRON_TESTS = ("ferritin", "iron", "transferrin_saturation")
DIET_RISKS = {"vegan": "vegan", "fortified_vegan": "vegan", "vegetarian": "vegetarian"}
ENERGY = "energy"


@dataclass(frozen=True, slots=True)
class Target:
    """An intake to reach."""

    nutrient: str
    amount: float
    name: str  # RDA, AI, PRI ...
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that binds the plan. `low` and `high` bound the day after the plan; doing nothing always fits."""

    targets: tuple[Target, ...]
    low: Mapping[str, float]
    high: Mapping[str, float]
    ease: Mapping[str, float]  # amounts to come down to, as far as it goes
    never_up: frozenset[str]  # nutrients that no single change may raise
    out: frozenset[str]  # marks that keep a food out
    suits: frozenset[str]
    wishes: Wishes
    fixed_out: frozenset[str] = frozenset()  # the part of `out` that the record itself asks for
    fixed_suits: frozenset[str] = frozenset()
    more_drink: bool = True
    fewer: bool = True  # whether something may be cut down
    refused: tuple[Refused, ...] = ()
    before: Mapping[str, float] = field(default_factory=dict)


def before_of(reading: DietReading) -> dict[str, float]:
    """Return the known mean intake of each nutrient.

    Parameters: reading. Returns: amount a day by nutrient, 0 where nothing is known.
    """
    found = {n: (reading.intakes[n].mean if n in reading.intakes else 0.0) for n in UNITS}
    return {n: value if math.isfinite(value) else 0.0 for n, value in found.items()}


def make_rules(situation: Situation, reading: DietReading, wishes: Wishes) -> Rules:
    """Gather what binds the plan of this person.

    Parameters: situation, the person; reading, the diet; wishes. Returns: the rules.
    """
    before = before_of(reading)
    targets, refused = _targets(situation, reading, before)
    low, high, ease = _bounds(situation, reading, before)
    for target in targets:
        low.pop(target.nutrient, None)
    # a bound must never forbid the day as it is
    low = {n: min(v, before[n]) for n, v in low.items()}
    high = {n: max(v, before[n]) for n, v in high.items()}
    out, suits = ruled_out(situation), frozenset(DIET_RISKS[r] for r in situation.obs.risks if r in DIET_RISKS)
    return Rules(
        tuple(targets),
        low,
        high,
        ease,
        _never_up(situation),
        frozenset(wishes.without) | out,
        frozenset(wishes.suits) | suits,
        wishes,
        out,
        suits,
        more_drink=refusal("fluids", situation) is None,
        fewer=not situation.no_doses and "underweight" not in situation.obs.risks,
        refused=tuple(refused),
        before=before,
    )


def without_wish(rules: Rules, kind: str, word: str) -> Rules:
    """Drop one wish; what the record itself rules out stays.

    Parameters: rules; kind, "dislikes", "without" or "suits"; word. Returns: new rules.
    """
    wishes = rules.wishes
    if kind == "dislikes":
        wishes = replace(wishes, dislikes=tuple(w for w in wishes.dislikes if w != word))
    elif kind == "without":
        wishes = replace(wishes, without=tuple(w for w in wishes.without if w != word))
    else:
        wishes = replace(wishes, suits=tuple(w for w in wishes.suits if w != word))
    out, suits = rules.out, rules.suits
    if kind == "without" and word not in rules.fixed_out:
        out = out - ({word, "peanut"} - rules.fixed_out if word == "nuts" else {word})
    if kind == "suits" and word not in rules.fixed_suits:
        suits = suits - {word}
    return replace(rules, wishes=wishes, out=out, suits=suits)


def _withheld(situation: Situation, nutrient: str) -> tuple[str, str] | None:
    guard = MINERAL_GUARD.get(nutrient, "")
    reason = refusal(guard, situation) if guard else None
    if reason is not None:
        return guard, reason
    if nutrient == "iron" and situation.is_high(*IRON_TESTS):
        return "", "a high iron result"
    need = NEEDS.get(nutrient)
    if need is not None and situation.is_high(*need.analytes):
        return "", f"a high {need.name} result"
    return None


def _targets(
    situation: Situation, reading: DietReading, before: Mapping[str, float]
) -> tuple[list[Target], list[Refused]]:
    targets, refused = [], []
    for nutrient, one in reading.adequacies.items():
        if nutrient not in UNITS or one.verdict not in SHORT or one.target is None or one.target <= before[nutrient]:
            continue
        held = _withheld(situation, nutrient)
        if nutrient in ("sodium", "caffeine", "alcohol", ENERGY, "water") or held is not None:
            guard, reason = held or ("salt", "salt and drinks are no target here")
            cites = GUARDS[guard].cites if guard in GUARDS else ()
            refused.append(Refused(f"foods with more {name_of(situation, nutrient)}", guard, reason, cites))
        else:
            targets.append(Target(nutrient, one.target, one.target_name, one.cites))
    return targets, refused


def name_of(situation: Situation, nutrient: str) -> str:
    """Return the plain name of a nutrient.

    Parameters: situation, the person; nutrient. Returns: the name.
    """
    known = situation.evidence.nutrients.get(nutrient)
    return known.name if known is not None else nutrient.replace("_", " ")


def limit_of(situation: Situation, reading: DietReading, nutrient: str) -> float | None:
    """Return the upper limit of everything eaten of a nutrient, the lowest that holds for this person.

    Parameters: situation, the person; reading, with its reference body; nutrient. Returns: amount a day, or None.
    """
    adequacy = reading.adequacies.get(nutrient)
    found = [u.limit for u in adequacy.uppers if u.scope == "total"] if adequacy is not None else []
    known = situation.evidence.nutrients.get(nutrient)
    age = situation.obs.age if situation.obs.age is not None else 30.0
    for limit in known.upper_limits if known is not None else ():
        fits = limit.scope == "total" and limit.unit.startswith(UNITS[nutrient])
        who = limit.who
        if (
            fits
            and limit.body in (reading.body, "EU")
            and who.age_from <= age < who.age_to
            and _concerns(situation, who)
        ):
            found.append(limit.value)
    return min(found, default=None)


def _concerns(situation: Situation, who: Who) -> bool:
    """Leave out limits that are for another sex, or for a pregnancy that the record does not state."""
    if who.risk == "pregnant":
        return situation.pregnant
    if who.risk:
        return who.risk in situation.obs.risks or (who.risk == "breastfeeding" and bool(situation.obs.breastfeeding))
    return not (who.sex and situation.obs.sex) or who.sex == situation.obs.sex


def _bounds(
    situation: Situation, reading: DietReading, before: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    rule = {key: one.value.value for key, one in situation.evidence.day_rules.items()}
    low, high = _kept(reading, before, rule["kept_share"])
    ease: dict[str, float] = {}
    for nutrient in UNITS:
        if (limit := limit_of(situation, reading, nutrient)) is not None:
            high[nutrient] = limit
            if before[nutrient] > limit and nutrient == "caffeine" and "lithium" not in situation.obs.tags:
                ease[nutrient] = limit
    salt = refusal("salt", situation)
    aim = reading.adequacies["sodium"].target if "sodium" in reading.adequacies else None
    high["sodium"] = before["sodium"] if salt or aim is None else max(before["sodium"], aim)
    if salt and "lithium" not in situation.obs.tags and before["sodium"] > rule["sodium_reduction"]:
        ease["sodium"] = rule["sodium_reduction"]
    band = rule["energy_band"] * (before[ENERGY] or rule["usual_energy"])
    low[ENERGY], high[ENERGY] = before[ENERGY] - band, before[ENERGY] + band
    high["alcohol"], high["caffeine"] = before["alcohol"], before["caffeine"]
    _steady(situation, before, rule, low, high)
    _guarded(situation, before, high)
    return low, high, ease


def _kept(reading: DietReading, before: Mapping[str, float], share: float) -> tuple[dict[str, float], dict[str, float]]:
    """What is enough stays enough; what is short falls no further; a limit of the reading itself is kept."""
    low = {n: before[n] * share for n in KEPT}
    for nutrient, one in reading.adequacies.items():
        if nutrient in UNITS and one.target is not None and nutrient not in ("sodium", "caffeine", ENERGY, "water"):
            low[nutrient] = one.target if before[nutrient] >= one.target else before[nutrient] * share
    return low, {}


def _steady(
    situation: Situation,
    before: Mapping[str, float],
    rule: Mapping[str, float],
    low: dict[str, float],
    high: dict[str, float],
) -> None:
    """Hold steady what a medicine needs steady."""
    steady = {"warfarin": ("vitamin_k",), "lithium": ("sodium", "caffeine"), "insulin": ("carbohydrate",)}
    for tag, nutrients in steady.items():
        band = rule["vitamin_k_band"] if tag == "warfarin" else rule["steady_band"]
        for nutrient in nutrients if tag in situation.obs.tags else ():
            low[nutrient] = max(low.get(nutrient, 0.0), before[nutrient] * (1.0 - band))
            high[nutrient] = min(high.get(nutrient, float("inf")), before[nutrient] * (1.0 + band))
    if "underweight" in situation.obs.risks:
        low[ENERGY] = before[ENERGY]


def _guarded(situation: Situation, before: Mapping[str, float], high: dict[str, float]) -> None:
    """What a harm guard holds back must not rise."""
    if refusal("potassium", situation):
        high["potassium"] = before["potassium"]
        if kidney_trouble(situation) or situation.is_high("magnesium"):
            high["magnesium"], high["phosphorus"] = before["magnesium"], before["phosphorus"]
    if refusal("calcium", situation):
        high["calcium"], high["vitamin_d"] = before["calcium"], before["vitamin_d"]
    if refusal("fluids", situation):
        high["water"] = before["water"]


def _never_up(situation: Situation) -> frozenset[str]:
    """Nutrients that not even one change may raise: each may be done alone."""
    found = {"alcohol"}
    if refusal("potassium", situation):
        found.add("potassium")
    if refusal("calcium", situation):
        found |= {"calcium", "vitamin_d"}
    return frozenset(found)


def ruled_out(situation: Situation) -> frozenset[str]:
    """Return the marks of foods that the record itself rules out.

    Parameters: situation, the person. Returns: ids of marks.

    >>> from twitchwise.plan.situation import nobody
    >>> sorted(ruled_out(nobody(age=3.0)) & {"whole_nuts", "organ"})
    ['organ', 'whole_nuts']
    """
    marks = situation.evidence.day_marks.values()
    return frozenset(mark.id for mark in marks if _kept_out(situation, mark))


def _kept_out(situation: Situation, mark: Mark) -> bool:
    said = [f"{f.id} {f.said}".lower() for f in situation.obs.factors if f.present]
    if any(word in text for word in mark.said for text in said):
        return True
    return any(_holds(situation, test) for test in mark.when)


def _holds(situation: Situation, test: str) -> bool:
    if test == "day:medicine":
        return any(f.present and f.kind == "medicine" for f in situation.obs.factors) or bool(situation.obs.tags)
    if test == "day:young_child":
        return situation.obs.age is not None and situation.obs.age < YOUNG
    return applies(situation, (test,))


def reached(one: Adequacy | None) -> bool:
    """Say whether nothing needs to change for a nutrient.

    Parameters: one, its adequacy. Returns: True when it is not short.

    >>> reached(None)
    True
    """
    return one is None or one.verdict not in SHORT
