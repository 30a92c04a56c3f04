"""The list of everything that can be explained."""

from __future__ import annotations

from twitchwise.evidence.load import Evidence
from twitchwise.explain.subjects import subjects_of
from twitchwise.explain.types import Document, Line, Section


def contents(evidence: Evidence) -> Document:
    """List all topics by group.

    Parameters: evidence, the curated facts. Returns: a page of names.

    >>> from twitchwise.evidence.load import load_evidence
    >>> contents(load_evidence()).sections[0].id
    'list-1'
    """
    groups = subjects_of(evidence).listed()
    sections = tuple(
        Section(f"list-{number}", f"{heading} ({len(subjects)})", (Line(", ".join(s.name for s in subjects)),))
        for number, (heading, subjects) in enumerate(groups.items(), start=1)
    )
    short = (
        Line("Type: twitchwise explain, then one of these names. Other names work too: coffee, BFS, Losec."),
        Line("To set several side by side: twitchwise compare magnesium calcium."),
    )
    return Document("topics", "explain", "What can be explained", short, sections, {})
