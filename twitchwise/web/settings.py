"""What one running page is set to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"  # never another: the page is for this machine alone
PORT = 8765
FORM_LIMIT = 1_000_000  # bytes of a filled-in form
JSON_LIMIT = 5_000_000  # bytes of a record, as for a file on the command line
UPLOAD_LIMIT = 20_000_000  # bytes of a diary, a lab sheet or an exported copy


def fresh_secret() -> str:
    """Make a secret that nobody can guess.

    Returns: 43 letters and digits that fit an address.

    >>> len(fresh_secret())
    43
    """
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Settings:
    """One run of the page: where it listens, its secrets, and the folder of its records."""

    port: int
    folder: Path
    version: str = ""
    token: str = field(default_factory=fresh_secret, repr=False)  # opens the page; stands in its first address
    session: str = field(default_factory=fresh_secret, repr=False)  # what the cookie holds

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which a browser on this machine may ask for the page."""
        names = ("127.0.0.1", "localhost", "[::1]")
        bare = names if self.port == 80 else ()
        return frozenset([*bare, *(f"{name}:{self.port}" for name in names)])

    @property
    def address(self) -> str:
        """The address of the page, without a secret."""
        return f"http://{HOST}:{self.port}/"

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers share cookies between ports, so the port is in it."""
        return f"twitchwise-{self.port}"

    def opening(self, secret: str = "") -> str:
        """Write the address that opens the page.

        Parameters: secret, a ticket ("": the token of this run). Returns: the address.

        >>> Settings(8765, Path("."), token="abc").opening()
        'http://127.0.0.1:8765/?start=abc'
        """
        return f"{self.address}?start={secret or self.token}"
