"""Two windows on one record: changes in different places are joined, and where they meet both are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twitchwise.web.forms.asked import KEY
from twitchwise.web.forms.scene import Tables

MISSING = object()
NAMES = {
    "person": "About the person",
    "findings": "What is felt",
    "absent": "What is not there",
    "signs": "What a doctor found",
    "medicines": "Medicines",
    "supplements": "Supplements",
    "conditions": "Illnesses",
    "procedures": "Operations and treatments",
    "exposures": "Things you came in touch with",
    "diet": "Eating",
    "habits": "Habits",
    "labs": "Blood tests",
    "tests": "Other tests",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """One part of the record that both windows changed."""

    key: str
    name: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined record; where both changed the same, `tables` hold the value of this window and `clashes` say so."""

    tables: Tables
    clashes: tuple[Clash, ...] = ()


def merge(base: Tables, mine: Tables, theirs: Tables) -> Merged:
    """Join two changes of one record.

    Parameters: base, the record that both started from; mine, as this window has it; theirs, the newest that is saved.
    Returns: the joined record.

    >>> merge({}, {"diet": "vegan"}, {"labs": []}).tables
    {'labs': [], 'diet': 'vegan'}
    >>> merge({"diet": "a"}, {"diet": "b"}, {"diet": "c"}).clashes[0].theirs
    ('c',)
    """
    joined: dict[str, Any] = {}
    clashes = []
    for key in dict.fromkeys((*theirs, *mine)):
        value, clash = _joined(base.get(key, MISSING), mine.get(key, MISSING), theirs.get(key, MISSING), key == KEY)
        if clash:
            clashes.append(Clash(key, NAMES.get(key, key), _texts(mine.get(key, ())), _texts(theirs.get(key, ()))))
        if value is not MISSING:
            joined[key] = value
    return Merged(joined, tuple(clashes))


def _joined(base: Any, mine: Any, theirs: Any, own: bool = False) -> tuple[Any, bool]:
    """Join one value; whether both sides changed it differently."""
    if mine == theirs or theirs == base:
        return mine, False
    if mine == base:
        return theirs, False
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return _tables(base if isinstance(base, Mapping) else {}, mine, theirs, own)
    if isinstance(mine, list) and isinstance(theirs, list):
        start = base if isinstance(base, list) else []
        return (list(dict.fromkeys(map(str, [*theirs, *mine]))), False) if own else _lists(start, mine, theirs)
    return mine, not own


def _tables(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], own: bool) -> tuple[Any, bool]:
    found, clash = {}, False
    for key in dict.fromkeys((*theirs, *mine)):
        value, worse = _joined(base.get(key, MISSING), mine.get(key, MISSING), theirs.get(key, MISSING), own)
        clash = clash or worse
        if value is not MISSING:
            found[key] = value
    return found, clash


def _lists(base: list[Any], mine: list[Any], theirs: list[Any]) -> tuple[Any, bool]:
    """Join two lists line by line; when a line was taken out on both sides they cannot be told apart."""
    size = len(base)
    if min(len(mine), len(theirs)) < size:
        return mine, True
    lines, clash = [], False
    for old, one, other in zip(base, mine, theirs, strict=False):
        value, worse = _joined(old, one, other)
        lines.append(value)
        clash = clash or worse
    added = [line for line in mine[size:] if line not in theirs[size:]]
    return [*lines, *theirs[size:], *added], clash


def both(mine: Tables, theirs: Tables, clashes: tuple[Clash, ...]) -> Tables:
    """Keep the lines of both windows, where a part is a list; elsewhere this window's.

    Parameters: mine, the joined record; theirs; clashes. Returns: new tables.

    >>> both({"labs": ["a"]}, {"labs": ["b"]}, (Clash("labs", "", (), ()),))
    {'labs': ['b', 'a']}
    """
    tables = dict(mine)
    for clash in clashes:
        one, other = mine.get(clash.key), theirs.get(clash.key)
        if isinstance(one, list) and isinstance(other, list):
            tables[clash.key] = [*other, *(line for line in one if line not in other)]
        elif isinstance(one, Mapping) and isinstance(other, Mapping):
            tables[clash.key] = {**other, **one}
    return tables


def theirs_of(mine: Tables, theirs: Tables, clashes: tuple[Clash, ...]) -> Tables:
    """Keep the other window's side where both changed the same.

    Parameters: mine, the joined record; theirs; clashes. Returns: new tables.
    """
    changed = {clash.key for clash in clashes}
    kept = {key: value for key, value in mine.items() if key not in changed}
    return {**kept, **{key: theirs[key] for key in changed if key in theirs}}


def _texts(value: Any) -> tuple[str, ...]:
    """Write a part of a record in plain lines."""
    if isinstance(value, Mapping):
        return tuple(f"{str(key).replace('_', ' ')}: {'; '.join(_texts(one))}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(", ".join(_texts(one)) if isinstance(one, Mapping) else str(one) for one in value)
    return (str(value),)
