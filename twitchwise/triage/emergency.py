"""Emergencies of airway, breathing, heart and brain."""

from __future__ import annotations

from twitchwise.triage import groups as g
from twitchwise.triage.picture import breath_examined, panic_known
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import View


@rule("em_arrest")
def _arrest(see: View) -> str | None:
    return because(see.name("cardiac_arrest"), "the heart needs watching and the cause must be found now")


@rule("em_unconscious")
def _unconscious(see: View) -> str | None:
    found = see.name("reduced_consciousness", "loss_of_consciousness")
    return because(found, "losing consciousness is never explained by a twitch or a cramp")


@rule("em_seizure")
def _seizure(see: View) -> str | None:
    return because(
        see.name("seizure"), "a fit can come from low calcium, sodium, magnesium or sugar, and needs help now"
    )


@rule("em_self_harm")
def _self_harm(see: View) -> str | None:
    return because(see.name("self_harm_thoughts"), "this matters more than any twitch, and help is there at any hour")


@rule("em_airway")
def _airway(see: View) -> str | None:
    found = see.name("laryngospasm")
    if not found and (see.has("tetany", "perioral_tingling", "trousseau_sign") or see.tag("neck_surgery")):
        found = see.name("hoarse_voice") and f"{see.name('hoarse_voice')} with signs of low calcium"
    return because(found, "the throat can close when calcium is very low")


@rule("em_breath_rest")
def _breath_rest(see: View) -> str | None:
    lying = see.pair(("breathlessness_lying",), (*g.WEAK, "muscle_wasting"))
    marked = see.pair(("breathlessness",), (*g.LOSS, "paralysis", "ascending_weakness", "difficulty_swallowing"))
    return because(lying or marked, "weak breathing muscles need checking at once")


@rule("em_breath_still")
def _breath_still(see: View) -> str | None:
    return because(
        see.name("breathlessness_lying", "low_oxygen"), "being short of breath without effort is an emergency"
    )


@rule("em_breath_new")
def _breath_new(see: View) -> str | None:
    new = "" if breath_examined(see) else see.recent("day", "breathlessness")
    found = new or see.how(("worsening",), "breathlessness")
    return because(found, "new or growing shortness of breath should be seen today")


@rule("em_allergy")
def _allergy(see: View) -> str | None:
    with_swelling = ("breathlessness", "throat_tightness", "fainting", "difficulty_swallowing")
    found = see.pair(("face_swelling",), with_swelling) or see.pair(("throat_tightness",), ("itch",))
    return because(found, "swelling of the face or throat with this can be a severe allergy")


@rule("em_asthma")
def _asthma(see: View) -> str | None:
    if not see.tag("asthma", "beta_agonist"):
        return None
    found = see.name("breathlessness", "low_oxygen", "tachypnoea")
    return because(found, "shortness of breath in asthma, or with much reliever medicine, may be an attack")


@rule("em_fast_breathing")
def _fast_breathing(see: View) -> str | None:
    found = see.pair(("tachypnoea", "fast_breathing"), ("fever", "confusion", "low_blood_pressure_reading", *g.LOSS))
    return because(found, "fast breathing in an ill person is a danger sign")


@rule("em_swallow_choke")
def _choke(see: View) -> str | None:
    found = see.name("choking") or see.recent("week_days", "difficulty_swallowing")
    return because(found, "food or saliva can reach the lungs")


@rule("em_bulbar")
def _bulbar(see: View) -> str | None:
    others = (
        "slurred_speech",
        "tongue_twitching",
        "hoarse_voice",
        "breathlessness",
        "drooping_eyelid",
        "double_vision",
    )
    found = see.pair(("difficulty_swallowing",), (*others, *g.LOSS))
    return because(found, "swallowing may not be safe, so it should be checked today")


@rule("em_chest")
def _chest(see: View) -> str | None:
    with_pain = ("fainting", "irregular_heartbeat", "palpitations", "breathlessness", "sweating", "vomiting")
    found = see.pair(("chest_pain",), (*with_pain, "low_blood_pressure_reading", "pallor"))
    found = see.name("heart_pain") or found or see.recent("day", "chest_pain")
    if not found and (see.tag("heart_disease", "drugs") or (not see.younger("chest_age") and see.obs.age is not None)):
        found = see.name("chest_pain")
    return because(found, "chest pain like this must be checked at once")


@rule("em_heart_rhythm")
def _rhythm(see: View) -> str | None:
    found = see.pair(
        ("irregular_heartbeat", "palpitations", "bradycardia", "tachycardia"),
        ("fainting", "chest_pain", "breathlessness"),
    )
    if panic_known(see):
        found = ""
    if not found and see.has("irregular_heartbeat"):
        found = see.pair(("irregular_heartbeat",), ("tetany", "trousseau_sign", "confusion", *g.WEAK))
    if not found and see.ecg_abnormal():
        found = see.pair(("irregular_heartbeat", "palpitations", "fainting"), g.EXCITED)
    if not found and see.tag("potassium_lowering", "potassium_raising", "digoxin", "kidney"):
        found = see.pair(("palpitations", "bradycardia"), g.WEAK)
    return because(found, "a disturbed heart rhythm with these signs can be dangerous")


@rule("em_fainting")
def _fainting(see: View) -> str | None:
    found = see.pair(("fainting",), ("breathlessness", "confusion", "low_blood_pressure_reading", "severe_headache"))
    if see.has("fainting") and see.tag("heart_disease", "heart_failure"):
        found = "fainting with heart disease"
    found = found or (see.how(("during_exercise",), "fainting") and "fainting during exertion")
    return because(found, "this kind of faint needs a heart tracing today")


@rule("em_confusion")
def _confusion(see: View) -> str | None:
    return because(see.name("confusion"), "new confusion always needs help the same day")


@rule("em_drowsy")
def _drowsy(see: View) -> str | None:
    others = (
        "vomiting",
        "fever",
        "severe_headache",
        "tetany",
        "tremor",
        *g.JERK,
        *g.LOSS,
        *g.SPEECH,
        "perioral_tingling",
    )
    found = see.pair(("drowsiness",), (*others, "low_blood_pressure_reading", "muscle_spasm", "hand_cramps"))
    if see.has("drowsiness") and see.tag("lithium", "opioid", "benzodiazepine", "drugs", "head_injury", "insulin"):
        found = found or "drowsiness with a medicine or injury that can cause it"
    return because(found, "being hard to keep awake is a danger sign")


@rule("em_hallucinations")
def _hallucinations(see: View) -> str | None:
    return because(see.name("hallucinations"), "seeing or hearing things that are not there, newly, needs help now")


@rule("em_encephalitis")
def _encephalitis(see: View) -> str | None:
    found = see.pair(("muscle_jerks", "muscle_rippling"), ("agitation", "memory_problems", "slurred_speech", "fever"))
    return because(found, "the brain itself may be inflamed or poisoned")


@rule("em_meningitis")
def _meningitis(see: View) -> str | None:
    found = see.pair(("fever",), ("neck_stiffness", "severe_headache", *g.MIND, "seizure"))
    found = found or see.name("non_fading_rash")
    return because(found, "infection around the brain or in the blood must be excluded at once")


@rule("em_thunderclap")
def _thunderclap(see: View) -> str | None:
    found = see.recent("day", "severe_headache")
    found = found or see.pair(("severe_headache",), ("vomiting", "neck_stiffness", *g.MIND, *g.LOSS, "double_vision"))
    return because(found, "a headache like this can be a bleed or pressure in the head")


@rule("em_head")
def _head(see: View) -> str | None:
    if not see.tag("head_injury"):
        return None
    signs = (*g.MIND, "vomiting", "severe_headache", "seizure", "double_vision", "loss_of_consciousness", *g.LOSS)
    recent = any(f.days is not None and f.days <= see.limit("month_days") for f in see.tagged("head_injury"))
    asleep = ("daytime_sleepiness", "slurred_speech", "dilated_pupils")
    found = see.name(*signs, *asleep, *(g.EXCITED if recent else ()))
    return because(found and f"{found} after a head injury", "the head should be checked now")
