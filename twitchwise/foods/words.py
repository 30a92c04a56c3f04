"""Words of foods as people write them: small letters, singular, one spelling, "without sugar" as one mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from twitchwise.evidence.load import DATA, read_toml

TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?\s?%|\d+[.,]\d+|\d+(?=(?:mg|mcg|ug|kg|iu|ml|cl|oz|kcal|g|l)\b)"
    r"|[^\W_]+|[,;()]"
)
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
ENDS = frozenset(",;()")
WITHOUT = frozenset({"without", "no", "non", "zero", "not", "minus", "sans"})
IRREGULAR = {"leaves": "leaf", "loaves": "loaf", "halves": "half", "calves": "calf", "geese": "goose", "mice": "mouse"}
MOST_FORMS = 100_000  # words; beyond that they are worked out again
LONGEST = 300  # letters of a query that are read; nobody names a food with more
Phrases = Mapping[
    str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
]  # first word -> (words, read as), longest first


@dataclass(frozen=True)
class Lexicon:
    """The lists of data/foods_words.toml, ready to look up."""

    phrases: Phrases
    stop: frozenset[str]
    measure: frozenset[str]
    then: frozenset[str]
    detail: frozenset[str]
    states: Mapping[str, float]
    descriptors: frozenset[str]
    shelves: frozenset[str]
    special: frozenset[str]
    eaten_cooked: frozenset[str]
    kinds: Mapping[str, tuple[str, ...]]
    apart: tuple[tuple[float, tuple[frozenset[str], ...]], ...]
    alone: Mapping[str, str]
    without: Mapping[str, frozenset[str]]  # tag -> words
    classes: Mapping[str, frozenset[str]]  # "fish" -> the groups of foods that it may be said after
    elsewhere: frozenset[str]


def singular(word: str) -> str:
    """Make one form of singular and plural, the same for both; it need not be a word.

    Parameters: word, small letters. Returns: the form.

    >>> [singular(w) for w in ("tomatoes", "berries", "cookie", "cookies", "leaves", "hummus", "peaches")]
    ['tomato', 'berry', 'cooky', 'cooky', 'leaf', 'hummus', 'peach']
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) > 5 and word.endswith(("oes", "ches", "shes", "xes", "sses", "zzes")):
        word = word[:-2]
    elif len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-2] + "y" if len(word) > 4 and word.endswith("ie") else word


def fold(text: str) -> str:
    """Take case, accents and apostrophes away.

    Parameters: text. Returns: the same words in plain small letters.

    >>> fold("Crème  brûlée, Kellogg's & Jalapeño")
    'creme  brulee, kellogg & jalapeno'
    """
    if not text.isascii():
        text = (
            text.replace("ß", "ss")
            .replace("œ", "oe")
            .replace("æ", "ae")
            .replace("ø", "o")
            .replace("’", "'")
            .replace("µ", "u")
            .replace("μ", "u")
        )
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.lower()
    return text.replace("'s", "").replace("'", "") if "'" in text else text


def _phrases(text: str) -> Phrases:
    """Read the lines "a b | d = c"."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for line in filter(None, text.splitlines()):
        left, _, right = line.partition("=")
        for one in left.split("|"):
            words = tuple(map(singular, one.split()))
            found.setdefault(words[0], []).append((words, tuple(map(singular, right.split()))))
    return {first: tuple(sorted(lines, key=lambda x: -len(x[0]))) for first, lines in found.items()}


@cache
def lexicon() -> Lexicon:
    """Read the lists of words once.

    Returns: the lists. Raises: EvidenceError when the file is damaged.

    >>> "boiled" in lexicon().states
    True
    """
    raw = read_toml(DATA / "foods_words.toml")

    def words(text: str) -> frozenset[str]:
        return frozenset(map(singular, text.split()))

    apart = tuple(
        (float(block["left"]), tuple(words(part) for part in one.split("|")))
        for block in raw["apart"]
        for one in block["sets"]
    )
    lists = {
        name: words(raw[name]["words"]) for name in ("descriptors", "shelves", "special", "eaten_cooked", "elsewhere")
    }
    plain = {name: words(raw[name]) for name in ("stop", "measure", "then", "detail")}
    kinds = {key: tuple(map(singular, text.split())) for key, text in raw["kinds"].items()}
    without = {tag: words(text) for tag, text in raw["without"].items()}
    classes = {singular(word): frozenset(groups.split()) for word, groups in raw["classes"].items()}
    return Lexicon(
        _phrases(raw["same"]),
        **plain,
        states=raw["states"],
        **lists,
        kinds=kinds,
        apart=apart,
        alone=raw["alone"],
        without=without,
        classes=classes,
    )


def _negations(words: Sequence[str], lex: Lexicon) -> list[str]:
    """Make one mark of "without added sugar", "no sugar", "sugar-free" and "sugar free"."""
    out: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        if word in WITHOUT:
            after = place + 1
            while after < len(words) and words[after] in ("added", "any", "extra"):
                after += 1
            if after < len(words) and words[after] not in ENDS:
                out.append("no_" + words[after])
                place = after + 1
                # "no salt added"
                place += place < len(words) and words[place] == "added"
                continue
        if word == "free" and out and out[-1] not in ENDS and words[place + 1 : place + 2] != ["range"]:
            if "_" not in out[-1]:
                out[-1] = "no_" + out[-1]
        else:
            out.append(word)
        place += 1
    return out


def _same(words: Sequence[str], phrases: Phrases, kept: list[str] | None = None) -> list[str]:
    """Read every phrase as what it means, the longest first; note in `kept` the words that were written."""
    out: list[str] = []
    place, stop = 0, lexicon().stop
    while place < len(words):
        for left, right in phrases.get(words[place], ()):
            if tuple(words[place : place + len(left)]) == left:
                out.extend(right)
                place += len(left)
                if kept is not None and "no_" not in " ".join((*left, *right)):
                    kept.extend([word for word in left if word not in stop])
                break
        else:
            out.append(words[place])
            place += 1
    return out


class _Forms(dict[str, str]):
    """The form of every word met, worked out once: an index has the same few thousand words over and over."""

    def __missing__(self, word: str) -> str:
        form = _number(word) if word[0].isdigit() else singular(word)
        if len(self) < MOST_FORMS:
            self[word] = form
        return form


FORMS = _Forms()


def _number(word: str) -> str:
    """Write a number in one way: "5,000" as 5000, "1,5 %" as 1.5%."""
    return word.replace(",", "" if THOUSANDS.fullmatch(word) else ".").replace(" ", "")


def tokens(text: str, kept: list[str] | None = None) -> list[str]:
    """Cut a text into words and the commas and brackets between them.

    Parameters: text, as a person or a table writes it; kept, where to note the words that are read as others.
    Returns: the words.

    >>> tokens("Yoghurt, low-fat (1.5 %), without added sugar")
    ['yogurt', ',', 'fat_low', '(', 'fat_half', ')', ',', 'no_sugar']
    """
    lex = lexicon()
    words = [FORMS[word] for word in TOKEN.findall(fold(text))]
    if "free" in words or not WITHOUT.isdisjoint(words):
        words = _negations(_same(words, {k: v for k, v in lex.phrases.items() if k == "fat"}), lex)
    if not lex.phrases.keys().isdisjoint(words):
        words = _same(words, lex.phrases, kept)
    return words


def spelt(text: str) -> list[str]:
    """Give the words of a text in singular but otherwise as they were written.

    Parameters: text. Returns: the words.

    >>> spelt("Sultanas, dried")
    ['sultana', 'dried']
    """
    return [singular(word) for word in TOKEN.findall(fold(text)) if word not in ENDS]


def sound(word: str) -> str:
    """Write a word roughly as it is heard, so that slips of the ear meet.

    Parameters: word, small letters. Returns: a key; equal for words that sound alike.

    >>> [sound(w) for w in ("zuchini", "zucchini", "cheeze", "cheese")]
    ['sakana', 'sakana', 'Sas', 'Sas']
    """
    word = re.sub(r"([bdfgkpstz])le$", r"\1el", word)
    quiet = len(word) > 4  # a last "e" is not heard: "keesh", "quiche"
    for old, new in SOUNDS:
        word = word.replace(old, new)
    word = re.sub(r"^[gk]n|gn(?=e?$)", "n", re.sub(r"^wr", "r", word))
    if quiet:
        word = re.sub(r"(?<=[^aeiouy])e$", "", word)
    word = re.sub(r"(?<=.)h", "", word)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]+", "a", word))


SOUNDS = (
    ("ight", "ite"),
    ("tch", "S"), ("cch", "k"), ("sch", "S"), ("cc", "k"), ("chi", "ki"), ("ch", "S"), ("sh", "S"), ("ph", "f"),
    ("gh", "g"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("kw", "k"), ("cae", "se"), ("ce", "se"), ("ci", "si"),
    ("cy", "sy"), ("c", "k"), ("x", "ks"), ("z", "s"), ("ts", "s"), ("j", "y"), ("mb", "m"),
)  # fmt: skip


def content(words: Iterable[str]) -> list[str]:
    """Leave out commas, brackets and words that say nothing.

    Parameters: words, of `tokens`. Returns: the words that say something.

    >>> content(tokens("a bowl of soup"))
    ['bowl', 'soup']
    """
    stop = lexicon().stop
    return [word for word in words if word not in ENDS and word not in stop]
