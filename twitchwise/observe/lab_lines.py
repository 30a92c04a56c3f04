"""Laboratory results written in one piece, such as "K+ 2.1 mmol/L", in a list of results or among the signs."""

from __future__ import annotations

import re
from typing import NamedTuple

from twitchwise.observe.lab_values import WORDS, analytes_of
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.words import clean

_NUM = r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+"
_UNIT = (
    r"(?:x ?10\^?\d+ ?/ ?l|(?:mmol|umol|µmol|μmol|nmol|pmol|mol|meq|mg|ug|µg|μg|mcg|ng|pg|g|iu|miu|uiu|µiu|mu|ku|u"
    r"|units|mosm|mosmol) ?/ ?(?:100 ?ml|dl|ml|l|kg|h|min(?:/1\.73 ?m2?)?|24 ?h|d|day)|mmol|meq|mosm|%|"
    r"msec|ms|fl|kpa|mm ?hg)"
)
_RESULT = re.compile(
    rf"(?:(?<=[a-z0-9)+])\s*(?P<sign>[<>]=?|≤|≥)\s*|(?<![a-z0-9.,/-]))(?P<number>{_NUM})"
    rf"(?:\s*(?:-|–|to)\s*(?P<second>{_NUM}))?(?![\w.]|-\w)"
    rf"\s*(?P<unit>{_UNIT})?(?![a-z])(?P<after>\s*[(\[][^)\]]*[)\]])?",
    re.IGNORECASE,
)
_DOSE_OR_TIME = re.compile(
    r"\s*(?:-|to\b)?\s*(?:mg|g|mcg|ug|iu|tablets?|caps|x|times|days?|weeks?|months?|hours?|years?|hrs?|min|am|pm|bpm"
    r"|beats|kg|cm)\b|\s*/ ?\d",
    re.IGNORECASE,
)
_CHANGE = re.compile(  # the worse of the two is taken later
    rf"\b(?:(?:ranged |varied |fell |falling |dropp?(?:ed|ing) |rose |rising |went |down |up |changed )*(?:from"
    rf"|between))\s+"
    rf"({_NUM})\s*(?:to|and|-)\s*(?={_NUM})({_NUM})",
    re.I,
)
_LEAD = re.compile(
    r"^(?:and|with|but|had|has|his|her|the|a|an|initial|measured|labs?|serum|plasma|venous|arterial|abg|vbg)\s+", re.I
)
_TAIL = re.compile(
    r"[\s:=,~-]*\b(?:of|was|were|is|at|only|just|c[ao]mes?|back|out|over|above|under|below|results?"
    r"|readings?|levels?|very|low|high|about|approximately|to)$",
    re.I,
)
_CHARGE = re.compile(r"\b(Mg|Ca|Na|K|Cl|PO4|HCO3)\s*(?:\d?[+-]{1,2}|\d[+-])(?!\w)", re.I)
# what a diagnosis named after a salt was measured in
_SALTS = {
    "kal": "potassium",
    "natr": "sodium",
    "calc": "calcium",
    "magnes": "magnesium",
    "phosphat": "phosphate",
    "glyc": "glucose",
    "album": "albumin",
}
_SALT = re.compile(r"\bhyp(?:o|er)(kal|natr|calc|magnes|phosphat|glyc|album)[a-z]*$")
_ORGANS = frozenset("thyroid liver kidney kidneys renal gas salts inflammation blood".split())  # felt or seen
_ACID_BASE = (
    (r"\brespiratory alkalosis", (("pco2", "low"), ("ph", "high"))),
    (r"\brespiratory acidosis|\bhypercapni|\bhypercarbi", (("pco2", "high"), ("ph", "low"))),
    (r"\bhypocapni|\bhypocarbi", (("pco2", "low"),)),
)


class Piece(NamedTuple):
    """One result: the analytes, the value with its unit or the word, and the printed range."""

    ids: tuple[str, ...]
    value: str
    range: str


def number_pieces(text: str, sheet: Sheet, free: bool = False) -> list[Piece]:
    """Split a text into numeric results.

    Parameters: text; sheet; free, whether it is running text, where a name of one letter needs a unit and a dose or a
    time is no result. Returns: results in order; none when no number follows the name of a test.
    """
    text = _CHANGE.sub(r"\1-\2", text)
    found: list[Piece] = []
    start = 0
    for match in _RESULT.finditer(text):
        if match.start() < start or (free and not match["unit"] and _DOSE_OR_TIME.match(text[_end(match) :])):
            continue
        ids = _named(text[start : match.start()], sheet, free, bool(match["unit"]))
        if ids:
            after = (match["after"] or "").strip(" ()[]")
            second = f"-{match['second']}" if match["second"] else ""
            value = f"{match['sign'] or ''}{match['number']}{second} {match['unit'] or ''}".strip()
            found.append(Piece(ids, value, after if re.search(r"\d", after) else ""))
            start = match.end()
    return found


def _end(match: re.Match[str]) -> int:
    return match.end("second" if match["second"] else "number")


def _named(before: str, sheet: Sheet, free: bool, unit: bool) -> tuple[str, ...]:
    """Return the analyte whose name ends where the number begins."""
    for name in names_before(before):
        if free and not unit and len(re.sub("[^A-Za-z]", "", name)) < 2:
            continue
        ids = analytes_of(name, sheet)
        if len(ids) == 1:
            return ids
    return ()


def names_before(text: str) -> list[str]:
    """Return the names that the words before a number may be, the longest first.

    Parameters: text, up to the number. Returns: names.

    >>> names_before("metabolic alkalosis, pH")
    ['metabolic alkalosis, pH', 'pH', 'alkalosis, pH']
    """
    whole = _CHARGE.sub(r"\1", text).strip(" :=,;.-~")
    while (shorter := _LEAD.sub("", _TAIL.sub("", whole)).strip(" :=,;-~")) != whole:
        whole = shorter
    salt = _SALT.search(clean(whole))
    last, words = (
        re.split(r"[,;:]\s*|\s+(?:and|with|apart from|except(?: for)?|but|besides|other than)\s+", whole)[-1],
        whole.split(),
    )
    found = [whole, last, *(" ".join(words[-size:]) for size in (3, 2, 1))]
    return list(dict.fromkeys(name for name in [*found, _SALTS[salt.group(1)] if salt else ""] if name))


def word_piece(text: str, sheet: Sheet, free: bool = False) -> Piece | None:
    """Read a result in words, such as "undetectable PTH" or "electrolytes normal".

    Parameters: text; sheet; free, whether it is running text, where a deficiency is a diagnosis. Returns: the result,
    or None when it is no name of a test beside a word for its level.
    """
    plain = clean(text)
    said = next((found.group() for pattern, _ in WORDS if (found := re.search(pattern, plain))), "")
    if not said or len(plain.split()) > 7 or (free and "deficien" in plain):
        return None
    rest = plain.replace(said, " ")
    name = re.sub(
        r"\b(?:was|were|is|are|very|markedly|severely|slightly|mildly|levels?|all|of|a|the|found|bit|little|rather"
        r"|quite|somewhat|inappropriately|on|side|just|only|too|much|came|back)\b",
        " ",
        rest,
    )
    name = " ".join(name.split()).strip(" ,;:()")
    ids = () if free and name in _ORGANS else analytes_of(name, sheet)
    return Piece(ids, plain, "") if ids else None


def acid_base_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return what a disturbance of breathing does to the blood gas.

    Parameters: text. Returns: analyte and level.

    >>> acid_base_in("respiratory alkalosis on blood gas")
    (('pco2', 'low'), ('ph', 'high'))
    """
    plain = clean(text)
    if re.search(r"\b(?:no|without|not)\b", plain):
        return ()
    return next((levels for pattern, levels in _ACID_BASE if re.search(pattern, plain)), ())


# numbers that are written without a unit in one unit only, though another could hold them: analyte, from, to, unit
_UNWRITTEN = (
    ("pco2", 16.0, 150.0, "mmHg"),
    ("pco2", 1.0, 9.0, "kPa"),
    ("lactate", 0.3, 25.0, "mmol/L"),
    ("ferritin", 1.0, 100000.0, "ug/L"),
    ("magnesium", 0.0, 0.45, "mmol/L"),
    ("phosphate", 0.0, 0.5, "mmol/L"),
    ("crp", 0.0, 600.0, "mg/L"),
    ("glucose", 0.5, 39.0, "mmol/L"),
)


def usual_unit(analyte: str, value: float) -> str:
    """Return the unit that a bare number is meant in, where practice knows only one.

    Parameters: analyte, id; value, as written. Returns: the unit, or "" when it stays open.

    >>> usual_unit("pco2", 18.0), usual_unit("calcium", 1.6)
    ('mmHg', '')
    """
    return next((unit for id_, low, high, unit in _UNWRITTEN if id_ == analyte and low <= value <= high), "")
