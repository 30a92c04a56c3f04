"""Numbered sources: a person sees originals and copies, never sales pages; numbered as they appear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twitchwise.evidence.types import Cite, Source

SHOWN = ("A", "B")


class Numbers:
    """Give each source its number when it is first cited."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._places: dict[str, list[str]] = {}

    def mark(self, cites: Sequence[Cite], estimate: bool = False, most: int = 3) -> str:
        """Return the mark behind a sentence.

        Parameters: cites, what it rests on; estimate, whether the figure is our own; most, how many numbers to show.
        Returns: for example " [1,2]", " [3; our estimate]" or " (our estimate)".

        >>> Numbers({"key": Source("A paper", "study", "A")}).mark([Cite("key", "table 1")])
        ' [1]'
        """
        keys = [c for c in cites if c.source in self._sources and self._sources[c.source].tier in SHOWN][:most]
        for cite in keys:
            places = self._places.setdefault(cite.source, [])
            if cite.locator and cite.locator not in places:
                places.append(cite.locator)
        order = list(self._places)
        numbers = ",".join(str(n) for n in sorted({order.index(c.source) + 1 for c in keys}))
        if not numbers:
            own = any(self._sources[c.source].tier == "own" for c in cites if c.source in self._sources)
            return (" (our judgement)" if own else " (our estimate)") if estimate else ""
        return f" [{numbers}; our estimate]" if estimate else f" [{numbers}]"

    def listed(self) -> list[str]:
        """List the sources cited so far: title, year, place.

        Parameters: none. Returns: one line a source, in the order of the numbers.
        """
        lines = []
        for number, (key, places) in enumerate(self._places.items(), start=1):
            source = self._sources[key]
            year = f", {source.year}" if source.year and str(source.year) not in source.title else ""
            place = f". {'; '.join(places[:2])}" if places else ""
            lines.append(f"[{number}] {source.title}{year}{place}")
        return lines
