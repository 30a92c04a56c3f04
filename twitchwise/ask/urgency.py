"""What to say at once when an answer makes an emergency."""

from __future__ import annotations

from datetime import date

from twitchwise.ask.types import State
from twitchwise.errors import LimitError
from twitchwise.evidence import Evidence
from twitchwise.labs import read_labs
from twitchwise.observe import observe
from twitchwise.record import record_from_tables
from twitchwise.report.build import alerts, headline
from twitchwise.review import review
from twitchwise.triage import Triage, triage

AT_ONCE = ("now", "say")


def urgency(state: State, evidence: Evidence, on: date) -> Triage:
    """Say how urgent the record is as it stands.

    Parameters: state; evidence; on, the day. Returns: the triage.

    >>> from twitchwise.evidence import load_evidence
    >>> urgency(State({"findings": ["seizure"]}), load_evidence(), date(2026, 11, 22)).level
    'emergency'
    """
    obs = observe(record_from_tables(state.tables), evidence, on)
    readings, _ = read_labs(obs, evidence)
    return triage(obs, readings, evidence)


def what_to_do(found: Triage, state: State, evidence: Evidence, on: date) -> list[str]:
    """Say what to do now, in the order of haste.

    Parameters: found, an emergency; state; evidence; on, the day. Returns: sentences.
    """
    record = record_from_tables(state.tables)
    country = observe(record, evidence, on).country
    lines = [f"!!! EMERGENCY: {headline(found, country)}", *(f"- {said.text}" for said in alerts(found))]
    try:
        steps = review(record, evidence, on, 0, False).plan.steps
    except LimitError:
        return lines
    return [*lines, *(f"{'Say' if s.kind == 'say' else 'Now'}: {s.text}" for s in steps if s.kind in AT_ONCE)]
