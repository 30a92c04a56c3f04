"""A person's values stay with the person: no connection, no log, no file that was not asked for."""

from __future__ import annotations

import ast
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "twitchwise").rglob("*.py"))
CLIENTS = {
    *("socket", "ssl", "urllib.request", "http.client", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib"),
    *("xmlrpc", "requests", "httpx", "aiohttp", "urllib3", "websockets", "paramiko", "grpc", "sentry_sdk", "posthog"),
}
RECORD = """
[person]
age = 67
sex = "female"
[[findings]]
what = "muscle twitching"
since = "3 weeks"
[[labs]]
test = "magnesium"
value = "0.4937 mmol/L"
[[medicines]]
name = "qzxvomeprazole"
"""


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_module_imports_a_network_client(path: Path) -> None:
    if path.name == "web.py" or "web" in path.parts:
        pytest.skip("the page serves on this machine; its own tests hold it to that")
    used = {name for name in imported(path) if name in CLIENTS or name.split(".")[0] in CLIENTS}
    assert not used, f"{path.name} imports {sorted(used)}: the package opens no connection"


def test_a_review_loads_no_network_client(tmp_path: Path) -> None:
    (tmp_path / "me.toml").write_text(RECORD)
    script = (
        "import sys\nfrom twitchwise.cli import main\n"
        "sys.argv = ['twitchwise', 'review', 'me.toml', '--on', '2026-11-22']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "bad = {'requests', 'httpx', 'aiohttp', 'urllib3', 'http.client', 'ftplib', 'smtplib'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["me.toml"], "a review leaves no file behind"


def test_values_of_a_record_never_reach_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from twitchwise.cli import main

    path = tmp_path / "me.toml"
    path.write_text(RECORD)
    arguments = ["twitchwise", "review", str(path), "--on", "2026-11-22"]
    with caplog.at_level(logging.DEBUG), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", arguments)
        try:
            main()
        except SystemExit as end:
            assert not end.code
    assert "0.4937" not in caplog.text
    assert "qzxvomeprazole" not in caplog.text


def test_no_module_keeps_a_log_of_its_own() -> None:
    found = [p.name for p in MODULES if {"logging", "syslog"} & imported(p)]
    assert not found, f"{found}: a log may come to hold a value of a record; return it or raise it instead"


def test_a_connection_is_refused_in_tests() -> None:
    import socket

    with pytest.raises(AssertionError, match="opens no connection"):
        socket.create_connection(("127.0.0.1", 9))
