"""How the person eats: the pattern, twelve questions, and a diary that is typed or read from a file."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twitchwise.ask.order import worded
from twitchwise.diet.line import eaten
from twitchwise.diet.types import Eaten
from twitchwise.errors import FileError
from twitchwise.foods.search import curated_index
from twitchwise.formats.diary import parse_diary, text_of
from twitchwise.formats.diary.text import read_text
from twitchwise.record.diet_lines import DIARY_LIMIT, KEYS
from twitchwise.record.types import DiaryLine
from twitchwise.web.forms.asked import KEY, noted, with_noted
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.person import Field, field, take_fields
from twitchwise.web.forms.scene import Scene, Tables

SHOWN = 40  # diary lines on one page
PATTERNS = ("everything", "vegetarian", "vegan", "pescatarian", "low-carb", "keto", "gluten-free", "fasting")
SURE = {"exact": "", "usual": "", "given": "", "guess": "no amount written"}


@dataclass(frozen=True, slots=True)
class Understood:
    """A food of a line as it was understood; `food` is "" when none was found."""

    said: str
    food: str
    amount: str
    sure: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One diary line: its number, its texts, and the foods it was read as."""

    number: int
    text: str
    day: str
    meal: str
    weight: str
    foods: tuple[Understood, ...]


def _diet(tables: Tables) -> Mapping[str, Any]:
    held = tables.get("diet", {})
    return held if isinstance(held, Mapping) else {"pattern": held}


def diary(tables: Tables) -> list[Any]:
    """Return the diary lines that the record itself holds.

    Parameters: tables. Returns: texts or tables, in order.

    >>> diary({"diet": {"lines": "2 eggs"}})
    ['2 eggs']
    """
    held = _diet(tables).get("lines", [])
    return list(held) if isinstance(held, list) else [held]


def view(scene: Scene) -> dict[str, Any]:
    """Lay out the step.

    Parameters: scene. Returns: what its template names.
    """
    asked, held = worded("diet", scene.evidence), diary(scene.tables)
    start = scene.place if 0 <= scene.place < len(held) else 0
    screen = _diet(scene.tables).get("screen", {})
    unknown = noted(scene.tables, "not_known")
    own = scene.tables.get(KEY)
    return {
        "pattern": field("diet", "pattern", asked.text, asked.hint, asked.why, scene),
        "patterns": PATTERNS,
        "more": _more(scene),
        "questions": [_question(q, screen, unknown, scene) for q in scene.evidence.screen_questions.values()],
        "choices": [answer.text for answer in scene.evidence.screen_answers.values()],
        "lines": understood(held[start : start + SHOWN], start),
        "count": len(held),
        "start": start,
        "before": max(0, start - SHOWN) if start else None,
        "after": start + SHOWN if start + SHOWN < len(held) else None,
        "left_out": own.get("left_out", []) if isinstance(own, Mapping) else [],
        "file": str(_diet(scene.tables).get("diary", "") or ""),
    }


def _more(scene: Scene) -> list[Field]:
    """Further fields of the diet, where the record holds them."""
    note = field("diet", "note", "Anything else about how you eat?", "such as: I skip breakfast", "", scene)
    return [note]


def _question(question: Any, screen: object, unknown: frozenset[str], scene: Scene) -> dict[str, Any]:
    said = str(screen.get(question.id, "")) if isinstance(screen, Mapping) else ""
    chosen = scene.evidence.screen_answers.get(said)
    issues = [i for i in scene.issues if i.where == f"diet.screen.{question.id}"]
    return {
        "id": question.id,
        "text": question.text,
        "portion": getattr(question, "portion", ""),
        "said": chosen.text if chosen else said,
        "open": not said and f"screen:{question.id}" in unknown,
        "issues": issues,
    }


def understood(lines: Sequence[Any], start: int = 0) -> list[Line]:
    """Say how diary lines are understood.

    Parameters: lines, as the record holds them; start, number of the first. Returns: each with its foods.

    >>> understood(["150 g banana"])[0].foods[0].food
    'banana, raw'
    """
    found = []
    index = curated_index()
    for number, raw in enumerate(lines, start):
        if not isinstance(raw, Mapping | str):
            continue
        table = raw if isinstance(raw, Mapping) else {"text": raw}
        text, day, meal, amount = (str(table.get(key) or "") for key in ("text", "day", "meal", "amount"))
        grams = table.get("grams")
        weight = float(grams) if isinstance(grams, int | float) and not isinstance(grams, bool) else None
        pill = table.get("supplement") is True
        given = table.get("nutrients")
        line = DiaryLine(text, day, meal, weight, amount, given if isinstance(given, Mapping) else {}, supplement=pill)
        foods = eaten([line], index) if text or line.nutrients else ()
        shown = amount or (f"{weight:g} g" if weight is not None else "")
        found.append(Line(number, text, day, meal, shown, tuple(map(_understood, foods))))
    return found


def _understood(one: Eaten) -> Understood:
    names = {food.id: food.name for table in curated_index().tables for food in table.foods}
    near = tuple(names[id_] for id_ in one.nearest[:3] if id_ in names)
    amount = f"{one.grams:.0f} g" if math.isfinite(one.grams) else ""
    unnamed = "what your diary program says" if one.sure == "given" else one.matched
    name = one.food.name if one.food else unnamed if one.sure != "none" else ""
    return Understood(one.said, name, amount, SURE.get(one.sure, ""), near if not name else ())


def take(form: Filled, scene: Scene, auto: bool = False) -> Tables:
    """Take the step's answers into the record.

    Parameters: form; scene; auto, whether the person still types: then typed diary text waits. Returns: new tables.
    """
    tables = take_fields(form, "diet", ("pattern", "note"), scene.tables)
    if not form.text("diet-pattern") and form.text("pattern-choice") in PATTERNS:
        tables = take_fields(Filled([("diet-pattern", form.text("pattern-choice"))]), "diet", ("pattern",), tables)
    tables = _take_screen(form, scene.having(tables))
    tables = _take_lines(form, tables, auto)
    if not auto and form.long("diary").strip():
        tables = with_lines(tables, read_text(form.long("diary"), "diary"))
    return tables


def _take_screen(form: Filled, scene: Scene) -> Tables:
    tables, held = scene.tables, _diet(scene.tables).get("screen", {})
    screen = dict(held) if isinstance(held, Mapping) else {}
    for id_ in scene.evidence.screen_questions:
        name = f"screen-{id_}"
        if name not in form:
            continue
        said, is_open = form.text(name), form.text(name) == "open"
        key = f"screen:{id_}"
        tables = with_noted(tables, "not_known", [key] if is_open else (), () if is_open else [key])
        before = scene.evidence.screen_answers.get(str(screen.get(id_, "")))
        if said and not is_open and (before is None or before.text != said):
            screen[id_] = said
        elif not said or is_open:
            screen.pop(id_, None)
    return _with_diet(tables, "screen", screen)


def _with_diet(tables: Tables, key: str, value: Any) -> Tables:
    diet = dict(_diet(tables))
    if diet.get(key, type(value)()) == value:
        return tables
    diet[key] = value
    diet = {k: v for k, v in diet.items() if v not in ("", [], {})}
    rest = {k: v for k, v in tables.items() if k != "diet"}
    return {**rest, "diet": diet} if diet else rest


def _take_lines(form: Filled, tables: Tables, auto: bool) -> Tables:
    """Correct the diary lines that the form shows; a line without text is taken out."""
    lines = diary(tables)
    if form.text("lines-remove") and not auto:
        return _with_diet(tables, "lines", [])
    changed: list[Any] = []
    for number, line in enumerate(lines):
        name = f"line-{number}"
        if name not in form:
            changed.append(line)
            continue
        before = str(line.get("text", "")) if isinstance(line, Mapping) else str(line)
        text = form.text(name)
        emptied = bool(before.strip()) and not text  # a diary program's whole day has no words to begin with
        if not auto and (form.text(f"{name}-remove") or emptied):
            continue
        if not text or text == " ".join(before.split()):
            changed.append(line)
        else:  # what a file said of the weight and its nutrients belonged to the old words
            table = dict(line) if isinstance(line, Mapping) else {}
            keep = {k: v for k, v in table.items() if k not in ("text", "grams", "amount", "nutrients", "code")}
            changed.append({"text": text, **keep} if keep else text)
    return _with_diet(tables, "lines", changed) if changed != lines else tables


def with_lines(tables: Tables, lines: Sequence[DiaryLine]) -> Tables:
    """Add diary lines to a record.

    Parameters: tables; lines, as a diary gives them. Returns: new tables.

    >>> with_lines({}, [DiaryLine("2 eggs", "Monday")])
    {'diet': {'lines': [{'text': '2 eggs', 'day': 'Monday'}]}}
    """
    added = [{key: value for key in KEYS if (value := getattr(line, key))} for line in lines]
    return _with_diet(tables, "lines", [*diary(tables), *added][:DIARY_LIMIT])


def read_upload(data: bytes, name: str) -> tuple[list[DiaryLine], list[str]]:
    """Read a diary file that was uploaded; what it holds says how it is read, not its name.

    Parameters: data; name, for messages. Returns: the lines, and what could not be used. Raises: FileError.
    """
    name = re.sub(r"[^\w. -]", "", name.replace("\\", "/").rpartition("/")[2])[-60:] or "file"
    lines, slips = parse_diary(uploaded_text(data, name), name)
    return list(lines), [f"{slip.where}: {slip.what}: {slip.why}" for slip in slips]


def uploaded_text(data: bytes, name: str) -> str:
    """Decode an uploaded file.

    Parameters: data; name, for messages. Returns: its text. Raises: FileError, when it holds none.

    >>> uploaded_text(b"2 eggs", "me.txt")
    '2 eggs'
    """
    if not data.strip():
        raise FileError(f"{name}: the file is empty. Choose another one.")
    return text_of(data, name)


def with_upload(tables: Tables, lines: Sequence[DiaryLine], left: Sequence[str]) -> Tables:
    """Add an uploaded diary, and keep what could not be used so that the page can say it.

    Parameters: tables; lines; left, what was left out. Returns: new tables.
    """
    tables = with_lines(tables, lines)
    own = tables.get(KEY)
    rest = {k: v for k, v in own.items() if k != "left_out"} if isinstance(own, Mapping) else {}
    kept = {**rest, "left_out": list(left)[:20]} if left else rest
    bare = {k: v for k, v in tables.items() if k != KEY}
    return {**bare, KEY: kept} if kept else bare
