"""The diet in plain words: each nutrient against what the person needs, where it comes from, what was not found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from twitchwise.diet.adequacy import ENOUGH_DATA
from twitchwise.diet.types import LEAST_COVERAGE, Adequacy, DietReading, Eaten, NutrientIntake
from twitchwise.evidence.types import Cite
from twitchwise.foods.nutrients import NAMES, shown, unit_of

MAIN = (
    "magnesium calcium potassium sodium vitamin_d vitamin_b12 vitamin_b6 thiamine folate iron zinc water caffeine "
    "alcohol"
).split()  # the nutrients that nerve and muscle hang on; the others stand in the tables
VERDICTS = {
    "likely_enough": "enough, most likely",
    "may_be_low": "may be low",
    "likely_low": "probably low",
    "cannot_say": "cannot be said",
    "over_limit": "above a safe limit",
}
UNKNOWN = (math.nan, math.nan, math.nan, math.nan, math.nan)
SURE = {
    "exact": "weighed or measured",
    "usual": "household measure",
    "guess": "no amount written: a usual portion",
    "given": "from your diary program",
    "none": "not found",
}
NOW_AND_THEN = ("caffeine", "alcohol")  # some have none on most days: what is usual cannot be told from a few
SOURCES = 4  # foods named for each nutrient


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One nutrient of the diet, as numbers for a picture and as words beside it."""

    nutrient: str
    name: str
    unit: str
    usual: tuple[float, float, float, float, float]
    need: float | None  # average requirement
    target: float | None
    target_name: str
    verdict: str
    words: str  # "about 211 mg a day (most likely 165 to 265)"
    against: str  # "half of people like you need 265 mg or less; the target is 320 mg (RDA)"
    why: str
    coverage: float
    coverage_words: str
    sources: tuple[str, ...]
    limits: tuple[str, ...]
    over: bool
    days: tuple[float, ...]
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One food of a diary line."""

    where: str
    day: str
    meal: str
    said: str
    food: str
    grams: str
    why: str
    sure: str
    found: bool


@dataclass(frozen=True, slots=True)
class DietSection:
    """Everything that a report says about the diet."""

    title: str
    rows: tuple[IntakeRow, ...]
    days: tuple[str, ...]
    lines: tuple[LineRow, ...]
    not_found: tuple[LineRow, ...]
    notes: tuple[str, ...]
    body: str


def _span(intake: NutrientIntake) -> str:
    answers = intake.basis == "screen"
    if intake.coverage < LEAST_COVERAGE:
        return "not known from these answers" if answers else "not known from this diary"
    if intake.nutrient in NOW_AND_THEN:
        return f"about {shown(intake.mean, intake.nutrient)} a day {'by these answers' if answers else 'in this diary'}"
    low, middle, high = intake.usual[0], intake.usual[2], intake.usual[4]
    unit = unit_of(intake.nutrient)
    ends = f"{shown(low, intake.nutrient).removesuffix(f' {unit}')} to {shown(high, intake.nutrient)}"
    return f"about {shown(middle, intake.nutrient)} a day (could be {ends})"


def _against(adequacy: Adequacy) -> str:
    nutrient, parts = adequacy.nutrient, []
    if adequacy.requirement is not None and adequacy.kind == "EAR":
        parts.append(f"half of people like you need up to {shown(adequacy.requirement, nutrient)}")
    if adequacy.target is not None:
        parts.append(f"the target is {shown(adequacy.target, nutrient)} ({adequacy.target_name}, {adequacy.body})")
    return "; ".join(parts)


def _limits(adequacy: Adequacy) -> tuple[str, ...]:
    scopes = {"supplements": "from supplements", "synthetic": "from folic acid", "added_salts": "from supplements"}
    out = []
    for upper in adequacy.uppers:
        if upper.counted > 0 and upper.counted >= 0.5 * upper.limit:
            state = "ABOVE" if upper.over else "below"
            counted = f"{upper.counted:,.4g} {upper.unit.replace('/day', '').replace('ug', 'µg')}"
            scope = scopes.get(upper.scope, "in all")
            limit = upper.unit.replace("/day", "").replace("ug", "µg")
            out.append(f"{counted} a day {scope}: {state} the limit of {upper.limit:,.4g} {limit}")
    return tuple(dict.fromkeys(out))  # two bodies of experts may set the same limit


def _coverage(intake: NutrientIntake) -> str:
    known = round(100 * intake.coverage)
    thin = ": too little to judge by" if intake.coverage < ENOUGH_DATA else ""
    if intake.basis == "screen":
        return f"your answers are about {known} % of what people get{thin}"
    return f"known for {known} % of what was eaten{thin}"


def _row(intake: NutrientIntake, adequacy: Adequacy | None) -> IntakeRow:
    top = tuple(f"{s.food} {100 * s.share:.0f} %" for s in intake.sources[:SOURCES] if s.share >= 0.02)
    return IntakeRow(
        intake.nutrient,
        NAMES[intake.nutrient],
        unit_of(intake.nutrient),
        intake.usual if intake.coverage >= LEAST_COVERAGE else UNKNOWN,
        adequacy.requirement if adequacy else None,
        adequacy.target if adequacy else None,
        adequacy.target_name if adequacy else "",
        VERDICTS[adequacy.verdict] if adequacy else "",
        _span(intake),
        _against(adequacy) if adequacy else "",
        adequacy.why if adequacy else "",
        intake.coverage,
        _coverage(intake),
        top,
        _limits(adequacy) if adequacy else (),
        bool(adequacy and any(u.over for u in adequacy.uppers)),
        intake.days,
        adequacy.cites if adequacy else (),
    )


def _line(eaten: Eaten) -> LineRow:
    grams = "" if eaten.grams != eaten.grams else f"{eaten.grams:.4g} g"
    found = eaten.sure != "none"
    unnamed = "as your diary program gives it" if eaten.sure == "given" else "as written" if found else "not found"
    name = eaten.food.name if eaten.food else unnamed
    line = eaten.line
    said = eaten.said or line.text or line.meal or "whole day"
    return LineRow(line.where, line.day, line.meal, said, name, grams, eaten.why, SURE[eaten.sure], found)


def _title(reading: DietReading, lines: Sequence[LineRow]) -> str:
    if reading.basis == "screen":
        return "From 12 questions on food: wide, as no diary was kept"
    count = len(reading.days)
    found = sum(line.found for line in lines)
    missed = f", {len(lines) - found} not found" if found < len(lines) else ""
    return f"{count} day{'s' if count != 1 else ''} of diary, {len(lines)} foods and drinks{missed}"


def diet_section(reading: DietReading) -> DietSection:
    """Put a diet reading into plain words.

    Parameters: reading. Returns: rows for the nutrients of nerve and muscle, the foods, and what was not found.
    """
    lines = tuple(_line(eaten) for eaten in reading.eaten)
    wanted = [n for n in MAIN if n in reading.intakes]
    rows = tuple(_row(reading.intakes[n], reading.adequacies.get(n)) for n in wanted)
    missed = tuple(line for line in lines if not line.found)
    return DietSection(_title(reading, lines), rows, reading.days, lines, missed, reading.notes, reading.body)
