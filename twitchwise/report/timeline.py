"""Medicines in the order in which they were started, and which of them fit the onset of the complaint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cited, Factor, Leads, Shows
from twitchwise.observe.nothing import is_no_medicine, is_nothing
from twitchwise.observe.types import FactorSeen, FindingSeen
from twitchwise.plan.doctor import duration
from twitchwise.record.types import DrugLine
from twitchwise.report.sheet_types import Fit, Taking
from twitchwise.report.types import Said

if TYPE_CHECKING:
    from twitchwise.review import Review

SECTIONS = {"medicine": "medicines", "supplement": "supplements"}
SLACK = 0.15  # "three weeks ago" is a rough date
FOREVER = 1e9


def complaints(review: Review) -> list[FindingSeen]:
    """List the complaints: those marked as main, else those that the assessment explains.

    Parameters: review. Returns: findings as stated, in the order of the record.
    """
    seen = [f for f in review.observations.findings if f.present and not f.sign]
    named = [f for f in seen if f.id in review.assessment.complaints]
    return [f for f in seen if f.main] or named or seen


def onset_days(review: Review) -> float | None:
    """Return how long ago the first of the complaints began.

    Parameters: review. Returns: days, or None where no complaint has a date.
    """
    return max((f.days for f in complaints(review) if f.days is not None), default=None)


def wider(finding: str, evidence: Evidence) -> frozenset[str]:
    """Return a finding with everything it is a kind of.

    Parameters: finding, its id; evidence. Returns: ids.
    """
    known = evidence.findings.get(finding)
    above = [wider(one, evidence) for one in known.is_a] if known is not None else []
    return frozenset({finding}).union(*above)


@dataclass(frozen=True, slots=True)
class Effect:
    """One way in which a factor could bring about a complaint, with the days of use in which it shows."""

    said: Said
    after: float
    within: float
    rank: int  # published before judged

    def covers(self, days: float, slack: float) -> bool:
        """Say whether the effect can show after so many days of use.

        Parameters: days of use; slack, days by which the dates may be off. Returns: True when it can.
        """
        return self.after <= days + slack and days - slack <= self.within


def _cited(text: str, fact: Cited, row: Leads | Shows) -> Effect:
    published = fact.basis == "published"
    said = Said(text, (fact.cite,), not published)
    within = row.within_days if row.within_days is not None else FOREVER
    return Effect(said, row.after_days, within, 0 if published else 1)


def _shows(node: str, wanted: frozenset[str], evidence: Evidence) -> bool:
    known = evidence.nodes.get(node)
    return known is not None and any(row.finding in wanted for row in known.findings)


def effects(factor: Factor, complaint: str, evidence: Evidence) -> list[Effect]:
    """List what a factor is known to do that could matter for the complaint, the best supported first.

    Parameters: factor; complaint, id of a finding; evidence. Returns: effects.
    """
    wanted = wider(complaint, evidence)
    found = []
    for lead in factor.leads_to:
        fact = lead.p or lead.odds
        if fact is not None and _shows(lead.target, wanted, evidence):
            found.append(_cited(_through(lead, evidence), fact, lead))
    direct = [row for row in factor.findings if row.finding == complaint]
    for row in direct or [row for row in factor.findings if row.finding in wanted]:
        if row.finding in evidence.findings:
            found.append(_cited(f"can itself bring {evidence.findings[row.finding].name}", row.p, row))
    return sorted(found, key=lambda one: one.rank)


def _through(lead: Leads, evidence: Evidence) -> str:
    text = f"can lead to {evidence.nodes[lead.target].name}"
    if lead.odds is not None and lead.odds.basis == "published":
        text += f" (odds x {lead.odds.value:.2g}, {lead.odds.low:.2g} to {lead.odds.high:.2g})"
    return text


def _fit(seen: FactorSeen, found: list[Effect], complaint: FindingSeen) -> tuple[Fit, str]:
    """Judge whether the start, or a change of dose, fits the onset of one complaint."""
    if not found:
        return "no_effect", "no effect on the complaint in our data"
    if seen.days is None and seen.changed_days is None:
        return "open", "start not stated"
    if complaint.days is None:
        return "open", "onset of the complaint not stated"
    slack = 1 + SLACK * complaint.days
    changed = seen.changed_days - complaint.days if seen.changed_days is not None else None
    if changed is not None and changed >= -slack and any(e.covers(max(changed, 0.0), slack) for e in found):
        return "fits", f"fits: changed {_gap(changed)}"
    used = seen.days - complaint.days if seen.days is not None else changed or 0.0
    if used < -slack:
        return "does_not", "does not fit: begun after onset"
    if any(e.covers(max(used, 0.0), slack) for e in found):
        return "fits", f"fits: begun {_gap(used)}"
    return "does_not", f"begun {_gap(used)}: outside the usual time of its effect"


def _gap(days: float) -> str:
    return f"{duration(days)} before onset" if days >= 1 else "at onset"


RANK: tuple[Fit, ...] = ("fits", "open", "does_not", "no_effect")


def _taking(seen: FactorSeen, line: DrugLine | None, review: Review, evidence: Evidence) -> Taking:
    factor = evidence.factors.get(seen.id)
    best: tuple[Fit, str] = ("no_effect", "no effect on the complaint in our data")
    known: dict[str, Said] = {}
    for complaint in complaints(review) if factor is not None else ():
        assert factor is not None
        found = effects(factor, complaint.id, evidence)
        best = min(best, _fit(seen, found, complaint), key=lambda one: RANK.index(one[0]))
        for effect in found:
            if seen.days is None or effect.covers(seen.days, 1 + SLACK * seen.days):
                known.setdefault(effect.said.text.partition(" (")[0], effect.said)
    since = line.since if line is not None and line.since else duration(seen.days) if seen.days is not None else ""
    changed = line.changed if line is not None else ""
    name = seen.said or seen.member or (factor.name if factor is not None else seen.id)
    return Taking(name, seen.dose_said, seen.days, seen.changed_days, since, *best, tuple(known.values()), changed)


def _unread(kind: str, lines: tuple[DrugLine, ...], review: Review) -> Iterator[Taking]:
    """Give the lines that no factor stands for: nothing that a person takes is left out of the sheet."""
    told = {f.origin for f in review.observations.factors if f.present}
    asked = {issue.where.partition(".")[0] for issue in review.issues}
    for number, line in enumerate(lines):
        origin = f"{SECTIONS[kind]}[{number}]"
        if origin in told or not line.name or is_nothing(line.name) or is_no_medicine(line.name):
            continue
        fit: Fit = "not_known" if origin in asked else "no_effect"
        words = "name not understood: please check" if fit == "not_known" else "no effect on the complaint in our data"
        yield Taking(line.name, line.dose, None, None, line.since, fit, words, changed=line.changed)


def timeline(kind: str, review: Review, evidence: Evidence) -> tuple[Taking, ...]:
    """List the medicines or supplements by their start, the longest taken first, those without a start last.

    Parameters: kind, "medicine" or "supplement"; review; evidence. Returns: one entry a product.
    """
    record = review.record
    lines = record.medicines if kind == "medicine" else record.supplements
    by_origin = {f"{SECTIONS[kind]}[{n}]": line for n, line in enumerate(lines)}
    seen = [f for f in review.observations.factors if f.present and f.kind == kind]
    found = [_taking(f, by_origin.get(f.origin), review, evidence) for f in seen]
    found += _unread(kind, lines, review)
    return tuple(sorted(found, key=lambda t: (t.since_days is None, -(t.since_days or 0.0))))
