"""Read an export, or a single record, before anything of it is stored: all of it is sound, or none of it comes in."""

from __future__ import annotations

import io
import json
import re
import tomllib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from twitchwise.errors import LimitError, RecordError
from twitchwise.formats.json_file import read_json
from twitchwise.formats.toml_file import read_toml
from twitchwise.household.blobs import REVIEW_LIMIT, pack_tables
from twitchwise.household.export import INDEX, LAYOUT
from twitchwise.household.names import clean_name
from twitchwise.household.types import Kept, Person, Version
from twitchwise.record import SIZE_LIMIT

MOST_ZIP: Final = 100_000_000  # bytes of the file
MOST_BYTES: Final = 400_000_000  # unpacked, of all that is read
MOST_MEMBERS: Final = 100_000
NAMES: Final = re.compile(r"(person-\d{1,4}/)?(versions|reviews)/\d{1,9}\.json")
TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
FILE: Final = "this file"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person who is about to be added."""

    name: str
    made: str
    changed: str
    versions: tuple[tuple[Version, bytes], ...]
    kept: tuple[Kept, ...]
    note: str = ""

    def person(self, id: str) -> Person:
        """Give the person an address of their own.

        Parameters: id. Returns: the person, as stored.
        """
        newest = self.versions[-1][0].version if self.versions else 0
        return Person(id, self.name, self.made, self.changed, newest, self.note)


def restored(data: bytes, name: str) -> tuple[Arrival, ...]:
    """Read what a person brings back.

    Parameters: data, of a zip from an export, or of a record in TOML or JSON; name, for a single record.
    Returns: who is in it. Raises: RecordError, LimitError.

    >>> restored(b'[person]\\nage = 40', "Ann")[0].versions[0][1]
    b'{"person":{"age":40}}'
    """
    if len(data) > MOST_ZIP:
        raise LimitError(f"{FILE}: larger than {MOST_ZIP // 1_000_000} MB. Check that this is the right file.")
    if not data.startswith(b"PK"):
        return (_single(data, name),)
    if data.count(b"PK\x01\x02") > MOST_MEMBERS:  # told before a long list of them fills the memory
        raise LimitError(f"{FILE}: more than {MOST_MEMBERS:,} entries. Nothing was added.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Unpacking(archive).people()
    except BROKEN as error:
        raise RecordError(f"{FILE}: the zip is damaged. Nothing was added. Copy it again from where it was.") from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise RecordError(
            f"{FILE}: this zip is no export of twitchwise, or it was changed. Nothing was added."
        ) from error


def _single(data: bytes, name: str) -> Arrival:
    from twitchwise.household.store import now

    if len(data) > SIZE_LIMIT:
        raise LimitError(f"{FILE}: larger than {SIZE_LIMIT // 1_000_000} MB. A record is a short text.")
    json_like = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    (read_json if json_like else read_toml)(data, FILE)  # refuses in plain words what is no record
    text = data.decode("utf-8-sig")
    tables = json.loads(text) if json_like else tomllib.loads(text)
    known, note = clean_name(name or "Imported record")
    at = now()
    return Arrival(known, at, at, ((Version(1, at), pack_tables(tables)),), (), note)


class _Unpacking:
    """Reads the members that the index names, and no others; nothing is ever written to a folder."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = MOST_BYTES

    def read(self, name: str, most: int) -> bytes:
        with self.archive.open(name) as member:
            data = member.read(min(most, self.left) + 1)
        self.left -= len(data)
        if len(data) > most or self.left < 0:
            raise LimitError(f"{FILE}: it unpacks to more than records can hold. Nothing was added.")
        return data

    def people(self) -> tuple[Arrival, ...]:
        index = json.loads(self.read(INDEX, SIZE_LIMIT))
        if index["format"] != "twitchwise household":
            raise ValueError(index["format"])
        if index["layout"] > LAYOUT:
            raise RecordError(f"{FILE}: a newer twitchwise made this export. Update twitchwise, then import it.")
        return tuple(self.person(card) for card in index["people"])

    def person(self, card: Mapping[str, Any]) -> Arrival:
        name, note = clean_name(card["name"])
        versions = tuple(self.version(entry) for entry in card["versions"])
        numbers = [version.version for version, _ in versions]
        if numbers != sorted(set(numbers)) or (numbers and numbers[0] < 1):
            raise ValueError("versions")
        kept = tuple(self.review(entry) for entry in card["reviews"])
        return Arrival(name, _time(card["made"]), _time(card["changed"]), versions, kept, note)

    def version(self, entry: Mapping[str, Any]) -> tuple[Version, bytes]:
        tables = json.loads(self.read(_name(entry["file"]), 3 * SIZE_LIMIT))  # indented, it is larger than stored
        return Version(_number(entry["version"]), _time(entry["made"])), pack_tables(tables)

    def review(self, entry: Mapping[str, Any]) -> Kept:
        text = self.read(_name(entry["file"]), REVIEW_LIMIT).decode("utf-8")
        if not isinstance(json.loads(text), dict):
            raise ValueError("review")
        level = str(entry["level"])[:40]
        return Kept(date.fromisoformat(entry["on"]), level, _number(entry["version"]), text, _time(entry["made"]))


def _name(value: str) -> str:
    if not NAMES.fullmatch(value):
        raise ValueError(value)
    return value


def _time(value: str) -> str:
    if not TIME.fullmatch(value):
        raise ValueError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise ValueError("number")
    return value
