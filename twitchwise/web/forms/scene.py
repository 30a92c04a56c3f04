"""What a step of the way works on: the record as it stands, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from twitchwise.ask.tables import lines_of
from twitchwise.diet.screen import screen_issues
from twitchwise.evidence import Evidence
from twitchwise.labs import LabReading, read_labs
from twitchwise.observe import Observations, observe
from twitchwise.observe.types import Issue
from twitchwise.record import Record, record_from_tables
from twitchwise.triage import Triage, triage
from twitchwise.web.forms.asked import without_asked

Tables = Mapping[str, Any]


class Incomplete(Exception):
    """A form that cannot be saved yet: `tables` hold all that it says, so that it is shown again with nothing lost."""

    def __init__(self, tables: Tables, field: str, why: str) -> None:
        super().__init__(why)
        self.tables, self.field, self.why = tables, field, why


@dataclass(frozen=True)
class Scene:
    """A record as plain tables with the facts and the day that it is read with; `place` is which part is shown."""

    tables: Tables
    evidence: Evidence
    on: date
    version: int = 0
    place: int = -1  # number of the complaint, or of the first diary line that is shown
    told: Mapping[str, Any] = field(default_factory=dict)  # what the last answer brought, for this one page

    def having(self, tables: Tables) -> Scene:
        """Return the same scene with another record.

        Parameters: tables. Returns: a new scene.
        """
        return Scene(tables, self.evidence, self.on, self.version, self.place, self.told)

    @cached_property
    def record(self) -> Record:
        """The record."""
        return record_from_tables(without_asked(self.tables))

    @cached_property
    def seen(self) -> Observations:
        """The record in our names and units."""
        return observe(self.record, self.evidence, self.on)

    @cached_property
    def _labs(self) -> tuple[tuple[LabReading, ...], tuple[Issue, ...]]:
        return read_labs(self.seen, self.evidence)

    @property
    def readings(self) -> tuple[LabReading, ...]:
        """The laboratory results as they are understood."""
        return self._labs[0]

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """All that is not used as it stands, and why."""
        screen = screen_issues(self.record.diet.screen, self.evidence) if self.record.diet.screen else ()
        return tuple(dict.fromkeys((*self.seen.issues, *self._labs[1], *screen)))

    @cached_property
    def bare(self) -> Mapping[tuple[str, int], str]:
        """The lines that stand for one answer and nothing else: section and number -> finding."""
        found = {}
        for section in ("findings", "absent"):
            for number, line in enumerate(lines_of(self.tables, section)):
                what = line.get("what", line.get("name", "")) if isinstance(line, Mapping) else line
                if not isinstance(what, str) or not what:
                    continue
                seen = observe(record_from_tables({section: [{"what": what}]}), self.evidence, self.on)
                ids = {f.id for f in seen.findings}
                if len(ids) == 1 and not seen.factors and not seen.labs:
                    found[section, number] = ids.pop()
        return found

    @cached_property
    def triage(self) -> Triage:
        """How urgent it is so far."""
        return triage(self.seen, self.readings, self.evidence)
