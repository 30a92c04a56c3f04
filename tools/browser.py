"""The system's Chromium, started so that it asks nothing of the network, and the pages of the examples."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
ON = date(2026, 11, 22)
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


def missing() -> str:
    """What is not here to look at a page with, or ""."""
    if not chromium():
        return "no Chromium (Debian: apt-get install chromium)"
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401
    except ImportError as error:
        return f"no {error.name} (python3 tools/bootstrap.py base test browser)"
    return ""


def chromium() -> str:
    """The path of the system's Chromium, or ""."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


@contextmanager
def browser() -> Iterator[Any]:
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


def page_of(path: Path, draws: int = 500, audience: str = "") -> str:
    """The HTML page of a record, for the person or for another reader."""
    from twitchwise.evidence import load_evidence
    from twitchwise.formats import read_record
    from twitchwise.formats.audiences import SHEETS
    from twitchwise.report import make_report
    from twitchwise.review import review

    evidence = load_evidence()
    report = make_report(review(read_record(path), evidence, ON, draws), evidence)
    return SHEETS[audience, "html"](report, evidence)
