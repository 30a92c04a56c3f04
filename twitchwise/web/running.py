"""Which page of these records is running already: a small file beside them, believed only after asking."""

from __future__ import annotations

import hmac
import json
import os
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from twitchwise.errors import FileError
from twitchwise.web.guard import proof
from twitchwise.web.settings import HOST, Settings

FILE: Final = "page.json"
PATIENCE: Final = 3.0  # seconds for an answer; one that was stopped with Ctrl-Z gives none
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Running:
    """What the file says of a page: its process, its port, its token."""

    pid: int
    port: int
    token: str

    def answers(self) -> bool:
        """Ask whether it is there, and whether it is the one that wrote the file.

        Returns: whether it proved that it knows the token; the token itself is not sent.
        """
        nonce = secrets.token_hex(16)
        given = self._ask("GET", f"/ask?nonce={nonce}", {})
        return hmac.compare_digest(given.encode(), proof(self.token, nonce).encode())

    def ticket(self) -> str:
        """Get a secret from it that opens the page once.

        Returns: it; "" when there is no answer.
        """
        return self._ask("POST", "/ask/ticket", {"Authorization": f"Bearer {self.token}"})

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> str:
        link = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            link.request(method, path, headers=headers)
            answer = link.getresponse()
            text = answer.read(1_000).decode("ascii", "replace")
            return text if answer.status == 200 else ""
        except (OSError, HTTPException, ValueError):
            return ""
        finally:
            link.close()


def find(folder: Path) -> Running | None:
    """Find the page that serves the records of a folder.

    Parameters: folder. Returns: it, once it has answered; None when there is none.

    >>> find(Path("/no-such-folder")) is None
    True
    """
    running = _read(folder / FILE)
    return running if running is not None and running.answers() else None


def claim(folder: Path, settings: Settings) -> Running | None:
    """Write the file for this page, unless another one that runs was first.

    Parameters: folder; settings, of this page, which listens already. Returns: the other one, None when there is none.
    Raises: FileError.
    """
    path = folder / FILE
    own = json.dumps(asdict(Running(os.getpid(), settings.port, settings.token)))
    for _ in range(TRIES):
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            other = find(folder)
            if other is not None:
                return other
            _remove(path)  # of a page that was killed
            continue
        except OSError as error:
            raise FileError(f"{path}: it cannot be written ({error.strerror}). Choose a folder with --data.") from error
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(own)
        return None
    raise FileError(f"{path}: it cannot be replaced. Delete this file, then start again.")


def release(folder: Path, settings: Settings) -> None:
    """Take the file away again, if it is still ours.

    Parameters: folder; settings, of this page.
    """
    found = _read(folder / FILE)
    if found is not None and found.token == settings.token:
        _remove(folder / FILE)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _read(path: Path) -> Running | None:
    for _ in range(3):
        try:
            text = path.read_text(encoding="ascii")
        except (OSError, ValueError):
            return None
        if text:
            return _parsed(text)
        time.sleep(0.05)  # another start is just writing it
    return None


def _parsed(text: str) -> Running | None:
    try:
        told = json.loads(text)
        found = Running(int(told["pid"]), int(told["port"]), str(told["token"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return found if 0 < found.port < 65_536 and found.token.isascii() and found.token.isprintable() else None
