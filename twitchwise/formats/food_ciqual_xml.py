"""Ciqual's XML files as they are: windows-1252, and with a bare "<" in the values ("< 0,5"), which is no XML."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from twitchwise.formats.food_zip import AGAIN, Parts

BARE: Final = re.compile(r"<(?![A-Za-z/!?])")
LOOSE: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
CHUNK: Final = 1 << 18
LONGEST: Final = 1 << 20  # letters without any tag


class _Records:
    """Collects the elements of one name, each as its children's texts."""

    def __init__(self, tag: str) -> None:
        self.tag, self.field = tag, ""
        self.done: list[dict[str, str]] = []
        self.row: dict[str, str] | None = None

    def start(self, tag: str, _: Any) -> None:
        if tag.upper() == self.tag:
            self.row, self.field = {}, ""
        elif self.row is not None:
            self.field = tag.lower()

    def text(self, text: str) -> None:
        if self.row is not None and self.field:
            self.row[self.field] = self.row.get(self.field, "") + text

    def end(self, tag: str) -> None:
        if tag.upper() == self.tag and self.row is not None:
            self.done.append({name: text.strip() for name, text in self.row.items()})
            self.row = None
        self.field = ""


def mend(text: str) -> str:
    """Make XML of Ciqual's near-XML.

    Parameters: text, that ends between two tags. Returns: the text.

    >>> mend("<teneur> < 0,5 </teneur><nom> sel & poivre </nom>")
    '<teneur> &lt; 0,5 </teneur><nom> sel &amp; poivre </nom>'
    """
    return CONTROL.sub("", LOOSE.sub("&amp;", BARE.sub("&lt;", text)))


def _texts(parts: Parts, name: str) -> Iterator[str]:
    """Read the file in pieces that end after a tag."""
    with parts.open(name) as stream:
        start = stream.peek(256)[:256]
        stated = re.search(rb"encoding=[\"']([\w.-]{3,20})[\"']", start)
        try:
            encoding = stated[1].decode().lower() if stated else "utf-8"
            # windows-1252 leaves five bytes open; they only spoil a letter of a name
            decoder = codecs.getincrementaldecoder(encoding)("strict" if encoding == "utf-8" else "replace")
        except LookupError as error:
            raise parts.problem(name, f"its encoding {error} is not known", AGAIN) from error
        rest = ""
        while chunk := stream.read(CHUNK):
            rest += decoder.decode(chunk)
            cut = rest.rfind(">") + 1
            if len(rest) - cut > LONGEST:
                raise parts.problem(name, "a value never ends", AGAIN)
            if cut:
                yield mend(rest[:cut])
                rest = rest[cut:]
        yield mend(rest + decoder.decode(b"", final=True))


def records(parts: Parts, name: str, tag: str) -> Iterator[dict[str, str]]:
    """Read the elements of one name, one after the other.

    Parameters: parts; name, of the file; tag, of the elements ("COMPO"). Returns: texts by the child's name.
    Raises: FileError.
    """
    found = _Records(tag)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = (
        found.start,
        found.text,
        found.end,
    )

    def refuse(*_: Any) -> None:
        raise parts.problem(name, "it defines words of its own (DOCTYPE), as no official file does", AGAIN)

    parser.StartDoctypeDeclHandler = refuse
    try:
        for text in _texts(parts, name):
            parser.Parse(text, False)
            yield from found.done
            found.done.clear()
        parser.Parse("", True)
    except expat.ExpatError as error:
        raise parts.problem(name, f"line {error.lineno:,}: it is no whole XML file ({error})", AGAIN) from error
    except UnicodeDecodeError as error:
        raise parts.problem(name, f"a letter does not fit its encoding ({error.encoding})", AGAIN) from error
    yield from found.done
