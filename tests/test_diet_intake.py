"""Intakes: what is eaten is conserved, what is unknown is counted, the usual intake is honest about both."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from diet_plates import DAY, amounts, food, missed, product, whole_days
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.diet.intake import REST, TOP, days_of, intakes
from twitchwise.diet.references import Eater
from twitchwise.diet.types import Eaten
from twitchwise.evidence import load_evidence
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS, UNITS

EVIDENCE = load_evidence()
WOMAN = Eater(40, "female")
values = st.one_of(st.none(), st.floats(0, 5000).map(lambda amount: round(amount, 3)))
plates = st.lists(
    st.tuples(st.sampled_from("ab cd ef gh".split()), st.integers(1, 3), st.lists(values, min_size=22, max_size=22)),
    min_size=1,
    max_size=12,
)


def read(eaten: list[Eaten], eater: Eater = WOMAN) -> dict[str, object]:
    return dict(intakes(eaten, days_of(eaten), EVIDENCE, eater))  # type: ignore[arg-type]


@given(plates)
def test_what_is_eaten_is_conserved(drawn: list[tuple[str, int, list[float | None]]]) -> None:
    """The known amounts of the foods = of the meals = of the days = the mean times the days = the sources."""
    eaten = []
    for name, day, cells in drawn:
        given_ = {n: v for n, v in zip(NUTRIENTS, cells, strict=True) if v is not None}
        eaten.append(food(name, f"day {day}", 100.0, 0.1, **given_))
    days = days_of(eaten)
    found = intakes(eaten, days, EVIDENCE, WOMAN)
    assert tuple(found) == NUTRIENTS
    for nutrient, intake in found.items():
        meals: dict[tuple[str, str], float] = defaultdict(float)
        for one in eaten:
            meals[one.line.day, one.line.meal] += float(np.nan_to_num(one.amounts[COLUMN[nutrient]]))
        by_day = [sum(v for (day, _), v in meals.items() if day == name) for name in days]
        assert intake.days == pytest.approx(by_day)
        assert intake.mean * len(days) == pytest.approx(sum(by_day))
        assert intake.mean == pytest.approx(intake.food + intake.supplements)
        assert sum(s.per_day for s in intake.sources) == pytest.approx(intake.mean)
        assert intake.mean == 0 or sum(s.share for s in intake.sources) == pytest.approx(1.0)
        assert -1e-9 <= intake.coverage <= 1 + 1e-9 and intake.unit == UNITS[nutrient]
        assert all(a <= b + 1e-9 for a, b in zip(intake.usual, intake.usual[1:], strict=False))
        assert np.isfinite(intake.usual).all() and min(intake.usual) >= 0


def test_the_coverage_is_the_share_of_the_energy_whose_value_is_known() -> None:
    eaten = [food("a", energy=300, magnesium=50), food("b", energy=100)]
    assert read(eaten)["magnesium"].coverage == pytest.approx(0.75)


def test_water_caffeine_and_sodium_are_covered_by_weight() -> None:
    eaten = [food("tea", grams=300, energy=0, caffeine=50, water=299, sodium=1), food("cake", grams=100, energy=400)]
    found = read(eaten)
    assert [found[n].coverage for n in ("caffeine", "water", "sodium")] == pytest.approx([0.75] * 3)
    assert found["calcium"].coverage == 0


def test_a_line_that_was_not_found_lowers_the_coverage_by_a_guess_of_its_energy() -> None:
    known = [food(str(n), grams=100, energy=200, magnesium=30) for n in range(3)]
    assert read([*known, missed("grandma's stew")])["magnesium"].coverage == pytest.approx(0.75)
    assert read([*known, missed("grandma's stew", grams=300)])["magnesium"].coverage == pytest.approx(0.5)


def test_a_diary_of_which_nothing_is_known_says_what_is_known_of_others() -> None:
    found = read([missed("stew")])["magnesium"]
    assert found.coverage == 0 and found.mean == 0
    assert 200 < found.usual[2] < 320 and found.usual[4] > 1.8 * found.usual[0]


def test_an_unknown_part_widens_and_lifts_the_usual_intake() -> None:
    full = whole_days(3)
    half = [*full[:-3], *[food("x", one.line.day, one.grams, energy=float(one.amounts[0])) for one in full[-3:]]]
    whole, part = read(full)["magnesium"], read(half)["magnesium"]
    assert part.mean < whole.mean and part.coverage == pytest.approx(2 / 3, abs=0.08)
    as_zero = read([*full[:-3], *[food("x", one.line.day, energy=900, magnesium=0) for one in full[-3:]]])["magnesium"]
    assert part.usual[2] > as_zero.usual[2], "unknown is not zero"
    assert part.usual[4] - part.usual[0] > 0.95 * (as_zero.usual[4] - as_zero.usual[0])


def test_supplements_count_and_stand_apart() -> None:
    eaten = [*whole_days(2), product("magnesium 200 mg", magnesium=200.0), product("once", "day 1", magnesium=100.0)]
    found = read(eaten)["magnesium"]
    assert found.supplements == pytest.approx(250) and found.food == pytest.approx(DAY["magnesium"])
    assert found.mean == pytest.approx(found.food + 250)
    assert found.days == pytest.approx((DAY["magnesium"] + 300, DAY["magnesium"] + 200))
    without = read(whole_days(2))["magnesium"]
    assert found.usual[2] == pytest.approx(without.usual[2] + 250), "a daily product is not drawn towards other people"
    assert found.coverage == 1


def test_a_product_on_a_day_without_food_counts_once() -> None:
    found = read([*whole_days(2), product("magnesium", "day 9", magnesium=100.0)])["magnesium"]
    assert found.supplements == pytest.approx(50) and len(found.days) == 2


def test_a_diary_of_a_year_is_read_in_one_go() -> None:
    found = read(whole_days(365))["magnesium"]
    assert len(found.days) == 365 and found.usual[4] - found.usual[0] < 0.1 * found.mean


def test_a_product_whose_content_is_not_known_widens_upwards() -> None:
    plain, hidden = read(whole_days(2)), read([*whole_days(2), product("multivitamin", hidden=1.0)])
    for nutrient in ("magnesium", "vitamin_b12"):
        assert hidden[nutrient].usual[4] > 1.1 * plain[nutrient].usual[4]
        assert hidden[nutrient].mean == plain[nutrient].mean


def test_more_days_count_for_more() -> None:
    """The same rich day, again and again: the usual intake leaves the average and comes closer to the diary."""
    middles, widths = [], []
    for days in (1, 2, 4, 7, 14):
        found = read(whole_days(days, magnesium=500.0))["magnesium"]
        middles.append(found.usual[2])
        widths.append(found.usual[4] - found.usual[0])
    assert middles == sorted(middles) and widths == sorted(widths, reverse=True)
    assert middles[0] < 410 and middles[-1] > 440


def test_uncertain_grams_widen_the_usual_intake() -> None:
    sure, unsure = (read(whole_days(7, off=off))["magnesium"].usual for off in (0.0, 0.6))
    assert unsure[4] - unsure[0] > 1.03 * (sure[4] - sure[0])


def test_from_four_days_on_the_diarys_own_variation_counts() -> None:
    swinging = [food("x", f"day {n}", energy=1800, magnesium=m) for n, m in enumerate((100, 500, 120, 480, 90, 510))]
    steady = [food("x", f"day {n}", energy=1800, magnesium=300) for n in range(6)]
    a, b = read(swinging)["magnesium"], read(steady)["magnesium"]
    assert a.within_sd == pytest.approx(np.std([100, 500, 120, 480, 90, 510], ddof=1)) and b.within_sd == 0
    assert a.usual[4] - a.usual[0] > 1.2 * (b.usual[4] - b.usual[0])
    assert read(swinging[:3])["magnesium"].within_sd == pytest.approx(90, rel=0.5), "before that the published one"


def test_the_largest_sources_come_first_and_the_rest_is_one() -> None:
    eaten = [food(f"food {n}", energy=100, magnesium=float(n)) for n in range(1, 15)] + [food("food 14", magnesium=1.0)]
    sources = read(eaten)["magnesium"].sources
    assert len(sources) == TOP + 1 and sources[0].food == "food 14" and sources[0].per_day == 15
    assert sources[-1].food == REST and sources[-1].per_day == pytest.approx(sum(range(1, 7)))


def test_the_same_diary_gives_the_same_numbers() -> None:
    assert read(whole_days(3)) == read(whole_days(3))


def test_a_diary_is_drawn_towards_people_of_the_same_age_and_sex() -> None:
    poor = whole_days(1, share=0.4)
    woman, man = (read(poor, Eater(40, sex))["magnesium"].usual[2] for sex in ("female", "male"))
    unknown = read(poor, Eater(None, ""))["magnesium"].usual[2]
    assert man > woman and woman < unknown < man
    assert read(poor, Eater(6, ""))["magnesium"].usual[2] < woman


def test_nothing_eaten_is_nothing_said() -> None:
    assert intakes([], (), EVIDENCE) == {}


def test_babies_and_nutrients_without_a_survey_do_not_break() -> None:
    found = read(whole_days(2), Eater(0.5))
    assert found["magnesium"].usual[2] == pytest.approx(DAY["magnesium"], rel=0.2)
    assert found["ash"].mean == pytest.approx(15) and found["ash"].usual[2] == pytest.approx(15)


def test_food_without_a_day_is_a_day_of_its_own() -> None:
    assert days_of([food("a", ""), food("b", "")]) == ("",)
    assert days_of([product("b12", vitamin_b12=10.0), food("b", "monday")]) == ("monday",)
    only = [product("b12", "", vitamin_b12=10.0)]
    assert intakes(only, days_of(only), EVIDENCE)["vitamin_b12"].supplements == 10


def test_lines_whose_nutrients_the_file_gave_without_grams_are_used() -> None:
    row = amounts(energy=500, magnesium=90)
    given_ = Eaten(food("x").line, "x", None, "", float("nan"), float("nan"), float("nan"), "given", row)
    assert read([given_])["magnesium"].mean == 90 and read([given_])["magnesium"].coverage == 1
