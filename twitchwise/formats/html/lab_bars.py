"""A laboratory result on its range: where it lies, and where most healthy people lie."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from twitchwise.formats.html.svg import picture, share
from twitchwise.labs.convert import show
from twitchwise.labs.types import LabReading
from twitchwise.report.types import LabRow

FAR = 2.0  # ranges beyond the interval where the drawing ends; a result further out stands at the edge
DIAMOND = "M0 3l8 9l-8 9l-8 -9z"
PINS = {0.0: "M4 2l-12 10l12 10z", 1.0: "M-4 2l12 10l-12 10z"}  # an arrow where the result lies beyond the edge
BESIDE = 0.75  # ranges shown beside the interval when the result lies in it


@dataclass(frozen=True, slots=True)
class Scale:
    """The part of the number line that is drawn, and the interval on it."""

    first: float
    last: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """Return where a value lies.

        Parameters: value. Returns: a share of the width, 0 to 1.

        >>> Scale(0.0, 2.0, 0.5, 1.0).at(1.0), Scale(0.0, 2.0, 0.5, 1.0).at(9.0)
        (0.5, 1.0)
        """
        return min(max((value - self.first) / (self.last - self.first), 0.0), 1.0)


def scale_for(value: float, low: float | None, high: float | None) -> Scale | None:
    """Choose what to draw so that both the interval and the result are seen.

    Parameters: value; low and high, ends of the interval, None where it is open. Returns: a scale, or None without one.

    >>> scale_for(0.5, 0.7, 1.1).first < 0.5 < scale_for(0.5, 0.7, 1.1).last
    True
    >>> scale_for(5.0, None, None) is None
    True
    """
    if low is None and high is None:
        return None
    bottom = min(0.0, value) if low is None else low
    top = max(2 * bottom, value) if high is None else high
    wide = top - bottom
    if wide <= 0:
        return None
    first = bottom if low is None else max(bottom - BESIDE * wide, min(0.0, bottom))
    last = top if high is None else top + BESIDE * wide
    if value < first and low is not None:
        first = max(value - 0.1 * wide, bottom - FAR * wide)
    if value > last:
        last = min(value + 0.1 * wide, top + FAR * wide)
    return Scale(first, last, bottom, top)


def lab_bar(row: LabRow) -> Markup:
    """Draw a laboratory result on its range.

    Parameters: row, with its reading. Returns: an svg element; nothing for a result in words or without a range.

    >>> lab_bar(LabRow("magnesium", "low", "low", ""))
    Markup('')
    """
    reading = row.reading
    if reading is None or reading.value is None:
        return Markup("")
    scale = scale_for(reading.value, reading.range_low, reading.range_high)
    if scale is None:
        return Markup("")
    place = scale.at(reading.value)
    shapes = (
        Markup('<rect class="track" x="0" y="8" width="100%" height="8" rx="4"/>'),
        Markup('<rect class="healthy" x="{}" y="6" width="{}" height="12" rx="4"/>').format(
            share(scale.at(scale.low)), share(scale.at(scale.high) - scale.at(scale.low))
        ),
        *_ends(reading, scale),
        Markup('<svg class="pin {}" x="{}" y="0" width="1" height="24" overflow="visible">').format(
            "in" if reading.level == "normal" else "out", share(min(max(place, 0.015), 0.985))
        ),
        Markup('<path d="{}"/></svg>').format(PINS.get(place, DIAMOND)),
    )
    beyond = " The result lies beyond the edge of the drawing." if place in (0.0, 1.0) else ""
    desc = f"Range {row.range}.{beyond}" if row.range else beyond.strip()
    return picture("lab", f"{row.name} {row.value}: {row.level}", desc, 42, *shapes)


def _ends(reading: LabReading, scale: Scale) -> list[Markup]:
    """Write the ends of the interval below it."""
    ends = []
    for value, anchor in ((reading.range_low, "middle"), (reading.range_high, "middle")):
        if value is None:
            continue
        place = scale.at(value)
        side = "start" if place < 0.06 else "end" if place > 0.94 else anchor
        ends.append(Markup('<text x="{}" y="38" text-anchor="{}">{}</text>').format(share(place), side, show(value)))
    return ends
