"""The sign of each urgency: four shapes that differ without colour."""

from __future__ import annotations

from markupsafe import Markup

SHAPES = {
    "emergency": '<path d="M9 2h14l7 7v14l-7 7H9l-7-7V9z"/><path d="M16 8v10M16 23v1"/>',
    "prompt": '<circle cx="16" cy="16" r="14"/><path d="M16 7v9l6 4"/>',
    "routine": '<rect x="3" y="5" width="26" height="24" rx="4"/><path d="M3 12h26M10 2v6M22 2v6M10 20l4 4 8-8"/>',
    "self_care": '<path d="M3 15 16 3l13 12M7 12v17h18V12"/><path d="M11 20l4 4 7-7"/>',
}


def icon(level: str) -> Markup:
    """Draw the sign of an urgency; the word beside it says the same.

    Parameters: level, an urgency. Returns: an svg element that is hidden from readers of the text.

    >>> icon("prompt").startswith('<svg class="icon"')
    True
    """
    head = '<svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 32 32" width="32" height="32">'
    return Markup(head + SHAPES[level] + "</svg>")
