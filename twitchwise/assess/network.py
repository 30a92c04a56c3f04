"""The causes as a network: nodes, links and which state shows which finding, compiled once from the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from twitchwise.errors import EvidenceError
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Cited, Node, Shows
from twitchwise.kernels.order import best_order

UNIONS = {
    "medication_effect": "a medicine",
    "toxin": "a poison or toxin",
    "other": "something else",
    "thyroid_disease": "thyroid disease",
}


@dataclass(frozen=True)
class Network:
    """Node ids in a fixed order with their states, links and the order in which linked nodes are summed out."""

    ids: tuple[str, ...]
    nodes: Mapping[str, Node]
    links: tuple[tuple[int, int, int, int, Cited], ...]  # parent, its state, child, its level, chance
    order: tuple[int, ...]
    groups: Mapping[str, tuple[str, ...]]  # cause id -> node ids whose union it is
    shows: Mapping[tuple[str, str], Mapping[str, Shows]] = field(
        default_factory=dict
    )  # (node, state) -> finding -> row
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # from `families`
    parts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # from `shares`

    def pairs(self) -> list[tuple[int, int]]:
        """Return the distinct (parent, child) pairs of the links."""
        return sorted({(parent, child) for parent, _, child, _, _ in self.links})


def family(evidence: Evidence, finding: str) -> Iterator[str]:
    """Yield a finding and everything it is a kind of, nearest first.

    Parameters: evidence, the facts; finding, a finding id. Yields: finding ids.

    >>> from twitchwise.evidence import load_evidence
    >>> list(family(load_evidence(), "calf_twitching"))
    ['calf_twitching', 'limb_twitching', 'muscle_twitching']
    """
    queue, seen = [finding], set()
    while queue:
        here = queue.pop(0)
        if here in seen or here not in evidence.findings:
            continue
        seen.add(here)
        yield here
        queue += evidence.findings[here].is_a


def families(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """Return for each finding itself and everything it is a kind of, nearest first.

    Parameters: evidence, the facts. Returns: finding id -> finding ids.

    >>> from twitchwise.evidence import load_evidence
    >>> families(load_evidence())["calf_twitching"][-1]
    'muscle_twitching'
    """
    return {key: tuple(family(evidence, key)) for key in evidence.findings}


def shares(evidence: Evidence) -> Mapping[str, Mapping[str, float]]:
    """Return for each finding its part of the chance of everything it is a kind of.

    Parameters: evidence, the facts. Returns: finding id -> {itself or a wider finding id: part, 0 to 1}, nearest first.

    >>> from twitchwise.evidence import load_evidence
    >>> list(shares(load_evidence())["calf_twitching"])
    ['calf_twitching', 'limb_twitching', 'muscle_twitching']
    """
    out: dict[str, dict[str, float]] = {}
    for finding in evidence.findings:
        parts = {finding: 1.0}
        for here in family(evidence, finding):
            facts = evidence.findings[here]
            for wider in facts.is_a:
                parts.setdefault(wider, parts[here] * (facts.share.value if facts.share else 1.0))
        out[finding] = parts
    return out


def _part(row: Shows, finding: str, share: float) -> Shows:
    """The part of a wider finding's chance that falls to a narrower one; the part is judged, and so is the size."""
    if share == 1.0 or row.finding == finding:
        return row
    p = row.p
    part = replace(p, value=p.value * share, low=p.low * share, high=p.high * share, basis="elicited")
    return replace(row, finding=finding, p=part)


def complete(rows: Mapping[str, Shows], parts: Mapping[str, Mapping[str, float]]) -> dict[str, Shows]:
    """Give a state every finding it can show: narrower ones their part, wider ones the largest narrower chance.

    Parameters: rows, the curated chances by finding id; parts, each finding's family from `shares`.
    Returns: finding id -> chance, for each finding with a chance above zero.
    """
    widest: dict[str, Shows] = {}
    for finding, row in rows.items():
        for wider in parts.get(finding, ()):
            if wider not in widest or row.p.value > widest[wider].p.value:
                widest[wider] = row
    out: dict[str, Shows] = {}
    for finding, family_parts in parts.items():
        nearest = next(((rows[w], part) for w, part in family_parts.items() if w in rows), None)
        found = _part(nearest[0], finding, nearest[1]) if nearest else widest.get(finding)
        if found is not None and found.p.value > 0:
            out[finding] = found
    return out


def _links(evidence: Evidence, place: Mapping[str, int]) -> Iterator[tuple[int, int, int, int, Cited]]:
    for node in evidence.nodes.values():
        for lead in node.leads_to:
            target = evidence.nodes.get(lead.target)
            if target is None or lead.to not in target.states or lead.state not in node.states or lead.p is None:
                raise EvidenceError(f"causes/{node.id}.toml: leads_to {lead.target!r} ({lead.state} -> {lead.to})")
            yield place[node.id], node.states.index(lead.state), place[target.id], target.states.index(lead.to), lead.p


def _groups(evidence: Evidence) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {union: [] for union in UNIONS}
    for node in evidence.nodes.values():
        if node.kind == "cause":
            groups[node.id] = [node.id]
        elif node.part_of:
            groups[node.part_of].append(node.id)
    return {key: tuple(ids) for key, ids in groups.items()}


_BUILT: WeakKeyDictionary[Evidence, Network] = WeakKeyDictionary()


def build_network(evidence: Evidence) -> Network:
    """Compile the causes; the same network each time for the same evidence.

    Parameters: evidence, the facts. Returns: the network. Raises: EvidenceError for a link that leads nowhere.
    """
    if evidence in _BUILT:
        return _BUILT[evidence]
    ids = tuple(evidence.nodes)
    place = {key: i for i, key in enumerate(ids)}
    links = tuple(_links(evidence, place))
    above, parts = families(evidence), shares(evidence)
    shows = {}
    for node in evidence.nodes.values():
        for state in node.states[1:]:
            rows = {row.finding: row for row in node.findings if row.state == state}
            shows[node.id, state] = complete(rows, parts)
    pairs = sorted({(parent, child) for parent, _, child, _, _ in links})
    merged = [1 + len({state for parent, state, *_ in links if parent == n}) for n in range(len(ids))]
    order = best_order([len(evidence.nodes[key].states) for key in ids], pairs, merged)
    network = Network(ids, evidence.nodes, links, tuple(order), _groups(evidence), shows, above, parts)
    _BUILT[evidence] = network
    return network


def cause_name(evidence: Evidence, key: str) -> str:
    """Return the plain name of a cause, a union or a factor.

    Parameters: evidence, the facts; key, its id. Returns: the name.

    >>> from twitchwise.evidence import load_evidence
    >>> cause_name(load_evidence(), "toxin")
    'a poison or toxin'
    """
    if key in UNIONS:
        return UNIONS[key]
    if key in evidence.nodes:
        return evidence.nodes[key].name
    return evidence.factors[key].name if key in evidence.factors else key.replace("_", " ")
