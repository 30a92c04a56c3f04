"""Diet readings made by hand, for tests that need one without a diary."""

from __future__ import annotations

from collections.abc import Mapping

from twitchwise.diet.types import DietReading, NutrientIntake
from twitchwise.foods.nutrients import UNITS


def intake(nutrient: str, middle: float, spread: float = 1.5, coverage: float = 1.0) -> NutrientIntake:
    """An intake whose usual value is known up to a factor on either side (5th to 95th percentile)."""
    inner = spread**0.41
    usual = (middle / spread, middle / inner, middle, middle * inner, middle * spread)
    return NutrientIntake(nutrient, UNITS[nutrient], middle, middle, 0.0, (middle,), coverage, 0.0, 0.0, usual)


def reading(middles: Mapping[str, float], spread: float = 1.5, coverage: float = 1.0) -> DietReading:
    """A reading with the given middles."""
    return DietReading("US", ("day 1",), (), {n: intake(n, v, spread, coverage) for n, v in middles.items()}, {})
