"""Where an answer goes: to the terminal, or whole into a file that only its owner can read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import typer

from twitchwise.errors import FileError


def put(text: str | bytes, output: Path | None, record: Path | None = None) -> None:
    """Write an answer where it was asked for.

    Parameters: text, or the bytes of a file; output, a file that is replaced as a whole, or None for the terminal;
    record, the file the answer was made from (if any), which is never written over. Raises: FileError.
    """
    if output is None:
        typer.echo(text, nl=False)
        return
    if record is not None and output.exists() and record.exists() and output.samefile(record):
        raise FileError(f"{output}: this is the record itself. Choose another name for --output.")
    if output.is_dir():
        raise FileError(f"{output}: this is a folder. Add a file name to --output.")
    try:
        _replace(output, text.encode() if isinstance(text, str) else text)
    except OSError as error:
        raise FileError(f"{output}: it could not be written ({error.strerror}). Choose another place.") from error
    typer.echo(f"Wrote {output}.", err=True)


def _replace(output: Path, content: bytes) -> None:
    """Write beside the file first, so that a full disk never leaves half a page."""
    if output.exists() and not output.is_file():  # /dev/stdout and pipes cannot be replaced
        output.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(prefix=".twitchwise-", dir=output.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
