"""The foods at hand: the curated ones and the tables a person added, ready to search in."""

from __future__ import annotations

from threading import Lock

from twitchwise.foods.load import CURATED
from twitchwise.foods.search import Index, curated_index
from twitchwise.foods.store import all_tables, store_path
from twitchwise.foods.types import Food, FoodTable


class Pantry:
    """One index for everybody, made anew when a table was added or taken out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: tuple[int, int] | None = None
        self._index: Index | None = None

    def index(self) -> Index:
        """Return the index of all foods; call it in a thread, the first time takes a moment.

        Returns: the index. Raises: FileError, when an added table cannot be read.
        """
        with self._lock:
            state = _state()
            if self._index is None or state != self._state:
                self._index = Index(all_tables()) if state else curated_index()
                self._state = state
            return self._index

    def food(self, asked: str) -> tuple[Food, FoodTable] | None:
        """Find a food by its id, or by "table:id".

        Parameters: asked. Returns: the food and its table, or None.

        >>> Pantry().food("no_such_food") is None
        True
        """
        tables = self.index().tables
        name, colon, key = asked.partition(":")
        for table in tables:
            if asked in table.row and (table.name == CURATED or not colon):
                return table[asked], table
        return next(((table[key], table) for table in tables if table.name == name and key in table.row), None)


def _state() -> tuple[int, int] | None:
    """Tell one state of the file of added tables from another."""
    try:
        found = store_path().stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


PANTRY = Pantry()


def at_hand() -> Index:
    """Return the index of the curated foods and of the tables that were added, the same for the whole program.

    Returns: the index. Raises: FileError, when an added table cannot be read.

    >>> at_hand().search("banana", 1)[0].food.id
    'banana'
    """
    return PANTRY.index()
