"""The files of a food table: a zip, a folder or one file. Files are read by name; nothing is ever unpacked to disk."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

from twitchwise.errors import FileError

Tick = Callable[[int], object]  # told how many bytes more have been read
MOST_MEMBERS: Final = 2_000  # an official zip holds some 40
MOST_BYTES: Final = 12 * 2**30  # the whole of FoodData Central unpacks to some 4 GB
MOST_RATIO: Final = 300  # tables pack 10 to 60 times; a bomb a thousand times
SMALL: Final = 20 * 2**20  # below this size the ratio does no harm
TEXTS: Final = (".csv", ".tsv", ".txt", ".xml", ".gz")
AGAIN: Final = "Download it again from its producer."
BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError, OSError)


def _silent(_: int) -> None:
    """Tell nobody."""


class _Watched(io.RawIOBase):
    """A stream that is counted while it is read; what does not fit a table of text is refused."""

    def __init__(self, inner: Any, parts: Parts, name: str, most: int) -> None:
        self.inner, self.parts, self.name, self.left = inner, parts, name, most
        self.text = not name.endswith(".xlsx")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self.inner.read(len(buffer))
        except BROKEN as error:
            raise self.parts.problem(self.name, f"it is damaged or cut off ({error})", AGAIN) from error
        self.left -= len(chunk)
        if self.left < 0:
            raise self.parts.problem(self.name, "it unpacks to more than a food table can hold", AGAIN)
        if self.text and b"\0" in chunk:
            raise self.parts.problem(self.name, "it holds zero bytes, so it is damaged or not UTF-8 text", AGAIN)
        buffer[: len(chunk)] = chunk
        self.parts.tick(len(chunk))
        return len(chunk)

    def close(self) -> None:
        self.inner.close()
        super().close()


@dataclass(eq=False)
class Parts:
    """The files of one table by their bare names in small letters, and how to open each."""

    path: Path
    openers: dict[str, Callable[[], Any]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)
    tick: Tick = _silent
    used: set[str] = field(default_factory=set)

    def add(self, name: str, size: int, opener: Callable[[], Any]) -> None:
        """Note one file; a name that stands in two folders is refused when it is asked for.

        Parameters: name, bare; size, bytes as declared; opener.
        """
        bare = name.lower()
        if bare in self.openers:
            self.twice.add(bare)
        self.openers[bare], self.sizes[bare] = opener, size

    def __contains__(self, name: str) -> bool:
        return name in self.openers

    def find(self, start: str, end: str) -> str:
        """Find a file by the start and the end of its name ("alim_2020_07_07.xml").

        Parameters: start, end. Returns: the shortest such name, or "".
        """
        found = [n for n in self.openers if n.startswith(start) and n.endswith(end)]
        return min(found, key=lambda n: (len(n), n), default="")

    def problem(self, name: str, what: str, to_do: str) -> FileError:
        """Make the line that a person is told.

        Parameters: name, of a file, or ""; what is wrong; to_do. Returns: the error, to be raised.
        """
        where = f"{self.path}: {name}" if name and name != self.path.name.lower() else f"{self.path}"
        return FileError(f"{where}: {what}. {to_do}")

    def open(self, name: str) -> io.BufferedReader:
        """Open a file to read its bytes.

        Parameters: name. Returns: the stream. Raises: FileError.
        """
        self.used.add(name)
        if name in self.twice:
            raise self.problem(name, "it is there more than once", "Unpack it and give one of the folders.")
        try:
            inner = self.openers[name]()
        except BROKEN as error:
            raise self.problem(name, f"it cannot be opened ({error})", AGAIN) from error
        return io.BufferedReader(_Watched(inner, self, name, MOST_BYTES), 1 << 18)

    @cached_property
    def sha256(self) -> str:
        """The checksum of the file, or of the files of a folder that were read, in the order of their names."""
        whole = hashlib.sha256()
        try:
            if self.path.is_file():
                with self.path.open("rb") as file:
                    return hashlib.file_digest(file, "sha256").hexdigest()
            for name in sorted(self.used):
                with self.openers[name]() as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                whole.update(f"{name} {digest}\n".encode())
        except BROKEN as error:
            raise self.problem("", f"it cannot be read ({error})", "Check the path and its permissions.") from error
        return whole.hexdigest()


def open_parts(path: Path) -> Parts:
    """Look at a zip, a folder or a single file of a food table.

    Parameters: path. Returns: its files by name. Raises: FileError, also for a zip that is not to be trusted.
    """
    try:
        if path.is_dir():
            return _folder(path)
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise FileError(f"{path}: it cannot be read ({error.strerror}). Check the path and its permissions.") from error
    if not start:
        raise FileError(f"{path}: the file is empty. {AGAIN}")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError(f"{path}: this is an old or locked Excel file. Open it, save it as .xlsx, and add that.")
    if start.startswith(b"PK") and path.suffix.lower() != ".xlsx":
        return _zip(path)
    parts = Parts(path)
    if path.suffix.lower() == ".xlsx":
        for info in _trusted(parts, _infos(parts)):
            if info.file_size > 2**30:
                raise parts.problem("", "its sheets unpack to more than 1 GB", AGAIN)
    parts.add(path.name, path.stat().st_size, lambda: path.open("rb"))
    return parts


def _infos(parts: Parts) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(parts.path) as archive:
            return archive.infolist()
    except (*BROKEN, ValueError) as error:
        raise parts.problem("", f"it is not a whole zip file ({error})", AGAIN) from error


def _zip(path: Path) -> Parts:
    parts = Parts(path)
    infos = _trusted(parts, _infos(parts))
    archive = zipfile.ZipFile(path)
    for info in infos:
        name = PurePosixPath(info.filename).name
        if Path(name).suffix.lower() in TEXTS and not name.startswith("."):
            parts.add(name, info.file_size, lambda info=info: archive.open(info))  # type: ignore[misc]
    return parts


def _trusted(parts: Parts, infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Refuse what no producer of a food table sends: bombs, paths that lead outside, links, passwords."""
    if len(infos) > MOST_MEMBERS:
        raise parts.problem("", f"it holds {len(infos):,} files, more than any food table", AGAIN)
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise parts.problem("", "it unpacks to more than any food table", AGAIN)
    for info in infos:
        place = PurePosixPath(info.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in info.filename[:3]:
            raise parts.problem("", f"the path {info.filename!r} inside it leads outside", AGAIN)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise parts.problem("", f"{info.filename!r} inside it is a link, not a file", AGAIN)
        if info.flag_bits & 1:
            raise parts.problem("", f"{info.filename!r} inside it needs a password", "Unpack it and give the folder.")
        if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise parts.problem("", f"{info.filename!r} inside it unpacks to over {MOST_RATIO} times its size", AGAIN)
    return infos


def _is_text(path: Path) -> bool:
    """Whether this may be a file of a set: an Excel file is a table of its own, and is given by its name."""
    return path.suffix.lower() in TEXTS and not path.name.startswith(".") and path.is_file()


def _folder(path: Path) -> Parts:
    """Take the files of a folder, or of the one folder below it that holds some."""
    parts = Parts(path)
    files = [each for each in sorted(path.iterdir()) if _is_text(each)]
    if not files:
        folders = [each for each in sorted(path.iterdir()) if each.is_dir() and not each.name.startswith(".")]
        files = [each for below in folders for each in sorted(below.iterdir()) if _is_text(each)]
    for each in files:
        packed = each.name.lower().endswith(".csv.gz")
        opener = gzip.open if packed else Path.open
        name = each.name[:-3] if packed else each.name
        parts.add(name, each.stat().st_size, lambda each=each, opener=opener: opener(each, "rb"))  # type: ignore[misc]
    return parts
