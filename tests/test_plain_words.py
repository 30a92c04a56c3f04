"""Emergencies in everyday words become emergencies; harmless complaints in everyday words do not."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.labs import read_labs
from twitchwise.observe import observe
from twitchwise.observe.own_words import mended
from twitchwise.record import record_from_tables
from twitchwise.triage import Triage, triage

LINES = tomllib.loads((Path(__file__).parent / "spec" / "wording" / "plain_words.toml").read_text(encoding="utf-8"))


@cache
def answer(said: str, age: int | None = None) -> Triage:
    person = {"person": {"age": age}} if age is not None else {}
    record = record_from_tables({"findings": [said], **person})
    seen = observe(record, load_evidence(), date(2026, 11, 22))
    return triage(seen, read_labs(seen, load_evidence())[0], load_evidence())


def test_there_are_enough_lines_and_none_is_written_twice() -> None:
    assert len(LINES["emergency"]) >= 560 and len(LINES["calm"]) >= 320
    every = [line for lines in LINES.values() for line in lines]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("said", LINES["emergency"])
def test_an_emergency_in_everyday_words_is_one(said: str) -> None:
    assert answer(said).level == "emergency", said


@pytest.mark.parametrize("said", LINES["calm"])
def test_a_harmless_complaint_frightens_nobody(said: str) -> None:
    assert answer(said).level in ("routine", "self_care"), (said, [a.rule for a in answer(said).alerts])


@pytest.mark.parametrize("said", LINES["too_anxious"])
def test_a_harmless_line_that_is_read_too_gravely_is_no_emergency(said: str) -> None:
    assert answer(said).level == "prompt", said


@pytest.mark.parametrize("said", LINES["still_missed"])
def test_what_is_still_missed_is_never_self_care(said: str) -> None:
    assert answer(said).level != "self_care", said


@pytest.mark.parametrize(
    "said",
    [
        "no overdose, no poison, just a twitchy eyelid",
        "my mother is on lithium and I have a tremor",
        "eyelid twitching, never had a seizure",
        "twitching, and I do not want to hurt myself",
        "my neighbour took poison and had a fit, I only have a twitch",
        "when I was seven I had a seizure, now my thumb twitches",
        "my cat has fits and my eyelid twitches",
    ],
)
def test_a_denied_or_foreign_danger_is_not_read_as_the_persons_own(said: str) -> None:
    fired = {a.rule for a in answer(said).alerts}
    assert not fired & {"em_overdose_told", "em_lithium", "em_seizure", "em_self_harm"}, (said, fired)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("my hart stopped me brething", "breathing"),
        ("first siezure this morning", "seizure"),
        ("his speech is slured", "slurred"),
        ("she is unconcious", "unconscious"),
    ],
)
def test_slips_of_the_pen_in_danger_words_are_put_right(slip: str, meant: str) -> None:
    assert meant in mended(slip, frozenset())


def test_words_about_a_baby_do_not_count_where_an_age_is_given() -> None:
    assert answer("my baby keeps jerking his arms").level == "emergency"
    assert "em_infant" not in {a.rule for a in answer("my baby keeps jerking his arms", 30).alerts}
