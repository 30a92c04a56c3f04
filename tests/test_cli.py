"""The command line as a person meets it: every bad input is one clear line and the right exit code."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from twitchwise import cli
from twitchwise.formats.text import LINES, WIDTH, widths

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.toml"))
RECORD = '[person]\nage = 30\n[[findings]]\nwhat = "eyelid twitching"\n'


class Ended:
    """How a command ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the command line in this process."""

    def call(*words: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["twitchwise", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return call


def one_line(ended: Ended, code: int, *words: str) -> None:
    """One line on the error stream, nothing printed, the right exit code, no trace of Python."""
    assert ended.code == code, ended.err
    assert ended.out == ""
    assert ended.err.count("\n") == 1 and len(ended.err) < 400
    assert "Traceback" not in ended.err and 'File "' not in ended.err
    for word in words:
        assert re.search(word, ended.err), ended.err


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


DEEP = b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BAD: dict[str, tuple[str, bytes, int, str]] = {
    "empty toml": ("me.toml", b"", 10, "empty.*twitchwise new"),
    "empty json": ("me.json", b"", 10, "empty.*twitchwise new"),
    "only blanks": ("me.toml", b" \n\n", 10, "empty"),
    "truncated toml": ("me.toml", b"[person\nage = ", 10, "not readable as TOML.*line 1"),
    "truncated json": ("me.json", b'{"person": {', 10, "not readable as JSON.*line 1"),
    "not utf-8": ("me.toml", b"\xff\xfe\x00", 10, "UTF-8.*Save"),
    "binary json": ("me.json", b"\x00\x01\x02\xff", 10, "UTF-8|JSON"),
    "no table": ("me.json", b"[1, 2]", 10, "table"),
    "fifty megabytes": ("me.toml", b"#" * 50_000_000, 13, "larger than 5 MB"),
    "nested deeply": ("me.json", DEEP, 13, "nested too deeply"),
    "ten thousand findings": ("me.toml", b'[[findings]]\nwhat="cramps"\n' * 10_000, 13, "10000.*at most"),
    "unknown ending": ("me.docx", b"x", 11, r"ending.*\.json or \.toml"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_one_line(run, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    file, data, code, words = BAD[name]
    one_line(run("review", written(tmp_path, file, data)), code, file, words)


def test_folders_missing_files_and_pipes(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    one_line(run("review", tmp_path), 11, "directory.*Give the file")
    one_line(run("review", tmp_path / "none.toml"), 11, "no such file.*twitchwise new")
    one_line(run("review", tmp_path / "no" / "none.toml"), 11, "no such file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = written(tmp_path, "me.toml", RECORD.encode())
    path.chmod(0)
    one_line(run("review", path), 11, "permission")
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    one_line(run("new", tmp_path / "new.toml"), 11, "permission|written")


WRONG_USE = {
    "unknown format": (("review", "me.toml", "--format", "pdf"), "'pdf'.*text, full, json"),
    "wrong day": (("review", "me.toml", "--on", "2026-13-01"), "--on.*not a day.*2026-11-22"),
    "no day at all": (("review", "me.toml", "--on", "soon"), "not a day"),
    "negative draws": (("review", "me.toml", "--draws", "-1"), "--draws"),
    "draws in words": (("review", "me.toml", "--draws", "many"), "--draws"),
    "no file": (("review",), "Missing argument.*--help"),
    "unknown command": (("revue",), "No such command 'revue'"),
    "unknown option": (("review", "me.toml", "--colour"), "--colour"),
    "two files": (("review", "me.toml", "b.toml"), "unexpected extra argument"),
    "benchmark format": (("benchmark", "vignettes", ".", "--format", "xml"), "'xml' is not text or json"),
    "benchmark drop": (("benchmark", "vignettes", ".", "--drop", "2"), "--drop"),
}


@pytest.mark.parametrize("name", WRONG_USE)
def test_wrong_use_is_one_line(run, tmp_path: Path, monkeypatch, name: str) -> None:  # type: ignore[no-untyped-def]
    written(tmp_path, "me.toml", RECORD.encode())
    monkeypatch.chdir(tmp_path)
    words, said = WRONG_USE[name]
    one_line(run(*words), 2, said)


SLIPS = {
    "nan": (b"[person]\nage = nan\n", "person.age"),
    "negative age": (b"[person]\nage = -5\n", "person.age"),
    "very old": (b"[person]\nage = 900\n", "person.age"),
    "future": (b'[[findings]]\nwhat = "cramps"\nsince = 2031-01-01\n', r"findings\[0\]"),
    "unit": (b'[[labs]]\ntest = "magnesium"\nvalue = "0.8 kg"\n', r"labs\[0\]"),
    "unit slip": (b'[[labs]]\ntest = "potassium"\nvalue = "41 mmol/L"\n', r"labs\[0\]"),
    "unknown word": (b'[[findings]]\nwhat = "zorgle"\n', r"findings\[0\]"),
    "unknown key": (b"[person]\nage = 30\nshoe = 42\n", "shoe"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_in_the_record_is_told_under_not_used(run, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    data, where = SLIPS[name]
    path = written(tmp_path, "me.toml", data)
    ended = run("review", path, "--draws", "0", "--on", "2026-11-22", "--format", "full")
    assert ended.code == 0 and ended.err == ""
    assert re.search(where, ended.out.partition("NOT USED")[2]), ended.out
    told = json.loads(run("review", path, "--draws", "0", "--on", "2026-11-22", "--format", "json").out)["not_used"]
    assert any(re.search(where, f"{one['where']} {one['what']}") for one in told)


def test_nan_in_json_is_told_too(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ended = run("review", written(tmp_path, "me.json", b'{"person": {"age": NaN}}'), "--draws", "0")
    assert ended.code == 0 and "person.age" in ended.out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_fits_into_sixty_lines(run, path: Path) -> None:  # type: ignore[no-untyped-def]
    ended = run("review", path, "--on", "2026-11-22", "--draws", "50")
    lines = ended.out.splitlines()
    assert ended.code == 0 and ended.err == ""
    assert len(lines) <= LINES and widths(lines) <= WIDTH
    assert "No clinician has reviewed this." in ended.out
    assert "\x1b" not in ended.out  # not a terminal


def test_no_colour_and_narrow_terminals_change_nothing_that_is_piped(run, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    words = ("review", EXAMPLES[0], "--on", "2026-11-22", "--draws", "0")
    plain = run(*words).out
    for name, value in (("NO_COLOR", "1"), ("COLUMNS", "20"), ("TERM", "dumb"), ("FORCE_COLOR", "1")):
        monkeypatch.setenv(name, value)
        assert run(*words).out == plain


def test_the_same_day_gives_the_same_answer(run) -> None:  # type: ignore[no-untyped-def]
    words = ("review", EXAMPLES[0], "--on", "2026-11-22", "--draws", "20", "--format", "json")
    assert run(*words).out == run(*words).out


def test_new_writes_a_record_that_can_be_reviewed_and_never_overwrites(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "me.toml"
    ended = run("new", path)
    assert ended.code == 0 and "twitchwise review" in ended.out
    before = path.read_bytes()
    one_line(run("new", path), 11, "exists already.*another name")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["me.toml"]  # nothing half written lies about
    assert run("review", path, "--draws", "0").code == 0


def test_new_in_a_place_that_is_not_there(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    one_line(run("new", tmp_path / "no" / "me.toml"), 11, "folder does not exist")
    one_line(run("new", tmp_path), 11, "exists already|directory")
    assert not list(tmp_path.iterdir())


def test_a_write_that_breaks_off_leaves_nothing(run, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("twitchwise.record.write.starting_file", full)
    one_line(run("new", tmp_path / "me.toml"), 11, "cannot be written.*No space left.*another place")
    assert not list(tmp_path.iterdir())


CASES = {
    "missing": (None, b"", "not a folder"),
    "without yaml": ("notes.txt", b"x", "no YAML files"),
    "broken yaml": ("a.yaml", b"a: [", "cannot be read as YAML"),
    "not a case": ("a.yaml", b"- 1\n", "not a case"),
    "not utf-8": ("a.yaml", b"\xff\xfe\x00", "cannot be read as YAML"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_benchmark_folder_that_cannot_be_read_is_one_line(run, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    file, data, words = CASES[name]
    folder = tmp_path / "cases"
    if file:
        folder.mkdir()
        written(folder, file, data)
    one_line(run("benchmark", "vignettes", folder), 11, words)


def test_a_fault_of_our_own_is_one_line_without_a_traceback(run, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inner")

    monkeypatch.setattr("twitchwise.review.review", broken)
    one_line(run("review", written(tmp_path, "me.toml", RECORD.encode())), 12, "fault in twitchwise.*ZeroDivisionError")


def test_help_names_every_command(run) -> None:  # type: ignore[no-untyped-def]
    ended = run("--help")
    assert ended.code == 0
    assert {"review", "new", "benchmark"} <= set(ended.out.split())
