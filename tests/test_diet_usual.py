"""The usual intake of one person: right as often as it says, for people drawn from the survey's own model."""

from __future__ import annotations

import numpy as np
import pytest

from twitchwise.diet.groups import UsualModel, restored, usual_of
from twitchwise.diet.references import Eater, references
from twitchwise.diet.usual import OWN_DAYS, average_of, group_of, model_of, usual
from twitchwise.evidence import load_evidence
from twitchwise.foods.types import Array

EVIDENCE = load_evidence()
WOMAN = Eater(40, "female")


def drawn(nutrient: str, days: int, people: int = 400) -> tuple[UsualModel, Array, Array]:
    """People of the survey's model: the model, their days (people, days), their true usual intakes."""
    found = model_of(nutrient, WOMAN, EVIDENCE)
    assert found is not None
    model, rng = found[0], np.random.default_rng(days)
    own = model.mean + model.between * rng.standard_normal(people)
    eaten = restored(own[:, None] + model.within * rng.standard_normal((people, days)), model.power)
    return model, eaten, usual_of(own, model.power, model.within)


@pytest.mark.parametrize("nutrient", ["magnesium", "vitamin_b12", "sodium"])
@pytest.mark.parametrize("days", [1, 2, 7])
def test_ninety_percent_intervals_hold_nine_of_ten(nutrient: str, days: int) -> None:
    model, eaten, truth = drawn(nutrient, days)
    inside, below = [], []
    for row, true in zip(eaten, truth, strict=True):
        draws = usual(np.repeat(row[None], 500, axis=0), row, model, True, True).draws
        low, middle, high = np.quantile(draws, [0.05, 0.5, 0.95])
        inside.append(low <= true <= high)
        below.append(true <= middle)
    assert np.mean(inside) == pytest.approx(0.9, abs=0.06)
    assert np.mean(below) == pytest.approx(0.5, abs=0.08)


def test_a_chance_of_being_short_comes_true_as_often_as_it_is_said() -> None:
    model, eaten, truth = drawn("magnesium", 2, 1500)
    reference = references("magnesium", WOMAN, "US", EVIDENCE)[0]
    needs = np.random.default_rng(4).normal(265, 26.5, len(truth))
    said = []
    for row in eaten:
        unmet = reference.unmet(usual(np.repeat(row[None], 300, axis=0), row, model, True, True).draws)
        assert unmet is not None
        said.append(float(unmet.mean()))
    chance, short = np.array(said), truth < needs
    for low, high in ((0.0, 0.3), (0.3, 0.6), (0.6, 1.01)):
        some = (chance >= low) & (chance < high)
        assert some.sum() > 100 and short[some].mean() == pytest.approx(chance[some].mean(), abs=0.07)


def test_drawing_towards_others_comes_closer_to_the_truth_than_the_bare_mean() -> None:
    model, eaten, truth = drawn("magnesium", 2)
    better = [np.median(usual(np.repeat(r[None], 200, axis=0), r, model, True, True).draws) for r in eaten]
    assert np.std(np.array(better) - truth) < 0.85 * np.std(eaten.mean(axis=1) - truth)


def test_nothing_known_is_the_group_itself() -> None:
    model, eaten, _ = drawn("magnesium", 3, 1)
    found = usual(np.zeros((4000, 3)), eaten[0], model, False, True).draws
    assert np.quantile(found, [0.05, 0.5, 0.95]) == pytest.approx(model.quantile([0.05, 0.5, 0.95]), rel=0.04)


def test_who_is_like_nobody_in_the_survey_counts_alone() -> None:
    model, eaten, _ = drawn("magnesium", OWN_DAYS - 1, 1)
    far = eaten[0] * 6
    alone = np.median(usual(np.repeat(far[None], 500, axis=0), far, model, True, False).draws)
    among = np.median(usual(np.repeat(far[None], 500, axis=0), far, model, True, True).draws)
    assert alone > 1.3 * among and alone == pytest.approx(far.mean(), rel=0.15)


@pytest.mark.parametrize(
    ("eater", "ages", "sex", "alike"),
    [
        (Eater(40, "female"), (31, 51), "female", True), (Eater(None, "male"), (19, 200), "male", True),
        (Eater(None, ""), (19, 200), "", True), (Eater(40, ""), (19, 200), "", True),
        (Eater(6, "male"), (4, 9), "", True), (Eater(0.5, ""), (1, 4), "", False),
    ],
)  # fmt: skip
def test_the_group_is_that_of_the_person(eater: Eater, ages: tuple[int, int], sex: str, alike: bool) -> None:
    group, found = group_of(EVIDENCE.variation["magnesium"], eater)
    assert ((group.age_from, group.age_to), group.sex, found) == (ages, sex, alike)


def test_a_teenager_of_unknown_sex_is_between_both() -> None:
    table = EVIDENCE.variation["magnesium"]
    both, girl, boy = (group_of(table, Eater(16, sex))[0].mean for sex in ("", "female", "male"))
    assert girl < both < boy


def test_the_groups_mean_is_that_of_the_survey() -> None:
    """Weighted means of adult women and men of 19 and over, day 1, from the tables themselves."""
    for sex, mean in (("female", 270.0), ("male", 341.0)):
        found = model_of("magnesium", Eater(None, sex), EVIDENCE)
        assert found is not None and average_of(found[0]) == pytest.approx(mean, rel=0.02)


def test_every_nutrient_of_the_tables_but_ash_is_in_the_survey() -> None:
    from twitchwise.foods.nutrients import NUTRIENTS

    assert set(NUTRIENTS) - set(EVIDENCE.variation) == {"ash"}
    assert model_of("ash", WOMAN, EVIDENCE) is None
