"""The evidence report counts what it says it counts, and fits a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.evidence.types import Cite

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import evidence_report
from evidence_report import Support, share, summary, tier_of, weakest


def support(key: str, status: str, tier: str, basis: str = "elicited", read: str = "", weight: float = 0.0) -> Support:
    return Support(key, key, status, tier, basis, read, weight)


ROWS = [
    support("a", "verified", "A", "published", "figure", 0.06),
    support("b", "verified", "C", "derived", "word", 0.01),
    support("c", "recalled", "A", weight=0.03),
    support("d", "recalled", "own"),
]


def test_shares_count_facts_and_weigh_them_by_influence() -> None:
    found = summary(ROWS)
    assert found["facts"] == 4
    assert found["verified"] == 0.5
    assert found["verified on tier A or B"] == 0.25
    assert found["verified on tier A or B, by influence"] == pytest.approx(0.6)
    assert found["basis"] == {"published": 0.25, "derived": 0.25, "elicited": 0.5}
    assert found["tier"] == {"A": 0.5, "B": 0.0, "C": 0.25, "own": 0.25}
    assert found["verified page gave"] == {"figure": 0.5, "word": 0.5, "list": 0.0, "unsaid": 0.0}
    assert share([], lambda r: True) == 0.0


def test_the_weakest_are_unsupported_and_sorted_by_influence() -> None:
    assert [r.key for r in weakest(ROWS)] == ["c", "b"]


def test_the_best_tier_of_several_sources_counts() -> None:
    evidence = load_evidence()
    best = next(k for k, s in evidence.sources.items() if s.tier == "A")
    assert tier_of([Cite("own_judgement"), Cite(best)], evidence) == "A"


def test_the_report_fits_a_terminal_and_names_every_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert evidence_report.main([]) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    for group in ("Inference", "Emergency rules", "Triage limits", "Laboratory intervals and bands", "Counts"):
        assert f"\n{group}" in f"\n{printed}"


def test_counts_are_those_of_the_data() -> None:
    evidence = load_evidence()
    found = evidence_report.counts(evidence)
    assert found["findings"] == len(evidence.findings)
    assert found["conditions"] == sum(f.kind == "condition" for f in evidence.factors.values())
