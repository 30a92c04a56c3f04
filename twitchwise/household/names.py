"""Names of people: any text, made fit for one line."""

from __future__ import annotations

import unicodedata
from typing import Final

from twitchwise.errors import RecordError

MOST: Final = 100  # characters
JOINER: Final = "\u200d"  # holds the parts of an emoji together
# marks that would turn the text after the name around too
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_name(raw: str) -> tuple[str, str]:
    """Make a name fit for one line, and cut it when it is too long.

    Parameters: raw, as typed. Returns: the name, and a sentence when it was cut.
    Raises: RecordError, if nothing is left.

    >>> clean_name("  Ann\\n B. ")
    ('Ann B.', '')
    >>> name, note = clean_name("long " * 60)
    >>> len(name), note
    (99, 'The name was longer than 100 characters. The rest was left out.')
    """
    text = unicodedata.normalize("NFC", raw.encode("utf-8", "replace").decode("utf-8"))
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if c not in TURNING)
    text = " ".join(text.split())
    if not any(unicodedata.category(c)[0] in "LNPS" for c in text):
        raise RecordError("A name is missing. Type a name, a nickname or a sign that you will know again.")
    if len(text) <= MOST:
        return text, ""
    return _cut(text), f"The name was longer than {MOST} characters. The rest was left out."


def _cut(text: str) -> str:
    """Cut between two visible signs, not inside an accented letter or a joined emoji."""
    end = MOST
    while end and (_hangs(text[end]) or text[end - 1] == JOINER):
        end -= 1
    return text[: end or MOST].rstrip(" " + JOINER)


def _hangs(sign: str) -> bool:
    return sign == JOINER or unicodedata.category(sign)[0] == "M" or "\U0001f3fb" <= sign <= "\U0001f3ff"
