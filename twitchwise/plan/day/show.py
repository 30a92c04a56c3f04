"""The plan of the day as plain text and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite
from twitchwise.plan.day.types import After, DayPlan
from twitchwise.plan.day.words import shown
from twitchwise.plan.types import Refused

WIDTH = 78
HEADS = {
    "nothing_to_change": "Nothing to change by what you told.",
    "plan": "A small change that reaches the targets.",
    "partial": "A small change that closes part of the gap.",
    "no_plan": "No small change was found.",
    "foods_only": "Foods to think about. No amounts are named here.",
    "withheld": "No plan is made here.",
}
DOCTOR = "Ask your doctor or midwife before you change much."
FOOT = "This is for learning. It is not advice from a doctor, and no doctor has checked it."


def _wrapped(text: str, start: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start)) or [start]


def row_of(one: After, names: Evidence) -> str:
    """Write a nutrient before and after.

    Parameters: one; names, the curated facts. Returns: a line.
    """
    known = names.nutrients.get(one.nutrient)
    name = known.name if known is not None else one.nutrient.replace("_", " ")
    text = f"{name}: {shown(one.before, one.nutrient)} -> {shown(one.after, one.nutrient)}"
    if one.target is not None and one.nutrient != "sodium":  # less is fine there
        text += f", target {shown(one.target, one.nutrient)} ({one.target_name})"
    if one.limit is not None and one.nutrient in ("caffeine", "sodium"):
        text += f", limit {shown(one.limit, one.nutrient)}"
    if one.missing > 0.01 * (one.target or 1.0):
        text += f", still {shown(one.missing, one.nutrient)} short"
    return text


def as_text(plan: DayPlan, evidence: Evidence) -> str:
    """Write a plan for a terminal of 80 columns.

    Parameters: plan; evidence, the curated facts. Returns: lines.
    """
    lines = [HEADS[plan.outcome], ""]
    for number, change in enumerate(plan.changes, start=1):
        lines += _wrapped(change.text, f"{number}. ")
    for idea in plan.ideas:
        lines += _wrapped(idea, "- ")
    if plan.outcome == "foods_only":
        lines += _wrapped(DOCTOR)
    for title, part in (
        ("A day, before and after", _table(plan, evidence)),
        ("Held back", [_refusal(one) for one in plan.refused]),
        ("What stands in the way", [one.text for one in plan.in_the_way]),
        ("Good to know", [*plan.notes, *([plan.sun] if plan.sun else [])]),
        ("How good this is", _effort(plan)),
        ("Sources", _sources(plan.cites, evidence)),
    ):
        if part:
            lines += ["", title, *(line for text in part for line in _wrapped(text, "  "))]
    return "\n".join([*lines, "", *_wrapped(FOOT), ""])


def _table(plan: DayPlan, evidence: Evidence) -> list[str]:
    return [row_of(one, evidence) for one in plan.nutrients if one.wanted or one.nutrient in ("energy", "sodium")]


def _refusal(one: Refused) -> str:
    return f"No advice on {one.what}: {one.reason}. Ask your doctor."


def _effort(plan: DayPlan) -> list[str]:
    effort = plan.effort
    if effort is None:
        return []
    if effort.gap <= 1e-6:
        return [f"Of {effort.columns} single changes, no other choice is better by our count."]
    return [
        f"Of {effort.columns} single changes. A better choice could cost up to {100 * effort.gap:.0f} % less effort."
    ]


def _sources(cites: Sequence[Cite], evidence: Evidence) -> list[str]:
    places: dict[str, list[str]] = {}
    for cite in cites:
        places.setdefault(cite.source, []).append(cite.locator)
    titles = {key: evidence.sources[key].title if key in evidence.sources else key for key in places}
    return [f"{titles[key]}: {'; '.join(dict.fromkeys(filter(None, where)))}" for key, where in places.items()]


def as_json(plan: DayPlan, evidence: Evidence) -> str:
    """Write a plan as JSON.

    Parameters: plan; evidence, the curated facts, whose version is named. Returns: text.
    """
    found = {**as_dict(plan), "evidence_version": evidence.version}
    return json.dumps(found, indent=1, allow_nan=False) + "\n"


def as_dict(plan: DayPlan) -> dict[str, Any]:
    """Write a plan as plain data for JSON.

    Parameters: plan. Returns: names to values.

    >>> as_dict(DayPlan("plan"))["schema"]
    'twitchwise.day_plan/1'
    """
    raw = asdict(plan)
    for after, one in zip(raw["nutrients"], plan.nutrients, strict=True):
        after["missing"] = one.missing
    return {"schema": "twitchwise.day_plan/1", **raw}


FORMATS: Mapping[str, Callable[[DayPlan, Evidence], str]] = {"text": as_text, "json": as_json}
