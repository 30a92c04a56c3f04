"""How many bits each piece of the record adds to or takes from a cause; the pieces sum to the whole exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from twitchwise.assess.items import Item
from twitchwise.assess.parameters import Array, Parameters, logit
from twitchwise.assess.posterior import Posterior, Shares, posterior
from twitchwise.assess.problem import Builder, Case, with_operations
from twitchwise.assess.types import Reason
from twitchwise.evidence.types import Cite, Cited
from twitchwise.kernels.network import Problem

LOG2 = np.log(2.0)


def stacked(problems: Sequence[Problem]) -> Problem:
    """Put one-lane problems of the same structure side by side.

    Parameters: problems, each with one lane. Returns: one problem with a lane for each.
    """
    first = problems[0]
    many = len(problems)

    def join(pick: list[Array]) -> Array:
        return np.concatenate(pick, axis=-1)

    acts = []
    for node in range(len(first.states)):
        bits = {bit for p in problems for bit in p.act[node]}
        none = np.zeros((first.states[node], 1))
        acts.append({bit: join([p.act[node].get(bit, none) for p in problems]) for bit in sorted(bits)})
    links = [(p, c, join([q.links[n][2] for q in problems])) for n, (p, c, _) in enumerate(first.links)]
    return Problem(
        first.states,
        first.quiet,
        [join([p.base[n] for p in problems]) for n in range(len(first.states))],
        [join([p.weight[n] for p in problems]) for n in range(len(first.states))],
        acts,
        join([p.leak for p in problems]),
        links,
        (),
        many,
    )


def prefixes(case: Case, parameters: Parameters, items: Sequence[Item], exact: Shares | None = None) -> Posterior:
    """Solve the record after none, one, two ... of its pieces.

    Parameters: case; parameters, of which the stated values are used; items, in order; exact, the causes to be followed
    along their paths (all when None). Returns: a posterior with one lane for each prefix (the first is the bare
    community, the last the whole record).
    """
    builder = Builder(case, parameters, slice(0, 1))
    keys = [item.key for item in items]
    problems = [builder.build(frozenset(keys[:n])) for n in range(len(keys) + 1)]
    return posterior(with_operations(stacked(problems), case), case, exact=exact)


def weights(steps: Posterior, cause: str) -> Array:
    """Return the bits that each piece adds to the log-odds of `explains`.

    Parameters: steps, from `prefixes`; cause, its id. Returns: (pieces,); their sum is the whole change exactly.
    """
    return np.asarray(np.diff(logit(steps.explains(cause))) / LOG2)


def _support(case: Case, item: Item, cause: str) -> tuple[str, tuple[Cite, ...]]:
    """Find the facts behind a piece of evidence for a cause: their basis and where they were read."""
    found: list[Cited] = []
    for key in case.network.groups.get(cause, ()):
        node = case.network.nodes[key]
        if item.kind in ("present", "sign", "absent"):
            for state in node.states[1:]:
                row = case.network.shows[key, state].get(item.target)
                found += [row.p] if row else []
        elif item.kind == "clue":
            found += [w.ratio for w in case.evidence.clues[item.target].weights if w.node == key]
        elif item.kind == "lab":
            found += [t.mean for t in case.evidence.analytes[item.target].truth if t.node == key]
        elif item.key.startswith("diet:"):
            found += [s.effect.ratio for s in case.diet if s.effect.id == item.target and s.effect.node == key]
        else:
            found += [o.ratio for o in node.odds if o.risk == item.target]
            found += [p.p for p in node.priors] if item.key == "person" else []
    found += _factor_facts(case, item, cause)
    cites = tuple(dict.fromkeys(c.cite for c in found))
    bases = {"elicited" if c.read == "list" else c.basis for c in found}  # a list gives the relation; the size is ours
    return ("published" if bases == {"published"} else "derived" if bases == {"derived"} else "elicited"), cites[:3]


def _factor_facts(case: Case, item: Item, cause: str) -> list[Cited]:
    factor = case.evidence.factors.get(item.target) if item.key.startswith("factor:") else None
    if factor is None:
        return []
    found = [r.p or r.odds for r in factor.leads_to if r.target == cause or cause == "medication_effect"]
    if cause in ("medication_effect", "toxin", *factor.part_of):
        found += [r.p for r in factor.findings if r.finding in case.bits]
    return [c for c in found if c is not None]


def reasons(case: Case, items: Sequence[Item], bits: Array, cause: str, least: float = 0.05) -> list[Reason]:
    """Turn bits into reasons, the strongest first.

    Parameters: case; items; bits, from `weights`; cause; least, smaller moves are left out of the list.
    Returns: reasons for (positive bits) and against (negative bits) together.
    """
    order = sorted(range(len(items)), key=lambda n: -abs(bits[n]))
    out = []
    for n in order:
        if abs(bits[n]) >= least:
            basis, cites = _support(case, items[n], cause)
            out.append(Reason(items[n].text, float(bits[n]), basis, cites, items[n].kind))
    return out
