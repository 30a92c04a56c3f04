"""Medicines, supplements, conditions, habits, laboratory lines and persons in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.observe import Observations, count_terms, observe, unknown_terms
from twitchwise.observe.doses import dose_of, nutrients_in
from twitchwise.observe.durations import days_in_note, days_of
from twitchwise.observe.labs_said import range_of, value_of
from twitchwise.record import record_from_tables

ON = date(2026, 11, 1)


def seen(**parts: Any) -> Observations:
    return observe(record_from_tables(parts), load_evidence(), ON)


def factor_ids(o: Observations, present: bool = True) -> set[str]:
    return {f.id for f in o.factors if f.present is present}


@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("40 mg/day", 40),
        ("10 mg nightly", 10),
        ("20 mg twice a day", 40),
        ("2 x 500 mg", 1000),
        ("500 mg tds", 1500),
        ("50 mcg daily", 0.05),
        ("1,200 mg per day", 1200),
        ("70 mg once a week", 10),
        ("5 mg every 6 hours", 20),
        ("one bag (140 g) a day", 140000),
        ("1-2 g daily", 1500),
        ("2 tablets of 500 mg", 1000),
        ("300 mg every other day", 150),
    ],
)
def test_doses(text: str, mg: float) -> None:
    assert dose_of(text) == pytest.approx(mg, rel=0.01)


def test_doses_that_say_no_amount() -> None:
    for text in ("", "as needed 5 mg", "two tablets", "5 mg/kg", "a high dose"):
        assert dose_of(text) is None, text
    assert dose_of("1000 IU", "vitamin_d") == pytest.approx(0.025)
    assert dose_of("10 mmol", "magnesium") == pytest.approx(243, abs=1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("18 months", 547),
        ("3 weeks", 21),
        ("two weeks ago", 14),
        ("a couple of days", 2),
        ("2-3 days", 2.5),
        ("since 2005", 7974),
        ("lifelong", 9000),
        ("half a year", 182),
        ("past few months", 91),
        ("2026-10-25", 7),
        ("since yesterday", 1),
        ("20 minutes", 0.0139),
        ("for years", 1100),
    ],
)
def test_durations(text: str, days: float) -> None:
    assert days_of(text, ON) == pytest.approx(days, rel=0.02)


def test_a_note_is_not_mistaken_for_a_duration() -> None:
    for text in ("lasts 5 minutes", "3-5 seconds each", "twice a week", "wakes me at 3"):
        assert days_in_note(text, ON) is None, text


@pytest.mark.parametrize(
    ("name", "factor", "member"),
    [
        ("Losec", "ppi", "omeprazole"),
        ("Prilosec 20 mg", "ppi", "omeprazole"),
        ("Lasix", "loop_diuretic", "furosemide"),
        ("Zoloft", "ssri", "sertraline"),
        ("Lipitor", "statin", "atorvastatin"),
        ("omeprazol", "ppi", ""),
        ("Ventolin inhaler", "short_beta_agonist", ""),
        ("water tablets", "", ""),
        ("hydrochlorothiazide 25 mg", "thiazide", ""),
        ("azilsartan", "arb", ""),
    ],
)
def test_medicines_by_name_brand_and_slip(name: str, factor: str, member: str) -> None:
    o = seen(medicines=[name])
    assert not factor or factor in factor_ids(o), o.factors
    if member:
        assert o.factors[0].member == member


def test_medicine_lines_keep_dose_time_and_change() -> None:
    f = seen(
        medicines=[{"name": "omeprazole", "dose": "20 mg bd", "since": "18 months", "changed": "2 weeks ago"}]
    ).factors[0]
    assert (f.dose_mg_per_day, round(f.days or 0), f.changed_days, f.dose_said) == (40.0, 547, 14.0, "20 mg bd")


def test_two_medicines_on_one_line() -> None:
    assert {"statin", "ppi"} <= factor_ids(seen(medicines=["atorvastatin and omeprazole"]))


def test_no_medicines_is_heard() -> None:
    for parts in ({"medicines": "none"}, {"absent": ["regular medication"]}, {"absent": ["medication use"]}):
        o = seen(**parts)
        assert o.no_medicines and "asked_medicines_none" in o.risks, parts
        assert not o.issues


def test_an_unknown_medicine_is_asked_for() -> None:
    o = seen(medicines=["blorbinol"])
    assert o.issues[0].where == "medicines[0]"
    assert not o.factors


def test_supplement_totals_add_up_over_products() -> None:
    o = seen(
        supplements=[
            {"name": "vitamin B6", "dose": "50 mg daily"},
            {"name": "magnesium with pyridoxine 10 mg", "dose": ""},
        ]
    )
    assert o.doses["vitamin_b6"] == pytest.approx(60)
    assert {"b6_supplement", "magnesium_supplement"} <= o.risks
    assert nutrients_in("calcium and vitamin D3") == ("vitamin_d", "calcium")


def test_conditions_procedures_and_exposures_in_words() -> None:
    o = seen(
        conditions=[
            "chronic kidney disease",
            "previously healthy, obesity (BMI 36)",
            "gave birth four months before onset",
            "no diabetes",
        ],
        procedures=[{"what": "total thyroidectomy", "when": "3 days ago"}],
        exposures=["recreational nitrous oxide"],
        person={"sex": "female"},
    )
    assert {"thyroidectomy", "nitrous_oxide"} <= factor_ids(o)
    assert any("kidney" in id_ for id_ in factor_ids(o))
    assert o.factor("thyroidectomy").days == 3.0  # type: ignore[union-attr]
    assert {"obesity", "postpartum"} <= o.risks
    assert o.postpartum_days == pytest.approx(121.6)
    assert not any("diabet" in id_ for id_ in factor_ids(o))
    assert not o.issues, o.issues


def test_everyday_words_are_not_street_drugs() -> None:
    o = seen(
        habits={"exercise": "ran at high speed", "caffeine": "a pot of coffee"},
        conditions=["lead guitarist, sensitive to cold drinks"],
    )
    assert factor_ids(o) <= {"exercise", "caffeine"}


@pytest.mark.parametrize(
    ("text", "mg", "level"),
    [
        ("600 mg/day", 600, "high"),
        ("3 mugs of coffee", 364, "some"),
        ("8 cans of energy drink", 640, "high"),
        ("4 L black tea", 812, "high"),
        ("one espresso", 63, "some"),
        ("2 cups of coffee and a can of cola", 232, "some"),
        ("lots", None, "high"),
        ("none", 0, "none"),
        ("6 cups a day", 576, "high"),
    ],
)
def test_caffeine(text: str, mg: float | None, level: str) -> None:
    f = seen(habits={"caffeine": text}).factors[0]
    assert f.member == level
    assert f.present is (level != "none")
    assert f.dose_mg_per_day == (None if mg is None else pytest.approx(mg, rel=0.02))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("none", "none"),
        ("teetotal", "none"),
        ("social", "some"),
        ("two glasses of wine a week", "some"),
        ("a bottle of vodka a day", "high"),
        ("heavy", "high"),
        ("10 beers a day", "high"),
        ("binge drinking at weekends", "high"),
        ("stopped drinking 2 days ago", "withdrawal"),
        ("last drink 8 hours ago", "withdrawal"),
    ],
)
def test_alcohol(text: str, level: str) -> None:
    o = seen(habits={"alcohol": text})
    assert next(f for f in o.factors if f.id == "alcohol").member == level
    assert (level == "withdrawal") == ("alcohol_withdrawal" in o.tags)


def test_other_habits() -> None:
    o = seen(
        habits={
            "sleep": "4 hours",
            "stress": "exams",
            "exercise": "first spin class yesterday",
            "fluids": "little",
            "sun": "none",
            "screen": "10 hours",
            "nicotine": "none",
        }
    )
    assert {"short_sleep", "recent_hard_exercise", "low_fluids", "low_sun", "screen_long"} <= o.risks
    assert "nicotine" not in o.risks
    assert "exam_week" in o.clues
    calm = seen(habits={"sleep": "8 hours", "stress": "none", "exercise": "regular walks"})
    assert "short_sleep" not in calm.risks and "recent_hard_exercise" not in calm.risks


def test_denied_habits() -> None:
    o = seen(absent=["alcohol", "coffee", "smoking", "drug use", "laxative use", "diabetes", "other symptoms"])
    assert {"alcohol", "caffeine", "nicotine", "laxative"} <= factor_ids(o, present=False)
    assert not factor_ids(o)
    assert not o.issues


@pytest.mark.parametrize(
    ("text", "number", "word", "comparator", "unit"),
    [
        ("0.30 mmol/L", 0.30, "", "", "mmol/L"),
        ("0,30", 0.30, "", "", ""),
        ("<0.20", 0.2, "", "<", ""),
        (">4.0 mIU/L", 4.0, "", ">", "mIU/L"),
        ("normal", None, "normal", "", ""),
        ("slightly high", None, "high", "", ""),
        ("very low", None, "very_low", "", ""),
        ("positive", None, "high", "", ""),
        ("negative", None, "normal", "", ""),
        ("41", 41.0, "", "", ""),
        ("20,804 U/L", 20804.0, "", "", "U/L"),
        ("2.8 million U/L", 2.8e6, "", "", "U/L"),
        ("5.9 H", 5.9, "", "", ""),
        ("not raised", None, "normal", "", ""),
        ("1.5 x10^9/L", None, None, "", None),
    ],
)
def test_laboratory_values(
    text: str, number: float | None, word: str | None, comparator: str, unit: str | None
) -> None:
    value = value_of(text)
    assert value.comparator == comparator
    if word is not None:
        assert (value.number, value.word, value.unit) == (number, word, unit)


def test_printed_ranges() -> None:
    assert range_of("0.70-1.05") == (0.7, 1.05)
    assert range_of("3.5 to 5.0 mmol/L") == (3.5, 5.0)
    assert range_of("<5") == (None, 5.0)
    assert range_of("> 30") == (30.0, None)
    assert range_of("") == (None, None)


def test_laboratory_lines() -> None:
    o = seen(
        labs=[
            {"test": "S-Mg", "value": "0.30 mmol/L", "range": "0.70-1.05", "date": "2026-10-01"},
            {"test": "electrolytes", "value": "normal"},
        ]
    )
    assert (o.labs[0].analyte, o.labs[0].value, o.labs[0].unit, o.labs[0].on) == (
        "magnesium",
        0.3,
        "mmol/L",
        date(2026, 10, 1),
    )
    assert {"sodium", "potassium"} <= {lab.analyte for lab in o.labs if lab.word == "normal"}
    assert seen(labs=[{"test": "potassium", "value": "purple"}]).issues
    assert seen(labs=[{"test": "flurbium", "value": "3"}]).issues


def test_tests_in_words_give_clues() -> None:
    o = seen(
        tests=[
            {"what": "EMG", "result": "normal"},
            {"what": "MRI brain", "result": "no lesion"},
            {"what": "nerve conduction", "result": "slow"},
        ]
    )
    assert {"emg_normal", "mri_normal", "ncs_abnormal"} <= o.clues
    assert "emg_denervation" not in seen(tests=[{"what": "EMG", "result": "fasciculations, no denervation"}]).clues
    assert seen(tests=[{"what": "EMG"}]).issues


def test_persons() -> None:
    o = seen(
        person={
            "age": 67,
            "sex": "F",
            "weight": "70 kg",
            "height": "5'6",
            "country": "Ireland",
            "skin": "dark",
            "pregnant": "no",
        }
    )
    assert (o.age, o.sex, o.weight_kg, o.height_cm, o.pregnant) == (67.0, "female", 70.0, 167.6, False)
    assert {"age_65_plus", "female", "dark_skin", "high_latitude_winter"} <= o.risks
    assert seen(person={"age": "9 months"}).age == 0.75
    pregnant = seen(person={"age": 30, "sex": "female", "pregnant": "24 weeks"})
    assert (pregnant.pregnant, pregnant.pregnant_weeks) == (True, 24.0)
    assert "pregnant" in pregnant.risks


@pytest.mark.parametrize("age", [-1, 300, "old", "nan"])
def test_absurd_ages_are_told(age: object) -> None:
    o = seen(person={"age": age}, findings=["cramps"])
    assert o.age is None
    assert o.issues[0].where == "person.age"
    assert o.findings


def test_clues_from_times_and_stories() -> None:
    old = seen(findings=[{"what": "muscle twitching", "since": "3 years", "note": "more after coffee"}])
    assert {"duration_over_2_years_without_weakness", "caffeine_linked"} <= old.clues
    weak = seen(findings=[{"what": "muscle twitching", "since": "3 years"}, "foot drop"])
    assert "duration_over_2_years_without_weakness" not in weak.clues
    assert "duration_under_1_week" in seen(findings=[{"what": "cramps", "since": "2 days"}]).clues


def test_counts_of_unknown_lines() -> None:
    record = record_from_tables(
        {"findings": ["cramps", "glorpity zonk"], "medicines": ["omeprazole"], "absent": ["other symptoms"]}
    )
    o = observe(record, load_evidence(), ON)
    assert unknown_terms(record, o, load_evidence()) == (1, 4)
    assert count_terms(record, o).unused == 1


def test_reading_is_fast(benchmark_seconds: float = 0.02) -> None:
    import time

    record = record_from_tables(
        {
            "findings": [{"what": "muscle twitching", "where": ["calf"], "note": "for 2 months"}] * 5,
            "medicines": ["omeprazole"],
        }
    )
    observe(record, load_evidence(), ON)
    start = time.perf_counter()
    for _ in range(5):
        observe(record, load_evidence(), ON)
    assert (time.perf_counter() - start) / 5 < benchmark_seconds
