"""Groups: the variance is parted rightly, a known truth is found again, and the older way agrees with it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.diet.groups import (
    adjusted,
    best_power,
    fit,
    like_the_first,
    mean_of,
    restored,
    share_below,
    spreads,
    transformed,
    usual_of,
)


@given(st.floats(0, 1e5), st.sampled_from([0.1, 0.3, 0.5, 1.0]))
def test_the_scale_can_be_left_again(amount: float, power: float) -> None:
    assert float(restored(transformed(amount, power), power)) == pytest.approx(amount, rel=1e-9, abs=1e-9)


def survey(power: float, within: float, between: float, people: int = 30_000, days: int = 2, drop: float = 0.0):  # type: ignore[no-untyped-def]
    """People whose usual intakes are known: (amounts, weights, usual)."""
    rng = np.random.default_rng(7)
    own = 14.0 + between * rng.standard_normal(people)
    amounts = restored(own[:, None] + within * rng.standard_normal((people, days)), power)
    amounts[:, 1] *= 0.95  # the second recall reports less, as it does
    amounts[rng.random(people) < drop, 1] = np.nan
    return amounts, rng.uniform(0.5, 2.0, people), usual_of(own, power, within)


@pytest.mark.parametrize(("power", "within", "between"), [(0.3, 1.8, 1.7), (0.3, 2.5, 1.2), (0.5, 3.0, 3.0)])
@pytest.mark.parametrize("drop", [0.0, 0.4])
def test_a_known_truth_is_found_again(power: float, within: float, between: float, drop: float) -> None:
    amounts, weights, usual = survey(power, within, between, drop=drop)
    model = fit(amounts, weights, power)
    assert (model.within, model.between) == pytest.approx((within, between), rel=0.05)
    for cut in np.quantile(usual, [0.05, 0.25, 0.5, 0.75]):
        truth = share_below(usual, cut, weights)
        assert model.share_below(float(cut)) == pytest.approx(truth, abs=0.012)
    found = model.quantile([0.05, 0.5, 0.95])
    assert found == pytest.approx(np.quantile(usual, [0.05, 0.5, 0.95]), rel=0.03)


def test_single_days_and_means_of_two_are_too_wide() -> None:
    amounts, weights, usual = survey(0.3, 2.2, 1.4)
    cut = float(np.quantile(usual, 0.1))
    truth, model = 0.1, fit(amounts, weights, 0.3)
    single, two = share_below(amounts[:, 0], cut, weights), share_below(amounts.mean(axis=1), cut, weights)
    assert single > two > 0.15 and model.share_below(cut) == pytest.approx(truth, abs=0.012)


def test_going_back_takes_the_mean_of_the_days() -> None:
    """The power of the mean is not the mean of the powers: without the term the usual intake is too low."""
    amounts, weights, usual = survey(0.3, 2.2, 1.4)
    model = fit(amounts, weights, 0.3)
    mean = float(np.average(usual_of(model.mean + model.between * np.linspace(-3, 3, 601), 0.3, model.within),
                            weights=np.exp(-np.linspace(-3, 3, 601) ** 2 / 2)))  # fmt: skip
    assert mean == pytest.approx(mean_of(amounts[:, 0], weights), rel=0.01)
    assert float(restored(model.mean, 0.3)) < 0.97 * float(np.median(usual))


def test_the_way_of_1986_agrees_where_intakes_are_normal() -> None:
    rng = np.random.default_rng(3)
    own = rng.normal(300, 50, 20_000)
    amounts = own[:, None] + rng.normal(0, 90, (20_000, 3))
    weights = np.ones(20_000)
    usual = adjusted(amounts, weights)
    assert (float(usual.mean()), float(usual.std())) == pytest.approx((300, 50), rel=0.03)
    assert share_below(usual, 265, weights) == pytest.approx(share_below(own, 265, weights), abs=0.01)
    model = fit(amounts, weights, 1.0)
    assert model.share_below(265) == pytest.approx(share_below(usual, 265, weights), abs=0.01)


def test_the_variance_is_parted_as_the_analysis_of_variance_parts_it() -> None:
    """Three people, two days each; by hand: MS within 4.67, MS between 54, so between people (54 - 4.67) / 2."""
    levels = np.array([[10.0, 12.0], [14.0, 18.0], [20.0, 22.0 - 1e-12]])
    mean, within, between = spreads(levels, np.ones(3))
    ms_within = (2 + 8 + 2) / 3
    means = np.array([11.0, 16.0, 21.0])
    assert mean == pytest.approx(16) and within**2 == pytest.approx(ms_within)
    assert between**2 == pytest.approx(np.var(means) - ms_within / 2)


def test_people_without_days_are_left_out_and_one_day_alone_is_refused() -> None:
    levels = np.array([[1.0, 3.0], [np.nan, np.nan], [5.0, np.nan]])
    assert spreads(levels, np.ones(3))[0] == pytest.approx(3.5)
    with pytest.raises(ValueError, match="two days"):
        spreads(np.array([[1.0, np.nan], [2.0, np.nan]]), np.ones(2))


def test_later_days_are_moved_to_the_first() -> None:
    moved = like_the_first(np.array([[10.0, 8.0], [20.0, 18.0], [30.0, np.nan]]), np.ones(3))
    assert moved[:2].tolist() == [[10.0, 10.0], [20.0, 20.0]] and np.isnan(moved[2, 1])
    alone = np.array([[1.0, np.nan]])
    assert np.array_equal(like_the_first(alone, np.ones(1)), alone, equal_nan=True)


def test_the_best_power_makes_a_skewed_intake_symmetric() -> None:
    rng = np.random.default_rng(5)
    skewed = np.maximum(rng.normal(3.0, 0.6, 20_000), 0) ** 4
    assert best_power(skewed, np.ones(20_000)) == pytest.approx(0.25, abs=0.05)


def test_where_days_vary_as_much_as_people_everybody_is_alike() -> None:
    rng = np.random.default_rng(9)
    model = fit(rng.normal(100, 10, (500, 2)) ** 2, np.ones(500), 0.5)
    assert model.between < 8 and 0 <= model.share_below(1.0) <= 1
    usual = adjusted(rng.normal(100, 10, (400, 2)), np.ones(400))
    assert float(usual.std()) < 4
