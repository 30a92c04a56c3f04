"""What holds for every record: a red flag never lowers the level, order does not matter, alerts have sources."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import Reading, facts, observations, wider
from twitchwise.evidence import load_evidence
from twitchwise.observe.types import Observations
from twitchwise.triage import RULES, Alert, triage
from twitchwise.triage.level import QUESTIONS, alerts
from twitchwise.triage.result import ACTS, LEVELS, UNCHECKED, Triage
from twitchwise.triage.view import View

PACKAGE = Path(__file__).resolve().parent.parent / "twitchwise"
# what may stand beside a self-care complaint: everything else is a warning that may only raise the level
EVERYDAY = frozenset(
    """
    muscle_twitching eyelid_twitching limb_twitching calf_twitching widespread_twitching muscle_cramps leg_cramps
    night_leg_cramps hand_cramps exercise_cramps sleep_jerks back_spasm back_pain muscle_spasm anxiety health_anxiety
    insomnia fatigue irritability poor_concentration restlessness muscle_pain leg_pain headache sweating thirst
    tires_easily dry_mouth muscle_stiffness fine_tremor tremor polyuria low_mood neck_pain muscle_tenderness
    fast_breathing panic_attacks
    """.split()
)
FLAGS = sorted(set(load_evidence().findings) - EVERYDAY)
SALTS = (
    "potassium",
    "sodium",
    "calcium",
    "adjusted_calcium",
    "magnesium",
    "phosphate",
    "glucose",
    "ck",
    "lithium",
    "bicarbonate",
)
ODD = ("low", "very_low", "high", "very_high")
TAGS = sorted(load_evidence().tags)
FINDINGS = sorted(load_evidence().findings)


@st.composite
def findings(draw: st.DrawFn) -> dict[str, object]:
    found: dict[str, object] = {"id": draw(st.sampled_from(FINDINGS))}
    days = draw(st.none() | st.floats(0, 4000))
    if days is not None:
        found["days"] = days
    found["onset"] = draw(st.sampled_from(["", "sudden", "hours", "days", "weeks", "months"]))
    found["course"] = draw(st.sampled_from(["", "worse", "same", "better"]))
    found["when"] = draw(
        st.lists(st.sampled_from(["one_sided", "after_exercise", "over_ten_minutes", "disturbs_sleep"]), max_size=2)
    )
    return found


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    value = draw(st.none() | st.floats(0.05, 9000))
    return Reading(draw(st.sampled_from(SALTS)), value, draw(st.sampled_from(("normal", *ODD))))


@st.composite
def records(draw: st.DrawFn) -> tuple[Observations, tuple[Reading, ...]]:
    obs = observations(
        draw(st.lists(findings(), max_size=6)),
        draw(st.lists(st.sampled_from(FINDINGS), max_size=3)),
        draw(st.lists(st.sampled_from(TAGS), max_size=2)),
        risks=draw(st.lists(st.sampled_from(["heat", "vegan", "recent_hard_exercise", "low_intake"]), max_size=2)),
        age=draw(st.none() | st.floats(0, 100)),
        sex=draw(st.sampled_from(["", "female", "male"])),
    )
    return obs, tuple(draw(st.lists(readings(), max_size=3)))


def rank(obs: Observations, labs: tuple[Reading, ...]) -> int:
    return LEVELS.index(triage(obs, labs, facts()).level)


def with_finding(obs: Observations, name: str) -> Observations:
    """The same record with one more present finding, also where the record denies it."""
    more = observations([name])
    return replace(obs, findings=(*obs.findings, *more.findings), present=obs.present | wider(name))


@given(records(), st.sampled_from(FLAGS))
def test_adding_a_red_flag_never_lowers_the_level(record: tuple[Observations, tuple[Reading, ...]], flag: str) -> None:
    obs, labs = record
    if not obs.present and not labs:
        return
    assert rank(with_finding(obs, flag), labs) <= rank(obs, labs)


@given(records(), st.sampled_from(SALTS), st.sampled_from(ODD), st.none() | st.floats(0.05, 9000))
def test_adding_an_abnormal_result_never_lowers_the_level(
    record: tuple[Observations, tuple[Reading, ...]], analyte: str, level: str, value: float | None
) -> None:
    obs, labs = record
    assert rank(obs, (*labs, Reading(analyte, value, level))) <= rank(obs, labs)


@given(records(), st.randoms())
def test_the_order_of_the_record_does_not_matter(
    record: tuple[Observations, tuple[Reading, ...]], random: object
) -> None:
    obs, labs = record
    turned = replace(obs, findings=obs.findings[::-1], factors=obs.factors[::-1])
    assert triage(turned, labs[::-1], facts()) == triage(obs, labs, facts())


@given(records())
def test_every_alert_is_sourced_and_in_order(record: tuple[Observations, tuple[Reading, ...]]) -> None:
    obs, labs = record
    answer = triage(obs, labs, facts())
    assert answer.provisional == bool(answer.not_asked)
    assert bool(answer.alerts) != bool(answer.why_default)
    assert all(a.sources and a.reason.endswith(".") and a.level == answer.level for a in answer.alerts)
    assert [ACTS.index(a.act) for a in answer.alerts] == sorted(ACTS.index(a.act) for a in answer.alerts)


@given(records())
def test_a_child_is_never_sent_to_self_care(record: tuple[Observations, tuple[Reading, ...]]) -> None:
    obs, labs = record
    assert triage(replace(obs, age=7.0), labs, facts()).level != "self_care"


@pytest.mark.parametrize("name", FINDINGS)
def test_a_denied_finding_fires_nothing(name: str) -> None:
    see = View(observations(absent=[name], age=30.0), (), facts().limits, facts().findings, facts().factors)
    assert alerts(see, facts()) == ()


def test_an_empty_record_is_routine_and_says_why() -> None:
    answer = triage(Observations(), (), facts())
    assert (answer.level, answer.provisional, answer.alerts) == ("routine", True, ())
    assert answer.why_default


def test_age_is_the_first_question_and_pregnancy_the_last() -> None:
    asked = triage(observations(["eyelid_twitching"]), (), facts()).not_asked
    assert asked[0] == "How old is the person?"
    assert asked[-1].startswith("Could there be a pregnancy")
    assert len(asked) == len(QUESTIONS) + 2


@pytest.mark.parametrize(
    "person", [{"sex": "male", "age": 30.0}, {"sex": "female", "age": 70.0}, {"pregnant": False, "age": 30.0}]
)
def test_pregnancy_is_not_asked_where_it_is_known_or_not_possible(person: dict[str, object]) -> None:
    assert not any("pregnancy" in q for q in triage(observations(**person), (), facts()).not_asked)  # type: ignore[arg-type]


def test_a_record_that_denies_every_danger_is_not_provisional() -> None:
    denied = [
        "muscle_weakness",
        "difficulty_swallowing",
        "slurred_speech",
        "breathlessness",
        "chest_pain",
        "fainting",
        "seizure",
    ]
    answer = triage(observations(["eyelid_twitching"], denied, age=33.0, sex="male"), (), facts())
    assert (answer.level, answer.provisional, answer.not_asked) == ("self_care", False, ())


def test_one_denied_limb_does_not_answer_the_question_about_weakness() -> None:
    asked = triage(observations(["eyelid_twitching"], ["leg_weakness"], age=33.0, sex="male"), (), facts()).not_asked
    assert any("weak" in q for q in asked)


@pytest.mark.parametrize(
    "said",
    [
        [{"id": "widespread_twitching", "days": 3650}],
        [{"id": "eyelid_twitching", "days": 400}],
        [{"id": "limb_twitching", "days": 900}, "health_anxiety", "felt_weakness"],
        [{"id": "widespread_twitching", "days": 200}, "leg_cramps", "fatigue", "insomnia", "anxiety"],
    ],
)
def test_long_standing_twitching_without_a_red_flag_is_routine_at_most(said: list[dict[str, object] | str]) -> None:
    answer = triage(observations(said, ["muscle_weakness"], age=45.0), (), facts())
    assert answer.level in ("routine", "self_care")


@pytest.mark.parametrize(
    "said", [["health_anxiety"], ["anxiety", "felt_weakness"], ["panic_attacks", "felt_weakness", "fatigue"]]
)
def test_worry_with_kept_strength_never_reads_as_an_emergency(said: list[str]) -> None:
    assert triage(observations(["widespread_twitching", *said], age=26.0), (), facts()).level in (
        "routine",
        "self_care",
    )


def test_every_rule_has_its_facts_and_every_fact_its_rule() -> None:
    assert set(RULES) == set(load_evidence().triage_rules)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_a_rule_says_is_complete(rule: str) -> None:
    fact = load_evidence().triage_rules[rule]
    sources = load_evidence().sources
    assert fact.level in LEVELS and fact.act in ACTS and fact.action.endswith("."), f"rules.toml: {rule}"
    assert fact.cites and all(c.locator for c in fact.cites), f"rules.toml: {rule}: say where in the source"
    unknown = [c.source for c in fact.cites if c.source not in sources]
    assert not unknown, f"rules.toml: {rule}: add {unknown} to data/sources.toml"
    own = any(c.source == "own_judgement" for c in fact.cites)
    if fact.basis == "elicited":
        assert own, f"rules.toml: {rule}: an elicited rule cites own_judgement"
    elif fact.level == "emergency":
        assert any(sources[c.source].tier in ("A", "B") for c in fact.cites), (
            f"rules.toml: {rule}: needs a source of tier A or B"
        )
        assert fact.status == "verified", (
            f"rules.toml: {rule}: an emergency rests on something seen, or reads as our judgement"
        )


def test_every_emergency_rests_on_a_page_that_was_read() -> None:
    sources = load_evidence().sources
    for rule in facts().triage_rules.values():
        if rule.level == "emergency":
            assert rule.status == "verified", f"{rule.id}: read the page, or say it is our judgement"
            assert rule.basis != "elicited", f"{rule.id}: find a page, or make it less than an emergency"
            assert {sources[c.source].tier for c in rule.cites} <= {"A", "B"}, f"{rule.id}: cite tier A or B"


def test_our_own_judgement_is_said_to_the_person() -> None:
    see = View(observations(["muscle_twitching", "fever"]), (), facts().limits, facts().findings, facts().factors)
    found: list[Alert] = list(alerts(see, facts()))
    assert all((UNCHECKED in a.reason) == (a.basis == "elicited") for a in found)
    assert {a.rule: UNCHECKED in a.reason for a in found if a.basis == "elicited"} == {"pr_fever": True}


@pytest.mark.parametrize("key", sorted(load_evidence().limits))
def test_every_limit_is_used_and_sourced(key: str) -> None:
    limit = load_evidence().limits[key]
    text = "".join(p.read_text(encoding="utf-8") for p in sorted((PACKAGE / "triage").glob("*.py")))
    assert f'"{key}"' in text, f"limits.toml: {key} is used by no rule"
    assert limit.cite.source in load_evidence().sources, (
        f"limits.toml: {key}: add {limit.cite.source!r} to data/sources.toml"
    )
    assert limit.basis == "elicited" or limit.cite.source != "own_judgement", (
        f"limits.toml: {key}: our judgement is elicited"
    )


def test_every_word_of_the_rules_is_in_the_vocabulary() -> None:
    real = load_evidence()
    here = set(real.findings) | set(real.tags) | set(real.risks) | set(real.qualifiers) | set(real.sites)
    here |= set(real.limits) | set(RULES) | set(real.analytes) | set(real.tests) | set(real.clues) | set(real.factors)
    plain = {
        *LEVELS,
        *ACTS,
        "low",
        "high",
        "normal",
        "very_low",
        "very_high",
        "same",
        "better",
        "worse",
        "hours",
        "trunk",
        "many",
    }
    plain |= {
        "everywhere",
        "medicine",
        "elicited",
        "caffeine",
        "no",
        "ms",
        "any_new_id",
        "habit",
        "triage",
        "any",
        "a",
        "b6",
    }
    for path in sorted((PACKAGE / "triage").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.isidentifier()
                and node.value.islower()
            ):
                assert node.value in here | plain, f"{path.name}:{node.lineno}: {node.value!r} is in no list of ours"


def imported(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
    return {f for f in found if f.startswith("twitchwise.")}


def test_no_path_of_imports_leads_from_triage_to_a_probability() -> None:
    todo, seen = {"twitchwise.triage"}, set[str]()
    while todo:
        name = todo.pop()
        seen.add(name)
        place = PACKAGE.joinpath(*name.split(".")[1:])
        files = [place.with_suffix(".py")] if place.with_suffix(".py").exists() else sorted(place.glob("*.py"))
        todo |= {found for path in files for found in imported(path)} - seen
    wrong = sorted(name for name in seen if name.split(".")[1] in ("assess", "plan", "kernels", "review", "report"))
    assert not wrong, f"triage must not reach {wrong}"


def test_a_complaint_that_was_not_understood_is_asked_about_and_is_never_left_to_self_care() -> None:
    from datetime import date

    from twitchwise.observe import observe
    from twitchwise.record import record_from_tables

    evidence = load_evidence()

    def level(*complaints: str) -> Triage:
        tables = {"person": {"age": 30, "sex": "male"}, "findings": [{"what": c} for c in complaints]}
        return triage(observe(record_from_tables(tables, "test"), evidence, date(2026, 11, 22)), (), evidence)

    assert level("eyelid twitching").level == "self_care"
    unclear = level("eyelid twitching", "zzyzx wobbulation of the frobnicator")
    assert unclear.level == "routine" and unclear.provisional
    assert any("frobnicator" in question for question in unclear.not_asked)
