"""What every test shares: no network, repeatable random cases, and the folder of development cases."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from page_client import Page

    from twitchwise.household import Household

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("local", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "local")


class NetworkRefused(AssertionError):
    """A test tried to open a connection."""


def _refuse(*args: object, **kwargs: object) -> None:
    raise NetworkRefused(f"twitchwise opens no connection, but this was tried: {args[1:]}")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make every connection fail at once and loudly; a new socket object alone does no harm."""
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, _refuse, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", _refuse)
    monkeypatch.setattr(socket, "create_connection", _refuse)
    yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for records, not yet there."""
    return tmp_path / "kept"


@pytest.fixture
def household(folder: Path) -> Iterator[Household]:
    """The records of a household, open."""
    from twitchwise.household import Household

    with Household.open(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page, served on this machine for the tests of one file."""
    from page_client import running

    with running(tmp_path_factory.mktemp("records")) as found:
        yield found


def shared_folder() -> Path | None:
    """The folder with the development cases: TWITCHWISE_SHARED, if it is there.

    Returns: the folder, or None.
    """
    named = os.environ.get("TWITCHWISE_SHARED", "")
    folder = (ROOT / named).resolve() if named else None
    return folder if folder and (folder / "vignettes").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the development cases; a test that needs it is skipped, and says so, without it."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("TWITCHWISE_SHARED names no folder with vignettes/: the development cases were NOT checked")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


def pytest_report_header() -> str:
    """Say in the first lines of every run whether the development cases are there."""
    folder = shared_folder()
    return f"development cases: {'found' if folder else 'ABSENT, the tests that need them are skipped'}"
