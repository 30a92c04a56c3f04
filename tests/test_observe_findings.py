"""What people and doctors write, and the finding it means."""

from __future__ import annotations

from datetime import date

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.observe import Observations, observe
from twitchwise.record import record_from_tables

ON = date(2026, 11, 1)


def seen(*findings: object, **parts: object) -> Observations:
    return observe(record_from_tables({"findings": list(findings), **parts}), load_evidence(), ON)


def ids(o: Observations) -> set[str]:
    return {f.id for f in o.findings if f.present}


SAYINGS = [
    ("charley horse in my calf", {"leg_cramps"}),
    ("calf jumping under the skin", {"calf_twitching"}),
    ("my eye keeps twitching", {"eyelid_twitching"}),
    ("left lower eyelid flutters", {"eyelid_twitching"}),
    ("fasciculations of the left thigh", {"limb_twitching"}),
    ("right calf twitching", {"calf_twitching"}),
    ("popping under the skin", {"muscle_twitching"}),
    ("worms under the skin of my legs", {"muscle_rippling"}),
    ("vermicular movements", {"muscle_rippling"}),
    ("generalized myokymia", {"muscle_rippling"}),
    ("cramp in the arch of the foot", {"leg_cramps"}),
    ("muscle cramps in the legs at night", {"night_leg_cramps"}),
    ("cramping of the fingers", {"hand_cramps"}),
    ("clawing hands", {"tetany"}),
    ("main d'accoucheur", {"tetany"}),
    ("carpo-pedal spasm", {"tetany"}),
    ("my hands locked up", {"tetany"}),
    ("pins and needles in the feet", {"hand_foot_tingling"}),
    ("pins & needles around the lips", {"perioral_tingling"}),
    ("circumoral paraesthesiae", {"perioral_tingling"}),
    ("tingling and numbness", {"paresthesia", "numbness"}),
    ("shaking and sweating", {"tremor", "sweating"}),
    ("jelly legs", {"felt_weakness"}),
    ("the shakes", {"tremor"}),
    ("jittery", {"tremor"}),
    ("heart skipping beats", {"irregular_heartbeat"}),
    ("ectopics", {"irregular_heartbeat"}),
    ("winded on the stairs", {"breathlessness"}),
    ("spaced out", {"poor_concentration"}),
    ("brain fog", {"poor_concentration"}),
    ("trips over his own feet", {"falls"}),
    ("drops things", {"hand_clumsiness"}),
    ("weakness of all limbs, right more", {"general_weakness"}),
    ("difficulty rising from a chair", {"proximal_weakness"}),
    ("right arm weakness", {"focal_weakness"}),
    ("trouble swallowing", {"difficulty_swallowing"}),
    ("speech and swallowing difficulty", {"slurred_speech", "difficulty_swallowing"}),
    ("jerks when falling asleep", {"sleep_jerks"}),
    ("legs kick in my sleep", {"sleep_kicks"}),
    ("urge to move my legs in bed", {"restless_legs_urge"}),
    ("cola-coloured urine", {"dark_urine"}),
    ("convulsions", {"seizure"}),
    ("passed out", {"fainting"}),
    ("worried it might be ALS", {"health_anxiety"}),
    ("fear of motor neurone disease", {"health_anxiety"}),
    ("stiff as a board", {"muscle_stiffness"}),
    ("lockjaw", {"jaw_spasm"}),
    ("calf pain on walking", {"pain_on_walking"}),
    ("saddle anaesthesia", {"saddle_numbness"}),
    ("thunderclap headache", {"severe_headache"}),
    ("haematuria", {"dark_urine"}),
    ("diarrhea", {"diarrhoea"}),
    ("dyspnoea on exertion", {"breathlessness"}),
    ("orthopnea", {"breathlessness_lying"}),
    ("paralysed legs", {"paralysis"}),
    ("ascending weakness", {"ascending_weakness"}),
    ("progressive weakness of the hands", {"focal_weakness", "progressive_weakness"}),
    ("no energy", {"fatigue"}),
    ("can't sleep", {"insomnia"}),
    ("muscle twiching", {"muscle_twitching"}),
    ("paresthesai of the fingers", {"hand_foot_tingling"}),
]


@pytest.mark.parametrize(("text", "wanted"), SAYINGS)
def test_what_people_say(text: str, wanted: set[str]) -> None:
    o = seen(text)
    assert ids(o) == wanted, (ids(o), o.issues)


def test_each_name_and_synonym_finds_its_finding() -> None:
    evidence = load_evidence()
    measured = {row.finding for row in evidence.lab_findings.values()}  # these are read as laboratory results
    wrong = []
    for finding in evidence.findings.values():
        if finding.id in measured:
            continue
        for name in (finding.name, *finding.synonyms):
            section = "signs" if finding.kind == "sign" else "findings"
            o = observe(record_from_tables({section: [name]}), evidence, ON)
            if finding.id not in o.present and not ids(o):
                wrong.append((name, finding.id))
    assert wrong == []


def test_places_and_times_narrow_a_finding() -> None:
    assert ids(seen({"what": "twitching", "where": ["calf", "thigh"]})) == {"limb_twitching"}
    assert ids(seen({"what": "twitching", "where": ["eyelid", "calf"]})) == {"widespread_twitching"}
    assert ids(seen({"what": "cramps", "where": "calf", "when": "at night"})) == {"night_leg_cramps"}
    assert ids(seen({"what": "cramps", "where": "calves", "when": "after running"})) == {"exercise_cramps"}
    assert ids(seen({"what": "twitching", "where": ["tongue", "all over"]})) == {
        "tongue_twitching",
        "widespread_twitching",
    }
    assert ids(seen({"what": "pain", "where": ["lower back"]})) == {"back_pain"}


def test_a_pain_without_a_place_is_asked_for() -> None:
    o = seen("pain")
    assert not ids(o)
    assert o.issues[0].where == "findings[0]"


def test_since_onset_and_course_are_read() -> None:
    f = seen({"what": "muscle twitching", "since": "3 weeks", "onset": "sudden", "course": "getting worse"}).findings[0]
    assert (f.days, f.onset, f.course) == (21.0, "sudden", "worse")
    assert seen({"what": "cramps", "since": "since 2024"}).findings[0].days == pytest.approx(1035, abs=1)


def test_a_note_gives_time_places_and_further_findings_but_no_fears() -> None:
    o = seen(
        {
            "what": "muscle twitching",
            "note": "for 2 months in both calves, also dizzy; no weakness; mother had seizures",
        }
    )
    assert ids(o) == {"calf_twitching", "dizziness"}
    assert {f.id for f in o.findings if not f.present} == {"muscle_weakness"}
    assert o.finding("calf_twitching").days == pytest.approx(60.8)  # type: ignore[union-attr]
    assert ids(
        seen({"what": "muscle cramps", "note": "given quinine for cramps; fear of paralysis; stops at night"})
    ) == {"muscle_cramps"}


def test_what_a_relative_saw_counts_and_what_a_relative_had_does_not() -> None:
    assert "facial_droop" in ids(seen("my mother noticed my face drooping"))
    assert "slurred_speech" in ids(seen({"what": "muscle cramps", "note": "wife noticed slurred speech"}))
    assert ids(seen({"what": "muscle cramps", "note": "his mother has seizures"})) == {"muscle_cramps"}


def test_denials_in_any_form() -> None:
    o = seen(
        "twitching without weakness, numbness or wasting",
        absent=["no fever", "bladder or bowel trouble", "speech or swallowing problems"],
    )
    assert ids(o) == {"muscle_twitching"}
    assert {
        "muscle_weakness",
        "numbness",
        "muscle_wasting",
        "fever",
        "bladder_or_bowel_change",
        "slurred_speech",
    } <= o.absent
    assert "foot_drop" in o.absent  # every kind of what is denied


def test_present_wins_over_a_denial() -> None:
    o = seen("foot drop", absent=["muscle weakness"])
    assert "muscle_weakness" in o.present
    assert "foot_drop" not in o.absent and "muscle_weakness" not in o.absent
    assert any("present counts" in issue.why for issue in o.issues)


def test_the_narrower_stands_for_the_wider() -> None:
    o = seen({"what": "muscle twitching", "since": "2 years", "main": True}, {"what": "eyelid twitching"})
    assert ids(o) == {"eyelid_twitching"}
    assert (o.findings[0].days, o.findings[0].main) == (730.5, True)


SIGNS = [
    ("brisk reflexes", {"hyperreflexia"}),
    ("reflexes 3+", {"hyperreflexia"}),
    ("absent ankle reflexes", {"hyporeflexia"}),
    ("areflexia", {"hyporeflexia"}),
    ("delayed relaxation of the ankle jerks", {"delayed_reflexes"}),
    ("upgoing plantars", {"babinski_sign"}),
    ("strength 4/5", {"weakness_on_examination"}),
    ("hip flexion 4-/5", {"weakness_on_examination", "proximal_weakness"}),
    ("proximal weakness", {"weakness_on_examination", "proximal_weakness"}),
    ("heart rate 121", {"tachycardia"}),
    ("HR 44 bpm", {"bradycardia"}),
    ("blood pressure 169/104", {"high_blood_pressure_reading"}),
    ("BP 82/50 mmHg", {"low_blood_pressure_reading"}),
    ("temperature 40.3 C", {"fever"}),
    ("temp 103 F", {"fever"}),
    ("SpO2 91%", {"low_oxygen"}),
    ("oxygen saturation 88 % on air", {"low_oxygen"}),
    ("GCS 6", {"reduced_consciousness"}),
    ("respiratory rate 40/min", {"tachypnoea"}),
    ("positive Trousseau's sign", {"trousseau_sign"}),
    ("tongue fasciculations", {"tongue_twitching"}),
    ("glove and stocking sensory loss", {"sensory_loss"}),
    ("impaired proprioception", {"vibration_loss"}),
    ("opisthotonos", {"axial_rigidity"}),
]


@pytest.mark.parametrize(("text", "wanted"), SIGNS)
def test_what_examiners_write(text: str, wanted: set[str]) -> None:
    o = observe(record_from_tables({"signs": [text]}), load_evidence(), ON)
    assert ids(o) == wanted, o.issues


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("normal reflexes", {"hyperreflexia", "hyporeflexia"}),
        ("no Babinski sign", {"babinski_sign"}),
        ("Chvostek sign negative", {"chvostek_sign"}),
        ("power 5/5 in all limbs", {"muscle_weakness"}),
        ("full strength", {"muscle_weakness"}),
        ("normal gait and coordination", {"unsteady_gait", "poor_coordination"}),
        ("pulse 72/min", {"tachycardia", "bradycardia"}),
        ("afebrile, temperature 36.6", {"fever"}),
    ],
)
def test_normal_signs_are_denials(text: str, denied: set[str]) -> None:
    o = observe(record_from_tables({"signs": [text]}), load_evidence(), ON)
    assert denied <= {f.id for f in o.findings if not f.present}
    assert not ids(o)


def test_a_normal_part_never_hides_a_finding_beside_it() -> None:
    for text in (
        "normal gait and leg weakness",
        "reflexes normal but leg weakness",
        "absent ankle reflexes and leg weakness",
    ):
        o = observe(record_from_tables({"signs": [text]}), load_evidence(), ON)
        assert "leg_weakness" in ids(o), (text, o.findings)
    assert (
        "normal_neuro_exam"
        not in observe(record_from_tables({"signs": ["no sensory deficit"]}), load_evidence(), ON).clues
    )


def test_a_normal_neurological_examination_is_a_clue() -> None:
    for text in ("normal neurological examination", "neuro exam unremarkable", "no focal neurological deficit"):
        o = observe(record_from_tables({"signs": [text]}), load_evidence(), ON)
        assert "normal_neuro_exam" in o.clues, text
        assert "weakness_on_examination" in o.absent or "muscle_weakness" in o.absent, text


def test_an_unknown_word_is_asked_for_with_near_names() -> None:
    o = seen("glorpity zonk", "tremmer")
    assert [issue.where for issue in o.issues] == ["findings[0]", "findings[1]"]
    assert "tremor" in " ".join(o.issues[1].try_) or "tremor" in o.issues[1].why


def test_harmless_words_make_no_finding() -> None:
    for text in ("fit and well", "previously healthy", "no other symptoms", "family history of stroke"):
        o = seen(text)
        assert not ids(o), text
        assert not o.issues, (text, o.issues)
