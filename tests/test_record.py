"""Records in TOML and JSON, their slips, and the starting file."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from twitchwise.errors import FileError
from twitchwise.formats import READERS, read_record
from twitchwise.formats.json_file import read_json
from twitchwise.formats.toml_file import read_toml
from twitchwise.record import FindingLine, Record, record_from_tables, starting_file, tables_of, toml_of, write_new

WHOLE = """
[person]
age = 67
sex = "female"
weight = "70 kg"
pregnant = false
[[findings]]
what = "muscle twitching"
where = ["eyelid"]
since = "3 weeks"
onset = "sudden"
course = "same"
when = "at rest"
note = "comes and goes"
main = true
[[absent]]
what = "muscle weakness"
[[signs]]
what = "Trousseau sign"
[[medicines]]
name = "omeprazole"
dose = "40 mg daily"
since = "18 months"
changed = "2 weeks ago"
[[supplements]]
name = "vitamin B6"
dose = "200 mg daily"
[[conditions]]
name = "chronic kidney disease"
[[procedures]]
name = "thyroidectomy"
when = "2 days ago"
[[exposures]]
what = "nitrous oxide"
[diet]
pattern = "vegan"
diary = "march.csv"
[habits]
caffeine = "600 mg/day"
[[labs]]
test = "magnesium"
value = "0.30 mmol/L"
range = "0.70-1.05"
date = 2026-11-01
[[tests]]
what = "EMG"
result = "normal"
"""


def test_the_whole_record_is_read() -> None:
    r = read_toml(WHOLE.encode(), "me.toml")
    assert r.slips == ()
    assert (r.person.age, r.person.pregnant) == ("67", "no")
    assert r.findings[0] == FindingLine(
        "muscle twitching", ("eyelid",), "3 weeks", "sudden", "same", ("at rest",), "comes and goes", True
    )
    assert (r.conditions[0].what, r.procedures[0].when, r.labs[0].date, r.diet.diary) == (
        "chronic kidney disease",
        "2 days ago",
        "2026-11-01",
        "march.csv",
    )


def test_a_record_written_back_reads_the_same() -> None:
    r = read_toml(WHOLE.encode(), "me.toml")
    assert read_toml(toml_of(r).encode(), "again") == r
    assert read_json(json.dumps(tables_of(r)).encode(), "again") == r


def test_everything_is_optional() -> None:
    assert record_from_tables({}) == Record()


def test_short_forms_are_understood() -> None:
    r = record_from_tables(
        {
            "findings": ["cramps", {"finding": "tremor", "site": "hand", "since": 5}],
            "diet": "vegan",
            "medicines": "none",
            "labs": [{"test": "K", "value": 3.5, "unit": "mmol/L"}],
        }
    )
    assert r.findings[0].what == "cramps"
    assert (r.findings[1].where, r.findings[1].since) == (("hand",), "5 days")
    assert (r.diet.pattern, r.medicines[0].name, r.labs[0].value) == ("vegan", "none", "3.5 mmol/L")


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    slips = record_from_tables(
        {"finding": [], "person": {"agee": 3}, "findings": [{"what": "cramps", "wher": "calf"}]}
    ).slips
    assert {(slip.where, slip.try_[0]) for slip in slips} == {
        ("finding", "findings"),
        ("person.agee", "age"),
        ("findings[0].wher", "where"),
    }


def test_a_slip_loses_nothing_else() -> None:
    r = record_from_tables(
        {"person": {"age": [1, {}], "sex": "male"}, "findings": ["cramps", 7, {"note": "no name"}, {"what": "tremor"}]}
    )
    assert [line.what for line in r.findings] == ["cramps", "tremor"]
    assert r.person.sex == "male"
    assert {slip.where for slip in r.slips} == {"person.age", "findings[1]", "findings[2]"}


def test_a_diary_must_lie_beside_the_record() -> None:
    for name in ("../x.csv", "/etc/passwd", "c:\\x.csv"):
        r = record_from_tables({"diet": {"diary": name}})
        assert r.diet.diary == "" and r.slips


def test_the_starting_file_reads_as_a_record(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    write_new(path)
    assert read_record(path).findings[0].what == "muscle twitching"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileError, match="exists already"):
        write_new(path)


def test_every_commented_line_of_the_starting_file_is_valid() -> None:
    lines = [
        line.removeprefix("# ")
        if line.startswith("# ") and ("=" in line or line.startswith("# [")) and "Write in" not in line
        else line
        for line in starting_file().splitlines()
    ]
    text = "\n".join(line for line in lines if not line.startswith("One block") and "marks what" not in line)
    assert read_toml(text.encode(), "full").slips == ()


def test_readers_are_found_by_the_ending() -> None:
    assert set(READERS) == {".toml", ".json"}
