"""Build the documentation site from code and data.

python tools/docs.py             build it into build/docs, with every check
python tools/docs.py --pages     write only the pages into build/docs-pages, without Sphinx
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docs_fact_pages
import docs_model
import docs_reference
import docs_spec
import docs_voice
from docs_examples import ExampleError, rendered
from docs_tables import Page, toctree

from twitchwise.evidence import Evidence, load_evidence

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs"
PAGES = ROOT / "build" / "docs-pages"
SITE = ROOT / "build" / "docs"
LINKS = ROOT / "build" / "docs-external-links.txt"
BROUGHT = {"CHANGELOG.md": "changelog", "GLOSSARY.md": "glossary", "benchmarks/README.md": "model/benchmarks"}
MARK = re.compile(r"^<!-- made: ([a-z-]+) -->$", re.M)
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?!https?:|#|mailto:)([^)\s]+)\)")
JOBS = 2


def generated(evidence: Evidence) -> list[Page]:
    """Return every page that is made from code and data."""
    facts = list(docs_fact_pages.pages(evidence))
    index = docs_fact_pages.index(facts, evidence)
    return [*facts, index, decisions(), *docs_voice.pages(evidence), *docs_spec.pages(), *docs_reference.pages()]


def decisions() -> Page:
    """Return the list of decisions."""
    files = sorted((SOURCE / "decisions").glob("*.md"))
    tree = toctree(f"decisions/{path.stem}" for path in files)
    return Page("decisions/index", "Decisions", ["What was chosen, why, and what else was weighed.", tree])


def written_by_hand() -> dict[str, str]:
    """Return the text of every hand-written page by its place, links to other files of the project made fit."""
    files = {p: p.relative_to(SOURCE).with_suffix("").as_posix() for p in sorted(SOURCE.rglob("*.md"))}
    files |= {ROOT / name: place for name, place in BROUGHT.items()}
    places = {p.resolve(): place for p, place in files.items()}
    return {place: fitted(path, places) for path, place in files.items()}


def fitted(path: Path, places: dict[Path, str]) -> str:
    """Return a page with links that hold on the site; a file of the project that is no page is named, not linked."""

    def link(match: re.Match[str]) -> str:
        target, _, anchor = match[2].partition("#")
        aim = (path.parent / target).resolve()
        if aim in places:
            return f"[{match[1]}](/{places[aim]}.md{f'#{anchor}' if anchor else ''})"
        if aim.is_relative_to(SOURCE) and aim.is_file():
            return f"[{match[1]}](/{aim.relative_to(SOURCE).as_posix()})"
        shown = aim.relative_to(ROOT).as_posix() if aim.is_relative_to(ROOT) else match[2]
        label = match[1].strip("`")
        return f"`{shown}`" if label == shown else f"{label} (`{shown}`)"

    return LINK.sub(link, path.read_text(encoding="utf-8"))


def filled(text: str) -> str:
    """Put the worked-out parts in the place of their marks. Raises: KeyError for a mark that nobody fills."""
    return MARK.sub(lambda m: docs_model.MARKS[m[1]](), text)


def write_pages() -> int:
    """Write every page and file that Sphinx reads. Returns: the number of pages."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(SOURCE, PAGES, ignore=shutil.ignore_patterns("*.md"))
    hand = {place: filled(text) for place, text in written_by_hand().items()}
    with ThreadPoolExecutor(JOBS) as pool:
        ran = dict(zip(hand, pool.map(lambda item: rendered(item[1], item[0]), hand.items()), strict=True))
    made = {page.path: page.text() for page in generated(load_evidence())}
    if twice := sorted(set(ran) & set(made)):
        raise SystemExit(f"written by hand and made by a generator: {twice}")
    for place, text in {**ran, **made}.items():
        target = PAGES / f"{place}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    write_reports()
    return len(ran) + len(made)


def write_reports() -> None:
    """Write the real HTML reports that the pages show and link to."""
    from browser import EXAMPLES, page_of

    folder = PAGES / "_extra" / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    for path in EXAMPLES:
        (folder / f"{path.stem}.html").write_text(page_of(path), encoding="utf-8")
    (folder / "ppi-doctor.html").write_text(page_of(docs_model.EXAMPLE, audience="doctor"), encoding="utf-8")


def sphinx() -> int:
    """Run Sphinx with warnings as errors. Returns: its exit code."""
    shutil.rmtree(SITE, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", "-E", "-j", str(JOBS)]
    doctrees = ROOT / "build" / "docs-doctrees"
    return subprocess.run([*command, "-d", str(doctrees), str(PAGES), str(SITE)], cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Build and check the site."""
    start = time.monotonic()
    try:
        count = write_pages()
    except ExampleError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} pages written, every example run: {time.monotonic() - start:.0f} s")
    if "--pages" in arguments:
        return 0
    if code := sphinx():
        return code
    print(f"built by Sphinx: {time.monotonic() - start:.0f} s")
    from docs_check import external, problems

    found = problems(SITE)
    for problem in found[:40]:
        print(problem, file=sys.stderr)
    listed = external(SITE)
    LINKS.write_text("".join(f"{n}\t{url}\n" for url, n in listed.items()), encoding="utf-8")
    print(f"{len(found)} problems; {len(listed)} external links listed, not fetched, in {LINKS.relative_to(ROOT)}")
    print(f"{SITE.relative_to(ROOT)}/index.html, {time.monotonic() - start:.0f} s in all")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
