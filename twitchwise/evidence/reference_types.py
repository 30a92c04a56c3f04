"""Reference values for what people eat, and how intakes vary from day to day and between people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twitchwise.evidence.types import Basis, Cite, Status

ValueKind = Literal["EAR", "RDA", "AR", "PRI", "RNI", "LRNI", "AI", "SI", "CDRR"]
Per = Literal["", "MJ", "1000kcal"]
State = Literal["", "pregnant", "breastfeeding"]
Sex = Literal["", "female", "male"]
Shape = Literal["normal", "lognormal", "percentiles", "unknown"]


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One value and the people it holds for; `age_to` is the first age that is too old."""

    value: float
    age_from: float = 0.0
    age_to: float = 200.0
    sex: Sex = ""
    state: State = ""
    cite: Cite | None = None  # where it differs from the table's
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class ReferenceValues:
    """The values of one kind for one nutrient, a day, or for each MJ or 1000 kcal of a day's energy."""

    nutrient: str
    kind: ValueKind
    unit: Literal["mg", "ug", "g"]
    cite: Cite
    rows: tuple[ReferenceRow, ...]
    per: Per = ""
    status: Status = "recalled"
    basis: Basis = "published"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How requirements differ between people: `cv` as a share of the average, or percentiles; "unknown" says so.

    Without `cv` the spread is worked out from the average requirement and the amount that covers nearly everybody.
    """

    nutrient: str
    shape: Shape
    cite: Cite
    cv: float | None = None
    percentiles: tuple[tuple[float, float], ...] = ()  # percent of people, requirement
    age_from: float = 0.0
    age_to: float = 200.0
    sex: Sex = ""
    status: Status = "recalled"
    basis: Basis = "published"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """All reference values of one body of experts."""

    id: Literal["US", "EU", "UK"]
    name: str
    values: tuple[ReferenceValues, ...]
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True, slots=True)
class VariationGroup:
    """People of one sex and age: mean and standard deviations on the transformed scale."""

    sex: Sex
    age_from: float
    age_to: float
    people: int
    mean: float
    within: float  # from day to day, in one person
    between: float  # between people's usual intakes


@dataclass(frozen=True, slots=True)
class Variation:
    """How the intake of a nutrient from food varies, on the scale ((x ^ power) - 1) / power."""

    id: str  # the nutrient
    unit: str
    power: float
    groups: tuple[VariationGroup, ...]
    cite: Cite
    status: Status = "recalled"
    basis: Basis = "derived"
