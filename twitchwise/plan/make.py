"""Put the plan together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twitchwise.assess.types import Assessment, NextTest
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite
from twitchwise.labs.types import LabReading
from twitchwise.observe.types import Observations
from twitchwise.plan.advice import ORDER, as_step, by_cause, capped, fitting, split
from twitchwise.plan.diary import Table, day_steps
from twitchwise.plan.doctor import five_lines, for_child, listing, one_line
from twitchwise.plan.foods import food_steps
from twitchwise.plan.situation import Situation
from twitchwise.plan.supplements import totals, warnings
from twitchwise.plan.types import Plan, Portion, Refused, Step
from twitchwise.triage.result import Triage

FOUND = " found on examination"
GAIN_FROM = 0.02  # bits
HOSPITAL = ("ph",)
GAIN = Cite("own_judgement", "chosen by how much the answer would change the picture")


def make_plan(
    obs: Observations,
    labs: Sequence[LabReading],
    triage: Triage,
    assessment: Assessment,
    evidence: Evidence,
    table: Table | None = None,
) -> Plan:
    """Make the plan of a person: ordered, finite, cited, behind the harm guards.

    Parameters: obs, the record; labs, its laboratory readings; triage, how soon to be seen; assessment, the causes;
    evidence, the curated facts; table, what the person eats, where a diary says it. Returns: the plan.
    Raises: EvidenceError for advice with an unknown condition.

    >>> from twitchwise.evidence.load import load_evidence
    >>> calm = Triage("self_care", False, (), ())
    >>> make_plan(Observations(), (), calm, Assessment(), load_evidence()).end_state
    True
    """
    situation = Situation(obs, tuple(labs), triage, assessment, evidence)
    return _emergency(situation) if triage.level == "emergency" else _ordinary(situation, table)


def _emergency(situation: Situation) -> Plan:
    """Keep it short: go, what to take along, what to say; nothing that delays."""
    safe, _ = split(situation, fitting(situation))
    steps = [as_step(situation, block) for block in capped(safe)]
    back = next((s.text for s in steps if s.kind == "back"), "")
    return Plan(tuple(_sorted([*steps, one_line(situation)])), come_back=back)


def _ordinary(situation: Situation, table: Table | None) -> Plan:
    safe, refused = split(situation, fitting(situation))
    safe = by_cause(situation, safe)
    advice = [as_step(situation, block) for block in capped(safe)]
    asked = [block.id for block in safe if block.kind == "test"]
    tests = [] if situation.triage.level == "self_care" else _tests(situation, advice)
    foods, portions, withheld = _foods(situation, table)
    summed = totals(situation)
    over = warnings(situation, summed)
    if any(step.id == "over_vitamin_b6" for step in over):
        advice = [step for step in advice if step.id != "b6_high"]  # the total says it
    steps = [*over, *advice, *tests, *foods]
    if situation.triage.level != "self_care" or asked[:1] not in ([], ["test_none"]):
        names = [] if situation.triage.level == "self_care" else _names(situation, ("blood",))
        steps = [*five_lines(situation, names), *steps]
    if situation.child:
        steps = [replace(s, text=for_child(s.text)) if s.kind == "say" else s for s in steps]
    steps = _sorted(steps)
    back = " ".join(s.text for s in steps if s.kind == "back")
    end = situation.triage.level == "self_care" and not situation.triage.provisional
    return Plan(tuple(steps), tuple(portions), summed, _once([*refused, *withheld]), back, end)


def _foods(situation: Situation, table: Table | None) -> tuple[list[Step], list[Portion], list[Refused]]:
    """A change of the person's own day outranks general portions."""
    own = day_steps(situation, table)
    return (own[0], [], own[1]) if own is not None else food_steps(situation)


def _sorted(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: ORDER.index(step.kind))


def _once(refused: Sequence[Refused]) -> tuple[Refused, ...]:
    seen: dict[tuple[str, str], Refused] = {}
    for one in refused:
        seen.setdefault((one.guard, one.what), one)
    return tuple(seen.values())


def worthwhile(tests: Sequence[NextTest]) -> list[NextTest]:
    """Keep the tests whose answer would move the picture and that an ordinary visit can give.

    Parameters: tests, best first. Returns: tests, best first.
    """
    return [t for t in tests if t.gain_bits >= GAIN_FROM and t.id not in HOSPITAL]


def why_of(test: NextTest) -> str:
    """Say as a sentence why a test is worth it; a question must not frighten by the name of a grave disease.

    Parameters: test. Returns: a sentence.

    >>> why_of(NextTest("tsh", "TSH", 0.1, "it would tell most about thyroid disease", "blood"))
    'It would tell most about thyroid disease.'
    """
    why = test.why if "motor neuron" not in test.why else "it would tell most about the nerves to the muscles"
    return f"{why[:1].upper()}{why[1:]}."


def _useful(situation: Situation, kinds: tuple[str, ...]) -> list[NextTest]:
    allowed = [t for t in worthwhile(situation.assessment.next_tests) if t.kind in kinds]
    return [t for t in allowed if t.kind != "specialist" or situation.red_flag]


def _names(situation: Situation, kinds: tuple[str, ...]) -> list[str]:
    return [test.name for test in _useful(situation, kinds)]


def _tests(situation: Situation, advice: Sequence[Step]) -> list[Step]:
    """Say which tests the model would learn most from, without repeating a rule's own test."""
    told = " ".join(step.text.lower() for step in advice if step.kind == "test")
    words = {"blood": "Blood tests that would tell most", "examination": "Ask your doctor to look for"}
    steps = []
    for kind, label in {**words, "specialist": "Tests for a specialist to decide on"}.items():
        useful = [t for t in _useful(situation, (kind,)) if t.name.lower() not in told][:4]
        if useful:
            text = f"{label}: {listing([t.name.removesuffix(FOUND) for t in useful])}."
            steps.append(Step("test", text, why_of(useful[0]), (GAIN,), f"test_most_{kind}"))
    return steps
