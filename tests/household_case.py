"""What the tests of the household share."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import zipfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from twitchwise.household import (
    Kept,
)

ROOT = Path(__file__).resolve().parent.parent
PHRASE = "four quiet garden chairs"
TABLES: dict[str, Any] = {
    "person": {"age": 41, "sex": "female"},
    "findings": [{"what": "muscle twitching", "where": ["calf"], "since": "3 weeks"}],
    "labs": [{"test": "magnesium", "value": "0.81 mmol/L"}],
}
REVIEW = json.dumps({"schema": 1, "level": "self_care", "fill": "qzxvreview" * 50})
needs_cipher = pytest.mark.skipif(
    find_spec("sqlcipher3") is None, reason="sqlcipher3 is not installed: the passphrase was NOT checked"
)
posix = pytest.mark.skipif(os.name == "nt", reason="rights of files are checked on POSIX only")
ways = pytest.mark.parametrize("phrase", ["", pytest.param(PHRASE, marks=needs_cipher)], ids=["open", "passphrase"])


def kept(text: str = REVIEW, version: int = 1) -> Kept:
    return Kept(date(2026, 11, 22), "self_care", version, text)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def plain_link(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "household.db", isolation_level=None)


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_json", ".json"), data)
    return buffer.getvalue()


def index(**changes: Any) -> bytes:
    at = "2026-11-22T10:00:00Z"
    card = {"folder": "", "name": "Ann", "made": at, "changed": at, "version": 1, "reviews": []}
    card["versions"] = [{"version": 1, "made": at, "file": "versions/0001.json"}]
    return json.dumps({"format": "twitchwise household", "layout": 1, "people": [card | changes]}).encode()
