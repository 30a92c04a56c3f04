"""What follows from several results, and which result outranks which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from twitchwise.evidence.types import Analyte
from twitchwise.labs.convert import show
from twitchwise.labs.formulas import (
    CREATININE_UMOL_PER_MG_DL,
    adjusted_calcium,
    anion_gap,
    egfr_ckd_epi_2021,
    sodium_corrected_for_glucose,
)
from twitchwise.labs.ranges import Person, Verdict, judge
from twitchwise.labs.types import LabReading
from twitchwise.observe.types import Issue, Observations

SAME_SAMPLE_DAYS = 2.0
STALE_DAYS = 60.0  # an older result is not urgent any more: it asks for a repeat (our judgement)
LOWEST_ALBUMIN = 20.0  # g/L; below it the adjustment is not trusted (our judgement)
HIGH_GLUCOSE = 15.0  # mmol/L; from here the sodium is shown corrected as well (our judgement)
_SEVERITY = {"very_low": 2, "very_high": 2, "low": 1, "high": 1, "normal": 0}
_OUTRANKED = {
    "calcium": ("ionised_calcium", "adjusted_calcium"),
    "adjusted_calcium": ("ionised_calcium",),
    "creatinine": ("egfr",),
}
CALCIUM_ORDER = ("ionised_calcium", "adjusted_calcium", "calcium")


def newest(readings: Iterable[LabReading], analyte: str) -> LabReading | None:
    """Return the reading of an analyte that counts: the latest; among undated ones the most abnormal.

    Parameters: readings; analyte, its id. Returns: the reading, or None.

    >>> newest([], "calcium") is None
    True
    """
    mine = [r for r in readings if r.analyte == analyte]
    return min(mine, key=lambda r: (r.age_days or 0.0, -_SEVERITY[r.level]), default=None)


def _same_sample(*readings: LabReading) -> bool:
    days = [r.age_days for r in readings if r.age_days is not None]
    return not days or max(days) - min(days) <= SAME_SAMPLE_DAYS


def _plain(readings: Sequence[LabReading], analyte: str) -> LabReading | None:
    """Return the newest reading of an analyte if it is an exact number."""
    reading = newest(readings, analyte)
    return reading if reading is not None and reading.value is not None and not reading.comparator else None


def _computed(
    analyte: Analyte, value: float, formula: str, parts: Sequence[LabReading], person: Person
) -> LabReading | None:
    """Return the reading of a computed value, or None where it cannot be judged."""
    verdict: Verdict | str = judge(analyte, value, "", None, person)
    if isinstance(verdict, str):
        return None
    grade, interval = verdict.grade, verdict.interval
    ages = [p.age_days for p in parts if p.age_days is not None]
    severe = grade is not None and grade.urgent and verdict.level.startswith("very_")
    return LabReading(
        analyte=analyte.id,
        said="computed from " + " and ".join(f"{p.analyte.replace('_', ' ')} {show(p.value or 0)}" for p in parts),
        level=verdict.level,
        value=value,
        unit=analyte.unit,
        grade=grade.label if grade else "",
        range_low=interval.low if interval else None,
        range_high=interval.high if interval else None,
        range_from=interval.source if interval else "",
        urgent=severe and max(ages, default=0.0) <= STALE_DAYS,
        age_days=max(ages) if ages else None,
        derived=True,
        formula=formula,
        note=verdict.note,
        cite=analyte.formulas.get(formula, grade.cite if grade else None),
        origin=parts[0].origin,
    )


def why_not_adjust(readings: Sequence[LabReading], obs: Observations, albumin: float) -> str:
    """Say why calcium is not adjusted for albumin here.

    Parameters: readings, with eGFR and blood gas; obs; albumin, g/L. Returns: the reason, or "" when it may be done.

    >>> why_not_adjust([], Observations(tags=frozenset({"dialysis"})), 30.0)
    'on dialysis the adjusted value fits free (ionised) calcium less well'
    """
    if "dialysis" in obs.tags:
        return "on dialysis the adjusted value fits free (ionised) calcium less well"
    egfr = newest(readings, "egfr")
    if "kidney" in obs.tags or (egfr is not None and egfr.value is not None and egfr.value < 60):
        return "with weak kidneys the plain value is the better guide"
    if any(r is not None and r.level != "normal" for r in (newest(readings, "ph"), newest(readings, "pco2"))):
        return "the acid level (pH) moves free calcium by itself. Free (ionised) calcium should be measured"
    bicarbonate = newest(readings, "bicarbonate")
    if bicarbonate is not None and bicarbonate.level in ("very_low", "very_high"):
        return "the blood is far too acid or not acid enough. Free (ionised) calcium should be measured"
    if albumin < LOWEST_ALBUMIN:
        return "albumin is too low for this sum. Free (ionised) calcium should be measured"
    return "the adjustment is made for adults" if obs.age is not None and obs.age < 18 else ""


def _with_note(readings: list[LabReading], old: LabReading, note: str) -> None:
    readings[readings.index(old)] = replace(old, note="; ".join(filter(None, (old.note, note))))


def _add_egfr(readings: list[LabReading], person: Person, known: Mapping[str, Analyte]) -> list[Issue]:
    """Add eGFR from creatinine, or say why it is not computed."""
    creatinine = _plain(readings, "creatinine")
    if creatinine is None or creatinine.value is None or newest(readings, "egfr") or "egfr" not in known:
        return []
    if person.pregnant or (person.age is not None and person.age < 18):
        why = "not computed in pregnancy" if person.pregnant else "not computed under 18 years"
        return [Issue(creatinine.origin, "eGFR from creatinine", f"{why}: the equation is not made for it")]
    if person.age is None or not person.sex:
        _with_note(readings, creatinine, "eGFR needs age and sex")
        return []
    mg_dl = creatinine.value / CREATININE_UMOL_PER_MG_DL
    value = egfr_ckd_epi_2021(mg_dl, person.age, person.sex == "female")
    added = _computed(known["egfr"], value, "ckd_epi_2021", [creatinine], person)
    if added is not None:
        readings.append(replace(added, note="holds for a steady creatinine and usual muscle mass"))
    return []


def _add_adjusted_calcium(
    readings: list[LabReading], obs: Observations, person: Person, known: Mapping[str, Analyte]
) -> None:
    """Add adjusted calcium from calcium and albumin, or a note why not."""
    calcium, albumin = _plain(readings, "calcium"), _plain(readings, "albumin")
    ready = newest(readings, "ionised_calcium") or newest(readings, "adjusted_calcium")
    if calcium is None or albumin is None or ready or "adjusted_calcium" not in known:
        return
    if not _same_sample(calcium, albumin) or calcium.value is None or albumin.value is None:
        return
    reason = why_not_adjust(readings, obs, albumin.value)
    if reason:
        _with_note(readings, calcium, f"not adjusted for albumin: {reason}")
        return
    value = adjusted_calcium(calcium.value, albumin.value)
    added = _computed(known["adjusted_calcium"], value, "albumin_adjusted", [calcium, albumin], person)
    if added is not None:
        readings.append(added)


def _add_anion_gap(readings: list[LabReading], person: Person, known: Mapping[str, Analyte]) -> None:
    """Add the anion gap, corrected for albumin where that is known."""
    parts = [r for a in ("sodium", "chloride", "bicarbonate") if (r := _plain(readings, a)) is not None]
    if len(parts) < 3 or newest(readings, "anion_gap") or not _same_sample(*parts) or "anion_gap" not in known:
        return
    albumin = _plain(readings, "albumin")
    if albumin is not None and _same_sample(*parts, albumin):
        parts.append(albumin)
    value = anion_gap(*(p.value or 0.0 for p in parts))
    formula = "albumin_corrected" if len(parts) == 4 else "anion_gap"
    added = _computed(known["anion_gap"], value, formula, parts, person)
    if added is not None:
        readings.append(added)


def _note_sodium(readings: list[LabReading]) -> None:
    """Beside a high glucose, add to the sodium what it would be without it."""
    sodium, glucose = _plain(readings, "sodium"), _plain(readings, "glucose")
    if sodium is None or glucose is None or not _same_sample(sodium, glucose):
        return
    if sodium.value is not None and glucose.value is not None and glucose.value >= HIGH_GLUCOSE:
        values = [sodium_corrected_for_glucose(sodium.value, glucose.value, k) for k in (1.6, 2.4)]
        _with_note(readings, sodium, f"corrected for the high glucose {values[0]:.0f} to {values[1]:.0f} mmol/L")


def derive(
    readings: Sequence[LabReading], obs: Observations, person: Person, known: Mapping[str, Analyte]
) -> tuple[list[LabReading], list[Issue]]:
    """Compute eGFR, adjusted calcium and anion gap where their parts are there and the formula holds.

    Parameters: readings; obs; person; known, the analytes. Returns: the readings with the computed ones at the end,
    and what was refused.

    >>> derive([], Observations(), Person(), {})
    ([], [])
    """
    result = list(readings)
    issues = _add_egfr(result, person, known)
    _add_adjusted_calcium(result, obs, person, known)
    _add_anion_gap(result, person, known)
    _note_sodium(result)
    return result, issues


def _outranked_by(reading: LabReading, readings: Sequence[LabReading], obs: Observations) -> str:
    """Return what outranks a reading, or ''."""
    latest = newest(readings, reading.analyte)
    if latest is not None and latest is not reading:
        return reading.analyte
    for other in _OUTRANKED.get(reading.analyte, ()):
        better = newest(readings, other)
        if better is not None and (better.value is not None or reading.value is None) and _same_week(better, reading):
            return other
    return ""


def _same_week(better: LabReading, reading: LabReading) -> bool:
    if better.age_days is None or reading.age_days is None:
        return True
    return better.age_days - reading.age_days <= 7.0


def supersede(readings: Sequence[LabReading], obs: Observations) -> tuple[LabReading, ...]:
    """Mark what is outranked, and take the urgency from it; long-known kidney values are not urgent on dialysis.

    Parameters: readings; obs. Returns: the readings.

    >>> supersede([], Observations())
    ()
    """
    result = []
    for reading in readings:
        by = _outranked_by(reading, readings, obs)
        chronic = "dialysis" in obs.tags and reading.analyte in ("creatinine", "urea")
        keep = by == "egfr"  # a very high creatinine stays urgent beside its eGFR
        result.append(replace(reading, superseded_by=by, urgent=reading.urgent and not chronic and (not by or keep)))
    return tuple(result)


def best_calcium(readings: Iterable[LabReading]) -> LabReading | None:
    """Return the calcium that counts: ionised before adjusted before total.

    Parameters: readings. Returns: the reading, or None.

    >>> best_calcium([]) is None
    True
    """
    current = [r for r in readings if r.current and r.analyte in CALCIUM_ORDER]
    return min(current, key=lambda r: CALCIUM_ORDER.index(r.analyte), default=None)
