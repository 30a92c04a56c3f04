"""One line for every cause: what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from twitchwise.assess.types import Cause, Reason
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite, Node
from twitchwise.report.build import FOLD_BELOW, GRAVE, URGENT
from twitchwise.report.labs import lab_rows
from twitchwise.report.names import name_of, plain
from twitchwise.report.sheet_types import WhyNot
from twitchwise.report.types import Said
from twitchwise.report.words import span, strength

if TYPE_CHECKING:
    from twitchwise.review import Review

TYPICAL = 0.3  # a finding that a cause brings this often is typical of it
RARE = 0.05
LEADING = 0.1
NONE_LISTED = {"medication_effect": "no medicine listed", "toxin": "no poison or drug listed"}


def _nodes(cause: str, evidence: Evidence) -> list[Node]:
    return [n for n in evidence.nodes.values() if n.id == cause or n.part_of == cause]


def _reason(reason: Reason, review: Review, evidence: Evidence) -> str:
    text = plain(reason.text, review.observations, evidence)
    if reason.text.startswith("age "):
        text = "less usual at this age and sex"
    return f"{text} ({strength(reason.bits)})"


def _denied(cause: Cause, review: Review, evidence: Evidence) -> Iterator[tuple[str, Cite]]:
    """Give the findings that are typical of a cause and that the record denies."""
    stated = {f.id for f in review.observations.findings if not f.present}
    for node in _nodes(cause.id, evidence):
        for row in node.findings:
            if row.finding in stated and row.p.value >= TYPICAL:
                yield f"no {evidence.findings[row.finding].name}", row.p.cite


def _normal(cause: Cause, review: Review, evidence: Evidence) -> Iterator[tuple[str, Cite]]:
    """Give the normal results of the analytes that a cause moves, unless the assessment counts them for it."""
    moved = {n.id for n in _nodes(cause.id, evidence)}
    helped = {r.text for r in cause.reasons_for}
    for reading in review.lab_readings:
        known = evidence.analytes.get(reading.analyte)
        if known is None or reading.level != "normal" or not reading.current or reading.value is None:
            continue
        row = lab_rows([reading], evidence)[0]
        if any(t.node in moved for t in known.truth) and not any(t.startswith(known.name) for t in helped):
            yield f"{row.name} {row.value} in range", row.cites[0] if row.cites else Cite("own_judgement")


def _against(cause: Cause, review: Review, evidence: Evidence) -> Said:
    reasons = sorted(cause.reasons_against, key=lambda r: r.bits)
    texts = [_reason(r, review, evidence) for r in reasons[:2]]
    cites = [c for r in reasons[:2] for c in r.cites]
    told = " ".join(r.text for r in reasons)
    open_ = cause.explains.p < LEADING  # of a leading cause the assessment has weighed all that counts
    for text, cite in (*_normal(cause, review, evidence), *_denied(cause, review, evidence)) if open_ else ():
        if text.partition(" in range")[0] not in told and len(texts) < 3 and text not in texts:
            texts.append(text)
            cites.append(cite)
    if cause.id in NONE_LISTED and cause.explains.p < FOLD_BELOW and not texts:
        texts.append(NONE_LISTED[cause.id])
    if cause.present.p < RARE and cause.id not in NONE_LISTED:
        texts.append(f"probably not there at all ({span(cause.present.low, cause.present.high)})")
    estimate = any(r.basis == "elicited" for r in reasons[:2])
    return Said("; ".join(texts) or _little(cause), tuple(dict.fromkeys(cites)), estimate)


def _little(cause: Cause) -> str:
    """Say what is left when nothing speaks against a cause."""
    if cause.explains.p >= LEADING:
        return "nothing in the record speaks against it"
    return "may be there, but little links it to the complaint" if cause.present.p >= 0.1 else "nothing points to it"


def _grave(cause: Cause, review: Review, evidence: Evidence) -> Said:
    """Say in words, never in figures, how a grave cause stands."""
    if review.triage.level in URGENT and cause.explains.p >= FOLD_BELOW:
        return Said("not excluded while a danger sign is open: strength, tongue and reflexes need an examination")
    if review.triage.level in URGENT:
        return Said("little points to it; strength, tongue and reflexes belong to the urgent examination")
    denied = list(dict(_denied(cause, review, evidence)))
    told = f"; {', '.join(denied)}" if denied else ""
    open_ = "; not every danger sign was asked" if review.triage.provisional else ""
    return Said(f"no danger sign in the record points to it{told}{open_}")


def why_not(review: Review, evidence: Evidence) -> tuple[WhyNot, ...]:
    """Say for every cause what speaks against it, in the order of the assessment.

    Parameters: review; evidence. Returns: one line a cause; a grave cause carries no figure.
    """
    urgent = review.triage.level in URGENT
    made = []
    for cause in review.assessment.causes:
        grave = cause.id in GRAVE
        text = _grave(cause, review, evidence) if grave else _against(cause, review, evidence)
        share = "" if grave else span(cause.explains.low, cause.explains.high)
        verdict = "" if grave and urgent else cause.verdict
        name = name_of(cause, review.observations, evidence, urgent)
        made.append(WhyNot(cause.id, name, verdict, share, text, not (grave and urgent) and verdict == "unlikely"))
    return tuple(made)
