"""What a diary brings of each nutrient: means, coverage, sources, and the usual intake behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from twitchwise.diet.references import Eater
from twitchwise.diet.types import QUANTILES, Eaten, NutrientIntake, Share
from twitchwise.diet.usual import average_of, model_of, usual
from twitchwise.evidence import Evidence
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS, UNITS
from twitchwise.foods.types import Array

DRAWS, FEWEST, CELLS, SEED = 1000, 200, 4_000_000, 20_171_018  # a diary of years gets fewer draws
EVERY_DAY = "every day"  # the day of a product that is taken daily
BY_WEIGHT = frozenset(("water", "caffeine", "sodium"))  # what is drunk and salted has little to do with energy
TOP = 8
Mask = npt.NDArray[np.bool_]
REST = "all other foods"
INTERVAL = 2 * 1.645  # standard deviations between the ends of a 90 % interval
KCAL_PER_GRAM, GRAMS = 1.0, 100.0  # of a food of which nothing at all is known, our estimate
LITTLE = 0.01  # a coverage below this is none
# the most that a product with an unknown label brings, in days of food, our estimate: tablets hold little of the salts
MOST_HIDDEN = {"magnesium": 0.4, "calcium": 0.3, "phosphorus": 0.1, "potassium": 0.05, "sodium": 0.02}


@dataclass(frozen=True, slots=True)
class Plate:
    """The diary as arrays: one row a food eaten, products that are taken daily apart."""

    days: int
    names: tuple[str, ...]
    day: npt.NDArray[np.int64]  # (foods,) place of the day
    amounts: Array  # (foods, nutrients), NaN = unknown
    energy: Array  # (foods,) kcal, guessed where unknown
    grams: Array  # (foods,) guessed where unknown
    supplement: Mask  # (foods,)
    drawn: Array  # (draws, days, nutrients): totals of the known food, with grams as they may have been
    daily: tuple[tuple[str, Array], ...] = ()  # products taken every day: name, (nutrients,)


def days_of(eaten: Sequence[Eaten]) -> tuple[str, ...]:
    """Return the days of a diary in the order in which they come; foods without a day make one day of their own.

    Parameters: eaten. Returns: the days; () for nothing.
    """
    return tuple(dict.fromkeys(one.line.day for one in eaten if not one.supplement)) or tuple(
        dict.fromkeys(one.line.day for one in eaten)
    )


def plate_of(eaten: Sequence[Eaten], days: Sequence[str]) -> Plate:
    """Lay a diary out as arrays.

    A product without a day is taken every day; one on a day without food counts on the last day. Parameters: eaten;
    days, in order. Returns: the plate.
    """
    place = {name: number for number, name in enumerate(days)}
    daily = [one for one in eaten if _daily(one, place)]
    foods = [one for one in eaten if not _daily(one, place) and (one.supplement or one.line.day in place)]
    amounts = np.array([one.amounts for one in foods]).reshape(len(foods), len(NUTRIENTS))
    energy, grams = _guessed(amounts[:, COLUMN["energy"]], np.array([one.grams for one in foods], dtype=np.float64))
    day = np.array([place.get(one.line.day, len(days) - 1) for one in foods], dtype=np.int64)
    supplement = np.array([one.supplement for one in foods], dtype=bool)
    known = np.where(supplement[:, None], 0.0, np.nan_to_num(amounts))
    return Plate(
        max(1, len(days)),
        tuple(_name(one) for one in foods),
        day,
        amounts,
        energy,
        grams,
        supplement,
        _drawn(known, day, _factors(foods), max(1, len(days))),
        tuple((one.said, one.amounts) for one in daily),
    )


def _name(one: Eaten) -> str:
    """Name a food for a list of sources; a diary program's summary is a meal or a whole day."""
    return one.food.name if one.food is not None else one.said or one.line.meal or "the whole day"


def _daily(one: Eaten, place: Mapping[str, int]) -> bool:
    return one.supplement and one.line.day in ("", EVERY_DAY) and one.line.day not in place


def _guessed(energy: Array, grams: Array) -> tuple[Array, Array]:
    """Fill unknown energy and grams from the rest of the diary, for the weight that they have in the coverage."""
    both = ~np.isnan(energy) & ~np.isnan(grams)
    dense = float(energy[both].sum() / grams[both].sum()) if both.any() and grams[both].sum() > 0 else KCAL_PER_GRAM
    usual_grams = float(np.nanmedian(grams)) if (~np.isnan(grams)).any() else GRAMS
    by_energy = energy / dense if dense > 0 else np.full_like(energy, usual_grams)
    filled = np.where(np.isnan(grams), np.where(np.isnan(energy), usual_grams, by_energy), grams)
    return np.where(np.isnan(energy), filled * dense, energy), filled


def _factors(foods: Sequence[Eaten]) -> Array:
    """Draw by how much each food's grams may be off, independent of the others; the mean factor is 1."""
    ends = np.array([(one.low, one.grams, one.high) for one in foods], dtype=np.float64).reshape(len(foods), 3)
    low, middle, high = np.where(ends > 0, ends, np.nan).T
    spread = np.nan_to_num(np.log(high / np.where(np.isnan(low), middle**2 / high, low)) / INTERVAL)
    count = int(np.clip(CELLS // max(1, len(foods)), FEWEST, DRAWS))
    draws = np.random.default_rng(SEED).standard_normal((len(foods), count)).T  # one more food leaves the others' draws
    return np.asarray(np.exp(draws * spread - spread**2 / 2))


def _by_day(plate: Plate, values: Array, some: Mask) -> Array:
    return np.bincount(plate.day[some], weights=values[some], minlength=plate.days).astype(np.float64)


def _sources(plate: Plate, known: Array, daily: Sequence[tuple[str, float]]) -> tuple[Share, ...]:
    """Add up by food; the largest first, the rest as one."""
    found: dict[str, float] = {}
    for name, amount in zip(plate.names, known / plate.days, strict=True):
        found[name] = found.get(name, 0.0) + float(amount)
    for name, amount in daily:
        found[name] = found.get(name, 0.0) + amount
    whole = sum(found.values())
    ordered = sorted(((n, a) for n, a in found.items() if a > 0), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(amount for _, amount in ordered[TOP:])
    kept = [*ordered[:TOP], *([(REST, rest)] if rest > 0 else [])]
    return tuple(Share(name, amount, amount / whole) for name, amount in kept)


def _coverage(plate: Plate, nutrient: str, unknown: Mask) -> float:
    weight = np.where(plate.supplement, 0.0, plate.grams if nutrient in BY_WEIGHT else plate.energy)
    if weight.sum() <= 0:
        weight = np.where(plate.supplement, 0.0, 1.0)
    return float(1.0 - weight[unknown].sum() / weight.sum()) if weight.sum() > 0 else 0.0


def _drawn(known: Array, day: npt.NDArray[np.int64], factors: Array, days: int) -> Array:
    """Add up the known food of each day, with grams off by their factors."""
    drawn = np.zeros((len(factors), days, len(NUTRIENTS)))
    for number in range(days):
        some = np.flatnonzero(day == number)
        drawn[:, number] = factors[:, some] @ known[some]
    return drawn


def nutrient_intake(nutrient: str, plate: Plate, evidence: Evidence, eater: Eater) -> NutrientIntake:
    """Work out one nutrient.

    Parameters: nutrient; plate; evidence; eater. Returns: the intake.
    """
    column = plate.amounts[:, COLUMN[nutrient]]
    unknown, known = np.isnan(column), np.nan_to_num(column)
    everyday = [(name, float(np.nan_to_num(amounts[COLUMN[nutrient]]))) for name, amounts in plate.daily]
    steady = sum(amount for _, amount in everyday)
    food, taken = _by_day(plate, known, ~plate.supplement), _by_day(plate, known, plate.supplement) + steady
    coverage = _coverage(plate, nutrient, unknown)
    missing = _by_day(plate, plate.energy, unknown & ~plate.supplement)
    base = NutrientIntake(
        nutrient,
        UNITS[nutrient],
        float((food + taken).mean()),
        float(food.mean()),
        float(taken.mean()),
        tuple((food + taken).tolist()),
        coverage,
        0.0,
        0.0,
        (0.0, 0.0, 0.0, 0.0, 0.0),
        _sources(plate, known, everyday),
    )
    return _with_usual(base, food, missing, plate, (evidence, eater))


def _with_usual(
    base: NutrientIntake, food: Array, missing: Array, plate: Plate, among: tuple[Evidence, Eater]
) -> NutrientIntake:
    mine, energy = (model_of(name, among[1], among[0]) for name in (base.nutrient, "energy"))
    if mine is None or energy is None:  # no survey holds it: the days themselves, with no say on other people
        spread = float(np.std(food, ddof=1)) if len(food) > 1 else 0.0
        return replace(base, within_sd=spread, usual=_five(np.array(base.days), 0.0))
    model, draws = mine[0], len(plate.drawn)
    # what is not known of the food: anything from nothing to what the same energy of average food brings
    most = missing * average_of(model) / average_of(energy[0])
    part = np.random.default_rng(SEED + 1).uniform(0.0, 1.0, (draws, 1))
    days = plate.drawn[:, :, COLUMN[base.nutrient]] + part * most
    found = usual(days, food, model, base.coverage > LITTLE, mine[1])
    # half the time such a product brings nothing of it, else anything up to the most
    brought = np.maximum(np.random.default_rng(SEED + 2).uniform(-1.0, 1.0, draws), 0.0)
    hidden = brought * _hidden(plate, base.nutrient) * MOST_HIDDEN.get(base.nutrient, 1.0) * average_of(model)
    five = _five(found.draws + hidden, base.supplements)
    return replace(base, within_sd=found.within_sd, between_sd=found.between_sd, usual=five)


def _hidden(plate: Plate, nutrient: str) -> float:
    """Count the products a day that bring an amount of a nutrient that is not known."""
    column = COLUMN[nutrient]
    daily = sum(bool(np.isnan(amounts[column])) for _, amounts in plate.daily)
    return daily + float(np.isnan(plate.amounts[plate.supplement, column]).sum()) / plate.days


def _five(draws: Array, more: float) -> tuple[float, float, float, float, float]:
    low, lower, middle, higher, high = (float(value) for value in np.quantile(draws, QUANTILES) + more)
    return low, lower, middle, higher, high


def intakes(
    eaten: Sequence[Eaten], days: Sequence[str], evidence: Evidence, eater: Eater | None = None
) -> Mapping[str, NutrientIntake]:
    """Work out every nutrient of a diary.

    Parameters: eaten, foods and products; days, of the diary in order; evidence; eater, an adult when not given.
    Returns: nutrient -> intake; nothing for an empty diary.
    """
    if not eaten or not days:
        return {}
    plate = plate_of(eaten, days)
    return {name: nutrient_intake(name, plate, evidence, eater or Eater()) for name in NUTRIENTS}
