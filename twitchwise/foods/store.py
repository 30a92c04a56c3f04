"""The official tables that a person added: one SQLite file.

A table is written in one transaction, so that a reader, or a program killed at any moment, finds the old table or the
new one, never half of one. A row holds some thousand foods and their values as two blobs: 8,800 foods load in some tens
of milliseconds, and half a million are written piece by piece.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from twitchwise.errors import FileError
from twitchwise.foods.load import CURATED, curated
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS
from twitchwise.foods.store_types import Card, Draft
from twitchwise.foods.types import Array, Food, FoodTable

FILE: Final = "foods.sqlite"
NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
MARK: Final = 0x7477666F  # "twfo": this SQLite file is ours
LAYOUT: Final = 1
PIECE: Final = 4096  # foods in a row
SCHEMA: Final = (
    "CREATE TABLE food_table (name TEXT PRIMARY KEY, card BLOB NOT NULL, nutrients TEXT NOT NULL)",
    """CREATE TABLE food_piece (
        name TEXT NOT NULL,
        place INTEGER NOT NULL,
        foods BLOB NOT NULL,
        amounts BLOB NOT NULL,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (name, place)
    )""",
)


def data_folder(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """Say where added tables are kept: TWITCHWISE_DATA, else the platform's folder for a program's data.

    Parameters: environ, the environment (None: of this process); platform. Returns: the folder, perhaps not yet there.

    >>> data_folder({"TWITCHWISE_DATA": "/srv/tables"}).as_posix()
    '/srv/tables'
    >>> data_folder({"XDG_DATA_HOME": "/media/ann/data"}, "linux").as_posix()
    '/media/ann/data/twitchwise'
    """
    env = os.environ if environ is None else environ
    if env.get("TWITCHWISE_DATA"):
        return Path(env["TWITCHWISE_DATA"]).expanduser()
    if platform == "win32":
        return Path(env.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "twitchwise"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "twitchwise"
    named = env.get("XDG_DATA_HOME", "")  # a relative folder does not count there
    return (Path(named) if named.startswith("/") else Path.home() / ".local" / "share") / "twitchwise"


def store_path() -> Path:
    """Say which file holds the added tables.

    Returns: its path, perhaps not yet there.

    >>> store_path().name
    'foods.sqlite'
    """
    return data_folder() / FILE


def _damaged(path: Path, why: object) -> FileError:
    return FileError(f"{path}: the added tables cannot be read ({why}). Move this file away and add the tables again.")


def _make(path: Path) -> None:
    """Make the file so that only its owner can read it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise FileError(
            f"{path}: it cannot be made ({error.strerror}). Set TWITCHWISE_DATA to a folder of yours."
        ) from error


def _settle(link: sqlite3.Connection, path: Path) -> None:
    """Check that the file is ours and of a layout that is known; set a new file up."""
    mark = link.execute("PRAGMA application_id").fetchone()[0]
    layout = link.execute("PRAGMA user_version").fetchone()[0]
    if mark == 0 and not link.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        link.execute("BEGIN IMMEDIATE")
        for table in SCHEMA:
            link.execute(table)
        link.execute(f"PRAGMA application_id = {MARK}")
        link.execute(f"PRAGMA user_version = {LAYOUT}")
        link.execute("COMMIT")
    elif mark != MARK:
        raise _damaged(path, "it is not a file of twitchwise")
    elif layout > LAYOUT:
        raise FileError(
            f"{path}: a newer twitchwise wrote it. Update twitchwise, or set TWITCHWISE_DATA to a new folder."
        )


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file to read and write (after a killed import SQLite first puts the old state back)."""
    try:
        # no transaction of the sqlite3 module's own: each one here is written out
        with closing(sqlite3.connect(path, timeout=15, isolation_level=None)) as link:
            _settle(link, path)
            yield link
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise FileError(f"{path}: another twitchwise is writing to it. Try again in a moment.") from error
        raise FileError(f"{path}: {error}. Check the disk and the permissions of the file.") from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def check_name(name: str) -> str:
    """Check what a person calls a table.

    Parameters: name. Returns: it. Raises: FileError.

    >>> check_name("ciqual")
    'ciqual'
    """
    if not NAME.fullmatch(name) or name == CURATED:
        raise FileError(f"{name!r} is no name for a table. Use small letters, digits, - and _, and not {CURATED!r}.")
    return name


def save_table(draft: Draft, on: date) -> bool:
    """Store a table, in place of one of the same name: wholly, or (killed, disk full) not at all.

    Parameters: draft; on, today. Returns: whether an older table was replaced. Raises: FileError.
    """
    import msgspec

    card = replace(draft.card, name=check_name(draft.card.name), added=on.isoformat())
    row = (card.name, msgspec.msgpack.encode(card), json.dumps(NUTRIENTS))
    path = store_path()
    _make(path)
    with _opened(path) as link:
        link.execute("BEGIN IMMEDIATE")
        replaced = _delete(link, card.name)
        link.execute("INSERT INTO food_table VALUES (?, ?, ?)", row)
        for place in range(0, len(draft.foods), PIECE):
            foods = msgspec.msgpack.encode(draft.foods[place : place + PIECE])
            amounts = draft.values[place : place + PIECE].astype("<f8").tobytes()
            piece = (card.name, place, foods, amounts, _checksum(foods, amounts))
            link.execute("INSERT INTO food_piece VALUES (?, ?, ?, ?, ?)", piece)
        link.execute("COMMIT")
    return replaced


def _delete(link: sqlite3.Connection, name: str) -> bool:
    link.execute("DELETE FROM food_piece WHERE name = ?", (name,))
    return link.execute("DELETE FROM food_table WHERE name = ?", (name,)).rowcount > 0


def _checksum(foods: bytes, amounts: bytes) -> int:
    return zlib.crc32(amounts, zlib.crc32(foods))


def _missing(name: str) -> FileError:
    there = ", ".join(added_tables()) or "none yet"
    return FileError(f"{name!r} is no added table (added: {there}). Add one with: twitchwise foods add FILE")


def load_table(name: str) -> FoodTable:
    """Load an added table.

    Parameters: name. Returns: its foods and values. Raises: FileError, if it is not there or damaged.
    """
    import msgspec

    path = store_path()
    if not path.is_file():
        raise _missing(name)
    with _opened(path) as link:
        link.execute("BEGIN")  # both reads see the same table
        found = link.execute("SELECT card, nutrients FROM food_table WHERE name = ?", (name,)).fetchone()
        query = "SELECT foods, amounts, checksum FROM food_piece WHERE name = ? ORDER BY place"
        pieces = link.execute(query, (name,)).fetchall()
        link.execute("COMMIT")
    if found is None:
        raise _missing(name)
    try:
        card, nutrients = msgspec.msgpack.decode(found[0], type=Card), json.loads(found[1])
        read = [_piece(nutrients, *piece) for piece in pieces]
        foods = tuple(food for piece, _ in read for food in piece)
        if len(foods) != card.foods:
            raise ValueError(f"{len(foods):,} of {card.foods:,} foods are there")
        return FoodTable(name, foods, np.concatenate([values for _, values in read]))
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        raise _damaged(path, f"table {name}: {error}") from error


def _piece(nutrients: list[str], foods: bytes, amounts: bytes, checksum: int) -> tuple[tuple[Food, ...], Array]:
    """Read one row, and lay its columns out as this version of the program counts them."""
    import msgspec

    if _checksum(foods, amounts) != checksum:
        raise ValueError("its checksum differs")
    decoded = msgspec.msgpack.decode(foods, type=tuple[Food, ...])
    values = np.frombuffer(amounts, dtype="<f8").reshape(len(decoded), len(nutrients))
    if nutrients == list(NUTRIENTS):
        return decoded, values
    laid = np.full((len(decoded), len(NUTRIENTS)), np.nan)
    for place, nutrient in enumerate(nutrients):
        if nutrient in COLUMN:
            laid[:, COLUMN[nutrient]] = values[:, place]
    return decoded, laid


def added_cards() -> tuple[Card, ...]:
    """Return the origin cards of the tables that were added.

    Returns: the cards, by name. Raises: FileError.
    """
    import msgspec

    path = store_path()
    if not path.is_file():
        return ()
    with _opened(path) as link:
        rows = link.execute("SELECT card FROM food_table ORDER BY name").fetchall()
    try:
        return tuple(msgspec.msgpack.decode(row[0], type=Card) for row in rows)
    except msgspec.MsgspecError as error:
        raise _damaged(path, error) from error


def added_tables() -> tuple[str, ...]:
    """Return the names of the tables that were added.

    Returns: the names, sorted. Raises: FileError.
    """
    path = store_path()
    if not path.is_file():
        return ()
    with _opened(path) as link:
        return tuple(row[0] for row in link.execute("SELECT name FROM food_table ORDER BY name"))


def all_tables() -> tuple[FoodTable, ...]:
    """Return the curated table and after it every table that was added.

    Returns: the tables, to search in. Raises: EvidenceError, FileError.
    """
    return (curated(), *(load_table(name) for name in added_tables()))


def remove_table(name: str) -> None:
    """Take an added table out and give its room on the disk back.

    Parameters: name. Raises: FileError, if there is no such table.
    """
    path = store_path()
    if name not in added_tables():
        raise _missing(name)
    with _opened(path) as link:
        link.execute("BEGIN IMMEDIATE")
        _delete(link, name)
        link.execute("COMMIT")
        link.execute("VACUUM")
