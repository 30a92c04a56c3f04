"""What a sentence about a complaint says beside it: the poison, the medicine, the illness, the heat, the baby."""

from __future__ import annotations

import re

from twitchwise.observe.durations import days_of
from twitchwise.observe.factors import ORDER, found_in
from twitchwise.observe.phrase import NEGATIONS, PAST, PEOPLE, doubtful, negated
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.told import guarded
from twitchwise.observe.types import FactorSeen
from twitchwise.observe.words import clauses, clean, key_of

# what a danger rule asks for; the rest of a history belongs in its own part of the record
_ASKED = frozenset(
    "poison insecticide drugs overdose lithium insulin antipsychotic serotonergic ssri opioid"
    " benzodiazepine stimulant"
    " beta_agonist digoxin thiazide loop_diuretic potassium_sparing potassium_raising potassium_lowering"
    " corticosteroid"
    " denosumab_or_zoledronate anticholinesterase alcohol_withdrawal head_injury dirty_wound not_vaccinated"
    " neck_surgery"
    " hypoparathyroidism myasthenia kidney dialysis heart_disease heart_failure asthma eating_disorder bariatric"
    " nitrous_oxide statin thyroid liver laxative diabetes".split()
)
_NAMED = frozenset({"adrenal_insufficiency", "benzodiazepine_withdrawal", "baclofen_gabapentin_withdrawal"})
_RISKS = frozenset({"heat", "recent_hard_exercise", "endurance", "water_excess"})
_KINDS = ("medicine", "condition", "procedure", "exposure")
# a name after these is asked about, feared, denied or compared
_UNSURE = frozenset("could would should maybe perhaps wonder ask if worry scar afraid fear like unlik".split())
_TOO_MUCH = re.compile(
    r"\boverdos\w*|\b(?:took|taken|swallowed|swallowing|ate|drank|had) (?:far |way )?too (?:many"
    r"|much) (?:of )?(?:my |his "
    r"|her |the )?(?:\w+ )?(?:tablets?|pills?|medic\w+|meds|insulin|painkillers?|drops)|\b"
    r"(?:took|taken|swallowed"
    r"|drank) "
    r"(?:a |the )?(?:whole|entire|full) (?:box|pack(?:et)?|bottle|strip|lot)\b"
    r"|\b(?:took|taken|swallowed) all (?:of )?(?:my|his|her|the) (?:\w+ )?(?:tablets|pills|medic\w+|meds"
    r"|antidepressants|painkillers"
    r"|insulin)\b|\b(?:tablets|pills|antidepressants|painkillers) (?:all )?at once\b"
    r"|\b(?:took|taken|swallowed|had|drunk|drank) (?:\d{2,}|ten|twenty|thirty|forty|fifty|a hundred|dozens"
    r"|a handful|handfuls) "
    r"(?:of )?(?:\w+ ){0,2}(?:tablets?|pills?|capsules?|paracetamol|ibuprofen|energy drinks)\b"
    r"(?! (?:a|per|each"
    r"|every|over))"
)
_PILLS = r"(?:\w+ ){0,4}(?:tablets?|pills?|tabs|meds|medic\w+|doses?|capsules?|drops|insulin|painkillers?|units)"
_WRONG_DOSE = re.compile(
    rf"\b(?:took|taken|swallowed|given|gave|had|injected|used|drank|popped)\b[^,;.]{{0,20}}\b"
    r"(?:double|twice (?:my|his|her|the|as)|two lots"
    r"|an? (?:extra|second|whole|wrong)|the wrong|triple|three times|ten times|10 times|someone"
    rf" elses)\b {_PILLS}\b"
    rf"|\b(?:took|taken|gave|given|swallowed|had|injected) {_PILLS} (?:twice|two times|double)\b"
    r"(?! (?:a|per|each|every|daily))"
    r"|\b(?:double|triple|twice|(?:two|three|four|five|six|ten|several|many|\d+) times)(?:"
    r" (?:the|my|his|her|normal|usual|recommended|daily|prescribed))+ (?:dose|amount|number of)\b"
    r"|\b(?:got into|got at|been at|got hold of|found and (?:ate|took))\b[^,;.]{0,24}\b(?:pills?"
    r"|tablets?|medic\w+|meds|medicine cabinet)\b"
    rf"|\b(?:injected|took|taken|given|gave)\b[^,;.]{{0,12}}\b(?:twice|double)\b {_PILLS}"
    r"|\b(?:took|taken|gave|given|had|swallowed)\b[^;.]{0,50}\b(?:paracetamol|ibuprofen|aspirin"
    r"|calpol|tablets?|pills?|medic\w+|insulin|painkillers?|beta ?blockers?"
    r"|antidepressants?|blood thinners?|\w{3,}(?:pril|olol|statin|azepam|codeine|done))[^;.]{0,20}\btoo"
    r" (?:much|many)\b"
    r"|\b(?:ate|popped|downed|necked|swallowed|took|taken) (?:a |the |my |his |her )?(?:whole"
    r"|entire|full) (?:pack\w*|box|bottle|strip|tub)\b(?=[^;.]{0,30}(?:pills?|tablets?|meds"
    r"|medic\w+|blockers?|\w{3,}(?:ol|in|ine|am|pril)s?\b))"
    r"|\b(?:doubled up|double[ -]dosed|wrong (?:tablets|pills|medicine|dose))\b"
    rf"|\b(?:took|taken|swallowed|popped) {_PILLS} (?:to end|to die|to kill|to go to sleep forever"
    r"|on purpose)"
    r"|\b(?:[4-9]|\d\d|four|five|six|seven|eight|nine|ten|twelve|loads of|too many|so many)"
    r"(?: cans of| bottles of)?"
    r" (?:energy drinks?|red bulls?|monsters?|caffeine (?:pills|tablets)|pre[- ]?workouts?"
    r"|espress\w+)\b(?=.*(?:heart|chest|vomit\w*|sick|pound\w*))"
)
_EXERTION = re.compile(
    r"\b(?:crossfit|spin(?:ning)? class|spinning|marathon|triathlon|boot ?camp|burpees|ultra"
    r"|workout|work ?out|gym|squats|army training|assault course)\b"
)
_DARK = re.compile(r"\b(?:urine|pee|wee|piss)\b")
_MUCH_WATER = re.compile(
    r"\b(?:drank|drunk|drinking|drink|had)\b[^,;.]{0,16}\b(?:[5-9]|1\d|five|six|seven|eight"
    r"|nine|ten|gallons?|loads|buckets|too much|so much)"
    r"(?: of)? ?(?:lit(?:er|re)s?|l|bottles|gallons|pints)?(?: of)? (?:\w+ )?water\b"
)
_HOT_DAY = re.compile(
    r"\b(?:3[2-9]|4\d) ?(?:degrees|c|celsius)\b[^;.]{0,16}\b(?:outside|sun|shade|heat|weather"
    r"|day)\b|\b(?:outside|sun|heat|weather)\b[^;.]{0,16}\b(?:3[2-9]|4\d) ?(?:degrees|c|celsius)"
)
_SEDATIVE_STOPPED = re.compile(
    r"\b(?:stopp\w*|stop|quit|came off|come off|coming off|ran out|run out|withdr\w*|cold turkey"
    r"|without|no more|missed)\b[^,;.]{0,24}"
    r"\b(?:diazepam|valium|lorazepam|ativan|xanax|alprazolam|clonazepam|temazepam|nitrazepam"
    r"|zopiclone|zolpidem|benzos?|sleeping (?:pills|tablets)|phenibut)\b"
)
_WEEKS_GONE = re.compile(
    r"^(?:i am |im |at |she is |shes )?(2\d|3\d|4[0-2]) ?(?:weeks|wks)(?: gone| along)?(?=,"
    r"| with\b| and\b| now\b)(?=.*\b(?:head\w*|vision|sight|eyes|belly|tummy|ribs|swoll\w*"
    r"|puffy|blood pressure|midwife|fits?|twitch\w*|contractions|baby)\b)"
)
_ALL_ILL = re.compile(
    r"\b(?:every ?one|all of us|(?:the )?whole (?:family|house\w*)|we all|we both|both of us"
    r"|even the (?:dog|cat|kids))\b"
    r"[^;.]{0,40}\b(?:head ?aches?|dizzy|sick|faint|sleepy|nause\w*|confused)\b"
)
_BURNING = re.compile(
    r"\b(?:boiler|heater|stove|fire ?place|open fire|bbq|barbecue|generator|gas|chimney|flue"
    r"|coal|caravan|tent|charcoal)\b"
)
_TYPE_ONE = re.compile(r"\btype (?:1|one|i) diabet\w*|\bt1d\b")
_DRUG_TAKEN = re.compile(
    r"\b(?:after|took|taken|taking|tried|snorted|smoked|on|did|had|dropped|injected)(?: (?:some"
    r"|a|too much|lots of|the|bad|half an?))* "
    r"(?:speed|coke|crack|meth|crystal|mdma|molly|ecstasy|an? e|pills at a \w+|spice|acid|lsd"
    r"|bath salts|mephedrone|ket|ketamine|ghb|a tab|party (?:pills|drugs))\b"
)
_SICKNESS = re.compile(
    r"\b(?:anti|against|for)[- ]?(?:the )?(?:sick\w*|nause\w*|vomit\w*|emetics?)\b|\b(?:sickness"
    r"|nausea|vomiting) (?:jab|shot|injection|drip|tablets?|pills?|medicine)\b"
)
_CHEMICALS = re.compile(
    r"\b(?:farm\w*|fields?|crops?|orchards?|greenhouse|vineyard|garden\w*|spray\w*)\b[^;.]{0,30}\bchemicals?\b"
    r"|\bchemicals?\b[^;.]{0,24}"
    r"\b(?:farm\w*|fields?|crops?|orchards?|greenhouse|vineyard|weeds|bugs|insects)\b"
)
_BIRTH_TOLD = re.compile(
    r"\bjust had (?:my|a|the|our) (?:\w+ )?(?:baby|c-? ?section|twins|caesarean)|\bjust (?:gave" r"|given) birth"
)
_THYROID_OUT = re.compile(
    r"\b(?:para)?thyroids?\b[^,;.]{0,24}\b(?:out|removed|removal|op|operation|operated|surgery|taken|cut)\b"
    r"|\b(?:removed|took out|taken out|operat\w+ on|surgery on)\b[^,;.]{0,16}\b(?:para)?thyroids?\b"
)
_HARM = re.compile(
    r"\b(?:drank|drunk|swallowed|ate|eaten|chewed|sipped|licked|sucked|inhaled|breathed in"
    r"|got hold of|got into|got at)\b[^,;.]{0,24}\b(?:weed ?killer|bleach"
    r"|anti ?freeze"
    r"|petrol|cleaner|pesticide|slug pellets|rat poison|poison|chemicals?|toadstools?|berries"
    r"|detergent|white spirit"
    r"|meth\w* spirits?|meths|surgical spirit|saniti[sz]er|screen ?wash|brake fluid|lamp oil"
    r"|nail varnish remover|fertili[sz]er|vape liquid"
    r"|foxglove|yew|laburnum|nightshade|oleander|hemlock|monkshood|lily of the valley"
    r"|batter(?:y|ies)|magnets?|(?:heart|blood pressure|sugar|diabetes|sleeping|grandad\w*"
    r"|granny\w*|grandma\w*"
    r"|someone elses) (?:\w+ )?"
    r"(?:pills?|tablets?|medicine))"
)
_STOPPED = re.compile(
    r"\b(?:stop\w*|quit\w*|gave up|given up|ran out of)\b[^,;.]{0,12}\b(?:drink\w*|alcohol|booze|vodka|whisky"
    r"|wine|beer)\b"
    r"|\b(?:drinks?|drinking|drank|bottles?|vodka|whisky|beer|alcohol)\b[^.]{0,30}\b(?:stopped|quit|ran out"
    r"|none (?:since|for)|nothing (?:since|for))\b"
)
_WOUND = re.compile(
    r"\b(?:cut|cuts|stabbed|scratched|pricked|wound\w*|gash\w*|trod|stepped)\b[^.]{0,24}\b(?:garden\w*|soil"
    r"|dirt\w*|rust\w*|roses?"
    r"|thorns?|stables?|barn|animals?|horse|farm\w*|manure|nail|wire)\b"
)
_WHOSE = r"^(?:(?:my|our|the|a|her|his|this) )?(?:\w+ )?"
_YOUNG = (
    (
        "about_an_infant",
        re.compile(
            _WHOSE + r"(?:babys?|new[- ]?borns?|infants?|babies|(?:\d+|one|two|three|four|five|six|eight|ten)[- ]"
            r"(?:day|week|month)s?[- ]olds?)\b"
            r"(?! (?:was born|born|bump|shower|blues|brain|keeps? (?:me|us)|kept|wakes?|woke|sleeps?))"
            r"(?!.*startl)"
        ),
    ),
    (
        "about_a_child",
        re.compile(
            _WHOSE + r"(?:(?:son|daughter|boy|girl)(?: is)?,?(?: of| aged?)? ?(?:[2-9]|1[0-5])\b|(?:kid|child"
            r"|boy|girl|son|daughter),? (?:is |of )?(?:[2-9]|two|three|four|five|six|seven|eight|nine"
            r"|ten) years?|toddlers?|child|kids?|childs|(?:little|small) (?:girl|boy|one)s?|(?:[2-9]"
            r"|1[0-5]|two|three|four|five|six|seven|eight|nine|ten)"
            r"[- ](?:years?|yr|yo)[- ]?(?:old)?s?)\b(?! (?:was|born))"
        ),
    ),
)


def read_beside(text: str, where: str, taken: bool, sheet: Sheet) -> None:
    """Read what a danger rule asks for from a sentence about a complaint.

    Parameters: text, the sentence; where, its place; taken, whether the sentence named a complaint; sheet, which
    collects.
    """
    plain = clean(text)
    if (
        (_TOO_MUCH.search(plain) or _HARM.search(plain) or _WRONG_DOSE.search(plain))
        and not NEGATIONS & set(key_of(text))
        and "overdose" in sheet.evidence.factors
    ):
        sheet.factor(FactorSeen("overdose", "exposure", True, text, where))
    if taken and _WOUND.search(plain):
        sheet.factor(FactorSeen("dirty_wound", "exposure", True, text, where))
    if taken and _STOPPED.search(plain):
        sheet.factor(FactorSeen("alcohol_withdrawal", "exposure", True, text, where))
    if sheet.age is None:
        sheet.risks |= {risk for risk, spoken in _YOUNG if spoken.search(plain)}
    if not taken:
        return
    _read_scenes(plain, text, where, sheet)
    for words in clauses(text):
        _read_clause(words, text, where, sheet)


# what a sentence tells of, and the factor that it stands for
_FACTORS = (
    (_TYPE_ONE, "type_1_diabetes"),
    (_DRUG_TAKEN, "amphetamine_street"),
    (_SICKNESS, "metoclopramide"),
    (_THYROID_OUT, "thyroidectomy"),
    (_CHEMICALS, "organophosphate"),
    (re.compile(r"\bparathyroid (?:patient|problem|disease|trouble)|\bno parathyroids?\b"), "hypoparathyroidism"),
    (
        re.compile(
            r"\b(?:schizophreni\w*|psychosis|psychotic|bipolar|psychiatric) (?:\w+ )?(?:medic\w*|tablets?"
            r"|pills?|injections?|drugs?)"
        ),
        "antipsychotic",
    ),
    (
        re.compile(r"\b(?:no|without|missed|ran out of|run out of|stopped|skipped) (?:my |his |her |the )?insulin\b"),
        "type_1_diabetes",
    ),
    (_SEDATIVE_STOPPED, "benzodiazepine_withdrawal"),
)


def _read_scenes(plain: str, text: str, where: str, sheet: Sheet) -> None:
    """Read the illness, drug, water and exertion that a hurried message tells of in its own words."""
    if _EXERTION.search(plain) and _DARK.search(plain):
        sheet.risks.add("recent_hard_exercise")
    if _HOT_DAY.search(plain):
        sheet.risks.add("heat")
    weeks = _WEEKS_GONE.search(plain)
    if weeks and sheet.pregnant is None:
        sheet.pregnant, sheet.pregnant_weeks = True, float(weeks.group(1))
    if _MUCH_WATER.search(plain):
        sheet.risks.add("water_excess")
    if _BIRTH_TOLD.search(plain) and sheet.postpartum_days is None:
        sheet.postpartum_days = 7.0
    told = [id_ for pattern, id_ in _FACTORS if (hit := pattern.search(plain)) and not guarded(plain[: hit.start()])]
    told += ["carbon_monoxide"] if _ALL_ILL.search(plain) and _BURNING.search(plain) else []
    stated = {f.id for f in sheet.factors if f.present}
    for id_ in told:
        if id_ in sheet.evidence.factors and id_ not in stated:
            ago = days_of(text, sheet.on) if re.search(r"\bago\b|yesterday|last (?:week|month)", plain) else None
            sheet.factor(FactorSeen(id_, sheet.evidence.factors[id_].kind, True, text, where, days=ago))


def _read_clause(words: tuple[str, ...], text: str, where: str, sheet: Sheet) -> None:
    held = set(words)
    if PEOPLE & held or PAST & held or _UNSURE & held:
        return
    named = {place for hit in sheet.lexicon.findings.find(words) if hit.ids != ("?nothing",) for place in hit.at}
    found = [(id_, hit) for id_, hit in found_in(words, ORDER["findings"], sheet) if not hit.at & named]
    hits = [hit for _, hit in found]
    for id_, hit in found:
        factor = sheet.evidence.factors[id_]
        asked = id_ in _NAMED or bool(_ASKED & set(factor.tags))
        much = set(words[max(0, hit.start - 3) : hit.start])
        if factor.kind == "medicine" and "too" in much and {"much", "many"} & much and not negated(words, hit, hits):
            sheet.factor(FactorSeen("overdose", "exposure", True, text, where))
        if asked and factor.kind in _KINDS and not negated(words, hit, hits) and not doubtful(words, hit):
            sheet.factor(FactorSeen(id_, factor.kind, True, text, where))
    for risk in sheet.lexicon.risks.find(words):
        if not risk.at & named and not negated(words, risk, hits) and not doubtful(words, risk):
            sheet.risks |= _RISKS & set(risk.ids)
