"""Lines that hold nothing but names that no fact depends on."""

from __future__ import annotations

from twitchwise.observe.lexicon import COMMON, SMALL
from twitchwise.observe.phrase import NEGATIONS, PAST
from twitchwise.observe.sheet import PART_NOT_KNOWN, Sheet
from twitchwise.observe.words import key_of, tokens

# words beside a name that add nothing to it
_BESIDE = (
    SMALL
    | COMMON
    | NEGATIONS
    | PAST
    | frozenset(
        token
        for text in (
            "old known status post treated due type stage ago last yesterday today now current currently recently"
            " one two three four five six seven eight nine ten few couple several on had has since take taking takes"
            " use used regular daily twice once dose mg needed also long term low high marked visible diffuse"
            " multiple single small large increased decreased reduced elevated raised positive negative abnormal"
            " unspecific non specific pattern change changes patient cream gel ointment tablets drops syrup patch"
            " spray injection capsules infusion oral topical nasal drug drugs product products supplement"
            " supplements surgery operation repair procedure removal condition history symptom problem only episode"
            " general generally complaint finding left right both bilateral upper lower side childhood child adult"
        ).split()
        for token in tokens(text)
    )
)


def only_recognised(text: str, sheet: Sheet) -> bool:
    """Whether a text holds names that nothing depends on, and no further word.

    Parameters: text; sheet, for its lexicon. Returns: True or False.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> from twitchwise.observe.lexicon import lexicon_of
    >>> sheet = Sheet(load_evidence(), lexicon_of(load_evidence()), date(2026, 1, 1))
    >>> only_recognised("loss of smell", sheet), only_recognised("loss of smell and weakness", sheet)
    (True, False)
    """
    named, left = _split(text, sheet)
    return bool(named) and not left


def mainly_recognised(text: str, where: str, sheet: Sheet) -> bool:
    """Use the names that nothing depends on in a text of which nothing else is understood; the rest is told.

    Parameters: text; where, place in the record; sheet, which collects. Returns: True when at least half is named.
    """
    named, left = _split(text, sheet)
    starts = {word[:4] for word in sheet.lexicon.findings.words}
    if not named or len(left) > named or any(word[:4] in starts for word in left):
        return False
    sheet.unused.add(where)
    sheet.issue(where, text, PART_NOT_KNOWN)
    return True


def _split(text: str, sheet: Sheet) -> tuple[int, set[str]]:
    """Return how many words belong to recognised names, and the words that say something else."""
    words = key_of(text)
    taken = {place for hit in sheet.lexicon.recognised.find(words) for place in hit.at}
    beside = _BESIDE | sheet.lexicon.sites.words | sheet.lexicon.qualifiers.words
    left = {word for place, word in enumerate(words) if place not in taken and not _adds_nothing(word, beside)}
    return len(taken), left


def _adds_nothing(word: str, beside: frozenset[str]) -> bool:
    return word in beside or not word[:1].isalpha()
