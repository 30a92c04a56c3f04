"""Which foods close given gaps with the least energy: a small linear programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from twitchwise.errors import RecordError
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite
from twitchwise.foods import COLUMN, FoodTable
from twitchwise.foods.nutrients import UNITS
from twitchwise.foods.types import Array
from twitchwise.plan.day.model import add_columns, fresh_solver
from twitchwise.plan.day.roles import look_at

LITTLE = 0.5  # g


@dataclass(frozen=True, slots=True)
class GapFood:
    """A food that helps to close the gaps."""

    food: str
    name: str
    grams: float
    cite: Cite


@dataclass(frozen=True, slots=True)
class GapFill:
    """The foods that close the gaps with the least energy; `open_` is what no amount within the caps closes."""

    foods: tuple[GapFood, ...]
    energy: float  # kcal a day
    open_: Mapping[str, float]


def nutrient_gap(gaps: Mapping[str, float], table: FoodTable, evidence: Evidence) -> GapFill:
    """Find the foods that close gaps in nutrients with the least energy.

    Parameters: gaps, amount a day by nutrient; table, the foods; evidence, the curated facts, whose roles cap the
    grams. Returns: foods with grams. Raises: RecordError for an unknown nutrient or an amount that is none.

    >>> from twitchwise.evidence.load import load_evidence
    >>> from twitchwise.foods import curated
    >>> sorted(nutrient_gap({"magnesium": 100.0}, curated(), load_evidence()).open_)
    []
    """
    for nutrient, amount in gaps.items():
        if nutrient not in UNITS or not np.isfinite(amount) or amount < 0:
            raise RecordError(f"{nutrient}: {amount!r} is no gap. Name a nutrient and an amount a day.")
    seen, _ = look_at(table, evidence)
    roles = evidence.day_roles
    most = np.array([roles[one.role].most if one.ready and roles[one.role].add else 0.0 for one in seen])
    energy = table.values[:, COLUMN["energy"]]
    odd = np.array(
        [bool(one.marks & {"unusual", "organ", "licorice", "alcohol", "mercury"}) for one in seen], dtype=bool
    )
    rows = np.nonzero((most > 0) & np.isfinite(energy) & ~odd)[0]
    wanted = [nutrient for nutrient, amount in gaps.items() if amount > 0]
    if not wanted:
        return GapFill((), 0.0, {})
    values = np.nan_to_num(table.values[rows][:, [COLUMN[n] for n in wanted]]).T / 100.0
    need = np.array([gaps[n] for n in wanted])
    grams, missing = _solve(values / need[:, None], energy[rows] / 100.0, most[rows])
    places = np.nonzero(grams > LITTLE)[0]
    foods = [table.foods[rows[p]] for p in places]
    found = [GapFood(f.id, f.name, float(grams[p]), f.cite) for f, p in zip(foods, places, strict=True)]
    left = {n: float(m * gaps[n]) for n, m in zip(wanted, missing, strict=True) if m > 1e-6}
    found.sort(key=lambda one: (-one.grams, one.food))
    return GapFill(tuple(found), float(energy[rows] @ grams / 100.0), left)


def _solve(matrix: Array, cost: Array, most: Array) -> tuple[Array, Array]:
    """Least cost with matrix @ grams + missing >= 1; what is missing costs more than any food."""
    size = len(matrix)
    solver = fresh_solver(np.ones(size), np.full(size, np.inf))
    add_columns(solver, np.eye(size), np.full(size, 1e5))
    add_columns(solver, matrix, np.maximum(cost, 1e-3), most=most)
    solver.run()
    values = np.asarray(solver.getSolution().col_value)
    return values[size:], values[:size]
