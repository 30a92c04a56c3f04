"""What a diary says about the states: a shift of their odds by how likely the usual intake is a low one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from twitchwise.assess.parameters import Array, Parameters
from twitchwise.diet.references import eater_of, references
from twitchwise.diet.types import LEAST_COVERAGE, QUANTILES, DietReading, NutrientIntake
from twitchwise.evidence import Evidence
from twitchwise.evidence.intake_types import IntakeEffect
from twitchwise.foods.nutrients import shown
from twitchwise.observe.types import Observations

ADULT = 18.0  # years


@dataclass(frozen=True, slots=True)
class IntakeShift:
    """One nutrient of a diary as evidence on one state."""

    effect: IntakeEffect
    low: float  # chance that the usual intake is below the cut
    text: str


def chance_below(usual: Sequence[float], cut: float) -> float:
    """Return the chance that a usual intake is below a cut.

    Parameters: usual, its 5th, 25th, 50th, 75th and 95th percentile; cut, in the same unit. Returns: 0..1, read off
    straight lines between the percentiles on a normal and logarithmic scale, and beyond them.

    >>> chance_below((50, 80, 100, 125, 200), 100)
    0.5
    """
    normal = NormalDist()
    x = [math.log(max(v, 1e-6)) for v in usual]
    z = [normal.inv_cdf(level) for level in QUANTILES]
    at = math.log(max(cut, 1e-6))
    n = min(max(sum(v < at for v in x) - 1, 0), len(x) - 2)
    width = max(x[n + 1] - x[n], 1e-9)
    return normal.cdf(z[n] + (at - x[n]) * (z[n + 1] - z[n]) / width)


def intake_shifts(diet: DietReading | None, obs: Observations, evidence: Evidence) -> tuple[IntakeShift, ...]:
    """Return what a diary says about the states.

    Parameters: diet, the reading or None; obs, for age and sex; evidence. Returns: one shift for each effect whose
    nutrient is covered.
    """
    if diet is None or (obs.age is not None and obs.age < ADULT):
        return ()  # the effects were measured in adults
    found = []
    for effect in evidence.intake_effects.values():
        intake = diet.intakes.get(effect.nutrient)
        cut = _cut(effect, obs, evidence)
        if intake is None or cut is None or intake.coverage < LEAST_COVERAGE or not math.isfinite(intake.mean):
            continue
        found.append(IntakeShift(effect, chance_below(intake.usual, cut), _text(intake, effect)))
    return tuple(found)


def _cut(effect: IntakeEffect, obs: Observations, evidence: Evidence) -> float | None:
    """The effects were measured against the US requirement, whichever values the person wants to see."""
    if effect.cut is not None:
        return effect.cut.value
    needs = [r.average for r in references(effect.nutrient, eater_of(obs), "US", evidence) if r.average]
    return sum(needs) / len(needs) if needs else None


def _text(intake: NutrientIntake, effect: IntakeEffect) -> str:
    return f"{effect.name} in the diet: about {shown(intake.usual[2], effect.nutrient)} a day"


def log_odds(shift: IntakeShift, parameters: Parameters) -> Array:
    """Return the log-odds that a diary adds to a state.

    Parameters: shift; parameters. Returns: (1 + draws,); zero when the diary leaves the chance of a low intake where
    it is in the community, so that a diary that says nothing moves nothing.
    """
    name = f"intake.{shift.effect.id}"
    ratio = parameters.ratio(name, shift.effect.ratio) - 1.0
    share = parameters.chance(f"{name}.share", shift.effect.share)
    return np.asarray(np.log((1.0 + shift.low * ratio) / (1.0 + share * ratio)))


def joined(pattern: Array, intake: Array) -> Array:
    """Join what the diet pattern and the diary add: they tell of the same plate and must not count twice.

    Parameters: pattern, intake, log-odds. Returns: where both point one way the stronger one, else their sum.

    >>> joined(np.array([1.0, 1.0]), np.array([2.0, -0.5])).tolist()
    [2.0, 0.5]
    """
    same = pattern * intake > 0
    stronger = np.where(np.abs(pattern) > np.abs(intake), pattern, intake)
    return np.where(same, stronger, pattern + intake)
