"""Names of foods as lists by word: which names have a word, and what it costs a name when nobody asked for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.types import Food, FoodTable
from twitchwise.foods.words import ENDS, Lexicon, fold, lexicon, singular, tokens

Whole = npt.NDArray[np.int32]
Real = npt.NDArray[np.float32]

BRAND = re.compile(r"\b[A-Z][A-Z'&-]{3,}")
# what a word costs a name that has it when the person did not say it; own judgement, like the file of words
DETAIL, SHELF, DESCRIPTOR, NUMBER, MARK, WORD, SPECIAL = 0.04, 0.1, 0.3, 0.1, 0.35, 1.0, 3.0
LATER, BRACKET, JOINED = 0.7, 0.25, 0.6  # the same word after a comma, in brackets, after "with"
FIRST, LAST = 0.2, 0.4  # more for the first word of a name, and for the last of its first part: "apple pie"
BRAND_WORD = 0.3
DISH, SUPPLEMENT, BRANDED, UNEATEN, NEXT_TABLE = 0.5, 1.0, 1.5, 0.9, 0.2
PROTEIN, FATTY, WET, STARCH = 8.0, 30.0, 15.0, 45.0  # g per 100 g: raw meat or pulse, nut, dry goods


@dataclass(frozen=True, slots=True)
class Postings:
    """Every name of every food; `docs[start[w]:start[w + 1]]` are the names with word w."""

    texts: tuple[str, ...]
    food: Whole  # (names,) place of the food over all tables
    base: Real  # (names,) cost of a dish, a supplement, a raw potato
    total: Real  # (names,) cost of all its words
    last: Whole  # (names,) the word that says what it is: "pie" of "apple pie"
    vocabulary: dict[str, int]
    start: Whole
    docs: Whole
    cost: Real
    groups: tuple[frozenset[str], ...]  # of each food, its group and tags

    def having(self, word: str) -> tuple[Whole, Real]:
        """Find the names with a word.

        Parameters: word. Returns: their places, and the cost of the word in each.
        """
        at = self.vocabulary.get(word, -1)
        part = slice(self.start[at], self.start[at + 1]) if at >= 0 else slice(0, 0)
        return self.docs[part], self.cost[part]


END, STOP, THEN = -1.0, -2.0, -3.0  # in place of a cost: a comma or bracket, a word that says nothing, "with"


class _Costs(dict[str, float]):
    """The cost of every word met, worked out once."""

    def __init__(self, lex: Lexicon) -> None:
        super().__init__(dict.fromkeys(ENDS, END) | dict.fromkeys(lex.stop, STOP) | dict.fromkeys(lex.then, THEN))
        self.lex = lex

    def __missing__(self, word: str) -> float:
        cost = self[word] = self._first(word)
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
        return MARK if "_" in word else WORD


def _brands(name: str) -> frozenset[str]:
    """Find the makers that an official table writes in capitals."""
    if name.isupper() or not BRAND.search(name):
        return frozenset()
    return frozenset(singular(word) for brand in BRAND.findall(name) for word in fold(brand).split("-"))


def _shelf(words: Sequence[str], known: _Costs) -> int:
    """Say how many words at the start of a name are only a shelf: "Beverages, coffee"."""
    end = words.index(",") if "," in words else 0
    shelves = known.lex.shelves
    plain = all(word in shelves or known[word] < WORD for word in words[:end])
    return end if plain and not shelves.isdisjoint(words[:end]) else 0


def _costs(words: Sequence[str], known: _Costs, brands: Collection[str] = ()) -> tuple[dict[str, float], str]:
    """Give every word of a name its cost, and say which word says what the food is."""
    costs: dict[str, float] = {}
    first = last = ""
    part, bracket, joined, shelf = 0, False, 1.0, _shelf(words, known) if "," in words else 0
    for place, word in enumerate(words):
        cost = known[word]
        if cost == END:
            bracket = word == "(" or (bracket and word != ")")
            part, joined = part + bool(word in ",;" and last), 1.0
        elif cost < 0:
            joined = JOINED if cost == THEN else joined
        elif place < shelf:
            costs[word] = SHELF
        elif word in brands:
            costs.setdefault(word, BRAND_WORD)
        elif cost < WORD:
            costs.setdefault(word, cost)
        elif word not in costs:
            costs[word] = cost * (BRACKET if bracket else joined * (LATER if part else 1.0))
            if joined == 1.0 and not (part or bracket) and cost == WORD:
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
    row = table.per_100g(food.id).tolist()
    protein, fat, water, starch = (row[COLUMN[n]] for n in ("protein", "fat", "water", "carbohydrate"))
    heavy = (protein > PROTEIN and not fat > FATTY) or (water < WET and starch > STARCH)
    return bool(heavy or not lexicon().eaten_cooked.isdisjoint(words))


def _base(food: Food, words: Collection[str], table: FoodTable) -> float:
    """Give what makes a food less likely to be meant whatever its words: a dish, a product, raw where eaten cooked."""
    base = DISH * ("dish" in food.tags) + SUPPLEMENT * ("supplement" in food.tags)
    if "raw" in words or "dry" in words or "dried" in words:
        base += UNEATEN * uneaten(food, table)
    return base + BRANDED * bool(_brands(food.name))


@dataclass(frozen=True, slots=True)
class PlainName:
    """The words of a name; those of its family (spinach, however prepared); the last of its first part."""

    words: frozenset[str]
    family: frozenset[str]
    last: str
    shelf: bool  # the last word is a shelf: the nuts of "Brazil nuts"
    special: bool  # of a maker, for babies, for industry


def plain_name(name: str) -> PlainName:
    """Take the preparation from a name.

    Parameters: name, of a food. Returns: its parts.

    >>> sorted(plain_name("spinach, frozen, boiled").family), plain_name("black beans, boiled").last
    (['spinach'], 'bean')
    """
    lex, words = lexicon(), tokens(name)
    costs, last = _costs(words, _Costs(lex))
    first = words[: words.index(",")] if "," in words else words
    if last not in first:  # the first part was a shelf: "Nuts, almonds"
        first = [last]
    family = frozenset(w for w in first if w not in lex.states and costs.get(w, 0.0) > DETAIL)
    special = bool(_brands(name)) or not lex.special.isdisjoint(costs)
    return PlainName(frozenset(costs), family or frozenset(first), last, last in lex.shelves, special)


def _names(tables: Sequence[FoodTable]) -> Iterator[tuple[int, str, dict[str, float], str, float]]:
    """Walk over all names: food, text, costs by word, what it is, base."""
    known, number = _Costs(lexicon()), 0
    for rank, table in enumerate(tables):
        for food in table.foods:
            free: list[str] = []  # words that may be asked for but cost nothing when they are not
            own, last = _costs(tokens(food.name, free), known, _brands(food.name))
            base = _base(food, own, table) + NEXT_TABLE * bool(rank)
            # a second name may be asked for together with how the first is made: "garbanzos, boiled"
            made = [word for word in own if known[word] < WORD]
            for word in free:
                own.setdefault(word, 0.0)
            yield number, food.name, own, last, base
            for text in food.synonyms:
                free = made.copy()
                costs, last = _costs(tokens(text, free), known)
                for word in free:
                    costs.setdefault(word, 0.0)
                yield number, text, costs, last, base
            number += 1


@dataclass(slots=True)
class _Lists:
    """The names one after the other, before they are turned round to lists by word."""

    vocabulary: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[str, int, float, int]] = field(default_factory=list)  # text, food, base, last word
    words: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def add(self, number: int, text: str, costs: dict[str, float], last: str, base: float) -> None:
        """Note one name."""
        vocabulary = self.vocabulary
        for word in costs:
            if word not in vocabulary:
                vocabulary[word] = len(vocabulary)
            self.words.append(vocabulary[word])
        self.costs.extend(costs.values())
        self.sizes.append(len(costs))
        self.rows.append((text, number, base, vocabulary.get(last, -1)))


def post(tables: Sequence[FoodTable]) -> Postings:
    """Cut all names of all foods into words and list the names by word.

    Parameters: tables, the first is preferred where two are as good. Returns: the lists.
    """
    lists = _Lists()
    for name in _names(tables):
        lists.add(*name)
    texts, foods, bases, lasts = zip(*lists.rows, strict=True) if lists.rows else ((),) * 4
    ids, costs = np.asarray(lists.words, dtype=np.int32), np.asarray(lists.costs, dtype=np.float32)
    order = np.argsort(ids, kind="stable")
    docs = np.repeat(np.arange(len(texts), dtype=np.int32), np.asarray(lists.sizes, dtype=np.int64))
    start = np.zeros(len(lists.vocabulary) + 1, dtype=np.int32)
    np.cumsum(np.bincount(ids, minlength=len(lists.vocabulary)), out=start[1:])
    return Postings(
        texts,
        np.asarray(foods, dtype=np.int32),
        np.asarray(bases, dtype=np.float32),
        np.bincount(docs, weights=costs, minlength=len(texts)).astype(np.float32),
        np.asarray(lasts, dtype=np.int32),
        lists.vocabulary,
        start,
        docs[order],
        costs[order],
        tuple(food.tags | {food.group} for table in tables for food in table.foods),
    )
