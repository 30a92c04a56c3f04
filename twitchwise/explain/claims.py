"""What popular articles say, each with a verdict, one plain reason and its place in the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from twitchwise.assess.network import build_network, complete
from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Cite
from twitchwise.evidence.voice_types import Claim
from twitchwise.explain.figures import fill
from twitchwise.explain.look_up import find
from twitchwise.explain.types import Document, Line, Section

VERDICTS = {
    "contradicted": ("Contradicted", "Contradicted by good evidence"),
    "weak": ("Weak", "Weak: little proof, or only partly true"),
    "supported": ("Supported", "Supported by good evidence"),
}
CLOSE = 0.9  # of the best score: as good an answer to what was asked
MOST = 6  # claims on one page
THERE, SMALL = 0.002, 0.06  # a path weaker than the first is as good as none; at most the second is a weak one
OFTEN = ((0.3, "often"), (0.1, "at times"), (0.02, "seldom"), (0.0, "hardly ever"))
RARE = ("seldom", "hardly ever")


def hop(start: str, end: str, evidence: Evidence, odds: bool = True) -> float:
    """How strongly one thing brings about the next in the model.

    Parameters: start, id of a risk, factor or cause; end, id of a cause or finding; evidence; odds, whether odds
    ratios count too.
    Returns: a probability; for an odds ratio the share of cases that it adds, (ratio - 1) / ratio; 0 without a link.

    >>> from twitchwise.evidence import load_evidence
    >>> hop("calcium_deficiency", "tetany", load_evidence()) > 0.1
    True
    """
    network = build_network(evidence)
    rows = [shown for (node, _), shown in network.shows.items() if node == start]
    factor, node, target = evidence.factors.get(start), evidence.nodes.get(start), evidence.nodes.get(end)
    risks = target.odds if target and odds else ()
    found = [0.0, *(_added(risk.ratio.value) for risk in risks if risk.risk == start)]
    if factor is not None:
        rows.append(complete({shows.finding: shows for shows in factor.findings}, network.parts))
        found += [1.0 for fixed in factor.sets if fixed.node == end]
    for lead in (*(factor.leads_to if factor else ()), *(node.leads_to if node else ())):
        if lead.target == end:
            found.append(lead.p.value if lead.p else _added(lead.odds.value) if lead.odds and odds else 0.0)
    return max(found + [shown[end].p.value for shown in rows if end in shown])


def _added(ratio: float) -> float:
    return max(0.0, (ratio - 1) / ratio)


def strength(path: Sequence[str], evidence: Evidence) -> float:
    """How strongly the model holds a path: the product of its links.

    Parameters: path, two or more ids; evidence. Returns: 0 when a link is missing.

    >>> from twitchwise.evidence import load_evidence
    >>> strength(["tonic_water", "leg_cramps"], load_evidence())
    0.0
    """
    product = 1.0
    for start, end in pairwise(path):
        product *= hop(start, end, evidence)
    return product if len(path) > 1 else 0.0


def disagreement(claim: Claim, evidence: Evidence) -> str:
    """Say where the model does not hold what a claim's verdict says it holds.

    Parameters: claim; evidence. Returns: the problem, or "" when they agree.
    """
    held = claim.model
    unknown = [i for i in (*held.path, *held.rather) if not _exists(i, evidence)]
    if unknown:
        return f"{unknown[0]!r} is not in the evidence"
    if not held.path and not held.rather:
        return "" if held.why else "say why the model has no place for it"
    here, other = strength(held.path, evidence), strength(held.rather, evidence)
    if held.rather and other < THERE:
        return f"the model has no path {' > '.join(held.rather)}"
    if not held.path:
        return ""
    if claim.verdict == "supported" and held.expect not in ("edge", "small"):
        return "a supported claim needs a path in the model"
    if claim.verdict == "contradicted" and held.expect == "edge":
        return "a contradicted claim cannot expect a path in the model"
    agrees = {
        "edge": here >= THERE,
        "small": here <= SMALL,
        "none": here == 0,
        "less": here < other,
    }
    return "" if agrees[held.expect] else f"expected {held.expect!r}, found {here:.4f} against {other:.4f}"


def _exists(key: str, evidence: Evidence) -> bool:
    return any(key in table for table in (evidence.nodes, evidence.findings, evidence.factors, evidence.risks))


def find_claims(asked: str, evidence: Evidence) -> list[Claim]:
    """Find the claims that a person means.

    Parameters: asked, words, with slips forgiven; evidence. Returns: claims, best first; none when nothing fits.

    >>> from twitchwise.evidence import load_evidence
    >>> find_claims("bananna", load_evidence())[0].id
    'bananas_stop_cramps'
    """
    ranked = find(asked, {k: (c.text, *c.also, " ".join(c.topics)) for k, c in evidence.claims.items()})
    return [evidence.claims[k] for k, score in ranked if score >= CLOSE * ranked[0][1]][:MOST]


def make_claims(claims: Sequence[Claim], evidence: Evidence, title: str = "") -> Document:
    """Write a page about claims: in full for a few, as a list by verdict for all.

    Parameters: claims; evidence; title, of the page. Returns: the page.

    >>> from twitchwise.evidence import load_evidence
    >>> page = make_claims(find_claims("epsom", load_evidence()), load_evidence())
    >>> page.sections[0].lines[0].mark
    'Contradicted'
    """
    whole = len(claims) <= MOST
    sections = tuple(_in_full(c, evidence) for c in claims) if whole else tuple(_by_verdict(claims, evidence))
    lines = [line for s in sections for line in (*s.lines, *s.items)]
    keys = {cite.source for line in lines for cite in line.cites}
    short = () if whole else (_summary(claims), Line("For one of them in full: twitchwise claims WORDS."))
    return Document(
        id=claims[0].id if len(claims) == 1 else "claims",
        kind="claims",
        title=title or "What people say about twitching and cramps",
        short=short,
        sections=sections,
        sources={key: evidence.sources[key] for key in sorted(keys)},
    )


def _in_full(claim: Claim, evidence: Evidence) -> Section:
    lines = [_line(claim.why, claim.cites, evidence, VERDICTS[claim.verdict][0])]
    if claim.instead:
        lines.append(_line(claim.instead, (), evidence, "Better"))
    return Section(claim.id, claim.text, (*lines, Line(_in_model(claim, evidence), mark="In our model")))


def _line(text: str, cites: tuple[Cite, ...], evidence: Evidence, mark: str) -> Line:
    filled, more = fill(text, evidence)
    return Line(filled, tuple(dict.fromkeys((*cites, *more))), mark)


def _in_model(claim: Claim, evidence: Evidence) -> str:
    """Say in words where the claim shows, without a figure that could frighten."""
    held = claim.model
    if held.why:
        return held.why
    if held.expect == "less" or not held.path:
        return f"{_path(held.rather, evidence)} counts for more." if held.path else f"{_path(held.rather, evidence)}."
    return f"{_path(held.path, evidence)}, {_how_often(held.path, evidence)}."


def _how_often(path: Sequence[str], evidence: Evidence) -> str:
    """A word for a chance; an odds ratio says only that something becomes more likely."""
    links = list(pairwise(path))
    if any(hop(a, b, evidence) > hop(a, b, evidence, odds=False) for a, b in links):
        return "which makes it more likely"
    word, start = often(strength(path, evidence)), evidence.nodes.get(path[0])
    if start is None or "severe" not in start.states or "low " not in start.name:
        return word
    return f"{word}{', even' if word in RARE else ''} when the lack is severe"


def often(p: float) -> str:
    """Say a probability in a word.

    Parameters: p. Returns: often, at times, seldom or hardly ever.

    >>> often(0.15)
    'at times'
    """
    return next(word for least, word in OFTEN if p >= least)


def _path(path: Sequence[str], evidence: Evidence) -> str:
    tables = (evidence.nodes, evidence.findings, evidence.factors, evidence.risks)
    names = [next(t[key].name for t in tables if key in t) for key in path]
    return " -> ".join(names)


def _by_verdict(claims: Sequence[Claim], evidence: Evidence) -> Iterable[Section]:
    for verdict, (mark, heading) in VERDICTS.items():
        chosen = [c for c in claims if c.verdict == verdict]
        items = tuple(_line(f"{c.text} {c.why}", c.cites, evidence, mark) for c in chosen)
        if items:
            yield Section(verdict, f"{heading} ({len(items)})", items=items)


def _summary(claims: Sequence[Claim]) -> Line:
    count = {verdict: sum(c.verdict == verdict for c in claims) for verdict in VERDICTS}
    told = ", ".join(f"{n} {verdict}" for verdict, n in count.items())
    return Line(f"{len(claims)} claims that articles make: {told}.")
