"""Laboratory readings in words."""

from __future__ import annotations

from collections.abc import Sequence

from twitchwise.evidence.load import Evidence
from twitchwise.labs.convert import printed, show
from twitchwise.labs.types import LabReading
from twitchwise.report.types import LabRow
from twitchwise.report.words import LEVELS


def _range(reading: LabReading) -> str:
    low, high = reading.range_low, reading.range_high
    if low is not None and high is not None:
        return f"{show(low)}-{show(high)}"
    return f"above {show(low)}" if low is not None else f"below {show(high)}" if high is not None else ""


def _value(reading: LabReading) -> str:
    if reading.value is None:
        return reading.word or reading.said
    here = f"{reading.comparator}{show(reading.value, 3)} {printed(reading.unit)}".strip()
    written = f"{reading.written_value:g} {reading.written_unit}" if reading.written_value is not None else ""
    same = reading.written_unit == reading.unit or reading.written_value == reading.value
    return f"{here} (written {written})" if written and not same else here


def _row(reading: LabReading, evidence: Evidence) -> LabRow:
    known = evidence.analytes.get(reading.analyte)
    name = known.name if known is not None else reading.analyte.replace("_", " ")
    level = (
        LEVELS.get(reading.level, reading.level)
        if reading.range_from or reading.grade or reading.word
        else "not judged"
    )
    says_it = reading.level != "normal" and any(word in reading.grade for word in ("low", "high", "normal", "in range"))
    grade = reading.grade if says_it else f"{level}, {reading.grade}" if reading.grade else level
    note = f"Outranked by {reading.superseded_by}." if reading.superseded_by else reading.note
    note = note.replace(reading.unit, printed(reading.unit)) if len(reading.unit) > 3 else note
    cites = (reading.cite,) if reading.cite is not None else ()
    return LabRow(name, _value(reading), grade, _range(reading), note, cites, reading.analyte, reading)


def lab_rows(readings: Sequence[LabReading], evidence: Evidence) -> tuple[LabRow, ...]:
    """Put laboratory readings into rows: urgent ones first, then those out of range, outranked ones last.

    Parameters: readings; evidence, for the names. Returns: one row a reading.
    """

    def rank(reading: LabReading) -> tuple[bool, bool, bool]:
        return (bool(reading.superseded_by), not reading.urgent, reading.level == "normal")

    return tuple(_row(reading, evidence) for reading in sorted(readings, key=rank))
