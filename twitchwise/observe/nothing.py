"""Words that say that there is nothing to say."""

from __future__ import annotations

import re

from twitchwise.observe.words import clean

_NOTHING = re.compile(
    r"^(?:none|no|nil|nothing|(?:none|nothing|nil) (?:of note|relevant|significant|known)|n/?a|unknown|not known"
    r"|unremarkable|never|-|0"
    r"|(?:previously|otherwise|generally|usually)?[ ,]*(?:fit and )?(?:healthy|well)"
    r"|(?:no |any |other |poor |general |herbal |dietary |nutritional |specific |serious |recent |chronic or "
    r"|recurrent |arm |leg |local ||further"
    r" |significant |relevant |known |chronic |previous |past |prior |associated |similar |additional |major "
    r"|medical |systemic |concomitant |underlying |earlier )*"
    r"(?:symptoms?|illness(?:es)?|diseases?|conditions?|medical history|history|medical problems?|health problems?"
    r"|problems?|complaints?|comorbidit(?:y|ies)"
    r"|family history|surgical history|abnormalit(?:y|ies)|findings|episodes?|disorders?|diagnos[ie]s|operations?"
    r"|surgery|surgeries|trauma|injur(?:y|ies)|exposures?|allergies|allergy|triggers?|supplements?))$"
)
_NO_DRUGS = re.compile(
    r"^(?:(?:no|not|any|illicit|illegal|recreational|street|hard|other|known|history|of|denies|intravenous|party"
    r"|toxin|toxic|poison)[ ,]*)*"
    r"(?:drugs?|substances?|toxins?|toxin exposure|exposures?)(?: (?:use|abuse|misuse|intake|consumption|exposure"
    r"|ingestion))*$"
)
_NO_MEDICINE = re.compile(
    r"^(?:(?:no|not|any|regular|current|other|long|long-term|chronic|takes?|taking|known|prescribed|prescription|or"
    r"|and|herbal|over-the-counter|non-prescription|otc|daily|on|any|routine|new|recent|without|denies|use|of"
    r"|intake|history|concomitant|previous|drug)[ ,]*)*"
    r"(?:medications?|medicines?|meds|drugs? intake|tablets|pills|prescriptions?|pharmacotherapy|drug treatment|drug"
    r" therapy|long drug intake)"
    r"(?: (?:use|used|taken|intake|history|exposure|at all|or supplements))*$"
)


def is_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing, or names no illness in particular.

    Parameters: text. Returns: True or False.

    >>> is_nothing("previously healthy"), is_nothing("other symptoms"), is_nothing("asthma")
    (True, True, False)
    """
    return bool(_NOTHING.match(clean(text).strip(" .")))


def is_no_drugs(text: str) -> bool:
    """Whether a text speaks of recreational drugs in general.

    Parameters: text. Returns: True or False.

    >>> is_no_drugs("illicit drugs"), is_no_drugs("drug use"), is_no_drugs("cocaine")
    (True, True, False)
    """
    return bool(_NO_DRUGS.match(clean(text).strip(" .")))


def is_no_medicine(text: str) -> bool:
    """Whether a text speaks of medicines in general.

    Parameters: text. Returns: True or False.

    >>> is_no_medicine("regular medication"), is_no_medicine("no medicines"), is_no_medicine("heart medicine")
    (True, True, False)
    """
    return bool(_NO_MEDICINE.match(clean(text).strip(" .")))
