"""What the review says of drawn persons is as often true as it says; and a wrong posterior is noticed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from twitchwise.assess import build_network
from twitchwise.evidence import load_evidence
from twitchwise.kernels.network import Problem

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import calibration
import drawn_persons
from reliability import binned, calibration_error, diagram, errors

PERSONS = 800
SEED = 20261122
# about twice what chance alone gives with so few persons; the whole 100,000 are for `make calibration`
ALLOWED = {
    "present, all": 0.012,
    "present, shown": 0.022,
    "present, causes": 0.013,
    "explains, all": 0.008,
    "explains, shown": 0.030,
    "explains, causes": 0.010,
}


def measured(spoil: Callable[[Problem], Problem] | None = None) -> set[str]:
    """The calibration errors that are larger than allowed, when the review's numbers are as they are or spoilt."""
    with pytest.MonkeyPatch.context() as patch:
        if spoil is not None:
            real = calibration.draw_persons

            def spoilt(*given: object) -> drawn_persons.Persons:
                persons = real(*given)  # type: ignore[arg-type]
                ground = persons.background
                return replace(persons, background=replace(ground, point=spoil(ground.point)))

            patch.setattr(calibration, "draw_persons", spoilt)
        world = drawn_persons.make_world(load_evidence(), 500, SEED)
        answers = calibration.compare(world, PERSONS, np.random.default_rng(SEED))
    found = {}
    for kind in ("present", "explains"):
        said, true = getattr(answers, kind)
        shown = said >= 0.05
        found[f"{kind}, all"] = max(errors(said.ravel(), true.ravel())[f"ece_equal_{x}"] for x in ("width", "mass"))
        found[f"{kind}, shown"] = calibration_error(binned(said[shown], true[shown], 10))
        found[f"{kind}, causes"] = float(np.abs(said.mean(axis=1) - true.mean(axis=1)).mean())
    return {key for key, value in found.items() if value > ALLOWED[key]}


def test_what_is_said_is_as_often_true() -> None:
    assert measured() == set()


def test_a_single_wrong_prior_is_noticed() -> None:
    place = build_network(load_evidence()).ids.index("benign_fasciculation")

    def too_common(problem: Problem) -> Problem:
        base = list(problem.base)
        base[place] = np.array([[0.2], [0.8]])
        return replace(problem, base=base)

    assert {"present, all", "present, shown", "explains, shown"} <= measured(too_common)


def test_all_causes_taken_for_three_times_as_common_are_noticed() -> None:
    def commoner(problem: Problem) -> Problem:
        base = [np.concatenate([b[:1], 3 * b[1:]]) if len(b) > 1 else b for b in problem.base]
        return replace(problem, base=[b / b.sum(axis=0) for b in base])

    assert {"present, all", "present, shown", "present, causes"} <= measured(commoner)


def test_a_background_taken_for_ten_times_as_high_is_noticed() -> None:
    def noisier(problem: Problem) -> Problem:
        return replace(problem, leak=np.minimum(10 * problem.leak, 0.9))

    assert {"explains, all", "explains, shown"} <= measured(noisier)


def test_effects_taken_for_a_tenth_are_noticed() -> None:
    def weaker(problem: Problem) -> Problem:
        return replace(problem, act=[{b: a / 10 for b, a in act.items()} for act in problem.act])

    assert {"explains, all", "explains, shown"} <= measured(weaker)


def test_many_at_once_answer_like_the_review_does_one_by_one() -> None:
    world = drawn_persons.make_world(load_evidence(), 500, SEED)
    assert calibration.largest_difference(world, np.random.default_rng(3), 8) <= 1e-9


def test_drawn_chains_of_pushes_follow_their_chances() -> None:
    # one parent (always there) pushes a child with chance 0.3; the child alone is there with 0.2
    q = np.array([[[1.0], [0.0]], [[0.7], [0.3]]])
    problem = Problem(
        [2, 2],
        [1, 1],
        [np.array([[0.0], [1.0]]), np.array([[0.8], [0.2]])],
        [np.ones((2, 1))] * 2,
        [{}, {0: np.array([[0.0], [0.5]])}],
        np.zeros((1, 1)),
        [(0, 1, q)],
        (),
        1,
    )
    groups, rng, many = np.array([[True, False]]), np.random.default_rng(1), 200_000
    state, reached = drawn_persons.draw_states(problem, groups, rng, many)
    noticed, paths = drawn_persons.draw_answers(problem, groups, state, reached, rng)
    assert state[1].mean() == pytest.approx(1 - 0.8 * 0.7, abs=0.005)
    assert reached[0, 1].mean() == pytest.approx(0.3, abs=0.005)
    assert noticed[0].mean() == pytest.approx(0.44 * 0.5 * drawn_persons.DENIAL, abs=0.005)
    assert paths[0, 0].mean() == pytest.approx(0.3 * 0.5 * drawn_persons.DENIAL, abs=0.005)


def test_a_forecast_that_is_always_ten_points_too_high_has_an_error_of_ten_points() -> None:
    rng = np.random.default_rng(2)
    true_chance = rng.random(50_000) * 0.8
    true = (rng.random(50_000) < true_chance).astype(float)
    for equal_mass in (False, True):
        assert calibration_error(binned(true_chance, true, equal_mass=equal_mass)) < 0.01
        assert calibration_error(binned(true_chance + 0.1, true, equal_mass=equal_mass)) == pytest.approx(0.1, abs=0.01)


def test_the_diagram_has_a_text_alternative_and_one_mark_for_each_bin() -> None:
    bins = binned(np.array([0.1, 0.9, 0.5]), np.array([0.0, 1.0, 1.0]), 3)
    drawing = diagram({"a": ("b", bins)}, "What was said", "Three answers")
    assert "<title id=" in drawing and "<desc id=" in drawing and 'role="img"' in drawing
    assert drawing.count("<circle") == 3
