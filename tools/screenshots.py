"""Pictures of every example page: light, dark, narrow and as printed, into build/screenshots.

python tools/screenshots.py            every example
python tools/screenshots.py ppi vegan  only these
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from browser import EXAMPLES, ROOT, browser, missing, page_of

TARGET = ROOT / "build" / "screenshots"
WIDE, NARROW, SHEET = 1280, 360, 680  # px; the last is about the text of an A4 sheet
LOOKS = {
    "light": (WIDE, "light", "screen"),
    "dark": (WIDE, "dark", "screen"),
    "narrow-light": (NARROW, "light", "screen"),
    "narrow-dark": (NARROW, "dark", "screen"),
    "print": (SHEET, "light", "print"),
}


def main(wanted: list[str]) -> int:
    """Take the pictures and say where they are."""
    if absent := missing():
        print(f"No pictures were taken: {absent}.", file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with browser() as running:
        for path in (p for p in EXAMPLES if not wanted or p.stem in wanted):
            page = TARGET / f"{path.stem}.html"
            page.write_text(page_of(path), encoding="utf-8")
            take(running, page)
    return 0


def take(running: Any, page: Path) -> None:
    """Take every picture of one page, and print it to PDF."""
    for look, (width, colours, medium) in LOOKS.items():
        view = running.new_page(viewport={"width": width, "height": 900}, color_scheme=colours)
        view.emulate_media(media=medium)
        view.goto(page.as_uri())
        target = page.with_name(f"{page.stem}-{look}.png")
        view.screenshot(path=target, full_page=True)
        print(target.relative_to(ROOT))
        if medium == "print":
            view.pdf(path=page.with_suffix(".pdf"), prefer_css_page_size=True, print_background=True)
            print(page.with_suffix(".pdf").relative_to(ROOT))
        view.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
