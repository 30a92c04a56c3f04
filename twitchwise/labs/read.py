"""From the laboratory lines of a record to readings: one line, one reading or one Issue that says why not."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from twitchwise.errors import UnitError
from twitchwise.evidence.types import Analyte
from twitchwise.labs.convert import candidates, is_possible, show, slip, to_canonical, usual_units
from twitchwise.labs.derive import STALE_DAYS, derive, supersede
from twitchwise.labs.ranges import Interval, Person, Verdict, grade_of, interval_for, judge, side
from twitchwise.labs.types import LabReading, Level
from twitchwise.observe.types import Issue, LabSaid, Observations
from twitchwise.units import normal_unit

NEGATIVE_ALLOWED = frozenset({"anion_gap"})
SIBLINGS = {
    "calcium": ("ionised_calcium",),
    "ionised_calcium": ("calcium",),
    "magnesium": ("ionised_magnesium", "red_cell_magnesium"),
    "red_cell_magnesium": ("magnesium",),
}
_WORDS: dict[str, Level] = {
    "normal": "normal",
    "low": "low",
    "high": "high",
    "very_low": "very_low",
    "very_high": "very_high",
}


class HasAnalytes(Protocol):
    """Anything that carries the curated analytes."""

    @property
    def analytes(self) -> Mapping[str, Analyte]:
        """The analytes by id."""


class _Refused(Exception):
    """A line that cannot be used; carries the reason and what to try."""

    def __init__(self, why: str, try_: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why, self.try_ = why, try_


def _near(first: float | None, second: float | None, factor: float) -> bool:
    """Say whether two bounds agree within a factor; a missing or zero bound agrees with everything."""
    if first is None or second is None or first <= 0 or second <= 0:
        return True
    return abs(math.log(first) - math.log(second)) <= math.log(factor)


def _printed(said: LabSaid) -> tuple[float | None, float | None]:
    """Return the printed bounds, without those that make no sense."""
    low, high = said.range_low, said.range_high
    low = None if low is None or not math.isfinite(low) else low
    high = None if high is None or not math.isfinite(high) else high
    return (None, None) if low is not None and high is not None and low > high else (low, high)


def _in_unit(analyte: Analyte, bound: float | None, unit: str, said: str) -> float | None:
    return None if bound is None else to_canonical(analyte, bound, unit, said)


def _range_fits(analyte: Analyte, said: LabSaid, unit: str, person: Person, factor: float) -> bool:
    """Say whether the printed range, read in a unit, lies where our interval of the analyte lies."""
    ours = interval_for(analyte, person) or interval_for(analyte, Person())
    low, high = _printed(said)
    if ours is None or (low is None and high is None):
        return False
    try:
        low, high = _in_unit(analyte, low, unit, said.said), _in_unit(analyte, high, unit, said.said)
    except UnitError:
        return False
    bounded = ((low or 0) > 0 and (ours.low or 0) > 0) or (high is not None and ours.high is not None)
    return bounded and _near(low, ours.low, factor) and _near(high, ours.high, factor)


def _other_unit(analyte: Analyte, said: LabSaid, person: Person, not_this: str = "") -> str:
    """Return the one usual unit in which the printed range is ours and the value is possible, else ''."""
    fits: dict[float, str] = {}
    for unit in usual_units(analyte):
        if unit != not_this and said.value is not None and _range_fits(analyte, said, unit, person, 1.6):
            value = to_canonical(analyte, said.value, unit, said.said)
            if is_possible(analyte, value):
                fits.setdefault(round(value, 9), unit)
    return next(iter(fits.values())) if len(fits) == 1 else ""


def _resolve_unit(analyte: Analyte, said: LabSaid, person: Person) -> tuple[str, str]:
    """Return the unit to read the number in, and a note when it is not simply the written one; "" when open."""
    assert said.value is not None
    if said.unit.strip():
        unit = normal_unit(said.unit)
        to_canonical(analyte, said.value, unit, said.said)
        other = _other_unit(analyte, said, person, unit)
        if other and not _range_fits(analyte, said, unit, person, 1.9):
            return other, f"read in {other}: the printed range does not fit {unit}"
        return unit, ""
    other = _other_unit(analyte, said, person)
    if other:
        return other, "" if analyte.unit == "1" else f"no unit given; the printed range fits {other}"
    found = candidates(analyte, said.value)
    if len(found) == 1:
        note = "" if analyte.unit == "1" else f"no unit given; only {found[0].unit} gives a possible value"
        return found[0].unit, note
    return "", ""


def _impossible(analyte: Analyte, said: LabSaid, unit: str, person: Person) -> _Refused:
    assert said.value is not None
    ours = interval_for(analyte, person) or interval_for(analyte, Person())
    meant = slip(analyte, said.value, unit, ours.low if ours else None, ours.high if ours else None)
    written = f"{said.comparator}{show(said.value)} {unit}".strip()
    why = f"{written} cannot be right for {analyte.name}"
    if analyte.id.startswith("free_") and not re.search(r"free|\bft|\bf t", said.said.lower()):
        return _Refused(f"{why}: it looks like the total hormone, which we do not use; give the free one")
    return _Refused(f"{why}: did you mean {meant[0]}?" if meant else f"{why}: check the report", meant)


def _check_number(analyte: Analyte, said: LabSaid) -> None:
    value = said.value
    if value is None or not math.isfinite(value):
        raise _Refused("the result is not a number: give it as on the report, such as 4.1 mmol/L")
    if value < 0 and analyte.id not in NEGATIVE_ALLOWED:
        raise _Refused(f"{show(value)} cannot be right for {analyte.name}: a result cannot be negative")


def _sibling(analyte: Analyte, said: LabSaid, unit: str, person: Person, known: Mapping[str, Analyte]) -> Analyte:
    """Return the analyte that the printed range belongs to: ionised calcium is often printed as calcium."""
    if not unit or _range_fits(analyte, said, unit, person, 1.35):
        return analyte
    for other in SIBLINGS.get(analyte.id, ()):
        if other in known and _range_fits(known[other], said, unit, person, 1.25):
            return known[other]
    return analyte


def _sibling_note(value: float, verdict: Verdict, analyte: Analyte, known: Mapping[str, Analyte]) -> str:
    """Say when a severe value would be normal as the ionised or total form of the same mineral."""
    if verdict.level not in ("very_low", "very_high") or (verdict.interval and verdict.interval.source == "printed"):
        return ""
    for other in SIBLINGS.get(analyte.id, ()):
        ours = interval_for(known[other], Person()) if other in known else None
        if ours is not None and side(value, "", ours.low, ours.high) == "normal":
            return f"as {known[other].name} this would be normal: check the name on the report"
    return ""


def _without_unit(analyte: Analyte, said: LabSaid, person: Person) -> LabReading:
    """Read a number whose unit stays open: by its printed range, or not at all."""
    assert said.value is not None
    low, high = _printed(said)
    level = side(said.value, said.comparator, low, high) if (low, high) != (None, None) else None
    if level is not None:
        upper = "no upper limit" if high is None else show(high)
        note = f"no unit given: judged by the printed range {show(low or 0)} to {upper}"
        return _unmeasured(analyte, said, level, person, note)
    found = candidates(analyte, said.value)
    if not found:
        raise _impossible(analyte, said, "", person)
    units = tuple(c.unit for c in found)
    text = f"no unit given: {show(said.value)} {analyte.name} is possible in {' and '.join(units)}. Add the unit"
    grades = [grade_of(analyte, c.value, said.comparator, interval_for(analyte, person)) for c in found]
    if all(g is not None and g.urgent for g in grades):
        text += "; in every one of them it would be critical: ask the laboratory or a doctor today"
    raise _Refused(text, tuple(f"{show(said.value)} {u}" for u in units))


def _number(analyte: Analyte, said: LabSaid, person: Person, known: Mapping[str, Analyte]) -> LabReading:
    """Read a result with a number."""
    _check_number(analyte, said)
    assert said.value is not None
    unit, note = _resolve_unit(analyte, said, person)
    if not unit:
        return _without_unit(analyte, said, person)
    owner = _sibling(analyte, said, unit, person, known)
    if owner is not analyte:
        note = f"read as {owner.name}: the printed range belongs to it"
        analyte = owner
    value = to_canonical(analyte, said.value, unit, said.said)
    if not is_possible(analyte, value):
        raise _impossible(analyte, said, unit, person)
    low, high = (_in_unit(analyte, b, unit, said.said) for b in _printed(said))
    if low is not None and high is not None and low > high:  # pH printed as hydrogen ions runs the other way
        low, high = high, low
    printed = None if low is None and high is None else Interval(low, high, "printed")
    verdict = judge(analyte, value, said.comparator, printed, person)
    if isinstance(verdict, str):
        raise _Refused(f"{said.comparator}{show(said.value)} {unit} {analyte.name}: {verdict}")
    return _reading(analyte, said, value, unit, verdict, (note, _sibling_note(value, verdict, analyte, known)))


def _reading(
    analyte: Analyte, said: LabSaid, value: float, unit: str, verdict: Verdict, notes: tuple[str, ...]
) -> LabReading:
    interval, grade = verdict.interval, verdict.grade
    parts = (*notes, verdict.note, interval.note if interval else "", grade.note if grade else "")
    return LabReading(
        analyte=analyte.id,
        said=said.said,
        level=verdict.level,
        value=value,
        unit=analyte.unit,
        written_value=said.value,
        written_unit=unit,
        comparator=said.comparator,
        grade=grade.label if grade else "",
        range_low=interval.low if interval else None,
        range_high=interval.high if interval else None,
        range_from=interval.source if interval else "",
        urgent=bool(grade and grade.urgent and verdict.level.startswith("very_")),
        note="; ".join(dict.fromkeys(p for p in parts if p)),
        cite=grade.cite if grade else interval.cite if interval else None,
    )


def _unmeasured(analyte: Analyte, said: LabSaid, level: Level, person: Person, note: str) -> LabReading:
    """Make a reading without a value in our unit; our own interval says what its level means in numbers."""
    ours = interval_for(analyte, person) or interval_for(analyte, Person())
    return LabReading(
        analyte=analyte.id,
        said=said.said,
        level=level,
        unit=analyte.unit,
        written_value=said.value,
        word=said.word,
        comparator=said.comparator,
        range_low=ours.low if ours else None,
        range_high=ours.high if ours else None,
        range_from=ours.source if ours else "",
        note=note,
        cite=ours.cite if ours else None,
    )


def _word(analyte: Analyte, said: LabSaid, person: Person) -> LabReading:
    """Read a result in words; "very low" counts as urgent where the analyte has an urgent band on that side."""
    level = _WORDS[said.word]
    reading = _unmeasured(analyte, said, level, person, "no number given")
    urgent = [g for g in analyte.grades if g.urgent and g.level == level]
    return replace(reading, urgent=True, cite=urgent[0].cite) if urgent else reading


def _egfr_refused(analyte: Analyte, person: Person) -> str:
    """Return why an eGFR cannot be used, or ''."""
    if analyte.id != "egfr":
        return ""
    if person.pregnant:
        return "eGFR is not valid in pregnancy"
    return "eGFR by the adult equation is not valid under 18 years" if (person.age or 18) < 18 else ""


def _read_one(said: LabSaid, person: Person, known: Mapping[str, Analyte]) -> LabReading:
    """Read one line. Raises: _Refused, UnitError."""
    analyte = known.get(said.analyte)
    if analyte is None:
        raise _Refused("this test is not known to us")
    refusal = _egfr_refused(analyte, person)
    if refusal:
        raise _Refused(refusal)
    if said.value is None and said.word in _WORDS:
        return _word(analyte, said, person)
    return _number(analyte, said, person, known)


def _dated(reading: LabReading, said: LabSaid, obs: Observations) -> tuple[LabReading, Issue | None]:
    """Add the age of the result; an old result is not urgent, a date in the future is told and not used."""
    reading = replace(reading, origin=said.origin)
    if said.on is None or obs.on is None:
        return reading, None
    days = float((obs.on - said.on).days)
    if days < 0:
        return reading, Issue(said.origin, said.said, f"the date {said.on} lies in the future: taken as undated")
    note = reading.note
    urgent = reading.urgent and days <= STALE_DAYS
    if reading.urgent and not urgent:
        note = "; ".join(filter(None, (note, f"{days:.0f} days old: it needs repeating")))
    return replace(reading, age_days=days, urgent=urgent, note=note), None


def _unit_trouble(said: LabSaid, known: Mapping[str, Analyte], why: str) -> str:
    """Explain a unit that does not fit; a concentration in urine says little without the amount of urine."""
    analyte = known.get(said.analyte)
    if analyte is None or not analyte.unit.endswith("/d") or not re.search(r"/d?l$", said.unit.lower().strip()):
        return why
    return f"{why}: this cannot be judged without the amount of urine. Give the result for 24 hours"


def read_labs(obs: Observations, evidence: HasAnalytes) -> tuple[tuple[LabReading, ...], tuple[Issue, ...]]:
    """Read every laboratory line of a record, then compute what follows from them.

    Parameters: obs, the observations; evidence, the curated facts. Returns: the readings in the record's order with
    the computed ones at the end, and what could not be used.

    >>> from twitchwise.evidence import load_evidence
    >>> said = LabSaid("potassium", "potassium", 41.0, "", "", "mmol/L", None, None, None, "labs[0]")
    >>> read_labs(Observations(labs=(said,)), load_evidence())[1][0].why
    '41 mmol/L cannot be right for potassium: did you mean 4.1 mmol/L?'
    """
    person = Person(obs.age, obs.sex, bool(obs.pregnant))
    known = evidence.analytes
    readings: list[LabReading] = []
    issues: list[Issue] = []
    for said in obs.labs:
        try:
            reading, issue = _dated(_read_one(said, person, known), said, obs)
        except _Refused as refusal:
            issues.append(Issue(said.origin, said.said, refusal.why, refusal.try_))
        except UnitError as error:
            units = () if said.analyte not in known else usual_units(known[said.analyte])
            issues.append(Issue(said.origin, said.said, _unit_trouble(said, known, str(error)), units))
        else:
            readings.append(reading)
            issues.extend([issue] if issue else [])
    computed, more = derive(readings, obs, person, known)
    return supersede(computed, obs), (*issues, *more)


def word_reading(analyte: str, level: Level, obs: Observations, evidence: HasAnalytes) -> LabReading | None:
    """Make the reading that a result in words would give, to ask what a test would tell.

    Parameters: analyte, its id; level; obs, for age, sex and pregnancy; evidence, the curated facts.
    Returns: the reading, or None for an analyte that is unknown or has no interval for this person.

    >>> from twitchwise.evidence import load_evidence
    >>> reading = word_reading("potassium", "low", Observations(), load_evidence())
    >>> (reading.level, reading.range_low) if reading else None
    ('low', 3.5)
    """
    found = evidence.analytes.get(analyte)
    person = Person(obs.age, obs.sex, bool(obs.pregnant))
    if found is None or interval_for(found, person) is None or _egfr_refused(found, person):
        return None
    said = LabSaid(analyte, found.name, None, level, "", "", None, None, None, "")
    return replace(_word(found, said, person), urgent=False)
