"""The dietitian's sheet: present is not explains, limits beside totals, and nothing that could harm."""

from __future__ import annotations

import json

import pytest
from sheets import EXAMPLES, big, dietitian, example, report

from twitchwise.evidence import load_evidence
from twitchwise.formats.audiences import SHEETS
from twitchwise.formats.dietitian_text import write_dietitian
from twitchwise.formats.doctor_text import WIDTH
from twitchwise.plan.foods import per_portion

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in EXAMPLES} | {"big": big(), "empty": "[person]\n"}
LOW = """
[person]
age = AGE
sex = "female"
[[findings]]
what = "leg cramps"
since = "2 months"
[[labs]]
test = "potassium"
value = "3.3 mmol/L"
[[labs]]
test = "eGFR"
value = "EGFR mL/min/1.73m2"
"""
KIDNEY = [
    LOW.replace("AGE", "50").replace("EGFR", "35"),
    LOW.replace("AGE", "50").replace("EGFR", "80") + '[[conditions]]\nname = "chronic kidney disease"\n',
    LOW.replace("AGE", "50").replace("EGFR", "80") + '[[conditions]]\nname = "dialysis"\n',
    LOW.replace("AGE", "50").replace("EGFR", "80") + '[[medicines]]\nname = "spironolactone"\n',
]
WELL = LOW.replace("AGE", "50").replace("EGFR", "80")


def rich_in_potassium() -> list[str]:
    """Names of plain foods of which a portion brings more than 200 mg."""
    return [f.name for f in load_evidence().foods_rich.values() if per_portion(f, "potassium") > 200]


@pytest.mark.parametrize("text", KIDNEY)
def test_nobody_whose_body_may_hold_potassium_back_gets_potassium_advice(text: str) -> None:
    sheet = dietitian(text)
    assert any(one.text.startswith("Do not advise extra potassium") for one in sheet.guards)
    offered = " ".join([*(one.text for one in sheet.foods), *sheet.diary])
    assert "potassium" not in offered
    assert not [name for name in rich_in_potassium() if name in offered]


def test_the_same_person_with_healthy_kidneys_gets_it() -> None:
    sheet = dietitian(WELL)
    assert not any("potassium" in one.text for one in sheet.guards)
    assert any(one.text.startswith("potassium: ") for one in sheet.foods)
    assert any(one.startswith("potassium: how often") for one in sheet.diary)


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_keeps_to_80_columns_and_holds_every_part(name: str) -> None:
    text = write_dietitian(dietitian(TEXTS[name]))
    assert max(map(len, text.splitlines())) <= WIDTH
    for title in ("MUST NOT BE ADVISED", "HOW THE PERSON EATS", "RISKS", "NUTRIENTS IN QUESTION", "MEDICINES AND"):
        assert title in text
    for title in ("INTAKE", "SUPPLEMENTS", "FOOD THAT FITS", "RESULTS", "BLOOD TESTS", "DIARY", "not a diagnosis"):
        assert title in text


@pytest.mark.parametrize("name", TEXTS)
def test_what_explains_is_never_more_than_what_is_there(name: str) -> None:
    for row in dietitian(TEXTS[name]).nutrients:
        assert row.explains.low <= row.present.low + 1e-9
        assert row.explains.high <= row.present.high + 1e-9


@pytest.mark.parametrize("name", TEXTS)
def test_no_sheet_names_a_nerve_disease(name: str) -> None:
    assert "motor neurone" not in write_dietitian(dietitian(TEXTS[name]))


def test_totals_stand_beside_the_limit_of_each_body_with_its_source() -> None:
    rows = {row.name: row for row in dietitian(big()).totals}
    b6 = rows["vitamin B6"]
    assert [body for body, _ in b6.limits] == ["US", "EU", "UK"]
    limits = dict(b6.limits)
    assert limits["EU"].text.startswith("12 mg")
    assert limits["EU"].cites
    assert "ABOVE the lowest" in b6.words
    assert b6.amount == "50 mg a day"


@pytest.mark.parametrize("who", ["age = 9\n", 'age = 30\nsex = "female"\npregnant = "24 weeks"\n'])
def test_children_and_the_pregnant_see_no_adult_limits_and_no_amounts(who: str) -> None:
    text = f"[person]\n{who}[[findings]]\nwhat = 'leg cramps'\n[diet]\npattern = 'vegan'\n"
    sheet = dietitian(text + "[[supplements]]\nname = 'vitamin B6'\ndose = '50 mg daily'\n")
    assert all(row.limits == () for row in sheet.totals)
    assert "do not hold" in sheet.totals_note
    assert not any(" mg" in one.text or " ug" in one.text for one in sheet.foods)


@pytest.mark.parametrize(
    ("medicine", "said"),
    [
        ("levothyroxine", "Keep four hours"),
        ("warfarin", "same amount of green leaves"),
        ("omeprazole", "can lead to low magnesium"),
        ("omeprazole", "can lead to low vitamin B12"),
        ("metformin", "can lead to low vitamin B12"),
        ("alendronate", "Take the bone tablet first"),
    ],
)
def test_medicines_that_touch_nutrients_are_named(medicine: str, said: str) -> None:
    text = f"[person]\nage = 50\nsex = 'male'\n[[medicines]]\nname = '{medicine}'\nsince = '3 years'\n"
    found = [one for one in dietitian(text).interactions if said in one.text]
    assert len(found) == 1
    assert found[0].cites


def test_a_vitamin_k_antagonist_is_a_guard_against_more_greens() -> None:
    text = "[person]\nage = 50\n[[medicines]]\nname = 'warfarin'\n"
    assert any("leafy greens: a vitamin K antagonist" in one.text for one in dietitian(text).guards)


def test_intake_that_is_not_known_is_said_to_be_unknown() -> None:
    sheet = dietitian(example("student"))
    assert "stated, caffeine: 500 mg/day" in sheet.intake
    assert "not zero" in sheet.intake[-1]


def test_the_diet_is_shown_as_written_and_as_understood() -> None:
    assert dietitian(example("vegan")).pattern == ("written: vegan", "understood: vegan diet")


def test_foods_fit_the_diet() -> None:
    vegan = {f.name for f in load_evidence().foods_rich.values() if "vegan" in f.tags}
    named = " ".join(dietitian(example("vegan")).diary)
    others = [f.name for f in load_evidence().foods_rich.values() if f.name not in vegan]
    assert any(name in named for name in vegan)
    assert not [name for name in others if f" {name}," in named or f" {name}?" in named]


def test_an_emergency_brings_no_food_ideas() -> None:
    sheet = dietitian(example("ppi"))
    assert sheet.level == "emergency"
    assert sheet.foods == ()
    assert "medical care comes first" in sheet.foods_note


@pytest.mark.parametrize("kind", ["text", "html", "json"])
def test_the_same_record_and_day_give_the_same_bytes(kind: str) -> None:
    make = SHEETS["dietitian", kind]
    first = make(report(big()), load_evidence())
    report.cache_clear()
    assert make(report(big()), load_evidence()) == first


def test_markup_of_a_record_comes_out_literally_in_html() -> None:
    text = "[person]\nage = 50\n[diet]\npattern = '<script>alert(1)</script> {{ 7*7 }}'\n"
    page = str(SHEETS["dietitian", "html"](report(text), load_evidence()))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page


def test_json_holds_the_sheet_and_only_cited_sources() -> None:
    whole = json.loads(str(SHEETS["dietitian", "json"](report(big()), load_evidence())))
    assert whole["schema"] == "twitchwise.dietitian/1"
    assert {c["source"] for g in whole["guards"] for c in g["cites"]} <= set(whole["sources"])
    assert whole["nutrients"][0]["present"]["low"] >= 0
