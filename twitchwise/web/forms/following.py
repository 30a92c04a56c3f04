"""The most telling next question, one at a time, with the reason for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from twitchwise.ask.answer import take as take_answer
from twitchwise.ask.order import next_question
from twitchwise.ask.types import Question, Reply, State
from twitchwise.web.forms.asked import noted, with_noted
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.scene import Scene, Tables

WORDS = {"yes": "y", "no": "n", "open": "d", "skip": "s"}
STEP_OF = {"medicines": "medicines", "supplements": "medicines", "conditions": "conditions", "diet": "eating",
           "labs": "tests"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Following:
    """What to do with an answer: the new record, or what to say before it is taken."""

    tables: Tables
    said: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()  # what may have been meant: nothing is saved before one is chosen
    typed: str = ""
    again: bool = False


def state_of(tables: Tables) -> State:
    """Return where the questions stand: what was dealt with, or answered with "I don't know", is not asked again.

    Parameters: tables. Returns: the state, as `twitchwise ask` knows it.
    """
    open_ = noted(tables, "not_known")
    return State(tables, noted(tables, "done") | open_ | {f"told:{id_}" for id_ in open_})


def question_of(scene: Scene) -> Question | None:
    """Choose the next question.

    Parameters: scene. Returns: the question in the words of the page, None when none is worth asking.
    """
    found = next_question(state_of(scene.tables), scene.evidence, scene.on)
    return None if found is None else replace(found, text=_plain(found.text), hint=_plain(found.hint))


def _plain(text: str) -> str:
    """Take out what only holds at the terminal: one line at a time, and single keys."""
    text = re.sub(r" One at a time(?:, with the (?:dose|unit))?(?: if you know it)?\.", "", text)
    for said in ("y, n, or ", "y if pregnant, n, or "):
        text = text.removeprefix(said)
    for said in (". n means no medicines", ". n means none", "n means no other"):
        text = text.removesuffix(said)
    return "female or male" if text == "f or m" else text


def view(scene: Scene) -> dict[str, Any]:
    """Lay out the step.

    Parameters: scene. Returns: what its template names.
    """
    question = question_of(scene)
    told = scene.told.get("following")
    return {
        "question": question,
        "step_of": STEP_OF.get(question.target, "") if question else "",
        "reply": told if isinstance(told, Following) else None,
    }


def take(form: Filled, scene: Scene, auto: bool = False) -> Tables:
    """Take an answer without asking back: for a record that changed meanwhile.

    Parameters: form; scene; auto. Returns: new tables.
    """
    return scene.tables if auto else answer(form, scene).tables


def answer(form: Filled, scene: Scene) -> Following:
    """Take the answer to the question that is due.

    Parameters: form, with the question's id and the answer by button or in words; scene. Returns: what comes of it.
    """
    question = next_question(state_of(scene.tables), scene.evidence, scene.on)
    if question is None or form.text("question") != question.id:
        return Following(
            scene.tables, ("This question was answered in the meantime. Here is the next one.",), again=True
        )
    text = WORDS.get(form.text("answer"), form.text("words"))
    reply = take_answer(state_of(scene.tables), question, text, scene.evidence, scene.on)
    if reply.again:
        said = tuple(_plain_reply(one) for one in reply.said)
        return Following(scene.tables, said, typed=form.text("words"), again=True)
    if reply.meant and not form.text("sure"):
        return Following(scene.tables, reply.said, reply.meant, text, again=True)
    return Following(_after(scene, question, reply, form.text("answer")), reply.said)


def _plain_reply(text: str) -> str:
    return {
        "Nothing was typed. Type d if you do not know.": "Nothing was typed. Press “I don’t know” if you do not know.",
        "Please type y for yes, n for no, d for don't know, or s to skip.": "Please choose one of the buttons.",
    }.get(text, text.replace("type q to stop", "go on to the review"))


def _after(scene: Scene, question: Question, reply: Reply, chosen: str) -> Tables:
    """Keep what was dealt with beside the record."""
    tables: Tables = dict(reply.state.tables)
    done = reply.state.done - state_of(scene.tables).done
    if chosen == "open":
        tables = with_noted(tables, "not_known", [question.target if question.id.startswith("told:") else question.id])
    return with_noted(tables, "done", done)
