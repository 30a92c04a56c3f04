"""The index of every name and synonym: exact phrases first, then the words of a name in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from twitchwise.evidence import Evidence
from twitchwise.observe.opposites import likely_slip
from twitchwise.observe.words import key_of, tokens

# words that may stand between the words of a name, or be missing
SMALL = frozenset(
    "in on at to with and or for from when while as by into if so up very some more most quite about just also both"
    " left right one other same mild severe slight bad terrible frequent occasional constant recurrent chronic acute"
    " new often sometimes me myself him them which it".split()
)
# words that name nothing: a name made of these only is read as it stands
_SAY_LITTLE = frozenset(
    "cannot keep difficult feel get go com mak need hav mov up want tak thing nothing one someth us".split()
)
_LONGEST = 8  # tokens of a name
_WINDOW = 3  # further tokens allowed between the words of a name


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a phrase: what it stands for and the token positions it uses."""

    ids: tuple[str, ...]
    at: frozenset[int]
    whole: bool  # the words stood together in the order of the name

    @property
    def start(self) -> int:
        """Position of the first token."""
        return min(self.at)

    @property
    def end(self) -> int:
        """Position of the last token."""
        return max(self.at)


class Table:
    """The names of one kind of thing."""

    def __init__(self, names: Iterable[tuple[str, str]], bags: bool = False, many: int = 2) -> None:
        self._exact: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._bags: dict[str, list[tuple[frozenset[str], tuple[str, ...]]]] = defaultdict(list)
        self.shown: dict[str, str] = {}
        for id_, name in names:
            self._add(id_, name, many)
        whole = {key[0] for key in (key_of(name) for name in self.shown) if len(key) == 1}
        self.words = {token for key in self._exact if len(key) > 1 for token in key} | whole  # joined pairs left out
        self._first = {key[0] for key in self._exact}
        if bags:
            self._fill_bags()

    def _add(self, id_: str, name: str, many: int) -> None:
        key = key_of(name)
        if not key or len(key) > _LONGEST:
            return
        self.shown.setdefault(name.lower(), id_)
        for form in {key, ("".join(key),)} if len(key) == 2 else {key}:
            known = self._exact.get(form, ())
            if id_ not in known and len(known) < many:
                self._exact[form] = (*known, id_)

    def _fill_bags(self) -> None:
        for key, ids in self._exact.items():
            content = frozenset(token for token in key if token not in SMALL)
            if len(content - _SAY_LITTLE) < 2 and "up" in key:
                content |= {"up"}
            if content - _SAY_LITTLE and len(content) >= 2 and not {"no", "not", "without"} & content:
                self._bags[max(sorted(content), key=len)].append((content, ids))

    def exact(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the ids whose name is exactly these tokens.

        Parameters: words, tokens. Returns: ids, often none.

        >>> Table([("tremor", "the shakes")]).exact(("shak",))
        ('tremor',)
        """
        return self._exact.get(tuple(words), ())

    def find(self, words: Sequence[str], used: Collection[int] = ()) -> list[Hit]:
        """Find all names in a clause, the longest first, without overlap.

        Parameters: words, tokens of one clause; used, positions that are taken. Returns: hits in order of place.

        >>> [h.ids for h in Table([("tremor", "hand tremor")], bags=True).find(("tremor", "in", "hand"))]
        [('tremor',)]
        """
        hits = [*self._runs(words), *self._any_order(words)]
        hits.sort(key=lambda hit: (-len(hit.at), not hit.whole, hit.start))
        taken, found = set(used), []
        for hit in hits:
            if not hit.at & taken:
                taken |= hit.at
                found.append(hit)
        return sorted(found, key=lambda hit: hit.start)

    def _runs(self, words: Sequence[str]) -> Iterable[Hit]:
        for start, word in enumerate(words):
            for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
                key = tuple(words[start:end])
                if end - start == 2 and ("".join(key),) in self._exact:
                    yield Hit(self._exact[("".join(key),)], frozenset(range(start, end)), True)
                if word in self._first and key in self._exact:
                    yield Hit(self._exact[key], frozenset(range(start, end)), True)

    def _any_order(self, words: Sequence[str]) -> Iterable[Hit]:
        places: dict[str, int] = {}
        for number, word in enumerate(words):
            places.setdefault(word, number)
        for word in places:
            for content, ids in self._bags.get(word, ()):
                if content <= places.keys():
                    at = frozenset(places[token] for token in content)
                    if max(at) - min(at) < len(content) + _WINDOW and not _joined(words, at):
                        yield Hit(ids, at, False)

    def nearest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Return names close to a text that was not understood.

        Parameters: text; limit, most names to give. Returns: names, the closest first.

        >>> Table([("tremor", "tremor")]).nearest("termor")
        ('tremor',)
        """
        close = process.extract(text.lower()[:80], self.shown.keys(), scorer=fuzz.WRatio, limit=12, score_cutoff=62)
        found: dict[str, str] = {}
        for name, _, _ in close:
            found.setdefault(self.shown[name], name)
        return tuple(found.values())[:limit]

    def spelled(self, words: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
        """Correct slips of the pen in long words; short words need to be exact.

        Parameters: words, tokens; known, further words that are right. Returns: tokens.

        >>> Table([("tremor", "tremor")]).spelled(("tremmor",), ())
        ('tremor',)
        """
        return tuple(word if word in self.words or word in known else self._near(word) for word in words)

    def _near(self, word: str) -> str:
        allowed = 0 if len(word) < 5 or not word.isalpha() else 1 if len(word) < 11 else 2
        if not allowed:
            return word
        near = [w for w in self.words if abs(len(w) - len(word)) <= allowed and len(w) >= 6 and w[:2] == word[:2]]
        score = [(DamerauLevenshtein.distance(word, w, score_cutoff=allowed), w) for w in near if likely_slip(word, w)]
        best = sorted(pair for pair in score if pair[0] <= allowed)
        return best[0][1] if best and (len(best) == 1 or best[0][0] < best[1][0]) else word


def _joined(words: Sequence[str], at: frozenset[int]) -> bool:
    """Whether another thought stands between the words of a name."""
    between = {words[i] for i in range(min(at), max(at)) if i not in at}
    return bool(between & {"and", "but", "or", "no", "not", "without", "then", "after"})


class Lexicon:
    """Every table of names that the reading of a record needs."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        measured = {row.finding for row in evidence.lab_findings.values()}  # read as laboratory results
        named = {id_: finding for id_, finding in evidence.findings.items() if id_ not in measured}
        finding_names = [*_names(named), *PSEUDO]
        self.findings = Table(finding_names, bags=True)
        self.sites = Table(_names(evidence.sites))
        self.qualifiers = Table(_names(evidence.qualifiers))
        self.risks = Table(
            (i, n) for i, n in _names(evidence.risks) if evidence.risks[i].kind not in ("age", "medicine")
        )
        self.tests = Table(_names(evidence.tests), bags=True)
        self.kinds = {id_: factor.kind for id_, factor in evidence.factors.items()}
        self.factors = {
            group: Table(_factor_names(evidence, group), bags=group == "history", many=1) for group in GROUPS
        }
        self.member: dict[tuple[str, ...], str] = {}
        for factor in evidence.factors.values():
            for member in factor.members:
                for name in (member.name, *member.brands):
                    self.member.setdefault((factor.id, *key_of(name)), member.name)
        self.known = self.sites.words | self.qualifiers.words | self.findings.words | COMMON

    @cached_property
    def recognised(self) -> Table:
        """Names that nothing depends on; built when a line is not understood otherwise."""
        return Table(_names(self._evidence.recognised), bags=True, many=1)

    def member_of(self, factor: str, words: Sequence[str]) -> str:
        """Return the ingredient that the words name within a class of medicines.

        Parameters: factor, id of the class; words, tokens. Returns: its name, or "".
        """
        return self.member.get((factor, *words), "")


GROUPS: dict[str, tuple[str, ...]] = {
    "medicine": ("medicine",),
    "supplement": ("supplement",),
    "history": ("condition", "procedure", "exposure"),
    "habit": ("habit", "diet"),
}
# words that are a finding only together with a place or a cause
PSEUDO = (
    ("?pain", "pain"),
    ("?pain", "painful"),
    ("?pain", "ache"),
    ("?pain", "hurts"),
    ("?pain", "sore"),
    ("?pain", "discomfort"),
    ("?swelling", "swelling"),
    ("?swelling", "puffy"),
    ("?heavy", "heaviness"),
    ("?heavy", "heavy feeling"),
    ("?pain", "deep pressure"),
    ("?pain", "pressure sensation"),
    ("?sensitive", "sensory signs"),
    *(
        ("?twitch", name)
        for name in ("pulses", "pulsates", "ticks", "dances", "hops", "jumps", "going crazy", "goes crazy")
    ),
    *(("?twitch", name) for name in ("flickers", "popping sensation", "pops away", "bounces", "thumps away")),
    *(
        ("?twitch", name)
        for name in ("jumping on its own", "moves by itself", "moving on its own", "beating by itself")
    ),
    *(("?lock", name) for name in ("seizes", "seizing up", "locks", "locking up", "knots", "in a knot", "contracts")),
    *(
        ("?nothing", name)
        for name in (
            "sleep paralysis",
            "nervous system",
            "muscle relaxant",
            "stress fracture",
            "stress test",
            "fit and well",
            "fit and healthy",
            "physically fit",
            "keeps fit",
            "weak evidence",
            *(
                "menstrual cramps",
                "period cramps",
                "menstrual pain",
                "period pain",
                "cerebral atrophy",
                "brain atrophy",
            ),
            *("optic atrophy", "cortical atrophy", "vaginal atrophy", "testicular atrophy", "skin atrophy"),
            *("optic disc pallor", "pale optic disc", "disc pallor", "pale stools", "pale nails"),
            *("cold sores", "cold sore", "pressure sore", "pressure sores"),
            "st depression",
            "st segment depression",
            "heart attack",
            "gone in sleep",
            "gone during sleep",
            "out energy drinks",
            "restless night",
            "hoffmann syndrome",
            "hoffmans syndrome",
            "spin class",
            "spinning class",
            "when tired",
            "if tired",
            "when fatigued",
            "when exhausted",
            "hair falling out",
            "hair falls out",
            "hair fall",
            "hair is falling",
            "teeth falling out",
            "hyperactive bowel sounds",
            "increased bowel sounds",
            "active bowel sounds",
            "fall asleep",
            "night falls",
            "pain killer",
            "weak evidence",
        )
    ),
)
COMMON = frozenset(
    key
    for text in (
        "after before since week month year day hour minute second normal stable better worse sometimes often while"
        " without present absent morning evening daily weekly known other another several little between within"
        " history family mother father brother sister patient because during started start stopped noticed report"
        " reported describe doctor hospital through against around under above below number first later again usual"
        " usually mainly mostly medication medicine tablet treatment treated therapy disease disorder syndrome clean"
        " cleaning opera cancel herein valid forum withdraw singular moral contractual stoppage"
    ).split()
    for key in tokens(text)
)


def _names(table: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Every name of every item: name, id in words, synonyms."""
    for rank in range(3):
        for id_, item in table.items():
            names = (getattr(item, "name", ""),), (id_.replace("_", " "),), tuple(getattr(item, "synonyms", ()))
            for name in names[rank]:
                yield id_, name


def _factor_names(evidence: Evidence, group: str) -> Iterable[tuple[str, str]]:
    chosen = {id_: factor for id_, factor in evidence.factors.items() if factor.kind in GROUPS[group]}
    for factor in chosen.values():
        for member in factor.members:
            for name in (member.name, *member.brands):
                yield factor.id, name
    yield from _names(chosen)


_CACHE: list[tuple[Evidence, Lexicon]] = []


def lexicon_of(evidence: Evidence) -> Lexicon:
    """Return the index for these facts; it is built once.

    Parameters: evidence, the curated facts. Returns: the index.

    >>> from twitchwise.evidence import load_evidence
    >>> lexicon_of(load_evidence()).findings.exact(("cramp",))
    ('muscle_cramps',)
    """
    for known, lexicon in _CACHE:
        if known is evidence:
            return lexicon
    _CACHE[:] = [(evidence, Lexicon(evidence)), *_CACHE[:3]]
    return _CACHE[0][1]
