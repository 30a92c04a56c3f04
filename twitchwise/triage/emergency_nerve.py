"""Emergencies of nerve, cord and muscle: weakness that comes fast, spasm that spreads, tetany, jerks."""

from __future__ import annotations

from twitchwise.triage import groups as g
from twitchwise.triage.picture import fresh_medicine, grows, one_place, settled_tetany
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import View

# what an acute dystonic reaction looks like from outside
DYSTONIC = (
    *("face_twitching", "slurred_speech", "tongue_twitching", "throat_tightness", "difficulty_swallowing"),
    *("eye_movement_palsy", "muscle_spasm", "neck_stiffness", "painful_spasms", "rigidity", "laryngospasm"),
)
STROKE = (*g.WEAK_PART, "facial_droop", "slurred_speech", "double_vision", "drooping_eyelid", "unsteady_gait")


@rule("em_weak_sudden")
def _weak_sudden(see: View) -> str | None:
    old = see.lasting("month_days", "sudden_weakness") and not see.recent("month_days", "sudden_weakness")
    found = ("" if old else see.name("sudden_weakness")) or see.recent("day", *STROKE)
    found = found or see.how(("sudden",), "muscle_weakness")
    return because(
        found, "weakness that comes within hours is treated as a stroke or a cord problem until shown otherwise"
    )


@rule("em_face")
def _face(see: View) -> str | None:
    fresh = any(f.days is None or f.days <= see.limit("month_days") for f in see.stated("facial_droop"))
    return because(
        see.name("facial_droop") if fresh else "", "a drooping face is a stroke sign until a doctor has looked"
    )


@rule("em_eyes_new")
def _eyes_new(see: View) -> str | None:
    eyes = ("drooping_eyelid", "double_vision")
    found = see.pair(eyes, (*eyes, "slurred_speech", "dry_mouth", "facial_droop", *g.WEAK))
    fresh = any(see.fresh(f, "week_days") for f in see.stated(*eyes))
    return because(found if fresh else "", "weakness that begins at the eyes can go down to the breathing")


@rule("em_sight")
def _sight(see: View) -> str | None:
    fresh = [f for f in see.stated("sight_loss") if f.days is None or f.days <= see.limit("week_days")]
    return because("sudden loss of sight" if fresh else "", "sight that goes is looked at the same day")


@rule("em_numb_sudden")
def _numb_sudden(see: View) -> str | None:
    sides = [f for f in see.stated("numbness") if "one_sided" in f.when and see.fresh(f, "day")]
    return because("sudden numbness on one side" if sides else "", "this is a stroke sign")


@rule("em_paralysis")
def _paralysis(see: View) -> str | None:
    return because(
        see.name("paralysis"), "muscles that cannot be moved need the blood salts and the breathing checked now"
    )


@rule("em_weak_ascending")
def _weak_ascending(see: View) -> str | None:
    found = see.name("ascending_weakness")
    fresh = {see.told(f) for f in see.stated("muscle_weakness") if see.fresh(f, "month_days")}
    spreading = fresh & {see.told(f) for f in see.stated("muscle_weakness") if "spreading" in f.when}
    found = found or (f"spreading {min(spreading)}" if spreading else "")
    return because(found, "weakness that climbs or spreads over days can reach the breathing muscles")


@rule("em_weak_fast")
def _weak_fast(see: View) -> str | None:
    weak = see.recent("fortnight_days", *g.LOSS)
    signs = (*g.TINGLE, "hyporeflexia", *g.BALANCE, "babinski_sign", "vomiting", "back_pain", *g.EYES, *g.SPEECH)
    other = see.name(*signs) if weak else ""
    found = f"{weak} within two weeks, with {other}" if other and other != weak else ""
    worse = [f for f in see.stated(*g.LOSS) if f.course == "worse" and see.fresh(f, "fortnight_days")]
    found = found or (f"{min(see.told(f) for f in worse)} growing within two weeks" if worse else "")
    numb = [f for f in see.stated("numbness") if "spreading" in f.when and see.fresh(f, "fortnight_days")]
    found = found or ("numbness that climbs within days" if numb and "one_sided" not in numb[0].when else "")
    return because(found, "loss of strength over days needs an examination today")


@rule("em_limbs_month")
def _limbs_month(see: View) -> str | None:
    growing = [f for f in see.stated("muscle_weakness", *g.LOSS) if grows(f) and not one_place(f)]
    fresh = [f for f in growing if f.days is not None and f.days <= see.limit("weak_month_days")]
    undated = bool(growing) and all(f.days is None for f in growing) and not see.has("muscle_wasting")
    feeling = see.name("hyporeflexia", "sensory_loss", "numbness", "hand_foot_tingling", *g.SPEECH, "facial_droop")
    trigger = see.risk("recent_infection") or any(
        f.kind == "medicine" and f.days is not None and f.days <= see.limit("weak_month_days")
        for f in see.obs.factors
        if f.present
    )
    holds = bool(fresh) or (undated and (see.has("hyporeflexia") or trigger))
    found = f"weakness that grows over days to weeks, with {feeling}" if feeling and holds else ""
    return because(found, "the nerves of the limbs may be failing, and the breathing muscles can follow")


@rule("em_thiamine_nerves")
def _thiamine_nerves(see: View) -> str | None:
    starved = see.tag("eating_disorder", "bariatric") or see.risk("low_intake") or see.lasting("week_days", "vomiting")
    weak = [f for f in see.stated("muscle_weakness", *g.LOSS) if not see.lasting("repeat_days", f.id)]
    feeling = see.name("numbness", "hand_foot_tingling", "sensory_loss", "hyporeflexia", "burning_pain")
    holds = starved and feeling and any(grows(f) or see.fresh(f, "month_days") for f in weak)
    found = f"weakness with {feeling} after too little food, long vomiting or surgery on the gut" if holds else ""
    return because(found, "vitamin B1 may be running out and is given before any test")


@rule("em_cauda")
def _cauda(see: View) -> str | None:
    found = see.name("saddle_numbness")
    legs = ("leg_weakness", "foot_drop", "numbness", "unsteady_gait", "radiating_pain", "back_pain", *g.WEAK)
    found = found or see.pair(("bladder_or_bowel_change",), legs)
    found = found or see.pair(
        ("urinary_trouble", "blocked_bladder"), ("leg_weakness", "foot_drop", "numbness", "unsteady_gait", *g.WEAK)
    )
    return because(found, "the lower spinal nerves or the cord may be squeezed")


@rule("em_spine_infection")
def _spine_infection(see: View) -> str | None:
    found = see.pair(("fever",), (*g.LOSS, "babinski_sign", "hyperreflexia", "urinary_trouble"))
    return because(found, "fever with loss of strength can be an infection of the spine or the nerves")


@rule("em_new_jerks")
def _new_jerks(see: View) -> str | None:
    asleep = {"on_falling_asleep", "during_sleep"}
    awake = [f for f in see.stated("muscle_jerks") if not asleep & f.when and f.id != "sleep_jerks"]
    found = "jerks that began within a week" if any(see.fresh(f, "week_days") for f in awake) else ""
    if any(f.days is None for f in awake) and fresh_medicine(see, "week_days"):
        found = found or "jerks with a medicine that began or changed within a week"
    return because(found, "a medicine, the blood salts or the brain may be the cause")


@rule("em_jerks_plus")
def _jerks_plus(see: View) -> str | None:
    others = ("unsteady_gait", "slurred_speech", "falls", "vomiting", "fever", *g.MIND)
    found = see.pair(("muscle_jerks",), others)
    if see.has("muscle_jerks") and see.risk("recent_infection"):
        found = found or "muscle jerks after an infection or vaccination"
    return because(found, "jerks together with another brain sign should be seen today")


@rule("em_jerks_kidney")
def _jerks_kidney(see: View) -> str | None:
    if not see.tag("kidney", "dialysis", "liver"):
        return None
    return because(see.name(*g.JERK), "kidneys or liver that fail can let poisons build up in the brain")


@rule("em_tetany")
def _tetany(see: View) -> str | None:
    found = see.name("trousseau_sign") or ("" if settled_tetany(see) else see.name("tetany"))
    return because(found, "calcium, magnesium and potassium are checked today, even if fast breathing can be the cause")


@rule("em_calcium_signs")
def _calcium_signs(see: View) -> str | None:
    found = see.pair(("perioral_tingling",), ("muscle_spasm", "hand_cramps", "jaw_spasm", "throat_tightness"))
    lowers = (
        "calcium_lowering",
        "magnesium_lowering",
        "thiazide",
        "loop_diuretic",
        "ppi",
        "kidney",
        "dialysis",
        "bowel",
    )
    if see.tag(*lowers, "bariatric", "alcohol", "eating_disorder"):
        found = found or see.pair(("perioral_tingling", "hand_foot_tingling"), ("muscle_spasm", "hand_cramps"))
        found = found or see.name("perioral_tingling")
    return because(found, "tingling lips with spasm are signs of low calcium")


@rule("em_neck")
def _neck(see: View) -> str | None:
    if not see.tag("neck_surgery", "hypoparathyroidism"):
        return None
    found = see.name("tetany", "laryngospasm", "muscle_spasm", "perioral_tingling", "hand_foot_tingling", "paresthesia")
    soon = any(f.days is not None and f.days <= see.limit("neck_soon_days") for f in see.tagged("neck_surgery"))
    found = found or (see.name(*g.CRAMP, *g.TWITCH, "numbness") if soon else "")
    return because(found and f"{found} after a neck operation or with weak parathyroid glands", "calcium may be low")


@rule("em_denosumab")
def _denosumab(see: View) -> str | None:
    if not see.since("denosumab_days", "denosumab_or_zoledronate"):
        return None
    found = see.name("tetany", "muscle_spasm", "perioral_tingling", *g.TINGLE, *g.CRAMP, *g.TWITCH)
    return because(
        found and f"{found} after denosumab or zoledronate", "calcium can fall for weeks after the injection"
    )


@rule("em_tetanus")
def _tetanus(see: View) -> str | None:
    others = ("neck_stiffness", "difficulty_swallowing", "painful_spasms", "back_spasm", "muscle_stiffness", "fever")
    found = see.how(("triggered_by_sound_or_touch",), "painful_spasms")
    found = found or see.pair(("jaw_spasm",), (*others, "breathlessness", "throat_tightness", "rigidity"))
    found = found or see.pair(("painful_spasms",), ("neck_stiffness", "difficulty_swallowing", "fever", "rigidity"))
    found = found or see.recent("week_days", "painful_spasms")
    if see.tag("dirty_wound", "not_vaccinated"):
        found = found or see.name("jaw_spasm", "painful_spasms", "rigidity")
    return because(found, "a locked jaw with spreading spasm can be tetanus")


@rule("em_dystonia")
def _dystonia(see: View) -> str | None:
    if not see.tag("antipsychotic"):
        return None
    found = see.name("jaw_spasm", "eye_movement_palsy")
    found = found or see.recent("week_days", "muscle_spasm", "neck_stiffness", "painful_spasms")
    if fresh_medicine(see, "week_days", "antipsychotic"):
        old = {f.id for f in see.obs.findings if f.present and f.days is not None and f.days > see.limit("week_days")}
        found = found or see.name(*(i for i in DYSTONIC if i not in old))
    return because(
        found and f"{found} with an antipsychotic or anti-sickness medicine", "this can be treated within minutes"
    )


@rule("em_infant")
def _infant(see: View) -> str | None:
    told = see.obs.age is None and see.risk("about_an_infant")
    if not (told or see.younger("infant_age")):
        return None
    found = see.name("muscle_jerks", "muscle_spasm", "muscle_twitching", "muscle_stiffness", "jaw_spasm")
    found = found or see.name(*g.WEAK, "drowsiness", "reduced_consciousness")
    return because(found and f"{found} in an infant", "infants with jerks or spasms are seen the same day")


@rule("em_child")
def _child(see: View) -> str | None:
    told = see.obs.age is None and see.risk("about_a_child")
    if not (told or see.younger("child_age")):
        return None
    found = see.recent("fortnight_days", *g.WEAK, "unsteady_gait", "falls", "drooping_eyelid", "double_vision")
    return because(
        found and f"{found} in a child", "children who lose strength or balance within days are seen at once"
    )
