"""Laboratory lines as written: the analyte, the number or the word, the unit, the printed range, the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process

from twitchwise.observe import tests_said
from twitchwise.observe.lab_amounts import before_multiple, levels, read_poison, states_in, value_for
from twitchwise.observe.lab_lines import acid_base_in, number_pieces, usual_unit, word_piece
from twitchwise.observe.lab_values import analytes_of, range_of, value_of
from twitchwise.observe.recognised import only_recognised
from twitchwise.observe.sheet import NOT_KNOWN, Sheet
from twitchwise.observe.types import FindingSeen, LabSaid
from twitchwise.observe.words import clean, tokens
from twitchwise.record import LabLine

__all__ = ["read_in_text", "read_labs_said", "read_word_in_text", "read_words_of_lab", "value_of"]


def read_labs_said(lines: Sequence[LabLine], sheet: Sheet) -> None:
    """Read the laboratory lines of a record; a panel in words counts for each of its members.

    Parameters: lines; sheet, which collects.
    """
    for number, line in enumerate(lines):
        _read_lab(line, f"labs[{number}]", sheet)


def _read_lab(line: LabLine, where: str, sheet: Sheet) -> None:
    if not line.value.strip() and _read_one_piece(line, where, sheet):
        return
    ids = analytes_of(line.test, sheet)
    if not ids:
        _not_an_analyte(line, where, sheet)
        return
    only = sheet.evidence.analytes.get(ids[0]) if len(ids) == 1 else None
    value, said = value_for(only, line.value, where, sheet), f"{line.test} {line.value}".strip()
    if value.number is None and not value.word and _read_states(said, where, sheet):
        return
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
    unit = unit or (usual_unit(ids[0], number) if number is not None and low is None and high is None else "")
    day = _day(line.date, where, sheet)
    sheet.labs += [LabSaid(id_, said, number, word, comparator, unit, low, high, day, where) for id_ in ids]


def _read_one_piece(line: LabLine, where: str, sheet: Sheet) -> bool:
    """Read a line that holds the name and the result together."""
    name = before_multiple(line.test)
    parts = re.split(r"/|,|\band\b", name)
    ids = analytes_of(name, sheet) or tuple(dict.fromkeys(id_ for part in parts for id_ in analytes_of(part, sheet)))
    for id_ in ids:
        _say((id_,), line.test, line.test, line.range, where, sheet)
    if ids:
        return True
    pieces = number_pieces(line.test, sheet)
    if not pieces:
        worded = word_piece(line.test, sheet)
        pieces = [worded] if worded else []
    for piece in pieces:
        _say(piece.ids, line.test, piece.value, line.range or piece.range, where, sheet)
    return bool(pieces)


def _say(ids: Sequence[str], said: str, value: str, range_: str, where: str, sheet: Sheet) -> None:
    only = sheet.evidence.analytes.get(ids[0]) if len(ids) == 1 else None
    number, word, comparator, unit = value_for(only, value, where, sheet)
    low, high = range_of(range_)
    if number is not None and not unit and len(ids) == 1:
        unit = usual_unit(ids[0], number)
    sheet.labs += [LabSaid(id_, said, number, word, comparator, unit, low, high, None, where) for id_ in ids]


def read_in_text(text: str, where: str, sheet: Sheet) -> bool:
    """Read laboratory results that stand among the complaints, signs or conditions.

    Parameters: text; where, place in the record; sheet, which collects. Returns: True when one was found.
    """
    levels = [(id_, word) for id_, word in acid_base_in(text) if id_ in sheet.evidence.analytes]
    for id_, word in levels:
        sheet.labs.append(LabSaid(id_, text, None, word, "", "", None, None, None, where))
    pieces = [piece for piece in number_pieces(text, sheet, free=True) if piece.ids[0] != "qtc"]
    for piece in pieces:
        _say(piece.ids, text, piece.value, piece.range, where, sheet)
    return bool(levels or pieces)


def read_word_in_text(text: str, where: str, sheet: Sheet) -> bool:
    """Read results in words, such as "low serum magnesium", each part of a list by itself.

    Parameters: text; where; sheet. Returns: True when one was found.
    """
    parts = [part for part in re.split(r"[,;.]\s|\b(?:and|with|but)\b", text) if part.strip()]
    pieces = [piece for part in parts if (piece := word_piece(part, sheet, free=True))]
    for piece in pieces:
        _say(piece.ids, text, piece.value, "", where, sheet)
    return bool(pieces)


def _analyte_names(sheet: Sheet, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(sheet.evidence.analytes[id_].name for id_ in ids if id_ in sheet.evidence.analytes)[:4]


def _not_an_analyte(line: LabLine, where: str, sheet: Sheet) -> None:
    """A laboratory line may be a group of tests, a test in words, or something that we do not use."""
    for piece in number_pieces(line.value, sheet):
        _say(piece.ids, f"{line.test}: {line.value}", piece.value, piece.range, where, sheet)
    words = tuple(token for token in tokens(line.test))
    if read_poison(line.test, line.value, line.range, where, sheet):
        return
    if tests_said.read_named(words, f"{line.test} {line.value}", where, sheet):
        return
    if _read_states(f"{line.test} {line.value}".strip(), where, sheet):
        return
    if _low_arterial_oxygen(line):
        sheet.add(FindingSeen("low_oxygen", True, f"{line.test} {line.value}", where, sign=True))
        return
    if re.search(UNUSED, clean(line.test)) or only_recognised(line.test, sheet):
        sheet.unused.add(where)
        return
    names = {name: a.id for a in sheet.evidence.analytes.values() for name in (a.name, *a.synonyms)}
    near = process.extract(line.test.lower(), names.keys(), scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    sheet.issue(where, line.test, NOT_KNOWN, tuple(found[0] for found in near))


def _read_states(said: str, where: str, sheet: Sheet) -> bool:
    """Read a disturbance by its name, such as "metabolic acidosis"."""
    states = levels(acid_base_in(said) or states_in(said), sheet)
    sheet.labs += [LabSaid(id_, said, None, word, "", "", None, None, None, where) for id_, word in states]
    return bool(states)


def _low_arterial_oxygen(line: LabLine) -> bool:
    """Whether an arterial oxygen pressure lies below 60 mmHg (8 kPa)."""
    value = value_of(line.value)
    if value.number is None or not re.search(
        r"\bpao2|arterial.*(?:oxygen|po2)|(?:oxygen|po2).*arterial", clean(line.test)
    ):
        return False
    return value.number < (8.0 if "kpa" in clean(value.unit) else 60.0)


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
