"""What stands in brackets behind a food: its makings, its size, its maker; and the words that join foods."""

from __future__ import annotations

import re

from twitchwise.diet.amounts import Amount, amounts_of, bare_measure, measure, size_word, without
from twitchwise.diet.dishes import SHELVES, explains
from twitchwise.diet.match import NOISE, Reader, marks
from twitchwise.foods.words import lexicon

KITCHEN = frozenset(
    "weight wilted sprinkled each dipped warmed thawed defrosted uncooked rinsed grated shredded crushed toasted"
    " crumbled melted unpeeled pan seared"
    " stir shallow deep air fryer oven soaked strained weighed total dry wet side".split()
)
BASES = (
    "toast|pitt?a|wraps?|rolls?|buns?|bread|bagels?|tortillas?|milk|coffee|tea|porridge|yogh?urt|baguettes?|sandwich"
)
_JOINTS = (
    r",|;|\s\+\s?|\+|&|\s/\s|\band\b|\bn\b|\bwith\b|\bw/|\bplus\b|\bon\b|\bover\b|\bthen\b|\balso\b"
    r"|(?<![ .]tbsp)(?<![ .]tsp)(?<! oz)(?<!approx)(?<! vit)(?<!\bc)(?<!\bw)(?<! g)(?<! ml)\.\s+(?=[a-z])"
    r"|\b(?:topped|served|made|filled) with\b|\bcooked in\b|\bfollowed by\b|\bincl(?:uding|\.)?"
)
CUPS = ("tall", "grande", "venti")
SPLIT = re.compile(rf"\s*({_JOINTS}|\bin (?=(?:an? |my )?(?:\w+ )?(?:{BASES})\b))\s*")
_WATER = re.compile(
    r"\s(?:dissolved |mixed |stirred )?in(?:to)?\s+"
    r"(?=(?:an? )?(?:\d+ ml |[\d.]+ l |glass |cup )?(?:of )?(?:\w+ )?water\b)"
)
_TINNED = re.compile(
    r"\b(?:tuna|salmon|sardines?|mackerel|fish|beans?|chickpeas|lentils|cooked|boiled|poached|made|canned|tin)\b"
)


def in_water(line: str) -> str:
    """Put the water beside a powder that is drunk in it; fish and beans in water are tinned.

    Parameters: line, of `plain`. Returns: the line.

    >>> in_water("creatine 5 g in water"), in_water("tuna in water")
    ('creatine 5 g with water', 'tuna in water')
    """
    found = _WATER.search(line)
    if not found or _TINNED.search(line[: found.start()]):
        return line
    return f"{line[: found.start()]} with {line[found.end() :]}"


def ingredients(line: str, reader: Reader) -> str:
    """Read what stands in brackets: a list with amounts stands for the dish, one without only explains it.

    Parameters: line, of `plain`; reader. Returns: the line without such brackets.
    """

    def instead(found: re.Match[str]) -> str:
        dish, inside, behind = found.group(1), found.group(2), found.group(3) or ""
        pieces = [p.strip() for p in re.split(r",|\+|&|\band\b", inside) if p.strip()]
        sizes = [p for p in pieces if p in CUPS or ((one := size_word(p)) and not without(p, (one,)))]
        if sizes and len(pieces) > 1:
            place = max((found.end() for found in SPLIT.finditer(dish)), default=0)
            dish = f"{dish[:place]}{sizes[0]} {dish[place:].strip()} "
            pieces = [p for p in pieces if p not in sizes]
            inside = ", ".join(pieces)
        rest = [without(p, amounts_of(p)) for p in pieces]
        if len(pieces) == 1 and rest[0] and not amounts_of(inside) and _maker(dish.strip(), rest[0], reader):
            return dish + behind
        if all(not r or only_detail(r) for r in rest) or (len(pieces) == 1 and not reader.known(rest[0])):
            return f"{dish}({inside.replace(',', ' ')}){behind}"
        loose = bare_measure(dish.strip()) or size_word(dish.strip())
        name = without(dish.strip(), amounts_of(dish.strip()) or ((loose,) if loose else ()))
        whole = f"{dish} {' '.join(pieces)}"
        if reader.known(f"{name} {' '.join(pieces)}"):
            return whole + behind
        if len(pieces) == 1 and rest[0] and set(marks(rest[0])) <= set(marks(name)):
            return f"{dish}({inside.replace(rest[0], '').strip()}){behind}"  # "eggs on toast (2 eggs)"
        if len(pieces) > 1 and not any(amounts_of(p) for p in pieces) and _shelf(name, pieces, reader):
            return _shared(pieces, amounts_of(f"{dish} {behind}"))
        if all(amounts_of(p) for p in pieces) or not reader.known(name) or name in SHELVES or explains(name, pieces):
            return (dish.replace(name, inside) if len(pieces) == 1 else inside) + behind
        return f"{dish} with {inside}{behind}" if len(pieces) == 1 else dish + behind

    return re.sub(r"([^(),]*)\(([^()]*)\)(\s*\d+(?:\.\d+)? (?:g|ml|kg|oz)\b)?", instead, line)


def _shelf(name: str, pieces: list[str], reader: Reader) -> bool:
    """Say whether a list in brackets tells what is behind a wide name: "roasted veg (courgette, pepper)"."""
    last = name.split()[-1:]
    return bool(last) and last[0] in SHELVES - {"salad"} and all(reader.find(piece).hit for piece in pieces)


def _shared(pieces: list[str], amounts: tuple[Amount, ...]) -> str:
    """Write a list with its part of the weight of all."""
    grams = next((a for a in amounts if a.unit and measure(a.unit).kind == "mass"), None)
    if grams is None or not measure(grams.unit).size:
        return ", ".join(pieces)
    each = grams.number * measure(grams.unit).size.value / len(pieces)  # type: ignore[union-attr]
    return ", ".join(f"{piece} {each:.4g} g" for piece in pieces)


def _maker(dish: str, inside: str, reader: Reader) -> bool:
    """Strange words in brackets behind a food are its maker: "toffee yogurt (muller corner)"."""
    if not dish or only_detail(inside) or size_word(inside) or bare_measure(f"{inside} of x"):
        return False
    alone = reader.find(dish).hit or reader.of_kind(dish).hit
    return bool(alone) and reader.find(inside).hit is None and reader.find(f"{dish} {inside}").hit is None


def only_detail(words: str) -> bool:
    """Say whether words only describe a food: how it was cooked, cut or served.

    Parameters: words. Returns: True or False.

    >>> only_detail("grilled, no skin"), only_detail("beans")
    (True, False)
    """
    lex = lexicon()
    found = marks(words)
    return all(
        w in KITCHEN or w in lex.states or w in lex.descriptors or w in lex.detail or w in NOISE or "_" in w
        for w in found
    )
