"""Random records for the benchmarks: findings, denials, medicines, conditions and risks of the real data."""

from __future__ import annotations

import numpy as np

from twitchwise.assess import build_network, make_case
from twitchwise.assess.parameters import Parameters
from twitchwise.assess.problem import Builder, Case, with_operations
from twitchwise.evidence import Evidence
from twitchwise.kernels.network import Problem
from twitchwise.observe.types import FactorSeen, FindingSeen, Observations


def random_record(rng: np.random.Generator, evidence: Evidence, positives: int) -> Observations:
    """Draw a record: most of its findings from one cause, so that it is not an impossible one.

    Parameters: rng; evidence; positives, the number of findings present. Returns: the observations.
    """
    network = build_network(evidence)
    nodes = [node for node in evidence.nodes.values() if len(node.findings) >= 3]
    own = [row.finding for row in nodes[rng.integers(len(nodes))].findings]
    every = sorted({row.finding for node in nodes for row in node.findings})
    wanted = [*rng.permutation(own)[: (positives + 1) // 2], *rng.permutation(every)]
    present: list[str] = []
    for finding in map(str, wanted):
        family = {finding, *network.above.get(finding, ())}
        apart = all(finding not in network.above.get(p, ()) and p not in family for p in present)
        if len(present) < positives and apart:
            present.append(finding)
    wider = {w for f in present for w in network.above.get(f, ())} | set(present)
    absent = [str(f) for f in rng.permutation(every) if f not in wider][: rng.integers(0, 7)]
    kinds = [f for f in evidence.factors.values() if f.findings or f.leads_to or f.sets]
    chosen = rng.permutation(len(kinds))[: rng.integers(0, 4)]
    risks = rng.permutation(sorted(evidence.risks))[: rng.integers(0, 4)]
    seen = [FindingSeen(f, True, f, "random") for f in present] + [FindingSeen(f, False, f, "random") for f in absent]
    return Observations(
        age=float(rng.integers(16, 90)),
        sex=str(rng.choice(["female", "male"])),
        findings=tuple(seen),
        factors=tuple(FactorSeen(kinds[i].id, kinds[i].kind, True, kinds[i].name, "random") for i in chosen),
        risks=frozenset(map(str, risks)),
        present=frozenset(wider),
        absent=frozenset(absent),
    )


def ready(obs: Observations, evidence: Evidence, parameters: Parameters) -> tuple[Case, Problem]:
    """Turn a record into the problem that both sides solve."""
    case = make_case(obs, (), evidence, build_network(evidence))
    return case, with_operations(Builder(case, parameters).build(), case)
