"""Emergencies as a frightened person says them: what happened, not its medical name."""

from __future__ import annotations

_CANNOT = r"(?:cant|cannot|can not|couldnt|could not|unable to|not able to|wont|will not|would not|wouldnt)"
_SELF = r"(?:my|him|her|them|your)sel(?:f|ves)"
_URGE = (
    r"(?:want\w*|going|plan\w*|ready|tempted|urge\w*|need|about|feel like|feeling like|thinking (?:of|about)"
    r"|think (?:of|about)|thought\w* (?:of|about))"
)
_LEGS = r"(?:legs?|feet|knees)"
_BODY = r"(?:(?:whole |entire )?(?:body|legs?|arms?|limbs)|one side|(?:left|right) side)"

# a scene and the findings that it means; the words of the scene are not read again
ALARMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"{_URGE} (?:to )?(?:kill|hurt|harm|cut)(?:ing|ting)? {_SELF}", ("self_harm_thoughts",)),
    (
        r"end(?:ing)? (?:my|his|her|their) (?:own )?life|end(?:ing)? it all|better off dead|tak\w+ (?:my|his"
        r"|her) own life"
        r"|(?:dont|do not|doesnt|does not) want to (?:be here any ?more|live|go on living|wake up again)",
        ("self_harm_thoughts",),
    ),
    (
        r"(?:body|he|she|i|they)?[^,;.]{0,12}(?:stiffen\w*|went (?:stiff|rigid))[^,;.]{0,6} and (?:then )?"
        r"(?:shook|shak\w*|jerk\w*|convuls\w*)(?: all over)?",
        ("seizure",),
    ),
    (
        r"(?:shook|shaking|jerking) all over[^;.]{0,30}(?:(?:not|didnt|wouldnt|stopped) respon\w+|eyes rolled?\w*"
        r"|dont remember|cant remember|no memory)",
        ("seizure",),
    ),
    (r"eyes (?:have |had )?roll\w* (?:back|up|over)|foam\w* at the mouth", ("seizure",)),
    (
        r"(?:so |very |too )?(?:difficulty|(?:hard|difficult|impossible) to) (?:wake|rouse|arouse)\b(?! up\b"
        r"| in the| for)"
        r"|(?:cant|cannot|couldnt|could not) (?:be )?(?:woken?|wakened|roused?|wake (?:him|her|them) up)",
        ("reduced_consciousness",),
    ),
    # strength
    (
        rf"{_LEGS}[^;.]{{0,20}}(?:weak\w*|gave (?:way|out)|useless)[^;.]{{0,40}}\b(?:now|then) [^;.]{{0,16}}"
        r"(?:arms?|hands?|face|breathing)(?: (?:are|is|too|going|as well|also|weak))*",
        ("ascending_weakness",),
    ),
    (
        r"weak\w*[^;.]{0,20}(?:started|began) in (?:my |his |her |the )?(?:feet|legs|toes)[^;.]{0,40}"
        r"(?:arms?|hands?|face|chest)",
        ("ascending_weakness",),
    ),
    (
        rf"{_BODY}[^,;.]{{0,14}}(?:stopped working|wont move|will not move|refus\w+ to move|wont work"
        rf"|dont work any ?more)",
        ("paralysis",),
    ),
    (rf"{_LEGS} (?:just )?{_CANNOT} (?:hold|carry|support)(?: \w+)?(?: up)?", ("leg_weakness",)),
    # heart and breath
    (
        r"(?:crush\w*|squeez\w*|vice ?like|like a vice|like an? elephant|heavy weight|like a (?:tight )?band)"
        r"[^,;.]{0,24}\bchest(?: pain)?|chest[^,;.]{0,24}(?:crush\w*|squeez\w*|in a vice|elephant"
        r"|like a (?:tight )?band)",
        ("heart_pain",),
    ),
    (
        r"(?:chest (?:pain|pressure|tightness|ache)|(?:pain|pressure|tightness) in (?:my|his|her|the) chest)"
        r"[^;.]{0,24}"
        r"(?:go\w*|spread\w*|radiat\w*|shoot\w*|travel\w*|mov\w*|runn?\w*|down|into|up)[^;.]{0,12}"
        r"(?:arms?|jaw|neck|shoulders?)",
        ("heart_pain",),
    ),
    (
        r"(?:my |his |her )?breath(?:ing)?[^,;.]{0,14}(?:weaker|is weak|failing|giving out|giving up)",
        ("breathlessness_lying",),
    ),
    # belly, urine, muscle
    (
        r"(?:stomach|belly|tummy|abdomen|abdominal|stomach muscles?)[^,;.]{0,16}(?:rock[- ]?hard|hard as|like a board"
        r"|board[- ]like|rigid|rock[- ]?solid)(?: a \w+)?",
        ("abdominal_guarding",),
    ),
    (
        r"(?:cant|cannot|can not|unable to|not able to|couldnt) (?:pee|wee|urinate|pass (?:any )?(?:urine|water))"
        r" (?:at all|a drop|anything)|(?:havent|have not|hasnt|not) (?:peed|weed|urinated"
        r"|passed (?:any )?(?:urine|water))"
        r" (?:at all|all day|since \w+|for (?:a |over a )?(?:day|\d+ hours))",
        ("blocked_bladder",),
    ),
    (
        r"(?:belly|bladder|tummy|stomach) (?:is |feels |about to |fit to |like it will )*(?:burst\w*)",
        ("abdominal_pain",),
    ),
    (r"muscles?(?: \w+)? (?:are |is |all )*(?:in agony|agony|screaming|killing me|on fire)", ("muscle_pain",)),
    # face, speech, mind
    (
        r"(?:mouth|face|smile|cheek|corner of (?:my|his|her|the) mouth)[^,;.]{0,16}(?:dropp?\w*|droop\w*|sagg?\w*"
        r"|lopsided"
        r"|crooked|slid\w*|fallen|gone down)",
        ("facial_droop",),
    ),
    (
        r"(?:talk\w*|speak\w*|say\w*|speech)[^,;.]{0,10}(?:gibberish|jumbled|garbled|makes? no sense)"
        r"|words? (?:are |come |came |coming )*(?:out )?(?:jumbled|garbled|muddled|wrong|scrambled)",
        ("slurred_speech", "confusion"),
    ),
    (
        r"(?:does not|doesnt|dont|do not|didnt|cannot tell|no idea) (?:know )?(?:where|who|what (?:day"
        r"|year)) (?:he|she|i|they|it)"
        r" (?:is|am|are|was)",
        ("confusion",),
    ),
    (
        r"seeing (?:\w+ )?(?:spiders|bugs|insects|rats|snakes|animals|people|faces|things)(?! (?:double|clearly"
        r"|move|well))",
        ("hallucinations",),
    ),
    (r"burning up|boiling hot|temperature (?:of |is |was )?(?:39|40|41|10[2-6])(?:[.,]\d)?", ("fever",)),
    # breath, swelling, faint
    (r"(?:not|stopped|isnt|wasnt) breathing|no pulse", ("cardiac_arrest",)),
    (
        r"(?:tongue|lips?|throat|mouth|whole face)[^,;.]{0,10}(?:swelling|swollen|swelled|swells|ballooned|puff\w*)"
        r"|swollen (?:tongue|lips|throat)",
        ("face_swelling",),
    ),
    (
        r"(?:feel\w*|felt|going|about|nearly|almost|thought)[^,;.]{0,16}(?:pass(?:ing)? out|faint(?:ing)?\b"
        r"|black(?:ing)? out"
        r"|collaps(?:e|ing))",
        ("fainting",),
    ),
    (
        r"(?:ripping|tearing)[^,;.]{0,16}(?:pain|chest|back|shoulder blades?)|pain[^;.]{0,40}(?:ripping|tearing)",
        ("heart_pain",),
    ),
    # saddle, back, calf
    (
        r"(?:cant|cannot|can not|couldnt|dont|no|lost) (?:feel|feeling|sensation)[^,;.]{0,12}(?:private parts?"
        r"|privates|genitals?|groin"
        r"|bottom|bum|backside|between my legs|vagina|penis|scrotum|back passage)",
        ("saddle_numbness",),
    ),
    (
        r"(?:private parts?|privates|genitals?|bottom|bum|backside|between my legs|vagina|penis|scrotum"
        r"|back passage)[^,;.]{0,14}"
        r"(?:numb|no feeling|gone dead)",
        ("saddle_numbness",),
    ),
    (r"back (?:is |was |pain is )?(?:killing|in agony|agony|excruciating)(?: me)?", ("back_pain",)),
    (
        r"(?:calf|one leg|(?:left|right|my) leg)[^;.]{0,14}(?:hot|red|swollen|swelling|tender|puffy)[^;.]{0,14}"
        r"(?:hot|red|swollen|tender|painful|sore|bigger)(?: and (?:hot|red|swollen|tender|painful|sore))?",
        ("one_swollen_calf",),
    ),
    # strength again
    (
        r"(?:leg|arm|hand|foot|side)[^,;.]{0,10}suddenly[^,;.]{0,10}(?:wont|will not|doesnt|does not|stopped|not"
        r"|went|gave|useless)"
        r"(?: \w+)?(?: me)?|suddenly[^,;.]{0,14}(?:leg|arm|hand|foot|side)[^,;.]{0,10}(?:wont|doesnt|stopped"
        r"|useless|dead)",
        ("sudden_weakness",),
    ),
    (
        r"(?:leg|arm|hand|foot|side)[^,;.]{0,8}(?:wont|will not|doesnt|does not) (?:obey|respond|do what)(?: me"
        r"| i \w+)?",
        ("focal_weakness",),
    ),
    (
        r"(?:cant|cannot|can not|couldnt|difficulty|too weak to|can barely) (?:to )?(?:lift|hold|raise|keep)(?: up)? "
        r"(?:my|his|her|the) head(?: up| off \w+ \w+)?",
        ("proximal_weakness", "muscle_weakness"),
    ),
    (r"too weak to (?:stand|walk|move|get|climb)(?: \w+)*", ("leg_weakness",)),
    (
        r"numb\w*[^;.]{0,14}(?:climb\w*|creep\w*|rising|rises|moving up|going up|spread\w* up)[^;.]{0,30}",
        ("numbness", "?climbs"),
    ),
    # spasm of eyes and neck, hard muscles
    (r"eyes?[^,;.]{0,14}(?:stuck|rolling|pulled|fixed) (?:up|upwards?|to one side)", ("eye_movement_palsy",)),
    (r"neck[^,;.]{0,8}(?:twists?|twisting|twisted|pulls? to|pulled to|stuck to)(?: one side)?", ("muscle_spasm",)),
    (
        r"(?:legs?|arms?|muscles) (?:feel |felt |are |went |gone |is )?(?:like )(?:wood|stone|concrete|a board"
        r"|boards)",
        ("muscle_stiffness",),
    ),
    (r"(?:legs?|arms?|feet|muscles?) (?:are |feel |get |go |is |so )*jumpy", ("muscle_twitching",)),
    # the same again in other words
    (
        r"(?:decided|ready|going|about) to end (?:things|everything|it)\b|no point (?:in )?(?:living|going on)",
        ("self_harm_thoughts",),
    ),
    (r"(?:went|turned|turning|going|gone|goes) blue(?! with cold)", ("low_oxygen",)),
    (
        r"chest[^,;.]{0,24}(?:someone|something|somebody|a weight|a brick|a ton)[^,;.]{0,16}(?:sitting|standing"
        r"|pressing|on)(?: \w+)?"
        r"|(?:weight|someone (?:sitting|standing)|something pressing) on my chest",
        ("heart_pain",),
    ),
    (
        r"(?:jaw|left arm|both arms)[^;.]{0,24}(?:ach\w*|pain\w*|heavy)[^;.]{0,30}(?=clammy|sweat\w*|breathless"
        r"|short of breath)",
        ("heart_pain",),
    ),
    (
        r"(?:cant|cannot|unable to) (?:finish|complete|speak in|get out) (?:a |full |whole )?(?:sentences?"
        r"|words?)[^;.]{0,14}(?:breath\w*)"
        r"|(?:cant|cannot) (?:finish|complete|speak in) (?:a |full |whole )?sentences?|too breathless to (?:speak"
        r"|talk|walk|move)",
        ("breathlessness_lying",),
    ),
    (
        r"weak\w*[^.]{0,50}(?:first|started|began)[^.]{0,12}(?:feet|toes|legs)[^.]{0,20}(?:now|then)[^.]{0,12}"
        r"(?:thighs?|legs|hips|arms?|hands?|face|waist)",
        ("ascending_weakness",),
    ),
    (r"eye ?lids?[^,;.]{0,12}(?:closing|falling|wont stay open|shutting|hang\w*)", ("drooping_eyelid",)),
    (r"(?:cant|cannot|difficulty) chew\w*", ("difficulty_swallowing",)),
    (
        r"swallow\w*[^,;.]{0,6}(?:is|gets|getting|feels|become\w*) (?:so |very |really )?(?:hard|tough|impossible)",
        ("difficulty_swallowing",),
    ),
    (r"(?:no feeling|numb\w*|cant feel (?:anything|a thing))[^,;.]{0,8}down (?:below|there)", ("saddle_numbness",)),
    (
        r"(?:pee|wee|urine|bladder)[^;.]{0,24}nothing (?:comes|came|will come|is coming|coming) out",
        ("blocked_bladder",),
    ),
    (r"(?:thighs?|calves|arms?|legs?|muscles)[^,;.]{0,8}(?:rock[- ]?hard|solid|hard as \w+)", ("muscle_stiffness",)),
    (r"wobbl\w+(?= and| about| when| on| around| since| all)", ("unsteady_gait",)),
    (
        r"(?:foot|legs?|arms?|hand)[^,;.]{0,10}(?:white|pale|blue|mottled)[^,;.]{0,8}(?:cold|icy|freezing"
        r"|numb)(?: cold)?",
        ("cold_pale_limb",),
    ),
    (
        r"(?:dont|do not|doesnt) want to be (?:alive|here any ?more)|wish (?:i|he|she) (?:was|were) dead"
        r"|had enough of (?:life|living)",
        ("self_harm_thoughts",),
    ),
    (
        r"(?:lost|losing|loss of) (?:the |my |his |her |all )?(?:eye)?(?:sight|vision)|(?:gone|went|going) blind"
        r"|(?:cant|cannot) see (?:out of|from|with) (?:one|my|his|her|the)(?: \w+)? eye",
        ("sight_loss",),
    ),
    (
        r"head[^;.]{0,16}(?:explod\w*|like (?:a )?(?:thunder\w*|bomb|explosion|hammer blow))"
        r"|(?:dreadful|excruciating|unbearable|blinding|worst(?: ever)?) (?:headache|pain in (?:my|the) head)",
        ("severe_headache",),
    ),
    (
        r"wok\w+(?: up)? (?:gasping|fighting|unable to breathe|suffocating)(?: for (?:air|breath))?",
        ("breathlessness_lying",),
    ),
    (
        r"bladder (?:does not|doesnt|wont|isnt|has|not)?(?: \w+)? ?(?:work\w*|empty\w*|stopped|failed|gone)",
        ("urinary_trouble",),
    ),
    (r"(?:keeps?|kept|legs?|knees?) buckl\w+|walking (?:has |is )?gone\b", ("leg_weakness",)),
    (
        r"(?:hands?|fingers?|fists?)[^,;.]{0,24}(?:clench\w*|claw\w*|curl\w*|lock\w*)[^,;.]{0,20}(?:wont|will not"
        r"|cant|cannot|couldnt)"
        r"[^,;.]{0,8}(?:open|straighten|uncurl|release)(?: \w+)?",
        ("tetany",),
    ),
    (
        r"(?:calf|leg)[^,;.]{0,10}(?:twice|double|much bigger)[^,;.]{0,20}(?:size|other|bigger)(?: \w+ other)?",
        ("one_swollen_calf",),
    ),
    # what only sounds like an alarm
    (r"jolt\w*[^,;.]{0,10}in bed", ("sleep_jerks",)),
    (
        r"muscles? (?:in|of) (?:my|the|his|her) (?:\w+ )?(?:arm|leg|thigh|calf|hand|shoulder|foot|back|neck)"
        r"[^,;.]{0,8}(?:jumps?|jumping|hops?|dances?|pops?)",
        ("muscle_twitching",),
    ),
    (
        r"(?:tight|sore|ach\w+|stiff) jaw[^,;.]{0,20}grind\w*(?: \w+ teeth)?|jaw[^,;.]{0,30}grind\w*(?: \w+ teeth)?",
        ("muscle_pain",),
    ),
)
