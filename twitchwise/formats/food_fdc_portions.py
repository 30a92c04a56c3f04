"""Household portions of FoodData Central: each kind of table writes them in its own way."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from twitchwise.foods.types import Portion
from twitchwise.formats.food_rows import Quirks, clean, portion, rows
from twitchwise.formats.food_zip import Parts

MEASURES, UNITS = "food_portion.csv", "measure_unit.csv"
NO_UNIT = {"9999", "", "undetermined"}  # SR Legacy and FNDDS: the words stand in another column
UNSAID = "quantity not specified"  # FNDDS: what a person ate who could not say how much


def measure_words(unit: str, description: str, modifier: str) -> tuple[str, str]:
    """Put the name of a portion together.

    Parameters: unit, its name, "" if undetermined; description, FNDDS's words ("1 cup"); modifier, SR Legacy's words,
    or FNDDS's code. Returns: the name, and the amount that its words begin with ("" if none).

    >>> measure_words("", "1 fl oz (no ice)", "30001")
    ('fl oz (no ice)', '1')
    >>> measure_words("cup", "", "chopped")
    ('cup, chopped', '')
    >>> measure_words("", "Quantity not specified", "90000")
    ('usual amount', '')
    """
    description = clean(description)
    if description.lower() == UNSAID:
        return "usual amount", ""
    amount = ""
    if begins := re.match(r"(\d+(?:\.\d+)?)\s+(?=[^\d\s/])", description):
        amount, description = begins[1], description[begins.end() :]
    extra = "" if description and modifier.strip().isdigit() else clean(modifier)
    return ", ".join(word for word in (unit, description, extra) if word), amount


def read_measures(parts: Parts, ids: Collection[str], quirks: Quirks) -> Mapping[str, tuple[Portion, ...]]:
    """Read the portions of the foods wanted.

    Parameters: parts; ids, of the foods; quirks, to count in. Returns: portions by food, FNDDS's usual amount first.
    """
    if MEASURES not in parts:
        return {}
    units: dict[str, str] = {}
    for key, name in rows(parts, UNITS, ("id", "name"), (), Quirks()) if UNITS in parts else ():
        units[key] = clean(name).lower()
    wanted = set(ids)
    found: dict[str, dict[str, Portion]] = {}
    maybe = ("amount", "measure_unit_id", "portion_description", "modifier")
    for key, grams, amount, unit, description, modifier in rows(
        parts, MEASURES, ("fdc_id", "gram_weight"), maybe, quirks
    ):
        if key not in wanted:
            continue
        plain = "" if unit in NO_UNIT else units.get(unit, "")
        name, begins = measure_words("" if plain in NO_UNIT else plain, description, modifier)
        made = portion(name, amount or begins, grams, quirks)
        if made is not None:
            found.setdefault(key, {}).setdefault(made.name, made)
    return {key: tuple(sorted(named.values(), key=lambda p: p.name != "usual amount")) for key, named in found.items()}
