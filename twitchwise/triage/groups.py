"""Groups of findings that several triage rules share; each entry counts with all of its kinds."""

from __future__ import annotations

TWITCH = ("muscle_twitching", "muscle_rippling")
CRAMP = ("muscle_cramps", "muscle_spasm", "contracture_on_exertion")
JERK = ("muscle_jerks", "clonus")
MOTOR = (*TWITCH, *CRAMP, "tetany", *JERK, "tremor", "muscle_stiffness")
TINGLE = ("perioral_tingling", "hand_foot_tingling", "paresthesia", "numbness")
EXCITED = (*MOTOR, *TINGLE, "laryngospasm")
# weakness that shows: not a feeling of weakness with kept strength
WEAK_PART = ("focal_weakness", "leg_weakness", "proximal_weakness", "progressive_weakness", "weakness_on_examination")
WEAK = (*WEAK_PART, "muscle_weakness")
LOSS = (*WEAK_PART, "muscle_wasting", "foot_drop")
SPEECH = ("slurred_speech", "difficulty_swallowing", "tongue_twitching", "hoarse_voice")
MIND = ("confusion", "hallucinations", "reduced_consciousness", "drowsiness")
BALANCE = ("ataxia_sign", "unsteady_gait", "poor_coordination", "falls")
EYES = ("eye_movement_palsy", "nystagmus", "double_vision")
HEART = ("irregular_heartbeat", "palpitations", "tachycardia", "bradycardia", "chest_pain", "heart_pain", "fainting")
CLOT = ("one_swollen_calf", "calf_tenderness")
SECRETION = ("salivation", "tearing", "sweating", "vomiting", "diarrhoea", "pinpoint_pupils", "bradycardia")
CALF = ("leg_pain", "leg_cramps", "leg_swelling", "muscle_pain")
MEDICINE_SIGNS = (
    *("muscle_jerks", "widespread_twitching", "tongue_twitching", "muscle_rippling"),
    *("muscle_spasm", "muscle_stiffness"),
)
CRAMP_ONLY = ("muscle_cramps",)
