"""Text made comparable: case, spelling, plurals and endings, so that people and doctors meet in one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans(
    {
        "’": "",
        "'": "",
        "‘": "",
        "`": "",
        '"': " ",
        "“": " ",
        "”": " ",
        "–": "-",
        "—": "; ",
        "−": "-",
        "‑": "-",
        "µ": "u",
        "μ": "u",
        "×": "x",
        "·": ".",
        "½": ".5",
        "¼": ".25",
        "°": " ",
    }
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:\d+[a-z]*)*|[,;.()]|[/+%<>=&]")
BREAKS = frozenset(",;.()")
FILLERS = frozenset(
    "the a an my his her its their our your of i he she they that this these those is are was were be been".split()
)
_LEFT_OUT = FILLERS | BREAKS
# words that are left whole or have an odd form; the left side is after plural and spelling changes
_WHOLE = {
    "calves": "calf",
    "feet": "foot",
    "halves": "half",
    "teeth": "tooth",
    "knives": "knife",
    "lives": "life",
    "wasted": "wast",
    "wasting": "wast",
    "waste": "wast",
    "worse": "worse",
    "worsening": "worse",
    "worsened": "worse",
    "during": "during",
    "evening": "evening",
    "morning": "morning",
    "nothing": "nothing",
    "something": "something",
    "being": "being",
    "thing": "thing",
    "things": "thing",
    "spring": "spring",
    "string": "string",
    "bleeding": "bleed",
    "breathing": "breath",
    "breathe": "breath",
    "breath": "breath",
    "breathless": "breathless",
    "spine": "spine",
    "shaking": "shak",
    "shakes": "shak",
    "shake": "shak",
    "shaky": "shak",
    "shook": "shak",
    "shaken": "shak",
    "trembling": "trembl",
    "tremble": "trembl",
    "trembly": "trembl",
    "trembles": "trembl",
    "twitchy": "twitch",
    "jerky": "jerk",
    "jumpy": "jumpy",
    "crampy": "cramp",
    "spastic": "spastic",
    "spasmodic": "spasm",
    "spams": "spasm",
    "tingly": "tingl",
    "tingle": "tingl",
    "prickly": "prickl",
    "prickle": "prickl",
    "achy": "ach",
    "ache": "ach",
    "stiffened": "stiff",
    "stiffening": "stiff",
    "weaker": "weak",
    "weakened": "weak",
    "weakening": "weak",
    "weakly": "weak",
    "slept": "sleep",
    "asleep": "asleep",
    "woke": "wak",
    "woken": "wak",
    "wake": "wak",
    "awake": "awake",
    "wakes": "wak",
    "waking": "wak",
    "awakening": "wak",
    "awakened": "wak",
    "ran": "run",
    "fell": "fall",
    "fallen": "fall",
    "swollen": "swell",
    "swelling": "swell",
    "swells": "swell",
    "swelled": "swell",
    "lost": "los",
    "loss": "los",
    "losing": "los",
    "dizzy": "dizz",
    "dizziness": "dizz",
    "dizzyness": "dizz",
    "dizzines": "dizz",
    "nite": "night",
    "nites": "night",
    "clumsy": "clums",
    "clumsiness": "clums",
    "sleepy": "sleepy",
    "sleepiness": "sleepy",
    "drowsy": "drowsy",
    "drowsiness": "drowsy",
    "weary": "weary",
    "weariness": "weary",
    "paralysed": "paraly",
    "paralyzed": "paraly",
    "paralysis": "paralysis",
    "anxious": "anxious",
    "tired": "tired",
    "tiredness": "tired",
    "tiring": "tired",
    "fatigued": "fatigue",
    "fatigue": "fatigue",
    "exhausted": "exhaust",
    "this": "this",
    "gas": "gas",
    "pass": "pass",
    "less": "less",
    "news": "news",
    "pins": "pin",
    "us": "us",
    "has": "has",
    "was": "was",
    "is": "is",
    "always": "always",
    "perhaps": "perhaps",
    "ms": "ms",
    "als": "als",
    "bfs": "bfs",
    "cfs": "cfs",
    "rls": "rls",
    "ssris": "ssri",
    "emgs": "emg",
    "ppis": "ppi",
    "seizing": "seiz",
    "seized": "seiz",
    "choking": "chok",
    "choke": "chok",
    "choked": "chok",
    "chokes": "chok",
    "tense": "tens",
    "tension": "tension",
    "worried": "worry",
    "worries": "worry",
    "worrying": "worry",
    "carried": "carry",
    "dried": "dry",
    "drier": "dry",
    "used": "use",
    "using": "use",
    "uses": "use",
    "drank": "drink",
    "drunk": "drunk",
    "ate": "eat",
    "eaten": "eat",
    "began": "begin",
    "begun": "begin",
    "gave": "giv",
    "given": "giv",
    "give": "giv",
    "left": "left",
    "felt": "feel",
    "movement": "movement",
    "red": "red",
    "bed": "bed",
    "shed": "shed",
    "speed": "speed",
    "need": "need",
    "feed": "feed",
    "feeding": "feed",
    "fed": "feed",
    "unsteady": "unsteady",
    "unsteadiness": "unsteady",
    "spoken": "speech",
    "cant": "cannot",
    "couldnt": "cannot",
    "unable": "cannot",
    "inability": "cannot",
    "wont": "cannot",
    "difficulty": "difficult",
    "difficulties": "difficult",
    "trouble": "difficult",
    "troubles": "difficult",
    "problem": "difficult",
    "problems": "difficult",
    "struggle": "difficult",
    "struggles": "difficult",
    "struggling": "difficult",
    "troubled": "difficult",
    "reduced": "reduc",
    "decreased": "reduc",
    "diminished": "reduc",
    "impaired": "reduc",
    "lowered": "reduc",
    "lessened": "reduc",
    "reduction": "reduc",
    "decrease": "reduc",
    "increased": "increas",
    "elevated": "increas",
    "raised": "increas",
    "dont": "not",
    "doesnt": "not",
    "didnt": "not",
    "isnt": "not",
    "arent": "not",
    "denies": "deny",
    "denied": "deny",
    "denying": "deny",
    "paresthesiae": "paresthesia",
    "paraesthesiae": "paresthesia",
    "exercise": "exercis",
    "exercising": "exercis",
    "exercised": "exercis",
    "tic": "tic",
    "tics": "tic",
    "ticks": "tick",
    "hiccups": "hiccup",
    "shivers": "shiver",
    "eyes": "eye",
    "dying": "die",
    "winded": "winded",
    "pacing": "pacing",
    "wired": "wired",
    "tearing": "tearing",
    "panting": "panting",
    "tripping": "tripping",
    "fits": "fits",
    "fitting": "fits",
    "slowness": "slowness",
    "guarding": "guarding",
    "scared": "scared",
    "soiling": "soiling",
    "seconds": "seconds",
    "increasing": "increasing",
    "lead": "lead",
    "pots": "pots",
    "aids": "aids",
    "hernia": "herniat",
    "hernias": "herniat",
    "herniation": "herniat",
    "sleepless": "sleepless",
    "hundred": "hundred",
    "weed": "weed",
    "seed": "seed",
    "blood": "blood",
    "related": "relat",
    "repeated": "repeat",
    "lose": "los",
    "loses": "los",
    "force": "strength",
    "conscience": "conscious",
    "diminution": "reduc",
    "vit": "vitamin",
    "sobbing": "sobbing",
    "visions": "visions",
}
_OUR = re.compile("(?<=[a-z]{3})our(?=s?$|ed$|ing$)")
_ISE = re.compile("is(e[sd]?|ing|ation)$")
_YSE = re.compile("ys(e[sd]?|ing)$")
_VOWELS = frozenset("aeiouy")
_ENDINGS = (("ations", "at"), ("ation", "at"), ("iness", "y"), ("ness", ""), ("ings", ""), ("ing", ""), ("ed", ""))
_LAST = tuple(ending for ending, _ in _ENDINGS)


def clean(text: str) -> str:
    """Return a text in lower case without accents, apostrophes and odd dashes.

    Parameters: text. Returns: plain text.

    >>> clean("Babinski’s sign – RÉFLEX")
    'babinskis sign - reflex'
    """
    if text.isascii():
        plain = text.lower().replace("'", "").replace('"', " ").replace("`", "")
    else:
        plain = unicodedata.normalize("NFKD", text.translate(_QUOTES).lower().translate(_QUOTES))
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    for hard in ("hard to ", "can barely ", "can hardly ", "could barely ", "could hardly "):
        plain = plain.replace(hard, "difficulty ") if hard in plain else plain
    return plain


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the common form of a word: British and American spelling, plural and verb endings fall together.

    Parameters: word, one word in lower case. Returns: its form, which need not be a word.

    >>> stem("twitches"), stem("twitching"), stem("diarrhoea") == stem("diarrhea")
    ('twitch', 'twitch', True)
    """
    if word in _WHOLE:
        return _WHOLE[word]
    if not word.isalpha() or len(word) <= 3:
        return word
    return _WHOLE.get(form := _singular(_spelling(word)), _without_ending(form))


def _spelling(word: str) -> str:
    if len(word) < 5 or word == "hours":
        return word
    word = word.replace("ae", "e").replace("oe", "e")
    word = _OUR.sub("or", word) if "our" in word else word
    if len(word) > 7 and not word.endswith("exercise"):
        word = _ISE.sub(r"iz\1", word) if "is" in word else word
    if len(word) > 6:
        word = _YSE.sub(r"yz\1", word) if "ys" in word else word
        word = word.replace("sulph", "sulf").replace("ph", "f")
    return word[:-2] + "er" if word.endswith(("tre", "bre")) else word


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    if word.endswith(_LAST):
        for ending, instead in _ENDINGS:
            bare = word[: -len(ending)] + instead
            if word.endswith(ending) and len(bare) >= 3 and not _VOWELS.isdisjoint(bare):
                word = _undoubled(bare)
                break
    return word[:-1] if len(word) >= 5 and word.endswith("e") and not word.endswith("ee") else word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeioufslz" else word


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """Split a text into forms of words, numbers and marks; articles and "of" are left out.

    Parameters: text. Returns: its tokens in order.

    >>> tokens("Fasciculations of the left thigh, 2.5 days")
    ('fasciculat', 'left', 'thigh', ',', '2.5', 'day')
    """
    return tuple(stem(word) for word in _TOKEN.findall(clean(text)) if word not in FILLERS)


def clauses(text: str) -> list[tuple[str, ...]]:
    """Split a text at commas, semicolons, brackets and full stops.

    Parameters: text. Returns: the tokens of each clause, without marks.

    >>> clauses("legs weak; no cramps")
    [('leg', 'weak'), ('no', 'cramp')]
    """
    found: list[list[str]] = [[]]
    for token in tokens(text):
        if token in BREAKS:
            found.append([])
        else:
            found[-1].append(token)
    return [tuple(clause) for clause in found if clause]


def key_of(text: str) -> tuple[str, ...]:
    """Return the key under which a name is kept and found.

    Parameters: text, a name or synonym. Returns: its tokens without marks.

    >>> key_of("Muscle cramps") == key_of("muscle CRAMP")
    True
    """
    return tuple([stem(word) for word in _TOKEN.findall(clean(text)) if word not in _LEFT_OUT])
