"""The changes of the person's own day as steps of the plan, where there is a diary to change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from twitchwise.diet.types import DietReading
from twitchwise.errors import RecordError
from twitchwise.plan.situation import Situation
from twitchwise.plan.types import Refused, Step

WHY: Final = "It is a small change of what you ate. It is about food, not a cure for twitching."
MOST = 3  # changes shown in the review; `twitchwise plan` shows all, with the sums


@dataclass(frozen=True, slots=True)
class Table:
    """What the person eats, likes and does not like."""

    reading: DietReading
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()


def day_steps(situation: Situation, table: Table | None) -> tuple[list[Step], list[Refused]] | None:
    """Turn the smallest change of the day into steps.

    Parameters: situation, the person; table, what they eat, None without a diary. Returns: steps and what was
    withheld; None where the diary gives no change, so that general advice stands.
    """
    if table is None or table.reading.basis != "diary":
        return None
    from twitchwise.foods import curated
    from twitchwise.plan.day import Wishes, day_plan

    try:
        plan = day_plan(situation, table.reading, curated(), Wishes(table.likes, table.dislikes))
    except RecordError:  # a wish that is not understood: `twitchwise plan` says which
        return None
    texts = [(change.text, change.cites) for change in plan.changes]
    texts += [(idea, plan.cites[:3]) for idea in plan.ideas]
    steps = [
        Step("food", text, WHY, cites, f"food_day_{n}", "derived")
        for n, (text, cites) in enumerate(texts[:MOST], start=1)
    ]
    return (steps, list(plan.refused)) if steps else None
