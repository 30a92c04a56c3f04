"""Names of foods as lists by word: which names have a word, and what it costs a name when nobody asked for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.types import Food, FoodTable
from twitchwise.foods.words import ENDS, Lexicon, lexicon, tokens

Whole = npt.NDArray[np.int32]
Real = npt.NDArray[np.float32]

BRAND = re.compile(r"\b[A-Z][A-Z'&-]{3,}")
# what a word costs a name that has it when the person did not say it; own judgement, like the file of words
DETAIL, SHELF, DESCRIPTOR, NUMBER, MARK, WORD, SPECIAL = 0.04, 0.1, 0.3, 0.1, 0.35, 1.0, 3.0
LATER, BRACKET, JOINED = 0.7, 0.25, 0.6  # the same word after a comma, in brackets, after "with"
FIRST, LAST = 0.2, 0.4  # more for the first word of a name, and for the last of its first part: "apple pie"
DISH, SUPPLEMENT, BRANDED, UNEATEN, NEXT_TABLE = 0.5, 1.0, 0.9, 0.9, 0.2
PROTEIN, FATTY, WET, STARCH = 8.0, 30.0, 15.0, 45.0  # g per 100 g: raw meat or pulse, nut, dry goods


@dataclass(frozen=True, slots=True)
class Postings:
    """Every name of every food; name `i` is of food `food[i]`, `docs[start[w]:start[w + 1]]` are the names with word w."""

    texts: tuple[str, ...]
    food: Whole  # (names,) place of the food over all tables
    base: Real  # (names,) cost of a dish, a supplement, a raw potato
    total: Real  # (names,) cost of all its words
    last: Whole  # (names,) the word that says what it is: "pie" of "apple pie"
    vocabulary: dict[str, int]
    start: Whole
    docs: Whole
    cost: Real

    def having(self, word: str) -> tuple[Whole, Real]:
        """Find the names with a word.

        Parameters: word. Returns: their places, and the cost of the word in each.
        """
        at = self.vocabulary.get(word, -1)
        part = slice(self.start[at], self.start[at + 1]) if at >= 0 else slice(0, 0)
        return self.docs[part], self.cost[part]


class _Coster:
    """The cost of words, looked up once for each word."""

    def __init__(self, lex: Lexicon) -> None:
        self.lex = lex
        self.known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        cost = self.known.get(word)
        if cost is None:
            cost = self.known[word] = self._first(word)
        return cost

    def _first(self, word: str) -> float:
        lex = self.lex
        if word in lex.states:
            return lex.states[word]
        for words, cost in ((lex.special, SPECIAL), (lex.detail, DETAIL), (lex.descriptors, DESCRIPTOR)):
            if word in words:
                return cost
        if word[0].isdigit() or len(word) == 1:
            return NUMBER
        if word in lex.measure or word in lex.shelves:
            return DETAIL if word in lex.measure else MARK
        return MARK if "_" in word else WORD


def _costs(words: Sequence[str], coster: _Coster) -> tuple[dict[str, float], str]:
    """Give every word of a name its cost, and say which word says what the food is."""
    lex, costs, part, bracket, joined = coster.lex, dict[str, float](), 0, False, 1.0
    first = last = ""
    shelf = words.index(",") if "," in words else 0
    shelf *= words[0] in lex.shelves and all(w in lex.shelves or coster(w) < WORD for w in words[:shelf])
    for place, word in enumerate(words):
        if word in ENDS:
            bracket = word == "(" or (bracket and word != ")")
            part, joined = part + bool(word in ",;" and last), 1.0
        elif word in lex.stop:
            joined = JOINED if word in lex.then else joined
        elif place < shelf:
            costs[word] = SHELF
        elif word not in costs:
            plain = coster(word)
            where = BRACKET if bracket else joined * (LATER if part else 1.0)
            costs[word] = plain if plain < WORD else plain * where
            if plain == WORD and not bracket and joined == 1.0 and not part:
                first, last = first or word, word
    if not last:
        last = first = next((w for w, c in costs.items() if c >= DESCRIPTOR), next(iter(costs), ""))
    if last:
        costs[first] += FIRST
        costs[last] += LAST
    return costs, last


def uneaten(food: Food, table: FoodTable) -> bool:
    """Say whether most people would not eat a food as the row has it: raw meat, dry rice, a raw potato.

    Parameters: food; table, with its values. Returns: the answer.

    >>> from twitchwise.foods.load import curated
    >>> uneaten(curated()["banana"], curated())
    False
    """
    words = set(tokens(food.name))
    if words.isdisjoint(("raw", "dry", "dried")):
        return False
    row = table.per_100g(food.id)
    protein, fat, water, starch = (row[COLUMN[n]] for n in ("protein", "fat", "water", "carbohydrate"))
    heavy = (protein > PROTEIN and not fat > FATTY) or (water < WET and starch > STARCH)
    return bool(heavy or not lexicon().eaten_cooked.isdisjoint(words))


def _base(food: Food, words: Collection[str], table: FoodTable) -> float:
    """Give what makes a food less likely to be meant whatever its words: a dish, a product, raw where eaten cooked."""
    base = DISH * ("dish" in food.tags) + SUPPLEMENT * ("supplement" in food.tags)
    if "raw" in words or "dry" in words or "dried" in words:
        base += UNEATEN * uneaten(food, table)
    brands = BRAND.findall(food.name)
    return base + BRANDED * bool(brands and not food.name.isupper())


@dataclass(frozen=True, slots=True)
class PlainName:
    """The words of a name; those of its family (spinach, however prepared); the last of its first part."""

    words: frozenset[str]
    family: frozenset[str]
    last: str
    shelf: bool  # the last word is a shelf: the nuts of "Brazil nuts"


def plain_name(name: str) -> PlainName:
    """Take the preparation from a name.

    Parameters: name, of a food. Returns: its parts.

    >>> sorted(plain_name("spinach, frozen, boiled").family), plain_name("black beans, boiled").last
    (['spinach'], 'bean')
    """
    lex, words = lexicon(), tokens(name)
    costs, last = _costs(words, _Coster(lex))
    first = words[: words.index(",")] if "," in words else words
    if last not in first:  # the first part was a shelf: "Nuts, almonds"
        first = [last]
    family = frozenset(w for w in first if w not in lex.states and costs.get(w, 0.0) > DETAIL)
    return PlainName(frozenset(costs), family or frozenset(first), last, last in lex.shelves)


def _names(tables: Sequence[FoodTable]) -> Iterator[tuple[int, str, dict[str, float], str, float]]:
    """Walk over all names: food, text, costs by word, what it is, base."""
    lex = lexicon()
    coster, number = _Coster(lex), 0
    for rank, table in enumerate(tables):
        for food in table.foods:
            own, last = _costs(tokens(food.name), coster)
            base = _base(food, own, table) + NEXT_TABLE * bool(rank)
            yield number, food.name, own, last, base
            for text in food.synonyms:
                costs, last = _costs(tokens(text), coster)
                # a second name may be asked for together with what the first says: "garbanzos, boiled"
                yield number, text, dict.fromkeys(own, 0.0) | costs, last, base
            number += 1


def post(tables: Sequence[FoodTable]) -> Postings:
    """Cut all names of all foods into words and list the names by word.

    Parameters: tables, the first is preferred where two are as good. Returns: the lists.
    """
    vocabulary: dict[str, int] = {}
    texts, foods, bases, totals, lasts = [], [], [], [], []
    word_ids: list[int] = []
    sizes: list[int] = []
    costs: list[float] = []
    for number, text, by_word, last, base in _names(tables):
        texts.append(text)
        foods.append(number)
        bases.append(base)
        totals.append(sum(by_word.values()))
        word_ids.extend([vocabulary.setdefault(word, len(vocabulary)) for word in by_word])
        costs.extend(by_word.values())
        sizes.append(len(by_word))
        lasts.append(vocabulary.get(last, -1))
    ids = np.asarray(word_ids, dtype=np.int32)
    order = np.argsort(ids, kind="stable")
    docs = np.repeat(np.arange(len(texts), dtype=np.int32), np.asarray(sizes, dtype=np.int64))
    start = np.zeros(len(vocabulary) + 1, dtype=np.int32)
    np.cumsum(np.bincount(ids, minlength=len(vocabulary)), out=start[1:])
    return Postings(
        tuple(texts),
        np.asarray(foods, dtype=np.int32),
        np.asarray(bases, dtype=np.float32),
        np.asarray(totals, dtype=np.float32),
        np.asarray(lasts, dtype=np.int32),
        vocabulary,
        start,
        docs[order],
        np.asarray(costs, dtype=np.float32)[order],
    )
