"""The pages of facts: foods, explanations, comparisons, claims, questions, and the one search over all of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

import numpy as np
import pytest
from page_checks import HOSTILE, checked, fields, links
from page_client import Page, allow_loopback, running
from plain import GRADE, grade, hard_words

from twitchwise.evidence import load_evidence
from twitchwise.evidence.types import Cite
from twitchwise.explain.topic import document_of
from twitchwise.foods.load import curated
from twitchwise.foods.nutrients import NUTRIENTS
from twitchwise.foods.rich import richest
from twitchwise.foods.store import remove_table, save_table
from twitchwise.foods.store_types import Card, Draft
from twitchwise.foods.types import Food
from twitchwise.formats.food_pages import amount
from twitchwise.web.subjects import addresses_of

EVIDENCE = load_evidence()
LISTS = "/foods /explain /claims /faq /search /compare".split()
SEARCHED = [
    ("losec", "/explain/omeprazole"),
    ("magnesum", "/explain/magnesium"),
    ("coffee", "/explain/caffeine"),
    ("spinich", "/foods/spinach_raw"),
    ("nigth cramps", "/faq/night_cramps"),
    ("epsom salt", "/claims/epsom_salt_bath"),
    ("is it ALS", "/faq/is_it_als"),
    ("BFS", "/explain/benign-fasciculation"),
]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWITCHWISE_DATA", str(tmp_path_factory.mktemp("tables")))
        with running(tmp_path_factory.mktemp("records")) as found:
            yield found


# --- addresses


def test_every_subject_has_one_address_of_its_own() -> None:
    addresses = addresses_of(EVIDENCE)
    assert len(addresses.by_slug) == len(addresses.subjects.by_key) == len(set(addresses.slugs.values()))
    for slug, subject in addresses.by_slug.items():
        assert re.fullmatch(r"[a-z0-9-]+", slug)
        assert addresses.resolve(slug) == subject and addresses.of(subject) == f"/explain/{slug}"
    for subjects in addresses.subjects.listed().values():
        for subject in subjects:
            assert addresses.by_slug[addresses.of(subject).removeprefix("/explain/")] == subject


@pytest.mark.parametrize("path", LISTS)
def test_every_link_of_a_list_leads_to_a_page(page: Page, path: str) -> None:
    found = links(checked(page.get(path)))
    chosen = found if len(found) < 60 else found[:: len(found) // 40]
    for address in chosen:
        if "#" not in address:
            checked(page.get(address))


def test_every_claim_and_question_has_a_page(page: Page) -> None:
    for path, named in (("/claims", EVIDENCE.claims), ("/faq", EVIDENCE.questions)):
        listed = [address for address in links(checked(page.get(path)), path) if address != path]
        assert sorted(listed) == sorted(f"{path}/{key}" for key in named)
        for address in listed:
            checked(page.get(address))


@pytest.mark.parametrize("slug", ["magnesium", "omeprazole", "magnesium-test", "benign-fasciculation", "fever"])
def test_a_topic_says_all_that_the_command_line_says(page: Page, slug: str) -> None:
    document = document_of(addresses_of(EVIDENCE).by_slug[slug], EVIDENCE)
    tree = checked(page.get(f"/explain/{slug}"))
    text = tree.text().replace("\u00a0", " ")
    assert document.title in text
    for section in document.sections:
        assert section.heading in text
        for line in (*section.lines, *section.items):
            assert line.text in text
    cited = {key for key, source in document.sources.items() if source.tier in ("A", "B")}
    shown = {one["href"] for one in tree.all("a") if one["href"].startswith("http")}
    assert shown <= {source.url for source in document.sources.values()}
    assert bool(cited) == bool(shown)


def test_another_name_leads_to_the_address(page: Page) -> None:
    answer = page.get("/explain/Losec")
    assert (answer.status, answer.headers["location"]) == (307, "/explain/omeprazole")
    for path in ("/explain/xyzzy", "/explain/%00", "/claims/xyzzy", "/faq/xyzzy", "/foods/xyzzy", "/foods/group/xyzzy"):
        checked(page.get(path), 404)
    for path in ("/foods/rich/xyzzy", "/foods/rich/magnesium?per=xyzzy", "/foods/..%2f..%2fetc%2fpasswd"):
        checked(page.get(path), 404)


def test_no_page_speaks_of_commands(page: Page) -> None:
    paths = [*LISTS, "/explain/magnesium", "/compare/magnesium/calcium", "/claims/epsom_salt_bath", "/faq/is_it_als"]
    for path in paths:
        assert not re.search(r"twitchwise (explain|faq|claims|compare|foods)", checked(page.get(path)).text())


def test_what_is_typed_never_stands_in_an_address(page: Page) -> None:
    boxes = [box for path in LISTS for box in fields(checked(page.get(path)))]
    assert boxes and {method for method, _ in boxes} == {"post"}


# --- compare


def test_topics_stand_side_by_side(page: Page) -> None:
    tree = checked(page.get("/compare/magnesium/calcium/vitamin-d"))
    heads = [one.text() for one in tree.all("th") if one["scope"] == "col"]
    assert heads == ["Aspect", "Magnesium", "Calcium", "Vitamin D"]
    assert {"/explain/magnesium", "/explain/calcium"} <= set(links(tree))


@pytest.mark.parametrize("tail", ["magnesium", "magnesium/xyzzy", "magnesium/magnesium", "/", "a/" * 400])
def test_what_cannot_be_compared_is_a_plain_sentence(page: Page, tail: str) -> None:
    checked(page.get(f"/compare/{tail}"), 404)


def test_more_topics_than_fit_are_refused(page: Page) -> None:
    nine = "magnesium calcium potassium sodium zinc iron folate alcohol caffeine".split()
    assert page.get(f"/compare/{'/'.join(nine[:8])}").status == 200
    assert 400 <= page.get(f"/compare/{'/'.join(nine)}").status < 500


def test_the_form_leads_to_the_comparison(page: Page) -> None:
    answer = page.post("/compare", {"first": "Losec", "second": "low magnesium"})
    assert (answer.status, answer.headers["location"]) == (303, "/compare/omeprazole/magnesium")
    for first, second in (("", ""), ("xyzzy", "calcium"), ("calcium", "calcium")):
        text = checked(page.post("/compare", {"first": first, "second": second}), 422).text()
        assert "two different topics" in text or "Not known as a topic: xyzzy" in text


# --- search


@pytest.mark.parametrize(("typed", "address"), SEARCHED)
def test_one_search_finds_every_kind(page: Page, typed: str, address: str) -> None:
    answer = page.post("/search", {"q": typed})
    found = links(checked(answer))
    assert address in found, found
    for one in found:
        assert page.get(one).status == 200


@pytest.mark.parametrize("typed", [*HOSTILE, "", "   ", "x" * 5000, "a " * 3000, "\ud83d\ude00", "%00", "' OR 1=1"])
def test_whatever_is_typed_is_answered(page: Page, typed: str) -> None:
    typed = typed.encode("utf-16", "surrogatepass").decode("utf-16")
    for path, field in (("/search", "q"), ("/foods", "q"), ("/compare", "first")):
        answer = page.post(path, {field: typed, "second": "magnesium"})
        if answer.status != 303:
            tree = checked(answer, 200 if path == "/search" or answer.status == 200 else 422)
            assert tree.first("title").text().endswith("· twitchwise")
        for tag in ("<script>alert", "<img", "<svg onload", "\u202e", "\u0000", ">49"):
            assert tag not in answer.text


def test_nothing_found_says_what_to_do(page: Page) -> None:
    for path in ("/search", "/foods"):
        assert "Try" in checked(page.post(path, {"q": "qqqzzzxxv"})).text()


# --- foods


def test_a_food_shows_the_figures_of_the_table(page: Page) -> None:
    table = curated()
    for food in table.foods[:: len(table.foods) // 25]:
        tree = checked(page.get(f"/foods/{food.id}"))
        rows = [row for row in tree.all("tr") if row.all("td")]
        assert len(rows) == len(NUTRIENTS)
        for row, value in zip(rows, table.per_100g(food.id).tolist(), strict=True):
            told = row.all("td")[0].text()
            assert told.startswith("unknown" if math.isnan(value) else f"{amount(value)} "), (food.id, told, value)
        assert EVIDENCE.sources[food.cite.source].title in tree.text()


def test_every_food_stands_in_its_group_and_under_its_address(page: Page) -> None:
    groups = [address for address in links(checked(page.get("/foods"))) if address.startswith("/foods/group/")]
    listed = [one for address in groups for one in links(checked(page.get(address)), "/foods/")]
    ids = sorted(unquote(one.removeprefix("/foods/")) for one in listed if one != "/foods")
    assert ids == sorted(food.id for food in curated().foods)


def test_rich_foods_are_those_of_the_command_line(page: Page) -> None:
    for per in ("portion", "100g", "kcal"):
        tree = checked(page.get(f"/foods/rich/magnesium?per={per}"))
        listed = [one for one in links(tree, "/foods/") if "/rich/" not in one]
        wanted = [f"/foods/{one.food.id}" for one in richest([curated()], "magnesium", per, limit=15)]  # type: ignore
        assert listed == wanted


def test_wishes_leave_foods_out(page: Page) -> None:
    plain = links(checked(page.post("/foods", {"q": "cheese"})), "/foods/")
    vegan = links(checked(page.post("/foods", {"q": "cheese", "tag": "vegan"})), "/foods/")
    foods = curated()
    assert any("vegan" not in foods[one.removeprefix("/foods/")].tags for one in plain)
    assert vegan and all("vegan" in foods[one.removeprefix("/foods/")].tags for one in vegan)
    odd = checked(page.post("/foods", {"q": "cheese", "tag": "<b>"}))
    assert links(odd, "/foods/") == plain, "a wish that nobody offered changes nothing"


def test_the_foods_of_an_added_table_have_addresses_too(page: Page) -> None:
    names = [f"zzfruit {evil}" for evil in HOSTILE]
    ids = [f'a/b?c#d "{number}"' for number in range(len(names))]
    foods = tuple(
        Food(key, name, "odd<b>", "x", Cite("own_judgement", name), synonyms=(name,), note=name)
        for key, name in zip(ids, names, strict=True)
    )
    card = Card("mine", "x", "x", "x", "own_judgement", "x.csv", "", len(foods), 0, 0)
    values = np.full((len(foods), len(NUTRIENTS)), math.nan)
    save_table(Draft(card, foods, values), date(2026, 11, 22))
    try:
        answer = page.post("/foods", {"q": "zzfruit"})
        found = links(checked(answer), "/foods/")
        assert len(found) >= 3
        for address in found:
            shown = page.get(address)
            tree = checked(shown)
            assert "Zzfruit" in tree.first("h1").text()
            assert "unknown" in tree.text() and "Unknown is not zero" in tree.text()
            assert "<script>alert" not in shown.text and "<img" not in shown.text
        assert any(one in found for one in links(checked(page.post("/search", {"q": "zzfruit"}))))
    finally:
        remove_table("mine")
    checked(page.get(found[0]), 404)


def test_a_damaged_table_does_not_stop_the_search(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    from twitchwise.errors import FileError
    from twitchwise.foods.at_hand import Pantry

    def broken(self: Pantry) -> None:
        raise FileError("foods.sqlite: it cannot be read.")

    monkeypatch.setattr(Pantry, "index", broken)
    tree = checked(page.post("/foods", {"q": "banana"}))
    assert "/foods/banana" in links(tree) and "it cannot be read" in tree.text()


@pytest.mark.parametrize("path", [*LISTS, "/foods/banana", "/foods/rich/magnesium", "/no-such-page"])
def test_what_the_page_itself_says_is_plain(page: Page, path: str) -> None:
    tree = checked(page.get(path), 404 if "no-such" in path else 200)
    own = [one.text() for one in tree.all("p", "label", "legend") if one["class"] not in ("meta", "plain")]
    text = " ".join(one.rstrip(".?:") + "." for one in own if one and "Source" not in one)
    assert grade(text) <= GRADE, (grade(text), text)
    assert not hard_words(text)
