"""Everyday people: nobody who needs a doctor is missed, few are frightened, no mineral is blamed without a reason."""

from __future__ import annotations

import pytest
from ordinary_cases import CAUSES, LEVELS, NUTRIENTS, Case, answers, below, cases, lines_stated, over, share

ALL = cases()
EVERYDAY = [case for case in ALL if case.everyday]
DOCTOR = [case for case in ALL if case.needs_doctor]


def by_id(case: Case) -> str:
    return case.id


def test_there_are_enough_cases() -> None:
    assert len(ALL) >= 90
    assert len(DOCTOR) >= 15
    assert len({case.name for case in ALL}) == len(ALL), "two cases have the same name"


@pytest.mark.parametrize("case", ALL, ids=by_id)
def test_a_case_is_well_formed(case: Case) -> None:
    assert len(case.name.split()) >= 6, "the name is a sentence that says what must hold"
    assert case.name[0].isupper()
    assert set(case.causes) <= CAUSES and case.causes
    assert case.accept <= set(LEVELS)
    assert set(case.bounds) <= CAUSES
    assert case.given.get("findings"), "a record without a finding asks nothing"


@pytest.mark.parametrize("case", DOCTOR, ids=by_id)
def test_who_needs_a_doctor_is_told_so(case: Case) -> None:
    answer = answers()[case.id]
    assert not below(case, answer), f"{case.name}: {answer.level}, expected {sorted(case.accept)}"


@pytest.mark.parametrize("case", EVERYDAY, ids=by_id)
def test_no_mineral_is_blamed_without_a_laboratory_value(case: Case) -> None:
    if not case.without_labs:
        pytest.skip("has laboratory values")
    explains = answers()[case.id].explains
    blamed = {n: round(explains.get(n, 0.0), 3) for n in NUTRIENTS - set(case.causes) if explains.get(n, 0.0) > 0.10}
    assert not blamed, case.name


@pytest.mark.parametrize("case", EVERYDAY, ids=by_id)
def test_nobody_is_frightened_with_motor_neurone_disease(case: Case) -> None:
    assert answers()[case.id].explains.get("motor_neuron_disease", 0.0) <= 0.003, case.name


@pytest.mark.parametrize("case", [case for case in ALL if case.bounds], ids=by_id)
def test_what_must_not_be_blamed_is_not(case: Case) -> None:
    explains = answers()[case.id].explains
    blamed = {c: round(explains.get(c, 0.0), 3) for c, most in case.bounds.items() if explains.get(c, 0.0) > most}
    assert not blamed, case.name


def test_hardly_anybody_is_sent_too_late() -> None:
    value, failing = share(ALL, lambda c, a: not below(c, a))
    assert value >= 0.85, f"triage_not_below {value:.2f}: {failing}"


def test_few_are_sent_too_soon() -> None:
    value, failing = share(ALL, lambda c, a: not over(c, a))
    assert 1.0 - value <= 0.15, f"triage_over {1.0 - value:.2f}: {failing}"


def test_habits_first_where_habits_are_the_answer() -> None:
    fit = [case for case in ALL if case.urgency == "self_care"]
    value, failing = share(fit, lambda c, a: a.level == "self_care" or not over(c, a))
    assert 1.0 - value <= 0.30, f"self_care_over {1.0 - value:.2f}: {failing}"


def test_the_first_cause_is_a_right_one() -> None:
    value, failing = share(ALL, lambda c, a: a.ranking[0] in c.causes)
    assert value >= 0.55, f"top1 {value:.2f}: {failing}"


def test_plain_words_are_understood() -> None:
    unused = [line for case in ALL for line in answers()[case.id].not_used]
    stated = sum(lines_stated(case.given) for case in ALL)
    assert len(unused) <= 0.05 * stated, f"{len(unused)} of {stated} lines were not used: {unused}"
