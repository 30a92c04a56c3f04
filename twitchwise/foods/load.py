"""The curated foods: names, tags and portions of ours in data/foods/*.csv, figures in data/foods/values/*.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from twitchwise.errors import EvidenceError
from twitchwise.evidence.load import DATA
from twitchwise.evidence.types import Cite
from twitchwise.foods.nutrients import NUTRIENTS
from twitchwise.foods.types import Array, Food, FoodTable, Portion

FOLDER = DATA / "foods"
CURATED = "twitchwise"
# what a row of a release is called in the bibliography, and how its key is written there
RELEASES = {
    "sr28": ("usda_sr28", "NDB {}"),
    "fndds": ("usda_fndds_2017_2018", "food code {}"),
    "foundation": ("usda_foundation_2023", "FDC {}"),
}


def cite_of(origin: str, where: str = "") -> Cite:
    """Say what the values of a food rest on.

    Parameters: origin, "release:key", "label:source key" or "recipe:parts"; where, the place on a label's page.
    Returns: source and place. Raises: EvidenceError for an unknown kind.

    >>> cite_of("sr28:11457")
    Cite(source='usda_sr28', locator='NDB 11457')
    """
    kind, _, key = origin.partition(":")
    if kind in RELEASES:
        source, locator = RELEASES[kind]
        return Cite(source, locator.format(key))
    if kind == "label" and key:
        return Cite(key, where)
    if kind == "recipe" and key:
        return Cite("own_judgement", f"worked out from its parts: {key}")
    raise EvidenceError(f"foods: {origin!r} is no origin; write release:key, label:source or recipe:parts")


def read_portions(text: str, where: str) -> tuple[Portion, ...]:
    """Read the portions of a food; "~" marks grams that are our own estimate.

    Parameters: text, "cup=30|leaf~10"; where, for the message. Returns: the portions in order.
    Raises: EvidenceError.

    >>> read_portions("cup=30|leaf~10", "x")[1]
    Portion(name='leaf', grams=10.0, basis='elicited')
    """
    portions = []
    for part in filter(None, (p.strip() for p in text.split("|"))):
        ours = "~" in part
        name, _, grams = part.partition("~" if ours else "=")
        try:
            portions.append(Portion(name.strip(), float(grams), "elicited" if ours else "published"))
        except ValueError as error:
            raise EvidenceError(f"{where}: {part!r} is no portion; write name=grams") from error
    return tuple(portions)


def rows_of(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Read one CSV file below data/foods.

    Parameters: path. Returns: where ("fruit.csv line 3") and the cells by column. Raises: EvidenceError.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, strict=True), start=2):
                if None in row or None in row.values():
                    raise EvidenceError(f"{path.name} line {number}: too many or too few cells")
                yield f"{path.name} line {number}", row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvidenceError(f"{path.name}: {error}") from error


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def read_foods(folder: Path = FOLDER) -> list[Food]:
    """Read names, tags, portions and origins of all curated foods.

    Parameters: folder, of the CSV files; a file's name is the group. Returns: the foods. Raises: EvidenceError.
    """
    foods: dict[str, Food] = {}
    for path in sorted(folder.glob("*.csv")):
        for where, row in rows_of(path):
            if not row["id"] or row["id"] in foods:
                raise EvidenceError(f"{where}: the id {row['id']!r} is missing or used twice")
            foods[row["id"]] = Food(
                row["id"],
                row["name"],
                path.stem,
                row["origin"],
                cite_of(row["origin"], row["where"]),
                _split(row["synonyms"]),
                frozenset(_split(row["tags"])),
                read_portions(row["portions"], where),
                row["note"],
            )
    return list(foods.values())


def read_values(folder: Path = FOLDER / "values") -> dict[str, dict[str, str]]:
    """Read the figures of the curated foods: release.csv is written by tools/food_values.py, label.csv by hand.

    Parameters: folder. Returns: food id -> cells by column, an empty cell = unknown. Raises: EvidenceError.
    """
    values: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.csv")):
        for where, row in rows_of(path):
            if row["id"] in values:
                raise EvidenceError(f"{where}: values of {row['id']!r} stand twice")
            values[row["id"]] = row
    return values


def _numbers(foods: list[Food], values: dict[str, dict[str, str]]) -> Array:
    missing = sorted({f.id for f in foods} ^ set(values))
    if missing:
        raise EvidenceError(f"foods: {missing[0]!r} has a name but no values, or values but no name")
    cells = [[values[food.id][name] or "nan" for name in NUTRIENTS] for food in foods]
    return np.array(cells, dtype=np.float64).reshape(len(foods), len(NUTRIENTS))


@cache
def curated(folder: Path = FOLDER) -> FoodTable:
    """Return the foods that come with the program.

    Parameters: folder, of the CSV files. Returns: the table, the same object each time. Raises: EvidenceError.

    >>> round(curated().value("spinach_boiled", "magnesium"))
    87
    """
    foods, values = read_foods(folder), read_values(folder / "values")
    filled = {}
    for key, row in values.items():
        for part in _split(row.get("filled", "")):
            nutrient, _, origin = part.partition("=")
            filled[key, nutrient] = origin
    return FoodTable(CURATED, tuple(foods), _numbers(foods, values), filled)
