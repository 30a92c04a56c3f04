"""What a reader of a food table is and hands over; the card that says where the table comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

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


USDA: Final = "U.S. Department of Agriculture"
FREE: Final = "public domain (CC0 1.0); the producer asks to be named"


def draft(parts: Parts, release: Release, foods: Sequence[Food], values: Array, quirks: Quirks) -> Draft:
    """Put a table and its card together; a food of which nothing is known is left out.

    Parameters: parts, read from; release; foods; values (foods, nutrients); quirks counted so far.
    Returns: the table. Raises: FileError, if no food is left.
    """
    known: list[bool] = (~np.isnan(values)).any(axis=1).tolist()
    quirks["foods left out: no value is known"] += len(foods) - sum(known)
    kept = tuple(food for food, has in zip(foods, known, strict=True) if has)
    if not kept:
        raise parts.problem("", "no food with values was found in it", AGAIN)
    values = values if all(known) else values[known]
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
