"""A diary as a table: our own CSV, Cronometer's servings and daily summaries, MyFitnessPal's meals or foods."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from datetime import datetime

from twitchwise.errors import FileError
from twitchwise.formats.diary.columns import Columns, columns_of
from twitchwise.record.types import DiaryLine, Slip

DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%Y/%m/%d")
TOTALS = re.compile(r"(daily |grand |meal )?totals?|sum", re.IGNORECASE)
YES = ("yes", "true", "1", "x")
WEIGHT = re.compile(r"\s*([\d.,]+)\s*(?:g|gr|gram|grams)\s*", re.IGNORECASE)


def is_table(text: str) -> bool:
    """Say whether a text is a table with a heading that we know, and not free text.

    Parameters: text, of the file. Returns: True when the first line names a food, a day or nutrients.

    >>> is_table("Date,Meal,Calories"), is_table("2 eggs, toast")
    (True, False)
    """
    return _header(text) is not None


def _header(text: str) -> tuple[str, list[str]] | None:
    first = next((line for line in text.splitlines() if line.strip()), "")
    for delimiter in (",", ";", "\t", "|"):
        cells = next(csv.reader([first], delimiter=delimiter), [])
        columns = columns_of(cells)
        if len(cells) > 1 and ("food" in columns.fields or ("day" in columns.fields and columns.nutrients)):
            return delimiter, cells
    return None


def read_table(text: str, name: str) -> tuple[list[DiaryLine], list[Slip]]:
    """Read a diary table.

    Parameters: text, of the file; name, of the file, for messages. Returns: the lines, and what could not be used.
    Raises: FileError when it is no table.

    >>> read_table("day,food,grams\\n2026-11-01,boiled egg,50", "x.csv")[0][0].grams
    50.0
    """
    found = _header(text)
    if found is None:
        raise FileError(f"{name}: no heading was found. The first line must name the columns: day, meal, food, grams.")
    delimiter, header = found
    columns, lines, slips = columns_of(header), list[DiaryLine](), list[Slip]()
    for heading in columns.unclear:
        slips.append(Slip(name, heading, "the file does not say in which unit, so this column is not used"))
    order = _day_order(text, delimiter, columns)
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    except csv.Error as error:
        raise FileError(f"{name}: cannot be read as a table ({error}). Export it again.") from error
    start = next(n for n, row in enumerate(rows) if any(cell.strip() for cell in row)) + 1
    for number, row in enumerate(rows[start:], start=start + 1):
        where = f"{name} line {number}"
        if any(cell.strip() for cell in row):
            _take(row, columns, where, order, lines, slips)
    return lines, slips


def _cell(row: Sequence[str], columns: Columns, field: str) -> str:
    place = columns.fields.get(field)
    return " ".join(row[place].split()) if place is not None and place < len(row) else ""


def _take(
    row: Sequence[str], columns: Columns, where: str, month_first: bool, lines: list[DiaryLine], slips: list[Slip]
) -> None:
    """Turn one row into a line; a row of totals would count everything twice."""
    food, meal, day = (_cell(row, columns, field) for field in ("food", "meal", "day"))
    if any(TOTALS.fullmatch(cell) for cell in (food, meal, day) if cell):
        slips.append(Slip(where, food or meal or day, "a row of totals: its parts are counted instead"))
        return
    given = _nutrients(row, columns, where, slips)
    if not food and not given:
        slips.append(Slip(where, ",".join(row)[:80], "neither a food nor a nutrient is given in this row"))
        return
    if not food and not any(given.values()):
        return  # a day on which nothing was written down
    amount = f"{_cell(row, columns, 'amount')} {_cell(row, columns, 'unit')}".strip()
    grams = _grams(_cell(row, columns, "grams"), amount, where, slips)
    pill = _cell(row, columns, "supplement").lower() in YES or meal.lower().startswith("supplement")
    pill = pill or _cell(row, columns, "category").lower().startswith("supplement")
    lines.append(DiaryLine(food, _day(day, month_first), meal, grams, amount, given, "", pill, where))


def number(text: str) -> float | None:
    """Read a number as diary programs write it, with a decimal point or comma and marks between thousands.

    Parameters: text. Returns: the number, or None.

    >>> number("1,050.5"), number("12,5"), number("1,050"), number("?")
    (1050.5, 12.5, 1050.0, None)
    """
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _nutrients(row: Sequence[str], columns: Columns, where: str, slips: list[Slip]) -> dict[str, float]:
    """Read what the file itself says; an empty cell is unknown, not zero."""
    given = {}
    for nutrient, (place, scale) in columns.nutrients.items():
        text = row[place].strip() if place < len(row) else ""
        if not text or text in ("-", "--", "n/a", "NA"):
            continue
        value = number(text)
        if value is None or value < 0:
            slips.append(Slip(where, text[:40], f"this is no amount of {nutrient.replace('_', ' ')}; left out"))
            continue
        if value or nutrient not in columns.doubtful:
            given[nutrient] = value * scale
    return given


def _grams(text: str, amount: str, where: str, slips: list[Slip]) -> float | None:
    if text:
        value = number(text.lower().removesuffix("g").strip())
        if value is None or value < 0:
            slips.append(Slip(where, text[:40], "this is no weight in grams; the amount is taken from the words"))
            return None
        return value
    match = WEIGHT.fullmatch(amount)
    return number(match[1]) if match else None


def _day_order(text: str, delimiter: str, columns: Columns) -> bool:
    """Say whether dates such as 05/13/2026 name the month first: a second number above 12 decides for the file."""
    place = columns.fields.get("day")
    if place is None:
        return True
    for row in csv.reader(text.splitlines()[1:], delimiter=delimiter):
        match = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}", row[place].strip()) if place < len(row) else None
        if match and int(match[1]) > 12:
            return False
    return True


def _day(text: str, month_first: bool) -> str:
    """Write a day as 2026-11-01 where it can be read; keep the person's own word otherwise."""
    slashed = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y") if month_first else ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y")
    for form in (*DAYS, *slashed, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text[:40]
