"""Cases with known answers: published and ordinary ones, whole and with half the findings dropped, and our own set.

The published and ordinary cases are not part of this repository; TWITCHWISE_SHARED names the folder that holds them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from machine import ROOT, heading, line

sys.path.insert(0, str(ROOT / "tests"))

PUBLISHED = {
    "emergency_sensitivity": (">=", 0.95),
    "triage_not_below": (">=", 0.92),
    "triage_exact": (">=", 0.80),
    "top1": (">=", 0.75),
    "top3": (">=", 0.85),
    "unknown_terms": ("<=", 0.05),
}
ORDINARY = {
    "triage_over": ("<=", 0.15),
    "triage_not_below": (">=", 0.85),
    "self_care_over": ("<=", 0.30),
    "top1": (">=", 0.55),
}
SHOWN = "top1 top1_strict top3 recall5 triage_exact triage_not_below triage_safe_gilbert triage_over".split()
SHOWN += "emergency_sensitivity self_care_over unknown_terms brier_explains".split()


def run(folder: Path, drop: float) -> dict[str, Any]:
    """Run the benchmark command in a process of its own, as anybody would."""
    command = [sys.executable, "-m", "twitchwise", "benchmark", "vignettes", str(folder), "--format", "json"]
    command += ["--drop", str(drop)] if drop else []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[2:])} ended with {done.returncode}:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def number(value: object) -> float | None:
    """The value of a figure, with or without its interval."""
    if isinstance(value, dict):
        value = value.get("value")
    return float(value) if isinstance(value, (int, float)) else None


def interval(value: object) -> str:
    """The interval of a share, if it has one."""
    if isinstance(value, dict) and "low" in value:
        return f"[{value['low']:.2f}, {value['high']:.2f}]"
    return ""


def show(found: dict[str, Any], asked: dict[str, tuple[str, float]]) -> None:
    """Print the figures of one run beside what was asked for, and the baselines below."""
    line("cases", float(found["cases"]), "")
    for name in SHOWN:
        value = number(found.get(name))
        if value is None:
            continue
        sign, bound = asked.get(name, ("", 0.0))
        good = (value >= bound if sign == ">=" else value <= bound) if sign else None
        line(name, value, "", f"{interval(found.get(name))} {sign} {bound if sign else ''}".strip(), good)
    for baseline, values in found.get("baselines", {}).items():
        told = {k: number(v) for k, v in values.items()}
        print(f"   beside {baseline}: " + ", ".join(f"{k} {v:.2f}" for k, v in told.items() if v is not None))


def show_own() -> None:
    """Print the figures of our own ordinary set."""
    from ordinary_cases import figures

    heading("our own ordinary cases (tests/spec/ordinary)")
    for name, value in figures().items():
        sign, bound = ORDINARY.get(name, ("", 0.0))
        good = (value >= bound if sign == ">=" else value <= bound) if sign else None
        line(name, value, "", f"{sign} {bound}" if sign else "", good)


def main() -> None:
    """Run every set."""
    show_own()
    named = os.environ.get("TWITCHWISE_SHARED", "")
    folder = (ROOT / named / "vignettes").resolve()
    if not named or not folder.is_dir():
        print("TWITCHWISE_SHARED names no folder with vignettes/: published and ordinary cases NOT run")
        return
    for name, asked in (("published", PUBLISHED), ("ordinary", ORDINARY)):
        for drop in (0.0, 0.5):
            heading(f"{name} cases" + (f", {drop:.0%} of the findings dropped" if drop else ""))
            show(run(folder / name, drop), {} if drop else asked)


if __name__ == "__main__":
    main()
