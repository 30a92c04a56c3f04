"""`serve`: the page on this computer."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from twitchwise.cli.app import app


@app.command("serve")
def serve_command(
    port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Port to listen on.", show_default="8765 or the next free one")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")] = True,
    data: Annotated[
        Path | None, typer.Option(help="Folder of the records.", show_default="the usual one of your system")
    ] = None,
) -> None:
    """Open the page in your browser. It runs on this computer and answers nobody else."""
    from twitchwise.foods.store import data_folder
    from twitchwise.web.serve import serve

    if data is not None:
        os.environ["TWITCHWISE_DATA"] = str(data.expanduser().resolve())  # food tables that were added lie there too
    serve(data_folder().resolve(), port, browser, typer.echo)
