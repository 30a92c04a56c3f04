"""Nothing is lost or made on the way: foods = meals = days = report = export."""

from __future__ import annotations

import csv
import io
import json
import math
from collections import defaultdict
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchwise.diet.reading import read_diet
from twitchwise.diet.types import DietReading
from twitchwise.evidence import load_evidence
from twitchwise.foods import COLUMN, NUTRIENTS, curated
from twitchwise.formats.diet import write_csv, write_json
from twitchwise.observe import observe
from twitchwise.record.types import DiaryLine, DietPart, DrugLine, Record
from twitchwise.report.diet import diet_section

EVIDENCE = load_evidence()
FOODS = [food for food in curated().foods if "supplement" not in food.tags]
MEALS = ("breakfast", "lunch", "dinner")


@st.composite
def diaries(draw: st.DrawFn) -> tuple[DiaryLine, ...]:
    days = draw(st.integers(1, 4))
    lines = []
    for day in range(days):
        for number in range(draw(st.integers(1, 6))):
            food = draw(st.sampled_from(FOODS))
            grams = draw(st.floats(1, 800))
            where = f"x line {day}.{number}"
            meal = draw(st.sampled_from(MEALS))
            lines.append(DiaryLine(food.name, f"day {day}", meal, grams, code=f"twitchwise:{food.id}", where=where))
    return tuple(lines)


def read(lines: tuple[DiaryLine, ...], supplements: tuple[DrugLine, ...] = ()) -> DietReading:
    record = Record(diet=DietPart(lines=lines), supplements=supplements)
    found = read_diet(record, observe(record, EVIDENCE, date(2026, 11, 22)), EVIDENCE)
    assert found is not None
    return found


def total(values: list[float]) -> float:
    return math.fsum(v for v in values if math.isfinite(v))


@settings(max_examples=25, deadline=None)
@given(diaries())
def test_foods_meals_days_report_and_export_agree(lines: tuple[DiaryLine, ...]) -> None:
    found = read(lines)
    assert len(found.eaten) == len(lines) and {e.line.where for e in found.eaten} == {x.where for x in lines}
    rows = list(csv.DictReader(io.StringIO(write_csv(found, (), EVIDENCE))))
    whole = json.loads(write_json(found, (), EVIDENCE))
    for nutrient in NUTRIENTS:
        foods = [float(e.amounts[COLUMN[nutrient]]) for e in found.eaten]
        by_meal, by_day = defaultdict[tuple[str, str], list[float]](list), defaultdict[str, list[float]](list)
        for e, value in zip(found.eaten, foods, strict=True):
            by_meal[e.line.day, e.line.meal].append(value)
            by_day[e.line.day].append(value)
        expected = total(foods)
        meals, days = total([total(v) for v in by_meal.values()]), [total(by_day[d]) for d in found.days]
        assert meals == pytest.approx(expected, rel=1e-12, abs=1e-12)
        assert [found.plain_days[d][nutrient] for d in found.days] == pytest.approx(days, rel=1e-9, abs=1e-9)
        intake = found.intakes[nutrient]
        assert intake.mean * len(found.days) == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert total([float(row[nutrient]) for row in rows if row[nutrient]]) == pytest.approx(expected, rel=1e-9)
        assert sum(whole["nutrients"][nutrient]["days"]) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(diaries())
def test_what_a_food_brings_is_its_table_row(lines: tuple[DiaryLine, ...]) -> None:
    for e in read(lines).eaten:
        assert e.food is not None
        expected = curated().per_100g(e.food.id) * e.grams / 100.0
        np.testing.assert_allclose(e.amounts, expected, rtol=1e-12)


@settings(max_examples=25, deadline=None)
@given(diaries())
def test_the_shown_sources_are_parts_of_the_whole(lines: tuple[DiaryLine, ...]) -> None:
    found = read(lines)
    for intake in found.intakes.values():
        assert sum(s.share for s in intake.sources) <= 1 + 1e-9
        assert all(0 <= s.per_day <= intake.mean * (1 + 1e-9) + 1e-9 for s in intake.sources)
    section = diet_section(found)
    for row in section.rows:
        assert row.days == found.intakes[row.nutrient].days


@settings(max_examples=15, deadline=None)
@given(diaries(), st.integers(1, 5))
def test_the_order_of_lines_changes_nothing(lines: tuple[DiaryLine, ...], seed: int) -> None:
    shuffled = tuple(np.random.default_rng(seed).permutation(np.array(lines, dtype=object)))
    one, other = read(lines), read(shuffled)
    for nutrient in NUTRIENTS:
        assert one.intakes[nutrient].mean == pytest.approx(other.intakes[nutrient].mean, rel=1e-9, abs=1e-12)


def test_supplements_count_every_day_and_apart_from_food() -> None:
    line = DiaryLine("boiled egg", "day 0", "lunch", 100.0, where="x line 1")
    plain = read((line,))
    more = read((line,), (DrugLine("magnesium", "200 mg daily"), DrugLine("magnesium tablets", "100 mg daily")))
    gained = more.intakes["magnesium"]
    assert gained.supplements == pytest.approx(300.0, rel=0.01)
    assert gained.food == pytest.approx(plain.intakes["magnesium"].food)
    assert gained.mean == pytest.approx(gained.food + gained.supplements)


def test_an_unknown_line_lowers_the_coverage_and_is_no_zero() -> None:
    line = DiaryLine("boiled egg", "day 0", "lunch", 100.0, where="x line 1")
    strange = DiaryLine("xyzzy plugh", "day 0", "dinner", where="x line 2")
    known, partly = read((line,)), read((line, strange))
    assert partly.intakes["magnesium"].coverage < known.intakes["magnesium"].coverage
    assert partly.intakes["magnesium"].mean == pytest.approx(known.intakes["magnesium"].mean)
    assert [e.sure for e in partly.eaten] == ["exact", "none"]
    spread = [x.intakes["magnesium"].usual[4] - x.intakes["magnesium"].usual[0] for x in (known, partly)]
    assert spread[1] >= spread[0]
