"""The cases of tests/spec/plan: people and what their plan must and must not hold."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from plan_case import plan_of

SPEC = Path(__file__).parent / "spec" / "plan"
CASES = [case for file in sorted(SPEC.glob("*.toml")) for case in tomllib.loads(file.read_text())["cases"]]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_plan(case: dict[str, Any]) -> None:
    plan, expect = plan_of(**case["given"]), case["expect"]
    ids, text = {s.id for s in plan.steps}, "\n".join(s.text for s in plan.steps)
    assert set(expect.get("steps", ())) <= ids, sorted(ids)
    assert not set(expect.get("no_steps", ())) & ids, sorted(ids)
    assert set(expect.get("refused", ())) <= {r.guard for r in plan.refused}
    for wanted in expect.get("says", ()):
        assert re.search(wanted, text), text
    for unwanted in expect.get("never", ()):
        assert not re.search(unwanted, text), text
    assert plan.end_state == expect.get("end_state", plan.end_state)
    assert len(plan.steps) <= expect.get("most", 99)
    assert {s.kind for s in plan.steps} <= set(expect.get("only_kinds", [s.kind for s in plan.steps]))
