"""The doctor's sheet: what a history would hold, in the order in which a doctor asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from twitchwise.evidence.load import Evidence
from twitchwise.labs.types import LabReading
from twitchwise.observe.types import FindingSeen
from twitchwise.plan.doctor import RED_FLAGS, duration, listing
from twitchwise.plan.make import FOUND, worthwhile
from twitchwise.plan.situation import Situation
from twitchwise.plan.supplements import amount, totals
from twitchwise.plan.types import Total
from twitchwise.record.types import HistoryLine, Record
from twitchwise.report.labs import lab_rows
from twitchwise.report.sheet_types import AlertLine, DoctorSheet, LabLine
from twitchwise.report.timeline import complaints, onset_days, timeline
from twitchwise.report.types import Report, Said
from twitchwise.report.why_not import why_not
from twitchwise.report.words import asked
from twitchwise.triage.level import QUESTIONS
from twitchwise.triage.result import UNCHECKED

if TYPE_CHECKING:
    from twitchwise.review import Review

FERTILE = (12, 55)
COURSES = {"worse": "getting worse", "same": "unchanged", "better": "getting better"}
ALSO_ASK = ("muscle_wasting", "numbness")  # beyond the open questions of the triage
FLAGS = {"low": "LOW", "high": "HIGH", "very_low": "VERY LOW", "very_high": "VERY HIGH", "normal": "in range"}
TOTALS = {
    "within": "within the limits",
    "above_lowest": "ABOVE the lowest limit",
    "above_all": "ABOVE every limit",
    "no_limit": "no limit is set",
}
TESTS = {"blood": "", "examination": "examine: ", "specialist": "by a specialist: "}
FOOTER = "Educational, not a diagnosis. No clinician reviewed it."


def situation_of(review: Review, evidence: Evidence) -> Situation:
    """See the person of a review as the plan does.

    Parameters: review; evidence. Returns: the person.
    """
    return Situation(review.observations, review.lab_readings, review.triage, review.assessment, evidence)


def who(review: Review) -> str:
    """Say in one line who it is about.

    Parameters: review. Returns: for example "woman, 67; pregnancy: not stated".
    """
    obs, person = review.observations, review.record.person
    young = obs.age is not None and obs.age < 16
    words = {"female": "girl", "male": "boy"} if young else {"female": "woman", "male": "man"}
    parts = [words.get(obs.sex, "sex not stated")]
    parts.append(f"{obs.age:g} years" if obs.age is not None else "age not stated")
    for label, text in (("weight", person.weight), ("height", person.height), ("lives in", person.country)):
        parts += [f"{label} {text}"] if text else []
    return "; ".join([", ".join(parts), *_pregnancy(review)])


def _pregnancy(review: Review) -> list[str]:
    obs, person = review.observations, review.record.person
    if obs.sex == "male":
        return []
    said = [f"pregnant: {person.pregnant}"] if person.pregnant and obs.pregnant is not False else []
    said += ["not pregnant"] if obs.pregnant is False else ["pregnant"] if obs.pregnant and not said else []
    said += [f"gave birth {duration(obs.postpartum_days)} ago"] if obs.postpartum_days is not None else []
    said += ["breastfeeding"] if obs.breastfeeding else []
    fertile = obs.age is None or FERTILE[0] <= obs.age <= FERTILE[1]
    return said or (["pregnancy not stated"] if fertile else [])


def _places(seen: FindingSeen, evidence: Evidence) -> list[str]:
    """Name the places, the narrowest ones, and none that the name of the finding already says."""
    wide = {parent for w in seen.where if w in evidence.sites for parent in evidence.sites[w].is_a}
    names = [evidence.sites[w].name if w in evidence.sites else w for w in seen.where if w not in wide]
    told = _name(seen, evidence).lower()
    return [n for n in names if n.lower().rstrip("s") not in told]


def _name(seen: FindingSeen, evidence: Evidence) -> str:
    known = evidence.findings.get(seen.id)
    return known.name if known is not None else seen.said


def finding_text(seen: FindingSeen, evidence: Evidence) -> str:
    """Say a finding with place, time and course.

    Parameters: seen, the finding; evidence, for the names. Returns: for example "twitching (calf), for 3 weeks".
    """
    places = _places(seen, evidence)
    parts = [f"{_name(seen, evidence)}{f' ({listing(places[:4])})' if places else ''}"]
    parts += [f"for {duration(seen.days)}"] if seen.days is not None else []
    parts += [f"{seen.onset} onset"] if seen.onset == "sudden" else []
    parts += [COURSES[seen.course]] if seen.course in COURSES else []
    when = sorted(evidence.qualifiers[w].name for w in seen.when if w in evidence.qualifiers)
    parts += [one for one in when if one.split()[-1] not in parts[0]][:2]
    return ", ".join(parts) + (" (on examination)" if seen.sign else "")


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _complaints(review: Review, evidence: Evidence) -> tuple[str, ...]:
    found = complaints(review)
    told = [finding_text(f, evidence) for f in found]
    undated = all(f.days is None for f in found)
    return _once([*told, "onset not stated"] if told and undated else told)


def _present(review: Review, evidence: Evidence) -> tuple[str, ...]:
    main = complaints(review)
    seen = [f for f in review.observations.findings if f.present and f not in main]
    return _once(finding_text(f, evidence) for f in seen)


def _denied(review: Review, evidence: Evidence) -> tuple[str, ...]:
    """List what was asked and denied, the danger signs first."""
    seen = [f for f in review.observations.findings if not f.present]
    ordered = sorted(seen, key=lambda f: f.id not in RED_FLAGS)
    return _once(_name(f, evidence) for f in ordered if f.id not in review.observations.present)


def _not_asked(report: Report, evidence: Evidence) -> tuple[str, ...]:
    """List the danger signs that are open; of a question that was half answered, the open half."""
    obs = report.review.observations
    open_ = []
    halves = {question: no for question, _, no in QUESTIONS}
    for question in report.review.triage.not_asked:
        left = [id_ for id_ in halves.get(question, ()) if id_ not in obs.absent]
        half = len(left) < len(halves.get(question, ()))
        open_ += [evidence.findings[id_].name for id_ in left] if half else [asked(question)]
    more = [RED_FLAGS[id_] for id_ in ALSO_ASK if id_ not in obs.present and id_ not in obs.absent]
    return _once([*open_, *more])


def _lines(lines: Sequence[HistoryLine]) -> list[str]:
    return [f"{one.what} ({one.when})" if one.when else one.what for one in lines if one.what]


def _history(record: Record) -> tuple[str, ...]:
    return _once([*_lines(record.conditions), *_lines(record.procedures), *_lines(record.exposures)])


def life(record: Record) -> tuple[str, ...]:
    """List diet and habits as written.

    Parameters: record. Returns: short texts.
    """
    diet = [f"diet: {record.diet.pattern}"] if record.diet.pattern else []
    return _once([*diet, *(f"{name}: {text}" for name, text in record.habits.items() if text)])


def _own_words(record: Record) -> tuple[str, ...]:
    lines = (*record.findings, *record.signs, *record.absent)
    return _once(f"{one.what}: {one.note}" for one in lines if one.note)


def _total(one: Total) -> Said:
    limits = ", ".join(f"{body} {amount(limit, one.unit)}" for body, limit, _ in one.limits)
    text = f"{amount(one.amount, one.unit)} a day, {TOTALS[one.verdict]}"
    missing = f"; no amount for {listing(one.unknown[:2])}" if one.unknown else ""
    cites = tuple(dict.fromkeys(cite for _, _, cite in one.limits))
    return Said(f"{one.name} {text}{f' ({limits})' if limits else ''}{missing}", cites)


def _totals(review: Review, evidence: Evidence) -> tuple[Said, ...]:
    """Sum the products; limits for adults are no measure under 16 and in pregnancy."""
    situation = situation_of(review, evidence)
    found = totals(situation)
    known = [one for one in found if one.amount > 0]
    unread = dict.fromkeys(said for one in found if one.amount <= 0 for said in one.unknown)
    missing = [Said(f"no amounts stated for {listing(list(unread))}")] if unread else []
    if situation.no_doses:
        text = "{} {} a day (limits for adults do not hold here)"
        return (*(Said(text.format(one.name, amount(one.amount, one.unit))) for one in known), *missing)
    return (*(_total(one) for one in known), *missing)


def lab_lines(review: Review, evidence: Evidence) -> tuple[LabLine, ...]:
    """Put laboratory results into lines: urgent and abnormal first, each with its change since the one before.

    Parameters: review; evidence. Returns: one line a result.
    """

    def rank(reading: LabReading) -> tuple[bool, bool, bool]:
        return (bool(reading.superseded_by), not reading.urgent, reading.level == "normal")

    ordered = sorted(review.lab_readings, key=rank)
    return tuple(_lab(reading, review, evidence) for reading in ordered)


def _lab(reading: LabReading, review: Review, evidence: Evidence) -> LabLine:
    row = lab_rows([reading], evidence)[0]
    here, _, written = row.value.partition(" (written ")
    judged = reading.range_from or reading.grade or reading.word
    flag = FLAGS.get(reading.level, "") if judged else "no range"
    value, converted = (written.rstrip(")"), here) if written else (here, "")
    note = "worked out from the others" if reading.derived else row.note
    days = reading.age_days
    return LabLine(
        row.name,
        value,
        converted,
        _range(reading) or row.range,
        flag,
        review.on - timedelta(days=round(days)) if days is not None else None,
        _change(reading, review.lab_readings),
        note,
        Said(row.level, row.cites),
    )


def _range(reading: LabReading) -> str:
    """Write a range to four digits: converting a printed range leaves more than a laboratory would print."""
    low, high = reading.range_low, reading.range_high
    if low is not None and high is not None:
        return f"{low:.4g}-{high:.4g}"
    return f"above {low:.4g}" if low is not None else f"below {high:.4g}" if high is not None else ""


def _change(reading: LabReading, readings: Sequence[LabReading]) -> str:
    """Say how far a result has moved since the last one before it."""
    days, value = reading.age_days, reading.value
    if days is None or value is None or reading.comparator:
        return ""
    before = [
        (r.age_days, r.value)
        for r in readings
        if r.analyte == reading.analyte and r.value is not None and r.age_days is not None and r.age_days > days
    ]
    if not before:
        return ""
    then, old = min(before)
    return f"{value - old:+.3g} in {duration(then - days)}"


def _alerts(report: Report) -> tuple[AlertLine, ...]:
    made = []
    for alert in report.review.triage.alerts:
        own = UNCHECKED in alert.reason
        text = alert.reason.replace(f" ({UNCHECKED})", "").rstrip(".")
        made.append(AlertLine(alert.rule, Said(text, alert.sources, alert.basis != "published" or own)))
    return tuple(made) or tuple(AlertLine("no rule fired", said) for said in report.alerts)


def _suggested(report: Report) -> tuple[Said, ...]:
    """List the tests and examinations that would tell most, then those that a rule of the plan asks for."""
    useful = [t for t in worthwhile(report.review.assessment.next_tests) if t.kind in TESTS]
    found = [Said(f"{TESTS[t.kind]}{t.name.removesuffix(FOUND).removesuffix(' found')}: {t.why}") for t in useful]
    steps = [s for s in report.steps if s.kind == "test" and not s.id.startswith("test_most_")]
    return (*found, *(Said(f"{s.text} {s.why}", s.cites, s.basis == "elicited") for s in steps))


def _made(review: Review) -> str:
    return f"Made from the person's own record. Twitchwise, facts {review.evidence_version}, {review.on.isoformat()}."


def doctor_sheet(report: Report, evidence: Evidence) -> DoctorSheet:
    """Make the doctor's sheet from a report.

    Parameters: report; evidence, the curated facts. Returns: the sheet.
    """
    review = report.review
    return DoctorSheet(
        on=review.on,
        who=who(review),
        sign=report.sign,
        headline=report.headline,
        alerts=_alerts(report),
        complaints=_complaints(review, evidence),
        own_words=_own_words(review.record),
        present=_present(review, evidence),
        denied=_denied(review, evidence),
        not_asked=_not_asked(report, evidence),
        history=_history(review.record),
        life=life(review.record),
        medicines=timeline("medicine", review, evidence),
        no_medicines=review.observations.no_medicines,
        supplements=timeline("supplement", review, evidence),
        totals=_totals(review, evidence),
        labs=lab_lines(review, evidence),
        tests_done=_once(f"{t.what}: {t.result}{f' ({t.date})' if t.date else ''}" for t in review.record.tests),
        leading=report.causes,
        note=report.note,
        suggested=_suggested(report),
        why_not=why_not(review, evidence),
        onset_days=onset_days(review),
        not_used=report.not_used,
        sources=report.sources,
        footer=(_made(review), FOOTER),
    )


def on_day(day: date | None) -> str:
    """Write a day, or nothing.

    Parameters: day, or None. Returns: for example "2026-11-22", or "".

    >>> on_day(date(2026, 11, 22)), on_day(None)
    ('2026-11-22', '')
    """
    return day.isoformat() if day is not None else ""
