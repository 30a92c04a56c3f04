"""One page from a template: the surroundings every page shares."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from twitchwise.formats.html.cites import Citing
from twitchwise.formats.html.icons import icon
from twitchwise.report.types import Report


@cache
def surroundings() -> Environment:
    """Return the templates' surroundings: every text is escaped, every slip in a name is an error.

    Parameters: none. Returns: the environment, made once.
    """
    return Environment(
        loader=PackageLoader("twitchwise.formats.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def visible(page: str) -> str:
    """Drop characters that a record could carry to hide or turn round what follows.

    Parameters: page. Returns: the page with a space for each control character.

    >>> visible("a" + chr(0x202E) + "b" + chr(0) + "c")
    'a b c'
    """
    return "".join(c if c.isprintable() or c == "\n" else " " for c in page)


@cache
def tool_version() -> str:
    """Return the version of the program.

    Parameters: none. Returns: for example "0.1.0", or "" where it was not installed.
    """
    try:
        return version("twitchwise")
    except PackageNotFoundError:
        return ""


def shared_values(report: Report) -> dict[str, Any]:
    """Collect what every page about a report names.

    Parameters: report. Returns: values by their name; cites(cites, estimate) marks sources, listed() lists those marked
    so far.
    """
    citing = Citing(report.sources)
    on = report.review.on
    return {
        "report": report,
        "cites": citing.mark,
        "listed": citing.listed,
        "icon": icon,
        "version": tool_version(),
        "on": on.isoformat(),
        "on_words": f"{on.day} {on:%B} {on.year}",
    }


def render(template: str, report: Report, **more: Any) -> str:
    """Fill a template that extends base.html.j2.

    Parameters: template, its file name in templates/; report; more, whatever else the template names.
    Returns: a whole page.
    """
    page = visible(surroundings().get_template(template).render(shared_values(report) | more))
    return page.replace(" %", "\u00a0%")  # a figure and its sign stay on one line
