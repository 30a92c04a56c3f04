"""Take stated factors out of a problem, so that people with different factors share one structure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from twitchwise.kernels.network import Array, Problem


def folded(problem: Problem) -> Problem:
    """Fold every node of one state into what it touches: its own effects into the background, its pushes into the base.

    The posterior of every other node stays the same; what the folded nodes themselves explain can no longer be told.

    Parameters: problem, whose nodes of one state come after all others and have no parents. Returns: the problem
    without
    them and without operations.
    """
    latent = [n for n, states in enumerate(problem.states) if states > 1]
    silent = 1.0 - problem.leak
    base: list[Array] = list(problem.base)
    for node, states in enumerate(problem.states):
        if states == 1:
            for bit, chance in problem.act[node].items():
                silent[bit] = silent[bit] * (1.0 - chance[0])
    for parent, child, chance in problem.links:
        if problem.states[parent] == 1:
            upto = np.cumsum(base[child], axis=0) * np.cumsum(chance[0], axis=0)
            base[child] = np.diff(upto, axis=0, prepend=0.0)
    return replace(
        problem,
        states=[problem.states[n] for n in latent],
        quiet=[problem.quiet[n] for n in latent],
        base=[base[n] for n in latent],
        weight=[problem.weight[n] for n in latent],
        act=[problem.act[n] for n in latent],
        leak=1.0 - silent,
        links=[(p, c, q) for p, c, q in problem.links if problem.states[p] > 1],
        operations=(),
        watch=frozenset(),
        keep={},
        reach={},
    )
