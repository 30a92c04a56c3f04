"""Things told as a small scene rather than by name: "food comes out of my nose", "tapping makes the lip twitch"."""

from __future__ import annotations

import re
from functools import lru_cache

from twitchwise.observe.alarms import ALARMS
from twitchwise.observe.dangers import DANGERS, combined_in, denied_before
from twitchwise.observe.ways import WAYS
from twitchwise.observe.words import clean

_CANNOT = (
    r"(?:(?:can|could) (?:barely|hardly|scarcely|no longer)|(?:barely|hardly) able to|cant|cannot|can not|"
    r"couldnt|could not|unable to|not able to|difficulty|difficult to|trouble|struggl\w+(?: to)?"
    r"|no longer able to|needs? help (?:to|with)|inability to)"
)
_LIMB = r"(?:arms?|legs?|hands?|foot|feet|calf|calves|thighs?|shoulders?|forearms?|fingers?|muscles?)"
_GAP = r"[^,;.]{0,%d}"
_AMOUNT = (
    r"(?:about |over |nearly |around |almost )?(?:\d+(?:[.,-]\d+)*|a|half a|two|three|four" r"|five|six|ten|several)"
)
_MASS = r"(?:stone|st|kgs?|kilos?|kilograms?|lbs?|pounds)"
_ILLNESS = (
    r"(?:als|mnd|motor[- ]neuron\w*|lou gehrig\w*|multiple sclerosis|ms|parkinsons?|brain tumou?r|cancer|cjd"
    r"|something (?:serious|sinister|terrible|neurological)|(?:serious|terminal|deadly|fatal) (?:disease|"
    r"illness)|dying)"
)
_FEAR = (
    r"(?:afraid|scared|terrified|petrified|frightened|worr(?:y|ied|ies|ying)|fear\w*|panic\w*|convinced|"
    r"obsess\w*|googl\w*"
    r"|paranoid|freak\w* out|dread\w*|sure (?:i|he|she) (?:have|has)|(?:looking|read\w*|search\w*)"
    r" (?:up|about))"
)

# a scene and the findings that it means; the words of the scene are not read again
_SCENES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # manoeuvres of an examiner
    (rf"(?:tap\w*|percuss\w*){_GAP % 30}(?:cheek|fac\w+|lip|zygoma\w*){_GAP % 40}", ("chvostek_sign",)),
    (rf"(?:twitch\w*|contract\w*|jump\w*){_GAP % 70}(?:tapp\w+|percuss\w+)", ("chvostek_sign",)),
    (
        rf"(?:spasm|cramp\w*|clench\w*|flex\w*|claw\w*|posture){_GAP % 40}(?:cuff|tourniquet|sphygmomanometer)"
        r"(?: infl\w+)?",
        ("trousseau_sign",),
    ),
    (rf"(?:cuff|tourniquet){_GAP % 30}(?:spasm|cramp\w*|clench\w*|flex\w*|claw\w*)(?: of \w+)?", ("trousseau_sign",)),
    (r"climb\w* up (?:on )?(?:his|her|their|the) (?:own )?(?:legs|thighs|body|knees)", ("proximal_weakness",)),
    (rf"sway\w*{_GAP % 20}(?:eyes? (?:are )?(?:closed|shut)|eye closure)", ("romberg_sign",)),
    (rf"{_CANNOT} (?:walk|stand|walking|standing)? ?(?:on )?(?:his |her |my |the )?heels?", ("foot_drop",)),
    (
        r"(?:guttering|hollowing|scalloping|dents?) (?:of|in|between) (?:the |my |his |her )?(?:interosse\w+|"
        r"thenar\w*|hands?|temples?|first dorsal\w*|thighs?|calf)",
        ("muscle_wasting",),
    ),
    # nerve and muscle
    (
        rf"{_LIMB}{_GAP % 16}\b(?:thinner|smaller|skinnier|shr[iu]nk\w*|shrivel\w*|wasting away)"
        r"(?: than \w+(?: \w+)?)?",
        ("muscle_wasting",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:lift|raise|lifting|raising) (?:my|his|her|the|their) arms?(?: "
        r"(?:up|over \w+|"
        r"above \w+(?: \w+)?))?",
        ("proximal_weakness",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:get|getting|stand|standing|rise|rising|come|push\w*)(?: up)? (?:from|out of|"
        r"off)(?: a| the)?(?: low| deep)?"
        r" (?:chairs?|sofa|couch|toilet|bath(?:tub)?|floor|squat\w*|seat|car|loo)",
        ("proximal_weakness",),
    ),
    (
        r"(?:use[sd]?|using|needs?|needing) (?:my|his|her|both|the|their) (?:arms|hands) to (?:push\w*|stand|"
        r"rise|get|help)"
        rf"{_GAP % 30}(?:chair|up|out)",
        ("proximal_weakness",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:grip|gripping|grasp\w*|squeeze|squeezing|hold|holding)(?! (?:still|urine|"
        r"stool|my (?:urine|water|bladder)|water|it|in\b|breath))(?: on)?(?: to)?(?: an?| my| the| her| his)"
        r"?(?: \w+)?",
        ("focal_weakness",),
    ),
    (
        r"(?:keep|keeps|kept|started|constantly|always)? ?drop(?:s|ped|ping)? (?:my |his |her |the |a )"
        r"?(?:phone|cups?|mugs?|glass(?:es)?|keys|pens?|cutlery|plates?|objects?|items?|dishes)",
        ("hand_clumsiness",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:(?:do|doing) up|fasten\w*|button\w*|undo\w*|zip\w*|thread\w*|tie|tying)"
        r"(?: (?:up )?(?:my |his |her )?(?:buttons?|shirts?|laces|shoelaces|zips?|needles?|coat))?",
        ("hand_clumsiness",),
    ),
    (
        r"(?:grip|hand|fist|fingers?)[^,;.]{0,12}(?:wont|will not|not|cannot|cant|slow to|slowly|does not|"
        r"doesnt|fails? to) (?:to )?(?:let go|releas\w*|relax\w*)",
        ("slow_relaxation",),
    ),
    (
        rf"(?:jerk\w*|jolt\w*|jump\w*|twitch\w*|start){_GAP % 30}(?:drop(?:ping|s)? off|drift\w* (?:off|"
        r"to sleep)|doz\w+ off|nod\w* off|edge of sleep|verge of sleep)",
        ("sleep_jerks",),
    ),
    (
        rf"(?:feel\w*|sensation|dream\w*) (?:like|of|as if|as though|i am|im)?{_GAP % 8}fall(?:ing)"
        rf"?{_GAP % 14}(?:jerk|jolt|jump|wak|woke|startl)\w*(?: awake| up)?",
        ("sleep_jerks",),
    ),
    (
        r"(?:calf|calves|legs?|thighs?|buttocks?)[^;.]{0,40}(?:after|at|every|within) (?:about )?(?:\d+|one|"
        r"two|three|a few|few|a) ?(?:yards?|met(?:re|er)s?|m|blocks?|minutes?(?: of)? walk\w*)"
        r"[^;.]{0,40}(?:eas\w+|goes|stop\w*|rest\w*|reliev\w*|better)(?: (?:when|with|if|after|at)"
        r" \w+(?: \w+)?)?",
        ("pain_on_walking",),
    ),
    (r"electric(?:al|ity)?[- ](?:current|zaps?|jolts?|pulses?|surges?)", ("electric_shocks",)),
    (
        r"(?:feet|foot|hands?|legs?|arms?|fingers?|toes?|limbs?)(?: (?:feel\w*|felt|like|as|if|theyre|they|"
        r"are|is|were|have"
        r"|has|had|all|half|just|keeps?|always|constantly|been))* (?:asleep|(?:go|goes|going|gone"
        r"|went) to sleep)\b",
        ("paresthesia",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:walk|climb|go|get|manage|walking|climbing|going|getting|managing)"
        r"(?: up)?(?: "
        r"the| a flight of| a few)? (?:stairs?|upstairs|steps|stairway)(?! without)",
        ("proximal_weakness",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:raise|lift|pick up|pull up|raising|lifting)(?: up)?(?: my| his| her| the| "
        r"their)? (?:foot|feet|toes?|big toe|ankles?|forefoot)",
        ("foot_drop",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:get|getting|say|saying|pronounc\w+|form|forming)(?: my| the| his| her)?(?: "
        r"right)? words?(?: out)?",
        ("slurred_speech",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:hold|holding|control|controlling)(?: on to)?(?: my| his| her| the| their)? "
        r"(?:bladder|water|urine|pee|wee)",
        ("urinary_trouble",),
    ),
    (r"\bthe (?:trots|squits|squirts|skitters)\b", ("diarrhoea",)),
    (r"\b(?:rapid|fast|quick)(?:,| and|, and)? (?:shallow|deep) breath\w*", ("fast_breathing",)),
    # heart, breath, head
    (
        r"heart (?:keeps? |is |was |feels like it is |goes |going )?(?:\w+ and )?(?:flip\w*|thud\w*|hammer\w*|"
        r"thump\w*|somersault\w*)(?: and \w+)?",
        ("palpitations",),
    ),
    (r"heart (?:is |was |goes |going |went |kept )?(?:in |into )?(?:a )?gallop\w*", ("fast_heartbeat",)),
    (
        rf"(?:breath\w*|dyspn\w*|wheez\w*){_GAP % 25}(?:l(?:ie|ies|ying|ay)(?: down| flat)+|flat"
        r" in bed|supine|"
        r"on (?:my|his|her) back)",
        ("breathlessness_lying",),
    ),
    (
        r"(?:sleep\w* (?:on|with) )?(?:[2-6]|two|three|four|five)[- ]?pillows?(?: orthopn\w+)?",
        ("breathlessness_lying",),
    ),
    (
        r"(?:everything|room|world|surroundings|all)[^,;.]{0,12}(?:spin\w*|going round|went round"
        r"|goes round|whirl\w*)",
        ("dizziness",),
    ),
    (r"\bhead (?:is |was |feels? |keeps )?(?:pound\w*|throb\w*|splitting|killing \w+|banging)", ("headache",)),
    (r"(?:fuzzy|hazy|blurry|blurred|dim|foggy|cloudy|misty) (?:eye ?sight|vision|eyes|sight)", ("blurred_vision",)),
    # gut, urine, weight
    (r"\bthe runs\b(?! of)", ("diarrhoea",)),
    (
        r"(?:motions?|stools?|bowels? (?:open|movements?)|bms?) (?:\d+|several|many|multiple|six|eight|ten)"
        r"(?:-\d+)? times|(?:opening|opens|opened) (?:his|her|my|the|their)? ?bowels? (?:\d+|several|many|"
        r"multiple|six|eight|ten)(?:-\d+)? times|\d+ (?:loose|watery|liquid) (?:motions?|stools?|bms?)",
        ("diarrhoea",),
    ),
    (
        r"\bno (?:bowel (?:movements?|motions?)|bms?|motions?)\b(?: for \w+ \w+)?|(?:bowels? (?:have |has )"
        r"?(?:not|havent|hasnt)(?: been)? open\w*|(?:not|havent|hasnt|did not) (?:open\w* (?:his"
        r"|her|my|their)"
        r" bowels?|(?:been|gone|go) to the (?:toilet|loo)))",
        ("constipation",),
    ),
    (
        rf"{_CANNOT} (?:keep|hold)(?:ing)? (?:any|any ?thing|food|fluids?|liquids?|it|water)(?: \w+)? down",
        ("vomiting",),
    ),
    (r"throw(?:ing|n|s)? up(?: all (?:night|day))?|threw up(?: all (?:night|day))?", ("vomiting",)),
    (
        rf"(?:liquids?|fluids?|drinks?|water|food|milk|tea){_GAP % 24}(?:out of|out through|through|down|from|"
        r"up) (?:my|the|his|her)? ?nose(?: when \w+ \w+)?",
        ("difficulty_swallowing",),
    ),
    (
        rf"cough\w*{_GAP % 12}(?:when|while|whenever|on|after|with|during) ?(?:i |he |she |they )?(?:try to |"
        r"trying to )?(?:drink\w*|eat\w*|swallow\w*|liquids?|meals?|water|food|fluids?|feeds?)(?: \w+)?",
        ("choking",),
    ),
    (
        rf"(?:urine|pee|wee|water){_GAP % 24}(?:like|colou?r of|looks?|resembl\w+){_GAP % 12}(?:coke|cola|coca|"
        r"tea|coffee|port|beer|rust|blood|wine)",
        ("dark_urine",),
    ),
    (
        r"(?:coke|cola|tea|coffee|rust|port|wine|smoky|brown)[- ]?(?:colou?red|like)?[- ](?:urine|pee|wee)",
        ("dark_urine",),
    ),
    (
        r"(?:pee\w*|wee\w*|urinat\w*|pass\w* (?:urine|water)) (?:all the time|constantly|every (?:hour|"
        r"half hour|few minutes|\d+ minutes)|non-?stop|a lot)",
        ("polyuria",),
    ),
    (r"\b(?:wet|wets|wetting|peed|soiled) (?:my|him|her|them)sel(?:f|ves)(?: without \w+)?", ("urinary_trouble",)),
    (
        rf"\b(?:lost|dropped|shed|losing) {_AMOUNT} ?{_MASS}\b(?: of weight| in weight)?(?: without \w+)?",
        ("weight_loss",),
    ),
    (rf"\b(?:gained|put on|putting on|gaining) {_AMOUNT} ?{_MASS}\b(?: of weight| in weight)?", ("weight_gain",)),
    # fits, sleep, mind
    (
        r"\b(?:a|had|having|has|2|two|3|three|several|first|generali[sz]ed|epileptic|febrile)"
        r" fits?\b(?! (?:and|of (?:laugh|rage|cough|sneez|giggl|cry)\w*|young|old|man|woman|athlet\w*|person|"
        r"healthy|\d|for|runner|male|female))|^fit (?:with[^,;.]*|lasting|at|this|yesterday|today"
        r"|last|involving)\b",
        ("seizure",),
    ),
    (r"\b(?:lie|lying|lay|lies|laid) (?:wide )?awake\b", ("insomnia",)),
    (
        r"\b(?:zero|no|little) energy\b|energy (?:levels? )?(?:is|are|at) (?:zero|rock bottom|nil|low|"
        r"through the floor)",
        ("fatigue",),
    ),
    (
        r"\b(?:short|quick) fuse\b|fl(?:y|ies|ying) off the handle|snap(?:ping|s|ped) at (?:people|everyone|"
        r"family|others|\w+ (?:kids|children|wife|husband))",
        ("irritability",),
    ),
    (rf"{_FEAR}(?: \w+){{0,6}}? {_ILLNESS}\b", ("health_anxiety",)),
    (rf"\b{_ILLNESS} (?:fear|fears|anxiety|worry|worries|phobia|panic)\b", ("health_anxiety",)),
    (
        r"\b(?:foot|leg|arm|hand|limb)\b[^,;.]{0,14}\b(?:cold|cool|icy)\b[^,;.]{0,12}\b(?:white|pale|blue|"
        r"pulseless|mottled)\b|\b(?:cold|cool|icy)[ ,]+(?:and )?(?:white|pale|blue|pulseless|mottled) (?:foot|"
        r"leg|arm|hand|limb)\b",
        ("cold_pale_limb",),
    ),
)
_DENIED = re.compile(r"\b(?:no|not|never|deny|denie[sd]|denying|without|nor|neither|absent|negative)\b[^,;.]*$")
_SUBJECT = re.compile(r"(?:i|he|she|they|mum|mom|dad)\b")
_DENIED_AFTER = re.compile(
    r"^\W{0,3}(?:was |is |are |were )?(?:absent|negative|denied|none|nil|not (?:present|seen" r"|found|elicited))\b"
)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(rf"(?<![a-z]){pattern}" if pattern[0] not in "\\^" else pattern), ids)
        for pattern, ids in (*DANGERS, *ALARMS, *_SCENES, *WAYS)
    )


def scenes_in(text: str) -> tuple[list[tuple[str, bool]], str]:
    """Find the scenes of a text.

    Parameters: text, as written. Returns: findings with whether they are denied, and the text that is left to read.

    >>> scenes_in("throwing up all night, no fever")
    ([('vomiting', False)], ' , no fever')
    """
    plain = clean(text)
    found = [(id_, False) for id_ in combined_in(plain)]
    seen = bool(found)
    for number, (pattern, ids) in enumerate(_compiled()):
        match = pattern.search(plain)
        if match is None:
            continue
        seen, before = True, plain[: match.start()]
        # a new subject ("and she ...") ends a denial, so the first word is looked at too, unless it says no itself
        first = match.group().split(" ")[0] if _SUBJECT.match(match.group()) else ""
        no = denied_before(before + first) if number < len(DANGERS) else bool(_DENIED.search(before))
        denied = no or bool(_DENIED_AFTER.match(plain[match.end() :]))
        found += [(id_, denied) for id_ in ids]
        plain = f"{before} {plain[match.end() :]}"
    return found, plain if seen else text
