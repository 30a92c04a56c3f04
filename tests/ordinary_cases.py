"""The ordinary cases of tests/spec/ordinary: reading them, reviewing them, counting how the answers fit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "spec" / "ordinary"
ON = date(2026, 11, 22)
LEVELS = ("self_care", "routine", "prompt", "emergency")
CAUSES = frozenset(
    "magnesium_deficiency calcium_deficiency vitamin_d_deficiency potassium_deficiency sodium_deficiency dehydration "
    "vitamin_b12_deficiency vitamin_b6_deficiency vitamin_b6_excess thiamine_deficiency caffeine_or_stimulants "
    "anxiety_or_stress hyperventilation sleep_deprivation overexertion alcohol medication_effect kidney_disease "
    "malabsorption hypoparathyroidism thyroid_disease benign_fasciculation motor_neuron_disease "
    "peripheral_nerve_hyperexcitability radiculopathy_or_neuropathy muscle_disease toxin other".split()
)
NUTRIENTS = frozenset(
    "magnesium_deficiency calcium_deficiency vitamin_d_deficiency potassium_deficiency sodium_deficiency "
    "vitamin_b12_deficiency vitamin_b6_deficiency thiamine_deficiency".split()
)
NEVER = 0.05  # a cause under `never` must not explain more than this


@dataclass(frozen=True)
class Case:
    """One record with the answer it should get; the answer never reaches the review."""

    id: str
    name: str
    given: Mapping[str, Any]
    causes: tuple[str, ...]
    urgency: str
    accept: frozenset[str]
    needs_doctor: bool = False
    bounds: Mapping[str, float] = field(default_factory=dict)

    @property
    def everyday(self) -> bool:
        """Whether no doctor is needed soon: nobody here may be frightened."""
        return not self.needs_doctor and max(map(LEVELS.index, self.accept)) <= LEVELS.index("routine")

    @property
    def without_labs(self) -> bool:
        return not self.given.get("labs")


@dataclass(frozen=True)
class Answer:
    """What the review said: urgency, how far each cause explains, and what was not used."""

    level: str
    explains: Mapping[str, float]
    present: Mapping[str, float]
    not_used: tuple[str, ...]

    @property
    def ranking(self) -> list[str]:
        return sorted(self.explains, key=lambda cause: -self.explains[cause])


def read_case(path: Path) -> Case:
    """Read one case file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    expect = data["expect"]
    bounds = dict.fromkeys(expect.get("never", ()), NEVER) | dict(expect.get("max_explains", {}))
    return Case(
        id=path.stem,
        name=data["name"],
        given=data["given"],
        causes=tuple(expect["causes"]),
        urgency=expect["urgency"],
        accept=frozenset(expect.get("urgency_accept", ())) | {expect["urgency"]},
        needs_doctor=bool(expect.get("needs_doctor", False)),
        bounds=bounds,
    )


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Every case, by file name."""
    return tuple(read_case(path) for path in sorted(FOLDER.glob("*.toml")))


def ask(given: Mapping[str, Any]) -> Answer:
    """Review a record given as plain tables."""
    from twitchwise.evidence import load_evidence
    from twitchwise.record import record_from_tables
    from twitchwise.review import review

    found = review(record_from_tables(given), load_evidence(), on=ON, detail=False)
    return Answer(
        level=found.triage.level,
        explains={c.id: c.explains.p for c in found.assessment.causes},
        present={c.id: c.present.p for c in found.assessment.causes},
        not_used=tuple(f"{issue.where}: {issue.what}" for issue in found.issues),
    )


@lru_cache(maxsize=1)
def answers() -> Mapping[str, Answer]:
    """The answer to every case, each asked once."""
    return {case.id: ask(case.given) for case in cases()}


def below(case: Case, answer: Answer) -> bool:
    """Whether the answer is less urgent than every accepted one."""
    return LEVELS.index(answer.level) < min(map(LEVELS.index, case.accept))


def over(case: Case, answer: Answer) -> bool:
    """Whether the answer is more urgent than every accepted one."""
    return LEVELS.index(answer.level) > max(map(LEVELS.index, case.accept))


def share(cases_: Iterable[Case], holds: Any) -> tuple[float, list[str]]:
    """Share of the cases for which something holds, and the ids for which it does not."""
    kept = list(cases_)
    failing = [case.id for case in kept if not holds(case, answers()[case.id])]
    return 1.0 - len(failing) / max(len(kept), 1), failing


def lines_stated(given: Mapping[str, Any]) -> int:
    """How many lines of a record could be misunderstood."""
    return sum(len(part) for part in given.values() if isinstance(part, (list, dict)))


def figures() -> dict[str, float]:
    """The figures over the whole set."""
    everyday = [case for case in cases() if case.everyday]
    own_habits = [case for case in cases() if "self_care" in case.accept]
    return {
        "cases": float(len(cases())),
        "triage_not_below": share(cases(), lambda c, a: not below(c, a))[0],
        "triage_over": 1.0 - share(cases(), lambda c, a: not over(c, a))[0],
        "self_care_over": 1.0 - share(own_habits, lambda c, a: not over(c, a))[0],
        "top1": share(cases(), lambda c, a: a.ranking[0] in c.causes)[0],
        "top3": share(cases(), lambda c, a: c.causes[0] in a.ranking[:3])[0],
        "largest nutrient, everyday, no labs": max(
            answers()[c.id].explains.get(n, 0.0) for c in everyday if c.without_labs for n in NUTRIENTS - set(c.causes)
        ),
        "largest motor_neuron_disease, everyday": max(
            answers()[c.id].explains.get("motor_neuron_disease", 0.0) for c in everyday
        ),
        "not used": sum(len(answers()[c.id].not_used) for c in cases()) / sum(lines_stated(c.given) for c in cases()),
    }
