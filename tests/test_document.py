"""Pages of explanation in all four formats: whole, narrow enough, valid, and without any request to elsewhere."""

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.evidence.types import Cite, Source
from twitchwise.explain.compare import compare
from twitchwise.explain.listing import contents
from twitchwise.explain.subjects import subjects_of
from twitchwise.explain.topic import document_of
from twitchwise.explain.types import Document, Line, Section, Table
from twitchwise.formats import DOCUMENT_WRITERS
from twitchwise.formats.document import write_markdown, write_text
from twitchwise.formats.document_html import write_html

EVIDENCE = load_evidence()
SUBJECTS = [subject for subject in subjects_of(EVIDENCE).by_key.values() if not subject.member]
VOID = {"meta", "br", "hr", "img", "link", "input", "col"}
SMALL = Document(
    "tea",
    "explain",
    "Tea <& milk>",
    (Line("Warm & wet.", (Cite("paper", "page 3"),)),),
    (
        Section("a", "Facts", (Line("Ours.", (Cite("own_judgement", "x"),)),), (Line("hot", (), "Often"),)),
        Section(
            "b", "Cups", table=Table(("Cup", "Holds"), ((Line("mug"), Line("200 ml", (Cite("paper", "page 4"),))),))
        ),
    ),
    {
        "paper": Source("A <paper>", "study", "A", 2020, "https://example.org/x?a=1&b=2"),
        "own_judgement": EVIDENCE.sources["own_judgement"],
    },
)


class Reader(HTMLParser):
    """Checks that tags close in order and notes links, ids and whatever would be loaded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        assert len(values) == len(attrs), f"<{tag}> has an attribute twice"
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if tag == "a" else []
        self.loaded += [f"{tag} {name}" for name in values if name in ("src", "srcset", "data", "action", "poster")]
        self.loaded += [tag] if tag in ("link", "script", "iframe", "object", "img", "base", "form") else []
        assert not [name for name in values if name.startswith("on")], f"<{tag}> runs a script"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def check_html(document: Document) -> None:
    page = write_html(document)
    reader = read(page)
    urls = {source.url for source in document.sources.values()}
    assert reader.loaded == [] and "url(" not in page and "@import" not in page
    assert len(set(reader.ids)) == len(reader.ids), "an id is there twice"
    for link in reader.links:
        assert link in urls or link.removeprefix("#") in reader.ids, link
    assert reader.tags.count("h1") == 1 and reader.tags.count("main") == 1 and '<html lang="en">' in page


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: f"{s.kind}-{s.id}")
def test_every_page_renders_in_every_format(subject: object) -> None:
    document = document_of(subject, EVIDENCE)  # type: ignore[arg-type]
    text = write_text(document)
    assert max(len(line) for line in text.splitlines()) <= 79
    assert "\x1b" not in text and document.sections[0].heading in text if document.sections else text
    assert write_markdown(document).startswith("# ")
    check_html(document)
    whole = json.loads(DOCUMENT_WRITERS["json"](document))
    assert whole["schema"] == "twitchwise.document/1" and whole["title"] == document.title
    assert set(whole["sources"]) == set(document.sources)


@pytest.mark.parametrize("names", [["magnesium", "calcium"], ["magnesium", "calcium", "vitamin d", "b12", "potassium"]])
def test_a_comparison_renders_in_every_format(names: list[str]) -> None:
    document = compare(names, EVIDENCE)
    assert max(len(line) for line in write_text(document).splitlines()) <= 79
    check_html(document)
    assert write_markdown(document).count("| --- ") >= len(names) or "---" in write_markdown(document)
    table = json.loads(DOCUMENT_WRITERS["json"](document))["sections"][0]["table"]
    assert len(table["columns"]) == len(names) + 1


def test_the_list_of_topics_renders() -> None:
    check_html(contents(EVIDENCE))
    assert max(len(line) for line in write_text(contents(EVIDENCE)).splitlines()) <= 79


def test_text_numbers_sources_and_names_our_own_judgement() -> None:
    text = write_text(SMALL)
    assert "Warm & wet. [1]" in text and "Ours. (our judgement)" in text and "- Often: hot" in text
    assert "[1] A <paper>, 2020. page 3; page 4" in text
    assert "\x1b[1m" in write_text(SMALL, colour=True)


def test_markdown_escapes_and_links_its_sources() -> None:
    text = write_markdown(SMALL)
    assert "# Tea \\<& milk\\>" in text and "Warm & wet.[^1]" in text
    assert "[^1]: A \\<paper\\>, 2020. page 3; page 4 <https://example.org/x?a=1&b=2>" in text


def test_html_opens_sources_in_place_and_escapes() -> None:
    page = write_html(SMALL)
    check_html(SMALL)
    assert "<h1>Tea &lt;&amp; milk&gt;</h1>" in page
    assert '<details class="source"><summary aria-label="Source 1">[1]</summary>' in page and "(page 3)" in page
    assert 'href="#main"' in page and 'data-name="Holds"' in page and "prefers-color-scheme:dark" in page
    assert "@media print" in page and "max-width:34rem" in page


def test_more_than_three_columns_become_blocks_in_the_terminal() -> None:
    row = tuple(Line(f"cell {n}") for n in range(4))
    wide = Document("w", "compare", "Wide", (), (Section("t", "T", table=Table(("A", "B", "C", "D"), (row,))),), {})
    assert "cell 0\n- B: cell 1\n- C: cell 2" in write_text(wide)


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": root}
    command = [sys.executable, "-m", "twitchwise", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd or root, env=environment, check=False)


def test_the_commands_write_what_was_asked_for(tmp_path: Path) -> None:
    done = run("explain", "high", "dose", "B6")
    assert done.returncode == 0 and done.stdout.startswith("TOO MUCH VITAMIN B6")
    assert run("explain").stdout.startswith("WHAT CAN BE EXPLAINED")
    page = tmp_path / "page.html"
    done = run("compare", "magnesium", "vitamin d", "--format", "html", "--output", str(page))
    assert done.returncode == 0 and read(page.read_text(encoding="utf-8")).tags.count("table") == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("explain", "magnesum"), 2),
        (("explain", "magnesium", "--format", "pdf"), 2),
        (("compare", "magnesium"), 2),
        (("explain", "magnesium", "--output", "no/such/folder/x.txt"), 11),
    ],
)
def test_wrong_use_is_one_line_and_its_code(words: tuple[str, ...], code: int) -> None:
    done = run(*words)
    assert done.returncode == code and done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
