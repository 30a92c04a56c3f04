"""A report as one self-contained HTML page: no script, no request, light and dark, ready to print."""

from __future__ import annotations

from typing import Any

from twitchwise.formats.html.chain import chain_diagrams
from twitchwise.formats.html.charts import bits_words, interval_bar, interval_words, weight_bar
from twitchwise.formats.html.intake import intake_hills
from twitchwise.formats.html.lab_bars import lab_bar
from twitchwise.formats.html.page import render
from twitchwise.formats.text import TITLES
from twitchwise.report.types import CauseRow, Report, Said, Share
from twitchwise.report.words import VERDICTS, VERDICTS_MEAN, percent, strength

FIRST = ("now", "say")  # what is said before the causes
LAST = ("watch", "back", "end")  # what is said after everything else
WRITE = {
    "bar": interval_bar,
    "span": interval_words,
    "weight": weight_bar,
    "bits": bits_words,
    "strength": strength,
    "chain": chain_diagrams,
    "lab_bar": lab_bar,
    "hills": intake_hills,
}


def write_html(report: Report) -> str:
    """Write a report as one HTML page.

    Parameters: report. Returns: a whole document that loads nothing and runs nothing.
    """
    return render("review.html.j2", report, **page_values(report))


def page_values(report: Report) -> dict[str, Any]:
    """Collect what review.html.j2 names, beside what every page has.

    Parameters: report. Returns: values by their name in the template.
    """
    kinds: dict[str, list[object]] = {kind: [] for kind in TITLES}
    for step in report.steps:
        kinds.setdefault(step.kind, []).append(step)
    return {
        "kinds": kinds,
        "middle": [kind for kind in kinds if kind not in (*FIRST, *LAST) and kinds[kind]],
        # in an emergency nobody should stay at home to answer them
        "tests": () if report.level == "emergency" else report.tests,
        "titles": TITLES,
        "verdicts": VERDICTS,
        "verdicts_mean": VERDICTS_MEAN,
        "reasons": reasons,
        "figures": figures,
        "diet": report.diet,
        "amount": amount,
        **WRITE,
    }


def reasons(row: CauseRow) -> tuple[Said, ...]:
    """List what speaks for and against a cause, the weightiest first.

    Parameters: row. Returns: reasons for it, then reasons against it.
    """
    return (*row.reasons_for, *row.reasons_against)


def figures(one: Share | None) -> str:
    """Write an interval for a table.

    Parameters: one, None where no figure is shown. Returns: the middle and the interval, or a dash.

    >>> figures(Share(0.54, 0.72, 0.65)), figures(Share(0.999, 0.9999, 0.9995)), figures(None)
    ('65 (54 to 72)', '>99', '–')
    """
    if one is None:
        return "–"
    low, high = percent(one.low), percent(one.high)
    middle = low if one.middle is None else percent(one.middle)
    return middle if low == high else f"{middle} ({low} to {high})"


def amount(value: float) -> str:
    """Write an amount for a table.

    Parameters: value, NaN where it is not known. Returns: three figures, or a dash.

    >>> amount(1234.6), amount(float("nan")), amount(0.456)
    ('1,230', '–', '0.456')
    """
    if value != value:
        return "–"
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"
