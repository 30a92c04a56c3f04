"""How far what was said lies from what was true: bins, calibration errors, and the diagram.

The diagram is drawn here because it needs two axes, some circles and a line: a drawing library would be a development
dependency larger than everything else together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from twitchwise.assess.parameters import Array

BINS = 15
Z95 = 1.959964

Bin = dict[str, float]  # n, said, true, low, high


def edges(said: Array, bins: int, equal_mass: bool) -> Array:
    """Return the number of the bin of each value.

    Parameters: said, (n,) probabilities; bins; equal_mass, bins with equally many values, else of equal width.
    Returns: (n,) numbers from 0 to bins - 1.
    """
    if not equal_mass:
        return np.asarray(np.minimum((said * bins).astype(int), bins - 1))
    place = np.empty(len(said), int)
    place[np.argsort(said, kind="stable")] = np.arange(len(said)) * bins // max(len(said), 1)
    return place


def binned(said: Array, true: Array, bins: int = BINS, equal_mass: bool = False) -> list[Bin]:
    """Return for each bin that holds anything: how many, what was said and what was true on average, with a 95 %
    interval.

    Parameters: said and true, (n,); bins; equal_mass. Returns: the bins in order.
    """
    where, out = edges(said, bins, equal_mass), []
    for number in range(bins):
        here = where == number
        n = int(here.sum())
        if n:
            middle, spread = float(true[here].mean()), float(true[here].std()) / np.sqrt(n)
            low, high = max(0.0, middle - Z95 * spread), min(1.0, middle + Z95 * spread)
            out.append({"n": n, "said": float(said[here].mean()), "true": middle, "low": low, "high": high})
    return out


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap between said and true, by how many are in the bin.

    Parameters: bins, from `binned`. Returns: 0 (perfect) to 1.

    >>> calibration_error([{"n": 10, "said": 0.5, "true": 0.4}, {"n": 10, "said": 0.1, "true": 0.1}])
    0.05
    """
    total = sum(b["n"] for b in bins)
    return float(sum(b["n"] * abs(b["said"] - b["true"]) for b in bins) / max(total, 1))


def errors(said: Array, true: Array) -> dict[str, float]:
    """Return both calibration errors, the Brier score, and that of always saying the mean.

    Parameters: said and true, (n,). Returns: the figures by name.
    """
    return {
        "ece_equal_width": calibration_error(binned(said, true)),
        "ece_equal_mass": calibration_error(binned(said, true, equal_mass=True)),
        "brier": float(np.mean((said - true) ** 2)),
        "brier_base": float(np.mean((true.mean() - true) ** 2)),
    }


SIDE, LEFT, TOP, GAP = 300, 64, 56, 76
STYLE = """
  .ink { fill: #1b1f24; } .soft { fill: #57606a; } .axis { stroke: #57606a; fill: none; }
  .grid { stroke: #d0d7de; fill: none; } .ideal { stroke: #57606a; stroke-dasharray: 5 4; fill: none; }
  .mark { fill: #0b6b6f; fill-opacity: .75; stroke: #0b6b6f; } .span { stroke: #0b6b6f; stroke-width: 2; }
  .paper { fill: #ffffff; } text { font: 13px system-ui, sans-serif; } .title { font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    .ink { fill: #e6edf3; } .soft { fill: #9da7b1; } .axis, .ideal { stroke: #9da7b1; } .grid { stroke: #30363d; }
    .mark { fill: #56c7c9; stroke: #56c7c9; } .span { stroke: #56c7c9; } .paper { fill: #0d1117; }
  }
"""


def _panel(left: float, title: str, below: str, bins: Sequence[Bin]) -> list[str]:
    def x(p: float) -> float:
        return round(left + SIDE * p, 1)

    def y(p: float) -> float:
        return round(TOP + SIDE * (1 - p), 1)

    out = [f'<text class="ink title" x="{left}" y="{TOP - 30}">{title}</text>']
    out += [f'<text class="soft" x="{left}" y="{TOP - 12}">{below}</text>']
    for p in (0.0, 0.25, 0.5, 0.75, 1.0):
        out.append(f'<path class="grid" d="M{x(p)} {y(0)}V{y(1)}M{x(0)} {y(p)}H{x(1)}"/>')
        out.append(f'<text class="soft" x="{x(p)}" y="{y(0) + 18}" text-anchor="middle">{p * 100:g}</text>')
        out.append(f'<text class="soft" x="{left - 8}" y="{y(p) + 4}" text-anchor="end">{p * 100:g}</text>')
    out.append(
        f'<path class="axis" d="M{x(0)} {y(1)}V{y(0)}H{x(1)}"/><path class="ideal" d="M{x(0)} {y(0)}L{x(1)} {y(1)}"/>'
    )
    most = max(b["n"] for b in bins)
    for b in bins:
        size = 3 + 6 * np.log1p(b["n"]) / np.log1p(most)
        out.append(f'<path class="span" d="M{x(b["said"])} {y(b["low"])}V{y(b["high"])}"/>')
        out.append(
            f'<circle class="mark" cx="{x(b["said"])}" cy="{y(b["true"])}" r="{size:.1f}"><title>said '
            f"{b['said'] * 100:.1f} %, true {b['true'] * 100:.1f} % ({b['n']:,} answers)</title></circle>"
        )
    out.append(f'<text class="ink" x="{left + SIDE / 2}" y="{y(0) + 40}" text-anchor="middle">said, %</text>')
    return out


def diagram(panels: Mapping[str, tuple[str, Sequence[Bin]]], title: str, text: str) -> str:
    """Return the reliability diagram as SVG with a text alternative; it follows the reader's light or dark setting.

    Parameters: panels, heading -> (line below it, bins); title and text, for those who cannot see it.
    Returns: the SVG file.
    """
    wide, high = LEFT + len(panels) * (SIDE + GAP) - GAP + 24, TOP + SIDE + 56
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="t d">',
        f'<title id="t">{title}</title><desc id="d">{text}</desc><style>{STYLE}</style>',
        f'<rect class="paper" width="{wide}" height="{high}"/>',
    ]
    for number, (heading, (below, bins)) in enumerate(panels.items()):
        out += _panel(LEFT + number * (SIDE + GAP), heading, below, bins)
    middle = TOP + SIDE / 2
    out.append(f'<text class="ink" transform="translate(18 {middle}) rotate(-90)" text-anchor="middle">true, %</text>')
    return "\n".join([*out, "</svg>", ""])
