"""The flow on one page: a record in, a review out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from twitchwise.assess import assess
from twitchwise.assess.types import Assessment
from twitchwise.evidence import Evidence
from twitchwise.labs import LabReading, read_labs
from twitchwise.observe import observe
from twitchwise.observe.types import Issue, Observations
from twitchwise.plan import make_plan
from twitchwise.plan.types import Plan
from twitchwise.record.types import Record
from twitchwise.triage import Triage, triage


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


def review(
    record: Record,
    evidence: Evidence,
    on: date,
    draws: int = 500,
    detail: bool = True,
    tick: Callable[[int], None] | None = None,
) -> Review:
    """Review one person's record.

    Parameters: record; evidence, the curated facts; on, the day that ages and durations count to; draws, how many
    parameter draws make the intervals; detail, whether reasons and next tests are worked out; tick, told the
    draws done.
    Returns: the review. Raises: LimitError when the record is beyond the exact method.
    """
    observations = observe(record, evidence, on)
    readings, lab_issues = read_labs(observations, evidence)
    urgency = triage(observations, readings, evidence)
    assessment = assess(observations, readings, evidence, draws, detail, tick)
    plan = make_plan(observations, readings, urgency, assessment, evidence)
    issues = (*observations.issues, *lab_issues, *_beyond(assessment), *_fewer(assessment, draws))
    return Review(record, observations, readings, urgency, assessment, plan, issues, evidence.version, on)


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
