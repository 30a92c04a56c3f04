"""From plain tables (as TOML or JSON give them) to a Record: slips are kept, only the unreadable is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from rapidfuzz import process

from twitchwise.errors import FileError, LimitError, RecordError
from twitchwise.record.diet_lines import read_lines, read_screen
from twitchwise.record.types import (
    DietPart,
    DrugLine,
    FindingLine,
    HistoryLine,
    LabLine,
    PersonPart,
    Record,
    Slip,
    TestLine,
)

SIZE_LIMIT = 5_000_000  # bytes
LINES_LIMIT = 500  # lines of one section
DEPTH_LIMIT = 20  # nested tables and lists
TEXT_LIMIT = 2_000  # characters of one field
SLIPS_LIMIT = 200

Line = TypeVar("Line", FindingLine, DrugLine, HistoryLine, LabLine, TestLine)

SECTIONS: dict[str, type[Any]] = {
    "findings": FindingLine,
    "absent": FindingLine,
    "signs": FindingLine,
    "medicines": DrugLine,
    "supplements": DrugLine,
    "conditions": HistoryLine,
    "procedures": HistoryLine,
    "exposures": HistoryLine,
    "labs": LabLine,
    "tests": TestLine,
}
HABITS = "caffeine alcohol sleep stress exercise fluids sun screen nicotine smoking drugs heat work food other".split()
# other words for a key, by kind of line; the first key of a line is what a bare text stands for
ALIASES: dict[type[Any], dict[str, str]] = {
    FindingLine: {"name": "what", "finding": "what", "sign": "what", "site": "where", "place": "where"},
    DrugLine: {"what": "name", "medicine": "name", "supplement": "name", "started": "since"},
    HistoryLine: {
        "name": "what",
        "condition": "what",
        "procedure": "what",
        "exposure": "what",
        "since": "when",
        "date": "when",
    },
    LabLine: {"what": "test", "name": "test", "analyte": "test", "result": "value", "reference": "range"},
    TestLine: {"test": "what", "name": "what", "value": "result"},
}
ASKED = "asked"  # what the page noted as asked; no review depends on it
NOTHING = ("none", "no", "nothing", "nil", "-")


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Read a file of the person, refusing what cannot be a record.

    Parameters: path, the file; limit, largest size in bytes. Returns: its bytes. Raises: FileError, LimitError.

    >>> read_bytes(Path("no-such-file.toml"))
    Traceback (most recent call last):
    ...
    twitchwise.errors.FileError: no-such-file.toml: there is no such file. ...
    """
    try:
        if path.is_dir():
            raise FileError(f"{path}: this is a directory. Give the file inside it.")
        with path.open("rb") as handle:
            data = handle.read(limit + 1)
    except FileNotFoundError as error:
        raise FileError(
            f"{path}: there is no such file. Check the name, or start one with `twitchwise new`."
        ) from error
    except PermissionError as error:
        raise FileError(f"{path}: no permission to read it. Change its permissions or copy it.") from error
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: cannot be read ({error}). Copy it to another place and try again.") from error
    if len(data) > limit:
        raise LimitError(
            f"{path}: larger than {limit // 1_000_000} MB. A record is a short text: check that this is the right file."
        )
    return data


def record_from_tables(data: object, name: str = "record") -> Record:
    """Turn plain tables into a Record; what does not fit becomes a Slip.

    Parameters: data, tables, lists, texts and numbers; name, of the file, for messages.
    Returns: the record. Raises: RecordError when it is not a table, LimitError when it is too large.

    >>> record_from_tables({"findings": [{"what": "cramps", "where": "calf"}]}).findings[0].where
    ('calf',)
    """
    if not isinstance(data, Mapping):
        raise RecordError(
            f"{name}: a record is a table with parts such as [person] and [[findings]], not a {_kind(data)}."
        )
    _check_depth(data, name)
    return _Reader(name).read(data)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "yes/no value"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "table"
    if isinstance(value, Sequence):
        return "list"
    return "null" if value is None else type(value).__name__


def _check_depth(data: object, name: str) -> None:
    """Refuse deep nesting without recursion."""
    level: list[object] = [data]
    for _ in range(DEPTH_LIMIT):
        level = [inner for item in level if isinstance(item, Mapping | list) for inner in _inside(item)]
        if not level:
            return
    raise LimitError(
        f"{name}: nested deeper than {DEPTH_LIMIT} levels. Use the flat form that `twitchwise new` writes."
    )


def _inside(item: Mapping[Any, Any] | list[Any]) -> list[Any]:
    return list(item.values()) if isinstance(item, Mapping) else item


class _Reader:
    """Collects the slips of one record while its parts are read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.slips: list[Slip] = []

    def read(self, data: Mapping[Any, Any]) -> Record:
        known = [*SECTIONS, "person", "diet", "habits", ASKED]
        self._unknown(data, known, "")
        lines = {key: self._lines(key, data[key]) for key in SECTIONS if key in data}
        person = PersonPart(**self._table("person", data.get("person", {}), PersonPart))
        diet = self._diet(data.get("diet", {}))
        habits = self._habits(data.get("habits", {}))
        return Record(person=person, diet=diet, habits=habits, slips=tuple(self.slips), **lines)

    def _diet(self, raw: object) -> DietPart:
        table = {"pattern": raw} if isinstance(raw, str) else raw
        own = {key: table[key] for key in ("lines", "screen") if isinstance(table, Mapping) and table.get(key)}
        rest = {k: v for k, v in table.items() if k not in own} if isinstance(table, Mapping) else table
        diet = DietPart(**self._table("diet", rest, DietPart))
        if "lines" in own:
            diet = replace(diet, lines=read_lines(own["lines"], self._text, self._slip))
        if "screen" in own:
            diet = replace(diet, screen=read_screen(own["screen"], self._text, self._slip))
        diary = diet.diary
        if diary and (".." in diary or diary.startswith(("/", "\\")) or ":" in diary):
            self._slip("diet.diary", diary, "the diary must lie beside the record: give its bare name")
            diet = replace(diet, diary="")
        return diet

    def _slip(self, where: str, what: object, why: str, try_: Sequence[str] = ()) -> None:
        if len(self.slips) < SLIPS_LIMIT:
            self.slips.append(Slip(where, _short(what), why, tuple(try_)))

    def _unknown(self, table: Mapping[Any, Any], known: Sequence[str], where: str) -> None:
        for key in table:
            if str(key) not in known:
                near = [m[0] for m in process.extract(str(key)[:80], known, limit=2, score_cutoff=55)]
                self._slip(f"{where}.{key}".strip(".")[:120], key, "this key is not known", near)

    def _text(self, value: object, where: str) -> str:
        """Return any scalar as text; lists are joined, the impossible becomes a slip."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            if not math.isfinite(value):
                self._slip(where, value, "not a number that can be used")
                return ""
            return f"{value:.12g}"
        if isinstance(value, int):
            return self._number(value, where)
        if isinstance(value, date | datetime | time):
            return value.isoformat()
        if isinstance(value, list):
            return ", ".join(part for part in (self._text(v, where) for v in value[:50]) if part)
        if isinstance(value, str):
            return self._cut(value, where)
        self._slip(where, value, f"a text or a number is expected here, not a {_kind(value)}")
        return ""

    def _number(self, value: int, where: str) -> str:
        if abs(value) < 10**15:
            return str(value)
        self._slip(where, "a number with more than 15 digits", "not a number that can be used")
        return ""

    def _cut(self, value: str, where: str) -> str:
        text = " ".join(value.replace("\x00", " ").split())
        if len(text) > TEXT_LIMIT:
            self._slip(where, text, f"longer than {TEXT_LIMIT} characters: the rest was not read")
        return text[:TEXT_LIMIT]

    def _list(self, value: object, where: str) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        return tuple(text for item in items[:50] if (text := self._text(item, where)))

    def _table(self, where: str, value: object, kind: type[Any]) -> dict[str, Any]:
        """Return the known fields of a table as texts."""
        if not isinstance(value, Mapping):
            self._slip(where, value, f"a table is expected here, not a {_kind(value)}")
            return {}
        names = {f.name: f.type for f in fields(kind)}
        aliases = ALIASES.get(kind, {})
        extra = ["unit"] if kind is LabLine else []
        self._unknown(value, [*names, *aliases, *extra], where)
        found: dict[str, Any] = {}
        for key, item in value.items():
            name = str(aliases.get(str(key), key))
            if name in names and item is not None and (name not in found or key == name):
                found[name] = self._field(name, str(names[name]), item, f"{where}.{key}")
        if kind is LabLine and value.get("unit") is not None:
            found["value"] = f"{found.get('value', '')} {self._text(value['unit'], f'{where}.unit')}".strip()
        return found

    def _field(self, name: str, kind: str, item: object, where: str) -> object:
        if kind == "bool":
            return item if isinstance(item, bool) else self._yes(item, where)
        if kind.startswith("tuple"):
            return self._list(item, where)
        if name in ("since", "changed") and isinstance(item, int | float) and not isinstance(item, bool):
            text = self._text(item, where)
            return f"{text} days" if text else ""
        return self._text(item, where)

    def _yes(self, item: object, where: str) -> bool:
        text = str(item).strip().lower()
        if text not in ("yes", "true", "1", "no", "false", "0", ""):
            self._slip(where, item, "yes or no (true or false) is expected here")
        return text in ("yes", "true", "1")

    def _lines(self, section: str, value: object) -> tuple[Any, ...]:
        items = value if isinstance(value, list) else [value]
        if len(items) > LINES_LIMIT:
            raise LimitError(
                f"{self.name}: {len(items)} lines in [[{section}]], at most {LINES_LIMIT} can be read. "
                "Keep the ones that matter now."
            )
        lines = [self._line(section, number, item) for number, item in enumerate(items)]
        return tuple(line for line in lines if line is not None)

    def _line(self, section: str, number: int, item: object) -> Any:
        kind, where = SECTIONS[section], f"{section}[{number}]"
        first = fields(kind)[0].name
        if isinstance(item, Mapping):
            found = self._table(where, item, kind)
        elif isinstance(item, str):
            found = {first: self._cut(item, where)}
        else:
            self._slip(where, item, f"a table or a text is expected here, not a {_kind(item)}")
            return None
        if not found.get(first):
            if item:
                self._slip(where, item, f"the line has no {first!r}")
            return None
        return kind(**found)

    def _habits(self, value: object) -> dict[str, str]:
        if isinstance(value, str):
            value = {"other": value}
        if not isinstance(value, Mapping):
            self._slip("habits", value, f"a table is expected here, not a {_kind(value)}")
            return {}
        self._unknown(value, HABITS, "habits")
        texts = {str(k): self._text(v, f"habits.{k}") for k, v in value.items() if str(k) in HABITS and v is not None}
        return {key: text for key, text in texts.items() if text}


def _short(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return "a number with more than 15 digits"
    if isinstance(value, Mapping | list):
        return f"a {_kind(value)}"
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else text[:77] + "..."
