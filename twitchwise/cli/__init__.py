"""The command line: parse, call, print. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import os
import sys
from typing import cast

import typer

# each module adds its commands to the program
from twitchwise.cli import ask, diet, explain, faq, food_tables, foods, measure, plan_day, review, serve
from twitchwise.cli.app import app
from twitchwise.errors import FileError, TwitchwiseError

__all__ = ["app", "main"]
__all__ += ["ask", "diet", "explain", "faq", "food_tables", "foods", "measure", "plan_day", "review", "serve"]

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
