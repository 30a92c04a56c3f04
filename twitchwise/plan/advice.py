"""Which building blocks of advice fit this person, behind the guards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twitchwise.evidence.types import Advice
from twitchwise.plan.guards import GUARDS, refusal
from twitchwise.plan.place import call
from twitchwise.plan.situation import Situation
from twitchwise.plan.types import Refused, Step
from twitchwise.plan.when import applies

ORDER = "now reassure say test habit food supplement honest watch back end".split()
CAPS = {
    "now": 5,
    "reassure": 3,
    "ask": 3,
    "test": 4,
    "habit": 3,
    "food": 2,
    "supplement": 8,
    "honest": 2,
    "watch": 4,
    "back": 2,
    "end": 1,
}
LEADING = 0.25  # share of the complaint from which a cause may bring habits beside a danger sign
EMERGENCY_KINDS = ("now", "back")


def fitting(situation: Situation) -> Iterator[Advice]:
    """Yield the building blocks meant for this person, guards not yet asked, in order.

    Parameters: situation, the person. Yields: building blocks. Raises: EvidenceError for an unknown condition.
    """
    blocks = sorted(situation.evidence.advice.values(), key=lambda a: (a.order, a.id))
    for block in blocks:
        if situation.triage.level == "emergency" and block.kind not in EMERGENCY_KINDS:
            continue
        if applies(situation, block.when) and not _trifle(situation, block):
            yield block


def _trifle(situation: Situation, block: Advice) -> bool:
    """Say whether a habit would distract: a danger sign is open and its cause is not a leading one."""
    if block.kind != "habit" or not situation.red_flag:
        return False
    named = _causes(block)
    leading = [c for id_ in named if (c := situation.cause(id_)) and c.explains.p >= LEADING]
    return bool(named) and not leading


def _causes(block: Advice) -> list[str]:
    return [id_ for test in block.when if test.startswith("cause:") for id_ in test[6:].split("|")]


def split(situation: Situation, blocks: Iterable[Advice]) -> tuple[list[Advice], list[Refused]]:
    """Part the blocks that are safe for this person from those that a guard withholds.

    Parameters: situation, the person; blocks, candidates in order. Returns: safe blocks, and what was withheld.
    """
    safe: list[Advice] = []
    refused: dict[str, Refused] = {}
    for block in blocks:
        stops = [(name, reason) for name in block.guards if (reason := refusal(name, situation)) is not None]
        for name, reason in stops:
            guard = GUARDS[name]
            refused.setdefault(name, Refused(guard.withholds, name, reason, guard.cites))
        if not stops:
            safe.append(block)
    return safe, list(refused.values())


def by_cause(situation: Situation, blocks: Iterable[Advice]) -> list[Advice]:
    """Put habits in the order of the causes that they act on; all else keeps its order.

    Parameters: situation, the person; blocks, in order. Returns: the same blocks.
    """

    def share(block: Advice) -> float:
        found = [cause.explains.p for id_ in _causes(block) if (cause := situation.cause(id_)) is not None]
        return max(found, default=1.0)  # a habit for a finding itself comes first

    kept = list(blocks)
    habits = iter(sorted((b for b in kept if b.kind == "habit"), key=lambda b: -share(b)))
    return [next(habits) if block.kind == "habit" else block for block in kept]


def as_step(situation: Situation, block: Advice) -> Step:
    """Turn a building block into a step in this person's words.

    Parameters: situation, the person; block, the building block. Returns: the step.
    """
    kind = "say" if block.kind == "ask" else block.kind
    text = block.text.replace("{call}", call(situation.obs.country))
    return Step(kind, text[:1].upper() + text[1:], block.why, block.cites, block.id, block.basis)


def capped(blocks: Iterable[Advice]) -> list[Advice]:
    """Keep the list finite: the first few blocks of each kind.

    Parameters: blocks, in order. Returns: at most the cap of each kind.
    """
    kept: list[Advice] = []
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.kind] = counts.get(block.kind, 0) + 1
        if counts[block.kind] <= CAPS[block.kind]:
            kept.append(block)
    return kept
