"""The advice reads easily, cites what exists, and never says what it must not."""

from __future__ import annotations

import re

import pytest
from plain import GRADE, STOP, grade
from plan_case import situation

from twitchwise.evidence.load import load_evidence
from twitchwise.evidence.types import Advice
from twitchwise.plan.advice import CAPS
from twitchwise.plan.guards import GUARDS
from twitchwise.plan.when import applies

EVIDENCE = load_evidence()
ADVICE = list(EVIDENCE.advice.values())
TAKE = re.compile(r"\b(take|try|eat|use|buy|choose|add)\b[^.]*\b(potassium|salt substitute|magnesium)\b")


@pytest.mark.parametrize("block", ADVICE, ids=lambda b: b.id)
def test_every_building_block_is_sound(block: Advice) -> None:
    assert block.kind in CAPS, f"{block.id}: kind {block.kind!r} is not one of {sorted(CAPS)}"
    assert block.cites, f"{block.id}: add a source"
    for cite in block.cites:
        assert cite.source in EVIDENCE.sources, f"{block.id}: add {cite.source!r} to data/sources.toml"
        assert cite.locator, f"{block.id}: say where in {cite.source!r}"
    assert set(block.guards) <= set(GUARDS), f"{block.id}: unknown guard"
    applies(situation(), block.when)


@pytest.mark.parametrize("block", ADVICE, ids=lambda b: b.id)
def test_every_building_block_reads_easily(block: Advice) -> None:
    text = block.text.replace("{call}", "call 999")
    assert grade(text) <= GRADE, f"{block.id}: grade {grade(text):.1f}: shorter words and sentences"
    assert grade(block.why) <= GRADE, f"{block.id}: why: grade {grade(block.why):.1f}"


def test_conditions_name_things_that_exist() -> None:
    known = {
        "finding": EVIDENCE.findings,
        "risk": EVIDENCE.risks,
        "tag": EVIDENCE.tags,
        "complaint": EVIDENCE.findings,
    }
    for block in ADVICE:
        for test in block.when:
            kind, _, words = test.removeprefix("!").partition(":")
            for word in words.split("|") if kind in known else ():
                assert word in known[kind], f"{block.id}: {test!r} names no {kind}"


def test_there_are_enough_building_blocks_of_every_kind() -> None:
    assert len(ADVICE) >= 60
    assert {b.kind for b in ADVICE} == set(CAPS)


def test_no_building_block_says_to_stop_a_medicine() -> None:
    for block in ADVICE:
        text = f"{block.text} {block.why}".lower()
        assert not STOP.search(text), block.id


def test_no_building_block_tells_to_take_potassium_or_magnesium() -> None:
    for block in ADVICE:
        for sentence in re.split(r"(?<=[.!?])\s", block.text):
            told = TAKE.search(sentence.lower())
            assert not told or re.search(r"\b(not|never|no)\b", sentence.lower()), f"{block.id}: {sentence}"


def test_grades_of_known_texts() -> None:
    assert grade("The cat sat on the mat. It was fat.") < 2
    assert grade("Electrophysiological evaluation demonstrated considerable heterogeneity of presentations.") > 15
