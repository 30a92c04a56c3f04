"""How far each number moves the answers: one review with every number once at its low and once at its high end.

All swings of a record are lanes of one problem, so that a few hundred of them cost little more than one.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
from drawn_persons import draw_persons, make_world, record_of
from machine import ROOT

from twitchwise.assess import build_network, make_case, solve_case
from twitchwise.assess.lab_findings import with_lab_findings
from twitchwise.assess.parameters import Z95, Array, Parameters
from twitchwise.assess.problem import Builder, Case
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Cited
from twitchwise.labs import LabReading, read_labs
from twitchwise.observe import observe
from twitchwise.observe.types import Observations
from twitchwise.record import Record, record_from_tables

sys.path.insert(0, str(ROOT / "tools"))

from inference_facts import behind, behind_factor

ON = date(2026, 11, 22)
MOST_FINDINGS = 8  # a record with more costs minutes
SHOWN_FROM, LIKELY_FROM = 0.1, 0.5  # where the word beside a cause changes: unlikely, possible, likely


class Swings(Parameters):
    """Numbers of which each pair of lanes has one fact at its low and at its high end, and the rest as stated."""

    def __init__(self, facts: Sequence[str], behind_of: Mapping[str, str]) -> None:
        super().__init__(2 * len(facts))
        self._lane = {key: 2 * n for n, key in enumerate(facts)}
        self._behind = behind_of

    def _noise(self, name: str) -> Array:
        noise, lane = np.zeros(self.draws), self._lane.get(self._behind.get(name, name))
        if lane is not None:
            noise[lane : lane + 2] = -Z95, Z95
        return noise

    def used(self) -> Mapping[str, Cited]:
        """The numbers that were asked for, by name."""
        return self._cited


@dataclass
class Influence:
    """What a fact did over all records."""

    move: float = 0.0  # sum over records of the largest move of any cause's `explains`
    largest: float = 0.0
    cause: str = ""  # the cause of the largest move
    touched: int = 0
    first: int = 0  # records in which another cause ranks first at one of its ends
    word: int = 0  # records in which a cause passes a border between unlikely, possible and likely


@dataclass
class Sensitivity:
    """All facts, how many records were asked, and how many were left out."""

    facts: dict[str, Influence] = field(default_factory=dict)
    records: int = 0
    left_out: int = 0


def names_behind(evidence: Evidence) -> dict[str, str]:
    """Return for each worked-out number the fact that it comes from.

    Parameters: evidence. Returns: name of the draws -> key of the fact.
    """
    network = build_network(evidence)
    found = behind(network)
    for factor in evidence.factors.values():
        found |= behind_factor(factor, network)
    return found


def case_of(obs: Observations, readings: tuple[LabReading, ...], evidence: Evidence) -> Case:
    """Make observations ready as the assessment does.

    Parameters: obs; readings; evidence. Returns: the case.
    """
    network = build_network(evidence)
    return make_case(with_lab_findings(obs, readings, evidence, network), readings, evidence, network)


def from_record(record: Record, evidence: Evidence) -> Case:
    """Make a record ready.

    Parameters: record; evidence. Returns: the case.
    """
    obs = observe(record, evidence, ON)
    return case_of(obs, read_labs(obs, evidence)[0], evidence)


def written_cases(evidence: Evidence, examples: Path, ordinary: Path) -> Iterator[Case]:
    """Yield the example records and the records of the specification.

    Parameters: evidence; examples and ordinary, folders. Yields: cases.
    """
    for path in [*sorted(examples.glob("*.toml")), *sorted(ordinary.glob("*.toml"))]:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from_record(record_from_tables(tables.get("given", tables)), evidence)


def drawn_cases(evidence: Evidence, many: int, seed: int) -> Iterator[Case]:
    """Yield records of persons drawn from the model, each with a background of its own.

    Parameters: evidence; many; seed. Yields: cases.
    """
    world, rng = make_world(evidence, 200, seed), np.random.default_rng(seed)
    found = 0
    while found < many:
        persons = draw_persons(rng, world, 20)
        if persons.yes.shape[1]:
            found += 1
            yield case_of(record_of(persons, 0), persons.readings[0], evidence)


def word(explains: Array) -> Array:
    """Return 0 unlikely, 1 possible, 2 likely.

    Parameters: explains, of any shape. Returns: the same shape.

    >>> word(np.array([0.05, 0.3, 0.7])).tolist()
    [0, 1, 2]
    """
    return np.asarray((explains >= SHOWN_FROM).astype(int) + (explains >= LIKELY_FROM))


def swing(case: Case, behind_of: Mapping[str, str]) -> tuple[list[str], tuple[str, ...], Array]:
    """Answer a case with each of its facts at its low and its high end.

    Parameters: case; behind_of, from `names_behind`. Returns: (facts, causes, explains (causes, 1 + 2 facts)).
    """
    asked = Swings((), behind_of)
    Builder(case, asked).build()
    facts = sorted({behind_of.get(name, name) for name in asked.used()})
    _, found = solve_case(replace(case), Swings(facts, behind_of))
    causes = tuple(found.explains_by)
    return facts, causes, np.stack([found.explains(c) for c in causes])


def add(to: Sensitivity, case: Case, behind_of: Mapping[str, str]) -> None:
    """Count what the facts of one more record do.

    Parameters: to; case; behind_of.
    """
    if not case.complaints or len(case.bits) > MOST_FINDINGS:
        to.left_out += 1
        return
    facts, causes, explains = swing(case, behind_of)
    to.records += 1
    stated, low, high = explains[:, :1], explains[:, 1::2], explains[:, 2::2]
    moves = np.abs(high - low)
    first = [(ends.argmax(axis=0) != stated.argmax()) for ends in (low, high)]
    words = [(word(ends) != word(stated)).any(axis=0) for ends in (low, high)]
    for n, key in enumerate(facts):
        one, most = to.facts.setdefault(key, Influence()), int(moves[:, n].argmax())
        one.touched += 1
        one.move += float(moves[most, n])
        if moves[most, n] > one.largest:
            one.largest, one.cause = float(moves[most, n]), causes[most]
        one.first += bool(first[0][n] or first[1][n])
        one.word += bool(words[0][n] or words[1][n])
