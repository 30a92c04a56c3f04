"""Totals over all products against the published upper limits."""

from __future__ import annotations

import pytest
from plan_case import plan_of, situation

from twitchwise.plan.supplements import totals, upper_limits


@pytest.mark.parametrize(
    ("nutrient", "mg", "verdict"),
    [
        ("vitamin_b6", 10.0, "within"),
        ("vitamin_b6", 12.0, "within"),
        ("vitamin_b6", 12.1, "above_lowest"),
        ("vitamin_b6", 100.5, "above_all"),
        ("magnesium", 250.0, "within"),
        ("magnesium", 300.0, "above_lowest"),
        ("magnesium", 400.0, "above_all"),
        ("vitamin_d", 0.1, "within"),
        ("vitamin_d", 0.125, "above_all"),
        ("vitamin_b12", 5.0, "no_limit"),
    ],
)
def test_totals_against_us_and_eu_limits(nutrient: str, mg: float, verdict: str) -> None:
    (total,) = totals(situation(age=40, doses={nutrient: mg}))
    assert total.verdict == verdict


def test_the_calcium_limit_falls_after_fifty() -> None:
    assert [mg for _, mg, _ in upper_limits(situation(age=40), "calcium")] == [2500.0, 2500.0]
    assert [mg for _, mg, _ in upper_limits(situation(age=60), "calcium")] == [2000.0, 2500.0]


def test_a_total_above_a_limit_is_told_with_both_figures_and_whom_to_ask() -> None:
    step = next(s for s in plan_of(age=40, doses={"magnesium": 900.0}).steps if s.id == "over_magnesium")
    assert "900 mg of magnesium a day" in step.text
    assert "250 mg (EU) and 350 mg (US)" in step.text
    assert "Ask the prescriber" in step.text


def test_vitamin_d_is_told_in_micrograms() -> None:
    step = next(s for s in plan_of(age=40, doses={"vitamin_d": 0.25}).steps if s.id == "over_vitamin_d")
    assert "250 ug of vitamin D" in step.text


def test_b6_hidden_in_other_products_is_pointed_out() -> None:
    assert any(s.id == "b6_hidden" for s in plan_of(supplements=["magnesium"]).steps)
    assert not any(s.id == "b6_hidden" for s in plan_of(supplements=["omega_3"]).steps)


def test_a_child_is_sent_to_someone_who_knows_doses() -> None:
    ids = {s.id for s in plan_of(age=8, supplements=["vitamin_d"], doses={"vitamin_d": 0.2}).steps}
    assert {"child_supplements", "over_vitamin_d"} <= ids


def test_no_total_means_no_warning() -> None:
    plan = plan_of(age=40)
    assert plan.supplement_totals == ()
    assert not any(s.id.startswith("over_") for s in plan.steps)
