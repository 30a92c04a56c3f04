"""From a laboratory line to a reading, or to the reason why it is not used."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.evidence import load_evidence
from twitchwise.labs import LabReading, best_calcium, read_labs, word_reading
from twitchwise.observe.types import Issue, LabSaid, Observations

EVIDENCE = load_evidence()


def lab(analyte: str, value: float | None = None, unit: str = "", low: float | None = None, high: float | None = None,
        **more: Any) -> LabSaid:  # fmt: skip
    said = {"word": "", "comparator": "", "on": None, "said": analyte, **more}
    word, comparator, on, name = said["word"], said["comparator"], said["on"], said["said"]
    return LabSaid(analyte, name, value, word, comparator, unit, low, high, on, f"labs {analyte}")


def read(*labs: LabSaid, **person: Any) -> tuple[dict[str, LabReading], tuple[Issue, ...]]:
    readings, issues = read_labs(Observations(labs=labs, **person), EVIDENCE)
    return {r.analyte: r for r in readings}, issues


def one(*labs: LabSaid, **person: Any) -> LabReading:
    readings, issues = read(*labs, **person)
    assert not issues, issues
    return next(iter(readings.values()))


def refused(*labs: LabSaid, **person: Any) -> Issue:
    readings, issues = read(*labs, **person)
    assert not readings, readings
    return issues[0]


# impossible values and slips


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "meant"),
    [
        ("potassium", 41, "mmol/L", "4.1 mmol/L"),
        ("magnesium", 17, "mmol/L", "1.7 mg/dL"),
        ("calcium", 9.5, "mmol/L", "9.5 mg/dL"),
        ("glucose", 5.4, "mg/dL", "5.4 mmol/L"),
        ("sodium", 14, "mmol/L", "140 mmol/L"),
        ("haemoglobin", 14, "g/L", "14 g/dL"),
        ("creatinine", 0.9, "umol/L", "0.9 mg/dL"),
        ("albumin", 4.1, "g/L", "4.1 g/dL"),
        ("ph", 74, "", "7.4"),
    ],
)
def test_an_impossible_value_is_refused_and_the_slip_named(analyte: str, value: float, unit: str, meant: str) -> None:
    issue = refused(lab(analyte, value, unit))
    assert f"did you mean {meant}?" in issue.why
    assert "cannot be right" in issue.why
    assert meant in issue.try_


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -3.0, 1e30, None])
def test_what_is_no_possible_number_is_refused_in_one_line(value: float | None) -> None:
    issue = refused(lab("potassium", value, "mmol/L"))
    assert issue.where == "labs potassium"
    assert "\n" not in issue.why


def test_a_total_thyroid_hormone_is_not_taken_for_the_free_one() -> None:
    assert "total hormone" in refused(lab("free_t3", 120, "ng/dL", said="T3")).why


def test_a_printed_range_in_hydrogen_ions_is_turned_round() -> None:
    reading = one(lab("ph", 34, "nmol/L", 35, 45))
    assert reading.value == pytest.approx(7.469, abs=0.001)
    assert reading.level == "high"


def test_an_unknown_unit_and_a_unit_that_does_not_fit_are_told_with_the_usual_ones() -> None:
    assert "mmol/L" in refused(lab("potassium", 3, "cups")).try_
    assert "does not fit" in refused(lab("ck", 3, "mg/dL")).why
    assert "not known" in refused(lab("unobtainium", 3, "mg/dL")).why


# units


def test_the_unit_may_be_missing_where_only_one_is_possible() -> None:
    reading = one(lab("calcium", 9.2))
    assert reading.value == pytest.approx(2.295, abs=0.01)
    assert "only mg/dL" in reading.note
    assert one(lab("creatinine", 90)).written_unit == "umol/L"
    assert one(lab("ph", 7.4)).note.count("unit") == 0


def test_a_missing_unit_is_not_guessed_where_two_are_possible() -> None:
    issue = refused(lab("magnesium", 1.7))
    assert "no unit" in issue.why
    assert issue.try_ == ("1.7 mmol/L", "1.7 mg/dL")


def test_a_bare_number_that_is_critical_in_every_unit_says_so() -> None:
    assert "today" in refused(lab("calcium", 5.0)).why


def test_a_printed_range_tells_the_missing_unit() -> None:
    reading = one(lab("magnesium", 1.5, "", 1.6, 2.6))
    assert reading.level == "low"
    assert one(lab("vitamin_d", 30, "", 50, 125)).value == pytest.approx(30)


def test_a_printed_range_judges_even_where_the_unit_stays_open() -> None:
    reading = one(lab("vitamin_d", 12, "", 30, 100))
    assert reading.level == "low"
    assert "judged by the printed range" in reading.note or reading.value is not None


def test_the_written_amount_is_kept_beside_the_converted_one() -> None:
    reading = one(lab("magnesium", 1.2, "mg/dl"))
    assert (reading.written_value, reading.written_unit) == (1.2, "mg/dL")
    assert reading.value == pytest.approx(0.494, abs=0.001)
    assert reading.unit == "mmol/L"


def test_a_unit_that_contradicts_its_printed_range_is_told() -> None:
    reading = one(lab("magnesium", 0.5, "mg/dL", 0.7, 1.1))
    assert reading.value == pytest.approx(0.5)
    assert "printed range does not fit" in reading.note


# intervals


def test_the_printed_range_outranks_ours() -> None:
    assert one(lab("potassium", 3.4, "mmol/L")).level == "low"
    reading = one(lab("potassium", 3.4, "mmol/L", 3.3, 5.0))
    assert reading.level == "normal"
    assert reading.range_from == "printed"


def test_ionised_calcium_printed_as_calcium_is_recognised_by_its_range() -> None:
    readings, _ = read(lab("calcium", 1.22, "mmol/L", 1.15, 1.33))
    assert readings["ionised_calcium"].level == "normal"


def test_a_total_calcium_that_would_fit_ionised_calcium_says_so_and_stays_urgent() -> None:
    reading = one(lab("calcium", 1.2, "mmol/L"))
    assert reading.urgent
    assert "ionised calcium" in reading.note


def test_sex_decides_the_interval_and_unknown_sex_takes_the_widest() -> None:
    assert one(lab("haemoglobin", 125, "g/L"), age=40, sex="male").level == "low"
    assert one(lab("haemoglobin", 125, "g/L"), age=40, sex="female").level == "normal"
    assert one(lab("haemoglobin", 125, "g/L"), age=40).level == "normal"


def test_an_antibody_without_a_printed_range_is_not_judged() -> None:
    assert "range printed" in refused(lab("gad_antibodies", 2000, "U/mL")).why
    assert one(lab("gad_antibodies", 2000, "U/mL", None, 5)).level == "high"


# graded levels


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "level", "urgent"),
    [
        ("magnesium", 0.66, "mmol/L", "low", False),
        ("magnesium", 0.45, "mmol/L", "very_low", False),
        ("magnesium", 0.30, "mmol/L", "very_low", True),
        ("magnesium", 0.9, "mg/dL", "very_low", True),
        ("magnesium", 2.4, "mmol/L", "very_high", True),
        ("potassium", 3.2, "mmol/L", "low", False),
        ("potassium", 2.7, "mmol/L", "low", False),
        ("potassium", 2.3, "mEq/L", "very_low", True),
        ("potassium", 6.6, "mmol/L", "very_high", True),
        ("sodium", 132, "mmol/L", "low", False),
        ("sodium", 127, "mmol/L", "low", False),
        ("sodium", 118, "mmol/L", "very_low", True),
        ("calcium", 1.7, "mmol/L", "very_low", True),
        ("calcium", 6.4, "mg/dL", "very_low", True),
        ("adjusted_calcium", 3.2, "mmol/L", "very_high", True),
        ("ionised_calcium", 0.8, "mmol/L", "very_low", True),
        ("ionised_calcium", 1.05, "mmol/L", "low", False),
        ("phosphate", 0.25, "mmol/L", "very_low", True),
        ("glucose", 2.4, "mmol/L", "very_low", True),
        ("glucose", 450, "mg/dL", "very_high", True),
        ("vitamin_d", 8, "ng/mL", "very_low", False),
        ("vitamin_d", 35, "nmol/L", "low", False),
        ("vitamin_b12", 250, "ng/L", "normal", False),
        ("vitamin_b12", 160, "pg/mL", "low", False),
        ("vitamin_b12", 100, "pg/mL", "very_low", False),
        ("tsh", 0.01, "mIU/L", "very_low", False),
        ("tsh", 45, "uIU/mL", "very_high", False),
        ("ck", 700, "U/L", "high", False),
        ("ck", 20000, "U/L", "very_high", True),
        ("lithium", 2.1, "mmol/L", "very_high", True),
        ("ph", 7.65, "", "very_high", True),
        ("vitamin_b6", 600, "nmol/L", "very_high", False),
        ("qtc", 0.52, "s", "very_high", True),
    ],
)
def test_graded_levels_and_urgency(analyte: str, value: float, unit: str, level: str, urgent: bool) -> None:
    readings, _ = read(lab(analyte, value, unit), age=45, sex="female")
    assert (readings[analyte].level, readings[analyte].urgent) == (level, urgent)
    assert level == "normal" or readings[analyte].cite is not None


def test_an_indeterminate_b12_says_so() -> None:
    assert one(lab("vitamin_b12", 250, "ng/L")).grade == "indeterminate"


# words, comparators, dates


def test_results_in_words_are_readings_without_a_number() -> None:
    reading = one(lab("pth", word="low"))
    assert (reading.level, reading.value, reading.word) == ("low", None, "low")
    assert one(lab("potassium", word="very_low")).urgent
    assert not one(lab("potassium", word="low")).urgent


@pytest.mark.parametrize(
    ("analyte", "comparator", "value", "unit", "level"),
    [
        ("magnesium", "<", 0.2, "mmol/L", "very_low"),
        ("tsh", "<", 0.01, "mIU/L", "very_low"),
        ("egfr", ">", 90, "mL/min", "normal"),
        ("crp", "<", 5, "mg/L", "normal"),
        ("vitamin_b12", ">", 2000, "pg/mL", "high"),
        ("potassium", ">", 7, "mmol/L", "very_high"),
    ],
)
def test_a_comparator_gives_only_what_is_certain(
    analyte: str, comparator: str, value: float, unit: str, level: str
) -> None:
    assert one(lab(analyte, value, unit, comparator=comparator), age=50, sex="male").level == level


def test_a_comparator_on_the_wrong_side_says_nothing() -> None:
    assert "does not say" in refused(lab("ck", 1000, "U/L", comparator="<"), age=50, sex="male").why


def test_an_old_critical_result_asks_for_a_repeat_and_is_not_urgent() -> None:
    reading = one(lab("potassium", 2.2, "mmol/L", on=date(2025, 1, 1)), on=date(2026, 2, 1))
    assert not reading.urgent
    assert reading.age_days == 396
    assert "repeating" in reading.note


def test_the_latest_result_outranks_the_earlier_ones() -> None:
    labs = (lab("potassium", 2.2, "mmol/L", on=date(2026, 1, 1)), lab("potassium", 4.2, "mmol/L", on=date(2026, 1, 20)))
    readings, _ = read_labs(Observations(labs=labs, on=date(2026, 2, 1)), EVIDENCE)
    assert [r.superseded_by for r in readings] == ["potassium", ""]
    assert not any(r.urgent for r in readings)


def test_a_date_in_the_future_is_told_and_the_result_still_counts() -> None:
    readings, issues = read(lab("potassium", 2.2, "mmol/L", on=date(2027, 1, 1)), on=date(2026, 2, 1))
    assert readings["potassium"].urgent
    assert "future" in issues[0].why


# children and pregnancy


def test_adult_intervals_are_refused_under_18_but_critical_limits_hold() -> None:
    assert "adults" in refused(lab("pth", 3, "pmol/L"), age=12).why
    assert one(lab("ck", 20000, "U/L"), age=12).urgent
    assert one(lab("potassium", 2.4, "mmol/L"), age=12).urgent
    assert one(lab("pth", 3, "pmol/L", 1, 6), age=12).level == "normal"


def test_intervals_of_children_and_of_pregnancy_are_used_where_cited() -> None:
    assert one(lab("alp", 300, "U/L"), age=8).level == "normal"
    assert one(lab("alp", 300, "U/L"), age=40).level == "high"
    assert one(lab("magnesium", 0.65, "mmol/L"), age=30, pregnant=True).level == "normal"
    assert "pregnancy" in refused(lab("pth", 3, "pmol/L"), age=30, pregnant=True).why


@pytest.mark.parametrize("person", [{"age": 12.0, "sex": "male"}, {"age": 30.0, "sex": "female", "pregnant": True}])
def test_egfr_is_refused_under_18_and_in_pregnancy(person: dict[str, Any]) -> None:
    assert "eGFR" in refused(lab("egfr", 50, "mL/min"), **person).why
    readings, issues = read(lab("creatinine", 300, "umol/L"), **person)
    assert "egfr" not in readings
    assert any("eGFR" in i.what for i in issues)


# computed values


def test_adjusted_calcium_outranks_total_calcium_and_takes_its_urgency() -> None:
    readings, issues = read(
        lab("calcium", 1.83, "mmol/L"), lab("albumin", 26, "g/L"), lab("creatinine", 0.9, "mg/dL"), age=55, sex="female"
    )
    assert not issues
    adjusted = readings["adjusted_calcium"]
    assert adjusted.value == pytest.approx(2.11, abs=0.005)
    assert adjusted.derived and adjusted.formula == "albumin_adjusted" and adjusted.cite is not None
    assert readings["calcium"].superseded_by == "adjusted_calcium"
    assert not readings["calcium"].urgent
    assert readings["egfr"].value == pytest.approx(75.5, abs=0.1)
    assert readings["creatinine"].superseded_by == "egfr"
    assert best_calcium(readings.values()) is adjusted


CALCIUM = (lab("calcium", 1.83, "mmol/L"), lab("albumin", 26, "g/L"))


@pytest.mark.parametrize(
    ("labs", "person", "reason"),
    [
        ((lab("egfr", 40, "mL/min"),), {}, "kidney"),
        ((lab("creatinine", 2.9, "mg/dL"),), {}, "kidney"),
        ((), {"tags": frozenset({"dialysis"})}, "dialysis"),
        ((), {"tags": frozenset({"kidney"})}, "kidney"),
        ((lab("ph", 7.55),), {}, "pH"),
        ((), {"age": 9.0}, "adults"),
    ],
)
def test_calcium_is_not_adjusted_where_that_misleads(
    labs: tuple[LabSaid, ...], person: dict[str, Any], reason: str
) -> None:
    readings, _ = read(*CALCIUM, *labs, **{"age": 55.0, "sex": "female", **person})
    assert "adjusted_calcium" not in readings
    assert reason in readings["calcium"].note
    assert readings["calcium"].urgent


def test_ionised_calcium_outranks_the_others() -> None:
    readings, _ = read(*CALCIUM, lab("ionised_calcium", 1.2, "mmol/L"), age=55.0, sex="female")
    assert "adjusted_calcium" not in readings
    assert readings["calcium"].superseded_by == "ionised_calcium"
    best = best_calcium(readings.values())
    assert best is not None and best.analyte == "ionised_calcium"


def test_the_anion_gap_is_computed_from_its_parts() -> None:
    parts = (lab("sodium", 140, "mmol/L"), lab("chloride", 104, "mmol/L"), lab("bicarbonate", 24, "mmol/L"))
    readings, _ = read(*parts, age=40)
    assert readings["anion_gap"].value == pytest.approx(12)
    readings, _ = read(*parts, lab("albumin", 20, "g/L"), age=40)
    assert readings["anion_gap"].value == pytest.approx(17)


def test_results_of_different_weeks_are_not_combined() -> None:
    labs = (lab("calcium", 1.83, "mmol/L", on=date(2026, 1, 1)), lab("albumin", 26, "g/L", on=date(2026, 1, 20)))
    readings, _ = read(*labs, age=55.0, sex="female", on=date(2026, 2, 1))
    assert "adjusted_calcium" not in readings


def test_sodium_beside_a_high_glucose_is_shown_corrected() -> None:
    readings, _ = read(lab("sodium", 130, "mmol/L"), lab("glucose", 30, "mmol/L"))
    assert "corrected for the high glucose" in readings["sodium"].note


def test_urea_in_mass_units_depends_on_its_name() -> None:
    assert one(lab("urea", 40, "mg/dL", said="urea")).value == pytest.approx(6.66)
    assert one(lab("urea", 20, "mg/dL", said="BUN")).value == pytest.approx(7.14)


def test_a_creatinine_of_kidney_failure_is_urgent_unless_on_dialysis() -> None:
    readings, _ = read(lab("creatinine", 700, "umol/L"), age=50, sex="male")
    assert readings["creatinine"].urgent
    readings, _ = read(lab("creatinine", 700, "umol/L"), age=50, sex="male", tags=frozenset({"dialysis"}))
    assert not readings["creatinine"].urgent


def test_a_word_reading_carries_the_interval_in_numbers() -> None:
    reading = word_reading("potassium", "low", Observations(age=40), EVIDENCE)
    assert reading is not None and reading.range_low == 3.5
    assert word_reading("egfr", "low", Observations(age=12), EVIDENCE) is None
    assert word_reading("gad_antibodies", "high", Observations(), EVIDENCE) is None


# anything at all


@given(
    st.sampled_from(sorted(EVIDENCE.analytes)),
    st.floats() | st.none(),
    st.sampled_from(["", "mmol/L", "mg/dL", "U/L", "ng/mL", "%", "cups", "mmHg", "/uL"]),
    st.none() | st.floats(),
    st.none() | st.floats(),
    st.sampled_from(["", "<", ">"]),
    st.sampled_from(["", "normal", "low", "very_high", "odd"]),
    st.none() | st.floats(0, 120),
    st.booleans(),
)
def test_every_line_becomes_a_reading_or_an_issue(
    analyte: str, value: float | None, unit: str, low: float | None, high: float | None, comparator: str, word: str,
    age: float | None, pregnant: bool,
) -> None:  # fmt: skip
    said = lab(analyte, value, unit, low, high, comparator=comparator, word=word)
    readings, issues = read_labs(Observations(labs=(said,), age=age, pregnant=pregnant), EVIDENCE)
    assert len([r for r in readings if not r.derived]) + len(issues) >= 1
    for reading in readings:
        assert reading.value is None or math.isfinite(reading.value)
        assert not (reading.urgent and reading.level == "normal")


@given(st.floats(0.1, 1.5), st.floats(0.001, 0.3))
def test_less_magnesium_never_reads_as_better(value: float, less: float) -> None:
    order = ["very_low", "low", "normal", "high", "very_high"]
    levels = [one(lab("magnesium", v, "mmol/L"), age=40).level for v in (value, max(0.06, value - less))]
    assert order.index(levels[1]) <= order.index(levels[0])
