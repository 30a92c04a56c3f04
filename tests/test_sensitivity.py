"""Each number is swung from its low to its high end, alone, and what moves answers is counted as it should be."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from twitchwise.assess.parameters import Parameters
from twitchwise.evidence import load_evidence
from twitchwise.evidence.types import Cite, Cited
from twitchwise.record import record_from_tables

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import sensitivity
from inference_facts import inference_facts

ROOT = Path(__file__).resolve().parent.parent
LID = {"person": {"age": 30, "sex": "female"}, "findings": [{"what": "eyelid twitching"}]}


def cited(value: float, low: float, high: float) -> Cited:
    return Cited(value, low, high, "elicited", Cite("own_judgement"))


def test_a_swing_has_one_number_at_both_ends_and_the_others_as_stated() -> None:
    swings = sensitivity.Swings(["a", "b"], {"part of a": "a"})
    moved = swings.chance("a", cited(0.2, 0.1, 0.5))
    part = swings.chance("part of a", cited(0.02, 0.01, 0.05))
    other = swings.ratio("b", cited(2.0, 1.0, 3.0))
    assert moved == pytest.approx([0.2, 0.1, 0.5, 0.2, 0.2])
    assert part == pytest.approx([0.02, 0.01, 0.05, 0.02, 0.02])
    assert other == pytest.approx([2.0, 2.0, 2.0, 1.0, 3.0])


def test_the_answers_of_a_swing_are_those_of_a_review_with_the_number_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = load_evidence()
    case = sensitivity.from_record(record_from_tables(LID), evidence)
    facts, causes, explains = sensitivity.swing(case, sensitivity.names_behind(evidence))
    key = "leak.eyelid_twitching"
    place, rate = facts.index(key), evidence.findings["eyelid_twitching"].background
    assert rate is not None
    real = Parameters.chance

    def raised(self: Parameters, name: str, given: Cited) -> np.ndarray:
        found = real(self, name, given)
        return np.full_like(found, rate.high) if name == key else found

    stated = sensitivity.solve_case(case, Parameters(0))[1]
    monkeypatch.setattr(Parameters, "chance", raised)
    changed = sensitivity.solve_case(case, Parameters(0))[1]
    worth = [n for n, c in enumerate(causes) if float(stated.explains(c)[0]) >= 0.01]
    assert worth
    for n in worth:
        assert explains[n, 0] == pytest.approx(float(stated.explains(causes[n])[0]), abs=1e-9)
        assert explains[n, 2 + 2 * place] == pytest.approx(float(changed.explains(causes[n])[0]), abs=1e-9)
        assert explains[n, 2 + 2 * place] < explains[n, 0]  # more background leaves less to explain


def test_every_number_that_a_record_uses_is_a_known_fact() -> None:
    evidence = load_evidence()
    known = {fact.key for fact in inference_facts(evidence)}
    assert len(known) == sum(1 for _ in inference_facts(evidence))
    behind = sensitivity.names_behind(evidence)
    assert set(behind.values()) <= known
    cases = sensitivity.written_cases(evidence, ROOT / "examples", ROOT / "tests" / "spec" / "ordinary")
    for case in cases:
        asked = sensitivity.Swings((), behind)
        sensitivity.Builder(case, asked).build()
        unknown = [name for name in asked.used() if behind.get(name, name) not in known]
        assert not unknown, f"tools/inference_facts.py does not know {unknown[:3]}"


def test_what_moves_nothing_counts_for_nothing() -> None:
    evidence = load_evidence()
    found = sensitivity.Sensitivity()
    sensitivity.add(
        found, sensitivity.from_record(record_from_tables(LID), evidence), sensitivity.names_behind(evidence)
    )
    assert found.records == 1
    assert found.facts["leak.eyelid_twitching"].move > 0.001
    silent = [one for one in found.facts.values() if one.move < 1e-6]
    assert silent and all(one.first == 0 and one.word == 0 for one in silent)


def test_a_record_without_a_complaint_is_left_out_and_counted() -> None:
    evidence, found = load_evidence(), sensitivity.Sensitivity()
    sensitivity.add(found, sensitivity.from_record(record_from_tables({"person": {"age": 30}}), evidence), {})
    assert (found.records, found.left_out) == (0, 1)
