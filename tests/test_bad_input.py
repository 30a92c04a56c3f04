"""Bad files and wild records: one clear line, or slips; never anything else."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twitchwise.errors import FileError, LimitError, RecordError, TwitchwiseError
from twitchwise.evidence import load_evidence
from twitchwise.formats import read_record
from twitchwise.formats.json_file import read_json
from twitchwise.formats.toml_file import read_toml
from twitchwise.observe import observe
from twitchwise.record import SIZE_LIMIT, read_bytes, record_from_tables

ON = date(2026, 11, 1)


def told(error: pytest.ExceptionInfo[TwitchwiseError]) -> str:
    """The message: one line that names the file."""
    text = str(error.value)
    assert "\n" not in text
    assert len(text) < 400
    return text


@pytest.mark.parametrize("reader", [read_toml, read_json])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"\xff\xfe\x00",
        b"[person\nage = ",
        b'{"person": {',
        b"\x00\x01\x02",
        b"not a record",
        b"a = ",
        b"[[[[",
        b"{]",
        b'a = "x',
        b"a = 1\na = 2",
    ],
)
def test_unreadable_files_are_refused_in_one_line(reader, data: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RecordError) as error:
        reader(data, "me.toml")
    assert told(error).startswith("me.toml: ")


@pytest.mark.parametrize("data", [b"[1, 2]", b'"text"', b"3", b"null", b"true"])
def test_json_that_is_no_table(data: bytes) -> None:
    with pytest.raises(RecordError) as error:
        read_json(data, "me.json")
    assert "table" in told(error)


def test_deep_nesting_is_refused() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    for reader, text in (
        (read_json, '{"a": ' + deep + "}"),
        (read_toml, "a = " + deep[:2_000]),
        (read_toml, "a" + ".a" * 500 + " = 1"),
    ):
        with pytest.raises(LimitError) as error:
            reader(text.encode(), "me")
        told(error)
    with pytest.raises(LimitError):
        record_from_tables({"findings": [json.loads("[" * 50 + "]" * 50)]})


def test_large_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    path.write_bytes(b"#" * (SIZE_LIMIT + 1))
    with pytest.raises(LimitError) as error:
        read_record(path)
    assert "5 MB" in told(error)


def test_a_toml_line_without_end_is_refused() -> None:
    with pytest.raises(LimitError):
        read_toml(b"a = [" + b"1," * 100_000 + b"]", "me.toml")


def test_ten_thousand_findings_are_refused() -> None:
    with pytest.raises(LimitError) as error:
        record_from_tables({"findings": [{"what": "cramps"}] * 10_000}, "me.toml")
    assert "10000" in told(error)


def test_directories_missing_files_and_endings(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml", tmp_path / "x.docx", Path("a\x00b.toml")):
        with pytest.raises(FileError) as error:
            read_record(path)
        told(error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text("[person]")
    path.chmod(0)
    with pytest.raises(FileError, match="permission"):
        read_bytes(path)


def test_numbers_that_are_none_become_slips() -> None:
    record = read_toml(
        b"[person]\nage = nan\n[[labs]]\ntest = 'K'\nvalue = inf\n[[findings]]\nwhat = 'cramps'", "me.toml"
    )
    assert {slip.where for slip in record.slips} == {"person.age", "labs[0].value"}
    assert record.findings


def test_huge_numbers_become_slips() -> None:
    record = read_json(b'{"person": {"age": ' + b"9" * 4000 + b"}}", "me.json")
    assert record.slips[0].where == "person.age"
    with pytest.raises(RecordError):
        read_json(b'{"person": {"age": ' + b"9" * 400_000 + b"}}", "me.json")


def test_future_and_impossible_dates_are_told() -> None:
    o = observe(
        record_from_tables(
            {
                "findings": [{"what": "cramps", "since": "2031-01-01"}],
                "labs": [{"test": "magnesium", "value": "0.8", "date": "2026-13-45"}],
            }
        ),
        load_evidence(),
        ON,
    )
    assert {issue.where for issue in o.issues} == {"findings[0].since", "labs[0].date"}
    assert o.findings and o.labs


WORDS = st.sampled_from(
    "muscle twitching cramps no not without left right calf eyelid weakness 4/5 reflexes 3+ for 2 weeks , ; and or"
    " normal absent pain night 40 mg daily since 2005 heart rate 121"
    " omeprazole alcohol none vegan coffee cups 99999999999 -1 nan / ( ) < > % q3h 1-2 x".split()
)
TEXT = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=12).map(" ".join))
SCALAR = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, st.dates())
KEYS = st.sampled_from(
    "what name where since onset course when note main dose changed test value unit range date result age sex weight"
    " height pregnant postpartum pattern diary caffeine alcohol sleep fluids x".split()
)
LINE = st.one_of(SCALAR, st.dictionaries(KEYS, st.one_of(SCALAR, st.lists(SCALAR, max_size=3)), max_size=6))
PARTS = st.sampled_from(
    "person findings absent signs medicines supplements conditions procedures exposures diet habits labs zzz".split()
)
TABLES = st.dictionaries(PARTS, st.one_of(LINE, st.lists(LINE, max_size=4)), max_size=6)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(tables=TABLES)
def test_wild_records_never_crash(tables: dict[str, object]) -> None:
    o = observe(record_from_tables(tables), load_evidence(), ON)
    assert not o.present & o.absent
    assert all(isinstance(issue.what, str) and issue.where for issue in o.issues)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(data=st.binary(max_size=200))
def test_wild_bytes_never_crash(data: bytes) -> None:
    for reader in (read_toml, read_json):
        try:
            observe(reader(data, "x"), load_evidence(), ON)
        except TwitchwiseError as error:
            assert "\n" not in str(error)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=TEXT)
def test_wild_words_in_every_place(text: str) -> None:
    tables = {
        part: [{"what": text, "name": text, "note": text, "since": text}]
        for part in ("findings", "absent", "signs", "medicines", "supplements", "conditions")
    }
    tables |= {
        "labs": [{"test": text, "value": text, "range": text}],
        "habits": dict.fromkeys(("caffeine", "alcohol", "sleep", "fluids", "exercise", "stress"), text),
    }  # type: ignore[dict-item]
    observe(record_from_tables({**tables, "diet": text}), load_evidence(), ON)
