"""What the tests of the page share: a real server on loopback in a thread, and a client that sends what it is told."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.household import Household
from twitchwise.web.app import Program, make_app
from twitchwise.web.serve import listen, make_server
from twitchwise.web.settings import HOST, Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")
CONNECT, LOOK_UP = socket.socket.connect, socket.getaddrinfo


def allow_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test of the page connect to this machine, and to nothing else."""

    def connect(self: socket.socket, address: Any) -> None:
        assert address[0] in LOOPBACK, f"a connection to {address} was tried"
        CONNECT(self, address)

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        assert host in LOOPBACK, f"{host} was looked up"
        return LOOK_UP(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Page:
    """A running page, and a browser of sorts that has its cookie."""

    app: Program
    settings: Settings
    folder: Path
    cookie: str = field(init=False)

    def __post_init__(self) -> None:
        self.cookie = f"{self.settings.cookie}={self.settings.session}"

    @property
    def port(self) -> int:
        return self.settings.port

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def household(self) -> Household:
        found = self.app.state.household
        assert isinstance(found, Household)
        return found

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | Any = None) -> Answer:
        """Send exactly this; no cookie, no Origin but those given."""
        link = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            link.request(method, path, body=body, headers=dict(headers or {}))
            got = link.getresponse()
            return Answer(got.status, got.headers, got.read())
        finally:
            link.close()

    def get(self, path: str, **headers: str) -> Answer:
        """Visit an address as a browser that was let in."""
        return self.ask("GET", path, {"Cookie": self.cookie, **_spelt(headers)})

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Send a form of the page's own as a browser does."""
        own = {"Cookie": self.cookie, "Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, own | _spelt(headers), urlencode(fields or {}).encode())

    def api(self, path: str, data: Any = None, **headers: str) -> Answer:
        """Ask the API as a program does: with the token, without an Origin."""
        own = {"Authorization": f"Bearer {self.settings.token}"}
        if data is None:
            return self.ask("GET", path, own | _spelt(headers))
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self.ask("POST", path, own | {"Content-Type": "application/json"} | _spelt(headers), body)

    def upload(self, path: str, filename: str, data: bytes, **fields: str) -> Answer:
        """Send a file in a form."""
        mark = "----twitchwise-test"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        own = {"Cookie": self.cookie, "Origin": self.origin, "Content-Type": f"multipart/form-data; boundary={mark}"}
        return self.ask("POST", path, own, body)


def _spelt(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def running(folder: Path, locked: bool = False) -> Iterator[Page]:
    """Serve a folder of records until the block ends."""
    listener = listen(0)
    settings = Settings(listener.getsockname()[1], folder)
    household = None if locked else Household.open(folder)
    app = make_app(settings, household, load_evidence())
    server = make_server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Page(app, settings, folder)
    finally:
        server.should_exit = True
        thread.join(20)
        if app.state.household is not None:
            app.state.household.close()


class Markup(HTMLParser):
    """What a browser would run or load of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title, self.scripts, self.handlers, self.loads, self.ids = "", [], [], [], []  # type: ignore
        self.inline: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        found = dict(attrs)
        if tag in ("script", "iframe", "object", "embed"):
            self.scripts.append(found.get("src") or found.get("data") or tag)
        if tag == "style" or "style" in found:
            self.inline.append(tag)
        self.handlers += [name for name in found if name.startswith("on")]
        self.handlers += [name for name, value in attrs if str(value or "").strip().lower().startswith("javascript:")]
        self.loads += [found[name] for name in ("src", "href", "action") if found.get(name) and tag != "a"]
        if found.get("id"):
            self.ids.append(found["id"])

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
