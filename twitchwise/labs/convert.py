"""From what is written to the analyte's unit: usual units, impossible values and the slip behind them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from twitchwise.errors import UnitError
from twitchwise.evidence.types import Analyte
from twitchwise.labs.formulas import hba1c_from_percent, ph_from_hydrogen
from twitchwise.units import Quantity, convert, normal_unit

_SPECIAL: dict[tuple[str, str], Callable[[float], float]] = {
    ("hba1c", "%"): hba1c_from_percent,
    ("ph", "nmol/L"): ph_from_hydrogen,
}
_UREA_MG_DL = 0.1665
_SHIFTS = (1.0, 0.1, 10.0, 0.01, 100.0, 0.001, 1000.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a number could have, and the value that this gives in the analyte's unit."""

    unit: str
    value: float


def show(number: float, digits: int = 4) -> str:
    """Return a number for people as a laboratory prints it: never with a power of ten.

    Parameters: number; digits, how many count below a thousand. Returns: its text.

    >>> show(4.10), show(48000.0), show(0.6994), show(0.6994, 3)
    ('4.1', '48000', '0.6994', '0.699')
    """
    return f"{number:.0f}" if abs(number) >= 1000 else f"{number:.{digits}g}"


def printed(unit: str) -> str:
    """Write a unit as a laboratory prints it.

    Parameters: unit, in UCUM. Returns: its text.

    >>> printed("mL/min/{1.73_m2}"), printed("10*9/L"), printed("mm[Hg]"), printed("1")
    ('mL/min/1.73 m2', '10^9/L', 'mmHg', '')
    """
    bare = re.sub(r"[{}\[\]]", "", unit).replace("_", " ").replace("*", "^")
    return "" if bare == "1" else bare


def to_canonical(analyte: Analyte, value: float, unit: str, said: str = "") -> float:
    """Bring a result to the analyte's unit.

    Parameters: analyte; value, the number; unit, as written; said, the name as written (urea or urea nitrogen).
    Returns: the value in `analyte.unit`. Raises: UnitError when the unit is unknown or does not fit.

    >>> sodium = Analyte("sodium", "sodium", "mmol/L", units={"mEq/L": 1.0})
    >>> to_canonical(sodium, 140, "meq/l")
    140.0
    """
    name = normal_unit(unit)
    if (analyte.id, name) in _SPECIAL:
        if value <= 0:
            raise UnitError(f"{show(value)} {name} is not a possible amount")
        return _SPECIAL[analyte.id, name](value)
    plain_urea = "urea" in said.lower() and not re.search("nitrogen|bun", said.lower())
    if analyte.id == "urea" and name == "mg/dL" and plain_urea:
        return value * _UREA_MG_DL
    for usual, factor in analyte.units.items():
        if normal_unit(usual) == name:
            return value * factor
    return convert(Quantity(value, name), analyte.unit, molar_mass=analyte.molar_mass, valence=analyte.valence).value


def is_possible(analyte: Analyte, value: float) -> bool:
    """Say whether a living person can have this value.

    Parameters: analyte; value, in the analyte's unit. Returns: whether it lies within the limits of the possible.

    >>> is_possible(Analyte("sodium", "sodium", "mmol/L", possible_low=90, possible_high=200), 14)
    False
    """
    low, high = analyte.possible_low, analyte.possible_high
    return math.isfinite(value) and (low is None or value >= low) and (high is None or value <= high)


def usual_units(analyte: Analyte) -> tuple[str, ...]:
    """Return the units that laboratories print for an analyte.

    Parameters: analyte. Returns: unit spellings, the analyte's own first.

    >>> usual_units(Analyte("x", "x", "g/L", units={"g/dL": 10.0}))
    ('g/L', 'g/dL')
    """
    special = ("%",) if analyte.id == "hba1c" else ()
    return tuple(dict.fromkeys((analyte.unit, *analyte.units, *special)))


def candidates(analyte: Analyte, value: float) -> list[Candidate]:
    """Return the usual units in which a bare number is possible; units that give the same value count once.

    Parameters: analyte; value, a number without unit. Returns: the possible readings.

    >>> albumin = Analyte("a", "albumin", "g/L", units={"g/dL": 10.0}, possible_low=8, possible_high=70)
    >>> candidates(albumin, 4.1)
    [Candidate(unit='g/dL', value=41.0)]
    """
    found: list[Candidate] = []
    for unit in usual_units(analyte):
        canonical = to_canonical(analyte, value, unit) if value > 0 or unit == analyte.unit else 0.0
        if is_possible(analyte, canonical) and not any(math.isclose(canonical, c.value) for c in found):
            found.append(Candidate(unit, canonical))
    return found


def _distance(value: float, low: float | None, high: float | None) -> float:
    """Return how far a value lies outside an interval, as a natural logarithm of the ratio."""
    if low is not None and 0 < value < low:
        return math.log(low / value)
    if high is not None and value > high > 0:
        return math.log(value / high)
    return 0.0


def slip(analyte: Analyte, value: float, unit: str, low: float | None, high: float | None) -> tuple[str, ...]:
    """Name what was probably meant by an impossible value: another unit, a lost decimal point, or both.

    Parameters: analyte; value and unit, as written; low and high, its interval in the analyte's unit.
    Returns: the likeliest readings, such as "4.1 mmol/L", none when nothing comes near the interval.

    >>> k = Analyte("k", "potassium", "mmol/L", units={"mmol/L": 1}, possible_low=1, possible_high=12)
    >>> slip(k, 41, "mmol/L", 3.5, 5.3)
    ('4.1 mmol/L',)
    """
    scored: list[tuple[float, str]] = []
    written = normal_unit(unit) if unit else ""
    for name in dict.fromkeys((*((written,) if written else ()), *(normal_unit(u) for u in usual_units(analyte)))):
        for shift in _SHIFTS:
            meant = to_canonical(analyte, value * shift, name) if value > 0 else -math.inf
            if not is_possible(analyte, meant) or (name == written and shift == 1.0):
                continue
            score = _distance(meant, low, high) + 0.15 * abs(math.log10(shift)) + 0.1 * (name != written)
            scored.append((round(score, 2), f"{show(value * shift)} {name}".removesuffix(" 1")))
    best = min((s for s, _ in scored), default=math.inf)
    return tuple(dict.fromkeys(text for s, text in scored if s == best)) if best < math.log(3) else ()
