"""Diary files: our CSV, Cronometer, MyFitnessPal, NHANES, free text, and what people get wrong in them."""

from __future__ import annotations

import lzma
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.errors import FileError, LimitError
from twitchwise.formats import read_record
from twitchwise.formats.diary import read_diary
from twitchwise.formats.diary.columns import columns_of
from twitchwise.formats.diary.table import number
from twitchwise.formats.diary.text import read_text

SHARED = os.environ.get("TWITCHWISE_SHARED", "")
needs_shared = pytest.mark.skipif(not SHARED, reason="TWITCHWISE_SHARED is not set: the real diaries are NOT read")


def write(folder: Path, text: str, name: str = "diary.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.shared
@needs_shared
def test_real_cronometer_summary_is_one_whole_day() -> None:
    folder = Path(SHARED) / "data/diaries/cronometer_myfitnesspal_dawndrain"
    lines, slips = read_diary(folder / "cronometer_dailysummary.csv")
    assert [(line.day, line.text) for line in lines] == [("2025-03-06", "")] and not slips
    given = lines[0].nutrients
    assert given["magnesium"] == 190.5 and given["water"] == 2557.8 and given["thiamine"] == 1.61
    assert given["vitamin_d"] == pytest.approx(351.44 / 40)  # international units to micrograms


@pytest.mark.shared
@needs_shared
def test_real_myfitnesspal_meals_have_no_magnesium_and_no_guessed_units() -> None:
    folder = Path(SHARED) / "data/diaries/cronometer_myfitnesspal_dawndrain"
    lines, slips = read_diary(folder / "myfitnesspal.csv")
    assert [line.meal for line in lines] == ["Breakfast", "Dinner", "Lunch"]
    assert all("magnesium" not in line.nutrients and "calcium" not in line.nutrients for line in lines)
    assert {slip.what for slip in slips} == {"Calcium", "Iron"}
    assert lines[0].nutrients["potassium"] == 198.0
    assert "potassium" not in lines[1].nutrients  # this program writes 0 where nothing was recorded


@pytest.mark.shared
@needs_shared
def test_real_nhanes_recall_of_one_person() -> None:
    path = Path(SHARED) / "data/nhanes/2017-2018/DR1IFF_J.csv.xz"
    lines, _ = read_diary(path, "93704")
    assert len(lines) == 13 and lines[0].code == "fndds:55100050" and lines[0].grams == 80.58
    with pytest.raises(FileError, match="holds 7640 people"):
        read_diary(path)
    with pytest.raises(FileError, match="nobody with the number 1 "):
        read_diary(path, "1")


def test_cronometer_servings_with_and_without_a_time_column(tmp_path: Path) -> None:
    with_time = "Day,Time,Group,Food Name,Amount,Energy (kcal),Magnesium (mg),Category\n"
    with_time += '2026-06-10,08:14 AM,Breakfast,"Oats, Rolled, Dry",80.00 g,311,138.0,Grains\n'
    with_time += "2026-06-11,,Snacks,Banana,1.00 medium,105,,Fruit\n"
    lines, slips = read_diary(write(tmp_path, with_time))
    assert not slips
    assert [(x.day, x.meal, x.text, x.grams, x.amount) for x in lines] == [
        ("2026-06-10", "Breakfast", "Oats, Rolled, Dry", 80.0, "80.00 g"),
        ("2026-06-11", "Snacks", "Banana", None, "1.00 medium"),
    ]
    assert lines[0].nutrients == {"energy": 311.0, "magnesium": 138.0}
    assert "magnesium" not in lines[1].nutrients  # empty is unknown
    without = "Day,Group,Food Name,Amount,Energy (kcal)\n2026-01-01,Lunch,Apple,150 g,78\n"
    assert read_diary(write(tmp_path, without))[0][0].grams == 150.0


def test_food_rows_of_myfitnesspal_and_rows_of_totals(tmp_path: Path) -> None:
    text = (
        'Date,Meal,Food,Calories,Protein (g)\n06/13/2026,Lunch,"chicken, grilled","1,050",31\n,Daily Total,,1050,31\n'
    )
    lines, slips = read_diary(write(tmp_path, text))
    assert [(x.day, x.text, x.nutrients["energy"]) for x in lines] == [("2026-06-13", "chicken, grilled", 1050.0)]
    assert "totals" in slips[0].why


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("13/06/2026", "14/06/2026"), "2026-06-13"),
        (("06/07/2026", "06/30/2026"), "2026-06-07"),
        (("01.11.2026",) * 2, "2026-11-01"),
    ],
)
def test_dates_in_either_order(tmp_path: Path, dates: tuple[str, str], first: str) -> None:
    rows = "".join(f"{day},x,egg,50\n" for day in dates)
    assert read_diary(write(tmp_path, "date,meal,food,grams\n" + rows))[0][0].day == first


def test_our_csv_with_semicolons_decimal_commas_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_bytes(
        "\ufeffday;meal;food;amount;unit;grams\n2026-11-01;lunch;rice;1;cup;\n2026-11-01;lunch;peas;;;82,5\n".encode()
    )
    lines, _ = read_diary(path)
    assert [(x.text, x.amount, x.grams) for x in lines] == [("rice", "1 cup", None), ("peas", "", 82.5)]


def test_older_office_encodings(tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_bytes("day,food,grams\n2026-11-01,crème fraîche,30\n".encode("cp1252"))
    assert read_diary(path)[0][0].text == "crème fraîche"
    path.write_bytes("day,food,grams\n2026-11-01,crème,30\n".encode("utf-16"))
    assert read_diary(path)[0][0].text == "crème"


def test_what_cannot_be_used_is_said_with_its_line(tmp_path: Path) -> None:
    text = "day,food,grams,Magnesium (mg)\n2026-11-01,rice,lots,20\n2026-11-01,,,\n2026-11-01,peas,50,a few\n,,,\n"
    lines, slips = read_diary(write(tmp_path, text))
    assert [x.text for x in lines] == ["rice", "peas"] and lines[0].grams is None
    assert {slip.where for slip in slips} == {"diary.csv line 2", "diary.csv line 3", "diary.csv line 4"}


def test_free_text_with_days_meals_bullets_and_clock_times() -> None:
    text = """# Monday 3 November
Breakfast (at home)
- 2 eggs, fried
* 08:15 black coffee
1. toast
Lunch: cheese sandwich
day 2:
7am - porridge
Supplements:
magnesium 200 mg
"""
    read = [(x.day, x.meal, x.text, x.supplement) for x in read_text(text, "me.txt")]
    assert read == [
        ("Monday 3 November", "breakfast", "2 eggs, fried", False),
        ("Monday 3 November", "breakfast", "black coffee", False),
        ("Monday 3 November", "breakfast", "toast", False),
        ("Monday 3 November", "lunch", "cheese sandwich", False),
        ("day 2", "", "porridge", False),
        ("day 2", "supplements", "magnesium 200 mg", True),
    ]


@pytest.mark.parametrize(
    "line", ["lunch meat, 2 slices", "tea with milk", "snack bar", "2 eggs", "1/2 avocado", "7 up"]
)
def test_food_words_are_not_taken_for_headings(line: str) -> None:
    assert [x.text for x in read_text(line, "x")] == [line]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 something", "this is no text"),
        (b"%PDF-1.7", "this is no text"),
        (b"", "no food was found"),
        (b"\n \n", "no food was found"),
        (b"\xfd7zXZ broken", "damaged"),
        (b"day,food\n", "no food was found"),
    ],
)
def test_files_that_are_no_diary(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "diary.csv"
    path.write_bytes(data)
    with pytest.raises(FileError, match=message):
        read_diary(path)


def test_an_unpacking_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.xz"
    path.write_bytes(lzma.compress(b"0" * 250_000_000, preset=1))
    with pytest.raises((FileError, LimitError), match="MB"):
        read_diary(path)


def test_record_reads_its_diary_from_its_own_folder_only(tmp_path: Path) -> None:
    write(tmp_path, "day,food,grams\n2026-11-01,rice,150\n", "march.csv")
    record = write(tmp_path, '[diet]\ndiary = "march.csv"\n', "me.toml")
    assert [line.text for line in read_record(record).diet.lines] == ["rice"]
    for name in ("../march.csv", "/etc/passwd", "C:\\diary.csv", "a/../../b.csv"):
        outside = write(tmp_path, f"[diet]\ndiary = '{name}'\n", "you.toml")
        found = read_record(outside)
        assert not found.diet.lines and found.slips[0].where == "diet.diary"


def test_a_missing_diary_loses_nothing_else(tmp_path: Path) -> None:
    record = write(tmp_path, '[[findings]]\nwhat = "cramps"\n[diet]\ndiary = "gone.csv"\n', "me.toml")
    found = read_record(record)
    assert found.findings and found.slips[0].what == "gone.csv" and "no such file" in found.slips[0].why


def test_headings_of_other_programs() -> None:
    columns = columns_of(
        ["Date", "Vitamin D (mcg)", "B12 (Cobalamin) (µg)", "Energy (kJ)", "Sodium (g)", "Folate (IU)"]
    )
    assert columns.nutrients["vitamin_d"] == (1, 1.0) and columns.nutrients["vitamin_b12"] == (2, 1.0)
    assert columns.nutrients["energy"][1] == pytest.approx(1 / 4.184) and columns.nutrients["sodium"] == (4, 1000.0)
    assert columns.unclear == ("Folate (IU)",)


@given(st.floats(0, 1e6, allow_nan=False))
def test_numbers_read_back(value: float) -> None:
    assert number(f"{value:,.3f}") == pytest.approx(value, abs=1e-3)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for line in read_text(text, "x"):
        assert line.text.strip()
