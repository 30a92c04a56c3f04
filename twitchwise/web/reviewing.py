"""The review of one person: the page, its downloads, earlier reviews, and two days side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from twitchwise.errors import TwitchwiseError
from twitchwise.household import Household, Kept, Person
from twitchwise.report.names import UNIONS
from twitchwise.web.page import render
from twitchwise.web.people import person_of

if TYPE_CHECKING:
    from twitchwise.report import Report
    from twitchwise.web.subjects import Link

PDF_MISSING: Final = "The PDF needs one more package. Install it with: pip install 'twitchwise[pdf]'"
OFFERED: Final = 60  # kept reviews to choose from; the overview has all
LARGEST: Final = 2**63  # of a number in the household's file
TYPES: Final = {
    "toml": "application/toml",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
}


def day_of(request: Request) -> date:
    """Say which day ages and durations count to: today, or the one that the address names.

    Parameters: request. Returns: the day. Raises: HTTPException (400).
    """
    text = request.query_params.get("on", "")
    return as_day(text) if text else date.today()


def as_day(text: str) -> date:
    """Read a day.

    Parameters: text. Returns: the day. Raises: HTTPException (400).

    >>> as_day("2026-11-22").month
    11
    """
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise HTTPException(400, "The address names a day that cannot be read. Write it as 2026-11-22.")
    return found


async def _review(request: Request) -> Response:
    """Show what can be said today, and keep it."""
    person, tables, version = await run_in_threadpool(_newest, request)
    on = day_of(request)
    _, report = await request.app.state.reviews.of(tables, on)
    problem = await _keep(request, person, version, report) if version else ""
    earlier = await run_in_threadpool(request.app.state.household.kept, person.id)
    return await _shown(request, person, report, earlier=earlier[-OFFERED:], problem=problem)


def _newest(request: Request) -> tuple[Person, dict[str, Any], int]:
    person = person_of(request)
    return person, *request.app.state.household.tables(person.id)


async def _keep(request: Request, person: Person, version: int, report: Report) -> str:
    """Keep a review once for each state of the record and day; what a person deletes stays deleted."""
    state = request.app.state
    if not hasattr(state, "kept_marks"):
        state.kept_marks = set()
    mark, on = (person.id, version, report.review.on), report.review.on
    if mark in state.kept_marks:
        return ""
    state.kept_marks.add(mark)  # before anything is waited for: a second window asks at the same moment
    try:
        text = (await state.reviews.json_of(await run_in_threadpool(_at, request, person.id, version), on)).decode()
        await run_in_threadpool(_keep_new, state.household, person.id, Kept(on, report.level, version, text))
    except TwitchwiseError as error:
        state.kept_marks.discard(mark)
        return str(error)
    return ""


def _at(request: Request, id: str, version: int) -> dict[str, Any]:
    tables: dict[str, Any] = request.app.state.household.tables_at(id, version)
    return tables


def _keep_new(household: Household, id: str, new: Kept) -> None:
    if not any((old.version, old.on) == (new.version, new.on) for old in household.kept(id)):
        household.keep(id, new)


async def _earlier(request: Request) -> Response:
    """Show a kept review once more, from the record as it was."""
    person, kept = await run_in_threadpool(_kept_of, request, request.path_params["number"])
    tables = await run_in_threadpool(_at, request, person.id, kept.version)
    _, report = await request.app.state.reviews.of(tables, kept.on)
    now = await request.app.state.reviews.json_of(tables, kept.on)
    return await _shown(request, person, report, kept=kept, same=now == kept.json.encode())


def _kept_of(request: Request, number: int) -> tuple[Person, Kept]:
    person = person_of(request)
    found = next((one for one in request.app.state.household.kept(person.id) if one.number == number), None)
    if found is None:
        raise HTTPException(404, "There is no such review here. It may have been deleted.")
    return person, found


async def _shown(request: Request, person: Person, report: Report, **more: Any) -> Response:
    return await run_in_threadpool(_page, request, person, report, more)


def _more(request: Request, report: Report) -> list[Link]:
    """Lead from the causes that have a figure to the pages that explain them."""
    from twitchwise.web.subjects import addresses_of

    addresses = addresses_of(request.app.state.evidence)
    found = [addresses.resolve(row.id) for row in report.causes if row.explains and row.id not in UNIONS]
    return [addresses.link(one) for one in dict.fromkeys(found) if one is not None]


def _page(request: Request, person: Person, report: Report, more: Mapping[str, Any]) -> Response:
    from twitchwise.formats.html import page_values
    from twitchwise.formats.html.page import shared_values

    usual = {"kept": None, "same": True, "earlier": (), "problem": "", "pdf": _can_pdf()}
    own = {"person": person, "more": _more(request, report), "dated": request.query_params.get("on", "")}
    values = {**shared_values(report), **page_values(report), **own, **usual, **more}
    return render(request, "review_web.html.j2", **values)


def _can_pdf() -> bool:
    return find_spec("typst") is not None


async def _download(request: Request) -> Response:
    """Hand out the record or its review as a file whose name says nothing about anybody."""
    name, _, ending = request.url.path.rpartition("/")[2].rpartition(".")
    on = day_of(request)
    if ending == "pdf" and not _can_pdf():
        raise HTTPException(404, PDF_MISSING)
    _, tables, _ = await run_in_threadpool(_newest, request)
    return _file(await _written(request, name, ending, tables, on), ending, on)


async def _written(request: Request, name: str, ending: str, tables: dict[str, Any], on: date) -> bytes:
    from twitchwise.ask.save import toml_of_tables
    from twitchwise.formats.audiences import SHEETS

    reviews = request.app.state.reviews
    if ending == "toml":
        return toml_of_tables(tables).encode()
    if ending == "json":
        written: bytes = await reviews.json_of(tables, on)
        return written
    _, report = await reviews.of(tables, on)
    audience = "doctor" if ending == "pdf" else "" if name == "review" else name
    made: str | bytes = await reviews.in_thread(SHEETS[audience, ending], report, request.app.state.evidence)
    return made.encode() if isinstance(made, str) else made


def _file(data: bytes, ending: str, on: date) -> Response:
    name = f"{'record' if ending == 'toml' else 'review'}-{on.isoformat()}.{ending}"
    return Response(data, 200, {"content-disposition": f'attachment; filename="{name}"'}, TYPES[ending])


async def _earlier_json(request: Request) -> Response:
    """Hand out a kept review to the byte as it was kept."""
    _, kept = await run_in_threadpool(_kept_of, request, request.path_params["number"])
    return _file(kept.json.encode(), "json", kept.on)


async def _compare(request: Request) -> Response:
    """Show two kept reviews side by side; an address names each by its day or its number."""
    return await run_in_threadpool(_compared, request)


def _compared(request: Request) -> Response:
    from twitchwise.formats.html.charts import interval_bar, interval_words
    from twitchwise.formats.html.icons import icon
    from twitchwise.report.words import there
    from twitchwise.web.dates import changes

    person = person_of(request)
    household, kept = request.app.state.household, request.app.state.household.kept(person.id)
    pair = sorted(
        (_named(request.path_params[name], kept) for name in ("a", "b")), key=lambda one: (one.on, one.number)
    )
    tables = [household.tables_at(person.id, one.version) for one in pair]
    found = changes(pair, tables, request.app.state.evidence)
    words: dict[str, Any] = {"icon": icon, "bar": interval_bar, "span": interval_words, "there": there}
    same = pair[0].on == pair[1].on
    days = [f"{one.on}, {one.made[11:16]} UTC" if same else one.on.isoformat() for one in pair]
    return render(request, "compare_dates.html.j2", person=person, pair=pair, days=days, found=found, **words)


def _named(text: str, kept: tuple[Kept, ...]) -> Kept:
    """Find a kept review by its number, or the last one of a day."""
    number = int(text) if text.isascii() and text.isdigit() and int(text[:20]) < LARGEST else -1
    found = [one for one in kept if one.number == number or one.on.isoformat() == text]
    if not found:
        raise HTTPException(404, "There is no kept review of this day. Choose two from the list on the overview.")
    return found[-1]


async def _choose(request: Request) -> Response:
    """Lead from the form with two days to the address of the comparison."""
    from twitchwise.web.page import back, form_of

    person, form = await run_in_threadpool(person_of, request), await form_of(request)
    first, second = (str(form.get(name, "")) for name in ("a", "b"))
    kept = await run_in_threadpool(request.app.state.household.kept, person.id)
    return back(f"/p/{person.id}/compare/{_named(first, kept).number}/{_named(second, kept).number}")


routes: list[BaseRoute] = [
    Route("/p/{id}/review", _review),
    *(Route(f"/p/{{id}}/review.{ending}", _download) for ending in TYPES),
    Route("/p/{id}/dietitian.html", _download),
    Route("/p/{id}/review/{number:int}", _earlier),
    Route("/p/{id}/review/{number:int}.json", _earlier_json),
    Route("/p/{id}/compare", _choose, methods=["POST"]),
    Route("/p/{id}/compare/{a}/{b}", _compare),
]
