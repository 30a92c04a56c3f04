"""Judging a value: the printed interval first, else a cited one that fits the person, then the graded bands."""

from __future__ import annotations

from dataclasses import dataclass

from twitchwise.evidence.types import Analyte, Cite, Grade, Range, Who
from twitchwise.labs.convert import show, to_canonical
from twitchwise.labs.types import Level

TIMES_UPPER = "xULN"  # unit of a band counted in multiples of the upper limit


@dataclass(frozen=True, slots=True)
class Person:
    """What decides which cited interval fits; None and "" mean not known."""

    age: float | None = None
    sex: str = ""
    pregnant: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval in the analyte's unit and where it comes from."""

    low: float | None
    high: float | None
    source: str  # printed, or a source key
    cite: Cite | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Level of a value, its graded band and the interval used."""

    level: Level
    interval: Interval | None = None
    grade: Grade | None = None
    note: str = ""


def _fits(who: Who, person: Person) -> bool:
    """Say whether an interval is made for this person; an unknown age counts as adult."""
    if person.pregnant or who.risk:
        return person.pregnant and who.risk == "pregnant"
    age = 35.0 if person.age is None else person.age
    return who.age_from <= age < who.age_to and (not who.sex or not person.sex or who.sex == person.sex)


def _bounds(analyte: Analyte, item: Range) -> tuple[float | None, float | None]:
    low = None if item.low is None else to_canonical(analyte, item.low, item.unit)
    high = None if item.high is None else to_canonical(analyte, item.high, item.unit)
    return low, high


def interval_for(analyte: Analyte, person: Person) -> Interval | None:
    """Return the first cited interval that fits the person; with the sex unknown, the widest of those for each sex.

    Parameters: analyte; person. Returns: the interval in the analyte's unit, or None.

    >>> interval_for(Analyte("x", "x", "U/L"), Person()) is None
    True
    """
    fitting = [r for r in analyte.ranges if _fits(r.who, person)]
    if not fitting:
        return None
    first = fitting[0]
    low, high = _bounds(analyte, first)
    note = first.note
    other = next((r for r in fitting if r.who.sex and r.who.sex != first.who.sex), None) if first.who.sex else None
    if other is not None and not person.sex:
        lows, highs = zip(_bounds(analyte, first), _bounds(analyte, other), strict=True)
        low = None if None in lows else min(x for x in lows if x is not None)
        high = None if None in highs else max(x for x in highs if x is not None)
        note = "; ".join(filter(None, (note, "the range is the widest of women and men")))
    return Interval(low, high, first.cite.source, first.cite, note)


def side(value: float, comparator: str, low: float | None, high: float | None) -> Level | None:
    """Say on which side of an interval a value lies; None when "<" or ">" leaves that open on the wrong side.

    Parameters: value; comparator, "", "<" or ">"; low and high, the bounds. Returns: low, normal or high, or None.

    >>> side(0.3, "", 0.7, 1.1), side(60, ">", 60, None), side(1000, "<", 30, 200)
    ('low', 'normal', None)
    """
    if comparator == "<":
        if low is not None and value <= low:
            return "low"
        return "normal" if high is None or value <= high else None
    if comparator == ">":
        if high is not None and value >= high:
            return "high"
        return "normal" if low is None or value >= low else None
    if low is not None and value < low:
        return "low"
    return "high" if high is not None and value > high else "normal"


def _upper_limit(analyte: Analyte, interval: Interval | None) -> float | None:
    """Return the upper limit that multiples are counted from; without a fitting interval the adult one serves."""
    if interval is not None and interval.high is not None:
        return interval.high
    highs = [h for r in analyte.ranges if not r.who.risk and (h := _bounds(analyte, r)[1]) is not None]
    return max(highs[:2], default=None)


def _limit(analyte: Analyte, grade: Grade, bound: float, upper: float | None) -> float | None:
    if grade.unit == TIMES_UPPER:
        return None if upper is None else bound * upper
    return to_canonical(analyte, bound, grade.unit)


def grade_of(analyte: Analyte, value: float, comparator: str, interval: Interval | None) -> Grade | None:
    """Return the most extreme band that certainly holds; a low bound is exclusive, a high bound inclusive.

    Parameters: analyte; value, in its unit; comparator, "", "<" or ">"; interval, for bands in multiples of its
    upper limit. Returns: the band, or None.

    >>> grade_of(Analyte("x", "x", "U/L"), 1.0, "", None) is None
    True
    """
    upper = _upper_limit(analyte, interval)
    below: list[tuple[float, Grade]] = []
    above: list[tuple[float, Grade]] = []
    for grade in analyte.grades:
        if grade.below is not None and comparator != ">":
            limit = _limit(analyte, grade, grade.below, upper)
            if limit is not None and (value < limit or (comparator == "<" and value == limit)):
                below.append((limit, grade))
        if grade.above is not None and comparator != "<":
            limit = _limit(analyte, grade, grade.above, upper)
            if limit is not None and value >= limit:
                above.append((limit, grade))
    if below:
        return min(below, key=lambda pair: pair[0])[1]
    return max(above, key=lambda pair: pair[0])[1] if above else None


def _same_side(grade: Grade, level: Level) -> bool:
    return grade.level is not None and grade.level.removeprefix("very_") == level.removeprefix("very_")


def _outside_any_interval(analyte: Analyte, grade: Grade | None, person: Person) -> Verdict | str:
    """Judge by the graded bands alone, for people whom none of our intervals was made for."""
    if grade is not None and grade.level is not None and grade.level != "normal":
        note = "our range is for other ages or outside pregnancy. A limit from a source is passed"
        return Verdict(grade.level, None, grade, note if analyte.ranges else "")
    if analyte.ranges and person.pregnant:
        return "our intervals are not made for pregnancy: give the range printed on the report"
    if analyte.ranges:
        return "our intervals are for adults: give the range printed on the report"
    return "there is no general interval: give the range printed on the report"


# analytes whose interval hardly changes between children above a year, pregnancy and other adults
STEADY = frozenset(
    "sodium potassium calcium adjusted_calcium ionised_calcium magnesium chloride ph vitamin_d vitamin_b12 folate"
    " glucose inr lactate crp".split()
)


def _as_adult(analyte: Analyte, value: float, comparator: str, grade: Grade | None, person: Person) -> Verdict | None:
    """Call a value normal that is so for adults, where age and pregnancy hardly move the interval."""
    adult = interval_for(analyte, Person(None, person.sex))
    young = person.age is not None and person.age < 1
    if (
        adult is None
        or young
        or analyte.id not in STEADY
        or (grade is not None and grade.level not in (None, "normal"))
    ):
        return None
    if side(value, comparator, adult.low, adult.high) != "normal":
        return None
    return Verdict(
        "normal", adult, None, "normal by the interval for adults outside pregnancy; ours is not made for you"
    )


def judge(analyte: Analyte, value: float, comparator: str, printed: Interval | None, person: Person) -> Verdict | str:
    """Judge a value in the analyte's unit.

    Parameters: analyte; value; comparator, "", "<" or ">"; printed, the interval of the report, in the analyte's unit;
    person. Returns: the verdict, or in words why it cannot be judged.

    >>> judge(Analyte("x", "x", "U/L"), 7.0, "", Interval(1.0, 5.0, "printed"), Person()).level
    'high'
    """
    interval = printed or interval_for(analyte, person)
    grade = grade_of(analyte, value, comparator, interval)
    if interval is None:
        adult = _as_adult(analyte, value, comparator, grade, person)
        return adult or _outside_any_interval(analyte, grade, person)
    level = side(value, comparator, interval.low, interval.high)
    if level is None:
        return f"{comparator}{show(value)} {analyte.unit} does not say whether the result is normal"
    if level == "normal":
        note = ""
        if grade is not None and grade.level in ("very_low", "very_high"):
            note = f"inside the printed range, though beyond our limit ({grade.label}): check name and unit"
        kept = grade if grade is not None and grade.level == "normal" else None
        return Verdict("normal", interval, kept, note)
    if grade is not None and _same_side(grade, level):
        return Verdict(grade.level or level, interval, grade)
    return Verdict(level, interval)
