"""The way through: every step without a script, what a form keeps, two windows, hostile texts, pasted results."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from html_tree import Element, parsed
from page_checks import HOSTILE, checked
from page_client import Answer, Page, allow_loopback
from plain import grade, hard_words, words_of

from twitchwise.ask.order import next_question
from twitchwise.evidence import load_evidence
from twitchwise.household import Missing
from twitchwise.record import record_from_tables
from twitchwise.web import forms
from twitchwise.web.forms.asked import noted, without_asked
from twitchwise.web.forms.following import state_of
from twitchwise.web.forms.lab_table import read_lab_text
from twitchwise.web.forms.merge import both, merge
from twitchwise.web.forms.names import names_like
from twitchwise.web.forms.scene import Scene
from twitchwise.web.forms.way import KEYS

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
EVIDENCE = load_evidence()
DAY = date(2026, 11, 22)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)


def example(name: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


def someone(page: Page, tables: Mapping[str, Any] | None = None) -> str:
    person = page.household.add("Somebody")
    if tables:
        page.household.save(person.id, tables, 0)
    return person.id


def tables(page: Page, id: str) -> dict[str, Any]:
    return page.household.tables(id)[0]


def filled(tree: Element, step: str) -> list[tuple[str, str]]:
    """What a browser would send of a step's form when nothing is touched."""
    form = next(form for form in tree.all("form") if form["action"].endswith(f"/{step}") and form["enctype"] == "")
    pairs = []
    for box in form.all("input", "select", "textarea"):
        kind = box["type"]
        if kind in ("radio", "checkbox") and not box.has("checked"):
            continue
        if box.tag == "select":
            options = box.all("option")
            chosen = [one for one in options if one.has("selected")] or options[:1]
            pairs.append((box["name"], chosen[-1]["value"]))
        elif box.tag == "textarea":
            pairs.append((box["name"], "".join(str(part) for part in box.parts)))
        else:
            pairs.append((box["name"], box["value"]))
    return pairs


def post(page: Page, path: str, pairs: list[tuple[str, str]], **headers: str) -> Answer:
    own = {"Cookie": page.cookie, "Origin": page.origin, "Content-Type": FORM}
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return page.ask("POST", path, own | more, urlencode(pairs).encode())


def answer(page: Page, id: str, step: str, go: str = "stay", **more: str) -> Answer:
    """Fill in a step as a person does without a script: open it, change some fields, press a button."""
    tree = checked(page.get(f"/p/{id}/{step}"))
    named = {key.replace("__", "-"): value for key, value in more.items()}
    pairs = [pair for pair in filled(tree, step) if pair[0] not in named]
    return post(page, f"/p/{id}/{step}", [*pairs, *named.items(), ("go", go)])


def place(got: Answer) -> str:
    assert got.status == 303, (got.status, got.text[:400])
    return urlsplit(got.headers["location"]).path


# --- every step


@pytest.mark.parametrize("step", KEYS)
@pytest.mark.parametrize("name", ["", "ppi", "worried", "vegan", "night_cramps", "student"])
def test_a_form_that_is_sent_back_untouched_changes_nothing(page: Page, step: str, name: str) -> None:
    before = example(name) if name else {}
    id = someone(page, before)
    kept = tables(page, id)
    tree = checked(page.get(f"/p/{id}/{step}"))
    if step != "next":
        got = post(page, f"/p/{id}/{step}", [*filled(tree, step), ("go", "stay")])
        assert place(got) == f"/p/{id}/{step}"
    assert tables(page, id) == kept


@pytest.mark.parametrize("step", KEYS)
def test_every_box_has_a_label_and_every_choice_a_legend(page: Page, step: str) -> None:
    id = someone(page, example("ppi"))
    tree = checked(page.get(f"/p/{id}/{step}"))
    labels = {label["for"] for label in tree.all("label")}
    for box in tree.all("input", "select", "textarea"):
        if box["type"] != "hidden":
            assert box["id"] in labels, box.attributes
            for name in box["aria-describedby"].split():
                assert any(one["id"] == name for one in tree.all()), name
        if box["type"] == "radio":
            assert box.inside("fieldset")
    for fieldset in tree.all("fieldset"):
        assert fieldset.children[0].tag == "legend" and fieldset.children[0].text()
    nav = next(one for one in tree.all("nav") if one["aria-label"] == "Steps")
    assert [a["aria-current"] for a in nav.all("a")].count("step") == 1
    assert len(nav.all("a")) == 9


@pytest.mark.parametrize("step", KEYS)
def test_every_step_can_be_skipped_and_left_backwards(page: Page, step: str) -> None:
    id = someone(page)
    tree = checked(page.get(f"/p/{id}/{step}"))
    links = [a["href"] for a in tree.first("main").all("a")]
    number = KEYS.index(step)
    assert f"/p/{id}/{KEYS[number - 1]}" in links if number else f"/p/{id}" in links
    assert f"/p/{id}/{KEYS[number + 1]}" in links if number + 1 < len(KEYS) else f"/p/{id}/review" in links
    assert f"/p/{id}/review" in links


@pytest.mark.parametrize("step", KEYS)
def test_the_words_are_plain(page: Page, step: str) -> None:
    id = someone(page, {"findings": [{"what": "eyelid twitching", "main": True}]})
    main = checked(page.get(f"/p/{id}/{step}")).first("main")
    for part in main.all("p", "legend", "label", "h1", "h2", "li"):
        text = part.text()
        if not part.all("p", "label", "li", "a") and len(words_of(text)) >= 8:
            assert grade(text) <= 10.5, (grade(text), text)  # one sentence; the page as a whole is below 8
            assert not hard_words(text), text
    whole = " ".join(part.text() for part in main.all("p", "legend", "label", "h1", "h2"))
    assert grade(whole) <= 8, grade(whole)


def test_the_first_page_is_small_and_the_script_short(page: Page) -> None:
    id = someone(page, example("ppi"))
    static = Path(forms.__file__).parent.parent / "static"
    assert len((static / "page.js").read_text(encoding="utf-8").splitlines()) < 400
    whole = len(page.get(f"/p/{id}/danger").body) + sum(
        len(page.get(f"/static/{name}").body) for name in ("page.js", "style.css", "review.css", "forms.css")
    )
    assert whole < 150_000


def test_a_person_who_is_not_there_is_a_clear_404(page: Page) -> None:
    for step in KEYS:
        assert page.get(f"/p/nobody-here-123/{step}").status == 404
        assert post(page, f"/p/nobody-here-123/{step}", [("base", "0")]).status == 404


# --- danger signs


@pytest.mark.parametrize(
    ("flag", "level"),
    [("seizure", "emergency"), ("muscle_weakness", "prompt"), ("breathlessness_lying", "emergency"),
     ("heart_pain", "emergency"), ("choking", "emergency"), ("sudden_weakness", "emergency")],
)  # fmt: skip
def test_a_yes_shows_at_once_what_to_do_before_anything_else(page: Page, flag: str, level: str) -> None:
    id = someone(page)
    got = answer(page, id, "danger", "where", **{f"flag__{flag}": "yes"})
    assert place(got) == f"/p/{id}/danger" and got.headers["location"].endswith("#now")
    main = checked(page.get(urlsplit(got.headers["location"]).path)).first("main")
    blocks = [one["id"] for one in main.all("div") if one["id"]]
    assert blocks[0] == "now"
    now = next(one for one in main.all("div") if one["id"] == "now")
    assert ("urgent" in now.children[0]["class"]) == (level == "emergency")
    assert now.first("h2").text()
    order = [one for one in main.all("div", "form") if one["id"] == "now" or one.tag == "form"]
    assert order[0]["id"] == "now"


def test_what_to_do_stands_under_each_sign_without_a_script(page: Page) -> None:
    tree = checked(page.get(f"/p/{someone(page)}/danger"))
    blocks = [one for one in tree.all("div") if one["class"] == "if-yes"]
    assert len(blocks) == 7
    assert all(block.all("strong") for block in blocks)
    css = (Path(forms.__file__).parent.parent / "static" / "forms.css").read_text(encoding="utf-8")
    assert '.ask-one:has(> .choices input[value="yes"]:checked) > .if-yes' in css


def test_no_makes_it_calm_and_is_kept_as_a_no(page: Page) -> None:
    id = someone(page)
    flags = [w.id for w in EVIDENCE.wordings.values() if w.kind == "flag" and w.id != "self_harm_thoughts"]
    more = {f"flag__{flag}": "no" for flag in flags}
    got = answer(page, id, "danger", "where", person__age="34", person__sex="male", **more)
    assert place(got) == f"/p/{id}/where"
    seen = Scene(tables(page, id), EVIDENCE, DAY).seen
    assert set(flags) <= seen.absent and seen.age == 34 and seen.sex == "male"
    assert not Scene(tables(page, id), EVIDENCE, DAY).triage.provisional


def test_dont_know_is_not_a_no_and_is_not_asked_again(page: Page) -> None:
    id = someone(page)
    answer(page, id, "danger", flag__fainting="open", flag__seizure="no")
    kept = tables(page, id)
    assert noted(kept, "not_known") == {"fainting"}
    assert Scene(kept, EVIDENCE, DAY).triage.provisional
    assert "asked" not in without_asked(kept)
    state = state_of(kept)
    asked = []
    for _ in range(8):
        question = next_question(state, EVIDENCE, DAY)
        assert question is not None
        asked.append(question.id)
        state = type(state)(state.tables, state.done | {question.id})
    assert "fainting" not in asked and "chest_pain" in asked
    tree = checked(page.get(f"/p/{id}/danger"))
    box = next(one for one in tree.all("input") if one["id"] == "flag-fainting-open")
    assert box.has("checked")


def test_an_answer_can_be_changed_and_taken_back(page: Page) -> None:
    id = someone(page, {"findings": [{"what": "muscle cramps", "since": "3 days", "own": 7}]})
    for chosen, where in (("yes", "findings"), ("no", "absent"), ("open", "asked"), ("yes", "findings"), ("", "")):
        answer(page, id, "danger", flag__fainting=chosen)
        kept = tables(page, id)
        said = [one["what"] for one in kept.get("findings", ()) if one["what"] != "muscle cramps"]
        assert bool(said) == (where == "findings")
        assert bool(kept.get("absent")) == (where == "absent")
        assert ("asked" in kept) == (where == "asked")
    assert tables(page, id) == {"findings": [{"what": "muscle cramps", "since": "3 days", "own": 7}]}


def test_own_words_that_say_yes_are_shown_and_never_taken_out_by_a_form(page: Page) -> None:
    before = {"findings": [{"what": "fainted twice and short of breath since Monday"}]}
    id = someone(page, before)
    tree = checked(page.get(f"/p/{id}/danger"))
    assert "fainted twice and short of breath since Monday" in tree.first("main").text()
    assert not [one for one in tree.all("input") if one["name"] == "flag-fainting"]
    post(page, f"/p/{id}/danger", [("base", "1"), ("flag-fainting", "no"), ("go", "stay")])
    assert tables(page, id)["findings"] == before["findings"]


def test_details_of_a_sign_go_to_its_own_line(page: Page) -> None:
    id = someone(page)
    answer(page, id, "danger", flag__muscle_weakness="yes")
    answer(
        page,
        id,
        "danger",
        **{"detail-muscle_weakness-since": "2 days", "detail-muscle_weakness-where": "left arm, leg"},
    )
    line = tables(page, id)["findings"][0]
    assert line["since"] == "2 days" and line["where"] == ["left arm", "leg"]


def test_pregnancy_and_birth_are_kept_apart(page: Page) -> None:
    id = someone(page)
    for fields, wanted in (
        ({"pregnant": "yes", "pregnant__weeks": "24 weeks"}, {"pregnant": "24 weeks"}),
        ({"pregnant": "birth", "pregnant__weeks": "3 weeks"}, {"postpartum": "3 weeks"}),
        ({"pregnant": "no", "pregnant__weeks": ""}, {"pregnant": False}),
        ({"pregnant": ""}, {}),
    ):
        answer(page, id, "danger", **fields)
        assert tables(page, id).get("person", {}) == wanted


def test_thoughts_of_self_harm_are_asked_after_a_low_mood_and_answered_with_help(page: Page) -> None:
    id = someone(page, {"findings": [{"what": "muscle twitching", "main": True}]})
    assert "ending their life" not in page.get(f"/p/{id}/felt").text
    answer(page, id, "felt", felt__low_mood="yes")
    assert "ending their life" in page.get(f"/p/{id}/felt").text
    got = answer(page, id, "felt", "medicines", felt__self_harm_thoughts="yes")
    assert got.headers["location"].endswith("#now")
    assert "Do not stay alone" in page.get(got.headers["location"].partition("#")[0]).text
    assert "/danger#now" in page.get(f"/p/{id}/habits").text


# --- where


def test_a_complaint_with_places_from_the_picture_and_the_list(page: Page) -> None:
    id = someone(page)
    tree = checked(page.get(f"/p/{id}/where"))
    drawing = tree.first("svg")
    boxes = {one["id"] for one in tree.all("input") if one["name"] == "site"}
    hits = {one["for"] for one in drawing.all("label")}
    assert drawing["aria-hidden"] == "true" and hits <= boxes and boxes - hits == {"site-widespread"}
    pairs = [*filled(tree, "where"), ("kind", "muscle twitching"), ("site", "calf"), ("site", "foot"),
             ("where-other", "left thigh"), ("since", "3 weeks"), ("course", "same"), ("time", "at_rest")]  # fmt: skip
    assert place(post(page, f"/p/{id}/where", [*pairs, ("go", "felt")])) == f"/p/{id}/felt"
    line = tables(page, id)["findings"][0]
    assert line == {"what": "muscle twitching", "since": "3 weeks", "course": "same", "main": True,
                    "where": ["calf", "foot", "left thigh"], "when": ["at rest"]}  # fmt: skip
    again = checked(page.get(f"/p/{id}/where"))
    chosen = {one["id"] for one in again.all("input") if one.has("checked")}
    assert {"site-calf", "site-foot", "time-at_rest", "main-one"} <= chosen


def test_a_complaint_without_a_name_is_asked_for_it_and_nothing_is_lost(page: Page) -> None:
    id = someone(page)
    got = answer(page, id, "where", "felt", site="calf", since="3 weeks", note="comes & goes")
    tree = checked(got, 422)
    assert "Say what it is" in tree.first("main").text()
    values = {one["name"]: one["value"] for one in tree.all("input")}
    assert values["since"] == "3 weeks" and values["note"] == "comes & goes"
    assert next(one for one in tree.all("input") if one["id"] == "site-calf").has("checked")
    assert tables(page, id) == {}


def test_several_complaints_each_keep_what_the_form_does_not_know(page: Page) -> None:
    before = {
        "findings": [
            {"what": "cramps", "where": "calf", "strange": 1},
            "tired eyes",
            {"name": "tremor", "site": "hand"},
        ]
    }
    id = someone(page, before)
    tree = checked(page.get(f"/p/{id}/where?n=2"))
    pairs = [pair for pair in filled(tree, "where") if pair[0] != "since"]
    post(page, f"/p/{id}/where", [*pairs, ("since", "2 days"), ("go", "stay")])
    assert tables(page, id)["findings"][:2] == before["findings"][:2]
    assert tables(page, id)["findings"][2] == {"name": "tremor", "site": "hand", "since": "2 days"}
    got = answer(page, id, "where", "new")
    assert parse_qs(urlsplit(got.headers["location"]).query)["n"] == ["3"]
    fresh = checked(page.get(f"/p/{id}/where?n=499"))
    assert dict(filled(fresh, "where"))["n"] == "3" and dict(filled(fresh, "where"))["what"] == ""
    answer(page, id, "where", remove="1")
    assert len(tables(page, id)["findings"]) == 2


# --- lists


def test_rows_are_added_changed_and_taken_out_and_unknown_keys_stay(page: Page) -> None:
    id = someone(page, {"medicines": ["aspirin", {"medicine": "omeprazole", "dose": "20 mg", "batch": "A1"}, 7]})
    answer(page, id, "medicines", "add", **{"medicines-1-dose": "40 mg daily", "medicines-3-name": "ramipril"})
    assert tables(page, id)["medicines"] == [
        "aspirin", {"dose": "40 mg daily", "medicine": "omeprazole", "batch": "A1"}, 7, {"name": "ramipril"},
    ]  # fmt: skip
    answer(page, id, "medicines", **{"medicines-0-remove": "1", "medicines-3-name": ""})
    assert tables(page, id)["medicines"] == [{"dose": "40 mg daily", "medicine": "omeprazole", "batch": "A1"}, 7]


def test_what_is_not_understood_is_said_at_once_with_the_nearest_names(page: Page) -> None:
    id = someone(page)
    got = answer(page, id, "medicines", "conditions", **{"medicines-0-name": "omeprozle", "medicines-0-dose": "20 mg"})
    assert place(got) == f"/p/{id}/medicines" and got.headers["location"].endswith("#problems")
    tree = checked(page.get(f"/p/{id}/medicines"))
    box = next(one for one in tree.all("div") if one["id"] == "problems")
    assert box.first("a")["href"] == "#medicines-0-name"
    offers = [one["value"] for one in tree.all("button") if one["name"] == "use"]
    assert any("omeprazole" in offer for offer in offers), offers
    post(page, f"/p/{id}/medicines", [*filled(tree, "medicines"), ("use", offers[0])])
    assert Scene(tables(page, id), EVIDENCE, DAY).seen.tags >= {"ppi"}
    assert tables(page, id)["medicines"][0]["dose"] == "20 mg"
    assert place(answer(page, id, "medicines", "conditions")) == f"/p/{id}/conditions"


def test_no_medicines_is_an_answer_and_gives_way_to_a_name(page: Page) -> None:
    id = someone(page)
    answer(page, id, "medicines", **{"medicines-none": "1"})
    assert Scene(tables(page, id), EVIDENCE, DAY).seen.no_medicines
    answer(page, id, "medicines", **{"medicines-1-name": "aspirin"})
    assert tables(page, id)["medicines"] == [{"name": "aspirin"}]
    id = someone(page)
    answer(page, id, "medicines", **{"medicines-none": "1"})
    tree = checked(page.get(f"/p/{id}/medicines"))
    pairs = [pair for pair in filled(tree, "medicines") if pair[0] != "medicines-none"]
    post(page, f"/p/{id}/medicines", [*pairs, ("go", "stay")])
    assert "medicines" not in tables(page, id)


# --- eating


def test_the_screen_the_pattern_and_dont_know(page: Page) -> None:
    id = someone(page)
    answer(page, id, "eating", **{"pattern-choice": "vegan", "screen-dairy": "never", "screen-fish": "open"})
    kept = tables(page, id)
    assert kept["diet"] == {"pattern": "vegan", "screen": {"dairy": "never"}}
    assert noted(kept, "not_known") == {"screen:fish"}
    answer(page, id, "eating", **{"screen-dairy": "", "screen-fish": "2-4 a week", "diet-pattern": "vegan, no soya"})
    assert tables(page, id) == {"diet": {"pattern": "vegan, no soya", "screen": {"fish": "2-4 a week"}}}


def test_a_diary_is_typed_matched_and_corrected(page: Page) -> None:
    id = someone(page, {"diet": {"pattern": "vegan", "likes": ["tofu"]}})
    answer(page, id, "eating", diary="Monday\nBreakfast: 150 g banana\n- xyzzyq\nLunch: lentil soup")
    lines = tables(page, id)["diet"]["lines"]
    assert [(one["day"], one["text"]) for one in lines] == [
        ("Monday", "150 g banana"), ("Monday", "xyzzyq"), ("Monday", "lentil soup"),
    ]  # fmt: skip
    tree = checked(page.get(f"/p/{id}/eating"))
    said = {one["id"]: one.text() for one in tree.all("p")}
    assert said["line-0-said"] == "banana, raw, 150 g" and "not found: xyzzyq" in said["line-1-said"]
    answer(page, id, "eating", **{"line-1": "2 boiled eggs", "line-2-remove": "1"})
    diet = tables(page, id)["diet"]
    assert [one["text"] for one in diet["lines"]] == ["150 g banana", "2 boiled eggs"]
    assert diet["lines"][1]["day"] == "Monday" and diet["likes"] == ["tofu"]


def test_a_diary_file_is_read_and_a_picture_refused(page: Page) -> None:
    id = someone(page)
    text = "day,meal,food,grams\n2026-11-01,breakfast,oat porridge,250\n2026-11-01,lunch,banana,120\n".encode("utf-16")
    got = page.upload(f"/p/{id}/eating", "../../my diary.csv", text, base="0", go="stay")
    assert place(got) == f"/p/{id}/eating"
    lines = tables(page, id)["diet"]["lines"]
    assert [one["grams"] for one in lines] == [250.0, 120.0]
    record = record_from_tables(without_asked(tables(page, id)))
    assert len(record.diet.lines) == 2 and not record.slips
    got = page.upload(f"/p/{id}/eating", "photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, base="1", go="stay")
    assert "this is no text" in checked(got, 422).first("main").text()
    assert tables(page, id)["diet"]["lines"] == lines


def test_a_long_diary_is_shown_in_parts_and_kept_whole(page: Page) -> None:
    lines = [f"{n} g rice" for n in range(1, 96)]
    id = someone(page, {"diet": {"lines": lines}})
    tree = checked(page.get(f"/p/{id}/eating?n=40"))
    assert next(one["name"] for one in tree.all("input") if one.has("data-food")) == "line-40"
    pairs = [pair for pair in filled(tree, "eating") if pair[0] != "line-41"]
    post(page, f"/p/{id}/eating", [*pairs, ("line-41", "an apple"), ("go", "stay")])
    assert tables(page, id)["diet"]["lines"] == [*lines[:41], "an apple", *lines[42:]]


# --- habits and the person


def test_habits_keep_own_words_and_dont_know(page: Page) -> None:
    id = someone(page, {"habits": {"caffeine": "3 coffees", "strange": "x"}})
    answer(page, id, "habits", **{"habits-sleep": "5 hours", "habits-alcohol-open": "1", "person-weight": "70 kg"})
    kept = tables(page, id)
    assert kept["habits"] == {"caffeine": "3 coffees", "strange": "x", "sleep": "5 hours"}
    assert kept["person"] == {"weight": "70 kg"} and noted(kept, "not_known") == {"alcohol"}
    tree = checked(page.get(f"/p/{id}/habits"))
    offer = next(one["value"] for one in tree.all("button") if one["value"].startswith("habits-alcohol|"))
    post(page, f"/p/{id}/habits", [*filled(tree, "habits"), ("use", offer)])
    assert tables(page, id)["habits"]["alcohol"] == "none" and not noted(tables(page, id), "not_known")


# --- blood tests

TABLES = {
    "tabs": "Test\tResult\tUnits\tReference range\tFlag\tDate\nMagnesium\t0.62\tmmol/L\t0.70 - 1.05\tL\t14/03/2026\n"
    "Potassium\t4.1\tmmol/L\t3.5-5.3\t\t14/03/2026",
    "portal": "Collected on Mar 14, 2026 9:10 AM\nMAGNESIUM\nNormal range: 1.6 - 2.6 mg/dL\n1.9\nPOTASSIUM\n"
    "Normal range: 3.5 - 5.1 mmol/L\n4.0",
    "stacked": "Sodium\n139 mmol/L\n135 - 145\nPotassium\n4.1 mmol/L\n3.5 - 5.0",
    "letter": "Dear Mrs X\nMagnesium 0.80 mmol/L (0.70 - 1.05)\nVit D 38 nmol/L",
    "commas": "test,value,unit,low,high,date\nCalcium,2.31,mmol/L,2.2,2.6,2026-10-01\n"
    '"Vitamin D, 25-OH",38,nmol/L,50,,',
    "semicolons": "Test;Value;Unit;Reference\nSodium;139;mmol/l;135-145\nCalcium;2,31;mmol/l;2,20-2,65",
    "bars": "| Test | Result | Range |\n|---|---|---|\n| Magnesium | 0.62 mmol/L | 0.70-1.05 |\n"
    "| TSH | <0.01 mIU/L | 0.4-4 |",
    "gaps": "Sodium      139   mmol/L    (135 - 145)\nPotassium   3.1 L   mmol/L    (3.5 - 5.0)",
}
WANTED = {
    "tabs": [("magnesium", 0.62), ("potassium", 4.1)],
    "portal": [("magnesium", 0.782), ("potassium", 4.0)],
    "stacked": [("sodium", 139), ("potassium", 4.1)],
    "letter": [("magnesium", 0.8), ("vitamin_d", 38)],
    "commas": [("calcium", 2.31), ("vitamin_d", 38)],
    "semicolons": [("sodium", 139), ("calcium", 2.31)],
    "bars": [("magnesium", 0.62), ("tsh", 0.01)],
    "gaps": [("sodium", 139), ("potassium", 3.1)],
}


@pytest.mark.parametrize("shape", TABLES)
def test_a_pasted_table_is_read_with_units_and_ranges(shape: str) -> None:
    found = read_lab_text(TABLES[shape], EVIDENCE)
    scene = Scene({"person": {"age": 40, "sex": "f"}, "labs": found.lines}, EVIDENCE, DAY)
    read = [(one.analyte, round(one.value or 0, 3)) for one in scene.readings if not one.derived]
    assert read == WANTED[shape], (found.lines, scene.issues)
    ranged = [one for one in scene.readings if one.range_from == "printed"]
    assert len(ranged) >= (1 if shape == "letter" else 2)


def test_a_paste_never_swaps_the_values_of_two_tests() -> None:
    rows = [
        ("Sodium", 139, "mmol/L"),
        ("Potassium", 4.1, "mmol/L"),
        ("Calcium", 2.3, "mmol/L"),
        ("Ferritin", 40, "ug/L"),
    ]
    for mark in ("\t", ";", "   ", " "):
        text = "\n".join(f"{name}{mark}{value}{mark}{unit}" for name, value, unit in rows)
        lines = read_lab_text(text, EVIDENCE).lines
        assert [(one["test"], one["value"]) for one in lines] == [(n, f"{v} {u}") for n, v, u in rows], mark


def test_prose_and_noise_become_no_results() -> None:
    text = "Dear Mrs Smith,\nThank you for coming on 14 March 2026 at 9.30.\nPlease call 0123 456789.\n" + "\n".join(
        HOSTILE
    )
    assert read_lab_text(text, EVIDENCE).lines == []
    assert read_lab_text("=" * 400_000 + "\n" + "a " * 200_000 + "9" * 100_000, EVIDENCE).lines == []


def test_results_are_pasted_typed_uploaded_checked_and_not_doubled(page: Page) -> None:
    id = someone(page)
    for _ in range(2):
        answer(page, id, "tests", paste=TABLES["tabs"])
    assert len(tables(page, id)["labs"]) == 2 and tables(page, id)["labs"][0]["date"] == "2026-03-14"
    page.upload(f"/p/{id}/tests", "labs.csv", TABLES["commas"].encode(), base="1", go="stay")
    assert len(tables(page, id)["labs"]) == 4
    got = answer(page, id, "tests", "next", **{"labs-4-test": "potassium", "labs-4-value": "41 mmol/L"})
    assert got.headers["location"].endswith("#problems")
    tree = checked(page.get(f"/p/{id}/tests"))
    assert "Read as magnesium 0.62 mmol/L: low." in tree.first("main").text()
    assert "cannot be right for potassium" in tree.first("main").text()
    offer = next(one["value"] for one in tree.all("button") if one["value"].startswith("labs-4-value|"))
    post(page, f"/p/{id}/tests", [*filled(tree, "tests"), ("use", offer)])
    assert tables(page, id)["labs"][4]["value"] == "4.1 mmol/L"


def test_a_unit_is_checked_while_typing_for_this_person(page: Page) -> None:
    id = someone(page, {"person": {"age": 40, "sex": "f"}})
    ask = [("test", "magnesium"), ("value", "17 mmol/L")]
    assert "cannot be right" in post(page, f"/p/{id}/lab-line", ask).json()["why"]
    good = post(page, f"/p/{id}/lab-line", [("test", "Mg"), ("value", "1.9 mg/dL")]).json()
    assert good["why"] == "" and good["said"].startswith("Read as magnesium 1.9 mg/dL (that is 0.782 mmol/L): in range")
    assert tables(page, id) == {"person": {"age": 40, "sex": "f"}}


# --- the next question


def test_the_next_question_is_asked_one_at_a_time_with_its_reason(page: Page) -> None:
    id = someone(page)
    seen = []
    for _ in range(12):
        tree = checked(page.get(f"/p/{id}/next"))
        held = dict(filled(tree, "next"))
        assert held["question"] not in seen
        seen.append(held["question"])
        got = post(page, f"/p/{id}/next", [*held.items(), ("answer", "open")])
        assert place(got) == f"/p/{id}/next"
    assert noted(tables(page, id), "done") >= set(seen)
    assert without_asked(tables(page, id)) == {}


def test_words_are_taken_checked_and_offered_back_before_they_are_saved(page: Page) -> None:
    done = [w.id for w in EVIDENCE.wordings.values() if w.kind in ("flag", "person")]
    id = someone(page, {"asked": {"done": done}})
    held = dict(filled(checked(page.get(f"/p/{id}/next")), "next"))
    assert held["question"] == "main"
    got = post(page, f"/p/{id}/next", [("base", "1"), ("question", "main"), ("words", "eyelid flikker")])
    tree = checked(got)
    assert "Nothing is saved yet" in tree.first("main").text() and "findings" not in tables(page, id)
    offers = [one["value"] for one in tree.all("button") if one["name"] == "words"]
    assert offers[-1] == "eyelid flikker"
    got = post(page, f"/p/{id}/next", [("base", "1"), ("question", "main"), ("sure", "1"), ("words", offers[-1])])
    assert tables(page, id)["findings"][0]["what"] == "eyelid flikker"
    stale = post(page, f"/p/{id}/next", [("base", "2"), ("question", "main"), ("words", "x")])
    assert stale.status == 422 and "answered in the meantime" in stale.text


# --- two windows, saving while typing


def test_changes_in_different_places_are_joined(page: Page) -> None:
    id = someone(page, {"habits": {"sleep": "8 hours"}, "medicines": ["aspirin"]})
    first, second = (filled(checked(page.get(f"/p/{id}/{step}")), step) for step in ("habits", "medicines"))
    post(page, f"/p/{id}/habits", [*(p for p in first if p[0] != "habits-sun"), ("habits-sun", "none"), ("go", "stay")])
    rest = [p for p in second if p[0] != "medicines-1-name"]
    got = post(page, f"/p/{id}/medicines", [*rest, ("medicines-1-name", "omeprazole"), ("go", "stay")])
    assert got.status == 303
    assert tables(page, id)["habits"] == {"sleep": "8 hours", "sun": "none"}
    assert tables(page, id)["medicines"] == ["aspirin", {"name": "omeprazole"}]


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_a_clash_shows_both_versions_and_loses_nothing(page: Page, choice: str) -> None:
    id = someone(page, {"medicines": ["aspirin"]})
    old = [p for p in filled(checked(page.get(f"/p/{id}/medicines")), "medicines") if p[0] != "medicines-0-name"]
    for name, code in (("omeprazole", 303), ("ramipril <b>", 409)):
        got = post(page, f"/p/{id}/medicines", [*old, ("medicines-0-name", name), ("go", "stay")])
        assert got.status == code
    tree = checked(got, 409)
    assert "omeprazole" in tree.text() and "ramipril <b>" in tree.text()
    assert [
        one["what"] if isinstance(one, dict) and "what" in one else one for one in tables(page, id)["medicines"]
    ] == [{"name": "omeprazole"}]
    form = tree.all("form")[-1]
    pairs = [(one["name"], one["value"]) for one in form.all("input")]
    assert post(page, f"/p/{id}/medicines", [*pairs, ("keep", choice)]).status == 303
    names = [one["name"] for one in tables(page, id)["medicines"]]
    wanted = {"mine": ["ramipril <b>"], "theirs": ["omeprazole"], "both": ["omeprazole", "ramipril <b>"]}
    assert names == wanted[choice]
    history = [page.household.tables_at(id, one.version) for one in page.household.versions(id)]
    ever = {str(line) for held in history for line in held.get("medicines", ())}
    assert any("omeprazole" in line for line in ever) and any("ramipril" in line for line in ever)


def test_saving_while_typing_takes_nothing_out_and_says_the_new_version(page: Page) -> None:
    id = someone(page, {"medicines": ["aspirin", "ramipril"]})
    tree = checked(page.get(f"/p/{id}/medicines"))
    pairs = [p for p in filled(tree, "medicines") if not p[0].endswith("-name")]
    typing = [*pairs, ("medicines-0-name", ""), ("medicines-1-name", "ramipril 5"), ("medicines-2-name", "ome")]
    got = post(page, f"/p/{id}/medicines", typing, x_autosave="1", accept="application/json")
    data = got.json()
    assert got.status == 200 and data["version"] == 2
    assert tables(page, id)["medicines"] == ["aspirin", {"name": "ramipril 5"}, {"name": "ome"}]
    stale = post(
        page, f"/p/{id}/medicines", [*pairs, ("medicines-1-name", "x")], x_autosave="1", accept="application/json"
    )
    assert stale.status == 409 and "another window" in stale.json()["error"]


def test_a_danger_sign_is_said_while_the_form_is_still_open(page: Page) -> None:
    id = someone(page)
    got = post(page, f"/p/{id}/danger", [("base", "0"), ("flag-seizure", "yes")], x_autosave="1").json()
    assert got["level"] == "emergency" and "<h2>" in got["now"] and "call" in got["now"].lower()
    side = page.get(f"/p/{id}/side?since=0").text
    assert "EMERGENCY" in side and "%" not in side


def test_the_side_says_what_an_answer_changed(page: Page) -> None:
    id = someone(page, {"findings": [{"what": "eyelid twitching", "main": True}], "person": {"age": 30, "sex": "f"}})
    assert "New:" not in page.get(f"/p/{id}/side?since=1").text
    answer(page, id, "habits", **{"habits-caffeine": "900 mg a day", "habits-sleep": "4 hours"})
    assert "New:" in page.get(f"/p/{id}/side?since=1").text
    for since in ("-1", "99", "x", "1" * 30):
        assert page.get(f"/p/{id}/side?since={since}").status == 200


def test_merging_keeps_every_line_of_both() -> None:
    base = {"labs": ["a", "b"], "person": {"age": 3}}
    mine, theirs = (
        {"labs": ["a", "b", "c"], "person": {"age": 3, "sex": "f"}},
        {"labs": ["A", "b", "d"], "person": {"age": 4}},
    )
    found = merge(base, mine, theirs)
    assert not found.clashes
    assert found.tables == {"labs": ["A", "b", "d", "c"], "person": {"age": 4, "sex": "f"}}
    clash = merge(base, {"labs": ["a"]}, {"labs": ["b", "x"], "person": {"age": 3}})
    assert [one.key for one in clash.clashes] == ["labs"]
    assert both(clash.tables, {"labs": ["b", "x"]}, clash.clashes)["labs"] == ["b", "x", "a"]


# --- names while typing


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [("medicine", "omep", "omeprazole"), ("medicine", "losec", "Losec"), ("supplement", "magnes", "magnesium"),
     ("finding", "eyelid tw", "eyelid twitching"), ("test", "potas", "potassium"), ("food", "banan", "banana, raw")],
)  # fmt: skip
def test_names_are_offered(page: Page, kind: str, text: str, first: str) -> None:
    got = post(page, "/live/names", [("kind", kind), ("text", text)]).json()["names"]
    assert first.lower() in [name.lower() for name in got[:3]], got


def test_names_for_nothing_and_for_nonsense() -> None:
    assert names_like("medicine", "o", EVIDENCE) == [] and names_like("no such kind", "omeprazole", EVIDENCE) == []
    assert names_like("medicine", "qqqqzzzzxxxx", EVIDENCE) == []


# --- hostile texts and addresses


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_as_texts_on_every_step(page: Page, text: str) -> None:
    line = {
        "what": text,
        "name": text,
        "test": text,
        "value": text,
        "since": text,
        "when": text,
        "note": text,
        "dose": text,
    }
    sections = "findings absent signs medicines supplements conditions procedures exposures labs tests".split()
    held: dict[str, Any] = {section: [line, text] for section in sections}
    held |= {
        "diet": {"pattern": text, "lines": [text, {"text": text, "day": text, "meal": text}], "screen": {"dairy": text}}
    }
    held |= {"habits": {"sleep": text, "other": text}, "person": {"age": text, "country": text, "pregnant": text}}
    held |= {"asked": {"left_out": [text], "labs_left": [text], "not_known": [text], "done": [text]}}
    id = someone(page, held)
    for step in KEYS:
        tree = checked(page.get(f"/p/{id}/{step}"))
        assert "onerror" not in " ".join(name for one in tree.all() for name in one.attributes)
        if step != "next":
            got = post(page, f"/p/{id}/{step}", [*filled(tree, step), ("go", "stay")])
            assert got.status == 303 and "script" not in got.headers["location"]
    assert "<script>alert" not in page.get(f"/p/{id}/side?since=1").text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_answers_are_kept_as_texts(page: Page, text: str) -> None:
    id = someone(page)
    answer(page, id, "medicines", **{"medicines-0-name": text, "medicines-0-dose": text})
    answer(page, id, "eating", diary=text, **{"diet-pattern": text})
    answer(page, id, "tests", paste=text, **{"labs-0-test": text, "labs-0-value": text})
    for step in KEYS:
        checked(page.get(f"/p/{id}/{step}"))
    live = post(page, f"/p/{id}/danger", [("base", "3"), ("person-age", text)], x_autosave="1").json()
    assert "<script>" not in live["problems"] and "<img" not in live["problems"]


@pytest.mark.parametrize(
    "pairs",
    [[], [("base", "x")], [("base", "99999")], [("base", "-1")], [("n", "9" * 40)], [("n", "499"), ("what", "x")],
     [("medicines-99999-name", "x")], [("medicines-0-name", "x" * 9000)], [("use", "|"), ("use", "base|7")],
     [("felt-nonsense", "yes"), ("felt-fever", "perhaps")], [("flag-", "yes")], [("question", "x"), ("answer", "x")],
     [("go", "//evil.example"), ("keep", "x")], [("go", "../../x")]],
)  # fmt: skip
def test_odd_forms_never_break_a_step(page: Page, pairs: list[tuple[str, str]]) -> None:
    id = someone(page, {"findings": ["cramps"]})
    for step in KEYS:
        got = post(page, f"/p/{id}/{step}", pairs)
        assert got.status in (200, 303, 409, 422), (step, got.status)
        if got.status == 303:
            assert got.headers["location"].startswith(f"/p/{id}/")
        checked(page.get(f"/p/{id}/{step}"))
    assert "cramps" in str(tables(page, id)["findings"][0])


def test_no_word_of_a_person_goes_into_an_address_or_a_title(page: Page) -> None:
    id = someone(page)
    secret = "zebra-twitch"
    for step, fields in (
        ("where", {"what": secret, "note": secret}),
        ("medicines", {"medicines-0-name": secret}),
        ("eating", {"diary": secret}),
        ("tests", {"paste": secret, "labs-0-test": secret}),
        ("habits", {"habits-other": secret}),
    ):
        got = answer(page, id, step, **fields)
        assert secret not in got.headers["location"]
        assert secret not in parsed(page.get(f"/p/{id}/{step}").text).first("title").text()


def test_a_form_of_another_site_changes_nothing(page: Page) -> None:
    id = someone(page)
    own = {"Cookie": page.cookie, "Content-Type": FORM}
    body = urlencode([("base", "0"), ("person-age", "5"), ("go", "stay")]).encode()
    bad = page.ask("POST", f"/p/{id}/danger", own | {"Origin": "https://evil.example"}, body)
    assert bad.status == 403 and tables(page, id) == {}
    assert page.ask("POST", f"/p/{id}/danger", own | {"Origin": page.origin}, body).status == 303
    assert tables(page, id) == {"person": {"age": 5}}


def test_a_deleted_person_leaves_no_page(page: Page) -> None:
    id = someone(page, {"findings": ["cramps"]})
    page.household.delete(id)
    with pytest.raises(Missing):
        page.household.tables(id)
    assert page.get(f"/p/{id}/side").status == 404 and page.get(f"/p/{id}/where").status == 404


# --- in a real browser

sys.path.append(str(Path(__file__).resolve().parent.parent / "tools"))
from browser import browser, missing  # noqa: E402

ABSENT = missing()
seen_in_a_browser = pytest.mark.skipif(bool(ABSENT), reason=f"the steps were NOT looked at in a browser: {ABSENT}")
FULL = {
    "person": {"age": 67, "sex": "female"},
    "findings": [{"what": "eyelid twitching", "main": True, "where": ["eyelid"]}, "flurbing xyz"],
    "medicines": [{"name": "omeprozle", "dose": "20 mg"}],
    "diet": {"lines": ["2 eggs", "xyzzyq"], "screen": {"dairy": "2 a day"}},
    "labs": [{"test": "potassium", "value": "41 mmol/L"}, {"test": "magnesium", "value": "0.62 mmol/L"}],
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as started:
        yield started


@contextmanager
def tab_of(chromium: Any, page: Page, width: int = 1280, **more: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": width, "height": 900}, **more)
    name, _, value = page.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": page.origin}])
    tab = context.new_page()
    tab.set_default_timeout(20_000)
    outside: list[str] = []
    tab.on(
        "request", lambda asked: outside.append(asked.url) if not asked.url.startswith((page.origin, "data:")) else None
    )
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    yield tab
    context.close()
    assert not outside and not faults


@seen_in_a_browser
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_step_breaks_an_accessibility_rule_or_is_wider_than_the_screen(
    chromium: Any, page: Page, width: int, colours: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    id = someone(page, FULL)
    with tab_of(chromium, page, width, color_scheme=colours) as tab:
        for step in KEYS:
            tab.goto(f"{page.origin}/p/{id}/{step}", wait_until="networkidle")
            found = Axe().run(tab).response["violations"]
            assert not found, (step, [(one["id"], one["nodes"][0]["html"]) for one in found])
            assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, (
                step
            )


@seen_in_a_browser
@pytest.mark.parametrize("script", [True, False])
def test_the_picture_and_what_to_do_work_with_and_without_a_script(chromium: Any, page: Page, script: bool) -> None:
    id = someone(page)
    with tab_of(chromium, page, 360, java_script_enabled=script) as tab:
        tab.goto(f"{page.origin}/p/{id}/danger")
        then = tab.locator(".ask-one:has(#flag-seizure-yes) > .if-yes")
        assert not then.is_visible()
        tab.check("#flag-seizure-yes")
        assert then.is_visible() and "emergency" in then.inner_text()
        tab.check("#flag-seizure-no")
        tab.click("text=Save and go on")
        tab.locator("svg label[for=site-calf]").first.click()
        assert tab.is_checked("#site-calf")
        tab.check("#kind-2")
        tab.click("text=Save and go on")
        tab.wait_for_url("**/felt?**")
    assert tables(page, id)["findings"] == [{"what": "muscle cramps", "where": ["calf"], "main": True}]


@seen_in_a_browser
def test_answers_are_saved_while_typing_and_a_press_on_save_is_no_second_window(chromium: Any, page: Page) -> None:
    id = someone(page)
    with tab_of(chromium, page) as tab:
        tab.goto(f"{page.origin}/p/{id}/danger")
        tab.check("#flag-seizure-yes")
        tab.locator("#now h2").wait_for()
        tab.goto(f"{page.origin}/p/{id}/medicines")
        tab.locator("#medicines-0-name").press_sequentially("omepr", delay=20)
        tab.locator("#names-medicine option[value=omeprazole]").wait_for(state="attached")
        tab.fill("#medicines-0-name", "omeprazole")
        tab.locator("#saved", has_text="Saved").wait_for()
        tab.locator("#medicines-0-dose").press_sequentially("20 mg daily", delay=95)
        tab.click("text=Save and go on")
        tab.wait_for_url("**/conditions?**")
        assert tables(page, id)["medicines"] == [{"name": "omeprazole", "dose": "20 mg daily"}]
        tab.goto(f"{page.origin}/p/{id}/tests")
        tab.fill("#labs-0-test", "potassium")
        tab.fill("#labs-0-value", "41 mmol/L")
        tab.locator("#labs-0-said", has_text="cannot be right").wait_for()


@seen_in_a_browser
def test_the_whole_way_by_keyboard_alone(chromium: Any, page: Page) -> None:
    id = someone(page)
    with tab_of(chromium, page, java_script_enabled=False) as tab:
        tab.goto(f"{page.origin}/p/{id}/danger")
        for step in KEYS[:-1]:
            assert f"/{step}" in tab.url
            for _ in range(200):
                tab.keyboard.press("Tab")
                if tab.locator("button.main-button:focus").count():
                    break
            tab.keyboard.press("Enter")
            tab.wait_for_url(f"**/{KEYS[KEYS.index(step) + 1]}?**")
        for _ in range(200):
            tab.keyboard.press("Tab")
            if tab.locator("button[value=no]:focus").count():
                break
        tab.keyboard.press("Enter")
        tab.locator(".notice", has_text="Saved").wait_for()
    assert tables(page, id)["absent"] == [{"what": "muscle weakness"}]
