"""The USDA's Standard Reference as it was sent out until 2016: text files with ^ between cells and ~ around words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from twitchwise.evidence.types import Cite
from twitchwise.foods.store_types import Draft
from twitchwise.foods.types import Food, Portion
from twitchwise.formats.food_grid import Grid, fdc_places
from twitchwise.formats.food_rows import SHORT, Quirks, clean, plain_rows, portion
from twitchwise.formats.food_table import FOLATE, FREE, USDA, Release, TableReader, draft
from twitchwise.formats.food_zip import Parts

FOODS, VALUES, MEASURES, GROUPS = "food_des.txt", "nut_data.txt", "weight.txt", "fd_group.txt"


def _lines(parts: Parts, name: str, cells: int, quirks: Quirks) -> Iterator[list[str]]:
    for row in plain_rows(parts, name, "cp1252", "^", "~"):
        if len(row) >= cells:
            yield row
        else:
            quirks[SHORT] += bool(row)


def _measures(parts: Parts, quirks: Quirks) -> dict[str, dict[str, Portion]]:
    found: dict[str, dict[str, Portion]] = {}
    if MEASURES in parts:
        for key, _, amount, words, grams, *_ in _lines(parts, MEASURES, 5, quirks):
            made = portion(clean(words), amount, grams, quirks)
            if made is not None:
                found.setdefault(key, {}).setdefault(made.name, made)
    return found


def _foods(parts: Parts, source: str, quirks: Quirks) -> list[Food]:
    groups = {}
    if GROUPS in parts:
        groups = {row[0]: clean(row[1]).lower() for row in _lines(parts, GROUPS, 2, quirks)}
    measures = _measures(parts, quirks)
    foods: dict[str, Food] = {}
    for row in _lines(parts, FOODS, 4, quirks):
        key, group, name = row[0], row[1], clean(row[2] or row[3])
        if not name or key in foods:
            quirks["foods left out, no name, or there twice"] += 1
            continue
        # "Common name" holds other names of the food, between commas
        others = tuple(filter(None, (clean(word) for word in row[4].split(",")))) if len(row) > 4 else ()
        origin, cite = f"sr28:{key.lstrip('0')}", Cite(source, f"NDB {key.lstrip('0')}")
        portions = tuple(measures.get(key, {}).values())
        foods[key] = Food(origin, name, groups.get(group, group), origin, cite, others, portions=portions)
    return list(foods.values())


def _read(parts: Parts) -> Iterator[Draft]:
    quirks = Quirks()
    edition = re.search(r"sr[ _-]?(?:leg|(\d{2}))", parts.path.name, re.I)
    number = (edition[1] or "Legacy") if edition else "28"
    source = "usda_sr28" if number == "28" else "fdc_download"
    foods = _foods(parts, source, quirks)
    row_of = {food.cite.locator.removeprefix("NDB "): row for row, food in enumerate(foods)}
    grid = Grid(len(foods), quirks)
    places = fdc_places()
    for row in _lines(parts, VALUES, 3, quirks):
        place, food = places.get(row[1]), row_of.get(row[0].lstrip("0"))
        if place is not None and food is not None:
            grid.put(food, place, row[2])
    said = "" if edition else " (the file does not say; read as 28)"
    title = f"National Nutrient Database for Standard Reference, release {number}{said}"
    release = Release(f"sr{number.lower()}", USDA, title, FREE, source, (FOLATE,))
    yield draft(parts, release, foods, grid.values, quirks)


READER: Final = TableReader(
    "SR28's text files (FOOD_DES.txt, NUT_DATA.txt, WEIGHT.txt)",
    lambda parts: FOODS in parts and VALUES in parts,
    lambda _: (FOODS, VALUES, MEASURES, GROUPS),
    _read,
)
