"""Names to choose from while a person types."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from twitchwise.evidence import Evidence
from twitchwise.foods.search import curated_index

SHOWN = 8
SHORTEST = 2  # letters; below it everything would fit
LIKE = 82.0  # likeness in percent from which a slip of the pen is offered
FACTORS = {
    "medicine": ("medicine",),
    "supplement": ("supplement",),
    "condition": ("condition",),
    "procedure": ("procedure",),
    "exposure": ("exposure",),
}


def names_like(kind: str, text: str, evidence: Evidence) -> list[str]:
    """Offer names: those that begin as typed, then those that hold it, then those that are close to it.

    Parameters: kind, medicine, supplement, condition, procedure, exposure, finding, test, other_test or food; text, as
    typed; evidence. Returns: at most 8 names.

    >>> from twitchwise.evidence import load_evidence
    >>> names_like("medicine", "omepr", load_evidence())[0], names_like("test", "magnesum", load_evidence())[0]
    ('omeprazole', 'magnesium')
    """
    said = " ".join(text.lower().split())[:80]
    if len(said) < SHORTEST:
        return []
    if kind == "food":
        return [hit.food.name for hit in curated_index().search(said, SHOWN)]
    names = _names(kind, evidence)
    begin = [name for name in names if name.lower().startswith(said)]
    word = [name for name in names if f" {said}" in f" {name.lower()}"]
    close = process.extract(said, names, scorer=fuzz.WRatio, limit=SHOWN, score_cutoff=LIKE, processor=str.lower)
    return list(dict.fromkeys([*begin, *word, *(name for name, _, _ in close)]))[:SHOWN]


@lru_cache(maxsize=32)
def _names(kind: str, evidence: Evidence) -> tuple[str, ...]:
    """Every name of a kind once, the proper names before the other words for them."""
    if kind in FACTORS:
        factors = [f for f in evidence.factors.values() if f.kind in FACTORS[kind]]
        members = [m for f in factors for m in f.members]
        own = (m.name for m in members), (f.name for f in factors)
        more = (b for m in members for b in m.brands), (s for f in factors for s in f.synonyms)
        return _once(*own, *more)
    if kind == "finding":
        felt = [f for f in evidence.findings.values() if f.kind == "symptom"]
        return _once((f.name for f in felt), (s for f in felt for s in f.synonyms))
    if kind == "test":
        return _once(
            (a.name for a in evidence.analytes.values()), (s for a in evidence.analytes.values() for s in a.synonyms)
        )
    if kind == "other_test":
        return _once(
            (t.name for t in evidence.tests.values()), (s for t in evidence.tests.values() for s in t.synonyms)
        )
    return ()


def _once(*names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for group in names:
        for name in group:
            found.setdefault(name.lower(), name)
    return tuple(found.values())
