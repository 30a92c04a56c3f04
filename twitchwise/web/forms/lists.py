"""Steps that are lists: medicines and supplements, illnesses, operations and exposures, tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twitchwise.ask.order import worded
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.rows import Group, lays_nothing, rows_of, take_rows, with_nothing
from twitchwise.web.forms.scene import Scene, Tables

LABELS: Mapping[str, Mapping[str, str]] = {
    "medicines": {"name": "Medicine", "dose": "Dose", "since": "Since"},
    "supplements": {"name": "Supplement", "dose": "Dose", "since": "Since"},
    "conditions": {"what": "Illness", "when": "Since"},
    "procedures": {"what": "Operation or treatment", "when": "When"},
    "exposures": {"what": "What it was", "when": "When"},
    "signs": {"what": "What was found"},
    "absent": {"what": "What you do not have"},
    "labs": {"test": "Test", "value": "Result with unit", "range": "Printed range", "date": "Date"},
    "tests": {"what": "Test", "result": "Result", "date": "Date"},
}
HINTS: Mapping[str, Mapping[str, str]] = {
    "medicines": {"name": "such as: omeprazole", "dose": "such as: 20 mg daily", "since": "such as: 18 months"},
    "supplements": {"name": "such as: vitamin B6", "dose": "such as: 50 mg daily", "since": "such as: 3 months"},
    "conditions": {"what": "such as: high blood pressure", "when": "such as: 2 years"},
    "procedures": {"what": "such as: thyroid operation", "when": "such as: 2 years ago"},
    "exposures": {"what": "such as: laughing gas, insect spray", "when": "such as: last week"},
    "signs": {"what": "such as: brisk reflexes"},
    "absent": {"what": "such as: fever"},
    "labs": {
        "test": "such as: magnesium",
        "value": "such as: 0.80 mmol/L, or: normal",
        "range": "such as: 0.70-1.05",
        "date": "such as: 2026-10-01",
    },
    "tests": {"what": "such as: EMG, MRI", "result": "such as: normal", "date": "such as: 2026-10-01"},
}
# title, what is asked (where the questions have no wording for it), the box for "nothing"
TEXTS: Mapping[str, tuple[str, str, str]] = {
    "medicines": ("Medicines", "", "I take no medicines"),
    "supplements": ("Supplements", "", "I take no supplements"),
    "conditions": ("Illnesses", "Which illnesses do you have, or have you had?", "I have no illness that I know of"),
    "procedures": ("Operations and treatments", "Which operations or treatments have you had?", ""),
    "exposures": (
        "Things you came in touch with",
        "Did you come in touch with something harmful? Such as insect spray, laughing gas, drugs, lead, or a bite.",
        "",
    ),
    "labs": ("Blood tests", "Write each result as it is printed, with its unit.", ""),
    "tests": ("Other tests", "Did you have other tests, such as ECG, EMG or MRI?", ""),
    "absent": ("Also not there", "What else do you not have? Say it in your own words.", ""),
    "signs": ("What a doctor found", "Did a doctor or nurse find something when they looked at you?", ""),
}
NAMES = {"absent": "finding", "labs": "test", "tests": "other_test", "signs": "finding", "exposures": "exposure"}
STEPS: Mapping[str, tuple[str, ...]] = {
    "medicines": ("medicines", "supplements"),
    "conditions": ("conditions", "procedures", "exposures"),
    "tests": ("labs", "tests", "signs"),
}


def group(section: str, scene: Scene) -> Group:
    """Lay out one section.

    Parameters: section; scene. Returns: the section with its rows and an empty one.
    """
    title, text, none = TEXTS[section]
    asked = worded(section, scene.evidence) if section in scene.evidence.wordings else None
    return Group(
        section,
        title,
        text or (asked.text.partition(" One at a time")[0] if asked else ""),
        asked.why if asked else "",
        none,
        LABELS[section],
        HINTS[section],
        rows_of(section, scene),
        lays_nothing(scene.tables, section),
        NAMES.get(section, section.removesuffix("s")),
    )


def take_group(form: Filled, section: str, tables: Tables, auto: bool) -> Tables:
    """Take one section of a form into the record.

    Parameters: form; section; tables; auto, whether the person still types. Returns: new tables.
    """
    tables = take_rows(form, section, tables, auto)
    if TEXTS[section][2] and f"{section}-asked" in form:
        tables = with_nothing(tables, section, bool(form.text(f"{section}-none")))
    return tables


class ListStep:
    """A step of the way that is made of lists alone."""

    def __init__(self, key: str) -> None:
        self.sections = STEPS[key]

    def view(self, scene: Scene) -> dict[str, Any]:
        """Lay out the step.

        Parameters: scene. Returns: what its template names.
        """
        return {"groups": [group(section, scene) for section in self.sections]}

    def take(self, form: Filled, scene: Scene, auto: bool = False) -> Tables:
        """Take the step's rows into the record.

        Parameters: form; scene; auto. Returns: new tables.
        """
        tables = scene.tables
        for section in self.sections:
            tables = take_group(form, section, tables, auto)
        return tables
