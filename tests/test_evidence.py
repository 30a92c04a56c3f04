"""A promise about the curated data is a test over every item, and the failure says how to repair it."""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from twitchwise.assess.network import build_network
from twitchwise.errors import UnitError
from twitchwise.evidence import Evidence, load_evidence
from twitchwise.evidence.load import DATA
from twitchwise.evidence.types import Cite, Cited
from twitchwise.foods import curated
from twitchwise.units import normal_unit

EVIDENCE = load_evidence()
TABLES = [
    "findings", "sites", "qualifiers", "risks", "tags", "nodes", "factors", "analytes", "lab_findings", "clues",
    "tests", "limits", "triage_rules", "advice", "nutrients", "foods_rich", "caffeine", "claims", "questions", "topics",
    "references", "variation", "intake_effects", "measures", "measure_sizes", "amount_errors", "densities",
    "food_measures", "additions", "screen_questions", "screen_answers", "screen_base", "day_roles", "day_shelves",
    "day_swaps", "day_marks", "day_rules", "day_notes", "skin_types", "sun_rules",
]  # fmt: skip


def walk(item: object, where: str) -> Iterator[tuple[str, object]]:
    """Every part of an item with its place."""
    yield where, item
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        for part in dataclasses.fields(item):
            yield from walk(getattr(item, part.name), f"{where}.{part.name}")
    elif isinstance(item, Mapping):
        for key, value in item.items():
            yield from walk(value, f"{where}[{key}]")
    elif isinstance(item, (list, tuple)):
        for number, value in enumerate(item):
            yield from walk(value, f"{where}[{number}]")


@cache
def parts() -> tuple[tuple[str, object], ...]:
    found = []
    for table in TABLES:
        for key, item in getattr(EVIDENCE, table).items():
            found += list(walk(item, f"{table} {key}"))
    return tuple(found)


def of_kind(kind: type) -> list[tuple[str, typing.Any]]:
    return [(where, item) for where, item in parts() if isinstance(item, kind)]


def show(problems: list[str]) -> None:
    assert not problems, f"{len(problems)} problems, the first: " + "; ".join(problems[:5])


@pytest.mark.parametrize("table", TABLES)
def test_every_table_loads(table: str) -> None:
    assert getattr(EVIDENCE, table), f"data/{table} is empty"


def test_every_source_that_is_cited_is_in_the_bibliography() -> None:
    show([f"{w}: add {c.source!r} to data/sources.toml" for w, c in of_kind(Cite) if c.source not in EVIDENCE.sources])


def test_every_citation_has_a_place() -> None:
    show([f"{w}: say where in {c.source!r} (locator)" for w, c in of_kind(Cite) if not c.locator.strip()])


def test_every_source_is_used() -> None:
    used = {c.source for _, c in of_kind(Cite)} | code_sources() | {food.cite.source for food in curated().foods}
    show([f"{key}: cite it or take it out of data/sources.toml" for key in EVIDENCE.sources if key not in used])


def code_sources() -> set[str]:
    """Keys that the guards of the plan and the formulas of the laboratory cite in code."""
    code = [f.read_text() for f in (DATA.parent).rglob("*.py")]
    return {key for key in EVIDENCE.sources if any(f'"{key}"' in text for text in code)}


def test_every_interval_is_ordered() -> None:
    show(
        [
            f"{w}: low {c.low} <= value {c.value} <= high {c.high} must hold"
            for w, c in of_kind(Cited)
            if not c.low <= c.value <= c.high
        ]
    )


def test_what_is_our_judgement_is_never_called_published_or_verified() -> None:
    show(
        [
            f"{w}: own_judgement cannot be {c.basis}/{c.status}"
            for w, c in of_kind(Cited)
            if c.cite.source == "own_judgement" and (c.basis == "published" or c.status == "verified")
        ]
    )


def test_every_unit_parses() -> None:
    problems = []
    for key, analyte in EVIDENCE.analytes.items():
        for unit in {
            analyte.unit,
            *analyte.units,
            *(r.unit for r in analyte.ranges),
            *(g.unit for g in analyte.grades),
        }:
            try:
                normal_unit(unit)
            except UnitError:
                if unit not in ("", "1", "xULN", *analyte.units):  # times the upper limit
                    problems.append(f"labs/{key}.toml: unit {unit!r} is not known to units.py")
    show(problems)


def test_every_finding_site_and_circumstance_exists() -> None:
    e, problems = EVIDENCE, []
    for key, f in e.findings.items():
        problems += [f"findings {key}: is_a {w!r}" for w in f.is_a if w not in e.findings]
        problems += [f"findings {key}: site {s!r}" for s in f.sites if s not in e.sites]
        problems += [f"findings {key}: when {w!r}" for w in f.when if w not in e.qualifiers]
    show(problems)


def test_every_cause_and_factor_names_things_that_exist() -> None:
    e, problems = EVIDENCE, []
    groups = build_network(e).groups
    for where, table in (("causes", e.nodes), ("factors", e.factors)):
        for key, item in table.items():
            problems += [f"{where} {key}: finding {r.finding!r}" for r in item.findings if r.finding not in e.findings]
            for lead in item.leads_to:
                node = e.nodes.get(lead.target)
                if node is None or lead.to not in node.states:
                    problems.append(f"{where} {key}: leads_to {lead.target!r} {lead.to!r}")
    for key, node in e.nodes.items():
        problems += [f"causes {key}: risk {o.risk!r}" for o in node.odds if o.risk not in e.risks]
        problems += [
            f"causes {key}: state {r.state!r}" for r in (*node.findings, *node.priors) if r.state not in node.states
        ]
        problems += [f"causes {key}: part_of {node.part_of!r}"] if node.part_of and node.part_of not in groups else []
    for key, factor in e.factors.items():
        problems += [f"factors {key}: tag {t!r}" for t in factor.tags if t not in e.tags]
        problems += [f"factors {key}: sets {s.node!r}" for s in factor.sets if s.node not in e.nodes]
        problems += [f"factors {key}: part_of {p!r}" for p in factor.part_of if p not in groups and p not in e.nodes]
    show(problems)


def test_every_finding_that_a_cause_shows_has_a_background_rate() -> None:
    shown = {r.finding for item in (*EVIDENCE.nodes.values(), *EVIDENCE.factors.values()) for r in item.findings}
    show([f"{f}: add it to data/backgrounds.toml" for f in sorted(shown) if EVIDENCE.findings[f].background is None])


def test_emergency_rules_and_laboratory_limits_rest_on_good_sources_or_say_that_they_do_not() -> None:
    problems = []
    for key, rule in EVIDENCE.triage_rules.items():
        good = [c for c in rule.cites if EVIDENCE.sources[c.source].tier in ("A", "B")]
        if rule.level == "emergency" and not good and "our judgement" not in rule.action:
            problems.append(f"triage {key}: cite a tier A or B source, or say that it is our judgement")
    for key, analyte in EVIDENCE.analytes.items():
        for grade in analyte.grades:
            if getattr(grade, "urgent", False) and EVIDENCE.sources[grade.cite.source].tier == "C":
                problems.append(f"labs/{key}.toml {grade.label}: an urgent limit needs a tier A or B source")
    show(problems)


def known_keys(kind: object) -> set[str] | None:
    return set(kind.__dataclass_fields__) if hasattr(kind, "__dataclass_fields__") else None


def misspelt(raw: object, kind: typing.Any, where: str) -> Iterator[str]:
    """Keys in a data file that no field takes: a misspelt key would drop a fact in silence."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        for choice in args:
            if isinstance(raw, dict) and known_keys(choice) is not None:
                yield from misspelt(raw, choice, where)
    elif origin in (tuple, list) and isinstance(raw, list):
        for number, item in enumerate(raw):
            yield from misspelt(item, args[0], f"{where}[{number}]")
    elif isinstance(raw, dict) and known_keys(kind) is not None:
        hints = typing.get_type_hints(kind)
        for key, value in raw.items():
            if key not in hints:
                yield f"{where}: unknown key {key!r}"
            else:
                yield from misspelt(value, hints[key], f"{where}.{key}")


def test_no_key_is_misspelt(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    import twitchwise.evidence.load as load

    original = load._item

    def checked(raw: object, kind: type, where: str) -> object:
        seen.extend(misspelt(raw, kind, where))
        return original(raw, kind, where)

    monkeypatch.setattr(load, "_item", checked)
    fresh = Evidence()
    for table in [*TABLES, "sources"]:
        getattr(fresh, table)
    show(seen)


def test_the_bibliography_is_one_sorted_file() -> None:
    keys = list(tomllib.loads((DATA / "sources.toml").read_text()))
    assert keys == sorted(keys), "sort data/sources.toml by key"
