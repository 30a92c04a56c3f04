"""What a program may send to the API. The same tables check the input and describe it in the OpenAPI document."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from twitchwise.errors import RecordError
from twitchwise.formats.json_file import read_json
from twitchwise.formats.toml_file import text_of
from twitchwise.record import LINES_LIMIT, DietPart, PersonPart
from twitchwise.record.read import HABITS, SECTIONS

Json = dict[str, Any]
NAME: Final = "record"
DAY: Final[Json] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
SCALAR: Final[Json] = {"type": ["string", "number", "boolean", "null"]}


class FoodQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A search for foods."""

    text: Annotated[str, Meta(min_length=1, max_length=200, description="A food, as you would say it.")]
    limit: Annotated[int, Meta(ge=1, le=100, description="At most so many foods.")] = 10
    tags: Annotated[
        tuple[Annotated[str, Meta(pattern="^-?[a-z_]{1,30}$")], ...],
        Meta(max_length=20, description='What a food must suit or hold ("vegan"), or must not ("-gluten").'),
    ] = ()


class TopicQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to explain."""

    topic: Annotated[str, Meta(max_length=200, description="In plain words; empty lists all topics.")] = ""


def tables_of_body(body: bytes) -> Json:
    """Read a record as a program sends it, with the checks that a file on the command line gets.

    Parameters: body, JSON. Returns: the plain tables. Raises: RecordError, LimitError.

    >>> tables_of_body(b'{"findings": ["cramps"]}')
    {'findings': ['cramps']}
    """
    record = read_json(body, NAME)
    if record.diet.diary:
        raise RecordError(f"{NAME}: diet.diary names a file, which cannot be read from here. Send diet.lines instead.")
    tables: Json = json.loads(text_of(body, NAME))
    try:
        json.dumps(tables, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise RecordError(f"{NAME}: a text holds half a character (a lone surrogate). Send it as UTF-8.") from error
    return tables


def query_of_body(body: bytes, kind: type[Any]) -> Any:
    """Read a query of one of the kinds above.

    Parameters: body, JSON; kind. Returns: the query. Raises: RecordError, saying what does not fit.

    >>> query_of_body(b'{"text": "oats"}', FoodQuery).limit
    10
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordError(f"query: {' '.join(str(error).split())[:200]}. Correct it there.") from error


def day_of(text: str) -> date:
    """Read the day a review counts to.

    Parameters: text, YYYY-MM-DD, "" for today. Returns: the day. Raises: RecordError.

    >>> day_of("2026-11-22").year
    2026
    """
    if not text:
        return date.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or len(text) != 10 or "W" in text:
        raise RecordError(f"on: {text[:40]!r} is not a day. Write it as 2026-11-22.")
    return day


def query_schema(kind: type[Any]) -> Json:
    """Describe a query.

    Parameters: kind. Returns: its JSON schema.

    >>> query_schema(TopicQuery)["properties"]["topic"]["maxLength"]
    200
    """
    found: Json = msgspec.json.schema_components([kind], ref_template="#/components/schemas/{name}")[1][kind.__name__]
    return found


def record_schema() -> Json:
    """Describe a record. What does not fit is not refused: it comes back under "not_used", with the reason.

    Returns: a JSON schema.

    >>> sorted(record_schema()["properties"])[:3]
    ['absent', 'conditions', 'diet']
    """
    sections = {name: _lines(kind) for name, kind in SECTIONS.items()}
    diet: Json = {f.name: {} for f in fields(DietPart) if f.name != "diary"}
    return {
        "type": "object",
        "description": "A record, in the shape of the TOML file. Every part may be left out.",
        "properties": {
            **sections,
            "person": _table({f.name: SCALAR for f in fields(PersonPart)}),
            "diet": {"anyOf": [{"type": "string"}, _table(diet)]},
            "habits": _table(dict.fromkeys(HABITS, SCALAR)),
        },
        "additionalProperties": True,
    }


def _table(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "additionalProperties": True}


def _lines(kind: type[Any]) -> Json:
    names = {f.name: {} if str(f.type).startswith("tuple") else SCALAR for f in fields(kind)}
    return {"type": "array", "maxItems": LINES_LIMIT, "items": {"anyOf": [{"type": "string"}, _table(names)]}}
