"""The medicine timeline as fractions of a line, for the page and for the PDF."""

from __future__ import annotations

from dataclasses import dataclass

from twitchwise.plan.doctor import duration
from twitchwise.report.sheet_types import DoctorSheet, Taking

LEAST_DAYS = 90.0
ONSETS = 5.0  # the line shows at most so many times the length of the complaint


@dataclass(frozen=True, slots=True)
class Bar:
    """A product on the line: where it starts (0 left, 1 today); `cut` when it started before the line does."""

    taking: Taking
    start: float | None
    changed: float | None
    cut: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The bars, where the complaint begins, and how long the line is."""

    bars: tuple[Bar, ...]
    onset: float | None
    span: str


def line_of(sheet: DoctorSheet) -> Line:
    """Lay the medicines and supplements of a sheet on a line that ends today.

    Parameters: sheet. Returns: the line; the complaint never lies in its last tenth for lack of room.
    """
    takings = (*sheet.medicines, *sheet.supplements)
    days = [t.since_days for t in takings if t.since_days is not None]
    onset = sheet.onset_days
    longest = max([*days, onset or 0.0, 1.0])
    room = min(longest, max(LEAST_DAYS, ONSETS * onset if onset is not None else longest))
    bars = tuple(
        Bar(t, _place(t.since_days, room), _place(t.changed_days, room), (t.since_days or 0.0) > room * 1.001)
        for t in takings
    )
    return Line(bars, _place(onset, room), duration(room))


def _place(days: float | None, room: float) -> float | None:
    return None if days is None else round(max(0.0, 1.0 - days / room), 4)
