"""Further scenes, of an examiner and of every day, and the tests by hand that provoke a pressed nerve."""

from __future__ import annotations

import re

from twitchwise.observe.words import clean

_CANNOT = (
    r"(?:cant|cannot|can not|could not|couldnt|unable to|not able to|difficulty|difficult to|trouble|struggl\w+(?: to)?"
    r"|takes? (?:\w+ )?(?:ages|hours|forever) to)"
)
_SELF = r"(?:my|him|her|them)sel(?:f|ves)"
_LID = r"(?:eye ?lids?|eye ?brows?|eyes?|lids?|brow)"
_CHEEK = r"(?:cheek|corner of (?:my|his|her|the) mouth|mouth|lips?|chin|side of (?:my|his|her|the) face)"
_PULL = (
    r"(?:pull\w*|twitch\w*|jump\w*|contract\w*|spasm\w*|draw\w*|screw\w*|scrunch\w*|clos\w*|shut\w*|jerk\w*"
    r"|flutter\w*|wink\w*"
    r"|blink\w*)"
)
_SAME = (
    r"(?:same side|one side|together|at (?:once|the same time)|in time with|go(?:es)? with it|joins? in|follows?|goes"
    r" too)"
)

# a scene and the findings that it means, as in pictures; no finding where the words only look like one
WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"(?:shak\w+|flick\w*|wring\w*)(?: (?:it|them)|[^,;.]{0,16}(?:hands?|fingers?|wrists?|arms?))\b[^,;.]{0,24}"
        r"(?:relie\w+|eas\w+|better|help\w*|rid of (?:it|them)|feeling returns|feeling back)"
        r"|(?:shak\w+|flick\w*) (?:it|them|(?:the|his|her|my) hands?) out(?: at night)?(?: for relief)?"
        r"|(?:shak\w+|flick\w*) (?:the |his |her |my )?hands?[^,;.]{0,20}to (?:get rid|ease|relieve|wake)[^,;.]{0,12}",
        (),
    ),
    (
        r"eyes?[^,;.]{0,12}(?:jerk\w*|flick\w*|dart\w*|bounc\w*|wobbl\w*|danc\w*|oscillat\w*)[^,;.]{0,14}(?:side to"
        r" side"
        r"|sideways|back and forth|to and fro|up and down|uncontrolla\w*)(?: to side)?",
        ("nystagmus",),
    ),
    (
        r"(?:abnormal|odd|strange|disordered|dysconjugate|disconjugate|impaired|disturbed) eye movements?"
        r"|eye movements? (?:\w+ )?(?:abnormal|disordered|impaired|disturbed|not together)",
        ("eye_movement_palsy",),
    ),
    (
        rf"{_CANNOT} (?:\w+ )?(?:fall\w* asleep|get\w* (?:off )?to sleep|drop\w* off|nod\w* off|drift\w* off|go to"
        rf" sleep"
        r"|switch off at night)(?: at night)?",
        ("insomnia",),
    ),
    (r"eye ?lids?[^,;.]{0,16}(?:rippl\w*|pulsat\w*|throb\w*|buzz\w*|vibrat\w*)", ("eyelid_twitching",)),
    (r"voice[^,;.]{0,10}(?:quiver\w*|shak\w*|trembl\w*|wobbl\w*|quaver\w*)", ("tremor",)),
    (r"eyes?[^,;.]{0,10}cross(?:ed|ing)\b", ("eye_movement_palsy",)),
    (
        r"(?:see\w*|sees|vision|everything|things|looks?|goes|print|eyes?)(?: \w+){0,3},? double\b|^double (?:when|if"
        r"|at)\b"
        r"|\bdouble when (?:tired|looking|reading|driving)",
        ("double_vision",),
    ),
    (
        r"(?:no strength|not strong enough|too weak|lack\w* (?:of )?(?:the )?strength) to (?:climb|get|stand|rise"
        r"|push|lift)"
        r"(?: \w+)? ?(?:out|up|from|off|myself|himself|herself)",
        ("proximal_weakness",),
    ),
    (r"\bno strength (?:left )?in (?=(?:my|his|her|the|both|one) )", ("muscle_weakness",)),
    (r"(?:cloud(?:ed|ing)(?: of)?|dulled|dimmed) (?:awareness|mind|thinking|sensorium)", ("confusion",)),
    (
        r"wrists?[^,;.]{0,12}(?:hangs?|hanging|drops?|dropped|flops?|floppy|limp|wont (?:lift|come up))(?: down)?"
        rf"|{_CANNOT} (?:\w+ )?(?:straighten|extend|lift|cock|bend)(?:ing)?(?: up| back)? (?:my|his|her|the) wrists?",
        ("focal_weakness",),
    ),
    (
        rf"\b{_LID}[^;.]{{0,40}}\b{_CHEEK}[^;.]{{0,40}}{_PULL}[^;.]{{0,20}}{_SAME}"
        rf"|{_LID}[^;.]{{0,40}}\b{_CHEEK}[^;.]{{0,20}}"
        rf"{_SAME}[^;.]{{0,20}}{_PULL}(?: together)?"
        rf"|{_LID}[^;.]{{0,20}}{_PULL}[^;.]{{0,24}}\b{_CHEEK}[^;.]{{0,24}}{_SAME}|"
        rf"{_PULL}[^;.]{{0,20}}{_LID}[^;.]{{0,24}}{_CHEEK}[^;.]{{0,24}}{_SAME}",
        ("hemifacial_spasm_seen",),
    ),
    (
        r"(?:(?:left|right|one) (?:side|half) of (?:my|his|her|the) face|half (?:of )?(?:my|his|her|the)"
        r" face)[^,;.]{0,16}"
        r"(?:scrunch\w*|screw\w*|tighten\w*|contract\w*|pulls? tight|tugs?|tugging|clench\w*|spasm\w*|jump\w*)(?: up)?",
        ("hemifacial_spasm_seen",),
    ),
    (
        r"heart[^,;.]{0,10}(?:flutter\w*|jump\w*|skips? and \w+)(?: and \w+)*",
        ("palpitations",),
    ),
    (
        r"(?:thumbs?|fingers?)[^,;.]{0,16}(?:pull\w*|bend\w*|curl\w*|fold\w*|draw\w*)[^,;.]{0,8}\b(?:in|inwards?|into"
        r"|under)\b[^,;.]{0,8}(?:on (?:its|their) own|by (?:itself|themselves)|palm)",
        ("tetany",),
    ),
    (
        r"(?:stares?|staring|blank|vacant)[^;.]{0,30}(?:smack\w*|chew\w*|unresponsive|not respond\w*|fumbl\w*|pluck\w*"
        r"|lips)(?: (?:his|her|my) lips)?",
        ("seizure",),
    ),
    (
        r"(?:insects?|ants|bugs|spiders|something)[^,;.]{0,12}(?:crawl\w*|under|running|creep\w*)"
        r"[^,;.]{0,12}skin",
        ("paresthesia",),
    ),
    (
        r"\bsee(?:s|ing)? (?:little|small|tiny|strange|dead|imaginary) (?:men|man|people|children|animals|figures"
        r"|creatures)|talk\w* to (?:people|someone) who (?:is|are|was|were) not there",
        ("hallucinations",),
    ),
    (
        r"\b(?:no|absent|lost|less|reduced) (?:feeling|sensation)(?: and position sense)? (?:below|in|from|under|over"
        r"|up to)"
        r" (?:the |both |my |his |her )?(?=\w*(?:knee|foot|feet|leg|hand|finger|toe|arm|ankle|shin|calf|calves|sole))",
        ("numbness",),
    ),
    (
        r"drink\w*[^,;.]{0,10}(?:pints|gallons|litres|liters|bottles|jugs|buckets)[^,;.]{0,8}water|dry as a bone"
        r"|thirst\w* all (?:day|the time)",
        ("thirst",),
    ),
    (
        r"(?:hands?|fingers?|thumb|forearm)[^,;.]{0,20}(?:lock\w*|cramp\w*|seiz\w*|clench\w*|tighten\w*)[^,;.]{0,16}"
        r"(?:writ\w+|holding (?:a|the|my|his|her) pen|typing|playing|knitting|sewing|milking)",
        ("hand_cramps",),
    ),
    (
        r"(?:shoulder[- ]shrug\w*|shrug\w* (?:of |his |her |my |the |both )*shoulders?|(?:head|neck) (?:toss\w*"
        r"|nodd\w*))",
        ("muscle_twitching",),
    ),
    (rf"\bto (?:harm|kill|hurt) {_SELF}|suicide attempt|attempted suicide", ("self_harm_thoughts",)),
)
_NO_FINDING = re.compile(r"(?<![a-z])(?:" + "|".join(pattern for pattern, ids in WAYS if not ids) + ")")
_TESTS = re.compile(
    r"\b(?:phalens?|tinels?|spurlings?|durkans?|froments?|lasegues?|slr|straight[- ]leg[- ]rais\w*|crossed straight leg"
    r"|slump test|femoral (?:nerve )?stretch\w*|carpal compression|upper limb tension|foraminal compression"
    r"|elbow flexion test|hand elevation test)\b"
)
_ROOT = re.compile(r"\b(?:lasegues?|slr|straight|crossed|slump|femoral|spurlings?|foraminal)\b")  # the pain runs down
_NEGATIVE = re.compile(r"\b(?:negative|neg|normal|absent|no|not|without|free|unremarkable|equivocal|painless)\b")


def nerve_tests_in(text: str, present: bool = True) -> tuple[set[str], list[tuple[str, bool]], str]:
    """Find the tests by hand that provoke a pressed nerve.

    Parameters: text, as written; present, False in a list of denials. Returns: clues, findings with whether they are
    denied, and the text left to read.

    >>> nerve_tests_in("wasting, Phalen positive"), nerve_tests_in("SLR negative")[:2]
    (({'nerve_provoked'}, [], 'wasting'), ({'nerve_not_provoked'}, [('radiating_pain', True)]))
    """
    plain = clean(text)
    if not _TESTS.search(plain):
        return set(), [], text
    parts: list[str] = []
    left: list[str] = []
    for part in re.split(r"[,;.]", plain):
        (parts if _TESTS.search(part) else left).append(part)
    clues: set[str] = set()
    found: dict[str, bool] = {}
    for number, part in enumerate(parts):
        bare = _TESTS.fullmatch(re.sub(r"\s+(?:sign|test|s)$", "", part.strip()))
        # a bare name in a list shares the result of the name after it
        said = part if not bare or number + 1 == len(parts) else parts[number + 1]
        denied = not present or bool(_NEGATIVE.search(said))
        clues.add("nerve_not_provoked" if denied else "nerve_provoked")
        if _ROOT.search(part):
            found["radiating_pain"] = found.get("radiating_pain", True) and denied
    return clues, list(found.items()), ", ".join(part.strip() for part in left if part.strip())


def without_gestures(text: str) -> str:
    """Take out of a note what only looks like a finding, such as a hand that is shaken for relief.

    Parameters: text. Returns: the text without it.

    >>> without_gestures("shakes the hand for relief, worse when driving")
    ', worse when driving'
    """
    plain = clean(text)
    return _NO_FINDING.sub("", plain) if _NO_FINDING.search(plain) else text
