"""How fast a posterior is, alone and over draws, and how many persons a second beside a tuned pyAgrum, in one run.

The peer is left out, and said to be, where pyAgrum is not installed.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import numpy as np
from machine import heading, line, median_seconds
from records import random_record, ready

from twitchwise.assess import assess, posterior, solve_case
from twitchwise.assess.parameters import Parameters
from twitchwise.assess.problem import MOST_POSITIVES as MOST_POSITIVES_AT_ALL
from twitchwise.assess.problem import Case, with_operations
from twitchwise.assess.reasons import stacked
from twitchwise.evidence import Evidence, load_evidence
from twitchwise.kernels.fold import folded
from twitchwise.kernels.network import Problem, solve

DRAWS = 500
PERSONS = 20
PEOPLE = 1000
LANES = 128
MOST_POSITIVES = 7
WIDE = 1e7  # cells: beyond this the peer needs gigabytes


def single(evidence: Evidence, rng: np.random.Generator) -> None:
    """One posterior: every cause, present and explains, of one ready record."""
    spent = []
    for _ in range(20):
        case, problem = ready(random_record(rng, evidence, int(rng.integers(1, 8))), evidence, Parameters(0))
        spent.append(median_seconds(lambda p=problem, c=case: posterior(p, c), times=5, warm=1))  # type: ignore[misc]
    middle = statistics.median(spent) * 1e3
    line("one posterior, median of 20 records", middle, "ms", "< 5", middle < 5)
    line("one posterior, slowest of 20 records", max(spent) * 1e3, "ms")


def drawn(evidence: Evidence, rng: np.random.Generator) -> None:
    """All draws, with present and explains of every cause; and the whole assessment with reasons and next tests."""
    parameters = Parameters(DRAWS)
    for positives, asked in ((4, 1.0), (8, 1.0)):
        spent, whole = [], []
        for _ in range(5):
            obs = random_record(rng, evidence, positives)
            case, _ = ready(obs, evidence, parameters)
            spent.append(median_seconds(lambda c=case: solve_case(c, parameters), times=1, warm=0))  # type: ignore[misc]
            start = time.perf_counter()
            assess(obs, (), evidence, draws=DRAWS)
            whole.append(time.perf_counter() - start)
        slowest = max(spent)
        line(f"{DRAWS} draws, {positives} positives, slowest of 5", slowest, "s", f"< {asked:g}", slowest < asked)
        line("  whole assessment with reasons and tests, slowest of 5", max(whole), "s")


def crowded(evidence: Evidence, rng: np.random.Generator) -> None:
    """The most positives that are weighed: a few draws are timed and the time of all is worked out from them."""
    few = 8
    obs = random_record(rng, evidence, MOST_POSITIVES_AT_ALL)
    case, _ = ready(obs, evidence, Parameters(few))
    spent = median_seconds(lambda: solve_case(case, Parameters(few)), times=1, warm=0) / (few + 1) * DRAWS
    line(f"{DRAWS} draws, {len(case.bits)} positives, from {few} draws", spent, "s", "< 5", spent < 5)
    start = time.perf_counter()
    found = assess(obs, (), evidence, draws=DRAWS)
    line(f"  whole assessment with {found.draws} draws", time.perf_counter() - start, "s")


def batched(evidence: Evidence, rng: np.random.Generator) -> float:
    """Persons a second of ours: different people, those with equally many findings in the lanes of one table."""
    groups: dict[int, list[tuple[Case, Problem]]] = {}
    for _ in range(PEOPLE):
        obs = random_record(rng, evidence, int(rng.integers(1, MOST_POSITIVES + 1)))
        case, problem = ready(obs, evidence, Parameters(0))
        groups.setdefault(problem.leak.shape[0], []).append((case, folded(problem)))
    spent = 0.0
    for group in groups.values():
        bare = replace(group[0][0], complaints=())
        problem = with_operations(stacked([p for _, p in group]), bare)
        parts = [problem.part(slice(i, i + LANES)) for i in range(0, problem.lanes, LANES)]
        start = time.perf_counter()
        for part in parts:
            solve(part, frozenset(), frozenset())
        spent += time.perf_counter() - start
    return PEOPLE / spent


def many(evidence: Evidence, rng: np.random.Generator) -> None:
    """Persons a second: the states of every node, the same question for both sides."""
    singles = []
    while len(singles) < PERSONS:
        obs = random_record(rng, evidence, int(rng.integers(1, MOST_POSITIVES + 1)))
        singles.append(ready(obs, evidence, Parameters(0))[1])
    lanes = batched(evidence, rng)
    start = time.perf_counter()
    for problem in singles:
        solve(problem)
    alone = PERSONS / (time.perf_counter() - start)
    line(f"ours, {PEOPLE} different persons, by number of findings", lanes, "persons/s")
    line("ours, one person at a time", alone, "persons/s")
    theirs = peer_rate(singles)
    if theirs:
        line("ours / pyAgrum, many at a time", lanes / theirs, "x", ">= 100", lanes / theirs >= 100)
        line("ours / pyAgrum, one at a time", alone / theirs, "x")


def peer_rate(problems: list[Problem]) -> float | None:
    """Persons a second of a tuned pyAgrum: network ready, negatives absorbed, the faster of two methods."""
    try:
        import peer_pyagrum as peer_of
    except ImportError:
        print("   pyAgrum is not installed (make peers): no ratio")
        return None
    ready_ones = [peer_of.tuned(problem) for problem in problems]
    kept = [(problem, peer) for problem, (peer, cells) in zip(problems, ready_ones, strict=True) if cells <= WIDE]
    rates = {}
    for method in peer_of.METHODS:
        spent = 0.0
        for problem, peer in kept:
            start = time.perf_counter()
            inference = peer_of.answer(peer, method)
            for node in peer.node:
                peer_of.states(peer, problem, inference, node)
            spent += time.perf_counter() - start
        rates[method] = len(kept) / spent
    best = max(rates, key=rates.__getitem__)
    left = len(problems) - len(kept)
    line(f"pyAgrum, {best}, tuned", rates[best], "persons/s", f"({left} of {len(problems)} too wide for it, left out)")
    return rates[best]


def main() -> None:
    """Measure all."""
    heading("speed, warm")
    evidence, rng = load_evidence(), np.random.default_rng(11)
    single(evidence, rng)
    drawn(evidence, rng)
    crowded(evidence, rng)
    many(evidence, rng)


if __name__ == "__main__":
    main()
