"""The formats a record can be read from and a report can be written to: one file each, one line each here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from twitchwise.errors import FileError
from twitchwise.explain.types import Document
from twitchwise.formats import document, document_html, document_json
from twitchwise.formats.diary import with_diary
from twitchwise.formats.json_file import read_json
from twitchwise.formats.json_out import write_json
from twitchwise.formats.text import write_full, write_text
from twitchwise.formats.toml_file import read_toml
from twitchwise.record import Record, read_bytes
from twitchwise.report.types import Report

READERS: dict[str, Callable[[bytes, str], Record]] = {".toml": read_toml, ".json": read_json}


def _write_html(report: Report) -> str:
    from twitchwise.formats.html import write_html  # brings a template engine: only who asks for HTML waits for it

    return write_html(report)


WRITERS: dict[str, Callable[[Report], str]] = {
    "text": write_text,
    "full": write_full,
    "json": write_json,
    "html": _write_html,
}

DOCUMENT_WRITERS: dict[str, Callable[[Document], str]] = {
    "text": document.write_text,
    "markdown": document.write_markdown,
    "html": document_html.write_html,
    "json": document_json.write_json,
}


def read_record(path: Path) -> Record:
    """Read a person's record; the ending of the file name says the format.

    Parameters: path, a .toml or .json file. Returns: the record. Raises: FileError, LimitError, RecordError.

    >>> read_record(Path("me.docx"))
    Traceback (most recent call last):
    ...
    twitchwise.errors.FileError: me.docx: the ending is not known. Use .json or .toml.
    """
    reader = READERS.get(path.suffix.lower(), read_toml)
    if path.suffix.lower() not in READERS and not path.is_dir():
        raise FileError(f"{path}: the ending is not known. Use {' or '.join(sorted(READERS))}.")
    record = reader(read_bytes(path), path.name)
    return with_diary(record, path.parent) if record.diet.diary else record
