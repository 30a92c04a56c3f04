"""From observations to the numbers that the kernel solves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from twitchwise.assess.factors import Push, pushes, shows_of
from twitchwise.assess.intake_shift import IntakeShift
from twitchwise.assess.items import absent_findings, most_specific
from twitchwise.assess.likelihood import lab_weights
from twitchwise.assess.network import Network
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.assess.priors import base_levels
from twitchwise.errors import LimitError
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Shows
from twitchwise.kernels.network import Problem
from twitchwise.kernels.order import hub_operations, leaf_order, place_bits
from twitchwise.labs import LabReading
from twitchwise.observe.types import FactorSeen, Observations

MOST_POSITIVES = 12  # the exact sum doubles with each further one; the rest is named, never dropped in silence
DENIAL = 0.9  # how far a person's "no" is trusted: the chance that a finding which is there is also noticed
SILENT_LEAK = 0.01


@dataclass(frozen=True)
class Case:
    """A record made ready: which nodes there are, which findings are bits, and which complaints are to be explained."""

    obs: Observations
    labs: tuple[LabReading, ...]
    evidence: Evidence
    network: Network
    factors: tuple[int, ...]  # places in obs.factors that are nodes of their own
    bits: tuple[str, ...]
    complaints: tuple[str, ...]
    leftover: tuple[str, ...] = ()  # positive findings beyond the limit
    diet: tuple[IntakeShift, ...] = ()  # what the diary says

    def groups(self) -> dict[str, frozenset[int]]:
        """Return for each cause the node numbers whose union it is."""
        place = {key: i for i, key in enumerate(self.network.ids)}
        groups = {key: {place[i] for i in ids} for key, ids in self.network.groups.items()}
        for number, seen_at in enumerate(self.factors):
            factor = self.evidence.factors.get(self.obs.factors[seen_at].id)
            for union in unions_of(factor.kind, factor.part_of) if factor else ():
                node = self.network.nodes.get(union)
                groups[node.part_of if node and node.part_of else union].add(len(self.network.ids) + number)
        return {key: frozenset(ids) for key, ids in groups.items()}


def unions_of(kind: str, part_of: Sequence[str]) -> tuple[str, ...]:
    """Return the causes that a factor's own effects count for.

    Parameters: kind, the factor's kind; part_of, what its data say. Returns: cause ids.

    >>> unions_of("medicine", ())
    ('medication_effect',)
    """
    usual = {"medicine": "medication_effect", "supplement": "medication_effect", "exposure": "toxin"}
    return tuple(part_of) or ((usual[kind],) if kind in usual else ())


def complaints_of(obs: Observations, bits: Sequence[str], evidence: Evidence, network: Network) -> tuple[str, ...]:
    """Return the findings to be explained: those marked main, else those of excitability, else all.

    Parameters: obs; bits, the findings that are counted; evidence; network. Returns: finding ids.
    """
    marked = [f.id for f in obs.findings if f.present and f.main and f.id in bits]
    if marked:
        return tuple(dict.fromkeys(marked))
    wanted = {"paresthesia", "perioral_tingling", "hand_foot_tingling"}
    excitable = [b for b in bits if evidence.findings[b].group == "excitability" or b in wanted]
    results = {row.finding for row in evidence.lab_findings.values()}
    return tuple(excitable or [b for b in bits if b not in results] or bits)


def make_case(
    obs: Observations,
    labs: Sequence[LabReading],
    evidence: Evidence,
    network: Network,
    extra: Sequence[str] = (),
    diet: Sequence[IntakeShift] = (),
) -> Case:
    """Choose the nodes, bits and complaints of a record.

    Parameters: obs, labs, evidence, network; extra, further findings that get a bit (possible questions); diet, what
    the diary says.
    Returns: the case. The rarest findings are kept when there are more than the exact method can hold; `leftover`
    names the rest.
    """
    factors = tuple(n for n, seen in enumerate(obs.factors) if acts(seen, evidence))
    usable = {f for rows in network.shows.values() for f in rows}
    for n in factors:
        usable |= set(shows_of(obs.factors[n], evidence, network))
    found = [f for f in most_specific([f.id for f in obs.findings if f.present], network) if f in usable]
    first = complaints_of(obs, found, evidence, network)
    ranked = sorted(found, key=lambda f: (f not in first, _background(f, evidence)))
    bits = [f for f in found if f in ranked[:MOST_POSITIVES]]
    return Case(
        obs,
        tuple(labs),
        evidence,
        network,
        factors,
        (*bits, *extra),
        complaints_of(obs, bits, evidence, network),
        tuple(ranked[MOST_POSITIVES:]),
        tuple(diet),
    )


def acts(seen: FactorSeen, evidence: Evidence) -> bool:
    """Say whether a stated factor does anything by itself: a habit only when there is much (or harmfully little) of it.

    Parameters: seen; evidence. Returns: True when it gets a node of its own.
    """
    factor = evidence.factors.get(seen.id)
    usual = seen.kind == "habit" and seen.member in ("none", "some")
    return seen.present and not usual and factor is not None and bool(factor.findings or factor.leads_to)


def _background(finding: str, evidence: Evidence) -> float:
    rate = evidence.findings[finding].background
    return rate.value if rate else SILENT_LEAK


class Builder:
    """Builds the kernel's numbers for a case, for any part of its evidence."""

    def __init__(self, case: Case, parameters: Parameters, lanes: slice | None = None) -> None:
        self.case = case
        self.parameters = parameters
        self.cut = lanes or slice(None)
        self.lanes = len(range(*self.cut.indices(1 + parameters.draws)))

    def _take(self, values: Array) -> Array:
        return np.asarray(values[self.cut])

    def _rows(self, rows: Mapping[str, Shows], name: str, finding: str) -> Array:
        row = rows.get(finding)
        return self._take(self.parameters.chance(f"{name}.{row.finding}", row.p)) if row else np.zeros(self.lanes)

    def chances(self, node: str, finding: str) -> Array:
        """Return (states, L): the chance that each state of a latent node shows a finding."""
        states = self.case.network.nodes[node].states
        rows = [np.zeros(self.lanes)]
        for state in states[1:]:
            rows.append(self._rows(self.case.network.shows[node, state], f"{node}.{state}", finding))
        return np.stack(rows)

    def leak(self, finding: str) -> Array:
        """Return (L,): the background rate of a finding."""
        rate = self.case.evidence.findings[finding].background
        return self._take(self.parameters.chance(f"leak.{finding}", rate)) if rate else np.full(self.lanes, SILENT_LEAK)

    def build(self, include: Collection[str] | None = None) -> Problem:
        """Return the kernel's problem for the included items (all when None).

        Parameters: include, keys of items (`items_of`). Returns: the problem, its operations still empty.
        """

        def has(key: str) -> bool:
            return include is None or key in include

        case, ids = self.case, self.case.network.ids
        base = base_levels(case, self.parameters, self.cut, has)
        weight = self._weights(has)
        act = [self._nonzero([self.chances(node, finding) for finding in case.bits]) for node in ids]
        links = self._latent_links()
        timing = self._timing(has)
        for number, seen_at in enumerate(case.factors):
            on = 1.0 if has(f"factor:{seen_at}") else 0.0
            base.append(np.ones((1, self.lanes)))
            weight.append(np.ones((1, self.lanes)))
            act.append(self._factor_acts(case.obs.factors[seen_at], on, timing))
            links += self._pushes(case.obs.factors[seen_at], len(ids) + number, on)
        leak = [np.ones(self.lanes) if not has(f"present:{b}") else self.leak(b) for b in case.bits]
        states = [len(case.network.nodes[key].states) for key in ids] + [1] * len(case.factors)
        quiet = [1] * len(ids) + [0] * len(case.factors)
        leaks = np.array(leak).reshape(len(case.bits), self.lanes)
        return Problem(states, quiet, base, weight, act, leaks, links, (), self.lanes)

    @staticmethod
    def _nonzero(chances: Sequence[Array]) -> dict[int, Array]:
        return {bit: values for bit, values in enumerate(chances) if values.any()}

    def _factor_acts(self, seen: FactorSeen, on: float, timing: Array | float) -> dict[int, Array]:
        rows = shows_of(seen, self.case.evidence, self.case.network)
        odds = timing if seen.kind == "medicine" else 1.0
        return self._nonzero([on * _raised(self._rows(rows, seen.id, f), odds)[None] for f in self.case.bits])

    def _pushes(self, seen: FactorSeen, node: int, on: float) -> list[tuple[int, int, Array]]:
        return [self._push(node, push, on) for push in pushes(seen, self.case, self.parameters)]

    def _weights(self, has: Callable[[str], bool]) -> list[Array]:
        case, network = self.case, self.case.network
        weights = {key: np.ones((len(network.nodes[key].states), self.lanes)) for key in network.ids}
        for number, reading in enumerate(case.labs):
            if has(f"lab:{number}"):
                for node, likelihood in lab_weights(reading, case, self.parameters).items():
                    weights[node] = weights[node] * likelihood[:, self.cut]
        for clue in sorted(case.obs.clues):
            if clue in case.evidence.clues and has(f"clue:{clue}"):
                for row in case.evidence.clues[clue].weights:
                    if row.node not in weights:
                        continue
                    ratio = self.parameters.ratio(f"clue.{clue}.{row.node}.{row.state}", row.ratio)
                    weights[row.node][network.nodes[row.node].states.index(row.state)] *= self._take(ratio)
        for finding in absent_findings(case.obs, network):
            if has(f"absent:{finding}"):
                for node in network.ids:
                    weights[node] = weights[node] * (1.0 - DENIAL * self.chances(node, finding))
        return [weights[key] for key in network.ids]

    def _timing(self, has: Callable[[str], bool]) -> Array | float:
        """How many times a complaint that began with a medicine raises the odds that the medicine does it."""
        for clue in sorted(self.case.obs.clues):
            rows = self.case.evidence.clues[clue].weights if clue in self.case.evidence.clues else ()
            for row in rows:
                if row.node == "medication_effect" and has(f"clue:{clue}"):
                    return self._take(self.parameters.ratio(f"clue.{clue}.medication_effect", row.ratio))
        return 1.0

    def _latent_links(self) -> list[tuple[int, int, Array]]:
        network, out = self.case.network, {}
        for parent, state, child, level, cited in network.links:
            names = network.ids[parent], network.ids[child]
            states, levels = (len(network.nodes[n].states) for n in names)
            if (parent, child) not in out:
                out[parent, child] = np.zeros((states, levels, self.lanes))
            chance = self._take(self.parameters.chance(f"link.{names[0]}.{state}.{names[1]}.{level}", cited))
            out[parent, child][state, level] = chance
        return [(p, c, _with_rest(q)) for (p, c), q in out.items()]

    def _push(self, node: int, push: Push, on: float) -> tuple[int, int, Array]:
        child = self.case.network.ids.index(push.target)
        levels = self.case.network.nodes[push.target].states
        chance = np.zeros((1, len(levels), self.lanes))
        for level, values in push.levels.items():
            chance[0, levels.index(level)] = on * self._take(values)
        return node, child, _with_rest(chance)


def _raised(chance: Array, odds: Array | float) -> Array:
    """Multiply the odds of a chance."""
    return np.asarray(chance * odds / (1 - chance + chance * odds))


def _with_rest(chance: Array) -> Array:
    """Put what is left on the lowest level, and keep the whole at one."""
    above = chance[:, 1:].sum(axis=1, keepdims=True)
    chance[:, 1:] *= np.minimum(1.0, 0.999 / np.maximum(above, 1e-12))
    chance[:, 0] = 1.0 - chance[:, 1:].sum(axis=1)
    return chance


def with_operations(problem: Problem, case: Case) -> Problem:
    """Plan the operations of a problem: nodes without links first, then the linked ones; idle nodes are left out.

    Parameters: problem, without operations; case. Returns: the problem with operations. Raises: LimitError beyond
    the exact limit.
    """
    if problem.leak.shape[0] > MOST_POSITIVES + 2:
        raise LimitError(
            f"{problem.leak.shape[0]} findings at once cannot be weighed exactly (at most {MOST_POSITIVES})"
        )
    pairs = sorted({(p, c) for p, c, _ in problem.links})
    linked = {x for pair in pairs for x in pair}
    touched = [frozenset(act) for act in problem.act]
    late = frozenset().union(*(touched[x] for x in linked)) if linked else frozenset()
    leaves = leaf_order([x for x in range(len(problem.states)) if x not in linked and touched[x]], touched, late)
    sources = [x for x in linked if x >= len(case.network.ids)]
    pushed = sorted(linked - set(sources) - set(case.network.order))  # a stated factor is all that pushes them
    hubs = hub_operations([*sources, *pushed, *case.network.order], pairs, problem.states)
    numbered = [(p, c) for p, c, _ in problem.links]
    rename = [numbered.index(pair) for pair in pairs]
    hubs = [(kind, rename[n] if kind == "link" else n, tuple(rename[m] for m in more)) for kind, n, more in hubs]
    operations = [("leaf", x, ()) for x in leaves] + hubs
    placed = place_bits(operations, touched, problem.leak.shape[0])
    watch = frozenset(case.bits.index(c) for c in case.complaints)
    return replace(problem, operations=placed, watch=watch, keep={}, reach={})
