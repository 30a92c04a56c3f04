"""What all products together bring of each nutrient in a day, beside the published upper limits."""

from __future__ import annotations

from twitchwise.evidence.types import Cite
from twitchwise.plan.guards import refusal
from twitchwise.plan.situation import Situation
from twitchwise.plan.types import Step, Total

MICROGRAMS = ("vitamin_d", "vitamin_b12", "folate", "folic_acid", "vitamin_k", "selenium", "iodine", "vitamin_a")
BODIES = ("US", "EU")
SHOWN_TIERS = ("A", "B")
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
    limits = upper_limits(situation, nutrient)
    over = [limit for limit in limits if mg > limit[1]]
    verdict = "no_limit" if not limits else "within" if not over else "above_all"
    if over and len(over) < len(limits):
        verdict = "above_lowest"
    known = situation.evidence.nutrients.get(nutrient)
    name = known.name if known is not None else nutrient.replace("_", " ")
    shown = tuple((body, limit * scale, cite) for body, limit, cite in limits)
    return Total(nutrient, name, mg * scale, unit, verdict, shown)


def totals(situation: Situation) -> tuple[Total, ...]:
    """Total every nutrient over all products.

    Parameters: situation, the person. Returns: one total a nutrient, those above a limit first.
    """
    found = [total(situation, nutrient, mg) for nutrient, mg in situation.obs.doses.items() if mg > 0]
    rank = {"above_all": 0, "above_lowest": 1, "within": 2, "no_limit": 3}
    return tuple(sorted(found, key=lambda one: (rank[one.verdict], one.nutrient)))


def amount(value: float, unit: str) -> str:
    """Write an amount in the way a label does.

    Parameters: value and unit. Returns: for example "12 mg".

    >>> amount(12.0, "mg"), amount(2.5, "ug")
    ('12 mg', '2.5 ug')
    """
    return f"{value:.0f} {unit}" if value >= 10 or value == round(value) else f"{value:.2g} {unit}"


def warning(situation: Situation, one: Total) -> Step | None:
    """Say that the products together go above an upper limit.

    Parameters: situation, the person; one, a total. Returns: a step, or None when the total is within all limits.
    """
    over = [limit for limit in one.limits if one.amount > limit[1]]
    if not over:
        return None
    bodies = " and ".join(f"{amount(limit, one.unit)} ({body})" for body, limit, _ in over)
    text = f"Your products add up to {amount(one.amount, one.unit)} of {one.name} a day. The upper limit is {bodies}."
    less = LESS.get(one.nutrient, LESS[""])
    if one.nutrient == "vitamin_b6" and refusal("prescribed_b6", situation) is not None:
        less = LESS[""]
    cites = tuple(dict.fromkeys(cite for _, _, cite in over))
    known = situation.evidence.nutrients.get(one.nutrient)
    harm = known.harms[0] if known is not None and known.harms else None
    why = harm.text if harm is not None else "More than this can harm."
    return Step("supplement", f"{text} {less}", why, cites, f"over_{one.nutrient}", "published")


def warnings(situation: Situation, all_totals: tuple[Total, ...]) -> list[Step]:
    """Collect the warnings about totals.

    Parameters: situation, the person; all_totals, from `totals`. Returns: steps, worst first.
    """
    return [step for one in all_totals if (step := warning(situation, one)) is not None]
