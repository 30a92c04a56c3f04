"""Twelve questions for people without a diary: a rough intake, with an interval as wide as such answers deserve."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from twitchwise.diet.words import plain
from twitchwise.evidence import Evidence
from twitchwise.evidence.food_types import ScreenQuestion
from twitchwise.foods.types import FoodTable
from twitchwise.observe.types import Issue

Z90 = 1.645
PER_DAY = {"day": 1.0, "daily": 1.0, "night": 1.0, "morning": 1.0, "week": 1 / 7, "weekly": 1 / 7, "month": 1 / 30.4,
           "monthly": 1 / 30.4, "year": 1 / 365.0, "fortnight": 1 / 14}  # fmt: skip
WIDE = 0.8  # of the mean: a larger standard deviation is a nutrient that some people hardly take at all
MOST = 30.0  # portions a day; more than this is a slip of the pen
COUNT_ERROR = 0.25  # of a number that is written alone: people round
_NUMBER = r"(?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))?"
_TIMES = re.compile(
    rf"{_NUMBER}\s*\+?\s*(?:x|times?|portions?|servings?|cups?|mugs?|cans?|glass(?:es)?|bowls?|slices?|pieces?|handfuls?)?"
    r"\s*(?:(?:a|per|each|every|/|in a|of)\s*)?"
    r"(?P<unit>day|daily|night|morning|week|weekly|month|monthly|year|fortnight|d|w|wk|m)?\s*$"
)
_BEFORE = re.compile(rf"^(?P<unit>daily|weekly|monthly)\b[\s:,]*{_NUMBER}\s*x?$")
_WORDS: tuple[tuple[str, tuple[float, float, float]], ...] = (
    (r"never|none|no|0|nil|not at all|do not|dont", (0.0, 0.0, 0.02)),
    (r"rarely|hardly|seldom|once in a while|special occasions?|less than", (0.0, 0.02, 0.06)),
    (r"every other day|most days", (0.4, 0.6, 0.9)),
    (r"(?:every|each) meal", (2.5, 3.0, 4.0)),
    (r"twice (?:a|per|each|every)? ?day|twice daily", (1.6, 2.0, 2.4)),
    (r"every ?day|daily|once a day|each day", (0.8, 1.0, 1.2)),
    (r"twice a week", (0.2, 2 / 7, 0.4)),
    (r"once a week|weekly|every week", (0.1, 1 / 7, 0.2)),
    (r"a few times a week|several times a week|often", (0.3, 0.45, 0.7)),
    (r"once a month|monthly", (0.02, 0.033, 0.06)),
    (r"now and then|sometimes|occasionally|a few times a month", (0.03, 0.1, 0.2)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Often:
    """Portions a day, with a 90 % interval."""

    mean: float
    low: float
    high: float


def read_answer(text: str, evidence: Evidence) -> Often | None:
    """Read how often something is eaten.

    Parameters: text, an answer's id, "2 a day", "weekly 3", "1-3 a month", "never"; evidence, with the answers that
    may be chosen. Returns: portions a day, or None when it cannot be read.

    >>> from twitchwise.evidence import load_evidence
    >>> e = load_evidence()
    >>> read_answer("2 a day", e).mean, round(read_answer("weekly 3", e).mean, 2), read_answer("never", e).mean
    (2.0, 0.43, 0.0)
    >>> round(read_answer("2-4 times a week", e).mean, 2), read_answer("lots", e) is None
    (0.43, True)
    """
    key = text.strip().lower()
    chosen = evidence.screen_answers.get(key.replace(" ", "_"))
    chosen = chosen or next((a for a in evidence.screen_answers.values() if a.text.lower() == key), None)
    if chosen:
        return Often(chosen.mean, chosen.low, chosen.high)
    small = plain(key)
    found = _BEFORE.match(small)
    for pattern, (low, mean, high) in () if found else _WORDS:
        if re.fullmatch(rf"(?:about |roughly )?(?:{pattern})(?: .*)?", small) and not re.match(
            r"\d", small.replace("0", "", 1)
        ):
            return Often(mean, low, high)
    return _counted(found or _TIMES.match(re.sub(r"^(?:about|roughly|around|~)\s*", "", small)))


def _counted(found: re.Match[str] | None) -> Often | None:
    if not found:
        return None
    unit = found["unit"] or "day"
    rate = PER_DAY.get(unit) or {"d": 1.0, "w": 1 / 7, "wk": 1 / 7, "m": 1 / 30.4}[unit]
    low, high = float(found["low"]), float(found["high"] or found["low"])
    if not low <= high or high * rate > MOST:
        return None
    mean = (low + high) / 2
    return Often(mean * rate, low * (1 - COUNT_ERROR) * rate, high * (1 + COUNT_ERROR) * rate)


def screen_issues(answers: Mapping[str, str], evidence: Evidence) -> tuple[Issue, ...]:
    """List the answers that could not be used.

    Parameters: answers, by question; evidence. Returns: what is wrong with each, and what to write.
    """
    issues = []
    for key, text in answers.items():
        if key not in evidence.screen_questions:
            tries = tuple(evidence.screen_questions)
            issues.append(Issue(f"diet.screen.{key}", text, "the screen has no such question", tries))
        elif text.strip() and read_answer(text, evidence) is None:
            issues.append(
                Issue(f"diet.screen.{key}", text, "this answer could not be read", ("2 a day", "3 a week", "never"))
            )
    return tuple(issues)


def portion_amounts(question: ScreenQuestion, table: FoodTable, nutrient: str) -> float:
    """Return what one portion of a question's foods brings.

    Parameters: question; table, the curated foods; nutrient. Returns: the amount, NaN when a food's value is unknown.
    """
    return sum(f.share * f.grams / 100.0 * table.value(f.food, nutrient) for f in question.foods)


def screen_amounts(
    answers: Mapping[str, str], table: FoodTable, evidence: Evidence
) -> Mapping[str, tuple[float, float, float, float]]:
    """Turn answers into daily intakes.

    A question without a readable answer counts as usual, widely; what is not asked counts as the base diet of adults.
    Parameters: answers, by question; table, the curated foods; evidence. Returns: nutrient -> mean, low, high (90 %
    interval) a day, and coverage: the share of a usual intake that the answered questions are about.
    """
    said = {key: often for key, text in answers.items() if (often := read_answer(text, evidence)) is not None}
    return {key: _nutrient(key, said, table, evidence) for key in evidence.screen_base}


def _nutrient(
    key: str, said: Mapping[str, Often], table: FoodTable, evidence: Evidence
) -> tuple[float, float, float, float]:
    base = evidence.screen_base[key].amount
    mean, variance = base.value, ((base.high - base.value) / Z90) ** 2
    usual, asked = base.value, 0.0
    for question in evidence.screen_questions.values():
        portion = portion_amounts(question, table, key)
        common = question.usual
        often = said.get(question.id) or Often(common.value, common.low, common.high)
        usual += common.value * portion
        asked += common.value * portion if question.id in said else 0.0
        mean += often.mean * portion
        variance += _variance(often, portion, question.spread.value)
    low, high = _interval(mean, variance)
    return mean, low, high, asked / usual if usual > 0 else 0.0


def _variance(often: Often, portion: float, spread: float) -> float:
    """From how often (the answer) and from what a portion brings (which food, how large)."""
    count = (often.high - often.low) / (2 * Z90)
    return (count * portion) ** 2 + (often.mean * portion) ** 2 * math.expm1(spread**2)


def _interval(mean: float, variance: float) -> tuple[float, float]:
    """A 90 % interval around a mean: lognormal; where the spread nears the mean itself it begins at nothing eaten."""
    if not math.isfinite(mean) or not math.isfinite(variance):
        return math.nan, math.nan
    if math.sqrt(variance) > WIDE * mean:
        return max(0.0, mean - Z90 * math.sqrt(variance)), mean + Z90 * math.sqrt(variance)
    log_variance = math.log1p(variance / mean**2)
    middle, sd = math.log(mean) - log_variance / 2, math.sqrt(log_variance)
    return math.exp(middle - Z90 * sd), math.exp(middle + Z90 * sd)
