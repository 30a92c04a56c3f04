"""Which question, examination or test would change the answer most, and what each result would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np

from twitchwise.assess.answers import Asking, bloods_to_ask, findings_to_ask, habits_to_ask, lanes_of, roughly
from twitchwise.assess.network import cause_name
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.assess.posterior import MANY_FINDINGS, WORTH, Posterior, posterior, shares_of
from twitchwise.assess.problem import Builder, Case, with_operations
from twitchwise.assess.types import Move, NextTest, Result
from twitchwise.kernels.network import Problem

HARM = {"question": 0.0, "habit": 0.0, "examination": 0.005, "blood": 0.01}
ARTERY = ("ph", "pco2")  # taken from an artery, by a hospital
ARTERY_HARM = 0.3
LEAST = 0.01
MOST = {"question": 3, "habit": 2, "examination": 2, "blood": 4}  # so that no kind crowds out the others
SOMETHING_ELSE = "something else"
HABITS = {"sleep": "lost sleep", "exercise": "new or hard exercise"}
MOST_LANES = 160  # results weighed exactly
PLENTY = 6  # findings; the cost of a result doubles with each further one, and grows with the complaints
FEWEST_LANES = 24
LEAST_MOVE = 0.005
MOVES = 4


@dataclass(frozen=True)
class Told:
    """What one test would tell: the chance of each result, and `explains` of each cause after it."""

    asking: Asking
    words: tuple[str, ...]
    chances: Array  # (results,)
    after: Mapping[str, Array]  # cause -> (results,)
    before: Mapping[str, float]

    def gain(self) -> float:
        """Return the expected information about every cause's `explains`, in bits, before any harm.

        Returns: the sum over the causes of the mutual information of "explains it or not" with the result.
        """
        total = 0.0
        for cause, after in self.after.items():
            prior = min(max(self.before[cause], 1e-12), 1 - 1e-12)
            total += float((self.chances * _divergence(np.clip(after, 1e-12, 1 - 1e-12), prior)).sum())
        return total


def _divergence(p: Array, q: float) -> Array:
    return np.asarray(p * np.log2(p / q) + (1 - p) * np.log2((1 - p) / (1 - q)))


def told_by(case: Case, parameters: Parameters) -> list[Told]:
    """Work out every open question, examination and blood test of a record.

    Parameters: case; parameters, of which the stated values are used. Returns: what each would tell, in no order;
    with very many findings only the most promising are worked out.
    """
    builder = Builder(case, parameters, slice(0, 1))
    problem = with_operations(builder.build(), case)
    first = posterior(problem, case)
    shares = shares_of(first, WORTH if len(case.bits) <= MANY_FINDINGS else 2.0)
    before = {c: float(first.explains(c)[0]) for c in first.explains_by}
    before = {c: p for c, p in before.items() if p >= WORTH}
    groups = case.groups()
    nodes = {n for c in before for n in groups[c] if n < len(case.network.ids)}
    askings = [
        *findings_to_ask(case, builder, nodes),
        *habits_to_ask(case, nodes),
        *bloods_to_ask(case, parameters, nodes),
    ]
    askings = _promising(askings, first, case)
    if not askings or not case.complaints:
        return []
    solved = posterior(_side_by_side(problem, askings), case, exact=shares)
    ends = np.cumsum([len(asking.answers) for asking in askings])
    places = [slice(int(e) - len(a.answers), int(e)) for a, e in zip(askings, ends, strict=True)]
    after = {c: solved.explains(c) for c in before}
    mass = solved.total / first.total[0]
    return [
        _told(a, mass[cut], {c: values[cut] for c, values in after.items()}, before)
        for a, cut in zip(askings, places, strict=True)
    ]


def _promising(askings: Sequence[Asking], first: Posterior, case: Case) -> list[Asking]:
    """Keep what promises most, as much as can be worked out exactly in a moment."""
    states = {n: values[:, 0] for n, values in first.nodes.items()}
    ranked = sorted(askings, key=lambda a: (-roughly(a, states), a.test))
    lanes = MOST_LANES >> max(0, len(case.bits) - PLENTY)
    room, kept = max(FEWEST_LANES, lanes // max(1, len(case.complaints))), []
    for asking in ranked:
        room -= len(asking.answers)
        if room >= 0:
            kept.append(asking)
    return kept


def _side_by_side(problem: Problem, askings: Sequence[Asking]) -> Problem:
    """Give every result a lane; only the weights of the nodes differ between them."""
    lanes = lanes_of(askings)
    weight = [np.repeat(w, len(lanes), axis=-1) if w.shape[-1] == 1 else w.copy() for w in problem.weight]
    for lane, (_, answer) in enumerate(lanes):
        for node, factor in answer.factors.items():
            weight[node][:, lane] *= factor
    return replace(problem, weight=weight, lanes=len(lanes), keep={}, reach={})


def _told(asking: Asking, mass: Array, after: Mapping[str, Array], before: Mapping[str, float]) -> Told:
    chances = np.array([answer.scale for answer in asking.answers]) * mass
    chances = chances * _fitting(chances, after, before)
    rest = 1.0 - float(chances.sum())
    left = {c: np.clip((before[c] - float(chances @ after[c])) / rest, 0.0, 1.0) for c in before}
    words = (*(answer.word for answer in asking.answers), asking.rest)
    return Told(asking, words, np.append(chances, rest), {c: np.append(after[c], left[c]) for c in before}, before)


def _fitting(chances: Array, after: Mapping[str, Array], before: Mapping[str, float]) -> float:
    """Return how far the chances must shrink so that what is left is a picture too.

    A level that two causes bring about is weighed as if each had brought it about by itself; where both are near
    certain that can be too much.
    """
    most = 0.98 / max(float(chances.sum()), 1e-12)
    for cause, values in after.items():
        taken = float(chances @ values)
        most = min(most, before[cause] / max(taken, 1e-12))
        most = min(most, (1 - before[cause]) / max(float(chances.sum()) - taken, 1e-12))
    return min(1.0, most)


def harm(asking: Asking) -> float:
    """Return what a test costs the person, in bits that it has to tell before it is worth it.

    Parameters: asking. Returns: bits.

    >>> harm(Asking("ph", "blood", (), "normal")) > harm(Asking("tsh", "blood", (), "normal"))
    True
    """
    return ARTERY_HARM if asking.test in ARTERY else HARM[asking.kind]


def ranked_tests(case: Case, parameters: Parameters) -> list[tuple[float, Told]]:
    """Rank all that has not been answered by what it would tell.

    Parameters: case; parameters. Returns: (gain in bits less harm, what it would tell), the best first; of several
    blood tests for one thing only the best.
    """
    found = [(told.gain() - harm(told.asking), told) for told in told_by(case, parameters)]
    found.sort(key=lambda pair: (-pair[0], pair[1].asking.test))
    return _one_a_node(case, [(gain, told) for gain, told in found if gain >= LEAST])


def next_tests(case: Case, parameters: Parameters) -> tuple[NextTest, ...]:
    """Choose the questions, examinations and blood tests that would tell most.

    Parameters: case; parameters. Returns: a few of each kind with their expected gain in bits less the harm of their
    kind, the best first, each with what its results would do; empty when nothing would tell.
    """
    left, chosen = dict(MOST), []
    for gain, told in ranked_tests(case, parameters):
        left[told.asking.kind] -= 1
        if left[told.asking.kind] >= 0:
            chosen.append(_test(case, told, gain))
    return tuple(chosen)


def _one_a_node(case: Case, found: Sequence[tuple[float, Told]]) -> list[tuple[float, Told]]:
    """Of several blood tests for the same thing keep the one that tells most."""
    seen, kept = set(), []
    for gain, told in found:
        if told.asking.kind == "blood":
            about = case.evidence.analytes[told.asking.test].truth[0].node
            if about in seen:
                continue
            seen.add(about)
        kept.append((gain, told))
    return kept


def _test(case: Case, told: Told, gain: float) -> NextTest:
    key, evidence = told.asking.test, case.evidence
    facts = evidence.findings.get(key) or evidence.analytes.get(key) or evidence.factors.get(key)
    spread = {c: float(np.ptp(after)) for c, after in told.after.items()}
    cause = cause_name(evidence, max(spread, key=lambda c: spread[c]))
    kind = cast(Literal["blood", "question", "habit", "examination", "specialist"], told.asking.kind)
    why = f"it would tell most about {'less usual causes' if cause == SOMETHING_ELSE else cause}"
    return NextTest(key, HABITS.get(key, facts.name if facts else key), gain, why, kind, _results(case, told))


def _results(case: Case, told: Told) -> tuple[Result, ...]:
    results = []
    for place in sorted(range(len(told.words)), key=lambda n: _order(told.words[n])):
        moves = [
            Move(c, cause_name(case.evidence, c), told.before[c], float(after[place]))
            for c, after in told.after.items()
        ]
        moves = [m for m in moves if abs(m.after - m.before) >= LEAST_MOVE]
        moves.sort(key=lambda m: (-abs(m.after - m.before), m.cause))
        results.append(Result(told.words[place], float(told.chances[place]), tuple(moves[:MOVES])))
    return tuple(results)


def _order(word: str) -> int:
    return ("yes", "no", "low", "normal", "high", "little or none", "some", "much").index(word)
