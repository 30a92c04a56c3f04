"""What was added to a record, taken out and changed, line by line in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST: Final = 40  # lines of each kind that are shown
LONGEST: Final = 160  # characters of a line
PARTS: Final = {
    "person": "About you",
    "findings": "What you feel",
    "absent": "What you do not have",
    "signs": "What an examiner saw",
    "medicines": "Medicines",
    "supplements": "Supplements",
    "conditions": "Illnesses",
    "procedures": "Operations",
    "exposures": "Events",
    "diet": "Eating",
    "habits": "Habits",
    "labs": "Results",
    "tests": "Tests",
}
NAMED_BY: Final = ("what", "name", "test", "text")  # the field that says what a line is about


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record: the part it stands in, what it is about, and all of it in words."""

    part: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """What became of the lines of a record; `changed` holds what a line was and what it became."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[tuple[Line, Line], ...]


ASKED = "asked"  # what was asked is no answer


def sentence(text: object) -> str:
    """Write a text as a sentence.

    Parameters: text. Returns: with a capital letter first and a full stop.

    >>> sentence("the calf twitches")
    'The calf twitches.'
    """
    said = str(text).strip().rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."


def lines_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> Lines:
    """Compare two records.

    Parameters: old, new, plain tables. Returns: the lines that differ.

    >>> found = lines_of({"habits": {"sleep": "6 hours"}}, {"habits": {"sleep": "8 hours"}, "labs": [{"test": "iron"}]})
    >>> [line.text for line in found.added], [(a.text, b.text) for a, b in found.changed]
    (['iron'], [('sleep: 6 hours', 'sleep: 8 hours')])
    """
    before, after = Counter(_lines(old)), Counter(_lines(new))
    removed, added = list((before - after).elements()), list((after - before).elements())
    changed = []
    for was in list(removed):
        became = next((one for one in added if (one.part, one.about) == (was.part, was.about)), None)
        if became is not None:
            changed.append((was, became))
            removed.remove(was)
            added.remove(became)
    return Lines(tuple(added), tuple(removed), tuple(changed))


def _lines(tables: Mapping[str, Any]) -> Iterable[Line]:
    for part, value in tables.items():
        if part == ASKED:
            continue
        heading = PARTS.get(part, part)
        if isinstance(value, Mapping):
            yield from _fields(heading, value)
        elif isinstance(value, list):
            yield from (_line(heading, one) for one in value if one)


def _fields(heading: str, table: Mapping[str, Any]) -> Iterable[Line]:
    """Take each field for a line, and each row of a table inside for one."""
    for key, value in table.items():
        if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            yield from (_line(heading, one) for one in value if one)
        elif isinstance(value, Mapping):
            yield from _fields(heading, value)
        elif value not in ("", None, []):
            yield Line(heading, str(key), _short(f"{str(key).replace('_', ' ')}: {_words(value)}"))


def _line(heading: str, row: object) -> Line:
    if not isinstance(row, Mapping):
        return Line(heading, str(row), _short(_words(row)))
    about = next((str(row[key]) for key in NAMED_BY if row.get(key)), "")
    rest = [_words(value) for key, value in row.items() if key not in NAMED_BY and value not in ("", None, [], False)]
    return Line(heading, about, _short(": ".join(part for part in (about, ", ".join(rest)) if part)))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
