"""Tests in words: EMG, MRI, ECG, and what their result says."""

from __future__ import annotations

from collections.abc import Sequence

from twitchwise.evidence.types import Named
from twitchwise.observe.phrase import NEGATIONS
from twitchwise.observe.sheet import NOT_KNOWN, Sheet
from twitchwise.observe.types import FindingSeen, TestSaid
from twitchwise.observe.words import key_of
from twitchwise.record import TestLine

# read as signs when they stand among the signs
_READ_ELSEWHERE = frozenset({"neurological_examination", "blood_pressure", "oxygen_saturation", "blood_tests"})
_NEEDLE = ("discharg", "doublet", "multiplet", "denervat", "reinnervat", "polyfasic")  # words of a needle test
_NORMAL = frozenset("normal unremarkabl negativ clear fin ok okay".split())


def read_tests(lines: Sequence[TestLine], sheet: Sheet) -> None:
    """Read the tests of a record.

    Parameters: lines; sheet, which collects.
    """
    for number, line in enumerate(lines):
        where, said = f"tests[{number}]", f"{line.what} {line.result} {line.note}".strip()
        if not read_named(key_of(f"{line.what}"), said, where, sheet):
            sheet.issue(where, line.what, NOT_KNOWN, sheet.lexicon.tests.nearest(line.what))
        elif not line.result and not line.note:
            sheet.issue(where, line.what, "no result is given", ("normal", "abnormal"))


def read_test_in(words: tuple[str, ...], said: str, where: str, sheet: Sheet) -> bool:
    """Read a test that is named in a clause of a finding or sign.

    Parameters: words, tokens; said, the whole text; where, place in the record; sheet. Returns: True when one is named.
    """
    names = [hit.ids[0] for hit in sheet.lexicon.tests.find(words)]
    if not names and any(word.startswith(_NEEDLE) for word in words) and "emg" in sheet.evidence.tests:
        return read_named(("emg",), said, where, sheet)
    return any(name not in _READ_ELSEWHERE for name in names) and read_named(words, said, where, sheet)


def read_named(words: tuple[str, ...], said: str, where: str, sheet: Sheet) -> bool:
    """Read the tests that some tokens name, with the result that the whole text gives.

    Parameters: words, tokens naming the tests; said, the whole text; where; sheet. Returns: True when one is named.
    """
    hits = sheet.lexicon.tests.find(words)
    for id_ in dict.fromkeys(hit.ids[0] for hit in hits):
        test = sheet.evidence.tests[id_]
        result = key_of(said)
        _give(test, result, said, where, sheet)
        plain = (
            "normal"
            if set(result) & _NORMAL and "abnormal" not in result
            else "abnormal"
            if "abnormal" in result
            else said
        )
        sheet.tests.append(TestSaid(id_, plain, said, where))
    return bool(hits)


def _give(test: Named, result: tuple[str, ...], said: str, where: str, sheet: Sheet) -> None:
    """Give the clue and the finding of a result; the longest word that fits wins."""
    clue = _longest(test.clues, result) or _all_denied(test.clues, result)
    if clue:
        sheet.clues.add(clue)
    finding = _longest(test.findings, result)
    if finding and finding in sheet.evidence.findings:
        sheet.add(FindingSeen(finding, True, said, where, sign=True))


def _all_denied(table: object, result: tuple[str, ...]) -> str:
    """Return the clue of a normal result when an abnormal one is named and denied ("no evidence of denervation")."""
    clues = dict(table)  # type: ignore[call-overload]
    named = any(_stands(key_of(name), result) for name in clues)
    return str(clues.get("normal", "")) if named and NEGATIONS & set(result) else ""


def _stands(key: tuple[str, ...], result: tuple[str, ...]) -> bool:
    return any(result[start : start + len(key)] == key for start in range(len(result) - len(key) + 1))


def _longest(table: object, result: tuple[str, ...]) -> str:
    """Return what the longest name says; a normal or harmless part never hides another that is not."""
    stated = {name: id_ for name, id_ in dict(table).items() if _stated(key_of(name), result)}  # type: ignore[call-overload]
    graver = {name: id_ for name, id_ in stated.items() if not id_.endswith(("_only", "_normal"))}
    return max((graver or stated).items(), key=lambda row: (len(key_of(row[0])), len(row[0])), default=("", ""))[1]


def _stated(key: tuple[str, ...], result: tuple[str, ...]) -> bool:
    """Whether a name stands in the result without a denial before it."""
    for start in range(len(result) - len(key) + 1):
        if result[start : start + len(key)] == key:
            before = result[max(0, start - 2) : start]
            if key[0] in NEGATIONS or not NEGATIONS & set(before):
                return True
    return False
