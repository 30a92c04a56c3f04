"""What a household hands out, and what can go wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from twitchwise.errors import FileError, RecordError, TwitchwiseError


@dataclass(frozen=True, slots=True)
class Person:
    """One person whose record is kept; times are UTC, as 2026-11-22T09:30:00Z."""

    id: str  # random, fit for an address
    name: str
    made: str
    changed: str
    version: int  # of the newest record; 0 = nothing was saved yet
    note: str = ""  # what happened to the name on the way in, for the person to read


@dataclass(frozen=True, slots=True)
class Version:
    """One saved state of a record."""

    version: int
    made: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished review that is kept."""

    on: date  # the day it was made for
    level: str  # how urgent it was
    version: int  # of the record it was made from
    json: str  # the review, as `twitchwise review --format json` writes it
    made: str = ""  # filled in when it is kept
    number: int = 0  # filled in when it is kept; never used twice


class Conflict(TwitchwiseError):
    """The record was changed elsewhere since it was read."""

    exit_code = 10

    def __init__(self, newest: int) -> None:
        super().__init__(
            "This record was changed in another window since you opened it. Your change was not saved over it. "
            "Open the newest one, then make your change again."
        )
        self.newest = newest


class Missing(RecordError):
    """There is no such person, version or review."""


class Busy(FileError):
    """Another process held the file for too long."""


class Damaged(FileError):
    """A file, or one entry in it, cannot be read back."""


class Locked(FileError):
    """The records have a passphrase."""


class WrongPassphrase(Locked):
    """The passphrase does not open the records."""
