"""Danger signs built from parts, as in a grammar: a part of the body with what fails, two signs that make one scene."""

from __future__ import annotations

import re
from functools import lru_cache

from twitchwise.observe.danger_life import LIFE
from twitchwise.observe.danger_nerve import NERVE
from twitchwise.observe.danger_words import SICK, WATER

# parts of scenes; a scene is made of two or more of them that are not denied
_PARTS = {
    "eyes up": r"eyes?[^,;.]{0,16}(?:roll\w*|went up|up in|turn\w* (?:up|back|white)|flick\w* up|whites of)",
    "shaking": r"(?:shak\w*|shook|jerk\w*|convuls\w*|twitch\w*|thrash\w*|flail\w*|trembl\w*)"
    r"(?: \w+){0,2} (?:all over|everywhere|violently|uncontrolla\w*|nonstop|rhythmic\w*)|convuls\w*"
    r"|thrash\w*|(?:shook|shaking|shaked|shakes) like (?:mad|crazy|a leaf)|jerking (?:limbs"
    r"|arms|legs|body)|shook"
    r"|(?:arms?|legs?|limbs|body) (?:\w+ ){0,3}(?:jerk\w*|shak\w*|shook|thrash\w*|twitch\w*|pump\w*|flap\w*)",
    "stiff": r"(?:went|gone|goes|going|became|becomes|whole body|body|all|he is|shes|hes|she is|was) (?:\w+ )?"
    r"(?:stiff|rigid)|stiffen\w*",
    "tongue": r"(?:bit|bitten|biting|chewed)(?: \w+)? (?:his |her |my |the )?tongue|tongue (?:\w+ )?" r"(?:bitten|bit)",
    "wet": r"wet (?:trousers|pants|bed|himself|herself|myself|underwear)|peed (?:my|him|her)sel\w+",
    "floor": r"on the (?:\w+ )?(?:floor|ground|bathroom|kitchen)",
    "away": r"(?:didnt|doesnt|dont|wouldnt|not|wont|couldnt|cant|no) (?:\w+ )?(?:respon\w+|answer\w*"
    r"|react\w*|rememb\w*"
    r"|memory|hear|reach)|unresponsive|out of it|stared?\b|staring|vacant|blank|attack|(?:funny"
    r" )?turn\b|episode",
    "blank": r"(?:didnt|doesnt|wouldnt|not|wont) (?:\w+ )?(?:respon\w+|react\w*)|unresponsive|stared?\b"
    r"|staring|vacant|blank|zon\w* out",
    "side": r"(?:one|left|right) (?:side|corner|half)|(?:on|at|to) (?:the |my |his |her )?(?:left|right)\b|one side",
    "smile": r"smil\w*|grin\w*|whistle|show (?:his|her|my) teeth|clos\w* (?:one|his|her|my) eye|puff \w+ cheeks",
    "cannot": r"cant|cannot|can not|couldnt|difficulty|not able|unable|wont|only",
    "foam": r"foam\w*|froth\w*",
    "body moves": r"(?:whole |entire |all )?body (?:\w+ )?(?:jump\w*|jerk\w*|shak\w*|twitch\w*|mov\w*|trembl\w*)",
    "tongue big": r"(?:tongue|throat|lips?)[^,;.]{0,10}(?:thick|fat|big|bigger|swell\w*|swoll\w*|clos\w*|tight\w*)",
    "spots": r"(?:dark|purple|blood\w*|little red|small red) (?:spots?|dots?|rash|marks)|bruises",
    "hot": r"fever\w*|burning|very hot|so hot|boiling|3[89]|4[01]|temperature",
    "like wood": r"stiff\w*|rigid|like (?:wood|a board|iron|stone)",
    "leg": r"(?:leg|calf)\b(?! (?:day|press|room|muscles?))",
    "fat": r"fat|swell\w*|swoll\w*|bigger|thick\w*|balloon\w*|puffy|double",
    "red": r"red\b|hot\b|warm|purple|blue|dark red",
    "drowsy": r"sleepy|drowsy|dazed|groggy|confus\w*|muddled",
    "blue": r"(?:went|turn\w*|lips?|face) (?:\w+ )?(?:blue|purple|grey|gray)",
    "chest": r"heart ?burn|heart (?:pain|ache)|chest|ribs|rib ?cage|breast ?bone|sternum",
    "press": r"press\w*|tight\w*|squeez\w*|squash\w*|crush\w*|heav\w*|weight|burn\w*|pain\w*|ach\w*"
    r"|hurt\w*|band|belt",
    "spreads": r"(?:left |both |my |right )?(?:arms?|jaw|shoulders?|neck)\b",
    "ill": rf"(?:cold |feel |feeling |being |be )?{SICK}",
    "panic": r"panic\w*|anxi\w*|nervous\w*|stress\w*|worr\w*",
    "diabetes": r"diabet\w*|insulin|blood sugar|sugar (?:is |was |of |reading )?(?:low|\d)|hypo\b",
    "muddled": r"(?:cant|cannot|difficulty|not) (?:think|thinking|focus|talk|speak)(?: straight| clearly"
    r"| properly)?"
    r"|muddled|confus\w*|not (?:him|her|my)self|drows\w*|spaced out|vacant",
    "sweaty": r"sweat\w*|clammy|drenched",
    "shaky": r"shak\w*|trembl\w*|tremor|jitter\w*",
    "travel": r"flight|flew|plane|long (?:drive|journey|haul)|surgery|operation|plaster|in a cast|bed"
    r" ?rest|the pill"
    r"|gave birth|pregnan\w*",
    "leg sore": r"(?:leg|calf|thigh)\b[^,;.]{0,14}(?:cramp\w*|pain\w*|sore|hurts?|aches?|aching|swoll\w*"
    r"|swelling|tight"
    r"|throb\w*|warm|hot|red)|(?:cramp|pain|ache) in (?:my|his|her|the|one) (?:leg|calf|thigh)",
    "breath": r"breathless\w*|(?:short|out) of breath|(?:cant|cannot|difficulty|struggl\w+ to|hurts to"
    r"|pain (?:on|when i|when)"
    r"|trouble) breath\w*|(?:hurts?|pain\w*|stab\w*)[^,;.]{0,16}breath\w*|cough\w* (?:up )?(?:\w+ )?blood",
    "sting": r"stings?|stung|peanuts?|nuts?|prawns?|shrimp|shellfish|sesame|eggs?|penicillin|antibiotic"
    r"|wasps?|bees?"
    r"|vaccine|jab|allerg\w*|hives|welts|nettle ?rash|itch\w*|rash",
    "throat": r"(?:throat|tongue|lips?|mouth|face|eyes)[^,;.]{0,20}(?:tight\w*|clos\w*|swell\w*|swoll\w*"
    r"|swelled|thick"
    r"|big\w*|puff\w*|itch\w*|blown|balloon\w*|huge|fat)",
    "toilet": r"(?:cant|cannot|can not|couldnt|unable to|not able to|difficulty) (?:\w+ )?(?:pee|wee"
    rf"|urinate|pass {WATER}|pass anything|go to the (?:toilet|loo)|"
    rf"hold {WATER}|start {WATER})|{WATER} (?:comes|runs|leaks|dribbles) (?:by itself|on"
    r" its own|out)|nothing (?:comes|came|coming)|(?:leak|wet|dribbl)\w* (?:\w+ )?without "
    r"(?:notic|feel|know)\w*",
    "legs bad": r"(?:legs?|feet)[^,;.]{0,14}(?:weak\w*|numb\w*|tingl\w*|dead|heavy|drag\w*|giv\w* way|useless|jelly)",
    "heart": r"heart|palpitations?|pulse|icd|pacemaker",
    "dark": r"(?:everything|it|world|vision|sight|all|things?|i) (?:\w+ )?(?:goes|went|go|gets|got"
    r"|turns?|turned|see) (?:\w+ )?(?:dark|black|grey|white)"
    r"|(?:wok\w*|came (?:to|round)|ended) (?:up )?on the \w+|(?:almost|nearly|about to|going"
    r" to) (?:fall|fell|collapse|faint|pass|black)\w*|(?:went|goes|going) down (?:in|on|at)"
    r"|hit the (?:deck|floor|ground)|keeled|dropped to the|icd (?:\w+ ){0,2}(?:off|shock\w*|fir\w*)",
    "dizzy": r"dizz\w*|faint\w*|light[- ]?headed|woozy|collaps\w*|black\w* out|pass\w* out",
    "dark water": r"(?:dark\w*|brown\w*|red|rusty|black|cola|coke|tea|coffee|coca ?cola|stout|port)\b(?:"
    rf" \w+){{0,3}} {WATER}"
    rf"|{WATER}[^,;.]{{0,20}}\b(?:dark|brown|red|rusty|black|cola|coke|tea|coffee|coca ?cola|stout)\b",
    "effort": r"crossfit|spin\b|spinning|marathon|triathlon|workout|work ?out|gym|training|(?:pull|push"
    r"|press|sit|chin)[- ]?ups|squats|burpees|boot ?camp|run"
    r"|race|ultra|lifting|exercis\w*|floor|crush\w*|trapped|statin\w*|heat",
    "muscle bad": r"(?:cant|cannot|couldnt|difficulty) (?:straighten|bend|lift|move|climb)|(?:muscles?|arms?"
    r"|legs?|thighs?|calves|quads|shoulders?|biceps)[^,;.]{0,24}(?:swoll\w*|sore|hurt\w*|ach\w*"
    r"|pain\w*|agony|weak|stiff|hard|solid|cramp\w*|lift|bend|straighten|(?:like )?(?:rocks?"
    r"|stones?|concrete|wood|steel))|cramp\w*|sore|ach(?:es|ing)",
}
_PART = {name: re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])") for name, pattern in _PARTS.items()}
# all of the first, none of the second: the findings
_SCENES: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (("eyes up", "shaking"), (), ("seizure",)),
    (("eyes up", "stiff"), (), ("seizure",)),
    (("eyes up", "away"), (), ("seizure",)),
    (("stiff", "shaking"), (), ("seizure",)),
    (("blue", "shaking"), (), ("seizure",)),
    (("blank", "shaking"), (), ("seizure",)),
    (("blue", "stiff"), (), ("seizure",)),
    (("tongue", "wet"), (), ("seizure",)),
    (("tongue", "floor"), (), ("seizure",)),
    (("tongue", "away"), (), ("seizure",)),
    (("tongue", "blue"), (), ("seizure",)),
    (("tongue", "drowsy"), (), ("seizure",)),
    (("tongue", "shaking"), (), ("seizure",)),
    (("wet", "floor"), (), ("loss_of_consciousness",)),
    (("wet", "shaking"), (), ("seizure",)),
    (("chest", "press", "ill"), ("panic",), ("heart_pain",)),
    (("chest", "press", "spreads"), ("panic",), ("heart_pain",)),
    (("diabetes", "muddled"), ("panic",), ("confusion",)),
    (("travel", "leg sore", "breath"), (), ("calf_tenderness", "breathlessness")),
    (("sting", "throat", "breath"), (), ("face_swelling", "breathlessness")),
    (("sting", "throat", "dizzy"), (), ("face_swelling", "fainting")),
    (("toilet", "legs bad"), (), ("urinary_trouble", "numbness")),
    (("heart", "dark"), (), ("palpitations", "fainting")),
    (("smile", "cannot", "side"), (), ("facial_droop",)),
    (("foam", "shaking"), (), ("seizure",)),
    (("foam", "body moves"), (), ("seizure",)),
    (("sting", "tongue big"), ("panic",), ("face_swelling", "throat_tightness")),
    (("spots", "hot", "drowsy"), (), ("fever", "drowsiness")),
    (("like wood", "hot", "sweaty"), (), ("muscle_stiffness", "fever")),
    (("leg", "fat", "red"), (), ("one_swollen_calf",)),
    (("dark water", "effort"), (), ("dark_urine", "muscle_pain")),
    (("dark water", "muscle bad"), (), ("dark_urine", "muscle_pain")),
)

DANGERS = (*LIFE, *NERVE)
_NO = re.compile(
    r"\b(?:no|not|never|deny|denie[sd]|denying|without|nor|neither|didnt|dont|doesnt|isnt|wasnt"
    r"|havent|hasnt)\b"
    r"(?:(?!\b(?:but|now|then|and (?:i|he|she|my|his|her|the|now|then))\b)[^,;.])*$"
)
_FEAR = re.compile(
    r"\b(?:(?:afraid|scared|fear\w*|terrified|frightened|panick\w*) (?:of|about|it is|its|that"
    r" it|i (?:will|might|could|have|may))|worr\w+ (?:about|that|i|it)"
    r"|what if|in case|might|wonder\w*|read\w* about|googl\w*|could (?:it|this) be|dream\w*"
    r"|nightmare\w*)\b[^,;.]*$"
)


def denied_before(before: str) -> bool:
    """Whether the words before a danger sign deny or only fear it.

    Parameters: before, plain text up to the sign. Returns: True or False.

    >>> denied_before("no weakness and no "), denied_before("not better and my "), denied_before("scared of ")
    (True, False, True)
    """
    return bool(_NO.search(before) or _FEAR.search(before))


@lru_cache(maxsize=4096)
def _has(name: str, plain: str) -> bool:
    return any(not denied_before(plain[: match.start()]) for match in _PART[name].finditer(plain))


def combined_in(plain: str) -> list[str]:
    """Find the scenes that two or three parts of a sentence make together.

    Parameters: plain, the text in lower case without accents. Returns: ids of findings.

    >>> combined_in("eyes rolled and she was shaking all over"), combined_in("eyes rolled, no shaking")
    (['seizure'], [])
    """
    found: dict[str, None] = {}
    for parts, without, ids in _SCENES:
        if all(_has(part, plain) for part in parts) and not any(_PART[part].search(plain) for part in without):
            found.update(dict.fromkeys(ids))
    return list(found)
