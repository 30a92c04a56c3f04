"""`explain`: one page about a nutrient, a cause, a complaint, a medicine, a condition, a habit or a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from twitchwise.evidence.load import Evidence
from twitchwise.evidence.nutrient_types import Nutrient, UpperLimit
from twitchwise.evidence.topic_types import Topic
from twitchwise.evidence.types import Cite, Node, Source
from twitchwise.explain.danger import alone, companions
from twitchwise.explain.pages import (
    CARE,
    Page,
    brings,
    factor_page,
    finding_page,
    lab_page,
    node_page,
    test_page,
)
from twitchwise.explain.parts import OWN, drinks, foods, led_to_by, node_signs, ranges, said, section
from twitchwise.explain.subjects import Subject, subjects_of
from twitchwise.explain.types import Document, Line, Section

BODIES = {"US": "United States", "EU": "European Union", "UK": "United Kingdom", "AU": "Australia"}
SCOPES = {
    "supplements": "from supplements alone",
    "total": "from food and supplements together",
    "synthetic": "of the man-made form",
    "added_salts": "from supplements and added salts",
}
UNITS = {"ug": "micrograms", "mg": "mg"}
NEVER = Line("This page explains. It is not a diagnosis, and no clinician has checked it.")


def explain(text: str, evidence: Evidence) -> Document:
    """Explain what a person names, on one page.

    Parameters: text, plain words such as "magnesium" or "Losec"; evidence, the curated facts.
    Returns: the page. Raises: UnknownTopic, with names that are close.

    >>> from twitchwise.evidence.load import load_evidence
    >>> explain("BFS", load_evidence()).id
    'benign_fasciculation'
    """
    return document_of(subjects_of(evidence).find(text), evidence)


def document_of(subject: Subject, evidence: Evidence) -> Document:
    """Make the page of a subject.

    Parameters: subject; evidence. Returns: the page with every source it cites.
    """
    short, sections, see = _page(subject, evidence)
    name = subject.member or subject.name
    title = name[0].upper() + name[1:]
    kept = tuple(one for one in sections if one.lines or one.items or one.table)
    document = (*short, NEVER)
    return Document(subject.id, "explain", title, document, kept, cited(document, kept, evidence), see)


def _page(subject: Subject, evidence: Evidence) -> Page:
    if subject.kind == "topic":
        return _topic_page(evidence.topics[subject.id], evidence)
    if subject.kind == "node":
        return node_page(evidence.nodes[subject.id], evidence)
    if subject.kind == "finding":
        return finding_page(subject.id, evidence)
    if subject.kind == "factor":
        return factor_page(evidence.factors[subject.id], evidence, subject.member)
    if subject.kind == "analyte":
        return lab_page(evidence.analytes[subject.id], evidence)
    return test_page(subject.id, evidence)


def cited(short: Iterable[Line], sections: Iterable[Section], evidence: Evidence) -> Mapping[str, Source]:
    """Collect the sources of a page.

    Parameters: short, sections, of the page; evidence. Returns: sources by key, in the order in which they appear.
    """
    lines = [*short]
    for one in sections:
        lines += [*one.lines, *one.items, *(cell for row in (one.table.rows if one.table else ()) for cell in row)]
    keys = dict.fromkeys(cite.source for line in lines for cite in line.cites)
    return {key: evidence.sources[key] for key in keys if key in evidence.sources}


def _topic_page(topic: Topic, evidence: Evidence) -> Page:
    nodes = [evidence.nodes[id_] for id_ in (topic.low, *topic.nodes) if id_ in evidence.nodes]
    high = [evidence.nodes[topic.high]] if topic.high in evidence.nodes else []
    shown = nodes or high
    sections = [
        *section("role", "What it does" if topic.nutrient else "What it is", said(topic.role)),
        *section("mechanism", "How it acts on nerve and muscle", said(topic.mechanism)),
        *section("too_little", "What too little does", said(topic.too_little)),
        *section("too_much", "What too much does", said(topic.too_much)),
        *section("where", "Where it twitches", said(topic.where)),
        *node_signs(shown, evidence),
        *(node_signs_of_high(high, evidence) if nodes and high else []),
        *_findings(topic, evidence),
        *brings(shown, evidence),
        *_foods(topic, evidence),
        *_tests(topic, evidence),
        *_who(shown, high if nodes else [], topic, evidence),
        *section("safety", "Supplements: what is safe", _safety(topic, evidence)),
        *section("for", "What speaks for it", (), said(topic.speaks_for)),
        *section("against", "What speaks against it", (), said(topic.speaks_against)),
        *section("strength", "How strong the evidence is", said(topic.strength)),
        *section("care", CARE, [*said(topic.care), *_alone(topic, evidence), *companions(evidence)]),
    ]
    see = tuple(evidence.topics[id_].name for id_ in topic.see if id_ in evidence.topics)
    return said(topic.short), sections, see


def node_signs_of_high(high: Sequence[Node], evidence: Evidence) -> list[Section]:
    """Say what too much brings, under headings of its own.

    Parameters: high, the node of too much; evidence. Returns: up to two sections.
    """
    renamed = {"signs": "Twitches and cramps from too much", "other_signs": "Other signs of too much"}
    return [
        Section(f"high_{one.id}", renamed[one.id], one.lines, one.items, one.table)
        for one in node_signs(high, evidence)
    ]


def _findings(topic: Topic, evidence: Evidence) -> list[Section]:
    """A topic about a complaint says what can be behind it."""
    for id_ in topic.findings[:1]:
        return [
            Section("behind" if one.id == "role" else "brought_by", one.heading, one.lines, one.items)
            for one in finding_page(id_, evidence)[1]
            if one.id in ("role", "medicines")
        ]
    return []


def _alone(topic: Topic, evidence: Evidence) -> list[Line]:
    return [line for id_ in topic.findings[:1] for line in alone(id_, evidence) if not topic.care]


def _foods(topic: Topic, evidence: Evidence) -> list[Section]:
    if topic.nutrient == "caffeine":
        return drinks(evidence)
    found = foods(topic.nutrient, evidence) if topic.nutrient and topic.low else []  # not where too much is the subject
    return found or section("foods", "Foods", (), said(topic.foods))


def _tests(topic: Topic, evidence: Evidence) -> list[Section]:
    analytes = [evidence.analytes[id_] for id_ in topic.tests if id_ in evidence.analytes]
    notes = said(topic.test_notes)
    found = ranges(analytes)
    if not found:
        return section("tests", "Tests", notes)
    return [Section(one.id, one.heading, (*notes, *one.lines), table=one.table) for one in found]


def _who(shown: Sequence[Node], high: Sequence[Node], topic: Topic, evidence: Evidence) -> list[Section]:
    paths = led_to_by([node.id for node in shown], evidence, {topic.nutrient, *topic.factors})
    lowers = f"Medicines that can lead to {shown[0].name}" if shown else "Medicines"
    found = [
        *section("at_risk", "Who is at risk", (), paths["at_risk"]),
        *section("medicines", lowers, _ask(paths["medicines"]), paths["medicines"]),
        *section("less", "What makes it less likely", (), paths["less"]),
    ]
    for node in high:
        more = led_to_by([node.id], evidence)
        items = [*more["at_risk"], *more["medicines"]]
        found += section("raises", f"What can lead to {node.name}", (), items)
    return found


def _ask(drugs: Sequence[Line]) -> list[Line]:
    ask = Cite("nhs_twitching_eyes_muscles_2023", "how you can help stop a twitch")
    return [Line("Never stop a prescribed medicine on your own. Ask the prescriber.", (ask,))] if drugs else []


def _safety(topic: Topic, evidence: Evidence) -> list[Line]:
    nutrient = evidence.nutrients.get(topic.nutrient)
    lines = list(said(topic.safety))
    if nutrient is None:
        return lines
    lines += [_limit(one, nutrient, evidence) for one in nutrient.upper_limits if _shown(one.cite, evidence)]
    if nutrient.no_limit:
        lines.append(Line(f"No upper limit is set. {nutrient.no_limit}", (OWN,)))
    lines += [Line(one.text, (one.cite,)) for one in nutrient.harms if _shown(one.cite, evidence)]
    return lines


def _shown(cite: Cite, evidence: Evidence) -> bool:
    """Whether a limit rests on a page that a person is shown."""
    return cite.source in evidence.sources and evidence.sources[cite.source].tier in ("A", "B")


def _limit(one: UpperLimit, nutrient: Nutrient, evidence: Evidence) -> Line:
    unit, _, per = one.unit.partition("/")
    amount = f"{one.value:,.0f} {UNITS.get(unit, unit)}{f' a {per}' if per else ''}"
    risk = evidence.risks[one.who.risk].name if one.who.risk in evidence.risks else ""
    ages = f"age {one.who.age_from:g} to {one.who.age_to:g}" if one.who.age_to < 150 else ""
    ages = ages or (f"age {one.who.age_from:g} or more" if one.who.age_from > 19 else "")
    whom = f" ({', '.join(word for word in (risk, ages) if word)})" if risk or ages else ""
    return Line(
        f"Upper limit, {BODIES[one.body]}: {amount} of {nutrient.name}, {SCOPES[one.scope]}{whom}.", (one.cite,)
    )
