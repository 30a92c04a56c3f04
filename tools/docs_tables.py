"""Tables of facts as compact HTML, and the small pieces that every generated page of the documentation needs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Cite, Cited

SIGNS = "\\`*_[]<>|#$~{}"
COLUMNS = ("fact", "value", "interval", "basis", "status, tier", "source and place")


@dataclass(frozen=True)
class Row:
    """One fact as a line of a table: what it says, the number, and what it rests on."""

    what: str
    cites: tuple[Cite, ...]
    value: str = ""
    interval: str = ""
    basis: str = ""
    status: str = ""
    note: str = ""
    anchor: str = ""


@dataclass
class Page:
    """A generated page: its place below the root without ending, and its Markdown blocks.

    `up` is the page that lists it, for the many pages that would drown the tree at the side.
    """

    path: str
    title: str
    blocks: list[str] = field(default_factory=list)
    up: str = ""

    def text(self) -> str:
        """Return the Markdown of the page."""
        head = f"---\norphan: true\n---\n\n{{doc}}`/{self.up}` ›\n\n" if self.up else ""
        return head + "\n\n".join([f"# {plain(headed(self.title))}", *self.blocks]) + "\n"


def headed(title: str) -> str:
    """Begin a heading with a capital, where its first word is written small.

    >>> headed("low magnesium"), headed("pH")
    ('Low magnesium', 'pH')
    """
    return title[:1].upper() + title[1:] if title[:2].islower() else title


def plain(text: str) -> str:
    """Keep signs of Markdown in a text as they stand.

    >>> plain("a_b")
    'a\\\\_b'
    """
    for sign in SIGNS:
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def slug(kind: str, id_: str) -> str:
    """Make an anchor that Sphinx leaves as it is.

    >>> slug("factor", "ace_inhibitor")
    'factor-ace-inhibitor'
    """
    return re.sub(r"[^a-z0-9]+", "-", f"{kind}-{id_}".lower()).strip("-")


def relative(target: str, page: str) -> str:
    """Return the link from one page to another (both below the root, the first with its anchor).

    >>> relative("facts/sources.html#s-a", "facts/causes/x")
    '../sources.html#s-a'
    """
    place, _, anchor = target.partition("#")
    return posixpath.relpath(place, posixpath.dirname(page) or ".") + (f"#{anchor}" if anchor else "")


def number(value: float) -> str:
    """Write a number without noise.

    >>> number(0.050000001)
    '0.05'
    """
    return f"{value:.4g}"


def cited(what: str, c: Cited, suffix: str = "") -> Row:
    """Make the row of a number."""
    unit = "" if c.unit == "1" else f" {c.unit}"
    interval = f"{number(c.low)} to {number(c.high)}"
    return Row(what, (c.cite,), f"{number(c.value)}{unit}{suffix}", interval, c.basis, c.status, c.note)


def fact_table(rows: Iterable[Row], evidence: Evidence, page: str) -> str:
    """Write rows as an HTML table in one block."""
    body = []
    for row in rows:
        tier = "/".join(dict.fromkeys(evidence.sources[c.source].tier for c in row.cites))
        note = f"<br><small>{escape(row.note)}</small>" if row.note else ""
        support = ", ".join(x for x in (row.status, tier) if x)
        sources = "<br>".join(source_link(c, evidence, page) for c in row.cites)
        mark = f'<span id="{row.anchor}"></span>' if row.anchor else ""
        body.append((mark + escape(row.what) + note, row.value, row.interval, row.basis, support, sources))
    return html_table(COLUMNS, body)


def source_link(cite: Cite, evidence: Evidence, page: str) -> str:
    """Write a source with its place, and the way to the bibliography."""
    source = evidence.sources[cite.source]
    if source.tier == "own":
        return f"our judgement: {escape(cite.locator)}"
    entry = relative(f"facts/sources.html#{slug('s', cite.source)}", page)
    title = escape(source.title)
    shown = f'<a href="{escape(source.url)}" rel="noopener">{title}</a>' if source.url else title
    return f'{shown}: {escape(cite.locator)} <a href="{entry}" title="in the bibliography">[{cite.source}]</a>'


def html_table(columns: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "facts") -> str:
    """Write cells that are HTML already as a table; on a narrow screen each row becomes a card."""
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in columns)
    lines = []
    for row in rows:
        cells = "".join(
            f'<td data-name="{escape(name)}">{cell}</td>' if cell else "<td></td>"
            for name, cell in zip(columns, row, strict=True)
        )
        lines.append(f"<tr>{cells}</tr>")
    body = "\n".join(lines)
    return f'<table class="cards {kind}">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'


def directory(pages: Iterable[Page], place: str) -> str:
    """Write a list of pages in columns, by title; `place` is the page that it stands on."""
    ordered = sorted(pages, key=lambda p: p.title.lower())
    links = "".join(
        f'<li><a href="{relative(f"{p.path}.html", place)}">{escape(headed(p.title))}</a></li>' for p in ordered
    )
    return f'<ul class="columns">{links}</ul>'


def toctree(paths: Iterable[str], caption: str = "", depth: int = 1) -> str:
    """Write a list of pages that also places them in the tree."""
    head = f":caption: {caption}\n" if caption else ""
    listed = "\n".join(f"/{p}" for p in paths)
    return f"```{{toctree}}\n{head}:maxdepth: {depth}\n\n{listed}\n```"
