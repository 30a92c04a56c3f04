"""The columns of every food table: which nutrients, in which unit, for 100 g of the food as eaten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

UNITS: Final[Mapping[str, str]] = {
    "energy": "kcal",
    "protein": "g",
    "fat": "g",
    "carbohydrate": "g",  # by difference, fibre included, as the USDA tables count it
    "ash": "g",
    "fibre": "g",
    "alcohol": "g",
    "water": "g",
    "magnesium": "mg",
    "calcium": "mg",
    "potassium": "mg",
    "sodium": "mg",
    "phosphorus": "mg",
    "iron": "mg",
    "zinc": "mg",
    "vitamin_d": "ug",
    "vitamin_b12": "ug",
    "vitamin_b6": "mg",
    "thiamine": "mg",
    "folate": "ug",  # dietary folate equivalents
    "vitamin_k": "ug",
    "caffeine": "mg",
}
NUTRIENTS: Final[tuple[str, ...]] = tuple(UNITS)
COLUMN: Final[Mapping[str, int]] = {name: place for place, name in enumerate(NUTRIENTS)}
