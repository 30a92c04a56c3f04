"""Laboratory lines as written: the analyte, the number or the word, the unit, the printed range, the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz, process

from twitchwise.evidence.analyte_names import panel_members, resolve_analyte
from twitchwise.observe import tests_said
from twitchwise.observe.sheet import NOT_KNOWN, Sheet
from twitchwise.observe.types import LabSaid
from twitchwise.observe.words import clean, tokens
from twitchwise.record import LabLine

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
        r"|deficient)|\bundetectable|\bprofound",
        "very_low",
    ),
    (
        r"\b(?:very|severely|extremely|markedly|greatly|grossly|critically|dangerously|massively|strongly) (?:high"
        r"|raised|elevated|increased|positive)|\bsky[- ]high|\bhugely",
        "very_high",
    ),
    (
        r"\blow\b|\breduced|\bdecreased|\bdeficient|\bdeficiency|\bsuppressed|\bbelow|\bdepleted|\bdrop"
        r"|\binsufficien|\bdepressed|\bless than|\bdiminished",
        "low",
    ),
    (r"\bhigh\b|\braised|\belevated|\bincreased|\babove|\bpositive|\bpresent|\bdetected|\bover\b|\bexcess", "high"),
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


def read_labs_said(lines: Sequence[LabLine], sheet: Sheet) -> None:
    """Read the laboratory lines of a record; a panel in words counts for each of its members.

    Parameters: lines; sheet, which collects.
    """
    for number, line in enumerate(lines):
        _read_lab(line, f"labs[{number}]", sheet)


def _read_lab(line: LabLine, where: str, sheet: Sheet) -> None:
    ids = analytes_of(line.test, sheet)
    if not ids:
        _not_an_analyte(line, where, sheet)
        return
    value, said = value_of(line.value), f"{line.test} {line.value}".strip()
    if value.number is None and not value.word:
        why = "no number and no word such as normal, low or high"
        sheet.issue(where, f"{line.test}: {line.value}", why, ("normal", "low", "high"))
        return
    if value.number is not None and len(ids) > 1:
        names = _analyte_names(sheet, ids)
        sheet.issue(where, line.test, "a number needs one test, this is a group of tests", names)
        return
    number, word, comparator, unit = value
    low, high = range_of(line.range)
    day = _day(line.date, where, sheet)
    sheet.labs += [LabSaid(id_, said, number, word, comparator, unit, low, high, day, where) for id_ in ids]


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


def _analyte_names(sheet: Sheet, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(sheet.evidence.analytes[id_].name for id_ in ids if id_ in sheet.evidence.analytes)[:4]


def _not_an_analyte(line: LabLine, where: str, sheet: Sheet) -> None:
    """A laboratory line may be a test in words, or something that we do not use."""
    words = tuple(token for token in tokens(line.test))
    if tests_said.read_named(words, f"{line.test} {line.value}", where, sheet):
        return
    if re.search(UNUSED, clean(line.test)):
        sheet.unused.add(where)
        return
    names = {name: a.id for a in sheet.evidence.analytes.values() for name in (a.name, *a.synonyms)}
    near = process.extract(line.test.lower(), names.keys(), scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    sheet.issue(where, line.test, NOT_KNOWN, tuple(found[0] for found in near))


# real tests that none of our facts depends on
UNUSED = (
    r"antibod|\bana\b|\banca\b|antinuclear|cholesterol|triglycerid|lipid|amylase|troponin|d-?dimer|bnp|prolactin"
    r"|ferritin|transferrin|\biron\b|"
    r"protein|urinalysis|urine (?:test|culture|dipstick)|culture|hiv|hepatitis|syphilis|serology|pcr|tumou?r marker"
    r"|psa|complement|autoimmun|"
    r"hormone|oestradiol|estradiol|testosterone|fsh|\blh\b|insulin|c-?peptide|osmolality|ammonia|caeruloplasmin"
    r"|ceruloplasmin|copper|zinc|lead\b|"
    r"mercury|arsenic|aldolase|immunoglobulin|electrophoresis|genetic|gene|hla|ratio|blood group|coagulation"
    r"|fibrinogen|stool|faecal|fecal|"
    r"calprotectin|blood chemistry|other blood|selenium|vitamin [aceK]\b|uric acid|urate|acute.phase|work-?up"
    r"|laborator|function|calcitonin|catecholamine|metanephrine|porphyrin|"
    r"carnitine|acylcarnitine|cholinesterase|screen|panel|level|tests?$|studies|count|gas"
)


def read_words_of_lab(text: str, where: str, sheet: Sheet) -> bool:
    """Read a heart tracing interval that stands among the signs.

    Parameters: text; where, place in the record; sheet, which collects. Returns: True when one was found.
    """
    plain = clean(text)
    found = re.search(r"\bqtc?\b[^\d]{0,20}(\d{3}|0?\.\d+)\s*(?:ms|msec|s\b)?", plain)
    if found and "qtc" in sheet.evidence.analytes:
        value = float(found.group(1))
        sheet.labs.append(
            LabSaid("qtc", text, value * 1000 if value < 3 else value, "", "", "ms", None, None, None, where)
        )
        return True
    if (
        re.search(
            r"\b(?:prolonged|long) qtc?\b|\bqtc? (?:interval )?(?:was |is )?(?:prolonged|prolongation|long)", plain
        )
        and "qtc" in sheet.evidence.analytes
    ):
        sheet.labs.append(LabSaid("qtc", text, None, "high", "", "", None, None, None, where))
        return True
    return False


def _day(said: str, where: str, sheet: Sheet) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        sheet.issue(f"{where}.date", said, "a date is written as year-month-day", (sheet.on.isoformat(),))
        return None
