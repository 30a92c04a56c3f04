"""The most probable way from a cause to a complaint, in plain steps."""

from __future__ import annotations

from collections.abc import Iterator

from twitchwise.assess.network import cause_name
from twitchwise.assess.posterior import Posterior
from twitchwise.assess.problem import Case
from twitchwise.kernels.network import Problem


def _ways(problem: Problem, node: int, seen: frozenset[int]) -> Iterator[tuple[float, list[int]]]:
    """Yield (strength, nodes from this one downwards) for every directed way below a node."""
    yield 1.0, [node]
    for parent, child, chance in problem.links:
        if parent == node and child not in seen:
            push = float(chance[-1, 1:, 0].sum())
            for strength, below in _ways(problem, child, seen | {child}):
                yield push * strength, [node, *below]


def chain(problem: Problem, result: Posterior, case: Case, cause: str) -> tuple[str, ...]:
    """Return the steps from the first complaint back to a cause, with the factor that brought it about.

    Parameters: problem; result, its posterior; case; cause, its id. Returns: names, the complaint first; empty
    without a complaint.
    """
    if not case.complaints:
        return ()
    bit = case.bits.index(case.complaints[0])
    best: tuple[float, list[int]] = (0.0, [])
    for node in sorted(case.groups()[cause]):
        for strength, way in _ways(problem, node, frozenset({node})):
            values = result.active.get((way[-1], bit))
            if values is not None and strength * float(values[0]) > best[0]:
                best = (strength * float(values[0]), way)
    if not best[1]:
        return ()
    names = [case.evidence.findings[case.complaints[0]].name]
    names += [_name(case, node) for node in reversed(best[1])]
    source = _source(problem, case, best[1][0])
    return tuple([*names, source] if source else names)


def _name(case: Case, node: int) -> str:
    count = len(case.network.ids)
    if node < count:
        return cause_name(case.evidence, case.network.ids[node])
    return case.obs.factors[case.factors[node - count]].said


def _source(problem: Problem, case: Case, node: int) -> str:
    """Name the stated factor that pushes or sets the first node of the way, if there is one."""
    count = len(case.network.ids)
    if node >= count:
        return ""
    pushing = [(float(q[-1, 1:, 0].sum()), p) for p, c, q in problem.links if c == node and p >= count]
    if pushing and max(pushing)[0] > 0:
        return _name(case, max(pushing)[1])
    for seen in case.obs.factors:
        factor = case.evidence.factors.get(seen.id)
        if seen.present and factor and any(s.node == case.network.ids[node] for s in factor.sets):
            return seen.said
    return ""
