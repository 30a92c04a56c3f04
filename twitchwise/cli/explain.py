"""`explain` and `compare`: pages about a topic, from the same facts as the review."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twitchwise.cli.app import app
from twitchwise.cli.output import put

if TYPE_CHECKING:
    from twitchwise.explain.types import Document

Format = Annotated[str, typer.Option(help="text, markdown, html or json.")]
Output = Annotated[Path | None, typer.Option(help="Write to this file instead of the screen.", show_default=False)]


def show(document: Document, format: str, output: Path | None) -> None:
    """Write a page to the screen or to a file.

    Parameters: document; format, one of the table of writers; output, a file or None for the screen.
    Raises: typer.BadParameter for another format, FileError when the file cannot be written.
    """
    from twitchwise.formats import DOCUMENT_WRITERS
    from twitchwise.formats.document import write_text
    from twitchwise.formats.text import wants_colour

    if format not in DOCUMENT_WRITERS:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(DOCUMENT_WRITERS)}.", param_hint="--format")
    colour = output is None and format == "text" and wants_colour(sys.stdout.isatty(), os.environ)
    put(write_text(document, True) if colour else DOCUMENT_WRITERS[format](document), output)


@app.command("explain")
def explain_command(
    topic: Annotated[
        list[str] | None, typer.Argument(help="What to explain, in plain words; none lists all.", show_default=False)
    ] = None,
    format: Format = "text",
    output: Output = None,
) -> None:
    """Explain a mineral, a cause, a complaint, a medicine, a habit or a test."""
    from twitchwise.evidence import load_evidence
    from twitchwise.explain.listing import contents
    from twitchwise.explain.topic import explain

    evidence = load_evidence()
    show(explain(" ".join(topic), evidence) if topic else contents(evidence), format, output)


@app.command("compare")
def compare_command(
    topics: Annotated[list[str], typer.Argument(help="Two to eight topics; quote names of several words.")],
    format: Format = "text",
    output: Output = None,
) -> None:
    """Compare two to eight topics side by side, most of all minerals and vitamins."""
    from twitchwise.evidence import load_evidence
    from twitchwise.explain.compare import compare

    show(compare(topics, load_evidence()), format, output)
