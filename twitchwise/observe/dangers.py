"""Danger signs built from parts, as in a grammar: a part of the body with what fails, two signs that make one scene."""

from __future__ import annotations

import re
from functools import lru_cache

CANNOT = (
    r"(?:cant|cannot|can not|couldnt|could not|unable to|not able to|wont|will not|difficulty|dont seem to|struggl\w+ to"
    r"|no longer|not)"
)
_MINE = r"(?:my|his|her|the|their|our|its|your|one|both|this|that)?"
_LEGS = r"(?:legs?|feet|knees)"
_LIMB = r"(?:legs?|arms?|hands?|foot|feet|side|wrist)"
_GONE = (
    r"(?:numb\w*|dead|limp|floppy|useless|paraly[sz]ed|heavy|weak|lifeless|flopped|dropped|stopped working|not working"
    r"|wont (?:move|work|lift)|will not (?:move|work|lift)|doesnt (?:move|work)|hanging (?:down|limp)|like jelly)"
)
_WEAK = r"(?:limp|floppy|useless|paraly[sz]ed|heavy|weak|lifeless|hanging (?:down|limp))"
_SIDE = (
    r"\b(?:(?:left|right|one) side(?: of (?:\w+ )?(?:body|face))?|(?:left|right|one) (?:arm|hand)(?: and|,| &) (?:\w+ )?(?:(?:left|right) )?"
    r"(?:leg|foot|face))"
)
_NOW = (
    r"(?:sudden\w*|all at once|out of nowhere|out of the blue|just now|in (?:a|seconds|minutes)(?: second| minute)?"
    r"|(?:an?|half an|one|two|three|\d+|few|couple of|some) (?:hours?|hrs?|minutes?|mins?) ago"
    r"|since (?:an?|half an|one|two|three|\d+|few) (?:hours?|hrs?|minutes?|mins?)"
    r"|(?:this|since this) (?:morning|afternoon|evening|lunchtime)"
    r"|since (?:breakfast|lunch\w*|dinner|tea ?time|waking|i woke|last night|tonight)|tonight|today|right now|just)"
)
_SICK = r"(?:sick|nause\w*|vomit\w*|throw\w* up|sweat\w*|clammy|pale|grey|gray|breathless|out of breath|short of breath)"
_PILLS = r"(?:tablets?|pills?|tabs|meds|medic\w+|doses?|capsules?|drops|insulin|painkillers?|injections?|units)"
_WATER = r"(?:urine|pee|wee|piss|water|bladder)"
_PRIVATE = (
    r"(?:private parts?|privates|genitals?|groin|bottom|bum|backside|buttocks|between (?:my|his|her|the) (?:legs|thighs)"
    r"|crotch|perineum|undercarriage|vagina|penis|scrotum|balls|testicles|back passage|anus|down below|down there|saddle)"
)

# parts of scenes; a scene is made of two or more of them that are not denied
_PARTS = {
    "eyes up": r"eyes?[^,;.]{0,16}(?:roll\w*|went up|up in|turn\w* (?:up|back|white)|flick\w* up|whites of)",
    "shaking": r"(?:shak\w*|shook|jerk\w*|convuls\w*|twitch\w*|thrash\w*|flail\w*|trembl\w*)"
    r"(?: \w+){0,2} (?:all over|everywhere|violently|uncontrolla\w*|nonstop|rhythmic\w*)|convuls\w*|thrash\w*|(?:shook|shaking|shaked|shakes) like (?:mad|crazy|a leaf)|jerking (?:limbs|arms|legs|body)|shook"
    r"|(?:arms?|legs?|limbs|body) (?:\w+ ){0,3}(?:jerk\w*|shak\w*|shook|thrash\w*|twitch\w*|pump\w*|flap\w*)",
    "stiff": r"(?:went|gone|goes|going|became|becomes|whole body|body|all|he is|shes|hes|she is|was) (?:\w+ )?"
    r"(?:stiff|rigid)|stiffen\w*",
    "tongue": r"(?:bit|bitten|biting|chewed)(?: \w+)? (?:his |her |my |the )?tongue|tongue (?:\w+ )?(?:bitten|bit)",
    "wet": r"wet (?:trousers|pants|bed|himself|herself|myself|underwear)|peed (?:my|him|her)sel\w+",
    "floor": r"on the (?:\w+ )?(?:floor|ground|bathroom|kitchen)",
    "away": r"(?:didnt|doesnt|dont|wouldnt|not|wont|couldnt|cant|no) (?:\w+ )?(?:respon\w+|answer\w*|react\w*|rememb\w*"
    r"|memory|hear|reach)|unresponsive|out of it|stared?\b|staring|vacant|blank|attack|(?:funny )?turn\b|episode",
    "blank": r"(?:didnt|doesnt|wouldnt|not|wont) (?:\w+ )?(?:respon\w+|react\w*)|unresponsive|stared?\b|staring|vacant|blank|zon\w* out",
    "drowsy": r"sleepy|drowsy|dazed|groggy|confus\w*|muddled",
    "blue": r"(?:went|turn\w*|lips?|face) (?:\w+ )?(?:blue|purple|grey|gray)",
    "chest": r"chest|ribs|rib ?cage|breast ?bone|sternum",
    "press": r"press\w*|tight\w*|squeez\w*|squash\w*|crush\w*|heav\w*|weight|burn\w*|pain\w*|ach\w*|hurt\w*|band|belt",
    "spreads": r"(?:left |both |my |right )?(?:arms?|jaw|shoulders?|neck)\b",
    "ill": rf"(?:cold |feel |feeling |being |be )?{_SICK}",
    "panic": r"panic\w*|anxi\w*|nervous\w*|stress\w*|worr\w*",
    "diabetes": r"diabet\w*|insulin|blood sugar|sugar (?:is |was |of |reading )?(?:low|\d)|hypo\b",
    "muddled": r"(?:cant|cannot|difficulty|not) (?:think|thinking|focus|talk|speak)(?: straight| clearly| properly)?"
    r"|muddled|confus\w*|not (?:him|her|my)self|drows\w*|spaced out|vacant",
    "sweaty": r"sweat\w*|clammy|drenched",
    "shaky": r"shak\w*|trembl\w*|tremor|jitter\w*",
    "travel": r"flight|flew|plane|long (?:drive|journey|haul)|surgery|operation|plaster|in a cast|bed ?rest|the pill"
    r"|gave birth|pregnan\w*",
    "leg sore": r"(?:leg|calf|thigh)\b[^,;.]{0,14}(?:cramp\w*|pain\w*|sore|hurts?|aches?|aching|swoll\w*|swelling|tight"
    r"|throb\w*|warm|hot|red)|(?:cramp|pain|ache) in (?:my|his|her|the|one) (?:leg|calf|thigh)",
    "breath": r"breathless\w*|(?:short|out) of breath|(?:cant|cannot|difficulty|struggl\w+ to|hurts to|pain (?:on|when i|when)"
    r"|trouble) breath\w*|(?:hurts?|pain\w*|stab\w*)[^,;.]{0,16}breath\w*|cough\w* (?:up )?(?:\w+ )?blood",
    "sting": r"stings?|stung|peanuts?|nuts?|prawns?|shrimp|shellfish|sesame|eggs?|penicillin|antibiotic|wasps?|bees?"
    r"|vaccine|jab|allerg\w*|hives|welts|nettle ?rash|itch\w*|rash",
    "throat": r"(?:throat|tongue|lips?|mouth|face|eyes)[^,;.]{0,20}(?:tight\w*|clos\w*|swell\w*|swoll\w*|swelled|thick"
    r"|big\w*|puff\w*|itch\w*|blown|balloon\w*|huge|fat)",
    "toilet": rf"(?:cant|cannot|can not|couldnt|unable to|not able to|difficulty) (?:\w+ )?(?:pee|wee|urinate|pass {_WATER}|pass anything|go to the (?:toilet|loo)|"
    rf"hold {_WATER}|start {_WATER})|{_WATER} (?:comes|runs|leaks|dribbles) (?:by itself|on its own|out)|nothing (?:comes|came|coming)|(?:leak|wet|dribbl)\w* (?:\w+ )?without (?:notic|feel|know)\w*",
    "legs bad": r"(?:legs?|feet)[^,;.]{0,14}(?:weak\w*|numb\w*|tingl\w*|dead|heavy|drag\w*|giv\w* way|useless|jelly)",
    "heart": r"heart|palpitations?|pulse|icd|pacemaker",
    "dark": r"(?:everything|it|world|vision|sight|all|things?|i) (?:\w+ )?(?:goes|went|go|gets|got|turns?|turned|see) (?:\w+ )?(?:dark|black|grey|white)"
    r"|(?:wok\w*|came (?:to|round)|ended) (?:up )?on the \w+|(?:went|goes|going) down (?:in|on|at)|hit the (?:deck|floor|ground)|keeled|dropped to the|icd (?:\w+ ){0,2}(?:off|shock\w*|fir\w*)",
    "dizzy": r"dizz\w*|faint\w*|light[- ]?headed|woozy|collaps\w*|black\w* out|pass\w* out",
    "dark water": rf"(?:dark\w*|brown\w*|red|rusty|black|cola|coke|tea|coffee|coca ?cola|stout|port)\b(?: \w+){{0,3}} {_WATER}"
    rf"|{_WATER}[^,;.]{{0,20}}\b(?:dark|brown|red|rusty|black|cola|coke|tea|coffee|coca ?cola|stout)\b",
    "effort": r"crossfit|spin\b|spinning|marathon|triathlon|workout|work ?out|gym|training|(?:pull|push|press|sit|chin)[- ]?ups|squats|burpees|boot ?camp|run"
    r"|race|ultra|lifting|exercis\w*|floor|crush\w*|trapped|statin\w*|heat",
    "muscle bad": r"(?:cant|cannot|couldnt|difficulty) (?:straighten|bend|lift|move|climb)|(?:muscles?|arms?|legs?|thighs?|calves|quads|shoulders?|biceps)[^,;.]{0,24}(?:swoll\w*|sore|hurt\w*|ach\w*"
    r"|pain\w*|agony|weak|stiff|hard|solid|cramp\w*|lift|bend|straighten|(?:like )?(?:rocks?|stones?|concrete|wood|steel))|cramp\w*|sore|ach(?:es|ing)",
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
    (("dark water", "effort"), (), ("dark_urine", "muscle_pain")),
    (("dark water", "muscle bad"), (), ("dark_urine", "muscle_pain")),
)

# one part of the body and what fails; the words are not read again
DANGERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # what only sounds like a danger
    (r"hay ?fever|cabin fever|spring fever", ()),
    (r"(?:feel\w*|felt|go\w*|went) (?:faint|dizzy|queasy) (?:at|from|with) (?:the )?(?:sight|thought) of \w+", ()),
    (r"(?:near\w*|almost|thought i(?:d| would| had)?|could have) (?:died|die) (?:of|from|with|laughing)\w*", ()),
    (r"(?:scare\w*|bore\w*|worr\w*|frighten\w*|freez\w*|starv\w*|work\w*) (?:\w+ )?(?:to death|half to death|stiff)", ()),
    (r"(?:die|dying|dead) (?:of|from) (?:embarrass\w*|bored\w*|laugh\w*|shame|curiosity)", ()),
    (r"heart (?:is |was )?(?:broken|sank|in my mouth|skip\w* a beat when \w+)|heart stopp\w+ when \w+", ()),
    (r"wak?e?o?ke?(?:n|s)? (?:up )?with a start(?: as if falling)?|as if (?:i am |i was |im )?falling", ("sleep_jerks",)),
    (r"(?:thumbs?|fingers?) jerk\w*(?= when i (?:scroll|type|text|write|game|play))", ("muscle_twitching",)),
    (r"(?:near\w*|almost) faint\w* when i (?:saw|heard|read) the \w+", ()),
    (r"jaw[^,;.]{0,8}(?:clench\w*|tight)[^,;.]{0,6}(?:at night|in my sleep|when (?:i am |im )?(?:stress|tense|work)\w*)", ("muscle_pain",)),
    # heart stands still
    (
        r"no (?:heart ?beat|pulse|signs? of life)|(?:doing|giving|needs?|need|gave|started) cpr|chest compressions"
        r"|(?:his|her|dads|mums|husbands|wifes|babys) heart (?:has )?stopped",
        ("cardiac_arrest",),
    ),
    (r"(?:foam\w*|froth\w*)[^,;.]{0,10}(?:mouth|lips)", ("seizure",)),
    # mind
    (
        r"(?:talk\w*|speak\w*|say\w*|come\w* out with) (?:\w+ )?(?:rubbish|nonsense|gibberish|double dutch)|rambl\w*(?= and| *$|,)",
        ("slurred_speech", "confusion"),
    ),
    (
        r"(?:talk\w*|speak\w*) (?:\w+ )?(?:funny|weird\w*|odd\w*|like (?:a|he is a?|she is a?|i am a?) ?drunk)|speech (?:is |has |has gone |gone )?(?:funny|weird|strange|odd|thick"
        r"|slow|a mess)",
        ("slurred_speech",),
    ),
    (
        r"(?<!it )(?<!that )(?<!this )(?:is |was |isnt |wasnt |im |hes |shes )?(?:not |isnt |stopped |stop )making (?:any |much )?"
        r"sense",
        ("confusion",),
    ),
    (
        r"(?:doesnt|does not|didnt|did not|wont|cant|isnt|not|no longer|wouldnt) (?:\w+ )?recogni[sz]\w* (?:me|us|him|her|"
        r"\w+ (?:wife|husband|son|daughter|kids|family|name|face)|anyone|people|where)",
        ("confusion",),
    ),
    (
        r"(?:he|she|mum|mom|dad|gran\w*|husband|wife|son|daughter|baby|child|patient|they) (?:\w+ ){0,2}(?:doesnt|does not"
        r"|isnt|is not|not|wont|will not|cant|stopped|barely|hardly) (?:\w+ )?(?:answer\w*|respon\w*|react\w*"
        r"|wak\w*(?: up)?)(?! (?:to (?:treat\w*|the)|my|the|calls?|messages?|at night|for|in the))",
        ("reduced_consciousness",),
    ),
    (r"unresponsive|out cold|out for the count|comatose|(?:doesnt|does not|not|didnt) (?:answer|respond)(?:ing)?$", ("reduced_consciousness",)),
    (r"(?:los\w*|drift\w* in and out of|in and out of|slipp\w* (?:out of|into)) (?:consciousness|unconsciousness)", ("loss_of_consciousness",)),
    (
        r"(?:pass\w*|black\w*|conk\w*|spark\w*|zonk\w*) out(?! (?:flyers|cards|leaflets|on the (?:sofa|couch)|drunk|asleep"
        r"|after (?:a|the) (?:\w+ )?(?:shift|party)))[^,;.]{0,14}(?:twice|again|times|at the wheel|driving|today|yesterday"
        r"|this|for \w+ (?:seconds|minutes)|without)",
        ("loss_of_consciousness",),
    ),
    (
        r"(?:faint\w*|pass\w* out|collaps\w*|black\w* out|keel\w* over)[^,;.]{0,16}(?:during|while|whilst|playing|in the middle of|halfway"
        r"|running|training|on the (?:pitch|treadmill|bike)|mid)[^,;.]{0,20}",
        ("fainting", "?exertion"),
    ),
    (rf"(?:so |very |too )?(?:sleepy|drowsy|out of it)?[^,;.]{{0,10}}(?:difficulty|cant|cannot|wont) (?:keep|stay) (?:\w+ )?awake", ("drowsiness",)),
    (
        r"found (?:me|him|her|them|my \w+) (?:\w+ )?(?:lying|collapsed|on the|unconscious|slumped)|no idea how (?:i|he|she) got (?:there|here|on)"
        r"|(?:wok\w*|came (?:to|round)) (?:up )?on the (?:pavement|street|road|ground|bathroom|kitchen|stairs|shop)|(?:went|gone) limp"
        r"(?! (?:arm|leg|hand))|slumped (?:over|forward|in)|(?:totally|completely|really) out of it",
        ("loss_of_consciousness",),
    ),
    (
        r"(?:sees|saw|seeing) (?:beetles|flies|ants|worms|creatures|figures|shadows|demons|ghosts|monsters)|see\w* (?:\w+ )?(?:cats?|dogs?|children|people|men|women|animals|insects|bugs|mice|rats|snakes|shadows|dead \w+|her dead \w+)"
        r" (?:in the room|on the (?:wall|bed|ceiling|floor)|that|who|everywhere)|pick\w* at (?:the |her |his )?(?:sheets|air|bed ?clothes|blankets?|clothes)"
        r"|hear\w* (?:voices|people|music) (?:that|who|talking|and|all|since|$)",
        ("hallucinations",),
    ),
    (r"babbl\w*|talk\w* to (?:the wall|nobody|himself|herself)|mind (?:is |has )?(?:gone|all over)", ("confusion",)),
    # self-harm
    (
        r"(?:plan\w*|think\w*|ways?|how|wish|pray\w*) (?:\w+ ){0,2}(?:to die|of dying|about dying|for death)|(?:think\w* (?:of|about)|thoughts? (?:of|about)|want to|going to|urge to|tempted to)"
        r" (?:\w+ )?(?:swallow|tak|overdos)\w* (?:all )?(?:my|the|of) (?:\w+ )?(?:pills|tablets|meds)",
        ("self_harm_thoughts",),
    ),
    (
        r"(?:hang|shoot|drown|poison|stab|gas|finish|end) ?(?:ing|ning)? (?:myself|himself|herself)|disappear (?:for ?ever|for good)|not (?:be|being) here (?:any ?more|tomorrow)"
        r"|(?:tonight|today|tomorrow|now)?[^,;.]{0,10}(?:will|going to|gonna|ill) (?:finish|end|do) it\b(?: tonight| today| now)?"
        r"|(?:bought|saved|sav\w*|stash\w*|collect\w*|hoard\w*|counted|got)(?: up)? (?:the |my |all |enough )*(?:pills|tablets|rope)[^.]{0,24}(?:finish|end|tonight|die|ready|enough|sleep)"
        r"|(?:wrote|written|writing|left) (?:a )?(?:goodbye )?(?:letters?|notes?)[^.]{0,30}(?:goodbye|ready|go\b|family|kids)|said (?:my )?goodbyes?",
        ("self_harm_thoughts",),
    ),
    (
        r"(?:jump\w*|throw\w* myself|step\w*|walk\w*) (?:off|from|in front of|under|into) (?:a |the |my )?(?:bridge|train|building|roof"
        r"|balcony|window|cliff|car|bus|traffic|lorry|flat)"
        r"|(?:cut\w*|harm\w*|hurt\w*|burn\w*) (?:myself|himself|herself)(?: (?:again|and|because|on purpose|to|every)| *$)"
        r"|better (?:off )?without me|(?:want|wish|ready) (?:it|this|everything) (?:all )?(?:to be |was |were )?(?:over\b|to end|to stop forever)"
        r"|(?:want|wanna|going|like|ready|prefer) (?:to )?die\b(?! of| from| laugh)|rather be dead|wish i(?:d| had)? never (?:been born|wake\w*)"
        r"|(?:no|any) reason (?:left )?to (?:live|go on|carry on)|(?:cant|cannot) (?:go on|carry on|live)(?: (?:any ?more|living|like this|with this))"
        r"|dont (?:want|wanna) (?:to )?(?:live|be alive|exist|wake up|be here)|(?:suicide|goodbye) (?:note|letter|plan)|suicidal|kms\b|unalive"
        r"|to end (?:it|it all|everything|things|my life)|(?:planning|thinking) (?:about |of )?(?:suicide|ending)",
        ("self_harm_thoughts",),
    ),
    # breath
    (
        r"(?:words?|talk|speak|sentence)[^,;.]{0,14}(?:between|for) breaths?|(?:chest|lungs?)[^,;.]{0,6}(?:will not|wont|cant|cannot|doesnt|dont) (?:fill|expand|open|inflate|move)\w*"
        r"|breath\w*[^,;.]{0,10}(?:muscles )?(?:giv\w* (?:up|out|way)|fail\w*|weak\w*|stopp\w*|tir\w*)|drown\w* (?:when|if|lying|in my)",
        ("breathlessness_lying",),
    ),
    (
        r"(?:cant|cannot|couldnt|difficulty|unable to|not) (?:\w+ )?(?:get|swallow|keep|control)\w*[^,;.]{0,12}(?:saliva|spit|spittle|drool)(?: down)?"
        r"|(?:every|each|any) (?:sip|bite|mouthful|drink|swallow|meal)[^,;.]{0,14}(?:cough\w*|chok\w*|splutter\w*|gag\w*)",
        ("choking",),
    ),
    (r"(?:torn|ripped|tearing|ripping|split) (?:apart|open|in two)", ("heart_pain",)),
    (
        r"(?:struggl\w*|fight\w*|desperate|battl\w*|labou?r\w*) (?:for|to get|to catch|to take|with)?(?: \w+)? ?(?:breath\w*|air)"
        r"|(?:not getting|isnt getting|cant get|cannot get|not) (?:any |enough |no )(?:\w+ )?air|starv\w* (?:of|for) air|no air"
        r"|(?:more|increasing\w*) (?:out|short) of breath (?:every|each|by the) \w+|breath\w* (?:is |gets |getting |becoming )*(?:worse|harder"
        r"|shallow\w*)(?: (?:every|each|by the) \w+)?|harder (?:and harder )?to breathe|(?:cant|cannot) breathe? (?:\w+ )?(?:in|out|properly"
        r"|at all|any ?more|enough|well|normally|deep\w*)(?! through (?:my|his|her) nose)"
        r"|(?:cant|cannot|difficulty) (?:talk|speak|walk|lie|sleep)\w*[^,;.]{0,20}\b(?:breath\w*|air\b)|breath\w*[^;.]{0,34}(?:cant|cannot"
        r"|difficulty) (?:talk|speak|finish)\w*|suffocat(?:e|es|ing)|breath\w*[^,;.]{0,20}(?:through a straw|under ?water|wet cloth)|ribs? suck\w* in|sucking in (?:his|her|my) (?:ribs|chest|tummy)",
        ("breathlessness_lying",),
    ),
    (
        r"(?:puffer|inhaler|reliever|ventolin|salbutamol|blue pump|nebuli[sz]er|asthma)[^,;.]{0,24}(?:nothing|not (?:help\w*|work\w*|settl\w*"
        r"|enough)|isnt|doesnt|no (?:help|effect|good)|useless|worse|every (?:hour|few minutes|\d+ minutes))",
        ("breathlessness_lying",),
    ),
    (
        r"(?:tongue|lips?|throat|mouth|face)(?: and (?:tongue|lips?|throat|mouth|face|eyes))?[^,;.]{0,10}(?:(?:blown|blew|blowing|puffed) up|balloon\w*|swell\w*|swoll\w*|huge|twice (?:the|its|their)"
        r" (?:normal )?size|massive|enormous|thick and)",
        ("face_swelling",),
    ),
    (r"(?:food|drinks?|water|liquids?|everything)[^,;.]{0,16}(?:wrong (?:way|pipe|hole)|into (?:my|his|her) lungs)", ("choking",)),
    # face, sight, stroke
    (r"(?:dribbl\w*|drool\w*|saliva|food|drink)[^,;.]{0,20}(?:one (?:corner|side)|(?:left|right) (?:corner|side)|corner of)", ("facial_droop",)),
    (r"(?:words?|speech|sentences?|voice)[^,;.]{0,12}(?:mush\w*|soup|slush\w*|slur\w*|jumbl\w*|garbl\w*|mumbl\w*|all wrong|thick)", ("slurred_speech",)),
    (
        r"(?:left|right|one) (?:half|side|arm|leg|hand)[^,;.]{0,12}(?:wont|will not|cant|doesnt|refuses to) (?:do|move|work|lift|listen|respond)\w*(?: anything)?"
        r"|(?:leg|arm|hand|knee)\b[^,;.]{0,10}(?:folded|buckled|collapsed|crumpled)[^.]{0,24}(?:no (?:power|strength)|weak|dead)?|no (?:power|strength) (?:at all )?in (?:it|(?:my|his|her) (?:left|right|arm|leg|hand))",
        ("sudden_weakness",),
    ),
    (r"(?:weak\w*|limp|floppy|no strength|useless)[^,;.]{0,24}(?:from|below) (?:the |my |his |her )?(?:neck|waist|chest|hips)", ("paralysis",)),
    (r"(?:numb\w*|no feeling|dead|cant feel|no sensation|nothing)[^,;.]{0,24}(?:from|below) (?:the |my |his |her )?(?:neck|waist|chest|hips|belly)", ("saddle_numbness",)),
    (r"(?:weaker|worse) and (?:weaker|worse)|(?:weaker|worse|weak) (?:every|each|by the|day by|hour by) (?:day|hour)", ("muscle_weakness", "?worse")),
    (r"(?:cant|cannot|couldnt|unable to|hurts to|wont) (?:put|bring|touch|get|bend|move|bow)[^,;.]{0,10}(?:chin|neck|head) (?:to|on|onto|down|forward)[^,;.]{0,12}", ("neck_stiffness",)),
    (
        rf"(?:mouth|face|smile|cheek|lips?)[^,;.]{{0,14}}(?:hang\w*|droop\w*|sag\w*|slid\w*|slip\w*|fallen|fell|drop\w*|crooked|wonky"
        r"|lopsided|uneven|not straight|not even|isnt straight|skew\w*|pulled (?:down|to)|twisted|asymmetric\w*|melt\w*|one[- ]sided)",
        ("facial_droop",),
    ),
    (
        r"see\w* (?:two|2)(?: of)?(?: (?:everything|things|pictures?|images?|people|cars|roads|faces|phones|screens|lines))?"
        r"(?! (?:doctors|consultants|specialists|gps|days|weeks))|two of (?:everything|everyone|people)",
        ("double_vision",),
    ),
    (
        r"(?:curtain|shutter|shade|veil|blind)[^,;.]{0,24}(?:eye|vision|sight)|(?:sight|vision|eye)[^,;.]{0,14}(?:went|gone|goes|going)"
        r" (?:black|dark|completely|suddenly)(?! (?:when|after) (?:i |he |she )?(?:stand|stood|get|got))",
        ("sight_loss",),
    ),
    (
        rf"{_SIDE}[^,;.]{{0,10}}(?:gone|went|going|has|suddenly|just) (?:all |completely |\w+ )?(?:dead|numb\w*)|{_SIDE}[^,;.]{{0,12}}(?:numb|dead)"
        rf"(?=[^;.]*\b{_NOW})",
        ("numbness", "?sudden", "?one_sided"),
    ),
    (
        rf"{_SIDE}[^,;.]{{0,10}}(?:gone|went|going|has|suddenly|just) (?:all |completely |\w+ )?{_WEAK}|{_SIDE}[^,;.]{{0,12}}{_WEAK}(?=[^;.]*\b{_NOW})",
        ("focal_weakness", "?sudden", "?one_sided"),
    ),
    (
        rf"{_NOW}[^,;.]{{0,30}}\b{_LIMB}[^,;.]{{0,16}}\b{_GONE}(?! (?:from|because) )|\b(?:arm|leg|hand|foot)[^,;.]{{0,10}}"
        r"(?:just|suddenly|all of a sudden) (?:\w+ )?(?:dropped|flopped|fell|gave|went|stopped|died)",
        ("sudden_weakness",),
    ),
    (
        rf"{CANNOT} (?:\w+ )?(?:move|feel or move|lift or move|use) (?:any of |either of )?{_MINE} ?(?:\w+ )?(?:legs?|arms?|body|limbs|anything"
        r"|half|side|hands?|feet|muscles?)\b(?! (?:without|when it|because it|freely|too))(?: at all| any ?more)?",
        ("paralysis",),
    ),
    (
        rf"{_LEGS}[^,;.]{{0,12}}(?:{CANNOT}|doesnt|dont|do not|refus\w*)(?: to| want to| wanting to)? (?:\w+ )?(?:carry\w*|hold\w*|support\w*"
        r"|obey\w*|do what|take my weight|go where)(?: me| him| her| us)?(?: up)?",
        ("leg_weakness",),
    ),
    (
        r"(?:cant|cannot|can not|couldnt|unable to|wont|stopped|no longer|not able to) (?:walk(?:ing)?|stand(?:ing)?|bear weight)"
        r"(?: (?:up|at all|any ?more|properly|now|unaided|alone|by (?:him|her|my)self)\b)*(?! (?:up\w*|far|past|without|for|barefoot|in (?:heels|them"
        r"|my)|on (?:my|it)|fast|long|the|it|him|her|this|that|my|people))",
        ("leg_weakness",),
    ),
    # saddle and bladder
    (
        r"(?:cant|cannot|can not|couldnt|dont|do not|didnt|no longer|not|no) (?:\w+ )?(?:feel|know|notice)(?:ing)? (?:it )?(?:when|if|that|myself) ?(?:i |im |i am |he |she )?"
        r"(?:\w+ )?(?:pee|peeing|wee|weeing|piss\w*|urinat\w*|go\b|going|need|wip\w*|poo\w*|have to|full|empty)",
        ("saddle_numbness",),
    ),
    (rf"{_PRIVATE}[^,;.]{{0,14}}(?:numb|dead|no feeling|asleep|asleep|cotton wool|tingl\w*)|(?:numb|no feeling|no sensation|cant feel|cannot feel)[^,;.]{{0,24}}{_PRIVATE}", ("saddle_numbness",)),
    (
        rf"(?:cant|cannot|can not|couldnt|unable to|no longer) (?:hold|control|keep)(?: back| in)?(?: my| his| her)? {_WATER}|lost (?:\w+ )?control of"
        r" (?:\w+ )?(?:bladder|water\w*|pee|wee)|(?:dribbl\w*|leak\w*) (?:\w+ )?(?:urine|pee|wee)",
        ("urinary_trouble",),
    ),
    (
        rf"(?:not|havent|hasnt|couldnt|cant|cannot|unable to|no) (?:\w+ )?(?:peed?|weed?|passed (?:any )?{_WATER}|urinated?)[^,;.]{{0,10}}(?:\d+ hours|all day"
        r"|since (?:yesterday|last night|this morning)|a day|at all|nothing)",
        ("blocked_bladder",),
    ),
    # numbness and weakness that travel
    (
        r"(?:numb\w*|tingl\w*|pins and needles|weak\w*|heavi\w*)[^,;.]{0,24}(?:creep\w*|climb\w*|going|goes|moving|moves|spread\w*|rising|crawl\w*|working its way|gone) up"
        r"(?: (?:my|his|her|the|both|from))?",
        ("numbness", "?climbs"),
    ),
    (
        r"weak\w*[^.]{0,40}(?:climb\w*|creep\w*|moving|going|spread\w*|rising|travel\w*|working its way) (?:up|higher|upward\w*)",
        ("ascending_weakness",),
    ),
    (
        r"(?:feet|toes|ankles|legs|knees)[^.]{0,24}(?:then|now|after that|next|and then)[^.]{0,20}(?:thighs?|hips|hands?|arms?|fingers|belly|waist|chest|face|breathing)[^.]{0,24}"
        r"(?:weak\w*|numb\w*|gone|going|useless|heavy|stopp\w*|tingl\w*|dead|fail\w*)",
        ("ascending_weakness",),
    ),
    (
        r"(?:legs|feet|toes|knees)[^.]{0,30}(?:spaghetti|jelly|rubber|pudding|noodles|cotton wool|weak\w*|heavy|gone|useless|numb\w*|tingl\w*|dead)[^.]{0,30}(?:now|then|and now|today)"
        r"[^.]{0,10}(?:hands?|arms?|fingers|face|chest|thighs|hips)",
        ("ascending_weakness",),
    ),
    (r"(?:legs?|knees|feet) (?:are |is |keep |just |start\w* )*(?:failing|fail|giving (?:up|out|way)|packing up|shutting down|going from under)(?: me)?", ("leg_weakness",)),
    # spasm
    (
        r"(?:fingers?|hands?|toes|wrists?) (?:are |is |all |both )*(?:bent|curled|clawed|cramped|locked|frozen|clenched|knotted)[^,;.]{0,8}(?:stuck|shut|closed|tight|inwards?|in spasm)",
        ("tetany",),
    ),
    (r"(?:teeth|jaws?|mouth) (?:\w+ ){0,2}(?:clamp\w*|lock\w*|seiz\w*|stuck|clench\w*|jammed|wired) (?:together|shut|closed|tight)|(?:cant|cannot|couldnt|unable to|wont|hardly) open (?:my|his|her|the)? ?(?:mouth|jaw|teeth)", ("jaw_spasm",)),
    (r"(?:muscles?|legs?|arms?|body|neck) (?:\w+ )?(?:like|as(?: \w+)? as) (?:iron|steel|wood|stones?|rocks?|concrete|an? (?:board|plank|log|rock))", ("muscle_stiffness",)),
    (
        rf"(?:hands?|fingers?|fists?|thumbs?|toes)[^,;.]{{0,24}}(?:shut|clench\w*|claw\w*|curl\w*|lock\w*|stuck|froz\w*|fist|bent|cramp\w*)[^.]{{0,20}}(?:{CANNOT})"
        r"[^,;.]{0,10}(?:open|straighten|uncurl|release|prise|prize|undo|unlock|unclench|let go)(?: \w+)?"
        r"|(?:hands?|fingers?|wrists?)[^,;.]{0,20}(?:like (?:a )?claws?|into (?:a )?claws?|claw[- ]like|turned in(?:wards?)?|like a bird|like an obstetric\w*)",
        ("tetany",),
    ),
    (
        r"(?:throat|voice ?box|larynx|windpipe)[^,;.]{0,22}(?:spasm\w*|clos\w*|seiz\w*|shut\w*|clamp\w*|lock\w*)|crow\w* (?:sound|noise)|stridor|squeak\w* (?:noise )?when \w+ breath\w*",
        ("laryngospasm",),
    ),
    (r"tongue[^,;.]{0,10}(?:sticking|stuck|pushing|coming|poking|hanging) out|(?:jaw|mouth|neck|head)[^,;.]{0,14}(?:twist\w*|pulled|wrench\w*|stuck) (?:to (?:one|the) side|sideways|back\w*|open)", ("muscle_spasm",)),
    (r"(?:neck|back|body|head|spine)[^,;.]{0,12}(?:arch\w*|bend\w*|bow\w*|pull\w*|bent) (?:itself )?(?:back\w*|like a (?:bow|bridge|banana))", ("painful_spasms", "neck_stiffness")),
    (r"eyes?[^,;.]{0,12}(?:fixed|stuck|locked|glued|pinned|rolled|pulled|turned|frozen|jammed) (?:to|on|up|at|towards?|upwards?)\b(?: the)?(?: (?:ceiling|sky|roof))?(?! (?:my|his|her) (?:phone|screen|book|computer))", ("eye_movement_palsy",)),
    (r"tongue[^,;.]{0,10}(?:pok\w*|push\w*|stick\w*|thrust\w*|com\w*) out|(?:jaw|mouth)[^,;.]{0,10}(?:pull\w*|twist\w*|wrench\w*|forced)", ("muscle_spasm", "jaw_spasm")),
    (r"(?:shak\w*|jerk\w*|twitch\w*|trembl\w*)[^;.]{0,40}(?:even (?:when|if|though) (?:i|we) hold|doesnt stop when (?:i|we) hold)(?: \w+)?", ("muscle_jerks",)),
    # fever, rash, head
    (
        r"(?:rash|spots?|blotches|bruises)[^,;.]{0,24}(?:(?:doesnt|does not|dont|do not|wont|not|didnt) (?:fade|fading|go(?: away)?|going|disappear\w*|blanch\w*"
        r"|vanish\w*)[^,;.]{0,24}(?:glass|press\w*|tumbler|$|(?=[,;.]))|under (?:a |the )?glass)|non[- ]?(?:blanching|fading)(?: \w+)? (?:rash|spots)"
        r"|(?:purple|dark red|blood) (?:rash|spots|blotches|dots|pinpricks|marks)(?! (?:before|in front))",
        ("non_fading_rash",),
    ),
    (r"(?:burning|boiling|roasting|scorching) hot(?! (?:feet|hands|soles|bath|shower|coffee|tea|day|weather|sun|car|food))|(?:very |so )?hot to (?:the )?touch|(?:high|bad|running a|has a|got a|have a|with a|very high) temp(?:erature)?\b|(?:^|[,;.] ?)temperature(?= *[,;.]|$)", ("fever",)),
    (
        r"(?:worst|terrible|awful|horrible|horrendous|unbearable|blinding|splitting|excruciating|dreadful|massive|violent|sudden|explod\w*)(?: \w+){0,2} (?:head ?ache|migraine|(?:pain )?in (?:my |the |his |her )?head)(?: \w+ ever| ever)?"
        r"|head ?ache (?:of my life|like never before|like an? (?:bomb|explosion|hammer|bat|axe))",
        ("severe_headache",),
    ),
    (r"(?:one|left|right|eye)[^,;.]{0,8}pupils?[^,;.]{0,8}(?:large\w*|big\w*|huge|wide\w*|blown)|pupils? (?:are )?(?:different|unequal|not the same|uneven)", ("dilated_pupils",)),
    (r"(?:sugar|glucose|meter|monitor)[^,;.]{0,16}(?:says|reads|showing|shows|reading|is) (?:hi\b|high|off the scale|error high)", ("high_glucose_level",)),
    (r"(?:cant|cannot|couldnt|difficulty|not) (?:keep|hold)(?:ing)? (?:\w+ ){0,3}down(?! (?:to|on))", ("vomiting",)),
    (r"(?:vision|sight|eyes?)[^,;.]{0,12}(?:sparkl\w*|flash\w*|zig ?zag\w*|shimmer\w*|spots|stars|snow)|(?:seeing|see|sees) (?:stars|spots|flashes|sparkles|flashing \w+|zig ?zags)", ("blurred_vision",)),
    (
        r"(?:one|left|right|my|his|her) (?:leg|calf)[^;.]{0,20}\b(?:fat|thick\w*|bigger|huge|swell\w*|swoll\w*|balloon\w*|double)[^;.]{0,24}(?:red|hot|warm|hurt\w*|pain\w*|tender|sore|throb\w*|blue|purple)",
        ("one_swollen_calf",),
    ),
    # limb without blood
    (
        r"(?:foot|feet|leg|arm|hand)[^,;.]{0,14}(?:white|pale|blue|black|grey|gray|purple|mottled|marbled)\b[^;.]{0,18}(?:cold|ice|icy|freezing|numb|dead|no pulse)"
        r"|(?:foot|feet|leg|arm|hand)[^,;.]{0,14}(?:ice|icy|stone|freezing|stone)? ?cold[^;.]{0,14}(?:white|pale|blue|black|grey|gray|purple|mottled|marbled|no pulse)"
        r"|(?:toes?|fingers?)[^,;.]{0,14}black\b[^;.]{0,24}(?:cold|numb|pain\w*|hurt\w*|dead)",
        ("cold_pale_limb",),
    ),
    # heart
    (
        r"(?:heart|pulse|hr|heart ?rate)[^,;.]{0,16}\b(?:1[5-9]\d|2\d\d)\b(?! (?:when|while|during|on the|in the gym|after a run))",
        ("tachycardia",),
    ),
    (r"(?:pulse|heart|heart ?rate|hr)[^,;.]{0,12}\b(?:2\d|3\d)\b(?! ?(?:seconds|minutes|years|days|times|mins))", ("bradycardia",)),
    (r"(?:breath\w* (?:very |so |really )?(?:deep\w*|fast|quick\w*|rapid\w*|heav\w*)|(?:deep|rapid|fast|quick|heavy) breath\w*)(?! (?:exercise\w*|helps?|to calm))", ("fast_breathing",)),
)
_NO = re.compile(
    r"\b(?:no|not|never|deny|denie[sd]|denying|without|nor|neither|didnt|dont|doesnt|isnt|wasnt|havent|hasnt)\b"
    r"(?:(?!\b(?:but|now|then|and (?:i|he|she|my|his|her|the|now|then))\b)[^,;.])*$"
)
_FEAR = re.compile(
    r"\b(?:(?:afraid|scared|fear\w*|terrified|frightened|panick\w*) (?:of|about|it is|its|that it|i (?:will|might|could|have|may))|worr\w+ (?:about|that|i|it)"
    r"|what if|in case|might|wonder\w*|read\w* about|googl\w*|could (?:it|this) be|dream\w*|nightmare\w*)\b[^,;.]*$"
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
