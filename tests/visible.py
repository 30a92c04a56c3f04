"""Every sentence of the data and of the code that a person can see, with where it comes from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from plain import SHORT, words_of
from test_triage_spec import CASES, view_of

from build import facts
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.topic_types import Saying
from twitchwise.explain.figures import fill
from twitchwise.explain.pages import factor_page
from twitchwise.foods import curated
from twitchwise.plan.place import call
from twitchwise.triage.level import QUESTIONS, alerts
from twitchwise.triage.result import UNCHECKED

Said = Iterator[tuple[str, str]]
PACKAGE = Path(__file__).resolve().parent.parent / "twitchwise"
TEMPLATES = PACKAGE / "formats" / "html" / "templates"
SPEAKING = tuple(
    "record observe foods labs diet triage assess plan explain report ask formats cli review.py errors.py".split()
)
# written for a clinician or a dietitian; tables of words that nobody is shown
OTHERS = (
    "doctor.py",
    "why_not.py",
    "timeline.py",
    "dietitian.py",
    "look_up.py",
    "lexicon.py",
    "template.py",
    "shorthand.py",
    "doctor_text.py",
    "dietitian_text.py",
)
RELEASES = ("National Nutrient Database",)  # what a producer calls its table is not ours to change
ADVICE = PACKAGE / "plan" / "doctor.py"  # the lines that a person says to the doctor


def of_advice(evidence: Evidence) -> Said:
    for one in evidence.advice.values():
        yield f"advice {one.id} text", one.text.replace("{call}", call("UK"))
        yield f"advice {one.id} why", one.why


def of_triage(evidence: Evidence) -> Said:
    for rule in evidence.triage_rules.values():
        yield f"rule {rule.id} action", rule.action
    for case in CASES:
        for alert in alerts(view_of(case), facts()):
            yield f"reason {alert.rule}", alert.reason.replace(f" ({UNCHECKED})", "")
    for number, (question, _, _) in enumerate(QUESTIONS):
        yield f"danger question {number}", question


def of_causes(evidence: Evidence) -> Said:
    for node in evidence.nodes.values():
        yield f"node {node.id} summary", node.summary
        yield f"name of node {node.id}", node.name
    for finding in evidence.findings.values():
        yield f"name of finding {finding.id}", finding.name
    for risk in evidence.risks.values():
        yield f"name of risk {risk.id}", risk.name
    for clue in evidence.clues.values():
        yield f"name of clue {clue.id}", clue.name
        yield f"clue {clue.id} text", clue.text


def of_factors(evidence: Evidence) -> Said:
    for factor in evidence.factors.values():
        yield f"factor {factor.id} note", factor.note
        for section in factor_page(factor, evidence)[1]:
            for line in section.lines if section.id in ("note", "safety") else ():
                yield f"factor {factor.id} {section.id}", line.text


def of_voice(evidence: Evidence) -> Said:
    for claim in evidence.claims.values():
        for key in ("text", "why", "instead"):
            yield f"claim {claim.id} {key}", fill(getattr(claim, key), evidence)[0]
        yield f"claim {claim.id} model", fill(claim.model.why, evidence)[0]
    for question in evidence.questions.values():
        yield f"question {question.id}", question.ask
        for number, answer in enumerate(question.answer):
            yield f"question {question.id} answer {number}", fill(answer.text, evidence)[0]
    for wording in evidence.wordings.values():
        for key in ("text", "hint", "why"):
            yield f"ask {wording.id} {key}", getattr(wording, key)


def of_topics(evidence: Evidence) -> Said:
    for topic in evidence.topics.values():
        yield f"name of topic {topic.id}", topic.name
        for field in fields(topic):
            value = getattr(topic, field.name)
            for one in value if isinstance(value, tuple) else ():
                if isinstance(one, Saying):
                    yield f"topic {topic.id} {field.name}", fill(one.text, evidence)[0]


def of_tables(evidence: Evidence) -> Said:
    for analyte in evidence.analytes.values():
        yield f"name of analyte {analyte.id}", analyte.name
        for interval in analyte.ranges:
            yield f"analyte {analyte.id} range note", interval.note
        for grade in analyte.grades:
            yield f"analyte {analyte.id} grade", grade.label
            yield f"analyte {analyte.id} grade note", grade.note
    for nutrient in evidence.nutrients.values():
        yield f"nutrient {nutrient.id} without limit", nutrient.no_limit
        for harm in nutrient.harms:
            yield f"nutrient {nutrient.id} harm", harm.text


def of_eating(evidence: Evidence) -> Said:
    for note in evidence.day_notes.values():
        yield f"diet note {note.id}", note.text
    for mark in evidence.day_marks.values():
        yield f"name of mark {mark.id}", mark.name
        yield f"diet mark {mark.id}", mark.why
    for role in evidence.day_roles.values():
        yield f"name of role {role.id}", role.name
    for question in evidence.screen_questions.values():
        for key in ("text", "portion", "hint"):
            yield f"diet question {question.id} {key}", getattr(question, key)
    for answer in evidence.screen_answers.values():
        yield f"diet answer {answer.id}", answer.text
    for effect in evidence.intake_effects.values():
        yield f"name of effect {effect.id}", effect.name
    for food in curated().foods:
        yield f"diet food {food.id} note", food.note


def of_commands() -> Said:
    """What `--help` says a command is for."""
    import typer

    from twitchwise import cli

    def walk(command: Any, name: str) -> Said:
        yield f"command {name or 'twitchwise'}", " ".join((command.help or "").split())
        for word, below in (getattr(command, "commands", None) or {}).items():
            yield from walk(below, f"{name} {word}".strip())

    return walk(typer.main.get_command(cli.app), "")


def _lists(tree: ast.AST) -> set[int]:
    """Texts that are only split into words: lists, which nobody is shown as a sentence."""
    calls = (n.func for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute))
    return {id(call.value) for call in calls if call.attr == "split"}


def _sentence(node: ast.AST) -> str:
    """The text of a constant or an f-string, with "it" where a value goes in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "it" for v in node.values)
    return ""


def of_code() -> Said:
    """Sentences in the modules that speak to a person: no docstrings, patterns or lists of words."""
    files = [
        f for name in SPEAKING for f in ((PACKAGE / name).rglob("*.py") if name[-3:] != ".py" else [PACKAGE / name])
    ]
    for file in sorted(f for f in files if f.name not in OTHERS or f == ADVICE):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        bodies = (n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef))
        skip = {id(body.body[0].value) for body in bodies if body.body and isinstance(body.body[0], ast.Expr)}
        skip |= {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values} | _lists(tree)
        for node in ast.walk(tree):
            text = "" if id(node) in skip else _sentence(node)
            if text.startswith(RELEASES):
                continue
            said = re.search(r"[.:!?,;]| (is|are|the|a|to) ", text) and not re.search(r"[\\|_<>]|\(\?", text)
            if said and len(words_of(text)) >= SHORT:
                yield f"code {file.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}", text


def of_templates() -> Said:
    """The texts of the page itself, without what is filled in."""
    for name in ("base", "review", "parts", "diet"):
        text = (TEMPLATES / f"{name}.html.j2").read_text(encoding="utf-8")
        bare = re.sub(r"<style>.*?</style>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
        bare = re.sub(r"</?(?:em|strong|b|span)\b[^>]*>", "", bare)
        for number, part in enumerate(re.split(r"<[^>]*>", bare)):
            if part.strip(" ·\n"):
                yield f"page {name} {number}", " ".join(part.split())


def everything(evidence: Evidence) -> dict[str, str]:
    """Every visible text once, by the first place that it is found in."""
    parts = (of_advice, of_triage, of_causes, of_factors, of_voice, of_topics, of_tables, of_eating)
    found: dict[str, str] = {}
    for said in (*(part(evidence) for part in parts), of_code(), of_templates(), of_commands()):
        for key, text in said:
            if text.strip():
                found.setdefault(text.strip(), key)
    return {f"{key} #{number}": text for number, (text, key) in enumerate(found.items())}
