"""All sets of changes that could still be the best, counted out: exact, because prices leave few of them.

A plan costs at least the value of the relaxation plus the reduced costs of its changes. So all plans that cost less than
`relaxed + slack` are among the sets whose reduced costs add up to `slack` or less. The slack grows until the best plan
found costs no more than that: then it is proven best over all changes. If there are too many sets first, what was
reached so far is the bound, and the gap is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from twitchwise.foods.types import Array

Ints = npt.NDArray[np.intp]
SLACKS = (0.0, 0.3, 0.7, 1.2, 1.8, 2.4, 3.0, 3.7, 4.5, 5.5, 7.0, 9.0, 12.0)
MOST = 150_000  # sets looked at in one round
BLOCK = 40_000
CLOSE = 1e-9


@dataclass(frozen=True)
class Problem:
    """The rows of the programme: low <= matrix @ x <= high, some of them soft at a price for each unit."""

    matrix: Array  # (rows, changes)
    low: Array
    high: Array
    price: Array  # (rows,), of a unit missing or too much; 0 = hard
    cost: Array  # (changes,)
    source: Ints
    family: Ints
    most: int  # changes at once

    @cached_property
    def rows_of(self) -> Array:
        """The matrix with one line a change, so that a change's numbers lie together."""
        return np.ascontiguousarray(self.matrix.T)


@dataclass(frozen=True, slots=True)
class Best:
    """The best set, its cost, and what no set can beat."""

    places: tuple[int, ...]
    cost: float
    bound: float
    looked: int


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of the same size, changes in the order of their reduced costs."""

    members: Ints  # (sets, size)
    reduced: Array
    cost: Array


def price_of(problem: Problem, members: Ints) -> Array:
    """Cost each set of changes.

    Parameters: problem; members, (sets, size) places. Returns: cost, infinite where a hard row is broken.
    """
    if not len(members):
        return np.zeros(0)
    done = problem.rows_of[members[:, 0]]
    for column in range(1, members.shape[1]):
        done = done + problem.rows_of[members[:, column]]
    short = np.maximum(problem.low - done, 0.0) + np.maximum(done - problem.high, 0.0)
    soft = problem.price > 0
    total = problem.cost[members].sum(axis=1) + short[:, soft] @ problem.price[soft]
    return np.where((short[:, ~soft] > CLOSE).any(axis=1), np.inf, total)


def _grow(sets: _Sets, problem: Problem, reduced: Array, slack: float, below: float) -> _Sets | None:
    """Add one change to every set; None when there would be too many."""
    last = sets.members[:, -1]
    counts = np.maximum(np.searchsorted(reduced, slack - sets.reduced, side="right") - last - 1, 0)
    if counts.sum() > MOST:
        return None
    rows = np.repeat(np.arange(len(last)), counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    added = last[rows] + 1 + np.arange(len(rows)) - starts
    keep = sets.cost[rows] + problem.cost[added] <= below
    for column in range(sets.members.shape[1]):
        old = sets.members[rows, column]
        keep &= (problem.source[old] != problem.source[added]) | (problem.source[added] < 0)
        keep &= (problem.family[old] != problem.family[added]) | (problem.family[added] < 0)
    rows, added = rows[keep], added[keep]
    members = np.column_stack([sets.members[rows], added])
    return _Sets(members, sets.reduced[rows] + reduced[added], sets.cost[rows] + problem.cost[added])


def _round(problem: Problem, reduced: Array, slack: float, best: Best) -> tuple[Best, bool]:
    """Look at every set within the slack; say whether all of them were seen."""
    size = int(np.searchsorted(reduced, slack, side="right"))
    one = np.arange(size)[:, None]
    sets: _Sets | None = _Sets(one, reduced[:size], problem.cost[:size])
    for _ in range(problem.most):
        assert sets is not None
        for start in range(0, len(sets.members), BLOCK):
            block = sets.members[start : start + BLOCK]
            prices = price_of(problem, block)
            place = int(np.argmin(prices))
            if prices[place] < best.cost - CLOSE:
                best = Best(tuple(block[place].tolist()), float(prices[place]), best.bound, best.looked)
        best = Best(best.places, best.cost, best.bound, best.looked + len(sets.members))
        if sets.members.shape[1] == problem.most:
            break
        sets = _grow(sets, problem, reduced, slack, best.cost)
        if sets is None:
            return best, False
        if not len(sets.members):
            break
    return best, True


def search(problem: Problem, reduced: Array, relaxed: float, nothing: float) -> Best:
    """Find the best set of changes.

    Parameters: problem, its changes sorted by reduced cost; reduced, these costs; relaxed, the value of the relaxation;
    nothing, what it costs to change nothing. Returns: the best set and its bound.
    """
    best = Best((), nothing, relaxed, 0)
    for slack in SLACKS:
        slack = min(slack, best.cost - relaxed)
        best, complete = _round(problem, reduced, slack + CLOSE, best) if problem.most else (best, True)
        if not complete:
            return best
        bound = min(best.cost, relaxed + slack)
        best = Best(best.places, best.cost, bound, best.looked)
        if best.cost <= relaxed + slack + CLOSE:
            break
    return best
