"""The pages of single facts: a cause without a topic, a finding, a medicine or condition, a test."""

from __future__ import annotations

from collections.abc import Sequence

from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Analyte, Cite, Factor, Leads, Node
from twitchwise.explain.danger import alone, companions, with_factor
from twitchwise.explain.parts import (
    CLEAR,
    OWN,
    WEAK,
    cites_of,
    grades,
    led_to_by,
    node_signs,
    ranges,
    section,
    signs,
    unit_of,
)
from twitchwise.explain.types import Line, Section
from twitchwise.explain.weights import STRONG_ODDS, STRONG_P, Behind, after, behind, how_common

Page = tuple[tuple[Line, ...], list[Section], tuple[str, ...]]  # in short, sections, see also
KINDS = ("medicine", "supplement", "habit", "diet", "procedure", "exposure", "condition")
LESS = "Less likely"
CARE = "When to see a doctor"
ASK_FIRST = Cite("nhs_twitching_eyes_muscles_2023", "how you can help stop a twitch")
EACH = {"common": 8, "uncommon": 8, "rare": 6, "very rare": 5}


def node_page(node: Node, evidence: Evidence) -> Page:
    """Explain a cause from the network alone.

    Parameters: node; evidence. Returns: the page.
    """
    short = (Line(node.summary, cites_of(node.findings)),)
    paths = led_to_by((node.id,), evidence)
    sections = [
        *brings((node,), evidence),
        *node_signs((node,), evidence),
        *section("at_risk", "Who is at risk", (), paths["at_risk"]),
        *section("medicines", "Medicines that can lead to it", (), paths["medicines"]),
        *section("care", CARE, companions(evidence)),
    ]
    return short, sections, (evidence.nodes[node.part_of].name,) if node.part_of in evidence.nodes else ()


def brings(nodes: Sequence[Node], evidence: Evidence) -> list[Section]:
    """Say which other states a cause brings about.

    Parameters: nodes; evidence. Returns: a section or none.
    """
    leads = [one for node in nodes for one in node.leads_to]
    return section("brings", "What it can lead to", (), _targets(leads, evidence))


def _targets(leads: Sequence[Leads], evidence: Evidence) -> list[Line]:
    lines: dict[str, Line] = {}
    for one in leads:
        size = one.odds or one.p
        node = evidence.nodes.get(one.target)
        if node is None or size is None or size.value == 1.0:
            continue
        less = one.odds is not None and size.value < 1
        strong = size.value >= (STRONG_ODDS if one.odds else STRONG_P)
        when = after(one.after_days)
        text = f"{node.name}{f', {when}' if when else ''}"
        mark = LESS if less else CLEAR if strong else WEAK
        if one.target not in lines or lines[one.target].mark == WEAK:
            lines[one.target] = Line(text, (size.cite,), mark)
    return sorted(lines.values(), key=lambda line: (line.mark != CLEAR, line.text))


def finding_page(finding: str, evidence: Evidence) -> Page:
    """Explain a complaint or a sign: what can be behind it, the ordinary first, and when to be seen.

    Parameters: finding, its id; evidence. Returns: the page.
    """
    fact = evidence.findings[finding]
    causes, rest = behind(finding, evidence)
    sections = [*_behind(causes, rest), *_drugs(finding, evidence)]
    sections += section("care", CARE, [*alone(finding, evidence), *companions(evidence)])
    kinds = tuple(evidence.findings[id_].name for id_ in fact.is_a if id_ in evidence.findings)
    what = "a sign that an examiner or a test finds" if fact.kind == "sign" else "something that a person notices"
    words = [w for w in fact.synonyms if w.lower() != fact.name.lower()][:5]
    also = f" People also call it: {', '.join(words)}." if words else ""
    return (Line(f"{fact.name[0].upper()}{fact.name[1:]} is {what}.{also}", (OWN,)),), sections, kinds


def _behind(causes: Sequence[Behind], rest: float) -> list[Section]:
    """The causes in four steps; no share is shown."""
    groups: dict[str, list[Behind]] = {}
    for one in causes:
        groups.setdefault(how_common(one.share), []).append(one)
    lines = []
    if rest >= 0.3:
        lines.append(Line("Very often no illness is behind it, and no cause is found.", (OWN,)))
    lines.append(Line("How common each is, is worked out for adults in general. Yours may differ.", (OWN,)))
    items = []
    for word in EACH:
        found = groups.get(word, [])[: EACH[word]]
        if found:
            cites = tuple(dict.fromkeys(c for one in found for c in one.cites if c.source != "own_judgement"))
            items.append(Line("; ".join(one.node.name for one in found), cites[:4] or (OWN,), word.capitalize()))
    return section("role", "What can be behind it", lines, items) if items else []


def _drugs(finding: str, evidence: Evidence) -> list[Section]:
    """Medicines and other things that bring a finding about directly."""
    found = []
    for factor in evidence.factors.values():
        best = max((one for one in factor.findings if one.finding == finding), key=lambda o: o.p.value, default=None)
        if best is not None and best.p.value >= 0.03 and factor.kind != "condition":
            found.append((best.p.value, factor, best))
    found.sort(key=lambda row: (KINDS.index(row[1].kind), -row[0], row[1].name))
    items = [Line(factor.name, (best.p.cite,), factor.kind) for _, factor, best in found[:14]]
    note = Line("Do not stop a prescribed medicine because of it. Ask the prescriber.", (ASK_FIRST,))
    return section("medicines", "Medicines and substances that can bring it on", (note,), items) if items else []


def factor_page(factor: Factor, evidence: Evidence, member: str = "") -> Page:
    """Explain a medicine, supplement, condition, operation, exposure or habit.

    Parameters: factor; evidence; member, the ingredient that was asked for. Returns: the page.
    """
    nodes = [evidence.nodes[one.node] for one in factor.sets if one.node in evidence.nodes]
    kind = {"diet": "way of eating", "exposure": "substance or event"}.get(factor.kind, factor.kind)
    first = f"{member} is a {kind}. Its group: {factor.name}." if member else f"{factor.name}: a {kind}."
    short = [Line(first[0].upper() + first[1:], (factor.cite or OWN,))]
    short += [Line(node.summary, cites_of(node.findings)) for node in nodes[:1]]
    targets, direct = _targets(factor.leads_to, evidence), signs(factor.findings, evidence, None)
    short += _in_short(targets) if factor.kind in ("medicine", "supplement") else []
    sections = [
        *section("names", "Names", (), _members(factor)),
        *section("role", "What it can do to minerals, vitamins and nerves", (), targets),
        *section("direct", "What it can bring on by itself", (), direct),
        *(node_signs(nodes, evidence) if nodes else []),
        *section("note", "Good to know", _note(factor)),
        *section("safety", "What to do", _what_to_do(factor)),
        *section("care", CARE, [*with_factor(factor.id, evidence), *companions(evidence)]),
    ]
    return tuple(short), sections, tuple(node.name for node in nodes)


def _note(factor: Factor) -> list[Line]:
    """The note of a factor without what it says about our own data."""
    kept = [part.rstrip(".") for part in factor.note.split(". ") if "_" not in part]
    return [Line(f"{'. '.join(kept)}.", (factor.cite or OWN,))] if any(kept) else []


def _in_short(targets: Sequence[Line]) -> list[Line]:
    """Say in one sentence what a medicine or supplement is best known for here."""
    clear = [line for line in targets if line.mark == CLEAR]
    if not clear:
        return [Line("No clear link with a lack of minerals or with nerve trouble is known to us.", (OWN,))]
    names = ", ".join(line.text.split(",")[0] for line in clear[:4])
    return [Line(f"It has a clear link with: {names}.", tuple(dict.fromkeys(c for line in clear for c in line.cites)))]


def _members(factor: Factor) -> list[Line]:
    """The ingredients with their brand names."""
    return [
        Line(f"{member.name} (brands: {', '.join(member.brands)})" if member.brands else member.name)
        for member in factor.members
    ]


def _what_to_do(factor: Factor) -> list[Line]:
    if factor.kind == "medicine":
        return [
            Line("Do not stop it or change the dose on your own.", (ASK_FIRST,)),
            Line("Ask the prescriber or a pharmacist whether it could be part of this.", (ASK_FIRST,)),
        ]
    if factor.kind == "supplement":
        return [Line("Show the label to a pharmacist. Amounts from several products add up.", (OWN,))]
    return []


def lab_page(analyte: Analyte, evidence: Evidence) -> Page:
    """Explain a laboratory test: its range, its bands, what a low or a high value may mean, what can mislead.

    Parameters: analyte; evidence. Returns: the page.
    """
    where = "the electrocardiogram" if analyte.specimen == "electrocardiogram" else analyte.specimen
    first = (
        f"{analyte.name[0].upper()}{analyte.name[1:]} is measured in {where}. We count it in {unit_of(analyte.unit)}."
    )
    low, high = _meaning(analyte, evidence)
    notes = [Line(r.note[0].upper() + r.note[1:] + ".", (r.cite,)) for r in analyte.ranges if r.note]
    notes += [
        Line(f"{t.name[0].upper()}{t.name[1:]}: {s.text}", (s.cite,))
        for t in evidence.topics.values()
        if analyte.id in t.tests
        for s in t.test_notes
    ]
    sections = [
        *ranges((analyte,), 6),
        *section("grades", "Bands", (), grades(analyte)),
        *section("too_little", "A low value may mean", (), low),
        *section("too_much", "A high value may mean", (), high),
        *section("safety", "What can mislead", notes),
    ]
    return (Line(first, (analyte.ranges[0].cite if analyte.ranges else OWN,)),), sections, ()


def _meaning(analyte: Analyte, evidence: Evidence) -> tuple[list[Line], list[Line]]:
    """What lies below and above the usual range: states with their own distribution, then causes of the finding."""
    usual = next((t.mean.value for t in analyte.truth if t.state in ("normal", "absent")), None)
    low: dict[str, Line] = {}
    high: dict[str, Line] = {}
    for truth in analyte.truth:
        node = evidence.nodes.get(truth.node)
        if usual is not None and node is not None and truth.state not in ("normal", "absent"):
            side = low if truth.mean.value < usual else high
            if truth.mean.value != usual:
                side.setdefault(node.id, Line(node.name, (truth.mean.cite,)))
    for row in evidence.lab_findings.values():
        if row.analyte == analyte.id:
            side = low if "low" in row.level else high
            for one in behind(row.finding, evidence)[0][:8]:
                side.setdefault(one.node.id, Line(one.node.name, one.cites[:2], how_common(one.share)))
    return list(low.values()), list(high.values())


def test_page(test: str, evidence: Evidence) -> Page:
    """Explain a test in words, such as EMG or MRI: what each result speaks for and against.

    Parameters: test, its id; evidence. Returns: the page.
    """
    fact = evidence.tests[test]
    sections = []
    for clue_id in dict.fromkeys(fact.clues.values()):
        clue = evidence.clues.get(clue_id)
        if clue is None:
            continue
        items = [
            Line(
                evidence.nodes[w.node].name,
                (w.ratio.cite,),
                "speaks for" if w.ratio.value > 1 else "speaks against",
            )
            for w in clue.weights
            if w.node in evidence.nodes and w.ratio.value != 1
        ]
        sections += section(clue.id, clue.name[0].upper() + clue.name[1:], (), items)
    first = f"{fact.name[0].upper()}{fact.name[1:]} is a test. Below is what each result says."
    return (Line(first, (OWN,)),), sections, ()
