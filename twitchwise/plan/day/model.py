"""The choice of changes as a whole-number programme, solved with HiGHS over a few columns that prices pick out.

First the linear relaxation over all changes, by column generation: prices of the rows say which of the many thousand
changes could still help, and its value bounds every plan from below. Then `search` counts out the few sets that these
prices leave. Only where they leave too many does HiGHS look for a better plan in whole numbers, among the best
changes; the gap to the bound over all changes is stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.types import Array
from twitchwise.plan.day.columns import Columns
from twitchwise.plan.day.rules import Rules
from twitchwise.plan.day.search import MOST, Best, Problem, price_of, search
from twitchwise.plan.day.types import Effort

SHORTFALL = 200.0  # cost of missing a whole target: 1 % of it is worth more than one change
EXCESS = 60.0
FIRST, MORE, KEPT = 300, 150, 40  # columns: at the start, in a round, for whole numbers
ROUNDS = 40
NODES = 20  # of the branch and bound: a fixed amount of work keeps the answer repeatable
TIGHT = 1e-7
ROUNDING = 1e-9
FAR = 1e3  # stands for an amount that is not known
LOOSE = 0.3  # of the cost: beyond, HiGHS looks for a better plan
GOOD = 0.02  # a share of the cost by which the answer may be off

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the programme over all changes: low <= matrix @ x + relief <= high."""

    matrix: Array  # (rows, changes)
    low: Array
    high: Array
    relief: Array  # (rows, helpers): variables that make up for what is missing or too much
    relief_cost: Array


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer: places of the chosen changes, and how good it is."""

    places: tuple[int, ...]
    effort: Effort


class _Writer:
    """Writes the rows one after the other; a row that no plan could ever break is left out."""

    def __init__(self, columns: Columns, rules: Rules) -> None:
        self.columns, self.rules, self.most = columns, rules, rules.wishes.max_changes
        self.lines: list[Array] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.helpers: list[tuple[int, float, float]] = []  # row, coefficient, cost of a unit

    def add(self, line: Array, low: float, high: float) -> None:
        """Add a row."""
        self.lines.append(line)
        self.low.append(low)
        self.high.append(high)

    def soft(self) -> None:
        """Targets to reach and amounts to come down to, as shares of them."""
        for target in self.rules.targets:
            gain, before = self._part(self.columns.gain, target.nutrient, target.amount)
            self.helpers.append((len(self.lines), 1.0, SHORTFALL))
            self.add(clip(gain, 1.0 - before, self.columns, self.rules), 1.0 - before, np.inf)
        for nutrient, amount in self.rules.ease.items():
            most, before = self._part(self.columns.most, nutrient, amount)
            self.helpers.append((len(self.lines), -1.0, EXCESS))
            self.add(most, -np.inf, 1.0 - before)

    def hard(self) -> None:
        """Bounds that every plan keeps."""
        for nutrient, amount in self.rules.low.items():
            gain, before = self._part(self.columns.gain, nutrient, max(amount, 1e-6))
            if amount > 0 and _worst(-gain, self.columns, self.most) > before - 1.0:
                self.add(gain, 1.0 - before - ROUNDING, np.inf)
        for nutrient, amount in self.rules.high.items():
            most, before = self._part(self.columns.most, nutrient, max(amount, 1e-6))
            room = 1.0 - before + ROUNDING if amount > 0 else 0.0
            if _worst(most, self.columns, self.most) > room:
                self.add(most, -np.inf, room)

    def choice(self) -> None:
        """So many changes at most, one for each food of the day, one into each family."""
        self.add(np.ones(len(self.columns)), 0.0, float(self.most))
        for group in (self.columns.source, self.columns.family):
            for one in np.unique(group[group >= 0]):
                self.add((group == one).astype(float), 0.0, 1.0)

    def _part(self, values: Array, nutrient: str, scale: float) -> tuple[Array, float]:
        line = values[:, COLUMN[nutrient]] / scale
        return np.where(np.isfinite(line), line, FAR), self.rules.before[nutrient] / scale


def make_rows(columns: Columns, rules: Rules) -> Rows:
    """Write the rules as rows.

    Parameters: columns, all changes; rules. Returns: the rows.
    """
    writer = _Writer(columns, rules)
    writer.soft()
    writer.hard()
    writer.choice()
    relief = np.zeros((len(writer.lines), len(writer.helpers)))
    for number, (row, sign, _) in enumerate(writer.helpers):
        relief[row, number] = sign
    costs = np.array([cost for _, _, cost in writer.helpers])
    return Rows(np.vstack(writer.lines), np.array(writer.low), np.array(writer.high), relief, costs)


def _worst(rise: Array, columns: Columns, changes: int) -> float:
    """The most that so many changes could add up to: each food of the day changes once."""
    if not len(rise):
        return 0.0
    best = np.zeros(int(columns.source.max()) + 2 + changes)
    np.maximum.at(best, columns.source + 1, rise)  # additions share place 0, and may be several
    return float(np.sort(np.append(best[1:], np.full(changes, best[0])))[-changes:].sum()) if changes else 0.0


def clip(gain: Array, need: float, columns: Columns, rules: Rules) -> Array:
    """Count no more of a gain than could ever be needed: the same plans, a much better bound.

    Parameters: gain of each change; need, to the target; columns; rules. Returns: the gains, cut.
    """
    lost = _worst(-gain, columns, max(0, rules.wishes.max_changes - 1))
    return np.minimum(gain, need + max(0.0, lost))


def fresh_solver(low: Array, high: Array) -> Any:
    """Start a programme with rows and no columns; one thread and a fixed seed, so that it answers the same each time.

    Parameters: low, high, bounds of the rows. Returns: a HiGHS object.
    """
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for key, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("parallel", "off")):
        solver.setOptionValue(key, value)
    none = np.zeros(0, dtype=np.int32)
    solver.addRows(len(low), low, high, 0, np.zeros(len(low), dtype=np.int32), none, np.zeros(0))
    return solver


def add_columns(solver: Any, matrix: Array, cost: Array, whole: bool = False, most: float | Array = np.inf) -> None:
    """Add columns to a programme.

    Parameters: solver; matrix, (rows, columns); cost of each column; whole, whether only whole numbers are allowed;
    most, the upper bound.
    """
    import highspy

    first, size = solver.getNumCol(), matrix.shape[1]
    columns, rows = np.nonzero(matrix.T)
    starts = np.searchsorted(columns, np.arange(size)).astype(np.int32)
    upper = np.broadcast_to(np.asarray(most, dtype=float), size).copy()
    entries = matrix.T[columns, rows]
    solver.addCols(size, cost, np.zeros(size), upper, len(rows), starts, rows.astype(np.int32), entries)
    if whole:
        places = np.arange(first, first + size, dtype=np.int32)
        solver.changeColsIntegrality(size, places, np.full(size, highspy.HighsVarType.kInteger))


def _fresh(rows: Rows) -> Any:
    solver = fresh_solver(rows.low, rows.high)
    if rows.relief.shape[1]:
        add_columns(solver, rows.relief, rows.relief_cost)
    return solver


def relax(columns: Columns, rows: Rows) -> tuple[float, Array]:
    """Solve the relaxation over all changes by column generation.

    Parameters: columns; rows. Returns: its value, and every change's reduced cost (never clearly negative).
    """
    score = columns.cost.copy()
    for number in range(rows.relief.shape[1]):
        row = int(np.nonzero(rows.relief[:, number])[0][0])
        score -= rows.relief[row, number] * rows.matrix[row] * rows.relief_cost[number]
    inside = np.zeros(len(columns), dtype=bool)
    fresh = np.argsort(score, kind="stable")[:FIRST]
    solver = _fresh(rows)
    for _ in range(ROUNDS):
        add_columns(solver, rows.matrix[:, fresh], columns.cost[fresh])
        inside[fresh] = True
        solver.run()
        prices = np.asarray(solver.getSolution().row_dual)
        reduced = columns.cost - prices @ rows.matrix
        worth = np.nonzero((reduced < -TIGHT) & ~inside)[0]
        if not len(worth):
            break
        fresh = worth[np.argsort(reduced[worth], kind="stable")[:MORE]]
    bound = float(solver.getInfo().objective_function_value) + min(0.0, rounding(reduced, inside))
    return bound, reduced


def rounding(reduced: Array, inside: npt.NDArray[np.bool_]) -> float:
    """Take what rounding left negative off the bound, a few changes at most.

    Parameters: reduced costs; inside, which are in the programme. Returns: 0 or a little less.

    >>> rounding(np.array([0.5, -1e-9]), np.array([True, False]))
    -4e-09
    """
    outside = reduced[~inside]
    return 4.0 * min(0.0, float(outside.min())) if len(outside) else 0.0


def whole(columns: Columns, rows: Rows, places: Ints) -> tuple[int, ...]:
    """Solve the whole-number problem over some changes.

    Parameters: columns; rows; places of the changes. Returns: which of them are chosen, () where none was found.
    """
    solver = _fresh(rows)
    helpers = rows.relief.shape[1]
    add_columns(solver, rows.matrix[:, places], columns.cost[places], whole=True, most=1.0)
    solver.setOptionValue("mip_max_nodes", NODES)
    solver.setOptionValue("mip_rel_gap", GOOD)
    solver.setOptionValue("mip_heuristic_effort", 0.0)
    solver.setOptionValue("presolve", "off")  # the programme is small: without it the same answer comes sooner
    solver.run()
    values = np.asarray(solver.getSolution().col_value)[helpers:]
    return tuple(int(k) for k in np.nonzero(values > 0.5)[0])


def choose(columns: Columns, rules: Rules, patience: int = MOST) -> Chosen:
    """Choose the changes.

    Parameters: columns, all possible changes; rules; patience, how many sets to look at in one step.
    Returns: the chosen places and how good the choice is.
    """
    rows = make_rows(columns, rules)
    price = np.abs(rows.relief) @ rows.relief_cost if len(rows.relief_cost) else np.zeros(len(rows.low))
    nothing = float(price @ (np.maximum(rows.low, 0.0) + np.maximum(-rows.high, 0.0))) if price.any() else 0.0
    if not len(columns) or nothing <= 0.0:
        return Chosen((), Effort(nothing, nothing, 0.0, len(columns), 0))
    relaxed, reduced = relax(columns, rows)
    order = np.argsort(reduced, kind="stable")
    parts = (rows.matrix[:, order], rows.low, rows.high, price, columns.cost[order])
    problem = Problem(*parts, columns.source[order], columns.family[order], rules.wishes.max_changes, patience)
    best = search(problem, reduced[order], relaxed, nothing)
    if best.cost - best.bound > LOOSE * best.cost and patience >= MOST:
        best = _better(best, problem, whole(columns, rows, order[:KEPT]))
    gap = max(0.0, (best.cost - best.bound) / best.cost) if best.cost > 0 else 0.0
    chosen = tuple(sorted(int(order[k]) for k in best.places))
    return Chosen(chosen, Effort(best.cost, best.bound, gap, len(columns), best.looked))


def _better(best: Best, problem: Problem, places: tuple[int, ...]) -> Best:
    """Take another set where it truly costs less; nothing is taken on trust."""
    cost = float(price_of(problem, np.array([places], dtype=np.intp))[0]) if places else np.inf
    return Best(places, cost, best.bound, best.looked) if cost < best.cost else best
