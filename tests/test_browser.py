"""Every example page in a real browser: no breach of an accessibility rule, nothing cut, no request, no error.

Needs Chromium and the extra `browser`. Where one is missing the pages are NOT looked at, and the summary says so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))

from browser import EXAMPLES, browser, missing, page_of  # noqa: E402

ABSENT = missing()
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"the HTML pages were NOT looked at in a browser: {ABSENT}")
WIDE, NARROW = 1280, 360
LOOKS = [(colours, width) for colours in ("light", "dark") for width in (WIDE, NARROW)]
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
every = pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {path.stem: folder / f"{path.stem}.html" for path in EXAMPLES}
    for path in EXAMPLES:
        made[path.stem].write_text(page_of(path, draws=50), encoding="utf-8")
    return made


class Watched:
    """A page on a machine without network, and what it asked for and complained about."""

    def __init__(self, running: Any, path: Path, colours: str, width: int, medium: str = "screen") -> None:
        self.context = running.new_context(viewport={"width": width, "height": 900}, color_scheme=colours, offline=True)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.emulate_media(media=medium, color_scheme=colours)
        self.page.goto(path.as_uri())

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


def breaches(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary']}" for v in found for n in v["nodes"]]


@every
@pytest.mark.parametrize(("colours", "width"), LOOKS)
def test_no_accessibility_rule_is_broken_and_nothing_is_cut(
    running: Any, pages: dict[str, Path], name: str, colours: str, width: int
) -> None:
    with Watched(running, pages[name], colours, width) as seen:
        assert seen.page.evaluate(OVERFLOW) <= 0
        seen.page.evaluate(OPEN_ALL)
        assert seen.page.evaluate(OVERFLOW) <= 0
        assert breaches(seen.page) == []
        assert seen.said == []
        assert [url for url in seen.asked if url != pages[name].as_uri() and not url.startswith("data:")] == []


@pytest.mark.parametrize("audience", ["doctor", "dietitian"])
def test_the_page_for_another_reader_breaks_no_rule_either(running: Any, tmp_path: Path, audience: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page_of(EXAMPLES[0], draws=20, audience=audience), encoding="utf-8")
    with Watched(running, path, "dark", NARROW) as seen:
        seen.page.evaluate(OPEN_ALL)
        assert seen.page.evaluate(OVERFLOW) <= 0
        assert breaches(seen.page) == [] and seen.said == []


@every
def test_the_page_obeys_its_own_policy_without_a_word(running: Any, pages: dict[str, Path], name: str) -> None:
    context = running.new_context(java_script_enabled=False, offline=True)
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages[name].as_uri())
    assert page.locator("h1").is_visible() and page.locator("#short").is_visible()
    inside = page.locator(".folded .inside")
    assert not inside.is_visible()
    page.locator(".folded > summary").click()
    assert inside.is_visible()
    assert said == []
    context.close()


def test_a_source_opens_in_place_and_leads_to_the_list(running: Any, pages: dict[str, Path]) -> None:
    with Watched(running, pages["ppi"], "light", WIDE) as seen:
        mark = seen.page.locator(".cites").first
        assert not mark.locator("ul").is_visible()
        mark.locator("summary").press("Enter")
        assert mark.locator("ul").is_visible()
        mark.locator("a").first.click()
        assert seen.page.url.endswith("#source-1")
        assert seen.page.locator("#source-1").is_visible()


def test_the_keyboard_reaches_the_answer_first(running: Any, pages: dict[str, Path]) -> None:
    with Watched(running, pages["worried"], "light", NARROW) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.className") == "skip"
        assert seen.page.locator(".skip").bounding_box()["x"] >= 0
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "main"


@every
def test_on_paper_everything_is_open_and_the_marks_are_numbers(running: Any, pages: dict[str, Path], name: str) -> None:
    with Watched(running, pages[name], "dark", 680, "print") as seen:
        for shown in seen.page.locator(".why .inside, .table .inside, .folded .inside, .results > ul").all():
            assert shown.bounding_box()["height"] > 0
        assert not any(shown.is_visible() for shown in seen.page.locator(".cites > ul, .contents, .skip").all())
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert seen.page.evaluate(OVERFLOW) <= 0
        assert seen.said == []


def test_a_reader_who_wants_no_motion_gets_none(running: Any, pages: dict[str, Path]) -> None:
    with Watched(running, pages["ppi"], "light", WIDE) as seen:
        style = "getComputedStyle(document.documentElement).scrollBehavior"
        seen.page.emulate_media(reduced_motion="reduce")
        assert seen.page.evaluate(style) == "auto"


def test_the_rules_can_be_broken(running: Any, pages: dict[str, Path], tmp_path: Path) -> None:
    marred = tmp_path / "marred.html"
    page = pages["ppi"].read_text(encoding="utf-8")
    page = page.replace("--ink: #22272b", "--ink: #b0b0b0").replace('<html lang="en">', "<html>")
    page = page.replace(
        '<p class="answer">', '<p class="answer" style="width: 2000px"><img src="https://example.org/a.png">', 1
    )
    marred.write_text(page, encoding="utf-8")
    with Watched(running, marred, "light", NARROW) as seen:
        rules = {line.partition(":")[0] for line in breaches(seen.page)}
        assert {"color-contrast", "html-has-lang", "image-alt"} <= rules
        assert seen.page.evaluate(OVERFLOW) > 0
        assert seen.said, "the policy of the page refuses the picture"
