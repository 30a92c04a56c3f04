"""Intervals as bars, and evidence as bars to either side of nothing."""

from __future__ import annotations

from markupsafe import Markup

from twitchwise.formats.html.svg import picture, share
from twitchwise.report.types import Said, Share
from twitchwise.report.words import percent, span, strength

FULL_BITS = 6.0  # a bar this long reaches the edge; longer ones are cut there
THIN = 0.03  # an interval narrower than this would not be seen


def interval_bar(one: Share, name: str, what: str) -> Markup:
    """Draw an interval of probabilities on a scale from 0 to 100 %.

    Parameters: one, the interval; name, of the cause; what, "explains" or "present". Returns: an svg element.

    >>> "54% to 72%" in interval_bar(Share(0.54, 0.72, 0.65), "low magnesium", "explains")
    True
    """
    meaning = "explains your complaint" if what == "explains" else "is there at all"
    said = f"{percent(one.low)}% to {percent(one.high)}%"
    desc = f"On a scale from 0 to 100 percent. {_middle(one)}".strip()
    width = max(one.high - one.low, THIN)
    left = min(one.low, 1 - width)
    shapes = [
        Markup('<rect class="track" x="0" y="5" width="100%" height="10" rx="5"/>'),
        *_ticks(),
        Markup('<rect class="zone {}" x="{}" y="3" width="{}" height="14" rx="4"/>').format(
            what, share(left), share(width)
        ),
    ]
    if one.middle is not None:
        middle = min(max(one.middle, left), left + width)
        shapes.append(
            Markup('<rect class="middle" x="{}" y="0" width="3" height="20" rx="1"/>').format(_inside(middle))
        )
    return picture("bar", f"{name} {meaning}: {said}", desc, 20, *shapes)


def _middle(one: Share) -> str:
    return "" if one.middle is None else f"The middle is {percent(one.middle)}%."


def _inside(part: float) -> str:
    """Keep a mark of three pixels inside the drawing."""
    return share(min(part, 0.985))


def _ticks() -> list[Markup]:
    return [Markup('<rect class="tick" x="{}" y="5" width="1" height="10"/>').format(share(n / 4)) for n in (1, 2, 3)]


def interval_words(one: Share) -> str:
    """Write an interval for the eye.

    Parameters: one. Returns: for example "54–72 %".

    >>> interval_words(Share(0.54, 0.72))
    '54–72 %'
    """
    return span(one.low, one.high).replace("-", "–")


def weight_bar(reason: Said) -> Markup:
    """Draw how far a reason moves a cause: to the right for it, to the left against it.

    Parameters: reason, with its bits. Returns: an svg element.

    >>> 'class="against"' in weight_bar(Said("weak: male", bits=-0.5))
    True
    """
    side = "against" if reason.bits < 0 else "for"
    length = min(abs(reason.bits) / FULL_BITS, 1.0) / 2
    left = 0.5 - length if reason.bits < 0 else 0.5
    shapes = (
        Markup('<rect class="track" x="0" y="6" width="100%" height="4" rx="2"/>'),
        Markup('<rect class="{}" x="{}" y="2" width="{}" height="12" rx="3"/>').format(
            side, share(left), share(max(length, 0.006))
        ),
        Markup('<rect class="zero" x="50%" y="0" width="1.5" height="16"/>'),
    )
    return picture("weight", f"{bits_words(reason.bits)} {side}: {strength(reason.bits)}", "", 16, *shapes)


def bits_words(bits: float) -> str:
    """Write an evidence weight.

    Parameters: bits. Returns: for example "5.5 bits".

    >>> bits_words(5.49), bits_words(-0.96), bits_words(0.02)
    ('5.5 bits', '1.0 bit', 'under 0.1 bit')
    """
    size = round(abs(bits), 1)
    return "under 0.1 bit" if size < 0.1 else f"{size} bit{'' if size == 1.0 else 's'}"
