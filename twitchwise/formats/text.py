"""The terminal: 80 columns, urgency first, at most about 60 lines; complete as format "full"."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from twitchwise.plan.types import Step
from twitchwise.report.diet import VERDICTS as EATEN
from twitchwise.report.sources import Numbers
from twitchwise.report.types import CauseRow, LabRow, Report, Said
from twitchwise.report.words import BARS_MEAN, VERDICTS, VERDICTS_MEAN, bar, span, there

WIDTH = 79
LINES = 60
MANY = 99
BOLD, RED, PLAIN = "\x1b[1m", "\x1b[31m", "\x1b[0m"
LOW_WORDS, OVER_WORDS, ENOUGH_WORDS = (
    (EATEN["may_be_low"], EATEN["likely_low"]),
    EATEN["over_limit"],
    EATEN["likely_enough"],
)
SAFETY = ("avoid_", "over_", "label_", "amount_")  # steps that no short form leaves out
TITLES = {
    "now": "Now",
    "reassure": "Good to know",
    "say": "Say to the doctor",
    "test": "Tests to ask for",
    "habit": "Habits to try",
    "food": "Food",
    "supplement": "Supplement safety",
    "honest": "Honestly",
    "watch": "What would change this",
    "back": "Come back",
    "end": "That is all",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a report is printed."""

    causes: int = MANY
    argued: int = MANY  # causes shown with their reasons
    reasons: int = MANY
    alerts: int = MANY
    tests: int = MANY
    labs: int = MANY
    not_used: int = MANY
    withheld: int = MANY
    why: bool = True
    clip: bool = False  # one line for a source
    spaced: bool = True  # an empty line before each section
    steps: Mapping[str, int] = field(default_factory=dict)


def _short(say: int, other: int, **caps: int) -> dict[str, int]:
    most = {"now": 3, "say": say, "watch": 3, "back": 1, "end": 1, "supplement": 2}
    return {kind: most.get(kind, other) for kind in TITLES} | caps


FULL = Detail()
BRIEF = (
    Detail(5, 2, 2, 3, 4, 6, 3, 2, False, True, True, _short(5, 2)),
    Detail(5, 2, 2, 3, 4, 6, 3, 2, False, True, True, _short(5, 1, reassure=2)),
    Detail(4, 2, 1, 3, 3, 5, 2, 2, False, True, True, _short(5, 1, test=2, reassure=2)),
    Detail(4, 1, 1, 3, 3, 5, 2, 1, False, True, True, _short(5, 1, reassure=1, honest=0, now=2)),
    Detail(3, 1, 1, 2, 2, 4, 1, 1, False, True, True, _short(5, 1, reassure=1, honest=0, now=2, watch=2)),
    Detail(3, 1, 1, 2, 0, 3, 1, 1, False, True, True, _short(2, 0, test=1, habit=1, now=2, watch=2)),
    Detail(3, 0, 0, 2, 0, 2, 1, 1, False, True, True, _short(2, 0, test=1, habit=0, now=1, watch=1, end=0)),
)


class Page:
    """Lines of at most 79 columns, with the numbers of the sources met on the way."""

    def __init__(self, report: Report, detail: Detail, colour: bool) -> None:
        self.report, self.detail, self.colour = report, detail, colour
        self.numbers = Numbers(report.sources)
        self.lines: list[str] = []

    def add(self, text: str, first: str = "", rest: str | None = None) -> None:
        """Wrap a text below the ones before.

        Parameters: text; first, start of its first line; rest, start of the others. Returns: nothing.
        """
        indent = " " * len(first) if rest is None else rest
        wrapped = textwrap.wrap(_plain(text), WIDTH, initial_indent=first, subsequent_indent=indent)
        self.lines.extend(wrapped or [first.rstrip()])

    def title(self, text: str) -> None:
        """Start a section.

        Parameters: text, its title. Returns: nothing.
        """
        if self.lines and self.detail.spaced:
            self.lines.append("")
        self.lines.append(f"{BOLD}{text}{PLAIN}" if self.colour else text)

    def said(self, said: Said, first: str) -> None:
        """Add a sentence with its mark.

        Parameters: said, the sentence; first, start of the line. Returns: nothing.
        """
        most = 1 if self.detail.clip else 4
        self.add(said.text + self.numbers.mark(said.cites, said.estimate, most), first)


def _plain(text: str) -> str:
    """Drop control characters that a record could carry into a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _top(page: Page) -> None:
    report = page.report
    mark = "!!! " if report.level == "emergency" else ""
    headline = f"{mark}{report.sign}: {report.headline}"
    page.add(headline)
    if page.colour:
        shade = BOLD + RED if report.level in ("emergency", "prompt") else BOLD
        page.lines[:] = [f"{shade}{line}{PLAIN}" for line in page.lines]
    if report.questions:
        page.add(f"Not yet asked: {'; '.join(report.questions)}. The answers could make it more urgent.", "? ")
    for alert in report.alerts[: page.detail.alerts]:
        page.said(alert, "- ")
    if left := len(report.alerts) - page.detail.alerts:
        page.add(f"{left} more reason{'s' if left > 1 else ''} in the full report." if left > 0 else "", "- ")
        if left < 0:
            page.lines.pop()


NAME = 40
HEAD = f"{'WHAT COULD BE BEHIND IT':<{NAME + 2}} {'explains it':<16} {'have it?':<8} verdict"
CELLS = 6
LEGEND = "explains it: is behind your complaint. have it?: is there. #: sure. =: open."


def _row(number: int, row: CauseRow) -> str:
    name = f"{number} {row.name}"
    name = name if len(name) <= NAME else f"{name[: NAME - 3].rstrip()}..."
    if row.words:
        return f"  {name:<{NAME}} {row.words}"
    share, present = row.explains, row.present
    explains = f"{bar(share.low, share.high, CELLS)} {span(share.low, share.high)}" if share else "-"
    have = there(present.low, present.high) if present else "-"
    return f"  {name:<{NAME}} {explains:<16} {have:<8} {VERDICTS[row.verdict]}".rstrip()


def _argue(page: Page, row: CauseRow) -> None:
    if len(row.parts) > 1 and not page.detail.clip:
        page.add(f"Stands for: {', '.join(row.parts)}", "      ")
    if len(row.chain) > 2:
        page.add(f"The way: {' <- '.join(row.chain)}", "      ")
    for sign, reasons in (("+", row.reasons_for), ("-", row.reasons_against)):
        heard = [r for r in reasons if not (page.detail.clip and r.text.startswith("weak:"))]
        for reason in heard[: page.detail.reasons]:
            page.said(reason, f"      {sign} ")


def _causes(page: Page) -> None:
    report = page.report
    page.title("IN SHORT")
    page.add(" ".join(report.short), "  ")
    if report.causes:
        page.title(HEAD)
    for number, row in enumerate(report.causes[: page.detail.causes], start=1):
        page.lines.append(_row(number, row))
        if number <= page.detail.argued:
            _argue(page, row)
    if any(row.explains for row in report.causes):
        page.add(LEGEND, "  ")
        if not page.detail.clip:
            page.add(f"{BARS_MEAN} {VERDICTS_MEAN}", "  ")
    also = [*(row.name for row in report.causes[page.detail.causes :]), *report.also]
    if also:
        page.add(f"Also possible, but less likely: {_some(also, 5, page)}.", "  ")
    if report.unlikely:
        page.add(f"Very unlikely: {_some(report.unlikely, 3, page)}. {report.unlikely_note}", "  ")
    if report.note:
        page.add(report.note, "  ")


def _some(names: Sequence[str], most: int, page: Page) -> str:
    most = most if page.detail.clip else MANY
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {left} more" if left > 0 else "")


def _labs(page: Page) -> None:
    rows = page.report.labs[: page.detail.labs]
    if rows:
        page.title("YOUR LABORATORY RESULTS")
    for row in rows:
        page.said(Said(_lab(row), row.cites), "  ")


def _lab(row: LabRow) -> str:
    value = f" {row.value}" if row.value != row.level else ""
    word = "" if row.level == "in range" else "range "
    text = f"{row.name}{value}: {row.level}" + (f" ({word}{row.range})" if row.range else "")
    return f"{text}. {row.note}" if row.note else text


def _diet(page: Page) -> None:
    """Name what the diary shows to be short or too much; the whole is `twitchwise diet`."""
    diet = page.report.diet
    if diet is None:
        return
    page.title("WHAT YOU EAT")
    page.add(f"{diet.title}.", "  ")
    told = [row for row in diet.rows if row.verdict in (*LOW_WORDS, OVER_WORDS)]
    for row in told[: 4 if page.detail.clip else MANY]:
        page.said(Said(f"{row.name}: {row.words}: {row.verdict}.", row.cites), "  - ")
    others = [row.name for row in diet.rows if row.verdict == ENOUGH_WORDS]
    if others:
        page.add(f"Enough, most likely: {', '.join(others)}.", "  - ")
    page.add("All nutrients, foods and days: twitchwise diet FILE", "  ")


def _tests(page: Page) -> None:
    tests = page.report.tests[: page.detail.tests]
    if tests and page.detail.clip:
        names = (test.name if test.name.endswith("?") else f"{test.name}." for test in tests)
        page.add(" ".join(names), "WHAT WOULD TELL MOST NEXT: ", "  ")
    elif tests:
        page.title("WHAT WOULD TELL MOST NEXT")
        for test in tests:
            page.said(test, "  - ")
            for outcome in test.outcomes:
                page.add(outcome, "      ")


def _kept(page: Page) -> Iterator[Step]:
    counts: dict[str, int] = {}
    for step in page.report.steps:
        counts[step.kind] = counts.get(step.kind, 0) + 1
        urgent = page.report.level == "emergency"  # such a plan is short already
        if urgent or step.id.startswith(SAFETY) or counts[step.kind] <= page.detail.steps.get(step.kind, MANY):
            yield step


def _step(page: Page, step: Step, label: str) -> None:
    why = f" Why: {step.why}" if page.detail.why and step.why and step.kind != "say" else ""
    most = 1 if page.detail.clip else 4
    mark = page.numbers.mark(step.cites, step.basis == "elicited" and page.detail.why and step.kind != "say", most)
    page.add(step.text + why + mark, label, "      ")


def _plan(page: Page) -> None:
    steps = list(_kept(page))
    if steps:
        page.title("WHAT TO DO")
    for kind, title in TITLES.items():
        group = [step for step in steps if step.kind == kind]
        if kind == "say" and page.detail.clip and group:
            page.add(" ".join(step.text for step in group), f"  {title}: ", "      ")
            continue
        for number, step in enumerate(group):
            _step(page, step, f"  {title}: " if number == 0 else "    - ")
    left = len(page.report.steps) - len(steps)
    if left:
        page.add(f"{left} more step{'s' if left > 1 else ''}: use --format full.", "  ")


def _rest(page: Page) -> None:
    for said in page.report.withheld[: page.detail.withheld]:
        page.said(said, "  Held back: ")
    if page.report.not_used:
        page.title(f"NOT USED ({len(page.report.not_used)})")
        for text in page.report.not_used[: page.detail.not_used]:
            page.add(text, "  - ")
        if len(page.report.not_used) > page.detail.not_used:
            page.add(f"{len(page.report.not_used) - page.detail.not_used} more: use --format full.", "  - ")


def _sources(page: Page) -> None:
    listed = page.numbers.listed()
    if listed:
        page.title("SOURCES")
    for line in listed:
        if page.detail.clip:
            page.lines.append(line if len(line) <= WIDTH else f"{line[: WIDTH - 3].rstrip()}...")
        else:
            page.add(line, "", "    ")


def _compose(report: Report, detail: Detail, colour: bool) -> list[str]:
    page = Page(report, detail, colour)
    urgent = (_top, _plan, _causes, _labs, _diet)
    order = urgent if report.level == "emergency" else (_top, _causes, _labs, _diet, _tests, _plan)
    for part in (*order, _rest, _sources):
        part(page)
    for line in report.footer:
        page.add(line)
    return page.lines


def write_text(report: Report, colour: bool = False) -> str:
    """Write a report for the terminal: the fullest form that fits into 60 lines.

    Parameters: report; colour, whether to add ANSI colour. Returns: lines of at most 79 columns.
    """
    lines: list[str] = []
    short = BRIEF[2:] if report.level == "emergency" else BRIEF
    for detail, spaced in product(short, (True, False)):
        lines = _compose(report, replace(detail, spaced=spaced), colour)
        if len(lines) <= LINES:
            break
    return "\n".join(lines) + "\n"


def write_full(report: Report, colour: bool = False) -> str:
    """Write everything that a report holds for the terminal.

    Parameters: report; colour, whether to add ANSI colour. Returns: lines of at most 79 columns.
    """
    return "\n".join(_compose(report, FULL, colour)) + "\n"


def wants_colour(is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Say whether to use colour.

    Parameters: is_terminal, whether the output goes to a terminal; environment, its variables. Returns: True or False.

    >>> wants_colour(True, {"NO_COLOR": "1"}), wants_colour(True, {}), wants_colour(False, {})
    (False, True, False)
    """
    return is_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def widths(lines: Iterable[str]) -> int:
    """Return the widest line in columns.

    Parameters: lines. Returns: a count.

    >>> widths(["ab", "abc"])
    3
    """
    return max((len(line) for line in lines), default=0)
