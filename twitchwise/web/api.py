"""The JSON API: the same answers as the command line, for programs on this computer.

What a person types is only ever in the body of a POST, so that no address holds a word about anybody.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from twitchwise.errors import RecordError
from twitchwise.formats.html.page import tool_version
from twitchwise.web.api_body import (
    DAY,
    FoodQuery,
    Json,
    TopicQuery,
    day_of,
    query_of_body,
    query_schema,
    record_schema,
    tables_of_body,
)

if TYPE_CHECKING:
    from datetime import date

    from twitchwise.evidence import Evidence

RECORD: Final = "Record"
ID: Final[Json] = {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,120}$"}
REFUSALS: Final = {
    401: "The token is missing or wrong.",
    403: "The request came from another site.",
    404: "There is no such food or topic.",
    413: "Larger than what is read here.",
    415: "Not application/json.",
    421: "Asked for under a name that is not this computer's.",
    422: "It cannot be read: the error says what, where and what to do.",
    503: "Many reviews are being worked out: try again in a few seconds.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the API does: where, with which body, what comes back, and what answers it."""

    path: str
    answer: Callable[[Request], Awaitable[Response]]
    summary: str
    body: type[Any] | str = ""  # a query of api_body, RECORD, or "" for none
    result: Json = field(default_factory=dict)
    dated: bool = False


async def _review(request: Request) -> Response:
    tables, on = await _asked(request)
    return _json(await request.app.state.reviews.json_of(tables, on))


async def _triage(request: Request) -> Response:
    tables, on = await _asked(request)
    state = request.app.state
    return _json(await state.reviews.in_thread(_triage_text, tables, on, state.evidence))


async def _diet(request: Request) -> Response:
    tables, on = await _asked(request)
    state = request.app.state
    return _json(await state.reviews.in_thread(_diet_text, tables, on, state.evidence))


async def _search(request: Request) -> Response:
    state, query = request.app.state, query_of_body(await request.body(), FoodQuery)
    return _json(await state.reviews.in_thread(_search_text, query, state.foods))


async def _food(request: Request) -> Response:
    state, id = request.app.state, request.path_params["id"]
    text = await state.reviews.in_thread(_food_text, id, state.foods, state.evidence)
    if not text:
        raise HTTPException(404, "No food has this id. Search for it first.")
    return _json(text)


async def _explain(request: Request) -> Response:
    state, query = request.app.state, query_of_body(await request.body(), TopicQuery)
    return _json(await state.reviews.in_thread(_explain_text, query.topic, state.evidence))


async def _openapi(request: Request) -> Response:
    return _json(json.dumps(openapi(), indent=1) + "\n")


async def _asked(request: Request) -> tuple[Json, date]:
    """Read the record and the day of a request."""
    on = day_of(request.query_params.get("on", ""))
    return await request.app.state.reviews.in_thread(tables_of_body, await request.body()), on


def _json(text: str | bytes) -> Response:
    return Response(text, 200, media_type="application/json")


def _written(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _triage_text(tables: Json, on: date, evidence: Evidence) -> str:
    """Write how urgent a record is, in the shape it has in a whole review."""
    from twitchwise.formats.json_out import as_json
    from twitchwise.record import record_from_tables
    from twitchwise.report import make_report
    from twitchwise.review import review

    report = make_report(review(record_from_tables(tables), evidence, on, 0, False), evidence)
    whole = as_json(report)
    named = {key for alert in whole["triage"]["alerts"] for key in alert["sources"]}
    kept = {key: whole[key] for key in ("evidence_version", "date", "complaints", "triage", "not_used")}
    sources = {key: one for key, one in whole["sources"].items() if key in named}
    return _written({"schema": "twitchwise.triage/1", **kept, "sources": sources})


def _diet_text(tables: Json, on: date, evidence: Evidence) -> str:
    from twitchwise.diet.reading import read_diet
    from twitchwise.formats.diet import WRITERS
    from twitchwise.observe import observe
    from twitchwise.record import record_from_tables

    record = record_from_tables(tables)
    observations = observe(record, evidence, on)
    reading = read_diet(record, observations, evidence)
    if reading is None:
        raise RecordError("record: it holds no diary and no answers on food. Send diet.lines or diet.screen.")
    return WRITERS["json"](reading, observations.issues, evidence)


def _search_text(query: FoodQuery, foods: Any) -> str:
    from twitchwise.formats.food_pages import hit_data

    return _written(hit_data(foods.index().search(query.text, query.limit, frozenset(query.tags))))


def _food_text(id: str, foods: Any, evidence: Evidence) -> str:
    from twitchwise.formats.food_pages import food_data

    found = foods.food(id)
    return _written(food_data(found[0], found[1], evidence.sources)) if found else ""


def _explain_text(topic: str, evidence: Evidence) -> str:
    from twitchwise.explain.listing import contents
    from twitchwise.explain.topic import explain
    from twitchwise.formats.document_json import write_json

    return write_json(explain(topic, evidence) if topic.strip() else contents(evidence))


def _object(*names: str) -> Json:
    return {"type": "object", "required": list(names)}


OPERATIONS: Final = (
    Operation(
        "/api/review",
        _review,
        "Review a record: the bytes of `twitchwise review FILE --format json --on DATE`.",
        RECORD,
        _object("schema", "evidence_version", "date", "triage", "causes", "plan", "not_used", "sources"),
        dated=True,
    ),
    Operation(
        "/api/triage",
        _triage,
        "Say how urgent a record is, without the causes.",
        RECORD,
        _object("schema", "evidence_version", "date", "triage", "not_used", "sources"),
        dated=True,
    ),
    Operation(
        "/api/diet",
        _diet,
        "Add up a food diary: the bytes of `twitchwise diet FILE --format json --on DATE`.",
        RECORD,
        {"type": "object"},
        dated=True,
    ),
    Operation(
        "/api/foods/search",
        _search,
        "Find foods by name; slips of spelling do not matter.",
        FoodQuery,
        {"type": "array", "items": _object("id", "name", "table", "score", "matched")},
    ),
    Operation("/api/foods/{id}", _food, "Show what is in a food.", "", _object("id", "name", "table", "values")),
    Operation(
        "/api/explain",
        _explain,
        "Explain a mineral, vitamin, cause, complaint, medicine, condition, habit or test.",
        TopicQuery,
        _object("schema", "kind", "id", "title", "short", "sections", "sources"),
    ),
    Operation("/api/openapi.json", _openapi, "This description.", "", _object("openapi", "info", "paths")),
)


@cache
def openapi() -> Json:
    """Describe the API.

    Returns: an OpenAPI 3.1 document.

    >>> openapi()["openapi"], sorted(openapi()["paths"])[0]
    ('3.1.0', '/api/diet')
    """
    schemas = {RECORD: record_schema(), "Error": _object("error") | {"properties": {"error": {"type": "string"}}}}
    schemas |= {kind.__name__: query_schema(kind) for kind in (FoodQuery, TopicQuery)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "twitchwise",
            "version": tool_version() or "0",
            "summary": "The page's own API, for programs on this computer. Educational, never a diagnosis.",
        },
        "security": [{"token": []}],
        "paths": {one.path: {"post" if one.body else "get": _described(one)} for one in OPERATIONS},
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _described(one: Operation) -> Json:
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers = {str(code): {"description": said, "content": refused} for code, said in REFUSALS.items()}
    result = {"description": "The answer.", "content": {"application/json": {"schema": one.result}}}
    found: Json = {"summary": one.summary, "operationId": one.answer.__name__.strip("_")}
    parameters = []
    if one.dated:
        said = "The day that ages and durations count to (default: today)."
        parameters.append({"name": "on", "in": "query", "required": False, "description": said, "schema": DAY})
    if "{id}" in one.path:
        parameters.append({"name": "id", "in": "path", "required": True, "schema": ID})
    if parameters:
        found["parameters"] = parameters
    if one.body:
        name = one.body if isinstance(one.body, str) else one.body.__name__
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        found["requestBody"] = {"required": True, "content": content}
    return {**found, "responses": {"200": result, **answers}}


routes: list[BaseRoute] = [Route(one.path, one.answer, methods=["POST" if one.body else "GET"]) for one in OPERATIONS]
