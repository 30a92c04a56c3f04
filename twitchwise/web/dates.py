"""What changed from one kept review to the next: urgency, causes, intakes, results, and the record itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from twitchwise.evidence import Evidence
from twitchwise.foods.nutrients import NAMES, shown
from twitchwise.household import Damaged, Kept
from twitchwise.report.build import GRAVE, ROW_FROM, SIGNS, URGENT
from twitchwise.report.diet import MAIN
from twitchwise.report.diet import VERDICTS as INTAKES
from twitchwise.report.names import UNIONS
from twitchwise.report.types import Share
from twitchwise.report.words import VERDICTS
from twitchwise.web.lines import Lines, lines_of, sentence

MOST_CAUSES: Final = 8
SAME: Final = 0.05  # a smaller move of the middle is no change to speak of
HEADLINES: Final = {
    "emergency": "Be seen by a doctor today.",
    "prompt": "See a doctor within days.",
    "routine": "Book a normal visit.",
    "self_care": "You can look after this at home.",
}
CALL_NOW: Final = "Call for emergency help now."
GRAVE_WORDS: Final = "a doctor should examine you to settle this"


@dataclass(frozen=True, slots=True)
class Stand:
    """How urgent it was on one of the days."""

    level: str
    sign: str
    headline: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing on both days, in words; "" on the day that does not have it."""

    name: str
    before: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class CausePair:
    """One cause on both days; a share is None where no figure is shown."""

    name: str
    before: Share | None
    now: Share | None
    verdicts: tuple[str, str]
    present: tuple[Share | None, Share | None]
    change: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that the page about two days shows."""

    stands: tuple[Stand, Stand]
    urgency: str
    reasons_new: tuple[str, ...]
    reasons_gone: tuple[str, ...]
    causes: tuple[CausePair, ...]
    intakes: tuple[Pair, ...]
    labs: tuple[Pair, ...]
    record: Lines
    other_facts: bool


def changes(pair: Sequence[Kept], tables: Sequence[Mapping[str, Any]], evidence: Evidence) -> Changes:
    """Work out what changed.

    Parameters: pair, two kept reviews, the earlier first; tables, the record of each; evidence.
    Returns: the changes in words. Raises: Damaged, when a kept review does not have the shape of one.
    """
    try:
        old, new = (json.loads(one.json) for one in pair)
        alerts = [[sentence(a["reason"]) for a in review["triage"]["alerts"]] for review in (old, new)]
        return Changes(
            stands=(_stand(old), _stand(new)),
            urgency=_urgency(old["triage"]["level"], new["triage"]["level"]),
            reasons_new=tuple(one for one in alerts[1] if one not in alerts[0]),
            reasons_gone=tuple(one for one in alerts[0] if one not in alerts[1]),
            causes=tuple(_causes(old, new)),
            intakes=tuple(_intakes(old, new)),
            labs=tuple(_labs(old, new)),
            record=lines_of(tables[0], tables[1]),
            other_facts=old["evidence_version"] != new["evidence_version"],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        text = "One of the two kept reviews cannot be read. Delete it on the overview, and make a new review."
        raise Damaged(text) from error


def _stand(review: Mapping[str, Any]) -> Stand:
    level = review["triage"]["level"]
    call = any((alert["level"], alert["act"]) == ("emergency", "call_now") for alert in review["triage"]["alerts"])
    return Stand(level, SIGNS[level], CALL_NOW if call else HEADLINES[level])


def _urgency(old: str, new: str) -> str:
    order = list(SIGNS)
    if old == new:
        return "The urgency is the same on both days."
    more = order.index(new) < order.index(old)
    return "It became more urgent." if more else "It became less urgent."


def _causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[CausePair]:
    """Pair the causes that are worth a row on one of the days, the leading ones of the later day first."""
    each = [{one["id"]: one for one in review["causes"]} for review in (old, new)]
    urgent = any(review["triage"]["level"] in URGENT for review in (old, new))
    wanted = [key for key in dict.fromkeys((*each[1], *each[0])) if _worth(key, each, urgent)]
    wanted.sort(key=lambda key: -max(_middle(side.get(key)) for side in each[::-1]))
    for key in wanted[:MOST_CAUSES]:
        before, now = each[0].get(key), each[1].get(key)
        yield CausePair(
            str((now or before or {})["name"]),
            _share(before, "explains"),
            _share(now, "explains"),
            (_verdict(before), _verdict(now)),
            (_share(before, "present"), _share(now, "present")),
            GRAVE_WORDS if key in GRAVE else _moved(before, now),
        )


def _worth(key: str, each: Sequence[Mapping[str, Any]], urgent: bool) -> bool:
    if key in GRAVE and not urgent:
        return False
    return any(_middle(side.get(key)) >= ROW_FROM for side in each)


def _middle(cause: Mapping[str, Any] | None) -> float:
    return float(cause["explains"]["p"]) if cause else 0.0


def _share(cause: Mapping[str, Any] | None, what: str) -> Share | None:
    if cause is None or cause["id"] in GRAVE or (what == "present" and cause["id"] in UNIONS):
        return None
    one = cause[what]
    low, high, middle = (min(max(float(one[key]), 0.0), 1.0) for key in ("low", "high", "p"))
    return Share(low, high, middle)


def _verdict(cause: Mapping[str, Any] | None) -> str:
    return VERDICTS[cause["verdict"]] if cause else "not named"


def _moved(before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    if before is None or now is None:
        return "only named on the later day" if before is None else "only named on the earlier day"
    step = _middle(now) - _middle(before)
    if abs(step) < SAME:
        return "about the same"
    return "explains more than before" if step > 0 else "explains less than before"


def _intakes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Pair]:
    sides = [(review["diet"] or {"nutrients": {}})["nutrients"] for review in (old, new)]
    for name in MAIN:
        before, now = (_intake(name, side.get(name)) for side in sides)
        if before or now:
            yield Pair(NAMES[name], before, now, _changed(before, now))


def _intake(name: str, one: Mapping[str, Any] | None) -> str:
    middle = one["usual"]["50"] if one else None
    if one is None or middle is None:
        return ""
    verdict = INTAKES.get(one.get("verdict", ""), "")
    return f"about {shown(float(middle), name)} a day{f', {verdict}' if verdict else ''}"


def _labs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Pair]:
    sides = [_results(review["labs"]) for review in (old, new)]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        before, now = ("; ".join(side.get(name, ())) for side in sides)
        if before != now:
            yield Pair(name, before, now, _changed(before, now))


def _results(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        value, level = str(row["value"]), str(row["level"])
        found.setdefault(str(row["test"]), []).append(value if level in ("", value) else f"{value}, {level}")
    return found


def _changed(before: str, now: str) -> str:
    if before == now:
        return "the same"
    return "new" if not before else "not there any more" if not now else "changed"
