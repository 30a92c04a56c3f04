"""The JSON API: the bytes of the command line, a description that is true, no fault whatever is sent."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_client import Page, allow_loopback

from twitchwise.record import LINES_LIMIT, SIZE_LIMIT
from twitchwise.web import api, reviews
from twitchwise.web.api_body import FoodQuery, TopicQuery, query_schema
from twitchwise.web.settings import JSON_LIMIT

ROOT = Path(__file__).resolve().parent.parent
ON = "2026-11-22"
RECORDS: dict[str, Any] = {
    "empty": {},
    "labs": {
        "person": {"age": 67, "sex": "female"},
        "findings": [{"what": "muscle twitching", "since": "3 weeks", "where": ["eyelid"]}],
        "labs": [{"test": "magnesium", "value": "0.49 mmol/L"}, {"test": "potassium", "value": "41 mmol/L"}],
        "medicines": [{"name": "omeprazole", "dose": "40 mg daily", "since": "18 months"}, "Zqxv"],
    },
    "diary": {
        "person": {"age": 30, "sex": "male"},
        "findings": ["cramps"],
        "diet": {"pattern": "vegan", "lines": ["100 g oats", {"text": "2 cups of coffee", "day": "day 1"}, "Zqxv pie"]},
    },
    "odd": {"person": 3, "findings": {"what": None}, "é\u202e": ["\U0001f600"], "habits": {"caffeine": 1e300}},
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)


def command(folder: Path, *arguments: str) -> bytes:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-m", "twitchwise", *arguments], cwd=folder, env=env, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("name", list(RECORDS))
def test_a_review_is_the_command_line_s_to_the_byte(page: Page, tmp_path: Path, name: str) -> None:
    sent = json.dumps(RECORDS[name]).encode()
    (tmp_path / "record.json").write_bytes(sent)
    told = command(tmp_path, "review", "record.json", "--format", "json", "--on", ON)
    for _ in range(2):  # worked out, then kept
        answer = page.api(f"/api/review?on={ON}", sent)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        assert answer.body == told
    assert page.api("/api/review?on=2020-01-01", sent).body != told, "another day is another review"


def test_a_diet_is_the_command_line_s_to_the_byte(page: Page, tmp_path: Path) -> None:
    sent = json.dumps(RECORDS["diary"]).encode()
    (tmp_path / "record.json").write_bytes(sent)
    told = command(tmp_path, "diet", "record.json", "--format", "json", "--on", ON)
    assert page.api(f"/api/diet?on={ON}", sent).body == told
    none = page.api("/api/diet", RECORDS["labs"])
    assert (none.status, "no diary" in none.json()["error"]) == (422, True)


@pytest.mark.parametrize("name", list(RECORDS))
def test_the_urgency_alone_is_that_of_the_review(page: Page, name: str) -> None:
    alone = page.api(f"/api/triage?on={ON}", RECORDS[name]).json()
    whole = page.api(f"/api/review?on={ON}", RECORDS[name]).json()
    for key in ("evidence_version", "date", "complaints", "triage"):
        assert alone[key] == whole[key]
    assert alone["schema"] == "twitchwise.triage/1"
    assert {key for alert in alone["triage"]["alerts"] for key in alert["sources"]} == set(alone["sources"])


def test_without_a_day_it_counts_to_today(page: Page) -> None:
    assert page.api("/api/review", {}).json()["date"] == date.today().isoformat()


@pytest.mark.parametrize(
    "day",
    ["x", "2026-13-01", "20261122", "2026-W01-1", "2026-11-22T00:00", "-1", "\u0661" * 4 + "-01-01", "0000-01-01"],
)
def test_a_day_that_is_none_is_refused(page: Page, day: str) -> None:
    from urllib.parse import quote

    for path in ("/api/review", "/api/triage", "/api/diet"):
        answer = page.api(f"{path}?on={quote(day)}", {})
        assert (answer.status, "is not a day" in answer.json()["error"]) == (422, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1970-01-01"])
def test_a_day_far_off_does_no_harm(page: Page, day: str) -> None:
    for name in RECORDS:
        assert page.api(f"/api/review?on={day}", RECORDS[name]).status in (200, 422)


def test_foods_are_found_and_shown(page: Page) -> None:
    hits = page.api("/api/foods/search", {"text": "chiken brest", "limit": 3})
    assert hits.status == 200
    found = hits.json()
    assert 0 < len(found) <= 3
    assert "chicken" in found[0]["name"]
    food = page.api(f"/api/foods/{found[0]['id']}").json()
    assert food["id"] == found[0]["id"]
    assert food["values"]["magnesium"]["unit"] == "mg"
    assert page.api(f"/api/foods/{found[0]['table']}:{found[0]['id']}").json() == food
    plain = page.api("/api/foods/search", {"text": "milk", "tags": ["vegan"]}).json()
    assert plain and all("cow" not in one["name"] for one in plain)
    for id in ("no_such_food", "..", "%2e%2e", "a" * 500, "twitchwise:", ":"):
        assert page.api(f"/api/foods/{id}").status == 404


def test_what_a_person_types_is_never_in_an_address(page: Page) -> None:
    for path in ("/api/foods/search?q=oats", "/api/foods?q=oats", "/api/foods?text=oats"):
        assert page.api(path).status == 404
    for path in ("/api/review", "/api/triage", "/api/diet", "/api/explain"):
        assert page.api(path).status == 405


def test_a_topic_is_explained(page: Page) -> None:
    magnesium = page.api("/api/explain", {"topic": "magnesium"}).json()
    assert (magnesium["schema"], magnesium["id"]) == ("twitchwise.document/1", "magnesium")
    assert page.api("/api/explain", {}).json()["sections"]
    unknown = page.api("/api/explain", {"topic": "Zqxv"})
    assert (unknown.status, "not a topic" in unknown.json()["error"]) == (404, True)


BAD = [
    b"",
    b" ",
    b"{",
    b"[]",
    b"3",
    b"null",
    b'"a"',
    b"\xff\xfe",
    b"\x00",
    b'{"a": "\\ud800"}',
    b"[" * 100_000,
    b"{}{}",
]
BAD += [b'{"a":' * 5_000, b'{"a": 1' + b"0" * 10_000 + b"}", b'{"findings": [' + b'"a",' * 600 + b'"b"]}']
BAD += [b'{"diet": {"diary": "march.csv"}}', b'{"a": ' + b"[" * 25 + b"]" * 25 + b"}"]


@pytest.mark.parametrize("body", BAD, ids=range(len(BAD)))
def test_what_cannot_be_read_is_a_clear_refusal(page: Page, body: bytes) -> None:
    for path in ("/api/review", "/api/triage", "/api/diet"):
        answer = page.api(path, body)
        assert answer.status == 422, (path, answer.text[:200])
        assert list(answer.json()) == ["error"]
        assert "Traceback" not in answer.text
    for path in ("/api/foods/search", "/api/explain"):
        assert page.api(path, body).status == 422


OFF: list[dict[str, Any]] = [{"text": ""}, {"text": "x" * 201}, {"text": 3}, {"text": "a", "limit": 0}, {}]
OFF += [{"text": "a", "limit": 101}, {"text": "a", "limit": 1.5}, {"text": "a", "tags": ["A b"]}]
OFF += [{"text": "a", "tags": "vegan"}, {"text": "a", "more": 1}]


@pytest.mark.parametrize("query", OFF)
def test_a_search_that_does_not_fit_the_description_is_refused(page: Page, query: dict[str, Any]) -> None:
    answer = page.api("/api/foods/search", query)
    assert (answer.status, answer.json()["error"].startswith("query:")) == (422, True)
    assert page.api("/api/foods/search", {"text": "a", "limit": 1, "tags": []}).status == 200


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
parts = (
    "person findings absent signs medicines supplements conditions procedures exposures diet habits labs tests".split()
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(record=st.dictionaries(st.sampled_from(parts) | st.text(max_size=8), anything, max_size=5))
def test_no_record_makes_a_fault(page: Page, record: dict[str, Any]) -> None:
    for path in ("/api/triage", "/api/diet"):
        assert page.api(path, json.dumps(record).encode()).status in (200, 422)


# --- the description


def test_the_description_names_exactly_what_is_there(page: Page) -> None:
    told = page.api("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    ways = {(path, method.upper()) for path, methods in told["paths"].items() for method in methods}
    routes = {(route.path, method) for route in api.routes for method in route.methods - {"HEAD"}}  # type: ignore[attr-defined]
    assert ways == routes
    ids = [one["operationId"] for methods in told["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(told)):
        place: Any = told
        for key in reference.split("/"):
            place = place[key]
        assert place


def test_the_description_is_made_from_what_checks_the_input() -> None:
    limit = query_schema(FoodQuery)["properties"]["limit"]
    assert (limit["minimum"], limit["maximum"]) == (1, 100)
    assert query_schema(TopicQuery)["additionalProperties"] is False
    schema = api.openapi()["components"]["schemas"]["Record"]["properties"]
    assert set(schema) == {*parts}
    assert schema["findings"]["maxItems"] == LINES_LIMIT
    assert JSON_LIMIT == SIZE_LIMIT, "the page takes what the command line takes"


def test_every_refusal_that_is_met_is_described(page: Page) -> None:
    assert {401, 403, 413, 415, 421, 422} <= set(api.REFUSALS)
    assert page.ask("GET", "/api/openapi.json").status == 401
    assert page.api("/api/review", {}, Host="evil.example").status == 421


# --- reviews are worked out once, beside everything else


def test_an_unchanged_record_is_not_reviewed_again(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[Any] = []
    work = reviews._work
    monkeypatch.setattr(reviews, "_work", lambda *a: (worked.append(a[0]), work(*a))[1])
    record = {"findings": ["muscle twitching"], "habits": {"sleep": "4 hours"}}
    answers: list[bytes] = []
    asking = [threading.Thread(target=lambda: answers.append(page.api("/api/review", record).body)) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert (len(worked), len(answers), len(set(answers))) == (1, 8, 1)
    page.api("/api/review", record | {"habits": {"sleep": "8 hours"}})
    assert len(worked) == 2


def test_too_many_reviews_at_once_are_asked_to_come_back(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "WAITING", 0)
    answer = page.api("/api/review", {"findings": ["tremor"]})
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    monkeypatch.undo()
    allow_loopback(monkeypatch)
    assert page.api("/api/review", {"findings": ["tremor"]}).status == 200


def test_others_are_answered_while_reviews_are_worked_out(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    work = reviews._work
    monkeypatch.setattr(reviews, "_work", lambda *a: (go.wait(60), work(*a))[1])
    asking = [threading.Thread(target=page.api, args=("/api/review", {"findings": [f"cramps {n}"]})) for n in range(4)]
    for one in asking:
        one.start()
    try:
        assert page.get("/").status == 200
        assert page.api("/api/triage", {}).status == 200
        assert page.api("/api/foods/search", {"text": "oats"}).status == 200
    finally:
        go.set()
        for one in asking:
            one.join()


def test_few_results_are_kept(page: Page) -> None:
    kept = page.app.state.reviews
    assert len(kept.done) <= kept.most and len(kept.texts) <= kept.most
    kept.forget()
    assert not kept.done and not kept.texts


def test_the_whole_api_under_schemathesis(page: Page) -> None:
    """Requests made from the description, right ones and wrong ones; the description itself is checked on the way."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not there: the API was NOT fuzzed")
    described = schemathesis.openapi.from_dict(page.api("/api/openapi.json").json())
    described.validate()
    seen: dict[int, int] = {}
    for found in described.get_all_operations():
        for mode in schemathesis.GenerationMode:
            fuzz(page, found.ok(), mode, seen)
    assert seen.get(200, 0) > 20, seen
    assert not [code for code in seen if code >= 500], seen


def fuzz(page: Page, operation: Any, mode: Any, seen: dict[int, int]) -> None:
    from schemathesis import checks
    from schemathesis.specs.openapi import checks as more

    wanted = [checks.not_a_server_error, more.content_type_conformance, more.response_schema_conformance]

    @settings(max_examples=20, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        headers = {"Authorization": f"Bearer {page.settings.token}"}
        answer = case.call(base_url=page.origin, headers=headers, timeout=60)
        case.validate_response(answer, checks=wanted)
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
        assert str(answer.status_code) in operation.definition.raw["responses"], "it is not described"

    ask()
