"""Results that are neither one number nor a word: "five times normal", "2.6-2.9", "microcytic anaemia", "lead 83"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twitchwise.errors import UnitError
from twitchwise.evidence.types import Analyte
from twitchwise.observe.durations import NUMBER
from twitchwise.observe.lab_values import Value, range_of, to_number, value_of
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.types import FactorSeen
from twitchwise.observe.words import clean
from twitchwise.units import Quantity, convert, normal_unit

_DIGITS = r"\d+(?:[.,]\d+)?"
_COUNT = (
    rf"(?:{_DIGITS}|{'|'.join(sorted((re.escape(word) for word in NUMBER if len(word) > 2), key=len, reverse=True))})"
)
_LIMIT = (
    r"(?:(?:the |of |its |his |her |above |over |higher than )*(?:(?:upper |top )?(?:limits?|end|bound)(?: of)?(?:"
    r" the)?"
    r"(?: normal| reference)?(?: range| interval)?|uln|upper normal|upper reference|normal(?: range| value| level)?"
    r"|reference(?: range| limit)?)\b)"
)
_TIMES = re.compile(
    rf"(?:more than |over |about |up to |at least |[<>~]\s*)?(?:\b(?P<count>{_COUNT})(?:\s*-?\s*(?:to|-)\s*{_DIGITS})?"
    rf"\s*-?\s*(?:x|times|fold)\s*|\b(?P<word>twice|double|triple)\s+)(?:as high as |raised |elevated )?{_LIMIT}"
)
_MULTIPLE = {"twice": 2.0, "double": 2.0, "triple": 3.0}
_SPAN = re.compile(rf"^\s*({_DIGITS})\s*(?:-|–|to|and|up to|falling to|rising to)\s*({_DIGITS})(?!\d)\s*(.*)$")
# a disturbance by its name, and the analyte with its level; every row that fits counts
_STATES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (r"\bhypo(?:kal|potass)", (("potassium", "low"),)),
    (r"\bhyper(?:kal|potass)", (("potassium", "high"),)),
    (r"\bhyponatr", (("sodium", "low"),)),
    (r"\bhypernatr", (("sodium", "high"),)),
    (r"\bhypocalc", (("calcium", "low"),)),
    (r"\bhypercalc(?!iuri)", (("calcium", "high"),)),
    (r"\bhypomagn", (("magnesium", "low"),)),
    (r"\bhypermagn", (("magnesium", "high"),)),
    (r"\bhypophosphat", (("phosphate", "low"),)),
    (r"\bhyperphosphat", (("phosphate", "high"),)),
    (r"\bhypoglyc", (("glucose", "low"),)),
    (r"\bhyperglyc", (("glucose", "high"),)),
    (r"\bhypoalbumin", (("albumin", "low"),)),
    (r"\bhypochlor", (("chloride", "low"),)),
    (r"\bana?emi[ac]|\bpancytop", (("haemoglobin", "low"),)),
    (r"\bmicrocyt", (("mcv", "low"),)),
    (r"\bmacrocyt|\bmegaloblast", (("mcv", "high"),)),
    (r"\bthrombocytop|\bpancytop", (("platelets", "low"),)),
    (r"\bleu[ck]ocytosis|\bneutrophilia", (("white_cells", "high"),)),
    (r"\bleu[ck]openia|\bneutropeni|\bpancytop", (("white_cells", "low"),)),
    (r"\bazota?emi|\bura?emi", (("urea", "high"),)),
    (r"\bmetabolic (?:acidosis|acida?emia)|\bdiabetic ketoacidosis", (("bicarbonate", "low"), ("ph", "low"))),
    (r"\bmetabolic (?:alkalosis|alkala?emia)", (("bicarbonate", "high"), ("ph", "high"))),
    (r"\blactic acidosis", (("lactate", "high"), ("ph", "low"))),
)
_SEVERE = re.compile(r"\b(?:sever\w*|profound\w*|critical\w*|marked\w*|gross\w*|life-threatening|very|extreme\w*)\b")
# a poison that a laboratory found: how it is written, what it shows, and the limit above which it counts
_POISONS: tuple[tuple[str, str, float, str], ...] = (
    (
        r"(?<![-\w])(?<!limb )(?<!chest )lead\b(?! ?(?:[iv]+|ecg|ekg|trac\w+)\b)|\bpb ?b\b",
        "lead",
        10.0,
        "ug/dL",
    ),  # our judgement
    (r"\bmanganese\b", "manganese_or_aluminium", 0.0, ""),
    (r"\balumini?um\b", "manganese_or_aluminium", 0.0, ""),
    (r"\bmercury\b", "mercury", 0.0, ""),
    (r"\barsenic\b", "arsenic", 0.0, ""),
    (r"\bthallium\b", "thallium", 0.0, ""),
    (r"\bcarboxyha?emoglobin\b|\bcohb\b", "carbon_monoxide", 10.0, "%"),
)
_IN_LEAD = {"ug/dl": 1.0, "mcg/dl": 1.0, "ug/l": 0.1, "mcg/l": 0.1, "umol/l": 20.7, "mg/l": 100.0, "%": 1.0, "": 1.0}


def value_for(analyte: Analyte | None, text: str, where: str, sheet: Sheet) -> Value:
    """Read a result that may be a multiple of the upper limit or a span of two numbers.

    Parameters: analyte, or None for a group of tests; text, as printed; where, place in the record; sheet, told of
    what was taken. Returns: its parts.
    """
    times = multiple_in(text)
    if analyte is not None and times is not None:
        return _multiplied(analyte, times, text, where, sheet)
    span = _SPAN.match(text)
    if analyte is not None and span:
        first, second, unit = to_number(span[1]), to_number(span[2]), value_of(f"{span[2]} {span[3]}").unit
        if first is not None and second is not None:
            number = _further(analyte, first, second, unit)
            shown = f"{number:g} {unit}".strip()
            sheet.issue(where, text, f"of the two values the one further from normal is used: {shown}")
            return Value(number, "", "", unit)
    return value_of(text)


def multiple_in(text: str) -> float | None:
    """Return how many times the upper limit a text names.

    Parameters: text. Returns: the multiple, or None.

    >>> multiple_in("five times normal"), multiple_in("3x upper limit"), multiple_in("twice a day")
    (5.0, 3.0, None)
    """
    found = _TIMES.search(clean(text))
    if not found:
        return None
    word = found["count"] or ""
    return _MULTIPLE.get(found["word"] or "") or (float(NUMBER[word]) if word in NUMBER else to_number(word))


def before_multiple(text: str) -> str:
    """Return the name that stands before a multiple of the upper limit.

    Parameters: text. Returns: the words before it, "" when there is none.

    >>> before_multiple("CK 10 x ULN")
    'ck'
    """
    plain = clean(text)
    found = _TIMES.search(plain)
    return (
        re.sub(r"\b(?:raised|elevated|increased|high|up|to|was|is|at|of|about)\b", " ", plain[: found.start()]).strip(
            " :=,;>~"
        )
        if found
        else ""
    )


def _multiplied(analyte: Analyte, times: float, text: str, where: str, sheet: Sheet) -> Value:
    age = 35.0 if sheet.age is None else sheet.age
    fitting = [
        r for r in analyte.ranges if r.high is not None and not r.who.risk and r.who.age_from <= age < r.who.age_to
    ]
    highest = max((r for r in fitting if r.unit == fitting[0].unit), key=lambda r: r.high or 0.0, default=None)
    if highest is None or highest.high is None:
        return Value(None, "normal" if times <= 1 else "high" if times < 5 else "very_high", "", "")
    number = round(times * highest.high, 3)
    sheet.issue(where, text, f"read as about {number:g} {highest.unit}, from an upper limit of {highest.high:g}")
    return Value(number, "", "", highest.unit)


def _further(analyte: Analyte, first: float, second: float, unit: str) -> float:
    """Return the one of two values that lies further from the usual interval."""
    return max((first, second), key=lambda value: _distance(analyte, value, unit))


def _distance(analyte: Analyte, value: float, unit: str) -> float:
    for item in analyte.ranges:
        own = _in_unit(analyte, value, unit or item.unit, item.unit)
        if own is not None and not item.who.risk:
            below = (item.low - own) / item.low if item.low else 0.0
            above = (own - item.high) / item.high if item.high else 0.0
            return max(below, above)
    return 0.0


def _in_unit(analyte: Analyte, value: float, unit: str, wanted: str) -> float | None:
    if normal_unit(unit) == normal_unit(wanted):
        return value
    factors = {normal_unit(name): factor for name, factor in (*analyte.units.items(), (analyte.unit, 1.0))}
    one, other = factors.get(normal_unit(unit)), factors.get(normal_unit(wanted))
    if one and other:
        return value * one / other
    try:
        return convert(
            Quantity(value, normal_unit(unit)), wanted, molar_mass=analyte.molar_mass, valence=analyte.valence
        ).value
    except UnitError:
        return None


def states_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the analytes and levels that the name of a disturbance gives.

    Parameters: text. Returns: pairs of analyte and level, normal when it is denied.

    >>> states_in("severe hypokalaemia"), states_in("microcytic anaemia"), states_in("no anaemia")
    ((('potassium', 'very_low'),), (('haemoglobin', 'low'), ('mcv', 'low')), (('haemoglobin', 'normal'),))
    """
    plain = clean(text)
    if re.search(r"\b(?:resolved|previous|past|history)\b", plain):
        return ()
    found = [pair for pattern, pairs in _STATES if re.search(pattern, plain) for pair in pairs]
    if re.search(r"\b(?:no|not|without)\b", plain):
        return tuple((id_, "normal") for id_, _ in dict.fromkeys(found))
    very = "very_" if _SEVERE.search(plain) else ""
    return tuple((id_, f"{very}{level}") for id_, level in dict.fromkeys(found))


def read_poison(test: str, value: str, range_: str, where: str, sheet: Sheet) -> bool:
    """Read a poison that a laboratory measured: a raised level is an exposure.

    Parameters: test, value and range_, as printed; where, place in the record; sheet, which collects.
    Returns: True when a poison is named.
    """
    plain = clean(f"{test} {value}")
    for pattern, factor, limit, _ in _POISONS:
        found = re.search(pattern, plain)
        if not found or factor not in sheet.evidence.factors:
            continue
        if _too_much(plain[found.end() :], value, range_, limit):
            kind = sheet.evidence.factors[factor].kind
            sheet.factor(FactorSeen(factor, kind, True, f"{test} {value}".strip(), where))
        else:
            sheet.unused.add(where)
        return True
    if re.search(r"cholinesterase", plain) and value_of(plain).word in ("low", "very_low"):
        sheet.factor(FactorSeen("organophosphate", "exposure", True, f"{test} {value}".strip(), where))
        return True
    return False


def _too_much(after: str, value: str, range_: str, limit: float) -> bool:
    said = value_of(value or re.sub(r"^[^\d<>a-z]*(?:levels?|of|was|is|[:=])?\s*", "", after))
    upper = range_of(range_)[1]
    if said.number is None:
        return said.word in ("high", "very_high") or bool(re.search(r"toxic|times", after))
    if upper is not None:
        return said.number > upper
    return bool(limit) and said.number * _IN_LEAD.get(clean(said.unit).replace(" ", ""), 1.0) > limit


def levels(pairs: Sequence[tuple[str, str]], sheet: Sheet) -> list[tuple[str, str]]:
    """Keep the analytes that our facts know.

    Parameters: pairs of analyte and level; sheet. Returns: the pairs that are known.
    """
    return [(id_, level) for id_, level in pairs if id_ in sheet.evidence.analytes]
