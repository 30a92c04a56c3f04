"""A search that a person can type into: plain foods first, typos allowed, and it says which name was matched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from twitchwise.foods.begun import Beginnings
from twitchwise.foods.load import curated
from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.postings import Postings, Real, Whole, post
from twitchwise.foods.query import Reader, Slot
from twitchwise.foods.types import Food, FoodTable
from twitchwise.foods.words import content, lexicon, spelt, tokens

LEAST = 45.0  # a score below this is no hit
NAMED = 0.45  # at least this share of the words that name a food must be found
SURPLUS = 0.11  # how fast words that nobody asked for lower the score
STEEP = 1.3  # and words that were asked for and not found
TURNED = 0.1  # of the next and of a dish's, when all words are there: "milk chocolate" for "chocolate milk"
OTHER_HEAD = 0.35  # cost when the food is another thing: "apple pie" for "apple"
POOR = 62.0  # below this, known words are taken for slips too
OF_CLASS = 0.95  # how good a food of a class is where the class is named beside it
CLEAR = 95.0  # from here on nobody is still typing
MAKERS, REST = 2, 80.0  # words before a food that may be its maker's; how well the rest must be found without them
SECOND = 0.9  # left of that for a second word
STRANGE, STRANGE_ONE, KNOWN = 0.9, 0.82, 0.68  # left when strange words are taken off, one word stays, words are known
EQUAL, TIES = 0.99, 30  # scores this near to the best are ties; so many are looked at
LEFT_WITH = 0.5  # left of the score when a food has what it should be without
UNSAID, SURELY = 0.5, 0.85  # a name does not say "without"; and the food's tags or values say so
# per 100 g: up to the first a food counts as without, above the second it has some
TRACES = {"caffeine": ("caffeine", 3.0, 6.0), "alcohol": ("alcohol", 0.6, 1.2), "salt": ("sodium", 40.0, 300.0)}
TRACES["sugar"] = ("carbohydrate", 1.0, float("inf"))
# left of the score when such foods have it as a rule, this one is unknown and its name does not say "without"
DEFAULT = {"sugar": 0.75, "caffeine": 0.75, "alcohol": 0.75}
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hit:
    """A food that was found, in which table, how well (0..100), and the name that the words were matched with."""

    food: Food
    table: str
    score: float
    matched: str


@dataclass(slots=True)
class _Sums:
    """What the slots gathered so far for every name."""

    found: Real
    named: Real
    saved: Real
    left: Real


def suits(food: Food, tags: Collection[str]) -> bool:
    """Say whether a food has every wanted tag and none of the unwanted ones.

    Parameters: food; tags, "vegan" must be there, "-gluten" must not. Returns: the answer; a food without any tag
    is unknown, so it suits no wish.

    >>> from twitchwise.foods.load import curated
    >>> suits(curated()["banana"], {"vegetarian"}), suits(curated()["cheddar"], {"-lactose"})
    (True, False)
    """
    for tag in tags:
        if tag.startswith("-"):
            if not food.tags or tag[1:] in food.tags:
                return False
        elif tag not in food.tags and not (tag == "vegetarian" and "vegan" in food.tags):
            return False
    return True


class Index:
    """The names of all foods of some tables, ready to search; the first table is preferred where two are as good."""

    def __init__(self, tables: Sequence[FoodTable]) -> None:
        self.tables = tuple(tables)
        self.foods = tuple((table, food) for table in tables for food in table.foods)
        self.postings: Postings = post(self.tables)
        self.reader = Reader(self.postings)
        self.beginnings = Beginnings(self.postings)
        self.lex = lexicon()
        self.classes: dict[frozenset[str], Mask] = {}  # which foods are of a class, as they are asked for

    def search(self, text: str, limit: int = 10, tags: Collection[str] = frozenset()) -> tuple[Hit, ...]:
        """Find foods by what a person types.

        Parameters: text; limit, at most so many foods; tags, "vegan" a food must have, "-gluten" it must not have.
        Returns: the hits, best first; none when nothing is near.

        >>> Index([curated()]).search("wholemeel bred")[0].food.id
        'whole_wheat_bread'
        """
        wanted = self._wanted(tags)
        scores = self._scores(self.reader.read(text), wanted)
        if not scores.size or scores.max() < POOR:
            loose = self._scores(self.reader.read(text, loose=True), wanted) * np.float32(0.97)
            scores = np.maximum(scores, loose) if scores.size else loose
        if not scores.size:
            scores = np.zeros(len(self.postings.texts), dtype=np.float32)
        if scores.size and scores.max() < CLEAR:
            self._begun(text, scores, wanted)
        if scores.size and scores.max() < POOR:
            text = self._without_maker(text, scores, wanted)
        return self._best(scores, limit, text)

    def _begun(self, text: str, scores: Real, wanted: Mask | None) -> None:
        """Raise the names whose beginning was typed; whoever has typed a class is done."""
        typed = content(tokens(text))
        if not typed or typed[-1] in self.lex.classes:
            return
        places, fits = self.beginnings.find(text)
        if places.size:
            begun = np.asarray(fits, dtype=np.float32) * 100.0
            scores[places] = np.maximum(scores[places], begun if wanted is None else begun * wanted[places])

    def _without_maker(self, text: str, scores: Real, wanted: Mask | None) -> str:
        """Look for the last words alone: "birds eye fish fingers"; surer when the first ones are in no name."""
        words, best = text.split(), text
        for cut in range(1, min(MAKERS + 1, len(words))):
            maker, rest = content(tokens(" ".join(words[:cut]))), " ".join(words[cut:])
            if not all(self.reader.weight(word)[1] for word in maker):
                break  # "whole" of "whole milk" is no maker
            found = self._scores(self.reader.read(rest), wanted)
            if found.size and found.max() >= REST:
                strange = all(map(self.reader.strange, maker))
                left = STRANGE if strange and len(words) - cut > 1 else STRANGE_ONE
                left = left if strange else KNOWN * SECOND ** (cut - 1)
                if left * found.max() > scores.max():
                    np.maximum(scores, found * np.float32(left), out=scores)
                    best = rest
        return best

    def _wanted(self, tags: Collection[str]) -> Mask | None:
        if not tags:
            return None
        foods = np.fromiter((suits(food, tags) for _, food in self.foods), dtype=np.bool_, count=len(self.foods))
        mask: Mask = foods[self.postings.food]
        return mask

    def _scores(self, slots: Sequence[Slot], wanted: Mask | None) -> Real:
        """Score every name."""
        size = len(self.postings.texts)
        if not slots or not size or not any(slot.candidates for slot in slots):
            return np.zeros(0, dtype=np.float32)
        found, named, saved = np.zeros((3, size), dtype=np.float32)
        sums = _Sums(found, named, saved, np.ones(size, dtype=np.float32))
        for slot in slots:
            self._add(slot, sums)
        whole = sum(slot.weight for slot in slots)
        naming = sum(slot.weight for slot in slots if slot.naming)
        surplus = np.maximum(self.postings.total - sums.saved, 0.0)
        at_best = sum(slot.weight * slot.best for slot in slots)
        exact = (sums.found >= at_best - 1e-4) & (surplus < 0.01)
        other = self._other_head(slots)
        other += self.postings.base
        surplus += np.where(exact, TURNED * other, other)
        scores: Real = 100.0 * (sums.found / whole) ** STEEP / (1.0 + SURPLUS * surplus) * sums.left
        if naming:
            scores[sums.named < NAMED * naming] = 0.0
        if wanted is not None:
            scores[~wanted] = 0.0
        return scores

    def _add(self, slot: Slot, sums: _Sums) -> None:
        """Count one slot in: what it finds, what the word no longer costs, what it rules out."""
        like, saved = np.zeros_like(sums.found), np.zeros_like(sums.found)
        if slot.word.startswith("no_"):
            self._without(slot.word[3:], like, sums.left)
        for words, score, saves in slot.candidates:
            docs, cost = self._having(words)
            better = like[docs] < score
            docs = docs[better]
            like[docs] = score
            saved[docs] = cost[better] if saves else 0.0
        if slot.groups:
            like[self._of_class(slot)] = OF_CLASS
        sums.found += slot.weight * like
        sums.saved += saved
        if slot.naming:
            sums.named += slot.weight * like
        for left, parts in self.lex.apart:
            own = [part for part in parts if slot.word in part]
            if own:
                self._rule_out(own[0], [part for part in parts if part is not own[0]], left, sums.left)

    def _of_class(self, slot: Slot) -> Mask:
        """Mark the names of the things that were asked for which are of a class: salmon is a fish."""
        if slot.groups not in self.classes:
            groups = self.postings.groups
            self.classes[slot.groups] = np.fromiter(
                (not g.isdisjoint(slot.groups) for g in groups), np.bool_, len(groups)
            )
        places = [self.postings.vocabulary.get(word, -2) for word in slot.things]
        mask: Mask = self.classes[slot.groups][self.postings.food] & np.isin(self.postings.last, places)
        return mask

    def _having(self, words: Sequence[str]) -> tuple[Whole, Real]:
        docs, cost = self.postings.having(words[0])
        for word in words[1:]:
            more, its = self.postings.having(word)
            docs, here, there = np.intersect1d(docs, more, assume_unique=True, return_indices=True)
            cost = cost[here] + its[there]
        return docs, cost

    def _marked(self, words: Collection[str]) -> Mask:
        mask = np.zeros(len(self.postings.texts), dtype=np.bool_)
        for word in words:
            mask[self.postings.having(word)[0]] = True
        return mask

    def _rule_out(self, own: Collection[str], others: Sequence[Collection[str]], left: float, kept: Real) -> None:
        """Take from the names that are one of the other kinds and not of this."""
        other = self._marked([word for part in others for word in part])
        other &= ~self._marked(own)
        kept[other] *= left

    def _without(self, what: str, like: Real, left: Real) -> None:
        """Prefer foods that surely have none of it; take from those that have it."""
        tag = next((t for t, words in self.lex.without.items() if what in words or what == t), "")
        having = self._marked([what]) & ~self._marked(["no_" + what])
        sure = np.zeros(len(self.foods), dtype=np.bool_)
        has = np.zeros(len(self.foods), dtype=np.bool_)
        if tag:
            tagged = np.fromiter((bool(f.tags) for _, f in self.foods), np.bool_, len(self.foods))
            has = np.fromiter((tag in f.tags for _, f in self.foods), np.bool_, len(self.foods))
            sure = tagged & ~has
        if what in TRACES:
            nutrient, little, much = TRACES[what]
            amounts = np.concatenate([table.values[:, COLUMN[nutrient]] for table in self.tables])
            has, sure = has | (amounts > much), amounts <= little
        like[:] = np.where(sure[self.postings.food], SURELY, UNSAID)
        left[~sure[self.postings.food] & ~self._marked(["no_" + what])] *= DEFAULT.get(what, 1.0)
        against = has[self.postings.food] | having
        like[against] = 0.0
        left[against] *= LEFT_WITH

    def _other_head(self, slots: Sequence[Slot]) -> Real:
        """Cost of being another thing than the last word of what was asked for."""
        heads = [candidate.words[-1] for slot in slots if slot.head for candidate in slot.candidates]
        if not heads:
            return np.zeros(len(self.postings.texts), dtype=np.float32)
        places = [self.postings.vocabulary[word] for word in heads if word in self.postings.vocabulary]
        other: Real = np.where(np.isin(self.postings.last, places), 0.0, OTHER_HEAD).astype(np.float32)
        return other

    def _best(self, scores: Real, limit: int, text: str) -> tuple[Hit, ...]:
        """Take the best name of each food, best food first; of equal ones the one that is written as it was typed."""
        good = np.flatnonzero(scores >= LEAST)
        order = good[np.lexsort((good, -np.round(scores[good], 2)))].tolist()
        typed, texts = spelt(text), self.postings.texts
        ties = [place for place in order[:TIES] if scores[place] > EQUAL * scores[order[0]]]
        order[: len(ties)] = sorted(ties, key=lambda place: spelt(texts[place]) != typed)
        hits: dict[int, Hit] = {}
        for place in order:
            if len(hits) >= limit:
                break
            number = int(self.postings.food[place])
            if number not in hits:
                table, food = self.foods[number]
                hits[number] = Hit(food, table.name, round(float(scores[place]), 1), self.postings.texts[place])
        return tuple(hits.values())


@cache
def curated_index() -> Index:
    """Return the search over the foods that come with the program.

    Returns: the index, the same object each time. Raises: EvidenceError when the table is damaged.

    >>> curated_index().search("brocc")[0].score <= 100 if curated_index().search("brocc") else True
    True
    """
    return Index((curated(),))
