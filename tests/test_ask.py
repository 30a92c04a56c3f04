"""The questions in the terminal: what comes next, what an answer changes, and that nothing is ever lost."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import grade

from twitchwise.ask.answer import take
from twitchwise.ask.order import LEAST, MOST_TELLING, next_question, worded
from twitchwise.ask.save import MARK, Store, toml_of_tables
from twitchwise.ask.types import Question, State
from twitchwise.ask.urgency import urgency, what_to_do
from twitchwise.errors import FileError, RecordError
from twitchwise.evidence import load_evidence
from twitchwise.observe import observe
from twitchwise.record import record_from_tables

EVIDENCE = load_evidence()
ON = date(2026, 11, 22)
FLAGS = [w.id for w in EVIDENCE.wordings.values() if w.kind == "flag" and w.id != "self_harm_thoughts"]
DENIED: dict[str, Any] = {"absent": [{"what": EVIDENCE.findings[f].name} for f in FLAGS]}
MAN = {**DENIED, "person": {"age": 40, "sex": "male"}}
TWITCH = {**MAN, "findings": [{"what": "eyelid twitching", "main": True, "since": "2 weeks", "course": "same"}]}


def asked(tables: dict[str, Any], *done: str) -> Question | None:
    return next_question(State(tables, frozenset(done)), EVIDENCE, ON)


def answered(tables: dict[str, Any], id_: str, text: str) -> Any:
    return take(State(tables), worded(id_, EVIDENCE), text, EVIDENCE, ON)


def talk(tables: dict[str, Any], answers: dict[str, str], usual: str = "n", most: int = 80) -> list[Question]:
    """Answer by the id of the question; return the questions in order."""
    state, heard = State(tables), []
    while (question := next_question(state, EVIDENCE, ON)) is not None:
        assert len(heard) < most, "the talk does not end"
        times = sum(q.id == question.id for q in heard)
        heard.append(question)
        text = answers.get(question.id, usual) if times == 0 else "n"
        reply = take(state, question, text, EVIDENCE, ON)
        state = reply.state if not reply.again else take(state, question, "d", EVIDENCE, ON).state
    return heard


# which question comes next ------------------------------------------------------------------------------------------


def test_danger_signs_come_first_then_the_complaint_then_the_person() -> None:
    heard = [q.id for q in talk({}, {"main": "eyelid twitching", "age": "30", "sex": "f"})]
    assert heard[: len(FLAGS)] == FLAGS
    rest = heard[len(FLAGS) :]
    assert rest[0] == "main" and rest.index("age") < rest.index("sex") < rest.index("pregnant")
    assert rest.index("pregnant") < rest.index("medicines")


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        ({"sex": "male", "age": 30}, False),
        ({"sex": "female", "age": 70}, False),
        ({"sex": "female", "age": 30}, True),
        ({"sex": "female", "age": 30, "pregnant": False}, False),
    ],
)
def test_pregnancy_is_asked_among_the_danger_signs_where_it_can_apply(person: dict[str, Any], wanted: bool) -> None:
    found = asked({**DENIED, "person": person})
    assert found is not None and (found.id == "pregnant") is wanted


def test_thoughts_of_self_harm_are_asked_only_when_the_mood_is_low() -> None:
    low = {**TWITCH, "findings": [*TWITCH["findings"], {"what": "low mood"}]}
    found = asked(low)
    assert found is not None and found.id == "self_harm_thoughts"
    assert "self_harm_thoughts" not in {q.id for q in talk(TWITCH, {})}


def test_a_yes_to_weakness_asks_where_since_when_and_whether_it_grows() -> None:
    state = take(State(), worded("muscle_weakness", EVIDENCE), "y", EVIDENCE, ON).state
    keys = []
    for text in ("right hand", "6 months", "worse"):
        question = next_question(state, EVIDENCE, ON)
        assert question is not None
        keys.append(question.target)
        state = take(state, question, text, EVIDENCE, ON).state
    assert keys == ["where", "since", "course"]
    line = state.tables["findings"][0]
    assert line == {"what": "muscle weakness", "where": ["right hand"], "since": "6 months", "course": "worse"}
    assert urgency(state, EVIDENCE, ON).level in ("emergency", "prompt")


def test_what_the_record_holds_is_not_asked_again() -> None:
    heard = {q.id for q in talk(TWITCH, {})}
    assert not heard & {*FLAGS, "main", "age", "sex", "pregnant", "since:0", "course:0"}


@pytest.mark.parametrize("usual", ["n", "d", "y"])
def test_the_talk_ends_whatever_is_answered(usual: str) -> None:
    heard = talk({}, {"main": "muscle twitching", "age": "50", "sex": "m"}, usual)
    assert len({q.id for q in heard if q.id.startswith("told:")}) <= MOST_TELLING
    assert len(heard) <= 60


def test_the_most_telling_question_comes_first_and_the_rest_is_recomputed() -> None:
    lists = ("medicines", "conditions", "supplements", "diet", "labs")
    first = asked(TWITCH, *lists)
    assert first is not None and first.id.startswith("told:") and first.why and LEAST > 0
    reply = take(State(TWITCH, frozenset(lists)), first, "n", EVIDENCE, ON)
    second = next_question(reply.state, EVIDENCE, ON)
    assert second is not None and second.id != first.id


def test_a_question_whose_yes_would_be_urgent_says_so() -> None:
    heard = talk({**MAN, "findings": [{"what": "calf cramps", "main": True}]}, {})
    assert any("seen sooner" in q.why for q in heard if q.id.startswith("told:"))


# what an answer changes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["d", "s", "D", "don't know", "skip"])
def test_dont_know_is_not_no(text: str) -> None:
    reply = answered({}, "muscle_weakness", text)
    assert reply.state.tables == {} and not reply.again
    assert urgency(reply.state, EVIDENCE, ON).provisional


@pytest.mark.parametrize("id_", sorted(w.id for w in EVIDENCE.wordings.values() if w.kind in ("flag", "finding")))
def test_yes_and_no_read_back_as_the_finding_that_was_asked(id_: str) -> None:
    yes = observe(record_from_tables(answered({}, id_, "y").state.tables), EVIDENCE, ON)
    no = observe(record_from_tables(answered({}, id_, "n").state.tables), EVIDENCE, ON)
    assert id_ in yes.present and id_ in no.absent and not yes.issues and not no.issues


@pytest.mark.parametrize("id_", [w.id for w in EVIDENCE.wordings.values() if w.kind == "habit"])
def test_the_keys_of_a_habit_are_understood(id_: str) -> None:
    for text, level in (("n", "none"), ("y", "high")):
        reply = answered({}, id_, text)
        if reply.again:
            assert not EVIDENCE.wordings[id_].yes and text == "y"
            continue
        seen = observe(record_from_tables(reply.state.tables), EVIDENCE, ON).factors
        assert [(f.id, f.member) for f in seen] == [(id_, level)]


@pytest.mark.parametrize("text", ["maybe", "1", "\x1b[31m", "yes and no", ""])
def test_another_key_is_asked_again_and_changes_nothing(text: str) -> None:
    reply = answered(DENIED, "chest_pain", text)
    assert reply.again and reply.said and reply.state.tables == DENIED


def test_a_slip_is_suggested_with_the_rest_of_the_line_kept() -> None:
    reply = answered({}, "supplements", "magnesum 300 mg")
    assert reply.guessed and reply.meant == ("magnesium 300 mg",)
    lab = answered({}, "labs", "magnesium 17 mmol/L")
    assert "magnesium 1.7 mg/dL" in lab.meant and "cannot be right" in lab.said[0]
    assert lab.state.tables["labs"] == [{"test": "magnesium", "value": "17 mmol/L"}]


def test_what_is_not_understood_is_kept_as_written_and_said() -> None:
    reply = answered({}, "main", "xyzzy blorb")
    assert reply.state.tables["findings"][0]["what"] == "xyzzy blorb"
    assert "kept" in reply.said[0].lower()


def test_doses_places_times_and_nothing_are_understood() -> None:
    assert answered({}, "medicines", "omeprazole 20 mg daily").state.tables == {
        "medicines": [{"name": "omeprazole", "dose": "20 mg daily"}]
    }
    none = answered({}, "medicines", "n").state
    assert observe(record_from_tables(none.tables), EVIDENCE, ON).no_medicines
    assert answered({}, "pregnant", "24 weeks").state.tables == {"person": {"pregnant": "24 weeks"}}
    assert answered({}, "pregnant", "birth 3 weeks ago").state.tables == {"person": {"postpartum": "3 weeks"}}
    assert answered({}, "pregnant", "n").state.tables == {"person": {"pregnant": False}}
    assert answered({}, "age", "340").again and answered({}, "sex", "x").again and answered({}, "labs", "iron").again
    assert answered({}, "diet", "y").again


def test_a_list_goes_on_until_there_is_no_more() -> None:
    first = answered(TWITCH, "medicines", "omeprazole").state
    more = next_question(first, EVIDENCE, ON)
    assert more is not None and more.id == "medicines" and "omeprazole" in more.text
    state = take(first, more, "n", EVIDENCE, ON).state
    assert state.tables["medicines"] == [{"name": "omeprazole"}]
    after = next_question(state, EVIDENCE, ON)
    assert after is not None and after.id != "medicines"


def test_an_emergency_says_what_to_do_before_anything_else() -> None:
    state = answered({"person": {"country": "United Kingdom"}}, "seizure", "y").state
    lines = what_to_do(urgency(state, EVIDENCE, ON), state, EVIDENCE, ON)
    assert lines[0].startswith("!!! EMERGENCY: ") and len(lines) > 2


def test_the_questions_are_plain() -> None:
    texts = [w.text for w in EVIDENCE.wordings.values()]
    assert all(t.endswith((".", "?")) for t in texts)
    assert grade(" ".join(texts)) <= 8
    assert not {w.id for w in EVIDENCE.wordings.values() if w.kind in ("flag", "finding")} - set(EVIDENCE.findings)


# the file -----------------------------------------------------------------------------------------------------------

SCALARS = st.one_of(
    st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.text()
)
VALUES = st.recursive(
    SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v, max_size=3), max_leaves=6
)


@given(st.dictionaries(st.text(), VALUES, max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_tables_read_back_as_they_were(tables: dict[str, Any]) -> None:
    assert tomllib.loads(toml_of_tables(tables)) == tables


def test_a_file_by_hand_is_kept_aside_once_and_nothing_in_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    text = (
        '# mine\nodd = 3\nfindings = ["cramps"]\n[person]\nage = 34\nborn = 1992-01-02\n[mystery]\nx = [1, {y = 2}]\n'
    )
    path.write_text(text)
    store = Store(path)
    state = take(State(store.load()), worded("chest_pain", EVIDENCE), "n", EVIDENCE, ON).state
    store.save(state.tables)
    assert "me.toml.bak" in store.note and (tmp_path / "me.toml.bak").read_text() == text
    kept = tomllib.loads(path.read_text())
    assert {k: kept[k] for k in tomllib.loads(text)} == tomllib.loads(text) and kept["absent"] == [
        {"what": "chest pain"}
    ]
    store.note = ""
    store.save(kept)
    again = Store(path)
    again.save({**again.load(), "odd": 4})
    assert not store.note and not again.note
    assert sorted(p.name for p in tmp_path.iterdir()) == ["me.toml", "me.toml.bak"]
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in tmp_path.iterdir())


def test_json_is_kept_as_json_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text('{"person": {"age": 3}}')
    link.symlink_to(real)
    store = Store(link)
    store.save({**store.load(), "absent": ["fever"]})
    assert link.is_symlink() and json.loads(real.read_text()) == {"person": {"age": 3}, "absent": ["fever"]}


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("me.toml", b"not toml [", RecordError),
        ("me.toml", b"\xff\xfe", RecordError),
        ("me.json", b"[1]", RecordError),
        ("me.docx", b"", FileError),
        ("no/such/folder/me.toml", None, FileError),
    ],
)
def test_a_file_that_cannot_be_read_is_left_alone(
    tmp_path: Path, name: str, data: bytes | None, error: type[Exception]
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(error):
        Store(path).load()
    assert data is None or path.read_bytes() == data


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "me.toml"
    store = Store(path)
    store.save({"person": {"age": 3}})
    before = path.read_text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FileError, match="not saved"):
        store.save({"person": {"age": 4}})
    assert path.read_text() == before


# the real program ---------------------------------------------------------------------------------------------------

PROGRAM = [sys.executable, "-m", "twitchwise", "ask"]
needs_terminal = pytest.mark.skipif(os.name != "posix", reason="needs a terminal of this kind")


class Terminal:
    """The program behind a pseudo-terminal."""

    def __init__(self, path: Path) -> None:
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "dumb"
            os.execv(sys.executable, [*PROGRAM, str(path), "--on", ON.isoformat()])
        self.heard = ""

    def until(self, pattern: str, seconds: float = 60) -> str:
        """Read until a pattern comes; return what came since the last call."""
        new, end = "", time.monotonic() + seconds
        while not re.search(pattern, new) and time.monotonic() < end:
            if select.select([self.handle], [], [], 0.2)[0]:
                try:
                    data = os.read(self.handle, 65536)
                except OSError:
                    break
                if not data:
                    break
                new += data.decode(errors="replace").replace("\r", "")
        self.heard += new
        return new

    def say(self, text: str) -> None:
        os.write(self.handle, text.encode() + b"\n")

    def prompt(self) -> str:
        return self.until(r"\] > $")

    def end(self) -> int:
        self.until("$^", 0.01)
        while self.until(r"(?!x)x", 0.3):
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.handle)
        return os.waitstatus_to_exitcode(status)


@contextmanager
def program(path: Path) -> Iterator[Terminal]:
    terminal = Terminal(path)
    try:
        yield terminal
    finally:
        try:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


@needs_terminal
@pytest.mark.parametrize("answers", range(0, 12, 2))
def test_ctrl_c_anywhere_loses_nothing(tmp_path: Path, answers: int) -> None:
    path = tmp_path / "me.toml"
    texts = ["n"] * len(FLAGS) + ["eyelid twitching", "2 weeks", "same", "40", "m"]
    with program(path) as terminal:
        for text in texts[:answers]:
            terminal.prompt()
            terminal.say(text)
        terminal.prompt()
        os.write(terminal.handle, b"half an ans\x03")
        assert terminal.end() == 130
    assert terminal.heard.rstrip().splitlines()[-1].startswith("Stopped.") and "Traceback" not in terminal.heard
    if answers:
        kept = tomllib.loads(path.read_text())
        lines = len(kept.get("absent", [])) + len(kept.get("person", {}))
        lines += sum(len(set(line) - {"main"}) for line in kept.get("findings", []))
        assert lines == answers


@needs_terminal
def test_ctrl_c_right_after_an_answer_still_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    with program(path) as terminal:
        terminal.prompt()
        os.write(terminal.handle, b"n\n")
        while not path.exists():
            time.sleep(0.005)
        os.kill(terminal.pid, signal.SIGINT)
        assert terminal.end() == 130
    assert tomllib.loads(path.read_text()) == {"absent": [{"what": "muscle weakness"}]}


@needs_terminal
def test_kill_between_answers_leaves_a_whole_file_and_the_talk_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    with program(path) as terminal:
        for _ in range(3):
            terminal.prompt()
            terminal.say("n")
        terminal.prompt()
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    assert path.read_text().startswith(MARK) and len(tomllib.loads(path.read_text())["absent"]) == 3
    with program(path) as terminal:
        assert "short of breath" in terminal.prompt()
        terminal.say("q")
        assert terminal.end() == 0
    assert [p.name for p in tmp_path.iterdir()] == ["me.toml"]


@needs_terminal
def test_an_emergency_comes_at_once_and_offers_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    with program(path) as terminal:
        for text in ("n", "n", "n", "n", "n", "n", "y"):
            terminal.prompt()
            terminal.say(text)
        said = terminal.prompt()
        assert "EMERGENCY" in said and "[g/q]" in said and said.index("EMERGENCY") < said.index("go on")
        assert not re.search(r"\?\s+\(|Since when", said)  # no other question stands before it
        terminal.say("g")
        assert "since when" in terminal.prompt().lower()
        terminal.say("q")
        assert terminal.end() == 0
    lines = [line for line in terminal.heard.splitlines() if tmp_path.name not in line]
    assert "\x1b" not in terminal.heard and max(map(len, lines)) <= 80


@needs_terminal
def test_why_and_back(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    with program(path) as terminal:
        terminal.prompt()
        terminal.say("?")
        assert "danger sign" in terminal.prompt()
        terminal.say("b")
        assert "first question" in terminal.prompt()
        terminal.say("n")
        terminal.prompt()
        terminal.say("b")
        assert "weak" in terminal.prompt()
        assert tomllib.loads(path.read_text()) == {}
        terminal.say("q")
        assert terminal.end() == 0


def piped(path: Path, text: str) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, str(path), "--on", ON.isoformat()]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)


def test_piped_answers_to_the_end_print_the_review(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text(toml_of_tables(TWITCH))
    result = piped(path, "n\n" * 60)
    assert result.returncode == 0 and "No other question would change the advice" in result.stdout
    assert "me.toml.bak" in result.stdout and "Traceback" not in result.stdout + result.stderr
    count = result.stdout.count("[y/n/d] >") + result.stdout.count("[d if you don't know] >")
    path.write_text(toml_of_tables(TWITCH))
    shown = piped(path, "n\n" * count + "y\n")
    assert shown.returncode == 0 and "IN SHORT" in shown.stdout and "No clinician has reviewed" in shown.stdout


def test_the_end_of_the_input_saves_and_says_how_to_go_on(tmp_path: Path) -> None:
    result = piped(tmp_path / "me.toml", "n\nd\n")
    assert result.returncode == 0 and "Go on with: twitchwise ask" in " ".join(result.stdout.split())
    bad = piped(tmp_path / "no" / "me.toml", "")
    assert bad.returncode == 11 and len(bad.stderr.strip().splitlines()) == 1
