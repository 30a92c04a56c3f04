"""Smaller kinds of curated facts: background rates, caffeine in drinks, foods for the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from twitchwise.evidence.types import Cite, Cited


@dataclass(frozen=True, slots=True)
class Background:
    """Chance that a person states a finding for reasons outside all our causes."""

    finding: str
    p: Cited


@dataclass(frozen=True, slots=True)
class Caffeine:
    """Caffeine of a drink, in mg per 100 ml or per piece, with its usual portion."""

    id: str
    name: str
    mg: Cited
    per: str = "100 ml"
    portion_ml: float = 0.0
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Food:
    """A plain food with its nutrients per 100 g."""

    id: str
    name: str
    portion: str
    portion_g: float
    cite: Cite
    per_100g: Mapping[str, float] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """Names that a record may well contain and that no fact depends on."""

    id: str
    name: str
    kind: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabFinding:
    """A laboratory result that stands for a finding; `only` when just the exact level counts."""

    id: str
    analyte: str
    level: str
    finding: str
    only: bool = False
