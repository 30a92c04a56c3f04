"""Groups of people: the usual intake behind a few days each, and the share whose usual intake is below a value.

Daily intakes are made symmetric by a power (Box-Cox). On that scale a day is the person's own level plus the day's
deviation, both normal. Going back, the mean over the days is taken, not the power of the mean: that is the amount-only
part of the National Cancer Institute's method. `adjusted` is the older way of the National Research Council (1986).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from twitchwise.foods.types import Array

LEAST_POWER = 0.1  # a smaller one would send a day without any to minus infinity
POWERS = tuple(round(LEAST_POWER + 0.05 * step, 2) for step in range(19))
POINTS = 15  # of the quadrature: exact for all but the last digits


def transformed(amounts: npt.ArrayLike, power: float) -> Array:
    """Bring amounts on the symmetric scale.

    Parameters: amounts, none below 0 (any shape); power, above 0. Returns: ((x ^ power) - 1) / power.

    >>> float(transformed(4.0, 0.5))
    2.0
    """
    return np.asarray((np.power(np.maximum(amounts, 0.0), power) - 1.0) / power, dtype=np.float64)


def restored(levels: npt.ArrayLike, power: float) -> Array:
    """Bring levels of the symmetric scale back to amounts; below the level of nothing stays nothing.

    Parameters: levels (any shape); power. Returns: the amounts.

    >>> float(restored(2.0, 0.5))
    4.0
    """
    return np.asarray(np.power(np.maximum(np.asarray(levels) * power + 1.0, 0.0), 1.0 / power), dtype=np.float64)


@cache
def quadrature() -> tuple[Array, Array]:
    """Return points and weights that turn a mean over a standard normal into a sum.

    Returns: points and weights, each (POINTS,), the weights adding up to 1.
    """
    points, weights = np.polynomial.hermite_e.hermegauss(POINTS)
    return points, weights / weights.sum()


def usual_of(levels: npt.ArrayLike, power: float, within: float) -> Array:
    """Return the usual intake of people at these levels: the mean over their days, not the power of the mean.

    Parameters: levels, of persons (any shape); power; within, SD from day to day on that scale. Returns: amounts.

    >>> bool(usual_of(2.0, 0.5, 1.0) > restored(2.0, 0.5))
    True
    """
    points, weights = quadrature()
    return np.asarray(restored(np.asarray(levels)[..., None] + within * points, power) @ weights)


def mean_of(values: Array, weights: Array) -> float:
    """Return a weighted mean that leaves unknown values out.

    Parameters: values, NaN = unknown, and their survey weights, same shape. Returns: the mean, NaN where all unknown.

    >>> mean_of(np.array([1.0, 3.0, np.nan]), np.array([1.0, 3.0, 9.0]))
    2.5
    """
    good = ~np.isnan(values)
    return float(np.average(values[good], weights=weights[good])) if weights[good].sum() > 0 else float("nan")


def _skew(values: Array, weights: Array) -> float:
    apart = values - mean_of(values, weights)
    return mean_of(apart**3, weights) / float(max(mean_of(apart**2, weights), 1e-30) ** 1.5)


def best_power(amounts: Array, weights: Array) -> float:
    """Return the power that makes amounts most symmetric.

    Parameters: amounts of one day (people,), NaN = unknown; survey weights. Returns: one of POWERS.

    >>> best_power(np.exp(np.linspace(-2, 2, 101)) ** 2, np.ones(101))
    0.1
    """
    return min(POWERS, key=lambda power: abs(_skew(transformed(amounts, power), weights)))


@dataclass(frozen=True, slots=True)
class UsualModel:
    """A group's usual intakes: normal on the scale of `power`, with the days' deviations apart."""

    power: float
    mean: float
    within: float
    between: float

    def quantile(self, share: npt.ArrayLike) -> Array:
        """Return quantiles of usual intake.

        Parameters: share, 0..1. Returns: amounts.
        """
        z = np.vectorize(NormalDist().inv_cdf)(np.asarray(share, dtype=np.float64))
        return usual_of(self.mean + self.between * z, self.power, self.within)

    def share_below(self, cut: float) -> float:
        """Return the share of the group whose usual intake is below a value: the cut-point method.

        Parameters: cut, in the unit of the amounts, for example an average requirement. Returns: 0..1.
        """
        low, high = self.mean - 8 * self.between, self.mean + 8 * self.between
        for _ in range(60):  # usual intake grows with the level: halve until the level of the cut is found
            middle = (low + high) / 2
            below = float(usual_of(middle, self.power, self.within)) < cut
            low, high = (middle, high) if below else (low, middle)
        return NormalDist().cdf((low - self.mean) / self.between) if self.between > 0 else float(low < self.mean)


def spreads(levels: Array, weights: Array) -> tuple[float, float, float]:
    """Part the variance of repeated days into between people and within them.

    Parameters: levels (people, days), NaN where a day is missing; weights (people,). Returns: mean, SD within, SD
    between (0 where the days vary as much as people do). Raises: ValueError when nobody has two days.
    """
    count = (~np.isnan(levels)).sum(axis=1)
    kept, weights, count = levels[count > 0], weights[count > 0], count[count > 0]
    own = np.nanmean(kept, axis=1)
    free = float(weights @ (count - 1))
    if free <= 0:
        raise ValueError("two days of at least one person are needed to tell days from people")
    within = float(weights @ np.nansum((kept - own[:, None]) ** 2, axis=1)) / free
    mean = float(np.average(own, weights=weights))
    of_means = float(np.average((own - mean) ** 2, weights=weights))
    between = of_means - within * float(np.average(1.0 / count, weights=weights))
    return mean, float(np.sqrt(within)), float(np.sqrt(max(between, 0.0)))


def like_the_first(levels: Array, weights: Array) -> Array:
    """Move every later day by a constant so that its mean is that of the first: people report less the second time.

    Parameters: levels (people, days); weights (people,). Returns: the moved levels.
    """
    both = ~np.isnan(levels).any(axis=1)
    if not both.any():
        return levels
    means = np.average(levels[both], axis=0, weights=weights[both])
    return np.asarray(levels - means + means[0])


def fit(amounts: Array, weights: Array, power: float | None = None) -> UsualModel:
    """Fit the usual-intake model to a group.

    Parameters: amounts (people, days), NaN where a day is missing; weights (people,); power, found when not given.
    Returns: the model. Raises: ValueError when nobody has two days.
    """
    power = best_power(amounts[:, 0], weights) if power is None else power
    mean, within, between = spreads(like_the_first(transformed(amounts, power), weights), weights)
    return UsualModel(power, mean, within, between)


def adjusted(amounts: Array, weights: Array) -> Array:
    """Draw each person's mean towards the group's by the share of the variance that is not between people.

    Parameters: amounts (people, days), roughly normal; weights (people,). Returns: (people,) adjusted usual intakes.

    >>> adjusted(np.array([[8.0, 12.0], [18.0, 22.0]]), np.ones(2)).round(2).tolist()
    [10.42, 19.58]
    """
    own = np.nanmean(amounts, axis=1)
    mean, _, between = spreads(amounts, weights)
    seen = float(np.sqrt(np.average((own - mean) ** 2, weights=weights)))
    return np.asarray(mean + (own - mean) * (between / seen if seen > 0 else 0.0))


def share_below(usual: Array, cut: npt.ArrayLike, weights: Array) -> float:
    """Return the weighted share of people whose usual intake is below their value.

    Parameters: usual (people,); cut, one value or (people,); weights (people,). Returns: 0..1.

    >>> share_below(np.array([1.0, 2.0, 4.0]), 3.0, np.array([1.0, 1.0, 2.0]))
    0.5
    """
    return float(np.average(usual < np.asarray(cut), weights=weights))
