"""A sentence made ready: slips of the pen in danger words, and what is long past or not about the person left out."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from twitchwise.observe.words import clean, stem

_RIGHT = tuple(
    "breath breathe breathing breathless chest throat tongue swallow swallowing choking seizure"
    " seizures numb numbness"
    " weakness paralysed paralyzed droop drooping droopy slurred slurring speech unconscious"
    " collapsed collapse fainted"
    " fainting confused confusion vomiting vomited headache suddenly sudden swollen swelling"
    " pregnant tablets overdose"
    " suicidal fever temperature pressure tightness unresponsive convulsing hallucinating"
    " poison swallowed diarrhoea"
    " twitching jerking shaking stiff rigid spasms muscle muscles insulin lithium dialysis"
    " antidepressant bladder"
    " urine asthma wheezing heart vision double tingling paralysis drowsy sweating".split()
)
_KNOWN_SLIPS = {
    "hart": "heart",
    "brethe": "breathe",
    "eyeballs": "eyes",
    "brething": "breathing",
    "breth": "breath",
    "breatheing": "breathing",
    "breathin": "breathing",
    "throte": "throat",
    "toung": "tongue",
    "tounge": "tongue",
    "cheast": "chest",
    "siezure": "seizure",
    "seazure": "seizure",
    "dissy": "dizzy",
    "wanna": "want to",
    "gonna": "going to",
    "cudnt": "couldnt",
    "carnt": "cant",
    "n": "and",
    "r": "are",
    "wen": "when",
    "preg": "pregnant",
    "temp": "temperature",
    "hrs": "hours",
    "mins": "minutes",
    "yday": "yesterday",
}
# right words that are near to a danger word
_OTHER = frozenset(
    "breadth bread breast breasts beast beasts chess cheat wrist numbers number humb dumb"
    " thumb spech hearth heard hears"
    " weakest speck double doubled tables tablet table urinal musical twitchy jerkin shaken"
    " staff sniff still stiffs"
    " stuff sudden swallows swollow throats rapid ridged rigged frigid version visions lithe"
    " posion prison poisons"
    " fainter faith painted tainted pointed confuse confuses fused fevers never ever lever"
    " sever clever pressured"
    " pressures treasure measure seizing seized collapses swelled smelling spelling dwelling"
    " shelling drop troop groop"
    " stooping dropping looping drooped chested rest insult hearty hurt smoking joking choke"
    " chocking soaking coking"
    " talking making taking baking waking asking risking hoarse sharing sharking sweeting seating meeting".split()
)
_LONG_AGO = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|many|few"
    r"|several|some|couple of|a)"
    r" (?:years?|yrs|decades?) (?:ago|back|earlier)\b|\byears ago\b|\blast year\b|\bdecades ago\b"
    r"|\bas a (?:\w+ )?(?:child|kid|teen\w*|baby|student|boy|girl|toddler|young \w+)\b"
    r"|\bwhen (?:i|he|she) (?:was|were) (?:an? |about |only |just )?(?:\d+|little|young\w*"
    r"|small|child|kid|teen\w*|baby"
    r"|student|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\b)"
    r"|\b(?:back )?in (?:19\d\d|200\d|201\d|202[0-4])\b|\bin (?:my|his|her) (?:teens|twenties"
    r"|thirties|youth|childhood)\b"
    r"|\bduring (?:my )?childhood\b|\bat (?:school|university|uni)\b"
)
_STILL = re.compile(r"\b(?:since|still|now|again|every|keeps?|today|ever since|ongoing|these days)\b")
_EVENT = re.compile(
    r"\b(?:fits?|seizures?|epilep\w*|faint\w*|pass\w* out|black\w* out|blackouts?|collaps\w*"
    r"|stroke|heart attack|overdos\w*"
    r"|suicid\w*|unconscious|knocked out|meningitis|tetan\w*|convulsions?|paralys\w*|chest"
    r" pains?|slurr\w*|confus\w*"
    r"|hallucinat\w*|poison\w*|swallowed|harm\w*|self-harm\w*|kill\w*|cut (?:my|him|her)self"
    r"|stopped breathing|died"
    r"|cardiac arrest|anaphyla\w*|clot|embolism|guillain\w*|lost (?:sight|vision)|face droop\w*"
    r"|bells? palsy)\b"
)
_ANIMAL = re.compile(r"\b(?:dogs?|cats?|horses?|pupp(?:y|ies)|kittens?|hamster|rabbit|cow|sheep|pony|parrot)\b")
_BITTEN = re.compile(
    r"\b(?:bit|bitten|bite|bites|scratch\w*|kick\w*|threw|fell|allerg\w*|flea|killer|dip|ate" r"|near|walk\w*)\b"
)
_ELSE = re.compile(
    r"\b(?:friends?|neighbou?rs?|colleagues?|cousins?|uncle|aunt|brother|sister|mother|father"
    r"|mum|mom|dad|nan|gran\w*"
    r"|wife|husband|partner|someone|somebody|people|man|woman|boyfriend|girlfriend|boss|flatmate)\b"
)
# whoever is not cared for by the writer; what befell them is told as news
_STRANGER = re.compile(
    r"\b(?:friends?|mates?|neighbou?rs?|colleagues?|cousins?|boss|flatmate|classmate|someone"
    r"|somebody|teacher|actor|singer)\b"
)
_ME = re.compile(r"\b(?:i|im|ive|me|my|mine|myself)\b")
_PIECES = re.compile(
    r"([,;.]|\bbut\b|\bhowever\b|\band (?=(?:now|i|im|my|today|since)\b)|(?<!\bever )\bnow\b" r"|\bsince then\b)"
)


@lru_cache(maxsize=4096)
def _near(word: str) -> str:
    """Return the danger word that a word is a slip for, or the word."""
    allowed = 1 if len(word) < 10 else 2
    near = [r for r in _RIGHT if r[0] == word[0] and abs(len(r) - len(word)) <= allowed and len(r) >= 5]
    scored = sorted((DamerauLevenshtein.distance(word, r, score_cutoff=allowed), r) for r in near)
    return scored[0][1] if scored and scored[0][0] <= allowed else word


def mended(text: str, known: Collection[str]) -> str:
    """Correct slips of the pen in words that danger signs are made of.

    Parameters: text; known, forms of words that are right. Returns: the text.

    >>> mended("cant brethe propperly", frozenset()), mended("numb thumb", frozenset())
    ('cant breathe propperly', 'numb thumb')
    """

    def right(match: re.Match[str]) -> str:
        word = match.group(0).lower()
        if word in _KNOWN_SLIPS:
            return _KNOWN_SLIPS[word]
        if (
            len(word) < 5
            or word in _OTHER
            or word in _RIGHT
            or word.rstrip("s") in _RIGHT
            or word in known
            or stem(word) in known
        ):
            return match.group(0)
        near = _near(word)
        return match.group(0) if near == word else near

    return re.sub(r"[A-Za-z]+(?![A-Za-z]*['’])", right, text)


def own_now(text: str) -> str:
    """Leave out what happened years ago, to an animal, or to someone else beside the person.

    Parameters: text. Returns: the rest, or the text itself when nothing is to be left out.

    >>> own_now("ten years ago I had a fit, now a twitching eyelid").strip(" ,")
    'now a twitching eyelid'
    >>> own_now("my dad had a fit")
    'my dad had a fit'
    """
    plain = clean(text)
    if not (_EVENT.search(plain) and (_LONG_AGO.search(plain) or _ANIMAL.search(plain) or _ELSE.search(plain))):
        return text
    parts = _PIECES.split(plain)
    kept = ["" if _not_now(part, [p for p in parts if p is not part]) else part for part in parts]
    return text if "" not in kept else "".join(kept)


def _not_now(part: str, others: list[str]) -> bool:
    if not _EVENT.search(part):
        return False
    if _ANIMAL.search(part) and not _BITTEN.search(part):
        return True
    if _STILL.search(part):
        return False
    if _STRANGER.search(part) and not re.search(r"\b(?:i|im|ive|me|we)\b", part) and any(_ME.search(p) for p in others):
        return True
    return bool(_LONG_AGO.search(part)) and (not _ELSE.search(part) or any(_ME.search(p) for p in others))
