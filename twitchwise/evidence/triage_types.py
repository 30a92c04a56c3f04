"""What a triage rule says, apart from the function that decides it."""

from __future__ import annotations

from dataclasses import dataclass

from twitchwise.evidence.types import Basis, Cite, Status


@dataclass(frozen=True, slots=True)
class TriageRule:
    """Level, action and support of one rule."""

    id: str
    level: str
    act: str
    action: str
    cites: tuple[Cite, ...]
    basis: Basis = "elicited"
    status: Status = "recalled"
    who: str = ""
    note: str = ""
