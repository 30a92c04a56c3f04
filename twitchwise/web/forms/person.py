"""Fields about the person and their habits: single texts under one key of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from twitchwise.ask.tables import with_value
from twitchwise.observe.types import Issue
from twitchwise.web.forms.asked import noted, with_noted
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.scene import Scene, Tables

# label, hint, and why, of what has no wording among the questions
PERSON = {
    "country": ("Which country are you in?", "such as: Ireland", "So that the right emergency number is shown."),
    "weight": ("How much do you weigh?", "such as: 70 kg, or: 154 lb", "Needs for food differ with it."),
    "height": ("How tall are you?", "such as: 172 cm", ""),
    "breastfeeding": ("Do you breastfeed?", "yes or no", "It changes what you need, and which advice is safe."),
    "skin": ("Is your skin light or dark?", "such as: light, brown, dark", "Dark skin makes less vitamin D."),
}
CHOICES = {"sex": ("female", "male"), "breastfeeding": ("yes", "no"), "skin": ("light", "brown", "dark")}
HABITS = {
    "fluids": ("How much do you drink in a day, all drinks together?", "such as: 1.5 litres"),
    "sun": ("How much are you out in the sun?", "such as: 20 minutes a day, or: indoors all day"),
    "screen": ("How long do you look at a screen?", "such as: 8 hours a day"),
    "nicotine": ("Do you smoke, vape or use nicotine?", "such as: 10 cigarettes a day, or: none"),
    "smoking": ("How much do you smoke?", "such as: 10 a day"),
    "drugs": ("Do you use cannabis or other drugs?", "such as: cannabis at weekends, or: none"),
    "heat": ("Have you sweated a lot, in heat or a sauna?", "such as: roof work in the sun"),
    "work": ("What do you do for work?", "such as: lifting, night shifts, at a desk"),
    "food": ("Anything about food and drink that is new?", "in your own words"),
    "other": ("Anything else about how you live?", "in your own words"),
}
ALWAYS = ("caffeine", "alcohol", "sleep", "stress", "exercise", "fluids", "sun", "screen", "nicotine", "drugs")


@dataclass(frozen=True, slots=True)
class Field:
    """One text field with its answer."""

    name: str
    key: str
    label: str
    hint: str
    why: str
    text: str
    open: bool = False  # answered with "I don't know"
    issues: tuple[Issue, ...] = ()
    quick: tuple[str, ...] = ()  # answers to fill in with one press, as they are written down
    options: tuple[str, ...] = ()  # the only answers there are


def _held(scene: Scene, part: str) -> Mapping[str, Any]:
    held = scene.tables.get(part, {})
    bare = {"diet": "pattern", "habits": "other"}.get(part, "note")
    return held if isinstance(held, Mapping) else {bare: held}


def field(part: str, key: str, label: str, hint: str, why: str, scene: Scene) -> Field:
    """Lay out one field.

    Parameters: part, person, habits or diet; key; label; hint; why; scene. Returns: the field.
    """
    value = _held(scene, part).get(key, "")
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value) if value is not None else ""
    where = f"{part}.{key}"
    issues = tuple(i for i in scene.issues if i.where == where)
    return Field(f"{part}-{key}", key, label, hint, why, text, key in noted(scene.tables, "not_known"), issues)


def person_fields(keys: Sequence[str], scene: Scene) -> list[Field]:
    """Lay out fields about the person.

    Parameters: keys; scene. Returns: the fields.
    """
    found = []
    for key in keys:
        wording = scene.evidence.wordings.get(key)
        known = (wording.text, wording.hint, wording.why) if wording else PERSON[key]
        found.append(replace(field("person", key, *known, scene), options=CHOICES.get(key, ())))
    return found


def habit_fields(scene: Scene) -> list[Field]:
    """Lay out the habits, those first that tell most; what the record holds besides is shown too.

    Parameters: scene. Returns: the fields.
    """
    held = _held(scene, "habits")
    found = []
    for key in [*ALWAYS, *(key for key in HABITS if key not in ALWAYS and (key in held or key in ("heat", "work")))]:
        wording = scene.evidence.wordings.get(key)
        label, hint = (wording.text, wording.hint) if wording else HABITS[key]
        quick = tuple(text for text in (wording.no, wording.yes) if text) if wording else ()
        one = field("habits", key, label, _plain(hint), wording.why if wording else "", scene)
        found.append(replace(one, quick=quick))
    return found


def _plain(hint: str) -> str:
    """Take the keys of the terminal out of a hint."""
    text = hint.replace("y, n, or ", "").replace(". n means none", "").replace("f or m", "female or male")
    return text.removesuffix(". n means no medicines")


def take_fields(form: Filled, part: str, keys: Sequence[str], tables: Tables) -> Tables:
    """Take text fields into a part of the record; one that was emptied is taken out.

    Parameters: form; part; keys; tables. Returns: new tables.

    >>> take_fields(Filled([("habits-sun", "none")]), "habits", ["sun"], {})
    {'habits': {'sun': 'none'}}
    """
    for key in keys:
        name = f"{part}-{key}"
        if name not in form:
            continue
        tables = _with_text(tables, part, key, form.text(name))
        ticked = bool(form.text(f"{name}-open")) and not form.text(name)
        tables = with_noted(tables, "not_known", [key] if ticked else (), () if ticked else [key])
    return tables


def take_person(form: Filled, keys: Sequence[str], tables: Tables) -> Tables:
    """Take fields about the person; a whole number is kept as one.

    Parameters: form; keys; tables. Returns: new tables.
    """
    return take_fields(form, "person", keys, tables)


def _with_text(tables: Tables, part: str, key: str, text: str) -> Tables:
    held = tables.get(part, {})
    old = held.get(key, "") if isinstance(held, Mapping) else held if key in ("pattern", "other") else ""
    before = {True: "yes", False: "no"}[old] if isinstance(old, bool) else "" if old is None else str(old)
    if " ".join(before.split()) == text:
        return tables
    if text:
        return with_value(tables, part, key, int(text) if key == "age" and text.isdigit() and len(text) < 4 else text)
    rest = {k: v for k, v in held.items() if k != key} if isinstance(held, Mapping) else {}
    return {**tables, part: rest} if rest else {k: v for k, v in tables.items() if k != part}
