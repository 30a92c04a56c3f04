"""Sheets of an Excel file (.xlsx), read row by row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from itertools import islice
from typing import Any

from twitchwise.errors import FileError
from twitchwise.formats.food_zip import AGAIN, BROKEN, Parts

Cells = tuple[Any, ...]
HEAD_ROWS = 12  # a heading stands within the first rows
ODD = (*BROKEN, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError)


def is_sheet(parts: Parts) -> bool:
    """Say whether this is an Excel file.

    Parameters: parts. Returns: whether it is.
    """
    return any(name.endswith(".xlsx") for name in parts.openers)


def _rows(parts: Parts, sheet: int) -> Iterator[Cells]:
    try:
        openpyxl = import_module("openpyxl")
    except ImportError as error:
        raise FileError(
            f"{parts.path}: reading .xlsx files needs one more part. Install it with: pip install 'twitchwise[tables]'"
        ) from error
    name = parts.find("", ".xlsx")
    try:
        with parts.openers[name]() as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            if sheet < len(book.worksheets):
                page = book.worksheets[sheet]
                share = parts.sizes[name] / max(page.max_row or 0, 1)
                for place, row in enumerate(page.iter_rows(values_only=True)):
                    parts.tick(int(share * (place + 1)) - int(share * place) if page.max_row else 0)
                    yield row
    except ODD as error:
        raise parts.problem(name, f"it is no whole Excel file ({error})", AGAIN) from error


@lru_cache(maxsize=8)
def head_rows(parts: Parts, sheet: int = 0) -> tuple[Cells, ...]:
    """Read the first rows of a sheet.

    Parameters: parts; sheet, counted from 0. Returns: the rows. Raises: FileError.
    """
    return tuple(islice(_rows(parts, sheet), HEAD_ROWS))


def find_heading(parts: Parts, first: str) -> tuple[int, int] | None:
    """Look for the heading that names a column.

    Parameters: parts; first, the name of a column. Returns: sheet and row, or None. Raises: FileError.
    """
    if not is_sheet(parts):
        return None
    for sheet in range(3):
        for row, cells in enumerate(head_rows(parts, sheet)):
            if any(str(cell or "").strip().lower() == first for cell in cells):
                return sheet, row
    return None


def below(parts: Parts, place: tuple[int, int]) -> Iterator[Cells]:
    """Read a sheet from its heading on.

    Parameters: parts; place, sheet and row of the heading. Returns: the heading, then the rows. Raises: FileError.
    """
    return islice(_rows(parts, place[0]), place[1], None)
