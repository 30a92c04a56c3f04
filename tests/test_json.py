"""The JSON of a review: exactly the fixed keys, types and words, for every kind of record."""

from __future__ import annotations

import json
import math
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from ordinary_cases import CAUSES

from twitchwise.evidence.load import load_evidence
from twitchwise.formats import read_record
from twitchwise.formats.json_out import write_json
from twitchwise.record import record_from_tables
from twitchwise.report import make_report
from twitchwise.review import review

EVIDENCE = load_evidence()
ON = date(2026, 11, 22)
EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.toml"))
LEVELS = {"emergency", "prompt", "routine", "self_care"}
ACTS = {"call_now", "today", "days", "visit", "self"}
KINDS = {"now", "reassure", "say", "test", "habit", "food", "supplement", "honest", "watch", "back", "end"}
VERDICTS = {"likely", "possible", "unlikely", "cannot_tell"}
BASES = {"published", "derived", "elicited"}
TIERS = {"A", "B", "C", "own"}
TOP = "schema evidence_version date complaints triage causes labs diet next_tests plan not_used sources".split()
MADE: dict[str, dict[str, Any]] = {
    "empty": {},
    "age only": {"person": {"age": 34}},
    "emergency": {"findings": [{"what": "seizure"}, {"what": "muscle twitching"}]},
    "labs and slips": {
        "person": {"age": 50, "sex": "male"},
        "findings": [{"what": "muscle twitching"}, {"what": "zorgle"}],
        "labs": [
            {"test": "magnesium", "value": "0.60 mmol/L", "range": "0.70-1.05"},
            {"test": "vitamin B12", "value": "normal"},
            {"test": "potassium", "value": "41 mmol/L"},
        ],
        "supplements": [{"name": "magnesium oxide", "dose": "800 mg daily"}],
    },
}


@lru_cache
def made(name: str) -> dict[str, Any]:
    path = next((p for p in EXAMPLES if p.stem == name), None)
    record = read_record(path) if path else record_from_tables(MADE[name])
    found: dict[str, Any] = json.loads(write_json(make_report(review(record, EVIDENCE, ON, draws=20), EVIDENCE)))
    return found


NAMES = [*MADE, *(p.stem for p in EXAMPLES)]
every = pytest.mark.parametrize("name", NAMES)


def texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(v, str) for v in values)


def number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


@every
def test_the_top_has_the_fixed_keys_and_types(name: str) -> None:
    found = made(name)
    assert list(found) == TOP
    assert found["schema"] == "twitchwise.review/1"
    assert found["evidence_version"] == EVIDENCE.version
    assert found["date"] == "2026-11-22"
    assert texts(found["complaints"]) and set(found["complaints"]) <= set(EVIDENCE.findings)
    assert (found["diet"] is None) == (name != "desk")
    if found["diet"] is not None:
        assert {"days", "nutrients", "lines", "not_matched"} <= set(found["diet"])
        assert {"mean", "unit", "coverage", "inadequacy"} <= set(found["diet"]["nutrients"]["magnesium"])
    assert isinstance(found["sources"], dict) and isinstance(found["labs"], list)


@every
def test_triage(name: str) -> None:
    triage = made(name)["triage"]
    assert list(triage) == ["level", "provisional", "not_asked", "alerts"]
    assert triage["level"] in LEVELS and isinstance(triage["provisional"], bool) and texts(triage["not_asked"])
    assert triage["provisional"] == bool(triage["not_asked"])
    for alert in triage["alerts"]:
        assert list(alert) == ["rule", "level", "act", "action", "reason", "sources"]
        assert alert["rule"] in EVIDENCE.triage_rules
        assert alert["level"] in LEVELS and alert["act"] in ACTS
        assert alert["reason"] and alert["sources"] and texts(alert["sources"])


@every
def test_all_28_causes_are_there_and_sorted_by_what_they_explain(name: str) -> None:
    causes = made(name)["causes"]
    assert {c["id"] for c in causes} == CAUSES and len(causes) == 28
    shares = [c["explains"]["p"] for c in causes]
    assert shares == sorted(shares, reverse=True)
    for cause in causes:
        assert list(cause) == ["id", "name", "present", "explains", "explains_by", "chain", "verdict", "for", "against"]
        assert cause["name"] and cause["verdict"] in VERDICTS and texts(cause["chain"])
        for interval in (cause["present"], cause["explains"]):
            assert list(interval) == ["p", "low", "high"] and all(map(number, interval.values()))
            assert 0 <= interval["low"] <= interval["high"] <= 1 and 0 <= interval["p"] <= 1
        assert set(cause["explains_by"]) <= set(EVIDENCE.findings)
        assert all(number(p) and 0 <= p <= 1 for p in cause["explains_by"].values())


@every
def test_reasons_carry_text_bits_basis_and_sources(name: str) -> None:
    for cause in made(name)["causes"]:
        for side, sign in (("for", 1), ("against", -1)):
            for reason in cause[side]:
                assert list(reason) == ["text", "bits", "basis", "sources"]
                assert reason["text"] and reason["basis"] in BASES and texts(reason["sources"])
                assert number(reason["bits"]) and reason["bits"] * sign >= 0


@every
def test_plan_labs_tests_and_what_was_not_used(name: str) -> None:
    found = made(name)
    assert list(found["plan"]) == ["steps"] and found["plan"]["steps"]
    for step in found["plan"]["steps"]:
        assert list(step) == ["kind", "text", "why", "sources"]
        assert step["kind"] in KINDS and step["text"] and step["why"] and texts(step["sources"]) and step["sources"]
    for row in found["labs"]:
        assert list(row) == ["test", "analyte", "value", "level", "range", "note", "sources"]
        assert row["analyte"] in EVIDENCE.analytes and row["test"] and row["value"] and row["level"]
    for test in found["next_tests"]:
        assert (
            list(test) == ["test", "gain_bits", "why", "kind", "outcomes"]
            and number(test["gain_bits"])
            and test["test"]
        )
    for one in found["not_used"]:
        assert list(one) == ["where", "what", "why", "try"] and one["where"] and one["why"] and texts(one["try"])


@every
def test_every_cited_source_resolves_and_none_is_left_over(name: str) -> None:
    found = made(name)
    cited = {key for alert in found["triage"]["alerts"] for key in alert["sources"]}
    cited |= {key for c in found["causes"] for r in (*c["for"], *c["against"]) for key in r["sources"]}
    cited |= {key for step in found["plan"]["steps"] for key in step["sources"]}
    cited |= {key for row in found["labs"] for key in row["sources"]}
    diet = found["diet"]["nutrients"] if found["diet"] else {}
    cited |= {cite["source"] for row in diet.values() for cite in row.get("cites", ())}
    assert cited == set(found["sources"])
    for source in found["sources"].values():
        assert list(source) == ["title", "year", "kind", "tier", "url"]
        assert source["title"] and source["tier"] in TIERS
        assert source["year"] is None or 1800 < source["year"] <= 2026


def test_labs_and_slips_are_told() -> None:
    found = made("labs and slips")
    rows = {row["analyte"]: row for row in found["labs"]}
    assert "low" in rows["magnesium"]["level"] and rows["magnesium"]["range"] == "0.7-1.05"
    assert rows["vitamin_b12"]["level"] == "in range"
    assert "potassium" not in rows  # 41 mmol/L cannot be right
    where = {one["where"] for one in found["not_used"]}
    assert "findings[1]" in where and any(w.startswith("labs[2]") for w in where)
    assert any("magnesium" in s["text"] and "482 mg" in s["text"] for s in found["plan"]["steps"])


def test_an_emergency_has_a_short_plan() -> None:
    found = made("emergency")
    assert found["triage"]["level"] == "emergency"
    assert {s["kind"] for s in found["plan"]["steps"]} <= {"now", "say", "back"}
    assert len(found["plan"]["steps"]) <= 8
