"""Blood tests as a laboratory's portal, a spreadsheet or a letter writes them: text in, lines of a record out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from twitchwise.evidence import Evidence
from twitchwise.evidence.analyte_names import resolve_analyte

MOST = 200  # results of one paste
ROWS, LONGEST = 3_000, 300  # lines of one paste, and characters of a line
HEADS: dict[str, str] = {
    "test": r"tests?|analytes?|components?|names?|parameters?|investigations?|assay|item|description|laboratory test"
    r"|test name|examination|marker|biomarker",
    "value": r"results?|values?|your (?:value|result)s?|measured|observed value|reading|level|latest",
    "unit": r"units?|uom|unit of measure|dimension",
    "range": r"(?:reference|normal|standard|ref\.?|biological reference)? ?(?:range|interval|values?|limits?)s?"
    r"|reference|norm|normal|ref",
    "low": r"low(?:er)?(?: limit)?|min(?:imum)?|ref(?:erence)? low|from",
    "high": r"high(?:er)?|upper(?: limit)?|max(?:imum)?|ref(?:erence)? high|to",
    "date": r"dates?|collected|collection date|taken|sample date|drawn|day|date (?:taken|collected)|performed|time",
    "flag": r"flags?|status|abnormal|interpretation|h/l|indicator",
}
NUMBER = r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+"
RANGE = rf"(?:{NUMBER})\s*(?:-|–|—|to)\s*(?:{NUMBER})|(?:[<>]=?|≤|≥|up to|below|above|under|over)\s*(?:{NUMBER})"
UNIT = (
    r"[A-Za-zµμ%][\w%µμ^*.\[\]{}]*(?:\s?/\s?[\w.^*]+(?:\s?m2|\s?m²)?)*|10[\^*]\d+\s?/\s?\w+|x\s?10[\^*]?\d+\s?/\s?\w+|%"
)
WORDS = (
    r"(?:very |slightly |mildly )?(?:low|high|normal|negative|positive|not detected|detected|borderline|raised|reduced)"
)
LINE = re.compile(
    rf"^(?P<test>[A-Za-z].*?)[\s:=,;]+(?P<value>(?:[<>]=?|≤|≥)?\s*(?:{NUMBER}))"
    rf"(?P<flag1>\s*[*!]?\s*(?:\(?(?:HH|LL|H|L)\)?))?"
    rf"(?![\w-])\s*(?P<unit>{UNIT})?\s*(?P<rest>.*)$"
)
WORDED = re.compile(rf"^(?P<test>[A-Za-z][^:=\t]*?)\s*[:=]?\s+(?P<value>{WORDS})\s*$", re.I)
RANGE_LINE = re.compile(
    rf"^(?:(?:reference|normal|standard|ref\.?|biological)\s*)*(?:range|interval|values?|limits?)?\s*[:=]?\s*[(\[]?\s*"
    rf"(?P<range>{RANGE})\s*[)\]]?\s*(?P<unit>{UNIT})?\s*[)\]]?$",
    re.I,
)
DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})|\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAMED_DAY = re.compile(
    r"\b(\d{1,2})[ .-]*(MON)[a-z]*[ ,.-]*(\d{4})\b|\b(MON)[a-z]* (\d{1,2}),? (\d{4})\b".replace(
        "MON", "|".join(MONTHS)
    ),
    re.I,
)
NO_UNIT = frozenset("h l hh ll high low normal ref reference range abnormal final n".split())


@dataclass
class Pasted:
    """What a text held: lines for [[labs]], and the text lines that no result was found in."""

    lines: list[dict[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def read_lab_text(text: str, evidence: Evidence) -> Pasted:
    """Read results out of a text.

    Parameters: text, a table with tabs, commas, semicolons, bars or wide gaps, or one result a line; evidence, whose
    names of tests are known. Returns: the results, and the lines that hold none.

    >>> from twitchwise.evidence import load_evidence
    >>> read_lab_text("Magnesium 0.80 mmol/L (0.70 - 1.05)", load_evidence()).lines
    [{'test': 'Magnesium', 'value': '0.80 mmol/L', 'range': '0.70 - 1.05'}]
    """
    found = Pasted()
    heads, day = None, ""
    for cells in _rows(text):
        joined = " ".join(cell for cell in cells if cell)
        if not joined or set(joined) <= set("-=|+: "):
            continue
        if (new := _heads(cells)) is not None:
            heads = new
        elif (line := _line(cells, heads, evidence)) is not None:
            found.lines.append({**line, **({"date": day} if day and "date" not in line else {})})
        elif (range_ := RANGE_LINE.match(joined)) and found.lines and "range" not in found.lines[-1]:
            _add_range(found.lines[-1], range_["range"], range_["unit"] or "")
        elif (when := day_in(joined)) and not _name_ahead(joined, evidence):
            day = when
        else:
            found.left.append(joined[:120])
    found.lines = [line for line in found.lines if line["value"]][:MOST]
    return found


def _rows(text: str) -> Iterator[list[str]]:
    """Take the text apart: a name that stands alone is joined with the result on the next line."""
    lines = [line[:LONGEST].strip(" \r").strip("|") for line in text.splitlines()[:ROWS] if line.strip(" \r|")]
    mark = _mark(lines)
    held, limits = "", ""
    for line in lines:
        if mark or not (held or _bare_name(line)):
            yield _cells(line, mark)
        elif _bare_name(line):
            yield from ([part] for part in (held, limits) if part)
            held, limits = line.strip(" :"), ""
        elif _is_range(line) and not limits:
            limits = line  # some portals print the range between the name and the result
        else:
            result = re.match(rf"^[<>≤≥]?\s*(?:{NUMBER})", line) and not day_in(line)
            yield from ([part] for part in ([f"{held} {line}", limits] if result else [held, limits, line]) if part)
            held, limits = "", ""
    yield from ([part] for part in (held, limits) if part)


def _is_range(line: str) -> bool:
    return bool(RANGE_LINE.match(line)) and not re.match(r"^\s*[<>≤≥]", line)


def _bare_name(line: str) -> bool:
    return (
        bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,()/+'-]{1,60}:?", line.strip()))
        and not WORDED.match(line.strip())
        and (not re.search(r"\s\d", line))
    )


def _mark(lines: Sequence[str]) -> str:
    """Choose what parts the columns; "" for none."""
    for mark in ("\t", "|", ";", ","):
        counts = [line.count(mark) for line in lines]
        several = [count for count in counts if count >= (2 if mark == "," else 1)]
        if several and len(several) >= 0.6 * len(lines) and (mark != "," or len(set(several)) <= 2):
            return mark
    return "  " if sum(bool(re.search(r"\S {2,}\S", line)) for line in lines) >= 0.6 * len(lines) and lines else ""


def _cells(line: str, mark: str) -> list[str]:
    if not mark:
        return [line.strip()]
    if mark == "  ":
        return [cell.strip() for cell in re.split(r"\s{2,}", line.strip())]
    if mark in ",;":
        try:
            return [cell.strip() for cell in next(csv.reader([line], delimiter=mark, skipinitialspace=True))]
        except (csv.Error, StopIteration):
            return [line]
    return [cell.strip() for cell in line.split(mark)]


def _heads(cells: Sequence[str]) -> dict[int, str] | None:
    """Read a line of column names; None when it is none."""
    found: dict[int, str] = {}
    for number, cell in enumerate(cells):
        name = re.sub(r"[^a-z./ ]", "", cell.lower()).strip()
        key = next((key for key, words in HEADS.items() if re.fullmatch(words, name)), "")
        if key and key not in found.values():
            found[number] = key
    return found if {"test", "value"} <= set(found.values()) else None


def _line(cells: Sequence[str], heads: dict[int, str] | None, evidence: Evidence) -> dict[str, str] | None:
    if len(cells) == 1 or (heads is None and len([c for c in cells if c]) == 1):
        return _free(next(c for c in cells if c), evidence)
    said = _by_heads(cells, heads) if heads else _by_content(cells)
    if not said.get("test") or not said.get("value") or not re.search(rf"\d|{WORDS}", said["value"], re.I):
        return None
    unit = said.pop("unit", "")
    value = re.sub(r"\s*[*!]$|\s+\(?(?:HH|LL|H|L)\)?$", "", said["value"]).strip()
    said["value"] = (
        value if not unit or unit.lower() in value.lower() or not re.search(r"\d", value) else f"{value} {unit}"
    )
    low, high = said.pop("low", ""), said.pop("high", "")
    if (low or high) and not said.get("range"):
        said["range"] = f"{low}-{high}" if low and high else f">{low}" if low else f"<{high}"
    said["date"] = day_in(said.get("date", ""))
    return {key: said[key] for key in ("test", "value", "range", "date") if said.get(key)}


def _by_heads(cells: Sequence[str], heads: dict[int, str]) -> dict[str, str]:
    return {key: cells[number] for number, key in heads.items() if number < len(cells) and key != "flag"}


def _by_content(cells: Sequence[str]) -> dict[str, str]:
    """Tell the columns apart by what stands in them."""
    found: dict[str, str] = {}
    for cell in cells:
        if not cell:
            continue
        if "test" not in found and re.match(r"[A-Za-z]", cell):
            found["test"] = cell
        elif day_in(cell) and "date" not in found and "value" in found:
            found["date"] = cell
        elif "value" not in found and (re.match(rf"[<>≤≥]?\s*(?:{NUMBER})", cell) or re.fullmatch(WORDS, cell, re.I)):
            found["value"] = cell
        elif "range" not in found and re.search(RANGE, cell):
            found["range"] = re.search(RANGE, cell)[0]  # type: ignore[index]
        elif "unit" not in found and re.fullmatch(UNIT, cell) and cell.lower() not in NO_UNIT:
            found["unit"] = cell
        elif day_in(cell) and "date" not in found:
            found["date"] = cell
    return found


def _free(text: str, evidence: Evidence) -> dict[str, str] | None:
    """Read one result that is written as a sentence writes it; its name has to be a test that is known."""
    when = day_in(text)
    bare = NAMED_DAY.sub(" ", DAY.sub(" ", text)).strip(" -*•·,;") if when else text.strip(" -*•·")
    match = LINE.match(bare) or WORDED.match(bare)
    if match is None:
        return None
    name = match["test"].strip(" :=-,")
    if resolve_analyte(name, evidence) is None and not match.groupdict().get("unit"):
        return None
    parts = match.groupdict()
    unit = (parts.get("unit") or "").strip()
    unit = "" if unit.lower() in NO_UNIT else unit
    line = {"test": name, "value": f"{match['value'].strip()} {unit}".strip()}
    inside = re.search(RANGE, parts.get("rest") or "", re.I)
    return {**line, **({"range": inside[0]} if inside else {}), **({"date": when} if when else {})}


def _add_range(line: dict[str, str], range_: str, unit: str) -> None:
    line["range"] = range_
    if unit and unit.lower() not in NO_UNIT and re.fullmatch(rf"[<>≤≥]?\s*(?:{NUMBER})", line["value"]):
        line["value"] = f"{line['value']} {unit}"


def _name_ahead(text: str, evidence: Evidence) -> bool:
    return resolve_analyte(re.split(r"[\d:]", text)[0].strip(), evidence) is not None


def day_in(text: str) -> str:
    """Find a date in a text.

    Parameters: text. Returns: the date as year-month-day; "" when there is none, or when day and month cannot be told
    apart.

    >>> day_in("Collected 14/03/2026 08:10"), day_in("3 Oct 2026"), day_in("04/05/2026"), day_in("2026-10-01")
    ('2026-03-14', '2026-10-03', '', '2026-10-01')
    """
    if found := DAY.search(text):
        if found[1]:
            return _iso(int(found[1]), int(found[2]), int(found[3]))
        first, second, year = int(found[4]), int(found[5]), int(found[6])
        if first > 12 or first == second or "." in found[0]:
            return _iso(year, second, first)
        return _iso(year, first, second) if second > 12 else ""
    if found := NAMED_DAY.search(text):
        number, month, written = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        return _iso(int(written), MONTHS.index(month.lower()[:3]) + 1, int(number))
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
