"""Rows of a food table's text files, streamed, and the count of what had to be left out."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from twitchwise.errors import FileError
from twitchwise.foods.types import Portion
from twitchwise.formats.food_zip import AGAIN, Parts

Row = tuple[str, ...]
NAME_LENGTH = 300  # the longest official names have some 200 letters
HEAVIEST = 50_000.0  # grams of a portion
SHORT = "rows with too few cells"


class Quirks(Counter[str]):
    """What was left out or looked odd, and how often: it goes on the origin card."""

    def listed(self) -> tuple[tuple[str, int], ...]:
        """Return the counts, the most frequent first.

        Returns: (what, how often).

        >>> Quirks(["foods without energy"] * 2).listed()
        (('foods without energy', 2),)
        """
        return tuple((what, times) for what, times in self.most_common() if times)


def clean(text: str) -> str:
    """Make a name fit to be shown: one line, no control characters, not endless.

    Parameters: text. Returns: the name.

    >>> clean("Milk,  whole\\x1b[31m ")
    'Milk, whole[31m'
    """
    shown = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)
    return " ".join(shown.split())[:NAME_LENGTH]


def quiet(text: str) -> str:
    """Take the shouting out of a name that is all capitals.

    Parameters: text. Returns: the name.

    >>> quiet("MILK CHOCOLATE BAR"), quiet("Milk, NFS")
    ('Milk chocolate bar', 'Milk, NFS')
    """
    return text.capitalize() if text.isupper() else text


def number(text: str) -> float | None:
    """Read a number as official tables write it.

    Parameters: text. Returns: the number; None if it is empty, no number, or not finite.

    >>> number(" 1.5 "), number(""), number("1_0"), number("inf")
    (1.5, None, None, None)
    """
    try:
        value = float(text) if "_" not in text else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def is_id(text: str) -> bool:
    """Say whether this is the number of a row.

    Parameters: text. Returns: whether it is digits only, and not too many.

    >>> is_id("1999633"), is_id("²"), is_id("")
    (True, False, False)
    """
    return text.isascii() and text.isdigit() and len(text) < 16


def portion(name: str, amount: str, grams: str, quirks: Quirks) -> Portion | None:
    """Read a household measure and bring it to one of its kind: "2 tablespoons, 30 g" is 15 g each.

    Parameters: name; amount, how many weigh that much ("" = one); grams; quirks, to count in.
    Returns: the portion, or None if it has no weight.

    >>> portion("tablespoon", "2.0", "30", Quirks())
    Portion(name='tablespoon', grams=15.0, basis='published')
    """
    weight, many = number(grams), number(amount) or 1.0
    each = weight / many if weight and many > 0 else 0.0
    if not 0 < each <= HEAVIEST or not name:
        quirks["portions without a name or a weight"] += 1
        return None
    return Portion(clean(name)[:80], round(each, 4))


def rows(parts: Parts, name: str, wanted: tuple[str, ...], maybe: tuple[str, ...], quirks: Quirks) -> Iterator[Row]:
    """Read the wanted columns of a CSV file with a heading, as FoodData Central writes it.

    Parameters: parts; name, of the file; wanted, columns that must be there; maybe, columns that are "" where
    absent (two at least in all);
    quirks, to count broken rows in. Returns: the cells of each row, wanted and then maybe. Raises: FileError.
    """
    lines = plain_rows(parts, name, "utf-8-sig", ",", '"')
    heads = [head.strip().lower() for head in next(lines, [])]
    missing = [column for column in wanted if column not in heads]
    if missing:
        raise parts.problem(name, f"the column {missing[0]!r} is missing", "Give the unchanged official file.")
    width = len(heads)
    places = [heads.index(c) if c in heads else width for c in (*wanted, *maybe)]
    pick = itemgetter(*places)
    need = 1 + max(place for place in places if place < width)
    for cells in lines:
        if len(cells) < need:
            quirks[SHORT] += bool(cells)
            continue
        cells[width:] = ("",) * (width + 1 - min(len(cells), width))  # the last stands for every absent column
        yield pick(cells)


def plain_rows(parts: Parts, name: str, encoding: str, delimiter: str, quote: str) -> Iterator[list[str]]:
    """Read all cells of a text file with separators.

    Parameters: parts; name, of the file; encoding; delimiter; quote. Returns: the cells of each line.
    Raises: FileError, if it is not text, or a cell is endless.
    """
    with parts.open(name) as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, quotechar=quote)
        try:
            yield from reader
        except UnicodeDecodeError as error:
            where = f"after line {reader.line_num:,} a letter is not {encoding.removesuffix('-sig').upper()}"
            raise parts.problem(name, where, "Give the unchanged official file.") from error
        except csv.Error as error:
            raise _endless(parts, name, reader.line_num, error) from error


def _endless(parts: Parts, name: str, line: int, error: Exception) -> FileError:
    what = "a cell never ends; perhaps a quotation mark is open" if "limit" in str(error) else str(error)
    return parts.problem(name, f"line {line:,}: {what}", AGAIN)
