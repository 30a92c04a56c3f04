"""When to see a doctor, worked out by the triage rules themselves on a made-up record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite
from twitchwise.explain.types import Line
from twitchwise.observe.sites import above
from twitchwise.observe.types import FactorSeen, FindingSeen, Observations
from twitchwise.triage import Triage, triage

# signs that may come beside a twitch and change how soon to be seen
COMPANIONS = tuple(
    "breathlessness laryngospasm seizure confusion chest_pain fainting irregular_heartbeat sudden_weakness facial_droop"
    " paralysis ascending_weakness bladder_or_bowel_change saddle_numbness dark_urine difficulty_swallowing"
    " slurred_speech progressive_weakness muscle_wasting foot_drop tongue_twitching one_swollen_calf".split()
)
DENIED = frozenset(
    "muscle_weakness difficulty_swallowing slurred_speech breathlessness chest_pain fainting seizure".split()
)
NOT_URGENT = Cite("own_judgement", "no rule of urgency fires for it alone")
FIRST = {
    "call_now": "Call the emergency number now for any of these, if it is new or sudden",
    "today": "Be seen today for any of these, if it is new or sudden",
    "days": "See a doctor within days for any of these, even if it came slowly",
}


def _urgency(finding: str, evidence: Evidence, onset: str = "") -> Triage:
    """Ask the rules about one finding of an adult who denies the danger signs."""
    seen = FindingSeen(finding, True, evidence.findings[finding].name, "findings[0]", onset=onset, main=True)
    present = above(evidence, finding)
    obs = Observations(age=45.0, pregnant=False, findings=(seen,), present=present, absent=DENIED - present)
    return triage(obs, (), evidence)


def alone(finding: str, evidence: Evidence) -> list[Line]:
    """Say how soon a finding by itself should be seen.

    Parameters: finding, its id; evidence. Returns: lines with the rules' own sources.
    """
    found = _urgency(finding, evidence)
    if found.level in ("emergency", "prompt"):
        return [Line(alert.action, alert.sources, "By itself") for alert in found.alerts[:2]]
    return [Line("By itself it is not urgent. Book a visit if it lasts, grows or worries you.", (NOT_URGENT,))]


def with_factor(factor: str, evidence: Evidence) -> list[Line]:
    """Say what the rules ask for when somebody states only this condition, medicine or event.

    Parameters: factor, its id; evidence. Returns: lines, none when no urgent rule fires.
    """
    fact = evidence.factors[factor]
    seen = FactorSeen(factor, fact.kind, True, fact.name, "record")
    obs = Observations(age=45.0, pregnant=False, factors=(seen,), absent=DENIED, tags=frozenset(fact.tags))
    found = triage(obs, (), evidence)
    urgent = found.level in ("emergency", "prompt")
    return [Line(alert.action, alert.sources, "By itself") for alert in found.alerts[:2]] if urgent else []


@lru_cache(maxsize=4)
def companions(evidence: Evidence) -> tuple[Line, ...]:
    """Say which signs beside a complaint make it urgent.

    Parameters: evidence. Returns: a line for each step of urgency, the most urgent first.

    >>> from twitchwise.evidence.load import load_evidence
    >>> "Seizure" in companions(load_evidence())[0].text
    True
    """
    groups: dict[str, tuple[list[str], list[Cite]]] = {act: ([], []) for act in FIRST}
    for id_ in (one for one in COMPANIONS if one in evidence.findings):
        for act, found in (("", _urgency(id_, evidence, "sudden")), ("days", _urgency(id_, evidence))):
            first = found.alerts[0] if found.level in ("emergency", "prompt") else None
            if first is not None and first.act in FIRST and act in ("", first.act):
                names, cites = groups[first.act]
                names.append(evidence.findings[id_].name)
                cites.extend(first.sources)
    return tuple(
        Line(f"{text}. {_fragments(groups[act][0])}", tuple(dict.fromkeys(groups[act][1]))[:8])
        for act, text in FIRST.items()
        if groups[act][0]
    )


def _fragments(names: Iterable[str]) -> str:
    """A list that reads one thing at a time."""
    return " ".join(f"{name[0].upper()}{name[1:]}." for name in dict.fromkeys(names))
