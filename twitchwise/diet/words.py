"""The words of a diary line made regular: fractions, number words and ranges as figures, times and meals taken off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from twitchwise.diet.shorthand import SHORT
from twitchwise.diet.talk import without_clock, without_talk

NUM = r"\d+(?:\.\d+)?"
_SIGNS = str.maketrans({"⁄": "/", "×": "x", "–": "-", "—": " - ", "−": "-", "µ": "u", "μ": "u", "’": "'", "•": " "})
_MAIN = r"(?:breakfast|brekkie|brekky|brunch|elevenses|lunch|dinner|supper|snacks?)"
_MEALS = (
    r"(?:breakfast|brekkie|brekky|brunch|elevenses|lunch|dinner|supper|snacks?|dessert|pudding|starter|main|drinks?"
    r"|mid[- ]?morning|mid[- ]?afternoon|morning|afternoon|evening|night|am|pm|tea|pre[- ]?workout|post[- ]?workout)"
)
_WHICH = r"(?:(?:packed|pack|late|early|second|2nd|first|light|big|school|work|my) )?"
_LEAD = re.compile(rf"^\s*(?:[-*>]+\s+|\d{{1,2}}[).]\s+|{_WHICH}{_MEALS}\s*\d?\s*:\s*|{_WHICH}{_MAIN}\s*\d?\s+-\s+)+")
# "1.50" is an amount, "1:50" and "1.50 pm" are times
_CLOCK = re.compile(
    r"\b(?:at\s+)?(?:[01]?\d|2[0-3])(?::[0-5]\d\s*(?:am|pm|h)?|[:.]?(?:[0-5]\d)?\s*(?:am|pm))\b\s*[:,-]?"
)
_WHEN = re.compile(
    rf"\b(?:(?:for|at|after|before|during|as an?|as my)\s+(?:my\s+)?(?:{_MEALS}|bed(?:time)?|work|home|the gym|gym"
    rf"|training|starters?|treat)|with\s+(?:my\s+)?{_MAIN})\b|\b(?:this|in the|later in the)\s+(?:morning|afternoon"
    r"|evening)\b|\b(?:today|yesterday|as usual|i think|i guess|maybe|probably|or so|ish)\b"
    r"|\b(?:over|during|throughout|through|across) (?:the )?(?:whole )?day\b|\ball (?:day|morning|evening)(?: long)?\b"
)
_NOT_EATEN = r"(?:didnt|did not|havent|not) (?:have|eat|had|eaten)"
_NOT_FOOD = re.compile(
    rf"^(?:no|skipped|missed|skip|{_NOT_EATEN}|no time for|without)\s+(?:any\s+)?(?:food|meal|{_MEALS})\b"
    r"|^(?:nothing|none|fast(?:ed|ing)?)(?:\s*[,.;]|\s+(?:un)?til\b|\s+for\b|\s+all\b).*$"
    r"|^(?:nothing|none|nil|n/?a|no food|not eaten|didnt eat|did not eat|fast(?:ed|ing)?|skipped|skip|as above"
    r"|same as .*|ditto|forgot|water fast|-+|\?+|0)(?:\s+(?:today|all day|eaten|else|day))?\W*$"
)
_GLYPH = {"¼": "1/4", "½": "1/2", "¾": "3/4"}
_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
}  # fmt: skip
_TEXT = "|".join(_SMALL)
_CLOCKED = re.compile(
    rf"^\s*{_WHICH}{_MAIN}\s+(?:at\s+|@\s*)?{_CLOCK.pattern}"
    rf"|^\s*{_CLOCK.pattern}\s*{_WHICH}{_MAIN}\b(?!\s+(?:bar|mix|roll))"
)
# "snack: ..." without its colon, "had ..."
_OPENING = re.compile(
    rf"^\s*(?:for {_MAIN}\s+)?(?:i\s+|we\s+|just\s+)*(?:had|ate|drank|having|eating|drinking|grabbed)\s+(?=\S)"
    rf"|^\s*{_WHICH}(?:breakfast|lunch|dinner|supper) (?:was|of|today)\s+"
)
_WITH = re.compile(r"(?<![\w&/])w(?:/(?!\s?o\b)|\.)?(?=\s)|(?<![\w&/])w/(?!o\b|out\b)(?=[a-z\d])")
_PBJ = re.compile(r"\bpb ?(?:&|n|and)? ?j\b(?:\s+sandwich(?:es)?)?")
# "ham on rye" is on rye bread; a sandwich has its bread already
_BREAD = r"(?:whole ?wheat|wheat|rye|white|wholemeal|wholegrain|whole ?grain|brown|sourdough|granary|seeded|multigrain)"
_ON_BREAD = re.compile(rf"\bon {_BREAD}\b(?!\s+(?:bread|toast|roll|bun|bap|bagel|rice|crackers?|crispbread|pitt?a))")
_SANDWICH_ON = re.compile(
    rf"(\b(?:sandwich|toastie|sub|sarnie|melt|blt|burger)s?)\s+on (?:toasted )?{_BREAD}(?:\s+(?:bread|roll|bun))?\b"
)
_PHILLY = re.compile(r"\bphilly\b(?!\s+(?:cheese ?)?steak)")
_FRIED = re.compile(r"\b(?:over[- ](?:easy|medium|hard|light)|sunny[- ]side(?:[- ]up)?)\b")
_SHORT_WORD = re.compile(
    r"(?<![\w&])(" + "|".join(sorted(map(re.escape, SHORT), key=len, reverse=True)) + r")(?![\w&])"
)
# what a number word is in figures, in this order; a food whose name begins so ("half and half") is looked up before
_NUMBERS: tuple[tuple[str, str], ...] = (
    (r"(?<=\d),(?=\d{3}\b)", ""),
    (r"(?<=\d),(?=\d{1,2}(?:\s|[a-z]|$))", "."),
    (r"(?<![\d.])\.(?=\d)", "0."),
    (r"\bhalf (?:a |of )?(?=(?:lager|bitter|cider|ale|stout|guinness|shandy|beer|ipa)\b)", "half pint of "),
    (r"\bhalf (?:a )?dozen\b", "6"),
    (r"\b(?:a |1 )?dozen\b", "12"),
    (r"\b(?:a )?couple(?: of)?\b", "2"),
    (r"\b(?:a )?pair of\b", "2"),
    (
        r"\b(?:a )?few (?=(?:[a-z]+ )?(?:(?:blue|rasp|black|bil)berr(?:ies|y)|raisins|sultanas|currants|seeds)\b)",
        "small handful of ",
    ),
    (r"\b(?:a )?few\b", "3"),
    (r"\bseveral\b", "4"),
    (rf"\b({_TEXT})\b(?!-)(?! (?:bean|cheese|grain|seed|spice)s?\b)", "#"),
    (r"\b(\d+) and a half\b", r"\1.5"),
    (r"\b(?:an?|1) (cup|pint|slice|glass|tin|can|bowl|piece|tub|pack|bar|scoop|mug|portion) and a half\b", r"1.5 \1"),
    (r"\b(?:an? |1 )?(?:(?:thin|small|tiny|wee) )?sliver(?: of)?\b", "0.5 slice"),
    (r"\b(0\.\d+) (?:of )?(?:an?|the|my) ", r"\1 "),
    (r"\bomega 3\b", "omega-3"),
    (r"\s*[,(]\s*half\s*\)?$", ", 0.5"),
    (r"\s*[,(]\s*(?:an? |1 )?quarter\s*\)?$", ", 0.25"),
    (r"\s*[,(]\s*(?:an? |1 )?third\s*\)?$", ", 0.333"),
    (r"(?<!and )(?<! n )\bhalf$", "0.5"),
    (r"\b\d (?=(?:bean (?:salad|chill?i|soup|stew)|cheese pizza|grain|seed)\b)", ""),
    (r"\b(?:lots|loads|plenty|tons|heaps|a lot|a load) of\b", "large"),
    (r"\ba ?n? (?=\d)", ""),
    (r"\b(?:a )?half (?:of )?(?:an? |the |my )", "0.5 "),
    (r"\bhalf of\b", "0.5"),
    (r"\ba half\b", "0.5"),
    (r"\bhalf (?!fat|and|n\b|pint|cream|caff|skim|sugar|calorie|size|baked|a\b)(?=[a-z\d])", "0.5 "),
    (r"\b(?:3|three)[- ]quarters (?:of )?(?:an? |the )?", "0.75 "),
    (r"\b(?:a )?quarter (?:of )?(?:an? |the )", "0.25 "),
    (r"\b2[- ]thirds (?:of )?(?:an? |the )?", "0.667 "),
    (r"\b(?:an? |1 )?third (?:of )?(?:an? |the )", "0.333 "),
)
_MIXED = re.compile(r"\b(\d+)\s+(\d)/(\d{1,2})(?!\d)|\b(\d)/(\d{1,2})(?!\d|/)")
_JOINED = re.compile(
    r"(?<![a-z\d])(\d+(?:\.\d+)?)(?=(?:mls?|kgs?|mgs?|mcg|ug|gr|gm?s?|gram(?:me)?s?|ozs?|lbs?|cl|dl|l|litres?|tbsp|tsp|cups?|c|iu|x|pints?|cm|fl|slices?)\b)"
)
_RANGE = re.compile(rf"\b({NUM})\s*(?:-|to|or)\s*({NUM})\b")


_SHARED = re.compile(r"\s*[,(]?\s*(?:shared? (?:between|by|among|amongst|with)|between) ([2-9])(?: people| of us)?\)?$")


def _fraction(found: re.Match[str]) -> str:
    whole, over, under, over2, under2 = found.groups()
    top, bottom = float(over or over2), float(under or under2)
    return f"{float(whole or 0) + top / bottom:.4g}" if top > 0 < bottom else found.group()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Write a line in small letters with every amount in figures.

    Parameters: text, as written. Returns: the regular text.

    >>> plain("1½ cups Milk"), plain("half a tin of chickpeas"), plain("2–3 dates"), plain("1,5 dl milk")
    ('1.5 cups milk', '0.5 tin of chickpeas', '2-3 dates', '1.5 dl milk')
    >>> plain("Lunch: a couple of eggs 200g"), plain("1,000 IU")
    ('2 eggs 200 g', '1000 iu')
    """
    for glyph, ascii_ in _GLYPH.items():
        text = text.replace(glyph, f" {ascii_}")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_SIGNS).lower().strip()
    text = text.replace("'s", "s").replace("'", "")
    text = _CLOCK.sub(" ", _CLOCKED.sub(" ", without_clock(text)))
    text = without_talk(without_clock(_OPENING.sub("", _LEAD.sub("", _LEAD.sub("", text).strip()))))
    text = _PBJ.sub("peanut butter and jelly sandwich", _FRIED.sub("fried", _WITH.sub(" with ", text)))
    text = _PHILLY.sub("cream cheese", text)
    text = re.sub(r"\s*[,(]\s*(?:lightly )?buttered\b\)?", " with butter", text)
    text = re.sub(r"\bsalad (?:of|made (?:of|with))\b", "salad,", text)
    text = _ON_BREAD.sub(lambda m: f"{m.group()} bread", _SANDWICH_ON.sub(r"\1", text))
    text = re.sub(r"\b\d+(?:\.\d+)?[\s-]*(?:inch(?:es)?\b|\")", " ", _WHEN.sub(" ", text))
    text = _SHORT_WORD.sub(lambda m: SHORT[m.group(1)], text)
    text = _MIXED.sub(_fraction, text)
    for pattern, figure in _NUMBERS:
        text = re.sub(pattern, (lambda m: str(_SMALL[m.group(1)])) if figure == "#" else figure, text)
    text = _SHARED.sub(lambda m: f", {1 / int(m.group(1)):.3g}", text)
    text = _JOINED.sub(r"\1 ", text)
    text = re.sub(r"(?<![a-z])x\s*(?=\d)", "x ", text)
    text = _RANGE.sub(r"\1-\2", text)
    return " ".join(text.split())


_REMARK = re.compile(
    r"^(?:(?:i|still|also|then|really|very|bit|a bit|so|quite)\s+)*(?:"
    r"(?:felt|feel|feeling|headaches?|migraine|cramps?|cramping|twitch\w*|slept|woke|tired|exhausted|fatigued?|nausea\w*"
    r"|sick|ill|unwell|dizzy|bloated|stress\w*|anxious|mood|palpitations|sore|stiff|tingling|numb\w*|insomnia"
    r"|hungover|not hungry|wasnt hungry|no appetite|lost appetite|not much appetite|busy|travell?ing|(?:out )?sick)\b"
    r"|(?:walk(?:ed|ing)?|(?:ran|run|running)(?=\s*(?:$|\d|for|to|in|home|at|with))|jog(?:ged|ging)?|cycl(?:ed|ing)|swam|swimming|gym|yoga|pilates|workout|training"
    r"|worked out|exercised?|hike[ds]?|hiking|steps)\b(?!\s+(?:bar|gel|drink|mix|shake))"
    r"|(?:weight|weighed|weigh in|bp|blood pressure|heart rate|hr|steps|sleep|bloods|blood sugar|glucose)\s*[:=]?\s*\d"
    r"|(?:will|to|ill|must|need to) (?:be )?(?:log|fill|add|write|update|enter|complete)\w*\b|log(?:ged|ging)? later"
    r"|(?:ate|eaten|eating|went|was|out for) out\b|ate it all|ate all of it|finished it"
    r"|left (?:some|half|most|all|the)\b"
    r"|(?:cant|cannot|dont|didnt|couldnt) (?:remember|recall|eat|have|log|note|finish)\b|forgot\b|not sure (?:what|how)"
    r"|(?:breakfast|brunch|lunch|dinner|supper|meal|food)s?$"
    r"|no (?:time|food|idea|record|entry)\b|day off|rest day|nothing\b|took meds|doctor|period\b"
    r")"
)


def remark(text: str) -> bool:
    """Say whether words of a diary tell how somebody felt or what they did, and no food.

    Parameters: text, of `plain` or as written. Returns: True or False.

    >>> remark("felt sick"), remark("weight 72 kg"), remark("will log later"), remark("walnuts")
    (True, True, True, False)
    """
    return bool(_REMARK.search(text.lower().replace("'", "").replace("’", "").strip(" .!,;-")))


def nothing_eaten(text: str) -> bool:
    """Say whether a line tells that nothing was eaten.

    Parameters: text, as written. Returns: True or False.

    >>> nothing_eaten("No breakfast"), nothing_eaten("skipped lunch"), nothing_eaten("no added sugar muesli")
    (True, True, False)
    """
    small = text.lower().replace("'", "").replace("’", "").strip(" .!")
    return not small or bool(_NOT_FOOD.search(small)) or not any(c.isalpha() for c in small)
