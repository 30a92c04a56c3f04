"""The household: people, their records with every version, and their finished reviews."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from twitchwise.errors import FileError
from twitchwise.household import place
from twitchwise.household.blobs import check, pack_tables, pack_text, unpack_tables, unpack_text
from twitchwise.household.database import Database
from twitchwise.household.names import clean_name
from twitchwise.household.types import Conflict, Damaged, Kept, Missing, Person, Version

PEOPLE_LIMIT: Final = 1000
PERSON: Final = "SELECT id, name, made, changed, version FROM person"
KEPT: Final = "SELECT day, level, version, review, made, number, checksum FROM kept"


def now() -> str:
    """Say what time it is.

    Returns: UTC to the second.

    >>> len(now())
    20
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Household:
    """The records of several people in one file; threads may share it, and other processes may have it open too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, folder: Path | None = None, passphrase: str = "") -> Household:
        """Open the records in a folder; the folder and the file are made when they are missing.

        Parameters: folder, None for the platform's own; passphrase, "" for none.
        Returns: the household. Raises: FileError (Locked, WrongPassphrase, Busy, Damaged), RecordError.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Household.open(Path(folder)) as household:
        ...     ann = household.add("Ann")
        ...     household.save(ann.id, {"person": {"age": 40}}, base=0)
        ...     household.tables(ann.id)
        1
        ({'person': {'age': 40}}, 1)
        """
        return cls(Database(place.file_in(folder), passphrase))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; all that was saved is on the disk already."""
        self._database.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def encrypted(self) -> bool:
        """Whether a passphrase is set."""
        return self._database.encrypted

    @property
    def damage(self) -> str:
        """A sentence for the person where the file is damaged and therefore only read, else ""."""
        return self._database.damage

    def people(self) -> tuple[Person, ...]:
        """Return everybody, in the order in which they were added.

        Returns: the people. Raises: FileError.
        """
        with self._database.reading() as link:
            return tuple(Person(*row) for row in link.execute(f"{PERSON} ORDER BY made, rowid"))

    def add(self, name: str) -> Person:
        """Add a person with an empty record.

        Parameters: name, any text. Returns: the person; `note` says so when the name was cut.
        Raises: RecordError, FileError.
        """
        text, note = clean_name(name)
        person = Person(secrets.token_urlsafe(12), text, at := now(), at, 0, note)
        with self._database.writing() as link:
            _insert(link, person)
        return person

    def rename(self, id: str, name: str) -> Person:
        """Give a person another name.

        Parameters: id; name. Returns: the person as changed. Raises: Missing, RecordError, FileError.
        """
        text, note = clean_name(name)
        with self._database.writing() as link:
            old = _person(link, id)
            link.execute("UPDATE person SET name = ?, changed = ? WHERE id = ?", (text, at := now(), id))
        return Person(id, text, old.made, at, old.version, note)

    def delete(self, id: str) -> None:
        """Delete a person with every version and review, and take the bytes off the file.

        Parameters: id. Raises: Missing, FileError.
        """
        with self._database.writing() as link:
            _person(link, id)
            link.execute("DELETE FROM kept WHERE person = ?", (id,))
            link.execute("DELETE FROM version WHERE person = ?", (id,))
            link.execute("DELETE FROM person WHERE id = ?", (id,))
        self._compact()

    def delete_all(self) -> None:
        """Delete everybody and everything; a passphrase stays set.

        Raises: FileError.
        """
        with self._database.writing() as link:
            for table in ("kept", "version", "person"):
                link.execute(f"DELETE FROM {table}")
        self._compact()

    def _compact(self) -> None:
        try:
            self._database.compact()
        except FileError as error:
            raise FileError(
                f"{self.path}: it was deleted, but the file could not be made smaller. Parts of it may still be on the "
                "disk. Make room, close other windows, then delete once more."
            ) from error

    def tables(self, id: str) -> tuple[dict[str, Any], int]:
        """Return the newest record of a person.

        Parameters: id. Returns: its plain tables, as record_from_tables takes them, and its version (0: empty).
        Raises: Missing, Damaged, FileError.
        """
        with self._database.reading() as link:
            version = _person(link, id).version
            return _tables(link, id, version), version

    def tables_at(self, id: str, version: int) -> dict[str, Any]:
        """Return a record as it once was.

        Parameters: id; version. Returns: its plain tables. Raises: Missing, Damaged, FileError.
        """
        with self._database.reading() as link:
            _person(link, id)
            return _tables(link, id, version)

    def versions(self, id: str) -> tuple[Version, ...]:
        """Return which versions of a record there are.

        Parameters: id. Returns: the versions, oldest first. Raises: Missing, FileError.
        """
        with self._database.reading() as link:
            _person(link, id)
            query = "SELECT version, made FROM version WHERE person = ? ORDER BY version"
            return tuple(Version(*row) for row in link.execute(query, (id,)))

    def save(self, id: str, tables: Mapping[str, Any], base: int) -> int:
        """Save a record as a new version; when this returns, it is on the disk.

        Parameters: id; tables; base, the version that the change was made to.
        Returns: the new version; base itself, when nothing differs from it.
        Raises: Conflict, Missing, RecordError, FileError.
        """
        data = pack_tables(tables)
        with self._database.writing() as link:
            newest = _person(link, id).version
            if base != newest:
                raise Conflict(newest)
            query = "SELECT record FROM version WHERE person = ? AND version = ?"
            if link.execute(query, (id, base)).fetchone() == (data,):
                return base
            _insert_version(link, id, Version(base + 1, now()), data)
        return base + 1

    def keep(self, id: str, kept: Kept) -> int:
        """Keep a finished review.

        Parameters: id; kept, its number is given here. Returns: the number. Raises: Missing, LimitError, FileError.
        """
        data = pack_text(kept.json)
        with self._database.writing() as link:
            _person(link, id)
            return _insert_kept(link, id, kept, data)

    def kept(self, id: str) -> tuple[Kept, ...]:
        """Return the reviews that were kept.

        Parameters: id. Returns: the reviews, oldest first. Raises: Missing, Damaged, FileError.
        """
        with self._database.reading() as link:
            _person(link, id)
            return tuple(map(_kept, link.execute(f"{KEPT} WHERE person = ? ORDER BY number", (id,)).fetchall()))

    def kept_numbers(self, id: str) -> tuple[int, ...]:
        """Return the numbers of the reviews that were kept, without reading them.

        Parameters: id. Returns: the numbers, oldest first. Raises: Missing, FileError.
        """
        with self._database.reading() as link:
            _person(link, id)
            return tuple(
                row[0] for row in link.execute("SELECT number FROM kept WHERE person = ? ORDER BY number", (id,))
            )

    def kept_one(self, id: str, number: int) -> Kept:
        """Return one review that was kept.

        Parameters: id; number. Returns: the review. Raises: Missing, Damaged, FileError.
        """
        with self._database.reading() as link:
            row = link.execute(f"{KEPT} WHERE person = ? AND number = ?", (id, number)).fetchone()
            if row is None:
                raise Missing("There is no such review here. It may be deleted already.")
            return _kept(row)

    def forget(self, id: str, number: int) -> None:
        """Delete one kept review, and take its bytes off the file.

        Parameters: id; number. Raises: Missing, FileError.
        """
        with self._database.writing() as link:
            if not link.execute("DELETE FROM kept WHERE person = ? AND number = ?", (id, number)).rowcount:
                raise Missing("There is no such review here. It may be deleted already.")
        self._compact()

    def set_passphrase(self, passphrase: str) -> None:
        """Set a passphrase, or another one: without it nobody can read the file, its owner included.

        Parameters: passphrase. Raises: RecordError, FileError: all is then as it was.
        """
        if not passphrase:
            raise FileError("A passphrase is missing. To do without one, remove it instead.")
        self._database.exchange(passphrase)

    def remove_passphrase(self) -> None:
        """Do without a passphrase from now on.

        Raises: FileError: all is then as it was.
        """
        self._database.exchange("")

    def export(self, id: str | None = None) -> bytes:
        """Return all that is kept, of one person or of everybody, as a zip that any computer can read.

        Parameters: id, None for everybody. Returns: the bytes of a zip; they have no passphrase.
        Raises: Missing, FileError.
        """
        from twitchwise.household.export import export

        with self._database.reading():  # one state for all of it
            people = self.people()
            if id is not None and not (people := tuple(person for person in people if person.id == id)):
                raise _no_person()
            return export(self, people, whole=id is None)

    def import_(self, data: bytes, name: str = "") -> tuple[Person, ...]:
        """Bring people back from an export, or one person from a record in TOML or JSON; nobody is replaced.

        Parameters: data, of the file; name, for the person of a single record.
        Returns: those who were added. Raises: RecordError, LimitError, FileError: nothing was added then.
        """
        from twitchwise.household.restore import restored

        arrivals = restored(data, name)
        added = []
        with self._database.writing() as link:
            for arrival in arrivals:
                added.append(person := arrival.person(secrets.token_urlsafe(12)))
                _insert(link, person)
                for version, record in arrival.versions:
                    _insert_version(link, person.id, version, record, changed=person.changed)
                for kept in arrival.kept:
                    _insert_kept(link, person.id, kept, pack_text(kept.json))
        return tuple(added)


def _no_person() -> Missing:
    return Missing("There is no such person here. They may be deleted already. Go back to the list of people.")


def _person(link: Any, id: str) -> Person:
    row = link.execute(f"{PERSON} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise _no_person()
    return Person(*row)


def _insert(link: Any, person: Person) -> None:
    if link.execute("SELECT count(*) FROM person").fetchone()[0] >= PEOPLE_LIMIT:
        raise FileError(f"There are {PEOPLE_LIMIT:,} people already. Delete one, or use another folder.")
    row = (person.id, person.name, person.made, person.changed, person.version)
    link.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?)", row)


def _insert_version(link: Any, id: str, version: Version, data: bytes, changed: str = "") -> None:
    row = (id, version.version, version.made, data, check(data))
    link.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?)", row)
    change = (version.version, changed or version.made, id)
    link.execute("UPDATE person SET version = ?, changed = ? WHERE id = ?", change)


def _insert_kept(link: Any, id: str, kept: Kept, data: bytes) -> int:
    row = (id, kept.on.isoformat(), kept.made or now(), kept.level, kept.version, data, check(data))
    names = "person, day, made, level, version, review, checksum"
    return int(link.execute(f"INSERT INTO kept ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", row).lastrowid)


def _tables(link: Any, id: str, version: int) -> dict[str, Any]:
    if version == 0:
        return {}
    query = "SELECT record, checksum FROM version WHERE person = ? AND version = ?"
    row = link.execute(query, (id, version)).fetchone()
    if row is None:
        raise Missing(f"There is no version {version} of this record. Choose one from its history.")
    return unpack_tables(*row)


def _kept(row: Any) -> Kept:
    day, level, version, review, made, number, checksum = row
    text = unpack_text(review, checksum)
    try:
        return Kept(date.fromisoformat(day), level, version, text, made, number)
    except (TypeError, ValueError) as error:
        raise Damaged("One kept review is damaged and cannot be read. Make a new review from the record.") from error
