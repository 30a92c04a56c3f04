"""Sentences of people and reports: what must be read from them, and what must not be read into them."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import wording

from twitchwise.evidence import load_evidence
from twitchwise.observe import Observations, observe
from twitchwise.observe.told import exposures_in
from twitchwise.record import record_from_tables

ROWS = [
    (section.partition(" ")[2], said, want)
    for section, rows in tomllib.loads((wording.FOLDER / "stories.toml").read_text(encoding="utf-8")).items()
    for said, want in rows.items()
]
# lines that are known to be missed; a line that is read at last must leave this list
MISSED = {"tingling face and claw hands during a panic attack"}
WRONG = {"head nods forward by evening"} | MISSED


def tables(section: str, said: str) -> dict[str, Any]:
    if section == "notes":
        what, _, note = said.partition(" | ")
        return {"findings": [{"what": what, "note": note}]}
    if section.startswith("habits."):
        return {"habits": {section.removeprefix("habits."): said}}
    return {section: [said]}


def seen(section: str, said: str) -> Observations:
    return observe(record_from_tables(tables(section, said)), load_evidence(), wording.ON)


def judged(section: str, said: str, want: str) -> wording.Verdict:
    kind = "labs" if section == "labs" else "findings"
    wished = " ".join(token for token in want.split() if not token.startswith("!"))
    return wording.judge(wording.Line(kind, section, said, tables(section, said), wished))


@pytest.mark.parametrize(("section", "said", "want"), ROWS, ids=lambda part: str(part)[:60])
def test_a_sentence_is_read_as_meant(section: str, said: str, want: str) -> None:
    verdict = judged(section, said, want)
    forbidden = {token[1:] for token in want.split() if token.startswith("!")}
    o = seen(section, said)
    assert not forbidden & ({f.id for f in o.findings if f.present} | {f.id for f in o.factors if f.present})
    assert bool(verdict.missed) == (said in MISSED), verdict
    if not forbidden:
        assert bool(verdict.wrong) == (said in WRONG), verdict


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("he never sniffed glue", ()),
        ("her brother sniffs glue", ()),
        ("afraid of a snake bite", ()),
        ("bitten by a snake in Kerala", ("snake_bite",)),
        ("a reef fish supper, tingling three hours later", ("ciguatera",)),
        ("was spraying orchards with his brother", ("organophosphate",)),
    ],
)
def test_an_exposure_is_the_persons_own_and_not_feared(text: str, found: tuple[str, ...]) -> None:
    assert exposures_in(text) == found


def test_no_name_of_a_finding_or_a_place_sounds_like_an_exposure() -> None:
    evidence = load_evidence()
    names = [name for item in evidence.findings.values() for name in (item.name, *item.synonyms)]
    words = [*evidence.sites.values(), *evidence.qualifiers.values()]
    names += [name for word in words for name in (word.name, *word.synonyms)]
    heard = {name: exposures_in(name) for name in names}
    assert {name: ids for name, ids in heard.items() if ids} == {}


@pytest.mark.parametrize(
    "text",
    [
        "spread to both quadriceps",
        "lead-pipe rigidity",
        "a bite of the bladder wall",
        "cutting grass in the garden",
        "twelve-lead ECG",
        "knocked out two teeth",
    ],
)
def test_words_inside_words_are_no_exposure(text: str) -> None:
    assert exposures_in(text) == ()


def lab(said: str, **line: str) -> tuple[float | None, str, int]:
    o = observe(record_from_tables({"labs": [line or said]}), load_evidence(), wording.ON)
    return o.labs[0].value, o.labs[0].unit, len(o.issues)


def test_of_a_span_the_value_further_from_normal_is_used_and_said() -> None:
    assert lab("potassium 2.6-2.9 mmol/L") == (2.6, "mmol/L", 1)
    assert lab("potassium 5.9-6.8 mmol/L") == (6.8, "mmol/L", 1)
    assert lab("", test="calcium", value="7.1 to 7.6 mg/dL")[0] == 7.1


def test_a_multiple_of_the_upper_limit_becomes_a_number_and_is_said() -> None:
    three, nine = lab("CK three times the upper limit"), lab("CK 9x ULN")
    assert three[0] and nine[0] and nine[0] == pytest.approx(3 * three[0])
    assert three[2] == nine[2] == 1


@pytest.mark.parametrize(
    ("line", "factor"),
    [
        ("blood lead 83 ug/dL", "lead"),
        ("blood lead 4 umol/L", "lead"),
        ("arsenic raised", "arsenic"),
        ("carboxyhaemoglobin 24 %", "carbon_monoxide"),
        ("cholinesterase very low", "organophosphate"),
    ],
)
def test_a_poison_in_the_blood_is_an_exposure(line: str, factor: str) -> None:
    o = observe(record_from_tables({"labs": [line]}), load_evidence(), wording.ON)
    assert o.factor(factor) is not None


@pytest.mark.parametrize("line", ["blood lead 2 ug/dL", "arsenic normal", "carboxyhaemoglobin 2 %"])
def test_a_trace_of_a_poison_is_none(line: str) -> None:
    o = observe(record_from_tables({"labs": [line]}), load_evidence(), wording.ON)
    assert not o.factors


@pytest.mark.parametrize(
    ("text", "days"),
    [("came off sertraline 10 weeks ago", 70.0), ("off clonazepam for a week", 7.0), ("ran out of Lyrica", None)],
)
def test_a_medicine_that_was_stopped_may_be_missed_by_the_body(text: str, days: float | None) -> None:
    for section in ("medicines", "findings"):
        found = [f for f in seen(section, text).factors if f.id.endswith("_withdrawal")]
        assert [f.days for f in found] == [days], (section, text)


def test_a_stop_of_long_ago_is_no_withdrawal() -> None:
    for text in ("stopped sertraline two years ago", "stopped smoking five years ago", "wants to come off diazepam"):
        assert not [f for f in seen("conditions", text).factors if f.id.endswith("_withdrawal")], text
