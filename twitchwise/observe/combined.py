"""Medicines that do more together than each alone: a combination counts as a factor of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from twitchwise.evidence import Evidence
from twitchwise.observe.types import FactorSeen


def combined(factors: Sequence[FactorSeen], evidence: Evidence) -> tuple[FactorSeen, ...]:
    """Return the combinations that the stated medicines, supplements and exposures make.

    Parameters: factors, as stated; evidence. Returns: one factor for each combination of the data that is met.

    >>> from twitchwise.evidence import load_evidence
    >>> two = [FactorSeen("ssri", "medicine", True, "sertraline", "medicines[0]", "sertraline"),
    ...        FactorSeen("tramadol", "medicine", True, "tramadol", "medicines[1]", "tramadol")]
    >>> [f.id for f in combined(two, load_evidence())]
    ['two_serotonin_medicines']
    """
    taken = _each_ingredient(factors)
    return tuple(_met(evidence, taken))


def _each_ingredient(factors: Sequence[FactorSeen]) -> list[FactorSeen]:
    """The same ingredient said twice is one."""
    found: dict[tuple[str, str], FactorSeen] = {}
    for seen in factors:
        if seen.present and seen.kind in ("medicine", "supplement", "exposure"):
            found.setdefault((seen.id, seen.member), seen)
    return list(found.values())


def _met(evidence: Evidence, taken: Sequence[FactorSeen]) -> Iterator[FactorSeen]:
    for factor in evidence.factors.values():
        if not factor.combines or len(taken) < len(factor.combines):
            continue
        for some in permutations(taken, len(factor.combines)):
            if all(_is_one_of(seen, group, evidence) for seen, group in zip(some, factor.combines, strict=True)):
                said = " with ".join(sorted(seen.member or seen.said for seen in some))
                days = [seen.days for seen in some if seen.days is not None]
                yield FactorSeen(factor.id, factor.kind, True, said, some[0].origin, days=min(days) if days else None)
                break


def _is_one_of(seen: FactorSeen, group: Sequence[str], evidence: Evidence) -> bool:
    """A group names factors, ingredients or tags."""
    facts = evidence.factors.get(seen.id)
    names = {seen.id, seen.member.lower(), *(f"tag:{tag}" for tag in (facts.tags if facts else ()))}
    return bool(names & set(group))
