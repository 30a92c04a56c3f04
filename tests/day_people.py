"""Small tables, diaries and people for the tests of the plan of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from twitchwise.diet.types import Adequacy, DietReading, Eaten, NutrientIntake, Verdict
from twitchwise.evidence.types import Cite
from twitchwise.foods import NUTRIENTS, UNITS, Food, FoodTable, Portion
from twitchwise.observe.types import FactorSeen, Observations
from twitchwise.plan.situation import Situation, nobody
from twitchwise.record.types import DiaryLine

CITE = Cite("usda_sr28", "NDB 1")
RDA = {
    "magnesium": 420.0, "calcium": 1000.0, "potassium": 3400.0, "vitamin_b12": 2.4, "vitamin_b6": 1.3,
    "thiamine": 1.2, "folate": 400.0, "iron": 8.0, "zinc": 11.0,
}  # fmt: skip
# id, name, group, tags, portion, grams, then energy, magnesium, calcium, potassium, sodium, vitamin K, water a 100 g
ROWS: Sequence[tuple[str, str, str, str, str, float, Sequence[float]]] = (
    ("white", "white bread", "bread", "vegan vegetarian gluten halal", "slice", 36, (265, 23, 100, 120, 490, 0.2, 36)),
    ("brown", "wholemeal bread", "bread", "vegan vegetarian gluten", "slice", 36, (250, 76, 105, 250, 450, 7, 38)),
    ("cola", "cola", "drinks", "vegan vegetarian drink halal", "can", 330, (42, 0, 2, 3, 4, 0, 89)),
    ("water", "tap water", "waters", "vegan vegetarian drink halal", "glass", 250, (0, 1, 3, 0, 1, 0, 100)),
    ("milk", "semi-skimmed milk", "dairy_eggs", "vegetarian milk lactose drink", "glass", 245,
     (47, 11, 120, 150, 44, 0.2, 89)),
    ("soya", "soya drink with added calcium", "plant_milks", "vegan vegetarian soy drink fortified halal", "glass", 245,
     (43, 16, 125, 130, 45, 3, 90)),
    ("crisps", "crisps", "snacks", "vegan vegetarian", "bag", 28, (530, 60, 20, 1200, 530, 20, 2)),
    ("almonds", "almonds", "nuts_seeds", "vegan vegetarian nuts oxalate halal", "handful", 28,
     (580, 270, 269, 730, 1, 0, 4)),
    ("pumpkin", "pumpkin seeds", "nuts_seeds", "vegan vegetarian halal", "handful", 28, (570, 590, 46, 800, 7, 7, 5)),
    ("spinach", "boiled spinach", "vegetables", "vegan vegetarian leafy oxalate", "portion", 90,
     (23, 87, 136, 466, 70, 494, 91)),
    ("carrot", "boiled carrots", "vegetables", "vegan vegetarian halal", "portion", 80, (35, 10, 30, 235, 58, 14, 90)),
    ("liver", "fried liver", "meat", "organ", "slice", 80, (175, 22, 6, 350, 77, 4, 62)),
    ("beer", "beer", "alcohol", "alcohol drink vegan", "glass", 330, (43, 6, 4, 27, 4, 0, 92)),
    ("butter", "butter", "fats", "vegetarian milk", "teaspoon", 5, (720, 2, 24, 24, 640, 7, 16)),
    ("tofu", "tofu", "meat_free", "vegan vegetarian soy halal", "piece", 85, (145, 58, 350, 237, 14, 2, 70)),
    ("coffee", "coffee", "drinks", "vegan vegetarian drink", "cup", 240, (1, 3, 2, 49, 2, 0.1, 99)),
    ("decaf", "decaffeinated coffee", "drinks", "vegan vegetarian drink", "cup", 240, (0, 5, 2, 54, 2, 0, 99)),
    ("mystery", "mystery nuts mixed nut", "nuts_seeds", "vegan vegetarian nuts", "handful", 28, (600, 400, 300)),
)  # fmt: skip
COLUMNS = ("energy", "magnesium", "calcium", "potassium", "sodium", "vitamin_k", "water")
DAY = (("white", 144.0), ("cola", 660.0), ("crisps", 56.0), ("butter", 20.0), ("coffee", 480.0), ("carrot", 160.0))


def small_table() -> FoodTable:
    """Eighteen foods with seven nutrients; the caffeine of coffee, everything else unknown."""
    values = np.full((len(ROWS), len(NUTRIENTS)), np.nan)
    foods = []
    for row, (key, name, group, tags, portion, grams, numbers) in enumerate(ROWS):
        foods.append(
            Food(key, name, group, "sr28:1", CITE, (), frozenset(tags.split()), (Portion(portion, float(grams)),))
        )
        for column, number in zip(COLUMNS, numbers, strict=False):
            values[row, NUTRIENTS.index(column)] = number
        values[row, NUTRIENTS.index("caffeine")] = {"coffee": 40.0, "cola": 8.0}.get(key, 0.0)
        values[row, NUTRIENTS.index("alcohol")] = 3.9 if key == "beer" else 0.0
    return FoodTable("small", tuple(foods), values)


def reading_of(
    table: FoodTable,
    foods: Iterable[tuple[str, float]],
    low: Sequence[str] = ("magnesium", "calcium"),
    targets: Mapping[str, float] = RDA,
    days: Sequence[str] = ("day 1",),
) -> DietReading:
    """A diary with the same foods each day; `low` may be low where the intake is below the target."""
    eaten = [
        Eaten(DiaryLine(text=key, day=day), key, table[key], table.name, grams, grams * 0.8, grams * 1.2, "usual",
              table.per_100g(key) * grams / 100.0)
        for day in days for key, grams in foods
    ]  # fmt: skip
    total = np.nansum([one.amounts for one in eaten], axis=0) / len(days) if eaten else np.zeros(len(NUTRIENTS))
    intakes = {
        n: NutrientIntake(n, UNITS[n], float(v), float(v), 0.0, (float(v),), 1.0, 1.0, 1.0, (0, 0, 0, 0, 0))
        for n, v in zip(NUTRIENTS, total, strict=True)
    }
    adequacies = {
        n: Adequacy(n, "US", "EAR", 0.83 * t, t, "RDA", None, verdict(n in low and intakes[n].mean < t), "")
        for n, t in targets.items()
    }
    return DietReading("US", tuple(days), tuple(eaten), intakes, adequacies)


def verdict(low: bool) -> Verdict:
    return "may_be_low" if low else "likely_enough"


def person(**said: object) -> Situation:
    """A person of 45 of whom this is known; `factors` are names of conditions or medicines."""
    factors = tuple(
        FactorSeen(str(f), "medicine" if f in ("statin", "maoi") else "condition", True, str(f), "test")
        for f in said.pop("factors", ())  # type: ignore[attr-defined]
    )
    level = said.pop("level", "routine")
    base = nobody()
    obs = replace(Observations(age=45.0, factors=factors), **said)  # type: ignore[arg-type]
    return replace(base, obs=obs, triage=replace(base.triage, level=level))
