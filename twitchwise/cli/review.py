"""`review` and `new`: a record in, an answer out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from twitchwise.cli.app import File, Format, On, app, day, foods_at_hand, progress
from twitchwise.cli.output import put


@app.command("review")
def review_command(
    file: File,
    format: Format = "text",
    on: On = "",
    draws: Annotated[int, typer.Option(min=0, max=5000, help="Parameter draws behind each interval.")] = 500,
    output: Annotated[Path | None, typer.Option(help="Write into this file.", show_default="the terminal")] = None,
    audience: Annotated[str, typer.Option("--for", help="doctor or dietitian.", show_default="the person")] = "",
) -> None:
    """Review a record: how urgent, what could be behind it, what to do next."""
    from twitchwise.evidence import load_evidence
    from twitchwise.formats import read_record
    from twitchwise.formats.audiences import SHEETS
    from twitchwise.formats.text import wants_colour, write_text
    from twitchwise.report import make_report
    from twitchwise.review import review

    _check(audience, format, output)
    evidence, when = load_evidence(), day(on)
    record = read_record(file)
    with progress(draws + 1, "Weighing the causes") as tick:
        found = review(record, evidence, when, draws, tick=tick, foods=foods_at_hand)
    report = make_report(found, evidence)
    colour = output is None and wants_colour(sys.stdout.isatty(), os.environ)
    person = (audience, format) == ("", "text")
    put(write_text(report, colour) if person else SHEETS[audience, format](report, evidence), output, file)


def _check(audience: str, format: str, output: Path | None) -> None:
    """Refuse what cannot be written before the work begins."""
    from twitchwise.formats.audiences import AUDIENCES, formats_for

    if audience not in AUDIENCES:
        raise typer.BadParameter(f"{audience!r} is not one of {', '.join(AUDIENCES[1:])}.", param_hint="--for")
    if format not in formats_for(audience):
        doctor = " The PDF is for the doctor: add --for doctor." if format == "pdf" else ""
        raise typer.BadParameter(
            f"{format!r} is not one of {', '.join(formats_for(audience))}.{doctor}", param_hint="--format"
        )
    if format == "pdf":
        from twitchwise.formats.pdf import ensure_installed

        ensure_installed()
        if output is None and sys.stdout.isatty():
            raise typer.BadParameter("a PDF needs a file. Add --output FILE.pdf.", param_hint="--output")


@app.command("new")
def new_command(file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)]) -> None:
    """Write a starting record with comments. A file that is there is never lost."""
    from twitchwise.record import write_new

    write_new(file)
    typer.echo(f"Wrote {file}. Fill in what you know, then: twitchwise review {file}")
