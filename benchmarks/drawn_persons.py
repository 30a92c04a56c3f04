"""Persons drawn from the model's own network, every one with numbers of his or her own from the stated intervals.

Backgrounds and risks come first, then the hidden states (parents before children), then which trigger fires for which
finding. A record is what such a person would be asked: the questions are chosen before anything is known, so that
silence says nothing, and a trigger that fires is noticed with the chance that the model gives to a denial. The
sampling below shares no code with the kernels that it is to check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twitchwise.assess import build_network, make_case
from twitchwise.assess.likelihood import lab_weights
from twitchwise.assess.network import Network
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.assess.problem import DENIAL, Builder, Case, complaints_of
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Analyte
from twitchwise.kernels.network import Problem
from twitchwise.labs import LabReading, read_labs
from twitchwise.observe.types import FactorSeen, FindingSeen, LabSaid, Observations

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

PANEL = "magnesium potassium sodium vitamin_d vitamin_b12 adjusted_calcium egfr hba1c tsh".split()
EXCITABLE_ASKED, OTHERS_ASKED = 7, 14  # questions in the list of a background
ASKED = 0.65  # chance that a question of the list is put to a person
TESTED = 0.3  # chance that a person has blood results
MOST_POSITIVES = 7


@dataclass(frozen=True)
class World:
    """Facts, network, and the numbers: those that the review uses and those of the persons."""

    evidence: Evidence
    network: Network
    point: Parameters
    drawn: Parameters


@dataclass(frozen=True)
class Background:
    """What persons share before anything else is drawn: age, sex, risks, factors, the list of questions."""

    case: Case  # its bits are the questions
    excitable: Flags  # (questions,)
    drawn: Problem  # the persons' numbers, one lane each
    point: Problem  # the review's numbers
    lanes: slice  # of the persons' numbers


@dataclass(frozen=True)
class Persons:
    """The persons of one background who have a complaint; axis n is the person, b the question, c the cause."""

    background: Background
    states: Counts  # (nodes, n)
    asked: Flags  # (b, n)
    yes: Flags  # (b, n)
    present: Flags  # (c, n), the truth
    paths: Flags  # (c, b, n), the truth: an activated path from the cause to the finding
    lab_weight: Array  # (nodes, 3, n)
    readings: tuple[tuple[LabReading, ...], ...]


def make_world(evidence: Evidence, draws: int, seed: int) -> World:
    """Return the facts with two sets of numbers.

    Parameters: evidence; draws, how many sets of numbers the persons have among them (1, or as many as the persons of a
    background and more); seed. Returns: the world.
    """
    return World(evidence, build_network(evidence), Parameters(0), Parameters(draws, seed))


def _apart(ids: list[str], network: Network, taken: list[str], most: int) -> list[str]:
    """Choose findings of which none is a kind of another."""
    chosen: list[str] = []
    for finding in ids:
        others = [*taken, *chosen]
        family = network.above.get(finding, ())
        if len(chosen) < most and not any(o in family or finding in network.above.get(o, ()) for o in others):
            chosen.append(finding)
    return chosen


def draw_background(rng: np.random.Generator, world: World, persons: int) -> Background:
    """Draw a background and the questions, and work out the numbers of both sides.

    Parameters: rng; world; persons, how many will share it. Returns: the background.
    """
    evidence, network = world.evidence, world.network
    kinds = [f for f in evidence.factors.values() if f.findings or f.leads_to or f.sets]
    many = int(rng.choice([0, 1, 2], p=[0.5, 0.35, 0.15]))
    stated = [kinds[i] for i in rng.permutation(len(kinds))[:many]]
    obs = Observations(
        age=float(rng.integers(16, 90)),
        sex=str(rng.choice(["female", "male"])),
        factors=tuple(FactorSeen(f.id, f.kind, True, f.name, "drawn") for f in stated),
        risks=frozenset(map(str, rng.permutation(sorted(evidence.risks))[: rng.integers(0, 4)])),
    )
    case = make_case(obs, (), evidence, network)
    usable = sorted({f for rows in network.shows.values() for f in rows})
    excitable = frozenset(complaints_of(obs, usable, evidence, network))
    questions = _apart(list(map(str, rng.permutation(sorted(excitable)))), network, [], EXCITABLE_ASKED)
    others = [str(f) for f in rng.permutation(usable) if f not in excitable]
    questions += _apart(others, network, questions, OTHERS_ASKED)
    case = replace(case, bits=tuple(questions), complaints=())
    one = world.drawn.draws == 1  # everybody lives in the same world, only not in ours
    first = 1 if one else 1 + int(rng.integers(0, world.drawn.draws - persons + 1))
    lanes = slice(first, first + (1 if one else persons))
    return Background(
        case,
        np.array([q in excitable for q in questions]),
        Builder(case, world.drawn, lanes).build(),
        Builder(case, world.point).build(),
        lanes,
    )


def _one_of(chances: Array, rng: np.random.Generator, many: int) -> Counts:
    """Draw a level for each person from (levels, n or 1) chances."""
    upto = np.cumsum(np.broadcast_to(chances, (chances.shape[0], many)), axis=0)
    return np.asarray((rng.random(many) * upto[-1] >= upto).sum(axis=0).clip(max=chances.shape[0] - 1))


def _of_state(values: Array, state: Counts) -> Array:
    """Pick (..., n) values by each person's state from (states, ..., n or 1)."""
    many = len(state)
    return np.asarray(np.broadcast_to(values, (*values.shape[:-1], many))[state, ..., np.arange(many)].T)


def parents_first(problem: Problem) -> list[int]:
    """Return the nodes so that every parent comes before its children.

    Parameters: problem. Returns: node numbers.
    """
    above = {n: {p for p, c, _ in problem.links if c == n} for n in range(len(problem.states))}
    order: list[int] = []
    while len(order) < len(above):
        order += [n for n, parents in above.items() if n not in order and parents <= set(order)]
    return order


def draw_states(problem: Problem, groups: Flags, rng: np.random.Generator, many: int) -> tuple[Counts, Flags]:
    """Draw the state of every node, and whether a path of pushes from each cause brought it about.

    Parameters: problem; groups, (causes, nodes); rng; many. Returns: (states (nodes, n), reached (causes, nodes, n)).
    """
    nodes = len(problem.states)
    state, reached = np.zeros((nodes, many), int), np.zeros((len(groups), nodes, many), bool)
    for node in parents_first(problem):
        own = _one_of(problem.base[node], rng, many)
        pushes = [(p, _one_of(_of_state(q, state[p]), rng, many)) for p, c, q in problem.links if c == node]
        state[node] = np.max([own, *(level for _, level in pushes)], axis=0)
        for parent, level in pushes:
            decided = (level == state[node]) & (level > 0)
            reached[:, node] |= decided & (groups[:, parent, None] | reached[:, parent])
    return state, reached


def draw_answers(
    problem: Problem, groups: Flags, state: Counts, reached: Flags, rng: np.random.Generator
) -> tuple[Flags, Flags]:
    """Let triggers fire and be noticed.

    Parameters: problem; groups; state and reached, from `draw_states`; rng. Returns: (noticed (b, n), paths (c, b, n)).
    """
    bits, many = problem.leak.shape[0], state.shape[1]
    noticed = rng.random((bits, many)) < problem.leak * DENIAL
    paths = np.zeros((len(groups), bits, many), bool)
    for node, act in enumerate(problem.act):
        for bit, chance in act.items():
            fired = rng.random(many) < _of_state(chance, state[node]) * DENIAL
            noticed[bit] |= fired
            paths[:, bit] |= fired & (groups[:, node, None] | reached[:, node])
    return noticed, paths


def group_flags(case: Case) -> tuple[tuple[str, ...], Flags]:
    """Return the causes with the nodes of each.

    Parameters: case. Returns: (causes, (causes, nodes)).
    """
    groups = case.groups()
    nodes = len(case.network.ids) + len(case.factors)
    return tuple(groups), np.array([[n in members for n in range(nodes)] for members in groups.values()])


def draw_persons(rng: np.random.Generator, world: World, many: int) -> Persons:
    """Draw persons of one background; those without a complaint (nobody would ask about them) are left out.

    Whether a person is kept depends on nothing but the record, so it says nothing more about the causes.

    Parameters: rng; world; many, how many to draw before that. Returns: the persons.
    """
    ground = draw_background(rng, world, many)
    _, groups = group_flags(ground.case)
    state, reached = draw_states(ground.drawn, groups, rng, many)
    noticed, paths = draw_answers(ground.drawn, groups, state, reached, rng)
    asked = rng.random(noticed.shape) < ASKED
    yes = noticed & asked
    kept = np.flatnonzero((yes & ground.excitable[:, None]).any(axis=0) & (yes.sum(axis=0) <= MOST_POSITIVES))
    on = (state > 0) | (np.array(ground.drawn.states) == 1)[:, None]
    present = (groups[:, :, None] & on[None]).any(axis=1)
    lab_weight, readings = _blood(ground, state[:, kept], kept, world, rng)
    return Persons(
        ground, state[:, kept], asked[:, kept], yes[:, kept], present[:, kept], paths[:, :, kept], lab_weight, readings
    )


def _blood(
    ground: Background, state: Counts, lanes: Counts, world: World, rng: np.random.Generator
) -> tuple[Array, tuple[tuple[LabReading, ...], ...]]:
    """Draw blood results for some persons, and what the review makes of them."""
    case, found = ground.case, []
    weight = np.ones((len(ground.drawn.states), 3, len(lanes)))
    for person in range(len(lanes)):
        said = []
        if rng.random() < TESTED:
            chosen = rng.permutation(PANEL)[: rng.integers(1, 4)]
            drawn = ground.lanes.start + (int(lanes[person]) if world.drawn.draws > 1 else 0)
            values = [
                (a, draw_value(case.evidence.analytes[str(a)], state[:, person], drawn, world, rng)) for a in chosen
            ]
            said = [_said(case.evidence.analytes[str(a)], value, n) for n, (a, value) in enumerate(values)]
        readings, _ = read_labs(replace(case.obs, labs=tuple(said)), case.evidence) if said else ((), ())
        found.append(readings)
        for reading in readings:
            for node, values_ in lab_weights(reading, replace(case, labs=readings), world.point).items():
                weight[world.network.ids.index(node), : len(values_), person] *= values_[:, 0]
    return weight, tuple(found)


def _said(analyte: Analyte, value: float, number: int) -> LabSaid:
    text = f"{value:.6g} {analyte.unit}"
    return LabSaid(analyte.id, text, float(f"{value:.6g}"), "", "", analyte.unit, None, None, None, f"labs[{number}]")


def draw_value(analyte: Analyte, state: Counts, lane: int, world: World, rng: np.random.Generator) -> float:
    """Draw a blood value: from the state that is out of the ordinary, where an analyte speaks about several nodes.

    Parameters: analyte; state, (nodes,) of one person; lane of the person's numbers; world; rng. Returns: the value in
    the analyte's unit.
    """
    network, rows = world.network, list(enumerate(analyte.truth))
    place = {row.node: network.ids.index(row.node) for _, row in rows}
    node = next((n for n, at in place.items() if state[at] > 0), next(iter(place)))
    name = network.nodes[node].states[state[place[node]]]
    own = [(n, r) for n, r in rows if r.node == node and r.state == name] or [(n, r) for n, r in rows if r.node == node]
    number, row = own[int(rng.integers(len(own)))]
    middle = float(world.drawn.ratio(f"truth.{analyte.id}.{row.node}.{row.state}.{number}", row.mean)[lane])
    relative = float(np.hypot(analyte.assay_cv, analyte.within_person_cv))
    spread = float(np.hypot(row.sd, relative if row.log else relative * middle))
    value = middle * float(np.exp(rng.normal(0, spread))) if row.log else rng.normal(middle, spread)
    low, high = analyte.possible_low or 0.0, analyte.possible_high or np.inf
    return float(np.clip(value, max(low, 1e-3), high))


def record_of(persons: Persons, n: int) -> Observations:
    """Return what the record of a person says, apart from blood results.

    Parameters: persons; n, which. Returns: the observations, as the review takes them.
    """
    case = persons.background.case
    above = case.network.above
    seen = [FindingSeen(f, bool(persons.yes[b, n]), f, "drawn") for b, f in enumerate(case.bits) if persons.asked[b, n]]
    return replace(
        case.obs,
        findings=tuple(seen),
        present=frozenset(w for f in seen if f.present for w in above.get(f.id, (f.id,))),
        absent=frozenset(f.id for f in seen if not f.present),
    )
