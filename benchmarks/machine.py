"""The machine a figure was measured on, printed above it."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def processor() -> str:
    """The model name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def heading(title: str) -> None:
    """Print what is measured and where."""
    import numpy

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"== {title}")
    print(
        f"   {processor()}, {os.cpu_count()} cores (load {load:.1f}), Python {platform.python_version()}, "
        f"numpy {numpy.__version__}, {platform.system()}"
    )


def line(what: str, value: float, unit: str, asked: str = "", good: bool | None = None) -> None:
    """Print one figure beside what was asked for."""
    verdict = "" if good is None else ("  ok" if good else "  NOT REACHED")
    print(f"   {what:<58} {value:>10.4g} {unit:<10} {asked}{verdict}")


def median_seconds(work: Callable[[], object], times: int = 20, warm: int = 2) -> float:
    """Run something a few times and return the median of its wall time in seconds."""
    for _ in range(warm):
        work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)
