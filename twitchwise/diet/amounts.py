"""The amounts of a diary line: number, measure and size, and the words that are left for the food."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from twitchwise.diet.words import NUM, plain
from twitchwise.evidence import load_evidence
from twitchwise.evidence.food_types import Measure


@dataclass(frozen=True, slots=True)
class Amount:
    """A number from..to of a measure; `unit` is a measure's id, "" for a bare number or a bare size word."""

    low: float
    high: float
    unit: str = ""
    size: str = ""
    numbered: bool = True  # a number or "a" was written, not the measure alone
    aside: bool = False  # it stood in brackets, beside another amount
    begin: int = 0
    end: int = 0

    @property
    def number(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2


@cache
def measure_ids() -> dict[str, str]:
    """Return the measures by every name of theirs.

    Returns: name -> id.

    >>> measure_ids()["tbsp"]
    'tablespoon'
    """
    return {name: one.id for one in load_evidence().measures.values() for name in one.names}


def measure(key: str) -> Measure:
    """Return a measure by its id.

    Parameters: key. Returns: the measure. Raises: KeyError.
    """
    return load_evidence().measures[key]


@cache
def _sizes() -> tuple[dict[str, str], dict[str, str]]:
    anywhere, before = {}, {}
    for one in load_evidence().measure_sizes.values():
        anywhere.update(dict.fromkeys(one.names, one.id))
        before.update(dict.fromkeys((*one.names, *one.before), one.id))
    return anywhere, before


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """An amount with a number, a measure alone, a size word alone."""
    anywhere, before = _sizes()
    alone = [n for m in load_evidence().measures.values() if m.alone for n in m.names if len(n) > 1]
    unit, size = _either(list(measure_ids())), _either(list(before))
    number = rf"(?P<low>{NUM})(?:-(?P<high>{NUM}))?"
    times = rf"(?:(?P<times>{NUM})\s*x\s*)?"
    sized = rf"(?:\s*(?P<size>{size})(?=[\s,)]|$))?"
    numbered = re.compile(
        rf"(?<![\w.%/-])(?:~|about |approx\.? |roughly |around |circa |ca )?"
        rf"(?:{times}{number}(?!\s?%|\d|\.\d|/\d|[a-wyz])\s*(?P<x>x(?![a-z]))?|(?P<a>\ban?\b(?!-)))"
        rf"{sized}(?:\s*-?(?P<unit>{unit})(?![\w%])(?:\s*(?:\)|of(?=\s))?))?"
        rf"|(?<!\w)x\s*(?P<after>{NUM})\b"
    )
    bare = re.compile(rf"(?<![\w-])(?:(?P<size>{size})\s+)?(?P<unit>{_either(alone)})(?![\w-])(?P<of>\s+of\b)?")
    word = re.compile(rf"(?<![\w-])(?P<size>{_either(list(anywhere))})(?![\w-])")
    return numbered, bare, word


def _amount(found: re.Match[str], inside: bool) -> Amount | None:
    part = found.groupdict()
    if part["after"]:
        return Amount(float(part["after"]), float(part["after"]), begin=found.start(), end=found.end())
    low = float(part["low"]) if part["low"] else 1.0
    high = float(part["high"]) if part["high"] else low
    times = float(part["times"]) if part["times"] else 1.0
    unit = measure_ids().get(part["unit"] or "", "")
    size = _sizes()[1].get(part["size"] or "", "")
    if size and not unit and part["size"] not in _sizes()[0]:
        return replace(Amount(low, high, begin=found.start(), end=found.start("size")), aside=inside)
    low, high = sorted((low * times, high * times))
    return Amount(low, high, unit, size, True, inside, found.start(), found.end())


def _inside(text: str, place: int) -> bool:
    return text.rfind("(", 0, place) > text.rfind(")", 0, place)


@lru_cache(maxsize=4096)
def amounts_of(text: str) -> tuple[Amount, ...]:
    """Find the amounts that have a number, in order.

    Parameters: text, of `plain`. Returns: the amounts with their places.

    >>> [(a.number, a.unit) for a in amounts_of("2 x 125 g pots yogurt")]
    [(250.0, 'gram'), (1.0, 'pot')]
    >>> [(a.number, a.unit, a.size) for a in amounts_of("a large glass of red wine")]
    [(1.0, 'glass', 'large')]
    """
    numbered, bare, _ = _patterns()
    found = [a for m in numbered.finditer(text) if (a := _amount(m, _inside(text, m.start()))) is not None]
    out: list[Amount] = []
    for one in found:
        out.append(one)
        rest = text[one.end :]
        near = bare.match(text, one.end + len(rest) - len(rest.lstrip(" )-")))
        # "330 ml can of cola", "400 g tin": a vessel right behind a weight is where the weight is in
        if near and one.unit and measure(one.unit).kind in ("mass", "volume"):
            unit, size = measure_ids()[near["unit"]], _sizes()[1].get(near["size"] or "", "")
            if not measure(unit).container and measure(unit).kind != "vessel":
                continue
            out.append(Amount(1.0, 1.0, unit, size, False, one.aside, near.start(), near.end()))
    return tuple(out)


def bare_measure(text: str) -> Amount | None:
    """Read a measure without a number at the beginning of a part, or before "of".

    Parameters: text, of `plain`. Returns: the amount with its place, or None.

    >>> bare_measure("handful almonds").unit, bare_measure("cup of tea").unit, bare_measure("almonds")
    ('handful', 'cup', None)
    """
    _, bare, _ = _patterns()
    for found in bare.finditer(text):
        rest = text[found.end() :].strip()
        if (found.start() == 0 and rest) or found["of"]:
            unit, size = measure_ids()[found["unit"]], _sizes()[1].get(found["size"] or "", "")
            return Amount(1.0, 1.0, unit, size, False, False, found.start(), found.end())
    return None


def size_word(text: str) -> Amount | None:
    """Read a size word that stands by itself, in front of a food or behind it.

    Parameters: text, of `plain`. Returns: one piece of that size with its place, or None.

    >>> size_word("large banana").size, size_word("apple (medium)").size, size_word("banana")
    ('large', 'medium', None)
    """
    found = _patterns()[2].search(text)
    if found is None:
        return None
    return Amount(1.0, 1.0, "", _sizes()[0][found["size"]], False, False, found.start(), found.end())


def without(text: str, amounts: tuple[Amount, ...]) -> str:
    """Take amounts out of a text.

    Parameters: text; amounts found in it. Returns: what is left.

    >>> text = plain("2 slices of toast")
    >>> without(text, amounts_of(text))
    'toast'
    """
    for one in sorted(amounts, key=lambda a: -a.begin):
        text = text[: one.begin] + " " + text[one.end :]
    text = re.sub(r"[()]", " ", text)
    return " ".join(re.sub(r"^(?:\s|of\b|in\b|[,.:;*+-])+|(?:[\s,.:;*+-]|\b(?:in|with|of)$)+$", "", text).split())


@lru_cache(maxsize=8192)
def portion_amount(name: str) -> tuple[float, str, str, str]:
    """Read the name of a food's portion.

    Parameters: name, "2 tablespoons", "large egg", "cup, chopped". Returns: number, measure, size, other words.

    >>> portion_amount("2 tablespoons"), portion_amount("large egg"), portion_amount("half a fruit")
    ((2.0, 'tablespoon', '', ''), (1.0, '', 'large', 'egg'), (0.5, '', '', 'fruit'))
    """
    text = plain(name.replace("_", " "))
    found = tuple(a for a in amounts_of(text)[:1] if a.begin == 0)
    if found and found[0].unit:
        one = found[0]
        return one.number, one.unit, one.size, without(text, found)
    number = found[0].number if found else 1.0
    text = without(text, found) if found else text
    whole = text.split(",")[0].strip()
    size = (found[0].size if found else "") or (s.size if (s := size_word(text)) else "")
    for word in whole.split():
        if word in measure_ids() and len(word) > 1:
            size = size or next((_sizes()[1][w] for w in whole.split() if w in _sizes()[1]), "")
            return number, measure_ids()[word], size, " ".join(w for w in text.split() if w != word)
    size = size or next((_sizes()[1][w] for w in whole.split() if w in _sizes()[1]), "")
    rest = " ".join(w for w in re.split(r"[\s,]+", text) if w not in _sizes()[1])
    return number, "", size, rest
