"""Medicines that a sentence says were stopped: what may follow from the stop."""

from __future__ import annotations

import re

from twitchwise.observe.durations import days_of
from twitchwise.observe.phrase import PEOPLE
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.types import FactorSeen
from twitchwise.observe.words import clean, key_of

WITHDRAWAL = {
    "ssri": "antidepressant_withdrawal",
    "snri": "antidepressant_withdrawal",
    "tricyclic": "antidepressant_withdrawal",
    "antidepressant": "antidepressant_withdrawal",
    "mirtazapine": "antidepressant_withdrawal",
    "benzodiazepine": "benzodiazepine_withdrawal",
    "z_drug": "benzodiazepine_withdrawal",
    "baclofen": "baclofen_gabapentin_withdrawal",
    "gabapentinoid": "baclofen_gabapentin_withdrawal",
    "opioid": "opioid_withdrawal",
    "tramadol": "opioid_withdrawal",
    "alcohol": "alcohol_withdrawal",
}
# days after the last dose in which trouble may still come from the stop; our judgement, not checked by a clinician
LATEST = {"antidepressant_withdrawal": 90.0, "benzodiazepine_withdrawal": 90.0}
LATEST_OTHERS = 60.0
STOPPED = re.compile(
    r"\b(?:stopp(?:ed|ing)|discontinu\w+|quit\w*|ceased|(?:came|come|coming|comes|been|got|gone|getting|now|went|taken"
    r"|is|am|was|weaned|tapered|taper\w*) off|withdrawn|no longer|finished|ended|weaned|(?:ran|run|running) out|until"
    r"|cold turkey|gave up|given up|missed (?:\w+ ){0,3}(?:doses?|tablets|pills)|abrupt\w*)\b|^off\b|(?<!and )(?<!or"
    r" )\boff (?:all |his |her"
    r" |my |the )?(?=\w+ (?:for|since|now)\b)"
)
# a stop that is said to be sudden or forced counts also without its time
SUDDEN = re.compile(r"\b(?:(?:ran|run|running) out|cold turkey|abrupt\w*|suddenly|missed|recently|just|forgot\w*)\b")
_NO = re.compile(
    r"\b(?:not|never|didnt|hasnt|havent|cannot|cant|could not|couldnt|without|want\w* to|wish\w* to|plan\w*"
    r"|try\w* to|tried to|wonder\w*|should|afraid)\b[^,;.]*$"
)


def stop_in(plain: str) -> re.Match[str] | None:
    """Find the words that say that something was stopped, unless they only deny, plan or try it.

    Parameters: plain, clean text. Returns: the match, or None.

    >>> bool(stop_in("ran out of it")), bool(stop_in("never stopped")), bool(stop_in("on and off"))
    (True, False, False)
    """
    stop = STOPPED.search(plain)
    return stop if stop and not _NO.search(plain[: stop.start()]) else None


def withdrawal_of(id_: str, days: float | None, sheet: Sheet) -> str:
    """Return what stopping a medicine may bring about, while the time fits.

    Parameters: id_, of the medicine; days since the stop, None when not said; sheet. Returns: a factor id, or "".
    """
    after = WITHDRAWAL.get(id_, "")
    if after not in sheet.evidence.factors:
        return ""
    return after if still_counts(after, days) else ""


def still_counts(after: str, days: float | None) -> bool:
    """Say whether trouble may still come from a stop.

    Parameters: after, the factor id of the stop; days since. Returns: False for a stop of long ago.

    >>> still_counts("opioid_withdrawal", 400.0), still_counts("antidepressant_withdrawal", 70.0)
    (False, True)
    """
    return days is None or days <= LATEST.get(after, LATEST_OTHERS)


def read_stopped(text: str, where: str, sheet: Sheet) -> bool:
    """Read from a free text the medicines that were stopped.

    Parameters: text; where, place in the record; sheet, which collects. Returns: True when one was found.
    """
    found = False
    for part in re.split(r";|\.\s|, (?!and)|\bbut\b", clean(text)):
        stop = stop_in(part)
        if not stop or PEOPLE & set(key_of(part[: stop.start()])):
            continue
        days = days_of(part, sheet.on)
        if days is None and not (SUDDEN.search(part) or part[stop.start() :].startswith(("came off", "stopp", "off"))):
            continue
        for hit in sheet.lexicon.factors["medicine"].find(key_of(part)):
            after = withdrawal_of(hit.ids[0], days, sheet)
            if after:
                sheet.factor(FactorSeen(after, sheet.evidence.factors[after].kind, True, text, where, days=days))
                found = True
    return found
