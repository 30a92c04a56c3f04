"""Pages for readers, from the writers of `explain`, `faq` and `claims`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docs_tables import Page, directory, slug

from twitchwise.evidence import Evidence
from twitchwise.explain.claims import VERDICTS, make_claims
from twitchwise.explain.faq import make_answer, make_list
from twitchwise.explain.subjects import GROUPS
from twitchwise.explain.topic import explain
from twitchwise.explain.types import Document
from twitchwise.formats import DOCUMENT_WRITERS


def written(path: str, document: Document, up: str = "") -> Page:
    """Return a document as a page; its headings stay, its title becomes that of the page."""
    text = DOCUMENT_WRITERS["markdown"](document)
    return Page(path, document.title, [text.partition("\n")[2].strip()], up)


def pages(evidence: Evidence) -> Iterator[Page]:
    """Yield the pages of topics, questions and claims with their first pages."""
    yield from topics(evidence)
    yield from questions(evidence)
    yield from claims(evidence)


def topics(evidence: Evidence) -> Iterator[Page]:
    """Yield a page for each topic, and the list of them by group."""
    index = Page("topics/index", "Read about it", ["The pages of `twitchwise explain`, each from the same facts."])
    for group in dict.fromkeys(t.group for t in evidence.topics.values()):
        members = [t for t in evidence.topics.values() if t.group == group]
        made = [written(f"topics/{t.id}", explain(t.name, evidence), index.path) for t in members]
        index.blocks += [f"## {GROUPS[group]}", directory(made, index.path)]
        yield from made
    yield index


def questions(evidence: Evidence) -> Iterator[Page]:
    """Yield a page for each question, and the list of them with when to get help."""
    listed = make_list(evidence)
    index = written("faq/index", replace(listed, sections=listed.sections[:1]))
    made = [written(f"faq/{k}", make_answer(q, evidence), index.path) for k, q in evidence.questions.items()]
    index.blocks += [f"## Questions ({len(made)})", directory(made, index.path)]
    yield from made
    yield index


def claims(evidence: Evidence) -> Iterator[Page]:
    """Yield a page for each verdict with every claim in full, and the overview."""
    index = Page("claims/index", "What people say about twitching and cramps")
    for verdict, (_, heading) in VERDICTS.items():
        chosen = [c for c in evidence.claims.values() if c.verdict == verdict]
        parts = [make_claims([claim], evidence) for claim in chosen]
        sources = {key: source for part in parts for key, source in part.sources.items()}
        whole = replace(parts[0], title=heading, sections=tuple(s for p in parts for s in p.sections), sources=sources)
        page = written(f"claims/{verdict}", whole)
        parts_of_page = re.split(r"^## ", page.blocks[0], flags=re.M)
        anchored = [f"({slug('claim', c.id)})=\n## {part}" for c, part in zip(chosen, parts_of_page[1:], strict=True)]
        page.blocks = [parts_of_page[0] + "".join(anchored)]
        index.blocks.append(f"* {{doc}}`/claims/{verdict}`: {len(chosen)} claims")
        yield page
    index.blocks.append(f"```{{toctree}}\n:hidden:\n\n{chr(10).join(f'/claims/{v}' for v in VERDICTS)}\n```")
    index.blocks.insert(0, "Claims that articles make, each with what the evidence says and its place in the model.")
    yield index
