"""Addresses for all that can be explained, and one search over foods, topics, medicines, claims and questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from twitchwise.evidence import Evidence
from twitchwise.explain.claims import VERDICTS, find_claims
from twitchwise.explain.faq import find_questions
from twitchwise.explain.look_up import find
from twitchwise.explain.subjects import GROUPS, Subject, UnknownTopic, subjects_of
from twitchwise.foods.load import CURATED
from twitchwise.foods.search import Index

LONGEST: Final = 200  # characters of what is looked for
EACH: Final = 8  # shown of a kind
ENOUGH: Final = 0.75  # share of what was asked that a topic must cover
NEAR: Final = 0.8  # of the best
DRUGS: Final = ("medicines", "supplement")
# what is added to an address that is taken already: the topic magnesium, its test, the supplement
SECOND: Final = {"lab": "test", "medicines": "group", "finding": "sign"}


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads to a page, with a few words on what it is."""

    name: str
    address: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found of one kind."""

    heading: str
    links: tuple[Link, ...]


class Addresses:
    """A short, fixed address for each subject, and the way back from it."""

    def __init__(self, evidence: Evidence) -> None:
        self.subjects = subjects_of(evidence)
        self.by_slug: dict[str, Subject] = {}
        self.slugs: dict[Subject, str] = {}
        for subject in self.subjects.by_key.values():
            slug = _slug(subject.member or subject.id)
            if not slug or slug in self.by_slug:
                slug = f"{slug}-{SECOND.get(subject.group, subject.group)}"
            if slug in self.by_slug:
                slug = f"{slug}-{len(self.slugs)}"
            self.by_slug[slug] = subject
            self.slugs[subject] = slug
        self.entries = {slug: self._names(slug, evidence) for slug in self.by_slug}

    def of(self, subject: Subject) -> str:
        """Return the address of a subject.

        Parameters: subject. Returns: a path.
        """
        known = subject if subject in self.slugs else self._plain(subject)
        return f"/explain/{self.slugs[known]}"

    def _plain(self, subject: Subject) -> Subject:
        return next(one for one in self.slugs if (one.kind, one.id) == (subject.kind, subject.id))

    def link(self, subject: Subject) -> Link:
        """Return a subject's name with its address.

        Parameters: subject. Returns: the link; of a medicine its group is said too.
        """
        what = subject.name if subject.member else GROUPS[subject.group]
        return Link(subject.member or subject.name, self.of(subject), what)

    def resolve(self, text: str) -> Subject | None:
        """Find the one subject that a text names: an address, or words.

        Parameters: text. Returns: the subject, None when no name fits.
        """
        if text in self.by_slug:
            return self.by_slug[text]
        try:
            return self.subjects.find(re.sub(r"[-_]+", " ", text[:LONGEST]))
        except UnknownTopic:
            return None

    def _names(self, slug: str, evidence: Evidence) -> tuple[str, ...]:
        subject = self.by_slug[slug]
        names = [subject.member or subject.name, slug.replace("-", " ")]
        factor = evidence.factors.get(subject.id) if subject.kind == "factor" else None
        if factor is not None and subject.member:
            names += [brand for member in factor.members if member.name == subject.member for brand in member.brands]
        return tuple(names)

    def search(self, text: str) -> list[Subject]:
        """Find subjects by what a person types; slips of spelling do not matter.

        Parameters: text. Returns: subjects, best first.
        """
        first = self.resolve(text)
        ranked = find(text, self.entries, ENOUGH)
        good = [self.by_slug[slug] for slug, score in ranked if score >= NEAR * ranked[0][1]]
        return list(dict.fromkeys([first, *good] if first is not None else good))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@lru_cache(maxsize=2)
def addresses_of(evidence: Evidence) -> Addresses:
    """Return the addresses of all subjects, made once for the same facts.

    Parameters: evidence. Returns: the addresses.

    >>> from twitchwise.evidence import load_evidence
    >>> addresses = addresses_of(load_evidence())
    >>> addresses.of(addresses.resolve("Losec"))
    '/explain/omeprazole'
    """
    return Addresses(evidence)


def food_address(food_id: str, table: str) -> str:
    """Return the address of a food; one of an added table is named with its table.

    Parameters: food_id; table, its name. Returns: a path.

    >>> food_address("banana", CURATED), food_address("11 b", "mine")
    ('/foods/banana', '/foods/mine:11%20b')
    """
    from urllib.parse import quote

    return f"/foods/{quote(food_id if table == CURATED else f'{table}:{food_id}', safe=':')}"


def search_all(text: str, evidence: Evidence, index: Index) -> tuple[Found, ...]:
    """Search foods, topics, medicines, claims and questions at once.

    Parameters: text, as typed; evidence; index, of the foods. Returns: what was found, kind by kind; none when nothing.
    """
    asked = text[:LONGEST]
    addresses = addresses_of(evidence)
    subjects = addresses.search(asked)
    topics = [one for one in subjects if one.group not in DRUGS]
    # a group that is called by its only member stands here once
    drugs = {one.member or one.name: one for one in reversed(subjects) if one.group in DRUGS}
    found = (
        Found("Topics", tuple(map(addresses.link, topics[:EACH]))),
        Found("Medicines and supplements", tuple(map(addresses.link, list(drugs.values())[::-1][:EACH]))),
        Found("Questions", tuple(_questions(asked, evidence))),
        Found("What people say", tuple(_claims(asked, evidence))),
        Found("Foods", tuple(_foods(asked, index))),
    )
    return tuple(one for one in found if one.links)


def _questions(text: str, evidence: Evidence) -> Iterable[Link]:
    for question in find_questions(text, evidence)[:EACH]:
        yield Link(question.ask, f"/faq/{question.id}")


def _claims(text: str, evidence: Evidence) -> Iterable[Link]:
    for claim in find_claims(text, evidence)[:EACH]:
        yield Link(claim.text, f"/claims/{claim.id}", VERDICTS[claim.verdict][0])


def _foods(text: str, index: Index) -> Iterable[Link]:
    for hit in index.search(text, EACH):
        table = "" if hit.table == CURATED else f"table {hit.table}"
        yield Link(hit.food.name, food_address(hit.food.id, hit.table), table)


def listed(evidence: Evidence) -> Mapping[str, Sequence[Link]]:
    """List all subjects by group.

    Parameters: evidence. Returns: links under the heading of their group.
    """
    addresses = addresses_of(evidence)
    groups = addresses.subjects.listed()
    return {heading: [Link(one.name, addresses.of(one)) for one in subjects] for heading, subjects in groups.items()}
