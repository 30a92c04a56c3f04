"""What a reader of a food table is and hands over; the card that says where the table comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np

from twitchwise.errors import FileError
from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.store_types import Card, Draft
from twitchwise.foods.types import Array, Food
from twitchwise.formats.food_rows import Quirks
from twitchwise.formats.food_zip import AGAIN, Parts


@dataclass(frozen=True, slots=True)
class TableReader:
    """One kind of official table: how to know it, and how to read it."""

    what: str  # told to a person whose file nothing fits
    fits: Callable[[Parts], bool]
    files: Callable[[Parts], Sequence[str]]  # what will be read, for the progress bar
    read: Callable[[Parts], Iterator[Draft]]


@dataclass(frozen=True, slots=True)
class Release:
    """A table as its producer names it."""

    name: str  # "foundation"
    producer: str
    title: str  # with year or date
    licence: str
    source: str  # key in the bibliography
    notes: tuple[str, ...] = ()


class LazyFoods(Sequence[Food]):
    """Foods that are made when they are asked for: half a million products do not lie in memory all at once."""

    def __init__(self, make: Callable[[int], Food], rows: Sequence[int]) -> None:
        self.make, self.rows = make, rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Food: ...
    @overload
    def __getitem__(self, place: slice) -> list[Food]: ...
    def __getitem__(self, place: int | slice) -> Food | list[Food]:
        if isinstance(place, slice):
            return [self.make(row) for row in self.rows[place]]
        return self.make(self.rows[place])


USDA: Final = "U.S. Department of Agriculture"
FOLATE: Final = "Folate counts as dietary equivalents. Where only the total is known, it stays unknown."
FREE: Final = "public domain (CC0 1.0); the producer asks to be named"


def draft(parts: Parts, release: Release, foods: Sequence[Food], values: Array, quirks: Quirks) -> Draft:
    """Put a table and its card together; a food of which nothing is known is left out.

    Parameters: parts, read from; release; foods; values (foods, nutrients); quirks counted so far.
    Returns: the table. Raises: FileError, if no food is left.
    """
    known = np.flatnonzero((~np.isnan(values)).any(axis=1))
    quirks["foods left out, no value is known"] += len(foods) - len(known)
    if not len(known):
        raise parts.problem("", "no food with values was found in it", AGAIN)
    kept = foods
    if len(known) < len(foods):
        kept, values = LazyFoods(foods.__getitem__, known.tolist()), values[known]
    quirks["foods without energy"] += int(np.isnan(values[:, COLUMN["energy"]]).sum())
    card = Card(
        release.name,
        release.producer,
        release.title,
        release.licence,
        release.source,
        parts.path.name,
        parts.sha256,
        len(kept),
        int((~np.isnan(values)).sum()),
        sum(len(food.portions) for food in kept),
        quirks.listed(),
        release.notes,
    )
    return Draft(card, kept, values)


def nothing_fits(parts: Parts, readers: Sequence[TableReader]) -> FileError:
    """Make the line for a file that is no known table.

    Parameters: parts; readers, all. Returns: the error, to be raised.
    """
    known = "; ".join(reader.what for reader in readers)
    return parts.problem("", "this is no food table that twitchwise knows", f"It reads: {known}.")
