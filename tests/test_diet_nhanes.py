"""A national survey, worked out again from its foods and grams; figures against those published with it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import bench_nhanes_diet as bench
import diet_variation

from twitchwise.evidence.load import read_toml

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def nhanes(shared: Path) -> Path:
    return shared / "data" / "nhanes" / "2017-2018"


@pytest.fixture(scope="module")
def totals(shared: Path, nhanes: Path) -> tuple[bench.Columns, bench.Columns]:
    pytest.importorskip("openpyxl", reason="openpyxl is not installed: the survey's food table was NOT read")
    return bench.reproduced(nhanes, next((shared / "data/foods/fndds_2017-2018_at_a_glance").glob("*.xlsx")))


@pytest.mark.parametrize("nutrient", ["magnesium", "calcium", "potassium", "sodium"])
def test_foods_times_grams_give_the_surveys_totals(totals: tuple[bench.Columns, bench.Columns], nutrient: str) -> None:
    ours, theirs = totals
    share = {"magnesium": 0.05}.get(nutrient, 0.02)
    assert len(theirs["SEQN"]) == 7484
    assert bench.within(ours[nutrient], theirs[nutrient], share) >= 0.99


def test_weighted_means_are_those_of_the_survey(nhanes: Path) -> None:
    assert bench.means(nhanes) == pytest.approx({"all": 305.6, "men": 342.5, "women": 271.4}, abs=0.05)


def test_usual_intakes_are_narrower_than_single_days(nhanes: Path) -> None:
    who, days = diet_variation.people(nhanes)
    for sex, low, high in (("male", 0.50, 0.60), ("female", 0.44, 0.54)):
        found = bench.short(who, days["magnesium"], "magnesium", sex)
        assert low < found["usual"] < high and found["usual"] < found["one day"]
    assert bench.short(who, days["vitamin_b6"], "vitamin_b6", "male")["usual"] < 0.6 * 0.189


def test_the_stored_variation_is_what_the_tool_writes(nhanes: Path) -> None:
    who, days = diet_variation.people(nhanes)
    stored = {v["id"]: v for v in read_toml(diet_variation.OUT)["variation"]}
    for nutrient in ("magnesium", "potassium", "caffeine"):
        lines = diet_variation.groups(who, days[nutrient], stored[nutrient]["power"])
        for line, group in zip(lines, stored[nutrient]["groups"], strict=True):
            for key in ("mean", "within", "between"):
                assert f"{key} = {group[key]}" in line, (nutrient, line)
