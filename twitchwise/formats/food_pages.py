"""Foods as lines for a terminal of 80 columns, and as plain data for JSON."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from twitchwise.evidence.types import Source
from twitchwise.foods.load import cite_of
from twitchwise.foods.nutrient_names import LABELS
from twitchwise.foods.nutrients import NUTRIENTS, UNITS
from twitchwise.foods.rich import Caution, Rich
from twitchwise.foods.search import Hit
from twitchwise.foods.types import Food, FoodTable, Portion

WIDTH = 79
GLANCE = ("energy", "magnesium", "calcium", "potassium")  # what a line of a list says of a food
UNKNOWN = "-"
SUITS = ("vegan", "vegetarian", "halal", "kosher")
NONE_OF_IT = "none"


def amount(value: float) -> str:
    """Write an amount with as many digits as say something.

    Parameters: value. Returns: the text; "-" when unknown.

    >>> [amount(v) for v in (1234.4, 57.25, 1.234, 0.01264, 0.0, float("nan"))]
    ['1234', '57', '1.2', '0.013', '0', '-']
    """
    if math.isnan(value):
        return UNKNOWN
    if abs(value) >= 10 or value == 0:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def grams(portion: Portion) -> str:
    """Write a portion; "about" marks grams that are our own estimate.

    Parameters: portion. Returns: the text.

    >>> grams(Portion("slice", 36.0)), grams(Portion("leaf", 9.5, "elicited"))
    ('slice, 36 g', 'leaf, about 9.5 g')
    """
    return f"{portion.name}, {'about ' if portion.basis == 'elicited' else ''}{portion.grams:g} g"


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    text = "".join(c if c.isprintable() else " " for c in text)
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest or " " * len(first), break_on_hyphens=False
    )


def glance(food: Food, table: FoodTable) -> str:
    """Say in a line what a usual portion brings.

    Parameters: food; table, that it is in. Returns: the line.
    """
    portion = food.portion() or Portion("amount", 100.0)
    row = table.per_100g(food.id) * portion.grams / 100
    values = dict(zip(NUTRIENTS, row.tolist(), strict=True))
    known = [f"{LABELS[n]} {amount(values[n])} {UNITS[n]}" for n in GLANCE if not math.isnan(values[n])]
    return f"{grams(portion)}: {', '.join(known) or 'no values'}."


def hit_lines(hits: Sequence[Hit], tables: Mapping[str, FoodTable], text: str) -> list[str]:
    """Write what a search found.

    Parameters: hits, best first; tables by name; text, that was looked for. Returns: lines of at most 79 columns.
    """
    if not hits:
        return _wrapped(f"No food fits {text!r}. Try a plainer name, such as the food without its brand.")
    lines = []
    for place, hit in enumerate(hits, start=1):
        start = f"{place:>2}. "
        table = f", table {hit.table}" if len(tables) > 1 else ""
        lines += _wrapped(f"{hit.food.name} [{hit.food.id}{table}]", start)
        lines += _wrapped(glance(hit.food, tables[hit.table]), "    ")
        if hit.matched != hit.food.name:
            lines += _wrapped(f"Found by its name {hit.matched!r}.", "    ")
    lines += ["", *_wrapped("Amounts are for the portion named. More on one food: twitchwise foods show ID")]
    return lines


def hit_data(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Make plain data of what a search found.

    Parameters: hits. Returns: one mapping for each.
    """
    return [
        {"id": h.food.id, "name": h.food.name, "table": h.table, "score": h.score, "matched": h.matched} for h in hits
    ]


def whence(food: Food, table: FoodTable, nutrient: str, sources: Mapping[str, Source]) -> str:
    """Say where a cell comes from when it is not from the food's own row.

    Parameters: food; table; nutrient; sources, the bibliography. Returns: the text, "" for the own row.
    """
    origin = table.filled.get((food.id, nutrient), "")
    if not origin:
        return ""
    if origin == NONE_OF_IT:
        return "none by nature"
    cite = cite_of(origin)
    return f"{sources[cite.source].title if cite.source in sources else cite.source}, {cite.locator}"


def _value_lines(food: Food, table: FoodTable, sources: Mapping[str, Source]) -> list[str]:
    """Write the table of values, and below it which cells are not from the food's own row."""
    portion, row = food.portion(), table.per_100g(food.id)
    usual = f"{portion.grams:g} g" if portion and portion.grams != 100 else ""
    lines = [f"  {'':<24}{'per 100 g':>12}{'per ' + usual if usual else '':>14}"]
    notes: dict[str, list[str]] = {}
    for name, value in zip(NUTRIENTS, row.tolist(), strict=True):
        said = whence(food, table, name, sources)
        mark = "" if not said else "o" if said == "none by nature" else "*"
        if said and mark == "*":
            notes.setdefault(said, []).append(LABELS[name])
        unit = UNITS[name] if not math.isnan(value) else ""
        per_portion = f"{amount(value * portion.grams / 100):>9} {unit:<4}" if usual and portion else ""
        lines.append(f"  {LABELS[name]:<24}{amount(value):>7} {unit:<4}{per_portion:>14} {mark}".rstrip())
    if bool(math.isnan(row.sum())):
        lines += _wrapped(f"{UNKNOWN} = unknown. Unknown is not zero: the food may hold some.", "  ")
    lines += [line for said, names in notes.items() for line in _wrapped(f"* {', '.join(names)}: from {said}.", "  ")]
    if any(origin == NONE_OF_IT for (key, _), origin in table.filled.items() if key == food.id):
        lines += _wrapped("o = none by nature; our own judgement, no measurement.", "  ")
    return lines


def food_lines(food: Food, table: FoodTable, sources: Mapping[str, Source]) -> list[str]:
    """Write all that is known of a food.

    Parameters: food; table, that it is in; sources, the bibliography. Returns: lines of at most 79 columns.
    """
    lines = _wrapped(f"{food.name} [{food.id}]")
    if food.synonyms:
        lines += _wrapped(f"Also: {', '.join(food.synonyms)}.")
    lines += ["", *_value_lines(food, table, sources), ""]
    if food.portions:
        lines += _wrapped(f"Portions: {'; '.join(map(grams, food.portions))}.")
        if any(portion.basis == "elicited" for portion in food.portions):
            lines += _wrapped('"About" marks grams that are our own estimate.')
    suits = [tag for tag in SUITS if tag in food.tags]
    marks = sorted(tag.replace("_", " ") for tag in food.tags if tag not in SUITS)
    if suits:
        lines += _wrapped(f"Suits: {', '.join(suits)}.")
    if marks:
        lines += _wrapped(f"Marked: {', '.join(marks)}.")
    if food.note:
        lines += _wrapped(food.note)
    source = sources.get(food.cite.source)
    title = f"{source.title}, " if source else f"{food.cite.source}, " if food.cite.source else ""
    lines += _wrapped(f"Source: {title}{food.cite.locator} (table {table.name}).")
    return lines + (_wrapped(source.url) if source and source.url else [])


def food_data(food: Food, table: FoodTable, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Make plain data of all that is known of a food; an unknown value is null.

    Parameters: food; table; sources. Returns: a mapping.
    """
    source, portion = sources.get(food.cite.source), food.portion()
    values = {}
    for name, value in zip(NUTRIENTS, table.per_100g(food.id).tolist(), strict=True):
        known = not math.isnan(value)
        values[name] = {
            "unit": UNITS[name],
            "per_100g": value if known else None,
            "per_portion": value * portion.grams / 100 if known and portion else None,
            "from": table.filled.get((food.id, name), food.origin) if known else None,
        }
    return {
        "id": food.id,
        "name": food.name,
        "table": table.name,
        "group": food.group,
        "synonyms": list(food.synonyms),
        "tags": sorted(food.tags),
        "portions": [{"name": p.name, "grams": p.grams, "basis": p.basis} for p in food.portions],
        "values": values,
        "note": food.note,
        "source": {
            "key": food.cite.source,
            "title": source.title if source else "",
            "url": source.url if source else "",
            "place": food.cite.locator,
        },
    }


def rich_lines(found: Sequence[Rich], nutrient: str, per: str) -> list[str]:
    """Write which foods are rich in a nutrient.

    Parameters: found, richest first; nutrient, a name of `UNITS`; per, as asked for. Returns: lines.
    """
    label = LABELS[nutrient]
    if not found:
        return _wrapped(f"No plain food with {label} fits these wishes, or none whose amount is known.")
    title = {"portion": "in a usual portion", "100g": "in 100 g", "kcal": "in 100 kcal"}[per]
    lines = [*_wrapped(f"Plain foods with most {label} {title}, one of each kind:"), ""]
    for place, one in enumerate(found, start=1):
        size = grams(one.portion) if one.portion else f"{amount(one.grams)} g"
        added = "; added by the maker" if "fortified" in one.food.tags else ""
        head = f"{place:>2}. {amount(one.amount):>6} {UNITS[nutrient]:<5}"
        lines += _wrapped(f"{one.food.name} ({size}{added})", head)
    if nutrient == "sodium":
        lines += ["", *_wrapped("Salt is about 2.5 times the sodium. Most people need no more of it.")]
    return lines


def caution_lines(cautions: Sequence[Caution], sources: Mapping[str, Source]) -> list[str]:
    """Write what some people should know of the foods in a list, each with its source.

    Parameters: cautions; sources, the bibliography. Returns: lines of at most 79 columns.
    """
    lines: list[str] = []
    for caution in cautions:
        cited = "; ".join(f"{sources[c.source].title}, {c.locator}" for c in caution.cites)
        lines += ["", *_wrapped(caution.text), *_wrapped(f"Source: {cited}.", "  ")]
    return lines


def rich_data(found: Iterable[Rich], nutrient: str) -> list[dict[str, Any]]:
    """Make plain data of which foods are rich in a nutrient.

    Parameters: found; nutrient. Returns: one mapping for each.
    """
    return [
        {
            "id": r.food.id,
            "name": r.food.name,
            "table": r.table,
            "nutrient": nutrient,
            "amount": r.amount,
            "unit": UNITS[nutrient],
            "grams": r.grams,
            "portion": r.portion.name if r.portion else None,
            "basis": r.portion.basis if r.portion else None,
            "fortified": "fortified" in r.food.tags,
        }
        for r in found
    ]
