"""Parts of a document that a program writes: what stands between two markers."""

from __future__ import annotations

from pathlib import Path


def put_between(page: Path, target: str, text: str) -> None:
    """Replace the generated part of a page.

    Parameters: page, a Markdown file with the two markers; target, the make target that writes it; text, the new part.
    Raises: SystemExit when the markers are not there.
    """
    start, end = f"<!-- made by `make {target}`: start -->", f"<!-- made by `make {target}`: end -->"
    whole = page.read_text(encoding="utf-8")
    if whole.count(start) != 1 or whole.count(end) != 1:
        raise SystemExit(f"{page}: needs one line {start!r} and one line {end!r}")
    before, rest = whole.split(start)
    after = rest.split(end)[1]
    page.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")
