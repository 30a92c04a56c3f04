"""The addresses of the steps: show one, take a form, keep it, and lose nothing when two windows are open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from twitchwise.errors import TwitchwiseError
from twitchwise.household import Conflict
from twitchwise.triage.result import LEVELS
from twitchwise.web.forms import blood, danger, eating, felt, following, habits, where
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.lists import ListStep
from twitchwise.web.forms.merge import both, merge, theirs_of
from twitchwise.web.forms.problems import Problem, problems
from twitchwise.web.forms.scene import Incomplete, Scene, Tables
from twitchwise.web.forms.side import more_urgent, side_of
from twitchwise.web.page import form_of, render, surroundings
from twitchwise.web.people import STEPS, person_of
from twitchwise.web.reviewing import day_of

AUTO: Final = "x-autosave"  # the header of a form that is saved while the person types
OWN: Final = ("base", "go", "keep", "use")  # fields of the form itself, no answers
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Simple:
    """A step that is two functions."""

    view: Callable[[Scene], dict[str, Any]]
    take: Callable[..., Tables]


WAY: Final[Mapping[str, Simple | ListStep]] = {
    "danger": Simple(danger.view, danger.take),
    "where": Simple(where.view, where.take),
    "felt": Simple(felt.view, felt.take),
    "medicines": ListStep("medicines"),
    "conditions": ListStep("conditions"),
    "eating": Simple(eating.view, eating.take),
    "habits": Simple(habits.view, habits.take),
    "tests": Simple(blood.view, blood.take),
    "next": Simple(following.view, following.take),
}
KEYS: Final = tuple(WAY)


@dataclass(frozen=True, slots=True)
class Sent:
    """One form that arrived: the step, who it is about, the record that it was made from, and its fields."""

    key: str
    id: str
    form: Filled
    scene: Scene

    @property
    def step(self) -> Simple | ListStep:
        """The step."""
        return WAY[self.key]

    @property
    def path(self) -> str:
        """The address of the step."""
        return f"/p/{self.id}/{self.key}"


def _key(request: Request) -> str:
    return request.url.path.rpartition("/")[2]


async def show(request: Request) -> Response:
    """Show a step.

    Parameters: request. Returns: its page.
    """
    person = await run_in_threadpool(person_of, request)
    tables, version = await run_in_threadpool(request.app.state.household.tables, person.id)
    place = Filled(request.query_params.multi_items()).number("n", -1)
    scene = Scene(tables, request.app.state.evidence, day_of(request), version, place)
    return await page(request, _key(request), scene)


async def page(
    request: Request, key: str, scene: Scene, extra: tuple[Problem, ...] = (), status: int = 200
) -> Response:
    """Fill the page of a step.

    Parameters: request; key, of the step; scene; extra, problems of the form itself; status. Returns: the page.
    """
    since = Filled(request.query_params.multi_items()).number("since", -1)
    open_now = key == "danger" or "now" in request.query_params
    values = await request.app.state.reviews.in_thread(_values, request.path_params["id"], key, scene, extra)
    if open_now:
        values["side"] = await request.app.state.reviews.in_thread(side_of, scene, True)
    return render(request, f"step_{key}.html.j2", status, since=since, open_now=open_now, **values)


def _values(id: str, key: str, scene: Scene, extra: tuple[Problem, ...]) -> dict[str, Any]:
    place = KEYS.index(key)
    return {
        "at": f"/p/{id}",
        "step": STEPS[place],
        "steps": STEPS,
        "place": place,
        "previous": KEYS[place - 1] if place else "",
        "following": KEYS[place + 1] if place + 1 < len(KEYS) else "",
        "base": scene.version,
        "side": side_of(scene),
        "problems": extra or problems(key, scene),
        **WAY[key].view(scene),
    }


async def save(request: Request) -> Response:
    """Take a form: keep it, then go on, or stay where something has to be seen first.

    Parameters: request. Returns: the next address, or what the script asked for.
    """
    person = await run_in_threadpool(person_of, request)
    fields = await form_of(request)
    form = Filled((key, value) for key, value in fields.multi_items() if isinstance(value, str))
    upload = next(
        (value for _, value in fields.multi_items() if isinstance(value, UploadFile) and value.filename), None
    )
    scene = await run_in_threadpool(_started, request, person.id, form)
    sent = Sent(_key(request), person.id, _used(form), scene)
    auto = AUTO in request.headers
    try:
        if upload is not None and not auto:
            return await _uploaded(request, sent, upload)
        if sent.key == "next":
            return await _followed(request, sent)
        mine = await request.app.state.reviews.in_thread(sent.step.take, sent.form, scene, auto)
        return await _kept(request, sent, mine, auto)
    except Incomplete as error:
        problem = Problem(error.field, "", error.why)
        return await page(request, sent.key, scene.having(error.tables), (problem,), 422)


def _started(request: Request, id: str, form: Filled) -> Scene:
    """Return the record as it was when the form was made; without a known version the newest stands in."""
    household = request.app.state.household
    newest, version = household.tables(id)
    base = form.number("base", version)
    tables = newest if base >= version else household.tables_at(id, base) if base else {}
    return Scene(tables, request.app.state.evidence, day_of(request), min(base, version), form.number("n", -1))


def _used(form: Filled) -> Filled:
    """Put a name that was offered into its field: the button says field and name."""
    field, bar, name = form.text("use").partition("|")
    return form.having({field: name}) if bar and field in form else form


async def _kept(request: Request, sent: Sent, mine: Tables, auto: bool) -> Response:
    """Save a record, joined with what another window saved meanwhile."""
    household, choice = request.app.state.household, sent.form.text("keep")
    for _ in range(TRIES):
        theirs, newest = await run_in_threadpool(household.tables, sent.id)
        joined = merge(sent.scene.tables, mine, theirs)
        if joined.clashes and (auto or choice not in ("mine", "theirs", "both")):
            return _clash(request, sent, joined.clashes, newest, auto)
        wished = both(joined.tables, theirs, joined.clashes) if choice == "both" else joined.tables
        try:
            version = await run_in_threadpool(household.save, sent.id, wished, newest)
            if choice == "theirs":  # this window's answers stay in the history
                wished = theirs_of(joined.tables, theirs, joined.clashes)
                version = await run_in_threadpool(household.save, sent.id, wished, version)
        except Conflict:
            continue
        return await _answered(request, sent, replace(sent.scene, tables=wished, version=version), auto)
    raise TwitchwiseError("This record is being changed in another window right now. Try again in a moment.")


def _clash(request: Request, sent: Sent, clashes: Any, newest: int, auto: bool) -> Response:
    """Show both versions; the whole form is on the page, so that nothing is lost."""
    if auto:
        return JSONResponse({"error": "This record was changed in another window. Press Save to see both."}, 409)
    fields = [pair for pair in sent.form.pairs() if pair[0] != "keep"]
    return render(
        request, "step_conflict.html.j2", 409, at=f"/p/{sent.id}", path=sent.path, clashes=clashes, fields=fields
    )


async def _answered(request: Request, sent: Sent, now: Scene, auto: bool) -> Response:
    """Say what to do next: on to the next step, or stay because of an alarm, a new problem or a wish."""
    in_thread: Callable[..., Any] = request.app.state.reviews.in_thread
    if auto:
        return JSONResponse(await in_thread(_live, sent.key, now))
    urgent = await in_thread(more_urgent, sent.scene, now, LEVELS)
    new = await in_thread(_new_problems, sent.key, sent.scene, now)
    go = sent.form.text("go")
    if urgent:
        return _onward(sent.path, sent.scene, "now")
    if (new and go != "leave") or go in ("stay", "add") or sent.form.text("use"):
        place = sent.form.text("n") if sent.key == "where" and go == "stay" else ""
        return _onward(sent.path, sent.scene, "problems" if new else "", n=place)
    if go == "review":
        return RedirectResponse(f"/p/{sent.id}/review", 303)
    if go == "new":
        return _onward(sent.path, sent.scene, n=str(_findings(now)))
    other = go if go in KEYS else KEYS[min(KEYS.index(sent.key) + 1, len(KEYS) - 1)]
    return _onward(f"/p/{sent.id}/{other}", sent.scene)


def _findings(scene: Scene) -> int:
    held = scene.tables.get("findings", [])
    return len(held) if isinstance(held, list) else 1


def _new_problems(key: str, before: Scene, now: Scene) -> bool:
    old = {(problem.what, problem.why) for problem in problems(key, before)}
    return any((problem.what, problem.why) not in old for problem in problems(key, now))


def _onward(path: str, before: Scene, place: str = "", n: str = "") -> Response:
    """Send the browser on; the address holds numbers and our own words, never what a person wrote."""
    shown = {"now": "1"} if place == "now" else {"n": n} if n.isdigit() else {}
    query = urlencode({"since": before.version, **shown, "said": "saved"})
    return RedirectResponse(f"{path}?{query}{f'#{place}' if place else ''}", 303)


def _live(key: str, now: Scene) -> dict[str, Any]:
    """Say what an answer brought, as pieces of the page: its texts are escaped by the templates."""
    piece = surroundings().get_template("step_live.html.j2")
    side, found = side_of(now, True), problems(key, now)
    return {
        "version": now.version,
        "now": piece.render(part="now", side=side, problems=found, open_now=True),
        "problems": piece.render(part="problems", side=side, problems=found),
        "lines": [problem.field for problem in found if not problem.page],
        "level": side.level,
    }


async def _uploaded(request: Request, sent: Sent, upload: UploadFile) -> Response:
    """Read an uploaded diary or table of results; it is added to the newest record, so that nothing can clash."""
    data, name = await upload.read(), upload.filename or "file"
    household, in_thread = request.app.state.household, request.app.state.reviews.in_thread
    for _ in range(TRIES):
        newest, version = await run_in_threadpool(household.tables, sent.id)
        scene = replace(sent.scene, tables=newest, version=version)
        try:
            tables = await in_thread(_read_file, sent.key, data, name, scene)
            after = await run_in_threadpool(household.save, sent.id, tables, version)
        except Conflict:
            continue
        except TwitchwiseError as error:
            return await page(request, sent.key, scene, (Problem("file", "", str(error)),), 422)
        stay = replace(sent, form=sent.form.having({"go": "stay"}))
        return await _answered(request, stay, replace(scene, tables=tables, version=after), False)
    raise TwitchwiseError("This record is being changed in another window right now. Try again in a moment.")


def _read_file(key: str, data: bytes, name: str, scene: Scene) -> Tables:
    if key == "tests":
        return blood.with_pasted(scene.tables, eating.uploaded_text(data, name), scene)
    return eating.with_upload(scene.tables, *eating.read_upload(data, name))


async def _followed(request: Request, sent: Sent) -> Response:
    """Take the answer to the one question of the last step."""
    if sent.form.text("keep"):
        mine = await request.app.state.reviews.in_thread(sent.step.take, sent.form, sent.scene)
        return await _kept(request, sent, mine, False)
    found = await request.app.state.reviews.in_thread(following.answer, sent.form, sent.scene)
    if found.again:
        told = replace(sent.scene, told={"following": found})
        return await page(request, "next", told, (), 200 if found.meant else 422)
    stay = sent if sent.form.text("go") else replace(sent, form=sent.form.having({"go": "stay"}))
    return await _kept(request, stay, found.tables, False)
