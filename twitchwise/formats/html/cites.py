"""Sources on a page: numbered as they are met, each mark opens in place, and the list stands at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from twitchwise.evidence.types import Cite, Source
from twitchwise.report.sources import SHOWN

TIERS = {"A": "original", "B": "copy of an original"}
MOST = 4  # sources behind one sentence
PLACES = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """One source in the list at the end."""

    number: int
    title: str
    url: str
    meta: str
    places: tuple[str, ...]


class Citing:
    """Give each source its number when it is first cited on the page."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._places: dict[str, list[str]] = {}

    def mark(self, cites: Sequence[Cite], estimate: bool = False) -> Markup:
        """Return the mark behind a sentence: numbers that open in place, and whose figure it is.

        Parameters: cites, what it rests on; estimate, whether the figure is our own. Returns: markup, maybe empty.

        >>> citing = Citing({"key": Source("A paper", "study", "A", 2020)})
        >>> str(citing.mark([Cite("key", "table 1")])).count("A paper")
        1
        """
        shown = [c for c in dict.fromkeys(cites) if self._tier(c) in SHOWN][:MOST]
        own = any(self._tier(c) == "own" for c in cites)
        label = ("our judgement" if own and not shown else "our estimate") if estimate else ""
        if not shown:
            return Markup(' <span class="own">({})</span>').format(label) if label else Markup("")
        numbers = sorted({self._number(c) for c in shown})
        return self._opening(numbers, shown, label)

    def _tier(self, cite: Cite) -> str:
        return self._sources[cite.source].tier if cite.source in self._sources else ""

    def _number(self, cite: Cite) -> int:
        places = self._places.setdefault(cite.source, [])
        if cite.locator and cite.locator not in places:
            places.append(cite.locator)
        return list(self._places).index(cite.source) + 1

    def _opening(self, numbers: Iterable[int], shown: Sequence[Cite], label: str) -> Markup:
        names = ", ".join(str(n) for n in numbers)
        head = Markup('<span class="unseen">Source </span>{}').format(names)
        own = Markup(' <span class="own">({})</span>').format(label) if label else Markup("")
        rows = Markup("").join(self._row(c) for c in shown)
        # what follows an opened mark would stand below it, so the label comes first
        return own + Markup(' <details class="cites"><summary>{}</summary><ul>{}</ul></details>').format(head, rows)

    def _row(self, cite: Cite) -> Markup:
        source, number = self._sources[cite.source], self._number(cite)
        year = f", {source.year}" if source.year and str(source.year) not in source.title else ""
        place = Markup(' <span class="place">{}</span>').format(cite.locator) if cite.locator else Markup("")
        row = Markup('<li><a href="#source-{0}">{0}</a> {1}{2}.{3}</li>')
        return row.format(number, source.title.rstrip("."), year, place)

    def listed(self) -> tuple[Listed, ...]:
        """List the sources cited so far.

        Parameters: none. Returns: one entry a source, in the order of the numbers.
        """
        return tuple(self._listed(n, key) for n, key in enumerate(self._places, start=1))

    def _listed(self, number: int, key: str) -> Listed:
        source, places = self._sources[key], self._places[key]
        year = str(source.year) if source.year else "no year given"
        meta = f"{source.kind}, {year}, {TIERS[source.tier]}"
        url = source.url if source.url.startswith(("https://", "http://")) else ""
        return Listed(number, source.title, url, meta, tuple(places[:PLACES]))
