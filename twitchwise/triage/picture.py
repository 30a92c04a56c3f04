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
    *("potassium_lowering", "magnesium_lowering", "sodium_lowering", "calcium_lowering", "platinum"),
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
    """Tell whether every spasm of hand or foot is said to have eased in an attack of panic or fast breathing.

    Parameters: see, the record. Returns: True or False.

    >>> from twitchwise.observe.types import Observations
    >>> settled_tetany(View(Observations(), (), {}, {}, {}))
    False
    """
    spasms = see.stated("tetany")
    eased = [f for f in spasms if f.course == "better" or "improving" in f.when]
    return bool(spasms) and len(eased) == len(spasms) and see.has("panic_attacks", "fast_breathing")


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
