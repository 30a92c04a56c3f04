"""The only reader of the curated data: TOML files become frozen dataclasses, or a clear EvidenceError."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tomli

from twitchwise.errors import EvidenceError
from twitchwise.evidence import day_types as dt
from twitchwise.evidence import food_types as ft
from twitchwise.evidence import types as t
from twitchwise.evidence.ask_types import Wording
from twitchwise.evidence.intake_types import IntakeEffect
from twitchwise.evidence.more_types import Background, Caffeine, Food, LabFinding, Recognised
from twitchwise.evidence.nutrient_types import Nutrient
from twitchwise.evidence.reference_types import ReferenceSet, Variation
from twitchwise.evidence.topic_types import Topic
from twitchwise.evidence.triage_types import TriageRule
from twitchwise.evidence.voice_types import Claim, Question

DATA = Path(__file__).resolve().parent.parent / "data"
FACTOR_FOLDERS = ("medicines", "conditions", "procedures", "exposures", "habits", "supplements")
Item = TypeVar("Item")


def read_toml(path: Path) -> dict[str, Any]:
    """Read one data file.

    Parameters: path, a TOML file below data/. Returns: its tables. Raises: EvidenceError, naming the file.

    >>> "findings" in read_toml(DATA / "findings.toml")
    True
    """
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise EvidenceError(f"{path.relative_to(DATA)}: {error}") from error


def _convert(raw: object, kind: type[Item], where: str) -> Item:
    try:
        return msgspec.convert(raw, type=kind)
    except msgspec.ValidationError as error:
        raise EvidenceError(f"{where}: {error}") from error


def _check_keys(raw: object, kind: Any, where: str) -> None:
    """Refuse unknown keys: a misspelt key must not silently drop a fact."""
    if isinstance(raw, dict) and hasattr(kind, "__dataclass_fields__"):
        unknown = set(raw) - set(kind.__dataclass_fields__)
        if unknown:
            raise EvidenceError(f"{where}: unknown key {sorted(unknown)[0]!r}")


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.rglob("*.toml"))) if folder.is_dir() else iter(())


def _item(raw: object, kind: type[Item], where: str) -> Item:
    _check_keys(raw, kind, where)
    return _convert(raw, kind, where)


class Evidence:
    """All curated facts below one folder; each table is read when it is first asked for."""

    def __init__(self, root: Path = DATA) -> None:
        self.root = root

    def _table(self, name: str, key: str, kind: type[Item]) -> dict[str, Item]:
        """Read `[[key]]` items from one file or from every file of a folder, by id."""
        path = self.root / f"{name}.toml"
        paths = [path] if path.exists() else list(_files(self.root / name))
        items: dict[str, Item] = {}
        for file in paths:
            for number, raw in enumerate(read_toml(file).get(key, ())):
                where = f"{file.name}: {key}[{number}]"
                self._add(items, _item(raw, kind, where), where)
        return items

    def _each(self, folder: str, kind: type[Item]) -> dict[str, Item]:
        """Read one item from every file of a folder, by id."""
        items: dict[str, Item] = {}
        for file in _files(self.root / folder):
            where = f"{folder}/{file.name}"
            self._add(items, _item(read_toml(file), kind, where), where)
        return items

    @staticmethod
    def _add(items: dict[str, Item], item: Item, where: str) -> None:
        key = getattr(item, "id", None) or getattr(item, "finding", None)
        if not isinstance(key, str) or key in items:
            raise EvidenceError(f"{where}: the id {key!r} is missing or used twice")
        items[key] = item

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with any change of the data."""
        digest = hashlib.sha256()
        for file in sorted((*_files(self.root), *self.root.rglob("*.csv"))):
            digest.update(file.relative_to(self.root).as_posix().encode())
            digest.update(file.read_bytes())
        return digest.hexdigest()[:12]

    @cached_property
    def sources(self) -> Mapping[str, t.Source]:
        """The bibliography by key."""
        raw = read_toml(self.root / "sources.toml")
        return {key: _item(entry, t.Source, f"sources.toml: {key}") for key, entry in raw.items()}

    @cached_property
    def findings(self) -> Mapping[str, t.Finding]:
        """The closed vocabulary of findings, with their background rates."""
        found = self._table("findings", "findings", t.Finding)
        rates = self._table("backgrounds", "backgrounds", Background)
        for key in rates:
            if key not in found:
                raise EvidenceError(f"backgrounds.toml: {key!r} is not a finding")
        return {k: replace(f, background=rates[k].p) if k in rates else f for k, f in found.items()}

    @cached_property
    def sites(self) -> Mapping[str, t.Word]:
        """Places on the body."""
        return self._table("sites", "sites", t.Word)

    @cached_property
    def qualifiers(self) -> Mapping[str, t.Word]:
        """Circumstances of a finding."""
        return self._table("qualifiers", "qualifiers", t.Word)

    @cached_property
    def risks(self) -> Mapping[str, t.Word]:
        """Circumstances that shift the odds of a cause."""
        return self._table("risks", "risks", t.Word)

    @cached_property
    def tags(self) -> Mapping[str, t.Word]:
        """What a medicine or condition means for triage and guards."""
        return self._table("tags", "tags", t.Word)

    @cached_property
    def nodes(self) -> Mapping[str, t.Node]:
        """Causes, parts of causes and mechanisms."""
        return self._each("causes", t.Node)

    @cached_property
    def factors(self) -> Mapping[str, t.Factor]:
        """Medicines, supplements, conditions, procedures, exposures and habits."""
        found: dict[str, t.Factor] = {}
        for folder in FACTOR_FOLDERS:
            for key, factor in self._each(folder, t.Factor).items():
                if key in found:
                    raise EvidenceError(f"{folder}/{key}.toml: the id {key!r} is used twice")
                found[key] = factor
        return found

    @cached_property
    def analytes(self) -> Mapping[str, t.Analyte]:
        """Laboratory analytes."""
        return self._each("labs", t.Analyte)

    @cached_property
    def lab_findings(self) -> Mapping[str, LabFinding]:
        """Laboratory results that stand for findings."""
        return self._table("lab_findings", "lab_findings", LabFinding)

    @cached_property
    def recognised(self) -> Mapping[str, Recognised]:
        """Names that are understood although nothing depends on them."""
        return self._table("recognised", "recognised", Recognised)

    @cached_property
    def clues(self) -> Mapping[str, t.Clue]:
        """Courses, onsets and test results that speak for or against causes."""
        return self._table("clues", "clues", t.Clue)

    @cached_property
    def tests(self) -> Mapping[str, t.Named]:
        """Tests in words: EMG, MRI, ECG."""
        return self._table("tests", "tests", t.Named)

    @cached_property
    def limits(self) -> Mapping[str, t.Limit]:
        """Limits that triage rules and guards use."""
        return self._table("triage", "limits", t.Limit)

    @cached_property
    def triage_rules(self) -> Mapping[str, TriageRule]:
        """What each triage rule says and rests on."""
        return self._table("triage", "rules", TriageRule)

    @cached_property
    def advice(self) -> Mapping[str, t.Advice]:
        """Building blocks of the plan."""
        return self._table("advice", "advice", t.Advice)

    @cached_property
    def nutrients(self) -> Mapping[str, Nutrient]:
        """Nutrients with their supplement forms and upper limits."""
        return self._each("nutrients", Nutrient)

    @cached_property
    def references(self) -> Mapping[str, ReferenceSet]:
        """Reference values for what people eat, by body: US, EU, UK."""
        return self._each("references", ReferenceSet)

    @cached_property
    def variation(self) -> Mapping[str, Variation]:
        """How intakes vary from day to day and between people, by nutrient."""
        return self._table("variation", "variation", Variation)

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """What the pages of explain and compare say in sentences."""
        return self._each("topics", Topic)

    @cached_property
    def intake_effects(self) -> Mapping[str, IntakeEffect]:
        """What a usual intake says about a state."""
        return self._table("intake_effects", "effects", IntakeEffect)

    @cached_property
    def foods_rich(self) -> Mapping[str, Food]:
        """Plain foods that carry the nutrients of the plan."""
        return self._table("foods_rich", "foods", Food)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """What popular articles say, with a verdict."""
        return self._table("claims", "claims", Claim)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """What people ask, with plain answers."""
        return self._table("questions", "questions", Question)

    @cached_property
    def wordings(self) -> Mapping[str, Wording]:
        """How the questions of `ask` are worded."""
        return self._table("ask", "questions", Wording)

    @cached_property
    def caffeine(self) -> Mapping[str, Caffeine]:
        """Caffeine in common drinks."""
        return self._table("caffeine", "drinks", Caffeine)

    @cached_property
    def measures(self) -> Mapping[str, ft.Measure]:
        """Household measures of a food diary."""
        return self._table("measures", "measures", ft.Measure)

    @cached_property
    def measure_sizes(self) -> Mapping[str, ft.SizeWord]:
        """What "small" and "large" mean."""
        return self._table("measures", "sizes", ft.SizeWord)

    @cached_property
    def amount_errors(self) -> Mapping[str, ft.AmountError]:
        """How far off a written amount may be."""
        return self._table("measures", "errors", ft.AmountError)

    @cached_property
    def densities(self) -> Mapping[str, ft.Density]:
        """Grams in a millilitre, by kind of food."""
        return self._table("measures", "densities", ft.Density)

    @cached_property
    def food_measures(self) -> Mapping[str, ft.FoodMeasure]:
        """What a measure means for some foods."""
        return self._table("measures", "food_measures", ft.FoodMeasure)

    @cached_property
    def additions(self) -> Mapping[str, ft.Addition]:
        """How much people put on or into another food."""
        return self._table("measures", "additions", ft.Addition)

    @cached_property
    def screen_questions(self) -> Mapping[str, ft.ScreenQuestion]:
        """The questions for people without a diary."""
        return self._table("screen", "questions", ft.ScreenQuestion)

    @cached_property
    def screen_answers(self) -> Mapping[str, ft.ScreenAnswer]:
        """The answers that may be chosen."""
        return self._table("screen", "answers", ft.ScreenAnswer)

    @cached_property
    def screen_base(self) -> Mapping[str, ft.ScreenBase]:
        """What the rest of the diet brings."""
        return self._table("screen", "base", ft.ScreenBase)

    @cached_property
    def day_roles(self) -> Mapping[str, dt.Role]:
        """The parts that foods play in a meal, in the order in which they are tried."""
        return self._table("day_plan", "roles", dt.Role)

    @cached_property
    def day_shelves(self) -> Mapping[str, dt.Shelf]:
        """Groups of official tables in terms of ours."""
        return self._table("day_plan", "shelves", dt.Shelf)

    @cached_property
    def day_swaps(self) -> Mapping[str, dt.RoleSwap]:
        """Which role may stand in for which."""
        return self._table("day_plan", "swaps", dt.RoleSwap)

    @cached_property
    def day_marks(self) -> Mapping[str, dt.Mark]:
        """What foods hold, by the words of their names, and whom it is kept from."""
        return self._table("day_plan", "marks", dt.Mark)

    @cached_property
    def day_rules(self) -> Mapping[str, dt.DayRule]:
        """Numbers that shape the plan of the day."""
        return self._table("day_plan", "rules", dt.DayRule)

    @cached_property
    def day_notes(self) -> Mapping[str, dt.DayNote]:
        """Sentences beside the plan of the day."""
        return self._table("day_plan", "notes", dt.DayNote)

    @cached_property
    def skin_types(self) -> Mapping[str, dt.SkinType]:
        """Types of skin and what reddens them."""
        return self._table("sun", "skin", dt.SkinType)

    @cached_property
    def sun_rules(self) -> Mapping[str, dt.SunRule]:
        """Numbers of the sun estimate."""
        return self._table("sun", "rules", dt.SunRule)


_CACHE: dict[Path, Evidence] = {}


def load_evidence(root: Path = DATA) -> Evidence:
    """Return the curated facts; the same object each time for the same folder.

    Parameters: root, folder of the data files. Returns: the facts. Raises: EvidenceError when a table is asked
    for and wrong.

    >>> load_evidence() is load_evidence()
    True
    """
    return _CACHE.setdefault(root, Evidence(root))
