"""A report: the review in plain sentences and in order, before any outside format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twitchwise.assess.types import NextTest
from twitchwise.evidence.types import Cite, Source
from twitchwise.labs.types import LabReading
from twitchwise.plan.types import Step
from twitchwise.report.diet import DietSection

if TYPE_CHECKING:
    from twitchwise.review import Review


@dataclass(frozen=True, slots=True)
class Said:
    """A plain sentence with what it rests on; `estimate` marks our own estimate."""

    text: str
    cites: tuple[Cite, ...] = ()
    estimate: bool = False
    bits: float = 0.0  # of a reason: how far it moves the cause, below 0 when it speaks against


@dataclass(frozen=True, slots=True)
class TestRow(Said):
    """A question or test that would tell much, with a line for what each result would do."""

    __test__ = False

    name: str = ""  # the question or test alone, without what it would tell
    test: NextTest | None = None
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A probability as it may be shown: None where a figure must not be shown."""

    low: float
    high: float
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A cause as a row of the report; `shown` is False where only words are given."""

    id: str
    name: str
    verdict: str
    explains: Share | None
    present: Share | None
    chain: tuple[str, ...] = ()
    reasons_for: tuple[Said, ...] = ()
    reasons_against: tuple[Said, ...] = ()
    words: str = ""
    parts: tuple[str, ...] = ()  # of a union, likeliest first


@dataclass(frozen=True, slots=True)
class LabRow:
    """A laboratory reading in words."""

    name: str
    value: str
    level: str
    range: str
    note: str = ""
    cites: tuple[Cite, ...] = ()
    analyte: str = ""
    reading: LabReading | None = None  # the numbers behind the words, for a drawing


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a person is shown, in the order in which it is shown."""

    review: Review
    level: str
    sign: str  # a word, so that colour is never the only sign
    headline: str
    alerts: tuple[Said, ...]
    questions: tuple[str, ...]
    short: tuple[str, ...]
    causes: tuple[CauseRow, ...]
    also: tuple[str, ...]
    unlikely: tuple[str, ...]
    unlikely_note: str
    note: str
    labs: tuple[LabRow, ...]
    tests: tuple[TestRow, ...]
    steps: tuple[Step, ...]
    withheld: tuple[Said, ...]
    not_used: tuple[str, ...]
    sources: Mapping[str, Source]
    footer: tuple[str, ...]
    diet: DietSection | None = None
