"""Reasons to be seen within days: medicines, substances and known diseases."""

from __future__ import annotations

from twitchwise.triage import groups as g
from twitchwise.triage.picture import new_medicine
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import View


@rule("pr_newmed")
def _new_medicine(see: View) -> str | None:
    signs = (*g.MEDICINE_SIGNS, *g.WEAK)
    found = see.name(*signs) if new_medicine(see) else ""
    found = found or see.how(("after_new_medicine",), *signs)
    return because(found and f"{found} within weeks of a new medicine", "call the prescriber and do not stop it alone")


@rule("pr_ssri")
def _ssri(see: View) -> str | None:
    found = (
        see.name("nausea", "dizziness", "unsteady_gait", "headache", "falls") if see.since("ssri_days", "ssri") else ""
    )
    known = any(d is not None for f in see.tagged("ssri") for d in (f.days, f.changed_days))
    return because(
        (found and known and f"{found} in the first weeks of an antidepressant") or "", "sodium should be measured"
    )


@rule("pr_thiazide")
def _thiazide(see: View) -> str | None:
    found = see.name(*g.CRAMP, *g.WEAK, *g.BALANCE, "palpitations", "paresthesia") if see.tag("thiazide") else ""
    return because(
        found and f"{found} on a thiazide water tablet", "potassium, sodium, magnesium and kidneys within a week"
    )


@rule("pr_ppi")
def _ppi(see: View) -> str | None:
    if not see.tag("ppi"):
        return None
    long = any(f.days is not None and f.days >= see.limit("ppi_days") for f in see.tagged("ppi"))
    found = see.name(*g.CRAMP, "palpitations", "limb_twitching", "widespread_twitching", *g.TINGLE) if long else ""
    found = found or see.pair(
        ("muscle_cramps", "muscle_spasm", "paresthesia"), ("palpitations", "paresthesia", "tremor")
    )
    return because(found and f"{found} on an acid blocker", "magnesium, calcium and potassium within a week")


@rule("pr_n2o")
def _n2o(see: View) -> str | None:
    found = see.name(*g.TINGLE, *g.WEAK, *g.BALANCE, "felt_weakness") if see.tag("nitrous_oxide") else ""
    return because(found and f"{found} with laughing gas", "treatment starts before the result of the blood test")


@rule("pr_b6")
def _b6(see: View) -> str | None:
    high = max(see.obs.doses.get("vitamin_b6", 0.0), see.obs.doses.get("b6", 0.0)) >= see.limit("b6_mg")
    found = see.name(*g.TINGLE, "burning_pain", "electric_shocks", *g.BALANCE) if high else ""
    return because(
        found and f"{found} with high-dose vitamin B6", "the supplement can harm nerves and should be stopped"
    )


@rule("pr_lithium")
def _lithium(see: View) -> str | None:
    found = see.name("tremor", *g.MOTOR, "nausea", "polyuria") if see.tag("lithium") else ""
    return because(found and f"{found} on lithium", "the level should be measured within days")


@rule("pr_stimulant")
def _stimulant(see: View) -> str | None:
    if not see.tag("stimulant", "beta_agonist", "drugs"):
        return None
    found = see.name("agitation", "chest_pain")
    ill = see.count("sweating", "dizziness", "nausea", "headache", "restlessness") >= see.limit("stimulant_signs")
    found = found or (see.name("palpitations") if ill else "")
    return because(found and f"{found} with a stimulant", "the heart should be checked and the dose talked through")


@rule("pr_alcohol")
def _alcohol(see: View) -> str | None:
    found = (
        see.name("tremor", "sweating", *g.TINGLE, *g.CRAMP, *g.BALANCE) if see.tag("alcohol", "benzodiazepine") else ""
    )
    return because(
        found and f"{found} with heavy drinking or a sedative", "do not stop suddenly; get advice within days"
    )


@rule("pr_taper")
def _taper(see: View) -> str | None:
    sedatives = see.tagged("benzodiazepine")
    changed = any(f.changed_days is not None and f.changed_days <= see.limit("new_medicine_days") for f in sedatives)
    used = any(f.days is None or f.days > see.limit("month_days") for f in sedatives)
    stopped = see.obs.factor("benzodiazepine_withdrawal", "baclofen_gabapentin_withdrawal") is not None
    signs = (*g.TWITCH, *g.JERK, "muscle_spasm", "muscle_stiffness", *g.TINGLE, "startle")
    found = see.name(*signs) if stopped or (changed and used) else ""
    return because(
        found and f"{found} while a sedative is being lowered", "the steps may be too fast; do not stop it suddenly"
    )


@rule("pr_statin")
def _statin(see: View) -> str | None:
    found = see.name("muscle_tenderness", *g.WEAK) if see.tag("statin") else ""
    return because(found and f"{found} on a statin", "creatine kinase should be measured within days")


@rule("pr_ckd")
def _ckd(see: View) -> str | None:
    found = see.name(*g.EXCITED) if see.tag("kidney", "dialysis") else ""
    return because(found and f"{found} with kidney disease", "blood tests within days")


@rule("pr_bowel")
def _bowel(see: View) -> str | None:
    found = see.name(*g.TINGLE, "tetany", *g.BALANCE) if see.tag("bowel") else ""
    if see.tag("bariatric", "eating_disorder"):
        found = found or see.name(*g.EXCITED, *g.WEAK, *g.BALANCE, "palpitations")
    return because(found and f"{found} with poor uptake of nutrients", "blood tests within days")


@rule("pr_nerve_known")
def _known(see: View) -> str | None:
    found = see.name(*g.WEAK, *g.SPEECH, "breathlessness", "drooping_eyelid", "double_vision", *g.BALANCE)
    known = see.tag("mnd", "myasthenia", "nerve_disease")
    return because(
        (found and known and f"{found} with a known nerve or muscle disease") or "", "tell the team that treats it"
    )


@rule("pr_head_injury")
def _head(see: View) -> str | None:
    found = see.name(*g.MOTOR, "headache", "dizziness") if see.tag("head_injury") else ""
    old = [f for f in see.tagged("head_injury") if f.days is not None and f.days > see.limit("month_days")]
    past = bool(old) and len(old) == len(see.tagged("head_injury"))
    return because("" if past else found and f"{found} after a head injury", "this should be checked within days")


@rule("pr_head_posture")
def _antipsychotic(see: View) -> str | None:
    found = (
        see.name("muscle_stiffness", "muscle_spasm", "slow_movement", "restlessness")
        if see.tag("antipsychotic")
        else ""
    )
    return because(found and f"{found} on an antipsychotic", "call the prescriber within days")
