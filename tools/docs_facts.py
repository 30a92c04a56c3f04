"""Every curated fact as rows of tables: what it says in words, its number, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from docs_tables import Row, cited, number

from twitchwise.assess.network import cause_name
from twitchwise.evidence import Evidence
from twitchwise.evidence.nutrient_types import Nutrient
from twitchwise.evidence.triage_types import TriageRule
from twitchwise.evidence.types import Advice, Analyte, Cite, Clue, Factor, Finding, Leads, Limit, Node, Shows, Who

TABLES = (
    "nodes factors analytes nutrients triage_rules limits findings clues advice foods_rich caffeine claims questions "
    "topics references intake_effects variation measures measure_sizes amount_errors densities food_measures additions "
    "screen_questions screen_base day_marks day_rules day_notes skin_types sun_rules"
).split()


def cites_of(thing: Any) -> Iterator[Cite]:
    """Yield every citation inside a fact, at any depth."""
    if isinstance(thing, Cite):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            yield from cites_of(getattr(thing, each.name))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from cites_of(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from cites_of(value)


def who(w: Who, evidence: Evidence) -> str:
    """Say whom a number holds for; "" for everybody."""
    said = []
    if w.age_from > 0 or w.age_to < 200:
        to = f" to {w.age_to:g}" if w.age_to < 200 else " and over"
        said.append(f"age {w.age_from:g}{to}")
    if w.sex:
        said.append(w.sex)
    if w.risk:
        said.append(evidence.risks[w.risk].name if w.risk in evidence.risks else w.risk)
    return ", ".join(said)


def of_node(node: Node, evidence: Evidence) -> dict[str, list[Row]]:
    """Return the rows of a cause under the headings of its page."""
    risks = evidence.risks
    return {
        "How common it is": [cited(f"{p.state}, {who(p.who, evidence) or 'everybody'}", p.p) for p in node.priors],
        "What makes it more or less common": [
            cited(risks[o.risk].name if o.risk in risks else o.risk, o.ratio, " × the odds") for o in node.odds
        ],
        "What it can bring about": [shows(s, evidence, len(node.states) > 2) for s in node.findings],
        "What it can lead to": [leads(x, evidence, len(node.states) > 2) for x in node.leads_to],
        "What leads to it": list(arrivals(node, evidence)),
    }


def arrivals(node: Node, evidence: Evidence) -> Iterator[Row]:
    """Yield the links from other causes to one; medicines and conditions have pages of their own."""
    for other in evidence.nodes.values():
        for lead in other.leads_to:
            if lead.target == node.id and (c := lead.p or lead.odds):
                state = "" if lead.state == "present" else f" ({lead.state})"
                yield cited(f"{other.name}{state} → {lead.to}", c, "" if lead.p else " × the odds")


def shows(s: Shows, evidence: Evidence, states: bool) -> Row:
    """Return the row of an effect on a finding."""
    state = f"{s.state}: " if states else ""
    return cited(f"{state}{evidence.findings[s.finding].name}{times(s)}", s.p)


def leads(x: Leads, evidence: Evidence, states: bool = False) -> Row:
    """Return the row of a link to a cause."""
    state = f"{x.state}: " if states else ""
    dose = f", from {x.min_dose}" if x.min_dose else ""
    what = f"{state}{cause_name(evidence, x.target)} ({x.to}){times(x)}{dose}"
    found = x.p or x.odds
    assert found is not None, f"a link to {x.target} has no number"
    return cited(what, found, "" if x.p else " × the odds")


def times(x: Shows | Leads) -> str:
    """Say when an effect begins and ends, counted from the start of a medicine or event."""
    after = f", after {x.after_days:g} days" if x.after_days else ""
    return after + (f", within {x.within_days:g} days" if x.within_days is not None else "")


def of_factor(factor: Factor, evidence: Evidence) -> list[Row]:
    """Return the rows of a medicine, condition or other factor; one that only names things has its own source."""
    rows = [leads(x, evidence) for x in factor.leads_to]
    rows += [shows(s, evidence, False) for s in factor.findings]
    for fixed in factor.sets:
        rows.append(Row(f"is itself: {cause_name(evidence, fixed.node)} ({fixed.state})", ()))
    known = {c for row in rows for c in row.cites}
    if factor.cite and factor.cite not in known:
        rows.append(Row("what is said of it above", (factor.cite,)))
    return rows


def of_analyte(a: Analyte, evidence: Evidence) -> dict[str, list[Row]]:
    """Return the rows of a laboratory test under the headings of its page."""
    return {
        "Reference intervals": [
            Row(who(r.who, evidence) or "everybody", (r.cite,), span(r.low, r.high, r.unit), "", "", r.status, r.note)
            for r in a.ranges
        ],
        "Named bands": [
            Row(
                f"{g.label}{', urgent' if g.urgent else ''}",
                (g.cite,),
                span(g.above, g.below, g.unit),
                "",
                "",
                g.status,
                g.note,
            )
            for g in a.grades
        ],
        "What the true value is like": [
            cited(
                f"{cause_name(evidence, t.node)}: {t.state}{', beside a low calcium' if t.given else ''}; spread "
                f"{number(t.sd)}{' (of the logarithm)' if t.log else ''}",
                t.mean,
            )
            for t in a.truth
        ],
        "How it is worked out": [Row(f"from {text}", (cite,)) for text, cite in a.formulas.items()],
    }


def span(low: float | None, high: float | None, unit: str) -> str:
    """Write a band.

    >>> span(None, 0.5, "mmol/L")
    'below 0.5 mmol/L'
    """
    if low is None:
        return f"below {number(high or 0.0)} {unit}"
    return f"{number(low)} {unit} or more" if high is None else f"{number(low)} to {number(high)} {unit}"


def of_nutrient(n: Nutrient, evidence: Evidence) -> dict[str, list[Row]]:
    """Return the rows of a nutrient under the headings of its page."""
    limits = [
        Row(
            f"{u.body}, counts {u.scope.replace('_', ' ')}; {who(u.who, evidence)}",
            (u.cite,),
            f"{number(u.value)} {u.unit}",
            "",
            "",
            u.status,
            u.note,
        )
        for u in n.upper_limits
    ]
    harms = [
        Row(h.text, (h.cite,), f"{number(h.value)} {h.unit}" if h.value is not None else "", "", "", h.status)
        for h in n.harms
    ]
    compounds = []
    for c in n.compounds:
        compounds += [cited(f"{c.name}: share by weight", c.fraction)] if c.fraction else []
        compounds += [cited(f"{c.name}: in a {c.dose or 'portion'}", c.per_dose)] if c.per_dose else []
    units = [cited(f"one {unit} in {n.unit}", c) for unit, c in n.units.items()]
    return {"Upper limits": limits, "Too much": harms, "Products": compounds, "Label units": units}


def of_rule(rule: TriageRule) -> Row:
    """Return the row of a triage rule."""
    what = f"{rule.action}{f' For: {rule.who}.' if rule.who else ''}"
    return Row(what, rule.cites, f"{rule.level.replace('_', ' ')}, {rule.act.replace('_', ' ')}", "", rule.basis,
               rule.status, rule.note)  # fmt: skip


def of_limit(limit: Limit) -> Row:
    """Return the row of a limit of a rule."""
    value = f"{number(limit.value)} {'' if limit.unit == '1' else limit.unit}".strip()
    return Row(limit.id, (limit.cite,), value, "", limit.basis, limit.status, limit.note)


def of_finding(finding: Finding) -> list[Row]:
    """Return the rows of a finding: how often it is there for no listed reason, and its part of a wider one."""
    rows = [cited("for no listed reason, in a month", finding.background)] if finding.background else []
    return rows + ([cited("its part of the wider finding", finding.share)] if finding.share else [])


def of_clue(clue: Clue, evidence: Evidence) -> list[Row]:
    """Return the rows of a clue: how much it speaks for or against each cause."""
    return [
        cited(
            f"{cause_name(evidence, w.node)}{'' if w.state == 'present' else f' ({w.state})'}", w.ratio, " × as often"
        )
        for w in clue.weights
    ]


def of_advice(advice: Advice) -> Row:
    """Return the row of a piece of advice."""
    held = f" Held back: {', '.join(advice.guards)}." if advice.guards else ""
    return Row(f"{advice.text} {advice.why}", advice.cites, advice.kind, "", advice.basis, "",
               f"Given when: {', '.join(advice.when) or 'always'}.{held}")  # fmt: skip
