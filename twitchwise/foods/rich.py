"""Which plain foods bring most of a nutrient: in a usual portion, in 100 g or in 100 kcal, one of each family."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twitchwise.evidence.types import Cite
from twitchwise.foods.postings import PlainName, plain_name, uneaten
from twitchwise.foods.search import suits
from twitchwise.foods.types import Food, FoodTable, Portion

Per = Literal["portion", "100g", "kcal"]
PINCH = 5.0  # g: of what is eaten in such small portions nobody eats 100 g or 100 kcal
MOST = 600.0  # g: a larger portion is a pack or a whole animal, not what one person eats
NOTHING = 0.03  # of the richest: what brings less is not rich
SAME_KIND = 2  # foods with the same last word (black beans and kidney beans, and no third); drinks of a group
SAME_MADE = 1  # fortified foods of a group: one cereal with all vitamins added says it for all
# words of what nobody eats as it is, and of products that are made to be rich
NOT_PLAIN = frozenset(
    "flour powder powdered concentrate isolate crude starch dry spice bar shake energy protein".split()
)


MUCH_K = 60.0  # ug in 100 g, as docs/foods.md says of leaves; people on warfarin keep such foods steady


@dataclass(frozen=True, slots=True)
class Caution:
    """A line for some people, shown when such a food is listed."""

    text: str
    cites: tuple[Cite, ...]


LIVER = Caution(
    "Liver holds very much vitamin A. Leave it out when you are pregnant or may become so: it can harm the baby.",
    (Cite("nct_pregnancy_food", "liver and pate"),),
)
STEADY = Caution(
    "On warfarin? Foods rich in vitamin K are fine, but keep how much you eat of them steady from week to week.",
    (Cite("booth_vitamin_k_warfarin_1999", "a constant intake"),),
)


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
        if math.isnan(per_100g) or per_100g <= 0 or (per != "portion" and usual and usual.grams <= PINCH):
            continue
        if per == "portion":
            if usual and usual.grams <= MOST:
                yield Rich(food, table.name, per_100g * usual.grams / 100, usual.grams, usual)
        elif per == "100g":
            yield Rich(food, table.name, per_100g, 100.0, None)
        elif (energy := table.value(food.id, "energy")) > 0:
            yield Rich(food, table.name, per_100g * 100 / energy, 100 * 100 / energy, None)


def _plain(food: Food, table: FoodTable, supplements: bool) -> bool:
    """Say whether a food is eaten as it is: no dish, no supplement, no flour, no dry rice, no maker's product."""
    if "supplement" in food.tags:
        return supplements
    name = plain_name(food.name)
    return not ("dish" in food.tags or name.special or NOT_PLAIN & name.words or uneaten(food, table))


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
    hidden = set() if nutrient == "alcohol" else {"alcohol"}  # nobody should drink beer for its water
    found = [r for table in tables for r in _counted(table, nutrient, per) if hidden.isdisjoint(r.food.tags)]
    found = [rich for rich in found if suits(rich.food, tags)]
    taken: list[Rich] = []
    families, kinds = set[frozenset[str]](), Counter[str]()
    for one in sorted(found, key=lambda r: (-r.amount, r.food.id)):
        if len(taken) >= limit or (taken and one.amount < NOTHING * taken[0].amount):
            break
        name = plain_name(one.food.name)
        crowds = _crowds(one.food, name)
        if name.family in families or any(kinds[crowd] >= most for crowd, most in crowds.items()):
            continue
        if _plain(one.food, by_name[one.table], supplements):
            taken.append(one)
            families.add(name.family)
            kinds.update(crowds.keys())
    return tuple(taken)


def cautions(found: Sequence[Rich], tables: Sequence[FoodTable]) -> tuple[Caution, ...]:
    """Say what some people should know of the foods in a list.

    Parameters: found, of `richest`; tables, that they are in. Returns: the lines, none for most lists.

    >>> from twitchwise.foods.load import curated
    >>> [caution is LIVER for caution in cautions(richest([curated()], "vitamin_b12", limit=3), [curated()])]
    [True]
    """
    by_name = {table.name: table for table in tables}
    words = [plain_name(rich.food.name).words | set(rich.food.id.split("_")) for rich in found]
    liver = any("liver" in its and "oil" not in its for its in words)
    rich_in_k = any(by_name[rich.table].value(rich.food.id, "vitamin_k") >= MUCH_K for rich in found)
    return (LIVER,) * liver + (STEADY,) * rich_in_k


def _crowds(food: Food, name: PlainName) -> dict[str, int]:
    """Say which kinds a food is of, and how many of each a list may have."""
    crowds = {} if name.shelf else {name.last: SAME_KIND}
    if "drink" in food.tags:
        crowds[f"drinks of {food.group}"] = SAME_KIND
    if "fortified" in food.tags:
        crowds[f"fortified {food.group}"] = SAME_MADE
    return crowds
