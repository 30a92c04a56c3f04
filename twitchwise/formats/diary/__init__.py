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
__all__ = ["read_diary", "with_diary"]


def read_diary(path: Path, person: str = "") -> tuple[tuple[DiaryLine, ...], tuple[Slip, ...]]:
    """Read a food diary; what the file holds says how it is read, not its name.

    Parameters: path, a text or CSV file (.xz is unpacked); person, the SEQN in an NHANES file. Returns: the lines,
    and what could not be used. Raises: FileError, LimitError.

    >>> read_diary(Path("no-such-diary.csv"))
    Traceback (most recent call last):
    ...
    twitchwise.errors.FileError: no-such-diary.csv: there is no such file. ...
    """
    text = _text(read_bytes(path, SIZE_LIMIT), path.name)
    slips: list[Slip] = []
    if is_nhanes(text):
        lines = read_nhanes(text, path.name, person)
    elif is_table(text):
        lines, slips = read_table(text, path.name)
    else:
        lines = read_text(text, path.name)
    if len(lines) > DIARY_LIMIT:
        slips.append(Slip(path.name, f"{len(lines)} lines", f"only the first {DIARY_LIMIT} were read"))
    if not lines:
        raise FileError(f"{path.name}: no food was found in it. Write a line a food, for example: 2 boiled eggs")
    return tuple(lines[:DIARY_LIMIT]), tuple(slips)


def _text(data: bytes, name: str) -> str:
    if data.startswith(b"\xfd7zXZ"):
        data = _unpacked(data, name)
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8")):
        raise FileError(f"{name}: this is no text. Export the diary as CSV, or write it as plain text.")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # what older office programs write
    if "\x00" in text[:1000]:
        raise FileError(f"{name}: this is no text. Export the diary as CSV, or write it as plain text.")
    return text


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
