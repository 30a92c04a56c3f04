"""What people put on or into another food, and how often: butter on each slice, milk in each cup."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from twitchwise.diet.amounts import Amount, measure
from twitchwise.diet.match import thing
from twitchwise.diet.measures import Weight, is_called, measured, name_marks, phrase, portions_of, whole_piece
from twitchwise.evidence import load_evidence
from twitchwise.evidence.food_types import Addition
from twitchwise.foods.types import Food

MILKY = (
    "latte",
    "cappuccino",
    "flat white",
    "hot chocolate",
    "mocha",
    "macchiato",
    "cortado",
    "milkshake",
    "coffee with milk",
    "tea with milk",
)
NO_MILK = ("chocolate", "milkshake", "coffee", "tea")


def addition_for(food: Food, base: Food) -> Addition | None:
    """Find how much of a food people put on or into another.

    Parameters: food, what is added; base, to what. Returns: the rule, or None.
    """
    if "dish" in food.tags:
        return None
    rules = (
        r for r in load_evidence().additions.values() if is_called(base, r.to) and is_called(food, r.adds, r.without)
    )
    head = phrase(re.split(r"[,(]| with | and | in | on ", food.name)[0]) | {thing(food.name)}
    return next((r for r in rules if any(phrase(n) & head and phrase(n) <= name_marks(food) for n in r.adds)), None)


def added(rule: Addition, pieces: float) -> Weight:
    """Weigh what is put on or into another food when no amount is written.

    Parameters: rule; pieces, of the other food. Returns: the weight.
    """
    number = pieces if rule.each else 1.0
    grams = rule.amount.value * number
    low, high = rule.amount.low * number, rule.amount.high * number
    return Weight(grams, low, high, "guess", f"{number:g} x {rule.amount.value:g} g, as people usually add")


def cups_of(amounts: Sequence[Amount]) -> float:
    """Say how many cups or pieces some amounts are; 1 where they say no number of them.

    Parameters: amounts. Returns: the number, at least 1.

    >>> cups_of([Amount(3.0, 3.0, "mug")]), cups_of([Amount(200.0, 200.0, "millilitre")])
    (3.0, 1.0)
    """
    counted = [a.number for a in amounts if not a.unit or measure(a.unit).kind in ("vessel", "piece")]
    return max(1.0, math.prod(counted))


def times(weight: Weight, number: float) -> Weight:
    """Take a weight several times.

    Parameters: weight; number. Returns: the weight of all.
    """
    why = f"{number:g} times {weight.why}" if number != 1 else weight.why
    return Weight(weight.grams * number, weight.low * number, weight.high * number, weight.sure, why)


def names_portion(food: Food, words: str) -> bool:
    """Say whether words are the name of a portion of a food: the biscuits of shredded wheat.

    Parameters: food; words. Returns: True or False.
    """
    said = phrase(words)
    return bool(said) and any(said == phrase(k.word or k.unit) for k in portions_of(food))


def says_portion(food: Food, words: str) -> bool:
    """Say whether words hold the name of a portion that is no part of the food's own name: "cheese triangle".

    Parameters: food; words. Returns: True or False.
    """
    said = phrase(words) - name_marks(food)
    return any(bool(p := phrase(k.word or k.unit)) and p <= said for k in portions_of(food) if k.number == 1)


def made_with_milk(food: Food) -> bool:
    """Say whether a drink has its milk already: the milk of "latte with skimmed milk" is the latte's own.

    Parameters: food. Returns: True or False.
    """
    return is_called(food, MILKY)


def pieces_of(food: Food, grams: float, words: str) -> float:
    """Say how many pieces of bread and the like some grams are.

    Parameters: food; grams; words, of the line. Returns: at least half a piece.
    """
    if "dish" in food.tags:
        return 1.0
    piece = measured(food, "slice", "") or whole_piece(food, "", words)
    return max(0.5, round(2 * grams / piece.grams) / 2) if piece.grams else 1.0
