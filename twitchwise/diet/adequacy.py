"""Is it enough? The chance that a usual intake is below what the person needs, and calm words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from twitchwise.diet.references import Eater, Reference, references
from twitchwise.diet.types import Adequacy, Body, Chance, Kind, NutrientIntake, UpperCheck, Verdict
from twitchwise.diet.uppers import upper_checks
from twitchwise.diet.usual import OWN_DAYS
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Cite

ENOUGH_DATA = 0.6  # of what was eaten must have a known value before anything is said
SURE_DATA = 0.8  # before "likely low" is said
LOW_RISK, EVEN = 0.15, 0.5
METHOD = Cite("iom2000_individual", "pages 54 to 61")  # how one person's few days are held against a requirement
SUN = Cite("iom2011_463", "page 463")
Z = np.array([-1.645, -0.674, 0.0, 0.674, 1.645])  # of the five quantiles
GRID = np.linspace(-2.576, 2.576, 199)  # a fine grid of the usual intake, in standard deviations

NOT_SET = "No amount is set for this by these experts."
BELOW = "This is below the upper limit of {limit} a day."
SUNNY = "Most vitamin D comes from sun on the skin. So food says little here. A blood test says more."
NO_AVERAGE = "It is not known how much most people need of this. So food alone cannot show a lack."
AT_LEAST = "The diary shows at least the amount that is held to be enough."
UNEVEN = "Women who have periods need very different amounts. So food alone cannot show a lack."
THIN = "The value is known for only {share:.0f} % of what was eaten. That is too little to judge."
FINE = "That is most likely more than this person needs."
MIDDLE = "It may be enough, or a little low. {days} cannot tell."
MAYBE = "Of 10 people who eat like this, about {tenths} get less than they need. {days} cannot tell who."
LOW = "Over {days} the amounts are well below what most people need. It is not a sign of illness by itself."
OVER = "Products or drinks bring more than the upper limit of {limit} a day."
MOST = "For long-term health at most {most} a day is advised. This is not a sign of a problem now."


def chance_below(intake: NutrientIntake, reference: Reference) -> Chance | None:
    """Return the chance that the usual intake is below the person's requirement.

    The interval takes the usual intake at its 95th and 5th percentile: what is left is how people's needs differ.
    Parameters: intake; reference. Returns: the chance, None where the requirement has no known spread.
    """
    usual = np.interp(GRID, Z, intake.usual)
    low_slope = (intake.usual[1] - intake.usual[0]) / (Z[1] - Z[0])
    high_slope = (intake.usual[4] - intake.usual[3]) / (Z[4] - Z[3])
    usual = np.where(Z[0] > GRID, intake.usual[0] + low_slope * (GRID - Z[0]), usual)
    usual = np.where(Z[-1] < GRID, intake.usual[4] + high_slope * (GRID - Z[-1]), usual)
    unmet = reference.unmet(np.maximum(usual, 0.0))
    ends = reference.unmet(np.array([intake.usual[4], intake.usual[0]]))
    if unmet is None or ends is None:
        return None
    weight = np.exp(-(GRID**2) / 2)
    middle = float(unmet @ weight / weight.sum())
    return Chance(middle, min(float(ends[0]), middle), max(float(ends[1]), middle))


def _chance(intake: NutrientIntake, found: Sequence[Reference]) -> Chance | None:
    """Join the chances of both sexes where the sex is unknown."""
    chances = [chance_below(intake, one) for one in found]
    known = [one for one in chances if one is not None]
    if not known or len(known) < len(chances):
        return None
    middle = float(np.mean([one.p for one in known]))
    return Chance(middle, min(one.low for one in known), max(one.high for one in known))


def _days(count: int) -> str:
    return "One day" if count == 1 else f"{count} days" if count else "A few questions"


def _amount(value: float, unit: str) -> str:
    if unit == "g":
        return f"{value / 1000:.2g} litres"
    return f"{value:,.0f} {unit}" if value >= 10 else f"{value:.2g} {unit}"


def _by_chance(chance: Chance, intake: NutrientIntake) -> tuple[Verdict, str]:
    count = len(intake.days) if intake.basis == "diary" else 0
    words = {"days": _days(count), "tenths": min(9, round(chance.p * 10))}
    if chance.p <= LOW_RISK:
        return "likely_enough", FINE
    if chance.low >= EVEN and count >= OWN_DAYS and intake.coverage >= SURE_DATA:
        return "likely_low", LOW.format(days=_days(count))
    if chance.p >= EVEN:
        return "may_be_low", MAYBE.format(**words)
    return "cannot_say", MIDDLE.format(**words)


def _by_target(intake: NutrientIntake, target: float | None, why: str) -> tuple[Verdict, str]:
    """Judge without an average requirement: enough can be seen, a lack cannot."""
    if target is not None and min(intake.mean, intake.usual[2]) >= target:
        return "likely_enough", AT_LEAST
    return "cannot_say", why


def _judged(
    intake: NutrientIntake, found: Sequence[Reference], target: float | None
) -> tuple[Chance | None, Verdict, str]:
    if intake.coverage < ENOUGH_DATA:
        return None, "cannot_say", THIN.format(share=100 * intake.coverage)
    if intake.nutrient == "vitamin_d":
        return None, *_by_target(intake, target, SUNNY)
    chance = _chance(intake, found)
    if chance is not None:
        return chance, *_by_chance(chance, intake)
    has_average = any(one.average is not None for one in found)
    return None, *_by_target(intake, target, UNEVEN if has_average else NO_AVERAGE if found else NOT_SET)


def _largest(values: Sequence[float | None]) -> float | None:
    return max((v for v in values if v is not None), default=None)


def _added(why: str, intake: NutrientIntake, at_most: float | None, uppers: Sequence[UpperCheck]) -> str:
    over = [u for u in uppers if u.over]
    if over:
        return OVER.format(limit=_amount(over[0].limit, over[0].unit))
    if why == NOT_SET and uppers:
        return BELOW.format(limit=_amount(uppers[0].limit, uppers[0].unit))
    if at_most is not None and intake.mean > at_most:
        return f"{why} {MOST.format(most=_amount(at_most, intake.unit))}"
    return why


def adequacy(intake: NutrientIntake, eater: Eater, body: Body, evidence: Evidence, energy: float | None) -> Adequacy:
    """Judge one nutrient.

    Parameters: intake; eater; body; evidence; energy, the usual kcal a day. Returns: the adequacy.
    """
    found = references(intake.nutrient, eater, body, evidence, energy)
    average, target = _largest([r.average for r in found]), _largest([r.target for r in found])
    chance, verdict, why = _judged(intake, found, target)
    uppers = upper_checks(intake, eater, body, evidence)
    kind: Kind = "EAR" if average is not None else "AI" if target is not None else "none"
    method = (METHOD,) if chance is not None else (SUN,) if intake.nutrient == "vitamin_d" else ()
    cites = tuple(dict.fromkeys((*(c for r in found for c in r.cites), *method)))
    return Adequacy(
        intake.nutrient,
        body,
        kind,
        average,
        target,
        next((r.target_name for r in found if r.target_name), ""),
        chance,
        "over_limit" if any(u.over for u in uppers) else verdict,
        _added(why, intake, _largest([r.at_most for r in found]), uppers),
        cites,
        uppers,
    )


def adequacies(
    intakes: Mapping[str, NutrientIntake], eater: Eater, body: Body, evidence: Evidence
) -> Mapping[str, Adequacy]:
    """Judge every nutrient for which the body has a value or a limit.

    Parameters: intakes; eater; body; evidence. Returns: nutrient -> adequacy.
    """
    energy = intakes["energy"].usual[2] if "energy" in intakes else None
    judged = {name: adequacy(intake, eater, body, evidence, energy) for name, intake in intakes.items()}
    return {name: one for name, one in judged.items() if one.kind != "none" or one.uppers}
