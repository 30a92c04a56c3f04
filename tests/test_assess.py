"""What must hold of every assessment, whatever the record says."""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchwise.assess import Interval, assess, interval, make_case, solve_case, verdict
from twitchwise.assess.items import items_of
from twitchwise.assess.network import build_network, families
from twitchwise.assess.parameters import Parameters, logit
from twitchwise.assess.problem import MOST_POSITIVES, Builder, Case, with_operations
from twitchwise.assess.reasons import prefixes, weights
from twitchwise.errors import LimitError
from twitchwise.evidence import load_evidence
from twitchwise.labs import read_labs
from twitchwise.observe import observe
from twitchwise.observe.types import FactorSeen, FindingSeen, LabSaid, Observations
from twitchwise.record import record_from_tables

EVIDENCE = load_evidence()
NETWORK = build_network(EVIDENCE)
ON = date(2026, 11, 22)
SHOWN = sorted({f for rows in NETWORK.shows.values() for f in rows})
CAUSES = tuple(NETWORK.groups)


def seen(*present: str, absent: tuple[str, ...] = (), **more: object) -> Observations:
    above = families(EVIDENCE)
    findings = [FindingSeen(f, True, f, "findings") for f in present]
    findings += [FindingSeen(f, False, f, "absent") for f in absent]
    closed = frozenset(w for f in present for w in above[f])
    return Observations(findings=tuple(findings), present=closed, **more)  # type: ignore[arg-type]


def lab(analyte: str, value: float, unit: str) -> LabSaid:
    return LabSaid(analyte, analyte, value, "", "", unit, None, None, None, "labs[0]")


def said(**tables: object) -> Observations:
    return observe(record_from_tables(tables), EVIDENCE, ON)


@cache
def parameters(draws: int = 0) -> Parameters:
    return Parameters(draws)


def solved(obs: Observations, draws: int = 0):  # type: ignore[no-untyped-def]
    readings, _ = read_labs(obs, EVIDENCE)
    case = make_case(obs, readings, EVIDENCE, NETWORK)
    problem, result = solve_case(case, parameters(draws))
    return case, problem, result


def explains(obs: Observations) -> dict[str, float]:
    _, _, result = solved(obs)
    return {cause: float(result.explains(cause)[0]) for cause in result.explains_by}


FINDINGS = st.lists(st.sampled_from(SHOWN), min_size=1, max_size=5, unique=True)
FACTORS = st.lists(st.sampled_from(sorted(EVIDENCE.factors)), max_size=3, unique=True)


@st.composite
def records(draw: st.DrawFn) -> Observations:
    present = draw(FINDINGS)
    denied = [f for f in draw(st.lists(st.sampled_from(SHOWN), max_size=3, unique=True)) if f not in present]
    factors = tuple(
        FactorSeen(f, EVIDENCE.factors[f].kind, True, f, f"factors[{n}]") for n, f in enumerate(draw(FACTORS))
    )
    return seen(
        *present,
        absent=tuple(denied),
        age=draw(st.one_of(st.none(), st.floats(1, 95))),
        sex=draw(st.sampled_from(["", "female", "male"])),
        factors=factors,
        clues=frozenset(draw(st.lists(st.sampled_from(sorted(EVIDENCE.clues)), max_size=2))),
    )


@settings(max_examples=40)
@given(records())
def test_a_cause_never_explains_more_than_it_is_present(obs: Observations) -> None:
    _, _, result = solved(obs)
    for cause, by in result.explains_by.items():
        for values in by.values():
            assert -1e-12 <= values[0] <= result.present[cause][0] + 1e-9 <= 1 + 2e-9


@settings(max_examples=30)
@given(records())
def test_every_finding_is_explained_by_the_causes_and_the_background_together(obs: Observations) -> None:
    case, problem, result = solved(obs)
    for bit in {b for by in result.explains_by.values() for b in by}:
        total = sum(float(by[bit][0]) for by in result.explains_by.values())
        unlisted = sum(float(v[0]) for (node, b), v in result.active.items() if b == bit and node >= len(NETWORK.ids))
        leak = float(problem.leak[bit, 0]) / float(probability(case, bit))
        assert total + unlisted + min(1.0, leak) >= 1 - 1e-9


def probability(case: Case, bit: int) -> float:
    """Chance of one finding given everything else: what the background alone explains is at most leak / this."""
    builder = Builder(case, parameters(), slice(0, 1))
    every = {item.key for item in items_of(case.obs, case.labs, EVIDENCE, NETWORK)}
    whole, _ = (with_operations(builder.build(keep), case) for keep in (every, every - {f"present:{case.bits[bit]}"}))
    from twitchwise.kernels.network import solve

    rest = with_operations(builder.build(every - {f"present:{case.bits[bit]}"}), case)
    return float(solve(whole).total[0] / solve(rest).total[0])


@settings(max_examples=25)
@given(records())
def test_no_path_to_the_complaint_means_nothing_is_explained(obs: Observations) -> None:
    case, problem, result = solved(obs)
    reach = {bit: {n for n, act in enumerate(problem.act) if bit in act} for bit in range(problem.leak.shape[0])}
    for bit, nodes in reach.items():
        for _ in problem.links:
            nodes |= {p for p, c, q in problem.links if c in nodes and q[:, 1:].any()}
        for cause, group in case.groups().items():
            if not group & nodes and bit in result.explains_by[cause]:
                assert result.explains_by[cause][bit][0] == 0.0


@settings(max_examples=25)
@given(records())
def test_evidence_weights_sum_to_the_whole_exactly(obs: Observations) -> None:
    case = make_case(obs, (), EVIDENCE, NETWORK)
    items = items_of(obs, (), EVIDENCE, NETWORK)
    steps = prefixes(case, parameters(), items)
    _, _, result = solved(obs)
    for cause in CAUSES:
        ends = logit(steps.explains(cause)[[0, -1]]) / math.log(2)
        assert weights(steps, cause).sum() == pytest.approx(ends[1] - ends[0], abs=1e-9)
        assert steps.explains(cause)[-1] == pytest.approx(result.explains(cause)[0], abs=1e-9)


def test_a_stated_diagnosis_is_known() -> None:
    obs = said(findings=[{"what": "leg cramps"}], conditions=[{"name": "hypoparathyroidism"}])
    _, _, result = solved(obs)
    assert result.present["hypoparathyroidism"][0] > 0.95


def test_a_severe_result_sets_its_state_whatever_the_prior() -> None:
    obs = said(findings=[{"what": "muscle twitching"}], labs=[{"test": "magnesium", "value": "0.30 mmol/L"}])
    _, _, result = solved(obs)
    place = NETWORK.ids.index("magnesium_deficiency")
    assert result.nodes[place][2, 0] > 0.95


@pytest.mark.parametrize(
    ("test", "value", "cause"),
    [("magnesium", "0.85 mmol/L", "magnesium_deficiency"), ("vitamin B12", "400 ng/L", "vitamin_b12_deficiency")],
)
def test_a_normal_magnesium_or_b12_is_only_weak_evidence_against(test: str, value: str, cause: str) -> None:
    before = solved(said(findings=[{"what": "muscle twitching"}]))[2].present[cause][0]
    after = solved(said(findings=[{"what": "muscle twitching"}], labs=[{"test": test, "value": value}]))[2].present[
        cause
    ][0]
    assert before / 60 < after < before


def test_a_lower_result_never_makes_the_deficiency_less_present() -> None:
    for analyte, unit, cause, values in (
        ("potassium", "mmol/L", "potassium_deficiency", (4.2, 3.6, 3.3, 2.9, 2.4, 1.8)),
        ("magnesium", "mmol/L", "magnesium_deficiency", (0.95, 0.8, 0.7, 0.6, 0.45, 0.3)),
        ("sodium", "mmol/L", "sodium_deficiency", (142, 136, 131, 126, 120, 112)),
        ("adjusted calcium", "mmol/L", "calcium_deficiency", (2.4, 2.2, 2.05, 1.9, 1.7, 1.4)),
    ):
        shares = [
            solved(said(findings=[{"what": "cramps"}], labs=[{"test": analyte, "value": f"{v} {unit}"}]))[2].present[
                cause
            ][0]
            for v in values
        ]
        assert all(a <= b + 1e-3 for a, b in pairwise(shares)), (analyte, shares)


def test_a_very_high_result_is_no_sign_of_a_deficiency() -> None:
    obs = said(findings=[{"what": "cramps"}], labs=[{"test": "potassium", "value": "7.0 mmol/L"}])
    assert solved(obs)[2].present["potassium_deficiency"][0] < 0.05


def test_medicines_asked_and_none_taken_means_no_medicine_explains() -> None:
    obs = seen("muscle_twitching", no_medicines=True, age=40.0)
    assert explains(obs)["medication_effect"] < 0.002


@pytest.mark.parametrize("age", [25.0, 45.0, 65.0])
def test_a_bare_twitch_lies_inside_the_published_mix(age: float) -> None:
    found = explains(seen("muscle_twitching", age=age, sex="female"))
    mix = {
        "benign_fasciculation": (0.72, 0.95), "medication_effect": (0.01, 0.1), "alcohol": (0.003, 0.03),
        "magnesium_deficiency": (0.001, 0.03), "potassium_deficiency": (0.0005, 0.015),
        "calcium_deficiency": (0.0, 0.01),
        "vitamin_d_deficiency": (0.0, 0.01), "vitamin_b12_deficiency": (0.0, 0.02), "sodium_deficiency": (0.0, 0.005),
        "dehydration": (0.0, 0.015), "thyroid_disease": (0.0, 0.02), "motor_neuron_disease": (0.0, 0.003),
        "toxin": (0.0, 0.001), "hypoparathyroidism": (0.0, 0.003), "peripheral_nerve_hyperexcitability": (0.0, 0.01),
    }  # fmt: skip
    outside = {c: round(found[c], 5) for c, (low, high) in mix.items() if not low <= found[c] <= high}
    assert not outside


def test_bare_cramps_are_mostly_idiopathic() -> None:
    found = explains(seen("night_leg_cramps", age=60.0, sex="female"))
    assert max(found, key=lambda c: found[c]) == "other"
    assert found["magnesium_deficiency"] <= 0.07


def test_the_same_record_gives_the_same_answer() -> None:
    obs = seen("eyelid_twitching", "fatigue", age=30.0)
    assert assess(obs, (), EVIDENCE, draws=40) == assess(obs, (), EVIDENCE, draws=40)


def test_intervals_hold_their_median_and_causes_are_sorted() -> None:
    found = assess(seen("muscle_twitching", "anxiety", age=30.0), (), EVIDENCE, draws=60)
    for cause in found.causes:
        for i in (cause.present, cause.explains):
            assert i.low <= i.p <= i.high
    ranks = [c.explains.p for c in found.causes]
    assert ranks == sorted(ranks, reverse=True)
    assert {c.id for c in found.causes} == set(CAUSES)
    assert len(CAUSES) == 28


def test_more_draws_do_not_move_the_draws_of_others() -> None:
    few, many = Parameters(10), Parameters(20)
    cited = EVIDENCE.nodes["magnesium_deficiency"].priors[0].p
    assert many.chance("x", cited)[:11] == pytest.approx(few.chance("x", cited))


def test_drawn_chances_stay_chances_and_keep_their_interval() -> None:
    cited = EVIDENCE.nodes["magnesium_deficiency"].priors[0].p
    drawn = Parameters(4000).chance("y", cited)
    assert drawn[0] == pytest.approx(cited.value)
    assert ((drawn > 0) & (drawn < 1)).all()
    low, high = np.percentile(drawn[1:], [2.5, 97.5])
    assert low == pytest.approx(cited.low, rel=0.15) and high == pytest.approx(cited.high, rel=0.15)


def test_beyond_the_limit_it_refuses_and_never_approximates_in_silence() -> None:
    many = SHOWN[: MOST_POSITIVES + 6]
    case = make_case(seen("muscle_twitching"), (), EVIDENCE, NETWORK, extra=tuple(many))
    with pytest.raises(LimitError, match="cannot be weighed exactly"):
        with_operations(Builder(case, parameters(), slice(0, 1)).build(), case)


def test_a_record_with_too_many_findings_says_which_were_left_out() -> None:
    obs = seen(*SHOWN[:30])
    found = assess(obs, (), EVIDENCE, draws=0, detail=False)
    assert found.note


@pytest.mark.parametrize(
    ("low", "high", "leads", "steadiest", "word"),
    [
        (0.5, 0.9, 1.0, 1.0, "likely"),
        (0.0, 0.09, 0.0, 1.0, "unlikely"),
        (0.1, 0.75, 1.0, 1.0, "cannot_tell"),
        (0.1, 0.4, 0.5, 0.5, "cannot_tell"),
        (0.1, 0.4, 0.9, 0.9, "possible"),
    ],
)
def test_verdicts(low: float, high: float, leads: float, steadiest: float, word: str) -> None:
    assert verdict(Interval((low + high) / 2, low, high), leads, steadiest) == word


def test_interval_is_the_median_with_the_5th_and_95th_percentile() -> None:
    values = np.concatenate([[9.0], np.linspace(0, 1, 101)])
    assert interval(values) == Interval(pytest.approx(0.5), pytest.approx(0.05), pytest.approx(0.95))


def test_the_chain_names_the_medicine_behind_a_low_magnesium() -> None:
    obs = said(
        findings=[{"what": "leg cramps"}],
        medicines=[{"name": "omeprazole", "since": "3 years"}],
        labs=[{"test": "magnesium", "value": "0.40 mmol/L"}],
    )
    readings, _ = read_labs(obs, EVIDENCE)
    cause = assess(obs, readings, EVIDENCE, draws=20).cause("magnesium_deficiency")
    assert cause is not None
    assert cause.chain[0].endswith("cramps") and "omeprazole" in cause.chain[-1]


def test_low_calcium_after_neck_surgery_reads_through_the_glands() -> None:
    obs = said(
        findings=[{"what": "hand and foot spasm"}, {"what": "tingling around the mouth"}],
        procedures=[{"name": "total thyroidectomy", "when": "2 days ago"}],
    )
    found = explains(obs)
    assert found["hypoparathyroidism"] > 0.5 and found["calcium_deficiency"] > 0.5


def test_the_most_telling_test_is_one_that_was_not_made() -> None:
    obs = said(
        findings=[{"what": "leg cramps"}],
        medicines=[{"name": "hydrochlorothiazide"}],
        labs=[{"test": "potassium", "value": "4.2 mmol/L"}],
    )
    readings, _ = read_labs(obs, EVIDENCE)
    found = assess(obs, readings, EVIDENCE, draws=10)
    assert found.next_tests and "potassium" not in {t.id for t in found.next_tests}
    assert all(t.gain_bits > 0 for t in found.next_tests)


@pytest.mark.parametrize(
    ("analyte", "cause"),
    [("potassium", "potassium_deficiency"), ("calcium", "calcium_deficiency"), ("vitamin D", "vitamin_d_deficiency")],
)
def test_severely_low_in_words_says_more_than_low(analyte: str, cause: str) -> None:
    def severe(word: str) -> float:
        case, _, found = solved(said(findings=[{"what": "cramps"}], labs=[{"test": analyte, "value": word}]))
        return float(found.nodes[case.network.ids.index(cause)][2][0])

    assert severe("severely low") > 0.6 > 2 * severe("low") > severe("normal")
