"""What a usual intake says about a state of the body."""

from __future__ import annotations

from dataclasses import dataclass

from twitchwise.evidence.types import Cited


@dataclass(frozen=True, slots=True)
class IntakeEffect:
    """How much more common a state is in people with a low intake than in people with enough."""

    id: str
    nutrient: str  # of foods.NUTRIENTS
    name: str  # in plain words
    node: str
    share: Cited  # of the community with a low intake
    ratio: Cited  # odds ratio of the state, low intake against enough
    cut: Cited | None = None  # the usual daily intake that counts as low; None = the US average requirement (EAR)
