"""Figures inside sentences: {upper:vitamin_b6:EU} is filled from the evidence, so that words and tables agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from twitchwise.errors import EvidenceError
from twitchwise.evidence import Evidence
from twitchwise.evidence.nutrient_types import UpperLimit
from twitchwise.evidence.types import Cite

HOLE = re.compile(r"\{([^{}]*)\}")
UNITS = {
    "mg/day": "mg a day", "mg/d": "mg a day", "ug/day": "micrograms a day", "ug": "micrograms", "mg": "mg",
    "d": "days", "mmol/L": "mmol/L",
}  # fmt: skip
CALL = "call your emergency number"
Filled = tuple[str, tuple[Cite, ...]]


def fill(text: str, evidence: Evidence) -> Filled:
    """Fill the figures of a sentence.

    Parameters: text, with holes {upper:NUTRIENT:BODY}, {upper:NUTRIENT:BODY:RISK}, {limit:ID},
    {harm:NUTRIENT:SOURCE}, {food:ID:NUTRIENT}, {foods:NUTRIENT} or {call}; evidence, the curated facts.
    Returns: the sentence, and where each figure was read. Raises: EvidenceError for a hole that nothing fills.

    >>> from twitchwise.evidence import load_evidence
    >>> fill("At most {upper:vitamin_b6:EU}.", load_evidence())[0]
    'At most 12 mg a day.'
    """
    cites: list[Cite] = []

    def one(hole: re.Match[str]) -> str:
        kind, *rest = hole[1].split(":")
        if kind not in KINDS:
            raise EvidenceError(f"{hole[0]}: write {', '.join('{' + k + ':...}' for k in KINDS)}")
        try:
            words, more = KINDS[kind](evidence, rest)
        except (KeyError, ValueError, StopIteration) as error:
            raise EvidenceError(f"{hole[0]}: nothing in the evidence fills this ({text!r})") from error
        cites.extend(more)
        return words

    filled = HOLE.sub(one, text)
    return filled, tuple(dict.fromkeys(cites))


def _upper(evidence: Evidence, rest: Sequence[str]) -> Filled:
    nutrient, body, *risk = rest
    wanted = risk[0] if risk else ""

    def fits(limit: UpperLimit) -> bool:
        return limit.body == body and limit.who.risk == wanted

    limit = next(u for u in evidence.nutrients[nutrient].upper_limits if fits(u))
    return f"{limit.value:,.5g} {UNITS[limit.unit]}", (limit.cite,)


def _limit(evidence: Evidence, rest: Sequence[str]) -> Filled:
    (key,) = rest
    limit = evidence.limits[key]
    return f"{limit.value:.4g} {UNITS[limit.unit]}", (limit.cite,)


def _harm(evidence: Evidence, rest: Sequence[str]) -> Filled:
    nutrient, source = rest
    harm = next(h for h in evidence.nutrients[nutrient].harms if h.cite.source == source and h.value is not None)
    return f"{harm.value:.5g} {UNITS[harm.unit]}", (harm.cite,)


def _food(evidence: Evidence, rest: Sequence[str]) -> Filled:
    key, nutrient = rest
    food = evidence.foods_rich[key]
    amount = float(f"{food.per_100g[nutrient] * food.portion_g / 100:.2g}")
    return f"{amount:g} {UNITS[evidence.nutrients[nutrient].unit]}", (food.cite,)


def _foods(evidence: Evidence, rest: Sequence[str]) -> Filled:
    """Name four foods that bring most of a nutrient in a portion, no two of the same kind."""
    (nutrient,) = rest
    rich = sorted(evidence.foods_rich.values(), key=lambda f: -f.per_100g.get(nutrient, 0.0) * f.portion_g)
    names: list[str] = []
    cites: list[Cite] = []
    for food in rich:
        kind = set(food.id.split("_"))
        if "fortified" in food.tags or any(kind & set(n.split("_")) for n in names):
            continue
        if evidence.nutrients[nutrient].id not in food.per_100g:
            raise KeyError(nutrient)
        names.append(food.id)
        cites.append(food.cite)
        if len(names) == 4:
            break
    words = [evidence.foods_rich[n].name for n in names]
    return f"{', '.join(words[:-1])} and {words[-1]}", tuple(cites)


def _call(evidence: Evidence, rest: Sequence[str]) -> Filled:
    return CALL, ()


KINDS: dict[str, Callable[[Evidence, Sequence[str]], Filled]] = {
    "upper": _upper,
    "limit": _limit,
    "harm": _harm,
    "food": _food,
    "foods": _foods,
    "call": _call,
}
