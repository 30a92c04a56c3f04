"""Nutrients: the compounds that carry them, their published upper limits, and the doses known to harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twitchwise.evidence.types import Cite, Cited, Status, Who

Scope = Literal["supplements", "total", "synthetic", "added_salts"]


@dataclass(frozen=True, slots=True)
class Compound:
    """Something on a label that carries a nutrient: its share by mass, or what a usual portion brings."""

    name: str
    synonyms: tuple[str, ...] = ()
    fraction: Cited | None = None  # grams of the nutrient in a gram of the compound
    per_dose: Cited | None = None  # amount in a usual tablet, cup or can, in the unit that it says
    dose: str = ""  # what that portion is: "tablet", "can of 250 mL"
    factor: str = ""  # id of the supplement, exposure or habit that people name
    note: str = ""


@dataclass(frozen=True, slots=True)
class UpperLimit:
    """A daily amount that a body of experts set as the most that is safe for nearly everybody."""

    body: Literal["US", "EU", "UK", "AU"]
    value: float
    unit: str
    scope: Scope
    cite: Cite
    status: Status = "recalled"
    who: Who = field(default_factory=lambda: Who(age_from=18.0))
    note: str = ""


@dataclass(frozen=True, slots=True)
class Harm:
    """A fact about too much of a nutrient, with the amount where one is known."""

    text: str
    cite: Cite
    status: Status = "recalled"
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Nutrient:
    """A nutrient with its names, label units, compounds, upper limits and harms."""

    id: str
    name: str
    unit: Literal["mg", "ug"]
    synonyms: tuple[str, ...] = ()
    units: Mapping[str, Cited] = field(default_factory=dict)  # other label units, in `unit` each: IU, mmol, mEq
    compounds: tuple[Compound, ...] = ()
    upper_limits: tuple[UpperLimit, ...] = ()
    no_limit: str = ""  # why there is none
    harms: tuple[Harm, ...] = ()
    note: str = ""
