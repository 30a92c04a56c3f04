"""Run the console blocks of a page and show what they really print.

A page is run from top to bottom in a folder of its own. ```{code-block} toml with a :caption: writes the file that the
caption names. In a ```console block each "$ command" is run; lines below it must be found in what it prints, in this
order, "..." aside. "[y/n/d] > n" is an answer that is typed. On the site the block shows everything that was printed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.M | re.S)
CAPTION = re.compile(r"^:caption: (\S+)$", re.M)
PROMPT = re.compile(r"^(\[[^\]\n]+\] > )(.*)$")
COPIED = ("twitchwise", "tests", "tools", "examples", "pyproject.toml", "README.md", "docs", "benchmarks", "Makefile")
SECONDS = 120


class ExampleError(Exception):
    """A command of the documentation does not do what the page says."""


@dataclass(frozen=True)
class Command:
    """One command of a block with the lines that must be printed and the answers that are typed."""

    line: str
    expected: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()


def commands(body: str) -> list[Command]:
    r"""Return the commands of a console block.

    >>> commands("$ echo a\na\n")[0].expected
    ('a',)
    """
    found: list[tuple[str, list[str], list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], [], []))
        elif not found:
            raise ExampleError(f"a console block must begin with '$ ': {line!r}")
        elif prompt := PROMPT.match(line):
            found[-1][2].append(prompt[2])
        elif line.strip() not in ("", "..."):
            found[-1][1].append(line.rstrip())
    return [Command(line, tuple(expected), tuple(typed)) for line, expected, typed in found]


def rendered(text: str, name: str) -> str:
    """Run every block of a page and return the page with what was printed.

    Parameters: text, Markdown; name, of the page, for errors. Returns: Markdown.
    Raises: ExampleError when a command prints something else or fails.
    """
    if "```console" not in text:
        return text
    with tempfile.TemporaryDirectory(prefix="twitchwise-docs-") as folder:
        place = Path(folder)
        prepare(place, whole="run: in a copy of the project" in text)

        def block(match: re.Match[str]) -> str:
            info, body = match["info"].strip(), match["body"]
            if (caption := CAPTION.search(body)) and info.startswith("{code-block}"):
                write_file(place, caption[1], body)
            if info != "console":
                return match[0]
            shown = "\n".join(run(c, place, name) for c in commands(body))
            return f"```console\n{shown}\n```"

        return BLOCK.sub(block, text)


def prepare(place: Path, whole: bool) -> None:
    """Put into a folder what the commands of a page need."""
    if not whole:
        shutil.copytree(ROOT / "examples", place / "examples")
        return
    skip = shutil.ignore_patterns("__pycache__", ".git", "build")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=skip)
        else:
            shutil.copy(source, place / name)


def write_file(place: Path, name: str, body: str) -> None:
    """Write the file of a block; with ":class: added" it is joined to what is there."""
    content = re.sub(r"\A(?::\w[\w-]*:.*\n)*\n?", "", body)
    path = (place / name).resolve()
    if not path.is_relative_to(place.resolve()):
        raise ExampleError(f"{name}: outside the folder of the page")
    path.parent.mkdir(parents=True, exist_ok=True)
    added = ":class: added" in body
    with path.open("a" if added else "w", encoding="utf-8") as file:
        file.write(("\n" if added else "") + content)


def run(command: Command, place: Path, name: str) -> str:
    """Run one command and return it with its output; a line that ends in "# fails" must fail."""
    fails = command.line.endswith("# fails")
    done = subprocess.run(
        ["bash", "-c", command.line.removesuffix("# fails").rstrip()],
        cwd=place,
        env=environment(place),
        input="".join(f"{answer}\n" for answer in command.typed),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    printed = done.stdout if not done.stderr else done.stdout + done.stderr
    if (done.returncode != 0) != fails:
        raise ExampleError(f"{name}: $ {command.line}\nended with {done.returncode}:\n{printed[-2000:]}")
    missing = first_missing(command.expected, printed)
    if missing is not None:
        raise ExampleError(f"{name}: $ {command.line}\ndid not print {missing!r} in its place. It printed:\n{printed}")
    return (
        f"$ {command.line.removesuffix('# fails').rstrip()}\n{tidy(typed_in(printed, command.typed), place)}".rstrip()
    )


def environment(place: Path) -> dict[str, str]:
    """Return the environment of a reader: the program on the path, 80 columns, no colour, no cache."""
    scripts = place / ".bin"
    if not scripts.exists():
        scripts.mkdir()
        for program, module in {"twitchwise": "-m twitchwise", "python": ""}.items():
            script = scripts / program
            script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n', encoding="utf-8")
            script.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if k in ("HOME", "LANG", "LC_ALL")}
    own = str(place) if (place / "twitchwise").is_dir() else str(ROOT)
    plain = {
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "TERM": "dumb",
        "CI": "true",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {**kept, **plain, "PATH": f"{scripts}:{os.defpath}:/usr/local/bin:/usr/bin:/bin", "PYTHONPATH": own}


def first_missing(expected: tuple[str, ...], printed: str) -> str | None:
    """Return the first expected line that does not come in its order, or None.

    >>> first_missing(("a", "c"), "a\\nb\\nc") is None
    True
    """
    rest = iter(line.strip() for line in printed.splitlines())
    return next((wanted for wanted in expected if not any(wanted.strip() in line for line in rest)), None)


def typed_in(printed: str, typed: tuple[str, ...]) -> str:
    """Put the answers behind their prompts, as a reader would see them on the screen."""
    answers = iter(typed)
    return re.sub(r"(\[[^\]\n]{1,30}\] > )", lambda m: f"{m[1]}{next(answers, '')}\n", printed) if typed else printed


def tidy(text: str, place: Path) -> str:
    """Take out what differs from run to run: the folder, and the seconds of a test run."""
    clean = re.sub(r" in \d+\.\d+s(?: \(.*?\))?", "", text.replace(f"{place}/", ""))
    return "\n".join(line.rstrip() for line in clean.strip("\n").splitlines())
