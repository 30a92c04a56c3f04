"""FoodData Central's CSV files: Foundation, SR Legacy, FNDDS (survey) and Branded, alone or all in one download.

Only foods that a person can eat are offered: the samples and market items behind a Foundation food are left out. FNDDS
writes older nutrient numbers where the other tables write ids. A branded product comes in many versions: the newest of
each barcode counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from twitchwise.evidence.types import Cite
from twitchwise.foods.store_types import Draft
from twitchwise.foods.types import Food, Portion
from twitchwise.formats.food_fdc_portions import read_measures
from twitchwise.formats.food_grid import Grid, fdc_places
from twitchwise.formats.food_rows import Quirks, clean, is_id, number, portion, quiet, rows
from twitchwise.formats.food_table import FREE, USDA, LazyFoods, Release, TableReader, draft
from twitchwise.formats.food_zip import Parts

FOODS, VALUES, BRANDS, SURVEY = "food.csv", "food_nutrient.csv", "branded_food.csv", "survey_fndds_food.csv"
USED: Final = (FOODS, VALUES, "food_portion.csv", BRANDS, SURVEY)
KINDS: Final = {
    "foundation_food": ("foundation", "Foundation Foods"),
    "sr_legacy_food": ("sr_legacy", "SR Legacy"),
    "survey_fndds_food": ("fndds", "FNDDS (survey foods)"),
    "branded_food": ("branded", "Branded Foods"),
}
# releases that have an entry of their own in the bibliography; the others share one
SOURCES: Final = {("foundation", "2023-04-20"): "usda_foundation_2023"}
SHARED_SOURCE: Final = "fdc_download"
GRAMS: Final = {"g", "grm", "gm"}
MILLILITRES: Final = {"ml", "mlt"}
# some releases come without food_category.csv; the first 25 groups are those of the old Standard Reference
GROUPS: Final = dict(
    enumerate(
        "dairy and egg products|spices and herbs|baby foods|fats and oils|poultry products|soups, sauces, and gravies|"
        "sausages and luncheon meats|breakfast cereals|fruits and fruit juices|pork products|"
        "vegetables and vegetable products|nut and seed products|beef products|beverages|"
        "finfish and shellfish products|legumes and legume products|lamb, veal, and game products|baked products|"
        "sweets|cereal grains and pasta|fast foods|meals, entrees, and side dishes|snacks|"
        "american indian/alaska native foods|restaurant foods".split("|"),
        start=1,
    )
)


@dataclass
class _Foods:
    """The foods of one kind while they are read."""

    kind: str
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    newest: str = ""
    quirks: Quirks = field(default_factory=Quirks)


def _kinds(parts: Parts, keep: set[str] | None) -> dict[str, _Foods]:
    """Read food.csv; keep, the branded foods that count (None: there are none)."""
    found = {kind: _Foods(kind) for kind in KINDS}
    left_out, seen = Quirks(), set[str]()
    wanted = ("fdc_id", "data_type", "description")
    for key, kind, name, group, day in rows(parts, FOODS, wanted, ("food_category_id", "publication_date"), left_out):
        foods = found.get(kind)
        if foods is None:
            left_out["samples and market items, which are no foods to choose"] += 1
        elif key in seen or not is_id(key) or not clean(name):
            foods.quirks["foods left out, no name, no number, or there twice"] += 1
        elif keep is not None and kind == "branded_food" and key not in keep:
            foods.quirks["older versions of a product, left out"] += 1
        else:
            seen.add(key)
            foods.ids.append(key)
            foods.names.append(clean(name))
            foods.groups.append(group)
            foods.newest = max(foods.newest, day)
    there = {kind: foods for kind, foods in found.items() if foods.ids}
    for foods in there.values():
        foods.quirks.update(left_out)
    return there


def _newest_products(parts: Parts) -> set[str] | None:
    """Choose the newest version (the highest id) of each barcode."""
    if BRANDS not in parts:
        return None
    newest: dict[str, int] = {}
    alone = set()
    for key, code in rows(parts, BRANDS, ("fdc_id",), ("gtin_upc",), Quirks()):
        if not is_id(key):
            continue
        code = code.strip().lstrip("0")
        if code:
            newest[code] = max(newest.get(code, 0), int(key))
        else:
            alone.add(key)
    return alone | {str(key) for key in newest.values()}


def _fill(parts: Parts, kinds: Mapping[str, _Foods]) -> dict[str, Grid]:
    """Read food_nutrient.csv once for all kinds."""
    grids = {kind: Grid(len(foods.ids), foods.quirks) for kind, foods in kinds.items()}
    where = [(grids[kind], {key: row for row, key in enumerate(foods.ids)}) for kind, foods in kinds.items()]
    places = fdc_places()
    column = "nutrient_id" if "nutrient_nbr" not in _heads(parts) else "nutrient_nbr"
    quirks = next(iter(kinds.values())).quirks
    for key, code, amount in rows(parts, VALUES, ("fdc_id", column, "amount"), (), quirks):
        place = places.get(code)
        if place is None:
            continue
        for grid, row_of in where:
            row = row_of.get(key)
            if row is not None:
                grid.put(row, place, amount)
    return grids


def _heads(parts: Parts) -> str:
    """Read the heading of food_nutrient.csv."""
    with parts.open(VALUES) as stream:
        return stream.readline(4096).decode("latin-1").lower()


def _groups(parts: Parts) -> Mapping[str, str]:
    """Read what the numbers of food groups mean."""
    groups = {str(number_): name for number_, name in GROUPS.items()}
    if "food_category.csv" in parts:
        for key, name in rows(parts, "food_category.csv", ("id", "description"), (), Quirks()):
            groups[key] = clean(name).lower()
    return groups


def _survey(parts: Parts) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Read the food code of each survey food, and the words of its group."""
    if SURVEY not in parts:
        return {}, {}
    words: dict[str, str] = {}
    if "wweia_food_category.csv" in parts:
        wanted, either = ("wweia_food_category_description",), ("wweia_food_category", "wweia_food_category_code")
        for name, old, new in rows(parts, "wweia_food_category.csv", wanted, either, Quirks()):
            words[old or new] = clean(name).lower()
    codes, groups = {}, {}
    either = ("wweia_category_code", "wweia_category_number")
    for key, code, new, old in rows(parts, SURVEY, ("fdc_id", "food_code"), either, Quirks()):
        codes[key], groups[key] = clean(code), words.get(new or old, "")
    return codes, groups


@dataclass(frozen=True, slots=True)
class _Brand:
    owner: str
    group: str
    serving: Portion | None
    liquid: bool


def _brands(parts: Parts, keep: set[str], quirks: Quirks) -> dict[str, _Brand]:
    """Read brand, group and serving size of the products that count."""
    found, same = {}, dict[_Brand, _Brand]()  # most products share brand, group and serving with others
    product = ("brand_owner", "brand_name", "branded_food_category", "serving_size", "serving_size_unit")
    for row in rows(parts, BRANDS, ("fdc_id",), (*product, "household_serving_fulltext"), Quirks()):
        key, owner, brand, group, size, unit, words = row
        if key not in keep:
            continue
        liquid = unit.strip().lower() in MILLILITRES
        weight = number(size)
        serving = None
        if weight and (liquid or unit.strip().lower() in GRAMS):
            serving = portion(f"serving ({clean(words).lower()})" if words else "serving", "1", size, quirks)
        if serving is not None and liquid:  # the weight of a millilitre is not said
            serving = Portion(serving.name, serving.grams, "elicited")
        made = _Brand(quiet(clean(brand or owner)), clean(group).lower(), serving, liquid)
        found[key] = same.setdefault(made, made)
    return found


def _release(parts: Parts, kind: str, newest: str) -> Release:
    """Name the release by the day in the name of the file or its folder, else by its newest food."""
    name, title = KINDS[kind]
    stated = re.search(r"csv_?\s?(\d{4}-\d{2}(?:-\d{2})?)", parts.path.name)
    day = stated[1] if stated else newest[:10]
    notes: tuple[str, ...] = ("Folate counts as dietary equivalents. Where only the total is known, it stays unknown.",)
    if kind == "branded_food":
        notes += ("Drinks are given per 100 ml, read as 100 g. Only what labels state is known.",)
    return Release(
        name,
        f"{USDA}, FoodData Central",
        f"{title}, {day}" if stated else f"{title}, newest food {day or 'undated'}",
        FREE,
        SOURCES.get((name, day), SHARED_SOURCE),
        notes,
    )


def _read(parts: Parts) -> Iterator[Draft]:
    keep = _newest_products(parts)
    kinds = _kinds(parts, keep)
    if not kinds:
        raise parts.problem(FOODS, "it holds no food of a kind that is offered", f"Offered: {', '.join(KINDS)}.")
    grids = _fill(parts, kinds)
    groups = _groups(parts)
    survey = _survey(parts)
    for kind, foods in kinds.items():
        grid = grids.pop(kind)
        if np.isnan(grid.values).all() and len(kinds) > 1:
            continue  # foods that another kind refers to, without values of their own
        release = _release(parts, kind, foods.newest)
        yield draft(parts, release, _build(parts, foods, release.source, groups, survey), grid.values, foods.quirks)


def _older(foods: _Foods) -> set[str]:
    """Find the foods that a newer one (a higher id) of the same name has replaced."""
    newest: dict[str, str] = {}
    for key, name in sorted(zip(foods.ids, foods.names, strict=True), key=lambda pair: int(pair[0])):
        newest[name] = key
    older = set(foods.ids) - set(newest.values())
    foods.quirks["older versions of a food, marked as such"] += len(older)
    return older


def _build(
    parts: Parts,
    foods: _Foods,
    source: str,
    groups: Mapping[str, str],
    survey: tuple[Mapping[str, str], Mapping[str, str]],
) -> Sequence[Food]:
    """Make the foods of one kind, each when it is asked for."""
    measures = read_measures(parts, foods.ids, foods.quirks)
    branded = BRANDS in parts and foods.kind == "branded_food"
    brands = _brands(parts, set(foods.ids), foods.quirks) if branded else {}
    codes, survey_groups = survey if foods.kind == "survey_fndds_food" else ({}, {})
    older = _older(foods) if foods.kind == "foundation_food" else set()

    def make(row: int) -> Food:
        key, name, group = foods.ids[row], foods.names[row], foods.groups[row]
        origin = f"fndds:{codes[key]}" if key in codes else f"fdc:{key}"
        words = survey_groups.get(key) or groups.get(group) or ("" if is_id(group) else clean(group).lower())
        cite = Cite(source, f"food code {codes[key]}" if key in codes else f"FDC {key}")
        if key in older:
            name, note = f"{name} (older version)", "A newer analysis of this food is in the table too."
            return Food(origin, name, words, origin, cite, portions=measures.get(key, ()), note=note)
        made = Food(origin, name, words, origin, cite, portions=measures.get(key, ()))
        return _with_brand(made, brands[key]) if key in brands else made

    return LazyFoods(make, range(len(foods.ids)))


def _with_brand(food: Food, brand: _Brand) -> Food:
    name = quiet(food.name)
    return replace(
        food,
        name=f"{name} ({brand.owner})" if brand.owner else name,
        group=brand.group or food.group,
        portions=(brand.serving, *food.portions) if brand.serving else food.portions,
        note="Values are for 100 ml." if brand.liquid else "",
    )


READER: Final = TableReader(
    "FoodData Central's CSV download (a zip, or the unpacked folder)",
    lambda parts: FOODS in parts and VALUES in parts,
    lambda _: (*USED, BRANDS),  # the products are read twice: which versions count, then those
    _read,
)
