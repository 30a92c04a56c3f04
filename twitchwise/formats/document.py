"""Pages of explanation for the terminal (80 columns) and as Markdown, with numbered sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from twitchwise.explain.types import Document, Line, Section, Table
from twitchwise.formats.document_sources import Footnotes

WIDTH = 79
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
GAP = "  "
ROOM = 3  # columns that fit side by side


def worded(line: Line) -> str:
    """Put the mark of a line before its text.

    Parameters: line. Returns: text.

    >>> worded(Line("tremor.", mark="Often"))
    'Often: tremor.'
    """
    return f"{line.mark}: {line.text}" if line.mark else line.text


def cells_of(row: Sequence[Line], numbers: Footnotes) -> list[str]:
    """Write the cells of a row with their sources.

    Parameters: row; numbers. Returns: texts.
    """
    return [worded(cell) + numbers.behind(cell) for cell in row]


def write_text(document: Document, colour: bool = False) -> str:
    """Write a page for a terminal.

    Parameters: document; colour, whether headings are bold. Returns: lines of at most 79 columns.

    >>> print(write_text(Document("x", "explain", "Tea", (Line("It is warm."),), (), {})), end="")
    TEA
    It is warm.
    """
    numbers = Footnotes(document.sources)
    lines = [_bold(document.title.upper(), colour)]
    for line in document.short:
        lines += _wrapped(worded(line) + numbers.behind(line))
    for section in document.sections:
        lines += ["", _bold(section.heading, colour), *_section(section, numbers)]
    if document.see_also:
        lines += ["", *_wrapped(f"See also: {', '.join(document.see_also)}.")]
    listed = numbers.listed()
    if listed:
        lines += ["", _bold("Sources", colour)]
        lines += [part for source in listed for part in _wrapped(source, "", " " * 5)]
    return "\n".join(lines) + "\n"


def _bold(text: str, colour: bool) -> str:
    return f"{BOLD}{text}{PLAIN}" if colour else text


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    clean = "".join(c if c.isprintable() else " " for c in text)
    return textwrap.wrap(clean, WIDTH, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]


def _section(section: Section, numbers: Footnotes) -> Iterable[str]:
    for line in section.lines:
        yield from _wrapped(worded(line) + numbers.behind(line))
    for item in section.items:
        yield from _wrapped(worded(item) + numbers.behind(item), "- ", "  ")
    if section.table is not None:
        yield from _table(section.table, numbers)


def _table(table: Table, numbers: Footnotes) -> Iterable[str]:
    """Columns side by side where they fit, else a block for each row."""
    rows = [cells_of(row, numbers) for row in table.rows]
    if len(table.columns) <= ROOM:
        yield from _columns([list(table.columns), *rows])
        return
    for row in rows:
        yield from ("", row[0])
        for name, cell in zip(table.columns[1:], row[1:], strict=True):
            yield from _wrapped(f"{name}: {cell}", "- ", "  ")


def _columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = _widths(rows)
    for row in rows:
        parts = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for number in range(max(len(part) for part in parts)):
            cells = [part[number] if number < len(part) else "" for part in parts]
            yield GAP.join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Give each column what it needs; what is missing is taken from the widest."""
    needs = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    room = WIDTH - len(GAP) * (len(needs) - 1)
    while sum(needs) > room:
        needs[needs.index(max(needs))] -= 1
    return needs


def write_markdown(document: Document) -> str:
    """Write a page as Markdown with footnotes.

    Parameters: document. Returns: Markdown.

    >>> print(write_markdown(Document("x", "explain", "Tea", (Line("It is warm."),), (), {})), end="")
    # Tea
    <BLANKLINE>
    It is warm.
    """
    numbers = Footnotes(document.sources)
    blocks = [f"# {_plain(document.title)}"]
    blocks += [_footed(line, numbers) for line in document.short]
    for section in document.sections:
        blocks += [f"## {_plain(section.heading)}", *(_footed(line, numbers) for line in section.lines)]
        if section.items:
            blocks.append("\n".join(f"- {_footed(item, numbers)}" for item in section.items))
        if section.table is not None:
            blocks.append(_grid(section.table, numbers))
    if document.see_also:
        blocks.append(f"See also: {_plain(', '.join(document.see_also))}.")
    notes = [_note(source, number, document, numbers) for number, source in enumerate(numbers.listed(), start=1)]
    return "\n\n".join([*blocks, *(["\n".join(notes)] if notes else [])]) + "\n"


def _note(source: str, number: int, document: Document, numbers: Footnotes) -> str:
    key = numbers.keys()[number - 1]
    url = document.sources[key].url
    text = _plain(source.partition("] ")[2])
    return f"[^{number}]: {text}{f' <{url}>' if url else ''}"


def _footed(line: Line, numbers: Footnotes) -> str:
    mark = numbers.behind(line)
    if mark.startswith(" ["):
        mark = "".join(f"[^{number}]" for number in mark.strip(" []").split(","))
    word = f"**{_plain(line.mark)}:** " if line.mark else ""
    return f"{word}{_plain(line.text)}{mark}"


def _plain(text: str) -> str:
    """Keep signs of Markdown and HTML in a text as they stand."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _grid(table: Table, numbers: Footnotes) -> str:
    rows = [[_plain(name) for name in table.columns], ["---"] * len(table.columns)]
    rows += [[_footed(cell, numbers) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
