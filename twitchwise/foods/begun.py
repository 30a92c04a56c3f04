"""Names of which a person has typed only the beginning: "potat", "peanut b"."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from twitchwise.foods.postings import Postings, Whole
from twitchwise.foods.words import fold

LEAST_TYPED = 3  # letters; fewer begin too many names
MOST_BEGUN = 400  # names that a beginning may be of
SURE, MORE, COMMON = 0.82, 0.12, 0.05  # for a beginning, for how much of the word is there, for a common word
AFTER = 0.13  # how fast words that come after the begun one lower the score
PUNCTUATION = str.maketrans("-/", "  ", ",;()'.\"&’")


def flat(text: str) -> str:
    """Write a name in small letters without the marks between its words.

    Parameters: text. Returns: the words, one space between.

    >>> flat("Peanut  butter, smooth (own brand)")
    'peanut butter smooth own brand'
    """
    plain = text.lower() if text.isascii() else fold(text)
    return " ".join(plain.translate(PUNCTUATION).split())


class Beginnings:
    """The names of an index in the order of the alphabet."""

    def __init__(self, postings: Postings) -> None:
        self.postings = postings

    @cached_property
    def _sorted(self) -> tuple[Sequence[str], Sequence[int]]:
        pairs = sorted((flat(text), place) for place, text in enumerate(self.postings.texts))
        return [text for text, _ in pairs], [place for _, place in pairs]

    def find(self, typed: str) -> tuple[Whole, Sequence[float]]:
        """Find the names that begin so, in the middle of a word.

        Parameters: typed. Returns: the places of the names, and how well each fits (0..1).
        """
        start = flat(typed)
        none = np.zeros(0, dtype=np.int32)
        if len(start) < LEAST_TYPED or not start[-1].isalpha():
            return none, ()
        names, places = self._sorted
        at, found = bisect_left(names, start), []
        for name, place in zip(names[at : at + MOST_BEGUN], places[at : at + MOST_BEGUN], strict=True):
            if not name.startswith(start):
                break
            if len(name) > len(start) and name[len(start)].isalpha():
                found.append((name, place))
        if not found:
            return none, ()
        return np.asarray([place for _, place in found], dtype=np.int32), self._fits(start, found)

    def _fits(self, start: str, found: Sequence[tuple[str, int]]) -> Sequence[float]:
        """Weigh how much of the begun word is there, how common it is, and how many words come after it."""
        before = start.rfind(" ") + 1
        words = [name[before:].partition(" ")[0].removesuffix("s") for name, _ in found]
        counts = Counter(words)
        most = math.log1p(max(counts.values()))
        fits = []
        for (name, place), word in zip(found, words, strict=True):
            part = min(1.0, (len(start) - before) / len(word))
            fit = SURE + MORE * part + COMMON * math.log1p(counts[word]) / most
            rest = max(0, name.count(" ") - start.count(" "))
            fits.append(fit / (1.0 + AFTER * (rest + float(self.postings.base[place]))))
        return fits
