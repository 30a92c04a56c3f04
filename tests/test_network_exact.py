"""The kernel against plain enumeration of every level that every parent can pass on."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from twitchwise.kernels.fold import folded
from twitchwise.kernels.network import Problem, solve
from twitchwise.kernels.order import best_order, hub_operations, leaf_order, place_bits
from twitchwise.kernels.paths import explained_by


def random_problem(seed: int, nodes: int = 5, bits: int = 3, lanes: int = 2) -> Problem:
    rng = np.random.default_rng(seed)
    states = [int(rng.choice([1, 2, 3])) for _ in range(nodes)]
    base, weight, act = [], [], []
    for n in states:
        b = rng.random((n, lanes))
        base.append(b / b.sum(0) if n > 1 else np.ones((1, lanes)))
        weight.append(rng.random((n, lanes)))
        own = {}
        for bit in range(bits):
            if rng.random() < 0.7:
                a = rng.random((n, lanes))
                a[: n - 1 and 1] = 0.0
                own[bit] = a
        act.append(own)
    links = []
    for child in range(nodes):
        if states[child] == 1:
            continue
        for parent in range(child):
            if rng.random() < 0.28:
                q = rng.random((states[parent], states[child], lanes))
                q /= q.sum(1, keepdims=True)
                if states[parent] > 1:
                    q[0] = 0.0
                    q[0, 0] = 1.0
                links.append((parent, child, q))
    pairs = [(p, c) for p, c, _ in links]
    linked = {x for pair in pairs for x in pair}
    hubs = best_order(states, pairs, None, 30)
    touched = [frozenset(a) for a in act]
    late = frozenset().union(*(touched[x] for x in linked)) if linked else frozenset()
    leaves = leaf_order([x for x in range(nodes) if x not in linked], touched, late)
    operations = [("leaf", x, ()) for x in leaves] + hub_operations(hubs, pairs, states)
    used = frozenset().union(*touched)
    leak = rng.random((bits, lanes)) * 0.1 + 0.01
    return Problem(
        states,
        [0 if n == 1 else 1 for n in states],
        base,
        weight,
        act,
        leak,
        links,
        place_bits(operations, touched, bits),
        lanes,
        used,
    ), used


def enumerate_problem(problem: Problem, used: frozenset[int], group: frozenset[int], bit: int, lane: int):
    nodes = len(problem.states)
    sums = {"whole": 0.0, "silent": 0.0}
    post = [np.zeros(n) for n in problem.states]

    def walk(node: int, mass: float, state: list[int], tag: list[bool]) -> None:
        if mass == 0.0:
            return
        if node == nodes:
            finish(mass, state, tag)
            return
        parents = [(p, q) for p, c, q in problem.links if c == node]
        n = problem.states[node]
        for levels in itertools.product(range(n), repeat=len(parents) + 1):
            m = mass * problem.base[node][levels[0], lane]
            for (p, q), level in zip(parents, levels[1:], strict=True):
                m *= q[state[p], level, lane]
            top = max(levels)
            mine = any(
                level == top and level > 0 and (p in group or tag[p])
                for (p, _), level in zip(parents, levels[1:], strict=True)
            )
            walk(node + 1, m * problem.weight[node][top, lane], [*state, top], [*tag, mine])

    def finish(mass: float, state: list[int], tag: list[bool]) -> None:
        whole = silent = mass
        for b in sorted(used):
            quiet_all = quiet_mine = 1.0
            for x in range(nodes):
                a = problem.act[x].get(b)
                q = 1.0 - (a[state[x], lane] if a is not None else 0.0)
                quiet_all *= q
                if x in group or tag[x]:
                    quiet_mine *= q
            leak = 1.0 - problem.leak[b, lane]
            whole *= 1.0 - leak * quiet_all
            silent *= quiet_mine * (1.0 - leak * quiet_all / quiet_mine) if b == bit else 1.0 - leak * quiet_all
        sums["whole"] += whole
        sums["silent"] += silent
        for x in range(nodes):
            post[x][state[x]] += whole

    walk(0, 1.0, [], [])
    return sums["whole"], 1.0 - sums["silent"] / sums["whole"], post


@pytest.mark.parametrize("seed", range(14))
def test_posteriors_and_paths_equal_enumeration(seed: int) -> None:
    problem, used = random_problem(seed)
    passes = solve(problem)
    rng = np.random.default_rng(seed)
    for bit in used:
        for group in [
            frozenset({0}),
            frozenset({1}),
            frozenset({2}),
            frozenset(rng.choice(5, 3, replace=False).tolist()),
        ]:
            found = explained_by(problem, passes, group, bit)
            for lane in range(2):
                total, share, post = enumerate_problem(problem, used, group, bit, lane)
                assert passes.total[lane] == pytest.approx(total, rel=1e-12)
                assert found[lane] == pytest.approx(share, abs=1e-11)
                for x, values in enumerate(post):
                    assert passes.states[x][:, lane] / passes.total[lane] == pytest.approx(values / total, abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_folding_stated_factors_leaves_every_other_posterior_as_it_was(seed: int) -> None:
    problem, _ = random_problem(seed)
    order = sorted(range(len(problem.states)), key=lambda n: problem.states[n] == 1)
    place = {old: new for new, old in enumerate(order)}
    links = [(place[p], place[c], q) for p, c, q in problem.links]
    moved = replace(
        problem,
        states=[problem.states[n] for n in order],
        quiet=[problem.quiet[n] for n in order],
        base=[problem.base[n] for n in order],
        weight=[problem.weight[n] for n in order],
        act=[problem.act[n] for n in order],
        links=links,
        operations=[(k, (place[n] if k not in ("bit", "unbit", "link") else n), m) for k, n, m in problem.operations],
    )
    whole = solve(moved)
    less = folded(moved)
    pairs = [(p, c) for p, c, _ in less.links]
    linked = {x for pair in pairs for x in pair}
    touched = [frozenset(a) for a in less.act]
    leaves = [x for x in range(len(less.states)) if x not in linked]
    operations = [("leaf", x, ()) for x in leaves] + hub_operations(
        best_order(less.states, pairs, None, 20), pairs, less.states
    )
    done = solve(replace(less, operations=place_bits(operations, touched, less.leak.shape[0])))
    for node, states in enumerate(less.states):
        if node in done.states and states > 1:
            ours, theirs = done.states[node] / done.total, whole.states[node] / whole.total
            assert ours == pytest.approx(theirs, abs=1e-12)
