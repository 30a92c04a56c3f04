"""The numbered sources of a page of explanation."""

from __future__ import annotations

from collections.abc import Sequence

from twitchwise.evidence.types import Cite, Source
from twitchwise.explain.types import Line
from twitchwise.report.sources import SHOWN, Numbers

MOST = 4  # numbers behind one sentence


class Footnotes(Numbers):
    """Numbers given in the order of first use, with the way back to the key."""

    def keys(self) -> list[str]:
        """Return the keys in the order of their numbers.

        Parameters: none. Returns: keys cited so far.

        >>> Footnotes({}).keys()
        []
        """
        return list(self._places)

    def source(self, key: str) -> Source:
        """Return a source of the page.

        Parameters: key. Returns: the source. Raises: KeyError when the page does not have it.
        """
        return self._sources[key]

    def shown(self, cites: Sequence[Cite]) -> list[Cite]:
        """Keep the sources that a person is shown, the first few.

        Parameters: cites. Returns: those of originals and faithful copies.
        """
        known = [c for c in dict.fromkeys(cites) if c.source in self._sources]
        return [c for c in known if self._sources[c.source].tier in SHOWN][:MOST]

    def behind(self, line: Line) -> str:
        """Write the numbers behind a sentence, or say that it is our own judgement.

        Parameters: line. Returns: for example " [1,2]" or " (our judgement)".
        """
        return self.mark(line.cites, most=MOST) or self.mark(line.cites, bool(line.cites))
