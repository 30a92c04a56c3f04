"""Every triage rule fires in one case and is silent in another; the name of a case is a sentence that holds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from build import facts, observations, reading
from twitchwise.triage import RULES
from twitchwise.triage.level import alerts
from twitchwise.triage.view import View

FOLDER = Path(__file__).resolve().parent / "spec" / "triage"
CASES: list[dict[str, Any]] = [
    case for path in sorted(FOLDER.glob("*.toml")) for case in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]
]
KEYS = {"name", "rule", "fires", "findings", "absent", "factors", "risks", "labs", "tests", "person"}


def view_of(case: dict[str, Any]) -> View:
    obs = observations(
        case.get("findings", ()),
        case.get("absent", ()),
        case.get("factors", ()),
        case.get("tests"),
        risks=case.get("risks", ()),
        **case.get("person", {}),
    )
    labs = tuple(reading(r) for r in case.get("labs", ()))
    here = facts()
    return View(obs, labs, here.limits, here.findings, here.factors)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['rule']}: {c['name']}")
def test_the_sentence_holds(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, f"unknown key in {case['name']!r}: {sorted(set(case) - KEYS)}"
    fired = {a.rule for a in alerts(view_of(case), facts())}
    assert (case["rule"] in fired) == case["fires"], f"{case['name']}: fired {sorted(fired)}"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_has_a_case_where_it_fires_and_one_where_it_is_silent(rule: str) -> None:
    found = {case["fires"] for case in CASES if case["rule"] == rule}
    assert found == {True, False}, f"add the missing case for {rule} to tests/spec/triage"


def test_the_names_are_sentences_and_none_is_used_twice() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)), {n for n in names if names.count(n) > 1}
    assert all(len(name.split()) >= 4 and name[0].isupper() for name in names)
