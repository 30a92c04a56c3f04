"""Everything that is kept, as a zip that any computer can read, now and in twenty years."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from twitchwise.errors import FileError, TwitchwiseError
from twitchwise.household.types import Kept, Missing, Person, Version
from twitchwise.record import record_from_tables, toml_of

if TYPE_CHECKING:
    from twitchwise.household.store import Household

Found = TypeVar("Found")
INDEX: Final = "household.json"
LAYOUT: Final = 1
README: Final = """\
These are records that twitchwise kept, as copied on {day}.

{people}

What is in a person's part:
  record.toml    the newest record, as text that you can read and change
  record.json    the same record for other programs
  versions/      the record as it was at each time it was saved
  reviews/       each review that was kept
The file household.json says what belongs together.

To bring it back, import this zip on the page "People" of twitchwise.
Nobody who is there already is changed by that.

Take care: this copy has no passphrase, even where the records on your
machine have one. Whoever has this file can read all of it.
"""
LOST: Final = """
Some entries were damaged and could not be copied:
{lost}
"""


class _Parcel:
    """A zip in the making, and what could not be put in."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.zip = zipfile.ZipFile(self.buffer, "w", zipfile.ZIP_DEFLATED)
        self.lost: list[str] = []

    def put(self, name: str, text: str) -> None:
        self.zip.writestr(name, text.encode("utf-8"))

    def read(self, name: str, get: Callable[[], Found]) -> Found | None:
        """Read one entry; a damaged one is noted and left out, so that all others can still be saved."""
        try:
            return get()
        except (FileError, Missing):
            self.lost.append(name)
            return None


def export(household: Household, people: Sequence[Person], whole: bool) -> bytes:
    """Write people into a zip.

    Parameters: household; people; whole, whether each has a folder of their own.
    Returns: the bytes of the zip.
    """
    from twitchwise.household.store import now

    parcel = _Parcel()
    folders = [f"person-{number}/" if whole else "" for number, _ in enumerate(people, 1)]
    cards = [_person(parcel, household, person, folder) for person, folder in zip(people, folders, strict=True)]
    parcel.put(INDEX, _json({"format": "twitchwise household", "layout": LAYOUT, "people": cards}))
    names = [f"  {folder or 'this folder'}   {person.name}" for person, folder in zip(people, folders, strict=True)]
    readme = README.format(day=now()[:10], people="\n".join(names) or "There was nobody in it.")
    if parcel.lost:
        readme += LOST.format(lost="\n".join(f"  {name}" for name in parcel.lost))
    parcel.put("README.txt", readme)
    parcel.zip.close()
    return parcel.buffer.getvalue()


def _person(parcel: _Parcel, household: Household, person: Person, folder: str) -> dict[str, Any]:
    versions = parcel.read(f"{folder}versions/ (times of saving)", lambda: household.versions(person.id))
    if versions is None:  # the list is damaged; each version is then tried by its number
        versions = tuple(Version(number, person.changed) for number in range(1, person.version + 1))
    saved = [x for version in versions if (x := _version(parcel, household, person, version, folder))]
    numbers = parcel.read(f"{folder}reviews", lambda: household.kept_numbers(person.id)) or ()
    kept = [x for number in numbers if (x := _review(parcel, household, person, number, folder))]
    card = {key: getattr(person, key) for key in ("name", "made", "changed", "version")}
    return {"folder": folder, **card, "versions": saved, "reviews": kept}


def _version(
    parcel: _Parcel, household: Household, person: Person, version: Version, folder: str
) -> dict[str, Any] | None:
    name = f"{folder}versions/{version.version:04}.json"
    tables = parcel.read(name, lambda: household.tables_at(person.id, version.version))
    if tables is None:
        return None
    parcel.put(name, _json(tables))
    if version.version == person.version:
        parcel.put(f"{folder}record.json", _json(tables))
        try:
            parcel.put(f"{folder}record.toml", toml_of(record_from_tables(tables)))
        except TwitchwiseError:  # too large for a record file; record.json has it all
            parcel.lost.append(f"{folder}record.toml (read record.json instead)")
    return {"version": version.version, "made": version.made, "file": name}


def _review(parcel: _Parcel, household: Household, person: Person, number: int, folder: str) -> dict[str, Any] | None:
    name = f"{folder}reviews/{number:04}.json"
    kept: Kept | None = parcel.read(name, lambda: household.kept_one(person.id, number))
    if kept is None:
        return None
    parcel.put(name, kept.json)
    card = {key: getattr(kept, key) for key in ("level", "version", "made")}
    return {"on": kept.on.isoformat(), **card, "file": name}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
