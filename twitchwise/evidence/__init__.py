"""Curated, cited facts and the one function that loads them."""

from twitchwise.evidence.load import Evidence, load_evidence

__all__ = ["Evidence", "load_evidence"]
