"""Tablets and powders with a dose: what they bring of each nutrient, from a diary line or from the record."""

from __future__ import annotations

import re

import numpy as np

from twitchwise.diet.amounts import amounts_of
from twitchwise.diet.types import Eaten
from twitchwise.diet.words import plain
from twitchwise.evidence import Evidence, load_evidence
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS, UNITS
from twitchwise.foods.types import Array
from twitchwise.observe.doses import amounts_in, nutrients_in
from twitchwise.observe.products import MIXTURES, share_of
from twitchwise.observe.types import Observations, Taken
from twitchwise.record.types import DiaryLine, DrugLine, Record

DOSE = re.compile(r"\d\s*(?:mg|mgs|mcg|ug|micrograms?|milligrams?|iu|ie|units?|mmol|meq)\b")
PRODUCT = re.compile(
    r"\b(?:tablets?|capsules?|pills?|softgels?|gumm(?:y|ies)|supplements?|sachets?|drops|effervescent)\b"
)
_FULL = (
    (re.compile(r"\bvit(?:s|amins?)?\b\.?(?=\s*[abcdek]\s?-?\d{0,2}\b)"), "vitamin"),
    (re.compile(r"(?<!vitamin )(?<![\w-])(?=[dk] ?[23]\b)"), "vitamin "),
    (re.compile(r"\bmag\b(?=\s*(?:citrate|glycinate|oxide|malate|bisglycinate|\d))"), "magnesium"),
    (re.compile(r"\bcaff?eine\b"), "caffeine"),
    (re.compile(r"\s*[,(]\s*(?=\d[\d.]* ?(?:mg|mcg|ug|iu|g) each\b)|(?<=\d (?:mg|ug|iu)) each\)?$"), " "),
)
# a mixture's label lists vitamins and minerals that the line does not
HIDDEN = re.compile(r"\b(?:multi[- ]?vit\w*|multis?|b[- ]?complex|prenatal|electrolytes?|complex)\b")
FOODS = re.compile(r"\b(?:milk|juice|cereal|yogh?urt|bread|drink|flakes|spread|bru|margarine|water)\b")
BODY = ("energy", "protein", "fat", "carbohydrate", "ash", "fibre", "alcohol", "water", "caffeine")


def spelled_out(text: str) -> str:
    """Write the short names of supplements in full.

    Parameters: text, of `plain`. Returns: the text.

    >>> spelled_out("vit d 1000 iu"), spelled_out("mag citrate 200 mg")
    ('vitamin d 1000 iu', 'magnesium citrate 200 mg')
    """
    for pattern, word in _FULL:
        text = pattern.sub(word, text)
    return text


def empty(hidden: bool) -> Array:
    """Return the amounts of a product before its nutrients are put in.

    Parameters: hidden, whether it holds nutrients that are not named. Returns: energy and the like 0; vitamins and
    minerals unknown for a mixture, else 0: a tablet holds what its label names.
    """
    amounts = np.zeros(len(NUTRIENTS))
    if hidden:
        amounts[[COLUMN[name] for name in NUTRIENTS if name not in BODY]] = np.nan
    return amounts


def in_unit(nutrient: str, mg: float) -> float:
    """Turn milligrams into the unit of the food tables.

    Parameters: nutrient; mg. Returns: the amount.

    >>> in_unit("vitamin_d", 0.025), in_unit("magnesium", 100.0)
    (25.0, 100.0)
    """
    return round(mg * (1000.0 if UNITS[nutrient] == "ug" else 1.0), 9)


def dose_line(line: DiaryLine) -> Eaten | None:
    """Read a diary line that is a supplement with a dose.

    Parameters: line. Returns: one entry with the amounts of the named nutrients, or None when it is no such line.

    >>> entry = dose_line(DiaryLine("magnesium glycinate 200 mg"))
    >>> round(float(entry.amounts[COLUMN["magnesium"]]), 1), entry.supplement
    (28.2, True)
    """
    text = spelled_out(plain(f"{line.amount} {line.text}" if line.amount else line.text))
    named = tuple(n for n in nutrients_in(text) if n in COLUMN)
    caffeine = "caffeine" in text and bool(PRODUCT.search(text)) and bool(DOSE.search(text))
    if not (named or caffeine) or not DOSE.search(text) or not (caffeine or _only_products(text)):
        return None
    evidence, number = load_evidence(), _number(text)
    amounts, why = empty(bool(HIDDEN.search(text))), []
    for nutrient, mg, part in _doses(text):
        if nutrient not in COLUMN:
            continue
        share, compound = share_of(part, nutrient, evidence)
        amounts[COLUMN[nutrient]] = np.nan if mg is None else in_unit(nutrient, mg * share * number)
        why.append(f"{nutrient} in {compound}" if compound else nutrient)
    if caffeine:
        mg = next((a.number for a in amounts_of(text) if a.unit == "milligram"), float("nan"))
        amounts[COLUMN["caffeine"]] = mg * number
    reason = f"dose as written; {', '.join(why)}" if why else "dose as written"
    return Eaten(line, line.text, None, "", 0.0, 0.0, 0.0, "exact", amounts, "", 100.0, reason, True)


def several_doses(text: str) -> bool:
    """Say whether a line tells several tablets, each with its own dose.

    Parameters: text, of `plain`. Returns: True or False.

    >>> several_doses("calcium 600 mg + d3 10 mcg"), several_doses("vitamin d 1000 iu")
    (True, False)
    """
    pieces = re.split(r"\s*(?:[,;+&]|\band\b|\bplus\b|\bwith\b)\s*", text)
    return len(pieces) > 1 and all(DOSE.search(p) and re.search(r"[a-z]{3}|[a-z]\d", DOSE.sub("", p)) for p in pieces)


def _only_products(text: str) -> bool:
    """Every piece of the line names a nutrient or a dose: it is no fortified food and holds no food beside it."""
    if FOODS.search(text):
        return False
    pieces = re.split(r"\s*(?:[,;+&]|\band\b|\bwith\b)\s*", text)
    return all(
        nutrients_in(p) or DOSE.search(p) or PRODUCT.search(p) or HIDDEN.search(p)
        for p in pieces
        if any(c.isalpha() for c in p)
    )


def _doses(text: str) -> list[tuple[str, float | None, str]]:
    """The nutrients of a line; an amount that stands once, before the only nutrient or behind it, is its amount."""
    bare = re.sub(
        r"^\s*\d+(?:\.\d+)?\s*(?:x\s+)?(?=(?:[a-z]+\s)*?(?:tablets?|capsules?|pills?|tabs?|caps?)?\s*(?:of\s+)?[a-z])",
        "",
        text,
    )
    bare = bare if DOSE.search(bare) else text
    return list(amounts_in(re.sub(r"\s*x\s*\d+\s*$", "", bare), ""))


def _number(text: str) -> float:
    """How many tablets: "2 x magnesium 100 mg", "magnesium 100 mg x 2", "2 tablets of magnesium 150 mg"."""
    first = re.match(
        r"^\s*(\d+(?:\.\d+)?)\s*(?:x\b|(?:[a-z]+\s+){0,3}(?:tablets?|capsules?|pills?|tabs?|caps?|gumm(?:y|ies)|softgels?)\b)",
        text,
    )
    last = re.search(r"(?:\bx\s*(\d+)|\b(\d+)\s*x)\s*$", text)
    if first and not DOSE.match(text[first.start(1) :]):
        return float(first.group(1))
    return float(last.group(1) or last.group(2)) if last else 1.0


def supplements_eaten(record: Record, observations: Observations, evidence: Evidence) -> tuple[Eaten, ...]:
    """Turn the supplements and mineral medicines of a record into entries of one day.

    Parameters: record; observations, what it says in our names; evidence. Returns: one entry a product; a nutrient
    whose amount is not given stays unknown.
    """
    products: dict[tuple[str, str], list[Taken]] = {}
    for one in observations.taken:
        if one.nutrient in COLUMN:
            products.setdefault((one.said, one.origin), []).append(one)
    mixed = {f.origin for f in observations.factors if f.present and f.id in MIXTURES}
    lines = {line.name: line for line in (*record.supplements, *record.medicines)}
    return tuple(
        _product(said, origin, found, lines.get(said), origin in mixed) for (said, origin), found in products.items()
    )


def _product(said: str, origin: str, found: list[Taken], line: DrugLine | None, mixed: bool) -> Eaten:
    amounts = empty(mixed)
    for one in found:
        amounts[COLUMN[one.nutrient]] = np.nan if one.mg_per_day is None else in_unit(one.nutrient, one.mg_per_day)
    text = f"{line.name} {line.dose}".strip() if line else said
    diary = DiaryLine(text, supplement=True, where=origin)
    why = "dose of the record" if any(one.mg_per_day is not None for one in found) else "the record gives no amount"
    sure = "exact" if any(one.mg_per_day is not None for one in found) else "none"
    return Eaten(diary, said, None, "", 0.0, 0.0, 0.0, sure, amounts, "", 100.0, why, True)  # type: ignore[arg-type]
