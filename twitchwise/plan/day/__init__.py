"""The plan of the day: the smallest change of a person's own day that reaches the targets."""

from twitchwise.plan.day.gap import GapFill, nutrient_gap
from twitchwise.plan.day.make import day_plan
from twitchwise.plan.day.types import After, Change, DayPlan, Effort, InTheWay, Wishes

__all__ = ["After", "Change", "DayPlan", "Effort", "GapFill", "InTheWay", "Wishes", "day_plan", "nutrient_gap"]
