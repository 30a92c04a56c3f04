"""Starting, finding, stopping the page; slow and broken clients."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

import pytest
from page_client import CONNECT, Page, allow_loopback, running

from twitchwise.errors import FileError
from twitchwise.household import Household
from twitchwise.web import running as state
from twitchwise.web.patient import PatientProtocol
from twitchwise.web.serve import NEXT, SILENT, listen
from twitchwise.web.settings import PORT, Settings

ROOT = Path(__file__).resolve().parent.parent
# the command as a module of its own, so that a test does not depend on where the program is installed
COMMAND = "import twitchwise.cli.serve; from twitchwise.cli import main; main()"
RECORD = '[[findings]]\nwhat = "zqxv cramps"\n'


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)


class Served:
    """A page in a process of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "TWITCHWISE_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-c", COMMAND, "serve", "--no-browser", *options]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    @cached_property
    def first(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    @property
    def port(self) -> int:
        return int(self.first.split(":")[2].split("/")[0])

    @property
    def token(self) -> str:
        return self.first.split("start=")[1]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            link.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            got = link.getresponse()
            return got.status, dict(got.getheaders()), got.read().decode()
        finally:
            link.close()

    def cookie(self) -> str:
        status, headers, _ = self.ask("GET", f"/?start={self.token}")
        assert status == 303
        return headers["set-cookie"].split(";")[0]

    def form(self, path: str, **fields: str) -> tuple[int, dict[str, str], str]:
        headers = {"Cookie": self.cookie(), "Origin": f"http://127.0.0.1:{self.port}"}
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode(fields).encode(), Content_Type=kind, **headers)

    def end(self, number: int = signal.SIGINT) -> tuple[int, str, str]:
        self.process.send_signal(number)
        return self.rest()

    def rest(self) -> tuple[int, str, str]:
        """Wait for the end; what was printed after the first line (`communicate` would lose what is buffered)."""
        assert self.process.stdout is not None and self.process.stderr is not None
        out, err = self.process.stdout.read(), self.process.stderr.read()
        return self.process.wait(60), out, err


@contextmanager
def served(folder: Path, *options: str, wait: bool = True) -> Iterator[Served]:
    one = Served(folder, *options)
    try:
        assert not wait or one.first is not None
        yield one
    finally:
        if one.process.poll() is None:
            one.process.kill()
        one.rest()
        for stream in (one.process.stdout, one.process.stderr):
            if stream is not None:
                stream.close()


def test_the_first_line_is_the_address_and_it_opens(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as one:
        assert one.first.startswith("http://127.0.0.1:")
        assert len(one.token) >= 43
        status, _, text = one.ask("GET", "/", Cookie=one.cookie())
        assert (status, "<h1" in text) == (200, True)
        assert len(text) < 150_000


def test_it_listens_on_one_address_of_this_machine_only(tmp_path: Path) -> None:
    """Another address of the loopback block stands for another network card."""
    with served(tmp_path, "--port", "0") as one:
        with socket.socket() as link, pytest.raises(OSError):
            CONNECT(link, ("127.0.0.2", one.port))
        with socket.socket() as link:
            CONNECT(link, ("127.0.0.1", one.port))


def test_ctrl_c_ends_cleanly_and_loses_nothing(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as one:
        assert one.form("/people", name="Anne")[0] == 303
        code, out, err = one.end()
    assert (code, err) == (0, "")
    assert "Stopped" in out
    assert not (tmp_path / state.FILE).exists()
    with Household.open(tmp_path) as household:
        assert [person.name for person in household.people()] == ["Anne"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_other_ways_to_end_are_clean_too(tmp_path: Path, name: str) -> None:
    with served(tmp_path, "--port", "0") as one:
        one.cookie()
        _, _, err = one.end(getattr(signal, name))
    assert err == ""
    assert not (tmp_path / state.FILE).exists()


def test_ctrl_c_does_not_wait_for_a_client_that_is_stuck(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as one, socket.create_connection(("127.0.0.1", one.port)) as stuck:
        stuck.sendall(b"POST /people HTTP/1.1\r\nHost: 127.0.0.1")
        one.cookie()
        code, _, err = one.end()
    assert (code, err) == (0, "")


def test_no_word_of_a_person_reaches_a_log(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as one:
        person = one.form("/people", name="zqxv")[1]["location"].split("/")[2]
        token = {"Authorization": f"Bearer {one.token}", "Content_Type": "application/json"}
        one.ask("POST", "/api/review", json.dumps({"findings": ["zqxv cramps"]}).encode(), **token)
        one.ask("POST", "/api/review", b'{"zqxv": ', **token)
        one.ask("POST", "/api/explain", b'{"topic": "zqxv"}', **token)
        one.ask("GET", f"/p/{person}?zqxv=1", Cookie=one.cookie())
        one.ask("GET", "/zqxv", Cookie=one.cookie())
        with socket.create_connection(("127.0.0.1", one.port)) as broken:
            broken.sendall(b"zqxv\r\n\r\n")
            broken.recv(1000)
        _, out, err = one.end()
    assert "zqxv" not in out + err
    assert err == ""
    assert all(one["level"] == "CRITICAL" and not one["propagate"] for one in SILENT["loggers"].values())


# --- a second start


def test_a_second_start_finds_the_first(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as one:
        one.form("/people", name="Anne")
        with served(tmp_path) as two:
            assert two.first == one.first
            code, out, err = two.rest()
        assert (code, err) == (0, "")
        assert "runs already" in out
        assert one.ask("GET", "/", Cookie=one.cookie())[0] == 200


def test_two_starts_at_once_end_with_one_page(tmp_path: Path) -> None:
    with ExitStack() as ends:
        pages = [ends.enter_context(served(tmp_path, "--port", "0", wait=False)) for _ in range(4)]
        assert len({one.first for one in pages}) == 1
        assert pages[0].ask("GET", "/", Cookie=pages[0].cookie())[0] == 200


def test_another_folder_gets_a_page_of_its_own(tmp_path: Path) -> None:
    with served(tmp_path / "a", "--port", "0") as one, served(tmp_path / "b", "--port", "0") as two:
        assert one.port != two.port
    with served(tmp_path / "c", "--port", "0", "--data", str(tmp_path / "d")):
        assert (tmp_path / "d" / "household.db").exists()
        assert not (tmp_path / "c").exists()


def test_the_file_about_the_running_page_is_the_owner_s_alone(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as one:
        path = tmp_path / state.FILE
        assert path.stat().st_mode & 0o777 == 0o600
        told = json.loads(path.read_text())
        assert told == {"pid": one.process.pid, "port": one.port, "token": one.token}


def test_a_page_that_was_killed_does_not_hinder_the_next(tmp_path: Path) -> None:
    with served(tmp_path, "--port", "0") as one:
        one.form("/people", name="Anne")
        one.end(signal.SIGKILL)
        assert (tmp_path / state.FILE).exists()
    with served(tmp_path, "--port", "0") as two:
        assert two.token != one.token
        assert "Anne" in two.ask("GET", "/", Cookie=two.cookie())[2]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "port": 99999999, "token": "x"}', "\x00" * 50, '"' * 9]
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / state.FILE).write_text(text)
    settings = Settings(8765, tmp_path)
    assert state.claim(tmp_path, settings) is None
    assert json.loads((tmp_path / state.FILE).read_text())["token"] == settings.token


class Impostor(http.server.BaseHTTPRequestHandler):
    """Another program that has taken the port of a page that ended."""

    seen: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.seen.append(self.path + str(self.headers))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.split("=")[-1].encode() * 2)

    def log_message(self, *_: object) -> None:
        return


def test_another_program_on_the_old_port_is_not_taken_for_the_page(tmp_path: Path) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Impostor) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        old = Settings(server.server_address[1], tmp_path)
        (tmp_path / state.FILE).write_text(json.dumps({"pid": 1, "port": old.port, "token": old.token}))
        assert state.find(tmp_path) is None
        server.shutdown()
    assert Impostor.seen and old.token not in "".join(Impostor.seen), "the token is not told to who asks for it"
    with running(tmp_path) as page:  # control: the real one is found
        assert state.claim(tmp_path, page.settings) is None
        found = state.find(tmp_path)
        assert found is not None and found.port == page.port
        ticket = found.ticket()
        assert page.ask("GET", f"/?start={ticket}").status == 303
        assert page.ask("GET", f"/?start={ticket}").status == 403


def test_a_page_takes_only_its_own_file_away(tmp_path: Path) -> None:
    own, other = Settings(1, tmp_path), Settings(2, tmp_path)
    assert state.claim(tmp_path, own) is None
    state.release(tmp_path, other)
    assert (tmp_path / state.FILE).exists()
    state.release(tmp_path, own)
    assert not (tmp_path / state.FILE).exists()


# --- ports


def test_the_next_free_port_is_taken() -> None:
    with listen(None) as first, listen(None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]
        assert {one.getsockname()[0] for one in (first, second)} == {"127.0.0.1"}
        assert first.getsockname()[1] in range(PORT, PORT + NEXT) or second.getsockname()[1] not in range(PORT)


def test_a_port_that_was_asked_for_and_is_taken_is_a_clear_line(tmp_path: Path) -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(FileError, match=rf"Port {port} is taken.*--port"):
            listen(port)
        with served(tmp_path, "--port", str(port)) as one:
            first = one.first
            code, _, err = one.rest()
        assert (first, code, err.count("\n")) == ("", FileError.exit_code, 1)
        assert not (tmp_path / state.FILE).exists()


# --- a passphrase


def test_locked_records_stay_shut_until_the_passphrase_is_given(tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3", reason="no passphrase without the extra: the lock was NOT checked")
    with Household.open(tmp_path) as household:
        person = household.add("Zqxv Anne")
        household.set_passphrase("right one")
    with running(tmp_path, locked=True) as page:
        for path in ("/", f"/p/{person.id}", "/settings", "/settings/copy.zip", f"/p/{person.id}/danger"):
            shut = page.get(path)
            assert (shut.status, shut.headers["location"], "Zqxv" in shut.text) == (303, "/unlock", False)
        assert page.get("/unlock").status == 200
        wrong = page.post("/unlock", {"passphrase": "wrong"})
        assert (wrong.status, "Zqxv" in wrong.text) == (403, False)
        assert page.get("/").status == 303
        assert page.post("/unlock", {"passphrase": "right one"}).status == 303
        assert "Zqxv Anne" in page.get("/").text
        assert page.post("/lock").status == 303
        assert page.get("/").headers["location"] == "/unlock"


# --- slow and broken clients


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr(PatientProtocol, "arrive", 1.0)
    monkeypatch.setattr(PatientProtocol, "most", 60)
    with running(tmp_path) as found:
        yield found


def silent(port: int, start: bytes) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", port), timeout=30)
    link.sendall(start)
    return link


def let_go(link: socket.socket) -> bool:
    """Say whether the page closed a connection."""
    try:
        return link.recv(1_000) == b"" or link.recv(1_000) == b""
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


FORM = (
    b"POST /people HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
)
HEADS = {
    "nothing": b"",
    "half a line": b"GET / HT",
    "half the head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-a: ",
    "half a body": FORM + b"Content-Length: 500\r\n\r\nname=",
    "half a chunk": FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\nna",
}


@pytest.mark.parametrize("kind", list(HEADS))
def test_slow_clients_are_let_go_and_nobody_waits_for_them(page: Page, kind: str) -> None:
    start = HEADS[kind].replace(b"{port}", str(page.port).encode()).replace(b"{cookie}", page.cookie.encode())
    slow = [silent(page.port, start) for _ in range(40)]
    try:
        for _ in range(5):
            assert page.get("/").status == 200
        assert page.post("/people", {"name": "Anne"}).status == 303
        assert all(let_go(link) for link in slow), "a connection was held for ever"
    finally:
        for link in slow:
            link.close()
    assert [person.name for person in page.household.people()] == ["Anne"], "half a form changed nothing"
    assert page.get("/").status == 200


def test_a_client_that_drips_does_not_win_time(page: Page) -> None:
    """Slowloris: a byte now and then; the deadline is for the whole request."""
    start = b"GET / HTTP/1.1\r\nHost: x\r\n"
    with silent(page.port, start) as link, pytest.raises((BrokenPipeError, ConnectionResetError)):
        for _ in range(300):
            link.sendall(b"a")
            time.sleep(0.05)
    assert page.get("/").status == 200


def test_with_too_many_connections_the_longest_waiting_goes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "arrive", 60.0)
    first = silent(page.port, b"")
    slow = [silent(page.port, b"GET") for _ in range(150)]
    try:
        assert page.get("/").status == 200
        assert let_go(first)
    finally:
        for link in (first, *slow):
            link.close()


def test_clients_that_vanish_or_speak_nonsense_do_no_harm(page: Page) -> None:
    request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nCookie: {page.cookie}\r\n\r\n".encode()
    for bytes_sent in (
        request,
        b"\x00\xff" * 500,
        b"GET " + b"a" * 100_000,
        request * 50,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ):
        with suppress(OSError):
            silent(page.port, bytes_sent).close()
    assert page.get("/").status == 200
    with silent(page.port, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n") as link:
        assert link.recv(20).split()[1] in (b"400", b"431")


def test_a_websocket_is_not_spoken(page: Page) -> None:
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "YQ==",
        "Sec-WebSocket-Version": "13",
    }
    answer = page.ask("GET", "/", {"Cookie": page.cookie, **upgrade})
    assert answer.status == 200


def test_help_does_not_wait_for_a_server() -> None:
    script = (
        "import sys; sys.argv = ['twitchwise', '--help']\n"
        "import twitchwise.cli.serve\nfrom twitchwise.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print({'starlette', 'uvicorn', 'jinja2', 'sqlite3', 'multipart'} & set(sys.modules))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "set()", done.stderr
