"""The network with one record's evidence as a pyAgrum network, so that both can be asked the same question.

A noisy-OR over thirty causes as one table would have 2 ** 30 rows. Each noisy-OR is therefore a chain of small tables:
the finding is explained after the first cause, or after the second, and so on. A node with several parents is a chain
in the same way: the higher of its level so far and the level that one parent pushes to.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyagrum as gum
from numpy.typing import NDArray

from twitchwise.kernels.network import Problem

Array = NDArray[np.float64]
MEMORY = 6000  # MB, so that a wide record ends with an error instead of taking the machine down
LEAST_TRIES = 12
NARROW = 300_000  # cells: below this more tries gain little
METHODS = {"lazy propagation": gum.LazyPropagation, "Shafer-Shenoy": gum.ShaferShenoyInference}


@dataclass
class Peer:
    """A pyAgrum network: the name of each node's final state, and of the end of each finding's chain."""

    net: gum.BayesNet
    node: dict[int, str] = field(default_factory=dict)
    bit: dict[int, str] = field(default_factory=dict)
    soft: dict[str, list[float]] = field(default_factory=dict)


def build(
    problem: Problem,
    lane: int = 0,
    group: frozenset[int] = frozenset(),
    aim: int = -1,
    order: list[int] | None = None,
) -> Peer:
    """Build the network of one lane.

    Parameters: problem, our own form of network and evidence; lane, which of its problems; group and aim, nodes and a
    positive finding for which the chain also records whether an activated path leads from the group to the finding;
    order, in which the chains meet the nodes (`chain_order` when None).
    Returns: the peer with its evidence still to be entered.
    """
    peer = Peer(gum.BayesNet())
    below = _below(problem, group)
    for node in _parents_first(problem):
        _add_node(peer, problem, node, lane, group, below)
    chain = chain_order(problem) if order is None else order
    for bit in sorted({b for act in problem.act for b in act}):
        _add_bit(peer, problem, bit, lane, group | below if bit == aim else frozenset(), group, chain)
    return peer


def chain_order(problem: Problem) -> list[int]:
    """Return the order in which our own sums meet the nodes: those without links first, then the linked ones."""
    met = [node for kind, node, _ in problem.operations if kind in ("leaf", "final")]
    return [*met, *(n for n in range(len(problem.states)) if n not in met)]


def width(net: gum.BayesNet) -> float:
    """Return the number of cells of the largest clique that pyAgrum's own triangulation would make."""
    tree = gum.JunctionTreeGenerator().junctionTree(net)
    sizes = [[net.variable(n).domainSize() for n in tree.clique(c)] for c in tree.nodes()]
    return max(float(np.prod(size, dtype=float)) for size in sizes)


def tuned(problem: Problem, lane: int = 0, tries: int = 60) -> tuple[Peer, float]:
    """Build the network with the chain order, among several, whose junction tree is narrowest.

    The order decides the peer's speed: with nodes as they come, single records took half a minute or all memory.

    Parameters: problem; lane; tries, how many orders are tried at most. Returns: the peer and its width in cells.
    """
    draw = random.Random(5)
    ours = chain_order(problem)
    linked = {n for parent, child, _ in problem.links for n in (parent, child)}
    best: tuple[float, Peer] | None = None
    for attempt in range(tries):
        order = list(ours) if attempt % 2 == 0 else list(reversed(ours))
        if attempt > 1:
            draw.shuffle(order)
            order.sort(key=lambda n: n in linked, reverse=attempt % 3 == 0)
        peer = build(problem, lane, order=order)
        cells = width(peer.net)
        if best is None or cells < best[0]:
            best = (cells, peer)
        if attempt >= LEAST_TRIES and best[0] <= NARROW:
            break
    assert best is not None
    return best[1], best[0]


def answer(peer: Peer, method: str = "lazy propagation", targets: Iterable[str] = ()) -> gum.LazyPropagation:
    """Enter the evidence and infer.

    Parameters: peer, from `build`; method, a key of METHODS; targets, names asked for (all when empty).
    Returns: pyAgrum's inference, ready to be asked for posteriors.
    """
    inference = METHODS[method](peer.net)
    inference.setMaxMemory(MEMORY)
    for name, likelihood in peer.soft.items():
        inference.addEvidence(name, likelihood)
    for name in targets:
        inference.addTarget(name)
    inference.makeInference()
    return inference


def answer_or_none(peer: Peer) -> gum.LazyPropagation | None:
    """Infer, or return None where the junction tree needs more memory than is allowed."""
    try:
        return answer(peer)
    except Exception as error:
        if "bad_alloc" not in str(error):
            raise
        return None


def add_negative(peer: Peer, name: str, chances: dict[int, Array], problem: Problem) -> None:
    """Add a finding that is absent as a chain of its own instead of a likelihood: the plain way, to check the other.

    Parameters: peer, to be changed; name, a new name; chances, for each node the chance that each state shows it.
    """
    before = ""
    for node, chance in chances.items():
        if problem.states[node] == 1 or not np.any(chance):
            continue
        step = f"{name}_{node}"
        p = chance.reshape(-1, 1)
        own = np.concatenate([1.0 - p, p], axis=1)
        if before:
            table = np.stack([own, np.tile([0.0, 1.0], (len(own), 1))], axis=1)
            _add(peer, step, table, [before, peer.node[node]])
        else:
            _add(peer, step, own, [peer.node[node]])
        peer.soft[step] = [1.0, 0.0]
        before = step


def states(peer: Peer, problem: Problem, inference: gum.LazyPropagation, node: int) -> Array:
    """Return the posterior of a node's states, tags summed out."""
    values = np.asarray(inference.posterior(peer.node[node])[:])
    count = problem.states[node]
    return values if count == 1 or len(values) == count else values.reshape(2, count).sum(axis=0)


def path(peer: Peer, inference: gum.LazyPropagation, bit: int) -> float:
    """Return the chance that a path from the group took part in a finding."""
    return float(inference.posterior(peer.bit[bit])[2])


def _below(problem: Problem, group: frozenset[int]) -> frozenset[int]:
    found: set[int] = set()
    for _ in problem.links:
        found |= {c for p, c, _ in problem.links if p in group or p in found}
    return frozenset(found)


def _parents_first(problem: Problem) -> list[int]:
    parents = {n: {p for p, c, _ in problem.links if c == n} for n in range(len(problem.states))}
    order: list[int] = []
    while len(order) < len(parents):
        order += [n for n, above in parents.items() if n not in order and above <= set(order)]
    return order


def _add(peer: Peer, name: str, table: Array, parents: list[str]) -> None:
    """Add a variable; the table's axes are its parents in reverse and last the variable itself."""
    peer.net.add(gum.RangeVariable(name, name, 0, max(table.shape[-1], 2) - 1))
    for parent in parents:
        peer.net.addArc(parent, name)
    peer.net.cpt(name).fillWith([float(x) for x in np.ascontiguousarray(table).ravel()])


def _at(values: Array, lane: int) -> Array:
    return np.asarray(values[..., lane if values.shape[-1] > 1 else 0], dtype=float)


def _add_node(peer: Peer, problem: Problem, node: int, lane: int, group: frozenset[int], below: frozenset[int]) -> None:
    count = problem.states[node]
    if count == 1:  # a stated factor has one state; pyAgrum wants two, the second never happens
        _add(peer, f"n{node}", np.array([1.0, 0.0]), [])
        peer.node[node] = f"n{node}"
        return
    base = _at(problem.base[node], lane)
    links = [(p, _at(q, lane)) for p, c, q in problem.links if c == node]
    for _, chance in [link for link in links if _is_known(problem, link[0], group)]:
        upto = np.cumsum(base) * np.cumsum(chance[0])  # a stated factor needs no node: its push joins the base
        base = np.diff(upto, prepend=0.0)
    links = [link for link in links if not _is_known(problem, link[0], group)]
    tagged = node in below
    name = f"n{node}"
    _add(peer, name, np.concatenate([base, 0 * base]) if tagged else base, [])
    for step, (parent, chance) in enumerate(links):
        before, name = name, f"n{node}_{step}"
        _add(peer, name, _link_table(chance, tagged, parent in group, parent in below), [before, peer.node[parent]])
    peer.node[node] = name
    weight = _at(problem.weight[node], lane)
    if np.any(weight != weight[0]):
        peer.soft[name] = [float(w) for w in (np.concatenate([weight, weight]) if tagged else weight)]


def _is_known(problem: Problem, node: int, group: frozenset[int]) -> bool:
    """Whether a node has one state only and no path from it is asked for."""
    return problem.states[node] == 1 and node not in group


def _link_table(chance: Array, tagged: bool, from_group: bool, from_below: bool) -> Array:
    """Table (parent state, level before, level after) of one push; tagged levels follow the untagged ones."""
    rows, levels = chance.shape
    copies = 2 if from_below else 1
    size = levels * (2 if tagged else 1)
    table = np.zeros((max(rows * copies, 2), size, size))
    table[rows * copies :] = np.eye(size)
    for row in range(rows * copies):
        source = from_group or row >= rows
        for old in range(size):
            for pushed in range(levels):
                table[row, old, _higher(old, pushed, levels, tagged and source)] += chance[row % rows, pushed]
    return table


def _higher(old: int, pushed: int, levels: int, source: bool) -> int:
    """The level after a push; a tie keeps both origins, so a tag is never lost to one."""
    tag, level = divmod(old, levels)
    if pushed > level:
        return pushed + levels * source
    if pushed == level and pushed > 0:
        return level + levels * (source or bool(tag))
    return old


def _add_bit(
    peer: Peer,
    problem: Problem,
    bit: int,
    lane: int,
    touched: frozenset[int],
    group: frozenset[int],
    chain: list[int],
) -> None:
    """Add the chain of a positive finding: 0 not explained, 1 explained, 2 explained with a path from the group."""
    outcomes = 3 if touched else 2
    leak = float(_at(problem.leak[bit : bit + 1], lane)[0])
    name = f"f{bit}"
    known = {node for node, act in enumerate(problem.act) if bit in act and _is_known(problem, node, group)}
    for node in known:
        leak = 1.0 - (1.0 - leak) * (1.0 - float(_at(problem.act[node][bit], lane)[0]))
    _add(peer, name, np.array([1.0 - leak, leak, 0.0][:outcomes]), [])
    for node in chain:
        act = problem.act[node]
        if bit not in act or node in known:
            continue
        before, name = name, f"f{bit}_{node}"
        size = peer.net.variable(peer.node[node]).domainSize()
        table = np.zeros((size, outcomes, outcomes))
        chance = _at(act[bit], lane)
        for row in range(size):
            tag, state = divmod(row, problem.states[node])
            silent = problem.states[node] > 1 and state == 0  # the normal state of a node explains nothing
            p = 0.0 if silent or (problem.states[node] == 1 and row) else float(chance[state])
            aim = 2 if touched and (node in group or (tag and node in touched)) else 1
            for old in range(outcomes):
                table[row, old, old] += 1.0 - p
                table[row, old, max(old, aim)] += p
        _add(peer, name, table, [before, peer.node[node]])
    peer.bit[bit] = name
    peer.soft[name] = [0.0] + [1.0] * (outcomes - 1)
