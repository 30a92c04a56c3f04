"""Ciqual, the French food table of Anses: the one-sheet layout (.xlsx, or saved as .csv) and the set of XML files.

A cell is a number with a decimal comma, "-" (not known), "traces" (found, but too little to measure) or "< 0,5" (less
than what the method can measure). A trace is read as 0. "< 0,5" stays unknown: 0 could hide a little, and half of it
would invent some; 0.25 µg of vitamin D in each 100 g of food would make up several µg a day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import numpy as np

from twitchwise.errors import FileError
from twitchwise.evidence.types import Cite
from twitchwise.foods.nutrients import COLUMN, UNITS
from twitchwise.foods.store_types import Draft
from twitchwise.foods.types import Array, Food
from twitchwise.formats.food_ciqual_xml import records
from twitchwise.formats.food_grid import Grid, Place
from twitchwise.formats.food_rows import Quirks, clean, plain_rows
from twitchwise.formats.food_sheet import below, find_heading, is_sheet
from twitchwise.formats.food_table import Release, TableReader, draft
from twitchwise.formats.food_zip import Parts

AVAILABLE, ACIDS = "available", "acids"  # read beside our columns, to work the whole carbohydrate out
# how a constituent begins in English and French, accents and signs left out; a "$" ends it; the better comes first
NAMES: Final = {
    "energy": ("energyregulation|energiereglement", "energynx|energienx"),
    "protein": ("protein$|proteinesnxfacteur", "proteincrude|proteinesnx6"),
    "fat": ("fat$|lipides$",),
    AVAILABLE: ("carbohydrate$|glucides$",),
    ACIDS: ("organicacids$|acidesorganiques$",),
    "fibre": ("fibres$|fibresalimentaires$",),
    "ash": ("ash$|cendres$",),
    "alcohol": ("alcohol$|alcool$",),
    "water": ("water$|eau$",),
    "magnesium": ("magnesium$",),
    "calcium": ("calcium$",),
    "potassium": ("potassium$",),
    "sodium": ("sodium$",),
    "phosphorus": ("phosphorus$|phosphore$",),
    "iron": ("iron$|fer$",),
    "zinc": ("zinc$",),
    "vitamin_d": ("vitamine?d$",),
    "vitamin_b12": ("vitamine?b12",),
    "vitamin_b6": ("vitamine?b6",),
    "thiamine": ("vitamine?b1o",),
    "folate": ("vitamine?b9.*(?:dfe|equivalent)", "vitamine?b9o"),
    "vitamin_k": ("vitamine?k1",),
}
IN_GRAMS: Final = {"g": 1.0, "mg": 1e-3, "ug": 1e-6}
WIDTH: Final = len(UNITS) + 2
PRODUCER: Final = "Anses, the French food safety agency (Ciqual)"
LICENCE: Final = "Licence Ouverte (Etalab) 2.0: name the source, Anses, Ciqual table"
NOTES: Final = (
    '"traces" is read as 0; "< x" and "-" stay unknown.',
    "Carbohydrate is worked out here. Fibre and the acids of the food are added to it.",
    "Where the table has no folate equivalents, the total is used. That is too low where folic acid was added.",
    "Vitamin K is K1. The table holds no caffeine and no household portions.",
)
BOUND, TRACE = "values known only as less than something, left unknown", "traces, read as 0"
CODE: Final = "alim_code"


def plain(text: str) -> str:
    """Take accents, signs and spaces out of a heading.

    Parameters: text. Returns: letters and digits, the unit included.

    >>> plain("Magnésium (mg/100 g)")
    'magnesiummg100g'
    """
    flat = unicodedata.normalize("NFKD", text.replace("µ", "u").replace("μ", "u")).lower()
    return re.sub(r"[^a-z0-9]", "", flat)


def place_of(heading: str) -> Place | None:
    """Say where a constituent belongs; its unit is read from its heading.

    Parameters: heading, "Vitamin D (µg/100g)". Returns: column (two more than ours), rank and factor, or None.

    >>> place_of("Sodium (g/100g)") == (COLUMN["sodium"], 0, 1000.0)
    True
    """
    found = re.search(r"\(\s*(kcal|kj|mg|µg|μg|ug|g)\b", heading, re.I)
    if found is None:
        return None
    name, unit = plain(heading[: found.start()]), plain(found[1])
    for column, (nutrient, patterns) in enumerate(_ordered()):
        for rank, pattern in enumerate(patterns):
            if re.match(pattern, name):
                ours = UNITS.get(nutrient, "g")
                if ours == "kcal":
                    return (column, 2 * rank, 1.0) if unit == "kcal" else (column, 2 * rank + 1, 0.2390057)
                return (column, rank, round(IN_GRAMS[unit] / IN_GRAMS[ours], 9)) if unit in IN_GRAMS else None
    return None


def _ordered() -> list[tuple[str, tuple[str, ...]]]:
    return [(name, NAMES.get(name, ())) for name in (*UNITS, AVAILABLE, ACIDS)]


def amount(cell: object, quirks: Quirks) -> str:
    """Read a cell as Ciqual writes it.

    Parameters: cell; quirks, to count in. Returns: a number with a point, or "" when not known.

    >>> amount("1,5", Quirks()), amount("traces", Quirks()), amount("< 0,5", Quirks()), amount("-", Quirks())
    ('1.5', '0', '', '')
    """
    text = "" if cell is None else str(cell).strip().lower().replace("\u00a0", "").replace(" ", "")
    if text in ("", "-"):
        return ""
    if text.startswith(("<", "&lt;")):
        quirks[BOUND] += 1
        return ""
    if text.startswith("trace"):
        quirks[TRACE] += 1
        return "0"
    return text.replace(",", ".")


class _Wide(Grid):
    """A grid with two more columns."""

    def __init__(self, foods: int, quirks: Quirks) -> None:
        super().__init__(foods, quirks)
        self.values = np.full((foods, WIDTH), np.nan)
        self.rank = np.full((foods, WIDTH), 255, dtype=np.uint8)
        self.most = [*self.most, 101.0, 101.0]

    def ours(self) -> Array:
        """The values as our tables count them: carbohydrate with fibre and organic acids."""
        values = self.values[:, : len(UNITS)].copy()
        available, acids = self.values[:, -2], self.values[:, -1]
        values[:, COLUMN["carbohydrate"]] = available + values[:, COLUMN["fibre"]] + np.nan_to_num(acids)
        return values


def _food(row: Mapping[str, str]) -> Food | None:
    """Make a food of the cells that name it; the English name goes before the French."""
    key = clean(row.get(CODE, ""))
    names = [clean(row.get(head, "")) for head in ("alim_nom_eng", "alim_nom_fr", "alim_nom_index_fr")]
    names = [name for name in dict.fromkeys(names) if name not in ("", "-")]
    if not key or not names:
        return None
    groups = [clean(row.get(f"alim_{level}_nom_{lang}", "")) for level in ("ssgrp", "grp") for lang in ("eng", "fr")]
    group = next((words.lower() for words in groups if words not in ("", "-")), "")
    return Food(f"ciqual:{key}", names[0], group, f"ciqual:{key}", Cite("ciqual", f"alim_code {key}"), tuple(names[1:]))


def _release(parts: Parts) -> Release:
    stated = re.search(r"20\d\d", f"{parts.path.name} {parts.find('compo', '.xml')}")
    title = f"Ciqual table {stated[0] if stated else '(no year said)'}"
    return Release("ciqual", PRODUCER, title, LICENCE, "ciqual", NOTES)


def _finish(parts: Parts, foods: Sequence[Food], grid: _Wide) -> Iterator[Draft]:
    yield draft(parts, _release(parts), foods, grid.ours(), grid.quirks)


def _sheet(parts: Parts) -> Iterator[Draft]:
    """Read the one-sheet layout."""
    lines = iter(_lines(parts))
    quirks, heads = Quirks(), [str(cell or "") for cell in next(lines)]
    names = [(at, head.strip().lower()) for at, head in enumerate(heads) if head.strip().lower().startswith("alim_")]
    places = [(at, place) for at, head in enumerate(heads) if (place := place_of(head)) is not None]
    if not places:
        raise parts.problem("", 'no column like "Magnesium (mg/100g)" is in it', "Give the unchanged official file.")
    foods: dict[str, Food] = {}
    cells = []
    for row in lines:
        food = _food({name: str(row[at]) for at, name in names if at < len(row) and row[at] is not None})
        if food is None or food.id in foods:
            quirks["rows left out, no code or name, or there twice"] += any(row)
            continue
        foods[food.id] = food
        cells.append([(place, row[at]) for at, place in places if at < len(row)])
    grid = _Wide(len(foods), quirks)
    for line, found in enumerate(cells):
        for place, cell in found:
            grid.put(line, place, amount(cell, quirks))
    yield from _finish(parts, list(foods.values()), grid)


def _lines(parts: Parts) -> Iterable[Sequence[Any]]:
    place = find_heading(parts, CODE)
    if place is not None:
        return below(parts, place)
    name = _csv(parts)
    with parts.open(name) as stream:
        head = stream.readline(1 << 16)
    separator = max("\t;,", key=lambda mark: head.decode("latin-1").count(mark))
    return plain_rows(parts, name, _encoding(head), separator, '"')


def _encoding(head: bytes) -> str:
    """Tell UTF-8 from Excel's own code by the accents of the heading."""
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _csv(parts: Parts) -> str:
    """Find the text file whose first line names the code of a food."""
    for name in sorted(n for n in parts.openers if n.endswith((".csv", ".txt", ".tsv")))[:9]:
        with suppress(FileError), parts.open(name) as stream:  # another file than the one looked for may be odd
            if CODE in stream.readline(1 << 16).decode("latin-1").lower():
                return name
    return ""


def _xml_names(parts: Parts) -> list[str]:
    foods = [n for n in parts.openers if n.startswith("alim") and n.endswith(".xml") and not n.startswith("alim_grp")]
    return [min(foods, default=""), *(parts.find(start, ".xml") for start in ("alim_grp", "const", "compo"))]


def _xml(parts: Parts) -> Iterator[Draft]:
    """Read the set of XML files."""
    alim, groups, const, compo = _xml_names(parts)
    quirks = Quirks()
    words: dict[str, dict[str, str]] = {}
    for row in records(parts, groups, "ALIM_GRP") if groups else ():
        words.setdefault(row.get("alim_ssgrp_code", ""), row)
        words.setdefault(row.get("alim_grp_code", ""), {k: v for k, v in row.items() if "_grp_" in k})
    foods: dict[str, Food] = {}
    for row in records(parts, alim, "ALIM"):
        group = words.get(row.get("alim_ssgrp_code", "")) or words.get(row.get("alim_grp_code", "")) or {}
        food = _food({**group, **row})
        if food is not None:
            foods.setdefault(row[CODE], food)
    row_of = {key: at for at, key in enumerate(foods)}
    places = _constituents(parts, const)
    grid = _Wide(len(foods), quirks)
    for row in records(parts, compo, "COMPO"):
        place, at = places.get(row.get("const_code", "")), row_of.get(row.get(CODE, ""))
        if place is not None and at is not None:
            grid.put(at, place, amount(row.get("teneur"), quirks))
    yield from _finish(parts, list(foods.values()), grid)


def _constituents(parts: Parts, name: str) -> dict[str, Place]:
    """Say where the value of each constituent's code belongs."""
    heads = {code: head for head, code in CODES.items()}
    if name:
        rows = records(parts, name, "CONST")
        heads = {row.get("const_code", ""): row.get("const_nom_eng") or row.get("const_nom_fr", "") for row in rows}
    return {code: place for code, head in heads.items() if (place := place_of(head)) is not None}


# for a set without its const_ file: the codes of 2020
CODES: Final = {
    "Energy, Regulation EU (kcal/100g)": "328", "Energy, N x Jones (kcal/100g)": "333", "Water (g/100g)": "400",
    "Ash (g/100g)": "10000", "Sodium (mg/100g)": "10110", "Magnesium (mg/100g)": "10120",
    "Phosphorus (mg/100g)": "10150", "Potassium (mg/100g)": "10190", "Calcium (mg/100g)": "10200",
    "Iron (mg/100g)": "10260", "Zinc (mg/100g)": "10300", "Protein (g/100g)": "25000",
    "Carbohydrate (g/100g)": "31000", "Fibres (g/100g)": "34100", "Fat (g/100g)": "40000",
    "Vitamin D (µg/100g)": "52100", "Vitamin K1 (µg/100g)": "54101", "Vitamin B1 or Thiamin (mg/100g)": "56100",
    "Vitamin B6 (mg/100g)": "56500", "Vitamin B12 (µg/100g)": "56600", "Vitamin B9 or Folate (µg/100g)": "56700",
    "Alcohol (g/100g)": "60000", "Organic acids (g/100g)": "65000",
}  # fmt: skip


def _which(parts: Parts) -> Callable[[Parts], Iterator[Draft]] | None:
    names = _xml_names(parts)
    if names[0] and names[3]:
        return _xml
    if is_sheet(parts):
        return _sheet if find_heading(parts, CODE) else None
    return _sheet if _csv(parts) else None


def _files(parts: Parts) -> Sequence[str]:
    names = [name for name in _xml_names(parts) if name]
    return names or [parts.find("", ".xlsx") or _csv(parts)]


def _read(parts: Parts) -> Iterator[Draft]:
    reader = _which(parts)
    assert reader is not None  # `fits` has seen it
    return reader(parts)


READER: Final = TableReader(
    "Ciqual (France): the sheet as .xlsx or .csv, or the set of XML files",
    lambda parts: _which(parts) is not None,
    _files,
    _read,
)
