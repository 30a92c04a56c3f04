"""A page of explanation in order, before any outside format: headings, sentences, lists, tables, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twitchwise.evidence.types import Cite, Source


@dataclass(frozen=True, slots=True)
class Line:
    """A plain sentence with what it rests on; `mark` is a word that stands before it, such as a verdict."""

    text: str
    cites: tuple[Cite, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of lines under column names; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences, a list or a table below it."""

    id: str
    heading: str
    lines: tuple[Line, ...] = ()
    items: tuple[Line, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One page: what it is about, in short, in sections, and every source it cites."""

    id: str
    kind: str  # explain | compare | faq | claims
    title: str
    short: tuple[Line, ...]
    sections: tuple[Section, ...]
    sources: Mapping[str, Source]
    see_also: tuple[str, ...] = ()
