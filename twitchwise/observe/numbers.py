"""Numbers as people write them."""

from __future__ import annotations

import re

_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")


def decimal(text: str) -> float:
    """Read the first number of a piece of text, with a decimal point or comma.

    Parameters: text, in which a pattern has found a number. Returns: the number; stray points behind it do no harm.

    >>> decimal("0,5"), decimal("3.."), decimal(".5 mg")
    (0.5, 3.0, 0.5)
    """
    found = _DECIMAL.search(text)
    value = float(found.group().replace(",", ".")) if found else 0.0
    return -value if text.lstrip().startswith("-") else value
