"""The columns of a diary file: which nutrient or field a heading stands for, and in which unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twitchwise.foods.nutrients import UNITS

# what diary programs call our columns, in lower case without the unit
NUTRIENTS: Mapping[str, str] = {
    "energy": "energy", "calories": "energy", "kcal": "energy", "cal": "energy", "kilojoules": "energy",
    "protein": "protein", "fat": "fat", "total fat": "fat", "carbohydrates": "carbohydrate",
    "carbohydrate": "carbohydrate", "carbs": "carbohydrate", "total carbohydrate": "carbohydrate",
    "total carbohydrates": "carbohydrate", "fiber": "fibre", "fibre": "fibre", "dietary fiber": "fibre",
    "alcohol": "alcohol", "water": "water", "caffeine": "caffeine", "magnesium": "magnesium",
    "calcium": "calcium", "potassium": "potassium", "sodium": "sodium", "phosphorus": "phosphorus", "iron": "iron",
    "zinc": "zinc", "vitamin d": "vitamin_d", "vitamin b12": "vitamin_b12", "b12": "vitamin_b12",
    "b12 (cobalamin)": "vitamin_b12", "vitamin b6": "vitamin_b6", "b6": "vitamin_b6",
    "b6 (pyridoxine)": "vitamin_b6", "thiamin": "thiamine", "thiamine": "thiamine", "b1": "thiamine",
    "b1 (thiamine)": "thiamine", "vitamin b1": "thiamine", "folate": "folate", "vitamin k": "vitamin_k",
}  # fmt: skip
FIELDS: Mapping[str, str] = {
    "day": "day", "date": "day", "meal": "meal", "group": "meal", "meal type": "meal", "food": "food",
    "food name": "food", "item": "food", "description": "food", "name": "food", "text": "food", "what": "food",
    "product": "food", "amount": "amount", "quantity": "amount", "serving": "amount", "portion": "amount",
    "servings": "amount", "qty": "amount", "unit": "unit", "units": "unit", "grams": "grams", "gram": "grams",
    "weight": "grams", "weight (g)": "grams", "amount (g)": "grams", "g": "grams", "supplement": "supplement",
    "category": "category",
}  # fmt: skip
SCALES: Mapping[tuple[str, str], float] = {
    ("kcal", "kcal"): 1.0, ("cal", "kcal"): 1.0, ("kj", "kcal"): 1 / 4.184, ("g", "g"): 1.0, ("mg", "g"): 1e-3,
    ("ml", "g"): 1.0, ("g", "mg"): 1e3, ("mg", "mg"): 1.0, ("ug", "mg"): 1e-3, ("g", "ug"): 1e6, ("mg", "ug"): 1e3,
    ("ug", "ug"): 1.0, ("mcg", "ug"): 1.0, ("mcg", "mg"): 1e-3, ("mcg dfe", "ug"): 1.0, ("ug dfe", "ug"): 1.0,
}  # fmt: skip
IU_OF_VITAMIN_D = 0.025  # micrograms in one international unit (40 IU = 1 ug)
PERCENT = ("calcium", "iron")  # MyFitnessPal writes these in percent of a daily value that the file does not name


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field and each nutrient stands in a row, and the factor to our unit."""

    fields: Mapping[str, int]
    nutrients: Mapping[str, tuple[int, float]]
    unclear: tuple[str, ...]  # headings whose unit cannot be told: their values stay unknown
    doubtful: frozenset[str] = frozenset()  # no unit in the heading: such programs write 0 for "not recorded"


def _split(heading: str) -> tuple[str, str]:
    """Part a heading into its name and its unit.

    >>> _split("B12 (Cobalamin) (µg)")
    ('b12 (cobalamin)', 'ug')
    """
    text = " ".join(
        heading.replace("µ", "u").replace("μ", "u").strip().strip("\ufeff").lower().replace("_", " ").split()
    )
    match = re.fullmatch(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]", text)
    return (match[1], match[2]) if match and text not in (*NUTRIENTS, *FIELDS) else (text, "")


def _scale(nutrient: str, unit: str) -> float | None:
    if unit == "iu":
        return IU_OF_VITAMIN_D if nutrient == "vitamin_d" else None
    if not unit:
        return None if nutrient in PERCENT else 1.0
    return SCALES.get((unit, UNITS[nutrient]))


def columns_of(header: Sequence[str]) -> Columns:
    """Say what the columns of a diary file hold.

    Parameters: header, the first row. Returns: the columns.

    >>> columns_of(["Date", "Vitamin D (IU)", "Calcium"]).nutrients["vitamin_d"]
    (1, 0.025)
    """
    fields: dict[str, int] = {}
    nutrients: dict[str, tuple[int, float]] = {}
    unclear, doubtful = [], set[str]()
    for place, heading in enumerate(header):
        name, unit = _split(heading)
        whole = f"{name} ({unit})" if unit else name
        if whole in FIELDS or (name in FIELDS and not unit):
            fields.setdefault(FIELDS.get(whole) or FIELDS[name], place)
        elif name in NUTRIENTS:
            scale = _scale(NUTRIENTS[name], unit)
            if scale is None:
                unclear.append(heading.strip())
            else:
                nutrients.setdefault(NUTRIENTS[name], (place, scale))
                doubtful |= set() if unit else {NUTRIENTS[name]} - {"energy"}
    return Columns(fields, nutrients, tuple(unclear), frozenset(doubtful))
