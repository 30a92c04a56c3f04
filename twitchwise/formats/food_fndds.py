"""The USDA's FNDDS "At A Glance" Excel file: the foods of the NHANES survey, without household portions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from twitchwise.evidence.types import Cite
from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.store_types import Draft
from twitchwise.foods.types import Food
from twitchwise.formats.food_grid import Grid
from twitchwise.formats.food_rows import Quirks, clean, is_id
from twitchwise.formats.food_sheet import below, find_heading, head_rows, is_sheet
from twitchwise.formats.food_table import FREE, USDA, Release, TableReader, draft
from twitchwise.formats.food_zip import Parts

CODE, NAME, GROUP = "foodcode", "mainfooddescription", "wweiacategorydescription"
HEADS: Final = {
    "energykcal": "energy", "proteing": "protein", "totalfatg": "fat", "carbohydrateg": "carbohydrate",
    "fibertotaldietaryg": "fibre", "alcoholg": "alcohol", "waterg": "water", "magnesiummg": "magnesium",
    "calciummg": "calcium", "potassiummg": "potassium", "sodiummg": "sodium", "phosphorusmg": "phosphorus",
    "ironmg": "iron", "zincmg": "zinc", "vitamindd2d3mcg": "vitamin_d", "vitaminb12mcg": "vitamin_b12",
    "vitaminb6mg": "vitamin_b6", "thiaminmg": "thiamine", "folatedfemcgdfe": "folate",
    "vitaminkphylloquinonemcg": "vitamin_k", "caffeinemg": "caffeine",
}  # fmt: skip


def _plain(cell: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(cell or "").lower())


def _release(parts: Parts) -> Release:
    """Name the years that the first row or the name of the file states."""
    top = " ".join(str(cell) for row in head_rows(parts)[:3] for cell in row if cell) + " " + parts.path.name
    stated = re.search(r"20\d\d\s?-\s?20\d\d", top)
    years = stated[0].replace(" ", "") if stated else ""
    source = "usda_fndds_2017_2018" if years == "2017-2018" else "fdc_download"
    title = f"Food and Nutrient Database for Dietary Studies {years or '(years not said)'}"
    return Release("fndds", USDA, title, FREE, source, ("This file holds no household portions and no ash.",))


def _read(parts: Parts) -> Iterator[Draft]:
    place = find_heading(parts, "food code")
    assert place is not None  # `fits` has seen it
    lines, quirks = below(parts, place), Quirks()
    heads = [_plain(cell) for cell in next(lines)]
    missing = [head for head in (CODE, NAME) if head not in heads]
    if missing:
        raise parts.problem("", f"the column {missing[0]!r} is missing", "Give the unchanged official file.")
    columns = [(at, (COLUMN[HEADS[head]], 0, 1.0)) for at, head in enumerate(heads) if head in HEADS]
    code, name, group = heads.index(CODE), heads.index(NAME), heads.index(GROUP) if GROUP in heads else None
    release = _release(parts)
    foods: dict[str, Food] = {}
    amounts = []
    for row in lines:
        key, said = str(row[code] or "").strip(), clean(str(row[name] or ""))
        if not is_id(key) or not said or key in foods:
            quirks["rows left out, no food code or name, or there twice"] += any(row)
            continue
        words = clean(str(row[group] or "")).lower() if group is not None else ""
        origin = f"fndds:{key}"
        foods[key] = Food(origin, said, words, origin, Cite(release.source, f"food code {key}"))
        amounts.append([row[at] for at, _ in columns])
    grid = Grid(len(foods), quirks)
    for line, cells in enumerate(amounts):
        for (_, where), cell in zip(columns, cells, strict=True):
            grid.put(line, where, "" if cell is None else str(cell))
    yield draft(parts, release, list(foods.values()), grid.values, quirks)


READER: Final = TableReader(
    'FNDDS "At A Glance" nutrient values (.xlsx)',
    lambda parts: is_sheet(parts) and find_heading(parts, "food code") is not None,
    lambda parts: [parts.find("", ".xlsx")],
    _read,
)
