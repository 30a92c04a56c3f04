"""The possible answers to a question or a test, as weights on the states of the nodes.

Of each test all results but one are weighed outright. The last one ("yes", "normal") is what is left: so the chances of
the results sum to one, and their mixture is the picture as it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from twitchwise.assess.factors import known_state, shows_of
from twitchwise.assess.likelihood import lab_weights, likelihood_of, rows_for
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.assess.problem import DENIAL, Builder, Case
from twitchwise.evidence.types import Shows
from twitchwise.labs import LabReading, word_reading
from twitchwise.labs.types import Level

LEVELS: tuple[Level, ...] = ("low", "high")
# never asked as a question among others: nobody who answers has the one, and triage asks the other with care
NEVER_ASKED = ("cardiac_arrest", "self_harm_thoughts")
HABIT_WORDS = {2: ("little or none", "much"), 3: ("little or none", "some", "much")}


@dataclass(frozen=True)
class Answer:
    """One result: its word, its factor on the states of each node it speaks about, and a factor on all of them."""

    word: str
    factors: Mapping[int, Array]  # node number -> (states,)
    scale: float = 1.0


@dataclass(frozen=True)
class Asking:
    """A question or test: the results that are weighed, and the word for the one that is left."""

    test: str
    kind: str  # question | habit | examination | blood
    answers: tuple[Answer, ...]
    rest: str


def findings_to_ask(case: Case, builder: Builder, nodes: Collection[int]) -> Iterator[Asking]:
    """Yield every finding that a node in play can show and that the record has not answered.

    Parameters: case; builder, with one lane; nodes, numbers of the nodes in play. Yields: questions and examinations.
    """
    ids, evidence = case.network.ids, case.evidence
    results = {row.finding for row in evidence.lab_findings.values()}
    shows = [[case.network.shows[key, s] for s in case.network.nodes[key].states[1:]] for key in ids]
    stated = [(seen.id, shows_of(seen, evidence, case.network)) for seen in (case.obs.factors[n] for n in case.factors)]
    shown = {f for n in nodes for rows in shows[n] for f in rows}
    denied_wider = {w for f in case.obs.absent for w in case.network.above.get(f, ())}
    for finding in sorted(shown - results - case.obs.present - case.obs.absent - denied_wider):
        kin = case.obs.present.intersection(case.network.above.get(finding, ()))
        if kin or finding in NEVER_ASKED or "ECG" in evidence.findings[finding].name:
            continue  # a kind of what is there already is told by its place, not asked again
        able = [n for n in range(len(ids)) if any(finding in rows for rows in shows[n])]
        factors = {n: 1.0 - DENIAL * builder.chances(ids[n], finding)[:, 0] for n in able}
        kind = "examination" if evidence.findings[finding].kind == "sign" else "question"
        yield Asking(finding, kind, (Answer("no", factors, _unmoved(builder, finding, stated)),), "yes")


def _unmoved(builder: Builder, finding: str, stated: Sequence[tuple[str, Mapping[str, Shows]]]) -> float:
    """Chance of a "no" from all that is not in doubt: the background and the stated medicines and conditions."""
    silent = 1.0 - float(builder.leak(finding)[0])
    for factor, rows in stated:
        if finding in rows:
            row = rows[finding]
            silent *= 1.0 - DENIAL * float(builder.parameters.chance(f"{factor}.{row.finding}", row.p)[0])
    return silent


def habits_to_ask(case: Case, nodes: Collection[int]) -> Iterator[Asking]:
    """Yield every habit that by itself is a node in play and that the record does not mention.

    Parameters: case; nodes, numbers of the nodes in play. Yields: habits.
    """
    stated = {f.id for f in case.obs.factors}
    for factor in case.evidence.factors.values():
        if factor.kind != "habit" or factor.id in stated:
            continue
        for node in (case.network.ids.index(s.node) for s in factor.sets if s.node in case.network.nodes):
            states = case.network.nodes[case.network.ids[node]].states
            known = known_state(case.network.ids[node], case, lambda key: True)
            if node in nodes and known is None and len(states) in HABIT_WORDS:
                words = HABIT_WORDS[len(states)]
                told = tuple(Answer(words[n], {node: np.eye(len(states))[n]}) for n in range(1, len(states)))
                yield Asking(factor.id, "habit", told, words[0])


def bloods_to_ask(case: Case, parameters: Parameters, nodes: Collection[int]) -> Iterator[Asking]:
    """Yield every blood test that speaks about a node in play, the usual test of a nutrient before its special ones.

    Parameters: case; parameters; nodes, numbers of the nodes in play. Yields: blood tests.
    """
    measured = {r.analyte for r in case.labs} | {said.analyte for said in case.obs.labs}
    if any("calcium" in key for key in measured):
        measured |= {key for key in case.evidence.analytes if "calcium" in key}
    for key, analyte in case.evidence.analytes.items():
        about = list(dict.fromkeys(t.node for t in analyte.truth if t.node in case.network.nodes))
        spoken = {case.network.ids.index(node) for node in about}
        if key in measured or not spoken.intersection(nodes) or _special(key, about[0], case, measured):
            continue
        answers = tuple(a for level in LEVELS if (a := _level(key, level, case, parameters)) is not None)
        if answers:
            yield Asking(key, "blood", answers, "normal")


def _special(key: str, node: str, case: Case, measured: Collection[str]) -> bool:
    """Say whether the usual test for a node, the one it is named after, should come first."""
    usual = [a for a in case.evidence.analytes if node.startswith(a)]
    return bool(usual) and key not in usual and not set(usual) & set(measured)


def _level(key: str, level: Level, case: Case, parameters: Parameters) -> Answer | None:
    reading = word_reading(key, level, case.obs, case.evidence)
    weights = lab_weights(reading, case, parameters) if reading is not None else {}
    usual = _usual_chance(reading, case, parameters, next(iter(weights), "")) if reading is not None else 0.0
    if not weights or not usual > 0.0:
        return None
    factors = {case.network.ids.index(node): w[:, 0] / w[0, 0] for node, w in weights.items()}
    return Answer(level, factors, usual)


def _usual_chance(reading: LabReading, case: Case, parameters: Parameters, node: str) -> float:
    """Chance of a level in people in whom nothing disturbs the analyte; nan-safe zero where it has no such bound."""
    low, high = reading.range_low, reading.range_high
    if not node or (low if reading.level == "low" else high) is None:
        return 0.0
    analyte, first = case.evidence.analytes[reading.analyte], case.network.nodes[node].states[0]
    rows = [(n, row) for n, row in rows_for(analyte, node, case.labs) if row.state == first]
    found = [float(likelihood_of(row, n, reading, 0.0, analyte, parameters)[0]) for n, row in rows]
    return float(np.mean(found)) if found else 0.0


def roughly(asking: Asking, states: Mapping[int, Array]) -> float:
    """Estimate how much a test would tell, from each node by itself: to choose what is worth an exact answer.

    Parameters: asking; states, node number -> (states,), how probable they are. Returns: a figure to sort by.
    """
    told = 0.0
    for answer in asking.answers:
        chance, more = answer.scale, 1.0
        for node, factor in answer.factors.items():
            mean = max(float(states[node] @ factor), 1e-12)
            chance, more = chance * mean, more * float(states[node] @ factor**2) / mean**2
        chance = min(max(chance, 1e-9), 1 - 1e-9)
        told += chance / (1 - chance) * (more - 1.0)
    return told


def lanes_of(askings: Sequence[Asking]) -> list[tuple[int, Answer]]:
    """List the results that are weighed, in order.

    Parameters: askings. Returns: (number of the test, result) for each lane.
    """
    return [(n, answer) for n, asking in enumerate(askings) for answer in asking.answers]
