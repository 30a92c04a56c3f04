"""The parts of the model's pages that are worked out when the site is built, by the name of their mark."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path

from docs_network import draw
from docs_tables import html_table, number, source_link

from twitchwise.assess.network import build_network
from twitchwise.evidence import Evidence, load_evidence
from twitchwise.formats import read_record
from twitchwise.review import Review, review

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "ppi.toml"
ON = date(2026, 11, 22)
FINDING = "eyelid_twitching"  # of the noisy-OR that is worked through
PAIR = (("magnesium_deficiency", "severe"), ("benign_fasciculation", "present"))
PAGE = "model/example"


@lru_cache(maxsize=1)
def reviewed() -> Review:
    """Return the review of the worked example."""
    return review(read_record(EXAMPLE), load_evidence(), ON)


def percent(p: float) -> str:
    """Write a probability.

    >>> percent(0.4567)
    '46 %'
    """
    return f"{p * 100:.0f} %" if p >= 0.01 else "under 1 %"


def causes_table() -> str:
    """Return the first causes of the example with both probabilities."""
    rows = [
        (
            escape(c.name),
            f"{percent(c.present.p)} ({percent(c.present.low)} to {percent(c.present.high)})",
            f"{percent(c.explains.p)} ({percent(c.explains.low)} to {percent(c.explains.high)})",
            c.verdict.replace("_", " "),
            escape(" ← ".join(c.chain)),
        )
        for c in reviewed().assessment.causes
        if c.explains.p >= 0.01
    ]
    return html_table(("cause", "present", "explains", "verdict", "the way"), rows, "numbers")


def bits_table() -> str:
    """Return the weight of each piece of evidence for the first cause, with the sum."""
    first, evidence = reviewed().assessment.causes[0], load_evidence()
    reasons = [*first.reasons_for, *first.reasons_against]
    rows = [
        (escape(r.text), f"{r.bits:+.2f}", r.basis, "<br>".join(source_link(c, evidence, PAGE) for c in r.cites[:2]))
        for r in reasons
    ]
    rows.append(("<strong>all together</strong>", f"<strong>{sum(r.bits for r in reasons):+.2f}</strong>", "", ""))
    return f"For *{first.name}*:\n\n" + html_table(("evidence", "bits", "basis", "sources"), rows, "numbers")


def noisy_or() -> str:
    """Return the noisy-OR of two causes and the background, worked through with the numbers of the data."""
    evidence = load_evidence()
    network, finding = build_network(evidence), evidence.findings[FINDING]
    parts = [
        (
            f"{evidence.nodes[node].name}{'' if state == 'present' else f' ({state})'}",
            network.shows[node, state][FINDING].p,
        )
        for node, state in PAIR
    ]
    assert finding.background is not None
    parts.append(("no listed reason", finding.background))
    stays = 1.0
    for _, c in parts:
        stays *= 1.0 - c.value
    product = " × ".join(f"(1 − {number(c.value)})" for _, c in parts)
    table = html_table(
        ("by itself brings it about", "chance", "source"),
        [(escape(n), number(c.value), source_link(c.cite, evidence, PAGE)) for n, c in parts],
        "numbers",
    )
    return (
        f"Take *{finding.name}* and two causes that are both there:\n\n{table}\n\n"
        f"It stays away only if all three fail: {product} = {number(stays)}. So it is there with a chance of "
        f"1 − {number(stays)} = **{percent(1 - stays)}**."
    )


def priors_table() -> str:
    """Return what holds before anything is asked, for the causes of the worked example."""
    evidence = load_evidence()
    ids = [c.id for c in reviewed().assessment.causes if c.id in evidence.nodes and c.explains.p >= 0.01]
    rows = [
        (
            f'<a href="../facts/causes/{id_}.html">{escape(evidence.nodes[id_].name)}</a>',
            f"{p.state}{f', {p.who.age_from:g} to {p.who.age_to:g}' if p.who.age_to < 200 or p.who.age_from else ''}"
            f"{f', {p.who.sex}' if p.who.sex else ''}",
            f"{number(p.p.value)} ({number(p.p.low)} to {number(p.p.high)})",
            p.p.basis,
        )
        for id_ in ids
        for p in evidence.nodes[id_].priors
        if p.who.age_from <= 67 < p.who.age_to and p.who.sex != "male" and not p.who.risk
    ]
    return html_table(("cause", "state, for whom", "share of people", "basis"), rows, "numbers")


def labs_table() -> str:
    """Return how magnesium in the blood is spread in each state, beside the value of the example."""
    evidence = load_evidence()
    rows = [
        (f"{evidence.nodes[t.node].name}: {t.state}", number(t.mean.value), number(t.sd),
         source_link(t.mean.cite, evidence, PAGE))
        for t in evidence.analytes["magnesium"].truth
    ]  # fmt: skip
    return html_table(("state", "middle, mmol/L", "spread, mmol/L", "source"), rows, "numbers")


def tests_table() -> str:
    """Return the next tests of the example that would tell most."""
    rows = [(escape(t.name), t.kind, f"{t.gain_bits:.3f}", escape(t.why)) for t in reviewed().assessment.next_tests[:8]]
    if not rows:
        return "For this record no further test would change the advice: get help first."
    return html_table(("question or test", "kind", "gain, bits", "why"), rows, "numbers")


def size_table() -> str:
    """Return how large the model is."""
    evidence, found = load_evidence(), reviewed().assessment
    kinds = [n.kind for n in evidence.nodes.values()]
    rows = [
        ("causes, named parts and mechanisms", f"{len(kinds)}"),
        ("findings", f"{len(evidence.findings)}"),
        ("medicines, conditions and other factors", f"{len(evidence.factors)}"),
        ("laboratory tests", f"{len(evidence.analytes)}"),
        ("urgency rules", f"{len(evidence.triage_rules)}"),
        ("sources", f"{len(evidence.sources)}"),
        ("states looked at for the worked example", f"{found.configurations:,}"),
        ("draws behind its intervals", f"{found.draws}"),
    ]
    return html_table(("what", "how many"), rows, "numbers")


def support_table() -> str:
    """Return how well the facts are supported, from the evidence report."""
    import evidence_report as report

    evidence = load_evidence()
    _, moves = report.influence()
    groups = {
        "numbers of the inference": report.inference(evidence, moves),
        "emergency rules": report.emergency_rules(evidence),
        "limits of the rules": report.triage_limits(evidence),
        "laboratory intervals and bands": report.laboratory_limits(evidence),
    }
    rows = []
    for name, facts in groups.items():
        found = report.summary(facts)
        own = found.get("basis", {}).get("elicited")
        rows.append((name, f"{len(facts):,}", percent(found["verified on tier A or B"]),
                     percent(own) if own is not None else "–"))  # fmt: skip
    return html_table(("facts", "how many", "seen on a page of tier A or B", "our own estimates"), rows, "numbers")


def intake_effects() -> str:
    """Return what a diary could do at most to each state: a certain low intake, and a certain good one."""
    evidence = load_evidence()
    rows = []
    for one in evidence.intake_effects.values():
        ratio, share = one.ratio.value, one.share.value
        community = 1.0 + share * (ratio - 1.0)
        rows.append((escape(one.name), escape(evidence.nodes[one.node].name), number(ratio), percent(share),
                     f"× {ratio / community:.2f}", f"× {1.0 / community:.2f}"))  # fmt: skip
    heads = ("intake", "state", "R", "q", "odds, surely low", "odds, surely enough")
    return html_table(heads, rows, "numbers")


def example_file() -> str:
    """Return the record of the worked example."""
    return f"```toml\n{EXAMPLE.read_text(encoding='utf-8').strip()}\n```"


def calibration_line() -> str:
    """Return the calibration of the first-ranked cause in a sentence."""
    held = json.loads((ROOT / "docs" / "figures" / "calibration.json").read_text(encoding="utf-8"))
    return f"The figures were made with data version `{held.get('evidence_version', 'unknown')}`."


def network() -> str:
    """Return the drawing of the network."""
    return draw(load_evidence())


def version(evidence: Evidence | None = None) -> str:
    """Return the version of the facts."""
    return f"`{(evidence or load_evidence()).version}`"


MARKS: dict[str, Callable[[], str]] = {
    "bits": bits_table,
    "calibration": calibration_line,
    "causes": causes_table,
    "example": example_file,
    "intake-effects": intake_effects,
    "labs": labs_table,
    "network": network,
    "noisy-or": noisy_or,
    "priors": priors_table,
    "size": size_table,
    "support": support_table,
    "tests": tests_table,
    "version": version,
}
