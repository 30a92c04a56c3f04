"""Every change that the plan may choose from: swaps within and between roles, additions, cutting down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from twitchwise.evidence.load import Evidence
from twitchwise.foods import COLUMN, Food, FoodTable, Portion
from twitchwise.foods.types import Array
from twitchwise.plan.day.eaten import DayFood, noun_of, steps, usual_portion
from twitchwise.plan.day.roles import Seen, look_at, suits, words_in
from twitchwise.plan.day.rules import Rules

Ints = npt.NDArray[np.intp]
Block = dict[str, Any]  # arrays of `Columns` by name

SWAP, ADD, LESS = 1.0, 1.25, 1.3  # what a change costs a person, in our own units
PER_100_KCAL = 0.1  # of energy moved
PER_100_G = 0.05
NEW_ROLE = 0.45  # a food of a kind that the person does not eat
NEW_FOOD = 0.12  # of a kind that they eat
LIKED = 0.4
UNLIKE = 0.3  # a swap within a role for a food whose name shares no word
MORE_PORTIONS = 0.12  # for each portion above the first
ADD_STEPS = (1.0, 2.0)
ROOMY = 2.0  # a limit this many times what is eaten is not reached by a food whose value is missing


@dataclass(frozen=True, slots=True)
class Columns:
    """The possible changes as arrays, one entry a change; `gain` is of the mean day."""

    source: Ints  # place in the day, -1 for an addition
    target: Ints  # row of the table, -1 for "less"
    taken: Array  # g of the first food, on a day
    given: Array  # g of the second food, on a day
    count: Array  # portions of the first food (of the second for an addition)
    share: Array  # of the days
    gain: Array  # (changes, nutrients): what surely changes; unknown = 0
    most: Array  # (changes, nutrients): what may change at most; infinite where the second food is not known
    cost: Array
    family: Ints  # of the food that comes in, -1 for "less"
    families: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.cost)

    def pick(self, places: Ints | npt.NDArray[np.bool_]) -> Columns:
        """Return some of the changes.

        Parameters: places, which. Returns: the same arrays, shorter.
        """
        ints = {name: getattr(self, name)[places] for name in ("source", "target", "family")}
        names = ("taken", "given", "count", "share", "gain", "most", "cost")
        return replace(self, **ints, **{name: getattr(self, name)[places] for name in names})


def matches(food: Food, words: frozenset[str], role: str, marks: frozenset[str]) -> bool:
    """Say whether a wish names a food: by its name, a synonym, its role or what it holds.

    Parameters: food; words of the wish; role and marks of the food. Returns: True when it does.
    """
    if not words:
        return False
    own = {role, *marks}
    return any(words <= words_in(text) for text in (food.name, *food.synonyms, *(o.replace("_", " ") for o in own)))


def eligible(table: FoodTable, rules: Rules, evidence: Evidence) -> tuple[Ints, Sequence[Seen]]:
    """Return the foods of a table that a plan for this person may name.

    Parameters: table; rules; evidence, the curated facts. Returns: rows of the table, and all that was seen.
    """
    seen, tagged = look_at(table, evidence)
    roles = evidence.day_roles
    disliked = [words_in(word) for word in rules.wishes.dislikes]
    liked = [words_in(word) for word in rules.wishes.likes]
    rows = []
    for row, (food, one) in enumerate(zip(table.foods, seen, strict=True)):
        if not one.ready or one.marks & rules.out or roles[one.role].most <= 0:
            continue
        if "unusual" in one.marks and not any(matches(food, words, one.role, one.marks) for words in liked):
            continue
        if any(not suits(one, food, wish, tagged, roles) for wish in rules.suits):
            continue
        if any(matches(food, words, one.role, one.marks) for words in disliked):
            continue
        rows.append(row)
    return np.array(rows, dtype=np.intp), seen


class Builder:
    """Builds the possible changes for one person and one table."""

    def __init__(self, table: FoodTable, day: Sequence[DayFood], rules: Rules, evidence: Evidence) -> None:
        self.table, self.day, self.rules, self.evidence = table, day, rules, evidence
        self.roles = evidence.day_roles
        self.rows, self.seen = eligible(table, rules, evidence)
        self.values = table.values[self.rows] / 100.0
        self.portions = [self._portion(row) for row in self.rows]
        self.families = tuple(dict.fromkeys(role.family or key for key, role in self.roles.items()))
        self.by_role: dict[str, list[int]] = {}
        for place, row in enumerate(self.rows):
            self.by_role.setdefault(self.seen[row].role, []).append(place)
        self.eaten_roles = {one.role for one in day}
        self.eaten_ids = {one.food.id for one in day}
        self.strange = self._strangeness()

    def _portion(self, row: int) -> Portion:
        return usual_portion(self.table.foods[row], self.roles.get(self.seen[row].role))

    def _strangeness(self) -> Array:
        """How far a food is from what the person eats and likes."""
        liked = [words_in(word) for word in self.rules.wishes.likes]
        found = np.zeros(len(self.rows))
        for place, row in enumerate(self.rows):
            food, one = self.table.foods[row], self.seen[row]
            if food.id not in self.eaten_ids:
                found[place] = one.plain + (NEW_FOOD if one.role in self.eaten_roles else NEW_ROLE)
            if any(matches(food, words, one.role, one.marks) for words in liked):
                found[place] = max(0.0, found[place] - LIKED)
        return found

    def _swap_roles(self, role: str) -> Iterator[tuple[str, float]]:
        yield role, 0.0
        for swap in self.evidence.day_swaps.values():
            if role in swap.gives:
                yield from ((other, swap.cost) for other in swap.takes if other != role)

    def build(self) -> Columns:
        """Return every change that no rule forbids by itself.

        Returns: the changes.
        """
        parts = [*self._swaps(), *self._additions()]
        if self.rules.fewer:
            parts += self._fewer()
        if not parts:
            return _empty(self.families)
        columns = Columns(**{k: np.concatenate([part[k] for part in parts]) for k in parts[0]}, families=self.families)
        columns = replace(columns, most=self._unknown(columns))
        return columns.pick(self._allowed(columns))

    def _unknown(self, columns: Columns) -> Array:
        """Say what an unknown amount may be: nothing where it could not matter, else without end."""
        most = columns.most.copy()
        held = [t >= 0 and self._may_hold_caffeine(self.seen[t]) for t in columns.target]
        for nutrient, limit in self.rules.high.items():
            line = most[:, COLUMN[nutrient]]
            harmless = np.isinf(line)
            if nutrient in ("caffeine", "alcohol"):
                harmless &= ~np.array(held, dtype=bool)
            elif nutrient == "energy" or limit < ROOMY * self.rules.before[nutrient] or nutrient in self.rules.never_up:
                continue
            line[harmless] = 0.0
        return most

    def _may_hold_caffeine(self, one: Seen) -> bool:
        return self.roles[one.role].drink or one.role == "sweet_snack"

    def _swaps(self) -> Iterator[Block]:
        for source, one in enumerate(self.day):
            if not one.changeable:
                continue
            for role, cost in self._swap_roles(one.role):
                places = [p for p in self.by_role.get(role, ()) if self.table.foods[self.rows[p]].id != one.food.id]
                for count in steps(one) if places else ():
                    yield self._block(source, np.array(places, dtype=np.intp), count, SWAP + cost)

    def _additions(self) -> Iterator[Block]:
        for role, places in self.by_role.items():
            if not self.roles[role].add or (self.roles[role].drink and not self.rules.more_drink):
                continue
            for count in ADD_STEPS:
                yield self._block(-1, np.array(places, dtype=np.intp), count, ADD)

    def _fewer(self) -> Iterator[Block]:
        for source, one in enumerate(self.day):
            if one.changeable and self.roles[one.role].cut:
                for count in steps(one):
                    yield self._block(source, np.array([-1], dtype=np.intp), count, LESS)

    def _block(self, source: int, places: Ints, count: float, cost: float) -> Block:
        """Changes of one food (or none) by the same number of portions into each of several foods."""
        size, nutrients = len(places), self.table.values.shape[1]
        one = self.day[source] if source >= 0 else None
        share = one.share if one is not None else 1.0
        taken = min(count * one.portion.grams, one.grams) if one is not None else 0.0
        lost = one.per_gram * taken if one is not None else np.zeros(nutrients)
        given, values, family, target = self._comes(one, places, count, taken)
        # an unknown amount brings nothing towards a target, and anything towards a limit
        gain = np.where(np.isnan(lost), np.minimum(0.0, 0.0 * values), np.nan_to_num(values) - np.nan_to_num(lost))
        gain = np.nan_to_num(gain) * share
        most = np.where(np.isnan(values), np.inf, values - np.nan_to_num(lost)) * share
        moved = np.abs(np.nan_to_num(values[:, COLUMN["energy"]])) + np.nan_to_num(lost[COLUMN["energy"]])
        paid = cost + moved / 100.0 * PER_100_KCAL + (given + taken) / 100.0 * PER_100_G
        paid = paid + MORE_PORTIONS * max(0.0, count - 1.0) + self._strange(one, places)
        return {
            "source": np.full(size, source, dtype=np.intp),
            "target": target,
            "taken": np.full(size, taken),
            "given": given,
            "count": np.full(size, count),
            "share": np.full(size, share),
            "gain": gain,
            "most": most,
            "cost": paid,
            "family": family,
        }

    def _comes(self, one: DayFood | None, places: Ints, count: float, taken: float) -> tuple[Array, Array, Ints, Ints]:
        """What comes in: its grams, what that holds, its family, its row of the table."""
        if places[0] < 0:
            return np.zeros(1), np.zeros((1, self.table.values.shape[1])), np.array([-1], dtype=np.intp), places
        given = np.array([self._given(one, p, count, taken) for p in places])
        roles = [self.roles[self.seen[self.rows[p]].role] for p in places]
        family = np.array([self.families.index(role.family or role.id) for role in roles], dtype=np.intp)
        return given, self.values[places] * given[:, None], family, self.rows[places]

    def _strange(self, one: DayFood | None, places: Ints) -> Array:
        """How far the new food is from what the person knows, and from the food that it stands in for."""
        if places[0] < 0:
            return np.zeros(1)
        unlike = [self._unlike(one, self.rows[p]) if one is not None else 0.0 for p in places]
        return np.asarray(self.strange[places] + UNLIKE * np.array(unlike))

    def _unlike(self, one: DayFood, row: int) -> float:
        """How little the names have in common: 0 = all words of the shorter one."""
        if self.seen[row].role != one.role:
            return 0.0
        old, new = words_in(one.food.name), words_in(self.table.foods[row].name)
        return 1.0 - len(old & new) / max(1, min(len(old), len(new)))

    def _given(self, one: DayFood | None, place: int, count: float, taken: float) -> float:
        """How much of the new food: as many of the same household measure, else as much, else as many helpings."""
        portion, row = self.portions[place], self.rows[place]
        role = self.roles[self.seen[row].role]
        if one is None:
            return count * portion.grams
        if role.drink:
            return taken
        if noun_of(portion.name)[1] == noun_of(one.portion.name)[1]:
            return taken / one.portion.grams * portion.grams
        if self.seen[row].role == one.role:
            return taken
        return max(1.0, round(count)) * portion.grams

    def _allowed(self, columns: Columns) -> npt.NDArray[np.bool_]:
        """Leave out what a rule forbids by itself."""
        keep = np.ones(len(columns), dtype=bool)
        for nutrient in self.rules.never_up:
            keep &= columns.most[:, COLUMN[nutrient]] <= 1e-9
        for nutrient, limit in self.rules.high.items():
            room = max(limit - self.rules.before[nutrient], 0.0)
            keep &= columns.most[:, COLUMN[nutrient]] <= room + self._slack(nutrient)
        most = np.array([self.roles[self.seen[t].role].most if t >= 0 else np.inf for t in columns.target])
        eaten: dict[str, float] = {}
        for one in self.day:
            eaten[one.role] = eaten.get(one.role, 0.0) + one.grams * one.share
        there = np.array([eaten.get(self.seen[t].role, 0.0) if t >= 0 else 0.0 for t in columns.target])
        same = np.array([s >= 0 and t >= 0 and self.day[s].role == self.seen[t].role for s, t in _pairs(columns)])
        after = there + columns.given * columns.share - np.where(same, columns.taken * columns.share, 0.0)
        if any(target.nutrient == "calcium" for target in self.rules.targets):
            keep &= ~np.array([t >= 0 and self._bound_calcium(self.seen[t]) for t in columns.target], dtype=bool)
        return np.asarray(keep & (after <= np.maximum(most, there) + 1e-9))

    def _bound_calcium(self, one: Seen) -> bool:
        """Greens with much oxalate: the body takes up little of their calcium, so they must not count for it."""
        return "oxalate" in one.marks and one.role in ("leafy", "vegetable", "fruit")

    def _slack(self, nutrient: str) -> float:
        """Another change may make room, so one alone may go over; what is not known may not."""
        return max(0.5 * self.rules.before[nutrient], 1.0) if nutrient not in self.rules.never_up else 0.0


def _pairs(columns: Columns) -> Iterator[tuple[int, int]]:
    return zip(columns.source.tolist(), columns.target.tolist(), strict=True)


def _empty(families: tuple[str, ...]) -> Columns:
    none, ints = np.zeros(0), np.zeros(0, dtype=np.intp)
    wide = np.zeros((0, len(COLUMN)))
    return Columns(ints, ints, none, none, none, none, wide, wide, none, ints, families)
