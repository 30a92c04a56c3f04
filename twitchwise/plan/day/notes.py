"""What is said beside the plan: spacing, what a medicine needs steady, what the diary cannot tell, odd wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from twitchwise.diet.types import DietReading
from twitchwise.evidence.day_types import DayNote
from twitchwise.foods import FoodTable
from twitchwise.plan.day.columns import matches
from twitchwise.plan.day.roles import look_at, words_in
from twitchwise.plan.day.rules import Rules, name_of
from twitchwise.plan.day.types import After, Change
from twitchwise.plan.day.words import HONEST
from twitchwise.plan.situation import Situation
from twitchwise.plan.when import applies

RISE = 0.03  # share of a target from which a nutrient counts as raised
COVERED = 0.8
LISTED = 4


def notes_for(
    situation: Situation, reading: DietReading, table: FoodTable, changes: Sequence[Change], found: Sequence[After]
) -> tuple[str, ...]:
    """Gather the sentences beside a plan.

    Parameters: situation, the person; reading; table; changes; found, nutrients before and after. Returns: sentences.
    """
    seen, _ = look_at(table, situation.evidence)
    brought: set[str] = set()
    for change in changes:
        if change.to_food:
            one = seen[table.row[change.to_food]]
            brought |= {one.role, *one.marks}
    raised = {one.nutrient for one in found if one.after - one.before > RISE * (one.target or one.before or 1.0)}
    said = [note.text for note in situation.evidence.day_notes.values() if _fits(situation, note, raised, brought)]
    return (HONEST, *_about_diary(situation, reading, found), *said)


def _fits(situation: Situation, note: DayNote, raised: set[str], brought: set[str]) -> bool:
    if not applies(situation, note.when):
        return False
    if note.raises and not raised & set(note.raises):
        return False
    return not note.brings or bool(brought & set(note.brings))


def _about_diary(situation: Situation, reading: DietReading, found: Sequence[After]) -> list[str]:
    notes = []
    energy = next((one.before for one in found if one.nutrient == "energy"), 0.0)
    if energy < situation.evidence.day_rules["low_diary"].value.value:
        notes.append("This diary holds little food for a day. If a meal is missing, add it first.")
    lost = [one.said or one.line.text for one in reading.eaten if one.sure == "none"]
    if lost:
        notes.append(f"Not understood and left out: {'; '.join(lost[:LISTED])}{' ...' if len(lost) > LISTED else ''}.")
    if reading.basis == "screen":
        notes.append("This rests on a few questions, not on a diary. Take the amounts as rough.")
    for one in found:
        intake = reading.intakes.get(one.nutrient)
        if one.wanted and intake is not None and intake.coverage < COVERED:
            share, name = round(100 * intake.coverage), name_of(situation, one.nutrient)
            notes.append(f"The {name} of only {share} % of your food is known. You may get more than shown.")
    return notes


def wish_notes(situation: Situation, table: FoodTable, rules: Rules) -> tuple[str, ...]:
    """Say which wishes name no food, and which likes are ruled out by something else.

    Parameters: situation, the person; table; rules. Returns: sentences.
    """
    seen, _ = look_at(table, situation.evidence)
    notes = []
    for kind, wishes in (("like", rules.wishes.likes), ("dislike", rules.wishes.dislikes)):
        for wish in wishes:
            said = words_in(wish)
            hits = [s for f, s in zip(table.foods, seen, strict=True) if matches(f, said, s.role, s.marks)]
            if not hits:
                notes.append(f'No food here is called "{wish}", so this wish changed nothing.')
            elif kind == "like" and all(s.marks & rules.out for s in hits):
                held = Counter(m for s in hits for m in sorted(s.marks & rules.out)).most_common(1)[0][0]
                name = situation.evidence.day_marks[held].name
                notes.append(f'You like "{wish}", but it is kept out here ({name}).')
    return tuple(notes)
