"""What stands beside every step: how urgent it is so far, what is behind it, and what an answer changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twitchwise.ask.types import State
from twitchwise.ask.urgency import AT_ONCE, what_to_do
from twitchwise.report import Report
from twitchwise.report.build import SIGNS, URGENT, alerts, headline
from twitchwise.report.types import CauseRow
from twitchwise.report.words import asked
from twitchwise.web.forms.asked import without_asked
from twitchwise.web.forms.scene import Scene


@dataclass(frozen=True, slots=True)
class Side:
    """The urgency so far, in words."""

    level: str
    sign: str
    headline: str
    because: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    now: tuple[str, ...] = ()  # what to do at once; for an emergency alone
    short: tuple[str, ...] = ()  # the short answer of the review
    changed: tuple[str, ...] = ()
    empty: bool = False  # nothing was told yet


def side_of(scene: Scene, whole: bool = False) -> Side:
    """Say how urgent a record is, quickly.

    Parameters: scene; whole, whether all that there is to do in an emergency is worked out too, which takes longer.
    Returns: the urgency in words.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> side_of(Scene({"findings": ["seizure"]}, load_evidence(), date(2026, 11, 22))).sign
    'EMERGENCY'
    """
    found = scene.triage
    because = tuple(said.text for said in alerts(found)[:3]) if found.alerts else ()
    return Side(
        found.level,
        SIGNS[found.level],
        headline(found, scene.seen.country),
        because,
        tuple(asked(question) for question in found.not_asked) if found.provisional else (),
        _now(scene) if whole and found.level == "emergency" else (),
        empty=not without_asked(scene.tables),
    )


def _now(scene: Scene) -> tuple[str, ...]:
    """Say what to do at once, in the order of haste; the headline stands by itself."""
    lines = what_to_do(scene.triage, State(without_asked(scene.tables)), scene.evidence, scene.on)
    kinds = tuple(f"{kind.capitalize()}: " for kind in AT_ONCE)
    return tuple(line.removeprefix("- ").removeprefix(kinds[0]) for line in lines[1:])


def what_changed(before: Report, now: Report) -> tuple[str, ...]:
    """Say what the last answers changed in the review.

    Parameters: before and now, the reports. Returns: sentences, none when nothing was reviewed before.
    """
    said = []
    if before.level != now.level:
        said.append(f"The urgency was “{_calm(before.sign)}”. Now it is “{_calm(now.sign)}”.")
    first = [(report.causes[0].name if report.causes else "") for report in (before, now)]
    if first[0] != first[1] and first[1] and now.level not in URGENT:
        said.append(f"First on the list is now: {first[1]}." if first[0] else f"First on the list: {first[1]}.")
    if not said and before.review.record != now.review.record:
        said.append(_moved(before, now))
    return tuple(said)


def _calm(sign: str) -> str:
    return sign.lower().replace("_", " ")


def _moved(before: Report, now: Report) -> str:
    """Say which cause moved most, in words: never a raw figure beside a form."""
    old = {cause.id: _middle(cause) for cause in before.causes}
    steps = [(_middle(cause) - old.get(cause.id, 0.0), cause.name) for cause in now.causes if cause.explains]
    most = max(steps, key=lambda step: abs(step[0]), default=(0.0, ""))
    if abs(most[0]) < 0.03 or now.level in URGENT:
        return "The last answer changed little. That is worth knowing too."
    return f"The last answer speaks {'for' if most[0] > 0 else 'against'}: {most[1]}."


def _middle(cause: CauseRow) -> float:
    return (cause.explains.middle or 0.0) if cause.explains else 0.0


def more_urgent(before: Scene, now: Scene, order: Sequence[str]) -> bool:
    """Say whether an answer made it an emergency or a matter of days, or added a new reason to one.

    Parameters: before; now; order, the levels, the most urgent first. Returns: whether it has to be said at once.
    """
    if now.triage.level not in URGENT:
        return False
    rules = [{alert.rule for alert in scene.triage.alerts if alert.level in URGENT} for scene in (before, now)]
    return order.index(now.triage.level) < order.index(before.triage.level) or bool(rules[1] - rules[0])
