"""What everyday picture a record shows: only a lid, only cramps, after exercise, with coffee, already examined."""

from __future__ import annotations

from twitchwise.observe.types import FindingSeen
from twitchwise.triage.view import HIGH, LOW, View

LID = frozenset({"muscle_twitching", "eyelid_twitching"})
TWITCHES = LID | {"limb_twitching", "calf_twitching"}
MANY = TWITCHES | {"widespread_twitching"}
CRAMPS = frozenset({"muscle_cramps", "leg_cramps", "night_leg_cramps", "hand_cramps", "exercise_cramps"})
MIND = frozenset(
    {"anxiety", "health_anxiety", "insomnia", "fatigue", "irritability", "poor_concentration", "restlessness"}
)
EFFORT = frozenset(
    {"muscle_pain", "leg_pain", "headache", "sweating", "thirst", "tires_easily", "dry_mouth", "muscle_stiffness"}
)
COFFEE = frozenset({"fine_tremor", "tremor", "polyuria", "sweating", "headache"})
REGIONS = {
    **dict.fromkeys(("leg", "calf", "foot", "hip"), "leg"),
    **dict.fromkeys(("arm", "hand", "shoulder"), "arm"),
    **dict.fromkeys(("face", "mouth", "jaw"), "face"),
    **dict.fromkeys(("chest", "abdomen", "back", "neck", "throat"), "trunk"),
    "tongue": "tongue",
}
GRAVE = (
    *("dialysis", "kidney", "neck_surgery", "hypoparathyroidism", "bariatric", "eating_disorder", "alcohol_withdrawal"),
    *("lithium", "denosumab_or_zoledronate", "mnd", "cancer", "nitrous_oxide", "insecticide", "poison", "drugs"),
    *("low_sodium", "high_calcium", "nerve_disease", "myasthenia", "head_injury"),
)
CRAMPING = (
    *("statin", "thiazide", "loop_diuretic", "diabetes", "liver", "thyroid", "ppi", "beta_agonist", "alcohol", "bowel"),
    *("potassium_lowering", "magnesium_lowering", "sodium_lowering", "calcium_lowering", "platinum", "levothyroxine"),
)
LOWERS = (
    *("calcium_lowering", "magnesium_lowering", "thiazide", "loop_diuretic", "ppi", "bowel", "alcohol", "liver"),
    *("kidney", "potassium_lowering"),
)
NOT_PANIC = (
    *(
        "chest_pain",
        "heart_pain",
        "fainting",
        "irregular_heartbeat",
        "loss_of_consciousness",
        "low_oxygen",
        "fever",
        "confusion",
    ),
    *("leg_swelling", "leg_pain", "one_swollen_calf", "calf_tenderness", "muscle_weakness", "breathlessness_lying"),
    *("tetany", "perioral_tingling", "weight_loss", "bradycardia", "low_blood_pressure_reading"),
)
EXAMINATIONS = ("emg", "neurological_examination")
CLEAR = frozenset({"emg_normal", "emg_fasciculation_only", "normal_neuro_exam"})
SALTS = ("calcium", "adjusted_calcium", "potassium", "magnesium", "sodium")


def only(see: View, *groups: frozenset[str]) -> bool:
    """Tell whether every present finding belongs to these groups.

    Parameters: see, the record; groups, sets of finding ids with their wider kinds. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> only(View(Observations(present=LID), (), {}, {}, {}), LID)
    True
    """
    return bool(see.obs.present) and see.obs.present <= frozenset().union(*groups)


def regions(see: View) -> set[str]:
    """Name the parts of the body that twitch, the eyelid left out.

    Parameters: see, the record. Returns: names of regions; "many" where several places are stated at once.

    >>> from twitchwise.observe.types import Observations
    >>> regions(View(Observations(), (), {}, {}, {}))
    set()
    """
    found = {REGIONS[s] for f in see.stated("muscle_twitching") for s in f.where if s in REGIONS}
    if see.has("widespread_twitching") or any("widespread" in f.where for f in see.stated("muscle_twitching")):
        found |= {"many", "everywhere"}
    if see.has("calf_twitching"):
        found.add("leg")
    if see.has("face_twitching"):
        found.add("face")
    return found


def beyond_lid(see: View) -> tuple[FindingSeen, ...]:
    """Give the twitches that are not of an eyelid alone.

    Parameters: see, the record. Returns: the findings as stated.

    >>> from twitchwise.observe.types import Observations
    >>> beyond_lid(View(Observations(), (), {}, {}, {}))
    ()
    """
    twitches = see.stated("muscle_twitching")
    return tuple(f for f in twitches if f.id != "eyelid_twitching" and f.where != ("eyelid",))


def exercised(see: View) -> bool:
    """Tell whether the complaint is stated with exercise or heat.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> exercised(View(Observations(risks=frozenset({"heat"})), (), {}, {}, {}))
    True
    """
    during = {"during_exercise", "after_exercise"}
    said = any(during & set(f.when) for f in see.obs.findings if f.present)
    return said or see.has("exercise_cramps") or see.risk("recent_hard_exercise", "endurance", "heat")


def with_caffeine(see: View) -> bool:
    """Tell whether caffeine is stated.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> with_caffeine(View(Observations(), (), {}, {}, {}))
    False
    """
    said = any("with_caffeine" in f.when for f in see.obs.findings if f.present)
    drunk = any(f.present and (f.id.startswith("caffeine") or f.id == "energy_drink") for f in see.obs.factors)
    return said or drunk or "caffeine" in see.obs.doses


def plain(see: View) -> bool:
    """Tell whether nothing stands against self-care: an adult, not pregnant, no grave illness, no abnormal result.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> plain(View(Observations(pregnant=True), (), {}, {}, {}))
    False
    """
    if see.younger("child_age"):
        return False
    odd = any(r.level in (*LOW, *HIGH) for r in see.labs) or see.ecg_abnormal()
    return not (odd or see.tag(*GRAVE) or see.obs.pregnant or see.obs.postpartum_days is not None)


def reassured(see: View) -> bool:
    """Tell whether an adult under 40 only twitches, denies weakness and was found normal on examination or tests.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> reassured(View(Observations(), (), {}, {}, {}))
    False
    """
    if see.obs.age is None or not see.younger("under40_age") or not plain(see):
        return False
    looked = any(t.id in EXAMINATIONS and t.result == "normal" for t in see.obs.tests) or bool(CLEAR & see.obs.clues)
    tested = see.is_at("tsh", "normal") and any(see.is_at(a, "normal") for a in SALTS)
    return (looked or tested) and only(see, MANY, MIND) and "muscle_weakness" in see.obs.absent


def settled_tetany(see: View) -> bool:
    """Tell whether each spasm of hand or foot belongs to attacks of panic or fast breathing that eased or are old.

    An attack that is said to have eased counts, and so do attacks that come back over more than four weeks while
    nothing that is stated lowers calcium or magnesium.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> settled_tetany(View(Observations(), (), {}, {}, {}))
    False
    """
    spasms = see.stated("tetany")
    if not spasms or not see.has("panic_attacks", "fast_breathing"):
        return False
    eased = all(f.course == "better" or "improving" in f.when for f in spasms)
    known = bool(see.lasting("month_days", "panic_attacks", "fast_breathing", "tetany"))
    return eased or (known and not see.tag(*LOWERS) and plain(see))


def panic_known(see: View) -> bool:
    """Tell whether an adult under 40 has panic attacks that come back, with nothing stated that is not part of them.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> panic_known(View(Observations(), (), {}, {}, {}))
    False
    """
    attacks = see.stated("panic_attacks")
    again = any("recurrent" in f.when for f in attacks) or see.lasting("month_days", "panic_attacks")
    if not attacks or not again or see.obs.age is None or not see.younger("under40_age") or not plain(see):
        return False
    return not (see.has(*NOT_PANIC) or see.tag("heart_disease", "heart_failure", "asthma", "cancer"))


def breath_examined(see: View) -> bool:
    """Tell whether breathlessness was looked at: two of heart tracing, chest picture and oxygen stated, none abnormal.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> breath_examined(View(Observations(), (), {}, {}, {}))
    False
    """
    tests = [t for t in see.obs.tests if t.id in ("ecg", "chest_imaging", "oxygen_saturation") and t.result]
    heart = [t for t in tests if t.id != "oxygen_saturation"]
    normal = bool(heart) and all(t.result == "normal" for t in heart)
    ill = see.expecting() or see.tag("cancer", "asthma", "heart_disease", "heart_failure")
    return (
        normal
        and len(tests) > 1
        and not ill
        and not see.has("low_oxygen", "chest_pain", "leg_swelling", "calf_tenderness")
    )


def grows(seen: FindingSeen) -> bool:
    """Tell whether a finding is said to get worse or to spread.

    Parameters: seen, a finding. Returns: True or False.

    >>> grows(FindingSeen("muscle_weakness", True, "weak", "findings[0]", course="worse"))
    True
    """
    return seen.id == "progressive_weakness" or seen.course == "worse" or bool({"worsening", "spreading"} & seen.when)


def one_place(seen: FindingSeen) -> bool:
    """Tell whether a finding is of one side, or of hand, arm or foot alone without the other side.

    Parameters: seen, a finding. Returns: True or False.

    >>> one_place(FindingSeen("muscle_weakness", True, "weak hand", "findings[0]", where=("hand",)))
    True
    """
    local = bool(seen.where) and set(seen.where) <= {"hand", "arm", "shoulder", "foot", "face", "neck"}
    return "one_sided" in seen.when or (local and "both_sides" not in seen.when)


def fresh_medicine(see: View, limit: str, *tags: str) -> bool:
    """Tell whether a medicine, or one with these tags, is stated to have begun or changed within a limit.

    Parameters: see, the record; limit, id of a limit in days; tags, tag ids. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> fresh_medicine(View(Observations(), (), {}, {}, {}), "week_days")
    False
    """
    taken = see.tagged(*tags) if tags else tuple(f for f in see.obs.factors if f.present and f.kind == "medicine")
    times = [d for f in taken for d in (f.days, f.changed_days) if d is not None]
    return bool(times) and min(times) <= see.limit(limit)


def new_medicine(see: View) -> bool:
    """Tell whether a medicine began or changed within eight weeks.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> new_medicine(View(Observations(), (), {}, {}, {}))
    False
    """
    medicines = [f for f in see.obs.factors if f.present and f.kind == "medicine"]
    times = [d for f in medicines for d in (f.days, f.changed_days) if d is not None]
    return bool(times) and min(times) <= see.limit("new_medicine_days")
