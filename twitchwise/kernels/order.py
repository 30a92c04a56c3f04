"""In which order the nodes of a noisy-OR network are summed out, so that the tables stay small.

Floats, integers and tuples only. An operation is a tuple (kind, i, links): ("bit", b, ()) opens the bit of positive
finding b,
("unbit", b, ()) keeps the half in which it is explained, ("leaf", x, ()) sums out a node without links at once,
("open", x, links) adds the axis of node x as the links from open parents make it, ("link", n, ()) applies a later
link, ("final", x, ()) weighs the states of x and
lets them explain bits, ("merge", x, ()) joins its states that push no
other node, ("close", x, ()) sums x out.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

Op = tuple[str, int, tuple[int, ...]]


def topological_orders(count: int, links: Sequence[tuple[int, int]], tries: int) -> list[list[int]]:
    """Return distinct random orders of the linked nodes in which parents come before children.

    Parameters: count, number of nodes; links, (parent, child) pairs; tries, how many orders to draw.
    Returns: orders of the nodes that have a link.

    >>> topological_orders(3, [(0, 2), (1, 2)], 1)[0][-1]
    2
    """
    linked = sorted({x for link in links for x in link})
    parents = {x: {p for p, c in links if c == x} for x in linked}
    draw = random.Random(7)
    orders = []
    for _ in range(tries):
        done: list[int] = []
        while len(done) < len(linked):
            ready = [x for x in linked if x not in done and parents[x] <= set(done)]
            done.append(draw.choice(ready))
        orders.append(done)
    return orders


def hub_operations(order: Sequence[int], links: Sequence[tuple[int, int]], states: Sequence[int]) -> list[Op]:
    """Turn an order of the linked nodes into open, link, final and close operations.

    A parent with a single child passes its level on at once and is closed; a parent with several children stays open
    until the last of them has its level. A node of one state (a stated medicine) costs nothing and just stays open.

    Parameters: order, linked nodes with parents first; links, (parent, child) pairs; states, number of states of each
    node. Returns: the operations.

    >>> [kind for kind, _, _ in hub_operations([0, 1], [(0, 1)], [2, 2])]
    ['open', 'final', 'merge', 'open', 'close', 'final', 'close']
    """
    operations: list[Op] = []
    opened: set[int] = set()
    applied: set[int] = set()

    def apply(numbers: list[int], child: int) -> None:
        if child not in opened:
            operations.append(("open", child, tuple(numbers)))
            opened.add(child)
        else:
            operations.extend(("link", number, ()) for number in numbers)
        applied.update(numbers)
        for parent in sorted({links[n][0] for n in numbers}):
            if all(n in applied for n, (p, _) in enumerate(links) if p == parent):
                operations.append(("close", parent, ()))

    for node in order:
        apply([n for n, (_, child) in enumerate(links) if child == node and n not in applied], node)
        operations.append(("final", node, ()))
        if any(p == node for p, _ in links):
            operations.append(("merge", node, ()))
        children = [n for n, (p, _) in enumerate(links) if p == node]
        if not children:
            operations.append(("close", node, ()))
        elif len(children) == 1 and states[node] > 1:
            apply(children, links[children[0]][1])
    return operations


def table_cost(operations: Sequence[Op], states: Sequence[int], merged: Sequence[int] | None = None) -> tuple[int, int]:
    """Sum the number of configurations over the operations, and find the largest.

    Parameters: operations, from hub_operations; states, number of states of each node; merged, how many entries
    are left
    of each node once it is decided (all states when None). Returns: (sum, largest).

    >>> table_cost([("open", 0, ()), ("final", 0, ()), ("close", 0, ())], [3])
    (16, 3)
    """
    size, total, largest = 1, 0, 1
    entries = dict(enumerate(states))
    for kind, node, _ in operations:
        if kind == "open":
            size *= states[node]
        if kind == "merge" and merged is not None:
            size = size // entries[node] * merged[node]
            entries[node] = merged[node]
        if kind == "close":
            size //= entries[node]
        total += size * (4 if kind == "final" else 1)
        largest = max(largest, size)
    return total, largest


def components(links: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Split links into sets that share no node.

    Parameters: links, (parent, child) pairs. Returns: the sets, in the order of their first link.

    >>> components([(0, 1), (2, 3), (1, 4)])
    [[(0, 1), (1, 4)], [(2, 3)]]
    """
    groups: list[list[tuple[int, int]]] = []
    for link in links:
        joined = [g for g in groups if any(set(link) & set(other) for other in g)]
        groups = [g for g in groups if g not in joined] + [[*(x for g in joined for x in g), link]]
    return sorted(groups, key=lambda g: list(links).index(g[0]))


def best_order(
    states: Sequence[int], links: Sequence[tuple[int, int]], merged: Sequence[int] | None = None, tries: int = 150
) -> list[int]:
    """Return the order of the linked nodes whose operations cost least, among many random orders of each component.

    Parameters: states, number of states of each node; links, (parent, child) pairs; merged, entries left of each node
    once it is decided; tries, how many orders to try. Returns: the linked nodes, parents first.

    >>> best_order([2, 2], [(0, 1)], None, 3)
    [0, 1]
    """
    found: list[int] = []
    for part in components(links):
        orders = topological_orders(len(states), part, tries)
        costs = [table_cost(hub_operations(order, part, states), states, merged)[0] for order in orders]
        found += orders[costs.index(min(costs))]
    return found


def leaf_order(leaves: Sequence[int], bits: Sequence[frozenset[int]], late: frozenset[int]) -> list[int]:
    """Order the nodes without links so that bits which only they explain are opened late and closed early.

    Parameters: leaves, node numbers; bits, the bits that each node can explain; late, bits that linked nodes explain.
    Returns: the order.

    >>> leaf_order([0, 1], [frozenset({0}), frozenset({1})], frozenset({0}))
    [1, 0]
    """
    left, opened, order = list(leaves), set[int](), list[int]()

    def price(x: int) -> tuple[int, int, int]:
        others = frozenset().union(*(bits[y] for y in left if y != x))
        return len(bits[x] - opened) - 2 * len(bits[x] - late - others), len(bits[x] & late), x

    while left:
        best = min(left, key=price)
        left.remove(best)
        opened |= bits[best]
        order.append(best)
    return order


def place_bits(operations: Sequence[Op], bits: Sequence[frozenset[int]], count: int) -> list[Op]:
    """Open each bit just before the first node that explains it and close it just after the last.

    Parameters: operations on nodes; bits, the bits that each node can explain; count, number of bits.
    Returns: the operations with "bit" and "unbit" put in.

    >>> place_bits([("leaf", 0, ())], [frozenset({0})], 1)
    [('bit', 0, ()), ('leaf', 0, ()), ('unbit', 0, ())]
    """
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, (kind, node, _) in enumerate(operations):
        if kind in ("leaf", "final"):
            for bit in bits[node]:
                first.setdefault(bit, place)
                last[bit] = place
    out: list[Op] = []
    for place, operation in enumerate(operations):
        out += [("bit", b, ()) for b in range(count) if first.get(b) == place]
        out.append(operation)
        out += [("unbit", b, ()) for b in range(count) if last.get(b) == place]
    return out
