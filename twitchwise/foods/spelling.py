"""Which words of a vocabulary a person may have meant: typos, slips of the ear, the beginning of a word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from twitchwise.foods.words import sound

NEAR = 0.74  # likeness below which a word is another word
STRICT, BRIEF = 0.775, 6  # the same for words of at most so many letters, which have more neighbours by chance
WEAK, LITTLE = 0.55, 5  # and that for words of at most so many letters, where other words help
LOOK = 0.58  # likeness in letters from which the sound is asked too
KEPT = 8  # candidates for one word
BEHIND = 0.13  # a candidate this much less like than the best is dropped
SHORTEST = 3  # letters; shorter ones are never taken for a typo
TURNED = 0.05  # for letters that only changed places
SAME_BONES = 0.03  # for a vowel too many or too few: "mlk"
FRONT, SHORT, VOWEL = 0.02, 0.15, 0.07
HEARD, FEW = 0.78, 3  # for a word that sounds the same, if not more than so many words do
ONE_LETTER, USUAL = 0.86, 6  # for the only word in so many names that has one other letter, in words of four
MOST_BEGUN = 40  # words that a beginning may stand for

Near = tuple[str, float]


class Speller:
    """The distinct words of an index; a word that is not one of them is compared with all of them."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.most = max(counts.values(), default=1)
        self.near = lru_cache(maxsize=4096)(self._near)

    @cached_property
    def words(self) -> Sequence[str]:
        """The words that can be misspelt: no marks, no numbers, in order."""
        return sorted(word for word in self.counts if word.isalpha() and len(word) >= SHORTEST)

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The sound of each word."""
        return {word: sound(word) for word in self.words}

    @cached_property
    def sounds(self) -> Mapping[str, Sequence[str]]:
        """The words of each sound."""
        found: dict[str, list[str]] = {}
        for word, heard in self.said.items():
            found.setdefault(heard, []).append(word)
        return found

    @cached_property
    def usual(self) -> Sequence[tuple[str, str]]:
        """The words that many names have and that are written with four letters: "milk", "eggs"."""
        usual = [word for word in self.words if len(word) in (3, 4) and self.counts[word] >= USUAL]
        return [(word if len(word) == 4 else word + "s", word) for word in usual]

    def begun(self, start: str) -> list[Near]:
        """Find the words that begin so, for whoever is still typing.

        Parameters: start. Returns: words with likeness.

        >>> Speller({"broccoli": 1, "bread": 1}).begun("brocc")[0][0]
        'broccoli'
        """
        place = bisect_left(self.words, start)
        found = []
        for word in self.words[place : place + MOST_BEGUN]:
            if not word.startswith(start):
                break
            found.append((word, 0.64 + 0.32 * len(start) / len(word)))
        return found

    def _near(self, word: str, typing: bool = False, weak: bool = False) -> tuple[Near, ...]:
        """Find what a word may stand for, best first; a short one is taken for a beginning only while typing.

        Weak likeness is enough where the words beside it say which is meant: "gash browns".
        """
        least = WEAK if weak and len(word) <= LITTLE else NEAR if weak or len(word) > BRIEF else STRICT
        found = dict(self.begun(word)) if len(word) > 3 or (typing and len(word) > 1) else {}
        if len(word) >= SHORTEST and word.isalpha():
            for other, like in self._misspelt(word):
                if like >= least:
                    found[other] = max(like, found.get(other, 0.0))
            if max(found.values(), default=0.0) < ONE_LETTER:
                found |= dict.fromkeys(self._only_usual(word), ONE_LETTER)
        found.pop(word, None)
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        behind = (ranked[0][1] if ranked else 0.0) - BEHIND * (1 + weak)
        return tuple(item for item in ranked if item[1] >= behind)[: KEPT * (1 + weak) if len(word) > 3 else MOST_BEGUN]

    def _only_usual(self, word: str) -> tuple[str, ...]:
        """Find the one usual word of four letters that differs by a letter: "nilk"; none for "beew"."""
        from rapidfuzz.distance import Hamming

        if len(word) != 4:
            return ()
        found = {right for form, right in self.usual if Hamming.distance(word, form, score_cutoff=1) == 1}
        return tuple(found) if len(found) == 1 else ()

    def _misspelt(self, word: str) -> list[Near]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        heard = sound(word)
        like = process.extract(word, self.words, scorer=OSA.normalized_similarity, score_cutoff=LOOK, limit=60)
        letters = {other: score for other, score, _ in like}
        for other in self.sounds.get(heard, ()):
            if other not in letters:
                letters[other] = OSA.normalized_similarity(word, other)
        return [(other, self._like(word, heard, other, score)) for other, score in letters.items()]

    def _like(self, word: str, heard: str, other: str, score: float) -> float:
        """Weigh letters and sound; a rare slip at the front or another consonant in a short word counts less."""
        from rapidfuzz.distance import OSA

        said = self.said[other]
        # a sound of one consonant is that of too many words: "shoe", "shoyu"
        ear = OSA.normalized_similarity(heard, said) if len(heard.replace("a", "")) > 1 else score
        like = max(score, 0.55 * score + 0.45 * ear)
        like -= FRONT * (word[0] != other[0] and heard[:1] != said[:1] and word[1::-1] != other[:2])
        if sorted(word) == sorted(other):
            like += TURNED
        elif len(word) != len(other):
            like += SAME_BONES * (len(heard) > 2 and heard.replace("a", "") == said.replace("a", ""))
        elif len(word) <= 4:  # one word, or two ("beef", "beer")?
            like -= SHORT if ear < 1.0 else VOWEL
        if heard == said and len(word) > 3 and len(heard.replace("a", "")) > 1 and len(self.sounds[said]) <= FEW:
            like = max(like, HEARD)
        return min(like, 0.97) + 0.02 * self.counts[other] / self.most
