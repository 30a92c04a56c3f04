"""Food diaries: free text, our CSV, Cronometer, MyFitnessPal, NHANES individual foods."""

from __future__ import annotations

import lzma
from dataclasses import replace
from pathlib import Path

from twitchwise.errors import FileError, RecordError, TwitchwiseError
from twitchwise.formats.diary.nhanes import is_nhanes, read_nhanes
from twitchwise.formats.diary.table import is_table, read_table
from twitchwise.formats.diary.text import read_text
from twitchwise.record import Record, read_bytes
from twitchwise.record.diet_lines import DIARY_LIMIT
from twitchwise.record.types import DiaryLine, Slip

SIZE_LIMIT = 200_000_000  # bytes: a survey's table of individual foods is some 60 MB
NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8", b"\xd0\xcf\x11\xe0")  # archives, pictures, old workbooks
__all__ = ["parse_diary", "read_diary", "text_of", "with_diary"]


def read_diary(path: Path, person: str = "") -> tuple[tuple[DiaryLine, ...], tuple[Slip, ...]]:
    """Read a food diary; what the file holds says how it is read, not its name.

    Parameters: path, a text or CSV file (.xz is unpacked); person, the SEQN in an NHANES file. Returns: the lines,
    and what could not be used. Raises: FileError, LimitError.

    >>> read_diary(Path("no-such-diary.csv"))
    Traceback (most recent call last):
    ...
    twitchwise.errors.FileError: no-such-diary.csv: there is no such file. ...
    """
    data = read_bytes(path, SIZE_LIMIT)
    if data.startswith(b"\xfd7zXZ"):
        data = _unpacked(data, path.name)
    return parse_diary(text_of(data, path.name), path.name, person)


def parse_diary(text: str, name: str, person: str = "") -> tuple[tuple[DiaryLine, ...], tuple[Slip, ...]]:
    """Read the text of a food diary.

    Parameters: text; name, of the file, for messages; person, the SEQN in an NHANES file. Returns: the lines, and what
    could not be used. Raises: FileError, when it names no food.

    >>> [line.text for line in parse_diary("2 eggs", "me.txt")[0]]
    ['2 eggs']
    """
    slips: list[Slip] = []
    if is_nhanes(text):
        lines = read_nhanes(text, name, person)
    elif is_table(text):
        lines, slips = read_table(text, name)
    else:
        lines = read_text(text, name)
    if len(lines) > DIARY_LIMIT:
        slips.append(Slip(name, f"{len(lines)} lines", f"only the first {DIARY_LIMIT} were read"))
    if not lines:
        raise FileError(f"{name}: no food was found in it. Write a line a food, for example: 2 boiled eggs")
    return tuple(lines[:DIARY_LIMIT]), tuple(slips)


def text_of(data: bytes, name: str) -> str:
    """Decode a file that should hold text.

    Parameters: data; name, for messages. Returns: its text. Raises: FileError, when it is something else.

    >>> text_of("2 eggs".encode("utf-16"), "me.txt")
    '2 eggs'
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if data.startswith(NOT_TEXT) or (not utf16 and b"\x00" in data[:4000]):
        raise FileError(f"{name}: this is no text. Export the diary as CSV, or write it as plain text.")
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what older office programs write


def _unpacked(data: bytes, name: str) -> bytes:
    """Unpack .xz, never further than the largest diary."""
    try:
        whole = lzma.LZMADecompressor().decompress(data, max_length=SIZE_LIMIT + 1)
    except lzma.LZMAError as error:
        raise FileError(f"{name}: damaged ({error}). Copy it again.") from error
    if len(whole) > SIZE_LIMIT:
        raise FileError(f"{name}: unpacks to more than {SIZE_LIMIT // 1_000_000} MB. Is it a diary?")
    return whole


def with_diary(record: Record, folder: Path) -> Record:
    """Read the diary that a record names, from the record's own folder, into the record.

    Parameters: record; folder, where the record lies. Returns: the record with the diary's lines; a diary that
    cannot be read becomes a slip, and the rest of the record is used.
    """
    name = record.diet.diary
    if not name:
        return record
    try:
        lines, slips = read_diary(folder / Path(name).name)
    except (TwitchwiseError, RecordError) as error:
        why = str(error).removeprefix(f"{folder / Path(name).name}: ").removeprefix(f"{name}: ")
        return replace(record, slips=(*record.slips, Slip("diet.diary", name, why)))
    diet = replace(record.diet, lines=(*record.diet.lines, *lines))
    return replace(record, diet=diet, slips=(*record.slips, *slips))
