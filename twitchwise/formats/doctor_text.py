"""The doctor's sheet as text: 25 lines to paste into a record, or everything."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from twitchwise.report.doctor import on_day
from twitchwise.report.sheet_types import DoctorSheet, LabLine, Taking, WhyNot
from twitchwise.report.sources import Numbers
from twitchwise.report.types import CauseRow, Said
from twitchwise.report.words import VERDICTS, span

WIDTH = 80
LINES = 25
CLIP = 150  # longest item of the short form
FIT_MARKS = {
    "fits": "FITS ONSET",
    "open": "time open",
    "does_not": "no fit",
    "no_effect": "",
    "not_known": "NOT UNDERSTOOD",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the short sheet: a label, its items in order of weight, the fewest lines it may shrink to."""

    label: str
    items: tuple[str, ...]
    floor: int = 1
    brief: tuple[str, ...] = ()  # the same items in fewer words


def clean(text: str) -> str:
    """Drop control characters and line breaks that a record could carry.

    Parameters: text. Returns: one line.

    >>> clean("a\\n\\x1b[31mb")
    'a [31mb'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def clipped(text: str, most: int = CLIP) -> str:
    """Cut a text that is too long, at a word.

    Parameters: text; most, characters. Returns: the text, or its start with three dots.

    >>> clipped("one two three", 9)
    'one...'
    """
    text = clean(text)
    return text if len(text) <= most else text[: most - 3].rsplit(" ", 1)[0].rstrip(" ,;:") + "..."


def lines_of(part: Part, most: int) -> list[str]:
    """Write a part in at most so many lines; what does not fit is counted.

    Parameters: part; most, lines. Returns: lines of at most 80 columns.

    >>> lines_of(Part("LABS", ("sodium 140 mmol/L", "potassium 3.9 mmol/L", "urea " * 12)), 1)
    ['LABS: sodium 140 mmol/L; potassium 3.9 mmol/L; +1 more']
    """
    items = [clipped(item) for item in part.items]
    brief = [clipped(item) for item in part.brief] or items
    for kept in range(len(items), 0, -1):
        left = len(items) - kept
        for words in (items, brief):
            text = "; ".join([*words[:kept], *([f"+{left} more"] if left else [])])
            lines = _wrapped(f"{part.label}: {text}")
            if len(lines) <= most:
                return lines
    items = brief
    more = f"; +{len(items) - 1} more" if len(items) > 1 else ""
    room = most * (WIDTH - 12) - len(part.label) - len(more)
    return _wrapped(f"{part.label}: {clipped(items[0], room)}{more}")[:most]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _shared(parts: Sequence[Part], most: int) -> list[list[str]]:
    """Share the lines among the parts: the one furthest above its floor gives first."""
    written = [lines_of(part, most) for part in parts]
    while sum(map(len, written)) > most:
        spare = [max(len(lines) - part.floor, 0) / part.floor for part, lines in zip(parts, written, strict=True)]
        if not any(spare):
            break
        widest = max(range(len(parts)), key=lambda n: (spare[n], n))  # of equals the later one: it weighs less
        written[widest] = lines_of(parts[widest], len(written[widest]) - 1)
    for n, part in enumerate(parts):  # a line that is left goes to the first part that can use it
        longer = lines_of(part, len(written[n]) + 1)
        if sum(map(len, written)) - len(written[n]) + len(longer) <= most:
            written[n] = longer
    return written


def taking(one: Taking) -> str:
    """Say a medicine in one item: name, dose, start, fit, what it is known to do.

    Parameters: one, a medicine. Returns: the item, without sources.
    """
    since = f"since {one.since}" if one.since else ""
    changed = f"changed {one.changed}" if one.changed else ""
    facts = ", ".join(t for t in (since, changed, FIT_MARKS[one.fit]) if t)
    return f"{one.name} {one.dose}".strip() + (f" ({facts})" if facts else "")


def _known(one: Taking, numbers: Numbers) -> str:
    text = taking(one)
    if one.fit in ("fits", "open") and one.known:
        first = one.known[0]
        text += f": {first.text.partition(' (odds')[0]}{numbers.mark(first.cites, False, 1)}"
    return text


def lab(line: LabLine) -> str:
    """Say a laboratory result in one item, as written, with what it was converted to.

    Parameters: line. Returns: the item.
    """
    converted = f" = {line.converted}" if line.converted else ""
    aside = ", ".join(t for t in (line.range, on_day(line.on), line.change) if t)
    return f"{line.name} {line.value}{converted}{f' ({aside})' if aside else ''} {line.flag}".rstrip()


def explanation(row: CauseRow) -> str:
    """Say a leading cause in one item: verdict, share, the best reason on each side.

    Parameters: row, the cause. Returns: the item.
    """
    share = f" {span(row.explains.low, row.explains.high)}" if row.explains is not None else ""
    text = f"{row.name}: {row.words or VERDICTS[row.verdict] + share}"
    for sign, reasons in (("for", row.reasons_for), ("against", row.reasons_against)):
        if reasons:
            text += f"; {sign}: {reasons[0].text.partition(': ')[2] or reasons[0].text}"
    return text


def _urgency(sheet: DoctorSheet, numbers: Numbers) -> tuple[str, ...]:
    rules = [f"{a.said.text}{numbers.mark(a.said.cites, a.said.estimate, 1)} <{a.rule}>" for a in sheet.alerts]
    return (f"{sheet.sign}. {sheet.headline.rstrip('.')}", *rules)


def none(items: Sequence[str], otherwise: str = "none stated") -> tuple[str, ...]:
    """Give the items, or say that there are none.

    Parameters: items; otherwise, what to say. Returns: at least one item.
    """
    return tuple(items) or (otherwise,)


def _parts(sheet: DoctorSheet, numbers: Numbers) -> list[Part]:
    """List the parts in order; sources are numbered as they are met."""
    header = [Part(f"TWITCHWISE {sheet.on}", (sheet.footer[-1],)), Part("WHO", (sheet.who,))]
    history = [
        Part("URGENCY", _urgency(sheet, numbers), 3),
        Part("COMPLAINT", none(sheet.complaints), 2),
        Part("ALSO PRESENT", none(sheet.present), 1, _first(sheet.present, ",")),
        Part("ASKED AND DENIED", none(sheet.denied, "nothing"), 2),
        Part("NOT ASKED", none(sheet.not_asked, "every danger sign was asked"), 2),
        Part("HISTORY", none((*sheet.history, *sheet.life))),
    ]
    return [*header, *history, *_taken(sheet, numbers), *_found(sheet)]


def _first(items: Sequence[str], before: str) -> tuple[str, ...]:
    return tuple(item.partition(before)[0] for item in items)


def _taken(sheet: DoctorSheet, numbers: Numbers) -> list[Part]:
    nothing = "takes none" if sheet.no_medicines else "none stated"
    known = [_known(one, numbers) for one in sheet.medicines]
    short = tuple(f"{one.name} {one.dose}{' FITS' if one.fit == 'fits' else ''}".strip() for one in sheet.medicines)
    totals = [t.text + numbers.mark(t.cites, t.estimate, 2) for t in sheet.totals]
    products = [taking(one) for one in sheet.supplements]
    brief = (*_first([t.text for t in sheet.totals], " ("), *_first(products, " ("))
    return [
        Part("MEDICINES", none(known, nothing), 3, short),
        Part("SUPPLEMENTS", none([*totals, *products]), 1, brief),
    ]


def _found(sheet: DoctorSheet) -> list[Part]:
    results = [*(lab(one) for one in sheet.labs), *sheet.tests_done]
    short = tuple(f"{one.name} {one.value} {one.flag}" for one in sheet.labs)
    rows = sheet.leading[:3]
    leading = [
        Part(f"EXPLANATION {n}", (explanation(row),), 1, _first([explanation(row)], "; for:"))
        for n, row in enumerate(rows, start=1)
    ]
    tests = tuple(test.text for test in sheet.suggested)
    return [
        Part("RESULTS", none(results), 2, (*short, *sheet.tests_done)),
        *(leading or [Part("EXPLANATIONS", ("nothing to explain is stated",))]),
        Part("SUGGESTED", none(tests, "no test would change the picture"), 1, _first(tests, ": it would")),
    ]


def write_doctor(sheet: DoctorSheet) -> str:
    """Write the doctor's sheet to paste into a record: at most 25 lines of 80 columns.

    Parameters: sheet. Returns: the text.
    """
    numbers = Numbers(sheet.sources)
    parts = _parts(sheet, numbers)
    listed = numbers.listed()
    if listed:
        parts.append(Part("SOURCES", tuple(clipped(one, 74) for one in listed)))
    return "\n".join(line for lines in _shared(parts, LINES) for line in lines) + "\n"


class Full:
    """Lines of the full sheet, with the numbers of the sources met on the way."""

    def __init__(self, sheet_sources: Numbers) -> None:
        self.numbers = sheet_sources
        self.lines: list[str] = []

    def section(self, title: str, items: Iterable[str | Said], otherwise: str = "none stated") -> None:
        """Add a titled list.

        Parameters: title; items, texts or sentences with sources; otherwise, said when there are none.
        """
        self.lines += ["", title] if self.lines else [title]
        for item in list(items) or [otherwise]:
            marked = isinstance(item, Said)
            text = item.text + self.numbers.mark(item.cites, item.estimate) if isinstance(item, Said) else item
            indent = "  - " if marked or item != otherwise else "  "
            self.lines += textwrap.wrap(clean(text), WIDTH, initial_indent=indent, subsequent_indent="    ")


def full_taking(one: Taking) -> Said:
    """Say a medicine with its fit and everything it is known to do.

    Parameters: one. Returns: a sentence with its sources.
    """
    known = "; ".join(effect.text for effect in one.known)
    text = f"{taking(one)}. {one.fit_words}{f'. It {known}' if known else ''}."
    cites = tuple(dict.fromkeys(cite for effect in one.known for cite in effect.cites))
    return Said(text, cites, any(effect.estimate for effect in one.known))


def argued(number: int, row: CauseRow) -> list[Said]:
    """Say a leading cause with its reasons.

    Parameters: number, its place; row. Returns: sentences, the cause first.
    """
    share = f", explains {span(row.explains.low, row.explains.high)}" if row.explains else ""
    there = f", present {span(row.present.low, row.present.high)}" if row.present else ""
    chain = f". The way: {' <- '.join(row.chain)}" if len(row.chain) > 2 else ""
    first = Said(f"{number} {row.name}: {row.words or VERDICTS[row.verdict] + share + there}{chain}.")
    reasons = [Said(f"{number} for, {r.text}", r.cites, r.estimate) for r in row.reasons_for[:4]]
    reasons += [Said(f"{number} against, {r.text}", r.cites, r.estimate) for r in row.reasons_against[:4]]
    return [first, *reasons]


def why_not_line(one: WhyNot) -> Said:
    """Say in one line what speaks against a cause.

    Parameters: one. Returns: a sentence with its sources.
    """
    head = ", ".join(t for t in (VERDICTS.get(one.verdict, ""), one.share) if t)
    return Said(f"{one.name}{f' ({head})' if head else ''}: {one.text.text}", one.text.cites, one.text.estimate)


Sections = list[tuple[str, list[str | Said], str]]


def full_sections(sheet: DoctorSheet) -> Sections:
    """List the sections of the full sheet, in order.

    Parameters: sheet. Returns: title, items, and what to say when there are none.
    """
    leading = [said for n, row in enumerate(sheet.leading, start=1) for said in argued(n, row)]
    shown = [one for one in sheet.why_not if not one.folded]
    folded = [one for one in sheet.why_not if one.folded]
    write: Callable[[Iterable[WhyNot]], list[str | Said]] = lambda many: [why_not_line(one) for one in many]  # noqa: E731
    alerts = [Said(f"{a.said.text}. Rule {a.rule}", a.said.cites, a.said.estimate) for a in sheet.alerts]
    nothing = "takes none" if sheet.no_medicines else "none stated"
    return [
        (f"URGENCY: {sheet.sign}. {sheet.headline}", [*alerts], "no rule fired"),
        ("COMPLAINT", [*sheet.complaints], "none stated"),
        ("IN THE PERSON'S WORDS", [*sheet.own_words], "no notes"),
        ("ALSO PRESENT", [*sheet.present], "none stated"),
        ("ASKED AND DENIED", [*sheet.denied], "nothing"),
        ("NOT ASKED", [*sheet.not_asked], "every danger sign was asked"),
        ("HISTORY, DIET AND HABITS", [*sheet.history, *sheet.life], "none stated"),
        ("MEDICINES BY START", [full_taking(one) for one in sheet.medicines], nothing),
        ("SUPPLEMENTS", [*(full_taking(one) for one in sheet.supplements), *sheet.totals], "none stated"),
        ("RESULTS", [*(Said(lab(o), o.source.cites) for o in sheet.labs), *sheet.tests_done], "none stated"),
        ("LEADING EXPLANATIONS", [*leading, *([sheet.note] if sheet.note else [])], "nothing to explain is stated"),
        ("SUGGESTED TESTS", [*sheet.suggested], "no test would change the picture"),
        ("WHY NOT", write(shown), "-"),
        ("WHY NOT: UNLIKELY", write(folded), "-"),
        ("NOT USED", [*sheet.not_used], "everything was understood"),
    ]


def write_doctor_full(sheet: DoctorSheet) -> str:
    """Write everything on the doctor's sheet.

    Parameters: sheet. Returns: lines of at most 80 columns.
    """
    page = Full(Numbers(sheet.sources))
    page.lines += textwrap.wrap(f"TWITCHWISE {sheet.on}: {sheet.footer[-1]}", WIDTH)
    page.lines += textwrap.wrap(clean(f"WHO: {sheet.who}"), WIDTH)
    for title, items, otherwise in full_sections(sheet):
        page.section(title, items, otherwise)
    page.lines += ["", "SOURCES"]
    for line in page.numbers.listed():
        page.lines += textwrap.wrap(line, WIDTH, subsequent_indent="    ", break_long_words=True)
    return "\n".join([*page.lines, "", *sheet.footer[:1]]) + "\n"
