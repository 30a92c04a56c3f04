"""The documentation site: nothing is left out, what is said is so, examples run, nothing is fetched from elsewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from functools import cache
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest

from twitchwise.evidence import load_evidence

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = load_evidence()


def tool(name: str) -> ModuleType:
    """Import a module of tools/, which is no package."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(ROOT / "tools"))


docs, facts, fact_pages, tables = tool("docs"), tool("docs_facts"), tool("docs_fact_pages"), tool("docs_tables")
reference, examples, check, model = (
    tool("docs_reference"),
    tool("docs_examples"),
    tool("docs_check"),
    tool("docs_model"),
)


@cache
def pages() -> dict[str, str]:
    """Every generated page as Markdown, by its place."""
    return {page.path: page.text() for page in docs.generated(EVIDENCE)}


@cache
def hand() -> dict[str, str]:
    """Every hand-written page, by its place."""
    found: dict[str, str] = docs.written_by_hand()
    return found


@pytest.mark.parametrize("table", facts.TABLES)
def test_every_item_has_its_page_and_anchor(table: str) -> None:
    where = fact_pages.places(EVIDENCE)
    for key in getattr(EVIDENCE, table):
        path, _, anchor = where[table, key].partition(".html")
        assert path in pages(), f"{table}: {key} has no page"
        mark = anchor.removeprefix("#")
        assert not mark or f"({mark})=" in pages()[path] or f'id="{mark}"' in pages()[path], f"{path}: no {mark}"


@pytest.mark.parametrize("table", [t for t in facts.TABLES if t not in ("claims", "questions", "topics")])
def test_every_citation_of_a_fact_is_on_its_page(table: str) -> None:
    where = fact_pages.places(EVIDENCE)
    shown = {path: unescape(text) for path, text in pages().items()}
    for key, item in getattr(EVIDENCE, table).items():
        text = shown[where[table, key].partition(".html")[0]]
        for cite in facts.cites_of(item):
            assert cite.locator in text, f"{table}: {key}: {cite} is not shown. Give it a row in tools/docs_facts.py"


def test_every_table_with_citations_has_pages() -> None:
    known = {*facts.TABLES, "sources"}
    for name in (n for n, v in vars(type(EVIDENCE)).items() if hasattr(v, "attrname")):
        held = getattr(EVIDENCE, name)
        cited = name != "version" and any(True for item in held.values() for _ in facts.cites_of(item))
        assert not cited or name in known, f"add {name!r} to TABLES in tools/docs_facts.py"


def test_every_source_says_what_cites_it() -> None:
    text = pages()["facts/sources"]
    for key in EVIDENCE.sources:
        assert f'id="{tables.slug("s", key)}"' in text, key


def test_every_field_of_the_record_is_explained() -> None:
    assert not [key for key, _, told in reference.record_fields() if not told], "tools/docs_reference.py: FIELDS"


def test_every_place_of_the_json_output_is_explained() -> None:
    assert not [p for p in reference.json_shape() if not reference.json_meaning(p)], "tools/docs_reference.py: TOLD"


def test_every_command_is_in_the_reference() -> None:
    text = pages()["reference/commands"]
    for words in reference.command_names():
        assert f"## `{' '.join(['twitchwise', *words])}`" in text


def test_every_stage_of_the_package_has_its_page() -> None:
    stages = {p.stem for p in (ROOT / "twitchwise").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert stages - {"__init__", "__main__", "cli"} == set(reference.STAGES), "tools/docs_reference.py: STAGES"


def test_every_case_of_the_spec_is_in_a_chapter() -> None:
    text = unescape("".join(t for path, t in pages().items() if path.startswith("spec/")))
    for path in (ROOT / "tests" / "spec").rglob("*.toml"):
        for name in re.findall(r'^name = "(.*)"$', path.read_text(encoding="utf-8"), re.M):
            assert name in text, f"{path.name}: {name}"


def test_every_mark_is_filled_and_every_filling_is_used() -> None:
    marks = {mark for text in hand().values() for mark in docs.MARK.findall(text)}
    assert marks == set(model.MARKS) - {"calibration", "version"} | marks & {"calibration", "version"}


def test_every_reference_to_a_page_leads_somewhere() -> None:
    known = {*pages(), *hand()}
    for place, text in {**pages(), **hand()}.items():
        for target in re.findall(r"\{doc\}`(?:[^`<]*<)?([^`<>]+)>?`", text):
            aim = target.removeprefix("/") if target.startswith("/") else f"{place.rpartition('/')[0]}/{target}"
            assert aim.strip("/") in known, f"{place}: {{doc}}`{target}`"


def test_raw_links_between_generated_pages_lead_somewhere() -> None:
    known = {*pages(), *hand()}
    for place, text in pages().items():
        for href in set(re.findall(r'<a href="(?!https?:)([^"#]+)\.html', text)):
            aim = os.path.normpath(os.path.join(os.path.dirname(place), href))
            assert aim in known, f"{place}: {href}.html"


def test_the_network_drawing_names_every_link() -> None:
    network = tool("docs_network")
    drawn, links = model.network(), network.links(EVIDENCE)
    assert drawn.count("<path ") == len(links) > 10
    layer = network.layers(links)
    assert all(layer[a] < layer[b] for a, b in links)
    assert "\n\n" not in drawn, "a blank line would end the HTML block"


def test_the_worked_example_adds_up() -> None:
    chances = re.findall(r"\(1 − ([0-9.]+)\)", model.noisy_or())
    product = 1.0
    for chance in chances:
        product *= 1 - float(chance)
    stated = re.search(r"\*\*(\d+) %\*\*", model.noisy_or())
    assert stated and len(chances) == 3 and abs(float(stated[1]) / 100 - (1 - product)) < 0.006


def test_console_blocks_are_well_formed_and_there_are_many() -> None:
    blocks = [
        (place, m["body"]) for place, t in hand().items() for m in examples.BLOCK.finditer(t) if m["info"] == "console"
    ]
    counted = sum(len(examples.commands(body)) for place, body in blocks if not place.startswith("model/bench"))
    assert counted > 25


@pytest.mark.parametrize("place", ["index", "tutorial", "howto/benchmarks"])
def test_the_examples_of_a_page_print_what_it_says(place: str) -> None:
    assert "$ twitchwise" in examples.rendered(hand()[place], place)


@pytest.mark.parametrize("page", sorted(p.stem for p in (ROOT / "docs" / "howto").glob("*.md") if p.stem != "index"))
def test_every_how_to_has_commands_and_shows_what_fails(page: str) -> None:
    text = hand()[f"howto/{page}"]
    assert "```console" in text and "## If you get it wrong" in text


def test_an_example_that_is_wrong_is_noticed() -> None:
    with pytest.raises(examples.ExampleError, match="did not print"):
        examples.rendered("```console\n$ twitchwise --help\nno such line\n```\n", "page")
    with pytest.raises(examples.ExampleError, match="ended with"):
        examples.rendered("```console\n$ twitchwise nonsense\n```\n", "page")
    with pytest.raises(examples.ExampleError, match="ended with 0"):
        examples.rendered("```console\n$ twitchwise --help # fails\n```\n", "page")
    with pytest.raises(examples.ExampleError, match="outside"):
        examples.rendered("```{code-block} toml\n:caption: ../x.toml\n\n```\n```console\n$ true\n```\n", "page")


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/f.css">',
        '<img alt="a > b" src="http://img.example/a.png">',
        "<style>@import 'https://x.example/a.css';</style>",
        '<p style="background:url(https://x.example/a.png)">',
        '<iframe src="https://video.example/1"></iframe>',
        '<form action="https://x.example/">',
    ],
)
def test_a_request_to_another_host_is_noticed(html: str) -> None:
    assert check.asked_of_others(html)
    assert not check.asked_of_others('<a href="https://x.example/">a link that a reader follows</a>')


def test_a_broken_link_or_anchor_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p id="x"><a href="b.html#y">1</a><a href="c.html">2</a><a href="#x">3</a>')
    (tmp_path / "b.html").write_text('<p id="z">')
    assert [p.partition(": ")[2] for p in check.problems(tmp_path)] == [
        "a href=b.html#y: there is no such anchor",
        "a href=c.html: there is no such file",
    ]


def test_generated_pages_ask_nothing_of_another_host() -> None:
    found = [(place, check.asked_of_others(text)) for place, text in {**pages(), **hand()}.items()]
    assert not [each for each in found if each[1]]


@pytest.mark.skipif(
    importlib.util.find_spec("furo") is None or not os.environ.get("TWITCHWISE_DOCS"),
    reason="the site was NOT built: needs the extra docs and TWITCHWISE_DOCS=1 (or run: make docs)",
)
def test_the_whole_site_builds() -> None:
    done = subprocess.run([sys.executable, "tools/docs.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 problems" in f" {done.stdout}"
    assert (ROOT / "build" / "docs" / "searchindex.js").exists()
