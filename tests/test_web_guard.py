"""Attacks on the page. Each has a positive control: the same request, made rightly, is carried out."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_client import Markup, Page, allow_loopback, running

from twitchwise.web import guard, people
from twitchwise.web.guard import Keys
from twitchwise.web.page import back
from twitchwise.web.settings import FORM_LIMIT, JSON_LIMIT, UPLOAD_LIMIT, Settings

NAME = "Zqxv Anne"  # of the person whose data must not leak
EVIL = "https://evil.example"
PRESENT = {
    "content-security-policy": "default-src 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with running(tmp_path_factory.mktemp("records")) as found:
        person = found.household.add(NAME)
        found.household.save(person.id, {"findings": [{"what": "muscle twitching"}]}, 0)
        yield found


def names(page: Page) -> list[str]:
    return [person.name for person in page.household.people()]


def raw(page: Page, request: bytes) -> bytes:
    """Send bytes as they are, for one answer; return all that comes back."""
    request = request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    with socket.create_connection(("127.0.0.1", page.port), timeout=30) as link:
        link.sendall(request)
        return b"".join(iter(lambda: link.recv(65_536), b""))


# --- whose name was asked for


OTHER_HOSTS = """evil.example evil.example:{port} 127.0.0.1 127.0.0.1:1 localhost.evil.example:{port} 0.0.0.0:{port}
[::1] 127.0.0.1:{port}@evil.example 127.0.0.1:{port}.evil.example localhost:{port},evil.example 2130706433:{port}
127.1:{port} localhost.:{port}"""


@pytest.mark.parametrize("host", ["", *OTHER_HOSTS.split()])
def test_another_host_name_gets_nothing(page: Page, host: str) -> None:
    for path in ("/", "/static/style.css", "/ask?nonce=" + "a" * 32, "/api/openapi.json"):
        answer = page.get(path, Host=host.format(port=page.port))
        assert answer.status == 421, (host, path)
        assert NAME not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_names_of_this_machine_are_answered(page: Page, host: str) -> None:
    answer = page.get("/", Host=f"{host}:{page.port}")
    assert (answer.status, NAME in answer.text) == (200, True)


def test_dns_rebinding_gets_no_data_even_with_the_cookie(page: Page) -> None:
    """The attacker's own name now leads to this machine, so the browser takes the request for same-origin."""
    host = f"rebound.evil.example:{page.port}"
    answer = page.post("/people", {"name": "Mallory"}, Host=host, Origin=f"http://{host}", Sec_Fetch_Site="same-origin")
    assert answer.status == 421
    assert "Mallory" not in names(page)
    assert page.post("/people", {"name": "Control one"}).status == 303
    assert "Control one" in names(page)


def test_two_host_headers_or_none_are_refused(page: Page) -> None:
    good = f"127.0.0.1:{page.port}"
    for lines in (f"Host: {good}\r\nHost: evil.example\r\n", ""):
        answer = raw(page, f"GET / HTTP/1.1\r\n{lines}Cookie: {page.cookie}\r\n\r\n".encode())
        assert answer.split()[1] in (b"400", b"421")
        assert NAME.encode() not in answer
    old = raw(page, f"GET / HTTP/1.0\r\nCookie: {page.cookie}\r\n\r\n".encode())
    assert old.split()[1] == b"421"
    assert NAME.encode() in raw(page, f"GET / HTTP/1.1\r\nHost: {good}\r\nCookie: {page.cookie}\r\n\r\n".encode())


# --- who was let in


def test_the_token_gives_the_cookie_and_leaves_the_address(page: Page) -> None:
    answer = page.ask("GET", f"/?start={page.settings.token}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(page.cookie)
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert not any(flag.startswith("domain") for flag in flags)
    assert page.settings.token not in cookie + answer.text
    assert NAME in page.get("/").text


def test_a_link_from_another_place_opens_too(page: Page) -> None:
    """A redirect counts as the other site's visit, so a strict cookie would stay away: a page goes on instead."""
    answer = page.ask(
        "GET", f"/?start={page.settings.token}", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    )
    assert answer.status == 200
    assert 'http-equiv="refresh" content="0;url=/"' in answer.text
    assert page.settings.token not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/settings", "/settings/copy.zip", "/p/{id}", "/p/{id}/copy.zip", "/api/openapi.json"]
)
def test_without_the_cookie_there_is_no_data(page: Page, path: str) -> None:
    path = path.format(id=page.household.people()[0].id)
    shut = page.ask("GET", path)
    assert shut.status in (401, 403)
    assert NAME not in shut.text
    assert str(page.folder) not in shut.text
    assert "set-cookie" not in shut.headers
    if not path.startswith("/api"):
        assert "twitchwise serve" in shut.text
    assert page.get(path).status == 200


@pytest.mark.parametrize(
    "path", ["/static/../settings", "/static/%2e%2e/settings", "/ask/../settings", "/askew", "/static"]
)
def test_no_path_slips_past_the_cookie(page: Page, path: str) -> None:
    got = raw(page, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\n\r\n".encode())
    assert got.split()[1] in (b"403", b"404")
    assert str(page.folder).encode() not in got
    assert str(page.folder) in page.get("/settings").text


def test_guessed_tokens_do_not_open(page: Page) -> None:
    token = page.settings.token
    guesses = ["", token[:-1], token + "A", token.swapcase(), token[::-1], "%00", token + "%00", "\u0130", "*", "null"]
    guesses += [
        f"{token[:-1]}{letter}"
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        if letter != token[-1]
    ]
    for guess in guesses:
        answer = page.ask("GET", f"/?start={guess.encode().hex() if not guess.isascii() else guess}")
        assert (answer.status, answer.headers["set-cookie"]) == (403, None), guess
        assert page.ask("GET", "/api/openapi.json", {"Authorization": f"Bearer {guess.encode().hex()}"}).status == 401
    assert page.ask("GET", f"/p/x?start={token}").status == 403, "only the first page takes the token"
    assert page.ask("POST", f"/?start={token}").status == 403
    assert page.ask("GET", f"/?start={token}").status == 303


def test_the_cookie_and_the_token_are_different_secrets(page: Page) -> None:
    assert page.settings.token != page.settings.session
    assert len(page.settings.token) >= 43
    assert page.ask("GET", f"/?start={page.settings.session}").status == 403
    assert page.ask("GET", "/", {"Cookie": f"{page.settings.cookie}={page.settings.token}"}).status == 403
    assert page.settings.token not in repr(page.settings)


def test_a_ticket_opens_once_and_not_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = Keys(Settings(8765, Path(".")))
    ticket = keys.ticket()
    assert [keys.opens(ticket), keys.opens(ticket)] == [True, False]
    late = keys.ticket()
    now = guard.time.monotonic()
    monkeypatch.setattr(guard.time, "monotonic", lambda: now + guard.TICKET_SECONDS + 1)
    assert not keys.opens(late)


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "{name}=", "{name}=wrong", "{name}", "other={session}", "{name}2={session}", "{name}={session}x"],
)
def test_a_cookie_of_another_kind_does_not_open(page: Page, cookie: str) -> None:
    own = page.settings
    answer = page.ask("GET", "/", {"Cookie": cookie.format(name=own.cookie, session=own.session)})
    assert (answer.status, NAME in answer.text) == (403, False)


def test_cookies_of_other_programs_do_not_shut_the_person_out(page: Page) -> None:
    """Browsers send a machine's cookies to all its ports, well formed or not."""
    held = f'_a="b; {page.settings.cookie}=planted; =; ;;\x7f=1; {page.cookie}; z=1'
    assert page.ask("GET", "/", {"Cookie": held}).status == 200


# --- which page asked


FORGED = [
    {"Origin": EVIL},
    {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "none"},
    {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "http://127.0.0.1:{port}.evil.example"},
    {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {},
]


@pytest.mark.parametrize("headers", FORGED)
def test_a_form_on_another_site_changes_nothing(page: Page, headers: dict[str, str]) -> None:
    sent = {name: value.format(port=page.port) for name, value in headers.items()}
    person = page.household.people()[0].id
    forged = {
        "Cookie": page.cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Mode": "navigate",
        **sent,
    }
    before = names(page)
    for path, body in (
        ("/people", b"name=Mallory"),
        (f"/p/{person}/rename", b"name=Mallory"),
        (f"/p/{person}/delete", b"sure=delete"),
        ("/settings/delete", b"sure=delete"),
        ("/settings/passphrase", b"passphrase=a&again=a"),
    ):
        answer = page.ask("POST", path, forged, body)
        assert answer.status == 403, (path, sent)
        assert "access-control-allow-origin" not in answer.headers
    assert names(page) == before


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
)
def test_the_page_s_own_form_is_carried_out(page: Page, headers: dict[str, str]) -> None:
    before = len(names(page))
    assert page.post("/people", {"name": "Control two"}, **headers).status == 303
    assert len(names(page)) == before + 1


def test_a_script_on_another_site_gets_nothing_from_the_api(page: Page) -> None:
    record = b'{"findings": ["cramps"]}'
    base = {"Cookie": page.cookie}
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "",
    ):
        for origin in (EVIL, "null", "http://127.0.0.1:1"):
            headers = base | {"Origin": origin} | ({"Content-Type": kind} if kind else {})
            assert page.ask("POST", "/api/review", headers, record).status == 403
    asks_first = {
        "Origin": EVIL,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = page.ask("OPTIONS", "/api/review", asks_first)
    assert answer.status >= 400
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    # a simple form could send this with our own origin from a page that was tricked: the type alone stops it
    own = base | {"Origin": page.origin, "Sec-Fetch-Site": "same-origin"}
    assert page.ask("POST", "/api/review", own | {"Content-Type": "text/plain"}, record).status == 415
    assert page.ask("POST", "/api/review", own | {"Content-Type": "application/json"}, record).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/settings/copy.zip", "/static/style.css", "/ask?nonce=" + "a" * 32, "/api/openapi.json"]
)
def test_another_site_cannot_load_or_probe_anything(page: Page, path: str) -> None:
    for site in ("cross-site", "same-site"):
        answer = page.get(path, Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors")
        assert (answer.status, NAME in answer.text) == (403, False)
    assert page.get(path, Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors").status == 200


# --- what every answer carries


def test_every_answer_carries_the_headers(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Zqxv secret text of a record")

    person = page.household.people()[0].id
    answers = {
        200: page.get("/"),
        303: page.post("/people", {"name": "Control three"}),
        421: page.get("/", Host="evil.example"),
        403: page.ask("GET", "/"),
        404: page.get("/nothing/here"),
        405: page.post("/settings"),
        400: page.post(f"/p/{person}/delete", {"sure": "no"}),
        415: page.post("/people", Content_Type="text/plain"),
        413: page.post("/people", {"name": "x" * (FORM_LIMIT + 1)}),
        401: page.ask("GET", "/api/openapi.json"),
        422: page.api("/api/review", b"{"),
    }
    monkeypatch.setattr(type(page.household), "people", broken)
    answers[500] = page.get("/")
    for status, answer in answers.items():
        assert answer.status == status
        for name, value in PRESENT.items():
            assert (answer.headers[name] or "").startswith(value), (status, name)
        assert answer.headers["server"] is None
        assert "Traceback" not in answer.text
        assert "secret text" not in answer.text
    style = page.get("/static/style.css").headers
    assert style["cache-control"] == "no-cache"
    assert style["content-security-policy"] == guard.CSP
    assert "frame-ancestors 'none'" in guard.CSP
    assert "unsafe" not in guard.CSP


def test_pages_obey_their_own_policy(page: Page) -> None:
    person = page.household.people()[0].id
    for path in ("/", "/settings", f"/p/{person}", "/nothing"):
        seen = Markup(page.get(path).text)
        assert seen.scripts == ["/static/page.js"]
        assert not seen.handlers and not seen.inline
        assert all(one.startswith(("/", "#", "data:,")) and not one.startswith("//") for one in seen.loads), seen.loads
        assert len(seen.ids) == len(set(seen.ids))


def test_titles_and_addresses_hold_nothing_a_person_typed(page: Page) -> None:
    added = page.post("/people", {"name": "Qqq cramps"})
    assert "cramps" not in added.headers["location"].lower()
    person = next(one for one in page.household.people() if one.name == "Qqq cramps")
    for path in ("/", f"/p/{person.id}", "/settings"):
        text = page.get(path).text
        assert "cramps" not in Markup(text).title.lower()
    assert "Qqq cramps" in page.get(f"/p/{person.id}").text


# --- what is sent


UP = [
    "../guard.py",
    "..%2fguard.py",
    "%2e%2e/guard.py",
    "%2e%2e%2fguard.py",
    "..%5cguard.py",
    "....//guard.py",
    "%252e%252e%252fguard.py",
]
UP += [
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "..%00/guard.py",
    "style.css%00.py",
    "../../../../../../../../etc/passwd",
    "style.css/../../guard.py",
]


@pytest.mark.parametrize("path", UP)
def test_no_path_leads_out_of_the_static_files(page: Page, path: str) -> None:
    for start in ("/static/", "/static//", "/static/./"):
        got = raw(
            page,
            f"GET {start}{path} HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nCookie: {page.cookie}\r\n\r\n".encode(),
        )
        assert got.split()[1] in (b"400", b"404"), got[:100]
        assert b"class Guard" not in got and b"root:" not in got


def test_static_files_are_there(page: Page) -> None:
    for path, kind in (("style.css", "text/css"), ("review.css", "text/css"), ("page.js", "javascript")):
        answer = page.get(f"/static/{path}")
        assert (answer.status, kind in answer.headers["content-type"], len(answer.body) > 500) == (200, True, True)


@pytest.mark.parametrize(
    "id", ["..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "'%20OR%201=1--", "%00", "a" * 3000, "*", "household.db"]
)
def test_an_invented_id_finds_nobody(page: Page, id: str) -> None:
    for path in (f"/p/{id}", f"/p/{id}/copy.zip"):
        answer = page.get(path)
        assert answer.status == 404, path
        assert NAME not in answer.text
    before = names(page)
    assert page.post(f"/p/{id}/delete", {"sure": "delete"}).status == 404
    assert page.post(f"/p/{page.household.people()[0].id}/kept/{2**80}/forget").status == 404
    assert names(page) == before
    assert page.get(f"/p/{page.household.people()[0].id}").status == 200


def chunks(size: int) -> Iterator[bytes]:
    """A body that begins as a form with a file; what follows never ends the file."""
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    for _ in range(size // 65_536 + 1):
        yield b"x" * 65_536


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    ("path", "kind", "limit"),
    [
        ("/people", "application/x-www-form-urlencoded", FORM_LIMIT),
        ("/settings/import", "multipart/form-data; boundary=x", UPLOAD_LIMIT),
        ("/api/review", "application/json", JSON_LIMIT),
    ],
)
def test_what_is_too_large_is_refused(page: Page, path: str, kind: str, limit: int, announced: bool) -> None:
    headers = {"Cookie": page.cookie, "Origin": page.origin, "Content-Type": kind}
    before = names(page)
    answer = page.ask("POST", path, headers, b"".join(chunks(limit)) if announced else chunks(limit))
    assert (answer.status, "MB" in answer.text) == (413, True), "it is said, not cut off"
    assert names(page) == before


def test_what_is_not_too_large_is_taken(page: Page) -> None:
    assert page.post("/people", {"name": "Control four", "more": "x" * (FORM_LIMIT // 2)}).status == 303
    assert "Control four" in names(page)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/octet-stream", "application/json", ""])
def test_a_form_of_another_type_is_refused(page: Page, kind: str) -> None:
    headers = {"Cookie": page.cookie, "Origin": page.origin} | ({"Content-Type": kind} if kind else {})
    assert page.ask("POST", "/people", headers, b"name=Mallory").status == 415
    packed = headers | {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"}
    assert page.ask("POST", "/people", packed, b"name=Mallory").status == 415
    assert "Mallory" not in names(page)


def test_a_damaged_form_is_a_clear_refusal(page: Page) -> None:
    headers = {"Cookie": page.cookie, "Origin": page.origin}
    for kind in (
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=" + "y" * 500,
    ):
        assert page.ask("POST", "/people", headers | {"Content-Type": kind}, b"--x\r\nnonsense\r\n\r\n").status == 400
    many = b"&".join(b"a=1" for _ in range(5_000))
    answer = page.ask("POST", "/people", headers | {"Content-Type": "application/x-www-form-urlencoded"}, many)
    assert answer.status == 400


def bomb(megabytes: int, name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(bytes(1_000_000))
    return packed.getvalue()


@pytest.mark.parametrize("name", ["record.toml", "people/record.json", "README.txt"])
def test_a_zip_bomb_is_refused_without_unpacking_it(page: Page, name: str) -> None:
    import resource

    packed = bomb(400, name)
    assert len(packed) < 1_000_000
    before, most = names(page), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = page.upload("/settings/import", "copy.zip", packed)
    assert 400 <= answer.status < 500
    assert names(page) == before
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < 150_000, "kB more than before"


def test_a_true_copy_is_read_in(page: Page) -> None:
    copy = page.get("/settings/copy.zip")
    assert (copy.status, copy.headers["content-type"]) == (200, "application/zip")
    assert copy.headers["content-disposition"] == 'attachment; filename="twitchwise-copy.zip"'
    before = len(names(page))
    assert page.upload("/settings/import", "copy.zip", copy.body).status == 303
    assert len(names(page)) == 2 * before
    assert (
        page.upload("/settings/import", "me.toml", b'[[findings]]\nwhat = "cramps"', name="Control five").status == 303
    )
    assert "Control five" in names(page)


def test_nothing_uploaded_becomes_a_file(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    answer = page.upload("/settings/import", "me.toml", b"x" * 5_000_000)
    assert answer.status == 422


XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{7*7}}"


def test_what_a_person_types_stays_text(page: Page) -> None:
    assert Markup(f"<p>{XSS}</p>").handlers, "the detector sees the attack when it is not escaped"
    person = page.household.add(XSS)
    record = {
        "findings": [{"what": XSS, "where": [XSS], "note": XSS}],
        "medicines": [{"name": XSS, "dose": XSS}],
        "diet": {"pattern": XSS, "lines": [{"text": XSS}]},
        "labs": [{"test": XSS, "value": XSS}],
        "habits": {"caffeine": XSS},
        XSS: XSS,
    }
    page.household.save(person.id, record, 0)
    steps = [f"/p/{person.id}/{step.key}" for step in people.STEPS]
    paths = ["/", "/settings", f"/p/{person.id}", f"/p/{person.id}/review", f"/nothing/{XSS.encode().hex()}", *steps]
    shown = 0
    for path in paths:
        answer = page.get(path)
        assert answer.status in (200, 404), path
        seen = Markup(answer.text)
        assert set(seen.scripts) <= {"/static/page.js"}, path
        assert not seen.handlers, path
        assert "{{7*7}}" in answer.text or "alert(2)" not in answer.text, "a template ran what was typed"
        shown += "alert(2)" in answer.text
    assert shown >= 2, "the text itself is shown"
    for answer in (page.api("/api/review", record), page.api("/api/explain", {"topic": XSS})):
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
    page.household.delete(person.id)


def test_no_line_can_be_put_into_the_headers(page: Page) -> None:
    for path in (
        "/?said=saved%0d%0aSet-Cookie:%20a=b",
        "/?start=%0d%0aSet-Cookie:%20a=b",
        "/p/%0d%0aSet-Cookie:%20a=b",
    ):
        assert "a=b" not in str(page.get(path).headers)
    added = page.post("/people", {"name": "a\r\nSet-Cookie: evil=1\r\n\r\n<html>"})
    assert added.headers["set-cookie"] is None
    for address in ("//evil.example", "https://evil.example", "/\\evil.example"):
        with pytest.raises(ValueError, match="our own"):
            back(address)
    assert page.get("/?said=saved").text.count("Saved on this computer") == 1
    assert "constructor" not in page.get("/?said=constructor").text


def test_two_lengths_cannot_smuggle_a_second_request(page: Page) -> None:
    head = f"POST /people HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nOrigin: {page.origin}\r\nCookie: {page.cookie}\r\n"
    hidden = f"GET /settings/copy.zip HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nCookie: {page.cookie}\r\n\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    for lengths in (
        "Content-Length: 0\r\nContent-Length: 5\r\n",
        f"Content-Length: {len(hidden)}\r\nTransfer-Encoding: xchunked\r\n",
    ):
        got = raw(page, f"{head}{kind}{lengths}\r\n{hidden}".encode())
        assert b"application/zip" not in got
    good = raw(page, f"{head}{kind}Content-Length: 6\r\n\r\nname=C".encode())
    assert good.split()[1] == b"303"
