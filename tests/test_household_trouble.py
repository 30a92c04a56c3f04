"""Trouble with the disk, damage, and two at once: a clear line each time, and nothing is lost."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from household_case import PHRASE, ROOT, TABLES, kept, needs_cipher, plain_link, posix, ways

from twitchwise.errors import FileError, TwitchwiseError
from twitchwise.household import (
    Busy,
    Conflict,
    Damaged,
    Household,
    Missing,
    database,
    is_locked,
)


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


# trouble with the disk


@posix
def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    script = "folder.chmod(0o500)\ntell(lambda: Household.open(folder / 'kept'))\nfolder.chmod(0o700)"
    said = without_powers(script, closed)
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
    assert len(lines) == 5 and all("not changed" in line for line in lines[2:]), lines
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
                with suppress(TwitchwiseError):
                    assert household.tables_at(ann.id, number) == TABLES | {"habits": {"other": f"{number - 1} " * 900}}
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
                habits = tables.get("habits", {{}}) | {{f"{{sys.argv[1]}}-{{turn}}": "x"}}
                household.save({ann.id!r}, {{"habits": habits}}, base)
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
