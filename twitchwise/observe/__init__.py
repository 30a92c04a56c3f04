"""From a record to observations: our names, our units, and an Issue for everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from twitchwise.evidence import Evidence
from twitchwise.observe.clues import conclude_clues
from twitchwise.observe.combined import combined
from twitchwise.observe.counts import TermCount, count_terms, unknown_terms
from twitchwise.observe.drugs import read_drugs
from twitchwise.observe.factors import read_diet, read_history
from twitchwise.observe.findings import read_findings
from twitchwise.observe.habits import read_habits
from twitchwise.observe.labs_said import read_labs_said
from twitchwise.observe.lexicon import lexicon_of
from twitchwise.observe.person import conclude_person, read_person
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.sites import above
from twitchwise.observe.tests_said import read_tests
from twitchwise.observe.types import FactorSeen, FindingSeen, Issue, LabSaid, Observations, TestSaid
from twitchwise.record import Record

__all__ = [
    "FactorSeen",
    "FindingSeen",
    "Issue",
    "LabSaid",
    "Observations",
    "TermCount",
    "TestSaid",
    "count_terms",
    "observe",
    "unknown_terms",
]


def observe(record: Record, evidence: Evidence, on: date) -> Observations:
    """Resolve a record to our vocabulary.

    Parameters: record, as written; evidence, the curated facts; on, the day of the review.
    Returns: the observations; nothing is dropped in silence: what could not be used is in `issues`.

    >>> from twitchwise.evidence import load_evidence
    >>> from twitchwise.record import record_from_tables
    >>> record = record_from_tables({"findings": [{"what": "charley horse at night", "where": "calf"}]})
    >>> [f.id for f in observe(record, load_evidence(), date(2026, 11, 1)).findings]
    ['night_leg_cramps']
    """
    sheet = Sheet(evidence, lexicon_of(evidence), on)
    sheet.issues += [Issue(slip.where, slip.what, slip.why, slip.try_) for slip in record.slips]
    person = read_person(record.person, sheet)
    for section in ("findings", "absent", "signs"):
        read_findings(getattr(record, section), section, sheet)
    for section in ("medicines", "supplements"):
        read_drugs(getattr(record, section), section, sheet)
    for section in ("conditions", "procedures", "exposures"):
        read_history(getattr(record, section), section, sheet)
    read_diet(record.diet, sheet)
    read_habits(record.habits, sheet)
    read_labs_said(record.labs, sheet)
    read_tests(record.tests, sheet)
    conclude_person(sheet, person["sex"], on)
    if "breastfeeding" in sheet.risks:
        person["breastfeeding"] = True
    return _concluded(sheet, person)


# a complaint that is also a way to lose salts and water, or to take in too little
LOSSES = {name: f"{name}_now" for name in ("vomiting", "diarrhoea", "weight_loss", "polyuria")}


def _concluded(sheet: Sheet, person: Mapping[str, object]) -> Observations:
    findings, present = _merged(sheet)
    absent = _kinds_of((f.id for f in findings if not f.present), sheet.evidence) - present
    sheet.risks |= {risk for finding, risk in LOSSES.items() if finding in present}
    conclude_clues(sheet, findings, present)
    factors = _consistent(sheet)
    factors = (*factors, *combined(factors, sheet.evidence))
    if sheet.no_medicines and not any(f.present and f.kind == "medicine" for f in factors):
        sheet.risks.add("asked_medicines_none")
    return Observations(
        **dict(person),  # type: ignore[arg-type]
        pregnant=sheet.pregnant,
        pregnant_weeks=sheet.pregnant_weeks,
        postpartum_days=sheet.postpartum_days,
        findings=findings,
        factors=factors,
        labs=tuple(sheet.labs),
        tests=tuple(sheet.tests),
        risks=frozenset(sheet.risks & sheet.evidence.risks.keys()),
        clues=frozenset(sheet.clues),
        doses=MappingProxyType(dict(sheet.doses)),
        taken=tuple(sheet.taken),
        no_medicines=sheet.no_medicines,
        present=present,
        absent=absent,
        tags=frozenset(tag for f in factors for tag in _tags(f, sheet.evidence)),
        issues=_each_once(sheet.issues),
        unused=tuple(sorted(sheet.unused)),
        on=sheet.on,
    )


def _tags(factor: FactorSeen, evidence: Evidence) -> Iterable[str]:
    """Return the tags of a factor that is present; a habit gives its tags only at a high level."""
    if not factor.present or factor.id not in evidence.factors:
        return ()
    if factor.kind == "habit" and factor.member not in ("high", "withdrawal"):
        return ()
    return evidence.factors[factor.id].tags


def _merged(sheet: Sheet) -> tuple[tuple[FindingSeen, ...], frozenset[str]]:
    """One entry for each finding; what is present wins over a denial; the narrower stands for the wider."""
    by_id: dict[str, FindingSeen] = {}
    for seen in sheet.findings:
        if seen.present:
            by_id[seen.id] = _joined(by_id[seen.id], seen) if seen.id in by_id else seen
    present = frozenset(key for id_ in by_id for key in above(sheet.evidence, id_))
    for wide in [id_ for id_ in by_id if _stands_for(id_, by_id, sheet.evidence)]:
        by_id = _handed_down(wide, by_id, sheet.evidence)
    denied: dict[str, FindingSeen] = {}
    for seen in sheet.findings:
        if seen.present:
            continue
        if seen.id not in present:
            denied.setdefault(seen.id, seen)
        elif seen.origin.startswith("absent"):
            name = sheet.evidence.findings[seen.id].name
            sheet.issue(seen.origin, seen.said, f"{name} is also stated as present elsewhere: what is present counts")
    return (*by_id.values(), *denied.values()), present


def _stands_for(id_: str, by_id: Mapping[str, FindingSeen], evidence: Evidence) -> bool:
    """Whether a narrower complaint is stated too."""
    kinds = (other for other in by_id if other != id_ and id_ in above(evidence, other))
    mine = set(by_id[id_].where)
    return any(
        evidence.findings[other].kind == "symptom" and (not mine or mine & {*by_id[other].where, "widespread"})
        for other in kinds
    )


def _handed_down(wide: str, by_id: dict[str, FindingSeen], evidence: Evidence) -> dict[str, FindingSeen]:
    """Drop a wider finding and hand its times down to the narrower ones."""
    return {
        id_: _joined(seen, by_id[wide]) if wide in above(evidence, id_) else seen
        for id_, seen in by_id.items()
        if id_ != wide
    }


def _joined(first: FindingSeen, second: FindingSeen) -> FindingSeen:
    days = [d for d in (first.days, second.days) if d is not None]
    return replace(
        first,
        where=tuple(sorted({*first.where, *second.where})),
        days=max(days) if days else None,
        onset=first.onset or second.onset,
        course=first.course or second.course,
        when=first.when | second.when,
        sign=first.sign and second.sign,
        main=first.main or second.main,
    )


def _kinds_of(ids: Iterable[str], evidence: Evidence) -> frozenset[str]:
    denied = set(ids)
    return frozenset(id_ for id_ in evidence.findings if denied & above(evidence, id_)) if denied else frozenset()


def _consistent(sheet: Sheet) -> tuple[FactorSeen, ...]:
    """Drop denials of what is stated elsewhere, and say so."""
    present = {f.id for f in sheet.factors if f.present}
    for factor in sheet.factors:
        if not factor.present and factor.id in present:
            sheet.issue(factor.origin, factor.said, "is also stated as present elsewhere: what is present counts")
    return tuple(f for f in sheet.factors if f.present or f.id not in present)


def _each_once(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple(dict.fromkeys(issues))
