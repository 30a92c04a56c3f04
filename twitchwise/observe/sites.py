"""Places and circumstances: how a finding with a place or a time becomes the narrower finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from twitchwise.evidence import Evidence
from twitchwise.observe.lexicon import Hit, Lexicon

REGION = {
    "eyelid": "head",
    "face": "head",
    "mouth": "head",
    "jaw": "head",
    "tongue": "head",
    "neck": "trunk",
    "throat": "trunk",
    "shoulder": "arm",
    "arm": "arm",
    "hand": "arm",
    "chest": "trunk",
    "abdomen": "trunk",
    "back": "trunk",
    "hip": "leg",
    "leg": "leg",
    "calf": "leg",
    "foot": "leg",
}
_BETWEEN = frozenset({"shoulder", "hip", "neck"})  # they belong to the limb and to the trunk
_CIRCUMSTANCE = frozenset(
    {"at_rest", "at_night", "during_sleep", "during_exercise", "on_falling_asleep", "with_stress", "with_cold"}
)
_TWITCH = ("muscle_twitching", "limb_twitching", "calf_twitching")
_WEAK = ("muscle_weakness",)
# a finding at a place or time that has a name of its own without being a kind of it
TURNS: dict[str, tuple[tuple[str, str], ...]] = {
    "muscle_jerks": (("on_falling_asleep", "sleep_jerks"), ("during_sleep", "sleep_kicks")),
    "muscle_twitching": (("on_falling_asleep", "sleep_jerks"), ("during_sleep", "sleep_kicks")),
    "limb_twitching": (("on_falling_asleep", "sleep_jerks"), ("during_sleep", "sleep_kicks")),
    "muscle_spasm": (
        ("hand", "tetany"),
        ("throat", "laryngospasm"),
        ("eyelid", "eyelid_twitching"),
        ("leg", "leg_cramps"),
        ("calf", "leg_cramps"),
        ("foot", "leg_cramps"),
    ),
    "muscle_cramps": (("back", "back_spasm"),),
    "muscle_stiffness": (("neck", "neck_stiffness"), ("jaw", "jaw_spasm")),
    "muscle_weakness": (
        ("face", "facial_droop"),
        ("eyelid", "drooping_eyelid"),
        ("tongue", "slurred_speech"),
        ("throat", "difficulty_swallowing"),
    ),
    "paralysis": (("face", "facial_droop"),),
    "numbness": (("mouth", "perioral_tingling"),),
    "muscle_pain": (("back", "back_pain"), ("neck", "neck_pain")),
    "?lock": (
        ("leg", "leg_cramps"),
        ("calf", "leg_cramps"),
        ("foot", "leg_cramps"),
        ("hand", "tetany"),
        ("jaw", "jaw_spasm"),
        ("back", "back_spasm"),
    ),
    "?heavy": (("chest", "chest_pain"), ("throat", "throat_tightness"), ("head", "headache")),
    "?pain": (
        ("chest", "chest_pain"),
        ("abdomen", "abdominal_pain"),
        ("back", "back_pain"),
        ("neck", "neck_pain"),
        ("leg", "leg_pain"),
        ("calf", "leg_pain"),
        ("foot", "leg_pain"),
        ("hip", "joint_pain"),
        ("arm", "muscle_pain"),
        ("shoulder", "muscle_pain"),
        ("widespread", "muscle_pain"),
        ("throat", "difficulty_swallowing"),
        ("tongue", "glossitis"),
        ("jaw", "muscle_pain"),
    ),
    "?swelling": (
        ("calf", "leg_swelling"),
        ("leg", "leg_swelling"),
        ("foot", "leg_swelling"),
        ("face", "face_swelling"),
        ("eyelid", "face_swelling"),
        ("mouth", "face_swelling"),
        ("neck", "goitre"),
        ("tongue", "face_swelling"),
        ("arm", "leg_swelling"),
        ("hand", "leg_swelling"),
    ),
}


# places whose small movements are those of a muscle, not of the heart or a large vessel
MUSCLE = frozenset("eyelid face mouth jaw tongue shoulder arm hand hip leg calf foot back widespread".split())


def sites_in(words: tuple[str, ...], lexicon: Lexicon) -> set[str]:
    """Return the places that a clause names.

    Parameters: words, tokens; lexicon. Returns: site ids.
    """
    return {site for hit in lexicon.sites.find(words) for site in hit.ids}


def circumstances_in(words: tuple[str, ...], lexicon: Lexicon) -> set[str]:
    """Return the circumstances that a clause names, with its side of the body.

    Parameters: words, tokens; lexicon. Returns: qualifier ids.
    """
    hits = [hit for hit in lexicon.qualifiers.find(words) if not _denied(words, hit)]
    found = {
        id_ for hit in hits for id_ in hit.ids if not (id_ in ("worsening", "improving") and _conditional(words, hit))
    }
    left, right = "left" in words, "right" in words
    if left and right:
        return (found | {"both_sides"}) - {"one_sided"}
    if left or right:
        found.add("one_sided")
    return found - {"one_sided"} if "both_sides" in found else found


def _denied(words: tuple[str, ...], hit: Hit) -> bool:
    before = set(words[max(0, hit.start - 2) : hit.start])
    return bool({"not", "never", "no", "without"} & set(words[max(0, hit.start - 1) : hit.start])) or (
        hit.ids[0] in _CIRCUMSTANCE
        and bool({"stop", "disappear", "ceas", "eas", "better", "reliev", "gone", "settl", "vanish", "improv"} & before)
    )


def _conditional(words: tuple[str, ...], hit: Hit) -> bool:
    """Whether "worse" is followed by a circumstance ("worse at night"), which says nothing of the course."""
    follow = {"at", "with", "when", "on", "after", "in", "during", "by", "if", "from", "while", "before", "lying"}
    after = words[hit.end + 1 : hit.end + 3]
    return bool(after) and after[0] in follow and after[1:] not in (("itself",), ("time",), ("last",), ("past",))


@lru_cache(maxsize=512)
def _kinds_below(evidence: Evidence, id_: str) -> tuple[str, ...]:
    return tuple(sorted(key for key in evidence.findings if key != id_ and id_ in above(evidence, key)))


@lru_cache(maxsize=4096)
def above(evidence: Evidence, id_: str) -> frozenset[str]:
    """Return a finding and everything it is a kind of.

    Parameters: evidence, the facts; id_, a finding. Returns: finding ids.

    >>> from twitchwise.evidence import load_evidence
    >>> sorted(above(load_evidence(), "eyelid_twitching"))
    ['eyelid_twitching', 'muscle_twitching']
    """
    found, queue = {id_}, [id_]
    while queue:
        finding = evidence.findings.get(queue.pop())
        new = [parent for parent in (finding.is_a if finding else ()) if parent not in found]
        found.update(new)
        queue += new
    return frozenset(found)


def narrow(id_: str, sites: Collection[str], when: Collection[str], evidence: Evidence) -> tuple[str, ...]:
    """Return the most specific findings for a finding at these places and times.

    Parameters: id_, finding; sites, site ids; when, qualifier ids; evidence. Returns: finding ids, usually one; none
    for a bare "pain" or "swelling" whose place is not said.

    >>> from twitchwise.evidence import load_evidence
    >>> narrow("muscle_cramps", {"calf"}, {"at_night"}, load_evidence())
    ('night_leg_cramps',)
    """
    turned = () if id_ in ("muscle_cramps", "muscle_spasm") and _all_over(sites) else _turned(id_, sites, when)
    if id_ == "?twitch" and not turned:
        places = set(sites) & MUSCLE
        return narrow("muscle_twitching", places, when, evidence) if places else ()
    if id_ == "?heavy" and not turned:
        return ("felt_weakness",)
    if turned or id_.startswith("?"):
        return turned
    if id_ in _TWITCH and (ids := _scattered(sites)):
        return ids
    if id_ in ("muscle_cramps", "muscle_spasm") and _all_over(sites):
        return (id_,)
    if id_ in _WEAK and {"arm", "leg"} <= {REGION.get(site) for site in sites}:
        sites = {"widespread"} if "one_sided" not in when else set()
    chosen = _matching(id_, sites, when, evidence)
    return tuple(sorted(chosen)) or (id_,)


def _turned(id_: str, sites: Collection[str], when: Collection[str]) -> tuple[str, ...]:
    if id_ in _WEAK and "widespread" in sites and "one_sided" in when:
        return ("focal_weakness",)
    if id_ in ("muscle_spasm", "muscle_weakness") and "widespread" in sites:
        return ("tetany",) if id_ == "muscle_spasm" and "hand" in sites else ()
    if id_ == "muscle_spasm" and "face" in sites and "one_sided" in when:
        return ("hemifacial_spasm_seen",)
    if id_ == "?swelling" and "one_sided" in when and {"leg", "calf"} & set(sites):
        return ("one_swollen_calf",)
    if id_ == "?pain" and "during_exercise" in when and {"leg", "calf"} & set(sites):
        return ("pain_on_walking",)
    if id_ in _TWITCH and "widespread" in sites:
        return ()
    ids = [new for key, new in TURNS.get(id_, ()) if key in sites or key in when]
    if id_ == "numbness" and ids and set(sites) - {"mouth", "face", "tongue"}:
        ids.append("numbness")
    if id_ == "muscle_spasm" and "tetany" in ids:
        return ("tetany",)
    return tuple(dict.fromkeys(ids))


def _all_over(sites: Collection[str]) -> bool:
    """Whether cramps of the legs are also cramps of the arms, the trunk or the face."""
    regions = {REGION[site] for site in sites if site in REGION and site not in _BETWEEN}
    if "hand" in sites or "leg" not in regions:
        return False
    return "arm" in sites or bool({"face", "jaw", "chest", "abdomen"} & set(sites)) or "trunk" in regions


def _scattered(sites: Collection[str]) -> tuple[str, ...]:
    regions = {REGION[site] for site in sites if site in REGION and site not in _BETWEEN} or {""}
    if "widespread" not in sites and len(regions) < 2:
        return ()
    return ("tongue_twitching", "widespread_twitching") if "tongue" in sites else ("widespread_twitching",)


def _matching(id_: str, sites: Collection[str], when: Collection[str], evidence: Evidence) -> set[str]:
    """Return the kinds of a finding that the places and times point to, without the superseded ones."""
    by_site, by_time = set(), set()
    for key in _kinds_below(evidence, id_):
        finding = evidence.findings[key]
        if set(finding.sites) & set(sites):
            by_site.add(key)
        if set(finding.when) & set(when) and _fits(finding.is_a, id_, sites, evidence):
            by_time.add(key)
    by_site = {key for key in by_site if not _covered(key, by_site, sites, evidence)}
    chosen = by_site | by_time
    if "exercise_cramps" in chosen:
        chosen -= {"leg_cramps"}
    if "focal_weakness" in chosen and "one_sided" in when:
        chosen -= {"leg_weakness"}
    return {key for key in chosen if not any(key != other and key in above(evidence, other) for other in chosen)}


def _fits(parents: Iterable[str], id_: str, sites: Collection[str], evidence: Evidence) -> bool:
    """Whether a kind known by its time only agrees with the places that are said."""
    wanted = {site for parent in parents if parent != id_ for site in evidence.findings[parent].sites}
    return not wanted or not sites or bool(wanted & set(sites))


def _covered(key: str, chosen: Collection[str], sites: Collection[str], evidence: Evidence) -> bool:
    """Whether a wider chosen kind holds places that this one does not."""
    mine = set(evidence.findings[key].sites) & set(sites)
    wider = (other for other in chosen if other != key and other in above(evidence, key))
    return any(set(evidence.findings[other].sites) & set(sites) - mine for other in wider)
