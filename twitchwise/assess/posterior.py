"""Run the kernel over all lanes and read off, for each cause, how probable it is and how much it explains."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from twitchwise.assess.parameters import Array
from twitchwise.assess.problem import Case
from twitchwise.kernels.network import Passes, Problem, solve
from twitchwise.kernels.paths import explained_by, is_direct, kept, path_bound

MANY_FINDINGS = 9
HARDLY = 0.003
TABLE_BUDGET = 400_000  # numbers in one table: small enough to stay in the processor's cache
OPEN_CONFIGURATIONS = 12
WORTH = 0.01  # below one percent a cause is never shown with a figure: its draws follow its presence


@dataclass(frozen=True)
class Posterior:
    """What the kernel says, lane by lane."""

    total: Array  # (L,) probability of the record's findings, times the weights
    nodes: dict[int, Array]  # node -> (states, L)
    present: dict[str, Array]  # cause -> (L,)
    explains_by: dict[str, dict[int, Array]]  # cause -> complaint bit -> (L,)
    active: dict[tuple[int, int], Array]  # (node, bit) -> (L,)

    def explains(self, cause: str) -> Array:
        """Return the mean over the complaints of the chance that an activated path leads from the cause to it."""
        by = self.explains_by[cause]
        return np.mean(list(by.values()), axis=0) if by else np.zeros_like(self.total)


@dataclass(frozen=True)
class Shares:
    """What the stated values say: the causes worth a path search in every draw, and explains / present of the
    others."""

    worth: frozenset[str]
    shares: dict[str, dict[int, float]]


def shares_of(first: Posterior, least: float = WORTH) -> Shares:
    """Sort the causes by whether a path search in every draw is worth its time.

    Parameters: first, the posterior at the stated values (one lane); least, smallest `explains` that is worth it.
    Returns: the causes that are, and for every cause explains / present at the stated values.
    """
    worth = frozenset(c for c in first.explains_by if float(first.explains(c)[0]) >= least)
    shares = {
        c: {bit: float(v[0]) / max(float(first.present[c][0]), 1e-300) for bit, v in by.items()}
        for c, by in first.explains_by.items()
    }
    return Shares(worth, shares)


def _explained(problem: Problem, passes: Passes, group: frozenset[int], bit: int, present: Array) -> Array:
    """Follow the paths; with very many findings a cause that can hardly take part keeps the bound that says so."""
    if problem.leak.shape[0] > MANY_FINDINGS:
        bound = np.minimum(path_bound(problem, passes, group, bit), present)
        if float(bound.max()) < HARDLY:
            return bound
    return explained_by(problem, passes, group, bit)


def _idle(problem: Problem, node: int) -> Array:
    """The posterior of a node that neither explains a finding nor has a link."""
    mass = np.broadcast_to(problem.base[node] * problem.weight[node], (problem.states[node], problem.lanes))
    return np.asarray(mass / mass.sum(axis=0))


def _present(passes: Passes, nodes: dict[int, Array], group: frozenset[int], problem: Problem) -> Array:
    """Chance that any node of a group is in other than its first state (a stated factor is present as such)."""
    absent = np.ones(problem.lanes)
    for node in group:
        absent = absent * (nodes[node][0] if problem.states[node] > 1 else 0.0)
    return 1.0 - absent


def _solve_part(
    problem: Problem, groups: dict[str, frozenset[int]], complaints: Sequence[int], exact: Shares | None
) -> Posterior:
    followed = [g for c, g in groups.items() if exact is None or c in exact.worth]
    passes = solve(problem, *kept(problem, followed, complaints))
    nodes = {n: values / passes.total for n, values in passes.states.items()}
    for node in range(len(problem.states)):
        if node not in nodes:
            nodes[node] = _idle(problem, node)
    present, explains = {}, {}
    for cause, group in groups.items():
        present[cause] = _present(passes, nodes, group, problem)
        if exact is None or cause in exact.worth or is_direct(problem, group):
            explains[cause] = {bit: _explained(problem, passes, group, bit, present[cause]) for bit in complaints}
        else:
            explains[cause] = {bit: share * present[cause] for bit, share in exact.shares[cause].items()}
        if len(group) > 1:
            present[cause] = np.maximum(present[cause], np.max(list(explains[cause].values()), axis=0, initial=0.0))
    active = {key: values.sum(axis=0) / passes.total for key, values in passes.active.items()}
    return Posterior(passes.total, nodes, present, explains, active)


def _chunks(problem: Problem) -> list[slice]:
    sets = 2 ** problem.leak.shape[0]
    size = max(1, min(problem.lanes, TABLE_BUDGET // (sets * OPEN_CONFIGURATIONS)))
    return [slice(i, min(i + size, problem.lanes)) for i in range(0, problem.lanes, size)]


def posterior(
    problem: Problem, case: Case, tick: Callable[[int], None] | None = None, exact: Shares | None = None
) -> Posterior:
    """Solve a problem in every lane.

    Parameters: problem with operations; case, for its causes and complaints; tick, called with the number of
    lanes done;
    exact, from `shares_of`: causes not worth a path search keep their share of being present (all searched when None).
    Returns: the posterior of every lane.
    """
    groups = case.groups()
    complaints = [case.bits.index(c) for c in case.complaints]
    chunks = _chunks(problem)

    def one(lanes: slice) -> Posterior:
        part = _solve_part(problem.part(lanes), groups, complaints, exact)
        if tick:
            tick(lanes.stop - lanes.start)
        return part

    if len(chunks) == 1:
        return one(chunks[0])
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return _joined(list(pool.map(one, chunks)))


def _joined(parts: Sequence[Posterior]) -> Posterior:
    def join(pick: Callable[[Posterior], Array]) -> Array:
        return np.concatenate([np.asarray(pick(p)) for p in parts], axis=-1)

    first = parts[0]
    return Posterior(
        join(lambda p: p.total),
        {n: join(lambda p, n=n: p.nodes[n]) for n in first.nodes},  # type: ignore[misc]
        {c: join(lambda p, c=c: p.present[c]) for c in first.present},  # type: ignore[misc]
        {c: {b: join(lambda p, c=c, b=b: p.explains_by[c][b]) for b in by} for c, by in first.explains_by.items()},  # type: ignore[misc]
        {k: join(lambda p, k=k: p.active[k]) for k in first.active},  # type: ignore[misc]
    )
