"""What the review says of drawn persons, beside the truth they were drawn with: many persons in one table.

Persons whose records have the same shape (the same stated factors, as many findings, as many complaints) share a
problem: its bits are slots, and each lane fills them with the findings of one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from drawn_persons import Background, Counts, Persons, World, draw_persons, group_flags, record_of

from twitchwise.assess import make_case, posterior
from twitchwise.assess.parameters import Array
from twitchwise.assess.posterior import OPEN_CONFIGURATIONS, TABLE_BUDGET
from twitchwise.assess.problem import DENIAL, Builder, Case, with_operations
from twitchwise.kernels.network import Problem

STATES = 3
BACKGROUND_PERSONS = 300  # drawn for each background; about a third of them has a complaint


@dataclass(frozen=True)
class Slots:
    """Persons of one background with equally many findings and complaints; axis n is the person."""

    ground: Background
    bits: Counts  # (slots, n): the question in each slot, complaints first
    complaints: int
    weight: Array  # (nodes, STATES, n)
    present: Array  # (causes, n), the truth
    explains: Array  # (causes, n), the truth: mean over the complaints
    places: Counts  # (n,) which persons of the background


@dataclass(frozen=True)
class Answers:
    """What was said (p) and what was true (y), both (causes, persons), for present and explains."""

    causes: tuple[str, ...]
    present: tuple[Array, Array]
    explains: tuple[Array, Array]
    findings: Counts  # (persons,) positive ones in the record


def _acts(problem: Problem) -> Array:
    """Return (nodes, STATES, questions): the chance that a state shows the finding of a question."""
    out = np.zeros((len(problem.states), STATES, problem.leak.shape[0]))
    for node, act in enumerate(problem.act):
        for bit, chance in act.items():
            out[node, : len(chance), bit] = chance[:, 0]
    return out


def slots_of(persons: Persons) -> Iterator[Slots]:
    """Sort the persons of a background by how many findings and complaints their records have.

    Parameters: persons. Yields: the persons of each shape.
    """
    ground = replace(persons.background, drawn=persons.background.point)  # the persons' own numbers are large
    denied = (persons.asked & ~persons.yes).astype(float)
    latent = np.array(ground.point.states) > 1
    silence = np.log1p(-DENIAL * _acts(ground.point)) * latent[:, None, None]
    weight = persons.lab_weight * np.exp(silence @ denied)
    complaint = persons.yes & ground.excitable[:, None]
    shapes = np.stack([persons.yes.sum(axis=0), complaint.sum(axis=0)])
    for positives, complaints in np.unique(shapes, axis=1).T:
        here = np.flatnonzero((shapes == [[positives], [complaints]]).all(axis=0))
        rank = 2 * persons.yes[:, here] + complaint[:, here]
        bits = np.argsort(-rank, axis=0, kind="stable")[:positives]
        paths = (persons.paths[:, :, here] & complaint[None, :, here]).sum(axis=1) / complaints
        present = persons.present[:, here].astype(float)
        yield Slots(ground, bits, int(complaints), weight[:, :, here], present, paths, here)


def problem_of(parts: Sequence[Slots]) -> tuple[Problem, Case]:
    """Put persons of several backgrounds with the same stated factors side by side.

    Parameters: parts, all of one shape. Returns: the problem, and a case that names causes and complaints.
    """
    first, case = parts[0], parts[0].ground.case
    points = [part.ground.point for part in parts]
    many = [part.bits.shape[1] for part in parts]
    acts = np.concatenate([_acts(part.ground.point)[:, :, part.bits] for part in parts], axis=-1)
    weight = np.concatenate([part.weight for part in parts], axis=-1)
    leak = np.concatenate([part.ground.point.leak[part.bits, 0] for part in parts], axis=-1)

    def wide(pick: Callable[[Problem], Array]) -> Array:
        return np.concatenate([np.repeat(pick(p), n, axis=-1) for p, n in zip(points, many, strict=True)], axis=-1)

    states = points[0].states
    problem = Problem(
        states,
        points[0].quiet,
        [wide(lambda p, n=n: p.base[n]) for n in range(len(states))],  # type: ignore[misc]
        [np.ascontiguousarray(weight[n, :s]) for n, s in enumerate(states)],
        [
            {b: np.ascontiguousarray(a[:s, b]) for b in range(a.shape[1]) if a[:, b].any()}
            for a, s in zip(acts, states, strict=True)
        ],
        leak,
        [(p, c, wide(lambda x, i=i: x.links[i][2])) for i, (p, c, _) in enumerate(points[0].links)],  # type: ignore[misc]
        (),
        sum(many),
    )
    names = tuple(f"slot{n}" for n in range(len(first.bits)))
    case = replace(case, bits=names, complaints=names[: first.complaints])
    return with_operations(problem, case), case


def answer(parts: Sequence[Slots], causes: Sequence[str]) -> tuple[Array, Array]:
    """Return what the review says, at the stated numbers.

    Parameters: parts, of one shape; causes. Returns: (present, explains), each (causes, persons).
    """
    problem, case = problem_of(parts)
    size = max(1, TABLE_BUDGET // (2 ** len(case.bits) * OPEN_CONFIGURATIONS))  # one table, one thread
    present, explains = [], []
    for start in range(0, problem.lanes, size):
        found = posterior(problem.part(slice(start, min(start + size, problem.lanes))), case)
        present.append(np.stack([found.present[c] for c in causes]))
        explains.append(np.stack([found.explains(c) for c in causes]))
    return np.concatenate(present, axis=1), np.concatenate(explains, axis=1)


def compare(world: World, persons: int, rng: np.random.Generator, tick: Callable[[int], None] | None = None) -> Answers:
    """Draw persons with a complaint and answer them all.

    Parameters: world; persons, at least how many; rng; tick, told how many more are answered. Returns: the answers.
    """
    waiting: dict[tuple[object, int, int], list[Slots]] = defaultdict(list)
    done: list[tuple[Array, Array, Array, Array, Counts]] = []
    drawn, causes = 0, tuple(world.network.groups)

    def flush(key: tuple[object, int, int]) -> None:
        parts = waiting.pop(key)
        said = answer(parts, causes)
        true = [np.concatenate([getattr(p, k) for p in parts], axis=1) for k in ("present", "explains")]
        count = np.full(said[0].shape[1], len(parts[0].bits))
        done.append((said[0], true[0], said[1], true[1], count))
        if tick:
            tick(len(count))

    while drawn < persons:
        found = draw_persons(rng, world, BACKGROUND_PERSONS)
        drawn += found.yes.shape[1]
        for part in slots_of(found):
            key = (structure(found.background), len(part.bits), part.complaints)
            waiting[key].append(part)
            if sum(p.bits.shape[1] for p in waiting[key]) >= TABLE_BUDGET // (2 ** key[1] * OPEN_CONFIGURATIONS):
                flush(key)
    for key in list(waiting):
        flush(key)
    said_p, true_p, said_e, true_e, count = (np.concatenate(x, axis=-1) for x in zip(*done, strict=True))
    return Answers(causes, (said_p, true_p), (said_e, true_e), count)


def structure(ground: Background) -> object:
    """Return what two backgrounds must share to be answered in one table: causes of the factors, and links.

    Parameters: ground. Returns: a key.
    """
    _, groups = group_flags(ground.case)
    factors = groups[:, len(ground.case.network.ids) :]
    return factors.tobytes(), factors.shape, tuple((p, c) for p, c, _ in ground.point.links)


def largest_difference(world: World, rng: np.random.Generator, persons: int) -> float:
    """Answer some persons one by one, the way a review does, and compare with the answers of the whole table.

    Parameters: world; rng; persons, how many. Returns: the largest difference in present or explains of any cause.
    """
    causes, worst, done = tuple(world.network.groups), 0.0, 0
    while done < persons:
        found = draw_persons(rng, world, BACKGROUND_PERSONS)
        for part in slots_of(found):
            if done < persons:
                said = answer([part], causes)
                worst = max(worst, _against_review(world, found, part, said, causes))
                done += 1
    return worst


def _against_review(
    world: World, persons: Persons, part: Slots, said: tuple[Array, Array], causes: Sequence[str]
) -> float:
    """Answer the last person of a part with the review's own path from observations to posterior."""
    n = int(part.places[-1])
    obs = record_of(persons, n)
    case = make_case(obs, persons.readings[n], world.evidence, world.network)
    problem = with_operations(Builder(case, world.point).build(), case)
    alone = posterior(problem, case)
    present = np.array([alone.present[c][0] for c in causes])
    explains = np.array([alone.explains(c)[0] for c in causes])
    return float(max(np.abs(present - said[0][:, -1]).max(), np.abs(explains - said[1][:, -1]).max()))
