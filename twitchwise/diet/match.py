"""Which food some words of a diary line mean, how sure that is, and what else they may mean."""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from twitchwise.diet.slips import Mender
from twitchwise.foods.search import Hit, Index
from twitchwise.foods.types import Food, FoodTable
from twitchwise.foods.words import content, fold, lexicon, singular, tokens

LEAST_COVER = 0.7  # share of the words, by weight, that the food must account for
SURE_SCORE = 90.0  # of the search: as good as the name itself
GOOD_SCORE = 86.0
JOINED_SCORE = 80.0  # below this, a name with "and" or "with" holds more than was asked for
LEAST_SCORE = 56.0
CLOSE = 5.0  # of the best score: among these a name in the order of the words goes first
ALIKE = 76.0  # likeness in percent from which a word counts as a slip of another
NEAREST = 5
LEAST_LETTERS = 3  # words as short as this are no slips of others
STATES = frozenset("raw cooked uncooked fresh weight".split())  # left out where no food is found with them
# what need not be said: "wholemeal" is bread, "cod" is fish
GENERIC = frozenset(
    "breast fillet bread milk cheese seed nut loin thigh leg steak fish meat crisp noodle pasta".split()
)
JOINED = re.compile(r"\b(?:and|with|on|in|n|w|over|no|without)\b|[&+,/]")
PAIRED = re.compile(r"\b(?:and|with)\b|&")
# too wide to say what a food is by itself
VAGUE = frozenset("bar drink juice sauce mix snack bite ball dish meal shake dip dessert sweet spread powder".split())
PILLS = frozenset(
    "tablet capsule pill supplement gummy softgel sachet drop effervescent cap tab lozenge spray powder mineral".split()
)
DISHES = frozenset(map(singular, "smoothie soup curry pie stew quiche risotto casserole".split()))
FLAVOURS = frozenset(
    """chocolate choc vanilla strawberry raspberry banana orange lemon lime mint caramel toffee coconut almond hazelnut
    coffee honey ginger cherry berry apple peach mango garlic chilli salted""".split()
)
# shops, kitchens and compliments: they say nothing about the food
NOISE = frozenset(
    """tesco sainsbury sainsburys asda aldi lidl waitrose morrisons ms m&s marks spencer pret greggs coop co-op costco
    walmart trader joe target costa starbuck nero leon subway boots ocado wholefoods kroger publix
    leftover homemade home my mum mom gran nice lovely delicious tasty fresh organic ready made meal shop bought
    takeaway takeout takeway local own brand usual more extra another some bit of lot plain hot cold warm iced free
    range best finest quality value basic really very big small few and with in on from to the a an of for i had
    ate drank then also just only at it was about approx roughly cooked prepared served side cafe pub restaurant
    canteen office mcdonald mcdonalds wendys dominos nandos five guys burgerking heinz alpro mcvities birdseye
    homecooked home-made bowl plate cup glass mug portion serving piece today drink breakfast
    chipotle itsu wagamama wagamamas nando wetherspoons spoons gregg chilis tacobell dunkin
    kraft kellogg kelloggs nestle quaker walkers kirkland tescos heinzs snack leftovers finest
    brunch lunch dinner supper type multipack selection box trimmings weight weighed""".split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """The food that some words mean, or the nearest ones when that is not sure."""

    hit: Hit | None
    nearest: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()  # the best of the search, sure or not

    @property
    def food(self) -> Food | None:
        """The food, None when not sure."""
        return self.hit.food if self.hit else None


@lru_cache(maxsize=16384)
def marks(text: str) -> tuple[str, ...]:
    """Reduce a text to the words that say something, one spelling each.

    Parameters: text. Returns: the words in order.

    >>> marks("Yoghurts with courgettes")
    ('yogurt', 'zucchini')
    """
    return tuple(content(tokens(text)))


def _weight(word: str) -> float:
    lex = lexicon()
    if word in NOISE:
        return 0.0
    light = word in lex.states or word in lex.descriptors or word in lex.detail or word[0].isdigit() or "_" in word
    return 0.3 if light else 1.0


def _same(word: str, others: frozenset[str]) -> bool:
    if word in others:
        return True
    if len(word) < 4 or not word.isalpha():
        return False
    from rapidfuzz import fuzz, process

    like = [o for o in others if len(o) > 2 and (_sound(o) == _sound(word) or o[1::-1] == word[:2])]
    return process.extractOne(word, like, scorer=fuzz.ratio, score_cutoff=ALIKE) is not None


def _sound(word: str) -> str:
    """The first letter as it sounds: a slip rarely changes it."""
    return {"k": "c", "q": "c", "z": "s", "f": "p" if word[:2] == "ph" else "f"}.get(word[0], word[0])


@lru_cache(maxsize=4096)
def _own(name: str, synonyms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(mark for one in (name, *synonyms) for mark in marks(one))


def cover(words: str, hit: Hit) -> float:
    """Say how much of what was written a food accounts for.

    Parameters: words; hit. Returns: 0..1; words that only praise or name a shop do not count.
    """
    asked = [(word, _weight(word)) for word in marks(words)]
    whole = sum(weight for _, weight in asked)
    if whole == 0:
        return 1.0 if asked and hit.score >= SURE_SCORE else 0.0
    names = frozenset(marks(hit.matched)) | frozenset(marks(hit.food.name))
    wider = names | _own(hit.food.name, hit.food.synonyms)
    joined = frozenset(fold(hit.matched).replace(" ", "").split())
    found = 0.0
    for word, weight in asked:
        if _same(word, names) or (len(word) > 5 and any(word in one for one in joined)):
            found += weight
        elif word in wider:
            found += 0.8 * weight
    return found / whole


@lru_cache(maxsize=16384)
def thing(name: str) -> str:
    """Return the word that says what a food is: "noodles" of "cooked egg noodles with soup".

    Parameters: name. Returns: the word as `marks` writes it, "" when there is none.

    >>> thing("porridge with oat milk"), thing("Nuts, almonds, raw")
    ('oatmeal', 'almond')
    """
    lex = lexicon()
    for piece in re.split(r"[,(]| with | in | and | on ", name.lower()):
        found = [w for w in marks(piece) if w not in lex.states and w not in lex.detail and "_" not in w]
        if found and not (len(found) == 1 and found[0] in lex.shelves):
            return found[-1]
    return ""


def _same_dish(words: str, hit: Hit) -> bool:
    """A dish that the words end with is the dish of the food: a peanut butter smoothie is no peanut butter."""
    last = marks(words)[-1:]
    return not (last and last[0] in DISHES) or last[0] in _own(hit.food.name, hit.food.synonyms)


def _is_product(words: str, hit: Hit) -> bool:
    """Say whether a supplement is what was asked for, by more than being a tablet: boron is no magnesium."""
    asked = " ".join(w for w in words.split() if singular(w) not in PILLS and not w[0].isdigit())
    if not marks(asked):
        return False
    return cover(asked, hit) >= LEAST_COVER


def same_thing(words: str, hit: Hit) -> bool:
    """Say whether the thing that a food is was asked for: egg noodles are no eggs.

    Parameters: words; hit. Returns: True or False.
    """
    asked = frozenset(marks(words))
    things = {thing(hit.matched), thing(hit.food.name)} - {""}
    return any(one in GENERIC or _same(one, asked) for one in things)


class Reader:
    """An index together with its names by their sets of words, for foods whose name holds "and" or "with"."""

    def __init__(self, index: Index) -> None:
        self._search = index.search
        self.tables: tuple[FoodTable, ...] = tuple(index.tables)
        self.names: dict[frozenset[str], set[tuple[str, ...]]] = {}
        self.pairs: dict[frozenset[str], set[tuple[str, ...]]] = {}  # the names that join foods
        for name in {n for table in self.tables for food in table.foods for n in (food.name, *food.synonyms)}:
            if order := marks(name):
                for kept in (self.names, self.pairs) if JOINED.search(name.lower()) else (self.names,):
                    kept.setdefault(frozenset(order), set()).add(order)
        self.vocabulary = frozenset(word for names in self.names for word in names)
        self.find = lru_cache(maxsize=4096)(self._find)
        self.mend = Mender(self.tables).mend

    def known(self, words: str) -> bool:
        """Say whether some words are exactly a food's name or synonym, in any order.

        Parameters: words. Returns: True or False.
        """
        return frozenset(marks(words)) in self.names

    def joins(self, words: str, same_first: bool) -> bool:
        """Say whether some words are the name of one food that joins several, as "macaroni and cheese".

        Parameters: words; same_first, the name must begin with the same word: milk with tea is no tea with milk.
        Returns: True or False.
        """
        order = marks(words)
        names = self.pairs.get(frozenset(order), ())
        return any(name[0] == order[0] for name in names) if same_first else bool(names)

    def _find(self, words: str) -> Match:
        hits = self._search(words, limit=10)
        bare = words if self.known(words) else " ".join(w for w in words.split() if w.strip(",") not in NOISE)
        if bare != words and bare and (not hits or hits[0].score < SURE_SCORE):
            more = self._search(bare, limit=10)
            if more and (not hits or more[0].score > hits[0].score):
                hits = more
        joined = bool(JOINED.search(words))
        if not hits or not self._fits(bare or words, hits[0], joined):
            hits = self._without_strangers(bare or words) or hits
        asked = marks(words)
        hits = tuple(sorted(hits, key=lambda hit: hit.score < hits[0].score - CLOSE or marks(hit.matched) != asked))
        nearest = tuple(dict.fromkeys(hit.food.id for hit in hits))[:NEAREST]
        good = next((hit for hit in hits[:4] if self._good(bare or words, hit, joined)), None)
        rest = " ".join(w for w in words.split() if w not in STATES)
        if (good is None or good.score < JOINED_SCORE) and rest and rest != words:
            again = self.find(rest)
            if again.hit and (good is None or again.hit.score >= SURE_SCORE):
                return again
        return Match(good, nearest, hits[:NEAREST])

    def _good(self, words: str, hit: Hit, joined: bool) -> bool:
        return hit.score >= LEAST_SCORE and self._fits(self.familiar(words) or words, hit, joined)

    def familiar(self, words: str) -> str:
        """Leave out the words that are in no name: most often a maker's; "" when too little is left to be sure.

        Parameters: words. Returns: at least two words that are together a food's name, else "".
        """
        kept = " ".join(w for w in words.split() if set(marks(w)) & self.vocabulary)
        return kept if len(marks(kept)) > 1 and kept != words and self.known(kept) else ""

    def of_kind(self, words: str) -> Match:
        """Find what kind of food some words mean when only the words in front are strange: "zorgle rice" is rice.

        Parameters: words. Returns: a match that is not sure, or none.
        """
        pieces = words.split()
        kept = [w for w in pieces if w in NOISE or set(marks(w)) & self.vocabulary]
        if 0 < len(kept) < len(pieces) and self.known(" ".join(w for w in kept if w not in NOISE)):
            pieces = ["", *(w for w in kept if w not in NOISE)]
        naming = " ".join(w for w in pieces if w in NOISE or any(_weight(mark) == 1.0 for mark in marks(w)))
        if naming and len(naming.split()) < len(pieces) and self.known(naming) and self.find(naming).hit:
            pieces = ["", *naming.split()]
        for cut in range(1, len(pieces)):
            rest = " ".join(pieces[cut:])
            if self.known(pieces[cut - 1]) and pieces[cut - 1] not in FLAVOURS:
                return self._narrower(pieces[cut - 1], rest)
            if self.known(rest) and marks(rest)[-1] not in VAGUE | FLAVOURS | PILLS:
                found = self.find(rest)
                if found.food is None or found.food.group == "fruit":
                    return Match(None)  # a fruit behind a maker's name is a flavour
                hit = found.hit and replace(found.hit, score=min(found.hit.score, LEAST_SCORE))
                return Match(hit, found.nearest, found.hits)
        return Match(None)

    def _narrower(self, first: str, rest: str) -> Match:
        """The food of "magnum ice cream": both are known and of one shelf, the first says more."""
        one, other = self.find(first), self.find(rest) if self.known(rest) else Match(None)
        near = one.food and other.food and one.food.group == other.food.group and one.food.group in ("sweets", "snacks")
        return one if near else Match(None)

    def _without_strangers(self, words: str) -> tuple[Hit, ...]:
        kept = self.familiar(words)
        return tuple(self._search(kept, limit=10)) if kept else ()

    @staticmethod
    def _fits(words: str, hit: Hit, joined: bool) -> bool:
        if hit.food.group == "supplements" and not _is_product(words, hit):
            return False
        if hit.score < SURE_SCORE and not _same_dish(words, hit):
            return False
        if hit.score >= SURE_SCORE:
            return len(words) > LEAST_LETTERS or cover(words, hit) > 0  # "mac" is no mace
        if hit.score < JOINED_SCORE and PAIRED.search(hit.matched.lower()) and not joined:
            return False  # "steak and chips" is more than a steak
        return cover(words, hit) >= LEAST_COVER and (hit.score >= GOOD_SCORE or same_thing(words, hit))

    def product(self, words: str) -> Match:
        """Find a supplement by its name among the supplements alone.

        Parameters: words. Returns: the product, or the nearest ones.
        """
        hits = tuple(self._search(words, limit=NEAREST, tags={"supplement"}))
        nearest = tuple(hit.food.id for hit in hits)
        return Match(next((hit for hit in hits if self._good(words, hit, True)), None), nearest, hits)

    def by_code(self, code: str) -> Hit | None:
        """Find the food that a file or a person names by its id.

        Parameters: code, "fndds:11100000", "twitchwise:banana" or an id alone. Returns: the food, or None.
        """
        name, _, key = code.strip().partition(":")
        for table in self.tables:
            own = key if key and table.name == name else code.strip()
            if own in table.row:
                return Hit(table[own], table.name, 100.0, code)
        for table in self.tables if key else ():
            for food in table.foods:
                if food.origin == code.strip():
                    return Hit(food, table.name, 100.0, code)
        return None

    def table(self, name: str) -> FoodTable:
        """Return a table by its name.

        Parameters: name. Returns: the table. Raises: StopIteration when there is none.
        """
        return next(table for table in self.tables if table.name == name)


_READERS: list[tuple[weakref.ref[Index], Reader]] = []


def reader_of(index: Index) -> Reader:
    """Return the reader of an index, the same one each time.

    Parameters: index. Returns: the reader.
    """
    _READERS[:] = [(ref, one) for ref, one in _READERS if ref() is not None]
    found = next((one for ref, one in _READERS if ref() is index), None)
    if found is None:
        found = Reader(index)
        _READERS.append((weakref.ref(index), found))
    return found


def ids_of(matches: Iterable[Match]) -> tuple[str, ...]:
    """Gather the nearest ids of some matches, each once.

    Parameters: matches. Returns: ids.
    """
    return tuple(dict.fromkeys(id_ for match in matches for id_ in match.nearest))[:NEAREST]
