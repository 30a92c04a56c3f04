"""Laboratory values in words and numbers, and the analytes that a name means."""

from __future__ import annotations

import re
from typing import NamedTuple

from twitchwise.evidence.analyte_names import panel_members, resolve_analyte
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.words import clean

_NUM = r"\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?|\.\d+"
_VALUE = re.compile(
    rf"^\s*(?:=|:|~|about|approx\.?|ca\.?)?\s*(<=|>=|<|>|≤|≥|under|below|less than|over|above|more"
    rf" than)?\s*(-?(?:{_NUM}))(?:\s*x?\s*10\^?\*?(\d+))?\s*(.*)$"
)
_RANGE = re.compile(rf"({_NUM})\s*(?:-|–|—|to|\.\.+|~)\s*({_NUM})")
_BOUND = re.compile(rf"(<=|>=|<|>|≤|≥|up to|below|under|above|over|at least)\s*({_NUM})")
_BIG = {"million": 1e6, "thousand": 1e3, "k": 1e3}
_COMPARE = {
    "<": "<",
    "<=": "<",
    "≤": "<",
    "under": "<",
    "below": "<",
    "less than": "<",
    "up to": "<",
    ">": ">",
    ">=": ">",
    "≥": ">",
    "over": ">",
    "above": ">",
    "more than": ">",
    "at least": ">",
}
# the word decides; the first row that fits wins
WORDS: tuple[tuple[str, str], ...] = (
    (r"\b(?:not|n't|non)\s+(?:low|deficient|reduced|high|raised|elevated)|\bno (?:deficiency|abnormality)", "normal"),
    (r"\b(?:low|lower)[- ]normal|\bborderline|\bupper[- ]normal|\bhigh[- ]normal|\bnot abnormal", "normal"),
    (
        r"\b(?:very|severely|extremely|markedly|profoundly|critically|dangerously) (?:low|reduced|decreased"
        r"|deficient|depleted|insufficient|depressed)|\bundetectable|\bprofound|\b(?:barely|hardly) detect\w*"
        r"|\brock[- ]bottom",
        "very_low",
    ),
    (
        r"\b(?:very|severely|extremely|markedly|greatly|grossly|critically|dangerously|massively|strongly) (?:high"
        r"|raised|elevated|increased|positive)|\bsky[- ]high|\bhugely|\bthrough the roof|\boff the scale",
        "very_high",
    ),
    (
        r"\blow\b|\breduced|\bdecreased|\bdeficient|\bdeficiency|\bsuppressed|\bbelow|\bdepleted|\bdrop"
        r"|\binsufficien|\bdepressed|\bless than|\bdiminished|\bdown\b",
        "low",
    ),
    (
        r"\bhigh\b|\braised|\belevated|\bincreased|\babove|\bpositive|\bpresent|\bdetected|\bover\b|\bexcess|\bup\b"
        r"|\btoxic",
        "high",
    ),
    (
        r"\bnormal|\bunremarkable|\bok\b|\bokay|\bfine\b|\bgood\b|\bwithin|\bnegative|\bin range|\bgreen\b|\bnot"
        r" detected|\bnot present|\babsent|\bnil\b|\bnone\b|\bnon-?reactive|\bclear",
        "normal",
    ),
)


class Value(NamedTuple):
    """A result: number, word, comparator and unit as far as written."""

    number: float | None
    word: str
    comparator: str
    unit: str


def value_of(text: str) -> Value:
    """Read a result.

    Parameters: text, as printed. Returns: its parts; no number and no word when it says neither.

    >>> value_of("<0,20 mmol/L"), value_of("slightly high").word
    (Value(number=0.2, word='', comparator='<', unit='mmol/L'), 'high')
    """
    found = _VALUE.match(text.strip())
    if found:
        sign, number, power, rest = found.groups()
        value = to_number(number)
        if value is not None:
            value *= 10 ** int(power) if power and int(power) < 16 else 1
            word, _, after = rest.strip().partition(" ")
            if word.lower() in _BIG and not (word == "k" and after):
                value, rest = value * _BIG[word.lower()], after
            unit = re.split(r"[;(\[]| at | on | in | after | before |, ", rest.strip())[0].strip(" .*")
            flag = re.fullmatch(r"(.*?)(?:^|\s+)(?:H|L|HH|LL|high|low|normal)", unit)
            return Value(value, "", _COMPARE.get((sign or "").lower(), ""), flag.group(1) if flag else unit)
    plain = clean(text)
    return Value(None, next((word for pattern, word in WORDS if re.search(pattern, plain)), ""), "", "")


def to_number(text: str) -> float | None:
    """Read a printed number with a decimal point or comma.

    Parameters: text. Returns: the number, or None.

    >>> to_number("0,30"), to_number("1,200"), to_number("20 804"), to_number("4.500,5")
    (0.3, 1200.0, 20804.0, 4500.5)
    """
    plain = text.strip().replace(" ", "")
    if re.fullmatch(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+,\d+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def range_of(text: str) -> tuple[float | None, float | None]:
    """Read a printed reference range.

    Parameters: text. Returns: lower and upper limit, None where it has none.

    >>> range_of("0.70-1.05"), range_of("3.5 to 5.0"), range_of("<5")
    ((0.7, 1.05), (3.5, 5.0), (None, 5.0))
    """
    both = _RANGE.search(text)
    if both:
        return to_number(both.group(1)), to_number(both.group(2))
    one = _BOUND.search(text.lower())
    if not one:
        return None, None
    limit = to_number(one.group(2))
    return (None, limit) if _COMPARE[one.group(1)] == "<" else (limit, None)


def analytes_of(text: str, sheet: Sheet) -> tuple[str, ...]:
    """Return the analytes that a name means: one, or the members of a panel.

    Parameters: text, as printed; sheet. Returns: analyte ids, none when it is not known.
    """
    bare = re.sub(r"\b(?:before|after|on|at|during|with|in) .*$", "", text).strip()
    for name in (text, bare):
        one = resolve_analyte(name, sheet.evidence) if name else None
        if one:
            return (one,)
        members = tuple(id_ for id_ in panel_members(name) if id_ in sheet.evidence.analytes)
        if members:
            return members
    return ()
