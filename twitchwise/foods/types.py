"""A food with its names and household portions, and a table of foods with values per 100 g."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from twitchwise.evidence.types import Cite
from twitchwise.foods.nutrients import COLUMN

Array = npt.NDArray[np.float64]
Basis = Literal["published", "derived", "elicited"]


@dataclass(frozen=True, slots=True)
class Portion:
    """A household measure of a food in grams: "cup", "slice", "handful"; `elicited` when the grams are ours."""

    name: str
    grams: float
    basis: Basis = "published"


@dataclass(frozen=True, slots=True)
class Food:
    """A food or drink: our names for it, what is in it, its portions, and the row of the table that its values are."""

    id: str
    name: str
    group: str
    origin: str  # "sr28:11457", "fndds:75142500", "label:KEY", "recipe:..."
    cite: Cite
    synonyms: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    portions: tuple[Portion, ...] = ()
    note: str = ""

    def portion(self, name: str = "") -> Portion | None:
        """Return a portion by its name; the usual one (the first) when no name is given.

        Parameters: name. Returns: the portion, or None when the food has none of that name.

        >>> Food("egg", "egg", "dairy_eggs", "sr28:1123", Cite("usda_sr28"), portions=(Portion("egg", 50.0),)).portion()
        Portion(name='egg', grams=50.0, basis='published')
        """
        return next((p for p in self.portions if name in ("", p.name)), None)


@dataclass(frozen=True)
class FoodTable:
    """Foods with their values; `values[i, COLUMN[nutrient]]` is per 100 g of `foods[i]`, NaN = unknown, never zero."""

    name: str
    foods: tuple[Food, ...]
    values: Array  # (foods, nutrients), per 100 g
    filled: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (food id, nutrient) -> a second origin

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of each food id."""
        return {food.id: place for place, food in enumerate(self.foods)}

    def __getitem__(self, key: str) -> Food:
        return self.foods[self.row[key]]

    def per_100g(self, key: str) -> Array:
        """Return the values of a food.

        Parameters: key, the food's id. Returns: (nutrients,) per 100 g, NaN where unknown. Raises: KeyError.
        """
        return np.asarray(self.values[self.row[key]])

    def value(self, key: str, nutrient: str) -> float:
        """Return one value of a food.

        Parameters: key, the food's id; nutrient, a name of `UNITS`. Returns: per 100 g, NaN where unknown.
        """
        return float(self.values[self.row[key], COLUMN[nutrient]])
