"""What people say around their food: when, where from, how much of it they left; made regular or taken off."""

from __future__ import annotations

import re
from functools import cache

from twitchwise.evidence import load_evidence

_HOUR = re.compile(
    r"^\s*(?:(?:at|@|around|about|c|~)\s*)?"
    r"(?:(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d)|h(?:[0-5]\d)?)|(?:0\d|1\d|2[0-3])[0-5]\d)(?:\s?(?:h|hrs?|hours?))?"
    r"(?P<end>\s*[:,-]+\s*|\s+)(?=(?P<next>[a-z]+)?)"
)
_DAY = re.compile(
    r"^\s*(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s:,.-]+(?=\d{1,2}[.:]\d\d)"
)
_CAFFEINE = re.compile(r"(?<=[a-z)][a-z)])[\s,(]+\d+ ?mg (?:of )?caffeine\)?(?!\s*(?:tab|pill|cap))")
_MEAL = re.compile(r"^\s*(?:breakfast|brekkie|brunch|lunch|dinner|supper|tea|snack)\s*(?=(?:at |@ ?)?\d{1,2}[.]\d\d\b)")
_NOT_A_CLOCK = frozenset("iu ie kcal cal cals calories kj mmol meq x to or of percent".split())
_QUARTERS = ("25", "50", "75")
# "got a ...", "ended up with ...", "just a ..."
_TALK = re.compile(
    r"^\s*(?:(?:i|we|then|just|only|also|so|ok|again|later|later on|finally)\s+)*"
    r"(?:had|ate|drank|having|eating|drinking|grabbed|got|bought|ordered|nibbled(?: on| at)?|snacked on|munched(?: on)?"
    r"|sipped(?: on)?|picked up|picked at|ended up with|settled for|treated myself to|went for|finished off|finished"
    r"|managed|polished off|wolfed down|made myself|made us|cooked myself|tried)\s+"
    r"(?:(?:just|only|myself|me|some|another|up)\s+)*(?=\S)"
)
_JUST = re.compile(r"^\s*(?:just|only|literally|basically|mostly|mainly)\s+(?:some\s+|a bit of\s+)?(?=[a-z\d])")
_NO_PLACE = r"(?!(?:with|and|on|in|plus|n|small|medium|large|regular|big|half|extra)\b)"
_PLACE = rf"(?:[a-z&]+(?:[ -]{_NO_PLACE}[a-z&]+){{0,2}})"
_END = r"(?=\s*(?:$|[,;:+()&.]|-|\d|\b(?:and|with|plus|n|on|small|medium|large|regular)\b))"
_FROM = re.compile(
    rf"(?<=\w)\s*[,(]?\s*\bfrom (?!concentrate|frozen|scratch|raw|an? (?:loaf|bag|pack|tin|box|block))"
    rf"(?:the |an? |my |our )?{_PLACE}\)?{_END}"
    r"|\b(?:on the way (?:home|back|to \w+|out|there)|on the way|in the car|in bed|at my desk|on the (?:go|train|bus)"
    r"|in (?:the |a )?(?:frying )?pan|for (?:frying|cooking)|to (?:fry|cook)(?: in| with)?\s*$|starters? of"
    r"|in (?:tin ?)?foil|in (?:the |an? )?(?:oven|air ?fryer|microwave|slow cooker|wok)"
    r"|in front of (?:the )?(?:tv|telly)|while (?:cooking|watching|working|driving)[a-z ]*|watching (?:tv|telly))\b"
    r"|(?<=\w)\s+at (?:the |a |my |our )?(?:pub|cafe|canteen|cinema|office|restaurant|party|airport|station|mums"
    r"|moms|nans|friends|(?:a |my )?friends house|football|wedding|bbq|barbecue)"
    r"(?: (?:garden|party|canteen|bar|counter|quiz|do|cafe|restaurant|house|lounge))?\b"
)
_CHIPPY = re.compile(r"\b(?:chippy|chip shop|chipper|fish ?bar)\b")
_SUPPER = re.compile(r"\b(?:fish|cod|haddock) (?:n|and|&) chips\b")
_FAST = re.compile(r"\b(?:mcdonalds?|maccies|mcds|maccy ds|burger king|kfc|five guys|wendys|fast food|kebab shop)\b")
_SHARED = re.compile(
    r"^(?:i |we )?(?:shared|split) (?:half )?(?=an?\b|the\b|some\b|large\b|1\b|one\b)(?!.*(?:between|with|by) \d)"
)
_PART = {"half": 0.5, "most": 0.8, "0.5": 0.5, "quarter": 0.25, "third": 0.333, "thirds": 0.667, "quarters": 0.75}
_LEFT = re.compile(
    r"\s*[,;(-]*\s*\b(?:but |and |so )?(?:i )?(?:only |just )*(?P<verb>used|ate|eaten|eat|had|drank|finished"
    r"|managed|left)\s+(?:only |about |around |just |over )*(?P<share>0\.\d+|half|most|(?:an? |1 )?(?:quarter|third)"
    r"|(?:2|two) thirds|(?:3|three) quarters)(?:\s+(?:of )?(?:it|this|that|them|the \w+))?\s*\)?\s*$"
    r"|\s*[,;(-]*\s*\b(?P<share2>half) (?P<verb2>eaten|left|used|finished)\s*\)?\s*$"
)
_PACK = r"(?:tins?|cans?|pots?|tubs?|bags?|packs?|packets?|pkt|pouch|box|jar|carton|bottle|bar|punnet|block|tray)"
_REGULAR: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b7[- ]up\b"), "7up"),
    (re.compile(r"\b5[- ]a[- ]day\b"), " "),
    (re.compile(rf"\b(?:an? |the |one |1 )?(?:whole|entire|full)\s+(?={_PACK}\b)"), "1 "),
    (re.compile(rf"\b({_PACK})\s*[,(]?\s*\b(?:whole|the whole thing|all of it)\)?$"), r"\1"),
    (
        re.compile(r"(?<=\d)( ?(?:g|kg|ml|oz|grams?|l|lb)),? (?:in )?(?:total|altogether|all together|combined)\b"),
        r"\1",
    ),
    (re.compile(r"\b(?:in )?(?:total|altogether)\s*[:=-]?\s*(?=\d+(?:\.\d+)? ?(?:g|kg|ml|oz|grams?)\b)"), " "),
    (re.compile(r"\b((?:[a-z]+ )?omelette)\s*[,(]\s*([2-4]|two|three|four) eggs?\)?(?=\s*(?:$|[,;]))"), r"\2 egg \1"),
    (re.compile(r"\b(?:2|two)[- ]egg (?=om\w?m?l\w+t|fritt?ata)"), ""),
    (re.compile(r"\b(?:an? )?(?:3|three)[- ]egg (?=om\w?m?l\w+t|fritt?ata)"), "1.5 "),
    (re.compile(r"\b(?:an? )?(?:4|four)[- ]egg (?=om\w?m?l\w+t|fritt?ata)"), "2 "),
    (re.compile(r"\b([2-4]|two|three|four)[- ]egg scrambled?(?: eggs?)?\b"), r"\1 scrambled eggs"),
    # "fried in butter": what it was cooked in stands beside it
    (
        re.compile(
            r"(?<=\d)( ?(?:g|oz|ml|kg|grams?))? (?:stir[- ]?|pan[- ]?|deep[- ]?|shallow[- ]?)?(?:fried|roasted|sauteed"
            r"|cooked|baked|tossed|marinated|simmered) (?:in|with) (?!foil|the oven|an? oven|water|an? pan|air)"
        ),
        r"\1 with ",
    ),
    (
        re.compile(
            r"(?<=[a-z] )((?:stir[- ]?|pan[- ]?|deep[- ]?)?(?:fried|roasted|sauteed|tossed|marinated|simmered"
            r"|baked|scrambled)) in (?!foil|the oven|an? oven|water|an? pan|air|batter|breadcrumbs)"
        ),
        r"\1 with ",
    ),
    (
        re.compile(r"\b(?:lemon|lime|apple|summer fruits?|tropical|cherry|robinsons|mango|peach) squash\b"),
        "fruit squash",
    ),
)


@cache
def _measures() -> frozenset[str]:
    return _NOT_A_CLOCK | {n.split()[0] for one in load_evidence().measures.values() for n in one.names}


def without_clock(text: str) -> str:
    """Take the time of day off that begins a line, also one written with a point.

    Parameters: text, in small letters. Returns: the text; a figure before a measure is an amount and stays.

    >>> without_clock("8.30 poached egg"), without_clock("1.50 l water"), without_clock("1.5 bananas")
    ('poached egg', '1.50 l water', '1.5 bananas')
    """
    text = _MEAL.sub("", _DAY.sub("", text))
    found = _HOUR.match(text)
    if not found or found["next"] in _measures():
        return text
    early = found["hour"] and int(found["hour"]) < 4  # nobody eats at 1.50, many eat one and a half
    if early and (found["minute"] in _QUARTERS or int(found["hour"]) == 0) and found["end"].isspace():
        return text
    return text[found.end() :]


def _share(found: re.Match[str]) -> str:
    words = (found["share"] or found["share2"]).split()[-1]
    part = _PART.get(words) or float(words)
    left = (found["verb"] or found["verb2"]) == "left" and not found["share2"]
    return f", {1 - part if left else part:.3g}"


def without_talk(text: str) -> str:
    """Take off what is said around the food, and write "ate half of it" as a half.

    Parameters: text, in small letters. Returns: the text.

    >>> without_talk("got a wrap from the corner shop"), without_talk("mince 500 g, used half")
    ('a wrap', 'mince 500 g, 0.5')
    """
    text = _CAFFEINE.sub("", _LEFT.sub(_share, text))
    if _SHARED.match(text):
        text = f"{_SHARED.sub('', text)}, 0.5"
    if _CHIPPY.search(text):
        text = re.sub(
            r"(?<!battered )\b(?=sausages?\b|(?:fish|cod|haddock) (?!and|&|n\b|cake|finger|bar|supper))",
            "battered ",
            text,
        )
    if _CHIPPY.search(text) or _FAST.search(text):
        text = text if _SUPPER.search(text) else re.sub(r"\bchips\b", "chip shop chips", text)
    text = _JUST.sub("", _TALK.sub("", _FROM.sub(" ", text)))
    for pattern, word in _REGULAR:
        text = pattern.sub(word, text)
    return text.strip()
