"""`benchmark`: answers against cases whose answer is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twitchwise.cli.app import app, progress

measure = typer.Typer(
    help="Measure the answers against cases whose answer is known.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(measure, name="benchmark")


@measure.command("vignettes")
def vignettes_command(
    folder: Annotated[Path, typer.Argument(help="Folder of cases (YAML); folders below it are read too.")],
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    cases: Annotated[bool, typer.Option("--cases", help="Print a line for each case.")] = False,
    drop: Annotated[float, typer.Option(min=0, max=0.95, help="Share of the findings to leave out at random.")] = 0.0,
) -> None:
    """Compare the answers with cases whose answers are known."""
    from twitchwise.benchmark import as_text, measure_folder
    from twitchwise.evidence import load_evidence

    if format not in ("text", "json"):
        raise typer.BadParameter(f"{format!r} is not text or json.", param_hint="--format")
    with progress(None, "Reviewing cases") as tick:
        result = measure_folder(folder, load_evidence(), drop, tick)
    if format == "json":
        import json

        typer.echo(json.dumps(result, indent=1))
    else:
        typer.echo(as_text(result, cases))
