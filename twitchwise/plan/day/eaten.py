"""The person's own day as the plan sees it: which foods, how much on the days they are eaten, in which portions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from twitchwise.diet.types import DietReading, Eaten
from twitchwise.evidence.day_types import Role
from twitchwise.evidence.load import Evidence
from twitchwise.foods import Food, Portion
from twitchwise.foods.nutrients import NUTRIENTS
from twitchwise.foods.types import Array
from twitchwise.plan.day.roles import NEVER, readers

UNIT = re.compile(
    r"\b(oz|ounces?|lb|lbs|pounds?|kg|g|grams?|ml|quantity|rda|nlea|yield|inch|cubic|fl|package|packet|bulk)\b"
)
COUNT = re.compile(r"^(\d+(?:\.\d+)?(?:/\d+)?)\s+(.*)$")
SMALL = 3.0  # g: less of a food is a trace in a dish, not something to swap
MOST_PIECES = 8.0  # beyond, a person does not count: 30 crisps are a bag
WHOLE = 0.12  # a number of portions this near a whole number is that number


@dataclass(frozen=True, slots=True)
class DayFood:
    """A food of the person's day."""

    food: Food
    role: str
    marks: frozenset[str]
    grams: float  # on a day when it is eaten
    share: float  # of the days
    per_gram: Array  # (nutrients,), NaN = unknown
    portion: Portion
    changeable: bool


def clean_portion(portion: Portion) -> Portion | None:
    """Make a table's portion fit for a sentence; None where it is a mere weight.

    Parameters: portion, "1 cup, shredded". Returns: "1 cup", or None.

    >>> clean_portion(Portion("1 cup, shredded", 113.0)).name
    '1 cup'
    >>> clean_portion(Portion("1 cup sliced", 113.0)).name, clean_portion(Portion("1 oz", 28.35))
    ('1 cup', None)
    """
    name = re.split(r"[,(;\"]|(?<=[a-z]) \d", portion.name)[0].strip()
    name = re.sub(r"\b(cups?) .*", r"\1", name)
    if not name or UNIT.search(name.lower()) or portion.grams < 1.0 or len(name) > 30:
        return None
    return Portion(name, portion.grams, portion.basis)


def usual_portion(food: Food, role: Role | None) -> Portion:
    """Return the portion in which a plan counts a food: its own, else the usual one of its role.

    Parameters: food; role, or None. Returns: a portion.

    >>> from twitchwise.evidence.types import Cite
    >>> usual_portion(Food("x", "x", "", "sr28:1", Cite("usda_sr28")), None).name
    'portion'
    """
    found = [p for p in map(clean_portion, food.portions) if p is not None]
    usual = role.grams if role is not None and role.grams else 100.0
    fitting = [p for p in found if usual / 3.0 <= p.grams <= usual * 2.5]
    if fitting:
        return fitting[0]
    return Portion(role.portion if role is not None and role.portion else "portion", usual, "elicited")


def mean_day(reading: DietReading, evidence: Evidence) -> tuple[DayFood, ...]:
    """Put the diary together to one mean day, food by food; supplements and unknown foods stay out.

    Parameters: reading, of a diary; evidence, the curated facts. Returns: foods, most energy first.
    """
    days = max(1, len(reading.days))
    found: dict[str, list[Eaten]] = {}
    for one in reading.eaten:
        if one.food is not None and not one.supplement and math.isfinite(one.grams) and one.grams > 0:
            found.setdefault(one.food.id, []).append(one)
    foods = [_day_food(lines, days, evidence) for lines in found.values()]
    return tuple(sorted(foods, key=lambda one: (-np.nan_to_num(one.per_gram[0]) * one.grams * one.share, one.food.id)))


def _day_food(lines: Sequence[Eaten], days: int, evidence: Evidence) -> DayFood:
    food = lines[0].food
    assert food is not None
    reader = readers(evidence)
    role, _ = reader.role_of(food)
    total = sum(line.grams for line in lines)
    on = min(days, max(1, len({line.line.day for line in lines})))
    marks = reader.marks_of(food, role, bool(food.tags))
    known: Mapping[str, Role] = evidence.day_roles
    portion = _portion(lines[0], food, known.get(role))
    grams = total / on
    changeable = role not in ("", NEVER, "alcohol", "dish") and grams >= SMALL
    amounts = np.sum([np.asarray(line.amounts, dtype=float) for line in lines], axis=0)
    assert amounts.shape == (len(NUTRIENTS),)
    return DayFood(food, role, marks, grams, on / days, amounts / total, portion, changeable)


def _portion(line: Eaten, food: Food, role: Role | None) -> Portion:
    """Prefer the portion that the person wrote: "2 slices of 36 g"."""
    portions = [p for p in map(clean_portion, food.portions) if p is not None]
    said = line.line.text.lower() + " " + line.said.lower() + " " + line.line.amount.lower()
    for portion in portions:
        noun = noun_of(portion.name)[1]
        written = noun and re.search(rf"\b{re.escape(noun)}(?:s|es)?\b", said)
        if written and line.grams / portion.grams <= MOST_PIECES:
            return portion
    usual = usual_portion(food, role)
    return usual if line.grams * 1.15 >= usual.grams / 2.0 else Portion("helping", line.grams, "elicited")


def noun_of(name: str) -> tuple[float, str]:
    """Take a portion's name apart into its number and its noun.

    Parameters: name, "2 slices", "a handful", "slice". Returns: number and noun.

    >>> noun_of("2 eggs"), noun_of("a small handful"), noun_of("half a fruit")
    ((2.0, 'eggs'), (1.0, 'small handful'), (0.5, 'fruit'))
    """
    name = name.strip()
    if found := COUNT.match(name):
        top, _, bottom = found[1].partition("/")
        return float(top) / float(bottom or 1), found[2]
    for start, number in (("half a ", 0.5), ("half an ", 0.5), ("a ", 1.0), ("an ", 1.0), ("one ", 1.0)):
        if name.lower().startswith(start):
            return number, name[len(start) :]
    return 1.0, name


def steps(one: DayFood) -> tuple[float, ...]:
    """Say how many portions of a food a change may take: whole ones, half a vessel, or all of it.

    Parameters: one, a food of the day. Returns: numbers of portions, the last is all of it.
    """
    total = one.grams / one.portion.grams
    if abs(total - round(total)) <= WHOLE and round(total) >= 1:
        total = float(round(total))
    whole = [float(k) for k in range(1, min(4, math.floor(total)) + 1)]
    return tuple(dict.fromkeys([*whole, min(total, 4.0) if total > 1 else total]))
