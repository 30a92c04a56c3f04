"""From the rules that fire to one level, with the questions that are still open."""

from __future__ import annotations

from twitchwise.observe.types import Observations
from twitchwise.triage import (  # noqa: F401  (importing a module enters its rules)
    emergency,
    emergency_body,
    emergency_harm,
    emergency_labs,
    emergency_nerve,
    prompt,
    prompt_labs,
    prompt_medicines,
    routine,
    self_care,
)
from twitchwise.triage.result import ACTS, LEVELS, UNCHECKED, Alert, Facts, LabLike, Level, Triage
from twitchwise.triage.rule import RULES
from twitchwise.triage.view import View

DEFAULT = "No rule for a quicker visit or for self-care fits, so a booked visit is the careful answer."
NOT_READ = "A complaint was not understood, so a booked visit is the careful answer."
AGE = "How old is the person?"
PREGNANT = "Could there be a pregnancy, or a birth within the last six weeks?"
WEAKNESS = ("muscle_weakness", "felt_weakness", "foot_drop", "muscle_wasting", "hand_clumsiness")
# the question; findings of which one present is an answer; findings that must all be denied to be a "no"
QUESTIONS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Is any part of the body weak, or is there something it can no longer do?", WEAKNESS, ("muscle_weakness",)),
    (
        "Is swallowing difficult or speech slurred?",
        ("difficulty_swallowing", "slurred_speech", "tongue_twitching"),
        ("difficulty_swallowing", "slurred_speech"),
    ),
    ("Is there shortness of breath?", ("breathlessness", "low_oxygen"), ("breathlessness",)),
    (
        "Is there chest pain, fainting or an irregular heartbeat?",
        ("chest_pain", "heart_pain", "fainting", "irregular_heartbeat", "loss_of_consciousness", "cardiac_arrest"),
        ("chest_pain", "fainting"),
    ),
    ("Has there been a seizure (fit)?", ("seizure",), ("seizure",)),
)


def open_questions(see: View) -> tuple[str, ...]:
    """Give the danger questions that the record answers neither with yes nor with no; the age comes first.

    Parameters: see, the record. Returns: plain questions in the order in which to ask them.

    >>> open_questions(View(Observations(age=70.0), (), {}, {}, {}))[-1]
    'Has there been a seizure (fit)?'
    """
    asked = [q for q, yes, no in QUESTIONS if not see.has(*yes) and not set(no) <= see.obs.absent]
    age = see.obs.age
    fertile = age is None or see.limit("fertile_from") <= age <= see.limit("fertile_to") if see.limits else age is None
    if see.obs.sex != "male" and fertile and see.obs.pregnant is None and see.obs.postpartum_days is None:
        asked.append(PREGNANT)
    return ((AGE,) if age is None else ()) + tuple(asked)


def unread(obs: Observations, most: int = 2) -> tuple[str, ...]:
    """Ask about complaints that were not understood: a danger sign may hide in them, so they are never passed over.

    Parameters: obs; most, how many lines to ask about. Returns: a plain question for each.

    >>> from twitchwise.observe.types import Issue
    >>> unread(Observations(issues=(Issue("findings[0]", "my chest is odd", "not understood"),)))
    ('Is this about breath, chest, strength, speech, a fit or thoughts of ending life: "my chest is odd"?',)
    """
    lines = [i.what for i in obs.issues if i.where.startswith("findings[") and i.why.startswith("not understood")]
    return tuple(
        f'Is this about breath, chest, strength, speech, a fit or thoughts of ending life: "{line[:60]}"?'
        for line in dict.fromkeys(lines[:most])
    )


def alerts(see: View, evidence: Facts) -> tuple[Alert, ...]:
    """Run every rule on one record.

    Parameters: see, the record; evidence, the curated facts. Returns: the alerts, most urgent first, in an order that
    does not depend on the order of the record.

    >>> from twitchwise.evidence import load_evidence
    >>> alerts(View(Observations(), (), load_evidence().limits, {}, {}), load_evidence())
    ()
    """
    found = [_alert(name, reason, evidence) for name, run in RULES.items() if (reason := run(see))]
    return tuple(sorted(found, key=lambda a: (LEVELS.index(a.level), ACTS.index(a.act), a.rule)))


def _alert(name: str, reason: str, evidence: Facts) -> Alert:
    fact = evidence.triage_rules[name]
    level: Level = next(one for one in LEVELS if one == fact.level)
    said = f"{reason[:-1]} ({UNCHECKED})." if fact.basis == "elicited" else reason
    return Alert(name, level, fact.act, fact.action, said, fact.cites, fact.basis)


def triage(obs: Observations, labs: tuple[LabLike, ...], evidence: Facts) -> Triage:
    """Say how soon to be seen: the highest rule that fires, else routine; self-care only by its own rules.

    Parameters: obs, the record in our vocabulary; labs, its laboratory readings; evidence, the curated facts.
    Returns: the level, the alerts of that level ("book a visit" beside "go now" would blur it), the open questions.

    >>> from twitchwise.evidence import load_evidence
    >>> triage(Observations(present=frozenset({"seizure"})), (), load_evidence()).level
    'emergency'
    """
    current = tuple(r for r in labs if not r.superseded_by)
    earlier = tuple(r for r in labs if r.superseded_by)
    see = View(obs, current, evidence.limits, evidence.findings, evidence.factors, earlier)
    found = alerts(see, evidence)
    level: Level = found[0].level if found else "routine"
    shown = tuple(a for a in found if a.level == level)
    unclear = unread(obs)
    asked = (*open_questions(see), *unclear)
    if level == "self_care" and unclear:
        return Triage("routine", True, asked, (), NOT_READ)
    return Triage(level, bool(asked), asked, shown, "" if found else DEFAULT)
