"""The diary in the review: intakes shift states, never the urgency; caffeine counts; the plan changes the own day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.formats.html import write_html
from twitchwise.formats.json_out import as_json
from twitchwise.formats.text import write_full, write_text
from twitchwise.record import record_from_tables
from twitchwise.report import make_report
from twitchwise.review import Review, review

EVIDENCE = load_evidence()
ON = date(2026, 11, 22)
PERSON = {"person": {"age": 34, "sex": "female"}, "findings": [{"what": "eyelid twitching"}]}
POOR = ["2 slices white toast with jam", "can of cola", "plate of white pasta with butter", "packet of crisps"]
RICH = [
    "100 g pumpkin seeds",
    "200 g boiled spinach",
    "150 g salmon",
    "200 g boiled lentils",
    "glass of milk",
    "2 eggs",
]


def reviewed(lines: list[str] | None = None, **more: Any) -> Review:
    diet = {"diet": {"lines": lines}} if lines is not None else {}
    return review(record_from_tables({**PERSON, **diet, **more}), EVIDENCE, ON, draws=16)


def present(found: Review, cause: str) -> float:
    return next(c.present.p for c in found.assessment.causes if c.id == cause)


def test_without_a_diary_nothing_is_said_of_it() -> None:
    found = reviewed()
    assert found.diet is None and as_json(make_report(found, EVIDENCE))["diet"] is None


def test_a_poor_and_a_rich_day_move_the_states_apart() -> None:
    poor, plain, rich = reviewed(POOR), reviewed(), reviewed(RICH)
    for cause in ("magnesium_deficiency", "vitamin_b6_deficiency", "vitamin_d_deficiency"):
        assert present(rich, cause) < present(poor, cause)
    assert present(rich, "magnesium_deficiency") < present(plain, "magnesium_deficiency")
    assert present(poor, "magnesium_deficiency") < 0.2  # one day cannot show a lack


@pytest.mark.parametrize("lines", [POOR, RICH, ["xyzzy plugh"], ["3 coffees", "2 beers"]])
def test_food_never_moves_the_urgency(lines: list[str]) -> None:
    with_food, without = reviewed(lines), reviewed()
    assert with_food.triage.level == without.triage.level
    assert [a.rule for a in with_food.triage.alerts] == [a.rule for a in without.triage.alerts]


def test_caffeine_of_the_diary_counts_where_the_record_says_nothing_of_it() -> None:
    little = reviewed(["toast", "water"])
    much = reviewed(["5 mugs of coffee", "2 cans of energy drink", "toast"])
    assert present(much, "caffeine_or_stimulants") > present(little, "caffeine_or_stimulants")
    told = reviewed(["5 mugs of coffee"], habits={"caffeine": "none"})
    assert told.observations.factor("caffeine") is None or told.record.habits["caffeine"] == "none"


def test_the_urgency_sees_much_caffeine_of_a_diary() -> None:
    much = reviewed(["10 mugs of coffee", "4 cans of energy drink"])
    stated = reviewed(None, habits={"caffeine": f"{much.diet.intakes['caffeine'].mean:.0f} mg a day"})  # type: ignore[union-attr]
    assert much.triage.level == stated.triage.level


def test_what_was_not_found_is_under_not_used_and_in_the_diet() -> None:
    found = reviewed(["xyzzy plugh", "2 eggs"])
    assert any(issue.what == "xyzzy plugh" for issue in found.issues)
    report = make_report(found, EVIDENCE)
    assert report.diet is not None and [row.said for row in report.diet.not_found] == ["xyzzy plugh"]
    assert "xyzzy plugh" in write_html(report) and "xyzzy plugh" in write_full(report)


def test_every_form_shows_the_same_intake() -> None:
    report = make_report(reviewed(RICH), EVIDENCE)
    assert report.diet is not None
    magnesium = next(row for row in report.diet.rows if row.nutrient == "magnesium")
    assert magnesium.words[1:] in write_html(report)
    whole = json.loads(json.dumps(as_json(report)))["diet"]
    assert whole["nutrients"]["magnesium"]["usual"]["50"] == pytest.approx(magnesium.usual[2], rel=1e-5)
    assert "WHAT YOU EAT" in write_text(report)


def test_the_plan_changes_the_own_day_and_keeps_the_guards() -> None:
    days = [
        {"text": text, "day": day} for day in ("Monday", "Tuesday", "Friday") for text in (*POOR, "cheese sandwich")
    ]
    free = reviewed(None, diet={"lines": days})
    kidney = reviewed(None, diet={"lines": days}, conditions=[{"what": "chronic kidney disease stage 4"}])
    foods = [s for s in free.plan.steps if s.kind == "food"]
    assert foods and all(s.cites and "not a cure" in s.why for s in foods if s.id.startswith("food_day_"))
    for step in (s for s in kidney.plan.steps if s.kind == "food"):
        assert "potassium" not in step.text


def test_a_child_gets_no_amounts() -> None:
    child = reviewed(POOR, person={"age": 9, "sex": "female"})
    assert not any(step.id.startswith("food_day_") and " g)" in step.text for step in child.plan.steps)
