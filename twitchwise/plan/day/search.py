"""All sets of changes that could still be the best, counted out: exact, because prices leave few of them.

A plan costs at least the value of the relaxation plus the reduced costs of its changes. So all plans that cost less
than `relaxed + slack` are among the sets whose reduced costs add up to `slack` or less. The slack grows until the best
plan found costs no more than that: then it is proven best over all changes. If there are too many sets first, what was
reached so far is the bound, and the gap is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from twitchwise.foods.types import Array

Ints = npt.NDArray[np.intp]
SLACKS = (
    0.0,
    0.3,
    0.7,
    1.2,
    1.5,
    1.8,
    2.1,
    2.4,
    3.0,
    3.7,
    4.5,
    5.5,
    7.0,
    9.0,
    12.0,
    16.0,
    22.0,
    30.0,
    45.0,
    70.0,
    100.0,
    np.inf,
)
MOST = 800_000  # sets looked at in one step of one round
BUDGET = 0.6  # of the patience: sets after which no further round begins
PAIRS = 3  # times as many pairs: they are quick to price
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
    patience: int = MOST

    @cached_property
    def soft(self) -> npt.NDArray[np.bool_]:
        """Rows that may be broken at a price."""
        return np.asarray(self.price > 0)

    @cached_property
    def hard_lines(self) -> Array:
        """The other rows, one line a change, so that a change's numbers lie together."""
        return np.ascontiguousarray(self.matrix[~self.soft].T)

    @cached_property
    def cheapest(self) -> float:
        """What one more change costs at least."""
        return float(self.cost.min())


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


def _sum(lines: Array, members: Ints) -> Array:
    done = lines[members[:, 0]]
    for column in range(1, members.shape[1]):
        done = done + lines[members[:, column]]
    return done


def price_of(problem: Problem, members: Ints, below: float = np.inf) -> Array:
    """Cost each set of changes; those that cost `below` or more by their soft rows are not looked at further.

    Parameters: problem; members, (sets, size) places; below. Returns: cost, infinite where a hard row is broken.
    """
    total = problem.cost[members].sum(axis=1)
    for row in np.nonzero(problem.soft)[0]:
        done = problem.matrix[row][members].sum(axis=1)
        short = np.maximum(problem.low[row] - done, 0.0) + np.maximum(done - problem.high[row], 0.0)
        total = total + problem.price[row] * short
    near = np.nonzero(total < below)[0]
    done = _sum(problem.hard_lines, members[near])
    low, high = problem.low[~problem.soft], problem.high[~problem.soft]
    broken = (done < low - CLOSE).any(axis=1) | (done > high + CLOSE).any(axis=1)
    found = np.full(len(members), np.inf)
    found[near[~broken]] = total[near[~broken]]
    return found


def _hopeful(sets: _Sets, problem: Problem, below: float) -> npt.NDArray[np.bool_]:
    """Whether a set with further changes could still cost less than `below`, at the very best."""
    left = problem.most - sets.members.shape[1]
    total = sets.cost + problem.cheapest
    for row in np.nonzero(problem.soft)[0]:
        line = problem.matrix[row]
        done = line[sets.members].sum(axis=1)
        short = problem.low[row] - done - left * max(0.0, float(line.max()))
        over = done + left * min(0.0, float(line.min())) - problem.high[row]
        total = total + problem.price[row] * (np.maximum(short, 0.0) + np.maximum(over, 0.0))
    return np.asarray(total < below)


def _grow(sets: _Sets, problem: Problem, reduced: Array, slack: float, below: float) -> _Sets | None:
    """Add one change to every set; None when there would be too many."""
    hope = _hopeful(sets, problem, below)
    sets = _Sets(sets.members[hope], sets.reduced[hope], sets.cost[hope])
    last = sets.members[:, -1]
    counts = np.maximum(np.searchsorted(reduced, slack - sets.reduced, side="right") - last - 1, 0)
    if counts.sum() > problem.patience * (PAIRS if sets.members.shape[1] == 1 else 1):
        return None
    rows = np.repeat(np.arange(len(last)), counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    added = last[rows] + 1 + np.arange(len(rows)) - starts
    keep = sets.cost[rows] + problem.cost[added] <= below
    rows, added = rows[keep], added[keep]
    keep = np.ones(len(rows), dtype=bool)
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
            prices = price_of(problem, block, best.cost)
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
    at_once = problem.most <= 2 and len(reduced) ** 2 / 2 <= PAIRS * problem.patience  # few enough to see them all
    for slack in (np.inf,) if at_once else SLACKS:
        slack = min(slack, best.cost - relaxed)
        best, complete = _round(problem, reduced, slack + CLOSE, best) if problem.most else (best, True)
        if not complete:
            return best
        bound = min(best.cost, relaxed + slack)
        best = Best(best.places, best.cost, bound, best.looked)
        if best.cost <= relaxed + slack + CLOSE or best.looked > BUDGET * problem.patience:
            break
    return best
