"""Scores of rankings and urgencies against known answers, with 95 % Wilson intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEVELS = ("self_care", "routine", "prompt", "emergency")
Json = dict[str, Any]


@dataclass(frozen=True)
class Scored:
    """One case: its answer, and what was said of it."""

    id: str
    causes: tuple[str, ...]
    accepted: tuple[str, ...]  # urgencies that are right, the source's own first
    ranking: tuple[str, ...]
    level: str
    explains: Mapping[str, float]
    unknown: int = 0
    terms: int = 0

    def lowest(self) -> int:
        """Return the lowest accepted urgency as a number."""
        return min(LEVELS.index(a) for a in self.accepted)


def wilson(hits: float, count: int) -> Json:
    """Return a share with its 95 % Wilson interval.

    Parameters: hits, successes; count, trials. Returns: {"value", "low", "high"}; None for each when there is no trial.

    >>> wilson(0, 50)["high"]
    0.0713
    """
    if count == 0:
        return {"value": None, "low": None, "high": None}
    z, p = 1.959964, hits / count
    middle = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return {"value": round(p, 4), "low": round(max(0.0, middle - half), 4), "high": round(min(1.0, middle + half), 4)}


def _share(cases: Sequence[Scored], hit: Callable[[Scored], bool]) -> Json:
    return wilson(sum(map(hit, cases)), len(cases))


def ranking_scores(cases: Sequence[Scored]) -> Json:
    """Score the rankings: top1, top1_strict, top3, recall5.

    Parameters: cases. Returns: shares by name.
    """
    listed = [c for case in cases for c in case.causes]
    found = sum(c in case.ranking[:5] for case in cases for c in case.causes)
    return {
        "top1": _share(cases, lambda c: c.ranking[0] in c.causes),
        "top1_strict": _share(cases, lambda c: c.ranking[0] == c.causes[0]),
        "top3": _share(cases, lambda c: c.causes[0] in c.ranking[:3]),
        "recall5": wilson(found, len(listed)),
    }


def triage_scores(cases: Sequence[Scored]) -> Json:
    """Score the urgencies.

    Parameters: cases. Returns: shares by name.
    """
    emergencies = [c for c in cases if c.accepted[0] == "emergency"]
    self_care = [c for c in cases if c.accepted[0] == "self_care"]
    return {
        "triage_exact": _share(cases, lambda c: c.level in c.accepted),
        "triage_not_below": _share(cases, lambda c: LEVELS.index(c.level) >= c.lowest()),
        "triage_safe_gilbert": _share(cases, lambda c: LEVELS.index(c.level) >= c.lowest() - 1),
        "triage_over": _share(cases, lambda c: LEVELS.index(c.level) > max(LEVELS.index(a) for a in c.accepted)),
        "emergency_sensitivity": _share(emergencies, lambda c: c.level in c.accepted),
        "self_care_over": _share(self_care, lambda c: c.level not in c.accepted),
    }


def brier(cases: Sequence[Scored]) -> Json:
    """Return the mean squared error of `explains` over cases and causes, beside that of the base rates.

    Parameters: cases. Returns: {"value", "base_rate"}.
    """
    causes = sorted({cause for case in cases for cause in case.explains})
    pairs = [(case.explains[cause], cause in case.causes) for case in cases for cause in causes]
    rates = {cause: sum(cause in case.causes for case in cases) / len(cases) for cause in causes}
    base = sum((rates[cause] - (cause in case.causes)) ** 2 for case in cases for cause in causes)
    return {
        "value": round(sum((p - listed) ** 2 for p, listed in pairs) / len(pairs), 5),
        "base_rate": round(base / len(pairs), 5),
    }
