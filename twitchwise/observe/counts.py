"""How much of a record was understood."""

from __future__ import annotations

from typing import NamedTuple

from twitchwise.evidence import Evidence
from twitchwise.observe.labs_said import value_of
from twitchwise.observe.sheet import NOT_KNOWN
from twitchwise.observe.types import Observations
from twitchwise.record import Record

SECTIONS = ("findings", "absent", "signs", "conditions", "medicines", "supplements")


class TermCount(NamedTuple):
    """Lines of a record that say something: not understood, understood without effect, all."""

    unknown: int
    unused: int
    total: int


def count_terms(record: Record, observations: Observations) -> TermCount:
    """Count the lines of findings, denials, signs, conditions, medicines, supplements and numeric laboratory results.

    Parameters: record; observations of it. Returns: counts of lines.

    >>> from twitchwise.observe.types import Observations
    >>> count_terms(Record(), Observations())
    TermCount(unknown=0, unused=0, total=0)
    """
    lines = {f"{section}[{number}]" for section in SECTIONS for number in range(len(getattr(record, section)))}
    lines |= {f"labs[{number}]" for number, line in enumerate(record.labs) if value_of(line.value).number is not None}
    missed = {issue.where for issue in observations.issues if issue.where in lines and issue.why.startswith(NOT_KNOWN)}
    return TermCount(len(missed), len((lines - missed) & set(observations.unused)), len(lines))


def unknown_terms(record: Record, observations: Observations, evidence: Evidence) -> tuple[int, int]:
    """Count lines that were not understood.

    Parameters: record; observations of it; evidence, the facts. Returns: lines not understood, all lines.

    >>> from twitchwise.evidence import load_evidence
    >>> from twitchwise.observe.types import Observations
    >>> unknown_terms(Record(), Observations(), load_evidence())
    (0, 0)
    """
    count = count_terms(record, observations)
    return count.unknown, count.total
