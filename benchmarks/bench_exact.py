"""Our posterior against pyAgrum on random records: every state of every node, and the paths that explain.

    python benchmarks/bench_exact.py [records] [seed]

Enumeration of small networks is in tests/test_network_exact.py.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import peer_pyagrum as peer_of
from machine import heading, line
from records import random_record, ready

from twitchwise.assess import posterior
from twitchwise.assess.items import absent_findings, items_of
from twitchwise.assess.parameters import Parameters
from twitchwise.assess.posterior import Posterior
from twitchwise.assess.problem import DENIAL, Builder, Case
from twitchwise.evidence import load_evidence
from twitchwise.kernels.network import Problem

ASKED = 1e-9
MOST_POSITIVES = 7
WIDE = 3e7  # cells: beyond this the peer needs gigabytes
PATH_WIDE = 1e5  # the peer's network for paths is wider than this one
PATH_RECORDS = 20
PLAIN_RECORDS = 20


def node_difference(problem: Problem, ours: Posterior, peer: peer_of.Peer) -> float | None:
    """Largest difference over all states of all nodes; None where the peer runs out of the memory allowed to it."""
    inference = peer_of.answer_or_none(peer)
    if inference is None:
        return None
    worst = 0.0
    for node in range(len(problem.states)):
        if problem.states[node] > 1:
            theirs = peer_of.states(peer, problem, inference, node)
            worst = max(worst, float(np.abs(ours.nodes[node][:, 0] - theirs).max()))
    return worst


def path_difference(problem: Problem, case: Case, ours: Posterior) -> float:
    """Largest difference in how much a cause explains the first complaint."""
    bit = case.bits.index(case.complaints[0])
    worst = 0.0
    for cause, group in case.groups().items():
        peer = peer_of.build(problem, 0, group, bit)
        if peer_of.width(peer.net) > WIDE:
            continue
        inference = peer_of.answer_or_none(peer)
        if inference is not None:
            worst = max(worst, abs(float(ours.explains_by[cause][bit][0]) - peer_of.path(peer, inference, bit)))
    return worst


def plain_difference(problem: Problem, case: Case, ours: Posterior, parameters: Parameters) -> float | None:
    """Largest difference when the peer gets every absent finding as nodes of its own."""
    builder = Builder(case, parameters)
    keys = [item.key for item in items_of(case.obs, case.labs, case.evidence, case.network)]
    bare = builder.build([key for key in keys if not key.startswith("absent:")])
    peer = peer_of.build(bare, order=peer_of.chain_order(problem))
    for number, finding in enumerate(absent_findings(case.obs, case.network)):
        chances = {n: DENIAL * builder.chances(key, finding)[:, 0] for n, key in enumerate(case.network.ids)}
        peer_of.add_negative(peer, f"no{number}", chances, bare)
    return node_difference(problem, ours, peer)


def main(records: int = 100, seed: int = 2026) -> int:
    """Compare until enough records have been compared; say how many were too wide for the peer."""
    heading(f"exact: {records} random records with 1 to {MOST_POSITIVES} positive findings, beside pyAgrum")
    evidence, parameters, rng = load_evidence(), Parameters(0), np.random.default_rng(seed)
    nodes, paths, plain = [], [], []
    too_wide, start = 0, time.perf_counter()
    while len(nodes) < records:
        case, problem = ready(
            random_record(rng, evidence, int(rng.integers(1, MOST_POSITIVES + 1))), evidence, parameters
        )
        ours = posterior(problem, case)
        peer, cells = peer_of.tuned(problem)
        found = node_difference(problem, ours, peer) if cells <= WIDE else None
        if found is None:
            too_wide += 1
            continue
        nodes.append(found)
        if cells <= PATH_WIDE and len(paths) < PATH_RECORDS and case.complaints:
            paths.append(path_difference(problem, case, ours))
        if cells <= PATH_WIDE and len(plain) < PLAIN_RECORDS:
            found = plain_difference(problem, case, ours, parameters)
            plain += [] if found is None else [found]
    line("records compared", len(nodes), "", f"({too_wide} more were too wide for the peer)")
    worst = (max(nodes), max(paths, default=0.0), max(plain, default=0.0))
    line("largest difference, states of nodes", worst[0], "", f"<= {ASKED:g}", worst[0] <= ASKED)
    line(f"largest difference, paths ({len(paths)} records)", worst[1], "", f"<= {ASKED:g}", worst[1] <= ASKED)
    line(f"largest difference, negatives as nodes ({len(plain)})", worst[2], "", f"<= {ASKED:g}", worst[2] <= ASKED)
    line("time for all", time.perf_counter() - start, "s")
    return int(max(worst) > ASKED)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
