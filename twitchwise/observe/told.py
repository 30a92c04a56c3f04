"""What a sentence tells of a life: the trade, the meal, the bite, the wound, the poison, the medicine that ran out."""

from __future__ import annotations

import re
from functools import lru_cache

from twitchwise.observe.durations import days_of
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.types import FactorSeen
from twitchwise.observe.words import clean

_NEAR = r"[^,;.]{0,%d}"
_MEAL = (
    r"(?:after|since|following|before|hours?|minutes?|last night|yesterday|today|this morning"
    r"|for (?:lunch|dinner"
    r"|supper|tea))"
)
_ATE = r"(?:ate|eats?|eating|eaten|meal of|dish of|plate of|bowl of|dined on|cooked|swallowed|had|tasted)"
_FISH = (
    r"(?:reef|tropical|freshly caught|fresh caught|self-caught|home-caught|caribbean|coral) ?(?:\w+ )?fish\w*"
    r"|barracuda|grouper|snapper|moray(?: eel)?|amberjack|parrot ?fish|kingfish|coral trout|hogfish"
)
_SHELL = r"(?:mussels?|clams?|oysters?|cockles?|scallops?|whelks?|shellfish|sea ?snails?|horseshoe crab)"
_PUFFER = r"(?:puffer ?fish|fugu|blow ?fish|porcupine ?fish)"
_FUEL = (
    r"(?:petrol|gasoline|gas\b(?! and air)|glue|paint|thinners?|lighter (?:fluid|fuel|gas)"
    r"|butane|aerosols?|solvents?"
    r"|deodorant|toluene|nail varnish)"
)
_PEST = r"(?:pest|insect|bug|flea|wasp|bed ?bug|termite|weevil|aphid)"
_HOUSE_PEST = r"(?:roach|cockroach|ant|fly|mosquito|moth)"
_RODENT = r"(?:rats?|mouse|mice|rodents?|moles?|gophers?|vermin|coyote)"
_POISON = r"(?:poison\w*|killer|bait|powder|pellets|spray|bombs?|fogger|trap|strips|smoke)"
_WOUND = (
    r"(?:wound\w*|lacerat\w*|cuts?\b(?! (?:the )?(?:grass|down|out|back|wood|hedges?|lawn|trees?"
    r"|logs|flowers|off))"
    r"|gash\w*|puncture\w*|scratch\w*|prick\w*|splinters?|graze[ds]?|stabbed"
    r"|impaled|pierced|trod|stepped)"
)
_SOIL = (
    r"(?:garden\w*|soil|earth|dirt\w*|mud\w*|farm\w*|barn|stable|rust\w*|manure|compost|fertili[sz]er"
    r"|nails?\b(?!"
    r" salon)"
    r"|barbed wire|wire fence|thorns?|roses?|rose bush|bramble|hay|horse|cattle|livestock|field"
    r"|ditch|pitchfork|rake"
    r"|wood(?:en)? splinter)"
)
_HEATER = (
    r"(?:gas|paraffin|kerosene|coal|log|wood|oil)[- ]?(?:fired |burning )?(?:heater|stove|boiler"
    r"|fire\w*|burner|cooker)"
)
_OPEN_FIRE = r"(?:charcoal|bbq|barbecue|brazier|generator|car engine|engine running|lawn ?mower|petrol engine)"
_SHUT = (
    r"(?:windows? (?:\w+ )?(?:shut|closed|sealed)|in (?:a|the|their|our|his|her|my) (?:tent"
    r"|caravan|camper\w*)"
    r"|unventilated|no ventilation)"
)
_INSIDE = rf"(?:{_SHUT}|indoors?|inside|garage|bedroom|cellar|basement)"

# a pattern and the exposure that it tells of; "pest poison" may be one for insects or one for rats
_EXPOSURES: tuple[tuple[str, str], ...] = (
    (
        r"lead[- ](?:acid|smelt\w*|works?|paint\w*|dust|pipes|shot|glaz\w*|solder\w*|batter\w*"
        r"|mine\w*|burn\w*)"
        r"|batter(?:y|ies) (?:factory|plant|works|recycl\w*|break\w*|smelt\w*|repair\w*)"
        rf"|(?:mak\w*|recycl\w*|break\w*|smelt\w*|repair\w*|melt\w*){_NEAR % 12}(?:car )?batteries"
        rf"|(?:strip\w*|sand\w*|scrap\w*|burn\w*|remov\w*|renovat\w*|restor\w*|chip\w*|flak\w*|eat\w*){_NEAR % 24}"
        r"\b(?:old|lead\w*|victorian|antique|peeling|flaking) (?:house )?paint\w*|(?:old|peeling"
        r"|flaking) house paint"
        r"|paint chips|(?:firing|shooting|rifle|pistol|gun) range|(?:cast\w*|mak\w*|melt\w*) (?:\w+"
        r" )?(?:bullets"
        r"|sinkers|fishing weights)|smelter|moonshine|(?:stained|leaded) glass|radiator repair\w*|scrap ?yard"
        r"|ship[- ]?break\w*|glazed (?:pottery|pots|ceramics?|mugs?|jugs?)|\bkohl\b|\bsurma\b",
        "lead",
    ),
    (r"\bweld(?:er|ers|ing|s)\b|manganese (?:mine\w*|dust|works|steel|plant)", "manganese_or_aluminium"),
    (
        rf"{_ATE}{_NEAR % 30}\b(?:{_FISH}){_NEAR % 60}|(?:{_FISH}){_NEAR % 40}\b{_MEAL}"
        rf"|(?:{_FISH})[- ](?:supper|dinner|meal|lunch|curry|platter|steaks?|soup)",
        "ciguatera",
    ),
    (
        rf"{_MEAL}{_NEAR % 30}\b(?:{_SHELL}|{_PUFFER})|{_ATE}{_NEAR % 20}\b{_SHELL}{_NEAR % 40}\b{_MEAL}"
        rf"|{_SHELL} (?:gathered|picked|dug|collected|from the beach|off the rocks)|{_ATE}{_NEAR % 20}\b{_PUFFER}"
        rf"|{_SHELL} (?:for|at|last night|yesterday)\b",
        "shellfish_poison",
    ),
    (
        rf"{_ATE}{_NEAR % 24}\b(?:wild|forag\w*|picked|unknown|strange|garden|field|forest|toadstool)[^,;.]{{0,10}}"
        rf"(?:mushrooms?|toadstools?|berries|plants?|roots?|seeds|leaves)|{_ATE}{_NEAR % 16}mushrooms?{_NEAR % 16}"
        r"(?:picked|foraged|found|gathered)|(?:picked|foraged|gathered)[^,;.]{0,20}(?:mushrooms?"
        r"|toadstools?|berries)"
        r"|(?:swallowed|took) mushrooms|forag\w* (?:\w+ )?(?:mushrooms?|plants?|roots?|herbs)",
        "poisonous_plant",
    ),
    (
        rf"(?:sniff\w*|huff\w*|inhal\w*|abus\w*|bagg\w*|breath\w* in){_NEAR % 16}\b{_FUEL}|\b{_FUEL}[^,;.]{{0,10}}"
        r"(?:sniff\w*|huff\w*|abuse\w*)|gas station (?:sniff\w*|fumes)",
        "solvents",
    ),
    (
        r"(?:do(?:es|ing)?|did|inhal\w*|huff\w*|us(?:es|ing|ed)|tak(?:es|ing)|took|on|had|has)"
        r"(?: \w+){0,3} (?:\w+ )?"
        r"balloons\b(?! (?:for|angioplasty))|balloons (?:at|every|most|daily|all|with (?:friends|mates))"
        r"|\bwhip[- ]?(?:pets|its|its)\b|\bwhippits\b|cream (?:canisters|bulbs)|laughing gas",
        "nitrous_oxide",
    ),
    (
        rf"\b{_PEST}s?[- ](?:\w+ )?{_POISON}|pest control|pesticid\w*|insecticid\w*|fumigat\w*|crop[- ]?dust\w*"
        r"|\b(?:spray\w*|mix(?:es|ed|ing) (?:farm|crop|garden))\b[^,;.]{0,16}\b(?:crops|orchards?"
        r"|fields|vineyards?"
        r"|vines|fruit|trees|cotton"
        r"|rice|potatoes|greenhouse"
        r"|chemicals)|spray\w*[^,;.]{0,16}(?:aphids?|green ?fly|black ?fly|mites|mosquito\w*|lice"
        r"|fleas|bed ?bugs|pests?)\b|flea (?:collar|dip)|sheep[- ]dip\w*",
        "organophosphate",
    ),
    (rf"\b{_HOUSE_PEST}s?[- ](?:\w+ )?{_POISON}|mosquito coils?", "pyrethroid"),
    (
        rf"\b{_RODENT}[- ](?:\w+ )?(?:poison\w*|killer|bait|powder|pellets)(?![^,;.]{{0,20}}(?:anticoagul|warfarin))"
        r"|rodenticid\w*|pest poison",
        "strychnine",
    ),
    (
        rf"\b{_WOUND}\b{_NEAR % 30}\b{_SOIL}|\b{_SOIL}\b[^,;.]{{0,24}}\b(?:wound|lacerat\w*|cut"
        r"|gash|injury|puncture)"
        r"|open fracture|compound fracture|(?:dog|cat|animal|human|horse|rat|bat|monkey) bit(?:e|es)\b"
        r"|bitten by (?:a |the |his |her |my )?(?:dog|cat|animal|horse|rat|monkey)|\blaceration\b"
        r"|(?:stepped|trod|stood"
        r"|kneeling) on (?:a |an )?(?:\w+ )?(?:nail|thorn|needle|glass|splinter)",
        "dirty_wound",
    ),
    (
        r"(?:black widow|redback|red-back|spider)[- ](?:bit\w*|sting)|(?:bitten|stung|bite|sting)[^,;.]{0,16}"
        r"(?:spider|black widow|redback)",
        "black_widow",
    ),
    (r"(?:stung|sting|bitten)[^,;.]{0,24}scorpion|scorpion[- ](?:sting|stung)", "scorpion"),
    (
        r"(?:bitten|bite)[^,;.]{0,16}\b(?:snake|viper|adder|cobra|rattlesnake|krait)|snake ?bit\w*"
        r"|stung by (?:a |an )?(?:\w+ )?jelly ?fish",
        "snake_bite",
    ),
    (
        r"(?:bite|sting|bitten|stung|stinging)\b(?=[^,;.]{0,30}(?:scrotum|genital|foot|toe|hand"
        r"|finger|leg|arm|thigh"
        r"|buttock|neck|back|hours?|minutes?|something|insect|bug|unseen))(?! (?:reflux|lip|nails?))"
        r"|something (?:bit|stung) (?:me|him|her)",
        "insect_bite",
    ),
    (
        rf"{_HEATER}[^;.]{{0,40}}{_SHUT}|{_SHUT}[^;.]{{0,30}}{_HEATER}|{_OPEN_FIRE}[^;.]{{0,30}}{_INSIDE}"
        rf"|{_INSIDE}[^;.]{{0,30}}{_OPEN_FIRE}|faulty boiler|blocked (?:flue|chimney)",
        "carbon_monoxide",
    ),
    (
        r"home[- ]?(?:canned|bottled|preserved|cured|made sausage|fermented)|tinned food that was"
        r" (?:blown|bulging)|(?:swollen|bulging|blown|puffy|expired) (?:tins?|cans?|jars?)"
        r"|bulging (?:tin|can)|black tar|fermented (?:fish|tofu|seal)|wound botulism",
        "botulism",
    ),
    (
        r"skin[- ]?(?:lightening|whitening|bleaching)(?: \w+)?|(?:lightening|whitening) cream|"
        r"(?:broken|broke)"
        r"[^,;.]{0,12}(?:mercury|thermometer)|gold (?:mining|panning|miner|smelt\w*)|amalgam works"
        r"|calomel|cinnabar",
        "mercury",
    ),
    (
        r"(?:herbal|ayurved\w*|traditional|folk|natural|unani|siddha)[^,;.]{0,20}(?:india\w*|nepal\w*"
        r"|sri lanka\w*"
        r"|pakistan\w*|bangladesh\w*)|bhasma|ayurved\w*",
        "ayurvedic",
    ),
    (
        r"(?:herbal|traditional|folk|natural|chinese) (?:remed\w*|medic\w*|powder|tonic|pills?"
        r"|tea|treatment|mixture"
        r"|potion|healer)",
        "herbal_mix",
    ),
    (
        r"(?:electric|mains|high[- ]voltage)\w* shock (?:from|at|off|by|while)|electrocut\w*"
        r"|struck by lightning|touched a live wire",
        "electric_injury",
    ),
    (
        r"(?:hit|banged|struck|bumped|injured|knocked) (?:his|her|my|the) head"
        r"|(?:hit|struck|kicked|punched)[^,;.]{0,34}\b(?:head|temple|skull)\b"
        r"|knocked (?:unconscious|out (?:cold|by|in a|during|for))|head injur\w*"
        r"|concuss\w*|blow to the head|fell[^,;.]{0,24}(?:on|onto|hitting|hit) (?:(?:his|her|my|the) )?head",
        "head_injury",
    ),
    (r"rust remover|wheel cleaner|glass etch\w*|hydrofluoric", "hydrofluoric_acid"),
    (r"red tide", "shellfish_poison"),
    (
        r"(?:swallow\w*|drank|drunk|drinking|ate|eaten|took|taken|ingest\w*)[^,;.]{0,44}\b(?:poison"
        r"|(?:rat|mouse|ant"
        r"|slug|bug"
        r"|weed|insect|fly)s? ?(?:killer|bait|powder|pellets|spray)|pesticide|insecticide|weed"
        r" ?killer|bleach|anti"
        r" ?freeze"
        r"|paraquat|detergent|drain cleaner|white spirit)|(?:took|taken|swallow\w*|ate|eaten) "
        r"(?:a )?(?:handfuls?"
        r"|whole \w+|entire \w+|bottle|box)"
        r" (?:of )?(?:\w+ ){0,4}(?:tablets?|pills?|capsules?|medicines?)"
        r"|(?:swallow\w*|drank|ate|took|ingest\w*)[^;.]{0,50}(?:suicid\w*|to (?:harm|kill|hurt)"
        r" (?:my|him|her)self"
        r"|self[- ]harm)",
        "overdose",
    ),
)
# what is over after a year
_PASSING = frozenset(
    "head_injury insect_bite black_widow scorpion snake_bite dirty_wound ciguatera shellfish_poison"
    " poisonous_plant"
    " overdose carbon_monoxide electric_injury botulism".split()
)
# who or what else is spoken of, what is feared, asked or denied
_NOT_SO = re.compile(
    r"\b(?:no|not|never|nor|neither|without|denie[sd]|deny|denying|negative|excluded|avoids?"
    r"|instead of|rather than"
    r"|isnt|wasnt|hasnt|havent|didnt|doesnt|dont)\b[^,;.]*$"
)
_DOUBT = re.compile(
    r"\b(?:afraid|scared|fear\w*|worr\w*|terrified|convinced|wonder\w*|asks?|asked|asking|could"
    r" (?:it|this|that|he|she)"
    r"|might|maybe|perhaps|what if|read about|googl\w*|suspect\w*|thinks? (?:it|he|she|of)"
    r"|like (?:a|an)|as if|such as)"
    r"\b[^,;.]*$"
)
_OTHERS = re.compile(
    r"\b(?:neighbou?rs?|friends?|mother|father|brother|sister|wife|husband|partner|son|daughter"
    r"|uncle|aunt|colleagues?"
    r"|boss|grandmother|grandfather|cousin|roommate|flatmate|mum|mom|dad)\b(?! and i)[^,;.]*$"
)
# a story about someone in the writer's care, told by the writer
_CARED_FOR = re.compile(
    r"\b(?:mother|father|brother|sister|wife|husband|partner|son|daughter|uncle|aunt|grand\w+|mum|mom|dad)\b"
)
_OF_THEM = re.compile(
    r"\bnow (?:he|she|is|has|cant|cannot|very|keeps|\w+ing)\b|\b(?:hes|shes|he is|she is) (?:now )?\w+"
)
_OF_ME = re.compile(r"\b(?:i|im|ive|me|myself)\b")
_WITH = re.compile(r"\b(?:with|like|from|by|to|for|at|of) (?:(?:his|her|my|the|a|some) )?(?:\w+ )?$")


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])"), id_) for pattern, id_ in _EXPOSURES)


def exposures_in(text: str) -> tuple[str, ...]:
    """Return the exposures that a sentence tells of, without those that are denied, feared or another person's.

    Parameters: text, as written. Returns: factor ids.

    >>> exposures_in("labourer in a lead-acid battery factory"), exposures_in("my neighbour sprays pesticides")
    (('lead',), ())
    """
    plain = clean(text)
    found: dict[str, None] = {}
    for pattern, id_ in _compiled():
        for match in pattern.finditer(plain):
            before = plain[: match.start()]
            if not guarded(
                _CARED_FOR.sub(" ", before) if _OF_THEM.search(plain) and not _OF_ME.search(plain) else before
            ):
                found[id_] = None
                break
    if {"black_widow", "scorpion", "snake_bite"} & found.keys():
        found.pop("insect_bite", None)
    if "ayurvedic" in found:
        found.pop("herbal_mix", None)
    return tuple(found)


def guarded(before: str) -> bool:
    """Say whether the words before a statement deny it, doubt it or give it to another person.

    Parameters: before, the plain text up to the statement. Returns: True when it does not hold for the person.

    >>> guarded("her neighbour "), guarded("never "), guarded("for years ")
    (True, True, False)
    """
    if _NOT_SO.search(before) or _DOUBT.search(before):
        return True
    other = _OTHERS.search(before)
    return other is not None and not _WITH.search(before[: other.start()])


def read_told(text: str, where: str, sheet: Sheet, days: float | None = None) -> bool:
    """Add the exposures that a sentence tells of.

    Parameters: text; where, place in the record; sheet, which collects; days since, where known.
    Returns: True when one was found.
    """
    known = [id_ for id_ in exposures_in(text) if id_ in sheet.evidence.factors]
    stated = {f.id for f in sheet.factors if f.present}
    since = days if days is not None else days_of(text, sheet.on) if re.search(r"\d|ago|yesterday", text) else None
    for id_ in known:
        if id_ not in stated and not (id_ in _PASSING and since is not None and since > 365):
            sheet.factor(FactorSeen(id_, sheet.evidence.factors[id_].kind, True, text, where, days=since))
    return bool(known)
