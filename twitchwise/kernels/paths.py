"""How often a cause takes part: the chance that an activated path leads from a group of nodes to a finding.

1 - e is the mass in which the finding is explained although no path from the group fired. It is found by running the
forward operations again between the first and the last node that the group touches, with every level that the group
brought about carrying a tag, and with tagged levels (and the group itself) silent towards that finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from twitchwise.kernels.network import (
    Array,
    Passes,
    Problem,
    Table,
    along,
    explain,
    leaf_forward,
    merged_chance,
    per_lane,
    pushing,
    spread,
    step_forward,
)
from twitchwise.kernels.order import Op


@dataclass(frozen=True)
class Silence:
    """A group of nodes, the nodes below it that carry tags, and the finding (bit) towards which both are silent."""

    group: frozenset[int]
    below: frozenset[int]
    bit: int


def descendants(pairs: Sequence[tuple[int, int]], group: frozenset[int], useful: frozenset[int]) -> frozenset[int]:
    """Return the nodes below a group through which a path can reach a finding.

    Parameters: pairs, (parent, child) of the links that push; group, node numbers; useful, nodes that can explain the
    finding themselves. Returns: nodes below the group that are useful or lead to a useful node.

    >>> sorted(descendants([(0, 1), (1, 2), (0, 3)], frozenset({0}), frozenset({2})))
    [1, 2]
    """
    leads = _closed([(c, p) for p, c in pairs], useful)
    return frozenset(leads & (_closed(pairs, group) - group | {c for p, c in pairs if p in group}))


def _closed(pairs: Sequence[tuple[int, int]], start: frozenset[int]) -> frozenset[int]:
    """A set of nodes with everything that can be reached from it."""
    found, new = set(start), set(start)
    while new:
        new = {c for p, c in pairs if p in new} - found
        found |= new
    return frozenset(found)


def _final(problem: Problem, node: int, table: Table, silence: Silence) -> Table:
    """Decide an open node: the group and tagged levels stay silent towards the bit."""
    axis, states = table.nodes.index(node), problem.states[node]
    tagged = node in silence.below
    weight = np.concatenate([problem.weight[node]] * 2) if tagged else problem.weight[node]
    values = table.values * along(weight, axis, table.values.ndim)
    for offset in (0, states) if tagged else (0,):
        first = problem.quiet[node]
        part = values[(slice(None),) * axis + (slice(offset + first, offset + states),)]
        for other, chance in problem.act[node].items():
            if other == silence.bit and (node in silence.group or offset):
                part *= 1.0 - along(chance[first:], axis, values.ndim)
            else:
                explain(part, along(chance[first:], axis, values.ndim + 1), table.bits.index(other))
    return Table(values, table.nodes, table.bits)


def _merge(problem: Problem, node: int, table: Table) -> Table:
    """Merge the entries of a tagged node: one for all that push nothing, then the pushing states without and with
    tag."""
    axis, states, keep = table.nodes.index(node), problem.states[node], pushing(problem, node)
    idle = [s + offset for offset in (0, states) for s in range(states) if s not in keep]
    parts = [table.values.take(idle, axis).sum(axis, keepdims=True)] if idle else []
    parts += [table.values.take([s + offset for s in keep], axis) for offset in (0, states)]
    return Table(np.concatenate(parts, axis), table.nodes, table.bits)


def _push(old: Array, exact: Array, source_tagged: bool) -> Array:
    """Push a child whose level may carry a tag (untagged levels first): the higher level wins, ties keep both
    origins."""
    levels = old.shape[0] // 2
    untagged, tagged = old[:levels], old[levels:]
    upto = np.cumsum(exact, axis=0)
    new_untagged, new_tagged = [untagged[0] * exact[0]], [tagged[0] * exact[0]]
    below = untagged[0] + tagged[0]
    for level in range(1, levels):
        here = untagged[level] + tagged[level]
        if source_tagged:
            new_untagged.append(untagged[level] * upto[level - 1])
            new_tagged.append(tagged[level] * upto[level - 1] + (below + here) * exact[level])
        else:
            new_untagged.append(untagged[level] * upto[level] + below * exact[level])
            new_tagged.append(tagged[level] * upto[level])
        below = below + here
    return np.stack(new_untagged + new_tagged)


def _entries(problem: Problem, number: int, silence: Silence) -> list[tuple[Array, bool]]:
    """For each entry of a (merged) parent: its chances of each level, and whether what it pushes is tagged."""
    parent = problem.links[number][0]
    rows = list(merged_chance(problem, number))
    keep = pushing(problem, parent)
    idle = rows[: len(rows) - len(keep)]
    if parent in silence.below:
        pushes = rows[len(idle) :]
        return [(r, False) for r in idle] + [(r, parent in silence.group) for r in pushes] + [(r, True) for r in pushes]
    return [(r, parent in silence.group) for r in rows]


def _born(problem: Problem, node: int, numbers: Sequence[int], silence: Silence) -> Array:
    """Like `born`, with entries of tagged parents, and with tagged levels where the node itself carries tags."""
    base = problem.base[node]
    tagged_node = node in silence.below
    chances = np.concatenate([base, np.zeros_like(base)]) if tagged_node else base
    for number in numbers:
        rows = [
            _push(chances, exact, tagged) if tagged_node else _plain_push(chances, exact)
            for exact, tagged in _entries(problem, number, silence)
        ]
        chances = np.stack(rows, axis=1)
    return chances


def _opened(problem: Problem, node: int, numbers: Sequence[int], table: Table, silence: Silence) -> Table:
    parents = [problem.links[n][0] for n in numbers]
    chances = spread(_born(problem, node, numbers, silence), table, parents)
    return Table(chances * table.values[None], [node, *table.nodes], table.bits)


def _link(problem: Problem, number: int, table: Table, silence: Silence) -> Table:
    """Push a child from a parent when either of them carries tags."""
    parent, child, _ = problem.links[number]
    parent_axis, child_axis = table.nodes.index(parent), table.nodes.index(child)
    moved = np.moveaxis(table.values, (parent_axis, child_axis), (0, 1))
    out = [
        _push(moved[place], exact, tagged) if child in silence.below else _plain_push(moved[place], exact)
        for place, (exact, tagged) in enumerate(_entries(problem, number, silence))
    ]
    values = np.ascontiguousarray(np.moveaxis(np.stack(out), (0, 1), (parent_axis, child_axis)))
    return Table(values, table.nodes, table.bits)


def _plain_push(old: Array, exact: Array) -> Array:
    """Push a child that carries no tag: where the push comes from makes no difference to it."""
    upto = np.cumsum(exact, axis=0)
    below = np.cumsum(old, axis=0)
    rest = [old[n] * upto[n] + below[n - 1] * exact[n] for n in range(1, old.shape[0])]
    return np.stack([old[0] * upto[0], *rest])


def _double(table: Table, node: int) -> Table:
    axis = table.nodes.index(node)
    values = np.concatenate([table.values, np.zeros_like(table.values)], axis=axis)
    return Table(values, table.nodes, table.bits)


def _step(problem: Problem, operation: Op, table: Table, silence: Silence) -> Table:
    kind, number, links = operation
    if kind == "leaf" and number in silence.group:
        return leaf_forward(problem, number, table, silence.bit)
    if kind == "open" and not silence.below.isdisjoint((number, *(problem.links[n][0] for n in links))):
        return _opened(problem, number, links, table, silence)
    if kind == "final" and (number in silence.group or number in silence.below):
        return _final(problem, number, table, silence)
    if kind == "merge" and number in silence.below:
        return _merge(problem, number, table)
    if kind == "link" and not silence.below.isdisjoint(problem.links[number][:2]):
        return _link(problem, number, table, silence)
    return step_forward(problem, operation, table)


def _span(problem: Problem, members: frozenset[int], below: frozenset[int]) -> tuple[int, int]:
    """First operation that decides a member and the operation after the last that the group reaches."""
    first, last = len(problem.operations), 0
    for place, (kind, number, _) in enumerate(problem.operations):
        if kind in ("leaf", "final") and number in members:
            first, last = min(first, place), max(last, place + 1)
        if kind == "close" and number in (below | members):
            last = max(last, place + 1)
    return first, last


def _only(problem: Problem, node: int, states: Sequence[int]) -> Problem:
    """The same problem for some states of one node, all of which may explain and push."""

    def cut(sequence: Sequence[Array]) -> list[Array]:
        return [a[states] if n == node else a for n, a in enumerate(sequence)]

    return replace(
        problem,
        states=[len(states) if n == node else s for n, s in enumerate(problem.states)],
        quiet=[0 if n == node else q for n, q in enumerate(problem.quiet)],
        base=cut(problem.base),
        weight=cut(problem.weight),
        act=[{b: a[states] for b, a in act.items()} if n == node else act for n, act in enumerate(problem.act)],
        links=[(p, c, q[states] if p == node else q) for p, c, q in problem.links],
        keep={},
        reach={},
    )


def _silent_mass(problem: Problem, passes: Passes, table: Table, span: tuple[int, int], silence: Silence) -> Array:
    for node in [n for n in table.nodes if n in silence.below]:
        table = _double(table, node)
    for operation in problem.operations[span[0] : span[1]]:
        table = _step(problem, operation, table, silence)
    return per_lane(table.values, np.broadcast_to(passes.after[span[1]], table.values.shape))


def is_direct(problem: Problem, group: frozenset[int]) -> bool:
    """Say whether a group is one node that pushes no other, so that nothing has to be run again for it.

    Parameters: problem; group, node numbers. Returns: True when its chances can be read off the passes.
    """
    return len(group) == 1 and not any(p in group for p, _, _ in problem.links)


def _reach(problem: Problem, group: frozenset[int], bit: int) -> tuple[frozenset[int], frozenset[int]]:
    """Members of a group from which a path leads to a finding, and the nodes below the group on such paths."""
    if (group, bit) not in problem.reach:
        if "pairs" not in problem.reach:
            problem.reach["pairs"] = [(p, c) for p, c, q in problem.links if q[:, 1:].any()]
        if bit not in problem.reach:
            problem.reach[bit] = frozenset(n for n, act in enumerate(problem.act) if bit in act)
        pairs, useful = problem.reach["pairs"], problem.reach[bit]
        below = descendants(pairs, group, useful)
        parents = {p for p, c in pairs if c in below}
        problem.reach[group, bit] = (frozenset(n for n in group if n in useful or n in parents), below)
    found: tuple[frozenset[int], frozenset[int]] = problem.reach[group, bit]
    return found


def kept(
    problem: Problem, groups: Sequence[frozenset[int]], bits: Sequence[int]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the operations before and after which the tables are needed to follow the paths of groups to findings.

    Parameters: problem; groups, of node numbers; bits, the findings. Returns: (starts, ends) for `solve`.
    """
    spans = []
    for group in groups:
        for bit in bits:
            members, below = _reach(problem, group, bit)
            if members and (len(members) > 1 or below):
                spans.append(_span(problem, members, below))
    return frozenset(first for first, _ in spans), frozenset(last for _, last in spans)


def path_bound(problem: Problem, passes: Passes, group: frozenset[int], bit: int) -> Array:
    """Return an upper bound of `explained_by` that needs no further run: the chances of all triggers that could be at
    the end.

    Parameters: as for `explained_by`. Returns: (L,) bounds, not above one.
    """
    members, below = _reach(problem, group, bit)
    ends = [passes.active[n, bit].sum(axis=0) for n in sorted(members | below) if (n, bit) in passes.active]
    return np.minimum(np.sum(ends, axis=0) / passes.total, 1.0) if ends else np.zeros(problem.lanes)


def explained_by(problem: Problem, passes: Passes, group: frozenset[int], bit: int) -> Array:
    """Return the chance that an activated path leads from a group of nodes to a positive finding.

    Parameters: problem and passes from `solve`; group, node numbers taken together (their union); bit, the finding.
    Returns: (L,) probabilities given the whole record.
    """
    members, below = _reach(problem, group, bit)
    if not members:
        return np.zeros(problem.lanes)
    if len(members) == 1 and not below:
        return np.asarray(passes.active[next(iter(members)), bit].sum(axis=0) / passes.total)
    span, silence = _span(problem, members, below), Silence(group, below, bit)
    table = passes.before[span[0]]
    if len(members) > 1:
        return np.clip(1.0 - _silent_mass(problem, passes, table, span, silence) / passes.total, 0.0, 1.0)
    return _single(problem, passes, next(iter(members)), span, silence)


def _single(problem: Problem, passes: Passes, node: int, span: tuple[int, int], silence: Silence) -> Array:
    """One node with nodes below it: states that push nothing are read off; only the pushing states are run again."""
    table, keep = passes.before[span[0]], pushing(problem, node)
    direct = passes.active.get((node, silence.bit))
    quiet = problem.quiet[node]
    idle = [s - quiet for s in range(quiet, problem.states[node]) if s not in keep]
    fired = direct[idle].sum(axis=0) if direct is not None else 0.0
    part = Table(table.values.take(keep, table.nodes.index(node)), table.nodes, table.bits)
    silent = _silent_mass(_only(problem, node, keep), passes, part, span, silence)
    return np.asarray(np.clip((fired + passes.states[node][keep].sum(axis=0) - silent) / passes.total, 0.0, 1.0))
