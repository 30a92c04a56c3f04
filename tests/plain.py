"""How easily a text reads, by one rule for all tests.

The rule is the Flesch-Kincaid grade: 0.39 x words a sentence + 11.8 x syllables a word - 15.59. A sentence ends at
`.`, `!` or `?`. Syllables are groups of vowels without a silent ending. Words in KNOWN_WORDS count as two syllables.
We keep our own count: no library is needed for three lines, and none lets us say which words everybody knows here.
"""

from __future__ import annotations

import re

GRADE = 8.0
SHORT = 8  # words: a shorter text has no grade worth the name, and is checked for hard words alone
STOP = re.compile(r"\b(stop|quit|come off|discontinue)\b[^.]*\b(medicine|tablet|drug|pill|statin|dose)")
# words that people in this situation know or that have no easier name: they count as two syllables
KNOWN_WORDS = set(
    """magnesium calcium potassium sodium vitamin vitamins thyroid phosphate bicarbonate creatine kinase
    methylmalonic homocysteine levothyroxine metformin medicine medicines doctor doctors supplements
    supplement antibiotic tetracycline quinolone pregnancy pregnant midwife caffeine alcohol emergency
    multivitamin pyridoxine digoxin injection injections potassium's antacids antacid denosumab minerals
    mineral pharmacy specialist nicotine oxide nitrous carbonate quinine prescriber laboratory kidney kidneys
    rehydration hormone ambulance operation urine motor neurone disease breathing experts europe's hundred
    thousand
    """.split()
)


def syllables(word: str) -> int:
    """Count the syllables of an English word, roughly."""
    word = word.lower()
    if word in KNOWN_WORDS:
        return 2
    if word.isdigit() or len(word) <= 3:
        return 1
    bare = re.sub(r"(?:[^laeiouy]es|[^aeiouy]ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", bare)))


def words_of(text: str) -> list[str]:
    """Take a text apart into words and figures."""
    return re.findall(r"[A-Za-z0-9']+", text)


def grade(text: str) -> float:
    """Flesch-Kincaid grade of a text."""
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", text)))
    words = words_of(text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


# medical words that have a plain one; they may stand only beside it, as in "muscle jerks (myoclonus)"
HARD = re.compile(
    r"\b(fascicul|para?esthes|hypocalc|hypomagn|hypokal|hyponat|hyperkal|hypercalc|hypernat|dysphag|dysarth|dyspn|"
    r"myoclon|carpoped|tetan(?:y|ic)|laryngosp|polyneurop|myopath|myalg|syncop|seizur|rhabdomyo|arrhythm|tachycard|"
    r"bradycard|atroph|spastic|ataxi|nystagm|ptosis|diplop|hyperreflex|hyporeflex|clonus|perioral|bulbar|idiopath|"
    r"iatrogen|a?etiolog|prognos|malignan|denervat|myokym|neuromyoton|palpitat|vertigo|o?edema|polyuri|prurit|"
    r"contraindic|intravenous|subcutan|renal|hepatic|pulmonary|cerebral|ischa?em|thrombos|incontinen|diuretic|placebo|"
    r"toxicit|titre|hypertens|hypotens|psychos|cardiac|ioni[sz]ed|analyte|dysfunction|exacerbat|aggravat|"
    r"administer|paediatric|maternity|posterior|anterior|lesion|resection)\w*",
    re.IGNORECASE,
)
BESIDE = re.compile(r"^(?:\W?[\w'-]+){0,2} ?\(|^,? (?:that is|or|which)\b")


def hard_words(text: str) -> list[str]:
    """Medical words of a text that stand there without a plain word beside them."""
    found = []
    for hit in HARD.finditer(text):
        before, after = text[: hit.start()], text[hit.end() :]
        inside = before.count("(") > before.count(")")
        named = re.search(r"\bdoctors call|\bcalled\b", before.rpartition(". ")[2], re.IGNORECASE)
        if not (inside or named or BESIDE.match(after)):
            found.append(hit[0])
    return found
