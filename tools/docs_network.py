"""The causes and the links between them, drawn as an SVG in layers: what leads to something stands to its left."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from twitchwise.evidence import Evidence

WIDTH, ROW, BOX, TALL, GAP = 195, 30, 165, 22, 10  # px: column, row, box, box height, margin


def links(evidence: Evidence) -> list[tuple[str, str]]:
    """Return the links between causes, each once.

    Parameters: evidence. Returns: (from, to) ids.
    """
    found = {(n.id, lead.target) for n in evidence.nodes.values() for lead in n.leads_to if lead.target != n.id}
    return sorted(found)


def layers(edges: list[tuple[str, str]]) -> dict[str, int]:
    """Return the layer of each linked cause: one more than the highest of what leads to it.

    >>> layers([("a", "b"), ("b", "c"), ("a", "c")])
    {'a': 0, 'b': 1, 'c': 2}
    """
    parents: dict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        parents[b].append(a)
        parents[a] += []
    found: dict[str, int] = {}

    def layer(node: str) -> int:
        if node not in found:
            found[node] = max((layer(p) + 1 for p in parents[node]), default=0)
        return found[node]

    for node in sorted(parents):
        layer(node)
    return found


def rows(edges: list[tuple[str, str]], layer: dict[str, int]) -> dict[str, float]:
    """Return a height for each cause, so that linked ones stand near each other.

    Parameters: edges; layer, of each cause. Returns: row numbers.
    """
    columns: dict[int, list[str]] = defaultdict(list)
    for node in sorted(layer):
        columns[layer[node]].append(node)
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    place = {n: float(i) for column in columns.values() for i, n in enumerate(column)}
    tallest = max(len(c) for c in columns.values())
    for _ in range(12):
        for column in columns.values():
            column.sort(key=lambda n: sum(place[m] for m in near[n]) / len(near[n]))
            step = tallest / len(column)
            place |= {n: (i + 0.5) * step for i, n in enumerate(column)}
    return place


def draw(evidence: Evidence) -> str:
    """Return the drawing with a text alternative; colours are those of the page.

    Parameters: evidence. Returns: SVG in one block without blank lines.
    """
    edges = links(evidence)
    layer = layers(edges)
    row = rows(edges, layer)
    at = {n: (GAP + layer[n] * WIDTH, GAP + row[n] * ROW) for n in layer}
    wide = max(x for x, _ in at.values()) + BOX + GAP
    high = max(y for _, y in at.values()) + TALL + GAP
    parts = [
        f'<div class="drawing"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" role="img" aria-labelledby="net-title">',
        f'<title id="net-title">{len(layer)} causes with {len(edges)} links; each link goes from left to right</title>',
    ]
    parts += [curve(at[a], at[b], f"{name(evidence, a)} can lead to {name(evidence, b)}") for a, b in edges]
    parts += [box(n, *at[n], name(evidence, n)) for n in layer]
    return "\n".join([*parts, "</svg></div>"])


def name(evidence: Evidence, node: str) -> str:
    """Return the plain name of a cause."""
    return evidence.nodes[node].name


def curve(start: tuple[float, float], end: tuple[float, float], title: str) -> str:
    """Return a link as a curve with its words."""
    (x0, y0), (x1, y1) = (start[0] + BOX, start[1] + TALL / 2), (end[0], end[1] + TALL / 2)
    middle = (x0 + x1) / 2
    path = f"M{x0:.0f} {y0:.0f}C{middle:.0f} {y0:.0f} {middle:.0f} {y1:.0f} {x1:.0f} {y1:.0f}"
    return f'<path d="{path}"><title>{escape(title)}</title></path>'


def box(node: str, x: float, y: float, shown: str) -> str:
    """Return a cause as a box that leads to its page."""
    short = shown if len(shown) <= 28 else f"{shown[:27]}…"
    return (
        f'<a href="../facts/causes/{node}.html"><rect x="{x:.0f}" y="{y:.0f}" width="{BOX}" height="{TALL}" rx="4"/>'
        f'<text x="{x + BOX / 2:.0f}" y="{y + 15:.0f}">{escape(short)}</text><title>{escape(shown)}</title></a>'
    )
