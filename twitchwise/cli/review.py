"""`review` and `new`: a record in, an answer out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from twitchwise.cli.app import File, Format, On, app, day, progress


@app.command("review")
def review_command(
    file: File,
    format: Format = "text",
    on: On = "",
    draws: Annotated[int, typer.Option(min=0, max=5000, help="Parameter draws behind each interval.")] = 500,
) -> None:
    """Review a record: how urgent, what could be behind it, what to do next."""
    from twitchwise.evidence import load_evidence
    from twitchwise.formats import WRITERS, read_record
    from twitchwise.formats.text import wants_colour, write_text
    from twitchwise.report import make_report
    from twitchwise.review import review

    if format not in WRITERS:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(WRITERS)}.", param_hint="--format")
    evidence, when = load_evidence(), day(on)
    record = read_record(file)
    with progress(draws + 1, "Weighing the causes") as tick:
        found = review(record, evidence, when, draws, tick=tick)
    report = make_report(found, evidence)
    colour = wants_colour(sys.stdout.isatty(), os.environ)
    typer.echo(write_text(report, colour) if format == "text" else WRITERS[format](report), nl=False)


@app.command("new")
def new_command(file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)]) -> None:
    """Write a starting record with comments; an existing file is never overwritten."""
    from twitchwise.record import write_new

    write_new(file)
    typer.echo(f"Wrote {file}. Fill in what you know, then: twitchwise review {file}")
