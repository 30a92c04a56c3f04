"""Laboratory values to act on within days to two weeks."""

from __future__ import annotations

from twitchwise.labs.convert import show
from twitchwise.triage import groups as g
from twitchwise.triage.lab_names import lab_name
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import HIGH, LOW, View

ANTIBODIES = ("gad_antibodies", "vgkc_antibodies", "achr_antibodies")
FELT = (*g.EXCITED, *g.WEAK, *g.BALANCE, *g.HEART, "felt_weakness", "fatigue", "confusion", "dizziness", "nausea")


@rule("lab_salts")
def _salts(see: View) -> str | None:
    low = ("magnesium", "potassium", "calcium", "adjusted_calcium", "ionised_calcium")
    found = next((f"low {lab_name(a)}" for a in low if see.is_at(a, *LOW)), "")
    found = found or next(
        (f"high {lab_name(a)}" for a in ("potassium", "calcium", "adjusted_calcium") if see.is_at(a, *HIGH)), ""
    )
    return because(found, "the cause should be found and the value measured again within days")


@rule("lab_sodium")
def _sodium(see: View) -> str | None:
    low = see.below("sodium", "na_mild") is not None or see.worded("sodium", *LOW)
    found = "low sodium" if low and see.has(*FELT) else ""
    found = found or ("high sodium" if see.above("sodium", "na_mild_high") is not None else "")
    return because(found, "medicines and fluids should be looked at within days")


@rule("lab_phosphate_mild")
def _phosphate_mild(see: View) -> str | None:
    found = see.below("phosphate", "phosphate_mild") is not None and see.has(*FELT)
    return because("low phosphate with signs" if found else "", "this should be looked at within days")


@rule("lab_tsh")
def _tsh(see: View) -> str | None:
    low = see.below("tsh", "tsh_low") is not None or see.is_at("tsh", "very_low") or see.is_at("free_t4", *HIGH)
    high = see.above("tsh", "tsh_high") is not None or see.is_at("tsh", "very_high")
    found = "an overactive thyroid" if low else "an underactive thyroid" if high else ""
    return because(found and f"a thyroid test that points to {found}", "treatment should be planned within days")


@rule("lab_b12_neuro")
def _b12(see: View) -> str | None:
    low = see.is_at("vitamin_b12", *LOW) or see.is_at("active_b12", *LOW)
    low = low or see.is_at("mma", *HIGH) or see.is_at("homocysteine", *HIGH)
    found = see.name(*g.TINGLE, *g.BALANCE, "vibration_loss", "memory_problems", *g.WEAK, "burning_pain") if low else ""
    return because(found and f"signs of low vitamin B12 with {found}", "treatment is started within days")


@rule("lab_b1_neuro")
def _b1(see: View) -> str | None:
    found = see.name(*FELT) if see.is_at("thiamine", *LOW) else ""
    return because(found and f"low vitamin B1 with {found}", "it is replaced within days")


@rule("lab_b6_high")
def _b6_high(see: View) -> str | None:
    found = see.name(*g.TINGLE, "burning_pain", *g.BALANCE) if see.is_at("vitamin_b6", *HIGH) else ""
    return because(found and f"high vitamin B6 with {found}", "supplements should be looked through within days")


@rule("lab_ck_prompt")
def _ck(see: View) -> str | None:
    value = see.above("ck", "ck_sym")
    found = f"creatine kinase {show(value)} U/L" if value is not None else ""
    raised = see.is_at("ck", *HIGH) and see.has(*g.WEAK, "muscle_wasting", "muscle_pain", "muscle_tenderness")
    return because(
        found or ("raised creatine kinase with muscle signs" if raised else ""), "muscle is checked within days"
    )


@rule("lab_kidney")
def _kidney(see: View) -> str | None:
    value = see.below("egfr", "egfr_low")
    found = f"kidney filtration {show(value)} ml/min" if value is not None else ""
    if see.is_at("creatinine", *HIGH):
        found = found or (see.name(*g.EXCITED) and f"raised creatinine with {see.name(*g.EXCITED)}")
    return because(found, "the kidneys should be checked within days")


@rule("lab_sugar")
def _sugar(see: View) -> str | None:
    value = see.above("glucose", "glucose_diabetes")
    found = "" if value is None else f"glucose {show(value)} mmol/L"
    return because(found, "diabetes should be looked for within days")


@rule("lab_antibody")
def _antibody(see: View) -> str | None:
    found = next((lab_name(a) for a in ANTIBODIES if see.is_at(a, *HIGH)), "")
    return because(found and f"raised {found}", "a neurologist should see this result")


@rule("lab_vitd_weak")
def _vitd(see: View) -> str | None:
    found = see.name("proximal_weakness", "bone_deformity", "tetany", *g.WEAK) if see.is_at("vitamin_d", *LOW) else ""
    return because(found and f"low vitamin D with {found}", "calcium and bone markers are measured within days")
