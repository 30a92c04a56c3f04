"""A record in TOML."""

from __future__ import annotations

import tomllib
from typing import Any

from twitchwise.errors import LimitError, RecordError
from twitchwise.record import Record, record_from_tables

TOML_LINE_LIMIT = 50_000  # characters in one line


def text_of(data: bytes, name: str) -> str:
    """Decode the bytes of a record.

    Parameters: data, of the file; name, for messages. Returns: its text. Raises: RecordError.

    >>> text_of(b"[person]", "me.toml")
    '[person]'
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"{name}: not UTF-8 text (byte {error.start}). Save it as UTF-8 and try again.") from error
    if not text.strip():
        raise RecordError(f"{name}: the file is empty. Start one with `twitchwise new`.")
    return text


def read_toml(data: bytes, name: str) -> Record:
    """Read a record from TOML.

    Parameters: data, bytes of the file; name, for messages. Returns: the record. Raises: RecordError, LimitError.

    >>> read_toml(b'[[findings]]\\nwhat = "cramps"', "me.toml").findings[0].what
    'cramps'
    """
    text = text_of(data, name)
    if max(map(len, text.splitlines())) > TOML_LINE_LIMIT:
        raise LimitError(
            f"{name}: a line is longer than {TOML_LINE_LIMIT} characters. Check that this is the right file."
        )
    return record_from_tables(_parsed(text, name), name)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = "Texts need quotes, and each block its [[name]] line."
        raise RecordError(f"{name}: not readable as TOML: {' '.join(str(error).split())}. {hint}") from error
    except RecursionError as error:
        raise LimitError(f"{name}: nested too deeply. Use the flat form that `twitchwise new` writes.") from error
    except (ValueError, OverflowError) as error:
        raise RecordError(
            f"{name}: a value cannot be read ({' '.join(str(error).split())[:120]}). Correct it."
        ) from error
