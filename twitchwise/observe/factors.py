"""Conditions, procedures, exposures and diet: from plain words to factors and risks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from twitchwise.observe.doses import dose_of
from twitchwise.observe.durations import days_of
from twitchwise.observe.lab_lines import acid_base_in
from twitchwise.observe.labs_said import read_in_text
from twitchwise.observe.lexicon import COMMON, SMALL, Hit
from twitchwise.observe.nothing import is_no_drugs, is_no_medicine, is_nothing
from twitchwise.observe.person import births_in, read_bmi
from twitchwise.observe.phrase import NEGATIONS, PAST, PEOPLE, WITNESS, negated, not_theirs
from twitchwise.observe.recognised import mainly_recognised, only_recognised
from twitchwise.observe.sheet import NOT_KNOWN, PART_NOT_KNOWN, Sheet
from twitchwise.observe.stopping import read_stopped, still_counts
from twitchwise.observe.told import read_told
from twitchwise.observe.types import FactorSeen, FindingSeen
from twitchwise.observe.words import clauses, clean, key_of, tokens
from twitchwise.record import DietPart, HistoryLine

ORDER = {
    "medicines": ("medicine", "supplement", "history", "habit"),
    "supplements": ("supplement", "medicine", "history", "habit"),
    "conditions": ("history", "medicine", "supplement", "habit"),
    "habits": ("habit", "history", "supplement", "medicine"),
    "exposures": ("history", "supplement", "medicine", "habit"),
    "findings": ("history", "medicine", "supplement"),
}

_TWO_SENSES = frozenset(
    token
    for text in (
        "blow crack speed coke acid weed hash molly mandy lead fit fits cold cart pots aids add lean reign bang"
        " flight cush graves hypo spice nos ket"
        " edibles salvia same ghost hops 131 barium mate spirits virus tic stoma pe ms pad bang operation monster"
        " prime celsius copper stent"
        " heat electrolytes iron salt running walking worry drinking fast diet shakes tea race hangover veggie"
    ).split()
    for token in tokens(text)
)

_BESIDE = frozenset(
    token
    for text in (
        "diet eater recent common head bad use used using heavy severe street addiction abuse mild no exposure".split()
    )
    for token in tokens(text)
)

_GIVEN_UP = frozenset(
    token for word in ("stopped", "quit", "ex", "former", "gave", "ceased", "never") for token in tokens(word)
)


_SAID_NOTHING = (
    SMALL
    | COMMON
    | frozenset("year old known status post treated due type stage mild not no ago last yesterday today past".split())
    | frozenset("one two three four five six seven eight nine ten few couple several on had has since".split())
)


def found_in(words: Sequence[str], order: Sequence[str], sheet: Sheet) -> list[tuple[str, Hit]]:
    """Find factors in tokens; the earlier group wins where two claim the same words.

    Parameters: words; order, groups; sheet. Returns: factor ids with their hits.
    """
    plain = tuple(order) != ORDER["exposures"]  # where substances are listed, a short name is the substance
    hits = [
        (rank, hit)
        for rank, group in enumerate(order)
        for hit in sheet.lexicon.factors[group].find(words)
        if not (plain and _other_sense(words, hit))
    ]
    hits.sort(key=lambda pair: (-len(pair[1].at), pair[0], pair[1].start))
    taken: set[int] = set()
    found: list[tuple[str, Hit]] = []
    for _, hit in hits:
        if not hit.at & taken:
            taken |= hit.at
            found.append((hit.ids[0], hit))
    return sorted(_kinds_known(found, sheet), key=lambda pair: pair[1].start)


def _kinds_known(found: list[tuple[str, Hit]], sheet: Sheet) -> list[tuple[str, Hit]]:
    """Leave out "chemotherapy, kind unknown" where the same line names the kind."""
    known = [pair for pair in found if "kind unknown" not in sheet.evidence.factors[pair[0]].name]
    medicines = any(sheet.evidence.factors[id_].kind == "medicine" for id_, _ in known)
    return known if medicines else found


def _other_sense(words: Sequence[str], hit: Hit) -> bool:
    """Whether a short word such as "cold" or "speed" stands among words that give it its everyday sense."""
    if len(hit.at) > 1 or words[hit.start] not in _TWO_SENSES:
        return False
    return bool(set(words) - {words[hit.start]} - _SAID_NOTHING - _BESIDE)


def read_history(lines: Sequence[HistoryLine], section: str, sheet: Sheet) -> None:
    """Read conditions, procedures or exposures.

    Parameters: lines; section, its name in the record; sheet, which collects.
    """
    for number, line in enumerate(lines):
        where = f"{section}[{number}]"
        if is_nothing(line.what) or (acid_base_in(line.what) and read_in_text(line.what, where, sheet)):
            continue
        order = ORDER["exposures" if section == "exposures" else "conditions"]
        days = days_of(line.when, sheet.on) if line.when else None
        if line.when and days is None:
            sheet.issue(f"{where}.when", line.when, "this time is not understood", ("2 days ago", "since 2019"))
        if not read_text(line.what, where, sheet, order, days):
            _read_otherwise(line.what, where, sheet, order, days)
        if line.note:
            read_text(line.note, where, sheet, ORDER["conditions"], days, ask=False)


def _read_otherwise(text: str, where: str, sheet: Sheet, order: Sequence[str], days: float | None) -> None:
    """Try the names that nothing depends on, then a slip of the pen, then ask."""
    if only_recognised(text, sheet):
        sheet.unused.add(where)
        return
    spelled = sheet.lexicon.factors["history"].spelled(key_of(text), sheet.lexicon.known)
    if not _read_clause(spelled, text, where, sheet, order, days) and not mainly_recognised(text, where, sheet):
        sheet.issue(where, text, NOT_KNOWN, sheet.lexicon.factors["history"].nearest(text))


def read_text(
    text: str,
    where: str,
    sheet: Sheet,
    order: Sequence[str],
    days: float | None = None,
    ask: bool = True,
    present: bool = True,
) -> bool:
    """Read a text of history, clause by clause.

    Parameters: text; where; sheet; order of groups; days since, if known; ask, whether an unknown part becomes an
    Issue; present, False for a list of denials. Returns: True when something was understood.
    """
    understood = births_in(text, sheet) if present else False
    understood |= read_bmi(text, sheet)
    if present:
        understood |= read_told(text, where, sheet, days) | read_stopped(text, where, sheet)
    open_parts: list[str] = []
    for part in re.split(r"[,;]|\.\s|\bthen\b", text):
        words = tuple(token for clause in clauses(part) for token in clause)
        if not words:
            continue
        if _read_clause(words, part.strip(), where, sheet, order, days, present):
            understood = True
        elif set(words) - _SAID_NOTHING - set(NEGATIONS) and not understood:
            open_parts.append(part.strip())
    if understood and ask:
        for part in [part for part in open_parts if not only_recognised(part, sheet)]:
            sheet.issue(where, part, PART_NOT_KNOWN, sheet.lexicon.factors["history"].nearest(part, 2))
    return understood


def _read_clause(
    words: tuple[str, ...],
    said: str,
    where: str,
    sheet: Sheet,
    order: Sequence[str],
    days: float | None = None,
    present: bool = True,
) -> bool:
    if PEOPLE & set(words) and read_family(words, where, present, sheet):
        return True
    found = _outside_risks(found_in(words, order, sheet), words, sheet)
    hits = [hit for _, hit in found]
    for id_, hit in found:
        here = present and not negated(words, hit, hits)
        if sheet.evidence.factors[id_].kind == "habit" and set(words[: hit.start]) & _GIVEN_UP:
            here = False
        _history_seen(id_, words, hit, said, where, sheet, days, here)
    taken = {place for hit in hits for place in hit.at}
    understood = bool(found) | _read_risks(words, taken, sheet, present and not set(words) & _GIVEN_UP)
    if not found and "infect" in {word[:6] for word in words} and "recent_infection" in sheet.evidence.factors:
        since = days if days is not None else days_of(said, sheet.on)
        sheet.factor(FactorSeen("recent_infection", "condition", present, said, where, days=since))
        understood = True
    understood |= not where.startswith("diet") and _read_findings(words, taken, said, where, sheet, present)
    if not understood and no_effect(words):
        sheet.unused.add(where)
        return True
    return understood


def _outside_risks(found: list[tuple[str, Hit]], words: tuple[str, ...], sheet: Sheet) -> list[tuple[str, Hit]]:
    """Leave out a habit in a longer name of a risk ("tea and toast"), and an exposure of another person."""
    longer = [hit.at for hit in sheet.lexicon.risks.find(words) if len(hit.at) > 1]
    return [
        (id_, hit)
        for id_, hit in found
        if (sheet.evidence.factors[id_].kind != "habit" or not any(hit.at < at for at in longer))
        and (sheet.evidence.factors[id_].kind != "exposure" or not not_theirs(words[: hit.start]))
    ]


def deny_named(words: tuple[str, ...], said: str, where: str, sheet: Sheet) -> None:
    """Deny a condition that bears the same name as a denied finding ("hypertension").

    Parameters: words, tokens; said; where; sheet.
    """
    for group in ("history", "habit"):
        for id_ in sheet.lexicon.factors[group].exact(words):
            level = "none" if group == "habit" else ""
            sheet.factor(FactorSeen(id_, sheet.evidence.factors[id_].kind, False, said, where, level))


def _history_seen(
    id_: str, words: tuple[str, ...], hit: Hit, said: str, where: str, sheet: Sheet, days: float | None, here: bool
) -> None:
    factor = sheet.evidence.factors[id_]
    since = (
        days
        if days is not None
        else days_of(said, sheet.on)
        if re.search(r"\d|year|month|week|day|since|ago|childhood", clean(said))
        else None
    )
    if id_.endswith("_withdrawal") and not still_counts(id_, since):
        sheet.unused.add(where)
        return
    member = sheet.lexicon.member_of(id_, words[hit.start : hit.end + 1])
    level = "" if factor.kind != "habit" else "some" if here else "none"
    sheet.factor(FactorSeen(id_, factor.kind, here, said, where, member or level, dose_of(said), "", since))


def _read_risks(words: tuple[str, ...], taken: Iterable[int], sheet: Sheet, present: bool) -> bool:
    hits = sheet.lexicon.risks.find(words)
    for hit in hits:
        if (
            present
            and not negated(words, hit, hits)
            and not (hit.at & set(taken) and len(hit.at) == 1 and hit.ids[0] == "dark_skin")
            and not _other_sense(words, hit)
        ):
            sheet.risks |= set(hit.ids)
    return bool(hits)


def _read_findings(
    words: tuple[str, ...], taken: Iterable[int], said: str, where: str, sheet: Sheet, present: bool
) -> bool:
    """Read a complaint that stands among the conditions, unless it is of the past."""
    hits = [
        hit for hit in sheet.lexicon.findings.find(words, set(taken)) if hit.whole and not hit.ids[0].startswith("?")
    ]
    for hit in hits:
        denied = negated(words, hit, hits) or not present
        if PAST & set(words) or (re.search(r"\b(?:year|month|childhood|ago|earlier)", clean(said)) and not denied):
            sheet.unused.add(where)
            continue
        finding = sheet.evidence.findings[hit.ids[0]]
        sheet.add(FindingSeen(finding.id, not denied, said, where, sign=finding.kind == "sign"))
    return bool(hits)


_OF_FAMILY = frozenset(
    "family familial hereditary had has hav with die died history suffer same similar relativ".split()
)


def read_family(words: tuple[str, ...], where: str, present: bool, sheet: Sheet) -> bool:
    """Read what runs in the family.

    Parameters: words, tokens of a clause that names a relative; where; present, False in a list of denials; sheet.
    Returns: True when the clause is about the family.
    """
    held = set(words)
    if WITNESS & held or not held & _OF_FAMILY:
        return False
    if not held & (PEOPLE - {"partner", "friend", "neighbor", "colleague", "son", "daughter", "wife", "husband"}):
        return False
    if held & {"stress", "car", "worry", "newborn", "problem"} and not held & {"history", "had", "has", "similar"}:
        return False
    table = (
        ("family_mnd", {"als", "mnd", "motor", "amyotrofic", "amyotrophic", "gehrig"}),
        ("family_thyroid", {"thyroid", "goiter", "grave", "hashimoto"}),
        ("family_tremor", {"tremor", "shak"}),
    )
    if present and not held & NEGATIONS:
        sheet.risks |= {risk for risk, names in table if held & names}
        if held & {"tremor", "shak"}:
            sheet.clues.add("family_history_tremor")
    if not any(held & names for _, names in table):
        sheet.unused.add(where)
    return True


def read_any(text: str, where: str, present: bool, sheet: Sheet, since: str = "", spelled: bool = False) -> bool:
    """Read a line that is no finding: a condition, a habit, a medicine, or something without effect.

    Parameters: text; where; present; sheet; since, as written; spelled, whether slips are mended.
    Returns: True when understood.
    """
    if is_no_medicine(text):
        if not present or re.match(r"(?:no|not|without|denies)\b", clean(text)):
            sheet.no_medicines = True
        else:
            sheet.unused.add(where)
        return True
    if present and acid_base_in(text) and read_in_text(text, where, sheet):
        return True
    if is_nothing(text) or (is_no_drugs(text) and not present):
        sheet.unused.add(where)
        return True
    words = key_of(text)
    if spelled:
        fixed = sheet.lexicon.factors["history"].spelled(words, sheet.lexicon.known)
        return fixed != words and _read_clause(fixed, text, where, sheet, ORDER["conditions"], None, present)
    days = days_of(since, sheet.on) if since else None
    order = ORDER["findings" if len(set(words) - _SAID_NOTHING) > 2 else "conditions"]
    return read_text(text, where, sheet, order, days, ask=False, present=present)


def read_diet(diet: DietPart, sheet: Sheet) -> None:
    """Read how the person eats.

    Parameters: diet; sheet, which collects.
    """
    for text, ask in ((diet.pattern, True), (diet.note, False)):
        if not text or is_nothing(text):
            continue
        understood = False
        for words in clauses(text):
            for tried in (words, (*words, "diet")):
                if _read_clause(tried, text, "diet.pattern", sheet, ORDER["habits"]):
                    understood = True
                    break
        plain = clean(text)
        if re.search(
            r"\b(?:omnivor|balanced|healthy|normal|mixed|varied|regular|western|mediterranean|standard|average|meat"
            r"|usual|good|everything|well)",
            plain,
        ):
            understood = True
        if re.search(
            r"\b(?:poor|inadequate|restrict|little|low intake|starv|barely|malnourish|anorexi|skip|not eat|no food"
            r"|unbalanced|one-sided|tea and toast|[3-9]\d\d ?(?:k?cal|calories))",
            plain,
        ):
            sheet.risks.add("low_intake")
            understood = True
        if not understood and ask:
            sheet.issue("diet.pattern", text, NOT_KNOWN, sheet.lexicon.risks.nearest(text))
    if "vegan" in sheet.risks and (
        "b12_supplement" in sheet.risks or "fortified" in clean(f"{diet.pattern} {diet.note}")
    ):
        sheet.risks.add("fortified_vegan")


def no_effect(words: Sequence[str]) -> bool:
    """Whether a clause names something that nothing depends on.

    Parameters: words, tokens. Returns: True or False.

    >>> no_effect(("student",)), no_effect(("asthma",))
    (True, False)
    """
    return is_nothing(" ".join(words)) or bool(set(words) & _NO_EFFECT) or not set(words) - _SAID_NOTHING - NEGATIONS


# things of a life and a history that nothing depends on
_NO_EFFECT = frozenset(
    token
    for text in (
        "healthy health well trauma injury allergy allergies allergic rash travel surgery operation illness disease"
        " operations hospital admission"
        " eczema psoriasis acne glasses myopia tonsillectomy appendectomy appendicectomy hernia fracture student"
        " worker engineer teacher gardener"
        " farmer office retired driver clerk manager lawyer programmer musician builder mechanic nurse accountant"
        " married single unemployed"
        " tattoo pets dog cat contraceptive vision reflux haemorrhoids wisdom tinnitus hearing cataract glaucoma"
        " vitiligo alopecia rosacea"
        " yawning hair jaundice ringing runny gums amenorrhoea menstrual impotence erectile libido snoring photophobia"
        " goosebumps papilloedema lungs jugular metallic"
        " crackles rales rhonchi murmur hepatomegaly splenomegaly lymphadenopathy scar redness bruise bruising wound"
        " injection immunization macroglossia"
        " hernia varicocele cyst polyps gallstones appendicitis hysterectomy caesarean delivery birthmark"
        " medications comorbidities exposure"
        " episode episodes symptom symptoms complaint complaints sign signs finding findings past abnormality"
        " abnormalities childbirth toxin toxins"
    ).split()
    for token in tokens(text)
)
