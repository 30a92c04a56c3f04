"""Harm guards: each is a small cited function that says why a kind of advice must be withheld from this person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from twitchwise.evidence.types import Cite, Limit
from twitchwise.plan.situation import Situation

Reason = str | None

EGFR_LOW = Limit("guard_egfr", 60, "mL/min/1.73m2", Cite("k99", "eGFR below 60"), status="verified")
POTASSIUM_HIGH = Limit(
    "guard_potassium", 5.0, "mmol/L", Cite("ben_salem_hyperkalaemia_2014", "definition"), status="verified"
)
SODIUM_LOW = Limit("guard_sodium", 135, "mmol/L", Cite("eu_na", "grades"), status="verified")
B12_TESTS = ("vitamin_b12", "active_b12", "mma", "homocysteine")
CALCIUM_TESTS = ("calcium", "adjusted_calcium", "ionised_calcium")
RAISING = "a medicine that can raise potassium"
KIDNEY_TESTS = ("egfr", "creatinine", "kidney_function")


@dataclass(frozen=True, slots=True)
class Guard:
    """A kind of advice, the function that says why to withhold it, and what supports the rule."""

    id: str
    withholds: str
    why: Callable[[Situation], Reason]
    cites: tuple[Cite, ...]


GUARDS: dict[str, Guard] = {}


def guard(withholds: str, *cites: Cite) -> Callable[[Callable[[Situation], Reason]], Callable[[Situation], Reason]]:
    """Register a harm guard under the name of its function.

    Parameters: withholds, the advice in plain words; cites, what supports the rule. Returns: the decorator.
    """

    def register(function: Callable[[Situation], Reason]) -> Callable[[Situation], Reason]:
        GUARDS[function.__name__] = Guard(function.__name__, withholds, function, cites)
        return function

    return register


def _first(situation: Situation, words: Mapping[str, str]) -> Reason:
    return next((text for tag, text in words.items() if tag in situation.obs.tags), None)


def kidney_trouble(s: Situation) -> Reason:
    """Say why the kidneys may not clear minerals well.

    Parameters: s, the person. Returns: the reason, or None.
    """
    if said := _first(s, {"dialysis": "dialysis", "kidney": "kidney disease"}):
        return said
    below = [r for r in s.labs if r.analyte == "egfr" and r.value == EGFR_LOW.value and r.comparator == "<"]
    if below or any(v < EGFR_LOW.value for v in s.values("egfr")) or s.is_low("egfr"):
        return "a low kidney function result (eGFR under 60)"
    if s.is_high("creatinine"):
        return "a high creatinine result"
    cause = s.cause("kidney_disease")
    if cause is not None and cause.present.p >= 0.5:
        return "likely kidney disease"
    return None


def kidney_unknown(s: Situation) -> Reason:
    """Say that the person is 70 or older and that no kidney result is known.

    Parameters: s, the person. Returns: the reason, or None.
    """
    if s.older and s.reading(*KIDNEY_TESTS) is None:
        return "age 70 or over with no kidney result in the record"
    return None


@guard(
    "extra potassium, salt substitutes and magnesium tablets",
    Cite("ben_salem_hyperkalaemia_2014", "medicines that impair potassium excretion"),
    Cite("ccjm_ace_arb_potassium_2019", "key points"),
    Cite("fare_trimethoprim_hyperkalaemia", "abstract"),
    Cite("nice_esuom4_magnesium", "kidney failure"),
    Cite("gritter", "hyperkalaemia in 11 % with kidney disease"),
    Cite("cmdt_mg", "magnesium in kidney disease"),
    Cite("magnaspartate_mhra_2016", "contraindications"),
)
def potassium(s: Situation) -> Reason:
    """Withhold potassium, salt substitutes and magnesium tablets where the body may not clear them."""
    medicines = {
        "ace_or_arb": "an ACE inhibitor or ARB",
        "potassium_sparing": "a potassium-sparing diuretic",
        "trimethoprim": "trimethoprim",
        "heparin": "heparin",
        "digoxin": "digoxin",
        "potassium_raising": RAISING,
    }
    if any(v >= POTASSIUM_HIGH.value for v in s.values("potassium")):
        return "a potassium result of 5.0 or more"
    if s.is_high("potassium"):
        return "a high potassium result"
    if s.is_high("magnesium"):
        return "a high magnesium result"
    return kidney_trouble(s) or _first(s, medicines) or kidney_unknown(s)


@guard(
    "extra calcium and vitamin D",
    Cite("emc_colecalciferol_8091", "4.3 and 4.4"),
    Cite("emc_fultium_2813", "4.4, sarcoidosis, cardiac glycosides, kidney"),
    Cite("vdt", "granulomatous disease"),
)
def calcium(s: Situation) -> Reason:
    """Withhold calcium and vitamin D where calcium is or may become too high."""
    if s.is_high(*CALCIUM_TESTS):
        return "a high calcium result"
    words = {
        "high_calcium": "high calcium",
        "kidney_stones": "kidney stones",
        "sarcoid": "sarcoidosis",
        "digoxin": "digoxin",
    }
    return _first(s, words) or kidney_trouble(s)


@guard(
    "drinking more",
    Cite("clinical_practice_guideline_diagnosis_2014", "fluid restriction"),
    Cite("eu_na", "sodium below 135"),
)
def fluids(s: Situation) -> Reason:
    """Withhold "drink more" where water cannot be cleared."""
    if any(v < SODIUM_LOW.value for v in s.values("sodium")) or s.is_low("sodium"):
        return "a low sodium result"
    words = {
        "low_sodium": "low sodium",
        "siadh": "SIADH",
        "heart_failure": "heart failure",
        "dialysis": "dialysis",
    }
    if said := _first(s, words) or kidney_trouble(s):
        return said
    if "water_excess" in s.obs.risks:
        return "a lot of water already"
    return "possible low sodium" if s.plausible("sodium_deficiency") else None


@guard("more salt", Cite("who_sodium_2012", "recommendations"))
def salt(s: Situation) -> Reason:
    """Withhold "more salt" with high blood pressure, heart, kidney or liver disease, and in pregnancy."""
    words = {
        "hypertension": "high blood pressure",
        "heart_failure": "heart failure",
        "heart_disease": "heart disease",
        "liver": "liver disease",
    }
    if s.is_high("sodium"):
        return "a high sodium result"
    if "high_blood_pressure_reading" in s.obs.present:
        return "a high blood pressure reading"
    return _first(s, words) or kidney_trouble(s) or ("pregnancy" if s.pregnant else None)


@guard("starting vitamin B12 before a blood test", Cite("nice_ng239_recommendations_page", "testing before treatment"))
def blood_before_b12(s: Situation) -> Reason:
    """Withhold starting B12 until a blood result is known: a tablet hides the answer."""
    return None if s.reading(*B12_TESTS) is not None else "no B12 result in the record yet"


@guard("amounts to take", Cite("own_judgement", "doses for children and in pregnancy belong to a clinician"))
def doses(s: Situation) -> Reason:
    """Withhold amounts to take under 16 and in pregnancy."""
    return "age under 16" if s.child else ("pregnancy" if s.pregnant else None)


@guard("stretching", Cite("nhs_leg_cramps_page", "see a doctor for swelling"))
def stretching(s: Situation) -> Reason:
    """Withhold stretching where a calf may hold a clot or the muscle may be breaking down."""
    for id_, text in {
        "one_swollen_calf": "a swollen calf",
        "calf_tenderness": "a tender calf",
        "cold_pale_limb": "a cold, pale limb",
        "dark_urine": "dark urine",
    }.items():
        if id_ in s.obs.present:
            return text
    return None


@guard("cutting alcohol without help", Cite("drinkaware_alcohol_withdrawal", "withdrawal can be dangerous"))
def alcohol(s: Situation) -> Reason:
    """Withhold "cut down alcohol" from people who may depend on it: sudden change can harm."""
    words = {"alcohol": "heavy drinking", "alcohol_withdrawal": "alcohol withdrawal"}
    return _first(s, words)


@guard("leaving out a B6 product", Cite("own_judgement", "B6 is prescribed with isoniazid and in pregnancy sickness"))
def prescribed_b6(s: Situation) -> Reason:
    """Withhold "leave out B6" where a doctor may have prescribed it."""
    return "isoniazid" if "isoniazid" in s.obs.tags else ("pregnancy" if s.pregnant else None)


@guard("more leafy greens", Cite("own_judgement", "vitamin K in greens works against vitamin K antagonists"))
def leafy_greens(s: Situation) -> Reason:
    """Withhold more leafy greens with a vitamin K antagonist."""
    return "a vitamin K antagonist" if "warfarin" in s.obs.tags else None


def refusal(name: str, situation: Situation) -> Reason:
    """Return why a guard withholds its advice.

    Parameters: name, id of a guard; situation, the person. Returns: the reason, or None.

    >>> from twitchwise.plan.situation import nobody
    >>> refusal("potassium", nobody(age=75.0))
    'age 70 or over with no kidney result in the record'
    """
    return GUARDS[name].why(situation)
