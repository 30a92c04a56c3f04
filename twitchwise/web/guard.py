"""What every request must pass before any route sees it, and the headers every answer carries.

The order matters: whose name was asked for (DNS rebinding), which page asked (cross-site requests), whether the browser
was let in (start token, cookie), what is being sent (type, size). Only then comes the routing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twitchwise.web.settings import FORM_LIMIT, JSON_LIMIT, UPLOAD_LIMIT, Settings, fresh_secret

CSP: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": CSP,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-dns-prefetch-control": "off",
    "x-robots-tag": "noindex",
}
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
SAFE: Final = ("GET", "HEAD")
ASK: Final = "/ask"  # where a second start asks who is there
TICKET: Final = "/ask/ticket"
TICKET_SECONDS: Final = 120
MOST_TICKETS: Final = 20
NONCE: Final = re.compile(r"[0-9a-f]{32}")


@dataclass
class Keys:
    """What opens the page: the token of this run, its cookie, and tickets that open once."""

    settings: Settings
    tickets: dict[str, float] = field(default_factory=dict)

    def ticket(self) -> str:
        """Make a secret that opens the page once: others may see the command line of the browser it is given to.

        Returns: it.
        """
        while len(self.tickets) >= MOST_TICKETS:
            self.tickets.pop(next(iter(self.tickets)))
        made = fresh_secret()
        self.tickets[made] = time.monotonic() + TICKET_SECONDS
        return made

    def opens(self, secret: str) -> bool:
        """Say whether a secret opens the page; a ticket is used up.

        Parameters: secret, as given. Returns: whether it is the token or a fresh ticket.
        """
        if same(secret, self.settings.token):
            return True
        found = next((one for one in self.tickets if same(secret, one)), None)
        return found is not None and self.tickets.pop(found) > time.monotonic()

    def proof(self, nonce: str) -> str:
        """Prove that this server knows the token, without saying it.

        Parameters: nonce, made by the one who asks. Returns: a keyed hash of it.
        """
        return proof(self.settings.token, nonce)


def proof(token: str, nonce: str) -> str:
    """Work out what a server that knows the token answers.

    Parameters: token; nonce. Returns: 64 hexadecimal digits.

    >>> len(proof("a", "b"))
    64
    """
    return hmac.new(token.encode(), f"twitchwise ask {nonce}".encode(), hashlib.sha256).hexdigest()


def same(given: str, secret: str) -> bool:
    """Compare with a secret in a time that says nothing about it.

    Parameters: given; secret. Returns: whether they are equal.

    >>> same("a", "a"), same("", "a"), same("é", "a")
    (True, False, False)
    """
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())


@dataclass(frozen=True, slots=True)
class Asked:
    """What the checks look at."""

    method: str
    path: str
    headers: Headers
    query: str

    @property
    def for_program(self) -> bool:
        """Whether the answer is read by a program, which may show the token instead of a cookie."""
        return self.path.startswith("/api/") or self.path in (ASK, TICKET)

    @property
    def public(self) -> bool:
        """Whether nothing of a person is there."""
        return self.method in SAFE and (self.path.startswith("/static/") or self.path == ASK)

    def refuse(self, status: int, text: str) -> Response:
        """Refuse in one sentence, without a word about anybody."""
        # the connection stays open: a browser that is still sending would show an error of its own instead
        return JSONResponse({"error": text}, status) if self.for_program else HTMLResponse(closed_page(text), status)


def closed_page(text: str, onward: str = "") -> str:
    """Write a page that holds nothing of a person and needs no template of ours to be right.

    Parameters: text, of our own; onward, a path to go on to at once. Returns: HTML.
    """
    refresh = f'<meta http-equiv="refresh" content="0;url={onward}">' if onward else ""
    link = f'<p><a href="{onward}">Go on</a></p>' if onward else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{refresh}<title>twitchwise</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/static/review.css"><link rel="stylesheet" href="/static/style.css"></head>'
        f'<body class="app"><main id="main"><h1 class="plain">twitchwise</h1><p>{text}</p>{link}</main></body></html>'
    )


class Guard:
    """Wrap the program: refuse what must not pass, give every answer its headers, count what is sent."""

    def __init__(self, app: ASGIApp, settings: Settings, keys: Keys) -> None:
        self.app, self.settings, self.keys = app, settings, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        asked = Asked(scope["method"], scope["path"], Headers(scope=scope), query)
        sender = _with_headers(send, scope["path"])
        checks = (self._host, self._whence, self._let_in, self._content)
        refusal = next((answer for check in checks if (answer := check(asked)) is not None), None)
        if refusal is not None:
            await refusal(scope, receive, sender)
        else:
            await self.app(scope, _counted(receive, _limit(asked)), sender)

    def _host(self, asked: Asked) -> Response | None:
        """Let in only names of this machine: another name that leads here is a trick (DNS rebinding)."""
        named = asked.headers.getlist("host")
        if len(named) == 1 and named[0].lower() in self.settings.hosts:
            return None
        return asked.refuse(421, f"This page answers only on this computer, at {self.settings.address}")

    def _whence(self, asked: Asked) -> Response | None:
        """Refuse what another site (or another program's page on this machine) makes the browser send."""
        origin, site = asked.headers.get("origin"), asked.headers.get("sec-fetch-site")
        own = f"http://{asked.headers['host'].lower()}"
        visit = asked.method in SAFE and asked.headers.get("sec-fetch-mode") == "navigate"
        if visit and not asked.for_program:
            return None  # a link that somebody follows; without the cookie it shows nothing
        if site not in (None, "same-origin", "none"):
            return asked.refuse(403, "Another site sent this request. It was not carried out.")
        if asked.method in SAFE and not asked.for_program:
            return None
        # under "no-referrer" browsers write "null" for our own forms; then only Sec-Fetch-Site tells
        ours = (None, own, "null") if site == "same-origin" else (own,)
        by_program = self._shows_token(asked) or asked.method in SAFE
        if origin in ours or (origin is None and site is None and by_program):
            return None
        if origin is None and site == "none" and asked.method in SAFE:
            return None
        return asked.refuse(403, "This request did not come from this page. It was not carried out.")

    def _shows_token(self, asked: Asked) -> bool:
        kind, _, given = asked.headers.get("authorization", "").partition(" ")
        return asked.for_program and kind.lower() == "bearer" and same(given.strip(), self.settings.token)

    def _let_in(self, asked: Asked) -> Response | None:
        """Exchange the token for the cookie; without either there is only a page that says how to open it."""
        if asked.public:
            return None
        cookie = any(same(held, self.settings.session) for held in self._cookies(asked))
        given = parse_qs(asked.query).get("start", []) if asked.path == "/" and asked.method == "GET" else []
        if given and (self.keys.opens(given[0]) or cookie):
            return self._opened(asked)
        if cookie or self._shows_token(asked):
            return None
        return asked.refuse(
            401 if asked.for_program else 403,
            "This page is closed. To open it, use the address that twitchwise printed when it started, "
            "or start it once more in a terminal: twitchwise serve",
        )

    def _cookies(self, asked: Asked) -> list[str]:
        """Find ours among those of every other program on this machine, well formed or not."""
        pairs = [one.partition("=") for line in asked.headers.getlist("cookie") for one in line.split(";")]
        return [value.strip() for name, _, value in pairs if name.strip() == self.settings.cookie]

    def _opened(self, asked: Asked) -> Response:
        """Give the cookie and take the token out of the address."""
        cross = asked.headers.get("sec-fetch-site") in ("cross-site", "same-site")
        answer: Response = RedirectResponse("/", 303)
        if cross:  # a redirect would count as the other site's visit, and the strict cookie would stay away
            answer = HTMLResponse(closed_page("Opening ...", "/"))
        answer.set_cookie(self.settings.cookie, self.settings.session, path="/", httponly=True, samesite="strict")
        return answer

    def _content(self, asked: Asked) -> Response | None:
        """Refuse bodies of a type or size that nothing here reads."""
        if asked.method in SAFE:
            return None
        kind = _kind(asked)
        length = asked.headers.get("content-length", "")
        empty = length == "0" or (not length and "transfer-encoding" not in asked.headers)
        known = ("application/json",) if asked.for_program else FORMS
        if "content-encoding" in asked.headers or (kind not in known and not (empty and not kind)):
            return asked.refuse(415, f"This cannot be read here. Send it as {' or '.join(known)}.")
        if length.isdigit() and int(length) > _limit(asked):
            return asked.refuse(413, too_large(_limit(asked)))
        return None


def _kind(asked: Asked) -> str:
    return asked.headers.get("content-type", "").partition(";")[0].strip().lower()


def _limit(asked: Asked) -> int:
    if asked.for_program:
        return JSON_LIMIT
    return UPLOAD_LIMIT if _kind(asked) == FORMS[1] else FORM_LIMIT


def too_large(limit: int) -> str:
    """Say that something is too large.

    Parameters: limit (bytes). Returns: the sentence.

    >>> too_large(1_000_000)
    'This is larger than 1 MB, the most that can be read here. Nothing was changed.'
    """
    return f"This is larger than {limit // 1_000_000} MB, the most that can be read here. Nothing was changed."


def _counted(receive: Receive, limit: int) -> Receive:
    """Count what arrives, whatever length was announced."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, too_large(limit))
        return message

    return counted


def _with_headers(send: Send, path: str) -> Send:
    async def sender(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if path.startswith("/static/"):
                headers["cache-control"] = "no-cache"  # the program's own files: kept, but asked for again
        await send(message)

    return sender
