"""What the assessment hands on: causes with their intervals and reasons, and the tests that would tell most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twitchwise.evidence.types import Cite

Verdict = Literal["likely", "possible", "unlikely", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A probability: median of the draws with their 5th and 95th percentile."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of the record that moved a cause, in bits on the log-odds of `explains`."""

    text: str
    bits: float
    basis: str  # published | derived | elicited
    cites: tuple[Cite, ...] = ()
    kind: str = "present"  # exposure | lab | sign | present | absent | clue


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause: how probable it is that it is there, and that it is behind the complaint."""

    id: str
    name: str
    present: Interval
    explains: Interval
    verdict: Verdict
    explains_by: Mapping[str, float] = field(default_factory=dict)  # finding id -> p
    chain: tuple[str, ...] = ()  # plain steps, the complaint first
    reasons_for: tuple[Reason, ...] = ()
    reasons_against: tuple[Reason, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)  # named sub-causes or members of a union


@dataclass(frozen=True, slots=True)
class Move:
    """What a result would do to a cause: `explains` before and after it, at the stated values."""

    cause: str
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Result:
    """One possible result of a test, how probable it is, and the causes that it would move most."""

    word: str  # yes | no | low | normal | high | little or none | some | much
    p: float
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class NextTest:
    """A question, examination or test and how much its answer would change the picture."""

    id: str
    name: str
    gain_bits: float
    why: str
    kind: Literal["blood", "question", "habit", "examination", "specialist"] = "blood"
    outcomes: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """All causes, sorted by how probably they explain the complaint."""

    causes: tuple[Cause, ...] = ()
    complaints: tuple[str, ...] = ()  # finding ids
    next_tests: tuple[NextTest, ...] = ()
    configurations: int = 0
    draws: int = 0
    stable: bool = True
    note: str = ""

    def cause(self, id_: str) -> Cause | None:
        """Return the cause with this id.

        Parameters: id_, a cause id. Returns: the cause, or None.

        >>> Assessment().cause("other") is None
        True
        """
        return next((c for c in self.causes if c.id == id_), None)
