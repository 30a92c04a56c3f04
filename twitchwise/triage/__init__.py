"""How soon a person should be seen, from rules alone: nothing in this package sees a probability."""

from twitchwise.triage.level import triage
from twitchwise.triage.result import Alert, LabLike, Triage
from twitchwise.triage.rule import RULES

__all__ = ["RULES", "Alert", "LabLike", "Triage", "triage"]
