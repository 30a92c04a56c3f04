"""A diary as evidence on states: it moves them a little, never alone to a verdict, and silence moves nothing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from diet_case import reading
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.assess import assess
from twitchwise.assess.intake_shift import IntakeShift, chance_below, intake_shifts, joined, log_odds
from twitchwise.assess.parameters import Parameters
from twitchwise.evidence import load_evidence
from twitchwise.observe import observe
from twitchwise.observe.types import Observations
from twitchwise.record import record_from_tables

EVIDENCE = load_evidence()
TWITCH = {"person": {"age": 40, "sex": "female"}, "findings": [{"what": "muscle twitching", "where": "eyelid"}]}


def observed(**more: object) -> Observations:
    return observe(record_from_tables({**TWITCH, **more}), EVIDENCE, date(2026, 11, 22))


def present(observations: Observations, cause: str, middles: dict[str, float], spread: float = 1.3) -> float:
    shifts = intake_shifts(reading(middles, spread), observations, EVIDENCE)
    found = assess(observations, (), EVIDENCE, 0, False, None, shifts)
    return next(c.present.p for c in found.causes if c.id == cause)


@given(st.floats(1, 1e4), st.floats(1.05, 4), st.floats(1, 1e4))
def test_the_chance_falls_as_the_intake_rises(middle: float, spread: float, cut: float) -> None:
    first = reading({"magnesium": middle}, spread).intakes["magnesium"].usual
    second = reading({"magnesium": middle * 1.1}, spread).intakes["magnesium"].usual
    assert 0.0 <= chance_below(second, cut) <= chance_below(first, cut) + 1e-12 <= 1.0 + 1e-12


def test_the_percentiles_are_met() -> None:
    usual = (100.0, 150.0, 200.0, 260.0, 400.0)
    got = [chance_below(usual, cut) for cut in usual]
    assert got == pytest.approx([0.05, 0.25, 0.5, 0.75, 0.95], abs=1e-9)


@pytest.mark.parametrize(
    ("nutrient", "cause", "little", "much"),
    [
        ("magnesium", "magnesium_deficiency", 120, 500),
        ("vitamin_b12", "vitamin_b12_deficiency", 0.3, 8),
        ("vitamin_b6", "vitamin_b6_deficiency", 0.5, 3),
        ("vitamin_d", "vitamin_d_deficiency", 1, 40),
        ("potassium", "potassium_deficiency", 1000, 4500),
    ],
)
def test_little_raises_and_much_lowers_a_lack(nutrient: str, cause: str, little: float, much: float) -> None:
    person = observed()
    without = present(person, cause, {})
    assert present(person, cause, {nutrient: much}) < without < present(person, cause, {nutrient: little})


def test_a_diary_alone_never_makes_a_lack_likely() -> None:
    nothing_eaten = dict.fromkeys(("magnesium", "calcium", "potassium", "vitamin_b12", "vitamin_b6", "thiamine"), 0.01)
    person = observed()
    for cause in ("magnesium_deficiency", "vitamin_b12_deficiency", "calcium_deficiency", "potassium_deficiency"):
        assert present(person, cause, nothing_eaten) < 0.5


def test_a_diary_that_says_nothing_moves_nothing() -> None:
    effect = EVIDENCE.intake_effects["low_magnesium_intake"]
    shift = IntakeShift(effect, effect.share.value, "")
    assert log_odds(shift, Parameters(0))[0] == pytest.approx(0.0, abs=1e-12)


def test_little_known_of_the_food_gives_no_shift() -> None:
    thin = reading({"magnesium": 50.0}, coverage=0.2)
    assert intake_shifts(thin, observed(), EVIDENCE) == ()
    assert intake_shifts(None, observed(), EVIDENCE) == ()


def test_the_plate_does_not_count_twice() -> None:
    vegan = observed(diet={"pattern": "vegan"})
    pattern = present(vegan, "vitamin_b12_deficiency", {})
    both = present(vegan, "vitamin_b12_deficiency", {"vitamin_b12": 0.2})
    diary = present(observed(), "vitamin_b12_deficiency", {"vitamin_b12": 0.2})
    assert both == pytest.approx(max(pattern, diary), rel=1e-9)


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_joining_is_even_and_bounded(a: float, b: float) -> None:
    one, other = np.array([a]), np.array([b])
    assert joined(one, other)[0] == pytest.approx(joined(other, one)[0])
    assert abs(joined(one, other)[0]) <= abs(a) + abs(b) + 1e-12


def test_the_diary_is_a_reason_with_a_source() -> None:
    person = observed()
    shifts = intake_shifts(reading({"vitamin_d": 0.5}), person, EVIDENCE)
    found = assess(person, (), EVIDENCE, 20, True, None, shifts)
    cause = next(c for c in found.causes if c.id == "vitamin_d_deficiency")
    texts = [r for r in (*cause.reasons_for, *cause.reasons_against) if "in the diet" in r.text]
    assert not texts or texts[0].cites
    assert cause.explains.p <= cause.present.p + 1e-12
