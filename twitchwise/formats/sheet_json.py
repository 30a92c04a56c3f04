"""The sheets for professionals as JSON: the dataclasses as they are, with the sources that they cite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from twitchwise.report.sheet_types import DietitianSheet, DoctorSheet


def _keys(part: Any) -> Iterator[str]:
    """Find the source keys that a part of the sheet cites."""
    if isinstance(part, dict):
        if set(part) == {"source", "locator"}:
            yield part["source"]
        for value in part.values():
            yield from _keys(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _keys(value)


def write_sheet_json(sheet: DoctorSheet | DietitianSheet) -> str:
    """Write a sheet as JSON.

    Parameters: sheet. Returns: JSON text that ends with a line break.
    """
    plain = msgspec.to_builtins(sheet)
    sources = plain.pop("sources")
    audience = "doctor" if isinstance(sheet, DoctorSheet) else "dietitian"
    cited = sorted(set(_keys(plain)) & set(sources))
    whole = {"schema": f"twitchwise.{audience}/1", **plain, "sources": {key: sources[key] for key in cited}}
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
