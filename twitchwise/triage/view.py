"""A record as a triage rule sees it: short questions about findings, tags, times and laboratory values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twitchwise.evidence.types import Factor, Finding, Limit
from twitchwise.observe.types import FactorSeen, FindingSeen, Observations
from twitchwise.triage.result import LabLike

SUDDEN = frozenset({"sudden", "hours"})
LOW = ("low", "very_low")
HIGH = ("high", "very_high")


@dataclass(frozen=True)
class View:
    """One record with its laboratory readings and the limits of the rules; nothing in it is a probability.

    `labs` are the readings that nothing outranks; `earlier` are the others.
    """

    obs: Observations
    labs: tuple[LabLike, ...]
    limits: Mapping[str, Limit]
    findings: Mapping[str, Finding]
    factors: Mapping[str, Factor]
    earlier: tuple[LabLike, ...] = ()

    # findings -----------------------------------------------------------------------------------------------------

    def has(self, *ids: str) -> bool:
        """Tell whether one of these findings, or a kind of it, is present.

        Parameters: ids, finding ids. Returns: True or False.

        >>> View(Observations(present=frozenset({"fever"})), (), {}, {}, {}).has("fever", "cough")
        True
        """
        return any(i in self.obs.present for i in ids)

    def count(self, *ids: str) -> int:
        """Count how many of these findings are present.

        Parameters: ids, finding ids. Returns: a count.

        >>> View(Observations(present=frozenset({"fever"})), (), {}, {}, {}).count("fever", "cough")
        1
        """
        return sum(i in self.obs.present for i in ids)

    def name(self, *ids: str) -> str:
        """Name the first of these findings that is present, in the given order.

        Parameters: ids, finding ids. Returns: its plain name, or "" when none is present.

        >>> View(Observations(), (), {}, {}, {}).name("fever")
        ''
        """
        found = next((i for i in ids if i in self.obs.present), "")
        return self.findings[found].name if found in self.findings else found.replace("_", " ")

    def pair(self, first: tuple[str, ...], second: tuple[str, ...]) -> str:
        """Name one finding of each group when both groups have one and neither is a kind of the other.

        Parameters: first, second, finding ids. Returns: "a with b", or "".

        >>> see = View(Observations(present=frozenset({"fever", "cough"})), (), {}, {}, {})
        >>> see.pair(("fever",), ("cough",))
        'fever with cough'
        """
        for one in (i for i in first if i in self.obs.present):
            for two in (i for i in second if i in self.obs.present):
                if one not in self._kinds(two) and two not in self._kinds(one):
                    return f"{self.name(one)} with {self.name(two)}"
        return ""

    def stated(self, *ids: str) -> tuple[FindingSeen, ...]:
        """Give the present findings, as stated, that are one of these or a kind of one.

        Parameters: ids, finding ids. Returns: the findings in the order of the record.

        >>> View(Observations(), (), {}, {}, {}).stated("fever")
        ()
        """
        wanted = set(ids)
        return tuple(f for f in self.obs.findings if f.present and wanted & self._kinds(f.id))

    def _kinds(self, finding: str) -> set[str]:
        seen: set[str] = set()
        todo = [finding]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo.extend(self.findings[one].is_a if one in self.findings else ())
        return seen

    def told(self, seen: FindingSeen | None) -> str:
        """Give the plain name of a finding as stated.

        Parameters: seen, a finding or None. Returns: its name, or "".

        >>> View(Observations(), (), {}, {}, {}).told(None)
        ''
        """
        if seen is None:
            return ""
        return self.findings[seen.id].name if seen.id in self.findings else seen.id.replace("_", " ")

    def fresh(self, seen: FindingSeen, limit: str) -> bool:
        """Tell whether a finding began within a limit in days; where no time is stated its onset decides.

        Parameters: seen, a finding; limit, id of a limit in days. Returns: True or False.

        >>> seen = FindingSeen("tremor", True, "tremor", "findings[0]", onset="sudden")
        >>> View(Observations(), (), {}, {}, {}).fresh(seen, "any")
        True
        """
        if seen.days is not None:
            return seen.days <= self.limit(limit)
        if seen.onset in SUDDEN or "sudden" in seen.when:
            return True
        return seen.onset == "days" and self.limit(limit) >= self.limit("week_days")

    def recent(self, limit: str, *ids: str) -> str:
        """Name the first present finding of these kinds that began within a limit.

        Parameters: limit, id of a limit in days; ids, finding ids. Returns: its name, or "".

        >>> View(Observations(), (), {}, {}, {}).recent("week_days", "tremor")
        ''
        """
        names = sorted(self.told(f) for f in self.stated(*ids) if self.fresh(f, limit))
        return names[0] if names else ""

    def lasting(self, limit: str, *ids: str) -> str:
        """Name a present finding of these kinds that is stated to have lasted longer than a limit.

        Parameters: limit, id of a limit in days; ids, finding ids. Returns: its name, or "".

        >>> View(Observations(), (), {}, {}, {}).lasting("week_days", "tremor")
        ''
        """
        names = sorted(self.told(f) for f in self.stated(*ids) if f.days is not None and f.days > self.limit(limit))
        return names[0] if names else ""

    def how(self, qualifiers: tuple[str, ...], *ids: str) -> str:
        """Name a present finding of these kinds that is stated with one of these circumstances.

        Parameters: qualifiers, qualifier ids; ids, finding ids. Returns: its name, or "".

        >>> View(Observations(), (), {}, {}, {}).how(("spreading",), "numbness")
        ''
        """
        names = sorted(self.told(f) for f in self.stated(*ids) if set(qualifiers) & self._circumstances(f))
        return names[0] if names else ""

    @staticmethod
    def _circumstances(seen: FindingSeen) -> set[str]:
        course = {"worse": "worsening", "better": "improving", "same": "stable"}.get(seen.course, "")
        return set(seen.when) | ({course} if course else set())

    # person, factors, tests ---------------------------------------------------------------------------------------

    def limit(self, key: str) -> float:
        """Give the value of a limit.

        Parameters: key, id of a limit. Returns: its value in its own unit. Raises: KeyError for an unknown id.

        >>> from twitchwise.evidence.types import Cite
        >>> View(Observations(), (), {"a": Limit("a", 2.0, "d", Cite("b"))}, {}, {}).limit("a")
        2.0
        """
        return self.limits[key].value

    def tag(self, *tags: str) -> bool:
        """Tell whether a stated medicine, condition or exposure carries one of these tags.

        Parameters: tags, tag ids. Returns: True or False.

        >>> View(Observations(tags=frozenset({"ppi"})), (), {}, {}, {}).tag("ppi")
        True
        """
        return any(t in self.obs.tags for t in tags)

    def risk(self, *risks: str) -> bool:
        """Tell whether one of these circumstances holds.

        Parameters: risks, risk ids. Returns: True or False.

        >>> View(Observations(risks=frozenset({"heat"})), (), {}, {}, {}).risk("heat")
        True
        """
        return any(r in self.obs.risks for r in risks)

    def tagged(self, *tags: str) -> tuple[FactorSeen, ...]:
        """Give the stated factors that carry one of these tags, with their times.

        Parameters: tags, tag ids. Returns: the factors in the order of the record.

        >>> View(Observations(), (), {}, {}, {}).tagged("ppi")
        ()
        """
        wanted = set(tags)
        return tuple(
            f for f in self.obs.factors if f.present and f.id in self.factors and wanted & set(self.factors[f.id].tags)
        )

    def taken(self, *tags: str) -> bool:
        """Tell whether something other than a habit (coffee, tobacco) carries one of these tags.

        Parameters: tags, tag ids. Returns: True or False.

        >>> View(Observations(), (), {}, {}, {}).taken("stimulant")
        False
        """
        seen = self.tagged(*tags)
        return any(f.kind != "habit" for f in seen) if seen else self.tag(*tags)

    def since(self, limit: str, *tags: str) -> bool:
        """Tell whether a factor with one of these tags began or changed within a limit; without a time it counts.

        Parameters: limit, id of a limit in days; tags, tag ids. Returns: True or False.

        >>> View(Observations(), (), {}, {}, {}).since("week_days", "ppi")
        False
        """
        seen = self.tagged(*tags)
        if not seen:
            return self.tag(*tags)
        times = [d for f in seen for d in (f.days, f.changed_days) if d is not None]
        return not times or min(times) <= self.limit(limit)

    def expecting(self) -> bool:
        """Tell whether the person is pregnant or gave birth within six weeks.

        Parameters: none. Returns: True or False.

        >>> View(Observations(pregnant=True), (), {}, {}, {}).expecting()
        True
        """
        after = self.obs.postpartum_days
        return bool(self.obs.pregnant) or (after is not None and after <= self.limit("postpartum_days"))

    def younger(self, limit: str) -> bool:
        """Tell whether a stated age lies below a limit; an unknown age is not young.

        Parameters: limit, id of a limit in years. Returns: True or False.

        >>> View(Observations(), (), {}, {}, {}).younger("child_age")
        False
        """
        return self.obs.age is not None and self.obs.age < self.limit(limit)

    def ecg_abnormal(self) -> bool:
        """Tell whether a heart tracing is stated as not normal, or the QT interval as long.

        Parameters: none. Returns: True or False.

        >>> View(Observations(), (), {}, {}, {}).ecg_abnormal()
        False
        """
        said = any(t.id == "ecg" and t.result not in ("", "normal") for t in self.obs.tests)
        return said or self.is_at("qtc", *HIGH)

    # laboratory ---------------------------------------------------------------------------------------------------

    def values(self, *analytes: str) -> tuple[float, ...]:
        """Give the numeric results of these analytes, in their own unit.

        Parameters: analytes, analyte ids. Returns: the values in ascending order.

        >>> View(Observations(), (), {}, {}, {}).values("potassium")
        ()
        """
        return tuple(sorted(r.value for r in self.labs if r.analyte in analytes and r.value is not None))

    def below(self, analyte: str, limit: str) -> float | None:
        """Give the lowest result that lies below a limit.

        Parameters: analyte, an analyte id; limit, id of a limit in its unit. Returns: the value or None.

        >>> View(Observations(), (), {}, {}, {}).below("potassium", "k_low") is None
        True
        """
        found = self.values(analyte)
        return found[0] if found and found[0] < self.limit(limit) else None

    def above(self, analyte: str, limit: str) -> float | None:
        """Give the highest result that reaches a limit.

        Parameters: analyte, an analyte id; limit, id of a limit in its unit. Returns: the value or None.

        >>> View(Observations(), (), {}, {}, {}).above("potassium", "k_high") is None
        True
        """
        found = self.values(analyte)
        return found[-1] if found and found[-1] >= self.limit(limit) else None

    def is_at(self, analyte: str, *levels: str) -> bool:
        """Tell whether a result of an analyte is read at one of these levels.

        Parameters: analyte, an analyte id; levels, such as "low" or "very_high". Returns: True or False.

        >>> View(Observations(), (), {}, {}, {}).is_at("sodium", "low")
        False
        """
        return any(r.analyte == analyte and r.level in levels for r in self.labs)

    def worded(self, analyte: str, *levels: str) -> bool:
        """Tell whether a result given only in words is read at one of these levels.

        Parameters: analyte, an analyte id; levels, such as "very_low". Returns: True or False.

        >>> View(Observations(), (), {}, {}, {}).worded("sodium", "very_low")
        False
        """
        return any(r.analyte == analyte and r.value is None and r.level in levels for r in self.labs)

    def low_calcium(self, limit: str) -> float | None:
        """Give the lowest calcium below a limit; a total calcium counts unless an adjusted one is normal.

        Parameters: limit, id of a limit in mmol/L. Returns: the value or None.

        >>> View(Observations(), (), {}, {}, {}).low_calcium("ca_low") is None
        True
        """
        adjusted = self.below("adjusted_calcium", limit)
        if adjusted is not None:
            return adjusted
        return None if self.is_at("adjusted_calcium", "normal") else self.below("calcium", limit)
