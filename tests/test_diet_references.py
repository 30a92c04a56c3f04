"""Reference values: the right row for every kind of person, every row cited, nothing contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from twitchwise.diet.references import Eater, body_of, eater_of, references
from twitchwise.evidence import load_evidence
from twitchwise.evidence.reference_types import ReferenceRow, ReferenceValues
from twitchwise.foods.nutrients import UNITS
from twitchwise.observe.types import Observations

EVIDENCE = load_evidence()
AVERAGE = {"EAR", "AR"}


def rows() -> Iterator[tuple[str, ReferenceValues, ReferenceRow]]:
    for body, table in EVIDENCE.references.items():
        for values in table.values:
            for row in values.rows:
                yield f"{body} {values.nutrient} {values.kind} {row.value}", values, row


def one(nutrient: str, body: str, **who: object) -> tuple[float | None, float | None, str]:
    found = references(nutrient, Eater(**who), body, EVIDENCE, 2000.0)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0].average, found[0].target, found[0].target_name


@pytest.mark.parametrize(
    ("nutrient", "body", "who", "expected"),
    [
        ("magnesium", "US", {"age": 40, "sex": "female"}, (265, 320, "RDA")),
        ("magnesium", "US", {"age": 30, "sex": "male"}, (330, 400, "RDA")),
        ("magnesium", "US", {"age": 31, "sex": "male"}, (350, 420, "RDA")),
        ("magnesium", "US", {"age": 16, "sex": "female", "state": "pregnant"}, (335, 400, "RDA")),
        ("magnesium", "US", {"age": 5, "sex": "male"}, (110, 130, "RDA")),
        ("magnesium", "US", {"age": 0.3, "sex": "male"}, (None, 30, "AI")),
        ("magnesium", "EU", {"age": 40, "sex": "female"}, (None, 300, "AI")),
        ("magnesium", "UK", {"age": 40, "sex": "female"}, (200, 270, "RNI")),
        ("calcium", "US", {"age": 60, "sex": "female"}, (1000, 1200, "RDA")),
        ("calcium", "EU", {"age": 20, "sex": "female"}, (860, 1000, "PRI")),
        ("potassium", "US", {"age": 40, "sex": "male"}, (None, 3400, "AI")),
        ("potassium", "EU", {"age": 30, "sex": "female", "state": "breastfeeding"}, (None, 4000, "AI")),
        ("potassium", "UK", {"age": 40, "sex": "male"}, (None, 3500, "RNI")),
        ("vitamin_d", "UK", {"age": 40, "sex": "male"}, (None, 10, "RNI")),
        ("vitamin_d", "US", {"age": 75, "sex": "male"}, (10, 20, "RDA")),
        ("folate", "EU", {"age": 30, "sex": "female", "state": "pregnant"}, (None, 600, "AI")),
        ("folate", "EU", {"age": 30, "sex": "female"}, (250, 330, "PRI")),
        ("vitamin_b12", "EU", {"age": 30, "sex": "female", "state": "pregnant"}, (None, 4.5, "AI")),
        ("calcium", "EU", {"age": 30, "sex": "female", "state": "pregnant"}, (750, 950, "PRI")),
        ("water", "US", {"age": 40, "sex": "female"}, (None, 2700, "AI")),
        ("iron", "US", {"age": 40, "sex": "female"}, (8.1, 18, "RDA")),
        ("iron", "US", {"age": 60, "sex": "female"}, (5, 8, "RDA")),
        ("zinc", "US", {"age": 40, "sex": "male"}, (9.4, 11, "RDA")),
    ],
)
def test_the_row_of_the_person_is_taken(nutrient: str, body: str, who: dict[str, object], expected: object) -> None:
    assert one(nutrient, body, **who) == expected


def test_a_requirement_that_goes_with_energy_is_scaled() -> None:
    average, target, _ = one("thiamine", "EU", age=40, sex="male")
    assert average == pytest.approx(0.072 * 8.368) and target == pytest.approx(0.1 * 8.368)
    assert one("thiamine", "UK", age=40, sex="male")[0] == pytest.approx(0.6)
    assert references("thiamine", Eater(40, "male"), "EU", EVIDENCE, None) == ()


def test_an_unknown_sex_gives_both_and_an_unknown_age_an_adult() -> None:
    assert [r.average for r in references("magnesium", Eater(40), "US", EVIDENCE)] == [265, 350]
    assert one("magnesium", "US", sex="female")[0] == 265
    assert len(references("calcium", Eater(40), "US", EVIDENCE)) == 1  # the same for both


def test_who_eats_is_taken_from_the_record() -> None:
    assert eater_of(Observations(age=30, sex="female", risks=frozenset({"breastfeeding"}))).state == "breastfeeding"
    assert eater_of(Observations(pregnant_weeks=20, pregnant=True)) == Eater(None, "female", "pregnant")
    assert eater_of(Observations(age=8)) == Eater(8)


@pytest.mark.parametrize(
    ("said", "country", "body"),
    [
        ("", "", "US"), ("", "United Kingdom", "UK"), ("", "England", "UK"), ("", "GB", "UK"), ("", "France", "EU"),
        ("", "de", "EU"), ("", "Canada", "US"), ("", "Ireland", "EU"), ("", "Japan", "US"),
        ("", "Northern Ireland", "UK"),
        ("UK", "France", "UK"), ("eu", "", "EU"), ("Efsa", "USA", "EU"), ("us", "UK", "US"),
    ],
)  # fmt: skip
def test_the_body_is_chosen_by_word_or_country(said: str, country: str, body: str) -> None:
    assert body_of(said, country) == (body, "")


def test_a_body_that_does_not_exist_is_said() -> None:
    assert body_of("WHO 2004", "France") == ("EU", "WHO 2004")


def test_every_value_is_cited_with_a_place() -> None:
    cites = [(w, row.cite or values.cite) for w, values, row in rows()]
    cites += [(f"{b} {s.nutrient}", s.cite) for b, t in EVIDENCE.references.items() for s in t.spreads]
    cites += [(v.id, v.cite) for v in EVIDENCE.variation.values()]
    wrong = [w for w, c in cites if c.source not in EVIDENCE.sources or not c.locator.strip()]
    assert not wrong, f"cite a source of sources.toml, with its place: {wrong[:5]}"


def test_what_was_not_seen_is_not_called_verified() -> None:
    for where, values, row in rows():
        if (row.cite or values.cite).source == "own_judgement":
            assert (row.status or values.status) == "recalled", where


def test_every_value_has_the_unit_of_the_food_tables() -> None:
    assert not [w for w, values, _ in rows() if values.unit != UNITS[values.nutrient]]


@pytest.mark.parametrize("body", ["US", "EU", "UK"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_nobody_has_two_values_and_a_target_is_above_the_average(body: str, sex: str) -> None:
    table = EVIDENCE.references[body]
    for state in ("", "pregnant", "breastfeeding") if sex == "female" else ("",):
        for age in [0.2, 0.7, *range(1, 100)]:
            for nutrient in UNITS:
                eater = Eater(age, sex, state)  # type: ignore[arg-type]
                fits = [
                    (v.kind, row.value)
                    for v in table.values
                    if v.nutrient == nutrient
                    for row in v.rows
                    if row.age_from <= age < row.age_to and row.sex in ("", sex) and row.state == state
                ]
                assert len({k for k, _ in fits}) == len(fits), (body, nutrient, eater, fits)
                found = references(nutrient, eater, body, EVIDENCE, 2000.0)  # type: ignore[arg-type]
                for one_ in found:
                    assert not (one_.average and one_.target) or one_.target > one_.average, (nutrient, eater, one_)


@pytest.mark.parametrize("body", ["US", "EU", "UK"])
def test_adults_have_a_value_for_every_nutrient_that_matters_here(body: str) -> None:
    for (
        nutrient
    ) in "magnesium calcium potassium sodium vitamin_d vitamin_b12 vitamin_b6 thiamine folate iron zinc".split():
        for sex in ("female", "male"):
            assert references(nutrient, Eater(40, sex), body, EVIDENCE, 2000.0), (body, nutrient)  # type: ignore[arg-type]


def test_the_chance_falls_with_the_intake_and_is_even_at_the_average() -> None:
    for body in ("US", "EU", "UK"):
        for nutrient in UNITS:
            for found in references(nutrient, Eater(40, "male"), body, EVIDENCE, 2000.0):  # type: ignore[arg-type]
                if found.average is None:
                    continue
                unmet = found.unmet(np.linspace(0.01, 4.0, 200) * found.average)
                if unmet is not None:
                    assert (np.diff(unmet) <= 1e-12).all() and unmet[0] > 0.99 and unmet[-1] < 0.01, (body, nutrient)
                    assert found.unmet(found.average) == pytest.approx(0.5, abs=0.01)


def test_the_published_iron_table_is_reproduced() -> None:
    """IOM 2001, table 14-1: of 1,000 women with these intakes 165 get too little, 16.5 percent."""
    women = [1, 1, 3, 10, 15, 20, 23, 20 + 7, 50, 150, 200, 175, 125, 200]
    ends = [0, 4.42, 4.885, 5.455, 6.225, 6.875, 7.465, 8.075, 8.765, 9.635, 10.825, 13.055, 15.495, 18.23, 40]
    middles = [(low + high) / 2 for low, high in pairwise(ends)]
    iron = references("iron", Eater(30, "female"), "US", EVIDENCE)[0]
    risk = iron.unmet(np.array(middles))
    assert sum(women) == 1000 and risk is not None
    assert float(risk @ np.array(women)) == pytest.approx(165, abs=6)  # the table rounds its risks to the percent
    assert sum(n for n, m in zip(women, middles, strict=True) if m < 8.07) == 73  # the cut-point would say 7.3 percent


def test_in_pregnancy_the_table_of_women_with_periods_is_not_used() -> None:
    pregnant = references("iron", Eater(30, "female", "pregnant"), "US", EVIDENCE)[0]
    assert pregnant.average == 22 and pregnant.unmet(22.0) == pytest.approx(0.5)
    assert references("iron", Eater(30, "female"), "EU", EVIDENCE)[0].unmet(9.0) is None
