"""People for the tests of plan and report, made from a few words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from twitchwise.assess.types import Assessment, Cause, Interval, NextTest, Reason
from twitchwise.evidence.load import Evidence, load_evidence
from twitchwise.evidence.types import Cite
from twitchwise.labs.types import LabReading, Level
from twitchwise.observe.types import FactorSeen, FindingSeen, Issue, Observations
from twitchwise.plan import make_plan
from twitchwise.plan.situation import Situation
from twitchwise.plan.types import Plan
from twitchwise.triage.result import Alert, Triage

ON = date(2026, 11, 22)
ACTS = {"emergency": "call_now", "prompt": "days", "routine": "visit", "self_care": "self"}


@dataclass(frozen=True)
class Answer:
    """A whole review for the report."""

    observations: Observations
    lab_readings: tuple[LabReading, ...]
    triage: Triage
    assessment: Assessment
    plan: Plan
    issues: tuple[Issue, ...] = ()
    evidence_version: str = "0123456789ab"
    on: date = ON
    record: object = field(default=None)
    diet: None = None


def wider(findings: Mapping[str, Any], ids: tuple[str, ...]) -> frozenset[str]:
    """Add everything that the findings are a kind of."""
    todo, seen = list(ids), set()
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += findings[one].is_a if one in findings else ()
    return frozenset(seen)


def cause(id_: str, explains: float, verdict: str = "", present: float | None = None, **more: Any) -> Cause:
    """Make a cause with an interval of a third to either side."""
    there = max(explains, present if present is not None else explains)

    def around(p: float) -> Interval:
        return Interval(p, p * 0.7, min(1.0, p * 1.3))

    word = verdict or ("likely" if explains >= 0.7 else "unlikely" if explains < 0.05 else "possible")
    return Cause(id_, id_.replace("_", " "), around(there), around(explains), word, **more)  # type: ignore[arg-type]


def observed(given: Mapping[str, Any], evidence: Evidence) -> Observations:
    """Make observations from a few words."""
    findings = [FindingSeen(f, True, f, "findings", days=given.get("days")) for f in given.get("findings", ())]
    findings += [FindingSeen(f, False, f, "absent") for f in given.get("absent", ())]
    factors = [FactorSeen(f, "medicine", True, f, "medicines") for f in given.get("medicines", ())]
    factors += [FactorSeen(f, "supplement", True, f, "supplements") for f in given.get("supplements", ())]
    factors += [FactorSeen(f, "condition", True, f, "conditions") for f in given.get("conditions", ())]
    return Observations(
        age=given.get("age"),
        sex=given.get("sex", ""),
        pregnant=given.get("pregnant"),
        country=given.get("country", ""),
        findings=tuple(findings),
        factors=tuple(factors),
        risks=frozenset(given.get("risks", ())),
        tags=frozenset(given.get("tags", ())),
        doses=dict(given.get("doses", {})),
        no_medicines=given.get("no_medicines", False),
        present=wider(evidence.findings, tuple(given.get("findings", ()))),
        absent=frozenset(given.get("absent", ())),
    )


def readings(given: Mapping[str, Any]) -> tuple[LabReading, ...]:
    """Make laboratory readings from numbers, and from names of low, high and normal ones."""
    made = [LabReading(a, str(v), "normal", v) for a, v in given.get("labs", {}).items()]
    levels: tuple[Level, ...] = ("low", "high", "normal")
    return tuple(made + [LabReading(a, w, w, word=w) for w in levels for a in given.get(w, ())])


def triaged(given: Mapping[str, Any]) -> Triage:
    """Make a triage with one alert at its level."""
    level = given.get("level", "routine")
    act = given.get("act", ACTS[level])
    asked = tuple(given.get("not_asked", ()))
    rule = given.get("rule", "some_rule")
    source = (Cite("nhs_twitching_eyes_muscles_2023", "see a GP if"),)
    alert = Alert(rule, level, act, "see someone", "A reason", source, "published")
    return Triage(level, bool(asked) or given.get("provisional", False), asked, (alert,))


def assessed(given: Mapping[str, Any]) -> Assessment:
    """Make an assessment from explains-probabilities."""
    reason = Reason("takes omeprazole", 1.4, "published", (Cite("fda_ppi", "2011"),), "exposure")
    against = Reason("no weakness", -0.8, "elicited", (), "absent")
    causes = [
        cause(id_, p, reasons_for=(reason,), reasons_against=(against,), chain=("muscle twitching", "low calcium", id_))
        for id_, p in given.get("causes", {"benign_fasciculation": 0.85, "motor_neuron_disease": 0.001}).items()
    ]
    causes.sort(key=lambda c: -c.explains.p)
    tests = tuple(NextTest(t, t, 0.3, "it would tell most", "blood") for t in given.get("next_tests", ()))
    return Assessment(tuple(causes), tuple(given.get("findings", ())), tests, 8, 500)


def situation(**given: Any) -> Situation:
    """Make a person as the plan sees them."""
    evidence = load_evidence()
    return Situation(observed(given, evidence), readings(given), triaged(given), assessed(given), evidence)


def plan_of(**given: Any) -> Plan:
    """Make a person's plan."""
    one = situation(**given)
    return make_plan(one.obs, one.labs, one.triage, one.assessment, one.evidence)


def answer(**given: Any) -> Answer:
    """Make a whole review."""
    one = situation(**given)
    plan = make_plan(one.obs, one.labs, one.triage, one.assessment, one.evidence)
    issues = tuple(
        Issue(f"findings[{i}]", said, "not known", ("twitching",)) for i, said in enumerate(given.get("unknown", ()))
    )
    return Answer(one.obs, readings(given), one.triage, one.assessment, plan, issues)


DO = re.compile(r"\b(take|eat|drink|try|choose|use|buy|add|sip|swap|fit you|needs|more)\b")
NO = re.compile(
    r"\b(add up to|not|never|no|without|ask|asked|low|lower|before|unless|above|limit|apart|between|hours)\b"
)
KINDS_THAT_ADVISE = ("now", "habit", "food", "supplement")


def advised(plan: Plan, *words: str) -> list[str]:
    """Sentences that advise one of these: not warnings, questions or tests."""
    found = []
    for step in plan.steps:
        for sentence in re.split(r"(?<=[.!?])\s", step.text) if step.kind in KINDS_THAT_ADVISE else ():
            low = sentence.lower()
            if any(word in low for word in words) and DO.search(low) and not NO.search(low):
                found.append(sentence)
    return found


STOPS = re.compile(
    r"\b(stop|stopping|quit|come off|discontinue)\b[^.]*\b(medicines?|tablets?|drugs?|pills?|statin|doses?)\b"
)
