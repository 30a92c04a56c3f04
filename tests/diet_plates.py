"""Diaries made by hand: foods with the amounts that a test wants."""

from __future__ import annotations

import numpy as np

from twitchwise.diet.types import Eaten
from twitchwise.evidence.types import Cite
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS
from twitchwise.foods.types import Food
from twitchwise.record.types import DiaryLine

# a middling day of a woman of 40, to scale
DAY = {
    "energy": 1800.0, "protein": 70.0, "fat": 72.0, "carbohydrate": 215.0, "fibre": 17.0, "alcohol": 0.0, "ash": 15.0,
    "water": 2400.0, "magnesium": 270.0, "calcium": 850.0, "potassium": 2400.0, "sodium": 2900.0, "phosphorus": 1200.0,
    "iron": 12.0, "zinc": 9.0, "vitamin_d": 4.0, "vitamin_b12": 4.0, "vitamin_b6": 1.9, "thiamine": 1.4,
    "folate": 450.0, "vitamin_k": 120.0, "caffeine": 150.0,
}  # fmt: skip


def amounts(**given: float) -> np.ndarray:
    """All nutrients unknown but those given."""
    row = np.full(len(NUTRIENTS), np.nan)
    for name, value in given.items():
        row[COLUMN[name]] = value
    return row


def food(name: str, day: str = "day 1", grams: float = 100.0, off: float = 0.0, **given: float) -> Eaten:
    """One food; `off` is how far the grams may be off at most, as a share."""
    line = DiaryLine(name, day=day, meal="lunch")
    what = Food(name, name, "test", "sr28:1", Cite("usda_sr28", "NDB 1"))
    return Eaten(line, name, what, "test", grams, grams * (1 - off), grams * (1 + off), "usual", amounts(**given))


def product(name: str, day: str = "every day", **given: float) -> Eaten:
    """A supplement: nothing but what is given."""
    row = np.nan_to_num(amounts(**given)) if "hidden" not in given else amounts()
    line = DiaryLine(name, day=day, supplement=True)
    return Eaten(line, name, None, "", 0.0, 0.0, 0.0, "exact", row, supplement=True)


def missed(name: str, day: str = "day 1", grams: float = float("nan")) -> Eaten:
    """A line that was not found."""
    return Eaten(DiaryLine(name, day=day, where="d line 1"), name, None, "", grams, grams, grams, "none", amounts())


def whole_days(count: int, share: float = 1.0, off: float = 0.2, **changed: float) -> list[Eaten]:
    """Days of three meals that bring DAY times `share` in all, with some nutrients changed (whole amounts a day)."""
    found = []
    for number in range(count):
        swing = 1.0 + 0.15 * ((number % 3) - 1) if count > 2 else 1.0
        for meal, part in (("breakfast", 0.2), ("lunch", 0.3), ("dinner", 0.5)):
            values = {name: value * share for name, value in DAY.items()} | changed
            values = {name: value * part * swing for name, value in values.items()}
            found.append(food(meal, f"day {number + 1}", 900.0 * part, off, **values))
    return found
