"""The one SQLite file: opening it, transactions, a change of the passphrase, and what SQLite says in plain words.

The rollback journal (not WAL) keeps everything in one file that can be copied, and lets a read-only folder be read.
synchronous=EXTRA brings the end of the journal onto the disk too, so that a confirmed save outlives a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import RLock
from typing import Any, Final

from twitchwise.errors import FileError, RecordError, TwitchwiseError
from twitchwise.household import place
from twitchwise.household.types import Busy, Missing, WrongPassphrase

MARK: Final = 0x74776868  # "twhh": this SQLite file is ours
LAYOUT: Final = 1
WAIT: Final = 10.0  # seconds for another process to finish
SHORTEST, LONGEST = 8, 1000  # characters of a passphrase
CIPHER: Final = "sqlcipher3.dbapi2"
SCHEMA: Final = {
    "person": """CREATE TABLE person (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL,
        version INTEGER NOT NULL)""",
    "version": """CREATE TABLE version (
        person TEXT NOT NULL, version INTEGER NOT NULL, made TEXT NOT NULL, record BLOB NOT NULL,
        checksum INTEGER NOT NULL, PRIMARY KEY (person, version))""",
    "kept": """CREATE TABLE kept (
        number INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, day TEXT NOT NULL, made TEXT NOT NULL,
        level TEXT NOT NULL, version INTEGER NOT NULL, review BLOB NOT NULL, checksum INTEGER NOT NULL)""",
}


def check_passphrase(passphrase: str) -> str:
    """Check a passphrase and bring it into one form, whatever keyboard it was typed on.

    Parameters: passphrase. Returns: it, normalised. Raises: RecordError.

    >>> check_passphrase("two small boats")
    'two small boats'
    """
    text = unicodedata.normalize("NFKC", passphrase)
    if not SHORTEST <= len(text) <= LONGEST or "\0" in text or not text.isprintable():
        raise RecordError(
            f"A passphrase has {SHORTEST} to {LONGEST:,} letters, digits or signs. Several words are best. "
            "Nothing was changed."
        )
    return text


def _library(passphrase: str) -> Any:
    """The module that opens the file: SQLite, or SQLCipher where there is a passphrase."""
    if not passphrase:
        return sqlite3
    try:
        return import_module(CIPHER)
    except ImportError as error:
        raise FileError(
            "A passphrase needs one more part on this machine. Install it: pip install 'twitchwise[encrypted]'"
        ) from error


def _failures() -> tuple[type[Exception], ...]:
    """The errors of both libraries, without loading the second one."""
    cipher = sys.modules.get(CIPHER)
    return (sqlite3.Error, cipher.Error) if cipher else (sqlite3.Error,)


def _in_words(path: Path, error: Exception) -> TwitchwiseError:
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return Busy(f"{path}: another twitchwise is saving just now. Nothing was changed here. Try again in a moment.")
    if "full" in said:
        return FileError(
            f"{path}: the disk is full. This was not saved; all that was saved before is there. Make room."
        )
    if "readonly" in said or "unable to open" in said:
        return FileError(
            f"{path}: it can be read but not changed. This was not saved. Check the rights of the folder and the disk."
        )
    if "disk i/o" in said:
        return FileError(f"{path}: the disk does not take it. This was not saved. Check the disk, then save again.")
    if isinstance(error, sqlite3.ProgrammingError) or "closed" in said:
        return FileError(f"{path}: the records were closed. Open them again.")
    return place.damaged(path)


def _wrong(path: Path) -> WrongPassphrase:
    return WrongPassphrase(
        f"{path}: this passphrase does not open the records, or the file is damaged. Check capital letters and the "
        "keyboard. Nobody can bring a lost passphrase back."
    )


class Database:
    """One open file: a connection that threads take turns with."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self.path = path
        self.damage = ""  # a sentence, where the file is damaged: it is then only read
        self._lock = RLock()
        self._link: Any = None
        with place.GATE:
            place.prepare(path)
            locked, new = place.has_passphrase(path), path.stat().st_size == 0
            if locked and not passphrase:
                raise place.needs_passphrase(path)
            if locked and not passphrase.isprintable():
                raise _wrong(path)
            if passphrase and not locked and not new:
                raise RecordError(f"{path}: these records have no passphrase. Open them without one, then set one.")
            # an old passphrase is taken as it is; only a new one has to be long enough
            known = unicodedata.normalize("NFKC", passphrase) if locked else passphrase and check_passphrase(passphrase)
            self._open(known)

    @property
    def encrypted(self) -> bool:
        """Whether the file has a passphrase."""
        return self._encrypted

    def _open(self, secret: str) -> None:
        self._link, self._identity = _connect(self.path, secret)
        self._encrypted, self._secret = bool(secret), secret
        place.OPEN[self.path] = [self._encrypted] * (len(place.OPEN.get(self.path, ())) + 1)
        try:
            with self._told(secret):
                _settle(self._link, self.path)
                _set(self._link, "DELETE")
            self._look_for_damage()
            self._tidy_up()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with place.GATE, self._lock:
            if self._link is not None:
                self._link.close()
                self._link = None
                place.OPEN[self.path].pop()

    @contextmanager
    def _told(self, secret: str = "") -> Iterator[None]:
        """Say in plain words what SQLite says; secret, while it is not known whether it is the right one."""
        try:
            yield
        except _failures() as error:
            if self._was_replaced():
                raise self._replaced() from error
            if secret and "not a database" in str(error):
                raise _wrong(self.path) from error
            self._revive()
            raise _in_words(self.path, error) from error

    def _revive(self) -> None:
        """Connect anew: SQLCipher reads nothing any more after it met one damaged page."""
        if self.damage and self.encrypted and self._link is not None:
            self._link.close()
            self._link, self._identity = _connect(self.path, self._secret)

    def _was_replaced(self) -> bool:
        """Whether the name leads to another file now: a passphrase was set or removed, or all was wiped."""
        return _identity(self.path) != self._identity

    def _replaced(self) -> FileError:
        return FileError(
            f"{self.path}: a passphrase was set or removed elsewhere, or the file was moved. Close twitchwise, start "
            "it again, then repeat what you did last."
        )

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Hold one unchanging state while reading.

        Returns: the connection. Raises: FileError.
        """
        with self._lock:
            if self._link is not None and self._link.in_transaction:  # part of a longer look, of this thread
                with self._told():
                    yield self._link
                return
            with self._transaction("BEGIN", "ROLLBACK") as link:
                yield link

    @contextmanager
    def writing(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[Any]:
        """Write all or nothing; when this ends without an error, it is on the disk.

        Parameters: begin, how. Returns: the connection. Raises: FileError.
        """
        if self.damage:
            raise FileError(self.damage)
        with self._transaction(begin) as link:
            yield link

    @contextmanager
    def _transaction(self, begin: str, end: str = "COMMIT") -> Iterator[Any]:
        with self._lock, self._told():
            link = self._link
            if link is None:
                raise FileError(f"{self.path}: the records were closed. Open them again.")
            try:
                link.execute(begin)
                # asked again with the lock held: who changes the passphrase holds it until the new file is in place
                if self._was_replaced():
                    raise self._replaced()
                yield link
                if link is self._link:  # else a change of the passphrase has ended it
                    link.execute(end)
            except (OverflowError, UnicodeEncodeError) as error:  # a number or a text that no file can hold
                raise Missing("There is no such entry here. Go back and choose one from the list.") from error
            finally:
                if link is self._link and link.in_transaction:
                    with suppress(*_failures()):
                        link.execute("ROLLBACK")

    def compact(self) -> None:
        """Write the file anew without what was deleted from it.

        Raises: FileError.
        """
        with self._lock, self._told():
            if self._was_replaced():
                raise self._replaced()
            self._link.execute("VACUUM")

    def _look_for_damage(self) -> None:
        try:
            with self._told():
                found = self._link.execute("PRAGMA quick_check(1)").fetchone()
                broken = not found or found[0] != "ok"
        except Busy:
            raise
        except FileError:
            broken = True
        if broken:
            self.damage = (
                f"{self.path}: a part of this file is damaged, so nothing is changed in it. What can still be read is "
                "shown. Export everything, move the file to a safe place, start again and import the export."
            )
            self._revive()

    def _tidy_up(self) -> None:
        """Remove what a killed process left, unless another one is at work just now."""
        left, journal = place.new_file(self.path), place.journal_of(self.path)
        if (left.exists() or journal.exists()) and not self.damage:
            with suppress(FileError, OSError), self.writing() as link:
                place.remove(left)
                link.execute(
                    f"PRAGMA user_version = {LAYOUT}"
                )  # any write takes a journal away that SQLite needs no more

    def exchange(self, passphrase: str) -> None:
        """Move everything to a new file with another passphrase, and put it in the place of the old one.

        Parameters: passphrase, "" for none. Raises: RecordError, FileError: the old file is then as it was.
        """
        secret = passphrase and check_passphrase(passphrase)
        left = place.new_file(self.path)
        try:
            with place.GATE, self._lock, self.writing("BEGIN EXCLUSIVE") as link:
                place.remove(left)
                try:
                    self._move(link, left, secret)
                finally:
                    place.remove(left)  # gone already when it took the place of the old one
        except OSError as error:
            why = error.strerror or "unknown reason"
            raise FileError(f"{self.path}: the passphrase was not changed ({why}). All is as it was.") from error

    def _move(self, link: Any, left: Path, secret: str) -> None:
        place.make_file(left)
        _copy(link, left, secret)
        place.sync(left)
        with open(self.path, "r+b") as old:
            os.replace(left, self.path)
            place.sync(self.path.parent)
            self._finish(link, old.fileno(), secret)

    def _finish(self, old: Any, handle: int, secret: str) -> None:
        """Go on with the new file; the old one, which has no name any more, is overwritten."""
        old.execute("ROLLBACK")
        old.close()
        place.OPEN[self.path].pop()
        self._link = None
        with suppress(OSError):
            place.blank(handle)
        self._open(secret)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _connect(path: Path, secret: str) -> tuple[Any, tuple[int, int] | None]:
    """Open a connection, and say which file it really opened."""
    while True:
        before = _identity(path)
        # no transaction of the module's own: each one is written out
        link = _library(secret).connect(str(path), timeout=WAIT, isolation_level=None, check_same_thread=False)
        if before == _identity(path):
            break
        link.close()
    if secret:
        link.execute("PRAGMA cipher_log_level = NONE")  # it would write about a wrong passphrase to the terminal
        link.execute("PRAGMA key = '{}'".format(secret.replace("'", "''")))
    link.execute("PRAGMA temp_store = MEMORY")  # VACUUM would write plain text to the folder for temporary files
    return link, before


def _settle(link: Any, path: Path) -> None:
    """Check that the file is ours and of a layout that is known; set a new file up."""
    if not link.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        link.execute("BEGIN IMMEDIATE")
        if not link.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # another process may have been first
            for table in SCHEMA.values():
                link.execute(table)
            link.execute(f"PRAGMA application_id = {MARK}")
            link.execute(f"PRAGMA user_version = {LAYOUT}")
        link.execute("COMMIT")
    if link.execute("PRAGMA application_id").fetchone()[0] != MARK:
        raise place.damaged(path)
    if link.execute("PRAGMA user_version").fetchone()[0] > LAYOUT:
        raise FileError(f"{path}: a newer twitchwise wrote this file. It was left as it is. Update twitchwise.")


def _set(link: Any, journal: str) -> None:
    for setting in ("secure_delete = ON", f"journal_mode = {journal}", "synchronous = EXTRA", "trusted_schema = OFF"):
        link.execute(f"PRAGMA {setting}").fetchall()


def _copy(source: Any, path: Path, secret: str) -> None:
    """Write every row into a new file, and read it back before it may take the place of the old one."""
    link, _ = _connect(path, secret)
    try:
        _set(link, "MEMORY")  # a half-made copy is thrown away: no journal of it may stay behind
        _settle(link, path)
        link.execute("BEGIN IMMEDIATE")
        for table in SCHEMA:
            rows = source.execute(f"SELECT * FROM {table}")
            for row in rows:
                link.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        link.execute("COMMIT")
        counts = [[x.execute(f"SELECT count(*) FROM {t}").fetchone() for t in SCHEMA] for x in (source, link)]
        if link.execute("PRAGMA quick_check").fetchone()[0] != "ok" or counts[0] != counts[1]:
            raise place.damaged(path)
    finally:
        link.close()
