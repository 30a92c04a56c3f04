"""Danger signs of face, sight, strength, feeling, bladder, spasm, fever and limbs."""

from __future__ import annotations

from twitchwise.observe.danger_words import CANNOT, GONE, LEGS, LIMB, MINE, NOW, PRIVATE, SIDE, WATER, WEAK

# one part of the body and what fails; the words are not read again
NERVE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"half (?:of )?(?:my|his|her|the) (?:body|face)[^,;.]{0,14}(?:numb\w*|tingl\w*|dead)",
        ("numbness", "?one_sided"),
    ),
    (
        r"head ?aches?[^,;.]{0,14}(?:clap of thunder|thunder\w*|out of nowhere|like a (?:bang|blow|shot))",
        ("severe_headache", "?sudden"),
    ),
    (
        r"(?:sight|vision)[^,;.]{0,8}(?:just )?(?:went|gone|disappeared|lost)[^,;.]{0,6}(?:in|from"
        r"|on) (?:one|my|his|her|the)(?: \w+)? eye",
        ("sight_loss",),
    ),
    # face, sight, stroke
    (
        r"(?:dribbl\w*|drool\w*|saliva|food|drink)[^,;.]{0,20}(?:one (?:corner|side)|(?:left|right)"
        r" (?:corner|side)|corner of)",
        ("facial_droop",),
    ),
    (
        r"(?:words?|speech|sentences?|voice)[^,;.]{0,12}(?:mush\w*|soup|slush\w*|slur\w*|jumbl\w*"
        r"|garbl\w*|mumbl\w*|all wrong|thick)",
        ("slurred_speech",),
    ),
    (
        r"(?:left|right|one) (?:half|side|arm|leg|hand)[^,;.]{0,12}(?:wont|will not|cant|doesnt"
        r"|refuses to) (?:do|move|work|lift|listen|respond)\w*(?: anything)?"
        r"|(?:leg|arm|hand|knee)\b[^,;.]{0,10}(?:folded|buckled|collapsed|crumpled)[^.]{0,24}(?:no"
        r" (?:power|strength)|weak|dead)?|no (?:power|strength) (?:at all )?in (?:it|(?:my|his"
        r"|her) (?:left|right|arm|leg|hand))",
        ("sudden_weakness",),
    ),
    (
        r"(?:weak\w*|limp|floppy|no strength|useless)[^,;.]{0,24}(?:from|below) (?:the |my |his"
        r" |her )?(?:neck|waist|chest|hips)",
        ("paralysis",),
    ),
    (
        r"(?:numb\w*|no feeling|dead|cant feel|no sensation|nothing)[^,;.]{0,24}(?:from|below)"
        r" (?:the |my |his |her )?(?:neck|waist|chest|hips|belly)",
        ("saddle_numbness",),
    ),
    (
        r"(?:weaker|worse) and (?:weaker|worse)|(?:weaker|worse|weak) (?:every|each|by the|day"
        r" by|hour by) (?:day|hour)",
        ("muscle_weakness", "?worse"),
    ),
    (
        r"(?:cant|cannot|couldnt|unable to|hurts to|wont) (?:put|bring|touch|get|bend|move|bow)[^,;.]{0,10}"
        r"(?:chin|neck|head) (?:to|on|onto|down|forward)[^,;.]{0,12}",
        ("neck_stiffness",),
    ),
    (
        r"(?:mouth|face|smile|cheek|lips?)[^,;.]{0,14}(?:hang\w*|droop\w*|sag\w*|slid\w*|slip\w*"
        r"|fallen|fell|drop\w*|crooked|wonky"
        r"|lopsided|uneven|not straight|not even|isnt straight|skew\w*|pulled (?:down|to)|twisted"
        r"|asymmetric\w*|melt\w*|one[- ]sided)",
        ("facial_droop",),
    ),
    (
        r"see\w* (?:two|2)(?: of)?(?: (?:everything|things|pictures?|images?|people|cars|roads"
        r"|faces|phones|screens|lines))?"
        r"(?! (?:doctors|consultants|specialists|gps|days|weeks))|two of (?:everything|everyone|people)",
        ("double_vision",),
    ),
    (
        r"(?:curtain|shutter|shade|veil|blind)[^,;.]{0,24}(?:eye|vision|sight)|(?:sight|vision"
        r"|eye)[^,;.]{0,14}(?:went|gone|goes|going)"
        r" (?:black|dark|completely|suddenly)(?! (?:when|after) (?:i |he |she )?(?:stand|stood|get|got))",
        ("sight_loss",),
    ),
    (
        rf"{SIDE}[^,;.]{{0,10}}(?:gone|went|going|has|suddenly|just) (?:all |completely |\w+ )?"
        rf"(?:dead|numb\w*)|{SIDE}[^,;.]{{0,12}}(?:numb|dead)"
        rf"(?=[^;.]*\b{NOW})",
        ("numbness", "?sudden", "?one_sided"),
    ),
    (
        rf"{SIDE}[^,;.]{{0,10}}(?:gone|went|going|has|suddenly|just) (?:all |completely |\w+ )?{WEAK}"
        rf"|{SIDE}[^,;.]{{0,12}}{WEAK}(?=[^;.]*\b{NOW})",
        ("focal_weakness", "?sudden", "?one_sided"),
    ),
    (
        rf"{NOW}[^,;.]{{0,30}}\b{LIMB}[^,;.]{{0,16}}\b{GONE}(?! (?:from|because) )|\b(?:arm|leg"
        rf"|hand|foot)[^,;.]{{0,10}}"
        r"(?:just|suddenly|all of a sudden) (?:\w+ )?(?:dropped|flopped|fell|gave|went|stopped|died)",
        ("sudden_weakness",),
    ),
    (
        rf"{CANNOT} (?:\w+ )?(?:move|feel or move|lift or move|use) (?:any of |either of )?{MINE}"
        r" ?(?:\w+ )?(?:legs?|arms?|body|limbs|anything"
        r"|half|side|hands?|feet|muscles?)\b(?! (?:without|when it|because it|freely|too))(?: at"
        r" all| any ?more)?",
        ("paralysis",),
    ),
    (
        rf"{LEGS}[^,;.]{{0,12}}(?:{CANNOT}|doesnt|dont|do not|refus\w*)(?: to| want to| wanting"
        r" to)? (?:\w+ )?(?:carry\w*|hold\w*|support\w*"
        r"|obey\w*|do what|take my weight|go where)(?: me| him| her| us)?(?: up)?",
        ("leg_weakness",),
    ),
    (
        r"(?:cant|cannot|can not|couldnt|unable to|wont|stopped|no longer|not able to) (?:walk"
        r"(?:ing)?|stand(?:ing)?|bear weight)"
        r"(?: (?:up|at all|any ?more|properly|now|unaided|alone|by (?:him|her|my)self)\b)*(?! "
        r"(?:up\w*|far|past|without|for|barefoot|in (?:heels|them"
        r"|my)|on (?:my|it)|fast|long|the|it|him|her|this|that|my|people))",
        ("leg_weakness",),
    ),
    # saddle and bladder
    (
        r"(?:cant|cannot|can not|couldnt|dont|do not|didnt|no longer|not|no) (?:\w+ )?(?:feel|know"
        r"|notice)(?:ing)? (?:it )?(?:when|if|that|myself) ?(?:i |im |i am |he |she )?"
        r"(?:\w+ )?(?:pee|peeing|wee|weeing|piss\w*|urinat\w*|go\b|going|need|wip\w*|poo\w*|have"
        r" to|full|empty)",
        ("saddle_numbness",),
    ),
    (
        rf"{PRIVATE}[^,;.]{{0,14}}(?:numb|dead|no feeling|asleep|asleep|cotton wool|tingl\w*)|"
        rf"(?:numb|no feeling|no sensation|cant feel|cannot feel)[^,;.]{{0,24}}{PRIVATE}",
        ("saddle_numbness",),
    ),
    (
        r"(?:cant|cannot|can not|couldnt|unable to|no longer) (?:hold|control|keep)(?: back| in)?"
        rf"(?: my| his| her)? {WATER}|lost (?:\w+ )?control of"
        r" (?:\w+ )?(?:bladder|water\w*|pee|wee)|(?:dribbl\w*|leak\w*) (?:\w+ )?(?:urine|pee|wee)",
        ("urinary_trouble",),
    ),
    (
        r"(?:not|havent|hasnt|couldnt|cant|cannot|unable to|no) (?:\w+ )?(?:peed?|weed?|passed"
        rf" (?:any )?{WATER}|urinated?)[^,;.]{{0,10}}(?:\d+ hours|all day"
        r"|since (?:yesterday|last night|this morning)|a day|at all|nothing)",
        ("blocked_bladder",),
    ),
    # numbness and weakness that travel
    (
        r"(?:numb\w*|tingl\w*|pins and needles|weak\w*|heavi\w*)[^,;.]{0,24}(?:creep\w*|climb\w*"
        r"|going|goes|moving|moves|spread\w*|rising|crawl\w*|working its way|gone) up"
        r"(?: (?:my|his|her|the|both|from))?",
        ("numbness", "?climbs"),
    ),
    (
        r"weak\w*[^.]{0,40}(?:climb\w*|creep\w*|moving|going|spread\w*|rising|travel\w*|working"
        r" its way) (?:up|higher|upward\w*)",
        ("ascending_weakness",),
    ),
    (
        r"(?:feet|toes|ankles|legs|knees)[^.]{0,24}(?:then|now|after that|next|and then)[^.]{0,20}"
        r"(?:thighs?|hips|hands?|arms?|fingers|belly|waist|chest|face|breathing)[^.]{0,24}"
        r"(?:weak\w*|numb\w*|gone|going|useless|heavy|stopp\w*|tingl\w*|dead|fail\w*)",
        ("ascending_weakness",),
    ),
    (
        r"(?:legs|feet|toes|knees)[^.]{0,30}(?:spaghetti|jelly|rubber|pudding|noodles|cotton wool"
        r"|weak\w*|heavy|gone|useless|numb\w*|tingl\w*|dead)[^.]{0,30}(?:now|then|and now|today)"
        r"[^.]{0,10}(?:hands?|arms?|fingers|face|chest|thighs|hips)",
        ("ascending_weakness",),
    ),
    (
        r"(?:legs?|knees|feet) (?:are |is |keep |just |start\w* )*(?:failing|fail|giving (?:up"
        r"|out|way)|packing up|shutting down|going from under)(?: me)?",
        ("leg_weakness",),
    ),
    (
        r"(?:feet|toes|legs)[^.]{0,16}(?:numb\w*|tingl\w*|weak\w*|dead)[^.]{0,24}\b(?:then|now"
        r"|next)[^.]{0,16}(?:knees|thighs?|belly|waist|hips|hands?|arms?|chest|stomach|face)",
        ("numbness", "?climbs"),
    ),
    (rf"{WATER} (?:is |was )?(?:stuck|blocked|wont come|not coming|doesnt come|stopped)", ("blocked_bladder",)),
    # spasm
    (
        r"(?:fingers?|hands?|toes|wrists?) (?:are |is |all |both )*(?:bent|curled|clawed|cramped"
        r"|locked|frozen|clenched|knotted)[^,;.]{0,8}(?:stuck|shut|closed|tight|inwards?|in spasm)",
        ("tetany",),
    ),
    (
        r"(?:teeth|jaws?|mouth) (?:\w+ ){0,2}(?:clamp\w*|lock\w*|seiz\w*|stuck|clench\w*|jammed"
        r"|wired) (?:together|shut|closed|tight)|(?:cant|cannot|couldnt|unable to|wont|hardly)"
        r" open (?:my|his|her|the)? ?(?:mouth|jaw|teeth)",
        ("jaw_spasm",),
    ),
    (
        r"(?:muscles?|legs?|arms?|body|neck) (?:\w+ )?(?:like|as(?: \w+)? as) (?:iron|steel|wood"
        r"|stones?|rocks?|concrete|an? (?:board|plank|log|rock))",
        ("muscle_stiffness",),
    ),
    (
        rf"(?:hands?|fingers?|fists?|thumbs?|toes)[^,;.]{{0,24}}(?:shut|clench\w*|claw\w*|curl\w*"
        rf"|lock\w*|stuck|froz\w*|fist|bent|cramp\w*)[^.]{{0,20}}(?:{CANNOT})"
        r"[^,;.]{0,10}(?:open|straighten|uncurl|release|prise|prize|undo|unlock|unclench|let go)(?: \w+)?"
        r"|(?:hands?|fingers?|wrists?)[^,;.]{0,20}(?:like (?:a )?claws?|into (?:a )?claws?|claw[- ]like"
        r"|turned in(?:wards?)?|like a bird|like an obstetric\w*)",
        ("tetany",),
    ),
    (
        r"(?:throat|voice ?box|larynx|windpipe)[^,;.]{0,22}(?:spasm\w*|clos\w*|seiz\w*|shut\w*"
        r"|clamp\w*|lock\w*)|crow\w* (?:sound|noise)|stridor|squeak\w* (?:noise )?when \w+ breath\w*",
        ("laryngospasm",),
    ),
    (
        r"tongue[^,;.]{0,10}(?:sticking|stuck|pushing|coming|poking|hanging) out|(?:jaw|mouth|neck"
        r"|head)[^,;.]{0,14}(?:twist\w*|pulled|wrench\w*|stuck) (?:to (?:one|the) side|sideways"
        r"|back\w*|open)",
        ("muscle_spasm",),
    ),
    (
        r"(?:neck|back|body|head|spine)[^,;.]{0,12}(?:arch\w*|bend\w*|bow\w*|pull\w*|bent) (?:itself"
        r" )?(?:back\w*|like a (?:bow|bridge|banana))",
        ("painful_spasms", "neck_stiffness"),
    ),
    (
        r"eyes?[^,;.]{0,12}(?:fixed|stuck|locked|glued|pinned|rolled|pulled|turned|frozen|jammed)"
        r" (?:to|on|up|at|towards?|upwards?)\b(?: the)?(?: (?:ceiling|sky|roof))?(?! (?:my|his"
        r"|her) (?:phone|screen|book|computer))",
        ("eye_movement_palsy",),
    ),
    (
        r"tongue[^,;.]{0,10}(?:pok\w*|push\w*|stick\w*|thrust\w*|com\w*) out|(?:jaw|mouth)[^,;.]{0,10}"
        r"(?:pull\w*|twist\w*|wrench\w*|forced)",
        ("muscle_spasm", "jaw_spasm"),
    ),
    (
        r"(?:shak\w*|jerk\w*|twitch\w*|trembl\w*)[^;.]{0,40}(?:even (?:when|if|though) (?:i|we)"
        r" hold|doesnt stop when (?:i|we) hold)(?: \w+)?",
        ("muscle_jerks",),
    ),
    (r"(?:turn|roll|fix|put)\w* (?:his |her |the |my )?eyes? (?:up|back|to (?:the )?ceiling)", ("eye_movement_palsy",)),
    (r"(?:mouth|lips?)[^,;.]{0,10}(?:buzz\w*|fizz\w*|prickl\w*|tingl\w*|numb)", ("perioral_tingling",)),
    # fever, rash, head
    (
        r"(?:rash|spots?|blotches|bruises)[^,;.]{0,24}(?:(?:doesnt|does not|dont|do not|wont|not"
        r"|didnt) (?:fade|fading|go(?: away)?|going|disappear\w*|blanch\w*"
        r"|vanish\w*)[^,;.]{0,24}(?:glass|press\w*|tumbler|$|(?=[,;.]))|under (?:a |the )?glass)"
        r"|non[- ]?(?:blanching|fading)(?: \w+)? (?:rash|spots)"
        r"|(?:purple|dark red|blood) (?:rash|spots|blotches|dots|pinpricks|marks)(?! (?:before|in front))",
        ("non_fading_rash",),
    ),
    (
        r"(?:burning|boiling|roasting|scorching) hot(?! (?:feet|hands|soles|bath|shower|coffee"
        r"|tea|day|weather|sun|car|food))|(?:very |so )?hot to (?:the )?touch|(?:high|bad|running"
        r" a|has a|got a|have a|with a|very high) temp(?:erature)?\b|(?:^|[,;.] ?)temperature(?= *[,;.]|$)",
        ("fever",),
    ),
    (
        r"(?:worst|terrible|awful|horrible|horrendous|unbearable|blinding|splitting|excruciating"
        r"|dreadful|massive|violent|sudden\w*|explod\w*|strongest|biggest|hardest)(?: \w+){0,2}"
        r" (?:head ?ache|migraine|(?:pain )?in (?:my |the |his |her )?head)(?: \w+ ever| ever)?"
        r"|(?:head ?ache|pain in (?:my |the |his |her )?head) (?:\w+ )?sudden\w*|head ?ache (?:of"
        r" my life|like never before|like an? (?:bomb|explosion|hammer|bat|axe))",
        ("severe_headache",),
    ),
    (
        r"(?:one|left|right|eye)[^,;.]{0,8}pupils?[^,;.]{0,8}(?:large\w*|big\w*|huge|wide\w*|blown)"
        r"|pupils? (?:are )?(?:different|unequal|not the same|uneven)",
        ("dilated_pupils",),
    ),
    (
        r"(?:sugar|glucose|meter|monitor)[^,;.]{0,16}(?:says|reads|showing|shows|reading|is) (?:hi\b"
        r"|high|off the scale|error high)",
        ("high_glucose_level",),
    ),
    (r"(?:cant|cannot|couldnt|difficulty|not) (?:keep|hold)(?:ing)? (?:\w+ ){0,3}down(?! (?:to|on))", ("vomiting",)),
    (
        r"(?:vision|sight|eyes?)[^,;.]{0,12}(?:sparkl\w*|flash\w*|zig ?zag\w*|shimmer\w*|spots"
        r"|stars|snow)|(?:seeing|see|sees) (?:stars|spots|flashes|sparkles|flashing \w+|zig ?zags)",
        ("blurred_vision",),
    ),
    (
        r"(?:one|left|right|my|his|her) (?:leg|calf)[^;.]{0,20}\b(?:fat|thick\w*|bigger|huge|swell\w*"
        r"|swoll\w*|balloon\w*|double)[^;.]{0,24}(?:red|hot|warm|hurt\w*|pain\w*|tender|sore|throb\w*"
        r"|blue|purple)",
        ("one_swollen_calf",),
    ),
    # limb without blood
    (
        r"(?:foot|feet|leg|arm|hand)[^,;.]{0,14}(?:white|pale|blue|black|grey|gray|purple|mottled"
        r"|marbled)\b[^;.]{0,18}(?:cold|ice|icy|freezing|numb|dead|no pulse)"
        r"|(?:foot|feet|leg|arm|hand)[^,;.]{0,14}(?:ice|icy|stone|freezing|stone)? ?cold[^;.]{0,14}"
        r"(?:white|pale|blue|black|grey|gray|purple|mottled|marbled|no pulse)"
        r"|(?:toes?|fingers?)[^,;.]{0,14}black\b[^;.]{0,24}(?:cold|numb|pain\w*|hurt\w*|dead)",
        ("cold_pale_limb",),
    ),
    # heart
    (
        r"(?:heart|pulse|hr|heart ?rate)[^,;.]{0,16}\b(?:1[5-9]\d|2\d\d)\b(?! (?:when|while|during"
        r"|on the|in the gym|after a run))",
        ("tachycardia",),
    ),
    (
        r"(?:pulse|heart|heart ?rate|hr)[^,;.]{0,12}\b(?:2\d|3\d)\b(?! ?(?:seconds|minutes|years" r"|days|times|mins))",
        ("bradycardia",),
    ),
    (
        r"(?:breath\w* (?:very |so |really )?(?:deep\w*|fast|quick\w*|rapid\w*|heav\w*)|(?:deep"
        r"|rapid|fast|quick|heavy) breath\w*)(?! (?:exercise\w*|helps?|to calm))",
        ("fast_breathing",),
    ),
)
