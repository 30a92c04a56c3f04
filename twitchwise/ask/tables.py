"""Small changes of a record as plain tables; what the file held before is kept, also what is not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from twitchwise.ask.types import Tables

FIRST = {"medicines": "name", "supplements": "name", "labs": "test"}  # of a line; elsewhere "what"
UNITS = r"(?:mg|g|grams?|mcg|ug|µg|μg|iu|ie|units?|ml|tablets?|pills?|capsules?|drops?|puffs?|x)\b"
DOSE = re.compile(rf"^(.*?\S),?\s+(\d[\d.,/]*\s*{UNITS}.*)$", re.I)
RESULT = re.compile(r"^(.*?\S?)[\s:=]+([<>]?\s*\d+[.,]?\d*(?:\s.*)?|(?:very )?(?:low|high)|normal)$", re.I)


def lines_of(tables: Tables, section: str) -> list[Any]:
    """Return the lines of a section, whatever shape the file gave them.

    Parameters: tables; section. Returns: a new list.

    >>> lines_of({"findings": "cramps"}, "findings")
    ['cramps']
    """
    value = tables.get(section, [])
    return list(value) if isinstance(value, list) else [value]


def with_line(tables: Tables, section: str, line: Mapping[str, Any]) -> Tables:
    """Add a line to a section.

    Parameters: tables; section; line. Returns: new tables.

    >>> with_line({}, "absent", {"what": "fever"})
    {'absent': [{'what': 'fever'}]}
    """
    first = FIRST.get(section, "what")
    lines = [one if isinstance(one, Mapping) else {first: one} for one in lines_of(tables, section)]
    return {**tables, section: [*lines, dict(line)]}


def with_value(tables: Tables, part: str, key: str, value: object) -> Tables:
    """Set one key of a part such as person, diet or habits.

    Parameters: tables; part; key; value. Returns: new tables.

    >>> with_value({"diet": "vegan"}, "habits", "caffeine", "none")
    {'diet': 'vegan', 'habits': {'caffeine': 'none'}}
    """
    old = tables.get(part, {})
    if not isinstance(old, Mapping):
        old = {{"diet": "pattern", "habits": "other"}.get(part, "note"): old}
    return {**tables, part: {**old, key: value}}


def with_field(tables: Tables, section: str, number: int, key: str, value: object) -> Tables:
    """Set one field of a line.

    Parameters: tables; section; number of the line; key; value. Returns: new tables.

    >>> with_field({"findings": ["cramps"]}, "findings", 0, "since", "3 days")
    {'findings': [{'what': 'cramps', 'since': '3 days'}]}
    """
    lines = [
        one if isinstance(one, Mapping) else {FIRST.get(section, "what"): one} for one in lines_of(tables, section)
    ]
    lines[number] = {**lines[number], key: value}
    return {**tables, section: lines}


def drug_line(text: str) -> dict[str, str]:
    """Part a medicine from its dose.

    Parameters: text, as typed. Returns: a line.

    >>> drug_line("vitamin B6 50 mg daily"), drug_line("aspirin")
    ({'name': 'vitamin B6', 'dose': '50 mg daily'}, {'name': 'aspirin'})
    """
    found = DOSE.match(text)
    return {"name": found[1], "dose": found[2]} if found else {"name": text}


def lab_line(text: str) -> dict[str, str]:
    """Part a blood test from its result.

    Parameters: text, as typed. Returns: a line; without a result where none is found.

    >>> lab_line("magnesium 0.8 mmol/L"), lab_line("vitamin B12: normal"), lab_line("iron")
    ({'test': 'magnesium', 'value': '0.8 mmol/L'}, {'test': 'vitamin B12', 'value': 'normal'}, {'test': 'iron'})
    """
    found = RESULT.match(text)
    return {"test": found[1].strip(), "value": found[2].strip()} if found and found[1].strip() else {"test": text}
