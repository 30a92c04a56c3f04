"""Reasons to book a visit."""

from __future__ import annotations

from twitchwise.triage import groups as g
from twitchwise.triage.lab_names import lab_name
from twitchwise.triage.picture import (
    COFFEE,
    CRAMPS,
    EFFORT,
    MANY,
    MIND,
    beyond_lid,
    exercised,
    new_medicine,
    only,
    reassured,
    regions,
    with_caffeine,
)
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import View

SHAKY = (
    "stimulant",
    "beta_agonist",
    "ssri",
    "serotonergic",
    "antipsychotic",
    "antiepileptic",
    "corticosteroid",
    "calcineurin",
)


def _after_effort(see: View) -> bool:
    return exercised(see) and only(see, MANY, CRAMPS, MIND, EFFORT, COFFEE)


@rule("rt_child")
def _child(see: View) -> str | None:
    young = see.younger("child_age") and see.obs.present
    return because("a complaint under 16 years" if young else "", "a doctor should look once")


@rule("rt_2weeks")
def _two_weeks(see: View) -> str | None:
    long = [f for f in beyond_lid(see) if f.days is not None and f.days > see.limit("twitch_days")]
    found = "a twitch of more than two weeks" if long and not reassured(see) else ""
    return because(found, "one examination settles most doubts")


@rule("rt_growing")
def _growing(see: View) -> str | None:
    more = [f for f in beyond_lid(see) if f.course == "worse" or {"worsening", "spreading"} & f.when]
    return because("a twitch that grows or spreads" if more else "", "one examination settles most doubts")


@rule("rt_sites")
def _sites(see: View) -> str | None:
    several = len(regions(see)) > 1 and not reassured(see) and not _after_effort(see)
    return because(
        "twitches in more than one place" if several else "", "this is common and mostly harmless, and worth one visit"
    )


@rule("rt_face")
def _face(see: View) -> str | None:
    return because(see.name("face_twitching"), "if it stays on one side or spreads, come sooner")


@rule("rt_weak")
def _felt_weak(see: View) -> str | None:
    found = see.name("felt_weakness", "neck_stiffness") or (see.name("muscle_stiffness") if not exercised(see) else "")
    return because(found, "strength can be tested at a visit")


@rule("rt_rxmed")
def _medicine(see: View) -> str | None:
    found = see.how(("after_new_medicine",), *g.MOTOR, "sleep_jerks", "restlessness")
    found = found or (see.name(*g.MOTOR, "sleep_jerks") if new_medicine(see) else "")
    found = found or (see.name("tremor") if see.taken(*SHAKY) else "")
    if see.taken("serotonergic", "ssri", "antipsychotic", "stimulant"):
        found = found or see.name("sleep_jerks")
    reason = f"{found} with a medicine that can cause it" if found else ""
    return because(reason, "ask the prescriber and do not stop it alone")


@rule("rt_statin")
def _statin(see: View) -> str | None:
    found = see.name(*g.CRAMP, "muscle_pain", "leg_pain", "muscle_stiffness") if see.tag("statin") else ""
    return because(found and f"{found} on a statin", "a blood test and a talk about the dose")


@rule("rt_crampsleep")
def _cramp_sleep(see: View) -> str | None:
    found = see.how(("disturbs_sleep",), *g.CRAMP_ONLY, "limb_twitching")
    return because(found and f"{found}, disturbing sleep", "causes and medicines can be checked")


@rule("rt_cramp_numb")
def _cramp_numb(see: View) -> str | None:
    return because(
        see.pair(g.CRAMP_ONLY, ("numbness", "leg_swelling", "paresthesia")), "nerves and circulation can be checked"
    )


@rule("rt_cramp_repeat")
def _cramp_repeat(see: View) -> str | None:
    long = see.lasting("cramp_days", *g.CRAMP_ONLY) or see.how(("worsening",), *g.CRAMP_ONLY)
    found = "" if exercised(see) and only(see, CRAMPS, EFFORT, MIND) else long
    return because(
        found and f"{found} for more than four weeks", "medicines, circulation and blood salts can be checked"
    )


@rule("rt_cramp_drugs")
def _cramp_drugs(see: View) -> str | None:
    tags = (
        "thiazide",
        "loop_diuretic",
        "beta_agonist",
        "diabetes",
        "liver",
        "thyroid",
        "ppi",
        "potassium_lowering",
        "platinum",
        "levothyroxine",
    )
    found = see.name(*g.CRAMP) if see.tag(*tags, "magnesium_lowering", "calcium_lowering", "sodium_lowering") else ""
    return because(
        found and f"{found} with a medicine or illness that can cause it", "a blood test and a look at the medicines"
    )


@rule("rt_walk")
def _walk(see: View) -> str | None:
    effort = [f for f in see.stated("leg_cramps", "exercise_cramps", "leg_pain") if "during_exercise" in f.when]
    legs = [f for f in effort if {"calf", "leg"} & set(f.where)]
    older = see.obs.age is not None and not see.younger("over50_age")
    sport = see.risk("endurance", "recent_hard_exercise", "heat")
    found = see.name("pain_on_walking") or ("leg cramp on effort after 50" if legs and older and not sport else "")
    return because(found, "the circulation of the legs should be tested")


@rule("rt_vegan")
def _vegan(see: View) -> str | None:
    covered = see.risk("b12_supplement", "fortified_vegan")
    found = see.name(*g.TINGLE, "burning_pain", "glossitis") if see.risk("vegan", "vegetarian") and not covered else ""
    found = found or (see.name("muscle_twitching") if see.risk("vegan") and not covered else "")
    return because(found and f"{found} on a diet without sure vitamin B12", "blood for vitamin B12 before taking it")


@rule("rt_vitd")
def _vitd(see: View) -> str | None:
    found = see.name("bone_pain")
    if see.risk("low_sun", "covered_skin", "dark_skin", "high_latitude_winter"):
        found = found or see.pair(("muscle_pain",), (*g.CRAMP, "fatigue", "back_pain"))
    return because(found, "vitamin D, calcium and bone markers can be measured")


@rule("rt_over50")
def _over_50(see: View) -> str | None:
    older = see.obs.age is not None and not see.younger("over50_age")
    found = older and len(regions(see)) > 1 and not _after_effort(see)
    return because(
        "new twitching in several places after 50" if found else "", "an examination of strength is worth while"
    )


@rule("rt_repeat")
def _repeat(see: View) -> str | None:
    long = [f for f in beyond_lid(see) if f.days is not None and f.days > see.limit("repeat_days")]
    found = "twitching for months" if long and not reassured(see) else ""
    found = found or (
        "an eyelid that twitches for half a year" if see.lasting("eyelid_days", "eyelid_twitching") else ""
    )
    return because(found, "it is examined once, and again after half a year")


@rule("rt_seed_signs")
def _seed_signs(see: View) -> str | None:
    others = (*g.TINGLE, "burning_pain", "muscle_pain", "joint_pain")
    found = "" if _after_effort(see) else see.pair(("muscle_twitching",), others)
    spoils = {"disturbs_daily_life", "disturbs_sleep"}
    bothers = any(spoils & f.when for f in (*beyond_lid(see), *see.stated("sleep_kicks")))
    found = found or ("twitching that disturbs life or sleep" if bothers else "")
    return because(found, "this deserves a visit")


@rule("rt_preg")
def _pregnant(see: View) -> str | None:
    found = see.name(*g.CRAMP, *g.TWITCH, "restless_legs_urge", "paresthesia", "numbness") if see.expecting() else ""
    return because(found and f"{found} in pregnancy", "mention it to the midwife")


@rule("rt_tingle")
def _tingle(see: View) -> str | None:
    return because(
        see.name(*g.TINGLE, "burning_pain", "electric_shocks"), "nerves, sugar and vitamin B12 can be checked"
    )


@rule("rt_tremor")
def _tremor(see: View) -> str | None:
    found = see.name("tremor")
    coffee = with_caffeine(see) and only(see, COFFEE, MIND, MANY)
    return because("" if coffee else found, "the thyroid and the medicines can be checked")


@rule("rt_rls")
def _restless(see: View) -> str | None:
    return because(see.name("restless_legs_urge", "sleep_kicks"), "iron can be measured and treatment talked through")


@rule("rt_palpitations")
def _palpitations(see: View) -> str | None:
    return because(see.name("palpitations"), "a heart tracing and the thyroid can be checked")


@rule("rt_hormone")
def _hormone(see: View) -> str | None:
    signs = (
        "cold_intolerance",
        "heat_intolerance",
        "weight_gain",
        "weight_loss",
        "goitre",
        "delayed_reflexes",
        "dry_skin",
    )
    return because(see.name(*signs, "face_swelling"), "the thyroid can be measured")


@rule("rt_thirst")
def _thirst(see: View) -> str | None:
    found = see.pair(("polyuria",), ("thirst", "weight_loss", "blurred_vision"))
    return because(found, "sugar and calcium can be measured")


@rule("rt_back")
def _back(see: View) -> str | None:
    return because(see.name("radiating_pain"), "a nerve in the back or neck may be pressed")


@rule("rt_lab")
def _lab(see: View) -> str | None:
    odd = sorted(r.analyte for r in see.labs if r.level in ("low", "high", "very_low", "very_high"))
    return because(f"{lab_name(odd[0])} outside its range" if odd else "", "the result should be talked through")


@rule("rt_panic")
def _panic(see: View) -> str | None:
    found = see.pair(("panic_attacks", "fast_breathing"), (*g.EXCITED, "dizziness", "palpitations", "throat_tightness"))
    return because(found, "breathing and fear can be treated, and one check settles the rest")
