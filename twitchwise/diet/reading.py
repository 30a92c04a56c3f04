"""All that a record says of food: matched, added up, held against reference values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from twitchwise.diet.adequacy import Z, adequacies
from twitchwise.diet.intake import EVERY_DAY, days_of, intakes
from twitchwise.diet.references import Eater, body_of, eater_of
from twitchwise.diet.types import DietReading, Eaten, NutrientIntake
from twitchwise.diet.usual import OWN_DAYS, average_of, model_of
from twitchwise.evidence import Evidence
from twitchwise.foods import curated
from twitchwise.foods.nutrients import COLUMN, UNITS
from twitchwise.observe.types import Issue, Observations
from twitchwise.record.types import Record

if TYPE_CHECKING:
    from twitchwise.foods.search import Index

CHILD, BABY = 18.0, 1.0
FEW = 0.5  # of the usual energy, or a day of the diary's middle day: with less something is most likely left out

NO_AGE = "The age is not known. So the values are those of an adult of 35."
NO_SEX = "The sex is not known. So both sets of values were used."
FOR_CHILDREN = "These are values for a child of this age. Ask a doctor before giving a child any product."
FOR_BABIES = "For babies food alone says little. Ask a doctor or a midwife."
FEW_DAYS = "A diary of {days} says what was eaten then. It cannot say what is usual."
LITTLE_FOOD = "The diary holds little food for a whole day. Some of it may be missing."
LITTLE_DAY = "Little food is written down for {day}. Some of it may be missing."
HIDDEN = "{product}: what is in it is not known. So it may bring more than is counted here."
SCREEN = "This rests on a few questions, not on a diary. So it is only a rough guess."


def read_diet(
    record: Record, observations: Observations, evidence: Evidence, index: Index | None = None
) -> DietReading | None:
    """Read what a record says of food.

    Parameters: record, with diary lines or answers of the screen; observations, what the record says in our names;
    evidence; index, foods to look for, the curated ones when not given. Returns: the reading, None when the record
    says nothing of food.

    >>> from twitchwise.evidence import load_evidence
    >>> read_diet(Record(), Observations(), load_evidence()) is None
    True
    """
    if not record.diet.lines and not record.diet.screen:
        return None
    eater = eater_of(observations)
    body, odd = body_of(record.diet.reference, observations.country or record.person.country)
    eaten = _eaten(record, observations, evidence, index)
    days = days_of(eaten) if record.diet.lines else ()
    found = intakes(eaten, days, evidence, eater) if days else _screened(record, eaten, evidence)
    notes = _notes(eater, found, eaten, days, evidence)
    return DietReading(
        body,
        days,
        eaten,
        found,
        adequacies(found, eater, body, evidence),
        (*_issues(eaten, odd), *_screen_issues(record, evidence)),
        notes,
        "diary" if days else "screen",
        {day: {name: one.days[number] for name, one in found.items()} for number, day in enumerate(days)},
    )


def _eaten(record: Record, observations: Observations, evidence: Evidence, index: Index | None) -> tuple[Eaten, ...]:
    """Match the diary's lines, and add the products of the record for every day."""
    from twitchwise.diet.supplements import supplements_eaten

    products = supplements_eaten(record, observations, evidence)
    daily = tuple(replace(one, line=replace(one.line, day=EVERY_DAY)) for one in products)
    if not record.diet.lines:
        return daily
    from twitchwise.diet.line import eaten
    from twitchwise.foods.search import curated_index

    return (*eaten(record.diet.lines, index or curated_index()), *daily)


def _screened(record: Record, products: Sequence[Eaten], evidence: Evidence) -> Mapping[str, NutrientIntake]:
    """Take intakes from the questions; the products of the record come on top."""
    from twitchwise.diet.screen import screen_amounts

    answers = screen_amounts(record.diet.screen, curated(), evidence)
    return {
        name: _from_screen(name, answer, sum(float(np.nan_to_num(one.amounts[COLUMN[name]])) for one in products))
        for name, answer in answers.items()
        if name in COLUMN and np.isfinite(answer[:3]).all()
    }


def _from_screen(name: str, answer: tuple[float, float, float, float], taken: float) -> NutrientIntake:
    mean, low, high, coverage = answer
    even = low + (high - low) * np.array([0.0, 0.3, 0.5, 0.7, 1.0])
    skewed = np.exp(np.interp(Z, Z[[0, -1]], np.log([low, high]))) if low > 0 else even
    ends = skewed + taken
    five = (float(ends[0]), float(ends[1]), float(ends[2]), float(ends[3]), float(ends[4]))
    spread = float(high - low) / (Z[-1] - Z[0])
    return NutrientIntake(
        name, UNITS[name], mean + taken, mean, taken, (), coverage, 0.0, float(spread), five, basis="screen"
    )


def _issues(eaten: Sequence[Eaten], odd: str) -> tuple[Issue, ...]:
    """List the lines that were not found, and reference values that do not exist."""
    missed = [one for one in eaten if one.sure == "none" and not one.supplement]
    found = [Issue(one.line.where or "diet", one.said, "not found among the foods", one.nearest) for one in missed]
    values = [Issue("diet.reference", odd, "whose reference values?", ("US", "EU", "UK"))] if odd else []
    return (*found, *values)


def listed(days: Sequence[str]) -> str:
    """Name some days.

    Parameters: days, at least one. Returns: the words.

    >>> listed(["monday"]), listed(["a", "b", "c", "d"])
    ('monday', 'a, b and 2 more days')
    """
    if len(days) > 3:
        return f"{days[0]}, {days[1]} and {len(days) - 2} more days"
    return " and ".join(filter(None, (", ".join(days[:-1]), days[-1])))


def _screen_issues(record: Record, evidence: Evidence) -> tuple[Issue, ...]:
    if not record.diet.screen:
        return ()
    from twitchwise.diet.screen import screen_issues

    return screen_issues(record.diet.screen, evidence)


def _notes(
    eater: Eater,
    found: Mapping[str, NutrientIntake],
    eaten: Sequence[Eaten],
    days: Sequence[str],
    evidence: Evidence,
) -> tuple[str, ...]:
    said = [NO_AGE] if eater.age is None else [FOR_BABIES] if eater.age < BABY else []
    said += [FOR_CHILDREN] if eater.age is not None and BABY <= eater.age < CHILD else []
    said += [NO_SEX] if not eater.sex else []
    said += [SCREEN] if not days else []
    said += (
        [FEW_DAYS.format(days=f"{len(days)} days" if len(days) > 1 else "one day")] if 0 < len(days) < OWN_DAYS else []
    )
    energy, model = found.get("energy"), model_of("energy", eater, evidence)
    if days and energy is not None and model is not None and energy.mean < FEW * average_of(model[0]):
        said.append(LITTLE_FOOD)
    elif len(days) > 1 and energy is not None:
        short = [day for day, kcal in zip(days, energy.days, strict=True) if kcal < FEW * float(np.median(energy.days))]
        said += [LITTLE_DAY.format(day=listed(short) if "" not in short else "one day")] if short else []
    hidden = [one.said for one in eaten if one.supplement and np.isnan(one.amounts[COLUMN["magnesium"]])]
    return (*said, *(HIDDEN.format(product=name) for name in dict.fromkeys(hidden)))
