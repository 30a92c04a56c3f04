"""Measured signs, reflexes, strength and normal examinations in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from twitchwise.observe.numbers import decimal
from twitchwise.observe.phrase import NEGATIONS
from twitchwise.observe.words import clean, stem


@dataclass(frozen=True, slots=True)
class Vital:
    """A measured sign: how it is written, and what lies below and above the usual band of adults."""

    name: str
    pattern: re.Pattern[str]
    low: float
    below: str
    high: float
    above: str


def _named(words: str, number: str = r"(\d{2,3})") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b[^\d;,]{{0,16}}{number}(?!\d|\s*/\s*\d)")


# our judgement, not checked by a clinician: the usual bands of adults; a value inside denies the sign
VITALS = (
    Vital(
        "heart rate",
        _named(r"heart rate|pulse(?: rate)?(?! ox)|hr|heartbeat|ventricular rate"),
        50,
        "bradycardia",
        100,
        "tachycardia",
    ),
    Vital("heart rate", re.compile(r"\b(\d{2,3})\s*(?:bpm|beats)"), 50, "bradycardia", 100, "tachycardia"),
    Vital(
        "heart rate",
        re.compile(r"(?:^|[,;.]\s*)p\s*[:=]?\s*(\d{2,3})\b(?!\s*[/%a-qs-z])"),
        50,
        "bradycardia",
        100,
        "tachycardia",
    ),
    Vital(
        "breathing rate",
        _named("respiratory rate|respiration rate|breathing rate|breath rate|rr|respirations", r"(\d{1,3})"),
        8,
        "breathlessness_lying",
        20,
        "tachypnoea",
    ),
    Vital(
        "oxygen saturation",
        _named(r"spo2|sao2|o2 sats?|o2 saturation|oxygen saturation|oxygen|saturation|sats|pulse oximetry"),
        95,
        "low_oxygen",
        101,
        "",
    ),
    Vital(
        "coma scale",
        _named("gcs|glasgow coma scale|glasgow coma score|coma scale", r"(\d{1,2})"),
        15,
        "reduced_consciousness",
        16,
        "",
    ),
)
FEVER_C, FEVER_F = 38.0, 100.4
HIGH_BP, LOW_BP = (140, 90), 90
CHILD_PULSE = ((1.0, 160), (5.0, 140), (12.0, 120))  # age below, usual upper limit a minute
CHILD_BREATHS = ((1.0, 50), (5.0, 40), (12.0, 30))
_PRESSURE = re.compile(
    r"(?:\b(?:blood pressure|bp)\b[^\d]{0,16})(\d{2,3})\s*/\s*(\d{2,3})|(\d{2,3})\s*/\s*(\d{2,3})\s*mm ?hg"
)
_SYSTOLIC = re.compile(r"\b(?:systolic(?: blood pressure| bp)?|blood pressure|bp)\b[^\d/]{0,12}(\d{2,3})(?![\d/]|\s*/)")
_TEMPERATURE = re.compile(
    r"\b(?:temperature|temp|fever|febrile|t)\b[^\d;,]{0,12}(\d{2,3}(?:[.,]\d+)?)"
    r"|\b(\d{2,3}(?:[.,]\d+)?)\s*(?:deg(?:rees)?\s*)?[cf]\b"
)
_STRENGTH = re.compile(
    r"\b([0-5])\s*[+-]?\s*(?:/|of|out of)\s*5\b(?! (?:times|days|nights|attacks|doses|family|children))|\b(?:mrc"
    r"|power|strength)(?: grade| scale)?\s*([0-5])\b(?!\s*/)|\bgrade"
    r" ([0-4])\s*(?:power|strength|weakness)"
)


def vitals_in(text: str, age: float | None = None) -> tuple[list[str], list[str]]:
    """Grade measured signs against the usual bands.

    Parameters: text, as written; age in years. Returns: findings present, findings denied.

    >>> vitals_in("heart rate 121, blood pressure 169/104")
    (['tachycardia', 'high_blood_pressure_reading'], [])
    >>> vitals_in("temperature 36.8 C")
    ([], ['fever'])
    """
    plain = clean(text)
    present: list[str] = []
    denied: list[str] = []
    for vital in VITALS:
        for found in vital.pattern.finditer(plain):
            value, high = float(found.group(1)), _upper(vital, age)
            seen = vital.below if value < vital.low else vital.above if value > high else ""
            present += [seen] if seen else []
            denied += (
                [] if seen else [sign for sign in (vital.below, vital.above) if sign and sign != "breathlessness_lying"]
            )
    for part in (_pressure(plain), _temperature(plain)):
        present += part[0]
        denied += part[1]
    return list(dict.fromkeys(present)), [sign for sign in dict.fromkeys(denied) if sign not in present]


def _upper(vital: Vital, age: float | None) -> float:
    table = {"heart rate": CHILD_PULSE, "breathing rate": CHILD_BREATHS}.get(vital.name, ())
    return next((float(limit) for below, limit in table if age is not None and age < below), vital.high)


def _pressure(plain: str) -> tuple[list[str], list[str]]:
    found = _PRESSURE.search(plain)
    if found:
        upper, lower = (int(value) for value in found.groups() if value)
    else:
        single = _SYSTOLIC.search(plain)
        if not single:
            return [], []
        upper, lower = int(single.group(1)), 0
    if upper >= HIGH_BP[0] or lower >= HIGH_BP[1]:
        return ["high_blood_pressure_reading"], []
    if upper < LOW_BP:
        return ["low_blood_pressure_reading"], []
    return [], ["high_blood_pressure_reading", "low_blood_pressure_reading"]


def _temperature(plain: str) -> tuple[list[str], list[str]]:
    for found in _TEMPERATURE.finditer(plain):
        value = decimal(found.group(1) or found.group(2))
        if 34 <= value <= 43:
            return (["fever"], []) if value >= FEVER_C else ([], ["fever"])
        if 93 <= value <= 110:
            return (["fever"], []) if value >= FEVER_F else ([], ["fever"])
    return [], []


def strength_in(text: str) -> str:
    """Grade muscle strength written on the scale of 0 to 5.

    Parameters: text. Returns: "", weak, normal or paralysed.

    >>> strength_in("hip flexors 4/5"), strength_in("power 5/5"), strength_in("legs 0/5")
    ('weak', 'normal', 'paralysed')
    """
    plain = clean(text)
    grades = [int(next(g for g in found.groups() if g)) for found in _STRENGTH.finditer(plain)]
    if not grades:
        return ""
    if min(grades) == 5:
        return "weak" if re.search(r"5\s*-\s*/", plain) else "normal"
    return "paralysed" if max(grades) == 0 else "weak"


_MORE = frozenset(
    stem(w)
    for w in "brisk increased exaggerated hyperactive lively overactive pathological pathologic 3 4 clonic".split()
)
_LESS = frozenset(
    stem(w)
    for w in (
        "absent reduced lost weak depressed hypoactive sluggish 0 1 missing hypo loss unobtainable unelicitable"
        " faint lacking trace"
    ).split()
)
_SLOW = frozenset(stem(w) for w in "delayed slow hung slowly prolonged".split())
_FINE = frozenset(
    stem(w)
    for w in (
        "normal intact unremarkable preserved full good retained symmetric symmetrical 2 present kept okay ok fine"
        " unimpaired maintained"
    ).split()
)


_NORMAL_WORDS = _FINE - {"2", "present", "full", "fin", "fine", "kept", "symmetrical", "symmetric"}


def reflexes_in(words: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Grade tendon reflexes in words.

    Parameters: words, tokens of a clause. Returns: findings present and denied, or None when no reflex is named.

    >>> reflexes_in(("absent", "ankl", "reflex"))
    (['hyporeflexia'], [])
    """
    held = set(words)
    jerk = "jerk" in held and held & {"ankl", "knee", "tendon", "bicep", "tricep", "jaw", "supinator"}
    if not ("reflex" in held or "dtr" in held or "reflexia" in held or jerk) or held & {
        "startl",
        "gag",
        "plantar",
        "pupil",
        "light",
    }:
        return None
    no = bool(held & NEGATIONS)
    if held & {"delay", "hung"} or (held & _SLOW and any(word.startswith("relax") for word in held)):
        return ([], ["delayed_reflexes"]) if no else (["delayed_reflexes"], [])
    if held & _MORE:
        return ([], ["hyperreflexia"]) if no else (["hyperreflexia"], [])
    if held & _LESS:
        return ([], ["hyporeflexia"]) if no else (["hyporeflexia"], [])
    if held & _FINE:
        return [], ["hyperreflexia", "hyporeflexia"]
    return (["hyporeflexia"], []) if no else None


NEURO = (
    "weakness_on_examination",
    "hyperreflexia",
    "hyporeflexia",
    "babinski_sign",
    "clonus",
    "sensory_loss",
    "muscle_wasting",
)
# what a normal result of an examination denies
NORMAL: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = tuple(
    (frozenset(stem(w) for w in names.split()), ids)
    for names, ids in (
        ("strength power", ("muscle_weakness",)),
        ("motor", ("muscle_weakness",)),
        ("bulk", ("muscle_wasting",)),
        ("tone", ("rigidity",)),
        ("gait walking", ("unsteady_gait",)),
        ("sensation sensory feeling touch", ("numbness", "sensory_loss")),
        ("vibration proprioception", ("vibration_loss",)),
        ("coordination cerebellar", ("poor_coordination", "ataxia_sign")),
        ("speech", ("slurred_speech",)),
        ("swallowing", ("difficulty_swallowing",)),
        ("breathing respiration", ("breathlessness",)),
        ("cranial", ("facial_droop", "eye_movement_palsy", "slurred_speech")),
        ("pupils pupil", ("pinpoint_pupils", "dilated_pupils")),
        ("vision sight", ("blurred_vision",)),
        ("vitals vital", ("tachycardia", "fever", "low_oxygen", "tachypnoea", "low_blood_pressure_reading")),
        ("pulse heartbeat", ("tachycardia", "bradycardia")),
        ("pressure", ("high_blood_pressure_reading", "low_blood_pressure_reading")),
        ("temperature", ("fever",)),
        ("consciousness alert mental orientation oriented", ("confusion", "reduced_consciousness")),
        ("plantars plantar", ("babinski_sign",)),
        ("bladder bowel sphincter", ("bladder_or_bowel_change", "urinary_trouble")),
        ("urine", ("dark_urine",)),
        ("weight", ("weight_loss", "weight_gain")),
        ("appetite", ("loss_of_appetite",)),
        ("sleep", ("insomnia",)),
        ("memory cognition", ("memory_problems",)),
        ("examination exam neurological neurologic neurology neuro findings physical clinical", NEURO),
    )
)


# well-worn phrases for a normal part of an examination
_WELL: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), ids)
    for pattern, ids in (
        (
            r"\b(?:vital signs?|vitals|observations|obs)\b[^,;.]{0,14}\b(?:stable|normal|unremarkable|within)"
            r"|\b(?:stable|normal) (?:vital signs?|vitals|observations)",
            ("tachycardia", "bradycardia", "fever", "low_oxygen", "tachypnoea", "low_blood_pressure_reading"),
        ),
        (r"\bha?emodynamic\w* (?:were |was |are )?(?:stable|normal)", ("low_blood_pressure_reading",)),
        (
            r"\b(?:heart|pulse|rhythm|heartbeat)(?: \w+)? (?:was |is )?regular\b|\bregular (?:rate|rhythm|pulse|heart)"
            r"|\brrr\b|\bsinus rhythm\b",
            ("irregular_heartbeat",),
        ),
        (r"\babdomen (?:was |is )?soft|\bsoft(?:,| and)? non-?tender abdomen", ("abdominal_guarding",)),
        (r"\bmoist (?:mucous membranes?|mucosa|tongue)|\bwell[- ]hydrated\b", ("dry_mouth", "reduced_skin_turgor")),
        (r"\bneck (?:was |is )?(?:supple|soft)|\bsupple neck", ("neck_stiffness",)),
        (r"\bperrla?\b|\bpupils (?:were |are )?(?:equal|round|reactive)", ("pinpoint_pupils", "dilated_pupils")),
        (r"\bwell[- ]perfused\b", ("cold_pale_limb", "low_blood_pressure_reading")),
        (r"\bcalves (?:were |are )?(?:soft|non-?tender)", ("calf_tenderness", "one_swollen_calf")),
        (r"\bmov(?:es|ing|ed) all (?:four |4 )?(?:limbs|extremities)", ("paralysis",)),
        (r"\bnon-?focal\b", ("weakness_on_examination", "sensory_loss")),
    )
)


def well_in(text: str) -> list[str]:
    """Return what a well-worn phrase for a normal part of an examination denies.

    Parameters: text, as written. Returns: finding ids.

    >>> well_in("neck supple, haemodynamically stable")
    ['low_blood_pressure_reading', 'neck_stiffness']
    """
    plain = clean(text)
    if re.search(r"\b(?:not|un|ir)\b", plain):
        return []
    return [id_ for pattern, ids in _WELL if pattern.search(plain) for id_ in ids]


def normal_in(words: Sequence[str]) -> list[str]:
    """Return what a normal examination denies.

    Parameters: words, tokens of a clause. Returns: finding ids, none when the clause names no normal examination.

    >>> normal_in(("normal", "gait"))
    ['unsteady_gait']
    """
    held = set(words)
    plain_no = bool(held & NEGATIONS)
    full = "full" in held and bool(held & {"strength", "power"})
    fine = ((full or bool(held & _NORMAL_WORDS)) and not plain_no and "cannot" not in held) or (
        plain_no and bool(held & {"abnormal", "abnormality", "deficit", "focal"})
    )
    if not fine or ("abnormal" in held and not plain_no):
        return []
    return [id_ for names, ids in NORMAL if names & held for id_ in ids]


def whole_examination(words: Sequence[str]) -> bool:
    """Whether a clause with a normal result speaks of the neurological examination as a whole.

    Parameters: words, tokens. Returns: True or False.

    >>> whole_examination(("neurological", "examinat", "normal"))
    True
    """
    held = set(words)
    return any(word.startswith("neuro") for word in held) or {"deficit", "focal"} <= held
