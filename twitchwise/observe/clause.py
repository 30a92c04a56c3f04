"""One clause of a complaint or sign: measured values, examinations, names of findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from twitchwise.observe import factors, tests_said
from twitchwise.observe.groups import GROUPS
from twitchwise.observe.labs_said import read_in_text, read_word_in_text, read_words_of_lab
from twitchwise.observe.lexicon import Hit
from twitchwise.observe.person import births_in, read_bmi
from twitchwise.observe.phrase import PEOPLE, carried, excepted, negated, spread_out
from twitchwise.observe.pictures import scenes_in
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.signs import normal_in, reflexes_in, strength_in, vitals_in, well_in, whole_examination
from twitchwise.observe.sites import circumstances_in, narrow, sites_in
from twitchwise.observe.ways import nerve_tests_in
from twitchwise.observe.words import clauses, key_of

WEAKNESSES = frozenset({"muscle_weakness", "leg_weakness", "general_weakness"})


@dataclass(slots=True)
class Draft:
    """One line while it is being read."""

    where: str
    said: str
    present: bool
    sign: bool
    sites: set[str] = field(default_factory=set)
    when: set[str] = field(default_factory=set)
    hits: list[tuple[str, bool]] = field(default_factory=list)  # finding id, denied
    read: bool = False  # something in the line was understood


def read_into(text: str, draft: Draft, sheet: Sheet, spelled: bool = False) -> None:
    """Read `what`: measured signs, examinations, then names of findings."""
    _measured(text, draft, sheet)
    for clause in clauses(text):
        draft.sites |= sites_in(clause, sheet.lexicon)
        draft.when |= circumstances_in(clause, sheet.lexicon)
    clues, hits, text = nerve_tests_in(text, draft.present)
    sheet.clues |= clues
    draft.hits += hits
    draft.read |= bool(clues)
    scenes, text = scenes_in(text)
    draft.hits += scenes
    draft.read |= bool(scenes)
    parts = carried([part for clause in clauses(text) for part in excepted(clause)])
    for clause in parts:
        for words in [clause] if _one_name(clause, sheet) else _each_named(spread_out(clause), sheet):
            _read_clause(sheet.lexicon.findings.spelled(words, sheet.lexicon.known) if spelled else words, draft, sheet)


def _each_named(parts: list[tuple[str, ...]], sheet: Sheet) -> list[tuple[str, ...]]:
    """Take back the shared word where it makes no name: "rash or joint pain" says nothing of a rash pain."""
    if len(parts) == 1 or parts[0][-1] != parts[1][-1] or sites_in(parts[0], sheet.lexicon):
        return parts
    named = any(len(hit.at) > 1 for hit in sheet.lexicon.findings.find(parts[0]))
    return parts if named else [parts[0][:-1], *parts[1:]]


def _one_name(words: tuple[str, ...], sheet: Sheet) -> bool:
    """Whether "and" or "or" belongs to a name ("pins and needles", "bladder or bowel trouble")."""
    joins = [place for place, word in enumerate(words) if word in ("and", "or", "/", "&")]
    return any(place in hit.at for hit in sheet.lexicon.findings.find(words) for place in joins)


_DENYING = {
    "afebril": ("fever",),
    "alert": ("reduced_consciousness",),
    "orient": ("confusion",),
    "normotensiv": ("high_blood_pressure_reading", "low_blood_pressure_reading"),
    "continent": ("urinary_trouble",),
}


def _measured(text: str, draft: Draft, sheet: Sheet) -> None:
    present, denied = vitals_in(text, sheet.age)
    strength = strength_in(text)
    present += {"weak": ["weakness_on_examination"], "paralysed": ["weakness_on_examination", "paralysis"]}.get(
        strength, []
    )
    denied += ["muscle_weakness"] if strength == "normal" else []
    if strength == "weak" and {"hip", "shoulder", "thigh", "proximal", "deltoid", "iliopsoa", "quadricep"} & set(
        key_of(text)
    ):
        present.append("proximal_weakness")
    denied += [id_ for word in key_of(text) for id_ in _DENYING.get(word, ())] + well_in(text)
    if "plantar" in key_of(text) and {"flexor", "downgo", "down"} & set(key_of(text)):
        denied.append("babinski_sign")
    draft.hits += [(id_, False) for id_ in present] + [(id_, True) for id_ in denied]
    draft.read |= bool(re.match(r"(?:body )?(?:weight|height)\W+\d", text.lower()))
    draft.read |= bool(present or denied) or births_in(text, sheet) or read_words_of_lab(text, draft.where, sheet)
    if draft.present:
        draft.read |= read_in_text(text, draft.where, sheet) or read_word_in_text(text, draft.where, sheet)
    if re.search(r"\bbmi\b|body mass index", text.lower()):
        draft.read |= read_bmi(text, sheet)


def _read_clause(words: tuple[str, ...], draft: Draft, sheet: Sheet) -> None:
    if PEOPLE & set(words) and factors.read_family(words, draft.where, draft.present, sheet):
        draft.read = True
        return
    if not draft.present and words[:1] == ("abnormal",):
        words = ("normal", *words[1:])
    if _examined(words, draft, sheet):
        return
    hits = names_in(words, sheet)
    for hit in hits:
        if {"like", "similar", "resembl"} & set(words[max(0, hit.start - 3) : hit.start]):
            continue
        if hit.ids == ("?nothing",):
            draft.read = True
            sheet.unused.add(draft.where)
            continue
        group = GROUPS.get(tuple(words[hit.start : hit.end + 1]))
        denied = negated(words, hit, hits)
        ids: Iterable[str] = hit.ids
        if draft.sites and {"progressive_weakness", "sudden_weakness"} & set(hit.ids):
            ids = (*hit.ids, "muscle_weakness")
        if set(hit.ids) & WEAKNESSES:
            ids = _weakness(words, hit.ids, draft)
        if group and (denied or not draft.present or hit.ids[0].startswith("?")) and not _placed(hit, draft, sheet):
            ids = group[0] if denied or not draft.present else group[1]
        draft.hits += [(id_, denied) for id_ in preferred(ids, draft, sheet)]
        draft.read |= bool(tuple(ids)) or denied or not draft.present
    _grouped(words, hits, draft)


def _weakness(words: Sequence[str], ids: tuple[str, ...], draft: Draft) -> tuple[str, ...]:
    """Tell apart the kinds of weakness that a word beside it names."""
    if "proximal" in words or "?proximal" in draft.when:
        return ("proximal_weakness",)
    return ("ascending_weakness",) if climbs(words) else ids


def climbs(words: Sequence[str]) -> bool:
    """Whether a clause says that something moves up the body.

    Parameters: words, tokens. Returns: True or False.

    >>> climbs(("ascend",))
    True
    """
    return any(word.startswith(("ascend", "upward")) for word in words)


def names_in(words: tuple[str, ...], sheet: Sheet) -> list[Hit]:
    """Return the names of findings in a clause, without words that belong to a circumstance ("falling asleep")."""
    taken = {
        place
        for hit in sheet.lexicon.qualifiers.find(words)
        if len(hit.at) > 1 and hit.ids != ("with_numbness",)
        for place in hit.at
    }
    hits = [hit for hit in sheet.lexicon.findings.find(words) if not _describes(words, hit)]
    return [hit for hit in hits if not hit.at <= taken or len(hit.at) == len(words)]


_MUSCLE_TROUBLE = frozenset("cramp spasm twitch fasciculat weak stiff contract jerk wast atrophy tight".split())


def _describes(words: Sequence[str], hit: Hit) -> bool:
    """Whether "painful muscle" only describes what follows ("painful muscle spasms")."""
    end, rest = hit.end, words[hit.end + 1 : hit.end + 2]
    return len(hit.at) == 2 and words[end] == "muscl" and bool(_MUSCLE_TROUBLE & set(rest))


def _placed(hit: Hit, draft: Draft, sheet: Sheet) -> bool:
    return bool(draft.sites) and any(narrow(id_, draft.sites, draft.when, sheet.evidence) != (id_,) for id_ in hit.ids)


def _grouped(words: tuple[str, ...], hits: Sequence[Hit], draft: Draft) -> None:
    """Read wide words such as "neurological symptoms" when nothing narrower was found."""
    if hits:
        return
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            group = GROUPS.get(words[start:end])
            if group:
                denied = not draft.present or bool({"no", "without", "deny", "not", "absent"} & set(words))
                draft.hits += [(id_, denied) for id_ in (group[0] if denied else group[1])]
                draft.read = draft.read or denied or bool(group[1])
                return


def preferred(ids: Iterable[str], draft: Draft, sheet: Sheet) -> tuple[str, ...]:
    """Choose between the symptom and the sign of the same name."""
    ids = tuple(ids)
    kinds = {id_: sheet.evidence.findings[id_].kind for id_ in ids if id_ in sheet.evidence.findings}
    if len(set(kinds.values())) == 2 and len(ids) == 2:
        wanted = "sign" if draft.sign else "symptom"
        return tuple(id_ for id_ in ids if kinds.get(id_) == wanted)
    if any(id_.startswith("?") for id_ in ids) and len(ids) == 2:
        named = tuple(id_ for id_ in ids if not id_.startswith("?"))
        pseudo = tuple(id_ for id_ in ids if id_.startswith("?"))
        return pseudo if narrow(pseudo[0], draft.sites, draft.when, sheet.evidence) else named
    return ids


def _examined(words: tuple[str, ...], draft: Draft, sheet: Sheet) -> bool:
    """Read reflexes, normal examinations and tests; True when the clause is done with."""
    if tests_said.read_test_in(words, draft.said, draft.where, sheet):
        draft.read = True
        return not sheet.lexicon.findings.find(words) or "emg" in words
    reflexes = reflexes_in(words)
    if reflexes is None and words in GROUPS:
        return False
    if reflexes is not None:
        present, denied = reflexes if draft.present else ([], [*reflexes[0], *reflexes[1]])
        fine = normal_in(words) if not present else []
        draft.hits += [(id_, False) for id_ in present] + [(id_, True) for id_ in (*denied, *fine)]
        draft.read = True
        return not _more(words, {"hyperreflexia", "hyporeflexia", "delayed_reflexes", "muscle_jerks"}, sheet)
    fine = [] if sheet.lexicon.findings.exact(words) else normal_in(words)
    if fine:
        draft.hits += [(id_, True) for id_ in fine]
        if whole_examination(words):
            sheet.clues.add("normal_neuro_exam")
        draft.read = True
    return bool(fine) and not _more(words, set(fine), sheet)


def _more(words: tuple[str, ...], said: set[str], sheet: Sheet) -> bool:
    """Whether the clause names a finding beyond the ones that are read already."""
    return any(not set(hit.ids) <= said for hit in names_in(words, sheet))
