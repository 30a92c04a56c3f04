"""Pages of explanation as one self-contained HTML file: no script, no request, sources that open in place."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from twitchwise.explain.types import Document, Line, Section, Table
from twitchwise.formats.document_sources import Footnotes

COLUMNS = 3  # that fit the width of a column of text
STYLE = """
:root{color-scheme:light dark;--ink:#1d2b33;--soft:#51626c;--page:#fbfaf7;--line:#d8d4c9;--link:#0b5c7a}
@media(prefers-color-scheme:dark){:root{--ink:#e8e6e0;--soft:#a9b6bc;--page:#161b1e;--line:#3a444a;--link:#8cc9e4}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1.06rem/1.6 Georgia,"Times New Roman",serif}
main,footer{max-width:44rem;margin:0 auto;padding:1rem 1.1rem;overflow-wrap:break-word}
.skip{position:absolute;left:-99rem}.skip:focus{position:static;display:block;padding:.6rem}
h1{font-size:1.9rem;line-height:1.2;margin:.6rem 0}h2{font-size:1.2rem;margin:2rem 0 .4rem}
a{color:var(--link)}nav,.soft,footer{color:var(--soft);font-size:.95rem}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:0;list-style:none}
.say{margin:.5rem 0}ul.said{padding-left:1.2rem}.mark{font-weight:bold}
details.source{display:inline;font-size:.85rem}details.source[open]{display:block;border-left:3px solid var(--line);
padding:.2rem .7rem;margin:.3rem 0}
details.source>summary{display:inline;cursor:pointer;color:var(--link);text-decoration:underline dotted}
details.source ol{margin:.2rem 0;padding-left:1.2rem}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;width:100%;margin:.6rem 0}
th,td{border-top:1px solid var(--line);padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top}
main.wide{max-width:84rem}.wide td,.wide th{font-size:.95rem}
@media(max-width:34rem){table,tbody,tr,th,td{display:block;border:0;padding:.1rem 0}
thead{position:absolute;left:-99rem}tr{border-top:1px solid var(--line);padding:.5rem 0}
td::before{content:attr(data-name) ": ";color:var(--soft)}}
@media print{body{background:#fff;color:#000;font-size:10.5pt}nav,.skip{display:none}h2{break-after:avoid}
tr,li,.say{break-inside:avoid}}
"""


def write_html(document: Document) -> str:
    """Write a page as one HTML file.

    Parameters: document. Returns: a whole page; nothing in it is loaded from elsewhere.

    >>> write_html(Document("x", "explain", "Tea & milk", (), (), {})).splitlines()[0]
    '<!doctype html>'
    """
    notes = Footnotes(document.sources)
    title = escape(document.title)
    body = [f"<h1>{title}</h1>", *(_said(line, notes) for line in document.short), _contents(document)]
    for section in document.sections:
        body += _section(section, notes)
    if document.see_also:
        body.append(f'<p class="soft">See also: {escape(", ".join(document.see_also))}.</p>')
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title} - twitchwise</title>",
            f"<style>{STYLE}</style></head>",
            '<body><a class="skip" href="#main">Skip to the text</a>',
            f'<main id="main"{_wide(document)}>\n{chr(10).join(body)}\n</main>',
            *_footer(notes, document),
            "</body></html>\n",
        ]
    )


def _wide(document: Document) -> str:
    """A table of many columns may use the whole screen."""
    most = max((len(section.table.columns) for section in document.sections if section.table), default=0)
    return ' class="wide"' if most > COLUMNS else ""


def _contents(document: Document) -> str:
    if len(document.sections) < 4:
        return ""
    links = "".join(f'<li><a href="#{escape(s.id)}">{escape(s.heading)}</a></li>' for s in document.sections)
    return f'<nav aria-label="On this page"><ul>{links}</ul></nav>'


def _inner(line: Line, notes: Footnotes) -> str:
    word = f'<span class="mark">{escape(line.mark)}:</span> ' if line.mark else ""
    return f"{word}{escape(line.text)}{_sources(line, notes)}"


def _sources(line: Line, notes: Footnotes) -> str:
    """The sources of a sentence, closed until somebody opens them."""
    mark = notes.behind(line).strip()
    shown = notes.shown(line.cites)
    if not mark.startswith("["):
        return f' <span class="soft">{escape(mark)}</span>' if mark else ""
    listed = "".join(f"<li>{_source(cite.source, cite.locator, notes)}</li>" for cite in shown)
    numbers = mark.strip("[]").replace(",", ", ")
    summary = f'<summary aria-label="Source {numbers}">{escape(mark)}</summary>'
    return f' <details class="source">{summary}<ol>{listed}</ol></details>'


def _source(key: str, locator: str, notes: Footnotes) -> str:
    source = notes.source(key)
    year = f", {source.year}" if source.year and str(source.year) not in source.title else ""
    place = f" ({escape(locator)})" if locator else ""
    title = f"{escape(source.title)}{year}"
    if source.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(source.url)}" rel="noreferrer noopener">{title}</a>'
    return f"{title}{place}"


def _said(line: Line, notes: Footnotes) -> str:
    return f'<div class="say">{_inner(line, notes)}</div>'


def _section(section: Section, notes: Footnotes) -> Iterable[str]:
    name = escape(section.id)
    yield f'<section id="{name}" aria-labelledby="{name}-title"><h2 id="{name}-title">{escape(section.heading)}</h2>'
    yield from (_said(line, notes) for line in section.lines)
    if section.items:
        items = "".join(f"<li>{_inner(item, notes)}</li>" for item in section.items)
        yield f'<ul class="said">{items}</ul>'
    if section.table is not None:
        yield _table(section.table, notes)
    yield "</section>"


def _table(table: Table, notes: Footnotes) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = []
    for row in table.rows:
        cells = [f'<th scope="row">{_inner(row[0], notes)}</th>']
        cells += [
            f'<td data-name="{escape(name)}">{_inner(cell, notes)}</td>'
            for name, cell in zip(table.columns[1:], row[1:], strict=True)
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _footer(notes: Footnotes, document: Document) -> Iterable[str]:
    keys = notes.keys()
    if keys:
        listed = "".join(f"<li>{_source(key, '', notes)}</li>" for key in keys)
        yield f"<footer><h2>Sources</h2><ol>{listed}</ol></footer>"
