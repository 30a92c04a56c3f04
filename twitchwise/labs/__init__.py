"""Laboratory results: units, intervals, graded levels, formulas, and when not to use them."""

from twitchwise.labs.derive import best_calcium, newest
from twitchwise.labs.read import read_labs, word_reading
from twitchwise.labs.types import LabReading, Level

__all__ = ["LabReading", "Level", "best_calcium", "newest", "read_labs", "word_reading"]
