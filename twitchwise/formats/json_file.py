"""A record in JSON, the same shape as the TOML form."""

from __future__ import annotations

import json

from twitchwise.errors import LimitError, RecordError
from twitchwise.formats.toml_file import text_of
from twitchwise.record import Record, record_from_tables


def read_json(data: bytes, name: str) -> Record:
    """Read a record from JSON.

    Parameters: data, bytes of the file; name, for messages. Returns: the record. Raises: RecordError, LimitError.

    >>> read_json(b'{"findings": [{"what": "cramps"}]}', "me.json").findings[0].what
    'cramps'
    """
    text = text_of(data, name)
    try:
        tables = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise RecordError(f"{name}: not readable as JSON: {error.msg} at {where}. Correct it there.") from error
    except RecursionError as error:
        raise LimitError(f"{name}: nested too deeply. Use the flat form that `twitchwise new` writes.") from error
    except ValueError as error:
        raise RecordError(f"{name}: a number cannot be read ({str(error)[:80]}). Correct it.") from error
    return record_from_tables(tables, name)
