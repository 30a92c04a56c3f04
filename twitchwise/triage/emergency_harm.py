"""Emergencies from poisons, bites, medicines, drugs and withdrawal."""

from __future__ import annotations

from twitchwise.triage import groups as g
from twitchwise.triage.picture import panic_known
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import View

AROUSED = ("agitation", "confusion", "fever", "hallucinations", "tachycardia", "dilated_pupils")


@rule("em_rigid_fever")
def _rigid_fever(see: View) -> str | None:
    found = see.pair(("rigidity", "muscle_stiffness", "muscle_jerks", "painful_spasms"), ("fever",))
    found = found or see.pair(("rigidity",), ("confusion", "agitation", "reduced_consciousness"))
    return because(
        found, "stiff or jerking muscles with fever or a changed mind can be a drug reaction or an infection"
    )


@rule("em_serotonin")
def _serotonin(see: View) -> str | None:
    if not see.tag("serotonergic", "ssri"):
        return None
    found = see.name("clonus") or see.pair(("tremor",), ("hyperreflexia",))
    movement = (*g.JERK, "tremor", "rigidity", "hyperreflexia")
    found = found or see.pair(movement, ("fever", "confusion", "dilated_pupils", "hallucinations"))
    if (
        see.obs.factor("two_serotonin_medicines")
        and see.count("agitation", "restlessness", "sweating", "diarrhoea") > 1
    ):
        found = found or see.name(*g.MOTOR)
    excited = see.count("agitation", "restlessness", "sweating", "diarrhoea", "fast_heartbeat")
    if excited >= see.limit("serotonin_signs"):
        found = found or see.pair((*g.JERK, "hyperreflexia"), ("agitation", "restlessness", "sweating", "diarrhoea"))
    if see.has("agitation") and see.has("sweating", "diarrhoea", "tachycardia"):
        found = found or see.pair(movement, ("agitation",))
    return because(found and f"{found} on a serotonin medicine", "this may be serotonin syndrome")


@rule("em_nms")
def _nms(see: View) -> str | None:
    if not see.tag("antipsychotic"):
        return None
    others = ("fever", "confusion", "sweating", "tachycardia", "reduced_consciousness", "dark_urine")
    found = see.pair(("rigidity", "muscle_stiffness"), others)
    why = "this may be a bad state brought on by the drug (neuroleptic malignant syndrome)"
    return because(found and f"{found} on an antipsychotic", why)


@rule("em_lithium")
def _lithium(see: View) -> str | None:
    if not see.tag("lithium"):
        return None
    signs = ("coarse_tremor", *g.MIND, "slurred_speech", *g.BALANCE, *g.JERK, "nystagmus", "vomiting", "diarrhoea")
    found = see.name(*signs, "blurred_vision", "widespread_twitching", "muscle_rippling", *g.WEAK)
    return because(
        found and f"{found} on lithium", "lithium may be at a poisonous level, even when a past level was normal"
    )


@rule("em_op")
def _organophosphate(see: View) -> str | None:
    exposed = see.tag("insecticide")
    found = see.name(*g.SECRETION, *g.TWITCH, "breathlessness", "blurred_vision", *g.WEAK, *g.MIND) if exposed else ""
    found = found and f"{found} after insecticide"
    secretions = see.count("salivation", "tearing", "sweating", "vomiting", "diarrhoea", "pinpoint_pupils")
    if secretions >= see.limit("secretion_count") and see.has("salivation", "pinpoint_pupils"):
        found = found or see.pair(
            ("salivation", "pinpoint_pupils"), (*g.TWITCH, *g.WEAK, "breathlessness", "confusion")
        )
    return because(found, "nerve poison can stop the breathing a day or more later")


@rule("em_cholinergic")
def _cholinergic(see: View) -> str | None:
    if not see.tag("anticholinesterase", "myasthenia"):
        return None
    many = see.count(*g.SECRETION, "abdominal_pain") >= see.limit("cholinergic_count")
    found = see.name("choking", "difficulty_swallowing", "breathlessness", "slurred_speech")
    found = found or (see.name(*g.SECRETION) if many else "")
    return because(
        found and f"{found} with myasthenia or its medicine", "too much medicine or too little can both be dangerous"
    )


@rule("em_toxin")
def _toxin(see: View) -> str | None:
    if not see.tag("poison"):
        return None
    body = ("abdominal_pain", "vomiting", "headache", "sweating", "breathlessness", "dizziness", "muscle_pain")
    others = ("drooping_eyelid", "double_vision", "fever", "abdominal_guarding", "blurred_vision", "dry_mouth")
    found = see.name(*g.EXCITED, *g.WEAK, *g.MIND, *g.BALANCE, *body, *g.HEART, *others, *g.SPEECH)
    return because(found and f"{found} after a possible poison, bite or gas", "a poison centre should advise now")


@rule("em_overdose_told")
def _overdose_told(see: View) -> str | None:
    told = "too much of a medicine, as stated" if see.tag("overdose") else ""
    return because(told, "some medicines harm only hours later, so advice is needed before anything is felt")


@rule("em_bite_belly")
def _bite(see: View) -> str | None:
    found = see.pair(("abdominal_guarding",), ("muscle_cramps", "sweating", "muscle_spasm", "tachycardia"))
    return because(found, "a hard painful belly needs a surgeon, or an antidote after a spider bite")


@rule("em_drugs")
def _drugs(see: View) -> str | None:
    if not see.tag("drugs"):
        return None
    found = see.name(*AROUSED, "chest_pain", *g.JERK, "severe_headache", "rigidity")
    if see.taken("stimulant"):
        found = found or see.name("fast_heartbeat", "tremor", "vomiting", "sweating")
    return because(found and f"{found} after a drug", "stimulant drugs can overheat the body and disturb the heart")


@rule("em_stimulant")
def _stimulant(see: View) -> str | None:
    if not see.taken("stimulant", "beta_agonist"):
        return None
    found = see.name("chest_pain", "fainting", "hallucinations", "confusion")
    found = found or see.pair(
        ("tachycardia", "agitation", "irregular_heartbeat"),
        ("tachycardia", "vomiting", "tremor", *g.JERK, "dizziness", "fever", "sweating"),
    )
    return because(found and f"{found} on a stimulant", "too much stimulant can disturb the heart")


@rule("em_overdose")
def _overdose(see: View) -> str | None:
    doses = [f.dose_mg_per_day for f in see.obs.factors if f.present and f.id.startswith("caffeine")]
    large = max([d for d in doses if d is not None], default=0.0) + see.obs.doses.get("caffeine", 0.0)
    if large < see.limit("caffeine_overdose_mg"):
        return None
    signs = (
        "agitation",
        "vomiting",
        "confusion",
        "seizure",
        *g.JERK,
        "chest_pain",
        "tachycardia",
        "irregular_heartbeat",
    )
    found = see.name(*signs) or ("" if panic_known(see) else see.name("palpitations"))
    return because(found and f"{found} after more than a gram of caffeine", "so much caffeine is poisonous")


@rule("em_withdrawal")
def _withdrawal(see: View) -> str | None:
    named = see.obs.factor("benzodiazepine_withdrawal", "baclofen_gabapentin_withdrawal") is not None
    shaky = (
        "tremor",
        "sweating",
        "agitation",
        "vomiting",
        "palpitations",
        "restlessness",
        "high_blood_pressure_reading",
    )
    found = see.name(*g.MIND, "seizure", *shaky, *g.JERK) if named or see.tag("alcohol_withdrawal") else ""
    if see.obs.factor("baclofen_gabapentin_withdrawal") is not None:
        found = found or see.pair(("muscle_spasm", "rigidity", "muscle_stiffness"), ("fever", "itch", "sweating"))
    if see.tag("alcohol", "benzodiazepine"):
        others = ("hallucinations", "confusion", "tachycardia", "agitation", "vomiting", "fever")
        found = found or see.pair(("tremor", "sweating"), others)
    return because(found and f"{found} after alcohol or a sedative", "withdrawal can lead to fits")


@rule("em_overdrive")
def _overdrive(see: View) -> str | None:
    shaking = [f for f in see.stated("tremor") if not f.sign]
    old = bool(shaking) and all(f.days is not None and f.days > see.limit("month_days") for f in shaking)
    holds = see.has("high_blood_pressure_reading") and not old
    found = see.pair(("tremor",), ("tachycardia",)) if holds else ""
    return because(found, "shaking with a fast pulse and high blood pressure can be withdrawal, a drug or the thyroid")


@rule("em_wernicke")
def _wernicke(see: View) -> str | None:
    signs = (("confusion", "memory_problems"), g.EYES, ("ataxia_sign", "unsteady_gait"))
    shown = [see.name(*s) for s in signs if see.has(*s)]
    starved = see.tag("eating_disorder", "bariatric") or see.risk("low_intake") or see.has("vomiting")
    drinks = see.tag("alcohol", "alcohol_withdrawal")
    enough = len(shown) + (1 if starved else 0) >= see.limit("wernicke_signs") and (starved or drinks)
    found = " and ".join(shown) if shown and enough else ""
    return because(found, "vitamin B1 may be running out and is given before any test")


@rule("em_ketones")
def _ketones(see: View) -> str | None:
    if not see.tag("insulin", "diabetes") and not see.has("high_glucose_level"):
        return None
    others = ("fast_breathing", "tachypnoea", "thirst", "drowsiness", "polyuria", "high_glucose_level")
    found = see.pair(("vomiting", "abdominal_pain"), others)
    return because(found and f"{found} in diabetes", "the blood can turn sour when insulin is lacking")


@rule("em_hypo")
def _hypo(see: View) -> str | None:
    if not see.tag("insulin"):
        return None
    found = see.name(*g.MIND, "seizure") or see.pair(("tremor", "sweating"), ("sweating", "palpitations", "pallor"))
    return because(found and f"{found} on a medicine that lowers sugar", "check the sugar and treat it at once")
