"""Foods of a line that change each other: a shake and its milk, salad in a wrap, a list without commas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from twitchwise.diet.amounts import bare_measure, measure
from twitchwise.diet.dishes import HEADS, MIXED, Part, several
from twitchwise.diet.match import FLAVOURS, NOISE, Reader, marks

_SHAKE = re.compile(r"^((?:\w+ ){0,2}?)(?:protein|whey)(?: protein)? (?:shake|drink|smoothie)$")
_LIQUID = re.compile(r"\b(?:milk|water|semi skimmed|skimmed|oat drink|almond drink|coconut drink|soya drink)$")
POWDER = "protein powder"
_POWDER = re.compile(r"\b(?:whey|powder|isolate|scoops?)\b")
# these hold their salad by any recipe; a patty in a bun gets leaves
_HOLDS_SALAD = re.compile(
    r"\b(?:wrap|burger|cheeseburger|hamburger|doner|kebab|gyros?|shawarma|sandwich|pitt?a|sub)s?\b"
)
_BREAD = re.compile(r"\b(?:bun|roll|bap|pitt?a|tortilla|baguette|bread|wrap|naan)s?\b")
_POURED = re.compile(
    r"(?<=[a-z]) (?=(?:(?:small|big|large|good|little|tiny) )?(?:splash|dash|drop|knob|squirt|squeeze|drizzle|dollop"
    r"|glug|lug|sprinkle|pinch|blob|smear|scrape|spoon(?:ful)?|teaspoon|tablespoon|tsp|tbsp|handful"
    r"|slice|side|scoop)(?:e?s)? of )"
)
_SHAPES = re.compile(
    r"\b(?:linguine|penne|fusilli|rigatoni|tagliatelle|fett?uccine|pappardelle|farfalle|conchiglie|bucatini|orecchiette"
    r"|tagliolini|cavatappi|ziti|pasta shells|spaghetti|macaroni)\b"
)
_PASTA = re.compile(r"pasta|spaghetti")
_JOINING = frozenset(
    "with and on in plus n or a an of small big large good little tiny thick thin heaped level".split()
)


def poured(line: str, reader: Reader) -> str:
    """Cut a line before a measure that something else is told in: "coffee splash of oat milk".

    Parameters: line, of `plain`; reader. Returns: the line with the word "with" there.
    """

    def instead(found: re.Match[str]) -> str:
        before = re.split(r"[,;+&(]|\b(?:with|and|on|in|plus)\b", line[: found.start()])[-1].strip()
        words = re.sub(r"^[\d. ]*(?:x )?", "", before)
        if not words or words.split()[-1] in _JOINING or reader.find(words).hit is None:
            return found.group()
        return " with "

    return _POURED.sub(instead, line)


def shaken(parts: Sequence[Part]) -> list[Part]:
    """Take the powder alone of a protein shake whose milk, water or scoops are told.

    Parameters: parts. Returns: the parts.
    """
    out = list(parts)
    for place, part in enumerate(parts):
        if not _SHAKE.match(part.words):
            continue
        if any(_POWDER.search(other.words) for other in parts if other is not part):
            return [other for other in parts if other is not part]
        scoops = any(a.unit in ("scoop", "tablespoon") for a in part.amounts)
        drunk = any(
            a.unit and measure(a.unit).kind in ("volume", "vessel") and a.unit != "tablespoon" for a in part.amounts
        )
        liquid = any(_LIQUID.search(other.words) for other in parts if other is not part)
        if scoops or (liquid and not drunk):
            out[place] = replace(part, words=POWDER)
    return out


def filled(parts: Sequence[Part]) -> list[Part]:
    """Leave out the salad that a wrap or burger holds already; beside bread it is a few leaves.

    Parameters: parts. Returns: the parts.
    """
    out: list[Part] = []
    for part in parts:
        stuffed = len(out) > 1 and _BREAD.fullmatch(out[0].words.split()[-1]) and parts[1].joint == "with"
        if part.words == "salad" and not part.amounts and stuffed:
            out.append(replace(part, words="salad leaves"))
            continue
        bare = part.words in ("salad", "side salad", "lettuce", "salad and sauce") and not part.amounts
        if bare and out and part.words == "salad" and part.joint in ("with", "in", "("):
            if _BREAD.search(out[-1].words) and len(out) > 1 and not _HOLDS_SALAD.fullmatch(out[-1].words):
                out.append(replace(part, words="salad leaves"))
                continue
            if _HOLDS_SALAD.search(out[-1].words):
                continue
        out.append(part)
    return out


def unlisted(parts: Sequence[Part], reader: Reader) -> list[Part]:
    """Cut a part that is several foods without commas: "3 bacon beans toast"; an amount is that of the first.

    Parameters: parts; reader. Returns: the parts.
    """
    out: list[Part] = []
    for part in parts:
        long = len(part.words.split()) > (1 if part.amounts else 2)
        cut = several(part.words, reader) if long and reader.find(part.words).hit is None else ()
        dish = bool((HEADS - {"salad"}).intersection(marks(part.words)[-1:])) and not part.amounts
        alike = len(cut) == 2 and len({food.group for one in cut if (food := reader.find(one).food)}) == 1
        if alike and part.amounts and is_drink(cut[-1], reader):
            out.append(replace(part, words=cut[-1]))  # "lager shandy"
        elif dish or alike or set(cut[:1]) & FLAVOURS or len(cut) < (2 if part.amounts and part.lead else 3):
            out.append(part)
        else:
            out.append(replace(part, words=cut[0], said=cut[0]))
            out += [Part(words, (), words, "then") for words in cut[1:]]
    return out


def is_drink(words: str, reader: Reader) -> bool:
    """Say whether words are a drink.

    Parameters: words; reader. Returns: True or False.
    """
    food = reader.find(words).food
    return food is not None and food.group in ("alcohol", "drinks", "waters")


def dish_of(cut: Sequence[str], reader: Reader) -> str:
    """Name the dish behind meat, fish or a pasta shape: "chicken pho"; "" when the words are two foods.

    Parameters: cut, known foods; reader. Returns: the dish's words.
    """
    if len(cut) != 2:
        return ""
    first, dish = reader.find(cut[0]).food, reader.find(cut[1]).food
    own = not HEADS.intersection(marks(cut[1])[-1:])  # "king prawn curry" is not just any curry
    meat = first is not None and first.group in ("meat", "fish") and "dish" not in first.tags
    meat = meat or bool(_SHAPES.fullmatch(cut[0]) and dish and _PASTA.search(f"{dish.name} {dish.id}"))
    return cut[1] if meat and dish is not None and dish.group == "dishes" and own else ""


def shapeless(words: str, reader: Reader) -> str:
    """Name a pasta dish by its sauce whatever the shape: "linguine carbonara"; "" when it is not known so.

    Parameters: words; reader. Returns: words that are known.
    """
    names = (_SHAPES.sub(kind, words) for kind in ("pasta", "spaghetti")) if _SHAPES.search(words) else ()
    return next((name for name in names if reader.known(name)), "")


def plainer_dish(words: str, reader: Reader) -> str:
    """Leave one word out of a dish's name until the table knows it: "broccoli cheddar soup" is a broccoli soup.

    Parameters: words; reader. Returns: the name that is known, "" when there is none.
    """
    pieces = [w for w in words.split() if w not in NOISE]
    if len(pieces) < 3 or not HEADS.intersection(marks(pieces[-1])):
        return ""
    left = [pieces[:place] + pieces[place + 1 :] for place in range(len(pieces) - 2, 0, -1)]
    left += [[word, pieces[-1]] for word in pieces[:-1]] if len(pieces) > 3 else []
    left += [pieces[-1:]] if ("and" in words.split() or len(pieces) > 3) and set(marks(pieces[-1])) & MIXED else []
    return next((name for one in left if reader.known(name := " ".join(one))), "")


def spelled_sauce(words: str, reader: Reader) -> str:
    """Name the sauce that a dip is: "bbq dip", "ketchup dips", "garlic pot"; "" when there is none.

    Parameters: words; reader. Returns: words that are known.
    """
    found = re.match(r"^(.*\w) (?:dips?|dipping sauces?|dip pots?|sauces?|dressings?|dipping)$", words)
    if not found or bare_measure(found.group(1)):
        return ""
    name = found.group(1)
    return next(
        (
            one
            for one in (f"{name} sauce", f"{name} dip", f"{name} dressing", name, f"{name} mayonnaise")
            if reader.known(one)
        ),
        "",
    )
