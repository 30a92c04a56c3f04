"""The report: urgency first, calm, 80 columns, every figure with its source; and the JSON in its fixed shape."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from plan_case import Answer, answer

from twitchwise.assess.types import Cause, Interval
from twitchwise.evidence.load import load_evidence
from twitchwise.evidence.types import Cite, Source
from twitchwise.formats.json_out import as_json, write_json
from twitchwise.formats.text import LINES, WIDTH, wants_colour, widths, write_full, write_text
from twitchwise.observe.types import FactorSeen, Observations
from twitchwise.report import Report, make_report
from twitchwise.report.build import alerts
from twitchwise.report.names import name_of, plain
from twitchwise.report.sources import Numbers
from twitchwise.report.words import QUESTIONS
from twitchwise.triage.level import AGE, PREGNANT
from twitchwise.triage.level import QUESTIONS as ASKED
from twitchwise.triage.result import UNCHECKED, Alert, Triage

EVIDENCE = load_evidence()
RICH: dict[str, Any] = {
    "age": 67,
    "sex": "female",
    "days": 21,
    "country": "UK",
    "level": "prompt",
    "findings": ["eyelid_twitching", "night_leg_cramps", "hand_foot_tingling"],
    "absent": ["muscle_weakness"],
    "tags": ["ppi"],
    "medicines": ["omeprazole"],
    "low": ["magnesium", "calcium"],
    "next_tests": ["PTH", "potassium", "TSH"],
    "not_asked": ["swallowing or speech", "breathing"],
    "unknown": ["zorgle", "blimp"],
    "causes": {
        "magnesium_deficiency": 0.8,
        "calcium_deficiency": 0.4,
        "medication_effect": 0.3,
        "benign_fasciculation": 0.2,
        "anxiety_or_stress": 0.05,
        "sleep_deprivation": 0.03,
        "motor_neuron_disease": 0.002,
        "thyroid_disease": 0.004,
    },
}
WORRIED: dict[str, Any] = {
    "age": 25,
    "level": "routine",
    "findings": ["muscle_twitching", "health_anxiety"],
    "causes": {"benign_fasciculation": 0.9, "anxiety_or_stress": 0.2, "motor_neuron_disease": 0.02},
}


def report(**given: Any) -> Report:
    one: Answer = answer(**given)
    return make_report(one, EVIDENCE)  # type: ignore[arg-type]


def lines(**given: Any) -> list[str]:
    return write_text(report(**given)).splitlines()


def test_a_rich_record_fits_into_sixty_lines_of_eighty_columns() -> None:
    printed = lines(**RICH)
    assert len(printed) <= LINES
    assert widths(printed) <= WIDTH


def test_the_full_report_keeps_to_eighty_columns_and_holds_every_step() -> None:
    one = report(**RICH)
    printed = write_full(one)
    assert widths(printed.splitlines()) <= WIDTH
    flat = re.sub(r"\s+", " ", printed)
    for step in one.steps:
        assert step.text[:30] in flat, step.id


def test_urgency_comes_first_and_open_questions_next() -> None:
    printed = lines(**RICH)
    assert printed[0].startswith("SOON: See a doctor within days.")
    assert any(line.startswith("? Not yet asked: swallowing or speech; breathing") for line in printed[:4])


def test_an_emergency_says_whom_to_call_in_its_first_line() -> None:
    printed = lines(age=40, level="emergency", findings=["seizure"], country="UK")
    assert printed[0] == "!!! EMERGENCY: Call 999 now."
    assert not any("WHAT WOULD TELL MOST" in line for line in printed)
    assert printed.index("WHAT TO DO") < printed.index("IN SHORT")


def test_long_reports_never_lose_urgency_safety_or_the_footer() -> None:
    many = dict(RICH, tags=["ppi", "kidney", "levothyroxine", "statin", "sarcoid"], risks=["vegan", "low_sun"])
    many |= {"unknown": [f"word{i}" for i in range(40)], "doses": {"magnesium": 900.0, "vitamin_b6": 300.0}}
    many["findings"] = [*RICH["findings"], "muscle_weakness", "numbness", "insomnia", "diarrhoea", "bone_pain"]
    text = write_text(report(**many))
    assert text.startswith("SOON")
    assert "Do not take potassium" in text
    assert "NOT USED (40)" in text
    assert "No clinician has reviewed this." in text
    assert "call 999" in text


def test_no_clinician_has_reviewed_and_the_version_is_printed() -> None:
    text = write_text(report(**WORRIED))
    assert "No clinician has reviewed this." in text
    assert "facts 0123456789ab, 2026-11-22" in text
    assert "not a diagnosis" in text


def test_a_worried_person_sees_no_figure_for_motor_neurone_disease() -> None:
    text = write_full(report(**WORRIED))
    assert not re.search(r"motor neuron[^.\n]*\d+(-\d+)? ?%", text)
    assert "motor neuron disease" in text  # named once, as very unlikely
    assert "Very unlikely: motor neuron disease" in re.sub(r"\s+", " ", text)


def test_with_a_red_flag_words_replace_the_figure() -> None:
    who = {"age": 60, "level": "prompt", "findings": ["muscle_twitching", "progressive_weakness"]}
    causes = {"motor_neuron_disease": 0.4, "benign_fasciculation": 0.2}
    text = write_full(report(**who, causes=causes))
    row = next(line for line in text.splitlines() if "motor neuron disease" in line)
    assert "%" not in row and "doctor should examine" in row
    assert "nerve specialist should look at first" in text


def test_causes_below_one_percent_are_folded() -> None:
    one = report(**RICH)
    assert {row.id for row in one.causes}.isdisjoint({"thyroid_disease", "motor_neuron_disease"})
    assert "thyroid disease" in one.unlikely
    assert "Fewer than 1 in 100" in one.unlikely_note


def test_an_estimate_is_marked_and_a_published_fact_is_numbered() -> None:
    text = write_full(report(**RICH))
    assert re.search(r"takes omeprazole \[\d+\]", text)
    assert "no weakness (our estimate)" in text


def test_every_number_in_the_text_has_its_source_line() -> None:
    for text in (write_text(report(**RICH)), write_full(report(**RICH))):
        body, _, listed = text.partition("\nSOURCES\n")
        used = {
            int(n) for group in re.findall(r"\s\[([\d,]+)(?:;\s+our\s+estimate)?\]", body) for n in group.split(",")
        }
        given = {int(n) for n in re.findall(r"^\[(\d+)\] ", listed, flags=re.M)}
        assert used == given == set(range(1, len(given) + 1))


def test_pages_that_sell_or_summarise_are_never_shown() -> None:
    numbers = Numbers({"c": Source("A shop", "sales", "C"), "a": Source("A paper", "study", "A", 2001)})
    assert numbers.mark([Cite("c", "x")]) == ""
    assert numbers.mark([Cite("c", "x")], estimate=True) == " (our estimate)"
    assert numbers.mark([Cite("a", "table 1")]) == " [1]"
    assert numbers.listed() == ["[1] A paper, 2001. table 1"]


def test_colour_is_never_the_only_sign() -> None:
    one = report(age=40, level="emergency", findings=["seizure"])
    coloured = write_text(one, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == write_text(one)
    assert not wants_colour(True, {"NO_COLOR": "1"})


def test_a_record_cannot_send_commands_to_the_terminal() -> None:
    text = write_full(report(**WORRIED, unknown=["\x1b[31mred\x1b[0m\x07"]))
    assert "\x1b" not in text and "\x07" not in text


def test_advice_held_back_is_said_with_its_reason() -> None:
    text = re.sub(r"\s+", " ", write_full(report(**dict(RICH, tags=["kidney"]))))
    assert "Held back: No advice on foods chosen for magnesium: kidney disease." in text


@pytest.mark.parametrize("given", [RICH, WORRIED, {}, {"level": "emergency", "findings": ["seizure"]}], ids=str)
def test_json_has_exactly_the_fixed_shape(given: dict[str, Any]) -> None:
    made = json.loads(write_json(report(**given)))
    assert list(made) == (
        "schema evidence_version date complaints triage causes labs diet next_tests plan not_used sources".split()
    )
    assert made["schema"] == "twitchwise.review/1" and made["diet"] is None
    assert list(made["triage"]) == ["level", "provisional", "not_asked", "alerts"]
    for alert in made["triage"]["alerts"]:
        assert list(alert) == ["rule", "level", "act", "action", "reason", "sources"]
    for cause in made["causes"]:
        keys = "id name present explains explains_by chain verdict for against".split()
        assert list(cause) == keys
        assert list(cause["present"]) == list(cause["explains"]) == ["p", "low", "high"]
        for reason in [*cause["for"], *cause["against"]]:
            assert list(reason) == ["text", "bits", "basis", "sources"]
    assert list(made["plan"]) == ["steps"]
    for step in made["plan"]["steps"]:
        assert list(step) == ["kind", "text", "why", "sources"]
        assert set(step["sources"]) <= set(made["sources"]) or not step["sources"]


def test_json_causes_keep_the_order_of_the_assessment() -> None:
    shares = [c["explains"]["p"] for c in as_json(report(**RICH))["causes"]]
    assert shares == sorted(shares, reverse=True)


def test_every_source_of_the_json_is_cited_in_it() -> None:
    made = as_json(report(**RICH))
    sources = made.pop("sources")
    text = json.dumps(made)
    for key in sources:
        assert f'"{key}"' in text


# what a person reads --------------------------------------------------------------------------------------------------


def test_every_danger_question_has_a_short_form() -> None:
    for question in (AGE, PREGNANT, *(q for q, _, _ in ASKED)):
        assert question in QUESTIONS, f"add a short form of {question!r} to report/words.py"


def union(id_: str, parts: dict[str, float], chain: tuple[str, ...] = ()) -> Cause:
    half = Interval(0.5, 0.4, 0.6)
    return Cause(
        id_,
        EVIDENCE.nodes[id_].name if id_ in EVIDENCE.nodes else id_,
        half,
        half,
        "possible",
        {},
        chain,
        (),
        (),
        parts,
    )


NIGHT = EVIDENCE.nodes["idiopathic_night_cramps"].name
LEGS = EVIDENCE.nodes["restless_legs"].name
SCLEROSIS = EVIDENCE.nodes["multiple_sclerosis"].name


def test_something_else_is_named_by_its_likeliest_parts() -> None:
    nobody = Observations()
    assert name_of(union("other", {NIGHT: 0.45, LEGS: 0.02}), nobody, EVIDENCE, False) == NIGHT
    assert name_of(union("other", {NIGHT: 0.2, LEGS: 0.15}), nobody, EVIDENCE, False) == f"{NIGHT} or {LEGS}"


def test_a_frightening_part_is_named_only_beside_a_danger_sign() -> None:
    other = union("other", {SCLEROSIS: 0.3, NIGHT: 0.05})
    assert SCLEROSIS not in name_of(other, Observations(), EVIDENCE, False)
    assert SCLEROSIS in name_of(other, Observations(), EVIDENCE, True)


def test_a_medicine_is_named_in_the_words_of_the_record() -> None:
    seen = FactorSeen("ppi", "medicine", True, "Losec", "medicines[0]")
    obs = Observations(factors=(seen,))
    assert name_of(union("medication_effect", {EVIDENCE.factors["ppi"].name: 0.4}), obs, EVIDENCE, False) == (
        "a medicine (Losec)"
    )
    by_chain = union("medication_effect", {}, ("muscle twitching", "low magnesium", "Losec"))
    assert name_of(by_chain, obs, EVIDENCE, False) == "a medicine (Losec)"


def test_our_judgement_is_said_once_in_a_line() -> None:
    one = answer(age=40, level="prompt", findings=["muscle_twitching"])
    own = Alert("r", "prompt", "days", "be seen within days", f"A reason ({UNCHECKED}).", (), "elicited")
    (said,) = alerts(replace(one.triage, alerts=(own,)))
    assert said.text.count("our judgement") == 1 and not said.estimate


def test_an_action_that_says_nothing_new_is_left_out() -> None:
    same = Alert("r", "prompt", "days", "See a doctor within days.", "Weakness.", (), "published")
    lesser = Alert("r", "emergency", "today", "Be seen today.", "Weakness.", (), "published")
    call = Alert("s", "emergency", "call_now", "Say that it was sudden.", "Sudden weakness.", (), "published")
    assert alerts(Triage("prompt", False, (), (same,)))[0].text == "Weakness."
    said = [one.text for one in alerts(Triage("emergency", False, (), (call, lesser)))]
    assert said == ["Sudden weakness. Say that it was sudden.", "Weakness."]


def test_with_a_danger_sign_a_grave_nerve_disease_is_never_called_very_unlikely() -> None:
    who = {"age": 60, "level": "prompt", "findings": ["muscle_twitching", "muscle_wasting"]}
    assert "motor neuron" not in write_full(report(**who, causes={"motor_neuron_disease": 0.001, "alcohol": 0.3}))


def test_a_union_shows_no_share_of_being_there() -> None:
    one = report(age=40, findings=["muscle_twitching"], causes={"medication_effect": 0.4, "alcohol": 0.2})
    assert [row.present is None for row in one.causes] == [True, False]


def test_worry_about_health_is_put_gently() -> None:
    name = EVIDENCE.findings["health_anxiety"].name
    assert plain(name, Observations(), EVIDENCE) == "worry about health"


def test_an_empty_record_is_told_so_without_a_list_of_diseases() -> None:
    text = write_text(report(causes={}))
    assert "names no complaint yet" in text and "Very unlikely" not in text and "WHAT COULD BE" not in text


def test_a_harmless_cause_never_softens_an_emergency() -> None:
    text = write_text(report(age=30, level="emergency", findings=["seizure", "muscle_twitching"]))
    assert "Most likely it is" not in text and "none of them makes it less urgent" in re.sub(r"\s+", " ", text)


def test_beside_a_danger_sign_a_grave_nerve_disease_is_named_however_low_it_ranks() -> None:
    who = {"age": 60, "level": "prompt", "findings": ["muscle_twitching", "muscle_wasting"]}
    many = dict.fromkeys(("alcohol", "dehydration", "overexertion", "anxiety_or_stress", "sleep_deprivation"), 0.2)
    text = write_text(report(**who, causes=many | {"motor_neuron_disease": 0.05}))
    assert "motor neuron disease" in re.sub(r"\s+", " ", text)
    assert not re.search(r"motor neuron disease[^\n]*%", text)
