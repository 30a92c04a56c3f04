"""What a step has to say about its answers: what is not used, why, and where to put it right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from twitchwise.observe.types import Issue
from twitchwise.web.forms.rows import first_of
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


def problems(key: str, scene: Scene) -> tuple[Problem, ...]:
    """List the problems of one step.

    Parameters: key, of the step; scene. Returns: the problems in the order of the record.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> scene = Scene({"labs": [{"test": "potassium", "value": "41 mmol/L"}]}, load_evidence(), date(2026, 11, 22))
    >>> problems("tests", scene)[0].field
    'labs-0-value'
    """
    return tuple(_problem(issue) for issue in scene.issues if _belongs(key, issue))


def _belongs(key: str, issue: Issue) -> bool:
    part, _, rest = issue.where.partition(".")
    name = part.partition("[")[0]
    if name not in PARTS[key]:
        return False
    return name != "person" or rest in PERSON[key]


def _problem(issue: Issue) -> Problem:
    return Problem(_field(issue), issue.what, issue.why, tuple(issue.try_[:3]))


def _field(issue: Issue) -> str:
    """Name the form's field that an issue of the record is about."""
    line = re.match(r"(\w+)\[(\d+)\](?:\.(\w+))?", issue.where)
    if line is None:
        part, _, key = issue.where.partition(".")
        if key.startswith("lines["):
            return "line-" + re.sub(r"\D", "", key.partition("]")[0])
        return key.replace("screen.", "screen-") if key.startswith("screen.") else f"{part}-{key}"
    section, number, key = line.groups()
    if section in ("findings", "absent"):
        return key if key in ("since", "onset", "course", "note") else "what"
    keyed = key or ("value" if section == "labs" and re.search(r"unit|right|number|result", issue.why) else "")
    return f"{section}-{number}-{keyed or first_of(section)}"
