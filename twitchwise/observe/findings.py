"""Complaints, denied complaints and signs: from plain words to findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from twitchwise.observe import factors
from twitchwise.observe.beside import read_beside
from twitchwise.observe.clause import WEAKNESSES, Draft, climbs, names_in, preferred, read_into
from twitchwise.observe.clues import clues_in_text
from twitchwise.observe.durations import days_in_note, days_of, onset_in_note, onset_of
from twitchwise.observe.lexicon import Hit
from twitchwise.observe.own_words import mended, own_now
from twitchwise.observe.phrase import carried, doubtful, negated
from twitchwise.observe.recognised import mainly_recognised, only_recognised
from twitchwise.observe.sheet import NOT_KNOWN, Sheet
from twitchwise.observe.sites import above, circumstances_in, narrow, sites_in
from twitchwise.observe.stopping import read_stopped
from twitchwise.observe.told import read_told
from twitchwise.observe.types import FindingSeen
from twitchwise.observe.ways import without_gestures
from twitchwise.observe.words import clauses, clean, key_of
from twitchwise.record import FindingLine

_COURSE = {"worsening": "worse", "improving": "better", "stable": "same"}


_CLAUDICATION = re.compile(
    r"(?:gone|better|reliev|eas|stop|settl|resolv|disappear|improv)[a-z]*\s+(?:[a-z]+\s+){0,2}"
    r"(?:rest|stopping"
    r"|standing|stop)"
)


_LOOSE = frozenset(
    {"fit", "fall", "temperature", "fear", "worry", "burn", "jump", "shock", "tight", "weak", "stres", "tens", "ach"}
)


_TWITCHES = frozenset(
    {
        "muscle_twitching",
        "limb_twitching",
        "calf_twitching",
        "eyelid_twitching",
        "face_twitching",
        "widespread_twitching",
    }
)


_SIGN_OF = {
    "muscle_weakness": "weakness_on_examination",
    "numbness": "sensory_loss",
    "unsteady_gait": "ataxia_sign",
    "fast_heartbeat": "tachycardia",
    "palpitations": "tachycardia",
    "fast_breathing": "tachypnoea",
    "loss_of_consciousness": "reduced_consciousness",
    "muscle_stiffness": "rigidity",
}


# how a scene says that something came or went on
_TOLD_HOW = {
    "?climbs": "spreading",
    "?sudden": "sudden",
    "?one_sided": "one_sided",
    "?exertion": "during_exercise",
    "?worse": "worsening",
}
_PICTURES = frozenset({"tic_picture", "nerve_provoked", "caffeine_linked", "better_off_medicine"})
# words that say that a complaint went to further places
_MOVING = frozenset("spread also later now then join into mov wander everywhere shift alternat".split())


def read_findings(lines: Sequence[FindingLine], section: str, sheet: Sheet) -> None:
    """Read the complaints, denials or signs of a record.

    Parameters: lines; section, "findings", "absent" or "signs"; sheet, which collects.
    """
    for number, line in enumerate(lines):
        draft = Draft(f"{section}[{number}]", line.what, section != "absent", section == "signs")
        _read_places(line, draft, sheet)
        read_into(_told(line, draft, sheet), draft, sheet)
        draft.read |= draft.present and bool(_PICTURES & clues_in_text(line.what))
        if not draft.read:
            _read_otherwise(line, draft, sheet)
        _conclude(line, draft, sheet)


def _told(line: FindingLine, draft: Draft, sheet: Sheet) -> str:
    """Return what a complaint says of the person and of today, with slips of the pen in danger words put right."""
    if not draft.present or draft.sign:
        return line.what
    return own_now(mended(line.what, sheet.lexicon.known))


def _read_places(line: FindingLine, draft: Draft, sheet: Sheet) -> None:
    for place in line.where:
        words = key_of(place)
        found = sites_in(words, sheet.lexicon)
        if "proximal" in words:
            draft.when.add("?proximal")
            continue
        if not found and words:
            found = sites_in(sheet.lexicon.sites.spelled(words, ()), sheet.lexicon)
        if found:
            draft.sites |= found
            draft.when |= circumstances_in(words, sheet.lexicon) & {"one_sided", "both_sides"}
        elif not circumstances_in(words, sheet.lexicon) and not _findings_of(words, sheet):
            sheet.issue(f"{draft.where}.where", place, "this place is not known", sheet.lexicon.sites.nearest(place))
        else:
            draft.when |= circumstances_in(words, sheet.lexicon)
    if {"left", "right"} <= {word for place in line.where for word in key_of(place)}:
        draft.when = (draft.when - {"one_sided"}) | {"both_sides"}
    draft.when |= _lasting(f"{line.what} {line.note} {' '.join(line.when)}")
    for text in line.when:
        words = key_of(text)
        known = circumstances_in(words, sheet.lexicon)
        draft.when |= known
        if not known and days_of(text) is None:
            names = sheet.lexicon.qualifiers.nearest(text)
            sheet.issue(f"{draft.where}.when", text, "this circumstance is not known", names)


def _lasting(text: str) -> set[str]:
    """Return how long one attack lasts, when it is said in minutes or seconds."""
    found = re.search(r"(\d+)\s*(?:-|to)?\s*(\d+)?\s*-?\s*(?:min\b|minutes?)(?! ago)", clean(text))
    if found:
        return {"over_ten_minutes"} if int(found.group(2) or found.group(1)) > 10 else set()
    return {"brief"} if re.search(r"\b(?:\d+|few|couple of) ?-?seconds?\b", clean(text)) else set()


def _findings_of(words: tuple[str, ...], sheet: Sheet) -> list[Hit]:
    return sheet.lexicon.findings.find(words)


def _read_otherwise(line: FindingLine, draft: Draft, sheet: Sheet) -> None:
    """Try factors, risks and habits, then a slip of the pen, then ask."""
    if factors.read_any(line.what, draft.where, draft.present, sheet, line.since):
        draft.read = True
        return
    if only_recognised(line.what, sheet):
        draft.read = True
        sheet.unused.add(draft.where)
        return
    read_into(line.what, draft, sheet, spelled=True)
    if draft.hits:
        names = {sheet.evidence.findings[id_].name for id_, _ in draft.hits if id_ in sheet.evidence.findings}
        sheet.issue(
            draft.where, line.what, f"read as {', '.join(sorted(names)) or 'another word'}: correct it if this is wrong"
        )
        return
    if factors.read_any(line.what, draft.where, draft.present, sheet, line.since, spelled=True):
        return
    if not mainly_recognised(line.what, draft.where, sheet):
        sheet.issue(draft.where, line.what, NOT_KNOWN, sheet.lexicon.findings.nearest(line.what))


def _conclude(line: FindingLine, draft: Draft, sheet: Sheet) -> None:
    """Add the findings of a line with its time, course and circumstances."""
    _reworded(line, draft)
    days, onset, course = _times(line, draft, sheet)
    if draft.present:
        days, onset, course = _from_notes(line, draft, sheet, days, onset, course)
        _story_clues(line, sheet)
        story = " ; ".join(filter(None, (_told(line, draft, sheet), line.note)))
        read_beside(story, draft.where, bool(draft.hits), sheet)
        read_told(story, draft.where, sheet)
        read_stopped(story, draft.where, sheet)
    ids, places, when = _ids_of(draft, sheet), tuple(sorted(draft.sites)), frozenset(draft.when)
    for id_ in ids:
        sign = draft.sign or sheet.evidence.findings[id_].kind == "sign"
        sheet.add(FindingSeen(id_, True, draft.said, draft.where, places, days, onset, course, when, sign, line.main))
    if not draft.present:
        factors.deny_named(key_of(line.what), draft.said, draft.where, sheet)
    denied = [id_ for id_, no in draft.hits if (no or not draft.present) and not id_.startswith("?")]
    sheet.deny(denied, draft.said, draft.where)
    if draft.present and not ids and draft.hits and not any(no for _, no in draft.hits):
        sheet.issue(draft.where, draft.said, f"{NOT_KNOWN}: say where it is", ("leg pain", "back pain", "muscle pain"))


def _reworded(line: FindingLine, draft: Draft) -> None:
    """Tell claudication and climbing weakness by the story around them."""
    draft.when.discard("?proximal")
    draft.when |= {when for told, when in _TOLD_HOW.items() if (told, False) in draft.hits}
    story = clean(f"{line.what} {' '.join(line.when)} {line.note}")
    if "walk" in story and _CLAUDICATION.search(story) and draft.sites <= {"leg", "calf", "foot", "hip"}:
        swap = {"muscle_cramps", "leg_cramps", "exercise_cramps", "?pain", "leg_pain", "muscle_pain"}
        draft.hits = [("pain_on_walking" if id_ in swap else id_, denied) for id_, denied in draft.hits]
    if climbs(key_of(line.note)):
        draft.hits = [("ascending_weakness" if id_ in WEAKNESSES else id_, denied) for id_, denied in draft.hits]


def _times(line: FindingLine, draft: Draft, sheet: Sheet) -> tuple[float | None, str, str]:
    """Read since, onset and course."""
    days = days_of(line.since, sheet.on) if line.since else _days_told(line.what, sheet.on)
    if line.since and days is None:
        examples = ("3 weeks", "2 days", "since 2024-05-01")
        sheet.issue(f"{draft.where}.since", line.since, "this time is not understood", examples)
    onset, course = onset_of(line.onset) or onset_in_note(line.what), _course_of(line.course, draft, sheet)
    _check_choice(line.onset, onset, f"{draft.where}.onset", sheet, ("sudden", "hours", "days", "weeks", "months"))
    _check_choice(line.course, course, f"{draft.where}.course", sheet, ("worse", "same", "better"))
    return days, onset, course


_AN_HOUR = re.compile(
    r"\bsince (?:about |over )?(?:an?|half an|one|two|three|\d+|(?:a )?few) (?:hours?|hrs?|minutes?|mins?)\b"
    r"|\b(?:this|since this) (?:morning|afternoon|evening)\b|\bsince (?:tonight|waking|i woke)\b|\bjust now\b"
)
_A_WEEK = re.compile(
    r"\bsince (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bsince the (?:weekend|day before yesterday)\b"
    r"|\b(?:weaker|worse|wobblier|number) (?:and (?:weaker|worse) )?(?:every|each|by the) (?:day|hour)\b"
    r"|\b(?:brand )?new (?:muscle )?(?:twitch\w*|jerk\w*|tremors?|spasms?|shak\w*)\b"
)
_HOW_OLD = re.compile(
    r"\b(?:kid|child|boy|girl|son|daughter|baby|infant|toddler),? (?:is |of |aged )?\w+ (?:years?"
    r"|months?|weeks?)\b(?! ago)"
)
_AT_THE_END = re.compile(
    r"(?:^|[,;(]) ?(?:for |about |only |just |now )?(\d+|one|two|three|four|five|six|a few|few|couple of)"
    r" (days?|hours?|hrs|weeks?)(?: now| ago)?[).]?$"
)


def _days_told(text: str, on: date | None) -> float | None:
    """Return since when, also in the loose words of a hurried message."""
    days = days_in_note(_HOW_OLD.sub(" ", clean(text)), on)
    if days is not None:
        return days
    plain = clean(text).strip()
    if _AN_HOUR.search(plain):
        return 0.2
    ending = _AT_THE_END.search(plain)
    if ending:
        return days_of(" ".join(ending.groups()))
    return 5.0 if _A_WEEK.search(plain) else None


def _ids_of(draft: Draft, sheet: Sheet) -> tuple[str, ...]:
    """Return the specific findings that a line states as present."""
    if not draft.present:
        return ()
    found: dict[str, None] = {}
    for id_, denied in draft.hits:
        if denied:
            continue
        for narrower in _in_its_places(id_, draft, sheet):
            found.update(dict.fromkeys(_as_sign(narrower) if draft.sign else (narrower,)))
    if {"focal_weakness", "leg_weakness"} <= found.keys() and "one_sided" not in draft.when:
        found = dict.fromkeys(
            [*(id_ for id_ in found if id_ not in ("focal_weakness", "leg_weakness")), "general_weakness"]
        )
    return tuple(id_ for id_ in found if id_ in sheet.evidence.findings)


_ARMS_AND_LEGS = re.compile(
    r"\barms?(?: and|,| &|/| or) (?:\w+ )?legs?\b|\blegs?(?: and|,| &|/| or) (?:\w+ )?arms?\b"
    r"|\ball (?:four |4 )?limbs"
)
_CHEEK = frozenset({"face", "mouth"})
_FACE = frozenset({"eyelid", "face", "mouth", "jaw"})
# findings that carry a place in their name, and the wider finding to start from when further places are said
_BY_PLACE = {
    "hand_cramps": "muscle_cramps",
    "leg_cramps": "muscle_cramps",
    "limb_twitching": "muscle_twitching",
    "calf_twitching": "muscle_twitching",
    "hand_foot_tingling": "paresthesia",
    "perioral_tingling": "paresthesia",
}


def _in_its_places(id_: str, draft: Draft, sheet: Sheet) -> tuple[str, ...]:
    """Return the specific findings, also where more places are said than the name of the finding holds."""
    if id_ in _TWITCHES | {"?twitch"} and "eyelid" in draft.sites and draft.sites <= _FACE and draft.sites & _CHEEK:
        return ("eyelid_twitching", "face_twitching")
    if id_ in ("hand_cramps", "leg_cramps") and _ARMS_AND_LEGS.search(clean(draft.said)):
        return ("muscle_cramps",)
    narrower = narrow(id_, draft.sites, draft.when, sheet.evidence)
    wide = _BY_PLACE.get(id_, "")
    if not wide or not draft.sites - {*sheet.evidence.findings[id_].sites, "face", "back", "widespread"}:
        return narrower
    ids = narrow(wide, draft.sites, draft.when, sheet.evidence)
    if ids == (wide,):
        return narrower
    return ids if "widespread_twitching" in ids else tuple(dict.fromkeys((*narrower, *ids)))


def _as_sign(id_: str) -> tuple[str, ...]:
    if id_ in (
        "general_weakness",
        "leg_weakness",
        "proximal_weakness",
        "focal_weakness",
        "foot_drop",
        "progressive_weakness",
    ):
        return ("weakness_on_examination", id_)
    return (_SIGN_OF.get(id_, id_),)


def _course_of(text: str, draft: Draft, sheet: Sheet) -> str:
    found = (circumstances_in(key_of(text), sheet.lexicon) if text else set()) | draft.when
    return next((course for id_, course in _COURSE.items() if id_ in found), "")


def _check_choice(said: str, read: str, where: str, sheet: Sheet, names: Sequence[str]) -> None:
    if said and not read:
        sheet.issue(where, said, "not understood", names)


def _from_notes(
    line: FindingLine, draft: Draft, sheet: Sheet, days: float | None, onset: str, course: str
) -> tuple[float | None, str, str]:
    """Read the free note: time, onset, course, places, circumstances and clearly stated further findings."""
    if not line.note:
        return days, onset or ("sudden" if "sudden" in draft.when else ""), course
    known = {id_ for id_, _ in draft.hits}
    for words in carried(clauses(without_gestures(line.note))):
        sided = not draft.sites or bool({"side", "only", "unilateral"} & set(words)) or words[:1] == ("on",)
        draft.when |= circumstances_in(words, sheet.lexicon) - (set() if sided else {"one_sided"})
        sites = sites_in(words, sheet.lexicon)
        if sites and (not draft.sites or _MOVING & set(words)) and not _findings_elsewhere(words, known, sheet):
            draft.sites |= sites
        _further(words, known, draft, sheet)
    draft.when = _consistent(draft.when)
    days = days_in_note(line.note, sheet.on) if days is None else days
    onset = onset or ("sudden" if "sudden" in draft.when else onset_in_note(line.note))
    return days, onset, course or next((value for key, value in _COURSE.items() if key in draft.when), "")


def _consistent(when: set[str]) -> set[str]:
    return when - {"worsening"} if "improving" in when else when


def _findings_elsewhere(words: tuple[str, ...], known: set[str], sheet: Sheet) -> bool:
    """Whether the clause speaks of another finding, whose place is not the place of this line."""
    others = {id_ for hit in sheet.lexicon.findings.find(words) for id_ in hit.ids if not id_.startswith("?")}
    return bool(others) and not any(
        above(sheet.evidence, a) & above(sheet.evidence, b)
        for a in others
        for b in known
        if a in sheet.evidence.findings
    )


def _further(words: tuple[str, ...], known: set[str], draft: Draft, sheet: Sheet) -> None:
    """Add findings that a note clearly states or denies."""
    hits = [hit for hit in names_in(words, sheet) if hit.whole]
    for hit in hits:
        ids = preferred(hit.ids, draft, sheet)
        denied = negated(words, hit, hits)
        loose = not denied and len(hit.at) == 1 and (words[hit.start] in _LOOSE or ids[0].startswith("?"))
        family = any(id_ in known or (id_ in _TWITCHES and known & _TWITCHES) for id_ in ids)
        if loose or family or doubtful(words, hit):
            continue
        own = sites_in(words, sheet.lexicon)
        for id_ in ids:
            named = (id_,) if denied or not own else narrow(id_, own, set(), sheet.evidence)
            draft.hits += [(key, denied) for key in named if key not in known]


def _story_clues(line: FindingLine, sheet: Sheet) -> None:
    """Read from the note what set the complaint off."""
    sheet.clues |= clues_in_text(" ; ".join((line.what, line.note, *line.when, line.onset)))
