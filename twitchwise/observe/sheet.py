"""What is being collected while a record is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from twitchwise.evidence import Evidence
from twitchwise.observe.lexicon import Lexicon
from twitchwise.observe.types import FactorSeen, FindingSeen, Issue, LabSaid, Taken, TestSaid

NOT_KNOWN = "not understood"
PART_NOT_KNOWN = "this part was not understood"


LEVELS = ("", "none", "low", "some", "high", "withdrawal")  # of a habit


@dataclass(slots=True)
class Sheet:
    """The growing observations of one record, with the facts needed to read it."""

    evidence: Evidence
    lexicon: Lexicon
    on: date
    age: float | None = None
    findings: list[FindingSeen] = field(default_factory=list)
    factors: list[FactorSeen] = field(default_factory=list)
    labs: list[LabSaid] = field(default_factory=list)
    tests: list[TestSaid] = field(default_factory=list)
    risks: set[str] = field(default_factory=set)
    clues: set[str] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)
    unused: set[str] = field(default_factory=set)  # places of lines that were understood without effect
    doses: dict[str, float] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    no_medicines: bool = False
    pregnant: bool | None = None
    pregnant_weeks: float | None = None
    postpartum_days: float | None = None

    def issue(self, where: str, what: str, why: str, try_: Sequence[str] = ()) -> None:
        """Note something that was not used.

        Parameters: where, place in the record; what, as written; why; try_, names to try.
        """
        self.issues.append(Issue(where, what, why, tuple(try_)))

    def add(self, seen: FindingSeen) -> None:
        """Add a finding.

        Parameters: seen, the finding.
        """
        self.findings.append(seen)

    def factor(self, seen: FactorSeen) -> None:
        """Add a factor, keeping one entry for a factor, ingredient and presence; later lines fill gaps.

        Parameters: seen, the factor.
        """
        for number, known in enumerate(self.factors):
            if known.kind == "habit" and (known.id, known.present) == (seen.id, seen.present):
                first, second = sorted(
                    (known, seen), key=lambda f: (f.dose_mg_per_day is None, -LEVELS.index(f.member))
                )
                self.factors[number] = _filled(first, second)
                return
            if ((known.id, known.present) == (seen.id, seen.present) and known.member in ("", seen.member)) or (
                known.id == seen.id and known.present == seen.present and not seen.member
            ):
                self.factors[number] = _filled(known, seen)
                return
        self.factors.append(seen)

    def deny(self, ids: Iterable[str], said: str, origin: str) -> None:
        """Add findings that the record denies.

        Parameters: ids, of findings; said, as written; origin, place in the record.
        """
        for id_ in ids:
            if id_ in self.evidence.findings:
                self.add(FindingSeen(id_, False, said, origin))


def _filled(known: FactorSeen, seen: FactorSeen) -> FactorSeen:
    return replace(
        known,
        member=known.member or seen.member,
        dose_mg_per_day=seen.dose_mg_per_day if known.dose_mg_per_day is None else known.dose_mg_per_day,
        dose_said=known.dose_said or seen.dose_said,
        days=seen.days if known.days is None else known.days,
        changed_days=seen.changed_days if known.changed_days is None else known.changed_days,
    )
