"""The twelve questions: answers to portions, portions to nutrients, and how wide that is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twitchwise.diet.screen import portion_amounts, read_answer, screen_amounts, screen_issues
from twitchwise.evidence import load_evidence
from twitchwise.foods.load import curated
from twitchwise.foods.nutrients import UNITS

EVIDENCE = load_evidence()
NEEDED = {
    "magnesium", "calcium", "potassium", "vitamin_d", "vitamin_b12", "vitamin_b6", "thiamine", "sodium", "caffeine",
}  # fmt: skip
ANSWERS = {
    "dairy": "2 a day", "cheese": "3 a week", "vegetables": "2-3 a day", "fruit": "daily 2", "pulses": "weekly 2",
    "nuts": "1-3 a month", "whole_grains": "1 a day", "fortified": "never", "meat": "5 times a week",
    "fish": "once a week", "caffeine": "3 cups a day", "salty": "twice a week",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "per_day"),
    [
        ("never", 0.0), ("none", 0.0), ("0", 0.0), ("2 a day", 2.0), ("two a day", 2.0), ("daily 2", 2.0), ("2", 2.0),
        ("every day", 1.0), ("twice a day", 2.0), ("3 a week", 3 / 7), ("weekly 3", 3 / 7), ("3x/week", 3 / 7),
        ("three times a week", 3 / 7), ("once a week", 1 / 7), ("2 times a month", 2 / 30.4), ("every other day", 0.6),
        ("half a glass a day", 0.5), ("about 4 cups a day", 4.0), ("2-3 a day", 2.5), ("Rarely", 0.02),
    ],
)  # fmt: skip
def test_an_answer_is_portions_a_day(text: str, per_day: float) -> None:
    often = read_answer(text, EVIDENCE)
    assert often is not None and often.mean == pytest.approx(per_day, abs=0.011)
    assert often.low <= often.mean <= often.high


@pytest.mark.parametrize("text", ["lots", "100 a day", "-3", "nan", "", "3 bananas of some sort?!", "5-2 a day"])
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert read_answer(text, EVIDENCE) is None or text.startswith("3")


def test_every_answer_that_may_be_chosen_is_read_by_its_id_and_its_words() -> None:
    before = -1.0
    for answer in EVIDENCE.screen_answers.values():
        by_id, by_text = read_answer(answer.id, EVIDENCE), read_answer(answer.text, EVIDENCE)
        assert by_id == by_text and by_id is not None and by_id.mean == answer.mean > before
        before = answer.mean


def test_there_are_twelve_questions_and_their_foods_are_curated() -> None:
    assert len(EVIDENCE.screen_questions) == 12
    for question in EVIDENCE.screen_questions.values():
        assert sum(f.share for f in question.foods) == pytest.approx(1.0)
        assert all(f.food in curated().row for f in question.foods)
        for nutrient in EVIDENCE.screen_base:
            assert not math.isnan(portion_amounts(question, curated(), nutrient)), (question.id, nutrient)
    assert set(EVIDENCE.screen_base) >= NEEDED and set(EVIDENCE.screen_base) <= set(UNITS)


def test_the_interval_holds_the_mean_and_is_wide() -> None:
    for mean, low, high, coverage in screen_amounts(ANSWERS, curated(), EVIDENCE).values():
        assert 0 <= low < mean < high and high > 1.3 * mean and 0 < coverage <= 1


@pytest.mark.parametrize(
    ("question", "nutrient"),
    [("dairy", "calcium"), ("nuts", "magnesium"), ("fish", "vitamin_d"), ("caffeine", "caffeine"), ("salty", "sodium"),
     ("fruit", "potassium"), ("meat", "vitamin_b12"), ("fortified", "vitamin_b6"), ("whole_grains", "thiamine")],
)  # fmt: skip
def test_more_of_a_food_is_more_of_what_it_brings(question: str, nutrient: str) -> None:
    def mean(answer: str) -> float:
        return screen_amounts({**ANSWERS, question: answer}, curated(), EVIDENCE)[nutrient][0]

    none, some, much = mean("never"), mean("1 a day"), mean("3 a day")
    portion = portion_amounts(EVIDENCE.screen_questions[question], curated(), nutrient)
    assert some - none == pytest.approx(portion) and much - none == pytest.approx(3 * portion)


def test_without_answers_it_is_a_usual_diet_and_nothing_is_covered() -> None:
    found = screen_amounts({}, curated(), EVIDENCE)
    assert all(coverage == 0.0 for *_, coverage in found.values())
    # NHANES 2017-2018, adults with two days, weighted
    for nutrient, usual in (("magnesium", 298.2), ("calcium", 943.2), ("potassium", 2581.9), ("sodium", 3398.8)):
        assert found[nutrient][0] == pytest.approx(usual, rel=0.03)


def test_an_unanswered_question_widens_and_lowers_the_coverage() -> None:
    full = screen_amounts(ANSWERS, curated(), EVIDENCE)["calcium"]
    part = screen_amounts({k: v for k, v in ANSWERS.items() if k != "dairy"}, curated(), EVIDENCE)["calcium"]
    assert part[3] < full[3] and part[2] / part[1] > full[2] / full[1]


def test_wrong_answers_are_told_and_count_as_not_answered() -> None:
    issues = screen_issues({"dairy": "lots", "milk": "2 a day", "fish": "1 a week", "nuts": ""}, EVIDENCE)
    assert [issue.where for issue in issues] == ["diet.screen.dairy", "diet.screen.milk"]
    assert all(issue.try_ for issue in issues)
    wrong, none = (screen_amounts(a, curated(), EVIDENCE) for a in ({"dairy": "lots"}, {}))
    assert all(np.allclose(wrong[key], none[key]) for key in none)
