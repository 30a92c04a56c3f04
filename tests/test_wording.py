"""The wording set line by line, and what must never happen when words are read."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wording import ON, Line, judge, lines

from twitchwise.evidence import load_evidence
from twitchwise.labs import read_labs
from twitchwise.observe import Observations, observe
from twitchwise.observe.lexicon import lexicon_of
from twitchwise.observe.opposites import opposed
from twitchwise.record import record_from_tables
from twitchwise.triage import triage

LINES = lines()
LEAST = {"findings": 250, "factors": 80, "denials": 40, "labs": 40, "notes": 30, "tests": 20}


def seen(**parts: object) -> Observations:
    return observe(record_from_tables(parts), load_evidence(), ON)


def present(o: Observations) -> set[str]:
    return {f.id for f in o.findings if f.present} | {f.id for f in o.factors if f.present}


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.kind}/{line.section}: {line.said}")
def test_a_line_is_never_read_as_something_else(line: Line) -> None:
    assert not judge(line).wrong, judge(line)


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_most_lines_are_read_as_meant(kind: str) -> None:
    mine = [line for line in LINES if line.kind == kind]
    missed = [(line.said, judge(line).missed) for line in mine if judge(line).missed]
    assert len(mine) >= LEAST[kind]
    assert len(missed) <= 0.05 * len(mine), missed


def test_wrong_is_rarer_than_one_in_a_hundred() -> None:
    counted = Counter(bool(judge(line).wrong) for line in LINES)
    assert counted[True] <= 0.01 * len(LINES)


OPPOSITES = [
    ("hypokalaemia", "hyperkalaemia"),
    ("hypothyroidism", "hyperthyroidism"),
    ("hypoparathyroidism", "hyperparathyroidism"),
    ("hyponatremia", "hypernatremia"),
    ("acidosis", "alkalosis"),
    ("tachycardia", "bradycardia"),
    ("hypotension", "hypertension"),
    ("hypocalcaemia", "hypercalcaemia"),
    ("hyperreflexia", "hyporeflexia"),
]


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposites_never_stand_for_one_another(one: str, other: str) -> None:
    assert opposed(one, other)
    for first, second in ((one, other), (other, one)):
        for slipped in {first, *(first[:at] + first[at + 1 :] for at in range(5, len(first)))}:
            for section in ("conditions", "signs"):
                mine, yours = present(seen(**{section: [slipped]})), present(seen(**{section: [second]}))
                assert not mine & yours, (slipped, second, section)


def test_short_words_are_never_mended() -> None:
    table = lexicon_of(load_evidence())
    for word in ("tic", "arn", "leg", "fitz", "gass", "numd", "coold", "ache"):
        for names in (table.findings, *table.factors.values()):
            assert names.spelled((word,), ()) == (word,), word


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("skipped heartbeats or runs", "diarrhoea"),
        ("runs of ventricular ectopics", "diarrhoea"),
        ("temperature 99F", "fever"),
        ("37.2 C", "fever"),
        ("tired legs", "felt_weakness"),
        ("hair falling out", "falls"),
        ("hyperactive bowel sounds", "agitation"),
        ("a fit young man", "seizure"),
        ("fit and active", "seizure"),
        ("urine like coke", "cocaine"),
        ("does not radiate", "breathlessness"),
        ("weak grip", "abdominal_pain"),
        ("after a spinning class", "dizziness"),
        ("sobbing", "breathlessness"),
        ("painful muscle cramps", "muscle_pain"),
        ("biopsy was done in 2019", "fatigue"),
        ("muscle relaxant", "muscle_pain"),
        ("breathless going upstairs", "proximal_weakness"),
    ],
)
def test_words_with_a_second_sense(text: str, never: str) -> None:
    assert never not in present(seen(findings=[text]))


def test_a_cold_medicine_is_no_fall() -> None:
    assert "falls" not in present(seen(medicines=["cold medicine"]))


RED = [
    ("foot drop", "no weakness"),
    ("weakness of my right hand", "no weakness elsewhere"),
    ("choking on food", "no difficulty swallowing"),
    ("paralysis of the legs", "muscle weakness"),
    ("saddle numbness", "numbness"),
    ("severe headache", "headache"),
]


@pytest.mark.parametrize(("flag", "denial"), RED)
def test_a_wider_denial_never_takes_a_red_flag_away(flag: str, denial: str) -> None:
    alone = seen(findings=["muscle twitching", flag])
    both = seen(findings=["muscle twitching", flag], absent=[denial], signs=["normal neurological examination"])
    assert {f.id for f in alone.findings if f.present} <= {f.id for f in both.findings if f.present}
    levels = ("self_care", "routine", "prompt", "emergency")
    found = [levels.index(triage(o, read_labs(o, load_evidence())[0], load_evidence()).level) for o in (alone, both)]
    assert found[1] >= found[0]


WORDS = st.text(max_size=60) | st.text(alphabet="abcdefghimnoprstuw .,;/+-%0123456789()'", max_size=90)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), WORDS, WORDS)
def test_any_text_is_read_without_a_fault_and_fast(texts: list[str], note: str, value: str) -> None:
    tables = {
        "findings": [{"what": texts[0], "note": note, "where": [value]}],
        "absent": texts,
        "signs": texts,
        "conditions": texts,
        "medicines": texts,
        "exposures": texts,
        "diet": value,
        "habits": {"alcohol": note, "caffeine": value, "sleep": note, "exercise": value},
        "labs": [*texts, {"test": texts[0], "value": value}],
        "tests": [{"what": value, "result": note}],
    }
    record = record_from_tables(tables)
    observe(record, load_evidence(), ON)
    begin = time.process_time()
    observe(record, load_evidence(), ON)
    assert time.process_time() - begin < 0.5  # fifty milliseconds for a usual record; room for a busy machine


def test_a_usual_record_takes_less_than_fifty_milliseconds() -> None:
    record = record_from_tables(
        {
            "findings": [line.said for line in LINES if line.section == "patients"][:12],
            "absent": [line.said for line in LINES if line.kind == "denials"][:8],
            "signs": [line.said for line in LINES if line.section == "signs"][:8],
            "medicines": [line.said for line in LINES if line.section == "medicines"][:6],
            "labs": [line.said for line in LINES if line.kind == "labs"][:8],
        }
    )
    observe(record, load_evidence(), ON)
    begin = time.process_time()
    for _ in range(5):
        observe(record, load_evidence(), ON)
    assert (time.process_time() - begin) / 5 < 0.05
