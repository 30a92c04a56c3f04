"""Records and reviews as bytes, each with a checksum, so that damage is noticed and never shown as if it were data."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from twitchwise.errors import LimitError, RecordError
from twitchwise.household.types import Damaged
from twitchwise.record import DEPTH_LIMIT, SIZE_LIMIT

REVIEW_LIMIT: Final = 20_000_000  # bytes of one kept review
AGAIN: Final = "Older versions may still be readable: see the history, or export everything."


def pack_tables(tables: Mapping[str, Any]) -> bytes:
    """Write the plain tables of a record as JSON.

    Parameters: tables. Returns: the bytes, the same for the same tables. Raises: RecordError, LimitError.

    >>> pack_tables({"person": {"age": 40, "sex": "female"}, "labs": []})
    b'{"person":{"age":40,"sex":"female"},"labs":[]}'
    """
    if not isinstance(tables, Mapping):
        raise RecordError("A record is a table with parts such as [person]. Nothing was saved.")
    try:
        text = json.dumps(_plain(tables, DEPTH_LIMIT + 1), ensure_ascii=False, separators=(",", ":"))
    except ValueError as error:
        raise RecordError("A number in the record is too long to be kept. Shorten it.") from error
    data = text.encode("utf-8")
    if len(data) > SIZE_LIMIT:
        raise LimitError(
            f"The record is larger than {SIZE_LIMIT // 1_000_000} MB. Take out what is old and save again."
        )
    return data


def _plain(value: Any, depth: int) -> Any:
    """Dates become texts, as the reader of a record does too; no infinite number, for JSON has none."""
    if depth <= 0:
        raise LimitError(f"The record is nested deeper than {DEPTH_LIMIT} levels. It was not saved.")
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(_plain(str(key), depth)): _plain(item, depth - 1) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(item, depth - 1) for item in value]
    raise RecordError(f"A value of the kind {type(value).__name__} cannot be kept. Nothing was saved.")


def unpack_tables(data: bytes, checksum: int) -> dict[str, Any]:
    """Read the tables of a record back.

    Parameters: data; checksum, as kept beside it. Returns: the tables. Raises: Damaged.

    >>> data = pack_tables({"diet": {"pattern": "vegan"}})
    >>> unpack_tables(data, check(data))
    {'diet': {'pattern': 'vegan'}}
    """
    try:
        tables = json.loads(data) if check(data) == checksum else None
    except (ValueError, TypeError):
        tables = None
    if not isinstance(tables, dict):
        raise Damaged(f"One saved version of this record is damaged and cannot be read. {AGAIN}")
    return tables


def check(data: bytes) -> int:
    """Make the checksum of an entry.

    Parameters: data. Returns: a number that almost surely differs after any damage.

    >>> check(b"ab") == check(b"aB")
    False
    """
    return zlib.crc32(data)


def pack_text(text: str) -> bytes:
    """Make a kept review small.

    Parameters: text. Returns: bytes. Raises: LimitError.

    >>> unpack_text(pack_text('{"level": 1}'), check(pack_text('{"level": 1}')))
    '{"level": 1}'
    """
    data = text.encode("utf-8", "replace")
    if len(data) > REVIEW_LIMIT:
        raise LimitError(f"The review is larger than {REVIEW_LIMIT // 1_000_000} MB and was not kept.")
    return zlib.compress(data, 6)


def unpack_text(data: bytes, checksum: int) -> str:
    """Read a kept review back.

    Parameters: data; checksum, as kept beside it. Returns: its text. Raises: Damaged.
    """
    try:
        if check(data) == checksum:
            return zlib.decompress(data).decode("utf-8")
    except (zlib.error, UnicodeDecodeError, TypeError):
        pass
    raise Damaged("One kept review is damaged and cannot be read. Make a new review from the record.")
