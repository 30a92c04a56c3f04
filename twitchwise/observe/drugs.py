"""Medicines and supplements: from names, brands and doses to factors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twitchwise.observe.doses import amounts_in, dose_of, nutrients_in
from twitchwise.observe.durations import days_in_note, days_of
from twitchwise.observe.factors import ORDER, found_in, no_effect
from twitchwise.observe.lexicon import COMMON, Hit
from twitchwise.observe.nothing import is_no_medicine, is_nothing
from twitchwise.observe.products import CARRIERS, MINERALS, carries, read_products
from twitchwise.observe.recognised import mainly_recognised, only_recognised
from twitchwise.observe.sheet import NOT_KNOWN, Sheet
from twitchwise.observe.stopping import SUDDEN, WITHDRAWAL, stop_in, withdrawal_of
from twitchwise.observe.types import FactorSeen
from twitchwise.observe.words import clean, key_of
from twitchwise.record import DrugLine

# the ending of an international name and the tag of its class
ENDINGS = (
    ("prazole", "ppi"),
    ("statin", "statin"),
    ("sartan", "ace_or_arb"),
    ("pril", "ace_or_arb"),
    ("thiazide", "thiazide"),
    ("floxacin", "quinolone"),
    ("dronate", "bisphosphonate"),
    ("dronic", "bisphosphonate"),
    ("azepam", "benzodiazepine"),
    ("tidine", "h2_blocker"),
    ("cycline", "tetracycline"),
)


Hits = list[tuple[str, Hit]]
_NOT_BY_ENDING = frozenset(
    "aripiprazole brexpiprazole nystatin mycostatin pentostatin cilastatin somatostatin azacitidine hexetidine"
    " decitidine trabectedine".split()
)


_CHANGED = re.compile(
    r"\b(?:increased|raised|doubled|changed|reduced|lowered|higher dose|switched|started|new|began|up to)\b"
)


def read_drugs(lines: Sequence[DrugLine], section: str, sheet: Sheet) -> None:
    """Read medicines or supplements.

    Parameters: lines; section, "medicines" or "supplements"; sheet, which collects.
    """
    for number, line in enumerate(lines):
        where = f"{section}[{number}]"
        if is_no_medicine(line.name) or is_nothing(line.name):
            sheet.no_medicines |= section == "medicines"
            continue
        _read_drug(line, section, where, sheet)


def _read_drug(line: DrugLine, section: str, where: str, sheet: Sheet) -> None:
    words = key_of(re.sub(r"\b\d+(?:[.,]\d+)?\s*(?:mg|mcg|ug|g|iu|ml)\b", " ", clean(line.name)))
    found = found_in(words, ORDER[section], sheet)
    if any(id_.endswith("_withdrawal") for id_, _ in found) and stop_in(clean(line.name)) is None:
        found = found_in(words, ORDER[section][:2], sheet) or found
    if not found and not no_effect(words) and only_recognised(line.name, sheet) and not _by_ending(words, sheet):
        sheet.unused.add(where)
        return
    if not found:
        fixed = sheet.lexicon.factors[ORDER[section][0]].spelled(words, COMMON)
        fixed = fixed if fixed != words else sheet.lexicon.factors[ORDER[section][1]].spelled(words, COMMON)
        found = found_in(fixed, ORDER[section], sheet) if fixed != words else []
        if found:
            names = ", ".join(sheet.evidence.factors[id_].name for id_, _ in found)
            sheet.issue(where, line.name, f"read as {names}: correct it if this is wrong")
        words = fixed
    by_ending = _by_ending(words, sheet) if not found else ""
    if by_ending:
        _drug_seen(by_ending, words[0], line, where, sheet)
    found = _without_salts(line.name, found, sheet)
    for id_, hit in found:
        _drug_seen(id_, sheet.lexicon.member_of(id_, words[hit.start : hit.end + 1]), line, where, sheet)
    ids = [id_ for id_, _ in found]
    nutrients = carries(ids, section, sheet.evidence) and read_products(line, ids, where, sheet)
    if not found and not by_ending:
        if no_effect(words) or nutrients:
            sheet.unused.add(where)
        elif not mainly_recognised(line.name, where, sheet):
            near = sheet.lexicon.factors[ORDER[section][0]].nearest(line.name)
            sheet.issue(where, line.name, NOT_KNOWN, near)


def _without_salts(name: str, found: Hits, sheet: Sheet) -> Hits:
    """Drop the mineral in the name of a medicine: losartan potassium is no potassium supplement."""
    kinds = {id_: sheet.evidence.factors[id_].kind for id_, _ in found}
    medicines = [id_ for id_, kind in kinds.items() if kind == "medicine" and id_ not in CARRIERS]
    if not medicines or re.search(r"[,;+/&]|\band\b|\bwith\b|\bplus\b", clean(name)):
        return found
    return [(id_, hit) for id_, hit in found if not (kinds[id_] == "supplement" and id_ in MINERALS)]


def _by_ending(words: Sequence[str], sheet: Sheet) -> str:
    """Return the class of a medicine that its international name reveals."""
    for word in words:
        tag = next((tag for ending, tag in ENDINGS if len(word) > len(ending) + 1 and _ends(word, ending)), "")
        if tag and word not in {key_of(name)[0] for name in _NOT_BY_ENDING}:
            kinds = [f.id for f in sheet.evidence.factors.values() if tag in f.tags and f.kind == "medicine"]
            if kinds:
                return min(kinds, key=lambda id_: (id_ != tag, len(id_)))
    return ""


def _ends(word: str, ending: str) -> bool:
    return word.endswith((ending, *key_of(ending)))


def _drug_seen(id_: str, member: str, line: DrugLine, where: str, sheet: Sheet) -> None:
    factor = sheet.evidence.factors[id_]
    text = f"{line.name} {line.dose} {line.note}"
    dose = _dose(id_, line)
    days = (
        days_of(line.since, sheet.on)
        if line.since
        else days_in_note(f"{line.note or line.name}; {line.dose if 'since' in line.dose else ''}", sheet.on)
    )
    if line.since and days is None:
        sheet.issue(f"{where}.since", line.since, "this time is not understood", ("3 weeks", "since 2024"))
    changed = days_of(line.changed, sheet.on) if line.changed else None
    if changed is None and _CHANGED.search(clean(line.note or line.name)):
        said = line.note or line.name
        parts = [part for part in re.split(r"[,;]", said) if _CHANGED.search(clean(part))]
        changed = days_in_note(said, sheet.on) or next(iter(days_of(part, sheet.on) for part in parts), None)
    plain = clean(f"{line.name}; {line.note}; {line.dose}")
    stopped = stop_in(plain) is not None
    gone = days_of(line.note or line.name, sheet.on) if stopped else None
    if gone is not None and gone > 14:
        _stopped(id_, gone, text, where, sheet)
        return
    if id_ in WITHDRAWAL and (gone is not None or (stopped and SUDDEN.search(plain))):
        _stopped(id_, gone, text, where, sheet)
    sheet.factor(FactorSeen(id_, factor.kind, True, line.name, where, member, dose, line.dose, days, changed))
    _denied_change(id_, changed, sheet)


def _dose(id_: str, line: DrugLine) -> float | None:
    """Return the dose in mg a day; in a product of several nutrients, that of the nutrient itself."""
    named = nutrients_in(line.name)
    if id_ in named and len(named) > 1:
        return next((mg for nutrient, mg, _ in amounts_in(line.name, line.dose) if nutrient == id_), None)
    nutrient = next(iter(named), "")
    return dose_of(line.dose, nutrient) if line.dose else dose_of(f"{line.name} {line.note}", nutrient)


def _denied_change(id_: str, changed: float | None, sheet: Sheet) -> None:
    if changed is not None and changed <= 60 and "medicine" in sheet.evidence.factors[id_].kind:
        sheet.clues.add("onset_after_medicine")


def _stopped(id_: str, days: float | None, said: str, where: str, sheet: Sheet) -> None:
    after = withdrawal_of(id_, days, sheet)
    if after:
        sheet.factor(FactorSeen(after, sheet.evidence.factors[after].kind, True, said, where, days=days))
    elif days is not None and days > 14:
        sheet.issue(where, said.strip(), "stopped some time ago: not counted as taken now")
