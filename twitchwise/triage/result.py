"""What triage takes in and gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from twitchwise.evidence.triage_types import TriageRule
from twitchwise.evidence.types import Basis, Cite, Factor, Finding, Limit

Level = Literal["emergency", "prompt", "routine", "self_care"]
LEVELS: tuple[Level, ...] = ("emergency", "prompt", "routine", "self_care")
ACTS: tuple[str, ...] = ("call_now", "today", "days", "visit", "self")
UNCHECKED = "our judgement, not checked by a clinician"


class LabLike(Protocol):
    """The part of a laboratory reading that triage looks at; `value` is in the analyte's own unit."""

    @property
    def analyte(self) -> str:
        """Our id of the analyte."""

    @property
    def value(self) -> float | None:
        """The number in the analyte's unit; None for a result in words."""

    @property
    def level(self) -> str:
        """One of very_low, low, normal, high, very_high."""

    @property
    def urgent(self) -> bool:
        """Whether the laboratory's own bands call it critical."""

    @property
    def superseded_by(self) -> str:
        """What outranks this reading, such as a later result; "" when nothing does."""


class Facts(Protocol):
    """The part of the evidence that triage looks at."""

    @property
    def triage_rules(self) -> Mapping[str, TriageRule]:
        """What each rule says and rests on."""

    @property
    def limits(self) -> Mapping[str, Limit]:
        """The limits that rules use."""

    @property
    def findings(self) -> Mapping[str, Finding]:
        """The closed vocabulary of findings."""

    @property
    def factors(self) -> Mapping[str, Factor]:
        """Medicines, conditions and exposures with their tags."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One rule that fired: what to do, why, and what it rests on."""

    rule: str
    level: Level
    act: str
    action: str
    reason: str
    sources: tuple[Cite, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Triage:
    """How soon the person should be seen, with every reason and every open question."""

    level: Level
    provisional: bool
    not_asked: tuple[str, ...]
    alerts: tuple[Alert, ...]
    why_default: str = ""
