"""Blood tests and other tests: typed, pasted from a portal, or read from a file; each is checked as it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from twitchwise.ask.tables import lines_of
from twitchwise.labs import LabReading
from twitchwise.labs.convert import printed, show
from twitchwise.report.words import LEVELS
from twitchwise.web.forms.asked import KEY
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.lab_table import read_lab_text
from twitchwise.web.forms.lists import STEPS, group, take_group
from twitchwise.web.forms.rows import Row
from twitchwise.web.forms.scene import Scene, Tables

SECTIONS = STEPS["tests"]
LAST = "labs_left"  # key of our own part: lines of the last paste that no result was found in


def view(scene: Scene) -> dict[str, Any]:
    """Lay out the step.

    Parameters: scene. Returns: what its template names.
    """
    own = scene.tables.get(KEY)
    return {
        "groups": [group(section, scene) for section in SECTIONS],
        "readings": {row.number: said for row in _rows(scene) if (said := lab_said(row.number, scene))},
        "labs_left": own.get(LAST, []) if isinstance(own, Mapping) else [],
    }


def _rows(scene: Scene) -> Sequence[Row]:
    return group("labs", scene).rows


def lab_said(number: int, scene: Scene) -> str:
    """Say how a laboratory line is understood.

    Parameters: number, of the line; scene. Returns: a sentence, "" where it is not.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> lab_said(0, Scene({"labs": [{"test": "K", "value": "4.1 mmol/L"}]}, load_evidence(), date(2026, 11, 22)))
    'Read as potassium 4.1 mmol/L: in range.'
    """
    found = [r for r in scene.readings if r.origin == f"labs[{number}]" and not r.derived]
    return " ".join(_said(reading, scene) for reading in found[:3])


def _said(reading: LabReading, scene: Scene) -> str:
    name = scene.evidence.analytes[reading.analyte].name
    value = reading.word.replace("_", " ")
    if reading.written_value is not None:
        value = f"{reading.comparator}{show(reading.written_value)} {printed(reading.written_unit)}".strip()
    same = reading.written_unit in ("", reading.unit) or reading.value is None
    ours = "" if same else f" (that is {show(reading.value or 0.0, 3)} {printed(reading.unit)})"
    note = (
        f" {reading.note[:1].upper()}{reading.note[1:]}." if reading.note and reading.note != "no number given" else ""
    )
    level = "" if reading.word else f": {LEVELS[reading.level]}"
    return f"Read as {name} {value}{ours}{level}.{note}"


def take(form: Filled, scene: Scene, auto: bool = False) -> Tables:
    """Take the step's rows, and a pasted table, into the record.

    Parameters: form; scene; auto, whether the person still types: then a pasted table waits. Returns: new tables.
    """
    tables = scene.tables
    for section in SECTIONS:
        tables = take_group(form, section, tables, auto)
    if not auto and form.long("paste").strip():
        tables = with_pasted(tables, form.long("paste"), scene)
    return tables


def with_pasted(tables: Tables, text: str, scene: Scene) -> Tables:
    """Add the results of a text to a record; the same result is not added twice.

    Parameters: tables; text; scene. Returns: new tables; text lines without a result are kept to be shown.
    """
    pasted = read_lab_text(text, scene.evidence)
    lines = lines_of(tables, "labs")
    added = [line for line in pasted.lines if not any(_same(line, old) for old in lines)]
    own = tables.get(KEY)
    rest = {k: v for k, v in own.items() if k != LAST} if isinstance(own, Mapping) else {}
    kept = {**rest, LAST: pasted.left[:20]} if pasted.left else rest
    bare = {k: v for k, v in tables.items() if k not in (KEY, "labs")}
    whole = {**bare, "labs": [*lines, *added]} if lines or added else bare
    return {**whole, KEY: kept} if kept else whole


def _same(line: Mapping[str, str], old: object) -> bool:
    """Say whether a result is there already: the same test, value and day."""
    if not isinstance(old, Mapping):
        return False
    return all(re.sub(r"\s", "", str(old.get(k, "") or "")).lower() == re.sub(r"\s", "", line.get(k, "")).lower()
               for k in ("test", "value", "date"))  # fmt: skip
