"""The person's file while the talk goes on: read once, written whole after every answer, never half."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from twitchwise.ask.types import Tables
from twitchwise.errors import FileError, RecordError
from twitchwise.record import read_bytes, record_from_tables

MARK = "# Written by `twitchwise ask`; you may change it by hand. See it with: twitchwise review FILE\n"


class Store:
    """One file; `note` says what a person should know about how it is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()  # a link stays a link
        self.note = ""
        self._fresh = True  # written by us, or not there yet: nothing to copy aside

    def load(self) -> Tables:
        """Read the file, or start an empty record where there is none.

        Returns: plain tables. Raises: FileError, RecordError, LimitError when it is there and cannot be read.
        """
        if self.path.suffix.lower() not in (".toml", ".json"):
            raise FileError(f"{self.path.name}: the ending is not known. Use .json or .toml.")
        if not self.path.exists():
            if not (self.path.parent.is_dir() and os.access(self.path.parent, os.W_OK)):
                raise FileError(f"{self.path}: the folder is not there or cannot be written. Choose another place.")
            return {}
        raw = read_bytes(self.path)
        tables = self._parsed(raw)
        record_from_tables(tables, self.path.name)  # what is beyond the limits is refused before the first question
        self._fresh = raw.startswith(MARK.encode()) or not raw.strip()
        return tables

    def _parsed(self, raw: bytes) -> Tables:
        try:
            text = raw.decode("utf-8-sig")
            found = json.loads(text or "{}") if self.path.suffix.lower() == ".json" else tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            why = " ".join(str(error).split())[:120]
            raise RecordError(f"{self.path.name}: cannot be read ({why}). Correct it, or choose a new file.") from error
        if not isinstance(found, Mapping):
            raise RecordError(f"{self.path.name}: a record is a table with parts such as [person].")
        return found

    def save(self, tables: Tables) -> None:
        """Write the record so that a crash leaves the old file or the new one; only the person can read it.

        Parameters: tables. Raises: FileError.
        """
        as_json = self.path.suffix.lower() == ".json"
        text = json.dumps(tables, indent=1, ensure_ascii=False) + "\n" if as_json else MARK + toml_of_tables(tables)
        beside = self.path.with_name(f".{self.path.name}.new")
        try:
            if not self._fresh:
                self._copy_aside()
            _write(beside, text.encode())
            os.replace(beside, self.path)
            _settle(self.path.parent)
        except OSError as error:
            raise FileError(
                f"{self.path}: cannot be written ({error.strerror}). The last answer is not saved."
            ) from error

    def _copy_aside(self) -> None:
        """Keep the file as it was by hand, once."""
        names = (self.path.with_name(f"{self.path.name}.bak{n or ''}") for n in range(1000))
        copy = next(name for name in names if not name.exists())
        _write(copy, self.path.read_bytes())
        self._fresh = True
        lost = "" if self.path.suffix.lower() == ".json" else " Comments are not kept in the new one."
        self.note = f"Your file as it was is kept as {copy.name}.{lost}"


def _write(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)  # left over from a crash; never follow a link that lies there
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def toml_of_tables(tables: Tables) -> str:
    """Write plain tables as TOML.

    Parameters: tables, as TOML gives them. Returns: text that reads back as the same tables.

    >>> print(toml_of_tables({"person": {"age": 34}, "absent": [{"what": "fever"}]}), end="")
    [person]
    age = 34
    <BLANKLINE>
    [[absent]]
    what = "fever"
    """
    plain = {k: v for k, v in tables.items() if not isinstance(v, Mapping) and not _is_lines(v)}
    parts = [_pairs(plain)] if plain else []
    for key, value in tables.items():
        if isinstance(value, Mapping):
            parts.append(f"[{_key(key)}]\n{_pairs(value)}")
        elif key not in plain:
            parts += [f"[[{_key(key)}]]\n{_pairs(line)}" for line in value]
    return "\n".join(parts)


def _is_lines(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _pairs(table: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    bare = key and all(c.isascii() and (c.isalnum() or c in "_-") for c in key)
    return key if bare else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return _text(str(value))


def _text(text: str) -> str:
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    return f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char
