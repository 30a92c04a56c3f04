"""The first step: danger signs, and who it is about; a yes says at once what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from twitchwise.ask.order import SELF_HARM, worded
from twitchwise.ask.tables import lines_of, with_field, with_value
from twitchwise.assess.network import build_network
from twitchwise.evidence import Evidence
from twitchwise.report.build import alerts, headline
from twitchwise.triage.result import LEVELS
from twitchwise.web.forms.answers import Answer, answer_of, take_answers, with_answer
from twitchwise.web.forms.asked import noted, with_noted
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.person import person_fields, take_person
from twitchwise.web.forms.scene import Scene, Tables

PREFIX = "flag-"
DETAILS = ("since", "course", "where")
COURSES = ("worse", "same", "better")
PLACED = ("muscle_weakness",)  # where it is tells much
ABOUT = ("age", "sex", "country")
# not narrower by name, yet the question that a yes calls for
BESIDE = {
    "chest_pain": "heart_pain",
    "fainting": "loss_of_consciousness",
    "slurred_speech": "facial_droop",
    "breathlessness": "laryngospasm",
}
MOST_CLOSER = 4  # narrower questions under one sign


@dataclass(frozen=True, slots=True)
class Detail:
    """A closer look at a sign that is there."""

    name: str
    key: str
    label: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A danger sign: its answer, what to do on a yes, and what is asked then."""

    answer: Answer
    then: tuple[str, ...]
    details: tuple[Detail, ...]
    closer: tuple[Answer, ...]


def flags(scene: Scene) -> list[Flag]:
    """Lay out the danger signs.

    Parameters: scene. Returns: the signs in the order of the wordings.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> [flag.answer.id for flag in flags(Scene({}, load_evidence(), date(2026, 11, 22)))][:2]
    ['muscle_weakness', 'difficulty_swallowing']
    """
    ids = [wording.id for wording in scene.evidence.wordings.values() if wording.kind == "flag"]
    found, used = [], set[str]()
    for id_ in ids:
        if id_ != SELF_HARM or asks_about_harm(scene):
            flag = _flag(id_, scene)
            found.append(replace(flag, closer=tuple(one for one in flag.closer if one.id not in used)))
            used |= {one.id for one in flag.closer}
    return found


def asks_about_harm(scene: Scene) -> bool:
    """Say whether the question about thoughts of ending one's life is due.

    Parameters: scene. Returns: whether a low mood was told, or that question was answered before.
    """
    seen = scene.seen
    low = "low_mood" in seen.present or seen.factor("depression") is not None
    return low or SELF_HARM in seen.present | seen.absent


def _flag(id_: str, scene: Scene) -> Flag:
    answer = answer_of(id_, scene)
    trial = scene if answer.chosen == "yes" else scene.having(with_answer(scene, id_, "yes"))
    return Flag(answer, _what_then(trial), _details(id_, answer, scene), _closer(id_, scene))


def _what_then(trial: Scene) -> tuple[str, ...]:
    """Say what to do when this sign is there, in the words of the report."""
    found = trial.triage
    if found.level not in ("emergency", "prompt"):
        return ()
    return headline(found, trial.seen.country), *(said.text for said in alerts(found)[:1])


def _closer(id_: str, scene: Scene) -> tuple[Answer, ...]:
    return tuple(answer_of(one, scene) for one in closer_ids(id_, scene.evidence))


@cache
def closer_ids(flag: str, evidence: Evidence) -> tuple[str, ...]:
    """Choose the narrower signs that would make a danger sign more urgent still.

    Parameters: flag, a finding; evidence. Returns: ids of findings.

    >>> from twitchwise.evidence import load_evidence
    >>> "heart_pain" in closer_ids("chest_pain", load_evidence())
    True
    """
    above, name = build_network(evidence).above, evidence.findings[flag].name
    plain = Scene({"findings": [name]}, evidence, date(2026, 1, 1)).triage.level
    found = []
    for wording in evidence.wordings.values():
        related = flag in above.get(wording.id, ()) or BESIDE.get(flag) == wording.id
        if wording.kind == "finding" and related:
            told = Scene({"findings": [name, evidence.findings[wording.id].name]}, evidence, date(2026, 1, 1))
            if LEVELS.index(told.triage.level) < LEVELS.index(plain):
                found.append(wording.id)
    return tuple(found[:MOST_CLOSER])


def _details(id_: str, answer: Answer, scene: Scene) -> tuple[Detail, ...]:
    if answer.said or id_ == SELF_HARM:
        return ()
    line = lines_of(scene.tables, "findings")[answer.line] if answer.line >= 0 else {}
    held = line if isinstance(line, Mapping) else {}
    keys = DETAILS if id_ in PLACED else DETAILS[:1]
    found = []
    for key in keys:
        asked = worded(key, scene.evidence)
        value = held.get(key, "")
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        found.append(Detail(f"detail-{id_}-{key}", key, asked.text, asked.hint, text))
    return tuple(found)


def view(scene: Scene) -> dict[str, Any]:
    """Lay out the step.

    Parameters: scene. Returns: what its template names.
    """
    return {
        "flags": flags(scene),
        "courses": COURSES,
        "about": person_fields(ABOUT, scene),
        "expecting": expecting(scene) if scene.seen.sex != "male" or scene.record.person.pregnant else None,
    }


def expecting(scene: Scene) -> dict[str, Any]:
    """Say what is known about a pregnancy or a recent birth.

    Parameters: scene. Returns: the question, the choice so far and the weeks as written.
    """
    asked, seen = worded("pregnant", scene.evidence), scene.seen
    person = scene.record.person
    chosen = "no" if seen.pregnant is False else "open" if "pregnant" in noted(scene.tables, "not_known") else ""
    chosen = "birth" if seen.postpartum_days is not None else "yes" if seen.pregnant else chosen
    weeks = person.postpartum if chosen == "birth" else person.pregnant if chosen == "yes" else ""
    return {"text": asked.text, "why": asked.why, "chosen": chosen, "weeks": "" if weeks in ("yes", "true") else weeks}


def take(form: Filled, scene: Scene, auto: bool = False) -> Tables:
    """Take the step's answers into the record.

    Parameters: form; scene; auto, whether the person still types. Returns: new tables.
    """
    scene = scene.having(take_answers(form, PREFIX, scene))
    for flag in [key.removeprefix(PREFIX) for key in form if key.startswith(PREFIX) and form.text(key) == "yes"]:
        if flag in scene.evidence.findings:
            scene = scene.having(_with_details(form, flag, scene))
    return take_person(form, ABOUT, _with_expecting(form, scene))


def _with_details(form: Filled, flag: str, scene: Scene) -> Tables:
    line, tables = answer_of(flag, scene).line, scene.tables
    if line < 0:
        return tables
    for key in DETAILS:
        name = f"detail-{flag}-{key}"
        held = lines_of(tables, "findings")[line]
        old = held.get(key, "") if isinstance(held, Mapping) else ""
        before = ", ".join(map(str, old)) if isinstance(old, list) else str(old)
        text = form.text(name)
        if name in form and text != before:
            value: object = [part.strip() for part in text.split(",") if part.strip()] if key == "where" else text
            tables = with_field(tables, "findings", line, key, value)
    return tables


def _with_expecting(form: Filled, scene: Scene) -> Tables:
    """Write a pregnancy or a birth, only where the answer differs from what the record says."""
    if "pregnant" not in form:
        return scene.tables
    chosen, weeks = form.text("pregnant"), form.text("pregnant-weeks")
    now = expecting(scene)
    if (chosen, weeks) == (now["chosen"], now["weeks"]) or chosen not in ("", "yes", "no", "birth", "open"):
        return scene.tables
    person = scene.tables.get("person", {})
    rest = (
        {k: v for k, v in person.items() if k not in ("pregnant", "postpartum")} if isinstance(person, Mapping) else {}
    )
    tables: Tables = with_noted({**scene.tables, "person": rest}, "not_known", (), ["pregnant"])
    if chosen == "open":
        tables = with_noted(tables, "not_known", ["pregnant"])
    elif chosen == "birth":
        tables = with_value(tables, "person", "postpartum", weeks or "yes")
    elif chosen:
        tables = with_value(tables, "person", "pregnant", (weeks or True) if chosen == "yes" else False)
    return tables if tables["person"] else {k: v for k, v in tables.items() if k != "person"}
