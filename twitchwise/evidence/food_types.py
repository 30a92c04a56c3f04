"""Household measures of a food diary, and the short screen for people without a diary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twitchwise.evidence.types import Cited


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that people write: exact (gram, litre), a vessel or spoon, or a piece whose weight hangs on the food.

    `size` is in g for kind "mass", in ml for "volume" and "vessel"; a "piece" weighs what the food's portion says, and
    `size` in g is used where the food has none. `like` names measures whose portion may stand in.
    """

    id: str
    kind: Literal["mass", "volume", "vessel", "piece"]
    names: tuple[str, ...]
    size: Cited | None = None
    like: tuple[str, ...] = ()
    container: bool = False  # an amount written beside it is the amount in each: "2 cans (330 ml)"
    alone: bool = True  # read as a measure where no number stands before it: "handful almonds"


@dataclass(frozen=True, slots=True)
class SizeWord:
    """How much more or less than the usual a word such as "large" means."""

    id: str
    names: tuple[str, ...]
    factor: Cited
    before: tuple[str, ...] = ()  # words that mean a size only where a measure follows: "thick slice"


@dataclass(frozen=True, slots=True)
class AmountError:
    """How far the amount eaten lies from the amount written: one standard deviation of its logarithm."""

    id: Literal["weighed", "measured", "counted", "household", "guess", "blind"]
    sd: Cited


@dataclass(frozen=True, slots=True)
class Density:
    """Grams in a millilitre of the foods that are called so."""

    id: str
    foods: tuple[str, ...]  # every word of one of these stands in the food's name
    value: Cited
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoodMeasure:
    """What a measure means for some foods where the food itself has no such portion, in g (or ml for vessels)."""

    id: str
    measure: str  # id of a measure; "" = a bare number
    foods: tuple[str, ...]
    amount: Cited  # unit "g" or "ml"
    size: str = ""  # id of a size word, where the amount is of that size
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """How much people put on or into another food when no amount is written: butter on a slice, milk in tea."""

    id: str
    adds: tuple[str, ...]
    to: tuple[str, ...]
    amount: Cited  # g
    each: bool = False  # for every piece of the other food
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenFood:
    """A food that stands for a question, with its share of the portions."""

    food: str  # id of a curated food
    share: float
    grams: float  # of one portion


@dataclass(frozen=True, slots=True)
class ScreenQuestion:
    """One question of the screen: what it asks, what a portion is, and the foods that stand for it."""

    id: str
    text: str
    portion: str
    foods: tuple[ScreenFood, ...]
    spread: Cited  # standard deviation of the logarithm of what a portion brings
    usual: Cited  # portions a day where the question is not answered
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ScreenBase:
    """What the foods that the screen does not ask about bring of a nutrient in a day."""

    id: str  # the nutrient
    amount: Cited


@dataclass(frozen=True, slots=True)
class ScreenAnswer:
    """An answer that may be chosen, as portions a day."""

    id: str
    text: str
    low: float
    mean: float
    high: float
