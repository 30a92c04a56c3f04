"""The plan of the day: from what a person eats to the smallest change that reaches the targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from twitchwise.diet.types import DietReading
from twitchwise.errors import RecordError
from twitchwise.evidence.types import Cite
from twitchwise.foods import COLUMN, Food, FoodTable, Portion
from twitchwise.foods.nutrients import UNITS
from twitchwise.foods.types import Array
from twitchwise.plan.day import words
from twitchwise.plan.day.columns import Builder, Columns
from twitchwise.plan.day.eaten import DayFood, mean_day, usual_portion
from twitchwise.plan.day.model import Chosen, choose
from twitchwise.plan.day.notes import notes_for, wish_notes
from twitchwise.plan.day.roles import RULED_OUT, look_at
from twitchwise.plan.day.rules import Rules, limit_of, make_rules, name_of, without_wish
from twitchwise.plan.day.types import After, Change, DayPlan, InTheWay, Kind, Outcome, Wishes
from twitchwise.plan.situation import Situation
from twitchwise.plan.when import applies

MOST_CHANGES = 8
PATIENCE = 100_000  # sets to look at in each trial
MOST_TRIALS = 6  # wishes that are dropped one at a time
NEAR = 0.01  # a target is reached from here on, as a share of it
SHOWN = ("energy", "sodium", "caffeine")
FLAVOUR = {"dislikes": "no {}", "without": "without {}", "suits": "{}"}
INFANT_UNDER = 2.0  # years: what a baby eats is no matter for swaps
INFANT = "What a baby eats is for the people who know the child. Ask your doctor or health visitor."
CAN_LEAVE_OUT = "gluten nuts peanut milk lactose egg fish shellfish soy sesame pork meat alcohol".split()
ALSO_CALLED = {"dairy": "milk", "soya": "soy", "nut": "nuts", "peanuts": "peanut", "eggs": "egg", "wheat": "gluten"}
FIRST_HELP = "Get help first. What to eat can wait."
UNSURE = "Nothing is clearly short by what you told. A food diary of a few days can tell more."
ENOUGH = "By this diary nothing that food can change is short. Keep eating as you do."


def understood(wishes: Wishes) -> Wishes:
    """Read what is to be left out in our own words; who avoids nuts avoids peanuts too.

    Parameters: wishes. Returns: the same wishes.

    >>> understood(Wishes(without=("dairy", "nuts"))).without
    ('milk', 'nuts', 'peanut')
    """
    found = [ALSO_CALLED.get(word.lower(), word.lower()) for word in wishes.without]
    found += ["peanut"] if "nuts" in found else []
    return replace(wishes, without=tuple(dict.fromkeys(found)))


def check(wishes: Wishes) -> None:
    """Refuse wishes that cannot be understood.

    Parameters: wishes. Raises: RecordError, saying what can be used.

    >>> check(Wishes(suits=("vegan",)))
    """
    for word in wishes.without:
        if word not in CAN_LEAVE_OUT:
            known = ", ".join(CAN_LEAVE_OUT)
            raise RecordError(f"without {word!r}: the plan cannot leave that out. Use one of: {known}.")
    for word in wishes.suits:
        if word not in RULED_OUT:
            raise RecordError(f"{word!r} is no way of eating that is known here. Use one of: {', '.join(RULED_OUT)}.")
    if not 0 <= wishes.max_changes <= MOST_CHANGES:
        raise RecordError(f"changes: {wishes.max_changes} is too few or too many. Use 0 to {MOST_CHANGES}.")


def day_plan(
    situation: Situation, reading: DietReading, table: FoodTable, wishes: Wishes | None = None, sun: str = ""
) -> DayPlan:
    """Find the smallest change of a person's own day that reaches the targets.

    Parameters: situation, the person; reading, what they eat; table, the foods to choose from; wishes; sun, a sentence
    about vitamin D from the sun, or "". Returns: the plan, or why there is none. Raises: RecordError for bad wishes.
    """
    wishes = understood(wishes or Wishes())
    check(wishes)
    if stop := _first_of_all(situation):
        return DayPlan("withheld", notes=(stop,))
    rules = make_rules(situation, reading, wishes)
    if not rules.targets and not rules.ease:
        return _nothing(situation, reading, rules, sun)
    day = mean_day(reading, situation.evidence)
    columns = Builder(table, day, rules, situation.evidence).build()
    chosen = choose(columns, rules)
    found = _afters(situation, reading, rules, columns, chosen)
    changes = tuple(_change(situation, day, table, columns, p, found) for p in chosen.places)
    way = _in_the_way(situation, day, table, rules, found) if any(_short(one) for one in found) else ()
    plan = DayPlan(
        _outcome(changes, found),
        _ordered(changes),
        found,
        notes=notes_for(situation, reading, table, changes, found),
        refused=rules.refused,
        in_the_way=way,
        effort=chosen.effort,
        cites=_cites(rules, changes),
        sun=sun,
    )
    plan = replace(plan, notes=(*plan.notes, *wish_notes(situation, table, rules)))
    return plan if _amounts(situation) else _without_amounts(plan)


def _first_of_all(situation: Situation) -> str:
    """Say why no plan is made at all, "" where one is."""
    if situation.triage.level == "emergency":
        return FIRST_HELP
    return INFANT if situation.obs.age is not None and situation.obs.age < INFANT_UNDER else ""


def _amounts(situation: Situation) -> bool:
    """Say whether amounts may be named: not under 16, in pregnancy, or with an eating disorder."""
    return not situation.no_doses and "eating_disorder" not in situation.obs.tags


def _nothing(situation: Situation, reading: DietReading, rules: Rules, sun: str) -> DayPlan:
    outcome: Outcome = "withheld" if rules.refused else "nothing_to_change"
    found = _afters(situation, reading, rules, None, None)
    team = situation.evidence.day_notes["kidney_team"]
    notes = (words.HONEST, *([team.text] if applies(situation, team.when) else []))
    notes = notes if rules.refused else (*_enough(situation, reading, rules), *notes)
    plan = DayPlan(outcome, nutrients=found, notes=notes, refused=rules.refused, sun=sun)
    return plan if _amounts(situation) else replace(plan, nutrients=())


def _enough(situation: Situation, reading: DietReading, rules: Rules) -> tuple[str, ...]:
    """Say that nothing is short, and of what a diary cannot tell."""
    open_ = [
        name_of(situation, nutrient)
        for nutrient, one in reading.adequacies.items()
        if one.verdict == "cannot_say" and one.target is not None and rules.before.get(nutrient, 0.0) < one.target
    ]
    if not open_:
        return (ENOUGH,)
    listed = f"{', '.join(open_[:-1])} and {open_[-1]}" if len(open_) > 1 else open_[0]
    return (UNSURE, f"Of {listed} this cannot be told from what you eat.")


def _outcome(changes: Sequence[Change], found: Sequence[After]) -> Outcome:
    if not changes:
        return "no_plan"
    return "partial" if any(_short(one) for one in found) else "plan"


def _short(one: After) -> bool:
    return one.wanted and one.target is not None and one.missing > NEAR * one.target


def _without_amounts(plan: DayPlan) -> DayPlan:
    """Leave a list of foods: no grams, no counts, nothing to cut down."""
    ideas = tuple(words.idea(change) for change in plan.changes if change.kind != "less")
    outcome: Outcome = "foods_only" if ideas else "no_plan"
    return DayPlan(outcome, ideas=ideas, notes=plan.notes, refused=plan.refused, cites=plan.cites, sun=plan.sun)


def _ordered(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Swaps first, then additions, then less; each in the order of the day."""
    rank = {"swap": 0, "add": 1, "less": 2}
    return tuple(sorted(changes, key=lambda one: (rank[one.kind], one.from_name, one.to_name)))


def _afters(
    situation: Situation, reading: DietReading, rules: Rules, columns: Columns | None, chosen: Chosen | None
) -> tuple[After, ...]:
    places = list(chosen.places) if chosen is not None else []
    gain = columns.gain[places].sum(axis=0) if columns is not None and places else np.zeros(len(UNITS))
    wanted = {target.nutrient: target for target in rules.targets}
    found = []
    for nutrient, unit in UNITS.items():
        adequacy = reading.adequacies.get(nutrient)
        if adequacy is None and nutrient not in SHOWN and nutrient not in rules.high:
            continue
        before = rules.before[nutrient]
        target = adequacy.target if adequacy is not None else None
        limit = rules.ease.get(nutrient, limit_of(situation, reading, nutrient))
        name = adequacy.target_name if adequacy is not None else ""
        after = before + float(gain[COLUMN[nutrient]])
        found.append(After(nutrient, unit, before, after, target, name, limit, nutrient in wanted))
    return tuple(found)


def _change(
    situation: Situation, day: Sequence[DayFood], table: FoodTable, columns: Columns, place: int, found: Sequence[After]
) -> Change:
    source, target = int(columns.source[place]), int(columns.target[place])
    one, food = day[source] if source >= 0 else None, table.foods[target] if target >= 0 else None
    given, taken = float(columns.given[place]), float(columns.taken[place])
    kind: Kind = "less" if food is None else "add" if one is None else "swap"
    gain = {n: float(columns.gain[place, k]) for n, k in COLUMN.items()}
    count = taken / one.portion.grams if one is not None else 0.0
    text = words.sentence(kind, one, (count, taken), _new(situation, table, target, given))
    brought = words.effects(gain, *_matters(situation, found))
    old_name, new_name = (words.plain_name(f) if f is not None else "" for f in (one.food if one else None, food))
    return Change(
        kind,
        f"{text}: {brought}." if brought else f"{text}. This makes room for the rest.",
        *(one.food.id if one else "", old_name, taken),
        *(food.id if food else "", new_name, given),
        float(columns.share[place]),
        gain,
        columns.families[columns.family[place]] if food is not None else "",
        tuple(dict.fromkeys(f.cite for f in (one.food if one else None, food) if f is not None)),
    )


def _new(situation: Situation, table: FoodTable, row: int, grams: float) -> tuple[Food, Portion, float] | None:
    if row < 0:
        return None
    seen, _ = look_at(table, situation.evidence)
    food = table.foods[row]
    return food, usual_portion(food, situation.evidence.day_roles[seen[row].role]), grams


def _matters(situation: Situation, found: Sequence[After]) -> tuple[list[After], dict[str, str]]:
    """Nutrients that a change is told with: those to reach, and those that are too much."""
    wanted = [one for one in found if one.wanted or (one.limit is not None and one.before > one.limit)]
    return wanted, {one.nutrient: name_of(situation, one.nutrient) for one in wanted}


def _in_the_way(
    situation: Situation, day: Sequence[DayFood], table: FoodTable, rules: Rules, found: Sequence[After]
) -> tuple[InTheWay, ...]:
    """Drop one wish at a time and see which gap closes; what the record rules out is no wish and stays."""
    gaps = {one.nutrient: one.missing / (one.target or 1.0) for one in found if _short(one)}
    trials = [(kind, word, without_wish(rules, kind, word)) for kind, word in rules.wishes.parts()]
    if rules.wishes.max_changes < 4:
        more = replace(rules.wishes, max_changes=4)
        trials.append(("max_changes", str(rules.wishes.max_changes), replace(rules, wishes=more)))
    result = []
    for kind, word, other in trials[:MOST_TRIALS]:
        columns = Builder(table, day, other, situation.evidence).build()
        chosen = choose(columns, other, PATIENCE)
        gain = columns.gain[list(chosen.places)].sum(axis=0) if chosen.places else np.zeros(len(UNITS))
        closes = tuple(n for n in gaps if _closes(n, gaps[n], other, gain))
        if closes:
            result.append(_way(situation, kind, word, closes))
    return tuple(result)


def _closes(nutrient: str, gap: float, rules: Rules, gain: Array) -> bool:
    target = next(t.amount for t in rules.targets if t.nutrient == nutrient)
    after = rules.before[nutrient] + float(gain[COLUMN[nutrient]])
    return max(0.0, target - after) / target < gap - max(NEAR, 0.1 * gap)


def _way(situation: Situation, kind: str, word: str, closes: Sequence[str]) -> InTheWay:
    names = " and ".join(name_of(situation, n) for n in closes)
    if kind == "max_changes":
        text = f"With more than {word} change{'s' if word != '1' else ''}, more of the gap in {names} would close."
        return InTheWay("max_changes", text, tuple(closes))
    wish = FLAVOUR[kind].format(word)
    text = f'Your wish "{wish}" stands in the way. Without it, more of the gap in {names} would close.'
    text += " The choice is yours."
    return InTheWay(wish, text, tuple(closes))


def _cites(rules: Rules, changes: Sequence[Change]) -> tuple[Cite, ...]:
    foods = [cite for change in changes for cite in change.cites]
    targets = [cite for target in rules.targets for cite in target.cites]
    return tuple(dict.fromkeys([*foods, *targets]))
