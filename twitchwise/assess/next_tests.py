"""Which question, examination or test would change the answer most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from twitchwise.assess.likelihood import lab_weights
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.assess.posterior import MANY_FINDINGS, WORTH, Posterior, posterior, shares_of
from twitchwise.assess.problem import DENIAL, Builder, Case, with_operations
from twitchwise.assess.reasons import stacked
from twitchwise.assess.types import NextTest
from twitchwise.kernels.network import Problem
from twitchwise.labs import LabReading

BLOOD = (
    "magnesium",
    "adjusted_calcium",
    "potassium",
    "sodium",
    "creatinine",
    "vitamin_d",
    "vitamin_b12",
    "tsh",
    "ck",
    "glucose",
    "phosphate",
    "ph",
)
QUESTIONS = (
    "muscle_weakness",
    "muscle_wasting",
    "slurred_speech",
    "numbness",
    "hand_foot_tingling",
    "muscle_cramps",
    "tetany",
    "unsteady_gait",
    "diarrhoea",
    "weight_loss",
    "palpitations",
    "insomnia",
    "anxiety",
    "fast_breathing",
    "back_pain",
)
SIGNS = ("trousseau_sign", "hyperreflexia", "hyporeflexia", "weakness_on_examination", "vibration_loss")
HARM = {"question": 0.0, "examination": 0.005, "blood": 0.01}
LEAST = 0.01


@dataclass(frozen=True)
class Outcome:
    """One possible result of a test as a problem of one lane."""

    test: str
    kind: str
    problem: Problem


def _blank(problem: Problem, extra: int) -> Problem:
    """Give the bit of the possible finding no say: it counts as explained."""
    leak = problem.leak.copy()
    leak[extra] = 1.0
    return replace(problem, leak=leak, act=[{b: a for b, a in act.items() if b != extra} for act in problem.act])


def _findings(case: Case, builder: Builder, blank: Problem, extra: int) -> Iterator[Outcome]:
    known = case.obs.present | case.obs.absent
    for kind, findings in (("question", QUESTIONS), ("examination", SIGNS)):
        for finding in findings:
            if finding in known or finding not in case.evidence.findings:
                continue
            chances = [builder.chances(node, finding) for node in case.network.ids]
            act = [{**a, extra: c} if c.any() else a for a, c in zip(blank.act, chances, strict=False)]
            act += list(blank.act[len(chances) :])
            leak = blank.leak.copy()
            leak[extra] = builder.leak(finding)
            yield Outcome(finding, kind, replace(blank, act=act, leak=leak))
            weight = [w * (1 - DENIAL * c) for w, c in zip(blank.weight, chances, strict=False)]
            yield Outcome(finding, kind, replace(blank, weight=[*weight, *blank.weight[len(chances) :]]))


def _bloods(case: Case, parameters: Parameters, blank: Problem) -> Iterator[Outcome]:
    measured = {r.analyte for r in case.labs} | (
        {"adjusted_calcium"} if any("calcium" in r.analyte for r in case.labs) else set()
    )
    for key in BLOOD:
        analyte = case.evidence.analytes.get(key)
        if analyte is None or key in measured or not analyte.ranges or not analyte.truth:
            continue
        likelihoods = [lab_weights(r, case, parameters) for r in _levels(case, key)]
        for number in range(len(likelihoods)):
            weight = list(blank.weight)
            for node in likelihoods[number]:
                total = sum(many[node][:, :1] for many in likelihoods)
                place = case.network.ids.index(node)
                weight[place] = weight[place] * likelihoods[number][node][:, :1] / total
            yield Outcome(key, "blood", replace(blank, weight=weight))


def _levels(case: Case, key: str) -> list[LabReading]:
    from twitchwise.labs import word_reading

    return [
        r for level in ("low", "normal", "high") if (r := word_reading(key, level, case.obs, case.evidence)) is not None
    ]


def _gain(before: Posterior, after: Posterior, lanes: Sequence[int]) -> float:
    """Expected information about every cause's `explains`, in bits."""
    mass = after.total[list(lanes)]
    share = mass / mass.sum()
    gain = 0.0
    for cause in before.explains_by:
        prior = float(np.clip(before.explains(cause)[0], 1e-9, 1 - 1e-9))
        values = np.clip(after.explains(cause)[list(lanes)], 1e-9, 1 - 1e-9)
        gain += float((share * _divergence(values, prior)).sum())
    return gain


def _divergence(p: Array, q: float) -> Array:
    return np.asarray(p * np.log2(p / q) + (1 - p) * np.log2((1 - p) / (1 - q)))


def next_tests(case: Case, parameters: Parameters, most: int = 6) -> tuple[NextTest, ...]:
    """Rank the questions, examinations and blood tests that have not been answered by what they would tell.

    Parameters: case, made with one extra finding whose bit stands for the possible answer; parameters; most, how many.
    Returns: tests with their expected gain in bits less the harm of their kind, the best first; empty when
    nothing would tell.
    """
    extra = len(case.bits) - 1
    builder = Builder(case, parameters, slice(0, 1))
    blank = _blank(builder.build(), extra)
    asked = _findings(case, builder, blank, extra) if extra <= MANY_FINDINGS else ()
    outcomes = [*asked, *_bloods(case, parameters, blank)]
    if not outcomes or not case.complaints:
        return ()
    many = with_operations(stacked([blank, *(o.problem for o in outcomes)]), case)
    shares = shares_of(posterior(many.part(slice(0, 1)), case), WORTH if extra <= MANY_FINDINGS else 2.0)
    solved = posterior(many, case, exact=shares)
    found = []
    for test in dict.fromkeys((o.test, o.kind) for o in outcomes):
        lanes = [n + 1 for n, o in enumerate(outcomes) if (o.test, o.kind) == test]
        gain = _gain(solved, solved, lanes) - HARM[test[1]]
        if gain >= LEAST:
            found.append(NextTest(test[0], _name(case, test[0]), gain, _why(case, solved, lanes), test[1]))
    return tuple(sorted(found, key=lambda t: -t.gain_bits)[:most])


def _name(case: Case, key: str) -> str:
    facts = case.evidence.findings.get(key) or case.evidence.analytes.get(key)
    return facts.name if facts else key


def _why(case: Case, solved: Posterior, lanes: Sequence[int]) -> str:
    """Name the cause that the answer would move most."""
    from twitchwise.assess.network import cause_name

    moves = {c: float(np.ptp(solved.explains(c)[list(lanes)])) for c in solved.explains_by}
    cause = max(moves, key=lambda c: moves[c])
    return f"it would tell most about {cause_name(case.evidence, cause)}"
