"""Every factor and nutrient: it loads, its facts resolve, and a failure says how to repair it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from twitchwise.evidence import load_evidence
from twitchwise.evidence.nutrient_types import Nutrient
from twitchwise.evidence.types import Cite, Cited, Factor, Leads, Shows, Source

DATA = Path(__file__).resolve().parent.parent / "twitchwise" / "data"
KINDS = {
    "medicines": "medicine",
    "conditions": "condition",
    "procedures": "procedure",
    "exposures": "exposure",
    "habits": "habit",
    "supplements": "supplement",
}
UNIONS = {"medication_effect", "toxin", "other"}
FILES = [path for folder in KINDS for path in sorted((DATA / folder).glob("*.toml"))]
NUTRIENTS = sorted((DATA / "nutrients").glob("*.toml"))
IDS = frozenset(path.stem for path in FILES)
DOSE = re.compile(r"^\d+(\.\d+)? mg/day$")


def name_of(path: Path) -> str:
    """Return folder/file, the name of a case."""
    return f"{path.parent.name}/{path.name}"


def raw_of(path: Path) -> dict[str, Any]:
    """Read a data file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def factor_of(path: Path) -> Factor:
    """Read a factor."""
    return msgspec.convert(raw_of(path), Factor)


@cache
def nutrient_of(path: Path) -> Nutrient:
    """Read a nutrient."""
    return msgspec.convert(raw_of(path), Nutrient)


@cache
def ids_of(table: str) -> set[str]:
    """Return the ids of a closed list."""
    return {item["id"] for item in raw_of(DATA / f"{table}.toml")[table]}


@cache
def sources() -> dict[str, Source]:
    """Read the whole bibliography."""
    return {key: msgspec.convert(raw, Source) for key, raw in raw_of(DATA / "sources.toml").items()}


@cache
def states() -> dict[str, tuple[str, ...]]:
    """Return the states of every cause, part and mechanism."""
    found = {}
    for path in (DATA / "causes").glob("*.toml"):
        raw = raw_of(path)
        found[raw["id"]] = tuple(raw.get("states", ("absent", "present")))
    return found


def inside(item: object, kind: type) -> Iterator[Any]:
    """Walk everything of one kind inside an item."""
    if isinstance(item, kind):
        yield item
    if isinstance(item, (tuple, list)):
        for one in item:
            yield from inside(one, kind)
    elif isinstance(item, dict):
        for one in item.values():
            yield from inside(one, kind)
    elif hasattr(item, "__dataclass_fields__"):
        for field in item.__dataclass_fields__:
            yield from inside(getattr(item, field), kind)


def unknown(raw: object, known: object, where: str) -> list[str]:
    """Return the keys of a file that no dataclass has, at any depth."""
    if isinstance(raw, list):
        assert isinstance(known, (list, tuple))
        return [w for n, (a, b) in enumerate(zip(raw, known, strict=True)) for w in unknown(a, b, f"{where}[{n}]")]
    if not isinstance(raw, dict):
        return []
    assert isinstance(known, dict)
    wrong = [f"{where}.{key}" for key in raw if key not in known]
    return wrong + [w for key in raw if key in known for w in unknown(raw[key], known[key], f"{where}.{key}")]


def words_of(factor: Factor) -> list[str]:
    """Return every word by which people name a factor."""
    members = [word for m in factor.members for word in (m.name, *m.brands)]
    return sorted({" ".join(w.casefold().split()) for w in (factor.name, *factor.synonyms, *members)})


def overlap(a: Leads | Shows, b: Leads | Shows) -> bool:
    """Say whether two time windows have a day in common."""
    ends = [row.within_days if row.within_days is not None else float("inf") for row in (a, b)]
    return a.after_days < ends[1] and b.after_days < ends[0]


def check_cites(item: object, where: str) -> None:
    """Every citation leads to a source, and our own judgement gives its reason."""
    for cite in inside(item, Cite):
        assert cite.source in sources(), f"{where}: add {cite.source!r} to data/sources.toml"
        assert cite.source != "own_judgement" or cite.locator, f"{where}: say in the locator why we judge so"


def check_numbers(item: object, where: str) -> None:
    """Every interval is ordered."""
    for number in inside(item, Cited):
        assert 0 <= number.low <= number.value <= number.high, f"{where}: order low <= value <= high in {number}"
        is_own = number.cite.source == "own_judgement"
        assert not (is_own and number.status == "verified"), f"{where}: our own judgement cannot be verified: {number}"
        assert not (is_own and number.basis == "published"), f"{where}: our own judgement is not published: {number}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_factor_loads_without_unknown_keys(path: Path) -> None:
    factor = factor_of(path)
    wrong = unknown(raw_of(path), msgspec.to_builtins(factor), path.stem)
    assert not wrong, f"remove or correct {wrong}: evidence/types.py names the keys"
    assert factor.id == path.stem, f"rename the file to {factor.id}.toml"
    assert factor.kind == KINDS[path.parent.name], f"move the file: its kind is {factor.kind}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_factor_ids_resolve(path: Path) -> None:
    factor, findings, tags, known = factor_of(path), ids_of("findings"), ids_of("tags"), states()
    for tag in factor.tags:
        assert tag in tags, f"{path.stem}: {tag!r} is not in data/tags.toml"
    for parent in factor.is_a:
        assert parent in IDS, f"{path.stem}: no file defines {parent!r}; correct is_a"
    for part in factor.part_of:
        assert part in known or part in UNIONS, f"{path.stem}: {part!r} is not a cause; correct part_of"
    for row in factor.findings:
        assert row.finding in findings, f"{path.stem}: {row.finding!r} is not in data/findings.toml"
    for one in factor.sets:
        assert one.state in known.get(one.node, ()), (
            f"{path.stem}: sets {one.node}:{one.state} is no state of data/causes"
        )
    for lead in factor.leads_to:
        assert lead.to in known.get(lead.target, ())[1:], (
            f"{path.stem}: {lead.target}:{lead.to} is no state of data/causes"
        )


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_factor_numbers_and_citations(path: Path) -> None:
    factor = factor_of(path)
    check_cites(factor, path.stem)
    check_numbers(factor, path.stem)
    assert factor.cite is not None, f"{path.stem}: add cite = {{ source = ..., locator = ... }}"
    for row in factor.findings:
        assert row.p.high <= 1, f"{path.stem}: {row.finding}: a probability is at most 1"
    for lead in factor.leads_to:
        assert (lead.p is None) != (lead.odds is None), f"{path.stem}: {lead.target}: give p or odds, not both"
        assert lead.p is None or lead.p.high <= 1, f"{path.stem}: {lead.target}: a probability is at most 1"
        assert lead.odds is None or lead.odds.low > 0, f"{path.stem}: {lead.target}: an odds ratio is above 0"
        assert not lead.min_dose or DOSE.match(lead.min_dose), f"{path.stem}: write min_dose as '12 mg/day'"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_factor_says_each_thing_once(path: Path) -> None:
    factor = factor_of(path)
    for a, b in combinations(factor.findings, 2):
        same = (a.finding, a.state) == (b.finding, b.state)
        assert not (same and overlap(a, b)), f"{path.stem}: {a.finding} twice for the same days: keep one"
    for one, two in combinations(factor.leads_to, 2):
        keys = [(row.target, row.to, row.state, row.min_dose) for row in (one, two)]
        assert keys[0] != keys[1] or not overlap(one, two), f"{path.stem}: {keys[0]} twice for the same days: keep one"
    timed: tuple[Leads | Shows, ...] = (*factor.findings, *factor.leads_to)
    for row in timed:
        assert row.within_days is None or row.after_days < row.within_days, (
            f"{path.stem}: after_days < within_days in {row}"
        )
    acts = factor.findings and factor.kind in ("condition", "procedure", "habit")
    assert not acts or factor.part_of, f"{path.stem}: say part_of: whose effect are its findings?"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_members_have_sound_codes(path: Path) -> None:
    codes = [m.rxnorm for m in factor_of(path).members if m.rxnorm]
    assert len(codes) == len(set(codes)), f"{path.stem}: one RxNorm code stands for two members"
    assert all(code.isdigit() for code in codes), f"{path.stem}: an RxNorm code is a number"


def test_no_word_names_two_factors() -> None:
    owner: dict[str, str] = {}
    for path in FILES:
        for word in words_of(factor_of(path)):
            assert word, f"{path.stem}: remove the empty word"
            assert word not in owner, f"{word!r} names {owner.get(word)} and {path.stem}: keep it in one of them"
            owner[word] = path.stem
    assert len({p.stem for p in FILES}) == len(FILES), "two factors share an id: rename one file and its id"


def test_there_is_enough() -> None:
    counts = {kind: sum(factor_of(p).kind == kind for p in FILES) for kind in KINDS.values()}
    least = {"medicine": 70, "condition": 75, "procedure": 12, "exposure": 30, "supplement": 25, "habit": 9}
    assert all(counts[kind] >= number for kind, number in least.items()), f"fewer than {least}: {counts}"


@pytest.mark.parametrize("path", NUTRIENTS, ids=name_of)
def test_nutrient_is_sound(path: Path) -> None:
    nutrient = nutrient_of(path)
    wrong = unknown(raw_of(path), msgspec.to_builtins(nutrient), path.stem)
    assert not wrong, f"remove or correct {wrong}: evidence/nutrient_types.py names the keys"
    assert nutrient.id == path.stem, f"rename the file to {nutrient.id}.toml"
    check_cites(nutrient, path.stem)
    check_numbers(nutrient, path.stem)
    assert nutrient.upper_limits or nutrient.no_limit, (
        f"{path.stem}: give upper_limits, or say in no_limit why there is none"
    )
    for limit in nutrient.upper_limits:
        assert limit.unit == f"{nutrient.unit}/day", f"{path.stem}: write the {limit.body} limit in {nutrient.unit}/day"


@pytest.mark.parametrize("path", NUTRIENTS, ids=name_of)
def test_compounds_are_sound(path: Path) -> None:
    nutrient, ids = nutrient_of(path), IDS
    names = [word.casefold() for c in nutrient.compounds for word in (c.name, *c.synonyms)]
    assert len(names) == len(set(names)), f"{path.stem}: a compound name stands twice: {sorted(names)}"
    for compound in nutrient.compounds:
        where = f"{path.stem}: {compound.name}"
        assert (compound.fraction is None) != (compound.per_dose is None), f"{where}: give fraction or per_dose"
        assert not compound.factor or compound.factor in ids, f"{where}: no factor {compound.factor!r}"
        assert compound.per_dose is None or compound.dose, f"{where}: say in `dose` what the portion is"
        assert compound.per_dose is None or compound.per_dose.unit == nutrient.unit, (
            f"{where}: per_dose in {nutrient.unit}"
        )


def p_of(folder: str, stem: str, finding: str) -> float:
    """Return what a factor by itself gives a finding."""
    return max(
        (r.p.value for r in factor_of(DATA / folder / f"{stem}.toml").findings if r.finding == finding), default=0.0
    )


def test_a_statin_explains_few_cramps() -> None:
    assert p_of("medicines", "statin", "muscle_cramps") <= 0.03
    assert p_of("medicines", "statin", "muscle_pain") <= 0.03
    assert p_of("medicines", "statin", "muscle_twitching") < 0.01


def test_known_culprits_outweigh_harmless_medicines() -> None:
    assert p_of("medicines", "lithium", "fine_tremor") > p_of("medicines", "ssri", "fine_tremor") > 0
    assert p_of("medicines", "cholinesterase_inhibitor", "muscle_twitching") > p_of(
        "medicines", "statin", "muscle_twitching"
    )
    spray = next(
        row for row in load_evidence().factors["organophosphate"].leads_to if row.target == "cholinergic_poisoning"
    )
    twitch = next(s for s in load_evidence().nodes["cholinergic_poisoning"].findings if s.finding == "muscle_twitching")
    assert spray.p and spray.p.value * twitch.p.value > 0.1
    assert p_of("medicines", "paracetamol", "muscle_twitching") == 0.0
