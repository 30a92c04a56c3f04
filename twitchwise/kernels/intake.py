"""Day totals of nutrients with their coverage, for many people at once: arrays only.

A food is a row of `prepared(...)`: its values for each gram, then its energy for each gram once more for every
nutrient whose value is known, then its energy. So a total and its coverage are one and the same sum over the foods.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from os import cpu_count
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Table = npt.NDArray[np.float64]
Whole = npt.NDArray[np.integer[Any]]
Real = npt.NDArray[np.floating[Any]]
Sums = Callable[[Whole, Real, Table, Array, Array], None]
BLOCK = 4096  # people that the NumPy way holds at once: their rows of the table fit into the cache


def prepared(values: Array, energy: Array, unknown_energy: float = 0.0) -> Table:
    """Lay a food table out for `totals`; its last row is the food that is not known.

    Parameters: values (foods, nutrients) per 100 g, NaN = unknown; energy (foods,) per 100 g, or 100 where coverage
    is by weight, NaN = unknown; unknown_energy, per 100 g, that stands in where a food or its energy is not known.
    Returns: (foods + 1, 2 * nutrients + 1), per gram.

    >>> prepared(np.array([[24.0, np.nan]]), np.array([50.0])).tolist()
    [[0.24, 0.0, 0.5, 0.0, 0.5], [0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    foods, nutrients = values.shape
    known = ~np.isnan(values)
    weight = np.where(np.isnan(energy), unknown_energy, energy)
    table = np.zeros((foods + 1, 2 * nutrients + 1))
    table[:foods, :nutrients] = np.where(known, values, 0.0) / 100.0
    table[:foods, nutrients:-1] = np.where(known, weight[:, None], 0.0) / 100.0
    table[:foods, -1] = weight / 100.0
    table[foods, -1] = unknown_energy / 100.0
    return table


def _sums(food_row: Whole, grams: Real, table: Table, out: Array, coverage: Array) -> None:
    """Add the foods of every person's days up; compiled where numba is there."""
    people, days, foods = food_row.shape
    nutrients, width, last = out.shape[2], table.shape[1], table.shape[0] - 1
    day, person = np.zeros(width), np.zeros(width)
    for p in range(people):
        person[:] = 0.0
        for d in range(days):
            day[:] = 0.0
            for f in range(foods):
                row = food_row[p, d, f]
                if row < 0 or row > last:
                    row = last
                amount = np.float64(grams[p, d, f])
                for n in range(width):
                    day[n] += amount * table[row, n]
            for n in range(nutrients):
                out[p, d, n] = day[n]
            for n in range(width):
                person[n] += day[n]
        whole = person[width - 1]
        for n in range(nutrients):
            coverage[p, n] = person[nutrients + n] / whole if whole > 0.0 else 0.0


@cache
def _compiled() -> Sums | None:
    """Return the loop as machine code that lets other threads run; None without numba."""
    if find_spec("numba") is None:
        return None
    found: Sums = import_module("numba").njit(nogil=True, fastmath={"contract", "nsz"})(_sums)
    return found


def _with_numpy(food_row: Whole, grams: Real, table: Table, out: Array, coverage: Array) -> None:
    """Do the same with NumPy: the same numbers, slower."""
    nutrients = out.shape[2]
    for start in range(0, len(food_row), BLOCK):
        part = slice(start, start + BLOCK)
        rows = food_row[part]
        known = (rows >= 0) & (rows < len(table))
        picked = table[np.where(known, rows, len(table) - 1)]
        days = np.einsum("pdf,pdfn->pdn", grams[part].astype(np.float64), picked)
        out[part] = days[:, :, :nutrients]
        person = days.sum(axis=1)
        whole = person[:, -1:]
        coverage[part] = np.divide(person[:, nutrients:-1], whole, out=np.zeros_like(coverage[part]), where=whole > 0)


def totals(
    food_row: Whole, grams: Real, table: Table, threads: int | None = None, numba: bool = True
) -> tuple[Array, Array]:
    """Total the nutrients of every day, and say which share of the energy eaten they are known for.

    Parameters: food_row (people, days, foods), rows of the food table, below 0 = a food that is not known; grams of
    each, 0 where there is no food, same shape; table, of `prepared`; threads, all processors when not given; numba,
    False for the NumPy way. Returns: totals (people, days, nutrients), unknown cells left out, and coverage (people,
    nutrients) over all the days, 0..1. Raises: ValueError when the shapes differ.

    >>> table = prepared(np.array([[24.0], [np.nan]]), np.array([50.0, 100.0]))
    >>> sums, coverage = totals(np.array([[[0, 1]]]), np.array([[[100.0, 50.0]]]), table, numba=False)
    >>> sums.tolist(), coverage.tolist()
    ([[[24.0]]], [[0.5]])
    """
    if food_row.shape != grams.shape or food_row.ndim != 3:
        raise ValueError(f"food_row {food_row.shape} and grams {grams.shape} must both be (people, days, foods)")
    people, days, _ = food_row.shape
    nutrients = (table.shape[1] - 1) // 2
    out, coverage = np.empty((people, days, nutrients)), np.empty((people, nutrients))
    work = (_compiled() if numba else None) or _with_numpy
    workers = max(1, threads or cpu_count() or 1)
    edges = np.linspace(0, people, workers + 1).astype(int)

    def part(low: int, high: int) -> None:
        work(food_row[low:high], grams[low:high], table, out[low:high], coverage[low:high])

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(part, edges[:-1], edges[1:]))
    return out, coverage
