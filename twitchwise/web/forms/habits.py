"""Habits, and what else about the person matters."""

from __future__ import annotations

from typing import Any

from twitchwise.record.read import HABITS
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.person import habit_fields, person_fields, take_fields, take_person
from twitchwise.web.forms.scene import Scene, Tables

ABOUT = ("weight", "height", "breastfeeding", "skin")


def view(scene: Scene) -> dict[str, Any]:
    """Lay out the step.

    Parameters: scene. Returns: what its template names.
    """
    about = [key for key in ABOUT if key != "breastfeeding" or scene.seen.sex != "male"]
    return {"habits": habit_fields(scene), "about": person_fields(about, scene)}


def take(form: Filled, scene: Scene, auto: bool = False) -> Tables:
    """Take the step's answers into the record.

    Parameters: form; scene; auto, whether the person still types. Returns: new tables.
    """
    return take_person(form, ABOUT, take_fields(form, "habits", HABITS, scene.tables))
