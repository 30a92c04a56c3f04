"""What the curated facts are: one frozen dataclass for each kind of data file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Basis = Literal["published", "derived", "elicited"]
Status = Literal["verified", "recalled"]
Read = Literal["", "figure", "word", "list"]  # what a verified page gives: a number, "common", a place in a list


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the bibliography. Tier A original, B faithful copy or abstract, C anything else, own = our
    judgement."""

    title: str
    kind: str
    tier: Literal["A", "B", "C", "own"]
    year: int | None = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """A source key and the place inside the source."""

    source: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A number with its interval, its basis and where it was read."""

    value: float
    low: float
    high: float
    basis: Basis
    cite: Cite
    status: Status = "recalled"
    unit: str = "1"
    note: str = ""
    read: Read = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person feels or an examiner sees, from the closed vocabulary."""

    id: str
    name: str
    group: str
    kind: Literal["symptom", "sign"] = "symptom"
    is_a: tuple[str, ...] = ()
    share: Cited | None = None  # of the wider finding's chance, where a cause states the wider one only
    synonyms: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    hpo: str | None = None
    background: Cited | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A site, a qualifier, a risk or a tag: an id with the words people use for it."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    is_a: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """The people a number holds for; an empty field means everybody."""

    age_from: float = 0.0
    age_to: float = 200.0
    sex: Literal["female", "male", ""] = ""
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Prior:
    """Share of the community that is in a state."""

    state: str
    p: Cited
    who: Who = field(default_factory=Who)


@dataclass(frozen=True, slots=True)
class Odds:
    """A risk that is not itself a node and multiplies the odds of a cause."""

    risk: str
    ratio: Cited


@dataclass(frozen=True, slots=True)
class Shows:
    """Probability that a state (or a factor) by itself produces a finding."""

    finding: str
    p: Cited
    state: str = "present"
    after_days: float = 0.0
    within_days: float | None = None


@dataclass(frozen=True, slots=True)
class Leads:
    """Probability (p), or odds ratio, with which a state or factor brings about a state of another node."""

    target: str
    to: str
    p: Cited | None = None
    odds: Cited | None = None
    state: str = "present"
    after_days: float = 0.0
    within_days: float | None = None
    min_dose: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A cause, a named part of a cause, or an inner mechanism, with its states."""

    id: str
    name: str
    kind: Literal["cause", "part", "mechanism"]
    summary: str
    states: tuple[str, ...] = ("absent", "present")
    part_of: str = ""
    also: tuple[str, ...] = ()
    priors: tuple[Prior, ...] = ()
    odds: tuple[Odds, ...] = ()
    findings: tuple[Shows, ...] = ()
    leads_to: tuple[Leads, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One ingredient of a class of medicines, with its brand names."""

    name: str
    rxnorm: str = ""
    brands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sets:
    """A stated diagnosis or exposure that fixes the state of a node."""

    node: str
    state: str = "present"


@dataclass(frozen=True, slots=True)
class Factor:
    """A medicine, supplement, condition, procedure, exposure or habit that a person can state."""

    id: str
    name: str
    kind: Literal["medicine", "supplement", "condition", "procedure", "exposure", "habit", "diet"]
    synonyms: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    tags: tuple[str, ...] = ()
    is_a: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    sets: tuple[Sets, ...] = ()
    findings: tuple[Shows, ...] = ()
    leads_to: tuple[Leads, ...] = ()
    combines: tuple[tuple[str, ...], ...] = ()  # holds when distinct stated factors fill each group (ids or tag:...)
    note: str = ""
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """Likelihood ratio of a clue for a state of a node against the node's first state."""

    node: str
    ratio: Cited
    state: str = "present"


@dataclass(frozen=True, slots=True)
class Clue:
    """A course, an onset or a test result that is not a finding but speaks for or against causes."""

    id: str
    name: str
    text: str
    weights: tuple[Weight, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A test such as EMG or MRI, with the clue that a normal or abnormal result gives."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    clues: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Range:
    """A reference interval of a laboratory analyte."""

    cite: Cite
    unit: str
    low: float | None = None
    high: float | None = None
    who: Who = field(default_factory=Who)
    status: Status = "recalled"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A named band of an analyte; `urgent` marks the level at which triage acts."""

    label: str
    unit: str
    cite: Cite
    below: float | None = None  # the band holds where value < below
    above: float | None = None  # the band holds where value >= above
    level: Literal["very_low", "low", "normal", "high", "very_high"] | None = None
    urgent: bool = False
    status: Status = "recalled"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """Distribution of an analyte's true value while a node is in a state (log scale where `log`)."""

    node: str
    state: str
    mean: Cited  # in the analyte's unit; the geometric mean where log
    sd: float  # of the true value, or of its natural logarithm where log
    log: bool = False
    given: str = ""  # "" always | low_calcium: the row holds only beside a low calcium


@dataclass(frozen=True, slots=True)
class Analyte:
    """A laboratory analyte: names, units, intervals, bands, limits of the possible, likelihood."""

    id: str
    name: str
    unit: str
    synonyms: tuple[str, ...] = ()
    loinc: tuple[str, ...] = ()
    molar_mass: float | None = None
    valence: int | None = None
    specimen: str = "serum"
    ranges: tuple[Range, ...] = ()
    grades: tuple[Grade, ...] = ()
    truth: tuple[Truth, ...] = ()
    possible_low: float | None = None
    possible_high: float | None = None
    assay_cv: float = 0.03
    within_person_cv: float = 0.05
    units: Mapping[str, float] = field(default_factory=dict)  # usual units: factor to the analyte's unit
    formulas: Mapping[str, Cite] = field(default_factory=dict)  # how it is computed from others, and when not


@dataclass(frozen=True, slots=True)
class Advice:
    """A building block of the plan: what to say, for whom, why, and what guards it."""

    id: str
    kind: str
    text: str
    why: str
    cites: tuple[Cite, ...]
    when: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    order: int = 50
    basis: Basis = "elicited"


@dataclass(frozen=True, slots=True)
class Limit:
    """A published limit used by a triage rule or a guard."""

    id: str
    value: float
    unit: str
    cite: Cite
    basis: Basis = "published"
    status: Status = "recalled"
    note: str = ""
