"""The diary lines and screen answers that a record itself holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twitchwise.record.types import DiaryLine

DIARY_LIMIT = 20_000  # lines of one diary: about a year, written line by line
KEYS = ("text", "day", "meal", "grams", "amount", "supplement", "code", "nutrients")
TEXTS = ("text", "day", "meal", "amount", "code")
Note = Callable[[str, object, str, Sequence[str]], None]
Text = Callable[[object, str], str]


def read_lines(value: object, text: Text, note: Note) -> tuple[DiaryLine, ...]:
    """Read `diet.lines`: texts, or tables with text, day, meal and grams.

    Parameters: value, as TOML or JSON gives it; text, turns a scalar into a text; note, told what does not fit.
    Returns: the lines in order.

    >>> read_lines(["2 eggs"], lambda v, w: str(v), print)[0].text
    '2 eggs'
    """
    items = value if isinstance(value, list) else [value]
    if len(items) > DIARY_LIMIT:
        note("diet.lines", f"{len(items)} lines", f"only the first {DIARY_LIMIT} were read", ())
    lines = [_line(item, f"diet.lines[{n}]", text, note) for n, item in enumerate(items[:DIARY_LIMIT])]
    return tuple(line for line in lines if line is not None)


def _line(item: object, where: str, text: Text, note: Note) -> DiaryLine | None:
    if isinstance(item, str):
        return DiaryLine(text(item, where), where=where) if item.strip() else None
    if not isinstance(item, Mapping):
        note(where, item, "a text or a table with text, day, meal, grams is expected here", ())
        return None
    for key in item:
        if str(key) not in KEYS:
            note(f"{where}.{key}", key, "this key is not known", KEYS)
    what, day, meal, amount, code = (text(item.get(key, ""), f"{where}.{key}") for key in TEXTS)
    given = _nutrients(item.get("nutrients"), where, note)
    if not what and not given:
        note(where, item, "the line has no 'text'", ())
        return None
    weight = _grams(item.get("grams"), where, note)
    return DiaryLine(what, day, meal, weight, amount, given, code, item.get("supplement") is True, where)


def _grams(value: Any, where: str, note: Note) -> float | None:
    if value is None:
        return None
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not 0 <= number < 1e5:
        note(f"{where}.grams", value, "a weight in grams is expected here, for example 150", ())
        return None
    return number


def _nutrients(value: Any, where: str, note: Note) -> dict[str, float]:
    """Read whole amounts that a diary program gave; what is not known to the food tables is named."""
    if value is None or value == "":
        return {}
    if not isinstance(value, Mapping):
        note(f"{where}.nutrients", value, "a table of nutrient = amount is expected here", ())
        return {}
    found = {}
    for key, amount in list(value.items())[:60]:
        number = float(amount) if isinstance(amount, int | float) and not isinstance(amount, bool) else math.nan
        if 0 <= number < 1e7:
            found[str(key)[:40]] = number
        else:
            note(f"{where}.nutrients.{key}", amount, "an amount is expected here, for example 12.5", ())
    return found


def read_screen(value: object, text: Text, note: Note) -> dict[str, str]:
    """Read `diet.screen`: question to answer.

    Parameters: as `read_lines`. Returns: the answers that are texts or numbers.
    """
    if not isinstance(value, Mapping):
        note("diet.screen", value, "a table is expected here: question = answer", ())
        return {}
    answers = {str(key)[:60]: text(item, f"diet.screen.{key}") for key, item in list(value.items())[:50]}
    return {key: answer for key, answer in answers.items() if answer}
