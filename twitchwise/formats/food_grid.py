"""Values of foods as they are read: which code of a release is which nutrient, and which of two codes is the better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from twitchwise.foods.nutrients import COLUMN, NUTRIENTS, UNITS
from twitchwise.foods.types import Array
from twitchwise.formats.food_rows import Quirks

# FoodData Central writes a nutrient as its id; FNDDS there, and SR28, as its older number. The better code comes first:
# another is taken only where a food lacks it. The last figure turns the code's unit into ours.
_FDC: Final = """
energy        1008 208 1      2047 957 1    2048 958 1    1062 268 0.2390057
protein       1003 203 1
fat           1004 204 1      1085 298 1
carbohydrate  1005 205 1
ash           1007 207 1
fibre         1079 291 1      2033 293 1
alcohol       1018 221 1
water         1051 255 1
magnesium     1090 304 1
calcium       1087 301 1
potassium     1092 306 1
sodium        1093 307 1
phosphorus    1091 305 1
iron          1089 303 1
zinc          1095 309 1
vitamin_d     1114 328 1      1110 324 0.025
vitamin_b12   1178 418 1
vitamin_b6    1175 415 1
thiamine      1165 404 1
folate        1190 435 1
vitamin_k     1185 430 1
caffeine      1057 262 1
"""
Place = tuple[int, int, float]  # column, rank (0 = best), factor
# 100 g of food hold at most 100 g of anything, and pure fat, the richest, 902 kcal (rounding allowed for)
MOST: Final = np.array([{"kcal": 910, "g": 101, "mg": 101e3, "ug": 101e6}[UNITS[n]] for n in NUTRIENTS])


def fdc_places() -> Mapping[str, Place]:
    """Say where the value of each code of FoodData Central belongs.

    Returns: code, id or number -> column, rank, factor.

    >>> fdc_places()["1090"] == fdc_places()["304"] == (COLUMN["magnesium"], 0, 1.0)
    True
    """
    found = {}
    for line in _FDC.strip().splitlines():
        name, *words = line.split()
        for rank in range(len(words) // 3):
            new, old, factor = words[3 * rank : 3 * rank + 3]
            for code in (new, old, f"{old}.0"):
                found[code] = (COLUMN[name], rank, float(factor))
    return found


class Grid:
    """The values of a table while it is read."""

    def __init__(self, foods: int, quirks: Quirks) -> None:
        self.values: Array = np.full((foods, len(NUTRIENTS)), np.nan)
        self.rank = np.full((foods, len(NUTRIENTS)), 255, dtype=np.uint8)
        self.most: list[float] = MOST.tolist()
        self.quirks = quirks

    def put(self, row: int, place: Place, text: str) -> None:
        """Note a value, unless a better one is there.

        Parameters: row, of the food; place, of the nutrient; text, the amount as written.
        """
        column, rank, factor = place
        if self.rank[row, column] <= rank or not text:
            return
        try:
            value = float(text) * factor
        except ValueError:
            self.quirks["values that are no number"] += 1
            return
        if 0 <= value <= self.most[column]:
            self.values[row, column] = value
            self.rank[row, column] = rank
        else:
            self.quirks["values that cannot be (below zero, or more than 100 g in 100 g)"] += 1
