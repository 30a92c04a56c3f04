"""What a person writes down, as written: every part and every field may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Slip:
    """A small mistake in the record: where, what was written, why it was not used, names to try."""

    where: str
    what: str
    why: str
    try_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonPart:
    """Who it is about; texts stay as written ("70 kg", "24 weeks")."""

    age: str = ""
    sex: str = ""
    weight: str = ""
    height: str = ""
    pregnant: str = ""
    postpartum: str = ""
    breastfeeding: str = ""
    skin: str = ""
    latitude: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A complaint, a denied complaint, or a sign that an examiner saw."""

    what: str = ""
    where: tuple[str, ...] = ()
    since: str = ""
    onset: str = ""
    course: str = ""
    when: tuple[str, ...] = ()
    note: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class DrugLine:
    """A medicine or a supplement."""

    name: str = ""
    dose: str = ""
    since: str = ""
    changed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A condition, a procedure or an exposure."""

    what: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LabLine:
    """A laboratory result as printed."""

    test: str = ""
    value: str = ""
    range: str = ""
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TestLine:
    """A test in words: ECG, EMG, MRI."""

    __test__ = False

    what: str = ""
    result: str = ""
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """A line of a food diary as written, or as a diary program exported it."""

    text: str = ""  # "2 slices wholemeal toast with butter", or the food's name alone where `grams` is given
    day: str = ""  # "2026-11-01", "day 2" or "" when the diary names no day
    meal: str = ""
    grams: float | None = None  # where the file gives them; they outrank what the text says
    amount: str = ""  # as the file writes it beside the food: "2 slice", "1 cup"
    nutrients: Mapping[str, float] = field(default_factory=dict)  # whole amounts that the file itself gives, our units
    code: str = ""  # a food of a table, "fndds:11100000", where the file names one
    supplement: bool = False
    where: str = ""  # "march.csv line 3"


@dataclass(frozen=True, slots=True)
class DietPart:
    """How the person eats; `diary` names a file beside the record, which the door reads into `lines`."""

    pattern: str = ""
    diary: str = ""
    note: str = ""
    lines: tuple[DiaryLine, ...] = ()
    screen: Mapping[str, str] = field(default_factory=dict)  # answers of the 12-question screen: "dairy" -> "2 a day"
    reference: str = ""  # whose reference values: US (the usual), EU, UK
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """All that a person wrote; `slips` holds what could not be read, nothing is lost in silence."""

    person: PersonPart = PersonPart()
    findings: tuple[FindingLine, ...] = ()
    absent: tuple[FindingLine, ...] = ()
    signs: tuple[FindingLine, ...] = ()
    medicines: tuple[DrugLine, ...] = ()
    supplements: tuple[DrugLine, ...] = ()
    conditions: tuple[HistoryLine, ...] = ()
    procedures: tuple[HistoryLine, ...] = ()
    exposures: tuple[HistoryLine, ...] = ()
    diet: DietPart = DietPart()
    habits: Mapping[str, str] = field(default_factory=dict)
    labs: tuple[LabLine, ...] = ()
    tests: tuple[TestLine, ...] = ()
    slips: tuple[Slip, ...] = ()
