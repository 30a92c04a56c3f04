"""Exact posteriors of a noisy-OR network by sums over sets of explained findings.

The table holds, for every configuration of the open nodes and every set of open positive findings, the probability
mass in which just that set is explained. Nodes are taken in one after the other; only non-negative numbers are added
and multiplied, so no digits are lost. Axes: the open nodes, then the sets S (2 ** open bits), last the lanes L, which
are independent problems of the same structure (parameter draws, prefixes of one record, or many people).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twitchwise.kernels.order import Op

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """The numbers of one network with its evidence; every array ends with the lane axis (length L or 1).

    states: number of states of each node, of which the first `quiet` explain nothing and push nothing; base:
    (states, L) chance of each level before links; weight: (states, L)
    likelihood of labs, clues and absent findings; act: for each node {bit: (states, L)}, the chance that a state
    explains a positive finding; leak: (bits, L); links: (parent, child, (parent states, child levels, L)); watch: the
    bits for which the passes note what explains them.
    """

    states: Sequence[int]
    quiet: Sequence[int]
    base: Sequence[Array]
    weight: Sequence[Array]
    act: Sequence[dict[int, Array]]
    leak: Array
    links: Sequence[tuple[int, int, Array]]
    operations: Sequence[Op]
    lanes: int
    watch: frozenset[int] = frozenset()
    keep: dict[int, list[int]] = field(default_factory=dict, compare=False)  # filled by `pushing`
    reach: dict[object, Any] = field(default_factory=dict, compare=False)  # filled in paths.py

    def part(self, lanes: slice) -> Problem:
        """Return the same problem for some of its lanes."""

        def cut(a: Array) -> Array:
            return a if a.shape[-1] == 1 else np.ascontiguousarray(a[..., lanes])

        return Problem(
            self.states,
            self.quiet,
            [cut(a) for a in self.base],
            [cut(a) for a in self.weight],
            [{bit: cut(a) for bit, a in act.items()} for act in self.act],
            cut(self.leak),
            [(p, c, cut(q)) for p, c, q in self.links],
            self.operations,
            len(range(*lanes.indices(self.lanes))),
            self.watch,
        )


@dataclass
class Table:
    """Values with one axis for each open node, then the sets, then the lanes."""

    values: Array
    nodes: list[int] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)

    def copy(self) -> Table:
        """Return a table that can be changed without changing this one."""
        return Table(self.values.copy(), list(self.nodes), list(self.bits))


def along(values: Array, axis: int, ndim: int) -> Array:
    """Shape (states, L) so that it multiplies a table along one node axis."""
    shape = [1] * ndim
    shape[axis], shape[-1] = values.shape[0], values.shape[1]
    return values.reshape(shape)


def per_lane(left: Array, right: Array) -> Array:
    """Sum the product of two tables over everything but the lanes."""
    lanes = left.shape[-1]
    return np.asarray(np.einsum("sl,sl->l", left.reshape(-1, lanes), right.reshape(-1, lanes)))


def halves(values: Array, place: int) -> tuple[Array, Array]:
    """Return views of the sets without and with the bit at a place; the set axis becomes (high, low)."""
    low = 1 << place
    view = values.reshape(*values.shape[:-2], values.shape[-2] // (2 * low), 2, low, values.shape[-1])
    return view[..., 0, :, :], view[..., 1, :, :]


def explain(values: Array, chance: Array, place: int) -> None:
    """Move mass from the sets without a bit to the sets with it (in place)."""
    without, having = halves(values, place)
    moved = without * chance
    having += moved
    without -= moved


def explain_back(values: Array, chance: Array, place: int) -> None:
    """The transpose of `explain` (in place)."""
    without, having = halves(values, place)
    without += (having - without) * chance


def _tail(axis: int, first: int) -> tuple[slice, ...]:
    return (slice(None),) * axis + (slice(first, None),)


def leaf_forward(problem: Problem, node: int, table: Table, silent: int | None = None) -> Table:
    """Take in a node without links; towards a silent bit its triggers must not fire."""
    scale = problem.base[node] * problem.weight[node]
    first = problem.quiet[node]
    out = table.values * scale[0] if first else np.zeros_like(table.values)
    for state in range(first, problem.states[node]):
        mass = table.values * scale[state]
        for bit, chance in problem.act[node].items():
            if bit == silent:
                mass *= 1.0 - chance[state]
            else:
                explain(mass, chance[state], table.bits.index(bit))
        out += mass
    return Table(out, table.nodes, table.bits)


def born(problem: Problem, node: int, numbers: Sequence[int]) -> Array:
    """Return the chance of each level of a node for every combination of its open parents.

    Parameters: problem; node; numbers, the links from its open parents. Returns: (levels, entries of the last
    parent, ..., entries of the first parent, L).
    """
    upto = np.cumsum(problem.base[node], axis=0)
    for number in numbers:
        rows = np.cumsum(merged_chance(problem, number), axis=1)
        rows = np.moveaxis(rows, 1, 0).reshape(rows.shape[1], rows.shape[0], *[1] * (upto.ndim - 2), rows.shape[2])
        upto = upto[:, None] * rows
    return np.diff(upto, axis=0, prepend=0.0)


def spread(chances: Array, table: Table, parents: Sequence[int]) -> Array:
    """Shape the chances of a new node (from `born`) so that they multiply a table, the new axis first."""
    places = [table.nodes.index(p) for p in reversed(parents)]
    order = sorted(range(len(places)), key=lambda n: places[n])
    chances = np.moveaxis(chances, [n + 1 for n in order], range(1, len(order) + 1))
    shape = [chances.shape[0], *[1] * table.values.ndim]
    for axis, place in enumerate(sorted(places)):
        shape[place + 1] = chances.shape[axis + 1]
    shape[-1] = chances.shape[-1]
    return chances.reshape(shape)


def open_forward(problem: Problem, node: int, numbers: Sequence[int], table: Table) -> Table:
    """Open the axis of a node as its open parents make it."""
    chances = spread(born(problem, node, numbers), table, [problem.links[n][0] for n in numbers])
    return Table(chances * table.values[None], [node, *table.nodes], table.bits)


def final_forward(problem: Problem, node: int, table: Table) -> Table:
    """Weigh the states of an open node and let them explain the bits."""
    axis, first = table.nodes.index(node), problem.quiet[node]
    values = table.values * along(problem.weight[node], axis, table.values.ndim)
    part = values[_tail(axis, first)]
    for bit, chance in problem.act[node].items():
        explain(part, along(chance[first:], axis, values.ndim + 1), table.bits.index(bit))
    return Table(values, table.nodes, table.bits)


def pushing(problem: Problem, node: int) -> list[int]:
    """Return the states of a node that push any child; the others are alike once the node is decided."""
    if node not in problem.keep:
        problem.keep[node] = [
            state
            for state in range(problem.states[node])
            if any(parent == node and chance[state, 1:].any() for parent, _, chance in problem.links)
        ]
    return problem.keep[node]


def merge_forward(problem: Problem, node: int, table: Table) -> Table:
    """Keep one axis entry for all states that push nothing, and one for each that does."""
    axis, keep = table.nodes.index(node), pushing(problem, node)
    idle = [s for s in range(problem.states[node]) if s not in keep]
    if idle in ([], [0]):
        return table
    parts = [table.values.take(idle, axis).sum(axis, keepdims=True)]
    return Table(np.concatenate([*parts, table.values.take(keep, axis)], axis), table.nodes, table.bits)


def merge_back(problem: Problem, node: int, before: Table, after: Array) -> Array:
    """The transpose of `merge_forward`."""
    keep = pushing(problem, node)
    some = 1 if len(keep) < problem.states[node] else 0
    if len(keep) + some == problem.states[node]:
        return after
    places = [some + keep.index(s) if s in keep else 0 for s in range(problem.states[node])]
    return np.asarray(after.take(places, before.nodes.index(node)))


def merged_chance(problem: Problem, number: int) -> Array:
    """Return q(level | parent entry) of a link, with the entries of the merged parent."""
    parent, _, chance = problem.links[number]
    keep = pushing(problem, parent)
    if len(keep) + 1 >= problem.states[parent]:
        return chance
    return chance[[s for s in range(problem.states[parent]) if s not in keep][:1] + keep]


def close_forward(node: int, table: Table) -> Table:
    """Sum an open node out."""
    axis = table.nodes.index(node)
    return Table(table.values.sum(axis), [n for n in table.nodes if n != node], table.bits)


def bit_forward(problem: Problem, bit: int, table: Table) -> Table:
    """Open a bit: the background explains it with its leak."""
    leak = problem.leak[bit]
    values = np.concatenate([table.values * (1.0 - leak), table.values * leak], axis=-2)
    return Table(values, table.nodes, [*table.bits, bit])


def unbit_forward(bit: int, table: Table) -> Table:
    """Close a bit: only the mass in which it is explained stays."""
    place = table.bits.index(bit)
    having = halves(table.values, place)[1]
    shape = (*table.values.shape[:-2], table.values.shape[-2] // 2, table.values.shape[-1])
    return Table(having.reshape(shape), table.nodes, [b for b in table.bits if b != bit])


def _link_parts(chance: Array, table: Table, parent: int, child: int) -> tuple[list[Array], list[Array], int]:
    """Shape the chances q(level | parent state) and their sums up to the level along the parent axis."""
    parent_axis, child_axis = table.nodes.index(parent), table.nodes.index(child)
    upto = np.cumsum(chance, axis=1)
    ndim = table.values.ndim - 1
    axis = parent_axis - (parent_axis > child_axis)
    levels = range(chance.shape[1])
    exact = [along(chance[:, level], axis, ndim) for level in levels]
    return exact, [along(upto[:, level], axis, ndim) for level in levels], child_axis


def link_forward(problem: Problem, number: int, table: Table) -> Table:
    """Let a parent push a child: the level becomes the higher of the two (noisy-max)."""
    parent, child, _ = problem.links[number]
    chance = merged_chance(problem, number)
    exact, upto, axis = _link_parts(chance, table, parent, child)
    old = [table.values.take(level, axis) for level in range(len(exact))]
    new, below = [old[0] * upto[0]], old[0]
    for level in range(1, len(exact)):
        new.append(old[level] * upto[level] + below * exact[level])
        below = below + old[level]
    return Table(np.stack(new, axis), table.nodes, table.bits)


def link_back(problem: Problem, number: int, table: Table) -> Table:
    """The transpose of `link_forward`."""
    parent, child, _ = problem.links[number]
    chance = merged_chance(problem, number)
    exact, upto, axis = _link_parts(chance, table, parent, child)
    after = [table.values.take(level, axis) for level in range(len(exact))]
    new = [a * u for a, u in zip(after, upto, strict=True)]
    above = np.zeros_like(after[0])
    for level in range(len(exact) - 1, 0, -1):
        above = above + after[level] * exact[level]
        new[level - 1] += above
    return Table(np.stack(new, axis), table.nodes, table.bits)


def step_forward(problem: Problem, operation: Op, table: Table) -> Table:
    """Carry out one operation of the forward pass."""
    kind, number, links = operation
    match kind:
        case "leaf":
            return leaf_forward(problem, number, table)
        case "open":
            return open_forward(problem, number, links, table)
        case "link":
            return link_forward(problem, number, table)
        case "final":
            return final_forward(problem, number, table)
        case "merge":
            return merge_forward(problem, number, table)
        case "close":
            return close_forward(number, table)
        case "bit":
            return bit_forward(problem, number, table)
        case _:
            return unbit_forward(number, table)


@dataclass
class Passes:
    """Tables before operations, backward tables at the end of operations, and what both give together."""

    before: dict[int, Table]
    after: dict[int, Array]
    total: Array
    states: dict[int, Array]
    active: dict[tuple[int, int], Array]


def _leaf_back(problem: Problem, node: int, before: Table, after: Array, out: Passes) -> Array:
    scale = problem.base[node] * problem.weight[node]
    first = problem.quiet[node]
    back = after * scale[0] if first else np.zeros_like(after)
    mass = [per_lane(before.values, back)] if first else []
    fires: dict[int, list[Array]] = {}
    for state in range(first, problem.states[node]):
        own = after * scale[state]
        for bit, chance in problem.act[node].items():
            explain_back(own, chance[state], before.bits.index(bit))
        for bit in problem.watch & problem.act[node].keys():
            place = before.bits.index(bit)
            without, having = halves(before.values, place)
            fired = per_lane(without + having, halves(own, place)[1])
            fires.setdefault(bit, []).append(fired * problem.act[node][bit][state])
        mass.append(per_lane(before.values, own))
        back = back + own
    out.states[node] = np.stack(mass)
    out.active.update({(node, bit): np.stack(values) for bit, values in fires.items()})
    return back


def _final_back(problem: Problem, node: int, before: Table, after: Array, out: Passes) -> Array:
    axis, first = before.nodes.index(node), problem.quiet[node]
    back = after * along(problem.weight[node], axis, after.ndim)
    part, mass = back[_tail(axis, first)], before.values[_tail(axis, first)]
    for bit, chance in problem.act[node].items():
        explain_back(part, along(chance[first:], axis, after.ndim + 1), before.bits.index(bit))
    others = tuple(a for a in range(after.ndim - 1) if a != axis)
    for bit in problem.watch & problem.act[node].keys():
        place = before.bits.index(bit)
        without, having = halves(mass, place)
        fired = ((without + having) * halves(part, place)[1]).sum(axis=(*others, after.ndim - 1))
        out.active[node, bit] = fired * problem.act[node][bit][first:]
    out.states[node] = (before.values * back).sum(axis=others)
    return back


def step_back(problem: Problem, operation: Op, before: Table, after: Array, out: Passes) -> Array:
    """Carry out the transpose of one operation, and read the posterior off where a node is decided."""
    kind, number, links = operation
    match kind:
        case "leaf":
            return _leaf_back(problem, number, before, after, out)
        case "open":
            chances = spread(born(problem, number, links), before, [problem.links[n][0] for n in links])
            return np.asarray((after * chances).sum(axis=0))
        case "link":
            return link_back(problem, number, Table(after, before.nodes, before.bits)).values
        case "final":
            return _final_back(problem, number, before, after, out)
        case "merge":
            return merge_back(problem, number, before, after)
        case "close":
            return np.broadcast_to(np.expand_dims(after, before.nodes.index(number)), before.values.shape)
        case "bit":
            sets, leak = after.shape[-2] // 2, problem.leak[number]
            return np.asarray(after[..., :sets, :] * (1.0 - leak) + after[..., sets:, :] * leak)
        case _:
            back = np.zeros(before.values.shape)
            having = halves(back, before.bits.index(number))[1]
            having[...] = after.reshape(having.shape)
            return back


def solve(problem: Problem, starts: frozenset[int] | None = None, ends: frozenset[int] | None = None) -> Passes:
    """Run both passes.

    Parameters: problem, the network with its evidence; starts and ends, numbers of the operations whose tables before
    (after) are kept, all of them when None: the others are let go as soon as they are used. Returns: `total` (L,), the
    probability of the positive findings times the weights; `states` {node: (states, L)} and `active` {(node, bit):
    (states that explain, L)}, the chance that a state's own trigger fired, both still to be divided by it.
    """
    table = Table(np.ones((1, problem.lanes)))
    before: list[Table | None] = []
    for operation in problem.operations:
        before.append(table)
        table = step_forward(problem, operation, table)
    after: Array = np.ones_like(table.values)
    out = Passes({}, {}, table.values[0], {}, {})
    for place in range(len(problem.operations) - 1, -1, -1):
        if ends is None or place + 1 in ends:
            out.after[place + 1] = after
        here, before[place] = before[place], None
        assert here is not None
        after = step_back(problem, problem.operations[place], here, after, out)
        if starts is None or place in starts:
            out.before[place] = here
    return out
