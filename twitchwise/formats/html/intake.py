"""An intake beside what is needed: two hills on one scale, and each day as a dot."""

from __future__ import annotations

import math
from collections.abc import Callable

from markupsafe import Markup

from twitchwise.formats.html.svg import picture, share
from twitchwise.report.diet import NOW_AND_THEN, IntakeRow

POINTS = 80
HILL = 34  # height of the hills in the drawing
TALL = 62
Z90 = 1.645  # from the middle to the 95th percentile, in standard deviations


def intake_hills(row: IntakeRow) -> Markup:
    """Draw the usual intake as a hill, and what people need as a second one.

    Parameters: row. Returns: an svg element; nothing when the intake is not known.
    """
    low, _, middle, _, high = row.usual
    if row.nutrient in NOW_AND_THEN or not all(math.isfinite(v) for v in row.usual) or high <= 0:
        return Markup("")
    goal = row.target or row.need or 0.0
    top = max(1.12 * high, 1.6 * goal, 1e-9)
    shapes = [_curve("usual", _eaten(low, middle, high), top)]
    if row.need and row.target and row.target > row.need:
        shapes.append(_curve("need", _needed(row.need, (row.target - row.need) / 2), top))
    shapes += [Markup('<rect class="base" x="0" y="{}" width="100%" height="1.5"/>').format(HILL + 4)]
    shapes += [_dot(day / top) for day in row.days[:60] if math.isfinite(day)]
    shapes += _goal(row, goal, top) if goal else []
    said = f"{row.name}: {row.words}"
    desc = f"{row.against}. " if row.against else ""
    return picture("intake", said, f"{desc}{row.verdict}. {len(row.days)} days as dots.", TALL, *shapes)


def _eaten(low: float, middle: float, high: float) -> Callable[[float], float]:
    spread = max(math.log(max(high, 1e-9) / max(low, high / 1e3)) / (2 * Z90), 0.02)

    def density(x: float) -> float:
        return math.exp(-0.5 * (math.log(max(x, 1e-9) / max(middle, 1e-9)) / spread) ** 2)

    return density


def _needed(need: float, spread: float) -> Callable[[float], float]:
    def density(x: float) -> float:
        return math.exp(-0.5 * ((x - need) / spread) ** 2)

    return density


def _curve(kind: str, density: Callable[[float], float], top: float) -> Markup:
    """A hill whose width follows the page: the inner drawing is stretched, its lines are not."""
    places = [100 * n / POINTS for n in range(POINTS + 1)]
    heights = [density(top * x / 100) for x in places]
    steps = " ".join(f"L{x:g} {HILL * (1 - h):.1f}" for x, h in zip(places, heights, strict=True))
    return Markup(
        '<svg x="0" y="4" width="100%" height="{}" viewBox="0 0 100 {}" preserveAspectRatio="none">'
        '<path class="{}" d="M0 {} {} L100 {}z" vector-effect="non-scaling-stroke"/></svg>'
    ).format(HILL, HILL, kind, HILL, steps, HILL)


def _dot(at: float) -> Markup:
    return Markup('<circle class="day" cx="{}" cy="{}" r="3.5"/>').format(share(min(at, 0.99)), HILL + 5)


def _goal(row: IntakeRow, goal: float, top: float) -> list[Markup]:
    at = goal / top
    side = "end" if at > 0.7 else "start" if at < 0.3 else "middle"
    text = f"{row.target_name or 'need'} {goal:,.4g} {row.unit}"
    return [
        Markup('<rect class="goal" x="{}" y="0" width="2" height="{}"/>').format(share(at), HILL + 10),
        Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(share(at), TALL - 2, side, text),
    ]
