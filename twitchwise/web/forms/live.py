"""Small answers for the script: names while typing, a result while it is written, and the review so far."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from twitchwise.errors import TwitchwiseError
from twitchwise.web.forms.asked import without_asked
from twitchwise.web.forms.blood import lab_said
from twitchwise.web.forms.eating import understood
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.names import names_like
from twitchwise.web.forms.problems import problems
from twitchwise.web.forms.scene import Scene, Tables
from twitchwise.web.forms.side import Side, side_of, what_changed
from twitchwise.web.page import form_of, surroundings
from twitchwise.web.people import person_of
from twitchwise.web.reviewing import day_of


async def _form(request: Request) -> Filled:
    fields = await form_of(request)
    return Filled((key, value) for key, value in fields.multi_items() if isinstance(value, str))


async def names(request: Request) -> Response:
    """Offer names for what is being typed.

    Parameters: request, a form with kind and text. Returns: names as JSON.
    """
    form, state = await _form(request), request.app.state
    found = await state.reviews.in_thread(names_like, form.text("kind"), form.text("text"), state.evidence)
    return JSONResponse({"names": found})


async def lab(request: Request) -> Response:
    """Say how one laboratory line is understood, with the age and sex of the person.

    Parameters: request, a form with test, value and range. Returns: a sentence and what is wrong, as JSON.
    """
    person, form, state = await run_in_threadpool(person_of, request), await _form(request), request.app.state
    held, _ = await run_in_threadpool(state.household.tables, person.id)
    line = {key: form.text(key) for key in ("test", "value", "range", "date") if form.text(key)}
    scene = Scene({"person": held.get("person", {}), "labs": [line]}, state.evidence, day_of(request))
    return JSONResponse(await state.reviews.in_thread(_lab, scene))


def _lab(scene: Scene) -> dict[str, Any]:
    found = [problem for problem in problems("tests", scene) if problem.field.startswith("labs-0")]
    why = found[0].why if found else ""
    tries = found[0].tries if found and "did you mean" not in why else ()
    return {"said": lab_said(0, scene), "why": why, "tries": tries}


async def food(request: Request) -> Response:
    """Say how one diary line is understood.

    Parameters: request, a form with text. Returns: foods as JSON.
    """
    form = await _form(request)
    lines = await request.app.state.reviews.in_thread(understood, [form.text("text")])
    foods = lines[0].foods if lines else ()
    said = [f"{one.food}, {one.amount}".rstrip(", ") if one.food else f"not found: {one.said}" for one in foods]
    return JSONResponse({"said": "; ".join(said)})


async def side(request: Request) -> Response:
    """Show the urgency and the short answer so far, and what changed since an earlier version.

    Parameters: request, with the number of the version in its query. Returns: a piece of the page.
    """
    state, id = request.app.state, (await run_in_threadpool(person_of, request)).id
    tables, version = await run_in_threadpool(state.household.tables, id)
    scene = Scene(tables, state.evidence, day_of(request), version)
    found: Side = await state.reviews.in_thread(side_of, scene)
    if not found.empty:
        since = Filled(request.query_params.multi_items()).number("since", version)
        before = await run_in_threadpool(_earlier, state.household, id, since, version)
        found = await _reviewed(request, found, scene, before)
    text = surroundings().get_template("step_live.html.j2").render(part="side", side=found, at=f"/p/{id}", problems=())
    return HTMLResponse(text)


def _earlier(household: Any, id: str, since: int, version: int) -> Tables | None:
    """Return the record as it was; None when there is no such version."""
    if not 0 < since < version:
        return None
    try:
        return without_asked(household.tables_at(id, since))
    except TwitchwiseError:
        return None


async def _reviewed(request: Request, found: Side, scene: Scene, before: Tables | None) -> Side:
    """Add the short answer; a record that cannot be reviewed yet has none."""
    reviews = request.app.state.reviews
    try:
        _, now = await reviews.of(without_asked(scene.tables), scene.on)
        changed: tuple[str, ...] = ()
        if before:
            _, old = await reviews.of(before, scene.on)
            changed = what_changed(old, now)
    except TwitchwiseError:
        return found
    return replace(found, short=now.short, changed=changed)
