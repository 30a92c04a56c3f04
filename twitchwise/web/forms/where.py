"""What bothers the person, where on the body, since when, and when it comes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from twitchwise.ask.order import worded
from twitchwise.ask.tables import lines_of
from twitchwise.observe.types import Issue
from twitchwise.web.forms.asked import noted, with_noted
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.scene import Incomplete, Scene, Tables

TEXTS = ("what", "since", "onset", "course", "note")
ONSETS = (("sudden", "all at once"), ("hours", "over hours"), ("days", "over days"), ("weeks", "over weeks"),
          ("months", "over months"))  # fmt: skip
COURSES = (("worse", "worse"), ("same", "the same"), ("better", "better"))
# the circumstances that tell most, from data/qualifiers.toml
KINDS = "muscle_twitching muscle_cramps muscle_jerks muscle_stiffness paresthesia tremor".split()
WHEN = (
    "at_rest at_night on_falling_asleep on_waking during_exercise after_exercise with_stress with_caffeine with_cold "
    "recurrent constant brief painless"
).split()
MOST = 500  # complaints


def _lines(tables: Tables) -> list[Any]:
    return lines_of(tables, "findings")


def place_of(scene: Scene) -> int:
    """Choose which complaint is shown: the one asked for, else what bothers most, else a new one.

    Parameters: scene. Returns: its number.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> place_of(Scene({"findings": ["fever", {"what": "cramps", "main": True}]}, load_evidence(), date(2026, 1, 1)))
    1
    """
    lines = _lines(scene.tables)
    if scene.place >= 0:  # beyond the last one stands a new one
        return min(scene.place, len(lines))
    flags = {w.id for w in scene.evidence.wordings.values() if w.kind == "flag"}
    main = [n for n, line in enumerate(lines) if isinstance(line, Mapping) and line.get("main")]
    told = {f.origin: f.id for f in scene.seen.findings if f.present}
    other = [n for n in range(len(lines)) if told.get(f"findings[{n}]") not in flags]
    return (main or other[:1] or [len(lines)])[0]


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _field(line: Mapping[str, Any], key: str) -> object:
    """Read a field under its own name or another that a record may use."""
    other = {"what": ("name", "finding", "sign"), "where": ("site", "place")}.get(key, ())
    return next((line[name] for name in (key, *other) if line.get(name)), "")


def view(scene: Scene) -> dict[str, Any]:
    """Lay out the step.

    Parameters: scene. Returns: what its template names.
    """
    number, lines = place_of(scene), _lines(scene.tables)
    held = lines[number] if number < len(lines) else {}
    line = held if isinstance(held, Mapping) else {"what": held}
    sites, others = _split(_texts(_field(line, "where")), {w.name for w in scene.evidence.sites.values()})
    times = {scene.evidence.qualifiers[id_].name: id_ for id_ in WHEN if id_ in scene.evidence.qualifiers}
    when, more_when = _split(_texts(_field(line, "when")), set(times))
    texts = {key: str(_field(line, key) or "") for key in TEXTS}
    kinds = [(name := scene.evidence.findings[id_].name, name == texts["what"]) for id_ in KINDS]
    return {
        "n": number,
        "new": number >= len(lines),
        "kinds": kinds,
        "texts": {**texts, "what": "" if any(chosen for _, chosen in kinds) else texts["what"]},
        "main": bool(line.get("main", not lines)),
        "sites": [(id_, word.name, word.name in sites) for id_, word in scene.evidence.sites.items()],
        "others": ", ".join(others),
        "times": [(id_, name, name in when) for name, id_ in times.items()],
        "more_when": ", ".join(more_when),
        "onsets": ONSETS,
        "courses": COURSES,
        "asked": {key: worded(key, scene.evidence) for key in ("main", "where", "since", "course")},
        "open_since": f"since:{number}" in noted(scene.tables, "not_known"),
        "line_issues": _issues(scene, number),
        "told": [(n, told, n == number) for n, one in enumerate(lines) if (told := _told(one))],
    }


def _issues(scene: Scene, number: int) -> list[Issue]:
    where = f"findings[{number}]"
    return [i for i in scene.issues if i.where == where or i.where.startswith(f"{where}.")]


def _told(line: object) -> str:
    return str(_field(line, "what") or "") if isinstance(line, Mapping) else line if isinstance(line, str) else ""


def _split(values: list[str], names: set[str]) -> tuple[set[str], list[str]]:
    """Part the texts that are boxes of the form from those that are own words."""
    return {v for v in values if v in names}, [v for v in values if v not in names]


def take(form: Filled, scene: Scene, auto: bool = False) -> Tables:
    """Take one complaint into the record.

    Parameters: form; scene; auto, whether the person still types. Returns: new tables.
    """
    number, lines = form.number("n", -1), _lines(scene.tables)
    if not 0 <= number <= len(lines) or number >= MOST:
        return scene.tables
    held = lines[number] if number < len(lines) else {}
    if form.text("remove") and number < len(lines) and not auto:
        return _with(scene.tables, [*lines[:number], *lines[number + 1 :]])
    wished = _wished(form, scene)
    if not wished["what"]:
        return _unsaid(scene, number, wished, auto)
    line = _merged(held if isinstance(held, Mapping) else {"what": held} if held else {}, wished)
    tables = scene.tables if line == held else _with(scene.tables, [*lines[:number], line, *lines[number + 1 :]])
    key = f"since:{number}"
    is_open = bool(form.text("since-open")) and not wished["since"]
    return with_noted(tables, "not_known", [key] if is_open else (), () if is_open else [key])


def _unsaid(scene: Scene, number: int, wished: Mapping[str, Any], auto: bool) -> Tables:
    """Deal with a complaint without a name: keep what is there, ask for the name, or pass over an empty form."""
    said = [key for key, value in wished.items() if value and key != "main"]
    lines = _lines(scene.tables)
    if auto or (not said and number >= len(lines)):
        return scene.tables
    tables = _with(scene.tables, [*lines[:number], {"what": "", **wished}, *lines[number + 1 :]])
    raise Incomplete(tables, "what", "Say what it is: choose one, or write it in your own words.")


def _wished(form: Filled, scene: Scene) -> dict[str, Any]:
    """Return what the form says of the complaint; own words go before the choice of a kind."""
    sites = [w.name for id_, w in scene.evidence.sites.items() if id_ in form.all("site")]
    times = [scene.evidence.qualifiers[id_].name for id_ in WHEN if id_ in form.all("time")]
    wished: dict[str, Any] = {key: form.text(key) for key in TEXTS}
    wished["where"] = [*sites, *_parts(form.text("where-other"))]
    wished["when"] = [*times, *_parts(form.text("when-other"))]
    wished["main"] = bool(form.text("main"))
    kinds = {scene.evidence.findings[id_].name for id_ in KINDS}
    wished["what"] = wished["what"] or (form.text("kind") if form.text("kind") in kinds else "")
    return wished


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"\s*[,;]\s*", text) if part]


def _merged(line: Mapping[str, Any], wished: Mapping[str, Any]) -> dict[str, Any]:
    """Put what changed into the line; what the form does not know stays."""
    merged = dict(line)
    for key, value in wished.items():
        before = _field(line, key)
        same = sorted(_texts(before)) == sorted(value) if isinstance(value, list) else _same(before, value)
        if same:
            continue
        for name in (key, *{"what": ("name", "finding", "sign"), "where": ("site", "place")}.get(key, ())):
            merged.pop(name, None)
        if value:
            merged[key] = value
    return {"what": merged.pop("what"), **merged} if "what" in merged else merged


def _same(before: object, value: object) -> bool:
    if isinstance(value, bool):
        return bool(before) == value
    return " ".join(str(before or "").split()) == value


def _with(tables: Tables, lines: list[Any]) -> Tables:
    rest = {key: value for key, value in tables.items() if key != "findings"}
    return {**rest, "findings": lines} if lines else rest
