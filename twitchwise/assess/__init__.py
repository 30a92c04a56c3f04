"""Which causes are present, and which explain the complaint: exact, with intervals, reasons and the next test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from twitchwise.assess.chains import chain
from twitchwise.assess.intake_shift import IntakeShift, intake_shifts
from twitchwise.assess.items import Item, items_of
from twitchwise.assess.lab_findings import with_lab_findings
from twitchwise.assess.network import build_network, cause_name
from twitchwise.assess.next_tests import next_tests
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.assess.posterior import Posterior, posterior, shares_of
from twitchwise.assess.problem import Builder, Case, make_case, with_operations
from twitchwise.assess.reasons import prefixes, reasons, weights
from twitchwise.assess.types import Assessment, Cause, Interval, NextTest, Reason, Verdict
from twitchwise.evidence import Evidence
from twitchwise.kernels.network import Problem
from twitchwise.kernels.order import table_cost
from twitchwise.labs import LabReading
from twitchwise.observe.types import Observations

__all__ = [
    "Assessment",
    "Cause",
    "Interval",
    "NextTest",
    "Reason",
    "assess",
    "build_network",
    "intake_shifts",
    "make_case",
    "posterior",
]

DRAWS = 500
FEWEST_DRAWS = 16
ALL_DRAWS_UP_TO = 9  # findings; the exact sum doubles with each further one
REASONS_FOR_AT_LEAST = 0.002
LEAST_SHOWN_PART = 0.005


def interval(values: Array) -> Interval:
    """Return the median with the 5th and 95th percentile of the draws.

    Parameters: values, (1 + draws,), of which the first is the stated value. Returns: the interval.

    >>> interval(np.array([0.5, 0.5, 0.5])).p
    0.5
    """
    drawn = values[1:] if len(values) > 1 else values
    low, middle, high = np.percentile(drawn, [5, 50, 95])
    return Interval(float(middle), float(low), float(high))


def verdict(explains: Interval, leads: float, steadiest: float) -> Verdict:
    """Say in a word how far the draws agree.

    Parameters: explains; leads, share of the draws in which the cause ranks first; steadiest, the largest such share.
    Returns: likely, unlikely, cannot_tell or possible.

    >>> verdict(Interval(0.8, 0.6, 0.9), 1.0, 1.0)
    'likely'
    """
    if explains.low >= 0.5:
        return "likely"
    if explains.high < 0.1:
        return "unlikely"
    if explains.high - explains.low > 0.6 or (steadiest < 0.7 and leads >= 0.1):
        return "cannot_tell"
    return "possible"


def affordable(findings: int, draws: int) -> int:
    """Return how many draws are made: all up to nine findings, then half as many for each further one.

    Parameters: findings, number of positive findings weighed; draws, how many are wished. Returns: draws made,
    said in the report.

    >>> affordable(8, 500), affordable(11, 500)
    (500, 125)
    """
    return min(draws, max(FEWEST_DRAWS, DRAWS >> max(0, findings - ALL_DRAWS_UP_TO))) if draws else 0


def solve_case(
    case: Case, parameters: Parameters, tick: Callable[[int], None] | None = None
) -> tuple[Problem, Posterior]:
    """Build and solve a case in every lane.

    Parameters: case; parameters; tick, told the number of lanes done. Returns: (problem, posterior).
    """
    problem = with_operations(Builder(case, parameters).build(), case)
    first = posterior(problem.part(slice(0, 1)), case)
    if problem.lanes == 1:
        return problem, first
    return problem, posterior(problem, case, tick, shares_of(first))


def _parts(case: Case, result: Posterior, cause: str) -> dict[str, float]:
    """Name the members of a union that may explain the complaints, with their mean chance over them."""
    if not case.complaints or len(case.groups()[cause]) < 2:
        return {}
    bits, count, out = [case.bits.index(c) for c in case.complaints], len(case.network.ids), {}
    for node in case.groups()[cause]:
        values = [float(np.median(result.active[node, bit])) for bit in bits if (node, bit) in result.active]
        share = sum(values) / len(bits)
        if share >= LEAST_SHOWN_PART:
            key = case.network.ids[node] if node < count else case.obs.factors[case.factors[node - count]].id
            out[cause_name(case.evidence, key)] = share
    return dict(sorted(out.items(), key=lambda pair: -pair[1]))


def _cause(
    case: Case, result: Posterior, problem: Problem, key: str, leads: dict[str, float], found: Sequence[Reason]
) -> Cause:
    explains = interval(result.explains(key))
    by = {case.bits[bit]: float(np.median(values)) for bit, values in result.explains_by[key].items()}
    return Cause(
        key,
        cause_name(case.evidence, key),
        interval(result.present[key]),
        explains,
        verdict(explains, leads[key], max(leads.values())),
        by,
        chain(problem, result, case, key),
        tuple(r for r in found if r.bits > 0),
        tuple(r for r in found if r.bits < 0),
        _parts(case, result, key),
    )


def _leads(result: Posterior) -> dict[str, float]:
    """Share of the draws in which each cause ranks first."""
    keys = list(result.explains_by)
    first = np.argmax(np.stack([result.explains(k)[1:] for k in keys]), axis=0)
    return {key: float(np.mean(first == n)) if first.size else 1.0 for n, key in enumerate(keys)}


def assess(
    obs: Observations,
    labs: Sequence[LabReading],
    evidence: Evidence,
    draws: int = DRAWS,
    detail: bool = True,
    tick: Callable[[int], None] | None = None,
    diet: Sequence[IntakeShift] = (),
) -> Assessment:
    """Weigh the causes of what a record complains of.

    Parameters: obs, the observations; labs, the readings; evidence; draws, how many parameter draws; detail, whether
    reasons and next tests are worked out too; tick, told the number of draws done; diet, what the diary says
    (`intake_shifts`). Returns: the assessment, causes sorted by how much they explain. Raises: LimitError beyond the
    exact method's limit.
    """
    network = build_network(evidence)
    obs = with_lab_findings(obs, labs, evidence, network)
    case = make_case(obs, labs, evidence, network, diet=diet)
    draws = affordable(len(case.bits), draws)
    parameters = _parameters(draws)
    problem, result = solve_case(case, parameters, tick)
    found = _all_reasons(case, parameters, items_of(obs, labs, evidence, network, diet), result) if detail else {}
    leads = _leads(result)
    causes = [_cause(case, result, problem, key, leads, found.get(key, ())) for key in result.explains_by]
    tests: tuple[NextTest, ...] = ()
    if detail and case.complaints:
        tests = next_tests(case, parameters)
    return Assessment(
        tuple(sorted(causes, key=lambda c: (-c.explains.p, -c.present.p, c.id))),
        case.complaints,
        tests,
        table_cost(problem.operations, problem.states)[1],
        draws,
        max(leads.values()) >= 0.7,
        ", ".join(evidence.findings[f].name for f in case.leftover),
    )


def _all_reasons(
    case: Case, parameters: Parameters, items: Sequence[Item], result: Posterior
) -> dict[str, list[Reason]]:
    least = REASONS_FOR_AT_LEAST if len(case.bits) <= ALL_DRAWS_UP_TO else 10 * REASONS_FOR_AT_LEAST
    worth = [k for k in result.explains_by if np.median(result.explains(k)) >= least]
    steps = prefixes(case, parameters, items, replace(shares_of(result), worth=frozenset(worth)))
    return {key: reasons(case, items, weights(steps, key), key) for key in worth}


_PARAMETERS: dict[int, Parameters] = {}


def _parameters(draws: int) -> Parameters:
    """Keep the draws of a run: they are the same for every record."""
    return _PARAMETERS.setdefault(draws, Parameters(draws))
