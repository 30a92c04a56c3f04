"""What a person typed, as slots: each word, how much it counts, and which words of the index it may stand for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from twitchwise.foods.postings import Postings
from twitchwise.foods.spelling import Speller
from twitchwise.foods.words import ENDS, LONGEST, Lexicon, lexicon, tokens

SAME, SPLIT, KIND = 1.0, 0.97, 0.85  # how good: the word itself, written as two or as one, another kind of it
STATE, MARK, DESCRIPTOR, DETAIL, MEASURE, NUMBER, SPECIAL = 0.4, 0.6, 0.45, 0.15, 0.08, 0.3, 0.7
RARE, COMMON = 1.0, 0.55  # of words that name a food, by how few foods have them
AFTER = 0.65  # of that after "with" or "in"
MOST_WORDS = 16
Candidate = tuple[tuple[str, ...], float]


@dataclass(slots=True)
class Slot:
    """A word that a person typed."""

    word: str
    weight: float
    naming: bool  # it says which food, not how it is made
    head: bool = False
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def best(self) -> float:
        """How good its best candidate is."""
        return max((like for _, like in self.candidates), default=0.0)


class Reader:
    """Turns a text into slots against the words of one index."""

    def __init__(self, postings: Postings) -> None:
        self.lex: Lexicon = lexicon()
        self.vocabulary = postings.vocabulary
        sizes = postings.start[1:] - postings.start[:-1]
        self.counts = dict(zip(postings.vocabulary, sizes.tolist(), strict=True))
        self.all = max(len(postings.texts), 2)
        self.aliases = self._aliases()
        self.speller = Speller(self.counts | {word: self._least(right) for word, right in self.aliases.items()})

    def _aliases(self) -> dict[str, tuple[str, ...]]:
        """Single spellings that are read as words which the index has; they too can be misspelt."""
        lines = (line for group in self.lex.phrases.values() for line in group)
        known = self.vocabulary
        return {
            left[0]: right
            for left, right in lines
            if len(left) == 1 and left[0] not in known and all(w in known for w in right)
        }

    def _least(self, words: Sequence[str]) -> int:
        return min(self.counts.get(word, 0) for word in words)

    def weight(self, word: str) -> tuple[float, bool]:
        """Say how much a word counts, and whether it names a food.

        Parameters: word. Returns: the weight and whether it names.
        """
        lex = self.lex
        if word in lex.states and "_" not in word:
            return STATE, False
        if "_" in word:
            return MARK, False
        if word in lex.measure:
            return MEASURE, False
        for words, weight in ((lex.special, SPECIAL), (lex.detail, DETAIL), (lex.descriptors, DESCRIPTOR)):
            if word in words:
                return weight, False
        if word[0].isdigit() or len(word) == 1:
            return NUMBER, False
        seen = self.counts.get(word, 0)
        share = math.log(self.all / seen) / math.log(self.all) if seen else 1.0
        return COMMON + (RARE - COMMON) * share, True

    def read(self, text: str, loose: bool = False) -> list[Slot]:
        """Cut a text into slots.

        Parameters: text; loose, whether words that the index has may be slips for others too.
        Returns: the slots in order.
        """
        slots: list[Slot] = []
        after, part, head = 1.0, 0, -1
        words = tokens(text[:LONGEST])
        if len(words) == 1 and words[0] in self.lex.alone:
            words.append(self.lex.alone[words[0]])
        for word in words:
            if word in ENDS:
                part += bool(slots)
            elif word in self.lex.stop:
                after = AFTER if word in self.lex.then and slots else after
            elif len(slots) < MOST_WORDS:
                weight, naming = self.weight(word)
                if naming and after == 1.0 and not part:
                    head = len(slots)
                slots.append(Slot(word, weight * after, naming))
        for place, slot in enumerate(slots):
            slot.head = place == head
            slot.candidates = self._candidates(slot.word, loose)
        self._joins(slots)
        for slot in slots:  # a misspelt word counts as the word it stands for
            if slot.word not in self.vocabulary and len(slot.candidates) and len(slot.candidates[0][0]) == 1:
                slot.weight, slot.naming = self._again(slot)
        return slots

    def _again(self, slot: Slot) -> tuple[float, bool]:
        weight, naming = self.weight(slot.candidates[0][0][0])
        return (weight, naming) if not naming and slot.best > 0.8 else (slot.weight, slot.naming)

    def _candidates(self, word: str, loose: bool) -> list[Candidate]:
        """Find what one word may stand for."""
        known = word in self.vocabulary
        found: list[Candidate] = [((word,), SAME)] if known else []
        found += [((kind,), KIND) for kind in self.lex.kinds.get(word, ()) if kind in self.vocabulary]
        if "_" in word or word[0].isdigit():
            return found
        found += self._split(word)
        if (not known and not found) or loose:
            for other, like in self.speller.near(word):
                found.append((self.aliases.get(other, (other,)), like if other != word else SAME))
        if not found:
            found += self._split_misspelt(word)
        return found

    def _split(self, word: str) -> list[Candidate]:
        """Read "oatmilk" as "oat milk"."""
        return [
            ((word[:cut], word[cut:]), SPLIT)
            for cut in range(3, len(word) - 2)
            if word[:cut] in self.vocabulary and word[cut:] in self.vocabulary
        ]

    def _split_misspelt(self, word: str) -> list[Candidate]:
        found: list[Candidate] = []
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if left in self.vocabulary and len(right) > 3:
                found += [((left, other), like * SPLIT) for other, like in self.speller.near(right)[:2] if like > 0.79]
            elif right in self.vocabulary and len(left) > 3:
                found += [((other, right), like * SPLIT) for other, like in self.speller.near(left)[:2] if like > 0.79]
        return found

    def _joins(self, slots: Sequence[Slot]) -> None:
        """Read "chick peas" as "chickpeas", also when misspelt."""
        for one, two in zip(slots, slots[1:], strict=False):
            both = one.word + two.word
            if not both.isalpha():
                continue
            if both in self.vocabulary:
                joined = [((both,), SPLIT)]
            elif both in self.aliases:
                joined = [(self.aliases[both], SPLIT)]
            elif one.best < SAME or two.best < SAME:
                near = [(w, s) for w, s in self.speller.near(both) if abs(len(w) - len(both)) < 3 and s > 0.8]
                joined = [(self.aliases.get(w, (w,)), s * SPLIT) for w, s in near]
            else:
                continue
            for slot in (one, two):
                slot.candidates += joined
