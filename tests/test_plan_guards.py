"""Each guard fires where it must and stays silent where it may; no record slips harmful advice past them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_case import STOPS, advised, plan_of, situation

from twitchwise.evidence.load import load_evidence
from twitchwise.plan.guards import GUARDS, refusal

EVIDENCE = load_evidence()
FIRES: list[tuple[str, dict[str, Any]]] = [
    *[("potassium", {"tags": [t]}) for t in ("kidney", "dialysis", "ace_or_arb", "potassium_sparing", "trimethoprim")],
    *[("potassium", {"tags": [t]}) for t in ("heparin", "digoxin", "potassium_raising")],
    ("potassium", {"labs": {"egfr": 59.0}}),
    ("potassium", {"labs": {"potassium": 5.0}}),
    ("potassium", {"high": ["potassium"]}),
    ("potassium", {"high": ["creatinine"]}),
    ("potassium", {"high": ["magnesium"]}),
    ("potassium", {"age": 70}),
    ("potassium", {"risks": ["age_70_plus"]}),
    *[("calcium", {"tags": [t]}) for t in ("high_calcium", "kidney_stones", "sarcoid", "digoxin", "kidney")],
    ("calcium", {"high": ["adjusted_calcium"]}),
    *[("fluids", {"tags": [t]}) for t in ("low_sodium", "heart_failure", "siadh", "dialysis")],
    ("fluids", {"labs": {"sodium": 134.0}}),
    ("fluids", {"low": ["sodium"]}),
    ("fluids", {"risks": ["water_excess"]}),
    *[("salt", {"tags": [t]}) for t in ("hypertension", "heart_failure")],
    ("salt", {"findings": ["high_blood_pressure_reading"]}),
    ("blood_before_b12", {"age": 30}),
    ("doses", {"age": 15.9}),
    ("doses", {"pregnant": True}),
    ("stretching", {"findings": ["one_swollen_calf"]}),
    ("alcohol", {"tags": ["alcohol"]}),
    ("prescribed_b6", {"tags": ["isoniazid"]}),
    ("leafy_greens", {"tags": ["warfarin"]}),
]
SILENT: list[tuple[str, dict[str, Any]]] = [
    ("potassium", {"age": 40}),
    ("potassium", {"age": 80, "labs": {"egfr": 75.0, "potassium": 4.9}}),
    ("potassium", {"labs": {"egfr": 60.0}}),
    ("calcium", {"age": 40, "labs": {"calcium": 2.3}}),
    ("fluids", {"labs": {"sodium": 135.0}}),
    ("salt", {"age": 40}),
    ("blood_before_b12", {"normal": ["vitamin_b12"]}),
    ("blood_before_b12", {"labs": {"active_b12": 60.0}}),
    ("doses", {"age": 16}),
    ("stretching", {"findings": ["leg_cramps"]}),
    ("alcohol", {"age": 40}),
    ("prescribed_b6", {"age": 40}),
    ("leafy_greens", {"age": 40}),
]


@pytest.mark.parametrize(("name", "who"), FIRES, ids=lambda v: str(v))
def test_guard_fires(name: str, who: dict[str, Any]) -> None:
    assert refusal(name, situation(**who))


@pytest.mark.parametrize(("name", "who"), SILENT, ids=lambda v: str(v))
def test_guard_is_silent(name: str, who: dict[str, Any]) -> None:
    assert refusal(name, situation(**who)) is None


def test_every_guard_is_tested_both_ways_and_cites_a_source() -> None:
    for name, one in GUARDS.items():
        assert name in {n for n, _ in FIRES}, f"{name}: add a case where it fires"
        assert name in {n for n, _ in SILENT}, f"{name}: add a case where it is silent"
        assert one.cites and one.withholds


# a random person -----------------------------------------------------------------------------------------------------

TAGS = sorted(EVIDENCE.tags)
CAUSES = """
    magnesium_deficiency calcium_deficiency vitamin_d_deficiency potassium_deficiency sodium_deficiency
    dehydration vitamin_b12_deficiency vitamin_b6_deficiency vitamin_b6_excess thiamine_deficiency
    caffeine_or_stimulants anxiety_or_stress hyperventilation sleep_deprivation overexertion alcohol
    medication_effect kidney_disease benign_fasciculation motor_neuron_disease muscle_disease thyroid_disease
""".split()
ANALYTES = "magnesium calcium potassium sodium vitamin_d vitamin_b12 egfr creatinine vitamin_b6 thiamine".split()
FINDINGS = sorted(EVIDENCE.findings)


def some(items: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(items), max_size=most, unique=True)


PEOPLE = st.fixed_dictionaries(
    {
        "age": st.none() | st.floats(1, 100),
        "pregnant": st.none() | st.booleans(),
        "findings": some(FINDINGS, 8),
        "tags": some(TAGS, 5),
        "risks": some(sorted(EVIDENCE.risks), 5),
        "level": st.sampled_from(["emergency", "prompt", "routine", "self_care"]),
        "causes": st.dictionaries(st.sampled_from(CAUSES), st.floats(0, 0.95), max_size=6),
        "low": some(ANALYTES, 3),
        "labs": st.dictionaries(st.sampled_from(["potassium", "egfr", "sodium"]), st.floats(1, 160), max_size=3),
        "doses": st.dictionaries(
            st.sampled_from(["vitamin_b6", "magnesium", "calcium"]), st.floats(0, 5000), max_size=3
        ),
        "provisional": st.booleans(),
        "next_tests": some(["magnesium", "vitamin B12"], 2),
    }
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PEOPLE)
def test_no_record_gets_harmful_advice(who: dict[str, Any]) -> None:
    person = situation(**who)
    plan = plan_of(**who)
    if refusal("potassium", person):
        assert not advised(plan, "potassium", "salt substitute", "magnesium")
        assert not any(p.nutrient in ("potassium", "magnesium") for p in plan.foods)
    if refusal("calcium", person):
        assert not advised(plan, "calcium", "vitamin d")
        assert not any(p.nutrient in ("calcium", "vitamin_d") for p in plan.foods)
    if refusal("fluids", person):
        assert not any(s.id in ("fluids_usual", "fluids_after_loss") for s in plan.steps)
    if refusal("salt", person):
        assert not any(s.id == "fluids_after_loss" for s in plan.steps)
    if refusal("blood_before_b12", person):
        assert not any(s.id in ("b12_vegan_now", "b12_known_low") for s in plan.steps)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PEOPLE)
def test_no_record_is_told_to_stop_a_medicine_or_gets_a_dose_it_must_not(who: dict[str, Any]) -> None:
    person = situation(**who)
    for step in plan_of(**who).steps:
        low = step.text.lower()
        assert not STOPS.search(low), step.text
        assert step.cites, f"{step.id} cites nothing"
        told = step.kind in ("now", "habit", "food", "supplement") and not step.id.startswith(("over_", "label_"))
        if person.no_doses and told:
            assert not re.search(r"\d\s?(mg|ug|iu|g)\b", low), step.text


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PEOPLE)
def test_every_plan_is_finite_and_in_order(who: dict[str, Any]) -> None:
    plan = plan_of(**who)
    kinds = [s.kind for s in plan.steps]
    order = "now reassure say test habit food supplement honest watch back end".split()
    assert kinds == sorted(kinds, key=order.index)
    assert len({s.id for s in plan.steps}) == len(plan.steps) <= 45
    if who["level"] == "emergency":
        assert set(kinds) <= {"now", "say", "back"} and len(plan.steps) <= 8
    assert plan.end_state == (who["level"] == "self_care" and not who["provisional"])
    assert plan.come_back
