"""The report: a review in plain words, in order, with numbered sources."""

from twitchwise.report.build import make_report
from twitchwise.report.types import Report

__all__ = ["Report", "make_report"]
