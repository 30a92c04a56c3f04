"""Every number that the weighing of causes can use, under the name that its draws have, with what it says in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twitchwise.assess.network import Network, cause_name
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Analyte, Cited, Clue, Factor, Node, Prior


@dataclass(frozen=True)
class Fact:
    """One number: the name of its draws, its kind, what it says."""

    key: str
    kind: str  # how common | risk | effect | cause of cause | background | medicine, illness ... | clue | lab
    text: str
    cited: Cited


def inference_facts(evidence: Evidence) -> Iterator[Fact]:
    """Yield every number of causes, factors, clues, backgrounds and the truth behind laboratory values.

    Parameters: evidence. Yields: the facts; a factor that a record states in two ways has one fact for each number.
    """
    for node in evidence.nodes.values():
        yield from _node(node, evidence)
    for factor in evidence.factors.values():
        yield from _factor(factor, evidence)
    for clue in evidence.clues.values():
        yield from _clue(clue, evidence)
    for finding in evidence.findings.values():
        if finding.background:
            text = f"{finding.name} for no listed reason"
            yield Fact(f"leak.{finding.id}", "background", text, finding.background)
        if finding.share:
            yield Fact(
                f"share.{finding.id}", "part of a wider finding", f"{finding.name} as a part of it", finding.share
            )
    for analyte in evidence.analytes.values():
        yield from _truth(analyte, evidence)


def behind(network: Network) -> dict[str, str]:
    """Return for each chance that is worked out from that of a wider or narrower finding the fact that it comes from.

    Parameters: network. Returns: name of the draws -> key of the fact; a chance that is itself a fact is left out.
    """
    out = {}
    for (node, state), shown in network.shows.items():
        own = [row.finding for row in network.nodes[node].findings if row.state == state]
        for row in shown.values():
            if row.finding not in own:
                wider = next(w for w in network.parts[row.finding] if w in own)
                out[f"{node}.{state}.{row.finding}"] = f"{node}.{state}.{wider}"
    return out


def behind_factor(factor: Factor, network: Network) -> dict[str, str]:
    """Return the same for what a stated medicine, illness or other factor shows.

    Parameters: factor; network. Returns: name of the draws -> key of the fact.
    """
    own, out = [row.finding for row in factor.findings], {}
    for finding, parts in network.parts.items():
        wider = next((w for w in parts if w in own), None)
        if wider is not None and finding not in own:
            out[f"{factor.id}.{finding}"] = f"{factor.id}.{wider}"
    return out


def _of(name: str, state: str) -> str:
    return name if state == "present" else f"{name} ({state})"


def _who(prior: Prior) -> str:
    who, said = prior.who, []
    if (who.age_from, who.age_to) != (0.0, 200.0):
        said.append(f"age {who.age_from:g} to {who.age_to:g}" if who.age_to < 200 else f"age {who.age_from:g} or more")
    said += [x for x in (who.sex, who.risk.replace("_", " ")) if x]
    return f", {', '.join(said)}" if said else ""


def _node(node: Node, evidence: Evidence) -> Iterator[Fact]:
    for prior in node.priors:
        who = prior.who
        key = f"{node.id}.prior.{prior.state}.{who.age_from:g}-{who.age_to:g}.{who.sex}.{who.risk}"
        yield Fact(key, "how common", f"how common is {_of(node.name, prior.state)}{_who(prior)}", prior.p)
    for odds in node.odds:
        risk = evidence.risks[odds.risk].name if odds.risk in evidence.risks else odds.risk
        yield Fact(f"{node.id}.odds.{odds.risk}", "risk", f"{risk} makes {node.name} more or less common", odds.ratio)
    for row in node.findings:
        text = f"{_of(node.name, row.state)} brings {evidence.findings[row.finding].name}"
        yield Fact(f"{node.id}.{row.state}.{row.finding}", "effect", text, row.p)
    for lead in node.leads_to:
        target = evidence.nodes[lead.target]
        key = f"link.{node.id}.{node.states.index(lead.state)}.{target.id}.{target.states.index(lead.to)}"
        if lead.p is not None:
            text = f"{_of(node.name, lead.state)} leads to {_of(target.name, lead.to)}"
            yield Fact(key, "cause of a cause", text, lead.p)


def _factor(factor: Factor, evidence: Evidence) -> Iterator[Fact]:
    for row in factor.findings:
        yield Fact(
            f"{factor.id}.{row.finding}",
            factor.kind,
            f"{factor.name} brings {evidence.findings[row.finding].name}",
            row.p,
        )
    for number, lead in enumerate(factor.leads_to):
        cited = lead.p or lead.odds
        if cited is not None:
            text = f"{factor.name} leads to {_of(cause_name(evidence, lead.target), lead.to)}"
            yield Fact(f"{factor.id}.leads.{lead.target}.{lead.to}.{number}", factor.kind, text, cited)


def _clue(clue: Clue, evidence: Evidence) -> Iterator[Fact]:
    for weight in clue.weights:
        whole = weight.node == "medication_effect"  # counts for the stated medicines, not for a node
        key = f"clue.{clue.id}.{weight.node}" if whole else f"clue.{clue.id}.{weight.node}.{weight.state}"
        yield Fact(key, "clue", f"{clue.name} speaks for or against {cause_name(evidence, weight.node)}", weight.ratio)


def _truth(analyte: Analyte, evidence: Evidence) -> Iterator[Fact]:
    for number, row in enumerate(analyte.truth):
        where = f"{row.node}.{row.state}.{number}"
        text = f"usual {analyte.name} with {cause_name(evidence, row.node)}: {row.state}"
        yield Fact(f"truth.{analyte.id}.{where}", "laboratory", text, row.mean)
