"""The pages of facts: one for each cause, laboratory test and nutrient, groups for the rest, and the bibliography."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import Any

import docs_diet
from docs_facts import (
    TABLES,
    cites_of,
    of_advice,
    of_analyte,
    of_clue,
    of_factor,
    of_finding,
    of_limit,
    of_node,
    of_nutrient,
    of_rule,
)
from docs_tables import Page, Row, cited, directory, fact_table, html_table, number, plain, relative, slug

from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Factor
from twitchwise.foods.load import curated
from twitchwise.triage import RULES

KINDS = {
    "medicine": "Medicines",
    "supplement": "Supplements",
    "condition": "Conditions",
    "procedure": "Operations and treatments",
    "exposure": "Exposures",
    "habit": "Habits",
    "diet": "Ways of eating",
}
FOLDERS = {
    "Causes": "facts/causes/",
    "Laboratory tests": "facts/labs/",
    "Nutrients": "facts/nutrients/",
    "Urgency rules": "facts/triage/",
    "What a person needs, and how a diary is read": "facts/diet/",
    "Foods, group by group": "facts/foods/",
}
LETTERS = ("a", "bc", "de", "fghi", "jklm", "nop", "qrs", "tuvwxyz")
NOT_YOU = (
    "*Numbers inside a model of many people, for those who build and check it. They say nothing about you: for that, "
    "make a review.*"
)
MANY = 6  # places that cite a source, from which they are folded
SMALL = 60  # with fewer items a kind has one page
Places = dict[tuple[str, str], str]
RowsOf = Callable[[Any, Evidence], dict[str, list[Row]]]


def factor_page(factor: Factor, counts: dict[str, int]) -> str:
    """Return the page that a medicine, condition or other factor stands on."""
    folder = KINDS[factor.kind].split()[0].lower()
    if counts[factor.kind] <= SMALL:
        return f"facts/{folder}"
    first = next((c for c in factor.name.lower() if c.isalpha()), "a")
    letters = next((group for group in LETTERS if first in group), LETTERS[-1])
    return f"facts/{folder}-{letters[0]}" + (f"-{letters[-1]}" if len(letters) > 1 else "")


def places(evidence: Evidence) -> Places:
    """Return for each item of each table the page and anchor where its facts stand."""
    counts: dict[str, int] = defaultdict(int)
    for factor in evidence.factors.values():
        counts[factor.kind] += 1
    found: Places = {("nodes", k): f"facts/causes/{k}.html" for k in evidence.nodes}
    found |= {("analytes", k): f"facts/labs/{k}.html" for k in evidence.analytes}
    found |= {("nutrients", k): f"facts/nutrients/{k}.html" for k in evidence.nutrients}
    found |= {("topics", k): f"topics/{k}.html" for k in evidence.topics}
    found |= {("questions", k): f"faq/{k}.html" for k in evidence.questions}
    for k, claim in evidence.claims.items():
        found["claims", k] = f"claims/{claim.verdict}.html#{slug('claim', k)}"
    for k, f in evidence.factors.items():
        found["factors", k] = f"{factor_page(f, counts)}.html#{slug('factor', k)}"
    for k in evidence.triage_rules:
        found["triage_rules", k] = f"facts/triage/{rule_group(k)}.html#{slug('rule', k)}"
    for table in ("limits", "findings", "clues", "advice", "foods_rich", "caffeine"):
        page = {"limits": "triage/limits", "foods_rich": "foods", "caffeine": "foods"}.get(table, table)
        found |= {(table, k): f"facts/{page}.html#{slug(table, k)}" for k in getattr(evidence, table)}
    return found | docs_diet.places(evidence)


def rule_group(rule: str) -> str:
    """Return the module of triage that decides a rule."""
    return RULES[rule].__module__.rpartition(".")[2]


def pages(evidence: Evidence) -> Iterator[Page]:
    """Yield every page of facts."""
    where = places(evidence)
    yield from nodes(evidence)
    yield from factors(evidence, where)
    yield from simple(evidence, "labs", evidence.analytes.values(), of_analyte)
    yield from simple(evidence, "nutrients", evidence.nutrients.values(), of_nutrient)
    yield from triage(evidence)
    yield listing(evidence, "findings", "Findings", {f.id: of_finding(f) for f in evidence.findings.values()})
    yield listing(evidence, "clues", "Clues", {c.id: of_clue(c, evidence) for c in evidence.clues.values()})
    yield listing(evidence, "advice", "Advice", {a.id: [of_advice(a)] for a in evidence.advice.values()})
    yield foods(evidence)
    yield from docs_diet.pages(evidence)
    yield bibliography(evidence, where)


def section(heading: str, rows: list[Row], evidence: Evidence, page: str) -> list[str]:
    """Return a heading with its table, or nothing without rows."""
    return [f"## {heading}", fact_table(rows, evidence, page)] if rows else []


def nodes(evidence: Evidence) -> Iterator[Page]:
    """Yield the page of each cause, named part and mechanism."""
    for node in evidence.nodes.values():
        page = Page(f"facts/causes/{node.id}", node.name)
        whole = evidence.nodes[node.part_of].name if node.part_of in evidence.nodes else node.part_of
        parent = f", a part of {whole}" if whole else ""
        also = f" Also called: {plain(', '.join(node.also))}." if node.also else ""
        page.blocks.append(plain(node.summary))
        page.blocks.append(NOT_YOU)
        page.blocks.append(f"Id `{node.id}`, {node.kind}{parent}. States: {', '.join(node.states)}.{also}")
        for heading, rows in of_node(node, evidence).items():
            page.blocks += section(heading, rows, evidence, page.path)
        yield page


def factors(evidence: Evidence, where: Places) -> Iterator[Page]:
    """Yield the pages of medicines, conditions, exposures, habits, supplements and procedures."""
    groups: dict[str, list[Factor]] = defaultdict(list)
    for factor in sorted(evidence.factors.values(), key=lambda f: f.name.lower()):
        groups[where["factors", factor.id].partition(".html")[0]].append(factor)
    for path, members in groups.items():
        letters = path.removeprefix("facts/").split("-")[1:]
        page = Page(path, KINDS[members[0].kind] + (f", {' to '.join(x.upper() for x in letters)}" if letters else ""))
        for factor in members:
            page.blocks += [f"({slug('factor', factor.id)})=\n## {plain(factor.name)}", described(factor)]
            if rows := of_factor(factor, evidence):
                page.blocks.append(fact_table(rows, evidence, path))
        yield page


def described(factor: Factor) -> str:
    """Return what a factor is called and what is noted of it."""
    brands = [f"{m.name} ({', '.join(m.brands)})" if m.brands else m.name for m in factor.members]
    lines = [f"Id `{factor.id}`."]
    lines += [f"Members: {plain('; '.join(brands))}."] if brands else []
    lines += [f"Also: {plain(', '.join(factor.synonyms))}."] if factor.synonyms else []
    lines += [f"Marks for triage and guards: {plain(', '.join(factor.tags))}."] if factor.tags else []
    lines += [plain(factor.note)] if factor.note else []
    return " ".join(lines)


def simple(evidence: Evidence, folder: str, items: Iterable[Any], rows_of: RowsOf) -> Iterator[Page]:
    """Yield a page for each item that has headings of its own."""
    for item in items:
        page = Page(f"facts/{folder}/{item.id}", item.name)
        also = f" Also called: {plain(', '.join(item.synonyms))}." if item.synonyms else ""
        page.blocks.append(f"Id `{item.id}`, in {item.unit}.{also} {plain(getattr(item, 'note', ''))}".strip())
        for heading, rows in rows_of(item, evidence).items():
            page.blocks += section(heading, rows, evidence, page.path)
        yield page


def triage(evidence: Evidence) -> Iterator[Page]:
    """Yield a page for each module of triage rules, and one for their limits."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in evidence.triage_rules:
        groups[rule_group(key)].append(key)
    for group, keys in groups.items():
        page = Page(f"facts/triage/{group}", f"Rules: {group.replace('_', ' ')}")
        page.blocks.append(f"Decided in `twitchwise/triage/{group}.py`, worded in `twitchwise/data/triage/rules.toml`.")
        for key in keys:
            rows = [of_rule(evidence.triage_rules[key])]
            page.blocks += [f"({slug('rule', key)})=\n## `{key}`", fact_table(rows, evidence, page.path)]
        yield page
    page = Page("facts/triage/limits", "Limits of the rules")
    rows = [replace(of_limit(limit), anchor=slug("limits", key)) for key, limit in evidence.limits.items()]
    page.blocks.append(fact_table(rows, evidence, page.path))
    yield page


def listing(evidence: Evidence, table: str, title: str, rows: dict[str, list[Row]]) -> Page:
    """Return one page with a short section for each item of a table."""
    page = Page(f"facts/{table}", title)
    for key, found in rows.items():
        item = getattr(evidence, table)[key]
        words = plain(", ".join(getattr(item, "synonyms", ())))
        page.blocks.append(f"({slug(table, key)})=\n## {plain(getattr(item, 'name', '') or key)}")
        page.blocks.append(f"Id `{key}`.{f' Also said: {words}.' if words else ''} {plain(getattr(item, 'text', ''))}")
        page.blocks += [fact_table(found, evidence, page.path)] if found else []
    return page


def foods(evidence: Evidence) -> Page:
    """Return the page of foods with their nutrients, and of caffeine in drinks."""
    page = Page("facts/foods", "Foods of the plan, and caffeine", ["## Foods that carry the nutrients of the plan"])
    rows = []
    for food in evidence.foods_rich.values():
        held = ", ".join(f"{k.replace('_', ' ')} {number(v)}" for k, v in food.per_100g.items())
        what = f"{food.name}, {food.portion} ({number(food.portion_g)} g); per 100 g: {held}"
        rows.append(Row(what, (food.cite,), anchor=slug("foods_rich", food.id)))
    drinks = [
        replace(cited(f"{d.name}, per {d.per}", d.mg), anchor=slug("caffeine", d.id))
        for d in evidence.caffeine.values()
    ]
    page.blocks += [fact_table(rows, evidence, page.path), "## Caffeine", fact_table(drinks, evidence, page.path)]
    return page


def bibliography(evidence: Evidence, where: Places) -> Page:
    """Return the whole bibliography, each source with everything that cites it."""
    page = Page("facts/sources", "Bibliography")
    users: dict[str, dict[str, str]] = defaultdict(dict)
    for table in TABLES:
        for key, item in getattr(evidence, table).items():
            for cite in cites_of(item):
                users[cite.source][where[table, key]] = label(item, key)
    for source, place, name in docs_diet.food_pages(curated()):
        users[source][place] = name
    rows = []
    for key, s in sorted(evidence.sources.items()):
        title = f'<a href="{escape(s.url)}" rel="noopener">{escape(s.title)}</a>' if s.url else escape(s.title)
        links = "; ".join(f'<a href="{relative(to, page.path)}">{escape(name)}</a>' for to, name in users[key].items())
        about = ", ".join(str(x) for x in (s.kind, s.year) if x)
        if (n := len(users[key])) > MANY:
            links = f"<details><summary>{n} places</summary>{links}</details>"
        rows.append((f'<span id="{slug("s", key)}">{key}</span>', title, s.tier, about, links))
    page.blocks.append(f"{len(rows)} sources. Tier A is an original, B a faithful copy or abstract, C anything else "
                       "(a person is never shown C); own is our judgement.")  # fmt: skip
    page.blocks.append(html_table(("key", "title", "tier", "kind, year", "what rests on it"), rows, "sources"))
    return page


def label(item: object, key: str) -> str:
    """Return what an item is called in the bibliography."""
    return str(getattr(item, "name", "") or getattr(item, "ask", "") or key)


def index(made: list[Page], evidence: Evidence) -> Page:
    """Return the first page of the facts, which lists all others."""
    page = Page("facts/index", "Every fact with its source")
    page.blocks.append(
        f"The data under `twitchwise/data` (version `{evidence.version}`) as tables. These are numbers inside a model "
        "of many people. They say nothing about you: a review weighs them together with what you have and do not have."
    )
    page.blocks.append(
        "A **value** has the **interval** that the draws are taken from. Its **basis** is *published* (the number is "
        "in the source), *derived* (worked out from numbers there) or *elicited* (our own estimate; the source says "
        "only that it happens). Its **status** is *verified* (seen on that page) or *recalled*. A verified relation "
        'may have a size of ours: decision 6 says how a word such as "common" or a place in a list becomes a number.'
    )
    rest = [p for p in made if p.path.count("/") == 1]
    page.blocks += ["## Medicines, conditions and the rest", directory(rest, page.path)]
    for caption, start in FOLDERS.items():
        members = [p for p in made if p.path.startswith(start)]
        page.blocks += [f"## {caption}", directory(members, page.path)]
    for each in made:
        each.up = page.path
    return page
