"""How long the one-page PDF takes, cold and warm, and how large it and its package are."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from machine import ROOT, heading, line, median_seconds

from twitchwise.evidence import load_evidence
from twitchwise.formats import read_record
from twitchwise.report import make_report
from twitchwise.report.doctor import doctor_sheet
from twitchwise.report.sheet_types import DoctorSheet
from twitchwise.review import review

ON = date(2026, 11, 22)
ASKED = 1.0
COLD = """
import pickle, sys, time
sheet = pickle.load(sys.stdin.buffer)
start = time.perf_counter()
from twitchwise.formats.pdf import write_pdf
write_pdf(sheet)
print(time.perf_counter() - start)
"""


def sheet_of(path: Path) -> DoctorSheet:
    """The doctor's sheet of an example."""
    evidence = load_evidence()
    return doctor_sheet(make_report(review(read_record(path), evidence, ON, draws=50), evidence), evidence)


def cold(sheet: DoctorSheet) -> float:
    """Seconds of the first PDF in a fresh process, with the import of typst and its fonts."""
    import pickle

    command = [sys.executable, "-c", COLD]
    done = subprocess.run(command, input=pickle.dumps(sheet), capture_output=True, check=True, cwd=ROOT)
    return float(done.stdout)


def package_megabytes() -> float:
    """What typst takes on disk."""
    import typst

    folder = Path(typst.__file__).parent
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main() -> None:
    """Measure all."""
    heading("one-page PDF for the doctor")
    from twitchwise.formats.pdf import write_pdf

    sheets = {path.stem: sheet_of(path) for path in sorted((ROOT / "examples").glob("*.toml"))}
    for name, sheet in sheets.items():
        first = statistics.median(cold(sheet) for _ in range(5))
        warm = median_seconds(lambda s=sheet: write_pdf(s), times=10)  # type: ignore[misc]
        line(f"{name}: first in a process, with the import", first, "s", f"< {ASKED:g}", first < ASKED)
        line(f"{name}: warm", warm, "s", f"< {ASKED:g}", warm < ASKED)
        line(f"{name}: size", len(write_pdf(sheet)) / 1e3, "kB")
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import typst"], check=True)
    line("a process that imports typst and ends", time.perf_counter() - start, "s")
    line("typst on disk", package_megabytes(), "MB")


if __name__ == "__main__":
    main()
