"""The page as one program: its routes, its shared state, and what is said when something goes wrong."""

from __future__ import annotations

import os
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from twitchwise.errors import LimitError, TwitchwiseError
from twitchwise.foods.at_hand import PANTRY
from twitchwise.household import Busy as FileBusy
from twitchwise.household import Conflict, Damaged, Household, Locked, Missing
from twitchwise.web.guard import ASK, NONCE, TICKET, Guard, Keys
from twitchwise.web.page import render
from twitchwise.web.reviews import Busy, Reviews
from twitchwise.web.routes import all_routes
from twitchwise.web.settings import UPLOAD_LIMIT, Settings

if TYPE_CHECKING:
    from twitchwise.evidence import Evidence

STATIC: Final = Path(__file__).with_name("static")
OPEN_ALWAYS: Final = ("/static/", "/ask", "/api/", "/unlock")  # what a passphrase does not close: no record is there
# what a refusal means in the language of HTTP; the first that fits counts
STATUS: Final[tuple[tuple[type[Exception], int], ...]] = (
    (Conflict, 409),
    (Missing, 404),
    (Locked, 403),
    (Busy, 503),
    (FileBusy, 503),
    (Damaged, 409),
    (LimitError, 422),
)
SAID: Final = {
    400: "The browser sent something that cannot be read. Nothing was changed. Go back and try again.",
    404: "There is no such page. It may have been deleted, or the address has a slip in it.",
    405: "This page cannot do that. Nothing was changed.",
    500: "This is a fault in twitchwise, not in what you wrote. What you saved before is still there. "
    "Go back and try again. If it happens again, export your data under Settings.",
}


class Program(Starlette):
    """The routes with the guard around all of it, the pages about errors included."""

    settings: Settings
    keys: Keys

    def build_middleware_stack(self) -> ASGIApp:
        """Put the guard outermost, so that nothing answers without it."""
        return _quiet(Guard(super().build_middleware_stack(), self.settings, self.keys))


def make_app(settings: Settings, household: Household | None, evidence: Evidence, keys: Keys | None = None) -> Program:
    """Make the page.

    Parameters: settings, of this run; household, the records, None while their passphrase is not given; evidence, the
    curated facts; keys, that open the page (None: made from the settings). Returns: an ASGI program.
    """
    MultiPartParser.spool_max_size = UPLOAD_LIMIT + 1  # an upload never becomes a file in a folder for temporary ones
    handlers: dict[Any, Any] = {
        HTTPException: _refused,
        TwitchwiseError: _problem,
        Exception: _fault,
    }
    app = Program(routes=[*_own_routes(), *all_routes()], exception_handlers=handlers)
    app.add_middleware(_Locked, program=app)
    app.settings, app.keys = settings, keys or Keys(settings)
    app.state.settings, app.state.keys = settings, app.keys
    app.state.household, app.state.evidence = household, evidence
    app.state.reviews, app.state.foods = Reviews(evidence), PANTRY
    return app


def _own_routes() -> list[BaseRoute]:
    return [
        Route("/static/review.css", _review_style),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
        Route(ASK, _ask),
        Route(TICKET, _ticket, methods=["POST"]),
    ]


def _review_style(request: Request) -> Response:
    """Serve the look of the written report: the page and the file a person keeps are one design."""
    import twitchwise.formats.html as html

    return FileResponse(Path(html.__file__).with_name("templates") / "style.css", media_type="text/css")


def _ask(request: Request) -> Response:
    """Prove to a second start that this is the page of twitchwise, and nothing else."""
    nonce = request.query_params.get("nonce", "")
    if not NONCE.fullmatch(nonce):
        raise HTTPException(400, "The nonce is 32 hexadecimal digits.")
    return PlainTextResponse(request.app.state.keys.proof(nonce))


def _ticket(request: Request) -> Response:
    """Hand a second start an address that opens once."""
    return PlainTextResponse(request.app.state.keys.ticket())


class _Locked:
    """While the passphrase is missing, every page about a person leads to the question for it."""

    def __init__(self, app: ASGIApp, program: Program) -> None:
        self.app, self.program = app, program

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        closed = scope["type"] == "http" and self.program.state.household is None
        if closed and not scope["path"].startswith(OPEN_ALWAYS):
            await RedirectResponse("/unlock", 303)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _quiet(app: ASGIApp) -> ASGIApp:
    """Keep a fault out of every log: its text may hold what a person wrote. The person has seen the page by then."""

    async def quiet(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except Exception:
            if os.environ.get("TWITCHWISE_DEBUG"):
                raise

    return quiet


def _for_program(request: Request) -> bool:
    """Say whether the script or another program reads the answer."""
    path, accepts = request.url.path, request.headers.get("accept", "")
    return path.startswith(("/api/", "/ask")) or accepts.split(",")[0].strip() == "application/json"


def _answer(request: Request, status: int, text: str) -> Response:
    if _for_program(request):
        return JSONResponse({"error": text}, status)
    parts = request.url.path.split("/")
    person = parts[2] if parts[1] == "p" and len(parts) > 3 and status != 404 else ""
    return render(request, "error.html.j2", status, text=text, heading=_heading(status), person=person)


def _heading(status: int) -> str:
    if status >= 500 and status != 503:
        return "Something went wrong here"
    return {404: "Not found", 409: "Not saved", 503: "One moment"}.get(status, "That did not work")


async def _refused(request: Request, error: HTTPException) -> Response:
    """Answer what Starlette or a route refused, in plain words."""
    own = error.detail if error.detail != HTTPStatus(error.status_code).phrase else ""
    answer = _answer(request, error.status_code, own or SAID.get(error.status_code, SAID[400]))
    answer.headers.update(error.headers or {})
    return answer


async def _problem(request: Request, error: TwitchwiseError) -> Response:
    """Answer a problem with what a person sent: one line, what, where, what to do."""
    from twitchwise.explain.subjects import UnknownTopic  # brings most of the program: the first page does not wait

    kinds = ((UnknownTopic, 404), *STATUS)
    status = next((code for kind, code in kinds if isinstance(error, kind)), 422)
    answer = _answer(request, status, str(error))
    if status == 503:
        answer.headers["retry-after"] = "5"
    return answer


async def _fault(request: Request, error: Exception) -> Response:
    """Answer a fault of ours without a word of what was being worked on."""
    return _answer(request, 500, SAID[500])
