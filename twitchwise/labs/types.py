"""What a laboratory line means once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twitchwise.evidence.types import Cite

Level = Literal["very_low", "low", "normal", "high", "very_high"]


@dataclass(frozen=True, slots=True)
class LabReading:
    """One laboratory result in the analyte's unit, judged against the printed or a cited interval.

    `value` is None for a result in words and where the unit is unknown. `superseded_by` names what outranks this
    reading (a later result, ionised over adjusted over total calcium, eGFR over creatinine): such a reading is shown,
    carries no urgency and is not evidence a second time.
    """

    analyte: str
    said: str
    level: Level
    value: float | None = None
    unit: str = ""
    written_value: float | None = None
    written_unit: str = ""
    word: str = ""
    comparator: str = ""
    grade: str = ""
    range_low: float | None = None  # in `unit`; in the written unit where `value` is None
    range_high: float | None = None
    range_from: str = ""  # printed | a source key | "" when no interval was used
    urgent: bool = False
    age_days: float | None = None
    derived: bool = False
    formula: str = ""
    note: str = ""
    cite: Cite | None = None
    origin: str = ""
    superseded_by: str = ""

    @property
    def low(self) -> bool:
        """Whether the result is below its interval."""
        return self.level in ("low", "very_low")

    @property
    def high(self) -> bool:
        """Whether the result is above its interval."""
        return self.level in ("high", "very_high")

    @property
    def current(self) -> bool:
        """Whether nothing outranks this reading."""
        return not self.superseded_by
