"""The local page in a real browser: the whole way through wide and narrow, by keyboard alone and without a script.

Needs Chromium and the extra `browser`. Where one is missing the page is NOT looked at, and the summary says so.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_client import Page, allow_loopback, running

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))

from browser import browser, missing  # noqa: E402

ABSENT = missing()
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"the local page was NOT looked at in a browser: {ABSENT}")
WIDE, NARROW = 1280, 360
LOUD = ("error", "warning")
FIRST_PAGE = 150_000  # bytes with all that it loads
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  const group = e.type === 'radio' ? document.querySelectorAll(`input[name="${e.name}"]:checked`).length : 0;
  const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0;
  return {tag: e.tagName.toLowerCase(), type: e.type || '', name: e.name || '', id: e.id, value: e.value || '',
          answered: group > 0, kind: e.className || '', seen, text: e.textContent.trim().slice(0, 60)};
}"""
STEPS = "danger where felt medicines conditions eating habits tests next".split()
FACTS = """/foods /foods/banana /foods/group/bread /foods/rich/magnesium /explain /explain/magnesium /explain/omeprazole
/compare /compare/magnesium/calcium /claims /claims/epsom_salt_bath /faq /faq/is_it_als /search /no-such-page""".split()
TYPED = {"name": "Night owl", "what": "eyelid twitching", "since": "3 weeks", "medicines-0-name": "omeprazole"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWITCHWISE_DATA", str(tmp_path_factory.mktemp("tables")))
        with running(tmp_path_factory.mktemp("records")) as found:
            yield found


@pytest.fixture(scope="module")
def person(page: Page) -> str:
    """Somebody with results, a diary and two kept reviews."""
    tables = tomllib.loads((ROOT / "examples" / "night_cramps.toml").read_text(encoding="utf-8"))
    diary = [
        {"text": text, "day": day} for day in ("day 1", "day 2") for text in ("2 eggs", "a banana", "zqxv", "1 l milk")
    ]
    tables["diet"] = {"pattern": "vegetarian", "lines": diary}
    tables["labs"] = [{"test": "magnesium", "value": "0.6 mmol/L"}, {"test": "no such test", "value": "4"}]
    made = page.household.add("A rather long name of somebody who lives here")
    page.household.save(made.id, tables, 0)
    page.get(f"/p/{made.id}/review?on=2026-11-01")
    page.household.save(made.id, {**tables, "habits": {"sleep": "5 hours"}}, 1)
    page.get(f"/p/{made.id}/review?on=2026-11-22")
    return made.id


class Visit:
    """A browser window that was let in; requests to any other host are stopped and remembered."""

    def __init__(self, chromium: Any, page: Page, width: int, colours: str = "light", script: bool = True) -> None:
        self.server = page
        self.context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=colours, java_script_enabled=script
        )
        self.asked: list[str] = []
        self.said: list[str] = []
        self.sizes: dict[str, int] = {}
        self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text) if message.type in LOUD else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("requestfinished", self._weigh)
        self.page.goto(page.settings.opening())

    def _route(self, route: Any) -> None:
        if route.request.url.startswith(self.server.origin + "/"):
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def _weigh(self, request: Any) -> None:
        sizes = request.sizes()
        self.sizes[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def go(self, path: str) -> None:
        self.page.goto(self.server.origin + path)

    @property
    def path(self) -> str:
        return str(self.page.url).removeprefix(self.server.origin).partition("?")[0]

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def clean(self) -> None:
        """Nothing was asked of another host, and the browser had nothing to complain about."""
        assert self.asked == []
        assert self.said == []


def breaches(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {n['html'][:160]} {n['failureSummary']}" for v in found for n in v["nodes"]]


def settled(visit: Visit, script: bool, width: int) -> None:
    """The page as it stands: nothing cut off to the side, no rule broken."""
    visit.page.wait_for_load_state()
    if script:
        assert visit.page.evaluate(OVERFLOW) <= 0, visit.path
        if width == NARROW:
            assert breaches(visit.page) == [], visit.path
    assert visit.page.locator("h1").count() == 1, visit.path


def newest(page: Page) -> tuple[str, dict[str, Any]]:
    """Who was added last, with the record as it was saved."""
    id = page.household.people()[-1].id
    return id, page.household.tables(id)[0]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_whole_way_through(chromium: Any, page: Page, width: int, script: bool) -> None:
    with Visit(chromium, page, width, script=script) as visit:
        view = visit.page
        assert visit.path == "/"
        view.fill("#name", TYPED["name"])
        view.click("text=Start with the danger signs")
        answers = {
            "danger": lambda: all_no(view),
            "where": lambda: (view.fill("#what", TYPED["what"]), view.fill("#since", TYPED["since"])),
            "felt": lambda: all_no(view),
            "medicines": lambda: view.fill("#medicines-0-name", TYPED["medicines-0-name"]),
            "conditions": lambda: None,
            "eating": lambda: (view.check("#pattern-2"), view.fill("#diary", "Breakfast: 2 eggs, 1 banana")),
            "habits": lambda: None,
            "tests": lambda: (view.fill("#labs-0-test", "magnesium"), view.fill("#labs-0-value", "0.80 mmol/L")),
        }
        for step, answer in answers.items():
            assert visit.path.endswith(f"/{step}"), (visit.path, step)
            settled(visit, script, width)
            answer()
            onward(view)
            if visit.path.endswith(f"/{step}"):  # it stays where something new has to be seen first
                onward(view)
        assert visit.path.endswith("/next")
        settled(visit, script, width)
        with view.expect_navigation():
            view.get_by_role("button", name="I don’t know").click()
        with view.expect_navigation():
            view.click("text=See the review now")
        assert visit.path.endswith("/review")
        settled(visit, script, width)
        for part in ("#short", "#causes", "#labs", "#diet", "#keep", "#sources"):
            assert view.locator(part).is_visible(), part
        mark = view.locator("#causes .cites, #now .cites").first
        mark.locator("summary").click()
        assert mark.locator("ul").is_visible()
        visit.clean()
    id, tables = newest(page)
    assert [one["what"] for one in tables["findings"]] == [TYPED["what"]]
    assert tables["findings"][0]["since"] == TYPED["since"]
    assert [one["name"] for one in tables["medicines"]] == ["omeprazole"]
    assert tables["labs"][0] | {"test": "magnesium", "value": "0.80 mmol/L"} == tables["labs"][0]
    assert len(tables["diet"]["lines"]) >= 1 and tables["absent"]
    assert len(page.household.kept(id)) == 1


def all_no(view: Any) -> None:
    for box in view.locator("input[type=radio][value=no]").all():
        if box.is_visible():
            box.check()


def onward(view: Any) -> None:
    with view.expect_navigation():
        view.locator("button.main-button[name=go]").click()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_keyboard_alone_goes_the_whole_way(chromium: Any, page: Page, width: int) -> None:
    with Visit(chromium, page, width) as visit:
        view = visit.page
        view.keyboard.press("Tab")
        assert view.evaluate(FOCUS)["kind"] == "skip"
        view.keyboard.press("Enter")
        assert view.evaluate(FOCUS)["id"] == "main"
        walk(view, lambda at: at["name"] == "name")
        view.keyboard.press("Control+a")
        view.keyboard.type(TYPED["name"])
        view.keyboard.press("Enter")
        for step in STEPS[:-1]:
            view.wait_for_url(f"**/{step}*")
            for _ in range(2):
                fill(view)
                if not visit.path.endswith(f"/{step}"):
                    break
        assert visit.path.endswith("/next")
        walk(view, lambda at: at["text"] == "See the review now")
        view.keyboard.press("Enter")
        view.wait_for_url("**/review")
        walk(view, lambda at: at["tag"] == "summary" and at["text"].startswith("Source"))
        view.keyboard.press("Enter")
        assert view.locator("details.cites[open] ul").first.is_visible()
        visit.clean()
    _, tables = newest(page)
    assert tables["findings"][0]["what"] == TYPED["what"] and tables["absent"]
    assert [one["name"] for one in tables["medicines"]] == ["omeprazole"]


def walk(view: Any, there: Any, most: int = 400) -> dict[str, Any]:
    """Press Tab until the focus is where it should be; it is seen wherever it stands."""
    for _ in range(most):
        view.keyboard.press("Tab")
        at = view.evaluate(FOCUS)
        assert at["seen"] or at["tag"] == "body", at
        if there(at):
            return dict(at)
    raise AssertionError("the keyboard does not get there")


def fill(view: Any) -> None:
    """Answer a step on the way to its button: no to what is asked, our words where they fit."""

    def done(at: dict[str, Any]) -> bool:
        if at["type"] == "radio" and not at["answered"] and re.match(r"(flag|felt)-", at["name"]):
            view.keyboard.press("ArrowDown")
        elif at["type"] == "text" and not at["value"] and at["id"] in TYPED:
            view.keyboard.type(TYPED[at["id"]])
        return at["tag"] == "button" and "main-button" in at["kind"]

    walk(view, done)
    with view.expect_navigation():
        view.keyboard.press("Enter")


# --- every page


def everywhere(person: str) -> list[str]:
    own = [f"/p/{person}{tail}" for tail in ("", *(f"/{step}" for step in STEPS), "/review", "/review/1")]
    return ["/", "/settings", *own, f"/p/{person}/compare/2026-11-01/2026-11-22", *FACTS]


@pytest.mark.parametrize(("colours", "width"), [("light", WIDE), ("dark", NARROW), ("dark", WIDE), ("light", NARROW)])
def test_no_page_breaks_a_rule_or_is_cut_off(chromium: Any, page: Page, person: str, colours: str, width: int) -> None:
    paths = everywhere(person)
    if (colours, width) in (("dark", WIDE), ("light", NARROW)):  # the rest differs in nothing that these two lack
        paths = [path for path in paths if path.endswith(("/", "danger", "review", "magnesium", "2026-11-22"))]
    with Visit(chromium, page, width, colours) as visit:
        for path in paths:
            visit.go(path)
            assert visit.page.evaluate(OVERFLOW) <= 0, path
            visit.page.evaluate(OPEN_ALL)
            assert visit.page.evaluate(OVERFLOW) <= 0, path
            assert breaches(visit.page) == [], path
        visit.said = [text for text in visit.said if "404" not in text]  # one of them is not there
        visit.clean()


@pytest.mark.parametrize("typed", ["magnesum", "qqqzzz", "<script>alert(1)</script>"])
def test_searching_breaks_no_rule_and_leaves_no_trace_in_the_address(chromium: Any, page: Page, typed: str) -> None:
    with Visit(chromium, page, NARROW) as visit:
        for path, button in (("/search", "Search"), ("/foods", "Search foods")):
            visit.go(path)
            visit.page.fill("#q", typed)
            visit.page.get_by_role("button", name=button, exact=True).click()
            visit.page.wait_for_load_state()
            assert visit.page.url == visit.server.origin + path
            assert visit.page.input_value("#q") == typed
            assert breaches(visit.page) == []
            assert visit.page.evaluate(OVERFLOW) <= 0
        visit.clean()


def test_refusals_and_the_locked_page_break_no_rule(chromium: Any, page: Page, tmp_path: Path) -> None:
    with Visit(chromium, page, NARROW, "dark") as visit:
        visit.go("/compare")
        visit.page.fill("#first", "qqqzzz")
        visit.page.fill("#second", "calcium")
        with visit.page.expect_navigation():
            visit.page.get_by_role("button", name="Compare", exact=True).click()
        assert "Not known as a topic: qqqzzz" in visit.page.locator("#problem").inner_text()
        assert breaches(visit.page) == [] and visit.asked == []
    with running(tmp_path, locked=True) as closed, Visit(chromium, closed, NARROW) as visit:
        assert visit.path == "/unlock"
        assert breaches(visit.page) == [] and visit.page.evaluate(OVERFLOW) <= 0


def test_the_first_pages_are_light(chromium: Any, page: Page) -> None:
    with Visit(chromium, page, WIDE) as visit:
        for path in ("/", f"/p/{page.household.add('Light').id}/danger"):
            visit.sizes.clear()
            visit.go(path)
            visit.page.wait_for_load_state("networkidle")
            assert len(visit.sizes) >= 3
            assert sum(visit.sizes.values()) < FIRST_PAGE, visit.sizes


def test_on_paper_the_review_is_open_and_bare(chromium: Any, page: Page, person: str) -> None:
    with Visit(chromium, page, 680, "dark") as visit:
        visit.page.emulate_media(media="print")
        visit.go(f"/p/{person}/review")
        for shown in visit.page.locator(".why .inside, .table .inside, .folded .inside").all():
            assert shown.bounding_box()["height"] > 0
        hidden = visit.page.locator("header.bar, .contents, .ways, .keep, .cites > ul, .skip").all()
        assert hidden and not any(one.is_visible() for one in hidden)
        assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert visit.page.evaluate(OVERFLOW) <= 0


def test_files_are_saved_under_names_that_say_nothing(chromium: Any, page: Page, person: str) -> None:
    with Visit(chromium, page, WIDE) as visit:
        visit.go(f"/p/{person}/review")
        for words, name in (("Your record", "record"), ("This review as one file", "review")):
            with visit.page.expect_download() as saved:
                visit.page.get_by_role("link", name=words, exact=True).click()
            assert re.fullmatch(rf"{name}-\d{{4}}-\d\d-\d\d\.(toml|html)", saved.value.suggested_filename)


def test_the_checks_can_fail(chromium: Any, page: Page) -> None:
    """A positive control: another host, a broken rule and a wide page are seen."""
    with Visit(chromium, page, NARROW) as visit:
        bare = visit.context.new_page()
        bare.set_content('<p style="width: 2000px">x<img src="https://example.org/a.png"></p>')
        bare.wait_for_load_state("networkidle")
        assert visit.asked == ["https://example.org/a.png"]
        assert {"image-alt", "html-has-lang"} <= {line.partition(":")[0] for line in breaches(bare)}
        assert bare.evaluate(OVERFLOW) > 0
        visit.go("/")
        visit.page.evaluate("fetch('https://example.org/').catch(() => {})")
        assert any("example.org" in text for text in visit.said), "the policy of the page refuses it"
