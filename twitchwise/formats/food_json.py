"""Foods as plain data for JSON, on the command line and on the page alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from twitchwise.evidence.types import Source
from twitchwise.foods.nutrients import NUTRIENTS, UNITS
from twitchwise.foods.search import Hit
from twitchwise.foods.types import Food, FoodTable


def hit_data(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Make plain data of what a search found.

    Parameters: hits. Returns: one mapping for each.
    """
    return [
        {"id": h.food.id, "name": h.food.name, "table": h.table, "score": h.score, "matched": h.matched} for h in hits
    ]


def food_data(food: Food, table: FoodTable, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Make plain data of all that is known of a food; an unknown value is null.

    Parameters: food; table; sources. Returns: a mapping.
    """
    source = sources.get(food.cite.source)
    return {
        "id": food.id,
        "name": food.name,
        "table": table.name,
        "group": food.group,
        "synonyms": list(food.synonyms),
        "tags": sorted(food.tags),
        "portions": [{"name": p.name, "grams": p.grams, "basis": p.basis} for p in food.portions],
        "values": _values(food, table),
        "note": food.note,
        "source": {
            "key": food.cite.source,
            "title": source.title if source else "",
            "url": source.url if source else "",
            "place": food.cite.locator,
        },
    }


def _values(food: Food, table: FoodTable) -> dict[str, dict[str, Any]]:
    portion, values = food.portion(), {}
    for name, value in zip(NUTRIENTS, table.per_100g(food.id).tolist(), strict=True):
        known = not math.isnan(value)
        values[name] = {
            "unit": UNITS[name],
            "per_100g": value if known else None,
            "per_portion": value * portion.grams / 100 if known and portion else None,
            "from": table.filled.get((food.id, name), food.origin) if known else None,
        }
    return values
