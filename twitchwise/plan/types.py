"""What a plan is made of."""

from __future__ import annotations

from dataclasses import dataclass

from twitchwise.evidence.types import Cite


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, say, ask for, watch or know, with its reason and its sources."""

    kind: str  # now say test habit food supplement honest reassure watch back end
    text: str
    why: str
    cites: tuple[Cite, ...]
    id: str
    basis: str = "elicited"


@dataclass(frozen=True, slots=True)
class Portion:
    """A portion of a plain food and what it brings of one nutrient."""

    food: str
    name: str
    portion: str
    nutrient: str
    amount: float
    unit: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Total:
    """What all products together bring of one nutrient in a day, beside the published upper limits."""

    nutrient: str
    name: str
    amount: float
    unit: str
    verdict: str  # within | above_lowest | above_all | no_limit | unknown (no amount is known)
    limits: tuple[tuple[str, float, Cite], ...] = ()  # (body, limit in `unit`, source)
    label: float = 0.0  # the sum if every label already counts the element itself, in `unit`
    products: tuple[str, ...] = ()  # as written, those with a known amount
    unknown: tuple[str, ...] = ()  # products whose amount the record does not give


@dataclass(frozen=True, slots=True)
class Refused:
    """Advice that a guard withheld, and why."""

    what: str
    guard: str
    reason: str
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """An ordered, finite list of steps; what a guard withheld is listed beside it."""

    steps: tuple[Step, ...] = ()
    foods: tuple[Portion, ...] = ()
    supplement_totals: tuple[Total, ...] = ()
    refused: tuple[Refused, ...] = ()
    come_back: str = ""
    end_state: bool = False
