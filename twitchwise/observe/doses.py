"""Doses in words, to milligrams a day."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twitchwise.observe.numbers import decimal
from twitchwise.observe.words import clean

_MG = {
    "mg": 1.0,
    "milligram": 1.0,
    "g": 1000.0,
    "gram": 1000.0,
    "gr": 1000.0,
    "mcg": 0.001,
    "ug": 0.001,
    "microgram": 0.001,
    "kg": 1_000_000.0,
    "ng": 0.000_001,
}
# international units of a nutrient, in mg for one unit
IU = {"vitamin_d": 0.000_025, "vitamin_a": 0.0003, "vitamin_e": 0.67}
# one mmol in mg
MMOL = {"potassium": 39.098, "magnesium": 24.305, "calcium": 40.078, "sodium": 22.99, "phosphate": 30.974}
_AMOUNT = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*x\s*)?(\d+(?:[.,]\d+)*)\s*(?:(?:-|to)\s*(\d+(?:[.,]\d+)?)\s*)?"
    r"(milligrams?|micrograms?|grams?|mcg|mg|ug|kg|ng|g|gr|iu|ie|units?|mmol|meq)\b"
)
_EVERY = re.compile(r"(?:every|each|q)\s*(\d+)\s*-?\s*(hours?|hrs?|h|days?|d|weeks?)\b")
_TIMES = re.compile(r"(?<![\d.,])(\d+)\s*(?:x|times)\s*(?:a|per|/|each)?\s*(day|daily|d\b|week|wk|month)")
_WORD_TIMES = (
    (r"four times (?:a|per|each)? ?(?:day|daily)|\bqid\b|\bqds\b|q6h|every six hours", 4.0),
    (r"three times (?:a|per|each)? ?(?:day|daily)|thrice|\btds\b|\btid\b|q8h", 3.0),
    (
        r"twice (?:a|per|each)? ?(?:day|daily)|\btwice\b(?! (?:a|per) week)|\bbd\b|\bbid\b|two times|q12h|morning"
        r" and (?:evening|night)|am and pm",
        2.0,
    ),
    (r"twice (?:a|per) week", 2 / 7),
    (r"three times (?:a|per) week", 3 / 7),
    (r"every other day|alternate days?|every second day", 0.5),
    (r"once (?:a|per) week|weekly|per week|a week|/ ?w(?:ee)?k", 1 / 7),
    (r"fortnightly|every two weeks", 1 / 14),
    (r"monthly|per month|a month|/ ?month", 1 / 30.4),
    (r"yearly|per year|a year|annually", 1 / 365.25),
    (r"six-monthly|every six months|every 6 months", 1 / 182.6),
)
_OCCASIONAL = re.compile(
    r"\b(?:single dose|once only|one-off|occasional(?:ly)?|as needed|prn|sometimes|when needed|one dose)\b"
)
_COUNT = re.compile(
    r"^\W*(\d+|one|two|three|four|half a)\s*(?:tablets?|capsules?|pills?|tabs?|caps?|bags?|scoops?|spoons?|drops?"
    r"|sachets?)"
)
_SMALL = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "half a": 0.5}


def dose_of(text: str, nutrient: str = "") -> float | None:
    """Return a dose in mg a day.

    Parameters: text, as written; nutrient, whose units or mmol are meant. Returns: mg a day, or None when the text has
    no amount or says that it is taken now and then.

    >>> dose_of("40 mg daily"), dose_of("20 mg twice a day"), dose_of("2 x 500 mg"), dose_of("50 mcg")
    (40.0, 40.0, 1000.0, 0.05)
    >>> dose_of("1000 IU", "vitamin_d"), dose_of("1,200 mg/day"), dose_of("one bag (140 g) a day")
    (0.025, 1200.0, 140000.0)
    """
    plain = clean(text)
    found = _AMOUNT.search(plain)
    if not found or _OCCASIONAL.search(plain) or re.search(r"/ ?(?:kg|m2|ml|hour|h\b|min)", plain):
        return None
    times, low, high, unit = found.groups()
    mg = _unit(unit, nutrient)
    if mg is None:
        return None
    amount = (_number(low) + _number(high)) / 2 if high else _number(low)
    number = _number(times) if times else _pieces(plain, unit)
    rest = plain[: found.start()] + " " + plain[found.end() :]
    return round(amount * number * mg * frequency_of(rest), 9)


def _pieces(plain: str, unit: str) -> float:
    """Return how many tablets are taken, when the amount is of one tablet ("2 tablets of 500 mg")."""
    found = _COUNT.search(plain)
    if not found or unit in ("g", "gram", "grams") or "(" in plain:
        return 1.0
    return _SMALL.get(found.group(1)) or float(found.group(1))


def frequency_of(text: str) -> float:
    """Return how often a day; 1 when nothing is said.

    Parameters: text, as written. Returns: times a day.

    >>> frequency_of("three times a day"), frequency_of("every 8 hours"), frequency_of("weekly") < 0.2
    (3.0, 3.0, True)
    """
    plain = clean(text)
    every = _EVERY.search(plain)
    if every:
        number, unit = max(1, int(every.group(1))), every.group(2)
        return 24 / number if unit.startswith("h") else 1 / number if unit.startswith("d") else 1 / (7 * number)
    counted = _TIMES.search(plain)
    if counted:
        unit = counted.group(2)
        return float(counted.group(1)) / (7 if unit.startswith("w") else 30.4 if unit == "month" else 1)
    return next((value for pattern, value in _WORD_TIMES if re.search(pattern, plain)), 1.0)


def _unit(unit: str, nutrient: str) -> float | None:
    unit = unit.rstrip("s") if unit not in ("units",) else "unit"
    if unit in ("iu", "ie", "unit"):
        return IU.get(nutrient)
    if unit == "mmol":
        return MMOL.get(nutrient)
    if unit == "meq":
        charge = 2 if nutrient in ("magnesium", "calcium") else 1
        return MMOL[nutrient] / charge if nutrient in MMOL else None
    return _MG.get(unit)


def _number(text: str) -> float:
    """Read "1,200", "1200", "2,5" and "2.5"."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if text.count(".") + text.count(",") > 1:
        return float(re.sub("[.,]", "", text))
    return decimal(text)


# words on the label of a supplement, and the nutrient they mean
NUTRIENTS: tuple[tuple[str, str], ...] = (
    (r"vitamin ?b ?-?6|pyridoxin\w*|pyridoxal|\bp5p\b|\bb-?6\b", "vitamin_b6"),
    (r"vitamin ?b ?-?12|cobalamin|cyanocobalamin|methylcobalamin|hydroxocobalamin|\bb-?12\b", "vitamin_b12"),
    (r"thiamin\w*|vitamin ?b ?-?1\b|benfotiamine|\bb-?1\b", "thiamine"),
    (r"vitamin ?d\d?\b|cholecalciferol|colecalciferol|ergocalciferol|\bd3\b|\bd2\b", "vitamin_d"),
    (r"magnesium|\bmg citrate|epsom|magnesia", "magnesium"),
    (r"calcium|calcichew|\btums\b", "calcium"),
    (r"potassium|slow-?k|k-?dur|salt substitute|lo-?salt", "potassium"),
    (r"\biron\b|ferrous|ferric", "iron"),
    (r"\bzinc\b", "zinc"),
    (r"folic|folate|vitamin ?b ?-?9", "folate"),
    (r"\bsodium\b|salt tablets?", "sodium"),
    (r"\bvitamin ?c\b|ascorbic", "vitamin_c"),
    (r"\bvitamin ?e\b", "vitamin_e"),
    (r"\bvitamin ?a\b|retinol", "vitamin_a"),
    (r"niacin|nicotinamide|vitamin ?b ?-?3", "niacin"),
    (r"seleni", "selenium"),
    (r"iodin|kelp", "iodine"),
)


def nutrients_in(text: str) -> tuple[str, ...]:
    """Return the nutrients that a supplement names.

    Parameters: text. Returns: nutrient ids.

    >>> nutrients_in("calcium and vitamin D3")
    ('vitamin_d', 'calcium')
    """
    plain = clean(text)
    return tuple(dict.fromkeys(id_ for pattern, id_ in NUTRIENTS if re.search(pattern, plain)))


_PIECE = r"tablets?|capsules?|pills?|tabs?|caps?|softgels?|gumm(?:y|ies)|scoops?|sachets?|drops?|ampoules?|portions?"
_PORTIONS = re.compile(
    rf"^\W*(\d+(?:\.\d+)?|one|two|three|four|half a)(?:\s*(?:-|to)\s*(\d+))?\s*"
    rf"(?:(?:{_PIECE}|spoons?|servings?)\b|(?:(?:a|per|each|every|/)\s*)?(?:day|daily|night|nightly|morning|evening|week)\b)"
)


def portions(dose: str) -> float:
    """Return how many tablets or portions a day a dose without an amount means; 1 when nothing is said.

    Parameters: dose, as written. Returns: portions a day, the higher end of a range.

    >>> portions("2 a day"), portions("two tablets twice a day"), portions("1-2 capsules daily"), portions("")
    (2.0, 4.0, 2.0, 1.0)
    """
    plain = clean(dose)
    found = _PORTIONS.search(plain)
    count = 1.0
    if found:
        low, high = found.groups()
        count = float(high) if high else _SMALL.get(low) or float(low)
    return count * frequency_of(plain)


def amounts_in(name: str, dose: str) -> Iterable[tuple[str, float | None, str]]:
    """Pair each nutrient that a product names with its amount in mg a day.

    Parameters: name and dose, as written. Returns: nutrient, mg a day (None when the amount is not given or not
    daily), and the part of the name that it stands in.

    >>> list(amounts_in("calcium 600 mg / vitamin D 400 IU", "2 a day"))
    [('calcium', 1200.0, 'calcium 600 mg '), ('vitamin_d', 0.02, ' vitamin d 400 iu')]
    >>> list(amounts_in("magnesium", "")), list(amounts_in("magnesium with B6", "375 mg"))[0][:2]
    ([('magnesium', None, 'magnesium')], ('magnesium', None))
    """
    single = len(nutrients_in(name)) == 1
    for part in re.split(r"[,;+/&]| and | with | plus ", clean(name)):
        for nutrient in (found := nutrients_in(part)):
            written = re.search(r"\d\s*[a-z]", part) and len(found) == 1 and not _OCCASIONAL.search(clean(dose))
            own = dose_of(part, nutrient) if written else None
            said = dose_of(dose, nutrient) if single and dose else None
            mg = said if said is not None else None if own is None else own * portions(dose)
            yield nutrient, None if mg is None else round(mg, 9), part
