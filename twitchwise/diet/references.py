"""Whose reference values hold for a person, and what they are: average requirement, target, spread between people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from twitchwise.diet.types import Body
from twitchwise.evidence import Evidence
from twitchwise.evidence.reference_types import ReferenceRow, ReferenceSet, ReferenceValues, Spread, State
from twitchwise.evidence.types import Cite
from twitchwise.foods.types import Array
from twitchwise.observe.types import Observations
from twitchwise.observe.words import clean

ADULT_AGE = 35.0  # stands in where the age is unknown
NEARLY_ALL = 1.96  # standard deviations: an amount for nearly everybody covers 97.5 %
SPREADS = 2.0  # ... which the bodies round to
MJ_PER_KCAL = 0.004184
AVERAGE, ENOUGH = ("EAR", "AR"), ("RDA", "PRI", "RNI", "AI", "SI")
NAMED: dict[str, Body] = {
    "us": "US", "usa": "US", "canada": "US", "nasem": "US", "iom": "US", "eu": "EU", "efsa": "EU", "europe": "EU",
    "uk": "UK", "gb": "UK", "coma": "UK", "sacn": "UK",
}  # fmt: skip
UK_WORDS = frozenset(("uk", "gb", "britain", "great britain", "united kingdom", "england", "scotland", "wales",
                      "northern ireland"))  # fmt: skip
EU_WORDS = frozenset(
    "at austria be belgium bg bulgaria hr croatia cy cyprus cz czechia dk denmark ee estonia fi finland fr france de"
    " germany gr greece hu hungary ie ireland it italy lv latvia lt lithuania lu luxembourg mt malta nl netherlands"
    " holland pl poland pt portugal ro romania sk slovakia si slovenia es spain se sweden is iceland no norway eu"
    " deutschland espana italia osterreich polska".split()
) | {"czech republic", "the netherlands", "european union"}


@dataclass(frozen=True, slots=True)
class Eater:
    """Who eats: what reference values and usual intakes depend on; None and "" are unknown."""

    age: float | None = None
    sex: str = ""
    state: State = ""

    @property
    def years(self) -> float:
        """The age, or that of an adult where it is unknown."""
        return ADULT_AGE if self.age is None else self.age


@dataclass(frozen=True, slots=True)
class Reference:
    """What one body says on one nutrient for one person."""

    average: float | None = None  # requirement of the middle person, a day
    target: float | None = None
    target_name: str = ""
    at_most: float | None = None  # advised for long-term health, not a limit of safety
    spread: Spread | None = None
    cites: tuple[Cite, ...] = ()

    def unmet(self, usual: npt.ArrayLike) -> Array | None:
        """Return the chance that a person's requirement is above an intake.

        Parameters: usual, daily intakes (any shape). Returns: chances 0..1, None where the spread is not known.
        """
        amounts, spread = np.asarray(usual, dtype=np.float64), self.spread
        if self.average is None or spread is None or spread.shape == "unknown":
            return None
        if spread.shape == "percentiles":
            shares, needs = np.array(spread.percentiles).T
            return np.asarray(1.0 - np.interp(amounts, needs, shares / 100.0, left=0.0, right=1.0))
        width = self._width(spread)
        if width is None:
            return None
        if spread.shape == "lognormal":
            z = np.log(np.maximum(amounts, 1e-9) / self.average) / width
        else:
            z = (amounts - self.average) / (width * self.average)
        return np.asarray(1.0 - np.vectorize(NormalDist().cdf, otypes=[np.float64])(z))

    def _width(self, spread: Spread) -> float | None:
        """Return the spread as a share of the average, or on the log scale."""
        if spread.cv is not None:
            return spread.cv
        if self.average is None or self.target is None or self.target <= self.average:
            return None
        ratio = self.target / self.average
        return log(ratio) / NEARLY_ALL if spread.shape == "lognormal" else (ratio - 1.0) / SPREADS


def eater_of(obs: Observations) -> Eater:
    """Take from a record's observations what reference values depend on.

    Parameters: obs. Returns: the eater.

    >>> eater_of(Observations(age=30, sex="female", pregnant=True))
    Eater(age=30, sex='female', state='pregnant')
    """
    pregnant = bool(obs.pregnant) or "pregnant" in obs.risks
    feeding = bool(obs.breastfeeding) or "breastfeeding" in obs.risks
    state: State = "pregnant" if pregnant else "breastfeeding" if feeding else ""
    return Eater(obs.age, "female" if state else obs.sex, state)


def body_of(said: str, country: str) -> tuple[Body, str]:
    """Choose whose reference values hold: as the record says, else by the country, else those of the US and Canada.

    Parameters: said, record.diet.reference; country, as written. Returns: the body, and what was not understood.

    >>> body_of("", "Germany"), body_of("efsa", "UK"), body_of("WHO", "")
    (('EU', ''), ('EU', ''), ('US', 'WHO'))
    """
    if said.strip():
        word = clean(said).strip(" .")
        return (NAMED[word], "") if word in NAMED else (_by_country(country), said.strip())
    return _by_country(country), ""


def _by_country(country: str) -> Body:
    word = clean(country).strip(" .")
    return "UK" if word in UK_WORDS else "EU" if word in EU_WORDS else "US"


def _fits(row: ReferenceRow | Spread, eater: Eater, state: str = "") -> bool:
    right_age = row.age_from <= eater.years < row.age_to
    right_state = getattr(row, "state", "") == state
    return right_age and right_state and row.sex in ("", eater.sex)


def _for(spread: Spread, eater: Eater) -> bool:
    """Say whether a spread is for this person: what is known of women with periods is not so in pregnancy."""
    return not eater.state or spread.shape not in ("percentiles", "unknown")


def _rows(body: ReferenceSet, nutrient: str, eater: Eater, state: str) -> list[tuple[ReferenceValues, ReferenceRow]]:
    tables = (table for table in body.values if table.nutrient == nutrient)
    return [(table, row) for table in tables for row in table.rows if _fits(row, eater, state)]


def _one(nutrient: str, eater: Eater, body: ReferenceSet, energy: float | None) -> Reference:
    # a value for pregnant women replaces all others of that nutrient, even one of another kind
    found = _rows(body, nutrient, eater, eater.state) or _rows(body, nutrient, eater, "")
    reference, cites = Reference(), []
    for table, row in found:
        scale = {"": 1.0, "MJ": MJ_PER_KCAL, "1000kcal": 0.001}[table.per] * (energy or 0.0 if table.per else 1.0)
        if scale <= 0:
            continue
        cites.append(row.cite or table.cite)
        if table.kind in AVERAGE:
            reference = replace(reference, average=row.value * scale)
        elif table.kind in ENOUGH:
            reference = replace(reference, target=row.value * scale, target_name=table.kind)
        elif table.kind == "CDRR":
            reference = replace(reference, at_most=row.value * scale)
    spread = next((s for s in body.spreads if s.nutrient == nutrient and _fits(s, eater) and _for(s, eater)), None)
    if spread is not None and reference.average is not None:
        reference = replace(reference, spread=spread)
        cites.append(spread.cite)
    return replace(reference, cites=tuple(dict.fromkeys(cites)))


def references(
    nutrient: str, eater: Eater, body: Body, evidence: Evidence, energy: float | None = None
) -> tuple[Reference, ...]:
    """Return what a body says on a nutrient: one answer, or one for each sex where the sex is unknown.

    Parameters: nutrient; eater; body; evidence; energy, kcal a day, for requirements that go with it. Returns: the
    answers, without those that say nothing.

    >>> from twitchwise.evidence import load_evidence
    >>> [r.average for r in references("magnesium", Eater(40, "female"), "US", load_evidence())]
    [265.0]
    """
    table = evidence.references[body]
    sexes: Iterable[str] = (eater.sex,) if eater.sex else ("female", "male")
    found = [_one(nutrient, replace(eater, sex=sex), table, energy) for sex in sexes]
    return tuple(dict.fromkeys(one for one in found if one.average or one.target or one.at_most))
