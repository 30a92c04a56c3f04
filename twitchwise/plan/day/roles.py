"""What part a food plays in a meal, what it holds and whom it suits: from its tags, or from the words of its name."""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from twitchwise.evidence.day_types import Mark, Role
from twitchwise.evidence.load import Evidence
from twitchwise.foods import Food, FoodTable, curated
from twitchwise.foods.words import fold, singular

WORD = re.compile(r"[a-z]+")
SHOUT = re.compile(r"\b[A-Z][A-Z'&]{3,}\b")  # brands stand in capitals in official tables
NEVER = "never"
ODD_GROUPS = ("baby", "spice", "american indian", "restaurant", "fast food", "meals, entrees", "supplement")
OTHER_NAMES = {"contains_nuts": "nuts", "lactose": "lactose", "meat": "meat"}
EATEN_COOKED = frozenset(
    "meat processed_meat fish shellfish egg milk pulses grain potato green_veg_bean soy_food".split()
)
NOT_READY = frozenset("powder powdered unprepared concentrate mix dehydrated unheated".split())
RAW = frozenset("raw dry dried uncooked frozen".split())
NO_ANIMALS = ("meat", "fish", "shellfish", "milk", "lactose", "egg", "organ", "pork")
RULED_OUT: Mapping[str, tuple[str, ...]] = {
    "vegan": NO_ANIMALS,
    "vegetarian": ("meat", "fish", "shellfish", "organ", "pork"),
    "halal": ("pork", "alcohol"),
    "kosher": ("pork", "shellfish"),
}
SLAUGHTER = {"halal": "halal_cut", "kosher": "kosher_cut"}

Phrase = frozenset[str]


@lru_cache(maxsize=16384)
def words_in(text: str) -> frozenset[str]:
    """Take a name apart into its words, in the singular.

    Parameters: text. Returns: the words.

    >>> sorted(words_in("Bread, whole-wheat; slices"))
    ['bread', 'slice', 'wheat', 'whole']
    """
    return frozenset(map(singular, WORD.findall(fold(text))))


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(words_in(text) for text in texts)


def _stands(phrases: Iterable[Phrase], words: frozenset[str]) -> bool:
    return any(phrase <= words for phrase in phrases)


class _Reader:
    """Finds the roles or marks whose words stand in a name; asked by the rarest word, so that it stays fast."""

    def __init__(self, ones: Iterable[Role | Mark]) -> None:
        self.order: list[str] = []
        self.without: list[tuple[Phrase, ...]] = []
        self.by_word: dict[str, list[tuple[int, Phrase]]] = {}
        for place, one in enumerate(ones):
            self.order.append(one.id)
            self.without.append(_phrases(one.without))
            for phrase in _phrases(one.words):
                self.by_word.setdefault(max(sorted(phrase), key=len), []).append((place, phrase))

    def find(self, words: frozenset[str]) -> Sequence[str]:
        """Return the ids that fit, in order."""
        places = {place for word in words for place, phrase in self.by_word.get(word, ()) if phrase <= words}
        return [self.order[place] for place in sorted(places) if not _stands(self.without[place], words)]


@dataclass(frozen=True, slots=True)
class Seen:
    """A food as the plan sees it."""

    role: str  # "" when no role fits
    marks: frozenset[str]
    plain: float  # 0 = everybody knows it; more = less usual
    ready: bool  # can be eaten as it is, so that a plan may name it


class Readers:
    """Reads roles and marks of foods; made once for each set of facts."""

    def __init__(self, evidence: Evidence) -> None:
        self.roles = evidence.day_roles
        self.marks = evidence.day_marks
        self._role_reader = _Reader(self.roles.values())
        self._mark_reader = _Reader(self.marks.values())
        self._needs = {key: _phrases(role.needs) for key, role in self.roles.items()}
        self._rest = {group: key for key, role in self.roles.items() for group in role.rest}
        self._shelves = {key: shelf.group for key, shelf in evidence.day_shelves.items()}
        self._gated = {group for role in self.roles.values() for group in (*role.groups, *role.rest)}

    @cached_property
    def known(self) -> frozenset[str]:
        """Rows of official tables that a curated food stands on: foods that everybody knows."""
        return frozenset(food.origin for food in curated().foods)

    def role_of(self, food: Food) -> tuple[str, bool]:
        """Say which part a food plays.

        Parameters: food. Returns: id of a role, or ""; whether its name says so, not its group alone.
        """
        if "supplement" in food.tags:
            return NEVER, True
        if "alcohol" in food.tags and "drink" in food.tags:
            return "alcohol", True
        group = self._shelves.get(food.group.lower(), food.group)
        gated = group in self._gated
        for key in self._role_reader.find(words_in(food.name)):
            groups = self.roles[key].groups
            if not gated or not groups or group in groups:
                return key, True
        return self._rest.get(group, ""), False

    def marks_of(self, food: Food, role: str, tagged: bool) -> frozenset[str]:
        """Say what a food holds: its tags, the words of its name and, without tags, what such foods hold.

        Parameters: food; role, its role; tagged, whether its table tells. Returns: ids of marks.
        """
        found = {OTHER_NAMES.get(tag, tag) for tag in food.tags}
        found |= set(self._mark_reader.find(words_in(food.name)))
        if not tagged and role in self.roles:
            found |= set(self.roles[role].holds)
        return frozenset(found)

    def see(self, food: Food, tagged: bool) -> Seen:
        """Look at a food of a table.

        Parameters: food; tagged, whether its table has tags. Returns: what the plan needs to know.
        """
        role, named = self.role_of(food)
        marks = self.marks_of(food, role, tagged)
        odd = any(group in food.group.lower() for group in ODD_GROUPS) or SHOUT.search(food.name) is not None
        known = tagged or food.origin in self.known
        words = words_in(food.name)
        raw = bool(words & NOT_READY) or (role in EATEN_COOKED and bool(words & RAW))
        ready = role not in ("", NEVER) and not raw and not marks & {"dish", "supplement"} and (known or not odd)
        ready = ready and (named or role == "water")
        needs = self._needs.get(role, ())
        if not tagged and needs:
            ready = ready and _stands(needs, words)
        plain = (0.0 if known else 0.25) + (0.0 if tagged else 0.04 * len(words)) + 0.7 * ("unusual" in marks)
        return Seen(role, marks, plain, ready)


def suits(seen: Seen, food: Food, wish: str, tagged: bool, roles: Mapping[str, Role]) -> bool:
    """Say whether a food suits a way of eating; what is not known to suit does not.

    Parameters: seen, food; wish, "vegan"; tagged, whether the table tells; roles, by id. Returns: True when it does.
    """
    if tagged:
        return wish in food.tags or SLAUGHTER.get(wish, wish) in food.tags
    if seen.marks & set(RULED_OUT.get(wish, ())):
        return False
    return seen.role in roles and wish in roles[seen.role].suits


_READERS: dict[str, Readers] = {}
_SEEN: dict[int, tuple[weakref.ref[FoodTable], Sequence[Seen], bool]] = {}


def readers(evidence: Evidence) -> Readers:
    """Return the readers for a set of facts, the same each time.

    Parameters: evidence, the curated facts. Returns: the readers.
    """
    key = str(evidence.root)
    if key not in _READERS:
        _READERS[key] = Readers(evidence)
    return _READERS[key]


def look_at(table: FoodTable, evidence: Evidence) -> tuple[Sequence[Seen], bool]:
    """Look at every food of a table once.

    Parameters: table; evidence, the curated facts. Returns: what was seen, row by row; whether the table has tags.

    >>> from twitchwise.evidence.load import load_evidence
    >>> seen, tagged = look_at(curated(), load_evidence())
    >>> seen[curated().row["almonds"]].role
    'nuts'
    """
    kept = _SEEN.get(id(table))
    if kept is not None and kept[0]() is table:
        return kept[1], kept[2]
    tagged = any(food.tags for food in table.foods)
    reader = readers(evidence)
    seen = tuple(reader.see(food, tagged) for food in table.foods)
    _SEEN[id(table)] = weakref.ref(table), seen, tagged
    return seen, tagged
