"""Reasons to be seen within days to two weeks: nerve and muscle signs, medicines, illness."""

from __future__ import annotations

from twitchwise.triage import groups as g
from twitchwise.triage.picture import grows, panic_known, settled_tetany, with_caffeine
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import SUDDEN, View


@rule("pr_progress")
def _progress(see: View) -> str | None:
    found = see.name("progressive_weakness", "muscle_wasting") or see.how(("worsening", "spreading"), *g.WEAK)
    return because(found, "strength or muscle that is being lost needs a neurologist soon")


@rule("pr_weak")
def _weak(see: View) -> str | None:
    return because(see.name("foot_drop", *g.WEAK), "weakness should be examined within days")


@rule("pr_mnd")
def _mnd(see: View) -> str | None:
    shown = (*g.LOSS, "falls", "hand_clumsiness", "babinski_sign", "slurred_speech")
    found = see.pair((*g.TWITCH, *g.CRAMP), shown)
    return because(found, "twitching with lost strength or skill should go to a specialist soon")


@rule("pr_swallow")
def _swallow(see: View) -> str | None:
    found = see.name("slurred_speech", "difficulty_swallowing", "tongue_twitching")
    return because(found, "speech, swallowing and the tongue are checked soon")


@rule("pr_breath")
def _breath(see: View) -> str | None:
    found = "" if panic_known(see) else see.name("breathlessness")
    return because(found, "shortness of breath should be checked within days")


@rule("pr_breath_mnd")
def _breath_mnd(see: View) -> str | None:
    morning = see.how(("on_waking",), "headache")
    weak = see.name(*g.WEAK, "muscle_wasting")
    found = see.name("breathlessness", "daytime_sleepiness") or morning
    return because(
        f"{found} with {weak}" if found and weak else "", "breathing muscles may be weak, above all at night"
    )


@rule("pr_coordination")
def _coordination(see: View) -> str | None:
    found = see.name("poor_coordination", "hand_clumsiness", "falls", "unsteady_gait")
    return because(found, "new trouble with balance or skill should be looked at within days")


@rule("pr_signs")
def _signs(see: View) -> str | None:
    signs = ("babinski_sign", "clonus", "vibration_loss", "romberg_sign", "sensory_loss", "ataxia_sign", "rigidity")
    found = see.name(*signs, "axial_rigidity", "nystagmus", "eye_movement_palsy", "facial_droop")
    found = found or see.pair(
        ("hyperreflexia", "hyporeflexia"), (*g.WEAK, "muscle_wasting", "numbness", "muscle_stiffness")
    )
    return because(found, "an examiner found a sign of the nerves or the brain")


@rule("pr_headache")
def _headache(see: View) -> str | None:
    found = see.name("severe_headache", "double_vision", "drooping_eyelid")
    return because(found, "this should be examined within days")


@rule("pr_oneside")
def _one_side(see: View) -> str | None:
    found = see.name("hemifacial_spasm_seen") or see.how(("one_sided",), "face_twitching", "muscle_rippling")
    face = [f for f in see.stated("muscle_rippling", "muscle_spasm") if {"face", "mouth"} & set(f.where)]
    found = found or (f"{see.told(face[0])} of the face" if face else "")
    return because(found, "twitching of one side of the face beyond the lid may need a scan")


@rule("pr_ripple")
def _ripple(see: View) -> str | None:
    effort = {"after_exercise", "during_exercise"}
    body = [f for f in see.stated("muscle_rippling") if set(f.where) != {"eyelid"} and not effort & f.when]
    return because("rippling under the skin" if body else "", "constant rippling points to overactive nerves")


@rule("pr_stiff")
def _stiff(see: View) -> str | None:
    found = see.name("startle", "painful_spasms", "slow_relaxation", "contracture_on_exertion")
    found = found or see.pair(("muscle_stiffness",), ("sweating", *g.BALANCE, *g.LOSS, "muscle_rippling"))
    return because(found, "stiffness or spasm of this kind needs a neurologist")


@rule("pr_jaw")
def _jaw(see: View) -> str | None:
    return because(see.name("jaw_spasm"), "a jaw that locks should be looked at within days, at once if it spreads")


@rule("pr_jerks")
def _jerks(see: View) -> str | None:
    return because(
        see.name("muscle_jerks"), "jerks while awake need a look at medicines, blood and sometimes the brain waves"
    )


@rule("pr_parkinson")
def _parkinson(see: View) -> str | None:
    found = see.name("slow_movement") or see.pair(("coarse_tremor", "tremor"), ("muscle_stiffness", "rigidity"))
    return because(found, "slow or stiff movement needs a specialist's look")


@rule("pr_numb_new")
def _numb_new(see: View) -> str | None:
    found = see.how(("worsening", "spreading"), "numbness", "paresthesia")
    sides = [f for f in see.stated("numbness") if "one_sided" in f.when]
    found = found or ("numbness of one side" if sides else "")
    return because(found, "spreading or one-sided loss of feeling should be examined within days")


@rule("pr_tia")
def _tia(see: View) -> str | None:
    if see.has("panic_attacks", "fast_breathing", "perioral_tingling"):
        return None
    numb = [f for f in see.stated("numbness") if "face" in f.where or "one_sided" in f.when]
    fresh = [f for f in numb if f.days is None or f.days <= see.limit("month_days")]
    gone = [f for f in fresh if f.course == "better" or {"improving", "sudden"} & f.when or f.onset in SUDDEN]
    return because(
        "numbness of the face or of one side that came suddenly or has passed" if gone else "",
        "a small stroke passes like this and warns of a larger one",
    )


@rule("pr_numb_gait")
def _numb_gait(see: View) -> str | None:
    found = see.pair(("numbness", "paresthesia", "burning_pain"), (*g.BALANCE, "memory_problems", *g.WEAK))
    return because(found, "nerves or cord may be short of vitamin B12 or harmed")


@rule("pr_felt_new")
def _felt_new(see: View) -> str | None:
    fresh = see.recent("fortnight_days", "felt_weakness")
    found = see.name("tires_easily", "exercise_intolerance", "widespread_twitching") if fresh else ""
    return because(found and f"new feeling of weakness with {found}", "strength should be tested once, soon")


@rule("pr_tetany_settled")
def _tetany_settled(see: View) -> str | None:
    found = see.name("tetany") if settled_tetany(see) else ""
    return because(found, "it has eased, and the blood salts should still be measured within days")


@rule("pr_perioral")
def _perioral(see: View) -> str | None:
    return because(
        see.name("perioral_tingling"), "tingling lips come from fast breathing or from low calcium: a blood test tells"
    )


@rule("pr_neck_cramp")
def _neck_cramp(see: View) -> str | None:
    found = see.name(*g.CRAMP, *g.TWITCH, *g.TINGLE) if see.tag("neck_surgery", "hypoparathyroidism") else ""
    return because(found and f"{found} after a neck operation", "calcium should be measured within days")


@rule("pr_chest")
def _chest(see: View) -> str | None:
    found = see.name("chest_pain", "irregular_heartbeat", "fainting", "bradycardia")
    return because(found, "the heart should be checked within days, at once if it comes back or grows")


@rule("pr_palpitations")
def _palpitations(see: View) -> str | None:
    others = ("muscle_cramps", "tetany", "weight_loss", "heat_intolerance", "goitre", "muscle_spasm")
    explained = see.tag("stimulant", "beta_agonist") or with_caffeine(see)
    found = see.pair(("palpitations",), others if explained else (*others, "tremor"))
    return because(found, "blood salts and thyroid should be measured within days")


@rule("pr_calf")
def _calf(see: View) -> str | None:
    return because(see.name("calf_tenderness"), "a tender or red calf should be examined soon, today if it swells")


@rule("pr_calf_pain")
def _calf_pain(see: View) -> str | None:
    calf = [f for f in see.stated("leg_pain") if "calf" in f.where and "one_sided" in f.when]
    strained = {"after_exercise", "during_exercise"}
    fresh = [f for f in calf if f.days is None or f.days <= see.limit("repeat_days")]
    lasting = [f for f in fresh if (f.days or 0.0) > see.limit("week_days") or not strained & f.when]
    eased = all(f.course == "better" or "improving" in f.when for f in lasting)
    return because(
        "pain in one calf" if lasting and not eased else "",
        "a clot can feel like a strain; call today if the calf swells, reddens or grows warm",
    )


@rule("pr_urine")
def _urine(see: View) -> str | None:
    return because(see.name("dark_urine", "bladder_or_bowel_change"), "this should be checked within days")


@rule("pr_cancer")
def _cancer(see: View) -> str | None:
    found = see.pair(("weight_loss", "night_sweats"), (*g.MOTOR, *g.WEAK))
    if see.tag("cancer"):
        found = found or see.name(*g.MOTOR, *g.TINGLE)
    return because(found, "losing weight, night sweats or a cancer change what twitching can mean")


@rule("pr_fever")
def _fever(see: View) -> str | None:
    return because(
        see.pair(("fever",), ("muscle_twitching", "muscle_spasm", "tremor", *g.WEAK)), "an infection may be behind it"
    )


@rule("pr_long_cramp")
def _long_cramp(see: View) -> str | None:
    long = [f for f in see.stated(*g.CRAMP) if "over_ten_minutes" in f.when]
    fresh = [f for f in long if see.fresh(f, "week_days") or "constant" in f.when]
    limbs = [f for f in see.stated("leg_cramps", "hand_cramps") if not see.lasting("repeat_days", f.id)]
    fresh += [f for f in limbs if "constant" in f.when and f.id != "night_leg_cramps"]
    return because("a cramp of more than ten minutes that will not go" if fresh else "", "it may be more than a cramp")


@rule("pr_child")
def _child(see: View) -> str | None:
    if not see.younger("child_age"):
        return None
    found = see.name("bone_deformity", "muscle_spasm", *g.BALANCE, *g.WEAK, "startle", "weight_loss")
    return because(found and f"{found} in a child", "a children's doctor should look within days")


@rule("pr_pregnancy")
def _pregnancy(see: View) -> str | None:
    if not see.expecting():
        return None
    found = see.how(("over_ten_minutes", "one_sided", "constant"), "leg_cramps", "leg_pain", "muscle_cramps")
    found = found or see.name("palpitations", "leg_pain", "tremor", "muscle_spasm", "headache", *g.WEAK)
    numb = [f for f in see.stated("numbness") if not (f.where and set(f.where) <= {"hand", "arm"}) or grows(f)]
    found = found or ("numbness beyond the hands" if numb else "")
    return because(found and f"{found} in or after pregnancy", "midwife or doctor should know within days")


@rule("pr_felt_gut")
def _gut(see: View) -> str | None:
    lost = see.lasting("loss_days", "vomiting", "diarrhoea") or see.name("vomiting")
    if see.tag("laxative", "eating_disorder"):
        lost = lost or "loss of salts"
    found = see.name(*g.CRAMP, *g.TWITCH, "muscle_stiffness", "palpitations") if lost else ""
    return because(f"{found} with {lost}" if found else "", "salts are lost and should be measured within days")
