"""Small pieces of SVG: lengths in percent, so that a drawing follows the width of the page and its text does not."""

from __future__ import annotations

from markupsafe import Markup


def share(part: float) -> str:
    """Write a share of the width.

    Parameters: part, 0 to 1; what lies outside is cut. Returns: a percentage for an SVG attribute.

    >>> share(0.541), share(1.7)
    ('54.1%', '100%')
    """
    return f"{round(100 * min(max(part, 0.0), 1.0), 2):g}%"


def picture(kind: str, title: str, desc: str, height: int, *shapes: Markup) -> Markup:
    """Wrap shapes as one picture as wide as its place, with its text alternative.

    Parameters: kind, its class; title and desc, what it shows, in words; height (px); shapes. Returns: an svg element.

    >>> "&lt;b&gt;" in picture("bar", "<b>", "", 10)
    True
    """
    said = Markup("<title>{}</title>").format(title) + (Markup("<desc>{}</desc>").format(desc) if desc else "")
    head = Markup('<svg class="{}" role="img" width="100%" height="{}">').format(kind, height)
    return head + said + Markup("").join(shapes) + Markup("</svg>")
