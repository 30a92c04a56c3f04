"""What can be explained: every topic, cause, finding, medicine, condition, habit, supplement and test, by its names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from twitchwise.errors import TwitchwiseError
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.topic_types import Topic
from twitchwise.observe.lexicon import COMMON, SMALL, Table
from twitchwise.observe.words import key_of, tokens

GROUPS = {
    "nutrient": "Minerals, vitamins and fluids",
    "habit": "Habits and daily life",
    "body": "Body and hormones",
    "nerve": "Nerve and muscle",
    "complaint": "Complaints, each on its own",
    "medicine": "Medicines and poisons in general",
    "cause": "More causes",
    "finding": "Signs and feelings",
    "medicines": "Medicines, one by one",
    "supplement": "Supplements",
    "condition": "Conditions",
    "procedure": "Operations and treatments",
    "exposure": "Drugs, poisons and events",
    "ways": "Ways of living",
    "lab": "Blood and urine tests",
    "test": "Other tests",
}
CLOSE = 70  # likeness of names, in percent, from which one is suggested
FACTOR_GROUPS = {"medicine": "medicines", "habit": "ways", "diet": "ways"}
# words around a name that change nothing: "what is magnesium deficiency", "omeprazole tablets"
AROUND = (
    SMALL
    | COMMON
    | {key for word in "what is are explain tell symptoms test level levels".split() for key in tokens(word)}
)


class UnknownTopic(TwitchwiseError):
    """No topic has this name: a wrong use of the command."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to explain: what kind of fact, its id, its name, the list it stands in, and the member meant."""

    kind: str  # topic | node | finding | factor | analyte | test
    id: str
    name: str
    group: str
    member: str = ""


class Subjects:
    """All subjects of the facts with the index of their names."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.by_key: dict[str, Subject] = {}
        names: list[tuple[str, str]] = []
        for subject, called in _ordered(evidence):
            key = f"{subject.kind}:{subject.id}:{subject.member}"
            self.by_key.setdefault(key, subject)
            names.extend((key, name) for name in called)
        self._table = Table(names, bags=True, many=1)

    def find(self, text: str) -> Subject:
        """Find what a person means.

        Parameters: text, plain words. Returns: the subject. Raises: UnknownTopic, with names that are close.

        >>> from twitchwise.evidence.load import load_evidence
        >>> Subjects(load_evidence()).find("coffee").name
        'caffeine and other stimulants'
        """
        words = key_of(text)
        exact = self._table.exact(words)
        if exact:
            return self.by_key[exact[0]]
        hits = self._table.find(words)
        if len(hits) == 1 and all(words[i] in AROUND for i in range(len(words)) if i not in hits[0].at):
            return self.by_key[hits[0].ids[0]]
        raise UnknownTopic(self._unknown(text, words))

    def _unknown(self, text: str, words: tuple[str, ...]) -> str:
        shown = " ".join(text.split())[:60]
        close = process.extract(
            text.lower()[:60], list(self._table.shown), scorer=fuzz.ratio, limit=9, score_cutoff=CLOSE
        )
        keys = [*self._table.exact(self._table.spelled(words, ())), *(self._table.shown[name] for name, _, _ in close)]
        near = list(dict.fromkeys(self.by_key[key].member or self.by_key[key].name for key in keys))[:3]
        hint = f"Did you mean {' or '.join(near)}?" if near else "Try one plain word, such as magnesium."
        return f"{shown!r} is not a topic. {hint} All topics: twitchwise explain"

    def listed(self) -> dict[str, list[Subject]]:
        """List the subjects by group, each once, by name.

        Parameters: none. Returns: subjects under the heading of their group.
        """
        found: dict[str, list[Subject]] = {heading: [] for heading in GROUPS.values()}
        for subject in self.by_key.values():
            if not subject.member:
                found[GROUPS[subject.group]].append(subject)
        return {heading: sorted(group, key=lambda s: s.name.lower()) for heading, group in found.items() if group}


def _ordered(evidence: Evidence) -> Iterable[tuple[Subject, tuple[str, ...]]]:
    """Every subject with its names, in the order of precedence: a name belongs to the first that has it."""
    topics = evidence.topics.values()
    for topic in topics:
        yield Subject("topic", topic.id, topic.name, topic.group), (topic.name, topic.id.replace("_", " "), *topic.also)
    for topic in topics:
        yield Subject("topic", topic.id, topic.name, topic.group), _borrowed(topic, evidence)
    covered = {node for topic in topics for node in (topic.low, topic.high, *topic.nodes)}
    for node in evidence.nodes.values():
        if node.id not in covered and not node.id.startswith("unlisted"):
            yield Subject("node", node.id, node.name, "cause"), (node.name, node.id.replace("_", " "), *node.also)
    yield from _rest(evidence, {id_ for t in topics for id_ in t.findings}, {id_ for t in topics for id_ in t.factors})


def _borrowed(topic: Topic, evidence: Evidence) -> tuple[str, ...]:
    """The names of the facts that a topic speaks for."""
    names: list[str] = []
    if topic.nutrient in evidence.nutrients:
        nutrient = evidence.nutrients[topic.nutrient]
        names += [nutrient.name, *nutrient.synonyms]
    for id_ in (topic.low, topic.high, *topic.nodes):
        if id_ in evidence.nodes:
            names += [evidence.nodes[id_].name, id_.replace("_", " "), *evidence.nodes[id_].also]
    for id_ in topic.factors:
        if id_ in evidence.factors:
            names += [evidence.factors[id_].name, id_.replace("_", " "), *evidence.factors[id_].synonyms]
    for id_ in topic.findings:
        if id_ in evidence.findings:
            names += [evidence.findings[id_].name, *evidence.findings[id_].synonyms]
    return tuple(names)


def _rest(evidence: Evidence, findings: set[str], factors: set[str]) -> Iterable[tuple[Subject, tuple[str, ...]]]:
    for finding in evidence.findings.values():
        if finding.id not in findings:
            names = (finding.name, finding.id.replace("_", " "), *finding.synonyms)
            yield Subject("finding", finding.id, finding.name, "finding"), names
    for factor in evidence.factors.values():
        if factor.id in factors:
            continue
        group = FACTOR_GROUPS.get(factor.kind, factor.kind)
        yield (
            Subject("factor", factor.id, factor.name, group),
            (factor.name, factor.id.replace("_", " "), *factor.synonyms),
        )
        for member in factor.members:
            yield Subject("factor", factor.id, factor.name, group, member.name), (member.name, *member.brands)
    for analyte in evidence.analytes.values():
        names = (f"{analyte.name} test", analyte.name, analyte.id.replace("_", " "), *analyte.synonyms)
        yield Subject("analyte", analyte.id, analyte.name, "lab"), names
    for test in evidence.tests.values():
        yield Subject("test", test.id, test.name, "test"), (test.name, test.id.replace("_", " "), *test.synonyms)


@lru_cache(maxsize=4)
def subjects_of(evidence: Evidence) -> Subjects:
    """Return the index of subjects; it is built once for the same facts.

    Parameters: evidence, the curated facts. Returns: the index.

    >>> from twitchwise.evidence.load import load_evidence
    >>> subjects_of(load_evidence()) is subjects_of(load_evidence())
    True
    """
    return Subjects(evidence)
