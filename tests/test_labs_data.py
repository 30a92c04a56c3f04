"""Promises about the analyte files, one by one; a failure says how to repair the file."""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from typing import Any

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.evidence.analyte_names import _PANELS, panel_members, resolve_analyte
from twitchwise.evidence.load import DATA
from twitchwise.evidence.types import Analyte, Cite, Cited, Grade
from twitchwise.labs.convert import to_canonical
from twitchwise.labs.ranges import TIMES_UPPER, Person, interval_for
from twitchwise.units import normal_unit

EVIDENCE = load_evidence()
FILES = sorted((DATA / "labs").glob("*.toml"))
ALL = sorted(EVIDENCE.analytes.values(), key=lambda a: a.id)
WANTED = (
    "magnesium red_cell_magnesium urine_magnesium ionised_magnesium calcium adjusted_calcium "
    "ionised_calcium urine_calcium albumin potassium urine_potassium sodium phosphate creatinine egfr "
    "urea vitamin_d pth vitamin_b12 active_b12 mma homocysteine folate vitamin_b6 thiamine tsh free_t4 "
    "free_t3 ck myoglobin_urine glucose hba1c bicarbonate chloride ph pco2 anion_gap haemoglobin mcv "
    "white_cells platelets ferritin crp esr lactate alt ast ggt bilirubin alp ldh renin aldosterone "
    "cortisol lithium gad_antibodies vgkc_antibodies achr_antibodies ttg_antibodies caeruloplasmin qtc "
    "inr lipase "
).split()
each = pytest.mark.parametrize("analyte", ALL, ids=lambda a: a.id)


def _inner(hint: Any) -> list[Any]:
    """Return the dataclasses that a type hint can hold."""
    if dataclasses.is_dataclass(hint):
        return [hint]
    parts = [p for p in typing.get_args(hint) if not isinstance(p, types.EllipsisType)]
    return [found for part in parts for found in _inner(part)]


def _unknown_keys(raw: Any, kind: Any, where: str) -> list[str]:
    """Return every key, at any depth, that the dataclass does not have."""
    if isinstance(raw, list):
        return [bad for n, item in enumerate(raw) for bad in _unknown_keys(item, kind, f"{where}[{n}]")]
    if not isinstance(raw, Mapping):
        return []
    hints = typing.get_type_hints(kind)
    found = [f"{where}.{key}" for key in raw if key not in hints]
    for key, value in raw.items():
        kinds = _inner(hints.get(key, str))
        if kinds and typing.get_origin(hints[key]) is not Mapping:
            found += _unknown_keys(value, kinds[0], f"{where}.{key}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_key_is_misspelt_at_any_depth(path: Any) -> None:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    assert not _unknown_keys(raw, Analyte, path.stem), "correct the spelling of these keys, or add the field"
    assert raw["id"] == path.stem, "name the file after its id"


def test_every_analyte_that_the_record_may_name_is_there() -> None:
    assert set(WANTED) <= set(EVIDENCE.analytes)


def _cites(item: Any) -> list[Cite]:
    if isinstance(item, Cite):
        return [item]
    if isinstance(item, Mapping):
        return [c for value in item.values() for c in _cites(value)]
    if isinstance(item, tuple):
        return [c for value in item for c in _cites(value)]
    if dataclasses.is_dataclass(item):
        return [c for field in dataclasses.fields(item) for c in _cites(getattr(item, field.name))]
    return []


@each
def test_every_citation_exists_and_has_a_place(analyte: Analyte) -> None:
    for cite in _cites(analyte):
        assert cite.source in EVIDENCE.sources, f"{analyte.id}: add {cite.source!r} to data/sources"
        assert cite.locator, f"{analyte.id}: say where in {cite.source} the number stands"


@each
def test_units_parse_and_lead_to_the_unit_of_the_analyte(analyte: Analyte) -> None:
    normal_unit(analyte.unit)
    assert normal_unit(analyte.unit) == analyte.unit, f"{analyte.id}: write the unit as {normal_unit(analyte.unit)}"
    assert analyte.unit in analyte.units, f"{analyte.id}: list its own unit in `units`"
    for unit, factor in analyte.units.items():
        assert factor > 0, f"{analyte.id}: the factor of {unit} must be positive"
        assert to_canonical(analyte, 1.0, unit) == pytest.approx(factor)
    for item in (*analyte.ranges, *analyte.grades):
        assert item.unit == TIMES_UPPER or to_canonical(analyte, 1.0, item.unit) > 0, f"{analyte.id}: unit {item.unit}"


@each
def test_the_factor_of_a_usual_unit_agrees_with_the_molar_mass(analyte: Analyte) -> None:
    bare = dataclasses.replace(analyte, units={})
    if analyte.molar_mass is None or analyte.id == "albumin":
        return
    for unit, factor in analyte.units.items():
        assert to_canonical(bare, 1.0, unit) == pytest.approx(factor, rel=2e-3), f"{analyte.id}: {unit}"


@each
def test_intervals_are_ordered_and_possible(analyte: Analyte) -> None:
    assert analyte.possible_low is not None and analyte.possible_high is not None
    assert analyte.possible_low < analyte.possible_high
    for item in analyte.ranges:
        assert item.low is not None or item.high is not None, f"{analyte.id}: an interval needs a bound"
        bounds = [to_canonical(analyte, b, item.unit) for b in (item.low, item.high) if b is not None]
        assert bounds == sorted(bounds), f"{analyte.id}: low must be below high"
        assert all(analyte.possible_low <= b <= analyte.possible_high for b in bounds), f"{analyte.id}: {bounds}"


def _bands(analyte: Analyte, key: str) -> list[tuple[float, Grade]]:
    found = []
    for grade in analyte.grades:
        bound = getattr(grade, key)
        if bound is not None:
            factor = 1.0 if grade.unit == TIMES_UPPER else to_canonical(analyte, 1.0, grade.unit)
            found.append((bound * factor, grade))
    return sorted(found, key=lambda pair: pair[0])


@each
def test_graded_bands_grow_worse_outwards(analyte: Analyte) -> None:
    order = ["normal", "low", "very_low"]
    low = [g for _, g in reversed(_bands(analyte, "below"))]
    assert [order.index(str(g.level)) for g in low] == sorted(order.index(str(g.level)) for g in low), analyte.id
    order = ["normal", "high", "very_high"]
    high = [g for _, g in _bands(analyte, "above")]
    assert [order.index(str(g.level)) for g in high] == sorted(order.index(str(g.level)) for g in high), analyte.id
    for bands in (low, high):
        urgent = [g.urgent for g in bands]
        assert urgent == sorted(urgent), f"{analyte.id}: beyond an urgent band every band is urgent"


@each
def test_every_urgent_limit_rests_on_an_original_or_a_faithful_copy(analyte: Analyte) -> None:
    for grade in analyte.grades:
        if grade.urgent:
            tier = EVIDENCE.sources[grade.cite.source].tier
            assert tier in "AB", f"{analyte.id} {grade.label}: find a source of tier A or B, this is {tier}"
            assert grade.level in ("very_low", "very_high")


@each
def test_an_urgent_limit_lies_outside_the_adult_interval(analyte: Analyte) -> None:
    for sex in ("female", "male"):
        interval = interval_for(analyte, Person(40, sex))
        for key in ("below", "above"):
            for bound, grade in _bands(analyte, key):
                if interval is None or not grade.urgent or grade.unit == TIMES_UPPER:
                    continue
                assert interval.low is None or key == "above" or bound < interval.low, f"{analyte.id} {grade.label}"
                assert interval.high is None or key == "below" or bound > interval.high, f"{analyte.id} {grade.label}"


@each
def test_distributions_are_possible_and_belong_to_known_nodes(analyte: Analyte) -> None:
    assert analyte.possible_low is not None and analyte.possible_high is not None
    for row in analyte.truth:
        mean: Cited = row.mean
        assert mean.low <= mean.value <= mean.high, f"{analyte.id} {row.state}: order the interval"
        assert analyte.possible_low <= mean.value <= analyte.possible_high
        assert row.sd > 0
        if EVIDENCE.nodes and row.node in EVIDENCE.nodes:
            assert row.state in EVIDENCE.nodes[row.node].states, f"{analyte.id}: {row.node} has no state {row.state}"
    for node in {r.node for r in analyte.truth}:
        rows = [r for r in analyte.truth if r.node == node]
        assert any(r.state in ("normal", "absent") for r in rows), f"{analyte.id}: {node} needs its first state"


@each
def test_the_middle_of_health_lies_inside_the_adult_interval(analyte: Analyte) -> None:
    for sex in ("female", "male"):
        interval = interval_for(analyte, Person(40, sex))
        for row in analyte.truth:
            if interval is not None and row.state in ("normal", "absent") and not row.given:
                assert interval.low is None or row.mean.value > interval.low, analyte.id
                assert interval.high is None or row.mean.value < interval.high, analyte.id


def test_a_normal_serum_magnesium_or_b12_is_only_weak_evidence_against() -> None:
    import math

    for key, value, log in (("magnesium", 0.85, False), ("vitamin_b12", 340.0, True)):
        analyte = EVIDENCE.analytes[key]
        density = {}
        for row in analyte.truth:
            x, middle = (math.log(value), math.log(row.mean.value)) if log else (value, row.mean.value)
            cv = math.hypot(analyte.assay_cv, analyte.within_person_cv) * (1.0 if log else middle)
            sd = math.hypot(row.sd, cv)
            density[row.state] = math.exp(-0.5 * ((x - middle) / sd) ** 2) / sd
        assert 1.5 < density["normal"] / density["mild"] < 4, key


@each
def test_every_name_leads_back_to_its_analyte(analyte: Analyte) -> None:
    for name in (analyte.id, analyte.name, *analyte.synonyms):
        assert resolve_analyte(name, EVIDENCE) == analyte.id, f"{name!r} is a name of two analytes"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("S-Magnesium", "magnesium"),
        ("magnesuim", "magnesium"),
        ("pottasium", "potassium"),
        ("Calcium, ionized", "ionised_calcium"),
        ("calcium (corrected)", "adjusted_calcium"),
        ("creatinine kinase", "ck"),
        ("creatinine", "creatinine"),
        ("25-hydroxyvitamin D (total)", "vitamin_d"),
        ("1,25-dihydroxyvitamin D", None),
        ("vitamin b", None),
        ("vitamin B1", "thiamine"),
        ("vitamin B12 level", "vitamin_b12"),
        ("urine sodium", None),
        ("CSF glucose", None),
        ("glucose (urine)", None),
        ("24 h urinary calcium", "urine_calcium"),
        ("total T4", None),
        ("CK-MB", None),
        ("LDL", None),
        ("uric acid", None),
        ("CO2", "bicarbonate"),
        ("fasting blood sugar", "glucose"),
        ("renin activity", None),
        ("Vitamin D (1,25)", None),
        ("", None),
        ("???", None),
    ],
)
def test_names_and_slips_are_resolved_and_other_tests_are_not(text: str, wanted: str | None) -> None:
    assert resolve_analyte(text, EVIDENCE) == wanted


def test_panels_name_known_analytes_and_answer_to_their_abbreviations() -> None:
    assert all(m in EVIDENCE.analytes for members in _PANELS.values() for m in members)
    assert panel_members("U&Es") == panel_members("urea and electrolytes") != ()
    assert panel_members("FBC") == panel_members("complete blood count") != ()
    assert panel_members("magnesium") == ()
