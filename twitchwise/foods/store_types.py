"""An official table that a person adds: its origin card, and the table as read from the file, not yet stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twitchwise.foods.types import Array, Food


@dataclass(frozen=True, slots=True)
class Card:
    """Where an added table comes from, what was in the file and what was left out."""

    name: str  # what the person calls the table: "foundation"
    producer: str
    release: str
    licence: str
    source: str  # key in the bibliography
    file: str  # its name, without the folder
    sha256: str
    foods: int
    values: int  # cells that are known
    portions: int
    quirks: tuple[tuple[str, int], ...] = ()  # what was left out or looked odd, and how often
    notes: tuple[str, ...] = ()  # how the table was read
    added: str = ""  # YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Draft:
    """A table as read from its file."""

    card: Card
    foods: Sequence[Food]
    values: Array  # (foods, nutrients), per 100 g, NaN = unknown
