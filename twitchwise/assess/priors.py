"""How common each state is before the complaint is heard: community shares, shifted by risks, set by known
diagnoses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from twitchwise.assess.factors import known_state, protections
from twitchwise.assess.intake_shift import joined
from twitchwise.assess.intake_shift import log_odds as intake_log_odds
from twitchwise.assess.parameters import Array, Parameters
from twitchwise.evidence.types import Node, Prior
from twitchwise.observe.types import Observations

if TYPE_CHECKING:
    from twitchwise.assess.problem import Case

CAP = 3.0  # the log-odds that risks can add are bent towards this
SHRINK = 0.9  # overlapping risks (most cohorts are confounded) count a little less
KNOWN = 0.98
DEFAULT_AGE = 45.0


def fits(prior: Prior, age: float | None, sex: str, risks: frozenset[str]) -> bool:
    """Say whether a community share holds for a person.

    Parameters: prior; age in years or None; sex, "female", "male" or ""; risks, ids. Returns: True when it fits.
    """
    years = DEFAULT_AGE if age is None else age
    who = prior.who
    return who.age_from <= years < who.age_to and who.sex in ("", sex) and (not who.risk or who.risk in risks)


def prior_of(node: Node, state: str, age: float | None, sex: str, risks: frozenset[str]) -> Prior | None:
    """Choose the most specific community share of a state.

    Parameters: node; state; age, sex, risks of the person. Returns: the first share that fits, else any for the age.
    """
    rows = [p for p in node.priors if p.state == state]
    narrow = sorted(rows, key=lambda p: (not p.who.risk, not p.who.sex, p.who.age_to - p.who.age_from))
    for sexes in ((sex,), ("female", "male")):
        for row in narrow:
            if any(fits(row, age, s, risks) for s in sexes):
                return row
    return rows[0] if rows else None


def community(node: Node, obs: Observations, parameters: Parameters, person: bool) -> Array:
    """Return (states, 1 + draws): community shares for a person's age and sex.

    Parameters: node; obs; parameters; person, whether age and sex may be used.
    """
    age, sex = (obs.age, obs.sex) if person else (None, "")
    rows = []
    for state in node.states[1:]:
        row = prior_of(node, state, age, sex, obs.risks if person else frozenset())
        if row is None:
            rows.append(np.zeros(1 + parameters.draws))
            continue
        who = row.who
        rows.append(
            parameters.chance(f"{node.id}.prior.{state}.{who.age_from:g}-{who.age_to:g}.{who.sex}.{who.risk}", row.p)
        )
    above = np.stack(rows)
    above = above * np.minimum(1.0, 0.95 / np.maximum(above.sum(axis=0), 1e-12))
    return np.concatenate([1.0 - above.sum(axis=0, keepdims=True), above])


def shifted(shares: Array, log_odds: Array) -> Array:
    """Shift the odds of every state but the first.

    Parameters: shares (states, L); log_odds (L,), bent towards +-CAP. Returns: (states, L).

    >>> shifted(np.array([[0.5], [0.5]]), np.array([0.0])).tolist()
    [[0.5], [0.5]]
    """
    out = shares.copy()
    out[1:] *= np.exp(CAP * np.tanh(SHRINK * log_odds / CAP))
    return np.asarray(out / out.sum(axis=0))


def base_levels(case: Case, parameters: Parameters, cut: slice, has: Callable[[str], bool]) -> list[Array]:
    """Return for each latent node (states, L): its chances before links.

    Parameters: case; parameters; cut, which lanes; has, whether an item key is included. Returns: in network order.
    """
    out = []
    for key in case.network.ids:
        node = case.network.nodes[key]
        shares = community(node, case.obs, parameters, has("person"))
        plain, plate, eaten = (np.zeros(1 + parameters.draws) for _ in range(3))
        for row in node.odds:
            if row.risk in case.obs.risks and has(f"risk:{row.risk}"):
                odds = np.log(parameters.ratio(f"{key}.odds.{row.risk}", row.ratio))
                known = case.evidence.risks.get(row.risk)
                plain, plate = (plain, plate + odds) if known and known.kind == "diet" else (plain + odds, plate)
        for shift in case.diet:
            if shift.effect.node == key and has(f"diet:{shift.effect.id}"):
                eaten = eaten + intake_log_odds(shift, parameters)
        log_odds = plain + joined(plate, eaten)
        for number, seen in enumerate(case.obs.factors):
            if seen.present and has(f"factor:{number}"):
                log_odds = log_odds + protections(seen, key, case, parameters)
        shares = shifted(shares, log_odds)
        state = known_state(key, case, has)
        if state is not None:
            shares = np.full_like(shares, (1 - KNOWN) / (len(node.states) - 1))
            shares[node.states.index(state)] = KNOWN
        out.append(shares[:, cut])
    return out
