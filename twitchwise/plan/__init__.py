"""The plan: an ordered, finite list of cited steps behind the harm guards."""

from twitchwise.plan.make import make_plan

__all__ = ["make_plan"]
