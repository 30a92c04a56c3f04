"""What a person typed, as slots: each word, how much it counts, and which words of the index it may stand for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from twitchwise.foods.postings import Postings
from twitchwise.foods.spelling import Speller
from twitchwise.foods.words import ENDS, LONGEST, TOKEN, Lexicon, fold, lexicon, singular, tokens

SAME, SPLIT, KIND = 1.0, 0.97, 0.85  # how good: the word itself, written as two or as one, another kind of it
OTHER = 0.7  # of another word where the typed one is a word too
BEGUN, BEGUN_SHORT = 0.7, 0.85  # of a longer word that begins with a word that is known itself; with a letter or two
EAR = 0.93  # of a word with another first letter of the same sound: "cale", "phish"
RATHER, OFTEN = 0.88, 8  # how like and how much commoner a word must be to be taken for a rare known one
GUESS = 0.72  # left where the typed word is an everyday word that is no food
STATE, MARK, DESCRIPTOR, DETAIL, MEASURE, NUMBER, SPECIAL = 0.4, 0.6, 0.45, 0.15, 0.08, 0.3, 0.7
RARE, COMMON, UNKNOWN = 1.0, 0.55, 0.55  # of words that name a food, by how few names have them; of one that none has
AFTER = 0.65  # of that after "with" or "in"
SURE = 0.79  # how like a word must be to be taken for part of another, or for two
MOST_WORDS = 16
# what a word may begin with instead, by ear
FIRST_SOUNDS = (
    ("c", ("k", "s")), ("k", ("c", "q", "ch")), ("s", ("c", "ts", "tz")), ("f", ("ph",)), ("ph", ("f",)),
    ("j", ("g", "h")), ("g", ("j",)), ("h", ("j",)), ("z", ("s",)), ("kw", ("qu",)), ("n", ("kn",)), ("t", ("tz",)),
)  # fmt: skip


class Candidate(NamedTuple):
    """Words of the index that a typed word may stand for, together in one name."""

    words: tuple[str, ...]
    like: float
    saves: bool = True  # whether it takes their cost from the name: not when the word before has done so


@dataclass(slots=True)
class Slot:
    """A word that a person typed."""

    word: str
    written: str  # before it was made singular
    weight: float
    naming: bool  # it says which food, not how it is made
    head: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    groups: frozenset[str] = frozenset()  # foods of these need not have the word, when they are
    things: frozenset[str] = frozenset()  # one of these

    @property
    def best(self) -> float:
        """How good its best candidate is."""
        return max((candidate.like for candidate in self.candidates), default=0.0)


class Reader:
    """Turns a text into slots against the words of one index."""

    def __init__(self, postings: Postings) -> None:
        self.lex: Lexicon = lexicon()
        self.postings = postings
        self.vocabulary = postings.vocabulary
        sizes = postings.start[1:] - postings.start[:-1]
        self.counts: dict[str, int] = dict(zip(postings.vocabulary, sizes.tolist(), strict=True))
        self.all = max(len(postings.texts), 2)
        self.aliases = self._aliases()
        self.speller = Speller(self.counts | {word: self._least(right) for word, right in self.aliases.items()})

    def _aliases(self) -> dict[str, tuple[str, ...]]:
        """Single spellings that are read as words which the index has; they too can be misspelt."""
        lines = (line for group in self.lex.phrases.values() for line in group)
        known = self.vocabulary
        return {left[0]: right for left, right in lines if len(left) == 1 and all(w in known for w in right)}

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
        if word in lex.special:
            return SPECIAL, True
        for words, weight in ((lex.detail, DETAIL), (lex.descriptors, DESCRIPTOR)):
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
        written = {singular(word): word for word in TOKEN.findall(fold(text[:LONGEST]))}
        words = tokens(text[:LONGEST])
        if len(words) == 1 and words[0] in self.lex.alone:
            words.append(self.lex.alone[words[0]])
        for word in words:
            if word in ENDS:
                part += bool(slots)
            elif word in self.lex.stop:
                after = AFTER if word in self.lex.then and slots else after
            elif len(slots) < MOST_WORDS and all(word != slot.word for slot in slots):
                weight, naming = self.weight(word)
                if naming and after == 1.0 and not part:
                    head = len(slots)
                slots.append(Slot(word, written.get(word, word), weight * after, naming))
        for place, slot in enumerate(slots):
            slot.head = place == head
            typing = place == len(slots) - 1
            weak = loose and any(s.naming and s.word in self.vocabulary for s in slots if s is not slot)
            slot.candidates = self._candidates(slot, loose, typing, weak)
        self._joins(slots)
        self._class_words(slots)
        shelf = any(slot.head and slot.word in self.lex.shelves for slot in slots)
        for slot in slots:
            self._weigh_again(slot, shelf)
        return slots

    def _class_words(self, slots: Sequence[Slot]) -> None:
        """Let a salmon be the fish of "salmon fish": foods of that class need not say it."""
        for slot in slots:
            groups = self.lex.classes.get(slot.word)
            others = [s for s in slots if s.naming and s.word not in self.lex.classes and s.best > SURE]
            if groups and others:
                slot.groups, slot.things = groups, frozenset(s.candidates[0].words[-1] for s in others)
                others[-1].head = others[-1].head or slot.head

    def _weigh_again(self, slot: Slot, shelf: bool) -> None:
        """A misspelt word counts as the word it stands for; an unknown one is a maker, but not before "fruit"."""
        if slot.word in self.vocabulary or not slot.naming or slot.groups:
            return
        if not slot.candidates:
            slot.weight *= 1.0 if slot.head or shelf else UNKNOWN
        elif len(slot.candidates[0].words) == 1 and slot.best > 0.8:
            weight, slot.naming = self.weight(slot.candidates[0].words[0])
            slot.weight = slot.weight if slot.naming else weight

    def _candidates(self, slot: Slot, loose: bool, typing: bool, weak: bool) -> list[Candidate]:
        """Find what one word may stand for."""
        word, known = slot.word, slot.word in self.vocabulary
        found: list[Candidate] = [Candidate((word,), SAME)] if known else []
        found += [Candidate((kind,), KIND) for kind in self.lex.kinds.get(word, ()) if kind in self.vocabulary]
        if "_" in word or word[0].isdigit():
            return found
        found += self._split(slot.written)
        if not known:
            found += self._by_ear(word)
        if (not known and not found) or loose:
            for form in dict.fromkeys((word, slot.written)):
                near = self.speller.near(form, typing, weak)
                found += [Candidate(self.aliases.get(w, (w,)), like * (OTHER if known else 1.0)) for w, like in near]
        elif typing and known:
            like = BEGUN_SHORT if len(word) < 3 else BEGUN
            found += [Candidate((w,), score * like) for w, score in self.speller.begun(word) if w != word]
        if known and slot.naming:
            found += self._commoner(word)
        if not found:
            found += self._split_misspelt(slot.written)
        if not known and word in self.lex.elsewhere:
            found = [candidate._replace(like=candidate.like * GUESS) for candidate in found]
        found.sort(key=lambda candidate: -candidate.like)
        return found

    def _by_ear(self, word: str) -> list[Candidate]:
        """Read "cale" as "kale" and "phish" as "fish"."""
        forms = [new + word[len(old) :] for old, news in FIRST_SOUNDS if word.startswith(old) for new in news]
        known = [form for form in forms if form in self.vocabulary or form in self.aliases]
        return [Candidate(self.aliases.get(form, (form,)), EAR) for form in known]

    def _commoner(self, word: str) -> list[Candidate]:
        """Find what a rare word may be a slip for, even where one food lists that slip among its names."""
        seen = self.counts[word]
        if seen > 2 or len(word) < 6:
            return []
        near = self.speller.near(word)
        return [Candidate((w,), s * SPLIT) for w, s in near if s > RATHER and self.counts.get(w, 0) >= OFTEN * seen]

    def strange(self, word: str) -> bool:
        """Say whether a word is none of a food, spelt well or badly, nor an everyday word.

        Parameters: word. Returns: the answer.
        """
        if word in self.vocabulary or word in self.aliases or word in self.lex.elsewhere:
            return False
        return not any(like > SURE for _, like in self.speller.near(word))

    def _split(self, word: str) -> list[Candidate]:
        """Read "oatmilk" as "oat milk", "roastpotatoes" as "roasted potato"."""
        found: list[Candidate] = []
        for cut in range(2, len(word) - 1):
            left, right = self._part(word[:cut]), self._part(word[cut:])
            if left and right and (cut > 2 or not left[0]) and (len(word) - cut > 2 or not right[0]):
                found.append(Candidate((*left[0], *right[0]), SPLIT))
        return [candidate for candidate in found if candidate.words]

    def _part(self, part: str) -> tuple[tuple[str, ...]] | None:
        """Find the words of the index that a part of a longer word is: none for "with", None when it is no word."""
        for form in (part, singular(part), singular(part + "s")):
            if form in self.vocabulary:
                return ((form,),)
            if form in self.aliases:
                return (self.aliases[form],)
        return ((),) if part in self.lex.stop and len(part) > 2 else None

    def _split_misspelt(self, word: str) -> list[Candidate]:
        """Read "oatmlik" as "oat milk"."""
        found: list[Candidate] = []
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if left in self.vocabulary and len(right) > 3:
                found += [Candidate((left, *words), like * SPLIT) for words, like in self._sure(right)]
            elif right in self.vocabulary and len(left) > 3:
                found += [Candidate((*words, right), like * SPLIT) for words, like in self._sure(left)]
        return found

    def _sure(self, word: str) -> list[tuple[tuple[str, ...], float]]:
        """Find what a word most likely stands for."""
        return [(self.aliases.get(w, (w,)), like) for w, like in self.speller.near(word)[:2] if like > SURE]

    def _joins(self, slots: Sequence[Slot]) -> None:
        """Read "chick peas" as "chickpeas", also when misspelt."""
        for one, two in pairwise(slots):
            both = one.word + two.word
            if not both.isalpha():
                continue
            if both in self.vocabulary:
                joined = [Candidate((both,), SPLIT)]
            elif both in self.aliases:
                joined = [Candidate(self.aliases[both], SPLIT)]
            elif one.best < SAME or two.best < SAME:
                near = [(w, s) for w, s in self.speller.near(both) if abs(len(w) - len(both)) < 3 and s > SURE]
                joined = [Candidate(self.aliases.get(w, (w,)), s * SPLIT) for w, s in near]
            else:
                continue
            one.candidates += joined
            two.candidates += [candidate._replace(saves=False) for candidate in joined]
