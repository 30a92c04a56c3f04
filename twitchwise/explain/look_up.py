"""Find an entry by a person's own words, with slips of the keyboard forgiven."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from rapidfuzz import fuzz, process

SAME = 80.0  # how alike two words must be, of 100
ENOUGH = 0.6  # share of the asked-for weight that an entry must cover
NEW = 1.0  # weight of a word that no entry has
ENDINGS = ("ing", "ed", "es", "s")
EMPTY = frozenset(
    "a after an and any are as at be by can did do does for from has have help helps how i if in is it me much my of "
    "on or so that the there this to too what when which who why will with your you".split()
)


def words(text: str) -> list[str]:
    """Split a text into the stems of its telling words.

    Parameters: text. Returns: stems in lower case, without the small words.

    >>> words("Is it ALS? My calf twitches")
    ['als', 'calf', 'twitch']
    """
    return [_stem(w) for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in EMPTY]


def _stem(word: str) -> str:
    """Twitching, twitches and twitch are one word here; the stem need not be a word itself."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 3:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > 3 else word


def find(asked: str, entries: Mapping[str, Sequence[str]], enough: float = ENOUGH) -> list[tuple[str, float]]:
    """Rank entries by how well they fit what was asked.

    Parameters: asked, a person's words; entries, the wordings of each entry by id, the main one first; enough, the
    share (0..1) of the asked-for weight that an entry must cover.
    Returns: (id, score 0..1) of the entries that fit, best first.

    >>> find("magnesum", {"a": ["Magnesium and cramps"], "b": ["Coffee"]})[0][0]
    'a'
    """
    query = words(asked)
    known = {key: {w for text in texts for w in words(text)} for key, texts in entries.items()}
    spread = Counter(w for found in known.values() for w in found)
    best = {w: _nearest(w, spread) for w in query}
    weight = {w: log(1 + len(known) / min(spread[n] for n in near)) if near else NEW for w, near in best.items()}
    total = sum(weight.values())
    if not total:
        return []
    scores = {k: sum(weight[w] for w, near in best.items() if near & found) / total for k, found in known.items()}
    ranked = [(k, s) for k, s in scores.items() if s >= enough]
    return sorted(ranked, key=lambda pair: (-pair[1], -_likeness(query, entries[pair[0]])))


def _nearest(word: str, known: Mapping[str, int]) -> set[str]:
    """Words that may be meant: the same, else those that differ by a slip."""
    if word in known:
        return {word}
    limit = SAME if len(word) > 3 else 95.0
    return {w for w, score, _ in process.extract(word, list(known), scorer=fuzz.ratio, limit=6) if score >= limit}


def _likeness(query: Sequence[str], texts: Sequence[str]) -> float:
    """How like the whole wording is; the main wording counts a little more."""
    asked = " ".join(query)
    scores = [fuzz.token_sort_ratio(asked, " ".join(words(text))) for text in texts]
    return max([scores[0] + 5.0, *scores[1:]])
