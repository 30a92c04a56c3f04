"""What was asked and answered with "I don't know": kept beside the record, so that it is not asked again.

It stands under the key `asked` of the tables. It is no part of the record's own shape: no review depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

KEY = "asked"
MOST = 400  # entries of one list


def without_asked(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record alone.

    Parameters: tables. Returns: new tables without our own part.

    >>> without_asked({"asked": {"not_known": ["fever"]}, "diet": "vegan"})
    {'diet': 'vegan'}
    """
    return {key: value for key, value in tables.items() if key != KEY}


def noted(tables: Mapping[str, Any], name: str) -> frozenset[str]:
    """Return one list of what was asked.

    Parameters: tables; name, "not_known" (answered with I don't know) or "done" (dealt with). Returns: its entries.

    >>> sorted(noted({"asked": {"not_known": ["fever", "cough"]}}, "not_known"))
    ['cough', 'fever']
    """
    own = tables.get(KEY)
    entries = own.get(name, ()) if isinstance(own, Mapping) else ()
    return frozenset(str(one) for one in entries) if isinstance(entries, list | tuple) else frozenset()


def with_noted(
    tables: Mapping[str, Any], name: str, add: Iterable[str] = (), take: Iterable[str] = ()
) -> dict[str, Any]:
    """Change one list of what was asked.

    Parameters: tables; name; add, entries to put in; take, entries to take out. Returns: new tables.

    >>> with_noted({}, "not_known", ["fever"])
    {'asked': {'not_known': ['fever']}}
    >>> with_noted({"asked": {"not_known": ["fever"]}}, "not_known", take=["fever"])
    {}
    """
    before = noted(tables, name)
    after = sorted((before - set(take)) | set(add))[:MOST]
    if set(after) == before:
        return dict(tables)
    own = tables.get(KEY)
    rest = {key: value for key, value in own.items() if key != name} if isinstance(own, Mapping) else {}
    changed = {**rest, name: after} if after else rest
    return {**without_asked(tables), KEY: changed} if changed else without_asked(tables)
