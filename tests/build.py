"""Short ways to make observations, readings and facts in tests; present and absent sets are closed as in real use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from twitchwise.evidence import load_evidence
from twitchwise.evidence.types import Factor, Finding
from twitchwise.observe.types import FactorSeen, FindingSeen, Observations, TestSaid


@dataclass(frozen=True)
class Reading:
    """A laboratory reading with just what triage looks at."""

    analyte: str
    value: float | None = None
    level: str = ""
    urgent: bool = False
    superseded_by: str = ""


@dataclass(frozen=True)
class Facts:
    """The real rules, limits and findings, with one made-up factor for each tag, so that a tag can have a time."""

    triage_rules: Mapping[str, Any]
    limits: Mapping[str, Any]
    findings: Mapping[str, Finding]
    factors: Mapping[str, Factor]


@cache
def facts() -> Facts:
    """The facts of every test in this folder."""
    real = load_evidence()
    made = {f"some_{tag}": Factor(f"some_{tag}", tag, "condition", tags=(tag,)) for tag in real.tags}
    named = {
        name: Factor(name, name, "condition") for name in ("adrenal_insufficiency", "severe_low_potassium", "caffeine")
    }
    return Facts(real.triage_rules, real.limits, real.findings, made | named)


@cache
def wider(finding: str) -> frozenset[str]:
    """A finding with everything it is a kind of."""
    found = {finding}
    for one in facts().findings[finding].is_a:
        found |= wider(one)
    return frozenset(found)


@cache
def narrower(finding: str) -> frozenset[str]:
    """A finding with every kind of it."""
    return frozenset(f for f in facts().findings if finding in wider(f))


def finding(said: str | Mapping[str, Any], present: bool = True) -> FindingSeen:
    """A finding from its id, or from a table with id, where, days, onset, course, when."""
    table = {"id": said} if isinstance(said, str) else dict(said)
    name = table.pop("id")
    assert name in facts().findings, f"{name!r} is not in data/findings.toml"
    table["where"] = tuple(table.get("where", ()))
    table["when"] = frozenset(table.get("when", ()))
    sign = facts().findings[name].kind == "sign"
    return FindingSeen(name, present, name, f"findings[{name}]", sign=sign, **table)


def factor(said: str | Mapping[str, Any]) -> FactorSeen:
    """A factor from a tag or id, or from a table with tag (or id), kind, days, changed_days, dose_mg_per_day."""
    table = {"tag": said} if isinstance(said, str) else dict(said)
    name = table.pop("id", "") or f"some_{table.pop('tag')}"
    kind = table.pop("kind", "condition")
    return FactorSeen(name, kind, True, name, f"factors[{name}]", **table)


def observations(
    findings: Iterable[str | Mapping[str, Any]] = (),
    absent: Iterable[str] = (),
    factors: Iterable[str | Mapping[str, Any]] = (),
    tests: Mapping[str, str] | None = None,
    **person: Any,
) -> Observations:
    """Observations with closed sets: findings and absent are ids or tables, factors are tags or tables.

    >>> sorted(observations(["leg_cramps"]).present)
    ['leg_cramps', 'muscle_cramps']
    """
    seen = tuple(finding(f) for f in findings) + tuple(finding(a, present=False) for a in absent)
    stated = tuple(factor(f) for f in factors)
    tags = {t for f in stated if f.id in facts().factors for t in facts().factors[f.id].tags}
    said = tuple(TestSaid(i, result, i, f"tests[{i}]") for i, result in (tests or {}).items())
    for key in ("risks", "clues"):
        person[key] = frozenset(person.get(key, ()))
    return Observations(
        findings=seen,
        factors=stated,
        tests=said,
        present=frozenset[str]().union(*(wider(f.id) for f in seen if f.present)),
        absent=frozenset[str]().union(*(narrower(f.id) for f in seen if not f.present)),
        tags=frozenset(tags),
        **person,
    )


def reading(said: Mapping[str, Any]) -> Reading:
    """A laboratory reading from a table."""
    return Reading(**said)
