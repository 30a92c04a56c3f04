"""Pages of explanation as JSON."""

from __future__ import annotations

import json
from typing import Any

from twitchwise.explain.types import Document, Line, Section

SCHEMA = "twitchwise.document/1"


def _line(line: Line) -> dict[str, Any]:
    sources = [{"source": c.source, "locator": c.locator} for c in line.cites]
    return {"text": line.text, "mark": line.mark, "sources": sources}


def _section(section: Section) -> dict[str, Any]:
    table = section.table and {
        "columns": list(section.table.columns),
        "rows": [[_line(cell) for cell in row] for row in section.table.rows],
    }
    return {
        "id": section.id,
        "heading": section.heading,
        "lines": [_line(line) for line in section.lines],
        "items": [_line(item) for item in section.items],
        "table": table,
    }


def write_json(document: Document) -> str:
    """Write a page as JSON.

    Parameters: document. Returns: JSON text that ends with a line break.

    >>> json.loads(write_json(Document("x", "explain", "Tea", (), (), {})))["schema"]
    'twitchwise.document/1'
    """
    sources = {
        key: {"title": s.title, "year": s.year, "kind": s.kind, "tier": s.tier, "url": s.url}
        for key, s in document.sources.items()
    }
    whole = {
        "schema": SCHEMA,
        "kind": document.kind,
        "id": document.id,
        "title": document.title,
        "short": [_line(line) for line in document.short],
        "sections": [_section(section) for section in document.sections],
        "see_also": list(document.see_also),
        "sources": sources,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
