"""Which question comes next: danger signs, the complaint, the person, then what would change the result most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from twitchwise.ask.tables import FIRST, lines_of
from twitchwise.ask.types import Question, State
from twitchwise.assess.lab_findings import with_lab_findings
from twitchwise.assess.network import build_network, cause_name
from twitchwise.assess.next_tests import Told, ranked_tests
from twitchwise.assess.parameters import Parameters
from twitchwise.assess.problem import make_case
from twitchwise.evidence import Evidence
from twitchwise.labs import LabReading, read_labs
from twitchwise.observe import observe
from twitchwise.observe.types import FindingSeen, Observations
from twitchwise.record import record_from_tables
from twitchwise.triage import triage
from twitchwise.triage.result import LEVELS

DANGER = "This is a danger sign. The answer decides how soon you should be seen."
URGENT = "A yes would mean that you should be seen sooner."
SELF_HARM = "self_harm_thoughts"
PLACED = ("muscle_weakness",)
# how much the answer is worth beyond the causes: the guards of the plan hang on it. In bits, our judgement
PLAN_WORTH = {"medicines": 2.0, "conditions": 1.5, "supplements": 1.0, "diet": 0.3, "labs": 0.1}
SOONER_WORTH = {"emergency": 1.0, "prompt": 0.3, "routine": 0.0, "self_care": 0.0}
LEAST = 0.02  # bits; below it no answer would change the advice
MOST_TELLING = 20  # questions; a talk has to end
PARAMETERS = Parameters(0)


def next_question(state: State, evidence: Evidence, on: date) -> Question | None:
    """Choose the next question.

    Parameters: state; evidence; on, the day. Returns: the question, or None when no answer would change the advice.

    >>> from twitchwise.evidence import load_evidence
    >>> next_question(State(), load_evidence(), date(2026, 11, 22)).id
    'muscle_weakness'
    """
    obs = observe(record_from_tables(state.tables), evidence, on)
    first = (q for part in (_flags, _complaint, _person) for q in part(state, obs, evidence))
    found = next((q for q in first if q.id not in state.done), None)
    return found or _most_telling(state, obs, evidence)


def worded(id_: str, evidence: Evidence, target: str = "", line: int = -1) -> Question:
    """Word a question.

    Parameters: id_; evidence; target, what it is about (its own id when ""); line, of [[findings]]. Returns: it.

    >>> from twitchwise.evidence import load_evidence
    >>> worded("vomiting", load_evidence()).text
    'Do you vomit?'
    """
    known = evidence.wordings.get(id_)
    if known is None:
        name = evidence.findings[id_].name.partition(" (")[0]
        return Question(id_, "finding", f"Do you have {name}?", "", "", True, False, id_)
    why = known.why or (DANGER if known.kind == "flag" else "")
    keys = known.kind in ("flag", "finding") or id_ == "pregnant" or bool(known.yes)
    words = known.kind not in ("flag", "finding")
    return Question(id_, known.kind, known.text, why, known.hint, keys, words, target or id_, line)


def _flags(state: State, obs: Observations, evidence: Evidence) -> Iterator[Question]:
    known, above = obs.present | obs.absent, build_network(evidence).above
    for wording in evidence.wordings.values():
        if wording.kind != "flag":
            continue
        seen = next((f for f in obs.findings if f.present and wording.id in above[f.id]), None)
        wanted = wording.id != SELF_HARM or "low_mood" in obs.present or obs.factor("depression") is not None
        if wording.id not in known and wanted:
            yield worded(wording.id, evidence)
        elif seen is not None and wording.id != SELF_HARM:
            yield from _details(seen, evidence, ("where", "since", "course") if wording.id in PLACED else ("since",))
    if obs.sex and obs.age is not None:
        yield from _expecting(obs, evidence)


def _details(seen: FindingSeen, evidence: Evidence, keys: tuple[str, ...]) -> Iterator[Question]:
    """Ask where and since when, of a finding that has a line of its own."""
    number = seen.origin.removeprefix("findings[").partition("]")[0]
    told = {"where": seen.where, "since": seen.days is not None or seen.onset, "course": seen.course}
    for key in keys:
        if not told[key] and number.isdigit():
            name = evidence.findings[seen.id].name
            question = worded(key, evidence, key, int(number))
            yield replace(question, id=f"{key}:{number}", text=f"About the {name}: {_lower(question.text)}")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _complaint(state: State, obs: Observations, evidence: Evidence) -> Iterator[Question]:
    flags, above = {w.id for w in evidence.wordings.values() if w.kind == "flag"}, build_network(evidence).above
    told = [f for f in obs.findings if f.present and not f.sign and (f.main or not flags.intersection(above[f.id]))]
    main = [f for f in told if f.main] or told
    if not main:
        yield worded("main", evidence)
    for seen in main[:1]:
        keys = ("since", "course") if _placed(seen, evidence) else ("where", "since", "course")
        yield from _details(seen, evidence, keys)


def _placed(seen: FindingSeen, evidence: Evidence) -> bool:
    """Say whether a finding needs no place: it names one, or it is not in the muscles."""
    return bool(seen.where) or evidence.findings[seen.id].group != "excitability"


def _person(state: State, obs: Observations, evidence: Evidence) -> Iterator[Question]:
    if obs.age is None:
        yield worded("age", evidence)
    if not obs.sex:
        yield worded("sex", evidence)
    yield from _expecting(obs, evidence)


def _expecting(obs: Observations, evidence: Evidence) -> Iterator[Question]:
    limits = evidence.limits
    fertile = obs.age is None or limits["fertile_from"].value <= obs.age <= limits["fertile_to"].value
    if obs.sex != "male" and fertile and obs.pregnant is None and obs.postpartum_days is None:
        yield worded("pregnant", evidence)


def _most_telling(state: State, obs: Observations, evidence: Evidence) -> Question | None:
    """Weigh the questions that are left by how much their answers would change urgency, causes and plan."""
    readings, _ = read_labs(obs, evidence)
    scored = [(worth, _listed(key, state, evidence)) for key, worth in PLAN_WORTH.items() if _open(key, state, obs)]
    if sum(1 for key in state.done if key.startswith("told:")) < MOST_TELLING:
        scored += _scored(state, obs, readings, evidence)
    best = max(scored, key=lambda pair: (pair[0], pair[1].id), default=None)
    return best[1] if best is not None and best[0] >= LEAST else None


def _open(section: str, state: State, obs: Observations) -> bool:
    """Say whether a section was not dealt with: what the file held before does not count as a full list."""
    if section in state.done or (section == "medicines" and obs.no_medicines):
        return False
    return section != "diet" or not state.tables.get("diet")


def _listed(section: str, state: State, evidence: Evidence) -> Question:
    """Ask for a list, or for what is missing on it."""
    question = worded(section, evidence)
    first = FIRST.get(section, "what")
    lines = lines_of(state.tables, section) if section != "diet" else []
    names = [str(one.get(first, "")) if isinstance(one, Mapping) else str(one) for one in lines]
    if not any(names):
        return question
    text = f"So far: {', '.join(names)}. Any other? One at a time."
    return replace(question, text=text, hint="n means no other")


def _scored(
    state: State, obs: Observations, readings: tuple[LabReading, ...], evidence: Evidence
) -> list[tuple[float, Question]]:
    network = build_network(evidence)
    case = make_case(with_lab_findings(obs, readings, evidence, network), readings, evidence, network)
    level = LEVELS.index(triage(obs, readings, evidence).level)
    out = []
    for gain, told in ranked_tests(case, PARAMETERS):
        asking = told.asking
        if asking.kind not in ("question", "habit") or f"told:{asking.test}" in state.done:
            continue
        if asking.kind == "habit" and asking.test not in evidence.wordings:
            continue
        sooner = _sooner(asking.test, obs, readings, evidence, level) if asking.kind == "question" else 0.0
        why = URGENT if sooner else f"It would tell most about {_most_moved(told, evidence)}."
        question = replace(worded(asking.test, evidence), id=f"told:{asking.test}", why=why)
        out.append((gain + sooner * float(told.chances[-1]), question))
    return out


def _most_moved(told: Told, evidence: Evidence) -> str:
    spread = {c: float(max(after) - min(after)) for c, after in told.after.items() if c != "motor_neuron_disease"}
    return cause_name(evidence, max(spread, key=lambda c: spread[c])) if spread else "the causes"


def _sooner(finding: str, obs: Observations, readings: tuple[LabReading, ...], evidence: Evidence, level: int) -> float:
    """Return what a yes is worth because it would make the matter more urgent."""
    family = build_network(evidence).above.get(finding, (finding,))
    trial = replace(obs, present=obs.present | set(family))
    reached = triage(trial, readings, evidence).level
    return SOONER_WORTH[reached] if LEVELS.index(reached) < level else 0.0
