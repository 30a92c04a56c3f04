"""Random records through the whole review: no text of a plan breaks a harm guard, none says to stop a medicine."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_case import STOPS, advised

from twitchwise.evidence.load import load_evidence
from twitchwise.formats.text import LINES, WIDTH, widths, write_text
from twitchwise.plan.guards import refusal
from twitchwise.plan.situation import Situation
from twitchwise.record import record_from_tables
from twitchwise.report import make_report
from twitchwise.review import Review, review

EVIDENCE = load_evidence()
ON = date(2026, 11, 22)
FINDINGS = """
    eyelid twitching|twitching|night leg cramps|leg cramps|tingling feet|tremor|muscle weakness|diarrhoea|vomiting|
    worry about ALS|poor sleep|muscle pain|hand spasm|numbness|palpitations|seizure|swollen calf|fatigue
"""
MEDICINES = """
    omeprazole|ramipril|losartan|spironolactone|trimethoprim|digoxin|heparin|indapamide|atorvastatin|metformin|
    levothyroxine|warfarin|isoniazid|sertraline|salbutamol|alendronate|lithium|ciprofloxacin|potassium chloride
"""
SUPPLEMENTS = """
    magnesium oxide|magnesium|potassium|calcium carbonate|calcium and vitamin D|vitamin D|vitamin B6|B-complex|
    multivitamin|zinc|iron|salt substitute|vitamin B12|ZMA|electrolyte sachets
"""
CONDITIONS = """
    chronic kidney disease|dialysis|heart failure|high blood pressure|kidney stones|sarcoidosis|SIADH|diabetes|
    alcohol dependence|coeliac disease|hypoparathyroidism|underactive thyroid|gastric bypass
"""
DOSES = ["", "100 mg daily", "400 mg", "2 a day", "4000 IU", "1 tablet twice a day", "as needed", "10 mmol"]
LABS = {
    "potassium": ("2.8 mmol/L", "4.2 mmol/L", "5.4 mmol/L"),
    "sodium": ("128 mmol/L", "140 mmol/L"),
    "eGFR": ("25", "55", "90"),
    "magnesium": ("0.5 mmol/L", "0.85 mmol/L", "1.3 mmol/L"),
    "calcium": ("1.9 mmol/L", "2.35 mmol/L", "2.9 mmol/L"),
    "vitamin B12": ("90 pmol/L", "normal"),
    "vitamin D": ("20 nmol/L", "80 nmol/L"),
}


def words(text: str, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([" ".join(one.split()) for one in text.split("|")]), max_size=most, unique=True)


DRUG = st.tuples(words(SUPPLEMENTS, 3), st.lists(st.sampled_from(DOSES), min_size=3, max_size=3))
RECORDS = st.fixed_dictionaries(
    {
        "age": st.none() | st.integers(3, 92),
        "sex": st.sampled_from(["", "female", "male"]),
        "pregnant": st.sampled_from(["", "24 weeks"]),
        "pattern": st.sampled_from(["", "vegan", "vegetarian", "keto"]),
        "findings": words(FINDINGS, 4),
        "absent": words("muscle weakness|trouble swallowing|shortness of breath|fainting", 4),
        "medicines": words(MEDICINES, 2),
        "supplements": DRUG,
        "conditions": words(CONDITIONS, 2),
        "labs": st.dictionaries(st.sampled_from(sorted(LABS)), st.integers(0, 2), max_size=3),
    }
)


def tables(who: dict[str, Any]) -> dict[str, Any]:
    names, doses = who["supplements"]
    person = {"age": who["age"], "sex": who["sex"]}
    if who["sex"] == "female" and 15 <= (who["age"] or 30) <= 50:
        person["pregnant"] = who["pregnant"]
    return {
        "person": {key: value for key, value in person.items() if value not in (None, "")},
        "findings": [{"what": w} for w in who["findings"]],
        "absent": [{"what": w} for w in who["absent"]],
        "medicines": [{"name": w} for w in who["medicines"]],
        "supplements": [{"name": n, "dose": d} for n, d in zip(names, doses, strict=False)],
        "conditions": [{"what": w} for w in who["conditions"]],
        "labs": [{"test": t, "value": LABS[t][n % len(LABS[t])]} for t, n in who["labs"].items()],
        "diet": {"pattern": who["pattern"]} if who["pattern"] else {},
    }


def reviewed(who: dict[str, Any]) -> tuple[Review, Situation]:
    found = review(record_from_tables(tables(who)), EVIDENCE, ON, draws=0, detail=False)
    seen = Situation(found.observations, found.lab_readings, found.triage, found.assessment, EVIDENCE)
    return found, seen


whole = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@whole
@given(RECORDS)
def test_no_review_breaks_a_harm_guard(who: dict[str, Any]) -> None:
    found, person = reviewed(who)
    plan = found.plan
    ids = {step.id for step in plan.steps}
    if refusal("potassium", person):
        assert not advised(plan, "potassium", "salt substitute", "magnesium")
        assert not any(p.nutrient in ("potassium", "magnesium") for p in plan.foods)
    if refusal("calcium", person):
        assert not advised(plan, "calcium", "vitamin d")
        assert not any(p.nutrient in ("calcium", "vitamin_d") for p in plan.foods)
    if refusal("fluids", person):
        assert not ids & {"fluids_usual", "fluids_after_loss"}
    if refusal("salt", person):
        assert "fluids_after_loss" not in ids
    if refusal("blood_before_b12", person):
        assert not ids & {"b12_vegan_now", "b12_known_low"}
    if refusal("prescribed_b6", person):
        assert not any("leave out a b6" in step.text.lower() for step in plan.steps)


@whole
@given(RECORDS)
def test_no_review_says_to_stop_a_medicine_or_names_a_dose_it_must_not(who: dict[str, Any]) -> None:
    found, person = reviewed(who)
    for step in found.plan.steps:
        low = step.text.lower()
        assert not STOPS.search(low), step.text
        assert "leave out" not in low or "b6 product that no doctor ordered" in low or "energy drinks" in low, step.text
        assert step.cites and step.why, step.id
        warns = step.id.startswith(("over_", "label_"))
        if person.no_doses and step.kind in ("now", "habit", "food", "supplement") and not warns:
            assert not re.search(r"\d\s?(mg|ug|iu|g)\b", low), step.text


@whole
@given(RECORDS)
def test_every_review_can_be_printed_short_and_plain(who: dict[str, Any]) -> None:
    found, _ = reviewed(who)
    text = write_text(make_report(found, EVIDENCE))
    lines = text.rstrip("\n").splitlines()
    assert len(lines) <= LINES, text
    assert widths(lines) <= WIDTH
    assert lines[0].startswith(("!!! EMERGENCY", "SOON", "NO HURRY", "SELF-CARE"))
    assert not re.search(r"motor neurone disease[^.\n]*\d+ ?%", text)
    assert not re.search(r"\bNone\b|\bnan\b|_", text.partition("SOURCES")[0]), text
    if found.triage.level == "emergency":
        assert {s.kind for s in found.plan.steps} <= {"now", "say", "back"} and len(found.plan.steps) <= 8
        assert text.index("WHAT TO DO") < text.index("IN SHORT")
    assert found.plan.end_state == (found.triage.level == "self_care" and not found.triage.provisional)
    assert found.plan.come_back
