"""The review page: the order of the answer, the files, the kept reviews, two days side by side, and hostile records."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from page_checks import HOSTILE, checked, links
from page_client import Markup, Page, allow_loopback
from plain import GRADE, grade

from twitchwise.evidence import load_evidence
from twitchwise.household import Damaged, Kept
from twitchwise.report.build import GRAVE
from twitchwise.web import reviewing
from twitchwise.web.dates import changes
from twitchwise.web.lines import lines_of

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ON = "2026-11-22"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)


def tables_of(example: str) -> dict[str, Any]:
    tables = tomllib.loads((EXAMPLES / f"{example}.toml").read_text(encoding="utf-8"))
    tables.get("diet", {}).pop("diary", None)  # a file beside the record, which the page has not
    return tables


def someone(page: Page, example: str = "", name: str = "Somebody") -> str:
    person = page.household.add(name)
    if example:
        page.household.save(person.id, tables_of(example), 0)
    return person.id


def numbers(page: Page, id: str) -> list[int]:
    return [one.number for one in page.household.kept(id)]


def change(page: Page, id: str, **more: Any) -> None:
    tables, version = page.household.tables(id)
    page.household.save(id, {**tables, **more}, version)


# --- the page


@pytest.mark.parametrize("example", ["ppi", "worried", "vegan", "night_cramps", "student"])
def test_the_urgency_comes_first_and_the_answer_has_a_clear_end(page: Page, example: str) -> None:
    id = someone(page, example)
    tree = checked(page.get(f"/p/{id}/review?on={ON}"))
    main = tree.first("main")
    assert main.children[0]["class"] == "band"
    assert main.children[0].first("h1").text()
    order = [section["id"] for section in main.all("section")]
    wanted = "asked short now causes labs diet tests plan withheld unused change end more keep sources".split()
    assert order == [one for one in wanted if one in order]
    assert {"short", "causes", "keep", "sources"} <= set(order)
    short = next(section for section in main.all("section") if section["id"] == "short").first("p").text()
    assert 3 < len(short.split()) <= 45
    level = tree.first("body")["class"].split()
    assert [one for one in level if one.startswith("level-")]


def test_the_urgency_leads_to_the_questions_that_are_open(page: Page) -> None:
    id = someone(page, "ppi")
    assert f"/p/{id}/danger" in links(checked(page.get(f"/p/{id}/review")))
    assert f"/p/{id}" in links(checked(page.get(f"/p/{id}/review")))


def test_sources_open_in_place(page: Page) -> None:
    tree = checked(page.get(f"/p/{someone(page, 'ppi')}/review"))
    marks = [one for one in tree.all("details") if one["class"] == "cites"]
    listed = {one["id"] for one in tree.all("li") if one["id"].startswith("source-")}
    assert marks and listed
    for mark in marks:
        assert all(link["href"].removeprefix("#") in listed for link in mark.all("a"))


def test_an_empty_record_is_shown_calmly_and_not_kept(page: Page) -> None:
    id = someone(page)
    tree = checked(page.get(f"/p/{id}/review"))
    assert "names no complaint yet" in tree.text()
    assert numbers(page, id) == []


def test_no_address_and_no_title_tells_of_the_person(page: Page) -> None:
    id = someone(page, "ppi", "Zelda Quux")
    for path in (f"/p/{id}/review", f"/p/{id}/review/{_first(page, id)}"):
        answer = page.get(path)
        assert checked(answer).first("title").text() == "Review · twitchwise"
        addresses = [*Markup(answer.text).loads, *links(checked(answer))]
        assert addresses and not any(word in " ".join(addresses).lower() for word in ("zelda", "omeprazole", "cramp"))


def _first(page: Page, id: str) -> int:
    page.get(f"/p/{id}/review")
    return numbers(page, id)[0]


@pytest.mark.parametrize("evil", HOSTILE)
def test_a_hostile_record_stays_text(page: Page, evil: str) -> None:
    id = someone(page, name=f"A{evil}")
    labs = [{"test": "magnesium", "value": f"0.5 mmol/L {evil}", "range": evil}, {"test": evil, "value": evil}]
    tables = {
        "person": {"age": "40", "country": evil},
        "findings": [{"what": "muscle twitching", "where": [evil], "note": evil}, {"what": evil}],
        "medicines": [{"name": evil, "dose": evil}, {"name": "omeprazole", "note": evil}],
        "diet": {"lines": [{"text": evil, "where": evil, "meal": evil, "day": evil}]},
        "labs": labs,
        evil: [evil],
    }
    page.household.save(id, tables, 0)
    paths = [f"/p/{id}/review", f"/p/{id}/review/{_first(page, id)}"]
    change(page, id, medicines=[{"name": evil, "dose": "another"}], habits={evil: evil})
    page.get(f"/p/{id}/review")
    first, last = numbers(page, id)
    for path in (*paths, f"/p/{id}/review", f"/p/{id}/compare/{first}/{last}"):
        answer = page.get(path)
        checked(answer)
        for tag in ("<script>alert", "<img", "<svg onload", "\u202e", "\u0000", "\u0007", ">49"):
            assert tag not in answer.text, (path, tag)
    shown = checked(page.get(f"/p/{id}/compare/{first}/{last}")).text()
    assert "another" in shown, "the positive control: what was written is shown"


# --- the files


def test_the_files_are_those_of_the_command_line(page: Page, tmp_path: Path) -> None:
    id = someone(page, "ppi")
    record = tmp_path / "record.toml"
    record.write_bytes(page.get(f"/p/{id}/review.toml").body)
    assert tomllib.loads(record.read_text(encoding="utf-8")) == tables_of("ppi")
    for file, options in (("review.json", "json"), ("review.html", "html"), ("dietitian.html", "html --for dietitian")):
        answer = page.get(f"/p/{id}/{file}?on={ON}")
        command = [sys.executable, "-m", "twitchwise", "review", str(record), "--on", ON, "--format", *options.split()]
        told = subprocess.run(command, capture_output=True, check=True).stdout
        assert answer.body == told, file


def test_causes_lead_to_the_pages_that_explain_them(page: Page) -> None:
    found = links(checked(page.get(f"/p/{someone(page, 'ppi')}/review?on={ON}")), "/explain/")
    assert "/explain/magnesium" in found
    assert all(page.get(address).status == 200 for address in found)
    worried = links(checked(page.get(f"/p/{someone(page, 'worried')}/review?on={ON}")), "/explain/")
    assert worried and not [address for address in worried if "motor-neuron" in address]


@pytest.mark.parametrize("ending", ["toml", "json", "html", "pdf"])
def test_a_file_has_a_name_that_says_nothing(page: Page, ending: str) -> None:
    if ending == "pdf":
        pytest.importorskip("typst", reason="the PDF was NOT made: no typst")
    id = someone(page, "vegan", "Zelda")
    answer = page.get(f"/p/{id}/review.{ending}?on={ON}")
    assert answer.status == 200
    name = "record" if ending == "toml" else "review"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}-{ON}.{ending}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (ending == "pdf") == answer.body.startswith(b"%PDF")


def test_without_its_package_the_pdf_is_a_plain_sentence(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    id = someone(page, "vegan")
    monkeypatch.setattr(reviewing, "find_spec", lambda name: None)
    tree = checked(page.get(f"/p/{id}/review"))
    assert not [address for address in links(tree) if ".pdf" in address]
    assert "This PDF needs one more package" in tree.text()
    assert "needs one more package" in checked(page.get(f"/p/{id}/review.pdf"), 404).text()


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "20261122", "2026-11-22T00", "<b>", "-"])
def test_a_day_that_cannot_be_read_is_refused_in_words(page: Page, day: str) -> None:
    id = someone(page, "vegan")
    assert "2026-11-22" in checked(page.get(f"/p/{id}/review?on={day}"), 400).text()
    assert page.get(f"/p/{id}/review.json?on={day}").status == 400


# --- kept reviews


def test_a_review_is_kept_once_for_each_state_and_day(page: Page) -> None:
    id = someone(page, "vegan")
    for _ in range(3):
        page.get(f"/p/{id}/review?on={ON}")
    assert len(numbers(page, id)) == 1
    page.get(f"/p/{id}/review?on=2026-11-23")
    change(page, id, habits={"sleep": "5 hours"})
    page.get(f"/p/{id}/review?on=2026-11-23")
    kept = page.household.kept(id)
    assert [(one.on.isoformat(), one.version) for one in kept] == [(ON, 1), ("2026-11-23", 1), ("2026-11-23", 2)]
    assert kept[0].json.encode() == page.get(f"/p/{id}/review/{kept[0].number}.json").body
    assert json.loads(kept[0].json)["date"] == ON
    assert kept[0].level == json.loads(kept[0].json)["triage"]["level"]


def test_a_kept_review_that_was_deleted_stays_deleted(page: Page) -> None:
    id = someone(page, "vegan")
    number = _first(page, id)
    assert page.post(f"/p/{id}/kept/{number}/forget").status == 303
    page.get(f"/p/{id}/review")
    assert numbers(page, id) == []


def test_a_review_that_cannot_be_kept_is_shown_all_the_same(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    id = someone(page, "vegan")

    def full(*_: object) -> int:
        raise Damaged("The disk is full. Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(type(page.household), "keep", full)
        tree = checked(page.get(f"/p/{id}/review"))
    assert "This review could not be kept. The disk is full." in tree.text()
    page.get(f"/p/{id}/review")
    assert len(numbers(page, id)) == 1, "it is tried again"


def test_an_earlier_review_shows_the_record_of_its_day(page: Page) -> None:
    id = someone(page, "ppi")
    number = _first(page, id)
    change(page, id, labs=[], medicines=[], findings=[{"what": "eyelid twitching"}])
    now, then = (page.get(f"/p/{id}/review{tail}").text for tail in ("", f"/{number}"))
    assert "0.49 mmol/L" in then and "0.49 mmol/L" not in now
    assert "kept review of an earlier day" in then and "kept review of an earlier day" not in now


def test_nobody_sees_the_review_of_another_person(page: Page) -> None:
    mine, other = someone(page, "vegan"), someone(page, "ppi")
    number = _first(page, other)
    page.get(f"/p/{mine}/review")
    assert page.get(f"/p/{other}/review/{number}").status == 200
    for path in (f"review/{number}", f"review/{number}.json", f"compare/{number}/{number}"):
        checked(page.get(f"/p/{mine}/{path}"), 404)


@pytest.mark.parametrize("path", ["review/0", f"review/{10**30}", "compare/1/99", "compare/x/y", f"compare/{10**30}/1"])
def test_a_number_that_is_not_there_is_a_plain_sentence(page: Page, path: str) -> None:
    id = someone(page, "vegan")
    page.get(f"/p/{id}/review")
    checked(page.get(f"/p/{id}/{path}"), 404)
    checked(page.get(f"/p/nobody-here-at-all/{path}"), 404)


# --- two days


def test_two_days_show_what_was_added_and_what_it_did(page: Page) -> None:
    id = someone(page, "ppi")
    page.get(f"/p/{id}/review?on={ON}")
    later = (date.fromisoformat(ON) + timedelta(30)).isoformat()
    labs = [{**one, "value": "0.80 mmol/L"} if one["test"] == "magnesium" else one for one in tables_of("ppi")["labs"]]
    change(page, id, labs=labs, habits={"sleep": "5 hours"})
    page.get(f"/p/{id}/review?on={later}")
    by_day = checked(page.get(f"/p/{id}/compare/{ON}/{later}"))
    text = by_day.text()
    assert "sleep: 5 hours" in text
    assert "magnesium: 0.80 mmol/L" in text and "before: magnesium: 0.49 mmol/L" in text
    cause = next(one for one in by_day.all("li") if "Low magnesium" in one.text())
    assert "explains less than before" in cause.text()
    first, last = numbers(page, id)
    assert page.get(f"/p/{id}/compare/{last}/{first}").text == page.get(f"/p/{id}/compare/{ON}/{later}").text
    chosen = page.post(f"/p/{id}/compare", {"a": str(first), "b": str(last)})
    assert (chosen.status, chosen.headers["location"]) == (303, f"/p/{id}/compare/{first}/{last}")
    assert page.post(f"/p/{id}/compare", {"a": "<b>", "b": ""}).status == 404


def test_the_overview_leads_to_days_that_can_be_compared(page: Page) -> None:
    id = someone(page, "vegan")
    for day in (ON, "2026-12-01"):
        page.get(f"/p/{id}/review?on={day}")
    found = [address for address in links(checked(page.get(f"/p/{id}"))) if "/compare/" in address]
    assert found and all(page.get(address).status == 200 for address in found)


def made(level: str, grave: float, day: int) -> Kept:
    """A kept review in which a grave cause stands beside an ordinary one."""
    each = {
        "motor_neuron_disease": ("a nerve disease", grave),
        "caffeine_or_stimulants": ("coffee", 0.4 + day / 10),
    }
    causes = [
        {"id": key, "name": name, "verdict": "possible"}
        | {what: {"p": p, "low": p / 2, "high": min(1.0, 1.5 * p)} for what in ("present", "explains")}
        for key, (name, p) in each.items()
    ]
    alert = {"level": level, "act": "call_now", "reason": "the leg is weak", "rule": "x", "action": ""}
    told = {"level": level, "alerts": [alert] if level == "emergency" else []}
    review = {"evidence_version": "1", "triage": told, "causes": causes, "labs": [], "diet": None}
    return Kept(date(2026, 11, day), level, day, json.dumps(review), "2026-11-01T09:30:00Z", day)


def test_a_grave_cause_is_never_a_figure() -> None:
    assert "motor_neuron_disease" in GRAVE
    evidence = load_evidence()
    calm = changes([made("routine", 0.2, 1), made("self_care", 0.1, 2)], [{}, {}], evidence)
    assert [row.name for row in calm.causes] == ["coffee"]
    urgent = changes([made("routine", 0.2, 1), made("emergency", 0.5, 2)], [{}, {}], evidence)
    grave = next(row for row in urgent.causes if row.name == "a nerve disease")
    assert (grave.before, grave.now, grave.present) == (None, None, (None, None))
    assert "doctor" in grave.change
    coffee = next(row for row in urgent.causes if row.name == "coffee")
    assert coffee.before and coffee.now and coffee.before.low == pytest.approx(0.25)
    assert urgent.urgency == "It became more urgent."
    assert urgent.stands[1].headline == "Call for emergency help now."
    assert urgent.reasons_new == ("The leg is weak.",)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"triage": {"level": "x", "alerts": []}}', '{"triage": 4}', "null"])
def test_a_kept_review_of_another_shape_is_said_to_be_damaged(text: str) -> None:
    bad = Kept(date(2026, 11, 3), "routine", 1, text)
    with pytest.raises(Damaged, match="cannot be read"):
        changes([made("routine", 0.1, 1), bad], [{}, {}], load_evidence())


def test_lines_are_added_removed_and_changed() -> None:
    old = {"medicines": [{"name": "a", "dose": "1"}, {"name": "b"}], "person": {"age": 40}, "labs": [{}], "odd": 3}
    new = {"medicines": [{"name": "a", "dose": "2"}, {"name": "c"}], "person": {"age": 40, "sex": "female"}}
    found = lines_of(old, new)
    assert [one.text for one in found.added] == ["c", "sex: female"]
    assert [one.text for one in found.removed] == ["b"]
    assert [(was.text, became.text) for was, became in found.changed] == [("a: 1", "a: 2")]
    assert lines_of(old, old).changed == () and lines_of({}, {}).added == ()


def test_what_the_page_about_two_days_says_is_plain_and_calm(page: Page) -> None:
    id = someone(page, "worried")
    for day in (ON, "2026-12-24"):
        page.get(f"/p/{id}/review?on={day}")
    tree = checked(page.get(f"/p/{id}/compare/{ON}/2026-12-24"))
    texts = [one.text() for one in tree.first("main").all("p") if len(one.text().split()) > 3]
    assert grade(" ".join(texts)) <= GRADE
    assert "That is all" in texts[-1] or "nothing more to compare" in texts[-1]
    assert "motor neuron" not in tree.text() and "ALS" not in tree.text()
