"""Emergencies of vessels, muscle breakdown, pregnancy, hormones, heat and kidney."""

from __future__ import annotations

from twitchwise.triage import groups as g
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import View

SEVERE = (
    *("severe_low_potassium", "severe_low_calcium", "severe_low_magnesium", "severe_low_sodium", "pre_eclampsia"),
    *("tetanus", "encephalitis", "diabetic_ketoacidosis", "rhabdomyolysis"),
)


@rule("em_named")
def _named(see: View) -> str | None:
    now = [f for f in see.obs.factors if f.present and f.id in SEVERE and (f.days or 0.0) <= see.limit("month_days")]
    found = min((f.id.replace("_", " ") for f in now), default="")
    return because(found and f"{found}, as stated", "this illness is treated the same day")


@rule("em_leg_dvt")
def _dvt(see: View) -> str | None:
    found = see.name("one_swollen_calf") or see.how(("one_sided",), "leg_swelling")
    more = ("leg_swelling", "tachycardia", "fever", "breathlessness", "chest_pain")
    found = found or see.pair(("calf_tenderness",), more)
    if see.has("calf_tenderness") and (see.expecting() or see.tag("cancer")):
        found = found or "a tender or red calf with a raised risk of clots"
    return because(found, "a clot in the leg must be excluded today")


@rule("em_pe")
def _pe(see: View) -> str | None:
    found = see.pair(g.CLOT, ("breathlessness", "chest_pain", "fainting", "low_oxygen"))
    found = found or see.pair(("leg_swelling",), ("breathlessness", "chest_pain", "low_oxygen"))
    sore = see.recent("fortnight_days", "leg_pain", "leg_cramps") or see.how(("one_sided",), "leg_cramps", "leg_pain")
    if sore and (see.recent("week_days", "breathlessness", "chest_pain") or see.has("low_oxygen", "tachycardia")):
        found = found or see.pair(("leg_cramps", "leg_pain"), ("breathlessness", "chest_pain", "low_oxygen"))
    return because(found, "a clot may have travelled to the lung")


@rule("em_cold_leg")
def _cold_leg(see: View) -> str | None:
    return because(see.name("cold_pale_limb"), "the blood supply of the limb may be blocked")


@rule("em_rhabdo")
def _rhabdo(see: View) -> str | None:
    sore = ("muscle_pain", "muscle_tenderness", "muscle_cramps", "muscle_spasm", "muscle_stiffness", "leg_pain")
    muscle = (*sore, *g.WEAK)
    found = see.pair(("dark_urine",), (*muscle, "muscle_jerks", "contracture_on_exertion"))
    if see.has("dark_urine") and (see.risk("recent_hard_exercise", "endurance", "heat") or see.tag("statin", "drugs")):
        found = found or "dark urine after hard effort, heat or a medicine that can harm muscle"
    if see.is_at("myoglobin_urine", "high", "very_high"):
        found = found or "muscle pigment in the urine"
    return because(found, "broken-down muscle can harm the kidneys")


@rule("em_eclampsia")
def _eclampsia(see: View) -> str | None:
    weeks = see.obs.pregnant_weeks
    if not see.expecting() or (see.obs.pregnant and weeks is not None and weeks < see.limit("eclampsia_weeks")):
        return None
    signs = (
        "severe_headache",
        "high_blood_pressure_reading",
        "blurred_vision",
        "sight_loss",
        "double_vision",
        "face_swelling",
    )
    found = see.name(*signs, "abdominal_pain", "hyperreflexia", "clonus")
    found = found or see.pair(("headache",), ("vomiting", "leg_swelling"))
    return because(found and f"{found} in late pregnancy or after birth", "pre-eclampsia must be excluded now")


@rule("em_pregnancy_spasm")
def _pregnancy_spasm(see: View) -> str | None:
    found = see.name("muscle_jerks", "painful_spasms") or see.pair(("muscle_spasm",), (*g.WEAK, *g.TINGLE))
    return because(found if see.expecting() else "", "spasms in pregnancy need the blood salts measured today")


@rule("em_adrenal")
def _adrenal(see: View) -> str | None:
    known = see.obs.factor("adrenal_insufficiency") is not None
    ill = ("vomiting", "low_blood_pressure_reading", "fainting", "confusion", "drowsiness", "fever", "abdominal_pain")
    found = see.name(*ill) if known else ""
    if not found and see.tag("corticosteroid"):
        found = see.pair(
            ("low_blood_pressure_reading", "fainting"), ("vomiting", "confusion", "abdominal_pain", *g.WEAK)
        )
    return because(found and f"{found} with weak adrenal glands or long steroid use", "a steroid may be needed at once")


@rule("em_shock")
def _shock(see: View) -> str | None:
    others = ("vomiting", "fainting", "confusion", "breathlessness", "fever", "chest_pain", *g.WEAK, *g.EXCITED)
    found = see.pair(("low_blood_pressure_reading",), others)
    return because(found, "a low pressure in an ill person needs help today")


@rule("em_slow_pulse")
def _slow_pulse(see: View) -> str | None:
    found = see.pair(
        ("bradycardia",),
        (
            "fainting",
            "confusion",
            "breathlessness",
            "low_blood_pressure_reading",
            "dizziness",
            "pallor",
            *g.SECRETION[:5],
        ),
    )
    return because(found, "a slow pulse with these signs can be poisoning, high potassium or a heart block")


@rule("em_thyroid")
def _thyroid(see: View) -> str | None:
    over = see.tag("thyroid") or see.has("goitre") or see.is_at("tsh", "low", "very_low")
    found = (
        see.pair(("fever", "confusion", "agitation"), ("tachycardia", "irregular_heartbeat", "vomiting"))
        if over
        else ""
    )
    if over:
        found = found or see.pair(("fever", "confusion"), ("fast_heartbeat",))
    return because(found and f"{found} with thyroid disease", "an overactive thyroid can become dangerous")


@rule("em_heat")
def _heat(see: View) -> str | None:
    ill = (*g.MIND, "seizure", "agitation", "ataxia_sign", "unsteady_gait", "fainting", "fever", "vomiting")
    found = see.name(*ill) if see.risk("heat") else ""
    return because(found and f"{found} in heat", "this may be heatstroke")


@rule("em_water")
def _water(see: View) -> str | None:
    found = see.name(*g.MIND, "seizure", "vomiting", "severe_headache", "headache") if see.risk("water_excess") else ""
    return because(found and f"{found} after drinking very much water", "sodium may have fallen fast")


@rule("em_losses")
def _losses(see: View) -> str | None:
    purging = see.has("vomiting", "diarrhoea") or see.tag("laxative", "eating_disorder")
    found = see.name("tetany", "irregular_heartbeat", "fainting", "chest_pain", *g.LOSS) if purging else ""
    return because(found and f"{found} with loss of salts", "potassium or magnesium may be very low")


@rule("em_kidney")
def _kidney(see: View) -> str | None:
    retains = see.tag("kidney", "dialysis", "potassium_sparing", "potassium_raising")
    found = see.name("irregular_heartbeat", "bradycardia", "paralysis", "sudden_weakness") if retains else ""
    if see.tag("kidney", "dialysis"):
        found = found or see.pair(("vomiting", *g.MIND), g.EXCITED)
    return because(
        found and f"{found} with weak kidneys or a medicine that raises potassium", "potassium may be dangerous"
    )


@rule("em_retention")
def _retention(see: View) -> str | None:
    found = see.name("blocked_bladder")
    if not found and see.has(*g.MOTOR):
        found = see.pair(("urinary_trouble",), ("vomiting", "nausea", "fever", "abdominal_pain"))
    return because(found, "a blocked bladder can stop the kidneys")


@rule("em_metabolic")
def _metabolic(see: View) -> str | None:
    fresh = see.recent("week_days", *g.TWITCH, "tremor", "muscle_spasm") if see.has("vomiting") else ""
    return because(fresh and f"new {fresh} with vomiting", "the blood salts, the sugar or the kidneys may have failed")
