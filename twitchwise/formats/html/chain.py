"""The chain of causes as a small diagram: from what came first to what is felt."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from markupsafe import Markup

WIDE, GAP, LINE, PAD = 160, 34, 18, 13  # px: a box, the way to the next, a line of text, the space above and below it
LETTERS = 20  # that fit into a box


def chain_diagrams(chain: Sequence[str], name: str) -> Markup:
    """Draw a chain twice: side by side for a wide page, one below the other for a narrow one.

    Parameters: chain, plain steps, the complaint first; name, of the cause. Returns: two svg elements, of which the
    style sheet shows one; nothing for a chain without a link.

    >>> chain_diagrams(["a cramp", "low sodium"], "low sodium").count("<svg")
    2
    >>> chain_diagrams(["a cramp"], "a cramp")
    Markup('')
    """
    steps = [_wrapped(step) for step in reversed(chain)]
    if len(steps) < 2:
        return Markup("")
    tall = max(len(lines) for lines in steps) * LINE + 2 * PAD
    across = [(n * (WIDE + GAP), 0) for n in range(len(steps))]
    down = [(0, n * (tall + GAP)) for n in range(len(steps))]
    words = " leads to ".join(reversed(chain))
    return Markup("").join(
        _drawing(kind, steps, places, tall, f"How {name} could come about", words)
        for kind, places in (("across", across), ("down", down))
    )


def _wrapped(step: str) -> list[str]:
    return textwrap.wrap(step, LETTERS, max_lines=3, placeholder="…") or [" "]


def _drawing(
    kind: str, steps: Sequence[Sequence[str]], places: Sequence[tuple[int, int]], tall: int, title: str, words: str
) -> Markup:
    width, height = places[-1][0] + WIDE, places[-1][1] + tall
    boxes = Markup("").join(
        _box(lines, place, tall, n == len(steps) - 1)
        for n, (lines, place) in enumerate(zip(steps, places, strict=True))
    )
    arrows = Markup("").join(_arrow(kind, place, tall) for place in places[:-1])
    head = Markup(
        '<svg class="chain {0}" role="img" viewBox="-1 -1 {1} {2}" width="{1}" height="{2}"><title>{3}</title>'
        "<desc>{4}</desc>"
    ).format(kind, width + 2, height + 2, title, words)
    return head + boxes + arrows + Markup("</svg>")


def _box(lines: Sequence[str], place: tuple[int, int], tall: int, last: bool) -> Markup:
    x, y = place
    first = y + tall / 2 - (len(lines) - 1) * LINE / 2 + 5
    text = Markup("").join(
        Markup('<text x="{}" y="{:g}">{}</text>').format(x + WIDE // 2, first + n * LINE, line)
        for n, line in enumerate(lines)
    )
    box = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="10"/>')
    return box.format("felt" if last else "step", x, y, WIDE, tall) + text


def _arrow(kind: str, place: tuple[int, int], tall: int) -> Markup:
    x, y = place
    if kind == "across":
        start, middle = x + WIDE + 5, y + tall / 2
        path = f"M{start} {middle:g}h{GAP - 11}m-6 -5l6 5l-6 5"
    else:
        start, middle = y + tall + 5, x + WIDE // 2
        path = f"M{middle} {start}v{GAP - 11}m-5 -6l5 6l5 -6"
    return Markup('<path class="arrow" d="{}"/>').format(path)
