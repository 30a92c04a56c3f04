"""A form as a browser sent it: texts by name, cleaned once, never trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

TEXT_LIMIT = 2_000  # characters of one field, as in a record
LONG_LIMIT = 500_000  # characters of a pasted table or diary


class Filled:
    """The fields of one form."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for key, value in pairs:
            self._values.setdefault(key, []).append(value)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def text(self, key: str) -> str:
        """Return one line of text.

        Parameters: key, name of the field. Returns: its text without control characters, "" when it is not there.

        >>> Filled([("name", " ome\\nprazole ")]).text("name")
        'ome prazole'
        """
        return clean(self._values.get(key, [""])[-1])

    def all(self, key: str) -> list[str]:
        """Return what was chosen in a group of boxes.

        Parameters: key. Returns: the texts that are not empty.
        """
        return [text for value in self._values.get(key, ()) if (text := clean(value))]

    def long(self, key: str) -> str:
        """Return a text of many lines.

        Parameters: key. Returns: the text with its lines.
        """
        raw = self._values.get(key, [""])[-1][:LONG_LIMIT].replace("\r\n", "\n").replace("\r", "\n")
        return "".join(c if c.isprintable() or c in "\n\t" else " " for c in raw)

    def number(self, key: str, otherwise: int = 0) -> int:
        """Return a whole number.

        Parameters: key; otherwise, when there is none. Returns: the number.

        >>> Filled([("base", "12")]).number("base"), Filled([("base", "x")]).number("base", -1)
        (12, -1)
        """
        text = self.text(key)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else otherwise

    def having(self, more: Mapping[str, str]) -> Filled:
        """Return the form with some fields filled in otherwise.

        Parameters: more, texts by name. Returns: a new form.
        """
        return Filled([*(pair for pair in self.pairs() if pair[0] not in more), *more.items()])

    def pairs(self) -> list[tuple[str, str]]:
        """Return every field, to be sent once more.

        Returns: names and texts.
        """
        return [(key, value) for key, values in self._values.items() for value in values]


def clean(text: str) -> str:
    """Bring a text to one line of at most 2,000 characters.

    Parameters: text. Returns: it without control characters and double spaces.
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * TEXT_LIMIT]).split())[:TEXT_LIMIT]
