"""A record's diet as a whole: which person, whose values, what was not found, and one set of numbers everywhere."""

from __future__ import annotations

from datetime import date

import pytest
from plain import GRADE, grade, words_of

from twitchwise.diet import reading as module
from twitchwise.diet.reading import read_diet
from twitchwise.diet.types import DietReading
from twitchwise.evidence import load_evidence
from twitchwise.foods.nutrients import COLUMN
from twitchwise.observe import observe
from twitchwise.record.types import DiaryLine, DietPart, DrugLine, PersonPart, Record

EVIDENCE = load_evidence()
GIVEN = {"energy": 600.0, "magnesium": 90.0, "calcium": 280.0, "vitamin_b12": 1.4, "caffeine": 60.0, "water": 700.0}


def lines(days: int = 2, **more: float) -> tuple[DiaryLine, ...]:
    """Meals whose nutrients the diary program gave: no food table is needed."""
    return tuple(
        DiaryLine(meal, day=f"2026-11-0{n + 1}", meal=meal, nutrients=GIVEN | more, where=f"d.csv line {n}")
        for n in range(days)
        for meal in ("breakfast", "lunch", "dinner")
    )


def read(diet: DietPart, person: PersonPart | None = None, *drugs: DrugLine) -> DietReading:
    record = Record(person=person or PersonPart(age="40", sex="female"), diet=diet, supplements=drugs)
    found = read_diet(record, observe(record, EVIDENCE, date(2026, 11, 22)), EVIDENCE)
    assert found is not None
    return found


def test_a_record_without_food_has_no_reading() -> None:
    record = Record(person=PersonPart(age="40"), diet=DietPart(pattern="vegan", diary="march.csv"))
    assert read_diet(record, observe(record, EVIDENCE, date(2026, 11, 22)), EVIDENCE) is None


def test_a_diary_of_given_nutrients_is_read_day_by_day() -> None:
    found = read(DietPart(lines=lines(2)))
    assert found.days == ("2026-11-01", "2026-11-02") and found.basis == "diary" and found.body == "US"
    assert found.intakes["magnesium"].mean == pytest.approx(270)
    assert found.plain_days["2026-11-02"]["magnesium"] == pytest.approx(270)
    assert found.intakes["magnesium"].coverage == pytest.approx(1) and found.intakes["zinc"].coverage == 0
    assert found.adequacies["magnesium"].requirement == 265 and found.adequacies["zinc"].verdict == "cannot_say"


def test_numbers_are_the_same_everywhere() -> None:
    found = read(DietPart(lines=lines(3)), None, DrugLine("magnesium", "100 mg daily"))
    for nutrient, intake in found.intakes.items():
        foods = sum(v for one in found.eaten if not one.supplement and (v := one.amounts[COLUMN[nutrient]]) == v)
        assert foods == pytest.approx(intake.food * 3)
        assert [found.plain_days[day][nutrient] for day in found.days] == pytest.approx(intake.days)
        assert sum(intake.days) == pytest.approx(intake.mean * 3)


def test_products_of_the_record_count_every_day_and_against_their_limit() -> None:
    found = read(DietPart(lines=lines(2)), None, DrugLine("vitamin B6", "200 mg daily"))
    assert found.intakes["vitamin_b6"].supplements == pytest.approx(200)
    assert found.adequacies["vitamin_b6"].verdict == "over_limit"
    undated = tuple(DiaryLine("meal", nutrients=GIVEN) for _ in range(3))
    assert read(DietPart(lines=undated), None, DrugLine("vitamin B6", "200 mg daily")).intakes[
        "vitamin_b6"
    ].supplements == pytest.approx(200)


def test_a_multivitamin_without_amounts_is_said_and_calls_nothing_low() -> None:
    found = read(DietPart(lines=lines(5)), None, DrugLine("multivitamin", "1 tablet daily"))
    assert any("not known" in note and "ultivitamin" in note for note in found.notes)


@pytest.mark.parametrize(
    ("reference", "country", "body"), [("", "", "US"), ("", "UK", "UK"), ("", "Italy", "EU"), ("UK", "Italy", "UK")]
)
def test_the_values_are_those_of_the_body(reference: str, country: str, body: str) -> None:
    found = read(DietPart(lines=lines(2), reference=reference), PersonPart(age="40", sex="female", country=country))
    assert found.body == body and {one.body for one in found.adequacies.values()} == {body}


def test_values_that_do_not_exist_are_an_issue_with_a_way_out() -> None:
    issue = read(DietPart(lines=lines(2), reference="Mars")).issues[-1]
    assert issue.where == "diet.reference" and issue.what == "Mars" and issue.try_ == ("US", "EU", "UK")


def test_what_was_not_found_is_an_issue_and_lowers_the_coverage() -> None:
    found = read(DietPart(lines=(*lines(1), DiaryLine("qwxzzk vrrpt", day="2026-11-01", where="d.csv line 9"))))
    assert [i.where for i in found.issues] == ["d.csv line 9"]
    assert 0.5 < found.intakes["magnesium"].coverage < 1


def test_an_unknown_person_gets_adult_values_and_is_told() -> None:
    found = read(DietPart(lines=lines(2)), PersonPart(country="UK"))
    assert module.NO_AGE in found.notes and module.NO_SEX in found.notes
    assert found.adequacies["magnesium"].requirement == 250


def test_children_get_values_and_no_limit_to_fill_up_to() -> None:
    found = read(DietPart(lines=lines(2)), PersonPart(age="8", sex="male"), DrugLine("magnesium", "200 mg daily"))
    assert module.FOR_CHILDREN in found.notes and found.adequacies["magnesium"].requirement == 110
    assert not [u for one in found.adequacies.values() for u in one.uppers]


def test_pregnancy_changes_the_values() -> None:
    found = read(DietPart(lines=lines(2)), PersonPart(age="30", sex="female", pregnant="24 weeks"))
    assert found.adequacies["magnesium"].requirement == 290
    assert found.adequacies["caffeine"].uppers[0].limit == 200


def test_few_days_and_little_food_are_said() -> None:
    assert any("2 days" in note for note in read(DietPart(lines=lines(2))).notes)
    assert not any("cannot say what is usual" in note for note in read(DietPart(lines=lines(5))).notes)
    assert module.LITTLE_FOOD in read(DietPart(lines=lines(2, energy=150.0))).notes
    assert module.LITTLE_FOOD not in read(DietPart(lines=lines(2))).notes


def test_a_day_with_little_food_is_named() -> None:
    half = (*lines(3), DiaryLine("tea", day="2026-11-09", nutrients=GIVEN | {"energy": 5.0}))
    assert any("2026-11-09" in note for note in read(DietPart(lines=half)).notes)
    assert not any("written down for" in note for note in read(DietPart(lines=lines(3))).notes)


def test_the_screen_is_wide_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "twitchwise.diet.screen.screen_amounts",
        lambda answers, table, evidence: {"magnesium": (250.0, 120.0, 450.0, 0.8), "iron": (9.0, 0.0, 20.0, 0.8)},
    )
    monkeypatch.setattr("twitchwise.diet.screen.screen_issues", lambda answers, evidence: ())
    monkeypatch.setattr(module, "curated", lambda: None)
    found = read(DietPart(screen={"nuts": "never"}), None, DrugLine("magnesium (as citrate)", "100 mg daily"))
    magnesium = found.intakes["magnesium"]
    assert found.basis == magnesium.basis == "screen" and found.days == () and module.SCREEN in found.notes
    assert magnesium.usual[0] == pytest.approx(220) and magnesium.usual[4] == pytest.approx(550)
    assert found.intakes["iron"].usual[0] == 0 and found.adequacies["magnesium"].inadequacy is not None


def test_the_notes_are_plain() -> None:
    for name, text in vars(module).items():
        if name.isupper() and isinstance(text, str):
            assert len(words_of(text)) < 8 or grade(text) <= GRADE, f"{grade(text):.1f} {text}"
