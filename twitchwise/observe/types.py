"""What a record says, in our names and our units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in the record that was not used: where, what, why, and names to try."""

    where: str
    what: str
    why: str
    try_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """A finding that the record states as present or absent."""

    id: str
    present: bool
    said: str
    origin: str
    where: tuple[str, ...] = ()
    days: float | None = None
    onset: str = ""  # "" | sudden | hours | days | weeks | months
    course: str = ""  # "" | worse | same | better
    when: frozenset[str] = frozenset()  # qualifier ids
    sign: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class FactorSeen:
    """A medicine, supplement, condition, procedure, exposure or habit that the record states or denies."""

    id: str
    kind: str
    present: bool
    said: str
    origin: str
    member: str = ""
    dose_mg_per_day: float | None = None
    dose_said: str = ""
    days: float | None = None  # since it began, or since it happened
    changed_days: float | None = None


@dataclass(frozen=True, slots=True)
class LabSaid:
    """A laboratory line as written."""

    analyte: str  # our id, "" when not known
    said: str
    value: float | None
    word: str  # "" | normal | low | high | very_low | very_high
    comparator: str  # "" | < | >
    unit: str
    range_low: float | None
    range_high: float | None
    on: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class TestSaid:
    """A test in words: EMG, MRI, ECG."""

    __test__ = False

    id: str
    result: str  # normal | abnormal | free words
    said: str
    origin: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What one product brings of a nutrient in a day; `mg_per_day` is None where the record does not say."""

    nutrient: str
    said: str
    origin: str
    mg_per_day: float | None = None  # of the element or vitamin itself
    label_mg: float | None = None  # the weight as written, before the share of the compound
    compound: str = ""
    usual_mg: tuple[float, float] | None = None  # what labels of such a product show, when the amount is not given


@dataclass(frozen=True, slots=True)
class Observations:
    """Everything that the record says, resolved to our vocabulary; what could not be used is in `issues`."""

    age: float | None = None
    sex: str = ""
    pregnant: bool | None = None
    pregnant_weeks: float | None = None
    postpartum_days: float | None = None
    breastfeeding: bool | None = None
    country: str = ""
    weight_kg: float | None = None
    height_cm: float | None = None
    findings: tuple[FindingSeen, ...] = ()
    factors: tuple[FactorSeen, ...] = ()
    labs: tuple[LabSaid, ...] = ()
    tests: tuple[TestSaid, ...] = ()
    risks: frozenset[str] = frozenset()  # ids of data/risks.toml that hold
    clues: frozenset[str] = frozenset()  # ids of data/clues.toml that hold
    doses: Mapping[str, float] = field(default_factory=dict)  # supplement totals, mg per day, by nutrient id
    taken: tuple[Taken, ...] = ()  # the same product by product
    no_medicines: bool = False  # the record says that no medicine is taken
    present: frozenset[str] = frozenset()  # findings present, with everything they are a kind of
    absent: frozenset[str] = frozenset()  # findings absent, with every kind of them
    tags: frozenset[str] = frozenset()  # tags of all factors present
    issues: tuple[Issue, ...] = ()
    unused: tuple[str, ...] = ()  # places of lines that were understood and change nothing
    on: date | None = None

    def factor(self, *ids: str) -> FactorSeen | None:
        """Return the first stated factor with one of these ids.

        Parameters: ids, factor ids. Returns: the factor as stated, or None.

        >>> Observations().factor("statin") is None
        True
        """
        return next((f for f in self.factors if f.present and f.id in ids), None)

    def finding(self, *ids: str) -> FindingSeen | None:
        """Return the first present finding with exactly one of these ids.

        Parameters: ids, finding ids. Returns: the finding as stated, or None.

        >>> Observations().finding("muscle_cramps") is None
        True
        """
        return next((f for f in self.findings if f.present and f.id in ids), None)
