"""From a review to a report: order, plain words, and nothing that frightens without cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twitchwise.assess.types import Assessment, Cause, Reason
from twitchwise.evidence.load import Evidence
from twitchwise.plan.doctor import listing
from twitchwise.plan.place import call
from twitchwise.plan.types import Plan
from twitchwise.report.labs import lab_rows
from twitchwise.report.types import CauseRow, Report, Said, Share
from twitchwise.report.words import in_hundred, strength
from twitchwise.triage.result import Triage

if TYPE_CHECKING:
    from twitchwise.review import Review

FOLD_BELOW = 0.01
SHOWN_ROWS = 5
GRAVE = ("motor_neuron_disease",)
NUTRIENTS = (
    "magnesium_deficiency calcium_deficiency vitamin_d_deficiency potassium_deficiency sodium_deficiency "
    "vitamin_b12_deficiency vitamin_b6_deficiency thiamine_deficiency"
).split()
SIGNS = {"emergency": "EMERGENCY", "prompt": "SOON", "routine": "NO HURRY", "self_care": "SELF-CARE"}
ORDERED = ("emergency", "prompt", "routine", "self_care")


def make_report(review: Review, evidence: Evidence) -> Report:
    """Put a review into plain words and order, with everything it rests on.

    Parameters: review, the whole answer; evidence, the curated facts. Returns: the report.
    """
    triage, assessment, plan = review.triage, review.assessment, review.plan
    shown = [c for c in assessment.causes if _row_shown(c, triage)]
    rest = [c for c in shown[SHOWN_ROWS:] if c.id not in GRAVE]
    folded = [c.name for c in assessment.causes if c not in shown]
    return Report(
        review=review,
        level=triage.level,
        sign=SIGNS[triage.level],
        headline=headline(triage, review.observations.country),
        alerts=alerts(triage),
        questions=tuple(q.rstrip("?").replace("_", " ") for q in triage.not_asked),
        short=short_answer(assessment, triage, review),
        causes=tuple(_row(c, triage) for c in shown[:SHOWN_ROWS]),
        also=", ".join(f"{c.name} ({in_hundred(c.explains.p)})" for c in rest),
        unlikely=tuple(folded),
        unlikely_note=_folded_note(triage, bool(folded)),
        note="" if assessment.stable else "The order is not firm: other orders fit nearly as well.",
        labs=lab_rows(review.lab_readings, evidence),
        tests=tuple(Said(f"{t.name}: {t.why}" if t.why else t.name) for t in assessment.next_tests),
        steps=plan.steps,
        withheld=withheld(plan),
        not_used=tuple(_issue(review, i) for i in range(len(review.issues))),
        sources=evidence.sources,
        footer=_footer(review),
    )


def _footer(review: Review) -> tuple[str, ...]:
    return (
        f"twitchwise, facts {review.evidence_version}, {review.on.isoformat()}. Educational: not a diagnosis.",
        "No clinician has reviewed this. [n]: a source. 'our estimate': not published.",
    )


def headline(triage: Triage, country: str) -> str:
    """Say the urgency in plain words.

    Parameters: triage; country, a name or code, or "". Returns: one sentence.
    """
    acts = {a.act for a in triage.alerts if a.level == triage.level}
    if triage.level == "emergency":
        words = call(country)
        return f"{words[0].upper()}{words[1:]} now." if "call_now" in acts else "Be seen by a doctor today."
    texts = {
        "prompt": "See a doctor within days. This is not an ambulance matter.",
        "routine": "Book a normal visit. There is no need to hurry.",
        "self_care": "You can look after this at home.",
    }
    return texts[triage.level] + (" This is provisional." if triage.provisional else "")


def alerts(triage: Triage) -> tuple[Said, ...]:
    """List why: every rule that fired, the most urgent first.

    Parameters: triage. Returns: sentences with their sources.
    """
    ordered = sorted(triage.alerts, key=lambda a: ORDERED.index(a.level))
    found = []
    for alert in ordered:
        action = f" {alert.action[:1].upper()}{alert.action[1:].rstrip('.')}." if alert.action else ""
        text = f"{alert.reason.rstrip('.')}.{action}"
        found.append(Said(text, tuple(alert.sources), alert.basis != "published"))
    return tuple(found) or ((Said(triage.why_default),) if triage.why_default else ())


def _row_shown(cause: Cause, triage: Triage) -> bool:
    if cause.id in GRAVE and triage.level not in ("emergency", "prompt"):
        return False
    return cause.explains.p >= FOLD_BELOW


def _reason(reason: Reason) -> Said:
    return Said(f"{strength(reason.bits)}: {reason.text}", reason.cites, reason.basis == "elicited")


def _row(cause: Cause, triage: Triage) -> CauseRow:
    grave = cause.id in GRAVE
    words = "a doctor should examine you to settle this" if grave else ""
    return CauseRow(
        cause.id,
        cause.name,
        cause.verdict,
        None if grave else Share(cause.explains.low, cause.explains.high),
        None if grave else Share(cause.present.low, cause.present.high),
        cause.chain,
        tuple(_reason(r) for r in cause.reasons_for),
        tuple(_reason(r) for r in cause.reasons_against),
        words,
    )


def _folded_note(triage: Triage, any_folded: bool) -> str:
    if not any_folded:
        return ""
    if triage.level == "emergency":
        return "Fewer than 1 in 100 each."
    return "Fewer than 1 in 100 each. New weakness, a shrinking muscle or a test out of range would change this."


def short_answer(assessment: Assessment, triage: Triage, review: Review) -> tuple[str, ...]:
    """Answer in two sentences.

    Parameters: assessment, triage, review. Returns: two sentences.
    """
    return (_first_sentence(assessment), _second_sentence(assessment, triage, review))


def _first_sentence(assessment: Assessment) -> str:
    if assessment.causes and assessment.causes[0].id in GRAVE:
        return "The record has signs that a nerve specialist should look at first."
    top = next((c for c in assessment.causes if c.id not in GRAVE), None)
    if top is None or not assessment.complaints or top.explains.p < FOLD_BELOW:
        return "The record names no complaint that can be explained yet."
    if top.verdict == "likely":
        return f"The most likely reason is {top.name}."
    second = next((c for c in assessment.causes[1:] if c.id not in GRAVE and c is not top), None)
    if top.verdict == "cannot_tell" and second is not None:
        return f"The record does not settle it: {top.name} and {second.name} lead."
    return f"The leading reason is {top.name}, but it is not certain."


def _second_sentence(assessment: Assessment, triage: Triage, review: Review) -> str:
    if triage.level == "emergency":
        return "Whatever the cause, get help first."
    nutrients = [c for c in assessment.causes if c.id in NUTRIENTS and c.explains.p >= 0.1]
    if nutrients:
        return f"A nutrient may be part of it: {listing([c.name for c in nutrients[:3]])}. A blood test decides."
    worried = "health_anxiety" in review.observations.present
    if worried and not triage.provisional and triage.level != "prompt":
        return "Nothing in the record points to a grave nerve disease, and a lack of a nutrient explains little."
    if triage.level == "prompt":
        return "The signs above need an examination, whatever the cause; a lack of a nutrient explains little."
    return "A lack of a vitamin or mineral explains little of it."


def withheld(plan: Plan) -> tuple[Said, ...]:
    """Say which advice was held back and why.

    Parameters: plan. Returns: sentences with their sources.
    """
    return tuple(Said(f"No advice on {one.what}: {one.reason}.", one.cites) for one in plan.refused)


def _issue(review: Review, index: int) -> str:
    issue = review.issues[index]
    hint = f" Try: {', '.join(issue.try_[:3])}." if issue.try_ else ""
    return f"{issue.where}: {issue.what}: {issue.why.rstrip('.')}.{hint}"
