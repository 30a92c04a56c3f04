"""The command line: parse, call, print. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from twitchwise.errors import FileError, TwitchwiseError

app = typer.Typer(
    name="twitchwise",
    help="What could be behind a muscle twitch, how sure we are and why, and what to do next. Not a diagnosis.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
measure = typer.Typer(
    help="Measure the answers against cases whose answer is known.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(measure, name="benchmark")

File = Annotated[Path, typer.Argument(help="A record, .toml or .json.", show_default=False)]
On = Annotated[str, typer.Option(help="The day that ages and durations count to, as YYYY-MM-DD.", show_default="today")]
Format = Annotated[str, typer.Option(help="text, full (no line limit) or json.")]


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


@measure.command("vignettes")
def vignettes_command(
    folder: Annotated[Path, typer.Argument(help="Folder of cases (YAML); folders below it are read too.")],
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    cases: Annotated[bool, typer.Option("--cases", help="Print a line for each case.")] = False,
    drop: Annotated[float, typer.Option(min=0, max=0.95, help="Share of the findings to leave out at random.")] = 0.0,
) -> None:
    """Compare the answers with published and ordinary cases."""
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


USAGE = cast(type[Exception], typer.BadParameter.__mro__[1])  # wrong use of a command, whichever library raises it


def _usage(error: Exception) -> str:
    """Say in one line how a command was used wrongly; a command without arguments shows its help."""
    context, text = getattr(error, "ctx", None), str(getattr(error, "message", "") or error)
    text = getattr(error, "format_message", lambda: text)()
    if "\n" in text.strip():
        return text
    path = context.command_path.replace("python -m ", "") if context is not None else "twitchwise"
    return f"{text.rstrip('.')}. See: {path} --help"


def main() -> None:
    """Run the command line; a problem becomes one line and its exit code, never a traceback."""
    try:
        code = app(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except typer.Abort:
        sys.exit(130)
    except USAGE as error:
        print(_usage(error), file=sys.stderr)
        sys.exit(2)
    except TwitchwiseError as error:
        print(str(error), file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        print(f"{error.filename or 'file'}: {error.strerror}. Check the path and its permissions.", file=sys.stderr)
        sys.exit(FileError.exit_code)
    except RecursionError:
        print("The file is nested too deeply to read.", file=sys.stderr)
        sys.exit(FileError.exit_code)
    except Exception as error:
        kind = type(error).__name__
        print(f"This is a fault in twitchwise ({kind}), not in your record. Nothing was changed.", file=sys.stderr)
        if os.environ.get("TWITCHWISE_DEBUG"):
            raise
        sys.exit(12)
