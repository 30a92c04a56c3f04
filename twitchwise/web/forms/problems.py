"""What a step has to say about its answers: what is not used, why, and where to put it right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from twitchwise.ask.tables import lines_of
from twitchwise.observe.types import Issue
from twitchwise.web.forms.rows import FIELDS, first_of, is_none
from twitchwise.web.forms.scene import Scene

PARTS = {
    "danger": ("person",),
    "where": ("findings",),
    "felt": ("absent",),
    "medicines": ("medicines", "supplements"),
    "conditions": ("conditions", "procedures", "exposures"),
    "eating": ("diet",),
    "habits": ("habits", "person"),
    "tests": ("labs", "tests", "signs"),
    "next": (),
}
PERSON = {"danger": ("age", "sex", "pregnant", "postpartum", "country"),
          "habits": ("weight", "height", "breastfeeding", "skin", "latitude")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that cannot be used as it stands: the field to go to, what was written, why, and what to try."""

    field: str
    what: str
    why: str
    tries: tuple[str, ...] = ()
    page: str = ""  # which part of a step that is shown in parts


def problems(key: str, scene: Scene) -> tuple[Problem, ...]:
    """List the problems of one step.

    Parameters: key, of the step; scene. Returns: the problems in the order of the record.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> scene = Scene({"labs": [{"test": "potassium", "value": "41 mmol/L"}]}, load_evidence(), date(2026, 11, 22))
    >>> problems("tests", scene)[0].field
    'labs-0-value'
    """
    return tuple(_problem(issue, scene) for issue in scene.issues if _belongs(key, issue))


def _belongs(key: str, issue: Issue) -> bool:
    part, _, rest = issue.where.partition(".")
    name = part.partition("[")[0]
    if name not in PARTS[key]:
        return False
    return name != "person" or rest in PERSON[key]


def _problem(issue: Issue, scene: Scene) -> Problem:
    return Problem(_field(issue, scene), issue.what, issue.why, tuple(issue.try_[:3]), _page(issue))


def _page(issue: Issue) -> str:
    """Complaints are shown one at a time: say which one it is."""
    line = re.match(r"findings\[(\d+)\]", issue.where)
    return f"?n={line[1]}" if line else ""


def _field(issue: Issue, scene: Scene) -> str:
    """Name the form's field that an issue of the record is about, or the heading where it has none."""
    line = re.match(r"(\w+)\[(\d+)\](?:\.(\w+))?", issue.where)
    if line is None:
        part, _, key = issue.where.partition(".")
        return {"diet": _diet_field, "habits": _habit_field, "person": _person_field}[part](key, scene)
    section, number, key = line.groups()
    if section == "findings":
        return key if key in ("since", "onset", "course", "note") else "what"
    lines = lines_of(scene.tables, section)
    held = lines[int(number)] if int(number) < len(lines) else None
    if section == "absent" or not isinstance(held, Mapping | str) or is_none(held):
        return f"group-{section}"
    keyed = "value" if section == "labs" and re.search(r"unit|right|number|result", issue.why) else first_of(section)
    return f"{section}-{number}-{key if key in FIELDS[section] else keyed}"


def _diet_field(key: str, scene: Scene) -> str:
    if key.startswith("screen"):
        question = key.removeprefix("screen.")
        return f"screen-{question}" if question in scene.evidence.screen_questions else "screen-title"
    return f"diet-{key}" if key in ("pattern", "note") else "diary-title"


def _habit_field(key: str, scene: Scene) -> str:
    return f"habits-{key}" if key in scene.record.habits else "about"


def _person_field(key: str, scene: Scene) -> str:
    shown = {"postpartum": "pregnant", "latitude": ""}.get(key, key)
    own = scene.record.person
    hidden = not shown or (scene.seen.sex == "male" and shown in ("breastfeeding", "pregnant") and not own.pregnant)
    return "about" if hidden else f"person-{shown}"
