"""The records of a household on disk: several people, what they saved, their reviews, a passphrase if they want one."""

from twitchwise.household.place import is_locked, wipe
from twitchwise.household.store import Household
from twitchwise.household.types import Busy, Conflict, Damaged, Kept, Locked, Missing, Person, Version, WrongPassphrase

__all__ = [
    "Busy",
    "Conflict",
    "Damaged",
    "Household",
    "Kept",
    "Locked",
    "Missing",
    "Person",
    "Version",
    "WrongPassphrase",
    "is_locked",
    "wipe",
]
