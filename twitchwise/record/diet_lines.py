"""The diary lines and screen answers that a record itself holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twitchwise.record.types import DiaryLine

DIARY_LIMIT = 20_000  # lines of one diary: about a year, written line by line
KEYS = ("text", "day", "meal", "grams", "amount", "supplement")
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
    what = text(item.get("text", ""), f"{where}.text")
    if not what:
        note(where, item, "the line has no 'text'", ())
        return None
    day, meal, amount = (text(item.get(key, ""), f"{where}.{key}") for key in ("day", "meal", "amount"))
    weight = _grams(item.get("grams"), where, note)
    return DiaryLine(what, day, meal, weight, amount, supplement=item.get("supplement") is True, where=where)


def _grams(value: Any, where: str, note: Note) -> float | None:
    if value is None:
        return None
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not 0 <= number < 1e5:
        note(f"{where}.grams", value, "a weight in grams is expected here, for example 150", ())
        return None
    return number


def read_screen(value: object, text: Text, note: Note) -> dict[str, str]:
    """Read `diet.screen`: question to answer.

    Parameters: as `read_lines`. Returns: the answers that are texts or numbers.
    """
    if not isinstance(value, Mapping):
        note("diet.screen", value, "a table is expected here: question = answer", ())
        return {}
    answers = {str(key)[:60]: text(item, f"diet.screen.{key}") for key, item in list(value.items())[:50]}
    return {key: answer for key, answer in answers.items() if answer}
