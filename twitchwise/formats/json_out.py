"""JSON for programs: the whole review in the fixed shape `twitchwise.review/1`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from twitchwise.assess.types import Cause, Interval, NextTest, Reason, Result
from twitchwise.evidence.types import Cite, Source
from twitchwise.formats.diet import diet_json
from twitchwise.report.types import Report

SCHEMA = "twitchwise.review/1"
Json = dict[str, Any]


def _keys(cites: Iterable[Cite]) -> list[str]:
    return list(dict.fromkeys(cite.source for cite in cites))


def _interval(interval: Interval) -> Json:
    return {"p": _round(interval.p), "low": _round(interval.low), "high": _round(interval.high)}


def _round(value: float) -> float:
    return round(float(value), 6)


def _reason(reason: Reason) -> Json:
    return {
        "text": reason.text,
        "bits": _round(reason.bits),
        "basis": reason.basis,
        "sources": _keys(reason.cites),
    }


def _cause(cause: Cause) -> Json:
    return {
        "id": cause.id,
        "name": cause.name,
        "present": _interval(cause.present),
        "explains": _interval(cause.explains),
        "explains_by": {finding: _round(p) for finding, p in cause.explains_by.items()},
        "chain": list(cause.chain),
        "verdict": cause.verdict,
        "for": [_reason(r) for r in cause.reasons_for],
        "against": [_reason(r) for r in cause.reasons_against],
    }


def _triage(report: Report) -> Json:
    triage = report.review.triage
    alerts = [
        {
            "rule": a.rule,
            "level": a.level,
            "act": a.act,
            "action": a.action,
            "reason": a.reason,
            "sources": _keys(a.sources),
        }
        for a in triage.alerts
    ]
    return {
        "level": triage.level,
        "provisional": triage.provisional,
        "not_asked": list(triage.not_asked),
        "alerts": alerts,
    }


def _source(source: Source) -> Json:
    return {"title": source.title, "year": source.year, "kind": source.kind, "tier": source.tier, "url": source.url}


def _cited(report: Report) -> list[str]:
    review = report.review
    cites: list[Cite] = [c for a in review.triage.alerts for c in a.sources]
    for cause in review.assessment.causes:
        cites += [c for r in (*cause.reasons_for, *cause.reasons_against) for c in r.cites]
    cites += [c for step in report.steps for c in step.cites]
    cites += [c for row in report.labs for c in row.cites]
    cites += [c for one in (review.diet.adequacies.values() if review.diet else ()) for c in one.cites]
    return sorted({c.source for c in cites if c.source in report.sources})


def _labs(report: Report) -> list[Json]:
    return [
        {
            "test": row.name,
            "analyte": row.analyte,
            "value": row.value,
            "level": row.level,
            "range": row.range,
            "note": row.note,
            "sources": _keys(row.cites),
        }
        for row in report.labs
    ]


def _test(test: NextTest) -> Json:
    return {
        "test": test.name,
        "gain_bits": _round(test.gain_bits),
        "why": test.why,
        "kind": test.kind,
        "outcomes": [_result(r) for r in test.outcomes],
    }


def _result(result: Result) -> Json:
    moves = [{"id": m.cause, "name": m.name, "from": _round(m.before), "to": _round(m.after)} for m in result.moves]
    return {"result": result.word, "p": _round(result.p), "causes": moves}


def as_json(report: Report) -> Json:
    """Put a report into the fixed shape.

    Parameters: report. Returns: plain dictionaries, lists, strings and numbers.
    """
    review = report.review
    asked_for = [row.test for row in report.tests if row.test is not None and row.test.kind == "specialist"]
    tests = [*review.assessment.next_tests, *asked_for]
    return {
        "schema": SCHEMA,
        "evidence_version": review.evidence_version,
        "date": review.on.isoformat(),
        "complaints": list(review.assessment.complaints),
        "triage": _triage(report),
        "causes": [_cause(c) for c in review.assessment.causes],
        "labs": _labs(report),
        "diet": diet_json(review.diet) if review.diet is not None else None,
        "next_tests": [_test(t) for t in tests],
        "plan": {
            "steps": [{"kind": s.kind, "text": s.text, "why": s.why, "sources": _keys(s.cites)} for s in report.steps]
        },
        "not_used": [{"where": i.where, "what": i.what, "why": i.why, "try": list(i.try_)} for i in review.issues],
        "sources": {key: _source(report.sources[key]) for key in _cited(report)},
    }


def write_json(report: Report) -> str:
    """Write a report as JSON.

    Parameters: report. Returns: JSON text that ends with a line break.
    """
    return json.dumps(as_json(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
