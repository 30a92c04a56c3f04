"""Wide words such as "neurological symptoms": what they deny, and what they mean when present."""

from __future__ import annotations

from twitchwise.observe.words import key_of

# wide words: what they deny, and what they mean when present
GROUPS: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {
    key_of(name): (denied, present)
    for names, denied, present in (
        (
            (
                "sensory symptoms",
                "sensory signs",
                "sensory involvement",
                "sensory complaints",
                "sensory disturbance",
                "sensory changes",
                "sensory problems",
                "?sensory",
            ),
            ("paresthesia", "numbness"),
            ("paresthesia",),
        ),
        (
            (
                "gastrointestinal symptoms",
                "gi symptoms",
                "digestive symptoms",
                "abdominal symptoms",
                "bowel symptoms",
                "gut symptoms",
            ),
            ("nausea", "vomiting", "diarrhoea", "abdominal_pain", "constipation"),
            ("nausea",),
        ),
        (
            ("motor symptoms", "motor deficit", "motor signs", "motor involvement"),
            ("muscle_weakness",),
            ("muscle_weakness",),
        ),
        (
            (
                "neurological symptoms",
                "neurologic symptoms",
                "neurological signs",
                "neurological deficit",
                "focal deficit",
                "focal neurological deficit",
                "focal neurologic deficit",
                "neurological complaints",
                "focal signs",
                "focal neurological signs",
                "neurologic deficit",
                "neurological abnormality",
                "localising signs",
            ),
            ("muscle_weakness", "numbness", "slurred_speech"),
            ("focal_weakness",),
        ),
        (
            ("cardiac symptoms", "heart symptoms", "cardiovascular symptoms"),
            ("palpitations", "chest_pain", "fainting"),
            (),
        ),
        (
            ("respiratory symptoms", "breathing symptoms", "pulmonary symptoms"),
            ("breathlessness", "cough"),
            ("breathlessness",),
        ),
        (("urinary symptoms", "bladder symptoms"), ("urinary_trouble", "polyuria"), ("urinary_trouble",)),
        (
            ("constitutional symptoms", "systemic symptoms", "b symptoms"),
            ("fever", "weight_loss", "night_sweats", "fatigue"),
            (),
        ),
        (
            (
                "upper motor neuron signs",
                "upper motor neurone signs",
                "pyramidal signs",
                "umn signs",
                "long tract signs",
            ),
            ("hyperreflexia", "babinski_sign", "clonus"),
            ("hyperreflexia",),
        ),
        (
            ("lower motor neuron signs", "lower motor neurone signs", "lmn signs"),
            ("muscle_wasting", "weakness_on_examination", "hyporeflexia"),
            ("weakness_on_examination",),
        ),
        (
            ("bulbar symptoms", "bulbar signs", "bulbar involvement"),
            ("slurred_speech", "difficulty_swallowing"),
            ("slurred_speech", "difficulty_swallowing"),
        ),
        (
            ("cranial nerve deficits", "cranial nerve signs", "cranial nerve involvement"),
            ("facial_droop", "eye_movement_palsy", "double_vision"),
            ("eye_movement_palsy",),
        ),
        (
            ("cerebellar signs", "cerebellar symptoms"),
            ("poor_coordination", "ataxia_sign", "nystagmus"),
            ("poor_coordination",),
        ),
        (
            ("visual symptoms", "eye symptoms", "visual disturbance"),
            ("blurred_vision", "double_vision"),
            ("blurred_vision",),
        ),
        (("psychiatric symptoms", "mood symptoms", "psychological symptoms"), ("anxiety", "low_mood"), ()),
        (("sleep disturbance", "sleep problems"), ("insomnia",), ("insomnia",)),
        (
            ("autonomic symptoms", "autonomic signs", "autonomic disturbance", "autonomic dysfunction"),
            ("sweating", "palpitations"),
            (),
        ),
        (("pain", "pains", "aches", "ache", "painful"), ("muscle_pain", "leg_pain", "burning_pain"), ()),
        (("swelling", "oedema"), ("leg_swelling", "face_swelling"), ()),
        (
            ("red flags", "red flag symptoms", "alarm symptoms"),
            ("muscle_weakness", "muscle_wasting", "difficulty_swallowing", "slurred_speech"),
            (),
        ),
        (
            ("reflex change", "reflex changes", "reflex abnormality", "abnormal reflexes"),
            ("hyperreflexia", "hyporeflexia"),
            (),
        ),
        (("weight change", "weight changes", "change in weight"), ("weight_loss", "weight_gain"), ()),
        (("electrolyte disturbance", "electrolyte abnormality"), (), ()),
        (("breathing or swallowing difficulty",), ("breathlessness", "difficulty_swallowing"), ()),
        (("thyroid symptoms",), ("goitre", "heat_intolerance", "cold_intolerance"), ()),
    )
    for name in names
}
