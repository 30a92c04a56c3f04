"""What a plan of the day is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from twitchwise.evidence.types import Cite
from twitchwise.plan.types import Refused

Kind = Literal["swap", "add", "less"]
Outcome = Literal["nothing_to_change", "plan", "partial", "no_plan", "foods_only", "withheld"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person wants of a plan; every part may be left out."""

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()  # marks that foods must not hold: "gluten", "nuts"
    suits: tuple[str, ...] = ()  # "vegan", "vegetarian", "halal", "kosher"
    max_changes: int = 4

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return the wishes that narrow the choice, one by one.

        Returns: pairs of kind and word.

        >>> Wishes(dislikes=("nuts",), suits=("vegan",)).parts()
        (('dislikes', 'nuts'), ('suits', 'vegan'))
        """
        lists = ("dislikes", self.dislikes), ("without", self.without), ("suits", self.suits)
        return tuple((kind, word) for kind, words in lists for word in words)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the day; amounts are per day on the days that it happens."""

    kind: Kind
    text: str
    from_food: str  # the food's id, "" for an addition
    from_name: str
    from_grams: float
    to_food: str  # the food's id, "" for "less"
    to_name: str
    to_grams: float
    share_of_days: float  # 1 = every day; a swap happens on the days when the first food is eaten
    effects: Mapping[str, float] = field(default_factory=dict)  # nutrient -> change of the mean day
    family: str = ""
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class After:
    """A nutrient before and after the plan, per day."""

    nutrient: str
    unit: str
    before: float
    after: float
    target: float | None = None
    target_name: str = ""
    limit: float | None = None
    wanted: bool = False  # the plan tries to reach the target

    @property
    def missing(self) -> float:
        """What is still missing to a target that the plan tries to reach."""
        return max(0.0, self.target - self.after) if self.wanted and self.target is not None else 0.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How good the answer is: its cost, what no answer can beat, and the work done."""

    cost: float
    bound: float
    gap: float  # share of the cost by which a better answer could still be cheaper; 0 = proven best
    columns: int  # changes that were possible
    sets: int  # sets of changes that were looked at


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A wish without which more of the gap would close."""

    wish: str
    text: str
    closes: tuple[str, ...]  # nutrients


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The smallest change of the day that reaches the targets, or as much of them as it can."""

    outcome: Outcome
    changes: tuple[Change, ...] = ()
    nutrients: tuple[After, ...] = ()
    ideas: tuple[str, ...] = ()  # the same without amounts, where amounts must not be named
    notes: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    in_the_way: tuple[InTheWay, ...] = ()
    effort: Effort | None = None
    cites: tuple[Cite, ...] = ()
    sun: str = ""
