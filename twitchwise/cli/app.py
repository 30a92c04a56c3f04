"""The program and what its commands share: the options, reading a day, the progress bar."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from twitchwise.foods.search import Index

app = typer.Typer(
    name="twitchwise",
    help="What could be behind a muscle twitch, how sure we are and why, and what to do next. Not a diagnosis.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
File = Annotated[Path, typer.Argument(help="A record, .toml or .json.", show_default=False)]
On = Annotated[str, typer.Option(help="The day that ages and durations count to, as YYYY-MM-DD.", show_default="today")]
Format = Annotated[str, typer.Option(help="text, full (no line limit), html or json; pdf with --for doctor.")]


def day(text: str) -> date:
    """Read a day.

    Parameters: text, YYYY-MM-DD, or "" for today. Returns: the day. Raises: typer.BadParameter.

    >>> day("2026-11-22").month
    11
    """
    if not text:
        return date.today()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day. Write it as 2026-11-22.", param_hint="--on") from error


def foods_at_hand() -> Index:
    """Return the index of the curated foods and of the tables that were added.

    Returns: the index. Raises: FileError, when an added table cannot be read.
    """
    from twitchwise.foods.at_hand import at_hand

    return at_hand()


class progress:
    """A bar on the terminal's error stream while something takes longer than two seconds."""

    def __init__(self, total: int | None, label: str) -> None:
        self.total, self.label, self.done = total, label, 0
        self.start = datetime.now()
        self.bar: object = None

    def __enter__(self) -> progress:
        return self

    def __call__(self, steps: int) -> None:
        """Count steps; the bar appears after two seconds on a terminal.

        Parameters: steps, how many more are done.
        """
        self.done += steps
        if not sys.stderr.isatty() or (datetime.now() - self.start).total_seconds() < 2:
            return
        from rich.console import Console
        from rich.progress import Progress

        if self.bar is None:
            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.label, total=self.total)
        if isinstance(self.bar, Progress):
            self.bar.update(self.task, completed=self.done)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()  # type: ignore[attr-defined]
