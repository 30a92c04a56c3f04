"""The sheets for professionals: one for a doctor with three minutes, one for a dietitian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from twitchwise.evidence.types import Source
from twitchwise.report.types import CauseRow, Said, Share

Fit = Literal["fits", "does_not", "open", "no_effect", "not_known"]


@dataclass(frozen=True, slots=True)
class Taking:
    """A medicine or supplement on the timeline; times are days before the day of the sheet."""

    name: str
    dose: str
    since_days: float | None
    changed_days: float | None
    since: str  # in words, as written where the record says it
    fit: Fit
    fit_words: str
    known: tuple[Said, ...] = ()  # what it is known to do that could matter for the complaint
    changed: str = ""


@dataclass(frozen=True, slots=True)
class LabLine:
    """A laboratory result for a table: as written, in our unit where it was converted, range, change."""

    name: str
    value: str
    converted: str
    range: str
    flag: str
    on: date | None
    change: str
    note: str
    source: Said


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A triage rule that fired."""

    rule: str
    said: Said


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What speaks against a cause, in one line; `folded` for those that are unlikely."""

    id: str
    name: str
    verdict: str
    share: str
    text: Said
    folded: bool


@dataclass(frozen=True, slots=True)
class DoctorSheet:
    """Everything for the doctor; the short text, the full text, the page and the PDF are cut from it."""

    on: date
    who: str
    sign: str
    headline: str
    alerts: tuple[AlertLine, ...]
    complaints: tuple[str, ...]
    own_words: tuple[str, ...]
    present: tuple[str, ...]
    denied: tuple[str, ...]
    not_asked: tuple[str, ...]
    history: tuple[str, ...]
    life: tuple[str, ...]
    medicines: tuple[Taking, ...]
    no_medicines: bool
    supplements: tuple[Taking, ...]
    totals: tuple[Said, ...]
    labs: tuple[LabLine, ...]
    tests_done: tuple[str, ...]
    leading: tuple[CauseRow, ...]
    note: str
    suggested: tuple[Said, ...]
    why_not: tuple[WhyNot, ...]
    onset_days: float | None
    not_used: tuple[str, ...]
    sources: Mapping[str, Source]
    footer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NutrientRow:
    """A nutrient in question: is it low, and does that explain the complaint?"""

    id: str
    name: str
    present: Share
    explains: Share
    verdict: str
    reasons: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What all products bring of a nutrient in a day, beside the limits of each body."""

    name: str
    amount: str
    products: tuple[str, ...]
    unknown: tuple[str, ...]
    limits: tuple[tuple[str, Said], ...]  # (body, limit)
    words: str


@dataclass(frozen=True, slots=True)
class DietitianSheet:
    """Everything for the dietitian."""

    on: date
    who: str
    level: str
    sign: str
    headline: str
    complaints: tuple[str, ...]
    pattern: tuple[str, ...]
    risks: tuple[str, ...]
    nutrients: tuple[NutrientRow, ...]
    others: tuple[str, ...]  # nutrients that are not in question
    intake: tuple[str | Said, ...]
    totals: tuple[TotalRow, ...]
    totals_note: str
    foods: tuple[Said, ...]
    foods_note: str
    guards: tuple[Said, ...]
    interactions: tuple[Said, ...]
    labs: tuple[LabLine, ...]
    ask: tuple[Said, ...]
    diary: tuple[str, ...]
    not_used: tuple[str, ...]
    sources: Mapping[str, Source]
    footer: tuple[str, ...]
