"""Laboratory values that need action the same day."""

from __future__ import annotations

from twitchwise.labs.convert import show
from twitchwise.triage import groups as g
from twitchwise.triage.lab_names import lab_name
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import HIGH, LOW, View

SALTS = ("potassium", "sodium", "calcium", "adjusted_calcium", "ionised_calcium", "magnesium", "phosphate")
K_SIGNS = (*g.WEAK, "paralysis", *g.HEART, "breathlessness", "tetany", "muscle_spasm", "confusion", "vomiting")
CA_SIGNS = (
    "tetany",
    "trousseau_sign",
    "seizure",
    "laryngospasm",
    "muscle_spasm",
    *g.TINGLE,
    "muscle_jerks",
    "confusion",
)
NA_SIGNS = ("vomiting", *g.MIND, "seizure", "severe_headache", "unsteady_gait", "falls", "muscle_jerks")
MG_SIGNS = (*g.EXCITED, *g.WEAK, *g.HEART, *g.BALANCE, "seizure", "confusion", "vomiting")
QUIET = (
    "vitamin_d",
    "vitamin_b12",
    "active_b12",
    "vitamin_b6",
    "thiamine",
    "folate",
    "tsh",
    "free_t4",
    "free_t3",
    "pth",
)
OTHER = (
    "ferritin",
    "mma",
    "homocysteine",
    "albumin",
    "egfr",
    "ck",
    "gad_antibodies",
    "vgkc_antibodies",
    "achr_antibodies",
)


def _at(name: str, value: float | None, unit: str = "mmol/L") -> str:
    return "" if value is None else f"{name} {show(value)} {unit}"


@rule("lab_k_low")
def _k_low(see: View) -> str | None:
    return because(_at("potassium", see.below("potassium", "k_low")), "muscles and heart can fail at this level")


@rule("lab_k_low_sym")
def _k_low_sym(see: View) -> str | None:
    heart = see.ecg_abnormal() or see.tag("heart_disease", "heart_failure", "digoxin")
    found = _at("potassium", see.below("potassium", "k_low_sym")) if heart or see.has(*K_SIGNS) else ""
    if not found and see.worded("potassium", "low", "very_low") and see.has(*g.WEAK, "paralysis"):
        found = "A low potassium of unknown depth with weakness"
    return because(found, "with these signs or a heart at risk it is treated the same day")


@rule("lab_k_high")
def _k_high(see: View) -> str | None:
    return because(_at("potassium", see.above("potassium", "k_high")), "the heart can stop at this level")


@rule("lab_k_high_ecg")
def _k_high_ecg(see: View) -> str | None:
    signs = see.ecg_abnormal() or see.has(*g.HEART, *g.LOSS, "paralysis")
    found = _at("potassium", see.above("potassium", "k_high_ecg")) if signs else ""
    return because(found, "with heart or muscle signs it needs a heart tracing now")


@rule("lab_ca_low")
def _ca_low(see: View) -> str | None:
    return because(_at("calcium", see.low_calcium("ca_low")), "calcium this low is given into a vein")


@rule("lab_ca_sym")
def _ca_sym(see: View) -> str | None:
    low = see.low_calcium("ca_sym") is not None or see.worded("calcium", *LOW) or see.worded("adjusted_calcium", *LOW)
    low = low or see.is_at("ionised_calcium", *LOW)
    found = see.name(*CA_SIGNS) or ("a long QT interval" if see.ecg_abnormal() else "")
    return because(f"low calcium with {found}" if low and found else "", "signs count more than the exact level")


@rule("lab_ca_ion")
def _ca_ion(see: View) -> str | None:
    found = _at(lab_name("ionised_calcium"), see.below("ionised_calcium", "ca_ion_low"))
    return because(found, "the free calcium is severely low")


@rule("lab_ca_high")
def _ca_high(see: View) -> str | None:
    value = see.above("adjusted_calcium", "ca_high")
    if value is None:
        value = see.above("calcium", "ca_high")
    return because(_at("calcium", value), "calcium this high is treated the same day")


@rule("lab_mg_low")
def _mg_low(see: View) -> str | None:
    others = see.ecg_abnormal() or any(see.is_at(a, *LOW) for a in SALTS if a != "magnesium")
    found = _at("magnesium", see.below("magnesium", "mg_low_sym")) if others or see.has(*MG_SIGNS) else ""
    return because(found, "with signs, or other low salts, magnesium is given into a vein")


@rule("lab_mg_low2")
def _mg_low2(see: View) -> str | None:
    return because(
        _at("magnesium", see.below("magnesium", "mg_low")), "the heart and the nerves are at risk at this level"
    )


@rule("lab_mg_high")
def _mg_high(see: View) -> str | None:
    value = see.above("magnesium", "mg_high")
    if value is None and see.has(*g.WEAK, *g.MIND, "hyporeflexia", "low_blood_pressure_reading", "bradycardia"):
        value = see.above("magnesium", "mg_high_sym")
    return because(_at("magnesium", value), "too much magnesium can stop reflexes and breathing")


@rule("lab_na_low")
def _na_low(see: View) -> str | None:
    return because(_at("sodium", see.below("sodium", "na_low")), "the brain can swell at this level")


@rule("lab_na_sym")
def _na_sym(see: View) -> str | None:
    low = see.below("sodium", "na_sym") is not None or see.worded("sodium", *LOW)
    found = see.name(*NA_SIGNS) if low else ""
    if low and (see.risk("water_excess") or see.is_at("ck", *HIGH)):
        found = found or "signs of a fast fall"
    return because(found and f"low sodium with {found}", "this is treated the same day")


@rule("lab_na_high")
def _na_high(see: View) -> str | None:
    return because(_at("sodium", see.above("sodium", "na_high")), "the body lacks much water")


@rule("lab_phosphate")
def _phosphate(see: View) -> str | None:
    return because(
        _at("phosphate", see.below("phosphate", "phosphate_low")), "breathing muscles can fail at this level"
    )


@rule("lab_severe_word")
def _severe_word(see: View) -> str | None:
    found = next((a for a in SALTS if see.worded(a, "very_low", "very_high")), "")
    return because(
        found and f"{found.replace('_', ' ')} far outside its range", "a severe result needs action the same day"
    )


@rule("lab_salts_weak")
def _salts_weak(see: View) -> str | None:
    low = [a for a in ("potassium", "calcium", "magnesium", "sodium") if see.worded(a, *LOW)]
    signs = (
        "paralysis",
        *g.LOSS,
        "falls",
        "tetany",
        "seizure",
        "confusion",
        "irregular_heartbeat",
        "fainting",
        "vomiting",
    )
    found = see.name(*signs) if low else ""
    enough = found and (
        len(low) >= see.limit("salts_count") or see.has(*g.MIND, "seizure", "paralysis", "irregular_heartbeat")
    )
    return because(
        f"low {low[0]} with {found}" if enough else "", "low salts with this sign are measured again and treated today"
    )


@rule("lab_qt")
def _qt(see: View) -> str | None:
    found = _at("QT interval", see.above("qtc", "qtc_long"), "ms")
    salts = any(see.is_at(a, *LOW) for a in SALTS)
    if not found and salts:
        found = _at("low salts and a QT interval of", see.above("qtc", "qtc_border"), "ms")
        found = found or ("low salts with an abnormal heart tracing" if see.ecg_abnormal() else "")
    return because(found, "dangerous heart rhythms are possible")


@rule("lab_ck")
def _ck(see: View) -> str | None:
    return because(
        _at("creatine kinase", see.above("ck", "ck_high"), "U/L"), "the kidneys can be harmed above this level"
    )


@rule("lab_ck_sym")
def _ck_sym(see: View) -> str | None:
    acute = see.has("dark_urine", "fever", "seizure", "rigidity", "paralysis", "sudden_weakness", "vomiting")
    acute = (
        acute or see.risk("recent_hard_exercise", "heat", "endurance") or see.tag("drugs", "stimulant", "antipsychotic")
    )
    found = _at("creatine kinase", see.above("ck", "ck_sym"), "U/L") if acute else ""
    if acute and see.worded("ck", *HIGH):
        found = found or "raised creatine kinase with signs of muscle breakdown"
    return because(found, "muscle is breaking down, so kidney function is checked today")


@rule("lab_glucose_low")
def _glucose_low(see: View) -> str | None:
    return because(_at("glucose", see.below("glucose", "glucose_low")), "sugar this low is treated at once")


@rule("lab_glucose_high")
def _glucose_high(see: View) -> str | None:
    value = see.above("glucose", "glucose_high")
    if value is None and see.has("vomiting", "fast_breathing", "abdominal_pain", *g.MIND):
        value = see.above("glucose", "glucose_high_sym")
    return because(_at("glucose", value), "sugar this high can poison the blood")


@rule("lab_creat")
def _creat(see: View) -> str | None:
    found = sorted(r.value for r in (*see.labs, *see.earlier) if r.analyte == "creatinine" and r.value is not None)
    risen = len(found) > 1 and found[-1] >= found[0] * see.limit("creat_ratio")
    why = (
        "two creatinine results that differ by half or more"
        if risen
        else _at("kidney filtration", see.below("egfr", "egfr_failure"), "ml/min")
    )
    return because(why, "the kidneys may be failing")


@rule("lab_acid")
def _acid(see: View) -> str | None:
    value = see.below("bicarbonate", "bicarbonate_low")
    if value is None:
        value = see.above("bicarbonate", "bicarbonate_high")
    return because(_at("bicarbonate", value), "the acidity of the blood is far off")


@rule("lab_lithium")
def _lithium_level(see: View) -> str | None:
    return because(_at("lithium", see.above("lithium", "lithium_high")), "this is a poisonous level")


@rule("lab_urgent")
def _urgent(see: View) -> str | None:
    names = sorted({r.analyte for r in see.labs if r.urgent and r.analyte not in (*QUIET, *OTHER)})
    found = f"{lab_name(names[0])} at a critical level" if names else ""
    return because(found, "a laboratory phones such a result through at once")
