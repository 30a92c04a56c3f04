"""Which plain foods bring most of a nutrient: in a usual portion, in 100 g or in 100 kcal, one of each family."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twitchwise.foods.postings import plain_name, uneaten
from twitchwise.foods.search import suits
from twitchwise.foods.types import Food, FoodTable, Portion

Per = Literal["portion", "100g", "kcal"]
PINCH = 5.0  # g: what is eaten in smaller portions is no help, however rich it is
MOST = 600.0  # g: a larger portion is a pack or a whole animal, not what one person eats
SAME_KIND = 2  # foods with the same last word: black beans and kidney beans, and no third
INGREDIENTS = frozenset("flour powder powdered concentrate isolate crude starch dry yeast".split())


@dataclass(frozen=True, slots=True)
class Rich:
    """A food, what it brings of the nutrient, and in how much of it."""

    food: Food
    table: str
    amount: float
    grams: float
    portion: Portion | None  # None when counted in 100 g or 100 kcal


def _counted(table: FoodTable, nutrient: str, per: Per) -> Iterator[Rich]:
    """Work the amount of every food out; unknown ones are left out."""
    for food in table.foods:
        per_100g, usual = table.value(food.id, nutrient), food.portion()
        if math.isnan(per_100g) or per_100g <= 0 or (usual and usual.grams < PINCH):
            continue
        if per == "portion":
            if usual and usual.grams <= MOST:
                yield Rich(food, table.name, per_100g * usual.grams / 100, usual.grams, usual)
        elif per == "100g":
            yield Rich(food, table.name, per_100g, 100.0, None)
        elif (energy := table.value(food.id, "energy")) > 0:
            yield Rich(food, table.name, per_100g * 100 / energy, 100 * 100 / energy, None)


def _plain(found: Rich, table: FoodTable, supplements: bool) -> bool:
    """Say whether a food is eaten as it is: no dish, no supplement, no flour, no dry rice."""
    food = found.food
    if "supplement" in food.tags:
        return supplements
    words = plain_name(food.name).words
    return "dish" not in food.tags and INGREDIENTS.isdisjoint(words) and not uneaten(food, table)


def richest(
    tables: Sequence[FoodTable],
    nutrient: str,
    per: Per = "portion",
    tags: Collection[str] = frozenset(),
    limit: int = 10,
    supplements: bool = False,
) -> tuple[Rich, ...]:
    """Find the plain foods that bring most of a nutrient.

    Parameters: tables; nutrient, a name of `UNITS`; per, "portion" (the usual one), "100g" or "kcal" (100 kcal);
    tags, see `suits`; limit; supplements, whether they count too.
    Returns: the foods, richest first, one of a family (spinach raw, boiled, frozen).

    >>> from twitchwise.foods.load import curated
    >>> found = richest([curated()], "caffeine", limit=2)
    >>> len(found) <= 2 and all(rich.amount > 0 for rich in found)
    True
    """
    by_name = {table.name: table for table in tables}
    found = [r for table in tables for r in _counted(table, nutrient, per) if suits(r.food, tags)]
    taken: list[Rich] = []
    families, kinds = set[frozenset[str]](), Counter[str]()
    for one in sorted(found, key=lambda r: (-r.amount, r.food.id)):
        if len(taken) >= limit:
            break
        name = plain_name(one.food.name)
        if name.family in families or kinds[name.last] >= SAME_KIND:
            continue
        if _plain(one, by_name[one.table], supplements):
            taken.append(one)
            families.add(name.family)
            kinds[name.last] += not name.shelf
    return tuple(taken)
