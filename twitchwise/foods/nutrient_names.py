"""Nutrients by the names that people use: "B12", "fiber", "salt"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from twitchwise.foods.nutrients import NAMES, NUTRIENTS

LABELS: Final = NAMES
ALSO: Final[Mapping[str, str]] = {
    "energy": "calories kcal kilocalories",
    "carbohydrate": "carbs carbohydrates starch",
    "fibre": "fiber roughage dietaryfibre dietaryfiber",
    "alcohol": "ethanol",
    "protein": "proteins",
    "fat": "fats lipid lipids",
    "magnesium": "mg magnesum",
    "calcium": "ca",
    "potassium": "k kalium",
    "sodium": "na salt natrium",
    "phosphorus": "p phosphate phosphorous",
    "iron": "fe",
    "zinc": "zn",
    "vitamin_d": "d d2 d3 vitd vitamind3 vitamind2 cholecalciferol calciferol",
    "vitamin_b12": "b12 vitb12 cobalamin cyanocobalamin",
    "vitamin_b6": "b6 vitb6 pyridoxine pyridoxal",
    "thiamine": "b1 vitb1 vitaminb1 thiamin",
    "folate": "b9 vitb9 vitaminb9 folicacid folates folacin",
    "vitamin_k": "vitk k1 vitamink1 phylloquinone",
    "water": "fluid",
    "caffeine": "coffein",
}


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


KEYS: Final[Mapping[str, str]] = {_key(name): name for name in NUTRIENTS} | {
    key: name for name, keys in ALSO.items() for key in keys.split()
}


def find_nutrient(text: str) -> str | None:
    """Find the nutrient that a person means.

    Parameters: text. Returns: a name of `UNITS`, or None.

    >>> find_nutrient("Vitamin B-12"), find_nutrient("salt"), find_nutrient("gold")
    ('vitamin_b12', 'sodium', None)
    """
    return KEYS.get(_key(text))


def near_nutrients(text: str, limit: int = 3) -> list[str]:
    """Find the nutrients whose names are most like a text.

    Parameters: text; limit. Returns: names of `UNITS`, nearest first; none when nothing is near.

    >>> near_nutrients("magnesim")
    ['magnesium']
    """
    from rapidfuzz import fuzz, process

    near = process.extract(_key(text), list(KEYS), scorer=fuzz.ratio, score_cutoff=68, limit=limit * 3)
    return list(dict.fromkeys(KEYS[key] for key, _, _ in near))[:limit]
