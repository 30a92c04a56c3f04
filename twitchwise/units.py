"""Amounts with their units: reading what people and laboratories write, and converting between units.

Spellings follow UCUM (`mmol/L`, `ug/L`, `m[IU]/L`, `10*9/L`) and the everyday ones (`mcg`, `µg`, `per day`, `mg/dl`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from twitchwise.errors import UnitError

DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit in canonical spelling."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit taken apart: its canonical spelling, its size in base units and its powers of the base dimensions."""

    text: str
    size: float
    powers: tuple[tuple[str, int], ...]


_PREFIXES = {"k": 1e3, "": 1.0, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15}
_BASES = {
    "g": ("g", 1.0, {"mass": 1}),
    "mol": ("mol", 1.0, {"amount": 1}),
    "eq": ("Eq", 1.0, {"charge": 1}),
    "osm": ("osm", 1.0, {"osmoles": 1}),
    "l": ("L", 1e-3, {"length": 3}),
    "m": ("m", 1.0, {"length": 1}),
    "u": ("U", 1.0, {"units": 1}),
    "iu": ("IU", 1.0, {"units": 1}),
    "kat": ("kat", 6e7, {"units": 1}),
    "pa": ("Pa", 1.0, {"pressure": 1}),
}
_SINGLES: dict[str, tuple[str, float, dict[str, int]]] = {
    "lb": ("lb", 453.59237, {"mass": 1}),
    "oz": ("oz", 28.349523, {"mass": 1}),
    "stone": ("stone", 6350.29318, {"mass": 1}),
    "in": ("in", 0.0254, {"length": 1}),
    "ft": ("ft", 0.3048, {"length": 1}),
    "s": ("s", 1.0, {"time": 1}),
    "ms": ("ms", 1e-3, {"time": 1}),
    "min": ("min", 60.0, {"time": 1}),
    "h": ("h", 3600.0, {"time": 1}),
    "d": ("d", DAY, {"time": 1}),
    "wk": ("wk", 7 * DAY, {"time": 1}),
    "mo": ("mo", 30.4375 * DAY, {"time": 1}),
    "a": ("a", 365.25 * DAY, {"time": 1}),
    "mm[hg]": ("mm[Hg]", 133.322387, {"pressure": 1}),
    "%": ("%", 1e-2, {}),
    "1": ("1", 1.0, {}),
    "{1.73_m2}": ("{1.73_m2}", 1.0, {}),
    "10*3": ("10*3", 1e3, {}),
    "10*6": ("10*6", 1e6, {}),
    "10*9": ("10*9", 1e9, {}),
    "10*12": ("10*12", 1e12, {}),
    "mm3": ("uL", 1e-9, {"length": 3}),
    "cm3": ("mL", 1e-6, {"length": 3}),
    "dm3": ("L", 1e-3, {"length": 3}),
    "100ml": ("dL", 1e-4, {"length": 3}),
}


def _atoms() -> dict[str, tuple[str, float, dict[str, int]]]:
    """Return every known unit word with its spelling, size in base units and powers."""
    table = {
        prefix + word: (prefix + name, factor * size, powers)
        for word, (name, size, powers) in _BASES.items()
        for prefix, factor in _PREFIXES.items()
    }
    return {**table, **_SINGLES}


_ATOMS = _atoms()
_WORDS = (
    (r"\b(?:24[ -]?(?:h|hr|hrs|hour|hours)|24\.h|days?|daily|dy)\b", "d"),
    (r"\b(?:hours?|hrs?)\b", "h"),
    (r"\b(?:minutes?|mins)\b", "min"),
    (r"\b(?:seconds?|secs?)\b", "s"),
    (r"\b(?:milliseconds?|msecs?)\b", "ms"),
    (r"\b(?:weeks?|weekly|wks)\b", "wk"),
    (r"\b(?:months?|monthly)\b", "mo"),
    (r"\b(?:years?|yearly|yrs?)\b", "a"),
    (r"\bmicro(?=mol|g|l|u|iu|eq|kat)", "u"),
    (r"\bmilli(?=mol|g|l|u|iu|eq|osm)", "m"),
    (r"\bnano(?=mol|g|l|kat)", "n"),
    (r"\bpico(?=mol|g)", "p"),
    (r"\bkilo(?=g)", "k"),
    (r"\bdeci(?=l)", "d"),
    (r"\bcenti(?=m)", "c"),
    (r"\bmc(?=g|mol|l|u|iu)", "u"),
    (r"\bmic(?=mol)", "u"),
    (r"\b([kmunpd]?)(?:gram(?:me)?s?|gm|gms)\b", r"\1g"),
    (r"\b(k)(?:ilo)?gs\b", r"\1g"),
    (r"\bkilos?\b", "kg"),
    (r"\b([mun]?)(?:moles?)\b", r"\1mol"),
    (r"\b([dmun]?)(?:litres?|liters?|lt|ltr)\b", r"\1l"),
    (r"\b([mk]?)(?:equivalents?|equiv|eqv)\b", r"\1eq"),
    (r"\b([mun]?)(?:osmol(?:es?)?|osmoles?)\b", r"\1osm"),
    (r"\b(?:international units?|i\.u\.|ie|ui)\b", "iu"),
    (r"\b([mukn]?)units?\b", r"\1u"),
    (r"\b(?:mmhg|mm hg|torr)\b", "mm[hg]"),
    (r"\b(?:pounds?|lbs)\b", "lb"),
    (r"\bounces?\b", "oz"),
    (r"\bst\b", "stone"),
    (r"\b(?:inch|inches)\b", "in"),
    (r"\b(?:feet|foot)\b", "ft"),
    (r"\b(?:ph|ph units?|ratio|index|none)\b", "1"),
    (r"\bpercent\b|\bper cent\b", "%"),
    (r"\bgpt\b|\bgiga\b", "10*9"),
    (r"\b(?:cells?|platelets?)\b", "1"),
    (r"\b(?:thousand|thou|k)(?=/)", "10*3"),
    (r"\b(?:cmm|cumm|cu mm|mcl)\b", "mm3"),
    (r"\b100 ?(?:ml|cc)\b", "100ml"),
)


def _plain(text: str) -> str:
    """Return the text in lower case with one micro sign, one slash, no superscripts and no UCUM brackets."""
    if re.fullmatch(r"\s*[munpµμ]M\s*", text):
        text = text.strip()[0] + "mol/l"
    text = unicodedata.normalize("NFKC", text.replace("μ", "µ").replace("²", "2").replace("³", "3"))
    text = text.lower().replace("μ", "u").replace("µ", "u").replace("×", "x").replace("\u2044", "/").replace("−", "-")
    text = re.sub(r"\[iu\]|\{iu\}", "iu", text)
    text = re.sub(r"mm\s?\[hg\]", "mmhg", text)
    return re.sub(r"\s+", " ", text).strip(" .,;()")


def _rewrite(text: str) -> str:
    """Return the text with the everyday words replaced by unit words."""
    text = re.sub(r"/?\s*\{?1[.,]73[ _]?(?:m2|m\^2|sqm|sq m)?\}?", "/{1.73_m2}", text)
    text = re.sub(r"(?:\bx ?)?(?<!\d)10 ?(?:\*\*|\*|\^|e|exp)? ?(3|6|9|12)(?= ?/| ?per | ?cells|$)", r"10*\1", text)
    text = re.sub(r"\bx ?(?=10\*)", "", text)
    text = re.sub(r"^(g|mg|ug) ?%$", r"\1/100ml", text)
    text = re.sub(r"\b(?:per|a|an|each|every|p/|pr)\s+(?=day|24|hour|week|month|min|l\b|lit|dl|ml|d\b|h\b)", "/", text)
    text = re.sub(r"\bper\b", "/", text)
    text = re.sub(r"(?<!/)\s+(daily|weekly|monthly)\b", r"/\1", text)
    text = re.sub(r"\b([a-z]+)\.?l-1\b", r"\1/l", text)
    for pattern, word in _WORDS:
        text = re.sub(pattern, word, text)
    text = re.sub(r"[()]", "", text)
    return re.sub(r"\s*/\s*/?\s*", "/", text).replace("^", "")


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield each unit word with its sign: 1 above the line, -1 below."""
    for position, part in enumerate(text.split("/")):
        for word in re.split(r"[ .](?!h\b)(?=[a-z])", part.strip()):
            if word:
                yield word, 1 if position == 0 else -1


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """Take a unit apart.

    Parameters: text, a unit as written. Returns: its canonical spelling, size and dimensions.
    Raises: UnitError when a word of it is unknown.

    >>> parse_unit("µmol/l").text
    'umol/L'
    """
    size, powers, above, below = 1.0, dict[str, int](), list[str](), list[str]()
    for word, sign in _pieces(_rewrite(_plain(text))):
        if word not in _ATOMS:
            raise UnitError(f"unknown unit {text.strip()!r}: write it like mg, mmol/L, mg/dL or mg/day")
        name, factor, dims = _ATOMS[word]
        size *= factor**sign
        for dim, power in dims.items():
            powers[dim] = powers.get(dim, 0) + sign * power
        (above if sign > 0 else below).append(name)
    if not above and not below:
        raise UnitError("no unit given: write it like mg, mmol/L, mg/dL or mg/day")
    spelling = "/".join([".".join(above) or "1", *below])
    return Unit(spelling, size, tuple(sorted((d, p) for d, p in powers.items() if p)))


def normal_unit(text: str) -> str:
    """Return the canonical spelling of a unit.

    Parameters: text, a unit as written. Returns: the spelling used in our data. Raises: UnitError when unknown.

    >>> normal_unit("mcg/dl"), normal_unit("mL/min/1.73 m²"), normal_unit("x10^9/l")
    ('ug/dL', 'mL/min/{1.73_m2}', '10*9/L')
    """
    return parse_unit(text).text


_NUMBER = r"[+-]?\d[\d.,'\u00a0\u202f ]*?(?:e[+-]?\d+)?"


def parse_number(text: str) -> float:
    """Read a number with a point or a comma as the decimal mark.

    Parameters: text, digits as written. Returns: the number. Raises: UnitError when it is not a finite number.

    >>> parse_number("0,30"), parse_number("1,200"), parse_number("1.5e3")
    (0.3, 1200.0, 1500.0)
    """
    digits = re.sub(r"[\s'\u00a0\u202f]", "", text)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+", digits):
        digits = digits.replace(".", "").replace(",", ".")
    try:
        value = float(digits)
    except ValueError:
        raise UnitError(f"{text.strip()!r} is not a number") from None
    if not math.isfinite(value):
        raise UnitError(f"{text.strip()!r} is not a finite number")
    return value


def parse_quantity(text: str) -> Quantity:
    """Read an amount with its unit.

    Parameters: text, a number followed by a unit. Returns: the amount, its unit in canonical spelling.
    Raises: UnitError when the number or the unit cannot be understood, or the amount is negative.

    >>> parse_quantity("600 mg/day")
    Quantity(value=600.0, unit='mg/d')
    >>> parse_quantity("0,30 mmol/l")
    Quantity(value=0.3, unit='mmol/L')
    """
    match = re.fullmatch(rf"\s*({_NUMBER})\s*([^\d\s.,'].*|10\s?[*^].*|)", text, flags=re.IGNORECASE | re.DOTALL)
    if not match:
        raise UnitError(f"{text.strip()!r} is not an amount: write a number and a unit, such as 400 mg")
    value = parse_number(match[1])
    if value < 0:
        raise UnitError(f"{text.strip()!r}: an amount cannot be negative")
    return Quantity(value, normal_unit(match[2]))


def _reduced(unit: Unit, molar_mass: float | None, valence: int | None, micrograms_per_iu: float | None) -> Unit:
    """Return the unit with equivalents as moles, moles as grams and international units as grams, where known."""
    powers, size = dict(unit.powers), unit.size
    steps = (
        ("charge", "amount", 1 / valence if valence else None),
        ("amount", "mass", molar_mass),
        ("units", "mass", micrograms_per_iu * 1e-6 if micrograms_per_iu else None),
    )
    for source, target, factor in steps:
        power = powers.get(source, 0)
        if power and factor:
            size *= factor**power
            powers[target] = powers.get(target, 0) + power
            del powers[source]
    return Unit(unit.text, size, tuple(sorted((d, p) for d, p in powers.items() if p)))


def convert(
    q: Quantity,
    unit: str,
    *,
    molar_mass: float | None = None,
    valence: int | None = None,
    micrograms_per_iu: float | None = None,
) -> Quantity:
    """Convert an amount to another unit.

    Parameters: q, the amount; unit, the wanted unit; molar_mass in g/mol, to go between mass and moles; valence, to
    go between equivalents and moles; micrograms_per_iu, what one international unit weighs.
    Returns: the amount in the wanted unit. Raises: UnitError when the units do not fit each other.

    >>> round(convert(Quantity(1.8, "mg/dL"), "mmol/L", molar_mass=24.305).value, 3)
    0.741
    """
    source, target = parse_unit(q.unit), parse_unit(unit)
    if source.powers != target.powers:
        source = _reduced(source, molar_mass, valence, micrograms_per_iu)
        target = _reduced(target, molar_mass, valence, micrograms_per_iu)
    if source.powers != target.powers:
        raise UnitError(f"{q.unit} does not fit {unit}")
    if source.size == target.size:
        return Quantity(q.value, target.text)
    return Quantity(q.value * (source.size / target.size), target.text)


_A_DAY = r"(?:a |per |each |every )?(?:day|daily)\b"
_TIMES = (
    (r"\b(?:every other day|alternate days?|every second day|eod)\b", 0.5),
    (r"\bevery (\d+) (?:hours?|hrs?|h)\b|\bq(\d+)h\b", -24.0),
    (r"\bevery (\d+) days?\b", -1.0),
    (rf"\b(?:twice|two times|2 times|2x) {_A_DAY}|\b(?:bd|bid|b\.i\.d\.|b\.d\.)(?!\w)", 2.0),
    (rf"\b(?:thrice|three times|3 times|3x) {_A_DAY}|\b(?:tds|tid|t\.i\.d\.)(?!\w)", 3.0),
    (rf"\b(?:four times|4 times|4x) {_A_DAY}|\b(?:qds|qid|q\.i\.d\.)(?!\w)", 4.0),
    (r"\b(?:twice|two times|2 times) (?:a |per |each )?week(?:ly)?\b", 2 / 7),
    (r"\b(?:three times|3 times) (?:a |per |each )?week(?:ly)?\b", 3 / 7),
    (r"\b(?:once )?(?:a |per |each |every )week\b|\b(?:once )?weekly\b|/ ?(?:week|wk)\b", 1 / 7),
    (r"\b(?:once )?(?:a |per |each |every )month\b|\b(?:once )?monthly\b|/ ?(?:month|mo)\b", 1 / 30.4375),
    (r"\b(?:once )?(?:a |per |each |every )(?:day|night|morning|evening)\b|\b(?:once )?(?:daily|nightly)\b", 1.0),
    (r"\b(?:at (?:night|bedtime)|in the (?:morning|evening))\b|\b(?:od|qd|o\.d\.|mane|nocte)(?!\w)", 1.0),
    (r"/ ?(?:day|d|24 ?h|24 ?hours?)\b", 1.0),
)


def _per_day_factor(text: str) -> tuple[float | None, str]:
    """Return how often a day the text says, and the text without those words."""
    for pattern, times in _TIMES:
        match = re.search(pattern, text)
        if match:
            if times < 0:
                every = float(next(g for g in match.groups() if g))
                if every <= 0:
                    raise UnitError(f"{match[0]!r} is not a rate")
                times = -times / every
            return times, (text[: match.start()] + " " + text[match.end() :]).strip()
    return None, text


def per_day(text: str | Quantity) -> Quantity:
    """Read an amount as a daily rate.

    Parameters: text, an amount with a rate ("600 mg/day", "2 x 500 mg twice daily", "50 mg weekly").
    Returns: the amount a day. Raises: UnitError when no rate is said or the amount cannot be understood.

    >>> per_day("2 x 500 mg twice a day")
    Quantity(value=2000.0, unit='mg/d')
    >>> round(per_day("70 mg weekly").value, 6)
    10.0
    """
    if isinstance(text, Quantity):
        unit = parse_unit(text.unit)
        numerator = text.unit.split("/")[0]
        if dict(unit.powers).get("time") != -1:
            raise UnitError(f"{text.unit} says no rate: write it like 400 mg/day")
        return convert(text, f"{numerator}/d")
    times, rest = _per_day_factor(_plain(text))
    if times is None:
        raise UnitError(f"{text.strip()!r} says no rate: write it like 400 mg/day")
    count = 1.0
    pieces = r"(?:x|\*|(?:tablets?|capsules?|pills?|sachets?)\s*(?:of|x|at)?)"
    match = re.match(rf"\s*(\d+(?:[.,]\d+)?)\s*{pieces}\s*(?=\d)", rest)
    if match:
        count, rest = parse_number(match[1]), rest[match.end() :]
    amount = parse_quantity(rest.strip(" ,;"))
    return Quantity(amount.value * count * times, f"{amount.unit}/d")
