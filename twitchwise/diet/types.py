"""What diet.py hands on: foods eaten, intakes with coverage, adequacy against reference values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twitchwise.evidence.types import Cite
from twitchwise.foods.types import Array, Food
from twitchwise.observe.types import Issue
from twitchwise.record.types import DiaryLine

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)  # of a usual intake
LEAST_COVERAGE = 0.3  # below this a diary says next to nothing of a nutrient: the figures would be other people's
Sure = Literal["exact", "usual", "guess", "given", "none"]
Body = Literal["US", "EU", "UK"]
Kind = Literal["EAR", "AI", "range", "none"]
Verdict = Literal["likely_enough", "may_be_low", "likely_low", "cannot_say", "over_limit"]


@dataclass(frozen=True, slots=True)
class Eaten:
    """A food of one diary line, with its weight and what that brings; a line can hold several foods.

    `sure`: exact = grams or millilitres were written; usual = a household measure; guess = no amount was written;
    given = the file itself gave the nutrients; none = the food was not found (all amounts unknown).
    """

    line: DiaryLine
    said: str  # the part of the line that this food is
    food: Food | None
    table: str  # name of the food's table, "" when none
    grams: float  # NaN when unknown
    low: float  # grams, 90 % interval
    high: float
    sure: Sure
    amounts: Array  # (nutrients,) in the units of foods.UNITS, for the whole amount eaten; NaN = unknown
    matched: str = ""  # the name or synonym that the words were matched with
    score: float = 0.0  # of the match, 0..100
    why: str = ""  # how the grams came about, in plain words: "2 slices of 36 g"
    supplement: bool = False
    nearest: tuple[str, ...] = ()  # ids to try when not found or not sure


@dataclass(frozen=True, slots=True)
class Share:
    """What one food brings of a nutrient."""

    food: str  # the food's name, or the line's words
    per_day: float
    share: float  # of the known intake, 0..1


@dataclass(frozen=True, slots=True)
class NutrientIntake:
    """One nutrient over the diary, per day, food and supplements together unless it says otherwise."""

    nutrient: str
    unit: str
    mean: float  # of the known part
    food: float
    supplements: float
    days: tuple[float, ...]  # each day's known total
    coverage: float  # share of what was eaten (by energy, by grams for water and caffeine) whose value is known
    within_sd: float  # day to day, on the scale of `mean`; from the diary where it has days enough, else published
    between_sd: float  # between people, published
    usual: tuple[float, float, float, float, float]  # 5th 25th 50th 75th 95th percentile of the usual daily intake
    sources: tuple[Share, ...] = ()
    basis: Literal["diary", "screen"] = "diary"


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with its interval."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class UpperCheck:
    """A daily upper limit, in its own scope, beside what the diary counts in that scope."""

    limit: float
    unit: str
    scope: str  # "supplements", "total", "synthetic", "added_salts"
    counted: float  # per day, in that scope
    over: bool
    cite: Cite


@dataclass(frozen=True, slots=True)
class Adequacy:
    """One nutrient against the reference values of one body."""

    nutrient: str
    body: Body
    kind: Kind
    requirement: float | None  # EAR or average requirement, per day
    target: float | None  # RDA, PRI, RNI or AI, per day
    target_name: str  # "RDA", "AI", "PRI", "RNI" ...
    inadequacy: Chance | None  # None where it cannot be said from intake
    verdict: Verdict
    why: str  # plain words: why it cannot be said, or how it was worked out
    cites: tuple[Cite, ...] = ()
    uppers: tuple[UpperCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class DietReading:
    """All that the diet says: what was eaten, how much came of it, against what it was held."""

    body: Body
    days: tuple[str, ...]  # the days of the diary in order; () for a screen
    eaten: tuple[Eaten, ...]
    intakes: Mapping[str, NutrientIntake]
    adequacies: Mapping[str, Adequacy]
    issues: tuple[Issue, ...] = ()
    notes: tuple[str, ...] = ()
    basis: Literal["diary", "screen"] = "diary"
    plain_days: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # day -> nutrient -> known total
