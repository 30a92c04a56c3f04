"""For whom a building block of the plan is meant: short tests such as `finding:muscle_cramps` or `!tag:statin`."""

from __future__ import annotations

from collections.abc import Callable

from twitchwise.errors import EvidenceError
from twitchwise.plan.guards import GUARDS, refusal
from twitchwise.plan.situation import Situation

Test = Callable[[Situation, str], bool]


def _group(s: Situation, word: str) -> bool:
    groups = {
        "child": s.child,
        "adult": not s.child,
        "older": s.older,
        "pregnant": s.pregnant,
        "postpartum": s.obs.postpartum_days is not None or "postpartum" in s.obs.risks,
        "provisional": s.triage.provisional,
        "red_flag": s.red_flag,
        "supplements": bool(s.obs.doses) or any(f.kind == "supplement" and f.present for f in s.obs.factors),
        "no_doses": s.no_doses,
        "minerals": takes_mineral(s),
        "b6_products": holds_b6(s),
    }
    return groups[word]


GROUPS = "child adult older pregnant postpartum provisional red_flag supplements no_doses minerals b6_products".split()
MINERALS = ("magnesium", "calcium", "iron", "zinc", "multivitamin", "antacid", "aluminium")


def takes_mineral(s: Situation) -> bool:
    """Say whether a product with magnesium, calcium, iron or zinc is taken.

    Parameters: s, the person. Returns: True when one is.
    """
    if any(n in s.obs.doses for n in ("magnesium", "calcium", "iron", "zinc")):
        return True
    names = [f"{f.id} {f.member} {f.said}".lower() for f in s.obs.factors if f.present and f.kind != "condition"]
    return any(word in name for name in names for word in MINERALS)


def holds_b6(s: Situation) -> bool:
    """Say whether a product is taken that often holds vitamin B6, under whatever name.

    Parameters: s, the person. Returns: True when one is.
    """
    known = s.evidence.nutrients.get("vitamin_b6")
    products = {compound.factor for compound in known.compounds} if known is not None else set()
    return "vitamin_b6" in s.obs.doses or any(f.present and f.id in products for f in s.obs.factors)


TESTS: dict[str, Test] = {
    "level": lambda s, w: s.triage.level == w,
    "act": lambda s, w: any(a.act == w for a in s.triage.alerts),
    "rule": lambda s, w: any(a.rule == w for a in s.triage.alerts),
    "finding": lambda s, w: w in s.obs.present,
    "complaint": lambda s, w: w in s.assessment.complaints,
    "tag": lambda s, w: w in s.obs.tags,
    "risk": lambda s, w: w in s.obs.risks,
    "factor": lambda s, w: s.obs.factor(w) is not None,
    "cause": lambda s, w: s.plausible(w),
    "top": lambda s, w: bool(s.assessment.causes) and s.assessment.causes[0].id == w,
    "low": lambda s, w: s.is_low(w),
    "high": lambda s, w: s.is_high(w),
    "measured": lambda s, w: s.reading(w) is not None,
    "takes": lambda s, w: w in s.obs.doses,
    "guard": lambda s, w: refusal(w, s) is not None,
    "group": _group,
}


def _one(situation: Situation, test: str) -> bool:
    kind, _, words = test.partition(":")
    if kind not in TESTS or not words:
        raise EvidenceError(f"advice: unknown condition {test!r}; use one of {', '.join(sorted(TESTS))}")
    if kind in ("guard", "group") and not set(words.split("|")) <= set(GUARDS if kind == "guard" else GROUPS):
        raise EvidenceError(f"advice: unknown name in {test!r}")
    return any(TESTS[kind](situation, word) for word in words.split("|"))


def applies(situation: Situation, when: tuple[str, ...]) -> bool:
    """Say whether every condition of a building block holds.

    Parameters: situation, the person; when, conditions `kind:word|word`, negated with a leading `!`.
    Returns: True when all hold. Raises: EvidenceError for a condition that is not known.

    >>> from twitchwise.plan.situation import nobody
    >>> applies(nobody(age=9.0), ("group:child", "!finding:tremor"))
    True
    """
    return all(_one(situation, test.removeprefix("!")) != test.startswith("!") for test in when)
