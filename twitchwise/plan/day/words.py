"""The plan of the day in plain words: household measures first, grams behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from twitchwise.foods import Food, Portion
from twitchwise.foods.nutrients import unit_of
from twitchwise.foods.words import singular
from twitchwise.plan.day.eaten import DayFood, noun_of
from twitchwise.plan.day.roles import words_in
from twitchwise.plan.day.types import After, Change
from twitchwise.plan.supplements import amount

HONEST: Final = "This is about food, not a cure for twitching."
MOST_COUNTED = 8.0  # pieces
UNEVEN = 0.1  # of a number of portions, beyond which the sentence says "the same amount"
SIZES = frozenset("medium large small extra".split())
HEADS = re.compile(r"^(?:Beverages|Cereals ready-to-eat|Nuts|Seeds|Snacks|Alcoholic beverage), ")
LINKS = frozenset("in with and added no as without from made or type of".split())
SHORT = {"tbsp": "tablespoon", "tsp": "teaspoon", "pkg": "pack"}
NUMBERS = {0.5: "half a", 1.5: "one and a half", 2.5: "two and a half", 3.5: "three and a half"}


def plain_name(food: Food) -> str:
    """Write a food's name as in a sentence: what describes it stands before it, the rest in brackets.

    Parameters: food. Returns: the name.

    >>> from twitchwise.evidence.types import Cite
    >>> plain_name(Food("m", "milk, semi-skimmed", "", "sr28:1", Cite("usda_sr28")))
    'semi-skimmed milk'
    >>> plain_name(Food("m", "Beverages, oat drink, with added calcium", "", "sr28:1", Cite("usda_sr28")))
    'oat drink (with added calcium)'
    """
    name = HEADS.sub("", food.name)
    if name[:1].isupper() and name[1:2].islower() and food.name.count(",") > 0:
        name = name[0].lower() + name[1:]
    first, *parts = [part.strip() for part in name.split(",") if part.strip()]
    before = [part for part in parts if len(part.split()) <= 3 and not LINKS & set(part.lower().split())]
    if len(parts) > 2 or "(" in name:
        before = []
    rest = ", ".join(part for part in parts if part not in before)
    said = " ".join([*reversed(before), first])
    return f"{said} ({rest})" if rest and "(" not in rest else f"{said}, {rest}" if rest else said


def plural(noun: str) -> str:
    """Make a measure plural.

    Parameters: noun, "slice". Returns: "slices".

    >>> plural("glass"), plural("small handful"), plural("slices"), plural("medium")
    ('glasses', 'small handfuls', 'slices', 'medium')
    """
    last = noun.split()[-1] if noun.split() else ""
    if last in SIZES or last in ("half", "leaf") or (last.endswith("s") and not last.endswith("ss")):
        return noun
    return noun + ("es" if re.search(r"(?:ss|x|ch|sh)$", noun) else "s")


def household(portion: Portion, count: float, food: Food) -> str:
    """Say how much of a food in a household measure.

    Parameters: portion; count of portions; food. Returns: "2 slices of white bread".

    >>> from twitchwise.evidence.types import Cite
    >>> bread = Food("b", "white bread", "bread", "sr28:1", Cite("usda_sr28"))
    >>> household(Portion("slice", 36.0), 2.0, bread), household(Portion("slice", 36.0), 0.5, bread)
    ('2 slices of white bread', 'half a slice of white bread')
    """
    number, noun = noun_of(portion.name)
    noun = SHORT.get(noun, noun)
    total, name = round(number * count * 2.0) / 2.0, plain_name(food)
    if total <= 0 or total > MOST_COUNTED or abs(number * count - total) > 0.15 * max(total, 0.5):
        return f"about {rounded(portion.grams * count)} g of {name}"
    said = NUMBERS.get(total, f"{total:g}")
    one = noun if total <= 1 else plural(noun)
    last = singular(noun.split()[-1]) if noun.split() else ""
    left = [word for word in noun.lower().split() if singular(word) not in words_in(food.name)]
    if left and SIZES.issuperset(left):
        return f"{said} {' '.join(left)} {name}"
    if name and last == singular(name.split()[-1]) and (total > 1 or not name.endswith("s")):
        return f"{said} {name if total <= 1 else plural(name)}"
    return f"{said} {one} of {name}"


def rounded(grams: float) -> str:
    """Round grams as kitchen scales show them.

    Parameters: grams. Returns: text.

    >>> rounded(71.6), rounded(4.4)
    ('72', '4')
    """
    return f"{grams:.0f}" if grams >= 1 else f"{grams:.1f}"


def effects(change: Mapping[str, float], wanted: Sequence[After], name: Mapping[str, str]) -> str:
    """Say what a change brings of the nutrients that matter here.

    Parameters: change by nutrient; wanted, nutrients with their targets; name by nutrient. Returns: "+44 mg magnesium".
    """
    found = []
    for one in wanted:
        value = change.get(one.nutrient, 0.0)
        if abs(value) >= 0.02 * (one.target or one.limit or 1.0):
            sign = "+" if value > 0 else "-"
            found.append(f"{sign}{shown(abs(value), one.nutrient)} {name[one.nutrient]}")
    return ", ".join(found[:4])


def shown(value: float, nutrient: str) -> str:
    """Write an amount of a nutrient.

    Parameters: value; nutrient. Returns: "44 mg".

    >>> shown(44.2, "magnesium"), shown(0.25, "vitamin_b6")
    ('44 mg', '0.25 mg')
    """
    return amount(round(value, 1) if 1 <= value < 10 else value, unit_of(nutrient))


def sentence(
    kind: str, one: DayFood | None, taken: tuple[float, float], new: tuple[Food, Portion, float] | None
) -> str:
    """Write a change without its effects.

    Parameters: kind; one, the food that goes, or None; taken, portions and grams of it; new, the food that comes with
    its portion and grams, or None. Returns: the beginning of a sentence.
    """
    old = _old(one, taken) if one is not None else ""
    if new is None:
        return f"Have less: leave out {old}".rstrip(",")
    food, portion, grams = new
    count = grams / portion.grams
    if one is not None and abs(grams - taken[1]) < 0.5 and abs(count - round(count)) > UNEVEN * count:
        return f"Swap {old} for the same amount of {plain_name(food)}"
    text = f"{household(portion, count, food)} ({rounded(grams)} g)"
    if text.startswith("about "):
        text = household(portion, grams / portion.grams, food)
    return f"Swap {old} for {text}" if kind == "swap" else f"Add {text} a day"


def _old(one: DayFood, taken: tuple[float, float]) -> str:
    count, grams = taken
    text = household(one.portion, count, one.food)
    when = "" if one.share > 0.99 else ", on the days when you have it,"
    return f"{text} ({rounded(grams)} g){when}" if not text.startswith("about ") else f"{text}{when}"


def idea(change: Change) -> str:
    """Write a change without any amount, for people to whom none may be named.

    Parameters: change. Returns: a sentence.
    """
    if change.kind == "swap":
        return f"{change.to_name[:1].upper()}{change.to_name[1:]} in place of {change.from_name}."
    return f"{change.to_name[:1].upper()}{change.to_name[1:]}, now and then."
