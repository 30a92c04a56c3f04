"""Danger signs of life itself: what only sounds like one, the heart, the mind, self-harm, the breath."""

from __future__ import annotations

# one part of the body and what fails; the words are not read again
LIFE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"(?:no idea|doesnt know|does not know|forgot\w*|forgets) (?:who|what) (?:we|i|you|his"
        r"|her|they|\w+) (?:are|am|is|name\w*)",
        ("confusion",),
    ),
    (r"(?:never|not|dont (?:want|wanna) to) wake up\b(?! (?:at|early|tired|before|in))", ("self_harm_thoughts",)),
    (
        r"(?:havent|hasnt|not) been able to (?:pee|wee|urinate|pass (?:water|urine))[^,;.]{0,14}"
        r"(?:day|hours?|yesterday|night)",
        ("blocked_bladder",),
    ),
    # what only sounds like a danger
    (r"hay ?fever|cabin fever|spring fever", ()),
    (r"(?:feel\w*|felt|go\w*|went) (?:faint|dizzy|queasy) (?:at|from|with) (?:the )?(?:sight|thought) of \w+", ()),
    (r"(?:near\w*|almost|thought i(?:d| would| had)?|could have) (?:died|die) (?:of|from|with|laughing)\w*", ()),
    (
        r"(?:scare\w*|bore\w*|worr\w*|frighten\w*|freez\w*|starv\w*|work\w*) (?:\w+ )?(?:to death"
        r"|half to death|stiff)",
        (),
    ),
    (r"(?:die|dying|dead) (?:of|from) (?:embarrass\w*|bored\w*|laugh\w*|shame|curiosity)", ()),
    (r"heart (?:is |was )?(?:broken|sank|in my mouth|skip\w* a beat when \w+)|heart stopp\w+ when \w+", ()),
    (
        r"wak?e?o?ke?(?:n|s)? (?:up )?with a start(?: as if falling)?|as if (?:i am |i was |im )?falling",
        ("sleep_jerks",),
    ),
    (r"(?:thumbs?|fingers?) jerk\w*(?= when i (?:scroll|type|text|write|game|play))", ("muscle_twitching",)),
    (r"(?:near\w*|almost) faint\w* when i (?:saw|heard|read) the \w+", ()),
    (r"(?:foot|feet|legs?|arms?|hands?) (?:often |always |sometimes )?sleeps?\b", ("paresthesia",)),
    (
        r"jaw[^,;.]{0,8}(?:clench\w*|tight)[^,;.]{0,6}(?:at night|in my sleep|when (?:i am |im"
        r" )?(?:stress|tense|work)\w*)",
        ("muscle_pain",),
    ),
    # heart stands still
    (
        r"no (?:heart ?beat|pulse|signs? of life)|(?:doing|giving|needs?|need|gave|started) cpr"
        r"|chest compressions"
        r"|(?:his|her|dads|mums|husbands|wifes|babys) heart (?:has )?stopped",
        ("cardiac_arrest",),
    ),
    (r"(?:foam\w*|froth\w*)[^,;.]{0,10}(?:mouth|lips)", ("seizure",)),
    # mind
    (
        r"(?:talk\w*|speak\w*|say\w*|come\w* out with) (?:\w+ )?(?:rubbish|nonsense|gibberish|double"
        r" dutch)|rambl\w*(?= and| *$|,)",
        ("slurred_speech", "confusion"),
    ),
    (
        r"(?:talk\w*|speak\w*) (?:\w+ )?(?:funny|weird\w*|odd\w*|like (?:a|he is a?|she is a?|i"
        r" am a?) ?drunk)|speech (?:is |has |has gone |gone )?(?:funny|weird|strange|odd|thick"
        r"|slow|a mess)",
        ("slurred_speech",),
    ),
    (
        r"(?<!it )(?<!that )(?<!this )(?:is |was |isnt |wasnt |im |hes |shes )?(?:not |isnt |stopped"
        r" |stop )making (?:any |much )?"
        r"sense",
        ("confusion",),
    ),
    (
        r"(?:doesnt|does not|didnt|did not|wont|cant|isnt|not|no longer|wouldnt) (?:\w+ )?recogni[sz]\w*"
        r" (?:me|us|him|her|"
        r"\w+ (?:wife|husband|son|daughter|kids|family|name|face)|anyone|people|where)",
        ("confusion",),
    ),
    (
        r"(?:he|she|they|dad|mum|mom|gran\w*) (?:\w+ )?(?:not|doesnt|does not|cant|cannot|didnt)"
        r" understand\w* (?:us|me|anything|what|words|any ?more)",
        ("confusion",),
    ),
    (
        r"(?:he|she|mum|mom|dad|gran\w*|husband|wife|son|daughter|baby|child|patient|they) (?:\w+"
        r" ){0,2}(?:doesnt|does not"
        r"|isnt|is not|not|wont|will not|cant|stopped|barely|hardly) (?:\w+ )?(?:answer\w*|respon\w*|react\w*"
        r"|wak\w*(?: up)?)(?! (?:to (?:treat\w*|the)|my|the|calls?|messages?|at night|for|in the))",
        ("reduced_consciousness",),
    ),
    (
        r"unresponsive|out cold|out for the count|comatose|(?:doesnt|does not|not|didnt) (?:answer"
        r"|respond)(?:ing)?$",
        ("reduced_consciousness",),
    ),
    (
        r"(?:los\w*|drift\w* in and out of|in and out of|slipp\w* (?:out of|into)) (?:consciousness"
        r"|unconsciousness)",
        ("loss_of_consciousness",),
    ),
    (
        r"(?:pass\w*|black\w*|conk\w*|spark\w*|zonk\w*) out(?! (?:flyers|cards|leaflets|on the"
        r" (?:sofa|couch)|drunk|asleep"
        r"|after (?:a|the) (?:\w+ )?(?:shift|party)))[^,;.]{0,14}(?:twice|again|times|at the wheel"
        r"|driving|today|yesterday"
        r"|this|for \w+ (?:seconds|minutes)|without)",
        ("loss_of_consciousness",),
    ),
    (
        r"(?:faint\w*|pass\w* out|collaps\w*|black\w* out|keel\w* over)[^,;.]{0,16}(?:during|while"
        r"|whilst|playing|in the middle of|halfway"
        r"|running|training|on the (?:pitch|treadmill|bike)|mid)[^,;.]{0,20}",
        ("fainting", "?exertion"),
    ),
    (
        r"(?:so |very |too )?(?:sleepy|drowsy|out of it)?[^,;.]{0,10}(?:difficulty|cant|cannot"
        r"|wont) (?:keep|stay) (?:\w+ )?awake",
        ("drowsiness",),
    ),
    (
        r"found (?:me|him|her|them|my \w+) (?:\w+ )?(?:lying|collapsed|on the|unconscious|slumped)"
        r"|no idea how (?:i|he|she) got (?:there|here|on)"
        r"|(?:wok\w*|came (?:to|round)) (?:up )?on the (?:pavement|street|road|ground|bathroom"
        r"|kitchen|stairs|shop)|(?:went|gone) limp"
        r"(?! (?:arm|leg|hand))|slumped (?:over|forward|in)|(?:totally|completely|really) out of it",
        ("loss_of_consciousness",),
    ),
    (
        r"(?:sees|saw|seeing) (?:beetles|flies|ants|worms|creatures|figures|shadows|demons|ghosts"
        r"|monsters)|see\w* (?:\w+ )?(?:cats?|dogs?|children|people|men|women|animals|insects|bugs"
        r"|mice|rats|snakes|shadows|dead \w+|her dead \w+)"
        r" (?:in the room|on the (?:wall|bed|ceiling|floor)|that|who|everywhere)|pick\w* at (?:the"
        r" |her |his )?(?:sheets|air|bed ?clothes|blankets?|clothes)"
        r"|hear\w* (?:voices|people|music) (?:that|who|talking|and|all|since|$)",
        ("hallucinations",),
    ),
    (r"babbl\w*|talk\w* to (?:the wall|nobody|himself|herself)|mind (?:is |has )?(?:gone|all over)", ("confusion",)),
    # self-harm
    (
        r"(?:plan\w*|think\w*|ways?|how|wish|pray\w*) (?:\w+ ){0,2}(?:to die|of dying|about dying"
        r"|for death)|(?:think\w* (?:of|about)|thoughts? (?:of|about)|want to|going to|urge to"
        r"|tempted to)"
        r" (?:\w+ )?(?:swallow|tak|overdos)\w* (?:all )?(?:my|the|of) (?:\w+ )?(?:pills|tablets|meds)",
        ("self_harm_thoughts",),
    ),
    (
        r"(?:hang|shoot|drown|poison|stab|gas|finish|end) ?(?:ing|ning)? (?:myself|himself|herself)"
        r"|disappear (?:for ?ever|for good)|not (?:be|being) here (?:any ?more|tomorrow)"
        r"|(?:tonight|today|tomorrow|now)?[^,;.]{0,10}(?:will|going to|gonna|ill) (?:finish|end"
        r"|do) it\b(?: tonight| today| now)?"
        r"|(?:bought|saved|sav\w*|stash\w*|collect\w*|hoard\w*|counted|got)(?: up)? (?:the |my"
        r" |all |enough )*(?:pills|tablets|rope)[^.]{0,24}(?:finish|end|tonight|die|ready|enough|sleep)"
        r"|(?:wrote|written|writing|left) (?:a )?(?:goodbye )?(?:letters?|notes?)[^.]{0,30}(?:goodbye"
        r"|ready|go\b|family|kids)|said (?:my )?goodbyes?",
        ("self_harm_thoughts",),
    ),
    (
        r"(?:jump\w*|throw\w* myself|step\w*|walk\w*) (?:off|from|in front of|under|into) (?:a"
        r" |the |my )?(?:bridge|train|building|roof"
        r"|balcony|window|cliff|car|bus|traffic|lorry|flat)"
        r"|(?:cut\w*|harm\w*|hurt\w*|burn\w*) (?:myself|himself|herself)(?: (?:again|and|because"
        r"|on purpose|to|every)| *$)"
        r"|better (?:off )?without me|(?:want|wish|ready) (?:it|this|everything) (?:all )?(?:to"
        r" be |was |were )?(?:over\b|to end|to stop forever)"
        r"|(?:want|wanna|going|like|ready|prefer) (?:to )?die\b(?! of| from| laugh)|rather be dead"
        r"|wish i(?:d| had)? never (?:been born|wake\w*)"
        r"|(?:no|any) reason (?:left )?to (?:live|go on|carry on)|(?:cant|cannot) (?:go on|carry"
        r" on|live)(?: (?:any ?more|living|like this|with this))"
        r"|dont (?:want|wanna) (?:to )?(?:live|be alive|exist|wake up|be here)|(?:suicide|goodbye)"
        r" (?:note|letter|plan)|suicidal|kms\b|unalive"
        r"|to end (?:it|it all|everything|things|my life)|(?:planning|thinking) (?:about |of )?"
        r"(?:suicide|ending)",
        ("self_harm_thoughts",),
    ),
    (
        r"(?:nobody|no one|noone) (?:would|will|d) (?:miss|care|notice)[^,;.]{0,20}(?:gone|dead"
        r"|died|not here|disappear\w*)|(?:has|have|got|holding) (?:a )?(?:knife|rope|gun)[^.]{0,20}"
        r"(?:herself|himself|myself)",
        ("self_harm_thoughts",),
    ),
    # breath
    (
        r"air[^,;.]{0,8}(?:not|wont|isnt|doesnt|cannot|cant) (?:\w+ )?(?:go|get|come|pass|enter)\w*",
        ("breathlessness_lying",),
    ),
    (
        r"(?:words?|talk|speak|sentence)[^,;.]{0,14}(?:between|for) breaths?|(?:chest|lungs?)[^,;.]{0,6}"
        r"(?:will not|wont|cant|cannot|doesnt|dont) (?:fill|expand|open|inflate|move)\w*"
        r"|breath\w*[^,;.]{0,10}(?:muscles )?(?:giv\w* (?:up|out|way)|fail\w*|weak\w*|stopp\w*"
        r"|tir\w*)|drown\w* (?:when|if|lying|in my)",
        ("breathlessness_lying",),
    ),
    (
        r"(?:cant|cannot|couldnt|difficulty|unable to|not) (?:\w+ )?(?:get|swallow|keep|control)\w*[^,;.]{0,12}"
        r"(?:saliva|spit|spittle|drool)(?: down)?"
        r"|(?:every|each|any) (?:sip|bite|mouthful|drink|swallow|meal)[^,;.]{0,14}(?:cough\w*|chok\w*"
        r"|splutter\w*|gag\w*)",
        ("choking",),
    ),
    (r"(?:torn|ripped|tearing|ripping|split) (?:apart|open|in two)", ("heart_pain",)),
    (
        r"(?:struggl\w*|fight\w*|desperate|battl\w*|labou?r\w*) (?:for|to get|to catch|to take"
        r"|with)?(?: \w+)? ?(?:breath\w*|air)"
        r"|(?:not getting|isnt getting|cant get|cannot get|not) (?:any |enough |no )(?:\w+ )?air"
        r"|starv\w* (?:of|for) air|no air"
        r"|(?:more|increasing\w*) (?:out|short) of breath (?:every|each|by the) \w+|breath\w* "
        r"(?:is |gets |getting |becoming )*(?:worse|harder"
        r"|shallow\w*)(?: (?:every|each|by the) \w+)?|harder (?:and harder )?to breathe|(?:cant"
        r"|cannot) breathe? (?:\w+ )?(?:in|out|properly"
        r"|at all|any ?more|enough|well|normally|deep\w*)(?! through (?:my|his|her) nose)"
        r"|(?:cant|cannot|difficulty) (?:talk|speak|walk|lie|sleep)\w*[^,;.]{0,20}\b(?:breath\w*"
        r"|air\b)|breath\w*[^;.]{0,34}(?:cant|cannot"
        r"|difficulty) (?:talk|speak|finish)\w*|suffocat(?:e|es|ing)|breath\w*[^,;.]{0,20}(?:through"
        r" a straw|under ?water|wet cloth)|ribs? suck\w* in|sucking in (?:his|her|my) (?:ribs|chest|tummy)",
        ("breathlessness_lying",),
    ),
    (
        r"(?:puffer|inhaler|reliever|ventolin|salbutamol|blue pump|nebuli[sz]er|asthma)[^,;.]{0,24}"
        r"(?:nothing|not (?:help\w*|work\w*|settl\w*"
        r"|enough)|isnt|doesnt|no (?:help|effect|good)|useless|worse|every (?:hour|few minutes|\d+ minutes))",
        ("breathlessness_lying",),
    ),
    (
        r"(?:tongue|lips?|throat|mouth|face)(?: and (?:tongue|lips?|throat|mouth|face|eyes))?[^,;.]{0,10}"
        r"(?:(?:blown|blew|blowing|puffed) up|balloon\w*|swell\w*|swoll\w*|huge|twice (?:the|its|their)"
        r" (?:normal )?size|massive|enormous|thick and)",
        ("face_swelling",),
    ),
    (
        r"(?:food|drinks?|water|liquids?|everything)[^,;.]{0,16}(?:wrong (?:way|pipe|hole)|into"
        r" (?:my|his|her) lungs)",
        ("choking",),
    ),
)
