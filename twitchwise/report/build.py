"""From a review to a report: order, plain words, and nothing that frightens without cause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twitchwise.assess.types import Assessment, Cause, Interval, Reason
from twitchwise.evidence.load import Evidence
from twitchwise.observe.types import Observations
from twitchwise.plan.doctor import listing
from twitchwise.plan.place import call
from twitchwise.plan.types import Plan
from twitchwise.report.diet import diet_section
from twitchwise.report.labs import lab_rows
from twitchwise.report.names import UNIONS, name_of, parts_of, plain
from twitchwise.report.tests import rows_of_tests
from twitchwise.report.types import CauseRow, Report, Said, Share
from twitchwise.report.words import asked, strength
from twitchwise.triage.level import NOT_READ
from twitchwise.triage.result import UNCHECKED, Alert, Triage

if TYPE_CHECKING:
    from twitchwise.review import Review

FOLD_BELOW = 0.01
SHOWN_ROWS = 5
ROW_FROM = 0.03  # below this a cause is only named
GRAVE = ("motor_neuron_disease",)
NUTRIENTS = (
    "magnesium_deficiency calcium_deficiency vitamin_d_deficiency potassium_deficiency sodium_deficiency "
    "vitamin_b12_deficiency vitamin_b6_deficiency thiamine_deficiency"
).split()
SIGNS = {"emergency": "EMERGENCY", "prompt": "SOON", "routine": "NO HURRY", "self_care": "SELF-CARE"}
URGENT = ("emergency", "prompt")
# causes whose name must not be read as "no danger" beside an emergency
CALM = "benign_fasciculation anxiety_or_stress sleep_deprivation caffeine_or_stimulants overexertion".split()
CAREFUL = "Nothing in the record calls for haste; a booked visit is the careful answer."
LITTLE = "A lack of a vitamin or mineral explains little of it."
NOTHING_GRAVE = "Nothing in the record points to a grave nerve disease, and a lack of a nutrient explains little."
SO_FAR = "Nothing told so far points to a grave nerve disease, but the open questions come first."
ORDERED = ("emergency", "prompt", "routine", "self_care")


@dataclass(frozen=True, slots=True)
class Names:
    """How the causes of one person are called."""

    obs: Observations
    evidence: Evidence
    urgent: bool

    def of(self, cause: Cause) -> str:
        """Name a cause.

        Parameters: cause. Returns: its name, for a union with its likeliest parts.
        """
        return name_of(cause, self.obs, self.evidence, self.urgent)


def make_report(review: Review, evidence: Evidence) -> Report:
    """Put a review into plain words and order, with everything it rests on.

    Parameters: review, the whole answer; evidence, the curated facts. Returns: the report.
    """
    triage, assessment, plan = review.triage, review.assessment, review.plan
    names = Names(review.observations, evidence, triage.level in URGENT)
    table, rest, folded = _parted(assessment, triage)
    return Report(
        review=review,
        level=triage.level,
        sign=SIGNS[triage.level],
        headline=headline(triage, review.observations.country),
        alerts=alerts(triage),
        questions=tuple(asked(q) for q in triage.not_asked),
        short=short_answer(assessment, triage, review, names),
        causes=rows(table, names),
        also=tuple(names.of(c) for c in rest),
        unlikely=tuple(c.name for c in folded),
        unlikely_note=_folded_note(triage, bool(folded)),
        note="" if assessment.stable else "The order is not firm: other orders fit nearly as well.",
        labs=lab_rows(review.lab_readings, evidence),
        tests=rows_of_tests(review, evidence, names),
        steps=plan.steps,
        withheld=withheld(plan),
        not_used=tuple(_issue(review, i) for i in range(len(review.issues))),
        sources=evidence.sources,
        footer=_footer(review),
        diet=diet_section(review.diet) if review.diet is not None else None,
    )


def _parted(assessment: Assessment, triage: Triage) -> tuple[list[Cause], list[Cause], list[Cause]]:
    """Part the causes: those for the table, those that are only named, and those that are very unlikely."""
    shown = [c for c in assessment.causes if _row_shown(c, triage)]
    table = [c for n, c in enumerate(shown[:SHOWN_ROWS]) if n == 0 or c.explains.p >= ROW_FROM]
    table += [c for c in shown if c.id in GRAVE and c not in table]  # beside a danger sign it is named, in words
    rest = [c for c in shown if c not in table]
    folded = [c for c in assessment.causes if c not in shown and _folds(c, triage)]
    return table, rest, folded if assessment.complaints else []


def _footer(review: Review) -> tuple[str, ...]:
    return (
        f"twitchwise, facts {review.evidence_version}, {review.on.isoformat()}. It is not a diagnosis.",
        "No clinician has reviewed this. [n]: a source. 'our estimate': not published.",
    )


def headline(triage: Triage, country: str) -> str:
    """Say the urgency in plain words.

    Parameters: triage; country, a name or code, or "". Returns: one or two sentences.
    """
    acts = {a.act for a in triage.alerts if a.level == triage.level}
    if triage.level == "emergency":
        words = call(country)
        return f"{words[0].upper()}{words[1:]} now." if "call_now" in acts else "Be seen by a doctor today."
    texts = {
        "prompt": "See a doctor within days. This is not an ambulance matter.",
        "routine": "Book a normal visit.",
        "self_care": "You can look after this at home.",
    }
    return texts[triage.level]


def alerts(triage: Triage) -> tuple[Said, ...]:
    """List why: every rule that fired, the most urgent first.

    Parameters: triage. Returns: sentences with their sources.
    """
    said = headline(triage, "")  # ends in "now." for an ambulance
    ordered = sorted(triage.alerts, key=lambda a: ORDERED.index(a.level))
    found = []
    for alert in ordered:
        action = f" {alert.action[:1].upper()}{alert.action[1:].rstrip('.')}." if _says_more(alert, said) else ""
        reason = alert.reason.replace(f" ({UNCHECKED})", "").rstrip(".")
        own = f" ({UNCHECKED})" if UNCHECKED in alert.reason else ""
        estimate = alert.basis != "published" and not own
        found.append(Said(f"{reason}.{action}{own}", tuple(alert.sources), estimate))
    careful = NOT_READ if triage.why_default == NOT_READ else CAREFUL
    return tuple(found) or ((Said(careful),) if triage.why_default else ())


def _says_more(alert: Alert, said: str) -> bool:
    """Say whether the action of an alert adds to its reason and to the headline."""
    action, told = (set(re.findall(r"[a-z]{3,}", text.lower())) for text in (alert.action, f"{alert.reason} {said}"))
    if said.endswith("now.") and alert.act != "call_now":
        return False  # a lesser act must not blur the call
    return bool(alert.action) and len(action & told) < 0.7 * len(action)


def _folds(cause: Cause, triage: Triage) -> bool:
    """Say whether a cause may be called very unlikely: a grave one never while a danger sign is open."""
    return cause.id != "other" and not (cause.id in GRAVE and triage.level in URGENT)


def _row_shown(cause: Cause, triage: Triage) -> bool:
    if cause.id in GRAVE and triage.level not in URGENT:
        return False
    return cause.explains.p >= FOLD_BELOW


def rows(causes: Sequence[Cause], names: Names) -> tuple[CauseRow, ...]:
    """Put the leading causes into rows; a reason that a row above has given is not given again for a union.

    Parameters: causes, in order; names. Returns: one row a cause.
    """
    told: set[str] = set()
    chains: set[tuple[str, ...]] = set()
    made = []
    for cause in causes:
        row = _row(cause, names, told if cause.id in UNIONS else set())
        made.append(replace(row, chain=()) if row.chain in chains else row)
        told |= {r.text for r in cause.reasons_for}
        chains.add(row.chain)
    return tuple(made)


def _row(cause: Cause, names: Names, told: set[str]) -> CauseRow:
    grave, union = cause.id in GRAVE, cause.id in UNIONS

    def said(reason: Reason) -> Said:
        text = plain(reason.text, names.obs, names.evidence)
        return Said(f"{strength(reason.bits)}: {text}", reason.cites, reason.basis == "elicited", reason.bits)

    each: dict[str, Reason] = {}
    for reason in cause.reasons_for:
        each.setdefault(reason.text, reason)
    return CauseRow(
        cause.id,
        names.of(cause),
        cause.verdict,
        None if grave else _share(cause.explains),
        None if grave or union else _share(cause.present),
        tuple(plain(step, names.obs, names.evidence) for step in cause.chain),
        tuple(said(r) for r in each.values() if r.text not in told),
        tuple(said(r) for r in cause.reasons_against if not (union and r.kind == "exposure")),
        "a doctor should examine you to settle this" if grave else "",
        tuple(parts_of(cause, names.obs, names.evidence, names.urgent)),
    )


def _share(interval: Interval) -> Share:
    return Share(interval.low, interval.high, interval.p)


def _folded_note(triage: Triage, any_folded: bool) -> str:
    if not any_folded:
        return ""
    if triage.level == "emergency":
        return "Fewer than 1 in 100 each."
    return "Fewer than 1 in 100 each, unless weakness or a shrinking muscle comes."


def short_answer(assessment: Assessment, triage: Triage, review: Review, names: Names) -> tuple[str, ...]:
    """Answer in two sentences.

    Parameters: assessment, triage, review; names, of the causes. Returns: two sentences.
    """
    if triage.level == "emergency" and not _dangerous(assessment, names):
        return ("Get help first.", "The causes below are about the complaint; none of them makes it less urgent.")
    first, second = _first_sentence(assessment, names), _second_sentence(assessment, triage, review)
    return (first, second) if assessment.complaints or triage.level == "emergency" else (first,)


def _dangerous(assessment: Assessment, names: Names) -> bool:
    """Say whether the leading cause is itself a reason for an emergency."""
    if not assessment.causes or assessment.causes[0].id in CALM:
        return False
    first = assessment.causes[0]
    parts = parts_of(first, names.obs, names.evidence, True)[:1]
    return first.id != "other" or parts != parts_of(first, names.obs, names.evidence, False)[:1]


def _first_sentence(assessment: Assessment, names: Names) -> str:
    if assessment.causes and assessment.causes[0].id in GRAVE:
        return "The record has signs that a nerve specialist should look at first."
    top = next((c for c in assessment.causes if c.id not in GRAVE), None)
    if not assessment.complaints:
        return "The record names no complaint yet, so there is nothing to explain."
    if top is None or top.explains.p < FOLD_BELOW:
        return "The record does not say enough to name a cause."
    if top.verdict == "likely":
        return f"Most likely it is {names.of(top)}."
    second = next((c for c in assessment.causes[1:] if c.id not in GRAVE and c is not top), None)
    if second is not None and top.id in CALM and second.id in CALM and not names.urgent:
        return f"Two harmless reasons lead: {names.of(top)}; {names.of(second)}. Which it is stays open."
    if top.verdict == "cannot_tell" and second is not None:
        return f"The record does not settle it. In front: {names.of(top)}; {names.of(second)}."
    return f"The leading reason is {names.of(top)}, but it is not certain."


def _second_sentence(assessment: Assessment, triage: Triage, review: Review) -> str:
    if triage.level == "emergency":
        return "Whatever the cause, get help first."
    nutrients = [c for c in assessment.causes if c.id in NUTRIENTS and c.explains.p >= 0.1]
    if nutrients:
        return f"A nutrient may be part of it: {listing([c.name for c in nutrients[:3]])}. A blood test decides."
    if "health_anxiety" in review.observations.present and triage.level != "prompt":
        return SO_FAR if triage.provisional else NOTHING_GRAVE
    small = any(c.id in NUTRIENTS and c.explains.p >= 0.05 for c in assessment.causes)
    lack = "A lack of a nutrient is possible, but not the likely reason." if small else LITTLE
    return f"Whatever the cause, have it checked soon. {lack}" if triage.level == "prompt" else lack


def withheld(plan: Plan) -> tuple[Said, ...]:
    """Say which advice was held back and why.

    Parameters: plan. Returns: sentences with their sources.
    """
    return tuple(Said(f"No advice on {one.what}: {one.reason}.", one.cites) for one in plan.refused)


def _issue(review: Review, index: int) -> str:
    issue = review.issues[index]
    hint = f" Try: {', '.join(issue.try_[:3])}." if issue.try_ else ""
    why = issue.why if issue.why.endswith("?") else issue.why.rstrip(".") + "."
    return f"{issue.where}: {issue.what}: {why}{hint}"
