"""The flow on one page: a record in, a review out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from twitchwise.assess import assess, intake_shifts
from twitchwise.assess.types import Assessment
from twitchwise.diet.types import DietReading
from twitchwise.evidence import Evidence
from twitchwise.labs import LabReading, read_labs
from twitchwise.observe import observe
from twitchwise.observe.types import Issue, Observations
from twitchwise.plan import make_plan
from twitchwise.plan.diary import Table
from twitchwise.plan.types import Plan
from twitchwise.record.types import Record
from twitchwise.triage import Triage, triage

if TYPE_CHECKING:
    from twitchwise.foods.search import Index

MUCH_CAFFEINE = 400.0  # mg a day, safe for adults: EFSA 2015
KNOWN_CAFFEINE = 0.8  # share of what was eaten and drunk whose caffeine must be known


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that was found out about one record, with what it was found from."""

    record: Record
    observations: Observations
    lab_readings: tuple[LabReading, ...]
    triage: Triage
    assessment: Assessment
    plan: Plan
    issues: tuple[Issue, ...]
    evidence_version: str
    on: date
    diet: DietReading | None = None


def review(
    record: Record,
    evidence: Evidence,
    on: date,
    draws: int = 500,
    detail: bool = True,
    tick: Callable[[int], None] | None = None,
    foods: Callable[[], Index] | None = None,
) -> Review:
    """Review one person's record.

    Parameters: record; evidence, the curated facts; on, the day that ages and durations count to; draws, how many
    parameter draws make the intervals; detail, whether reasons and next tests are worked out; tick, told the
    draws done; foods, makes the index in which a diary's foods are looked for (asked only when there is a diary; the
    curated foods when None).
    Returns: the review. Raises: LimitError when the record is beyond the exact method.
    """
    observations = observe(record, evidence, on)
    eaten = _diet(record, observations, evidence, foods)
    told, observations = observations, _with_caffeine(record, observations, eaten, evidence)
    readings, lab_issues = read_labs(observations, evidence)
    urgency = triage(told if _little_caffeine(observations) else observations, readings, evidence)
    shifts = intake_shifts(eaten, observations, evidence)
    assessment = assess(observations, readings, evidence, draws, detail, tick, shifts)
    table = Table(eaten, record.diet.likes, record.diet.dislikes) if eaten is not None else None
    plan = make_plan(observations, readings, urgency, assessment, evidence, table)
    diet_issues = eaten.issues if eaten is not None else ()
    issues = (*observations.issues, *lab_issues, *diet_issues, *_beyond(assessment), *_fewer(assessment, draws))
    return Review(record, observations, readings, urgency, assessment, plan, issues, evidence.version, on, eaten)


def _diet(
    record: Record, observations: Observations, evidence: Evidence, foods: Callable[[], Index] | None
) -> DietReading | None:
    """Read what the record says of food; the food table is opened only when it says something."""
    if not record.diet.lines and not record.diet.screen:
        return None
    from twitchwise.diet.reading import read_diet

    return read_diet(record, observations, evidence, foods() if foods is not None else None)


def _with_caffeine(
    record: Record, observations: Observations, eaten: DietReading | None, evidence: Evidence
) -> Observations:
    """Take the caffeine of a diary as the person's habit where the record does not state one."""
    intake = eaten.intakes.get("caffeine") if eaten is not None and eaten.basis == "diary" else None
    if record.habits.get("caffeine") or intake is None or intake.coverage < KNOWN_CAFFEINE or observations.on is None:
        return observations
    habits = {**record.habits, "caffeine": f"{intake.mean:.0f} mg a day"}
    return observe(replace(record, habits=habits), evidence, observations.on)


def _little_caffeine(observations: Observations) -> bool:
    """An ordinary amount found in a diary is no complaint: only much of it may move the urgency."""
    drunk = observations.factor("caffeine")
    return drunk is None or (drunk.dose_mg_per_day or 0.0) < MUCH_CAFFEINE


def _beyond(assessment: Assessment) -> tuple[Issue, ...]:
    """Say which findings the exact method had to leave out; triage has seen them all."""
    if not assessment.note:
        return ()
    why = "more findings than can be weighed exactly at once; left out of the causes, not of the urgency"
    return (Issue("findings", assessment.note, why),)


def _fewer(assessment: Assessment, wished: int) -> tuple[Issue, ...]:
    """Say when many findings left time for fewer draws: the middle stays exact, the intervals are coarser."""
    if assessment.draws >= wished:
        return ()
    why = f"with so many findings the intervals rest on {assessment.draws} draws"
    return (Issue("findings", f"{wished} draws", why),)
