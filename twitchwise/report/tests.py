"""The questions and tests that would tell most, in words, with what each result would do to the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from twitchwise.assess.specialist import specialist_tests
from twitchwise.assess.types import Cause, Move, NextTest, Result
from twitchwise.evidence.load import Evidence
from twitchwise.plan.make import why_of, worthwhile
from twitchwise.report.types import TestRow
from twitchwise.report.words import percent

if TYPE_CHECKING:
    from twitchwise.review import Review

LABELS = {
    "blood": "{} (a blood test)",
    "question": "Do you have {}?",
    "habit": "{}: how much?",
    "examination": "{} (a doctor can check this)",
    "specialist": "{} (at a clinic or hospital)",
}
YES_OR_NO = {"much": "yes", "some": "a little", "little or none": "no"}  # of a habit that is asked so
WORDED = ("motor_neuron_disease",)  # never with a figure, and without a danger sign not by name
MOST_MOVES = 2  # in one line
NAMED_FROM = 0.015  # a smaller move changes nothing that a person would do


class HasNames(Protocol):
    """Anything that knows how the causes of a person are called."""

    @property
    def urgent(self) -> bool:
        """Whether the person should be seen soon."""

    def of(self, cause: Cause) -> str:
        """Name a cause."""


def rows_of_tests(review: Review, evidence: Evidence, names: HasNames) -> tuple[TestRow, ...]:
    """Put the tests into words: those that tell most, then those that a danger sign asks for.

    Parameters: review; evidence; names, of the causes. Returns: one row a test.
    """
    tests = worthwhile(review.assessment.next_tests)
    tests += specialist_tests(review.triage, review.observations, evidence)
    causes = {c.id: c for c in review.assessment.causes}
    rows = []
    for test in tests:
        name = wording(test, evidence)
        why = why_of(test)
        text = f"{name} {why}" if name.endswith("?") else f"{name}. {why}"
        said = YES_OR_NO if name.startswith(("Do", "Did", "Have")) else {}
        outcomes = tuple(_outcome(one, said.get(one.word, one.word), causes, names) for one in test.outcomes)
        rows.append(TestRow(text, name=name, test=test, outcomes=outcomes))
    return tuple(rows)


def wording(test: NextTest, evidence: Evidence) -> str:
    """Put one question or test into words: as `ask` asks it, where it does.

    Parameters: test; evidence, for the wordings. Returns: a question, or the name of a test.

    >>> from twitchwise.evidence.load import load_evidence
    >>> wording(NextTest("daytime_sleepiness", "sleepy by day", 0.1, "", "question"), load_evidence())
    'Are you sleepy by day?'
    """
    known = evidence.wordings.get(test.id)
    if known is not None and test.kind in ("question", "habit"):
        return known.text
    name = LABELS[test.kind].format(test.name.removesuffix(" found on examination")).replace(") (", ", ")
    return f"{name[:1].upper()}{name[1:]}"


def _outcome(result: Result, word: str, causes: Mapping[str, Cause], names: HasNames) -> str:
    """Say in one sentence how probable a result is and which causes it would move."""
    moves = [m for m in result.moves if abs(m.after - m.before) >= NAMED_FROM]
    said = [text for m in moves if (text := _moved(m, causes, names))][:MOST_MOVES]
    return f"If {word} ({_chance(result.p)}): {'; '.join(said) if said else 'the list stays much as it is'}."


def _moved(move: Move, causes: Mapping[str, Cause], names: HasNames) -> str:
    if move.cause in WORDED:
        way = "more" if move.after > move.before else "less"
        return f"{move.name} becomes {way} of a question for a doctor" if names.urgent else ""
    name = names.of(causes[move.cause]) if move.cause in causes else move.name
    return f"{name} moves from {percent(move.before)} % to {percent(move.after)} %"


def _chance(p: float) -> str:
    """Say how probable a result is, in tenths at most: more would be false precision.

    >>> _chance(0.72), _chance(0.52), _chance(0.02)
    ('about 7 in 10', 'about 5 in 10', 'rare')
    """
    tenths = round(10 * p)
    return "rare" if p < 0.03 else "less than 1 in 10" if p < 0.08 else f"about {min(max(tenths, 1), 9)} in 10"
