"""The person as the plan sees them: one read-only view of record, laboratory, triage and assessment."""

from __future__ import annotations

from dataclasses import dataclass

from twitchwise.assess.types import Assessment, Cause
from twitchwise.evidence.load import Evidence, load_evidence
from twitchwise.labs.types import LabReading
from twitchwise.observe.types import Observations
from twitchwise.triage.result import Triage

CHILD_UNDER = 16.0
OLDER_FROM = 70.0
PLAUSIBLE = 0.05  # from this share of explaining on, a cause may shape habits and foods
RED_LEVELS = ("emergency", "prompt")


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the plan may look at."""

    obs: Observations
    labs: tuple[LabReading, ...]
    triage: Triage
    assessment: Assessment
    evidence: Evidence

    @property
    def child(self) -> bool:
        """Whether the record says that the person is under 16."""
        return self.obs.age is not None and self.obs.age < CHILD_UNDER

    @property
    def older(self) -> bool:
        """Whether the record says that the person is 70 or older."""
        return (self.obs.age is not None and self.obs.age >= OLDER_FROM) or "age_70_plus" in self.obs.risks

    @property
    def pregnant(self) -> bool:
        """Whether the record says that the person is pregnant."""
        weeks = self.obs.pregnant_weeks
        return bool(self.obs.pregnant) or (weeks is not None and weeks > 0) or "pregnant" in self.obs.risks

    @property
    def no_doses(self) -> bool:
        """Whether amounts to take must not be named: under 16 or pregnant."""
        return self.child or self.pregnant

    @property
    def red_flag(self) -> bool:
        """Whether triage found something that a doctor must see within days."""
        return self.triage.level in RED_LEVELS

    def reading(self, *analytes: str) -> LabReading | None:
        """Return the first reading of one of these analytes.

        Parameters: analytes, analyte ids. Returns: a reading, or None.
        """
        return next((r for r in self.labs if r.analyte in analytes), None)

    def values(self, analyte: str) -> tuple[float, ...]:
        """Return every number given for an analyte, in its own unit, outranked ones included.

        Parameters: analyte, an analyte id. Returns: numbers.
        """
        return tuple(r.value for r in self.labs if r.analyte == analyte and r.value is not None)

    def is_low(self, *analytes: str) -> bool:
        """Say whether a reading of these analytes that nothing outranks is low.

        Parameters: analytes, analyte ids. Returns: True when one is.
        """
        return any(r.analyte in analytes and r.low and r.current for r in self.labs)

    def is_high(self, *analytes: str) -> bool:
        """Say whether any reading of these analytes is high.

        Parameters: analytes, analyte ids. Returns: True when one is.
        """
        return any(r.analyte in analytes and r.high for r in self.labs)

    def cause(self, id_: str) -> Cause | None:
        """Return a cause of the assessment.

        Parameters: id_, a cause id. Returns: the cause, or None.
        """
        return next((c for c in self.assessment.causes if c.id == id_), None)

    def plausible(self, id_: str) -> bool:
        """Say whether a cause explains enough of the complaint to shape the plan.

        Parameters: id_, a cause id. Returns: True when it does.
        """
        cause = self.cause(id_)
        return cause is not None and (cause.verdict == "likely" or cause.explains.p >= PLAUSIBLE)


def nobody(age: float | None = None) -> Situation:
    """Return a person of whom only the age is known, for examples.

    Parameters: age in years, or None. Returns: the person, routine, without causes.

    >>> nobody(9.0).child
    True
    """
    triage = Triage("routine", False, (), ())
    return Situation(Observations(age=age), (), triage, Assessment(), load_evidence())
