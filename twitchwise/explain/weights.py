"""The numbers of the network in words: often or rarely, common or rare, a strong or a weak link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite, Cited, Factor, Leads, Node, Shows, Who

ADULT = 40.0  # the age whose priors stand for adults
OFTEN, SOMETIMES, SELDOM = 0.3, 0.1, 0.03  # chance that a cause by itself brings about a finding
COMMON, UNCOMMON, RARE = 0.08, 0.01, 0.0005  # share of all who have a finding
STRONG_P, STRONG_ODDS = 0.05, 2.5


def how_often(p: float) -> str:
    """Say how often a cause brings about a finding.

    Parameters: p, the chance. Returns: "often", "sometimes", "seldom", or "" below what is worth a word.

    >>> how_often(0.4), how_often(0.01)
    ('often', '')
    """
    return "often" if p >= OFTEN else "sometimes" if p >= SOMETIMES else "seldom" if p >= SELDOM else ""


def how_common(share: float) -> str:
    """Say how common a cause is among people with a finding.

    Parameters: share of all who have the finding. Returns: a word.

    >>> how_common(0.2), how_common(0.0001)
    ('common', 'very rare')
    """
    return (
        "common" if share >= COMMON else "uncommon" if share >= UNCOMMON else "rare" if share >= RARE else "very rare"
    )


def strongest(shows: Iterable[Shows]) -> dict[str, Shows]:
    """Keep for each finding the state in which it is likeliest.

    Parameters: shows, of a node or a factor. Returns: by finding, likeliest first.
    """
    best: dict[str, Shows] = {}
    for one in shows:
        if one.finding not in best or one.p.value > best[one.finding].p.value:
            best[one.finding] = one
    return dict(sorted(best.items(), key=lambda pair: -pair[1].p.value))


def _adult(who: Who) -> bool:
    return who.age_from <= ADULT < who.age_to and not who.sex and not who.risk


def share_present(node: Node) -> dict[str, float]:
    """Return the community share of each state of a node in adults.

    Parameters: node. Returns: share by state; the narrowest group that holds this age wins.
    """
    found: dict[str, tuple[float, float]] = {}
    for prior in node.priors:
        width = prior.who.age_to - prior.who.age_from
        if _adult(prior.who) and (prior.state not in found or width < found[prior.state][0]):
            found[prior.state] = (width, prior.p.value)
    return {state: value for state, (_, value) in found.items()}


@dataclass(frozen=True, slots=True)
class Behind:
    """A cause of a finding with the share of people with the finding in whom it is behind it."""

    node: Node
    share: float
    cites: tuple[Cite, ...]


def _weighed(node: Node, finding: str, evidence: Evidence) -> list[tuple[float, Cite]]:
    """Weigh the ways from a cause to a finding: its own, and those through an inner mechanism."""
    present = share_present(node)
    ways = [(one.p.value * present.get(one.state, 0.0), one.p.cite) for one in node.findings if one.finding == finding]
    for leads in node.leads_to:
        inner = evidence.nodes.get(leads.target)
        if inner is None or inner.kind != "mechanism" or leads.p is None:
            continue
        start = present.get(leads.state, 0.0) * leads.p.value
        ways += [(start * one.p.value, one.p.cite) for one in inner.findings if one.finding == finding]
    return ways


def behind(finding: str, evidence: Evidence) -> tuple[list[Behind], float]:
    """Weigh the causes of a finding against each other in adults of the community.

    Parameters: finding, its id; evidence. Returns: the causes, commonest first, and the share with none of them.
    """
    found: list[tuple[Node, float, tuple[Cite, ...]]] = []
    for node in evidence.nodes.values():
        weighed = _weighed(node, finding, evidence)
        weight = sum(one for one, _ in weighed)
        if weight > 0 and not node.id.startswith("unlisted"):
            found.append((node, weight, tuple(dict.fromkeys(cite for _, cite in weighed))))
    background = evidence.findings[finding].background
    rest = background.value if background is not None else 0.0
    total = sum(weight for _, weight, _ in found) + rest
    causes = [Behind(node, weight / total, cites) for node, weight, cites in found]
    return sorted(causes, key=lambda one: -one.share), rest / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """Something that makes a cause likelier (or less likely), with its size and what it rests on."""

    factor: Factor
    size: Cited
    less: bool
    strong: bool
    after_days: float


def _size(leads: Leads) -> tuple[Cited, bool, bool] | None:
    if leads.odds is not None:
        return leads.odds, leads.odds.value < 1, leads.odds.value >= STRONG_ODDS
    return (leads.p, False, leads.p.value >= STRONG_P) if leads.p is not None else None


def _rank(link: Link) -> tuple[bool, bool, float]:
    """Which of two links of one factor is told: the strong, the read one, the one that takes long."""
    return link.strong, link.size.basis == "published", link.after_days


def links_to(targets: Iterable[str], evidence: Evidence) -> list[Link]:
    """Find what leads to a cause, each factor once with its strongest link.

    Parameters: targets, ids of nodes; evidence. Returns: strong links first, then by name.
    """
    wanted = set(targets)
    best: dict[str, Link] = {}
    for factor in evidence.factors.values():
        for leads in factor.leads_to:
            sized = _size(leads) if leads.target in wanted else None
            if sized is None or sized[0].value == 1.0:
                continue
            link = Link(factor, sized[0], sized[1], sized[2], leads.after_days)
            if factor.id not in best or _rank(link) > _rank(best[factor.id]):
                best[factor.id] = link
    return sorted(best.values(), key=lambda one: (not one.strong, one.factor.name))


def after(days: float) -> str:
    """Say after how long an effect comes.

    Parameters: days. Returns: for example "after about 3 months", or "" for at once.

    >>> after(90.0), after(0.0), after(400.0)
    ('after about 3 months', '', 'after about 1 year')
    """
    for size, name in ((365.0, "year"), (30.0, "month"), (7.0, "week"), (1.0, "day")):
        if days >= size:
            number = round(days / size)
            return f"after about {number} {name}{'s' if number != 1 else ''}"
    return ""
