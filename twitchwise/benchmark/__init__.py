"""How good the answers are, measured on cases whose answer is known."""

from twitchwise.benchmark.adapter import record_of_case
from twitchwise.benchmark.run import as_text, measure_folder

__all__ = ["as_text", "measure_folder", "record_of_case"]
