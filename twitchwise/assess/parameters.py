"""Every uncertain number of the model, with its median and its seeded draws."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from twitchwise.errors import EvidenceError
from twitchwise.evidence.types import Cited

Array = NDArray[np.float64]
SMALLEST = 1e-9
Z95 = 1.959964


class Parameters:
    """Numbers by name; lane 0 of `lanes` holds the stated values, the others one draw each."""

    def __init__(self, draws: int, seed: int = 20261122) -> None:
        self.draws = draws
        self.seed = seed
        self._chances: dict[str, Array] = {}
        self._cited: dict[str, Cited] = {}

    def _check(self, name: str, cited: Cited) -> None:
        """Two numbers under one name would silently share their draws."""
        if self._cited.setdefault(name, cited) != cited:
            raise EvidenceError(f"parameter {name!r} stands for two numbers")

    def _noise(self, name: str) -> Array:
        """Seed by name, so that adding a fact to the data does not reshuffle the draws of the others."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())]).standard_normal(self.draws)

    def chance(self, name: str, cited: Cited) -> Array:
        """Return a probability in every lane.

        Parameters: name, unique name of the number; cited, the number. Returns: (1 + draws,) probabilities,
        drawn on the
        log-odds scale with a spread on each side that meets the stated 95 % interval.
        """
        self._check(name, cited)
        if name not in self._chances:
            value, low, high = (min(max(x, SMALLEST), 1 - SMALLEST) for x in (cited.value, cited.low, cited.high))
            low = max(low, value / 50)
            self._chances[name] = _expit(self._spread(name, _logit(value), _logit(low), _logit(high)))
            if cited.value <= 0.0:
                self._chances[name] = np.zeros(1 + self.draws)
        return self._chances[name]

    def ratio(self, name: str, cited: Cited) -> Array:
        """Return a ratio in every lane, drawn on the log scale.

        Parameters: name, unique name of the number; cited, the number. Returns: (1 + draws,) positive ratios.
        """
        self._check(name, cited)
        if name not in self._chances:
            value, low, high = (max(x, 1e-6) for x in (cited.value, cited.low, cited.high))
            spread = self._spread(name, np.log(value), np.log(max(low, value / 50)), np.log(min(high, value * 50)))
            self._chances[name] = np.exp(spread)
        return self._chances[name]

    def _spread(self, name: str, middle: float, low: float, high: float) -> Array:
        noise = self._noise(name)
        width = np.where(noise < 0, (middle - low) / Z95, (high - middle) / Z95)
        return np.concatenate([[middle], middle + noise * width])


def _logit(p: float) -> float:
    return float(np.log(p / (1 - p)))


def _expit(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def logit(p: Array) -> Array:
    """Return log-odds, kept finite.

    Parameters: p, probabilities. Returns: natural log-odds.

    >>> float(logit(np.array([0.5]))[0])
    0.0
    """
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    return np.asarray(np.log(inside / (1 - inside)))
