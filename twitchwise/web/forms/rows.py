"""Lines of a section as rows of a form: shown, changed and added, while all that the form does not know is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twitchwise.ask.tables import FIRST, lines_of
from twitchwise.observe.types import Issue
from twitchwise.record.read import ALIASES, SECTIONS
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.scene import Scene, Tables

FIELDS: dict[str, tuple[str, ...]] = {
    "medicines": ("name", "dose", "since"),
    "supplements": ("name", "dose", "since"),
    "conditions": ("what", "when"),
    "procedures": ("what", "when"),
    "exposures": ("what", "when"),
    "signs": ("what",),
    "absent": ("what",),
    "labs": ("test", "value", "range", "date"),
    "tests": ("what", "result", "date"),
}
MOST_NEW = 60  # rows that one form may add


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number, the texts of its fields, how it is understood and what is wrong with it."""

    number: int
    texts: Mapping[str, str]
    read_as: str = ""
    issues: tuple[Issue, ...] = ()
    more: tuple[str, ...] = ()  # what the line holds besides, kept as it is
    fixes: tuple[tuple[str, str], ...] = ()  # field and text of what may have been meant
    new: bool = False


def first_of(section: str) -> str:
    """Name the field that a line of a section cannot be without.

    Parameters: section. Returns: the key.

    >>> first_of("labs"), first_of("conditions")
    ('test', 'what')
    """
    return FIRST.get(section, "what")


def rows_of(section: str, scene: Scene, blank: int = 1) -> list[Row]:
    """Lay out the lines of a section.

    Parameters: section; scene; blank, empty rows at the end. Returns: the rows; "none" alone is not one.
    """
    lines = lines_of(scene.tables, section)
    rows = [_row(section, number, line, scene) for number, line in enumerate(lines) if _is_shown(line)]
    empty = dict.fromkeys(FIELDS[section], "")
    return [*rows, *(Row(len(lines) + n, empty, new=True) for n in range(blank))]


def _is_shown(line: object) -> bool:
    return isinstance(line, Mapping | str) and not is_none(line)


def is_none(line: object) -> bool:
    """Say whether a line says that there is nothing to list.

    Parameters: line. Returns: whether it is "none".

    >>> is_none({"name": "none"}), is_none("no"), is_none("aspirin")
    (True, True, False)
    """
    words = [v for v in line.values() if v] if isinstance(line, Mapping) else [line]
    return len(words) == 1 and str(words[0]).strip().lower() in ("none", "no", "nothing", "nil")


def _row(section: str, number: int, line: Any, scene: Scene) -> Row:
    texts = {key: text_in(line, key, section) for key in FIELDS[section]}
    where = f"{section}[{number}]"
    issues = tuple(i for i in scene.issues if i.where == where or i.where.startswith(f"{where}."))
    aliases, known = ALIASES[SECTIONS[section]], {*FIELDS[section], "unit"}
    more = [f"{key}: {value}" for key, value in line.items()] if isinstance(line, Mapping) else []
    kept = [text for text in more if aliases.get(text.partition(":")[0], text.partition(":")[0]) not in known]
    return Row(
        number, texts, read_as(section, number, scene), issues, tuple(kept), fixes(section, number, texts, issues)
    )


def fixes(section: str, number: int, texts: Mapping[str, str], issues: Sequence[Issue]) -> tuple[tuple[str, str], ...]:
    """Say which field would be put right by which text.

    Parameters: section; number of the line; texts of its fields; issues of the line. Returns: fields and texts.

    >>> issue = Issue("labs[0]", "potassium", "41 mmol/L cannot be right", ("4.1 mmol/L",))
    >>> fixes("labs", 0, {"test": "potassium", "value": "41 mmol/L"}, [issue])
    (('labs-0-value', '4.1 mmol/L'),)
    """
    found = []
    for issue in issues:
        for text in issue.try_[:3]:
            key = first_of(section)
            if section == "labs":
                key, text = _lab_fix(text, texts["value"], issue)
            elif issue.what and issue.what in texts[key]:
                text = texts[key].replace(issue.what, text, 1)
            if texts.get(key) != text:
                found.append((f"{section}-{number}-{key}", text))
    return tuple(dict.fromkeys(found))


def _lab_fix(text: str, value: str, issue: Issue) -> tuple[str, str]:
    """A suggestion for a result is another result, a unit, a date or the name of a test."""
    figure = re.match(r"\s*([<>]?\s*[\d.,]+)", value)
    if issue.where.endswith(".date"):
        return "date", text
    if text[:1].isdigit() or text in ("normal", "low", "high"):
        return "value", text
    if figure and "unit" in issue.why and not re.search(r"[a-z]{5}", text):
        return "value", f"{figure[1]} {text}"
    return "test", text


def text_in(line: Any, key: str, section: str) -> str:
    """Read one field of a line, whatever shape the record gave it.

    Parameters: line, text or table; key; section. Returns: the text.

    >>> text_in({"result": 0.8, "unit": "mmol/L"}, "value", "labs"), text_in("aspirin", "name", "medicines")
    ('0.8 mmol/L', 'aspirin')
    """
    if not isinstance(line, Mapping):
        return str(line) if key == first_of(section) else ""
    aliases = ALIASES[SECTIONS[section]]
    value = line.get(key)
    if value is None:
        value = next((line[name] for name in line if aliases.get(str(name)) == key), "")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    unit = line.get("unit") if section == "labs" and key == "value" else None
    return f"{text} {unit}".strip() if unit else text


def read_as(section: str, number: int, scene: Scene) -> str:
    """Say how a line is understood, where that is not what it says itself.

    Parameters: section; number; scene. Returns: a name, or "".
    """
    if section not in ("medicines", "supplements", "conditions", "procedures", "exposures"):
        return ""
    where, said = f"{section}[{number}]", ""
    names = []
    for factor in scene.seen.factors:
        if factor.origin == where and factor.present and factor.id in scene.evidence.factors:
            names.append(factor.member or scene.evidence.factors[factor.id].name)
            said = factor.said.lower()
    told = [name for name in dict.fromkeys(names) if name.lower() not in said]
    return ", ".join(told)


def take_rows(form: Filled, section: str, tables: Tables, auto: bool = False) -> Tables:
    """Take the rows of a form into the record.

    Parameters: form, with fields such as medicines-0-name; section; tables, that the form was made from; auto, whether
    it is saved while the person still types: then no line is taken out. Returns: new tables.

    >>> take_rows(Filled([("medicines-0-name", "aspirin")]), "medicines", {})
    {'medicines': [{'name': 'aspirin'}]}
    >>> take_rows(Filled([("medicines-0-name", "")]), "medicines", {"medicines": ["aspirin"]})
    {}
    """
    lines = lines_of(tables, section)
    changed = [_changed(form, section, n, line, auto) for n, line in enumerate(lines)]
    added = [_changed(form, section, n, {}, auto) for n in _new_numbers(form, section, len(lines))]
    kept = [line for line in (*changed, *added) if line is not None]
    if any(not is_none(line) for line in kept) and any(_fresh(line) for line in added):
        kept = [line for line in kept if not is_none(line)]  # a list that names something is not empty any more
    if kept == lines:
        return tables
    rest = {key: value for key, value in tables.items() if key != section}
    return {**tables, section: kept} if kept else rest


def _fresh(line: object) -> bool:
    return line is not None and not is_none(line)


def _new_numbers(form: Filled, section: str, start: int) -> list[int]:
    found = (re.fullmatch(rf"{section}-(\d{{1,5}})-{first_of(section)}", key) for key in form)
    return sorted(int(m[1]) for m in found if m and int(m[1]) >= start)[:MOST_NEW]


def _changed(form: Filled, section: str, number: int, line: Any, auto: bool) -> Any:
    """Return the line as the form has it: None takes it out, the very same object leaves it alone."""
    name = f"{section}-{number}"
    first = first_of(section)
    if f"{name}-{first}" not in form:
        return line or None
    if form.text(f"{name}-remove") and not auto:
        return None
    if not form.text(f"{name}-{first}"):
        return (line or None) if auto else None
    aliases, table = ALIASES[SECTIONS[section]], line if isinstance(line, Mapping) else {first: line}
    wished = {key: form.text(f"{name}-{key}") for key in FIELDS[section] if f"{name}-{key}" in form}
    new = {k: text for k, text in wished.items() if text != " ".join(text_in(line, k, section).split())}
    if not new:
        return line
    dropped = {*new, *(k for k in table if aliases.get(str(k)) in new), *(["unit"] if "value" in new else [])}
    order = [*FIELDS[section], *table]
    merged = {**{k: v for k, v in table.items() if k not in dropped}, **{k: t for k, t in new.items() if t}}
    return {k: merged[k] for k in dict.fromkeys(order) if k in merged}


def with_nothing(tables: Tables, section: str, nothing: bool) -> Tables:
    """Note that a person takes or has nothing of the kind, or take that note back.

    Parameters: tables; section; nothing. Returns: new tables; a list that names something stays as it is.

    >>> with_nothing({}, "medicines", True)
    {'medicines': [{'name': 'none'}]}
    """
    lines = lines_of(tables, section)
    others = [line for line in lines if not is_none(line)]
    if others or bool(lines) == nothing:
        return tables
    rest = {key: value for key, value in tables.items() if key != section}
    return {**rest, section: [{first_of(section): "none"}]} if nothing else rest


@dataclass(frozen=True, slots=True)
class Group:
    """One section of a step, ready to be shown."""

    section: str
    title: str
    text: str
    hint: str
    none: str  # words of the box that says "nothing of this kind", "" for no such box
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    rows: Sequence[Row] = field(default_factory=list)
    nothing: bool = False
    names: str = ""  # kind of names that are offered while typing


def lays_nothing(tables: Tables, section: str) -> bool:
    """Say whether a section says that there is nothing to list.

    Parameters: tables; section. Returns: whether it does.
    """
    lines = lines_of(tables, section)
    return bool(lines) and all(is_none(line) for line in lines)
