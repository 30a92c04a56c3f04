"""Upper limits, each in its own scope, beside what a diary counts in that scope."""

from __future__ import annotations

from twitchwise.diet.references import Eater
from twitchwise.diet.types import Body, NutrientIntake, UpperCheck
from twitchwise.evidence import Evidence
from twitchwise.evidence.nutrient_types import UpperLimit

ONE_FOR_ALL = {"caffeine": "EU"}  # no other body has set one
ADULT_FROM = 18.0


def _holds(limit: UpperLimit, eater: Eater) -> bool:
    who = limit.who
    right_age = who.age_from <= eater.years < who.age_to and eater.years >= ADULT_FROM
    return right_age and who.sex in ("", eater.sex) and who.risk in ("", eater.state)


def upper_checks(intake: NutrientIntake, eater: Eater, body: Body, evidence: Evidence) -> tuple[UpperCheck, ...]:
    """Compare an intake with the upper limits of a body; for children none is shown.

    A limit for supplements counts supplements alone; so does one for added salts or folic acid, as a diary cannot
    tell what was added to a food. A limit for everything is passed when the diary's mean and the usual intake are.
    Parameters: intake; eater; body; evidence. Returns: the checks.
    """
    nutrient = evidence.nutrients.get(intake.nutrient)
    wanted = ONE_FOR_ALL.get(intake.nutrient, body)
    limits = [u for u in (nutrient.upper_limits if nutrient else ()) if u.body == wanted and _holds(u, eater)]
    special = [u for u in limits if u.who.risk]
    return tuple(_check(limit, intake) for limit in special or limits)


def _check(limit: UpperLimit, intake: NutrientIntake) -> UpperCheck:
    unit = limit.unit.partition("/")[0]
    scale = {("mg", "ug"): 1000.0, ("ug", "mg"): 0.001}.get((unit, intake.unit), 1.0)
    value = limit.value * scale
    total = limit.scope == "total"
    counted = intake.mean if total else intake.supplements
    over = counted > value and (not total or intake.usual[2] > value)
    return UpperCheck(value, intake.unit, limit.scope, counted, over, limit.cite)
