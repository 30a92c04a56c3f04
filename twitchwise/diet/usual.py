"""A person's usual intake behind a few days: drawn towards people of the same age and sex, less with every day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from twitchwise.diet.groups import UsualModel, quadrature, restored, transformed, usual_of
from twitchwise.diet.references import Eater
from twitchwise.evidence import Evidence
from twitchwise.evidence.reference_types import Variation, VariationGroup
from twitchwise.foods.types import Array

OWN_DAYS = 4  # from here on the diary's own variation counts
PUBLISHED_DAYS = 3  # as many days more as the published variation then weighs
ALONE = 10.0  # times the variation between people: so wide that the diary alone counts
SEED = 1986


def group_of(variation: Variation, eater: Eater) -> tuple[VariationGroup, bool]:
    """Return the people that a person is like.

    Parameters: variation of a nutrient; eater. Returns: the narrowest group of that age and sex, both sexes together
    where the sex is unknown; and False when it is only the nearest: nobody of that age was seen, or nobody differed.
    """
    useful = [g for g in variation.groups if g.between > 0]
    of_age = [g for g in useful if g.age_from <= eater.years < g.age_to]
    fits = [g for g in of_age if g.sex in ("", eater.sex)]
    if of_age and not fits:
        middle = float(np.mean([g.mean for g in of_age]))
        fits = [replace(of_age[0], mean=middle)]
    if not fits:
        return min(useful, key=lambda g: abs(g.age_from - eater.years)), False
    if eater.age is None:
        return max(fits, key=lambda g: (g.sex == eater.sex, g.age_to - g.age_from)), True
    return min(fits, key=lambda g: (g.sex != eater.sex, g.age_to - g.age_from)), True


def model_of(nutrient: str, eater: Eater, evidence: Evidence) -> tuple[UsualModel, bool] | None:
    """Return the usual-intake model of people like this one.

    Parameters: nutrient; eater; evidence. Returns: the model, and whether it is of such people (see `group_of`); None
    for a nutrient that the survey does not hold.
    """
    variation = evidence.variation.get(nutrient)
    if variation is None:
        return None
    group, alike = group_of(variation, eater)
    return UsualModel(variation.power, group.mean, group.within, group.between), alike


def average_of(model: UsualModel) -> float:
    """Return the mean daily intake of a group.

    Parameters: model. Returns: the amount a day.
    """
    return float(usual_of(model.mean, model.power, float(np.hypot(model.within, model.between))))


@dataclass(frozen=True, slots=True)
class Usual:
    """A person's usual intake: draws of it, and the two variations on the scale of the amounts."""

    draws: Array
    within_sd: float
    between_sd: float


def usual(days: Array, nominal: Array, model: UsualModel, seen: bool, alike: bool) -> Usual:
    """Draw a person's usual intake from food.

    Parameters: days (draws, days), totals with their uncertain grams and unknown parts; nominal (days,), as written;
    model, of people like this one; seen, False when nothing of the diary is known; alike, False when the model is of
    other people, so that the diary alone counts. Returns: the draws.
    """
    count = days.shape[1] if seen else 0
    within, between = model.within, model.between * (1.0 if alike or not seen else ALONE)
    if count >= OWN_DAYS:
        own = float(np.var(transformed(nominal, model.power), ddof=1))
        within = float(np.sqrt((PUBLISHED_DAYS * within**2 + (count - 1) * own) / (PUBLISHED_DAYS + count - 1)))
    weight = count * between**2 / (count * between**2 + within**2)
    own_level = transformed(days, model.power).mean(axis=1) if count else np.zeros(len(days))
    centre = model.mean + weight * (own_level - model.mean)
    noise = np.random.default_rng(SEED).standard_normal(len(centre))
    levels = centre + between * np.sqrt(1.0 - weight) * noise
    points, weights = quadrature()
    spread = restored(float(np.median(centre)) + within * points, model.power)
    people = usual_of(model.mean + model.between * points, model.power, model.within)
    day_sd = float(np.std(nominal, ddof=1)) if count >= OWN_DAYS else _sd(spread, weights)
    return Usual(usual_of(levels, model.power, within), day_sd, _sd(people, weights))


def _sd(values: Array, weights: Array) -> float:
    mean = float(values @ weights)
    return float(np.sqrt(((values - mean) ** 2) @ weights))
