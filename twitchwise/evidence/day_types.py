"""What the plan of the day knows about foods: their role in a meal, what may stand in for what, when to say what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twitchwise.evidence.types import Basis, Cite, Cited, Status


@dataclass(frozen=True, slots=True)
class Role:
    """The part that a food plays in a meal. The first role whose words stand in the food's name is its role."""

    id: str
    name: str
    words: tuple[str, ...]  # phrases; every word of a phrase stands in the name
    portion: str = ""  # the usual helping where the food has none: "a handful"
    grams: float = 0.0  # of that helping
    most: float = 0.0  # grams a day that a plan may reach with it; 0 = never planned
    without: tuple[str, ...] = ()  # words that make it another food
    needs: tuple[str, ...] = ()  # one of these words stands in the name of a food that is ready to eat
    groups: tuple[str, ...] = ()  # the words count in these groups of foods; in all where empty
    rest: tuple[str, ...] = ()  # groups whose foods have this role where no word says more
    holds: tuple[str, ...] = ()  # what such foods contain, for tables that do not tell
    suits: tuple[str, ...] = ()  # whom such foods suit by nature, for tables that do not tell
    family: str = ""  # of several roles, where only one may change; its own id where empty
    drink: bool = False
    add: bool = False  # may be added to a day
    cut: bool = False  # may be cut down


@dataclass(frozen=True, slots=True)
class Shelf:
    """A group of an official table, and ours that comes closest."""

    id: str  # in small letters
    group: str


@dataclass(frozen=True, slots=True)
class RoleSwap:
    """A food of one role may stand in for a food of another; within a role it always may."""

    id: str
    gives: tuple[str, ...]  # roles
    takes: tuple[str, ...]
    cost: float  # how far it is from what the person eats; 0 = as close as within a role


@dataclass(frozen=True, slots=True)
class Mark:
    """What a food holds, by the words of its name, where the table has no tag for it."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  # words of a record that rule such foods out: "nut allerg"
    when: tuple[str, ...] = ()  # conditions of the plan, one of which rules such foods out
    why: str = ""
    cite: Cite | None = None
    status: Status = "recalled"


@dataclass(frozen=True, slots=True)
class DayRule:
    """A number that shapes the plan."""

    id: str
    value: Cited


@dataclass(frozen=True, slots=True)
class DayNote:
    """A sentence beside the plan: for whom, and after which changes."""

    id: str
    text: str
    cites: tuple[Cite, ...]
    when: tuple[str, ...] = ()  # conditions of the plan, all of which hold
    raises: tuple[str, ...] = ()  # nutrients, one of which the plan raises
    brings: tuple[str, ...] = ()  # marks or roles, one of which the plan brings in
    basis: Basis = "published"
    status: Status = "verified"


@dataclass(frozen=True, slots=True)
class SkinType:
    """A type of skin: the least ultraviolet dose that reddens it, with the words people use."""

    id: Literal["1", "2", "3", "4", "5", "6"]
    names: tuple[str, ...]
    dose: Cited  # J/m2


@dataclass(frozen=True, slots=True)
class SunRule:
    """A number of the sun estimate."""

    id: str
    value: Cited
