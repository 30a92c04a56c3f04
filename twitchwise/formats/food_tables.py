"""The official food tables that can be added: one module each, one line each in TABLE_READERS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from twitchwise.errors import FileError
from twitchwise.foods.store_types import Draft
from twitchwise.formats import food_ciqual, food_fdc, food_fndds, food_sr28
from twitchwise.formats.food_table import TableReader, nothing_fits
from twitchwise.formats.food_zip import Parts, Tick, open_parts

TABLE_READERS: Final[tuple[TableReader, ...]] = (
    food_fdc.READER,
    food_sr28.READER,
    food_fndds.READER,
    food_ciqual.READER,
)


class OfficialTable:
    """A file, a zip or a folder that one of the readers knows."""

    def __init__(self, path: Path) -> None:
        self.parts, self.reader = _known(path)

    @property
    def total(self) -> int:
        """How many bytes will be read."""
        return sum(self.parts.sizes.get(name, 0) for name in self.reader.files(self.parts))

    def read(self, tick: Tick | None = None) -> Iterator[Draft]:
        """Read the tables in it (the whole of FoodData Central holds four).

        Parameters: tick, told how many bytes more have been read. Returns: the tables. Raises: FileError.
        """
        if tick is not None:
            self.parts.tick = tick
        return self.reader.read(self.parts)


def _known(path: Path) -> tuple[Parts, TableReader]:
    """Find the reader that fits; a single file of a set stands for its folder."""
    parts = open_parts(path)
    tries = [parts]
    if path.suffix.lower() in (".txt", ".xml") or path.name.lower() in food_fdc.USED:
        tries.append(open_parts(path.absolute().parent))
    for each in tries:
        for reader in TABLE_READERS:
            if reader.fits(each) and (each is parts or path.name.lower() in reader.files(each)):
                return each, reader
    raise nothing_fits(parts, TABLE_READERS)


def read_tables(path: Path, tick: Tick | None = None) -> Iterator[Draft]:
    """Read the official tables in a file, a zip or a folder.

    Parameters: path; tick, told how many bytes more have been read. Returns: the tables. Raises: FileError.

    >>> next(read_tables(Path("no_such_file.zip")))
    Traceback (most recent call last):
    ...
    twitchwise.errors.FileError: no_such_file.zip: it cannot be read (No such file or directory). Check the path ...
    """
    try:
        yield from OfficialTable(path).read(tick)
    except MemoryError as error:
        raise FileError(
            f"{path}: there is not enough memory to read it. Close other programs and try again."
        ) from error
