"""Tests that only a specialist's reason justifies: named when a triage rule that fired asks for them, never by gain."""

from __future__ import annotations

import re

from twitchwise.assess.types import NextTest
from twitchwise.evidence import Evidence
from twitchwise.observe.types import Observations
from twitchwise.triage import Triage

BLOOD = "blood_tests"  # any practice takes them, and the plan names which


def specialist_tests(triage: Triage, obs: Observations, evidence: Evidence) -> tuple[NextTest, ...]:
    """List the tests such as a heart tracing, EMG or MRI that a rule which fired asks for and that were not made.

    Parameters: triage; obs, for the tests that the record holds; evidence. Returns: tests without a gain in bits.

    >>> from twitchwise.evidence import load_evidence
    >>> specialist_tests(Triage("routine", False, (), ()), Observations(), load_evidence())
    ()
    """
    made = {test.id for test in obs.tests}
    found: dict[str, NextTest] = {}
    for alert in triage.alerts:
        for test in evidence.tests.values():
            asked = any(re.search(rf"\b{re.escape(n)}\b", alert.action, re.I) for n in (test.name, *test.synonyms))
            if asked and test.id not in (*made, BLOOD):
                why = f"asked for because of this: {alert.reason.partition(':')[0].partition(' (')[0].rstrip('.')}"
                found.setdefault(test.id, NextTest(test.id, test.name, 0.0, why, "specialist"))
    return tuple(found.values())
