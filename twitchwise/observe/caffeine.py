"""Drinks in words: how much, and the caffeine in it."""

from __future__ import annotations

import re

from twitchwise.observe.durations import NUMBER
from twitchwise.observe.numbers import decimal
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.words import clean

COUNT_WORDS = "|".join(sorted((re.escape(word) for word in NUMBER), key=len, reverse=True))

# much without a number
MUCH = re.compile(
    r"\b(?:lots?|a lot|heavy|heavily|too much|many|excess\w*|high|large amounts?|loads|tons|heaps|constant\w*|all day"
    r"|all night|day and night|very much|plenty|gallons|litres|liters|pots?|flasks?|non-?stop|endless\w*|back to back"
    r"|one after (?:another|the other)|by the (?:pot|litre|liter|bucket|jug)|continuous\w*|round the clock|huge|massive"
    r"|crazy amounts?|live[sd]? on|living on|fuel+ed by|hooked on|addict\w*|guzzl\w*|chugg?\w*)\b"
)
_NUMBERED = re.compile(
    r"\d|\b(?:one(?! after)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|dozen|couple|few"
    r"|several|half)\b"
)


def caffeine_mg(text: str, sheet: Sheet) -> float | None:
    """Add up the caffeine of the drinks in a text.

    Parameters: text, such as "3 mugs of coffee and a can of cola"; sheet, with the drinks. Returns: mg a day, or None.
    """
    plain = re.sub(
        r"\b(?:for|since|over|in) (?:the )?(?:last |past )?(?:\d+|[a-z]+) (?:years?|months?|weeks?|days?)\b",
        " ",
        clean(text),
    )
    direct = re.search(r"(\d+(?:[.,]\d+)?)\s*(?:-|to)?\s*(\d+(?:[.,]\d+)?)?\s*mg\b", plain)
    if direct:
        low, high = direct.groups()
        return (number_of(low) + number_of(high or low)) / 2
    if MUCH.search(plain) and not _NUMBERED.search(plain):
        return None
    total: float | None = None
    for part in re.split(r",|;|\band\b|\+|\bplus\b", plain):
        amount = _drink_mg(part, sheet)
        total = total if amount is None else (total or 0.0) + amount
    return None if total is None else round(total * _per_day(plain), 1)


def _drink_mg(part: str, sheet: Sheet) -> float | None:
    if "decaf" in part:
        return 0.0
    names = {
        name: drink
        for drink in sheet.evidence.caffeine.values()
        for name in (clean(drink.name), *map(clean, drink.synonyms))
    }
    found = [name for name in names if re.search(rf"\b{re.escape(name)}s?\b", part)]
    if not found and not re.search(r"\bcups?\b|\bmugs?\b", part):
        return None
    drink = names[max(found, key=len)] if found else sheet.evidence.caffeine.get("coffee")
    if drink is None:
        return None
    number, volume = _count(part), volume_ml(part)
    if drink.per != "100 ml":
        return drink.mg.value * (number or 1.0)
    if volume is not None:
        return drink.mg.value * volume / 100
    if number is None and re.search(
        r"\b(?:lots?|many|much|excess\w*|heavy|too|loads|plenty|tons|gallons|constantly|all day)\b", part
    ):
        return None
    portion = 300.0 if "mug" in part or "large" in part else drink.portion_ml
    portion = 500.0 if re.search(r"\b(?:monster|rockstar|relentless|tall cans?|big cans?)", part) else portion
    return drink.mg.value * portion / 100 * (number or 1.0)


def _count(part: str) -> float | None:
    both = re.search(r"(\d+(?:[.,]\d+)?)\s*(?:-|to)\s*(\d+(?:[.,]\d+)?)(?!\s*(?:oz|ml))", part)
    if both:
        return (number_of(both.group(1)) + number_of(both.group(2))) / 2
    one = re.search(r"(?<![\d.,])(\d+(?:[.,]\d+)?)(?!\s*-?(?:oz|ml|fl|cl)|\d)", part)
    if one:
        return number_of(one.group(1))
    word = re.search(rf"\b({COUNT_WORDS})\b", part)
    return float(NUMBER[word.group(1)]) if word else None


def volume_ml(part: str) -> float | None:
    """Return a volume of drink.

    Parameters: part, text such as "2 x 500 ml". Returns: millilitres, or None.

    >>> volume_ml("2 litres of cola")
    2000.0
    """
    found = re.search(
        r"(\d+(?:[.,]\d+)?)\s*-?\s*(litres?|liters?|l|ml|cl|fl\.? ?oz|oz|ounces?|pints?|gallons?)\b", part
    )
    if not found:
        return None
    each = {"l": 1000.0, "m": 1.0, "c": 10.0, "f": 29.6, "o": 29.6, "p": 568.0, "g": 3785.0}[found.group(2)[0]]
    volume = number_of(found.group(1)) * each
    times = _count(part[: found.start()]) if each in (1.0, 10.0, 29.6) else None
    return volume * (times or 1.0)


def _per_day(plain: str) -> float:
    return 1 / 7 if re.search(r"\b(?:a|per|each) week\b|weekly|/ ?week", plain) else 1.0


def number_of(text: str) -> float:
    """Read digits with a decimal point or comma.

    Parameters: text. Returns: the number.

    >>> number_of("1,5")
    1.5
    """
    return decimal(text)


def counted(word: str) -> float:
    """Read a number in digits or as a word.

    Parameters: word. Returns: the number.

    >>> counted("three")
    3.0
    """
    return float(NUMBER[word]) if word in NUMBER else number_of(word)
