"""The HTML page of every example: its size, and how long it takes once the templates are loaded."""

from __future__ import annotations

import time
from datetime import date

from machine import ROOT, heading, line, median_seconds

from twitchwise.evidence import load_evidence
from twitchwise.formats import read_record
from twitchwise.formats.html import write_html
from twitchwise.report import make_report
from twitchwise.review import review

ON = date(2026, 11, 22)
MOST_KB, MOST_SECONDS = 300, 0.5


def main() -> None:
    """Measure each example, the first page of a process apart."""
    heading("HTML page, median of 20")
    evidence = load_evidence()
    reports = {
        path.stem: make_report(review(read_record(path), evidence, ON), evidence)
        for path in sorted((ROOT / "examples").glob("*.toml"))
    }
    start = time.perf_counter()
    write_html(next(iter(reports.values())))
    line("first page of a process, templates read", time.perf_counter() - start, "s")
    for name, report in reports.items():
        kilobytes = len(write_html(report).encode()) / 1000
        seconds = median_seconds(lambda report=report: write_html(report))  # type: ignore[misc]
        line(f"{name}: size", kilobytes, "kB", f"< {MOST_KB}", kilobytes < MOST_KB)
        line(f"{name}: made in", seconds, "s", f"< {MOST_SECONDS}", seconds < MOST_SECONDS)


if __name__ == "__main__":
    main()
