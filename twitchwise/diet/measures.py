"""Grams of an amount of a food, with the interval that amount deserves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from twitchwise.diet.amounts import Amount, measure, portion_amount
from twitchwise.diet.match import marks
from twitchwise.diet.types import Sure
from twitchwise.evidence import load_evidence
from twitchwise.foods.types import Food
from twitchwise.foods.words import singular

Z90 = 1.645
SHORT = {"millilitre": "ml", "centilitre": "cl", "decilitre": "dl", "kilogram": "kg", "milligram": "mg"}
WHOLE = frozenset("piece item whole each one unit fruit single medium".split())
BY_VOLUME = ("cup", "tablespoon", "teaspoon", "glass", "fluid_ounce", "millilitre", "pint", "litre")
ONE_PLATE = 1.2  # a plate of a food is a little more than its usual portion, where the food has no plate
HEAPED = 1.6  # g in a ml of a spoon: more is piled up
WATERY = 0.015  # a drink's own cup this near to water is rounding (237 g in 240 ml)
FEW = ((6.5, 5.0), (30.0, 3.0), (80.0, 2.0), (math.inf, 1.0))  # pieces lighter than so many grams, how many of them
BLIND_GRAMS, BLIND_DRINK = 100.0, 250.0  # where nothing at all is known of the portion
MILK_WORDS = frozenset(
    "milk juice coffee tea water beer wine cola lemonade drink soup squash smoothie lager cider ale".split()
)


@dataclass(frozen=True, slots=True)
class Weight:
    """Grams eaten, their 90 % interval, how sure, and how they came about."""

    grams: float
    low: float
    high: float
    sure: Sure
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """One portion of a food: grams of ONE of the measure, and the words beside it."""

    unit: str
    size: str
    word: str
    grams: float
    number: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Grams of one of a measure of a food, its kind of error, and its name in plain words."""

    grams: float
    error: str
    name: str


@lru_cache(maxsize=4096)
def portions_of(food: Food) -> tuple[Known, ...]:
    """Read a food's portions.

    Parameters: food. Returns: its portions, each for one of its measure.
    """
    out = []
    for portion in food.portions:
        number, unit, size, word = portion_amount(portion.name)
        if number > 0:
            out.append(Known(unit, size, word, portion.grams / number, number))
    return tuple(out)


@lru_cache(maxsize=4096)
def phrase(text: str) -> frozenset[str]:
    """Return the words of a text that say something.

    Parameters: text. Returns: the words, one spelling each.
    """
    return frozenset(marks(text))


@lru_cache(maxsize=8192)
def name_marks(food: Food) -> frozenset[str]:
    """Return the words of a food's name and id.

    Parameters: food. Returns: the words, one spelling each.
    """
    return phrase(f"{food.name} {food.id.replace('_', ' ')}")


def is_called(food: Food, names: Iterable[str], never: Iterable[str] = ()) -> bool:
    """Say whether all words of one of the names stand in a food's name.

    Parameters: food; names; never, names that rule it out. Returns: True or False.
    """
    own = name_marks(food)
    return any((p := phrase(n)) and p <= own for n in names) and not any((p := phrase(n)) and p <= own for n in never)


@lru_cache(maxsize=8192)
def density(food: Food) -> float:
    """Return grams in a millilitre: from the food's own cup or spoon, else by its kind, else as water.

    Parameters: food. Returns: g/ml.
    """
    for unit in BY_VOLUME:
        for one in portions_of(food):
            size = load_evidence().measures[unit].size
            if one.unit == unit and not one.size and size is not None:
                own = one.grams / size.value
                if unit.endswith("spoon") and own > HEAPED:
                    continue  # a heaped spoon tells nothing of a millilitre
                return 1.0 if abs(own - 1.0) < WATERY and is_liquid(food) else own
    kinds = load_evidence().densities.values()
    return next((d.value.value for d in kinds if is_called(food, d.foods, d.without)), 1.0)


def _factor(size: str) -> float:
    return load_evidence().measure_sizes[size].factor.value if size else 1.0


def _fitting(found: Sequence[Known], size: str) -> tuple[Known, float] | None:
    """The portion of the size that was said, else the middle one with the factor of the size word."""
    for one in found:
        if one.size == size:
            return one, 1.0
    for wanted in ("", "medium"):
        for one in found:
            if one.size == wanted:
                return one, _factor(size)
    if found:
        return found[0], _factor(size) / _factor(found[0].size)
    return None


def _sized(food: Food, unit: str, size: str) -> Known | None:
    """A portion that is a size alone is of the measure that stands first: "slice=25|large=39"."""
    known = portions_of(food)
    if not size or not known or known[0].unit != unit:
        return None
    return next((k for k in known if not k.unit and not k.word and k.size == size), None)


def measured(food: Food, unit: str, size: str) -> Piece | None:
    """Weigh one of a measure, by the food's own portions or by ours for such foods.

    Parameters: food; unit, id of a measure; size, id of a size word. Returns: the piece, or None.
    """
    if own := _sized(food, unit, size):
        return Piece(own.grams, _error_of(unit), _said(unit, size))
    for name in (unit, *measure(unit).like):
        fit = _fitting([k for k in portions_of(food) if k.unit == name or (not k.unit and name == k.word)], size)
        if fit:
            return Piece(fit[0].grams * fit[1], _error_of(unit), _said(unit, size))
        ours = [
            m
            for m in load_evidence().food_measures.values()
            if m.measure == name and is_called(food, m.foods, m.without)
        ]
        best = next((m for m in ours if m.size == size), next((m for m in ours if not m.size), None))
        if best:
            grams = best.amount.value * (density(food) if best.amount.unit == "ml" else 1.0)
            return Piece(grams * (1.0 if best.size == size else _factor(size)), _error_of(unit), _said(unit, size))
    return None


def _error_of(unit: str) -> str:
    one = measure(unit)
    if one.kind == "mass":
        return "weighed"
    if one.kind == "volume":
        return "measured"
    return (
        "counted" if one.container or unit in ("slice", "rasher", "piece", "square", "tablet", "bar") else "household"
    )


def _said(unit: str, size: str) -> str:
    words = unit.replace("_", " ")
    return f"{size.replace('_', ' ')} {words}".strip()


def one_of(food: Food, unit: str, size: str, words: str) -> Piece:
    """Return the grams of one of a measure of a food; "" is a piece of it.

    Parameters: food; unit, id of a measure; size, id of a size word; words, of the line. Returns: the piece.
    """
    if not unit:
        return whole_piece(food, size, words)
    one = measure(unit)
    if one.kind == "mass" and one.size:
        liquid = unit == "ounce" and is_liquid(food)
        return Piece(29.6 * density(food) if liquid else one.size.value, _error_of(unit), _said(unit, ""))
    if one.kind == "volume" and one.size:
        return Piece(one.size.value * density(food), _error_of(unit), _said(unit, ""))
    found = measured(food, unit, size)
    if found:
        return found
    if one.kind == "vessel" and one.size:
        return Piece(one.size.value * density(food) * _factor(size), _error_of(unit), _said(unit, size))
    if one.size:
        return Piece(one.size.value * _factor(size), _error_of(unit), _said(unit, size))
    whole = whole_piece(food, size, words) if unit == "piece" else _usual(food, size)
    plate = ONE_PLATE if unit == "plate" else 1.0
    return replace(whole, grams=whole.grams * plate, name=_said(unit, size))


def is_liquid(food: Food) -> bool:
    """Say whether a food is drunk.

    Parameters: food. Returns: True or False.
    """
    last = marks(food.name.split(" in ")[0])
    return "drink" in food.tags or "drink" in food.group or bool(last and MILK_WORDS & {last[0], last[-1]})


def whole_piece(food: Food, size: str, words: str) -> Piece:
    """Weigh one piece of a food: the portion that the words name, one of the food's own name, the medium one.

    Parameters: food; size, id of a size word; words, of the line. Returns: the piece.
    """
    known, said, own = portions_of(food), phrase(words), name_marks(food)
    first = known[0].unit if known else ""
    if sized := _sized(food, first, size):
        return Piece(sized.grams, "counted", _said(first or "piece", size))
    pools: tuple[Callable[[Known], bool], ...] = (
        lambda k: bool(k.word) and phrase(k.word) <= said and bool(phrase(k.word)),
        lambda k: bool(k.unit) and not k.word and k.unit in said,
        lambda k: bool(k.word) and not k.unit and bool(phrase(k.word)) and phrase(k.word) <= own,
        lambda k: k.unit in ("piece", "slice") and k.unit == first,
        lambda k: not k.unit and (k.word in WHOLE or (not k.word and bool(k.size))),
        lambda k: k.unit == "piece",
        lambda k: k.unit == "rasher",
    )
    for pool in pools:
        fit = _fitting([k for k in known if pool(k)], size)
        if fit:
            return Piece(fit[0].grams * fit[1], "counted", _said("piece", size))
    ours = [m for m in load_evidence().food_measures.values() if not m.measure and is_called(food, m.foods, m.without)]
    if ours and "dish" not in food.tags:
        grams = ours[0].amount.value * (density(food) if ours[0].amount.unit == "ml" else 1.0)
        return Piece(grams * _factor(size), "household", _said("usual amount", size))
    half = next((k for k in known if k.word in ("half", "halves") and not k.unit), None)
    if half:
        return Piece(2.0 * half.grams * _factor(size), "counted", _said("piece", size))
    return _usual(food, size)


def _usual(food: Food, size: str) -> Piece:
    fit = _fitting(portions_of(food)[:1], size)
    sized = _fitting([k for k in portions_of(food) if k.size], size) if size else None
    if sized and sized[0].size == size:
        return Piece(sized[0].grams, "household", _said("portion", size))
    if fit:
        return Piece(fit[0].grams * fit[0].number * fit[1], "household", _said("usual portion", size))
    grams = BLIND_DRINK * density(food) if is_liquid(food) else BLIND_GRAMS
    return Piece(grams * _factor(size), "blind", "portion, guessed")


def spread(grams: float, low: float, high: float, error: str) -> tuple[float, float]:
    """Widen a range by how far such amounts lie from the truth.

    Parameters: grams, in the middle; low and high, as written; error, id of the kind. Returns: 90 % interval, g.
    """
    sd = load_evidence().amount_errors[error].sd.value
    return min(grams, low) * math.exp(-Z90 * sd), max(grams, high) * math.exp(Z90 * sd)


def _weight(piece: Piece, low: float, high: float, sure: Sure, error: str = "") -> Weight:
    error = error or piece.error
    grams = (low + high) / 2 * piece.grams
    begin, end = spread(grams, low * piece.grams, high * piece.grams, error)
    number = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    if piece.name == "gram":
        why = f"{number} g, as written"
    elif piece.name in SHORT:
        why = f"{number} {SHORT[piece.name]}, {grams:.{0 if grams >= 100 else 1}f} g"
    elif piece.error in ("measured", "weighed"):
        why = f"{number} {_many(piece.name, high)}, {grams:.{0 if grams >= 100 else 1}f} g"
    elif number == "1":
        why = f"{piece.name} of {piece.grams:.{0 if piece.grams >= 100 else 1}f} g"
    else:
        why = f"{number} x {piece.name} of {piece.grams:.{0 if piece.grams >= 100 else 1}f} g"
    return Weight(grams, begin, end, sure, why)


def _many(name: str, number: float) -> str:
    return name if number == 1 or name.endswith("s") else f"{name}s"


def weigh(food: Food, amounts: Sequence[Amount], words: str, spread_size: str = "") -> Weight:
    """Turn the amounts that stand with a food into grams.

    Parameters: food; amounts, as read; words, of the food in the line; spread_size, said of the whole plate.
    Returns: the weight; the usual portion, as a guess, when there is no amount.
    """
    if "supplement" in food.tags:  # milligrams tell what a tablet holds, not what it weighs
        amounts = [a for a in amounts if a.unit not in ("milligram", "microgram")]
    exact = [a for a in amounts if a.unit and measure(a.unit).kind in ("mass", "volume")]
    loose = [a for a in amounts if a not in exact]
    if exact:
        best = next((a for a in exact if not a.aside), exact[0])
        piece = one_of(food, best.unit, "", words)
        times = 1.0 if best.aside and not _each(loose) else math.prod(a.number for a in loose if _multiplies(a, best))
        return _weight(piece, best.low * times, best.high * times, "exact")
    if loose:
        aside = [a for a in loose if a.aside and a.numbered and not a.unit]
        loose = aside if aside and not loose[0].numbered else loose  # "handful of cashews (15)"
        counts = [a for a in loose if a.unit] or loose
        best = counts[0]
        size = next((a.size for a in loose if a.size), spread_size)
        times = math.prod(a.number for a in loose if a is not best and a.numbered and not a.unit)
        piece = one_of(food, best.unit, size, words)
        guessed = not best.numbered and not best.unit
        return _weight(
            piece, best.low * times, best.high * times, "guess" if guessed else "usual", "guess" if guessed else ""
        )
    piece = _whole_or_usual(food, words, spread_size)
    number = _plural(food, words)
    return _weight(piece, number, number, "guess", "blind" if piece.error == "blind" else "guess")


def _plural(food: Food, words: str) -> float:
    """How many pieces "crackers" or "eggs" are, where the usual portion is one piece: our guess, fewer when large."""
    said = words.split()[-1:] and words.split()[-1]
    known = portions_of(food)
    if not said or said == singular(said) or not said.endswith("s") or not known or known[0].number != 1:
        return 1.0
    first = known[0]
    called = bool(first.unit) and bool({*measure(first.unit).names} & {*said.split(), singular(said)})
    piece = (
        first.unit == "piece"
        or called
        or (not first.unit and phrase(first.word) <= name_marks(food) and bool(first.word))
    )
    return 1.0 if not piece else next(n for most, n in FEW if first.grams < most)


def _whole_or_usual(food: Food, words: str, size: str) -> Piece:
    """No amount: the usual portion; one piece where the food is named in the singular by a whole piece."""
    usual = _usual(food, size)
    if usual.error == "blind":
        return whole_piece(food, size, words) if whole_piece(food, size, words).error != "blind" else usual
    return usual


def _each(loose: Sequence[Amount]) -> bool:
    return any(a.unit and (measure(a.unit).container or measure(a.unit).kind == "vessel") for a in loose)


def _multiplies(one: Amount, exact: Amount) -> bool:
    """Whether a number counts what the weight is of: "2 cans (330 ml)", "0.5 of a 400 g tin"; not "2 slices 80 g"."""
    if not one.numbered:
        return False
    vessel = bool(one.unit) and (measure(one.unit).container or measure(one.unit).kind == "vessel")
    return vessel or (not one.unit and not exact.aside)
