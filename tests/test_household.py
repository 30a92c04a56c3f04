"""Records on disk: nothing is lost, others cannot read them, and what is deleted is gone."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.errors import FileError, LimitError, RecordError, TwitchwiseError
from twitchwise.household import (
    Busy,
    Conflict,
    Damaged,
    Household,
    Kept,
    Locked,
    Missing,
    WrongPassphrase,
    database,
    is_locked,
    place,
    wipe,
)
from twitchwise.household.names import clean_name
from twitchwise.record import record_from_tables

ROOT = Path(__file__).resolve().parent.parent
PHRASE = "four quiet garden chairs"
TABLES: dict[str, Any] = {
    "person": {"age": 41, "sex": "female"},
    "findings": [{"what": "muscle twitching", "where": ["calf"], "since": "3 weeks"}],
    "labs": [{"test": "magnesium", "value": "0.81 mmol/L"}],
}
REVIEW = json.dumps({"schema": 1, "level": "self_care", "fill": "qzxvreview" * 50})
needs_cipher = pytest.mark.skipif(
    find_spec("sqlcipher3") is None, reason="sqlcipher3 is not installed: the passphrase was NOT checked"
)
posix = pytest.mark.skipif(os.name == "nt", reason="rights of files are checked on POSIX only")
ways = pytest.mark.parametrize("phrase", ["", pytest.param(PHRASE, marks=needs_cipher)], ids=["open", "passphrase"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def household(folder: Path) -> Iterator[Household]:
    with Household.open(folder) as opened:
        yield opened


def kept(text: str = REVIEW, version: int = 1) -> Kept:
    return Kept(date(2026, 11, 22), "self_care", version, text)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def plain_link(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "household.db", isolation_level=None)


# saving and history


@ways
def test_what_was_saved_is_there_after_a_new_start(folder: Path, phrase: str) -> None:
    with Household.open(folder, phrase) as first:
        ann, ben = first.add("Ann"), first.add("Ben")
        assert first.tables(ann.id) == ({}, 0)
        assert first.save(ann.id, TABLES, base=0) == 1
        assert first.save(ann.id, TABLES | {"habits": {"caffeine": "4 cups"}}, base=1) == 2
        number = first.keep(ann.id, kept())
    with Household.open(folder, phrase) as second:
        assert [person.name for person in second.people()] == ["Ann", "Ben"]
        assert second.tables(ann.id) == (TABLES | {"habits": {"caffeine": "4 cups"}}, 2)
        assert second.tables_at(ann.id, 1) == TABLES
        assert [version.version for version in second.versions(ann.id)] == [1, 2]
        assert second.people()[0].version == 2
        assert second.tables(ben.id) == ({}, 0)
        (review,) = second.kept(ann.id)
        assert (review.json, review.on, review.level, review.number) == (
            REVIEW,
            date(2026, 11, 22),
            "self_care",
            number,
        )
        assert review.made.endswith("Z")
        assert second.kept(ben.id) == ()
        assert second.encrypted == bool(phrase) == is_locked(folder)


def test_a_record_reads_the_same_after_it_was_kept(household: Household) -> None:
    text = '[person]\nborn = 1985-03-02\n[[findings]]\nwhat = "cramps"\nsince = 2026-11-01\n[habits]\ncaffeine = nan\n'
    tables = tomllib.loads(text)
    ann = household.add("Ann")
    household.save(ann.id, tables, 0)
    before, after = record_from_tables(tables), record_from_tables(household.tables(ann.id)[0])
    assert after.findings == before.findings and after.findings[0].since == "2026-11-01"
    assert after.person == before.person


def test_saving_the_same_again_makes_no_new_version(household: Household) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    assert household.save(ann.id, json.loads(json.dumps(TABLES)), 1) == 1
    assert len(household.versions(ann.id)) == 1


def test_a_change_to_an_older_version_is_refused_and_nothing_is_lost(household: Household) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    household.save(ann.id, {"person": {"age": 42}}, 1)
    with pytest.raises(Conflict, match="changed in another window") as caught:
        household.save(ann.id, {"person": {"age": 43}}, 1)
    assert caught.value.newest == 2
    assert household.tables(ann.id) == ({"person": {"age": 42}}, 2)
    with pytest.raises(Conflict):
        household.save(ann.id, {}, 3)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=15,
    )
)
def test_any_tables_come_back(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    from twitchwise.household.blobs import check, pack_tables, unpack_tables

    data = pack_tables({"habits": value})
    once = unpack_tables(data, check(data))
    again = pack_tables(once)
    assert again == data
    if "inf" not in repr(value) and value is not None and not isinstance(value, float):
        assert once == {"habits": value}


def too_deep() -> dict[str, Any]:
    inner: dict[str, Any] = {}
    for _ in range(5_000):
        inner = {"a": inner}
    return inner


@pytest.mark.parametrize(
    ("tables", "kind"),
    [
        ([1], RecordError),
        ({"a": object()}, RecordError),
        ({"a": b"bytes"}, RecordError),
        ({"a": 10**5000}, RecordError),
        (too_deep(), LimitError),
        ({"a": "x" * 6_000_000}, LimitError),
    ],
    ids=["list", "object", "bytes", "huge", "deep", "long"],
)
def test_what_is_no_record_is_refused_and_the_old_one_stays(household: Household, tables: Any, kind: type) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    with pytest.raises(kind):
        household.save(ann.id, tables, 1)
    assert household.tables(ann.id) == (TABLES, 1)


@pytest.mark.parametrize("id", ["", "nobody", "' OR 1=1 --", "\ud800", "../../etc", "a" * 10_000])
def test_an_unknown_person_is_said_so(household: Household, id: str) -> None:
    household.add("Ann")
    calls = (
        lambda: household.tables(id),
        lambda: household.save(id, TABLES, 0),
        lambda: household.delete(id),
        lambda: household.rename(id, "Eve"),
        lambda: household.versions(id),
        lambda: household.keep(id, kept()),
        lambda: household.kept(id),
        lambda: household.forget(id, 1),
        lambda: household.export(id),
    )
    for call in calls:
        with pytest.raises(Missing):
            call()
    assert [person.name for person in household.people()] == ["Ann"]


@pytest.mark.parametrize("number", [-1, 3, 10**30])
def test_an_unknown_version_or_review_is_said_so(household: Household, number: int) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    for call in (household.tables_at, household.forget, household.kept_one):
        with pytest.raises(Missing):
            call(ann.id, number)


def test_ids_are_random_and_fit_for_an_address(household: Household) -> None:
    ids = {household.add("Ann").id for _ in range(50)}
    assert len(ids) == 50
    assert all(
        len(id) >= 12 and set(id) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for id in ids
    )


# names


@pytest.mark.parametrize(
    "name", ["Ann", "👩‍👩‍👧‍👦", "שרה כהן", "محمد", "O'Brien; DROP TABLE person", "<b>x</b>", "🙂", "李"]
)
def test_a_name_may_be_any_text(household: Household, name: str) -> None:
    person = household.add(name)
    assert (person.name, person.note) == (name, "")
    assert household.people()[0].name == name
    assert household.rename(person.id, name + "!").name == household.people()[0].name == name + "!"


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\u200b\u200d", "\u202e", "\x00"])
def test_a_name_that_nobody_sees_is_refused(household: Household, name: str) -> None:
    with pytest.raises(RecordError, match="A name is missing"):
        household.add(name)
    assert household.people() == ()


def test_a_name_of_300_characters_is_cut_and_says_so(household: Household) -> None:
    person = household.add("x" * 300)
    assert household.people()[0].name == "x" * 100
    assert "longer than 100 characters" in person.note
    assert household.people()[0].note == ""


@pytest.mark.parametrize("sign", ["👩‍👩‍👧‍👦", "é" + "\u0301", "👍🏽", "ก็"])
def test_a_name_is_not_cut_inside_a_sign(sign: str) -> None:
    for before in range(3):
        name, note = clean_name("x" * before + sign * 100)
        rest = name[before:]
        assert note and rest and rest == clean_name(sign)[0] * (len(rest) // len(clean_name(sign)[0]))


@given(st.text(max_size=400))
def test_any_name_is_taken_or_refused_in_words(name: str) -> None:
    try:
        cleaned, _ = clean_name(name)
    except RecordError:
        return
    assert (0 < len(cleaned) <= 100 and cleaned.isprintable()) or not set("\n\r\t\x00\u202e\u2028") & set(cleaned)
    assert clean_name(cleaned) == (cleaned, "")


# rights


@posix
@ways
def test_only_the_owner_can_read_the_folder_and_the_file(folder: Path, phrase: str) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o777)  # as it may be after a copy
    (folder / "household.db").touch()
    (folder / "household.db").chmod(0o666)
    with Household.open(folder, phrase) as household:
        ann = household.add("Ann")
        household.save(ann.id, TABLES, 0)
        assert rights(folder) == 0o700
        assert {rights(path) for path in folder.iterdir()} == {0o600}
        if phrase:
            household.remove_passphrase()
            assert {rights(path) for path in folder.iterdir()} == {0o600}


@posix
def test_the_journal_is_closed_to_others_too(folder: Path, household: Household) -> None:
    household.add("Ann")
    with household._database.writing() as link:
        link.execute("UPDATE person SET name = 'Eve'")
        link.execute("PRAGMA cache_spill = 1")
        found = {path.name: rights(path) for path in folder.iterdir()}
    assert found == {"household.db": 0o600, "household.db-journal": 0o600}


@posix
def test_a_folder_shared_with_others_is_refused_and_left_alone(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(FileError, match="shared with other users"):
        Household.open(shared)
    assert rights(shared) == 0o1777
    assert list(shared.iterdir()) == []


def test_the_folder_is_found_like_that_of_the_foods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWITCHWISE_DATA", str(tmp_path / "named"))
    with Household.open() as household:
        assert household.path == tmp_path.resolve() / "named" / "household.db"


# trouble with the disk


def without_powers(script: str, folder: Path) -> str:
    """Run Python without the powers of root, who may write everywhere."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65534, 65534)
        for above in folder.resolve().parents:
            above.chmod(above.stat().st_mode | 0o011)
    return ran(f"import os\nif os.geteuid() == 0:\n    os.setgid(65534)\n    os.setuid(65534)\n{script}", folder)


def ran(script: str, folder: Path) -> str:
    """Run Python with all that is imported later loaded first."""
    first = f"""
import errno, resource, signal, sys, zoneinfo
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from twitchwise.errors import TwitchwiseError
from twitchwise.household import Household, export, place
try:
    import sqlcipher3.dbapi2
except ImportError:
    pass
folder = Path({str(folder)!r})
def tell(call):
    try:
        print("done", call())
    except TwitchwiseError as error:
        print("told", type(error).__name__, error)
"""
    done = subprocess.run([sys.executable, "-c", first + script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@posix
def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    said = as_nobody(
        f"{TELL}\nfolder.chmod(0o500)\ntell(lambda: Household.open(folder / 'kept'))\nfolder.chmod(0o700)", closed
    )
    assert said.startswith("told FileError") and "it cannot be made" in said
    assert "Traceback" not in said


@posix
def test_records_on_a_read_only_disk_can_be_read_but_not_changed(folder: Path) -> None:
    with Household.open(folder) as household:
        ann = household.add("Ann")
        household.save(ann.id, TABLES, 0)
    before = (folder / "household.db").read_bytes()
    script = """
(folder / "household.db").chmod(0o400)
folder.chmod(0o500)
def refused(*args, **named):
    raise OSError(errno.EROFS, "Read-only file system")
os.chmod = refused  # so that the rights are not put right first
with Household.open(folder) as household:
    (ann,) = household.people()
    tell(lambda: household.tables(ann.id))
    tell(lambda: len(household.export(None)) > 0)
    tell(lambda: household.save(ann.id, {"person": {"age": 50}}, 1))
    tell(lambda: household.set_passphrase("four quiet garden chairs"))
    tell(lambda: household.delete_all())
"""
    lines = without_powers(script, folder).splitlines()
    assert lines[0] == f"done {(TABLES, 1)}" and lines[1] == "done True"
    assert len(lines) == 5 and all("can be read but not changed" in line for line in lines[2:]), lines
    folder.chmod(0o700)
    assert (folder / "household.db").read_bytes() == before


@ways
def test_a_full_disk_loses_nothing(folder: Path, phrase: str) -> None:
    with Household.open(folder, phrase) as household:
        ann = household.add("Ann")
        household.save(ann.id, TABLES, 0)
        link = household._database._link
        pages = link.execute("PRAGMA page_count").fetchone()[0]
        link.execute(f"PRAGMA max_page_count = {pages + 2}")  # SQLite then says just what it says of a full disk
        with pytest.raises(FileError, match="the disk is full"):
            household.save(ann.id, {"habits": {"other": "x" * 100_000}}, 1)
        assert household.tables(ann.id) == (TABLES, 1)
        with pytest.raises(FileError, match="the disk is full"):
            household.keep(ann.id, kept(os.urandom(60_000).hex()))
        link.execute("PRAGMA max_page_count = 100000")
        assert household.save(ann.id, {"habits": {"other": "x" * 100_000}}, 1) == 2
    with Household.open(folder, phrase) as household:
        assert household.tables_at(ann.id, 1) == TABLES and not household.damage


@posix
@pytest.mark.parametrize("action", ["save", pytest.param("set_passphrase", marks=needs_cipher)])
def test_a_disk_that_takes_no_more_in_the_middle_of_a_write(folder: Path, action: str) -> None:
    with Household.open(folder) as household:
        ann = household.add("Ann")
        household.save(ann.id, TABLES, 0)
        household.save(ann.id, TABLES | {"habits": {"other": "y" * 300_000}}, 1)
    call = {
        "save": "household.save(ann.id, {'habits': {'other': 'x' * 900_000}}, 2)",
        "set_passphrase": "household.set_passphrase('four quiet garden chairs')",
    }[action]
    script = f"""
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = {'(folder / "household.db").stat().st_size + 40_000' if action == "save" else "100_000"}
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
with Household.open(folder) as household:
    (ann,) = household.people()
    tell(lambda: {call})
    print(household.tables(ann.id)[1])
"""
    said, version = ran(script, folder).splitlines()
    assert said.startswith("told FileError") and "not " in said and version == "2"
    with Household.open(folder) as household:
        assert household.tables_at(ann.id, 1) == TABLES and not household.damage
    assert [path.name for path in folder.iterdir()] == ["household.db"]


# damage


def test_a_file_that_is_not_ours_is_left_alone(folder: Path) -> None:
    path = folder / "household.db"
    folder.mkdir()
    for content in (
        b"hello",
        b"\0" * 8192,
        b"a letter to a friend, " * 1024,
        b"SQLite format 3\0" + b"\xff" * 9000,
    ):
        path.write_bytes(content)
        with pytest.raises(Damaged, match="left as it is"):
            Household.open(folder)
        assert path.read_bytes() == content
    path.unlink()
    with closing(plain_link(folder)) as link:
        link.execute("CREATE TABLE other (x)")
    before = path.read_bytes()
    with pytest.raises(Damaged):
        Household.open(folder)
    assert path.read_bytes() == before


def test_a_file_from_a_newer_version_is_left_alone(folder: Path) -> None:
    Household.open(folder).close()
    with closing(plain_link(folder)) as link:
        link.execute("PRAGMA user_version = 2")
    before = (folder / "household.db").read_bytes()
    with pytest.raises(FileError, match=r"newer twitchwise.*Update"):
        Household.open(folder)
    assert (folder / "household.db").read_bytes() == before


def test_one_damaged_entry_does_not_hide_the_others(folder: Path) -> None:
    with Household.open(folder) as household:
        ann = household.add("Ann")
        household.save(ann.id, TABLES, 0)
        household.save(ann.id, {"person": {"age": 42}}, 1)
        first, second = household.keep(ann.id, kept()), household.keep(ann.id, kept('{"a": 1}'))
    with closing(plain_link(folder)) as link:
        link.execute("UPDATE version SET record = replace(record, '42', '24') WHERE version = 2")
        link.execute("UPDATE kept SET review = x'00' WHERE number = ?", (first,))
    with Household.open(folder) as household:
        with pytest.raises(Damaged, match="Older versions"):
            household.tables(ann.id)
        assert household.tables_at(ann.id, 1) == TABLES
        assert household.kept_one(ann.id, second).json == '{"a": 1}'
        with pytest.raises(Damaged):
            household.kept(ann.id)
        with zipfile.ZipFile(io.BytesIO(household.export())) as archive:
            readme = archive.read("README.txt").decode()
            assert "person-1/versions/0002.json" in readme and f"reviews/{first:04}.json" in readme
            assert json.loads(archive.read("person-1/versions/0001.json")) == TABLES


@ways
def test_damaged_pages_are_noticed_and_never_written_over(folder: Path, phrase: str) -> None:
    with Household.open(folder, phrase) as household:
        ann = household.add("Ann")
        for number in range(60):
            household.save(ann.id, TABLES | {"habits": {"other": f"{number} " * 900}}, number)
    path = folder / "household.db"
    content = bytearray(path.read_bytes())
    last = len(content) // 4096 // 2 * 4096
    content[last : last + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    with Household.open(folder, phrase) as household:
        assert "damaged" in household.damage and str(path) in household.damage
        with pytest.raises(FileError, match="damaged"):
            household.add("Ben")
        readable = 0
        for number in range(1, 61):
            try:
                assert household.tables_at(ann.id, number)["habits"]["other"] == f"{number - 1} " * 900
                readable += 1
            except (FileError, Missing):
                pass
        assert readable >= 30
        exported = household.export()
    assert path.read_bytes() == content
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        assert len([name for name in archive.namelist() if "/versions/" in name]) >= 30


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_gives_a_line_or_the_right_record(folder: Path, seed: int) -> None:
    import random

    dice = random.Random(seed)
    with Household.open(folder) as household:
        ann = household.add("Ann")
        for number in range(20):
            household.save(ann.id, TABLES | {"habits": {"other": f"{number} " * 900}}, number)
    path = folder / "household.db"
    content = bytearray(path.read_bytes())
    for _ in range(dice.choice((1, 5, 50))):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    if dice.random() < 0.3:
        content = content[: dice.randrange(len(content))]
    path.write_bytes(content)
    try:
        with Household.open(folder) as household:
            for number in range(1, 21):
                try:
                    assert household.tables_at(ann.id, number) == TABLES | {"habits": {"other": f"{number - 1} " * 900}}
                except TwitchwiseError:
                    pass
            household.export()
    except TwitchwiseError as error:
        assert str(path) in str(error)


# two at once


HOLD = """
import sqlite3, sys
link = sqlite3.connect(sys.argv[1], isolation_level=None)
link.execute("BEGIN EXCLUSIVE" if sys.argv[2] == "all" else "BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
link.execute("ROLLBACK")
"""


def test_a_second_writer_waits(folder: Path, household: Household) -> None:
    ann = household.add("Ann")
    call = [sys.executable, "-c", HOLD, str(folder / "household.db"), "all"]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdin and other.stdout.readline() == "held\n"
        saved: list[int] = []
        waiting = threading.Thread(target=lambda: saved.append(household.save(ann.id, TABLES, 0)))
        waiting.start()
        time.sleep(0.3)
        assert not saved, "it must not write while another process holds the file"
        other.stdin.write("\n")
        other.stdin.flush()
        waiting.join(20)
    assert saved == [1]


def test_a_second_writer_gets_a_line_when_it_takes_too_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT", 0.2)
    with Household.open(folder) as household:
        ann = household.add("Ann")
        household.save(ann.id, TABLES, 0)
        call = [sys.executable, "-c", HOLD, str(folder / "household.db"), "write"]
        with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout and other.stdin and other.stdout.readline() == "held\n"
            with pytest.raises(Busy, match="Try again in a moment"):
                household.save(ann.id, {}, 1)
            with pytest.raises(Busy):
                household.set_passphrase(PHRASE)
            assert household.tables(ann.id) == (TABLES, 1), "reading goes on"
            other.stdin.write("\n")
            other.stdin.flush()
        assert household.save(ann.id, {}, 1) == 2


def test_many_threads_lose_no_save(household: Household) -> None:
    ann = household.add("Ann")
    problems: list[BaseException] = []

    def work(mark: int) -> None:
        try:
            for turn in range(10):
                while True:
                    tables, base = household.tables(ann.id)
                    try:
                        household.save(ann.id, {"habits": tables.get("habits", {}) | {f"{mark}-{turn}": "x"}}, base)
                        break
                    except Conflict:
                        continue
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(mark,)) for mark in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    tables, version = household.tables(ann.id)
    assert len(tables["habits"]) == version == 60


def test_two_processes_lose_no_save(folder: Path, household: Household) -> None:
    ann = household.add("Ann")
    script = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from twitchwise.household import Conflict, Household
with Household.open(Path({str(folder)!r})) as household:
    for turn in range(15):
        while True:
            tables, base = household.tables({ann.id!r})
            try:
                household.save({ann.id!r}, {{"habits": tables.get("habits", {{}}) | {{f"{{sys.argv[1]}}-{{turn}}": "x"}}}}, base)
                break
            except Conflict:
                pass
"""
    both = [subprocess.Popen([sys.executable, "-c", script, str(mark)]) for mark in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    tables, version = household.tables(ann.id)
    assert len(tables["habits"]) == version == 30


def test_a_new_folder_opened_by_several_at_once(folder: Path) -> None:
    script = (
        f"import sys\nfrom pathlib import Path\nsys.path.insert(0, {str(ROOT)!r})\n"
        f"from twitchwise.household import Household\nHousehold.open(Path({str(folder)!r})).add(sys.argv[1])"
    )
    names = ["Ann", "Ben", "Chen", "Dia"]
    running = [subprocess.Popen([sys.executable, "-c", script, name]) for name in names]
    assert [process.wait(60) for process in running] == [0] * 4
    with Household.open(folder) as household:
        assert sorted(person.name for person in household.people()) == names


def test_a_look_at_the_file_does_not_drop_the_lock_of_this_process(folder: Path, household: Household) -> None:
    """Closing any handle of a file drops the POSIX locks of the whole process."""
    with household._database.writing() as link:
        link.execute("UPDATE person SET name = 'x'")
        assert not is_locked(folder)
        Household.open(folder).close()
        probe = "import sqlite3, sys\nsqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        call = [sys.executable, "-c", probe, str(folder / "household.db")]
        done = subprocess.run(call, capture_output=True, text=True)
    assert "database is locked" in done.stderr


# deleting


@pytest.mark.parametrize("how", ["person", "all", "review", "wipe"])
def test_what_is_deleted_is_gone_from_the_folder(folder: Path, how: str) -> None:
    secret = b"qzxvsecretmark"
    review = json.dumps({"noise": os.urandom(3000).hex()})
    with Household.open(folder) as household:
        ann, ben = household.add("Ann Qzxvname"), household.add("Ben")
        for number in range(30):
            household.save(ann.id, {"habits": {"other": f"{secret.decode()} {number} " * 200}}, number)
            household.save(ben.id, {"habits": {"other": f"plain {number} " * 200}}, number)
        number = household.keep(ann.id, kept(review))
        packed = household._database._link.execute("SELECT review FROM kept").fetchone()[0]
        marks = [packed[40:80], packed[-60:-20]] + ([] if how == "review" else [secret, b"Qzxvname", ann.id.encode()])
        assert all(mark in all_bytes(folder) for mark in marks), "the marks must be there first"
        if how == "person":
            household.delete(ann.id)
        elif how == "all":
            household.delete_all()
        elif how == "review":
            household.forget(ann.id, number)
        else:
            household.close()
            wipe(folder)
        found = all_bytes(folder)  # still open: nothing waits for the end of the process
        assert not [mark for mark in marks if mark in found]
        assert [path.name for path in folder.iterdir()] == ([] if how == "wipe" else ["household.db"])
        if how in ("person", "review"):
            assert household.tables(ben.id)[1] == 30
        if how == "all":
            assert household.people() == () and (folder / "household.db").stat().st_size < 40_000


def test_an_old_name_is_gone_after_a_rename_and_a_delete(folder: Path, household: Household) -> None:
    ann = household.add("Qzxvfirst")
    household.rename(ann.id, "Second")
    assert b"Qzxvfirst" not in all_bytes(folder)
    assert b"Second" in all_bytes(folder)


def test_a_number_of_a_review_is_never_used_twice(household: Household) -> None:
    ann = household.add("Ann")
    first = household.keep(ann.id, kept())
    household.forget(ann.id, first)
    assert household.keep(ann.id, kept()) > first


# export and import


@ways
def test_an_export_brings_everything_back(folder: Path, tmp_path: Path, phrase: str) -> None:
    with Household.open(folder, phrase) as household:
        ann, ben = household.add("Ann 👩‍👩‍👧‍👦"), household.add("../../Ben")
        household.save(ann.id, TABLES, 0)
        household.save(ann.id, {"person": {"age": 42}}, 1)
        household.keep(ann.id, kept())
        data = household.export()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            assert {"README.txt", "household.json", "person-1/record.toml", "person-1/record.json"} <= set(names)
            assert not any(".." in name or name.startswith("/") for name in names)
            assert tomllib.loads(archive.read("person-1/record.toml").decode())["person"]["age"] == "42"
            assert archive.read("person-1/reviews/0001.json").decode() == REVIEW
            assert "no passphrase" in archive.read("README.txt").decode()
        for _ in range(2):  # nobody is replaced: a second time adds them a second time
            added = household.import_(data)
        assert len(household.people()) == 6 and {ann.id, ben.id}.isdisjoint(person.id for person in added)
    with Household.open(tmp_path / "other") as other:
        one, two = other.import_(data)
        assert (one.name, two.name) == (ann.name, "../../Ben")
        assert other.tables(one.id) == ({"person": {"age": 42}}, 2)
        assert other.tables_at(one.id, 1) == TABLES
        assert [review.json for review in other.kept(one.id)] == [REVIEW]
        assert other.tables(two.id) == ({}, 0)
        assert other.people() == (one, two)


def test_an_export_of_one_person_holds_nobody_else(household: Household) -> None:
    ann, ben = household.add("Ann"), household.add("Qzxvben")
    household.save(ann.id, TABLES, 0)
    household.save(ben.id, {"habits": {"other": "qzxvsecret"}}, 0)
    data = household.export(ann.id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert "record.toml" in archive.namelist()
    assert b"qzxvsecret" not in everything and b"Qzxvben" not in everything
    assert household.import_(data)[0].name == "Ann"


@pytest.mark.parametrize(
    "data", [b"[person]\nage = 40\n", b'{"person": {"age": 40}}', b'\xef\xbb\xbf{"person": {"age": 40}}']
)
def test_a_single_record_is_imported_as_a_person(household: Household, data: bytes) -> None:
    (person,) = household.import_(data, "Ann")
    assert person.name == "Ann" and household.tables(person.id) == ({"person": {"age": 40}}, 1)


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_json", ".json"), data)
    return buffer.getvalue()


def index(**changes: Any) -> bytes:
    at = "2026-11-22T10:00:00Z"
    card = {"folder": "", "name": "Ann", "made": at, "changed": at, "version": 1, "reviews": []}
    card["versions"] = [{"version": 1, "made": at, "file": "versions/0001.json"}]
    return json.dumps({"format": "twitchwise household", "layout": 1, "people": [card | changes]}).encode()


BAD_IMPORTS = {
    "empty": b"",
    "noise": bytes(range(256)) * 40,
    "text": b"hello",
    "half a zip": zipped(household_json=index(), versions__0001_json=b"{}")[:90],
    "zip of something else": zipped(letter=b"dear friend"),
    "no file": zipped(household_json=index()),
    "list": zipped(household_json=b"[]"),
    "deep": zipped(household_json=b"[" * 100_000),
    "newer": zipped(household_json=index().replace(b'"layout": 1', b'"layout": 2')),
    "outside": zipped(
        household_json=index(versions=[{"version": 1, "made": "2026-11-22T10:00:00Z", "file": "../../etc/passwd"}])
    ),
    "bomb": zipped(household_json=index(), versions__0001_json=b'{"a": "' + b" " * 60_000_000 + b'"}'),
    "many bytes": zipped(household_json=index(), versions__0001_json=b'{"a": "' + b"x" * 6_000_000 + b'"}'),
    "no name": zipped(household_json=index(name=""), versions__0001_json=b"{}"),
    "name of a wrong kind": zipped(household_json=index(name=[1]), versions__0001_json=b"{}"),
    "no time": zipped(household_json=index(made="<script>"), versions__0001_json=b"{}"),
    "record is a list": zipped(household_json=index(), versions__0001_json=b"[1]"),
    "two of a kind": zipped(
        household_json=index(
            versions=[{"version": 1, "made": "2026-11-22T10:00:00Z", "file": "versions/0001.json"}] * 2
        ),
        versions__0001_json=b"{}",
    ),
    "toml": b"[person\nage = 3",
    "json": b'{"person": ',
}


@pytest.mark.parametrize("data", BAD_IMPORTS.values(), ids=BAD_IMPORTS.keys())
def test_a_bad_import_is_refused_in_one_line_and_adds_nobody(household: Household, data: bytes) -> None:
    household.add("Ben")
    with pytest.raises((RecordError, LimitError)) as caught:
        household.import_(data)
    assert len(str(caught.value)) < 300 and "\n" not in str(caught.value)
    assert [person.name for person in household.people()] == ["Ben"]


def test_the_made_up_import_is_refused_for_its_fault_only(household: Household) -> None:
    good = zipped(household_json=index(), versions__0001_json=b'{"person": {"age": 40}}')
    assert household.tables(household.import_(good)[0].id) == ({"person": {"age": 40}}, 1)


# passphrase


@needs_cipher
def test_nothing_can_be_read_without_the_passphrase(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    marks = [b"Qzxvname", b"muscle twitching", b"CREATE TABLE", b"SQLite format", b"self_care"]
    with Household.open(folder) as household:
        ann = household.add("Qzxvname")
        household.save(ann.id, TABLES, 0)
        number = household.keep(ann.id, kept())
        assert all(mark in all_bytes(folder) for mark in marks), "the marks must be there first"
        household.set_passphrase(PHRASE)
        assert not [mark for mark in marks if mark in all_bytes(folder)]
        assert household.encrypted and is_locked(folder)
        assert household.save(ann.id, {"person": {"age": 42}}, 1) == 2, "it goes on with the new file"
    for wrong in ("", "wrong passphrase", PHRASE + " ", PHRASE.upper(), "'; DROP TABLE person; --", "\0", "x" * 5000):
        with pytest.raises(Locked) as caught:
            Household.open(folder, wrong)
        assert isinstance(caught.value, WrongPassphrase) == bool(wrong)
        assert not wrong or wrong not in str(caught.value)
    assert "lost" in str(caught.value)
    with Household.open(folder, PHRASE) as household:
        assert household.tables(ann.id) == ({"person": {"age": 42}}, 2)
        assert household.kept_one(ann.id, number).json == REVIEW
        household.set_passphrase('it\'s another "one" Ünïcode 🙂')
        household.remove_passphrase()
        assert not household.encrypted and not is_locked(folder)
        household.set_passphrase(PHRASE)
        household.set_passphrase('it\'s another "one" Ünïcode 🙂')
    with pytest.raises(WrongPassphrase):
        Household.open(folder, PHRASE)
    with Household.open(folder, 'it\'s another "one" Ünïcode 🙂') as household:
        assert household.tables(ann.id)[1] == 2
    assert [path.name for path in folder.iterdir()] == ["household.db"]
    assert capfd.readouterr() == ("", ""), "no library writes to the terminal"


@needs_cipher
def test_the_same_passphrase_from_another_keyboard(folder: Path) -> None:
    Household.open(folder, "café am meer").close()
    with Household.open(folder, "cafe\u0301 am meer") as household:
        assert household.encrypted


@needs_cipher
@pytest.mark.parametrize("phrase", ["short", "x" * 1001, "with\nlines in it", "with\0zero in it", "        \t"])
def test_a_passphrase_that_would_not_help_is_refused(folder: Path, phrase: str) -> None:
    with Household.open(folder) as household:
        with pytest.raises(RecordError, match="8 to 1,000"):
            household.set_passphrase(phrase)
        assert not household.encrypted
    assert not is_locked(folder)


def test_a_passphrase_for_records_that_have_none_is_said_so(folder: Path) -> None:
    Household.open(folder).close()
    with pytest.raises(RecordError, match="no passphrase"):
        Household.open(folder, PHRASE)


def test_without_the_library_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "CIPHER", "twitchwise_no_such_module")
    with Household.open(folder) as household:
        ann = household.add("Ann")
        with pytest.raises(FileError, match=r"pip install 'twitchwise\[encrypted\]'"):
            household.set_passphrase(PHRASE)
        household.save(ann.id, TABLES, 0)
    assert [path.name for path in folder.iterdir()] == ["household.db"]


@needs_cipher
def test_a_process_that_has_the_old_file_open_loses_nothing_silently(folder: Path) -> None:
    with Household.open(folder) as first, Household.open(folder) as second:
        ann = first.add("Ann")
        first.save(ann.id, TABLES, 0)
        first.set_passphrase(PHRASE)
        for call in (lambda: second.save(ann.id, {}, 1), lambda: second.tables(ann.id), lambda: second.delete(ann.id)):
            with pytest.raises(FileError, match="start it again"):
                call()
        assert first.tables(ann.id) == (TABLES, 1)
    assert is_locked(folder)


def test_a_file_that_was_moved_away_is_said_so(folder: Path, household: Household) -> None:
    ann = household.add("Ann")
    (folder / "household.db").rename(folder / "elsewhere.db")
    with pytest.raises(FileError, match="moved"):
        household.save(ann.id, TABLES, 0)


def test_what_a_killed_change_of_the_passphrase_left_is_removed(folder: Path) -> None:
    Household.open(folder).close()
    place.new_file(folder / "household.db").write_bytes(b"half a copy")
    Household.open(folder).close()
    assert [path.name for path in folder.iterdir()] == ["household.db"]


@needs_cipher
def test_a_lost_passphrase_can_be_started_over(folder: Path) -> None:
    with Household.open(folder, PHRASE) as household:
        household.add("Ann")
    wipe(folder)
    with Household.open(folder) as household:
        assert household.people() == ()


# words


def test_no_error_says_anything_of_a_record(household: Household, folder: Path) -> None:
    ann = household.add("Qzxvname")
    household.save(ann.id, {"habits": {"other": "qzxvsecret"}}, 0)
    calls = (
        lambda: household.save(ann.id, {"habits": {"other": "qzxvsecret"}, "x": object()}, 1),
        lambda: household.save(ann.id, {"habits": {"other": "qzxvsecret"}}, 7),
        lambda: household.save(ann.id, {"habits": {"qzxvsecret": "qzxvsecret" * 10**6}}, 1),
        lambda: household.tables_at(ann.id, 9),
        lambda: household.import_(b'{"habits": {"other": "qzxvsecret"'),
        lambda: household.import_(zipped(household_json=index(name="Qzxvname", made="qzxvsecret"))),
    )
    for call in calls:
        with pytest.raises(TwitchwiseError) as caught:
            call()
        assert "qzxv" not in str(caught.value).lower()
        assert "\n" not in str(caught.value)


def test_after_closing_it_says_so(folder: Path) -> None:
    household = Household.open(folder)
    household.close()
    household.close()
    with pytest.raises(FileError, match="closed"):
        household.people()
    assert not place.OPEN[household.path]


def test_the_package_does_not_load_the_cipher_before_it_is_needed(folder: Path) -> None:
    script = (
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pathlib import Path\nfrom twitchwise.household import Household\n"
        f"Household.open(Path({str(folder)!r})).close()\nassert 'sqlcipher3' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).returncode == 0
