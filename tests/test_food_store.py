"""Added tables: what goes in comes out; killed at any moment, the old table or the new one is there, never half."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from food_files import BRANDED, FDC, ciqual_csv, zipped

from twitchwise.errors import FileError
from twitchwise.evidence.load import load_evidence
from twitchwise.evidence.types import Cite
from twitchwise.foods import store
from twitchwise.foods.load import curated
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS
from twitchwise.foods.store_types import Card, Draft
from twitchwise.foods.types import Food, Portion
from twitchwise.formats.food_tables import read_tables

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv("TWITCHWISE_DATA", str(folder))
    return folder


def draft(foods: int = 3, name: str = "demo", start: float = 0.0) -> Draft:
    made = tuple(
        Food(
            f"demo:{n}",
            f"Food {n}, crème",
            "group",
            f"demo:{n}",
            Cite("fdc_download", f"FDC {n}"),
            ("other name",),
            frozenset({"raw"}),
            (Portion("cup", 30.5 + n), Portion("bit", 1.0, "elicited")),
            "a note",
        )
        for n in range(foods)
    )
    values = np.arange(foods * len(NUTRIENTS), dtype=np.float64).reshape(foods, -1) / 7 + start
    values[0, COLUMN["iron"]] = np.nan
    card = Card(name, "producer", "release 1", "free", "fdc_download", "f.zip", "ab" * 32, foods, 9, 6, (("odd", 2),))
    return Draft(card, made, values)


def test_what_goes_in_comes_out() -> None:
    given = draft()
    assert store.added_tables() == () and not store.store_path().exists()  # looking makes no file
    assert store.save_table(given, DAY) is False
    table = store.load_table("demo")
    assert table.foods == given.foods and table.name == "demo"
    assert np.array_equal(table.values, given.values, equal_nan=True)
    assert np.isnan(table.value("demo:0", "iron"))
    assert store.added_cards() == (replace(given.card, added="2026-11-22"),)
    assert store.save_table(draft(start=1000.0), DAY) is True
    assert store.load_table("demo").value("demo:1", "energy") > 1000 and store.added_tables() == ("demo",)


def test_curated_foods_come_first_and_added_ones_after() -> None:
    store.save_table(draft(name="b"), DAY)
    store.save_table(draft(name="a"), DAY)
    assert [table.name for table in store.all_tables()] == [curated().name, "a", "b"]
    store.remove_table("a")
    assert store.added_tables() == ("b",)
    with pytest.raises(FileError, match=r"'a' is no added table \(added: b\)"):
        store.remove_table("a")
    with pytest.raises(FileError, match="foods add FILE"):
        store.load_table("a")


@pytest.mark.skipif(os.name != "posix", reason="file permissions are another thing elsewhere")
def test_only_its_owner_can_read_it(own_folder: Path) -> None:
    old = os.umask(0)
    try:
        store.save_table(draft(), DAY)
    finally:
        os.umask(old)
    assert stat.S_IMODE(store.store_path().stat().st_mode) == 0o600
    assert stat.S_IMODE(own_folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "My Table", "../x", "twitchwise", "x" * 41, "a;b"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(FileError, match="no name for a table"):
        store.save_table(draft(name=name), DAY)


def test_columns_of_another_version_are_laid_out_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    old = (*NUTRIENTS[:1:-1], "selenium")
    with monkeypatch.context() as patch:
        patch.setattr(store, "NUTRIENTS", old)
        store.save_table(replace(draft(), values=draft().values[:, : len(old)]), DAY)
    table = store.load_table("demo")
    assert table.values.shape == (3, len(NUTRIENTS))
    for place, nutrient in enumerate(old[:-1]):
        assert table.values[1, COLUMN[nutrient]] == draft().values[1, place]
    assert np.isnan(table.values[:, [COLUMN[n] for n in set(NUTRIENTS) - set(old)]]).all()


def damage(where: float) -> None:
    path = store.store_path()
    data = bytearray(path.read_bytes())
    at = int(len(data) * where)
    data[at : at + 400] = bytes(400)
    path.write_bytes(data)


@pytest.mark.parametrize("where", [0.0, 0.2, 0.5, 0.9, 0.99])
def test_a_damaged_file_is_said_not_believed(where: float) -> None:
    store.save_table(draft(200), DAY)
    good = store.load_table("demo")
    damage(where)
    try:
        table = store.load_table("demo")
    except FileError as error:
        assert str(store.store_path()) in str(error) and "\n" not in str(error)
    else:  # the damage hit a place that holds nothing
        assert table.foods == good.foods and np.array_equal(table.values, good.values, equal_nan=True)


def test_damage_to_the_values_is_noticed() -> None:
    store.save_table(draft(200), DAY)
    damage(0.8)
    with pytest.raises(FileError, match="Move this file away and add the tables again"):
        store.load_table("demo")


def test_a_strange_file_is_left_alone(own_folder: Path) -> None:
    own_folder.mkdir()
    path = store.store_path()
    for content in (b"not a database at all, but long enough to be looked at" * 20, None):
        path.unlink(missing_ok=True)
        if content is None:
            with sqlite3.connect(path) as link:
                link.execute("CREATE TABLE mine (x)")
            link.close()
        else:
            path.write_bytes(content)
        before = path.read_bytes()
        for work in (store.added_cards, store.added_tables, lambda: store.save_table(draft(), DAY)):
            with pytest.raises(FileError, match="cannot be read"):
                work()
        assert path.read_bytes() == before


def test_a_newer_layout_is_not_touched() -> None:
    store.save_table(draft(), DAY)
    with sqlite3.connect(store.store_path()) as link:
        link.execute("PRAGMA user_version = 99")
    link.close()
    with pytest.raises(FileError, match="newer twitchwise"):
        store.load_table("demo")


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("TWITCHWISE_DATA", str(tmp_path / "file" / "below"))
    with pytest.raises(FileError, match="Set TWITCHWISE_DATA"):
        store.save_table(draft(), DAY)


def test_the_folder_follows_the_platform() -> None:
    home = Path.home()
    assert store.data_folder({}, "linux") == home / ".local" / "share" / "twitchwise"
    assert store.data_folder({"XDG_DATA_HOME": "rel"}, "linux") == home / ".local" / "share" / "twitchwise"
    assert store.data_folder({}, "darwin") == home / "Library" / "Application Support" / "twitchwise"
    assert store.data_folder({"LOCALAPPDATA": "/l"}, "win32") == Path("/l/twitchwise")


# --- killed at any moment

WRITER = """
import sys
sys.path[:0] = [{tests!r}]
from test_food_store import DAY, draft
from twitchwise.foods import store
from dataclasses import replace
big = draft(4000, start=float(sys.argv[1]))
print("ready", flush=True)
while True:
    store.save_table(big, DAY)
"""


def running(script: str, *arguments: str) -> subprocess.Popen[str]:
    run = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is another thing elsewhere")
def test_killed_at_any_moment_a_whole_table_is_there() -> None:
    """A writer replaces a table again and again and is killed after a random time, twelve times or more."""
    dice = random.Random(9)
    store.save_table(draft(4000, start=0.0), DAY)
    seen, journals = set(), 0
    for start in range(1, 61):
        with running(WRITER.format(tests=str(ROOT / "tests")), str(start * 1e6)) as writer:
            assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
            time.sleep(dice.random() * 0.12)
            writer.send_signal(signal.SIGKILL)
        journals += store.store_path().with_name("foods.sqlite-journal").exists()
        table = store.load_table("demo")
        assert len(table.foods) == 4000
        first = float(table.values[0, 0])
        assert first in {0.0, *(n * 1e6 for n in range(1, start + 1))}
        # every value is of the same writing
        expected = draft(4000, start=first).values
        assert np.array_equal(table.values, expected, equal_nan=True)
        seen.add(first)
        if start >= 12 and len(seen) > 3 and journals:
            return  # some writings came through, some were cut off in the middle
    pytest.fail(f"the kills hit no writing: {len(seen)} tables seen, {journals} writings cut off")


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is another thing elsewhere")
@pytest.mark.parametrize("moment", ["read", "begin", "insert"])
def test_killed_at_a_known_moment_of_an_import(moment: str, tmp_path: Path) -> None:
    store.save_table(draft(2000, name="foundation"), DAY)
    path = zipped(FDC, tmp_path / "FoodData_Central_foundation_food_csv_2025-04-24.zip")
    script = f"""
import os, signal, sqlite3, sys
def die(): os.kill(os.getpid(), signal.SIGKILL)
class Link(sqlite3.Connection):
    def execute(self, text, *rest):
        done = super().execute(text, *rest)
        if {moment!r} == "begin" and text.startswith("BEGIN"): die()
        if {moment!r} == "insert" and text.startswith("INSERT"): die()
        return done
connect = sqlite3.connect
sqlite3.connect = lambda *a, **k: connect(*a, factory=Link, **k)
from twitchwise.formats import food_grid
if {moment!r} == "read": food_grid.Grid.put = lambda *a: die()
from twitchwise.cli import food_tables, main
sys.argv = ["twitchwise", "foods", "add", {str(path)!r}]
main()
"""
    with running(script) as writer:
        assert writer.wait() == -signal.SIGKILL
    assert len(store.load_table("foundation").foods) == 2000
    assert store.save_table(next(read_tables(path)), DAY) is True  # and nothing stays locked
    assert len(store.load_table("foundation").foods) == 2


def test_a_failed_import_leaves_the_old_table(tmp_path: Path) -> None:
    store.save_table(draft(name="foundation"), DAY)
    path = zipped(FDC | {"food_nutrient.csv": FDC["food_nutrient.csv"] + "\0"}, tmp_path / "t.zip")
    code, _, error = ran("add", str(path))
    assert code == FileError.exit_code and "zero bytes" in error and error.count("\n") == 1
    assert len(store.load_table("foundation").foods) == 3


# --- the commands


def ran(*arguments: str) -> tuple[int, str, str]:
    script = (
        "import sys\nfrom twitchwise.cli import food_tables, main\nsys.argv = ['twitchwise', *sys.argv[1:]]\nmain()"
    )
    run = [sys.executable, "-c", script, "foods", *arguments]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"COLUMNS": "80"})
    return done.returncode, done.stdout, done.stderr


def test_add_list_search_and_remove(tmp_path: Path) -> None:
    path = ciqual_csv(tmp_path / "Table Ciqual 2020.csv")
    code, out, error = ran("add", str(path), "--on", "2026-11-22")
    assert (code, error) == (0, "") and out.startswith("Added the table ciqual (foods: 2).")
    code, listed, _ = ran("tables")
    assert code == 0
    for word in ("Anses", "Ciqual table 2020", "Licence Ouverte", "foods: 2;", "2026-11-22", path.name, '"traces"'):
        assert word in " ".join(listed.split()), word
    assert all(len(line) <= 80 for text in (out, listed) for line in text.splitlines() if "Kept in" not in line)
    assert ran("add", str(path))[1].startswith("Replaced the table ciqual")
    code, shown, _ = ran("show", "ciqual:20059")
    assert code == 0 and "58" in shown and "Spinach" in shown
    assert ran("remove", "ciqual")[1] == "Took the table ciqual out.\n"
    assert "No table was added yet" in ran("tables")[1]
    assert ran("remove", "ciqual")[0] == FileError.exit_code


def test_a_name_of_ones_own_and_two_tables_in_one_file(tmp_path: Path) -> None:
    path = zipped(FDC, tmp_path / "t.zip")
    assert ran("add", str(path), "--name", "leaves")[0] == 0 and store.added_tables() == ("leaves",)
    assert ran("add", str(path), "--name", "Bad Name")[0] == FileError.exit_code
    text = {name: FDC[name] + BRANDED[name].split("\n", 2)[2] for name in ("food.csv",)}
    lines = FDC["food_nutrient.csv"] + "20,12,1087,120,,,,,,,\n"
    both = zipped(FDC | text | {"food_nutrient.csv": lines}, tmp_path / "both.zip")
    code, _, error = ran("add", str(both), "--name", "one")
    assert code == FileError.exit_code and "2 tables" in error and store.added_tables() == ("leaves",)
    assert ran("add", str(both))[0] == 0 and store.added_tables() == ("branded", "foundation", "leaves")


def test_every_food_is_cited_from_the_bibliography(tmp_path: Path) -> None:
    sources = load_evidence().sources
    for path in (zipped(FDC, tmp_path / "a.zip"), zipped(BRANDED, tmp_path / "b.zip"), ciqual_csv(tmp_path / "c.csv")):
        for read in read_tables(path):
            assert read.card.source in sources
            assert all(food.cite.source == read.card.source and food.cite.locator for food in read.foods)


def test_the_import_is_not_loaded_by_other_commands() -> None:
    script = (
        "import sys\nfrom twitchwise.cli import food_tables\n"
        "print(sorted({'sqlite3', 'openpyxl', 'numpy', 'csv', 'zipfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert "openpyxl" not in done.stdout and "numpy" not in done.stdout and "sqlite3" not in done.stdout
