"""Adequacy: the chance against a published example, calm verdicts, limits in their scope, nothing claimed too early."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from diet_plates import DAY, food, missed, product, whole_days
from plain import GRADE, grade, words_of

from twitchwise.diet import adequacy as words
from twitchwise.diet.adequacy import adequacies, chance_below
from twitchwise.diet.intake import days_of, intakes
from twitchwise.diet.references import Eater, references
from twitchwise.diet.types import Adequacy, Eaten, NutrientIntake
from twitchwise.evidence import load_evidence

EVIDENCE = load_evidence()
WOMAN = Eater(40, "female")
NORMAL = NormalDist()


def judge(eaten: list[Eaten], eater: Eater = WOMAN, body: str = "US") -> dict[str, Adequacy]:
    found = intakes(eaten, days_of(eaten), EVIDENCE, eater)
    return dict(adequacies(found, eater, body, EVIDENCE))  # type: ignore[arg-type]


def known(nutrient: str, mean: float, sd: float, days: int = 3) -> NutrientIntake:
    """An intake whose usual value is normal."""
    quantiles = tuple(mean + sd * NORMAL.inv_cdf(p) for p in (0.05, 0.25, 0.5, 0.75, 0.95))
    return NutrientIntake(nutrient, "mg", mean, mean, 0.0, (mean,) * days, 1.0, 0.0, 0.0, quantiles)  # type: ignore[arg-type]


@pytest.mark.parametrize(("mean", "days", "sure"), [(320, 3, 0.85), (377, 3, 0.975), (445, 1, 0.975), (349, 7, 0.975)])
def test_the_published_example_of_one_woman(mean: float, days: int, sure: float) -> None:
    """IOM 2000, pages 54 to 56: magnesium of a woman of 40, 86 mg from day to day, no drawing towards other people.

    The book takes 1 and 2 standard deviations for 85 and 97.5 percent; exactly they are 84.1 and 97.7.
    """
    reference = references("magnesium", WOMAN, "US", EVIDENCE)[0]
    chance = chance_below(known("magnesium", mean, 86 / days**0.5), reference)
    assert chance is not None and 1 - chance.p == pytest.approx(sure, abs=0.015)
    assert chance.low <= chance.p <= chance.high


def test_a_chance_is_the_integral_over_intake_and_requirement() -> None:
    reference = references("magnesium", WOMAN, "US", EVIDENCE)[0]
    rng = np.random.default_rng(1)
    for mean, sd in ((200, 40), (265, 20), (330, 60)):
        drawn = np.mean(rng.normal(mean, sd, 400_000) < rng.normal(265, 26.5, 400_000))
        found = chance_below(known("magnesium", mean, sd), reference)
        assert found is not None and found.p == pytest.approx(drawn, abs=0.006)


def test_two_days_never_shout() -> None:
    """However little two days hold, nothing is called low; and a rich pair of days never hides that it is a guess."""
    for share in (0.02, 0.1, 0.3, 0.6):
        for days in (1, 2, 3):
            for body in ("US", "EU", "UK"):
                for who in (WOMAN, Eater(70, "male"), Eater(), Eater(10, "male")):
                    verdicts = {one.verdict for one in judge(whole_days(days, share), who, body).values()}
                    assert "likely_low" not in verdicts, (share, days, body)


def test_a_long_poor_diary_says_so_and_an_ordinary_one_does_not() -> None:
    poor, usual, rich = (judge(whole_days(10, share))["magnesium"] for share in (0.3, 1.0, 1.6))
    assert poor.verdict == "likely_low" and poor.inadequacy is not None and poor.inadequacy.low > 0.5
    assert usual.verdict in ("cannot_say", "may_be_low")
    assert rich.verdict == "likely_enough" and rich.inadequacy is not None and rich.inadequacy.p < 0.1
    assert poor.requirement == 265 and poor.target == 320 and poor.target_name == "RDA" and poor.kind == "EAR"


def test_little_coverage_judges_nothing() -> None:
    half = [food("known", energy=500, magnesium=20), *(missed(f"stew {n}", f"day {n}") for n in range(1, 7))]
    one = judge(half)["magnesium"]
    assert one.verdict == "cannot_say" and one.inadequacy is None and "%" in one.why


@pytest.mark.parametrize("body", ["US", "EU", "UK"])
@pytest.mark.parametrize("nutrient", ["potassium", "sodium", "vitamin_d"])
def test_what_intake_cannot_tell_has_no_probability(nutrient: str, body: str) -> None:
    for share in (0.1, 1.0, 3.0):
        one = judge(whole_days(7, share), body=body)[nutrient]
        assert one.inadequacy is None and one.verdict in ("cannot_say", "likely_enough", "over_limit")
    assert judge(whole_days(7, 0.2), body=body)[nutrient].verdict == "cannot_say"
    assert (
        judge(whole_days(7, 1.0, **{nutrient: 20_000.0 if nutrient != "vitamin_d" else 60.0}), body=body)[
            nutrient
        ].verdict
        == "likely_enough"
    )


def test_europe_has_no_average_for_magnesium_and_b12() -> None:
    found = judge(whole_days(7), body="EU")
    for nutrient in ("magnesium", "vitamin_b12"):
        assert found[nutrient].kind == "AI" and found[nutrient].inadequacy is None


def test_women_with_periods_have_the_published_iron_table_in_the_us_alone() -> None:
    assert judge(whole_days(7))["iron"].inadequacy is not None
    for body in ("EU", "UK"):
        assert judge(whole_days(7), body=body)["iron"].inadequacy is None
        assert judge(whole_days(7), Eater(40, "male"), body)["iron"].inadequacy is not None


def test_magnesium_of_food_is_never_held_against_the_limit_for_supplements() -> None:
    rich = judge(whole_days(7, magnesium=900.0))["magnesium"]
    assert rich.uppers[0].counted == 0 and not rich.uppers[0].over and rich.verdict == "likely_enough"
    pills = product("magnesium", magnesium=360.0)
    for body, limit, over in (("US", 350, True), ("EU", 250, True), ("UK", 400, False)):
        one = judge([*whole_days(7), pills], body=body)["magnesium"]
        assert (one.uppers[0].limit, one.uppers[0].over) == (limit, over) and one.uppers[0].counted == 360
        assert (one.verdict == "over_limit") is over


@pytest.mark.parametrize(("body", "limit"), [("US", 100), ("EU", 12), ("UK", 10)])
def test_vitamin_b6_has_the_limit_of_its_body(body: str, limit: float) -> None:
    one = judge([*whole_days(7), product("b6", vitamin_b6=limit + 1.0)], body=body)["vitamin_b6"]
    assert [u.limit for u in one.uppers] == [limit] and one.verdict == "over_limit"
    assert (
        judge([*whole_days(7), product("b6", vitamin_b6=limit - 4.0)], body=body)["vitamin_b6"].verdict != "over_limit"
    )


def test_folic_acid_counts_and_folate_of_food_does_not() -> None:
    assert judge(whole_days(7, folate=2500.0))["folate"].verdict == "likely_enough"
    assert judge([*whole_days(7), product("folic acid", folate=1200.0)])["folate"].verdict == "over_limit"


@pytest.mark.parametrize(("state", "limit"), [("", 400), ("pregnant", 200), ("breastfeeding", 200)])
def test_caffeine_has_one_limit_for_everybody_and_a_lower_one_in_pregnancy(state: str, limit: float) -> None:
    who = Eater(30, "female", state)  # type: ignore[arg-type]
    for body in ("US", "EU", "UK"):
        one = judge(whole_days(7, caffeine=300.0), who, body)["caffeine"]
        assert [u.limit for u in one.uppers] == [limit] and one.uppers[0].over is (limit == 200)
        assert ("below the upper limit of 400 mg" in one.why) is (limit == 400)


def test_one_strong_day_is_not_above_a_limit_for_every_day() -> None:
    one = judge(whole_days(1, caffeine=430.0))["caffeine"]
    assert one.uppers[0].counted == pytest.approx(430) and not one.uppers[0].over


def test_limits_of_calcium_go_with_age_and_children_get_none() -> None:
    assert judge(whole_days(7), Eater(40, "female"))["calcium"].uppers[0].limit == 2500
    assert judge(whole_days(7), Eater(60, "female"))["calcium"].uppers[0].limit == 2000
    child = judge([*whole_days(7), product("magnesium", magnesium=500.0)], Eater(8, "male"))
    assert not [u for one in child.values() for u in one.uppers]
    assert child["magnesium"].requirement == 110


def test_much_salt_is_a_plain_note_not_an_alarm() -> None:
    one = judge(whole_days(7, sodium=4000.0))["sodium"]
    assert one.verdict == "likely_enough" and "2,300 mg" in one.why and not one.uppers
    assert "advised" not in judge(whole_days(7, sodium=1800.0))["sodium"].why


def test_an_unknown_sex_joins_both() -> None:
    both, woman, man = (judge(whole_days(7), Eater(40, sex))["magnesium"].inadequacy for sex in ("", "female", "male"))
    assert both is not None and woman is not None and man is not None
    assert woman.p < both.p < man.p and both.low <= woman.p and both.high >= man.p


def test_every_verdict_is_cited() -> None:
    for body in ("US", "EU", "UK"):
        for nutrient, one in judge(whole_days(7), body=body).items():
            assert one.cites or one.uppers, nutrient
            assert not {c.source for c in one.cites} - set(EVIDENCE.sources), nutrient
            assert one.inadequacy is None or words.METHOD in one.cites


def test_the_words_are_plain_and_calm() -> None:
    said = {one.why for body in ("US", "EU", "UK") for share in (0.2, 1.0, 2.0) for days in (1, 7)
            for one in judge(whole_days(days, share), body=body).values()}  # fmt: skip
    said |= {one.why for one in judge([*whole_days(7), product("b6", vitamin_b6=150.0)]).values()}
    said |= {value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)}
    for text in said:
        plain = re.sub(r"\{\w+(?::[^}]*)?\}", "7", text)
        assert grade(plain) <= GRADE or len(words_of(plain)) < 8, f"{grade(plain):.1f} {text}"
        assert not re.search(r"deficien|danger|disease|stop|must|serious|[{}]|_", text if "{" not in text else ""), text


def test_a_share_of_needs_that_is_not_known_gives_no_chance() -> None:
    bare = replace(references("magnesium", WOMAN, "US", EVIDENCE)[0], spread=None)
    assert chance_below(known("magnesium", 265, 30), bare) is None


def test_the_screen_alone_never_says_low() -> None:
    poor = {name: replace(one, basis="screen", days=()) for name, one in
            intakes(whole_days(10, 0.2), days_of(whole_days(10)), EVIDENCE, WOMAN).items()}  # fmt: skip
    assert "likely_low" not in {one.verdict for one in adequacies(poor, WOMAN, "US", EVIDENCE).values()}


def test_the_middling_day_of_these_tests_is_one() -> None:
    assert DAY["energy"] == pytest.approx(4 * DAY["protein"] + 9 * DAY["fat"] + 4 * DAY["carbohydrate"], rel=0.02)
