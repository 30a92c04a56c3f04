"""What all products together bring of each nutrient in a day, beside the published upper limits."""

from __future__ import annotations

from twitchwise.evidence.types import Cite
from twitchwise.plan.doctor import listing
from twitchwise.plan.guards import GUARDS, RAISING, refusal
from twitchwise.plan.situation import Situation
from twitchwise.plan.types import Step, Total

MICROGRAMS = ("vitamin_d", "vitamin_b12", "folate", "folic_acid", "vitamin_k", "selenium", "iodine", "vitamin_a")
BODIES = ("US", "EU")
SHOWN_TIERS = ("A", "B")
LABELS = Cite("own_judgement", "labels of such products range widely")
ADULT = 30.0  # limits of this age stand in where the age is unknown; for a child even they are too much
LESS = {
    "vitamin_b6": "You may leave out a B6 product that no doctor ordered.",
    "": "Ask the prescriber or a pharmacist which product to drop.",
}


def upper_limits(situation: Situation, nutrient: str) -> list[tuple[str, float, Cite]]:
    """Return the upper limits that hold for an adult of this age, lowest first.

    Parameters: situation, the person; nutrient, its id. Returns: body, mg a day, source; none when none is set.

    >>> from twitchwise.plan.situation import nobody
    >>> [(body, mg) for body, mg, _ in upper_limits(nobody(), "vitamin_b6")]
    [('EU', 12.0), ('US', 100.0)]
    """
    known = situation.evidence.nutrients.get(nutrient)
    age = situation.obs.age if situation.obs.age is not None and situation.obs.age >= ADULT else ADULT
    found = []
    for limit in known.upper_limits if known is not None else ():
        source = situation.evidence.sources.get(limit.cite.source)
        seen = source is not None and source.tier in SHOWN_TIERS
        sex = situation.obs.sex or limit.who.sex
        if (
            limit.body in BODIES
            and seen
            and limit.who.age_from <= age < limit.who.age_to
            and limit.who.sex in ("", sex)
        ):
            found.append((limit.body, limit.value / (1000.0 if limit.unit.startswith("ug") else 1.0), limit.cite))
    return sorted(found, key=lambda one: one[1])


def total(situation: Situation, nutrient: str, mg: float) -> Total:
    """Compare the summed dose of a nutrient with its upper limits.

    Parameters: situation, the person; nutrient, its id; mg, summed dose in mg a day. Returns: the total.

    >>> from twitchwise.plan.situation import nobody
    >>> total(nobody(), "vitamin_d", 0.025).amount
    25.0
    """
    scale, unit = (1000.0, "ug") if nutrient in MICROGRAMS else (1.0, "mg")
    taken = [one for one in situation.obs.taken if one.nutrient == nutrient]
    known = [one for one in taken if one.mg_per_day is not None]
    label = mg + sum(max(0.0, (one.label_mg or 0.0) - (one.mg_per_day or 0.0)) for one in known)
    unknown = tuple(dict.fromkeys(one.said for one in taken if one.mg_per_day is None))
    limits = upper_limits(situation, nutrient)
    shown = tuple((body, limit * scale, cite) for body, limit, cite in limits)
    names = tuple(dict.fromkeys(one.said for one in known))
    verdict = "unknown" if unknown and mg <= 0 else _verdict(mg, [limit for _, limit, _ in limits])
    called = name_of(situation, nutrient)
    return Total(nutrient, called, mg * scale, unit, verdict, shown, label * scale, names, unknown)


def _verdict(mg: float, limits: list[float]) -> str:
    over = sum(mg > limit for limit in limits)
    if not limits:
        return "no_limit"
    return "within" if not over else "above_all" if over == len(limits) else "above_lowest"


def name_of(situation: Situation, nutrient: str) -> str:
    """Return the plain name of a nutrient.

    Parameters: situation, the person; nutrient, its id. Returns: the name.
    """
    known = situation.evidence.nutrients.get(nutrient)
    return known.name if known is not None else nutrient.replace("_", " ")


def totals(situation: Situation) -> tuple[Total, ...]:
    """Total every nutrient over all products; a product without an amount is named, never counted as zero.

    Parameters: situation, the person. Returns: one total a nutrient, those above a limit first.
    """
    sums = {one.nutrient: 0.0 for one in situation.obs.taken}
    sums |= {nutrient: mg for nutrient, mg in situation.obs.doses.items() if mg > 0}
    found = [total(situation, nutrient, mg) for nutrient, mg in sums.items() if nutrient != "caffeine"]
    rank = {"above_all": 0, "above_lowest": 1, "within": 2, "unknown": 3, "no_limit": 4}
    return tuple(sorted(found, key=lambda one: (rank[one.verdict], one.nutrient)))


def amount(value: float, unit: str) -> str:
    """Write an amount in the way a label does.

    Parameters: value and unit. Returns: for example "12 mg".

    >>> amount(12.0, "mg"), amount(2.5, "ug")
    ('12 mg', '2.5 ug')
    """
    return f"{value:.0f} {unit}" if value >= 10 or value == round(value) else f"{value:.2g} {unit}"


def _limits(one: Total, above: float) -> str:
    over = [(body, limit) for body, limit, _ in one.limits if above > limit]
    if len({limit for _, limit in over}) == 1 and len(over) > 1:
        return f"{amount(over[0][1], one.unit)} ({listing([body for body, _ in over])})"
    return listing([f"{amount(limit, one.unit)} ({body})" for body, limit in over])


def _scope(situation: Situation, nutrient: str) -> str:
    known = situation.evidence.nutrients.get(nutrient)
    apart = any(limit.scope in ("supplements", "added_salts") for limit in known.upper_limits) if known else False
    return " for tablets and powders; food does not count" if nutrient == "magnesium" and apart else ""


def warning(situation: Situation, one: Total) -> Step | None:
    """Say that the products together go above an upper limit.

    Parameters: situation, the person; one, a total. Returns: a step, or None when the total is within all limits.
    """
    over = [limit for limit in one.limits if one.amount > limit[1]]
    if not over:
        return _label_warning(situation, one)
    bodies, scope = _limits(one, one.amount), _scope(situation, one.nutrient)
    least = "at least " if one.unknown else ""
    text = f"Your products add up to {least}{amount(one.amount, one.unit)} of {one.name} a day."
    limit = "Even for an adult the upper limit is" if situation.child else "The upper limit is"
    text += f" {limit} {bodies}{scope}."
    less = LESS.get(one.nutrient, LESS[""])
    if one.nutrient == "vitamin_b6" and refusal("prescribed_b6", situation) is not None:
        less = LESS[""]
    cites = tuple(dict.fromkeys(cite for _, _, cite in over))
    known = situation.evidence.nutrients.get(one.nutrient)
    harm = known.harms[0] if known is not None and known.harms else None
    why = harm.text if harm is not None else "More than this can harm."
    return Step("supplement", f"{text} {less}", why, cites, f"over_{one.nutrient}", "published")


def _label_warning(situation: Situation, one: Total) -> Step | None:
    """Say which reading of the label would be above a limit: weight of the compound, or of the element."""
    over = tuple(dict.fromkeys(cite for _, limit, cite in one.limits if one.label > limit))
    if not over:
        return None
    written, pure = amount(one.label, one.unit), amount(one.amount, one.unit)
    text = f"By its name, what you take holds about {pure} of {one.name} a day. If the label says {written} of"
    text += f" {one.name} itself, that is above the limit of {_limits(one, one.label)}. Read the label."
    why = f"A {one.name} salt weighs more than the {one.name} in it."
    return Step("supplement", text, why, over, f"label_{one.nutrient}", "published")


def unknown_amounts(situation: Situation, all_totals: tuple[Total, ...]) -> list[Step]:
    """Name the products whose amount matters for safety and is not in the record.

    Parameters: situation, the person; all_totals, from `totals`. Returns: one step, or none.
    """
    open_ = [one for one in all_totals if one.unknown and _could_matter(situation, one)]
    if not open_:
        return []
    parts = [f"{one.name} in {listing([f'{said!r}' for said in one.unknown[:2]])}" for one in open_[:4]]
    text = f"The record gives no daily amount for {listing(parts)}. Read the label and add up what all products hold."
    cites = tuple(dict.fromkeys(cite for one in open_ for _, _, cite in one.limits[:1])) or (LABELS,)
    return [Step("supplement", text, "An amount that is not known cannot be called safe.", cites, "amount_unknown")]


def _could_matter(situation: Situation, one: Total) -> bool:
    """Say whether the missing amount could lift the total above the lowest limit."""
    scale = 1000.0 if one.unit == "ug" else 1.0
    spans = [t.usual_mg for t in situation.obs.taken if t.nutrient == one.nutrient and t.mg_per_day is None]
    if not one.limits:
        return one.nutrient == "potassium"
    most = sum(span[1] * scale if span else one.limits[0][1] for span in spans)
    return one.amount + most >= one.limits[0][1]


GUARDED = {"potassium": ("potassium", "magnesium"), "calcium": ("calcium", "vitamin_d")}


def _only_itself(situation: Situation, reason: str) -> bool:
    """Say whether the potassium that is taken is the only reason against potassium."""
    raising = [f.id for f in situation.obs.factors if f.present and "potassium_raising" in _tags(situation, f.id)]
    return reason == RAISING and set(raising) <= {"potassium", "salt_substitute"}


def _tags(situation: Situation, id_: str) -> tuple[str, ...]:
    known = situation.evidence.factors.get(id_)
    return known.tags if known is not None else ()


def taken_against(situation: Situation) -> list[Step]:
    """Point out products that the person already takes although a guard would hold such advice back.

    Parameters: situation, the person. Returns: at most one step a guard.
    """
    steps = []
    for name, nutrients in GUARDED.items():
        reason = refusal(name, situation)
        taken = [one for one in situation.obs.taken if one.nutrient in nutrients and one.usual_mg is None]
        if reason is None or not taken or (name == "potassium" and _only_itself(situation, reason)):
            continue
        what = listing([name_of(situation, n) for n in nutrients if any(one.nutrient == n for one in taken)])
        text = (
            f"Your list holds {what}. With {reason}, ask the prescriber or a pharmacist soon if this is right for you."
        )
        why = "It could build up in the blood. A blood test shows if it has."
        steps.append(Step("supplement", text, why, GUARDS[name].cites[:2], f"avoid_taken_{name}", "elicited"))
    return steps


def warnings(situation: Situation, all_totals: tuple[Total, ...]) -> list[Step]:
    """Collect the warnings about totals.

    Parameters: situation, the person; all_totals, from `totals`. Returns: steps, worst first.
    """
    found = [step for one in all_totals if (step := warning(situation, one)) is not None]
    return [*taken_against(situation), *found, *unknown_amounts(situation, all_totals)]
