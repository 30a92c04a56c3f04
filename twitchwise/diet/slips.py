"""Slips of the pen in a diary line, put right before it is taken apart: "teaspons", "sandwhich", "magnesum"."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from twitchwise.diet.amounts import measure_ids
from twitchwise.foods.types import FoodTable
from twitchwise.foods.words import lexicon, singular

SHORTEST = 5  # letters; shorter words have too many neighbours
LONG = 8  # letters from which two slips are allowed
OFTEN = 2  # a name's word that stands in fewer names is no target: the search weighs those by itself
NUTRIENTS = """magnesium calcium potassium sodium vitamin vitamins multivitamin iron zinc selenium iodine folic folate
thiamine caffeine omega glycinate citrate oxide malate chloride carbonate creatine collagen melatonin probiotic
electrolyte tablet capsule supplement biotin turmeric""".split()
# everyday words that are one slip away from a food or a measure
PLAIN = frozenset(
    """about after again along around before between bottom could cooked dinner during early either every extra felt
    first great green group heavy home house later least little local lunch mixed morning night other party place plain
    quick quite right round served shared small snack some still table taken their there these thing think third today
    total under until usual walked walking water weight where which while white whole woman would grams serve
    starter though through without within brand brands brown black bought weighed skipped leftover leftovers homemade
    office school train friend friends birthday sliced minced mashed boiled fried baked roast roasted grilled toasted
    steamed poached sprinkled drizzled topped smoked stewed breakfast supper afternoon evening afters
    dipping""".split()
)
_WORD = re.compile(r"(?<![\w'-])[a-z]{5,}(?![\w'-])")


class Mender:
    """The words that a diary line may hold, from the names of some foods and from our own lists."""

    def __init__(self, tables: tuple[FoodTable, ...]) -> None:
        names = {n for table in tables for food in table.foods for n in (food.name, *food.synonyms)}
        counts = Counter(word for name in names for word in set(re.findall(r"[a-z]+", name.lower())))
        lex = lexicon()
        known = {*counts, *PLAIN, *NUTRIENTS, *lex.states, *lex.descriptors, *lex.detail}
        ours = {word for name in measure_ids() for word in name.split() if word.isalpha()}
        self.known = frozenset(known | ours)
        often = {word for word, count in counts.items() if count >= OFTEN}
        self.targets = sorted(w for w in often | ours | {*NUTRIENTS} if len(w) >= SHORTEST)
        self.counts = counts
        self.slips = _listed_slips(tables, counts)
        self.mend = lru_cache(maxsize=4096)(self._mend)

    def _mend(self, text: str) -> str:
        """Put the slips of a line right.

        Parameters: text, of `plain`. Returns: the text; a word that is no likely slip of another stays.
        """
        return _WORD.sub(lambda found: self._word(found.group()), text)

    def _word(self, word: str) -> str:
        if word in self.slips:
            return self.slips[word]
        if word in self.known or singular(word) in self.known or word + "s" in self.known:
            return word
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= LONG else 1
        near = process.extract(word, self.targets, scorer=OSA.distance, score_cutoff=slips, limit=8)
        like = [(slip, -self.counts[other], other) for other, slip, _ in near if _like(word, other)]
        return min(like)[2] if like else word


def _listed_slips(tables: tuple[FoodTable, ...], counts: Counter[str]) -> dict[str, str]:
    """The slips that the table lists as synonyms: a rare word of a food beside a frequent one that is spelt nearly so.

    In a longer name the slip is not listed, so it is put right as a word.
    """
    from rapidfuzz.distance import OSA

    found: dict[str, str] = {}
    for food in (food for table in tables for food in table.foods if food.synonyms):
        name = set(re.findall(r"[a-z]+", food.name.lower()))
        words = name.union(*(re.findall(r"[a-z]+", one.lower()) for one in food.synonyms))
        long = [word for word in words if len(word) > SHORTEST and word not in PLAIN and word not in measure_ids()]
        for word in long:
            near = [o for o in long if counts[o] > 2 * counts[word] and _like(word, o) and not _ending(word, o)]
            right = next((o for o in near if OSA.distance(word, o, score_cutoff=1) <= 1), None)
            if right and counts[word] <= OFTEN and word not in name:
                found[word] = right
    return found


def _ending(word: str, other: str) -> bool:
    """Words that differ in their last letters only are two forms of a word: pickles, pickled."""
    shorter = min(len(word), len(other)) - 1
    return singular(word) == singular(other) or word[:shorter] == other[:shorter]


def _like(word: str, other: str) -> bool:
    """A slip keeps the first letter, or swaps it with the second."""
    return word[0] == other[0] or word[1::-1] == other[:2]
