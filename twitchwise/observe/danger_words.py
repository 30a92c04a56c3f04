"""The word classes that danger signs are built from: what cannot, a limb, now, water, a private place."""

from __future__ import annotations

CANNOT = (
    r"(?:cant|cannot|can not|couldnt|could not|unable to|not able to|wont|will not|difficulty"
    r"|dont seem to|struggl\w+ to"
    r"|no longer|not)"
)
MINE = r"(?:my|his|her|the|their|our|its|your|one|both|this|that)?"
LEGS = r"(?:legs?|feet|knees)"
LIMB = r"(?:legs?|arms?|hands?|foot|feet|side|wrist)"
GONE = (
    r"(?:numb\w*|dead|limp|floppy|useless|paraly[sz]ed|heavy|weak|lifeless|flopped|dropped"
    r"|stopped working|not working"
    r"|wont (?:move|work|lift)|will not (?:move|work|lift)|doesnt (?:move|work)|hanging (?:down"
    r"|limp)|like jelly)"
)
WEAK = r"(?:limp|floppy|useless|paraly[sz]ed|heavy|weak|lifeless|hanging (?:down|limp))"
SIDE = (
    r"\b(?:(?:left|right|one) side(?: of (?:\w+ )?(?:body|face))?|(?:left|right|one) (?:arm"
    r"|hand)(?: and|,| &) (?:\w+ )?(?:(?:left|right) )?"
    r"(?:leg|foot|face))"
)
NOW = (
    r"(?:sudden\w*|all at once|out of nowhere|out of the blue|just now|in (?:a|seconds|minutes)"
    r"(?: second| minute)?"
    r"|(?:an?|half an|one|two|three|\d+|few|couple of|some) (?:hours?|hrs?|minutes?|mins?) ago"
    r"|since (?:an?|half an|one|two|three|\d+|few) (?:hours?|hrs?|minutes?|mins?)"
    r"|(?:this|since this) (?:morning|afternoon|evening|lunchtime)"
    r"|since (?:breakfast|lunch\w*|dinner|tea ?time|waking|i woke|last night|tonight)|tonight"
    r"|today|right now|just)"
)
SICK = (
    r"(?:sick|nause\w*|vomit\w*|throw\w* up|sweat\w*|clammy|pale|grey|gray|breathless|out of"
    r" breath|short of breath)"
)
WATER = r"(?:urine|pee|wee|piss|water|bladder)"
PRIVATE = (
    r"(?:private parts?|privates|genitals?|groin|bottom|bum|backside|buttocks|between (?:my"
    r"|his|her|the) (?:legs|thighs)"
    r"|crotch|perineum|undercarriage|vagina|penis|scrotum|balls|testicles|back passage|anus"
    r"|down below|down there|saddle)"
)
