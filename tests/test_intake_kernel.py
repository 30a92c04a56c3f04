"""The array kernel adds up what is known, says how much is not, and does so alike with and without numba."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.foods.types import Array
from twitchwise.kernels import intake as kernel
from twitchwise.kernels.intake import prepared, totals


def case(seed: int, people: int = 40, foods: int = 30, nutrients: int = 7) -> tuple[Array, Array, Array, Array]:
    """Rows, grams, values with gaps and energies with gaps."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(-1, foods, (people, 2, 9))
    grams = rng.gamma(2.0, 50.0, rows.shape) * (rng.random(rows.shape) < 0.8)
    values = rng.gamma(1.0, 40.0, (foods, nutrients))
    values[rng.random(values.shape) < 0.2] = np.nan
    energy = rng.uniform(0.0, 600.0, foods)
    energy[0] = np.nan
    return rows, grams, values, energy


def by_hand(rows: Array, grams: Array, values: Array, energy: Array, guess: float) -> tuple[Array, Array]:
    """The same in the plainest words."""
    people, days, foods = rows.shape
    sums, known = np.zeros((people, days, values.shape[1])), np.zeros((people, values.shape[1]))
    whole = np.zeros((people, 1))
    for p, d, f in np.ndindex(people, days, foods):
        row, amount = int(rows[p, d, f]), grams[p, d, f] / 100.0
        weight = guess if row < 0 or np.isnan(energy[row]) else energy[row]
        whole[p] += weight * amount
        for n in range(values.shape[1]):
            if row >= 0 and not np.isnan(values[row, n]):
                sums[p, d, n] += values[row, n] * amount
                known[p, n] += weight * amount
    return sums, np.divide(known, whole, out=np.zeros_like(known), where=whole > 0)


@pytest.mark.parametrize("numba", [True, False])
def test_it_does_what_a_plain_loop_does(numba: bool) -> None:
    rows, grams, values, energy = case(1)
    sums, coverage = totals(rows, grams, prepared(values, energy, 120.0), numba=numba)
    expected = by_hand(rows, grams, values, energy, 120.0)
    np.testing.assert_allclose(sums, expected[0], rtol=1e-12)
    np.testing.assert_allclose(coverage, expected[1], rtol=1e-12)


@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba is not installed: only NumPy was tried")
@given(seed=st.integers(0, 10_000), people=st.integers(1, 30), threads=st.integers(1, 4))
def test_numba_and_numpy_give_the_same_numbers(seed: int, people: int, threads: int) -> None:
    rows, grams, values, energy = case(seed, people)
    table = prepared(values, energy, 100.0)
    fast, slow = totals(rows, grams, table, threads), totals(rows, grams, table, threads, numba=False)
    for a, b in zip(fast, slow, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


def test_it_works_where_numba_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, grams, values, energy = case(2)
    table = prepared(values, energy)
    with_it = totals(rows, grams, table)
    kernel._compiled.cache_clear()
    monkeypatch.setattr(kernel, "find_spec", lambda name: None)
    try:
        without = totals(rows, grams, table)
    finally:
        monkeypatch.undo()
        kernel._compiled.cache_clear()
    np.testing.assert_allclose(with_it[0], without[0], rtol=1e-12)


def test_an_unknown_value_is_not_zero_it_lowers_the_coverage() -> None:
    known, unknown = np.array([[10.0], [10.0]]), np.array([[10.0], [np.nan]])
    rows, grams, energy = np.array([[[0, 1]]]), np.array([[[100.0, 100.0]]]), np.array([100.0, 300.0])
    assert totals(rows, grams, prepared(known, energy))[1].tolist() == [[1.0]]
    sums, coverage = totals(rows, grams, prepared(unknown, energy))
    assert (sums.tolist(), coverage.tolist()) == ([[[10.0]]], [[0.25]])


def test_a_food_that_is_not_in_the_table_counts_as_unknown() -> None:
    table = prepared(np.array([[10.0]]), np.array([100.0]), unknown_energy=100.0)
    for row in (-1, 7, -300):
        sums, coverage = totals(np.array([[[0, row]]]), np.array([[[50.0, 50.0]]]), table)
        assert (sums.tolist(), coverage.tolist()) == ([[[5.0]]], [[0.5]])


def test_who_ate_nothing_has_no_coverage_rather_than_a_wrong_one() -> None:
    sums, coverage = totals(np.zeros((1, 2, 3), dtype=int), np.zeros((1, 2, 3)), prepared(np.ones((1, 2)), np.ones(1)))
    assert not sums.any() and not coverage.any()


def test_wrong_shapes_are_named() -> None:
    with pytest.raises(ValueError, match=r"\(people, days, foods\)"):
        totals(np.zeros((2, 3), dtype=int), np.zeros((2, 3)), prepared(np.ones((1, 1)), np.ones(1)))
