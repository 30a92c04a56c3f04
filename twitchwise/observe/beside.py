"""What a sentence about a complaint says beside it: the poison, the medicine, the illness, the heat, the baby."""

from __future__ import annotations

import re

from twitchwise.observe.factors import ORDER, found_in
from twitchwise.observe.phrase import NEGATIONS, PAST, PEOPLE, doubtful, negated
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.types import FactorSeen
from twitchwise.observe.words import clauses, clean, key_of

# what a danger rule asks for; the rest of a history belongs in its own part of the record
_ASKED = frozenset(
    "poison insecticide drugs overdose lithium insulin antipsychotic serotonergic ssri opioid benzodiazepine stimulant"
    " beta_agonist digoxin thiazide loop_diuretic potassium_sparing potassium_raising potassium_lowering corticosteroid"
    " denosumab_or_zoledronate anticholinesterase alcohol_withdrawal head_injury dirty_wound not_vaccinated"
    " neck_surgery"
    " hypoparathyroidism myasthenia kidney dialysis heart_disease heart_failure asthma eating_disorder bariatric"
    " nitrous_oxide statin thyroid liver laxative".split()
)
_NAMED = frozenset({"adrenal_insufficiency", "benzodiazepine_withdrawal", "baclofen_gabapentin_withdrawal"})
_RISKS = frozenset({"heat", "recent_hard_exercise", "endurance", "water_excess"})
_KINDS = ("medicine", "condition", "procedure", "exposure")
# a name after these is asked about, feared, denied or compared
_UNSURE = frozenset("could would should maybe perhaps wonder ask if worry scar afraid fear like unlik".split())
_TOO_MUCH = re.compile(
    r"\boverdos\w*|\b(?:took|taken|swallowed|swallowing|ate|drank|had) (?:far |way )?too (?:many"
    r"|much) (?:of )?(?:my |his "
    r"|her |the )?(?:\w+ )?(?:tablets?|pills?|medic\w+|meds|insulin|painkillers?|drops)|\b(?:took|taken|swallowed"
    r"|drank) "
    r"(?:a |the )?(?:whole|entire|full) (?:box|pack(?:et)?|bottle|strip|lot)\b"
    r"|\b(?:took|taken|swallowed) all (?:of )?(?:my|his|her|the) (?:\w+ )?(?:tablets|pills|medic\w+|meds"
    r"|antidepressants|painkillers"
    r"|insulin)\b|\b(?:tablets|pills|antidepressants|painkillers) (?:all )?at once\b"
    r"|\b(?:took|taken|swallowed|had|drunk|drank) (?:\d{2,}|ten|twenty|thirty|forty|fifty|a hundred|dozens"
    r"|a handful|handfuls) "
    r"(?:of )?(?:\w+ ){0,2}(?:tablets?|pills?|capsules?|paracetamol|ibuprofen|energy drinks)\b(?! (?:a|per|each"
    r"|every|over))"
)
_HARM = re.compile(
    r"\b(?:drank|drunk|swallowed|ate|eaten|inhaled|breathed in|got hold of)\b[^,;.]{0,24}\b(?:weed ?killer|bleach"
    r"|anti ?freeze"
    r"|petrol|cleaner|pesticide|slug pellets|rat poison|poison|chemicals?|toadstools?|berries|detergent|white spirit"
    r"|batter(?:y|ies)|magnets?|(?:heart|blood pressure|sugar|diabetes|sleeping|grandad\w*|granny\w*|grandma\w*"
    r"|someone elses) (?:\w+ )?"
    r"(?:pills?|tablets?|medicine))"
)
_STOPPED = re.compile(
    r"\b(?:stop\w*|quit\w*|gave up|given up|ran out of)\b[^,;.]{0,12}\b(?:drink\w*|alcohol|booze|vodka|whisky"
    r"|wine|beer)\b"
    r"|\b(?:drinks?|drinking|drank|bottles?|vodka|whisky|beer|alcohol)\b[^.]{0,30}\b(?:stopped|quit|ran out"
    r"|none since|nothing since)\b"
)
_WOUND = re.compile(
    r"\b(?:cut|cuts|stabbed|scratched|pricked|wound\w*|gash\w*|trod|stepped)\b[^.]{0,24}\b(?:garden\w*|soil"
    r"|dirt\w*|rust\w*|roses?"
    r"|thorns?|farm\w*|manure|nail|wire)\b"
)
_WHOSE = r"^(?:(?:my|our|the|a|her|his|this) )?(?:\w+ )?"
_YOUNG = (
    (
        "about_an_infant",
        re.compile(
            _WHOSE + r"(?:baby|newborn|infant|babies)\b"
            r"(?! (?:was born|born|bump|shower|blues|brain|keeps? (?:me|us)|kept|wakes?|woke|sleeps?))"
        ),
    ),
    (
        "about_a_child",
        re.compile(
            _WHOSE
            + r"(?:toddler|child|kid|little (?:girl|boy)|(?:[2-9]|1[0-5]|two|three|four|five|six|seven|eight|nine|ten)"
            r"[- ]years?[- ]old)\b(?! (?:was|born))"
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
        (_TOO_MUCH.search(plain) or _HARM.search(plain))
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
    for words in clauses(text):
        _read_clause(words, text, where, sheet)


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
        if asked and factor.kind in _KINDS and not negated(words, hit, hits) and not doubtful(words, hit):
            sheet.factor(FactorSeen(id_, factor.kind, True, text, where))
    for risk in sheet.lexicon.risks.find(words):
        if not risk.at & named and not negated(words, risk, hits) and not doubtful(words, risk):
            sheet.risks |= _RISKS & set(risk.ids)
