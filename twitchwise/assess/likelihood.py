"""How well each state of a node explains a laboratory result."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from twitchwise.assess.parameters import Array, Parameters
from twitchwise.evidence.types import Analyte, Truth
from twitchwise.labs import LabReading
from twitchwise.labs.convert import to_canonical
from twitchwise.labs.ranges import TIMES_UPPER

if TYPE_CHECKING:
    from twitchwise.assess.problem import Case

FLOOR = 2e-3  # a result never rules a state out altogether: samples are mixed up, bodies differ
FLOOR_SEVERE = 1e-6  # unless it is severely out of range: then it sets the state


def _phi(x: Array) -> Array:
    return np.array([0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x])


def _spread(row: Truth, analyte: Analyte, middle: Array, age_days: float | None) -> Array:
    """Standard deviation of one result in a state: the state's own spread, the assay, the person, the age of the
    result."""
    drift = 1.0 if not age_days else math.sqrt(1.0 + min(age_days, 1000.0) / 180.0)
    relative = math.hypot(analyte.assay_cv, analyte.within_person_cv) * drift
    wide = relative if row.log else relative * np.abs(middle)
    return np.sqrt(row.sd**2 + wide**2)


def _middle(row: Truth, number: int, analyte: Analyte, parameters: Parameters) -> Array:
    drawn = parameters.ratio(f"truth.{analyte.id}.{row.node}.{row.state}.{number}", row.mean)
    return np.log(drawn) if row.log else drawn


def _band(reading: LabReading, analyte: Analyte) -> tuple[float, float] | None:
    """Return the interval that a word or a comparator stands for."""
    low, high = reading.range_low, reading.range_high
    if reading.value is not None and reading.comparator == "<":
        return -math.inf, reading.value
    if reading.value is not None and reading.comparator == ">":
        return reading.value, math.inf
    if reading.level == "normal":
        return (low if low is not None else -math.inf), (high if high is not None else math.inf)
    if "low" in reading.level and low is not None:
        return -math.inf, _edge(reading.level, analyte, low, min)
    if "high" in reading.level and high is not None:
        return _edge(reading.level, analyte, high, max), math.inf
    return None


def _edge(level: str, analyte: Analyte, limit: float, outer: Callable[..., float]) -> float:
    """The edge of a word: "very low" begins where the analyte's own bands say so, "low" at the end of the range."""
    bands = [(g.below if level == "very_low" else g.above, g.unit) for g in analyte.grades if g.level == level]
    edges = [to_canonical(analyte, e, unit) for e, unit in bands if e is not None and unit != TIMES_UPPER]
    return outer(limit, (max if level == "very_low" else min)(edges)) if edges else limit


def _inside(value: float, rows: Sequence[Truth]) -> float:
    """Bring a value that no state expects to the edge of what one does: a far tail must not decide between states."""
    reach = [_reach(row) for row in rows]
    return min(max(value, min(low for low, _ in reach)), max(high for _, high in reach))


def _reach(row: Truth) -> tuple[float, float]:
    if row.log:
        return row.mean.value * math.exp(-2 * row.sd), row.mean.value * math.exp(2 * row.sd)
    return row.mean.value - 2 * row.sd, row.mean.value + 2 * row.sd


def likelihood_of(
    row: Truth, number: int, reading: LabReading, value: float, analyte: Analyte, parameters: Parameters
) -> Array:
    """Say how well one distribution explains a result.

    Parameters: row, the distribution; number, its place among the analyte's; reading; value, in the analyte's unit, of
    a reading with a number; analyte; parameters. Returns: (1 + draws,), a density for a number, a chance for a word.
    """
    middle = _middle(row, number, analyte, parameters)
    spread = _spread(row, analyte, middle, reading.age_days)

    def scale(v: float) -> float:
        return math.log(max(v, 1e-9)) if row.log and math.isfinite(v) else v

    if reading.value is not None and not reading.comparator:
        return np.exp(-0.5 * ((scale(value) - middle) / spread) ** 2) / spread
    band = _band(reading, analyte)
    if band is None:
        return np.ones_like(middle)
    low, high = ((-math.inf if v == -math.inf else scale(v)) for v in band)
    below = _phi((high - middle) / spread) if math.isfinite(high) else np.ones_like(middle)
    return below - (_phi((low - middle) / spread) if math.isfinite(low) else 0.0)


def lab_weights(reading: LabReading, case: Case, parameters: Parameters) -> dict[str, Array]:
    """Return for each node that an analyte speaks about the likelihood of its states.

    Parameters: reading; case; parameters. Returns: node id -> (states, 1 + draws), the largest state at 1. States
    without
    a distribution share that of the first state; several distributions of one state are an even mixture.
    """
    analyte = case.evidence.analytes.get(reading.analyte)
    if analyte is None or not analyte.truth or not counts(reading, case.labs):
        return {}
    out = {}
    for node in dict.fromkeys(row.node for row in analyte.truth if row.node in case.network.nodes):
        states = case.network.nodes[node].states
        rows = rows_for(analyte, node, case.labs)
        value = _inside(reading.value, [row for _, row in rows]) if reading.value is not None else 0.0
        values = {}
        for state in states:
            own = [likelihood_of(row, n, reading, value, analyte, parameters) for n, row in rows if row.state == state]
            values[state] = np.mean(own, axis=0) if own else None
        stacked = [values[s] if values[s] is not None else values[states[0]] for s in states]
        if any(v is None for v in stacked):
            continue
        weight = np.stack([np.asarray(v) for v in stacked])
        floor = FLOOR_SEVERE if reading.level.startswith("very") else FLOOR
        out[node] = np.maximum(weight / np.maximum(weight.max(axis=0), 1e-300), floor)
    return out


def rows_for(analyte: Analyte, node: str, labs: Sequence[LabReading]) -> list[tuple[int, Truth]]:
    """Return the distributions for a node: those beside a low calcium where there is one (PTH), else the general ones.

    Parameters: analyte; node, its id; labs, all readings. Returns: (place among the analyte's, distribution).
    """
    low = any("calcium" in r.analyte and "urine" not in r.analyte and "low" in r.level for r in labs)
    rows = [(n, row) for n, row in enumerate(analyte.truth) if row.node == node]
    narrow = [(n, row) for n, row in rows if row.given == "low_calcium"]
    return narrow if low and narrow else [(n, row) for n, row in rows if not row.given]


BETTER = {"calcium": ("ionised_calcium", "adjusted_calcium"), "adjusted_calcium": ("ionised_calcium",)}


def counts(reading: LabReading, labs: Sequence[LabReading]) -> bool:
    """Say whether a reading is weighed: total calcium is not when adjusted or ionised calcium is there.

    Parameters: reading; labs, all readings. Returns: True when it is the best one of its kind.
    """
    return not reading.superseded_by and not any(o.analyte in BETTER.get(reading.analyte, ()) for o in labs)
