"""What a stated medicine, condition, procedure, exposure or habit does in the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from twitchwise.assess.network import Network, complete
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Leads, Shows
from twitchwise.observe.types import FactorSeen

if TYPE_CHECKING:
    from twitchwise.assess.problem import Case


@dataclass(frozen=True)
class Push:
    """A factor's attributable chance of bringing a node to each level."""

    target: str
    levels: Mapping[str, Array]


def in_time(row: Leads | Shows, seen: FactorSeen) -> bool:
    """Say whether an effect can be there, given how long the factor has been.

    Parameters: row, the effect with its time window in days; seen, the stated factor. Returns: False when too
    early or too late.
    """
    if seen.days is None:
        return True
    return seen.days >= row.after_days and (row.within_days is None or seen.days <= row.within_days)


def enough(row: Leads, seen: FactorSeen) -> bool:
    """Say whether the dose reaches the smallest dose of an effect.

    Parameters: row; seen. Returns: True when the effect needs no dose, or the stated dose is large enough.
    """
    digits = "".join(c for c in row.min_dose.split(" ")[0] if c.isdigit() or c == ".")
    return not digits or (seen.dose_mg_per_day is not None and seen.dose_mg_per_day >= float(digits))


def shows_of(seen: FactorSeen, evidence: Evidence, network: Network) -> dict[str, Shows]:
    """Return what a stated factor by itself shows.

    Parameters: seen; evidence; network, for the families. Returns: finding id -> chance.
    """
    factor = evidence.factors.get(seen.id)
    rows = {row.finding: row for row in factor.findings if in_time(row, seen)} if factor else {}
    return complete(rows, network.parts)


def _attributable(odds: Array, before: Array) -> Array:
    """Turn an odds ratio into the chance that the factor by itself brings the state about."""
    after = odds * before / (1 - before + odds * before)
    return np.maximum(0.0, (after - before) / (1 - before))


def pushes(seen: FactorSeen, case: Case, parameters: Parameters) -> list[Push]:
    """Return the links from a stated factor to latent nodes.

    Parameters: seen; case; parameters. Returns: one push for each target, with chances for every lane.
    """
    from twitchwise.assess.priors import community

    factor, out = case.evidence.factors.get(seen.id), dict[str, dict[str, Array]]()
    for number, row in enumerate(factor.leads_to if factor else ()):
        if row.target not in case.network.nodes or not in_time(row, seen) or not enough(row, seen):
            continue
        name = f"{seen.id}.leads.{row.target}.{row.to}.{number}"
        if row.p is not None:
            chance = parameters.chance(name, row.p)
        elif row.odds is not None and row.odds.value > 1:
            node = case.network.nodes[row.target]
            shares = community(node, case.obs, parameters, True)
            chance = _attributable(parameters.ratio(name, row.odds), shares[node.states.index(row.to)])
        else:
            continue
        levels = out.setdefault(row.target, {})
        levels[row.to] = np.maximum(chance, levels.get(row.to, 0.0))
    return [Push(target, levels) for target, levels in out.items()]


def protections(seen: FactorSeen, node: str, case: Case, parameters: Parameters) -> Array:
    """Return the log-odds by which a stated factor makes a node less common (a supplement, for example).

    Parameters: seen; node, its id; case; parameters. Returns: (1 + draws,), zero or below.
    """
    factor, out = case.evidence.factors.get(seen.id), np.zeros(1 + parameters.draws)
    for number, row in enumerate(factor.leads_to if factor else ()):
        if row.target == node and row.odds is not None and row.odds.value <= 1 and in_time(row, seen):
            ratio = parameters.ratio(f"{seen.id}.leads.{row.target}.{row.to}.{number}", row.odds)
            out = out + np.log(np.minimum(ratio, 1.0))
    return out


def known_state(node: str, case: Case, has: Callable[[str], bool]) -> str | None:
    """Return the state that a stated diagnosis, exposure or habit fixes, or that its denial fixes.

    Parameters: node, its id; case; has, whether an item key is included. Returns: a state, or None when nothing
    is stated.
    """
    states, known = case.network.nodes[node].states, None
    for number, seen in enumerate(case.obs.factors):
        factor = case.evidence.factors.get(seen.id)
        for sets in factor.sets if factor else ():
            if sets.node != node or not has(f"factor:{number}"):
                continue
            if not seen.present or seen.member == "none":
                known = known or states[0]
            elif seen.member == "some" and factor is not None and factor.kind == "habit":
                known = known or (states[_moderate(seen)] if len(states) > 2 else None)
            else:
                known = sets.state
    return known or _unlisted(node, case, has)


def _moderate(seen: FactorSeen) -> int:
    """The state of a habit of three states that is neither none nor high: up to 200 mg of caffeine is the usual one."""
    return 0 if seen.dose_mg_per_day is not None and seen.dose_mg_per_day <= 200 else 1


def _unlisted(node: str, case: Case, has: Callable[[str], bool]) -> str | None:
    """A record that names its medicines, or says that there are none, leaves no room for one that was not named."""
    named = case.obs.no_medicines or any(
        f.kind == "medicine" and has(f"factor:{n}") for n, f in enumerate(case.obs.factors)
    )
    return "absent" if node == "unlisted_medicine" and named else None
