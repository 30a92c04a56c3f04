"""What a fresh process costs: time and memory of `review` and `--help` beside `import typer` alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

from machine import ROOT, heading, line

TIMES = 20
REVIEW = ["-m", "twitchwise", "review", "examples/ppi.toml", "--on", "2026-11-22"]


def run(arguments: list[str]) -> float:
    """Seconds of one process."""
    env = {**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    spent = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return spent


def main() -> None:
    """Measure the three in turn, so that a busy moment meets all of them."""
    heading(f"fresh process, warm disk, median of {TIMES}")
    commands = {"review": REVIEW, "help": ["-m", "twitchwise", "--help"], "typer": ["-c", "import typer"]}
    for arguments in commands.values():
        run(arguments)
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(TIMES):
        for name, arguments in commands.items():
            spent[name].append(run(arguments))
    middle = {name: median(values) for name, values in spent.items()}
    ratio = middle["help"] / middle["typer"]
    line("review examples/ppi.toml", middle["review"], "s", "< 1.5", middle["review"] < 1.5)
    line("--help", middle["help"], "s")
    line('python -c "import typer"', middle["typer"], "s")
    line("--help / import typer", ratio, "x", "<= 2.5", ratio <= 2.5)
    peak = peak_megabytes()
    line("peak memory of review", peak, "MB", "< 250", peak < 250)


def peak_megabytes() -> float:
    """Largest resident size of a review, of a child that is the only one measured."""
    script = (
        "import resource, subprocess, sys\n"
        f"subprocess.run([sys.executable, *{REVIEW!r}], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    unit = 1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0
    return float(done.stdout) / unit


if __name__ == "__main__":
    main()
