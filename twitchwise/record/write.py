"""Write a record back as TOML, and the starting file without overwriting anything."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from twitchwise.errors import FileError
from twitchwise.record.diet_lines import KEYS
from twitchwise.record.read import SECTIONS
from twitchwise.record.template import starting_file
from twitchwise.record.types import DiaryLine, Record


def tables_of(record: Record) -> dict[str, Any]:
    """Turn a record into plain tables, leaving out what is empty.

    Parameters: record. Returns: tables that `record_from_tables` reads back as the same record.

    >>> tables_of(Record())
    {}
    """
    found: dict[str, Any] = {
        "person": _filled(record.person),
        **{section: [_filled(line) for line in getattr(record, section)] for section in SECTIONS},
        "diet": _filled(record.diet),
        "habits": dict(record.habits),
    }
    return {key: value for key, value in found.items() if value}


def _filled(part: Any) -> dict[str, Any]:
    values = ((f.name, getattr(part, f.name)) for f in fields(part))
    return {name: plain for name, value in values if (plain := _plain(value))}


def _plain(value: Any) -> Any:
    """The record's own diary lines become tables; those of a diary file stay in that file."""
    if not isinstance(value, tuple):
        return dict(value) if isinstance(value, Mapping) else value
    own = [x for x in value if not isinstance(x, DiaryLine) or x.where.startswith("diet.lines")]
    return [{k: v for k, v in _filled(x).items() if k in KEYS} if isinstance(x, DiaryLine) else x for x in own]


def toml_of(record: Record) -> str:
    """Write a record as TOML text.

    Parameters: record. Returns: text that reads back as the same record (slips are not written).

    >>> from twitchwise.record.types import FindingLine
    >>> print(toml_of(Record(findings=(FindingLine(what="cramps", where=("calf",)),))))
    [[findings]]
    what = "cramps"
    where = ["calf"]
    <BLANKLINE>
    """
    parts: list[str] = []
    for key, value in tables_of(record).items():
        if isinstance(value, list):
            parts += [f"[[{key}]]\n{_pairs(line)}" for line in value]
        else:
            parts.append(f"[{key}]\n{_pairs(value)}")
    return "\n".join(parts)


def _pairs(table: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items())


def _inline(table: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{_key(key)} = {_value(value)}" for key, value in table.items()) + " }"


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else _value(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return '"' + "".join(_escaped(char) for char in str(value)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    return f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char


def write_new(path: Path) -> None:
    """Write the commented starting file; an existing file is never overwritten and nothing half written stays.

    Parameters: path, where the file shall be. Raises: FileError.

    >>> write_new(Path("/no-such-folder/me.toml"))
    Traceback (most recent call last):
    ...
    twitchwise.errors.FileError: /no-such-folder/me.toml: the folder does not exist. Create it, or choose another place.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise FileError(f"{path}: exists already and was left alone. Choose another name.") from error
    except FileNotFoundError as error:
        raise FileError(f"{path}: the folder does not exist. Create it, or choose another place.") from error
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: cannot be written ({error}). Choose another place.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(starting_file())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise FileError(f"{path}: cannot be written ({error}). Choose another place.") from error
