"""The pages about people: the list, one person's overview, names, the passphrase, copies and deleting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from twitchwise.household import Household, Person, is_locked, wipe
from twitchwise.web.page import back, form_of, render

SURE: Final = "delete"  # the word to type before something is deleted for good
LONGEST_PASSPHRASE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way through: its place in the address, its name, what it asks, the parts of a record it fills."""

    key: str
    name: str
    asks: str
    parts: tuple[str, ...]


STEPS: Final = (
    Step("danger", "Danger signs", "A few questions first, to see if this cannot wait.", ()),
    Step("where", "Where and since when", "Which muscles, and for how long.", ("findings", "person")),
    Step("felt", "What else you feel", "What is there, and what is not.", ("absent", "signs")),
    Step("medicines", "Medicines and supplements", "All that you take.", ("medicines", "supplements")),
    Step("conditions", "Illnesses", "What a doctor has told you.", ("conditions", "procedures", "exposures")),
    Step("eating", "Eating", "How you eat, and a food diary if you keep one.", ("diet",)),
    Step("habits", "Habits", "Sleep, coffee, alcohol, stress, sport.", ("habits",)),
    Step("tests", "Blood tests", "Results, if you have any.", ("labs", "tests")),
    Step("next", "What would help most", "The questions whose answers would change the result most.", ()),
)


def answers(tables: Mapping[str, Any], parts: Sequence[str]) -> int:
    """Count what a record says in some of its parts.

    Parameters: tables, a record; parts, names of sections. Returns: lines and fields that are filled.

    >>> answers({"person": {"age": 40, "sex": ""}, "labs": [{"test": "iron"}, {}]}, ["person", "labs"])
    2
    """
    count = 0
    for part in parts:
        value = tables.get(part)
        if isinstance(value, Mapping):
            count += sum(1 for one in value.values() if one not in ("", None, [], {}))
        elif isinstance(value, list):
            count += sum(1 for one in value if one)
        else:
            count += bool(value)
    return count


def person_of(request: Request) -> Person:
    """Find the person an address names.

    Parameters: request, with `id` in its path. Returns: the person. Raises: HTTPException (404).
    """
    household: Household = request.app.state.household
    found = next((person for person in household.people() if person.id == request.path_params["id"]), None)
    if found is None:
        raise HTTPException(404, "There is nobody here under this address. They may have been deleted.")
    return found


def _people(request: Request) -> Response:
    household: Household = request.app.state.household
    return render(request, "people.html.j2", people=household.people(), damage=household.damage)


async def _add(request: Request) -> Response:
    name = _text(await form_of(request), "name") or "Me"
    person = await run_in_threadpool(request.app.state.household.add, name)
    return back(f"/p/{person.id}/danger")


def _overview(request: Request) -> Response:
    person, household = person_of(request), request.app.state.household
    tables, _ = household.tables(person.id)
    rows = [(step, answers(tables, step.parts)) for step in STEPS]
    kept = household.kept(person.id)
    days = sorted({one.on.isoformat() for one in kept}, reverse=True)
    filled = answers(tables, [part for step in STEPS for part in step.parts])
    return render(request, "person.html.j2", person=person, rows=rows, kept=kept[::-1], days=days, filled=filled)


async def _rename(request: Request) -> Response:
    person = await run_in_threadpool(person_of, request)
    name = _text(await form_of(request), "name")
    await run_in_threadpool(request.app.state.household.rename, person.id, name)
    return back(f"/p/{person.id}", "renamed")


async def _delete(request: Request) -> Response:
    person = await run_in_threadpool(person_of, request)
    _sure(await form_of(request))
    await run_in_threadpool(request.app.state.household.delete, person.id)
    request.app.state.reviews.forget()
    return back("/", "deleted")


async def _forget(request: Request) -> Response:
    person, number = await run_in_threadpool(person_of, request), request.path_params["number"]
    if number >= 2**63:
        raise HTTPException(404)
    await run_in_threadpool(request.app.state.household.forget, person.id, number)
    return back(f"/p/{person.id}", "forgotten")


def _settings(request: Request) -> Response:
    household: Household = request.app.state.household
    return render(
        request,
        "settings.html.j2",
        people=household.people(),
        folder=str(household.path.parent),
        encrypted=household.encrypted,
        facts=request.app.state.evidence.version,
    )


def _export(request: Request) -> Response:
    """Hand out a copy of one person or of everybody."""
    id = person_of(request).id if "id" in request.path_params else None
    data = request.app.state.household.export(id)
    return Response(data, 200, {"content-disposition": 'attachment; filename="twitchwise-copy.zip"'}, "application/zip")


async def _import(request: Request) -> Response:
    form = await form_of(request)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise HTTPException(400, "Choose a file first: a copy made here (.zip), or a record (.toml or .json).")
    data = await file.read()
    await run_in_threadpool(request.app.state.household.import_, data, _text(form, "name"))
    return back("/", "imported")


async def _delete_all(request: Request) -> Response:
    _sure(await form_of(request))
    await run_in_threadpool(request.app.state.household.delete_all)
    request.app.state.reviews.forget()
    return back("/", "deleted")


async def _passphrase(request: Request) -> Response:
    """Set, change or take off the passphrase."""
    form, household = await form_of(request), request.app.state.household
    if _text(form, "remove"):
        await run_in_threadpool(household.remove_passphrase)
        return back("/settings", "open")
    first, again = _secret(form, "passphrase"), _secret(form, "again")
    if not first or first != again:
        raise HTTPException(400, "The two passphrases are not the same, or are empty. Nothing was changed.")
    await run_in_threadpool(household.set_passphrase, first)
    return back("/settings", "passphrase")


async def _lock(request: Request) -> Response:
    """Close the records until the passphrase is given again."""
    state = request.app.state
    if not state.household.encrypted:
        return back("/settings")
    household, state.household = state.household, None
    state.reviews.forget()
    await run_in_threadpool(household.close)
    return back("/")


def _unlock_page(request: Request) -> Response:
    if request.app.state.household is not None:
        return RedirectResponse("/", 303)
    return render(request, "unlock.html.j2", locked=is_locked(request.app.state.settings.folder))


async def _unlock(request: Request) -> Response:
    state = request.app.state
    given = _secret(await form_of(request), "passphrase")
    if state.household is None:
        state.household = await run_in_threadpool(Household.open, state.settings.folder, given)
    return back("/")


async def _wipe(request: Request) -> Response:
    """Begin anew when the passphrase is lost."""
    state = request.app.state
    _sure(await form_of(request))
    if state.household is not None:
        return back("/settings")
    await run_in_threadpool(wipe, state.settings.folder)
    state.household = await run_in_threadpool(Household.open, state.settings.folder)
    return back("/", "deleted")


def _text(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _secret(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) and len(value) <= LONGEST_PASSPHRASE else ""


def _sure(form: Mapping[str, Any]) -> None:
    if _text(form, "sure").lower() != SURE:
        raise HTTPException(400, f"Nothing was deleted. To delete for good, type the word {SURE} into the box.")


routes: list[BaseRoute] = [
    Route("/", _people),
    Route("/people", _add, methods=["POST"]),
    Route("/settings", _settings),
    Route("/settings/copy.zip", _export),
    Route("/settings/import", _import, methods=["POST"]),
    Route("/settings/delete", _delete_all, methods=["POST"]),
    Route("/settings/passphrase", _passphrase, methods=["POST"]),
    Route("/lock", _lock, methods=["POST"]),
    Route("/unlock", _unlock_page),
    Route("/unlock", _unlock, methods=["POST"]),
    Route("/unlock/wipe", _wipe, methods=["POST"]),
    Route("/p/{id}", _overview),
    Route("/p/{id}/copy.zip", _export),
    Route("/p/{id}/rename", _rename, methods=["POST"]),
    Route("/p/{id}/delete", _delete, methods=["POST"]),
    Route("/p/{id}/kept/{number:int}/forget", _forget, methods=["POST"]),
]
