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
NAMES: Final[Mapping[str, str]] = {
    **{name: name for name in UNITS},
    "vitamin_d": "vitamin D",
    "vitamin_b12": "vitamin B12",
    "vitamin_b6": "vitamin B6",
    "thiamine": "vitamin B1 (thiamine)",
    "vitamin_k": "vitamin K",
}  # in plain words, the same wherever a person reads them


def unit_of(nutrient: str) -> str:
    """Write a nutrient's unit as a person reads it.

    Parameters: nutrient, a name of `UNITS`. Returns: the unit.

    >>> unit_of("vitamin_d")
    'µg'
    """
    return UNITS[nutrient].replace("ug", "µg")


def shown(value: float, nutrient: str) -> str:
    """Write an amount as a person reads it.

    Parameters: value, in the unit of `UNITS`, NaN = unknown; nutrient. Returns: three figures and the unit.

    >>> shown(211.4, "magnesium"), shown(float("nan"), "vitamin_d"), shown(2874, "potassium")
    ('211 mg', 'unknown', '2,870 mg')
    """
    if value != value:
        return "unknown"
    unit = unit_of(nutrient)
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f} {unit}" if rounded >= 100 or rounded == int(rounded) else f"{rounded:g} {unit}"
