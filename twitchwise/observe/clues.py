"""Courses and onsets that are no findings but speak for or against causes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from twitchwise.evidence import Evidence
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.types import FindingSeen
from twitchwise.observe.words import clean

TWITCHES = frozenset(
    "muscle_twitching eyelid_twitching face_twitching tongue_twitching limb_twitching calf_twitching"
    " widespread_twitching".split()
)
# what an examiner would call weakness, not a feeling of it
REAL_WEAKNESS = frozenset(
    "progressive_weakness muscle_wasting weakness_on_examination foot_drop ascending_weakness paralysis".split()
)
PART_WEAKNESS = frozenset("focal_weakness leg_weakness slurred_speech sudden_weakness tongue_twitching".split())
# the person's story: what set it off, what makes it come and go
STORY: tuple[tuple[str, str], ...] = (
    (
        "onset_after_exercise_hours",
        r"(?:after|following|since) (?:[a-z]+ ){0,4}(?:exercise|gym|run|running|workout|training|marathon|race|match"
        r"|hike|football|soccer|cycling|ride"
        r"|swim|exertion|squats|leg day|spin|stepmill|yard ?work|gardening|lifting)",
    ),
    (
        "onset_after_medicine",
        r"(?:after|since|following|weeks? into|days? into) (?:(?:i|he|she|they|we) (?:was |were )?)?(?:start\w*|began"
        r"|beginning|taking|being put on|put on|going on|went on|prescribed|the (?:dose|drug|medicine|tablet)|a new"
        r" (?:drug"
        r"|medicine)|increas\w+ (?:the )?dose|(?:a )?(?:dose|dosage) (?:increase|change|doubling|rise)|(?:my|his|her"
        r"|the)"
        r" (?:first )?(?:dose|dosage))(?! (?:school|work\b|nursery|uni|college|at |exercis|the gym|running|training))"
        r"|(?:after|since)[^,;.]{0,24}(?:put|placed|started) (?:me|him|her|them) on"
        r"|(?:after|since) (?:they|he|she|i|we|the \w+|my \w+) (?:\w+ )?(?:upped|raised|increased|doubled|changed|put"
        r" up"
        r"|switched|added) (?:my|his|her|the|their) (?!shifts?|hours|bed|diet|job|school|routine|mattress|work|running"
        r"|training|mileage|exercise|coffee|caffeine)"
        r"|(?:after|since)[^,;.]{0,40}(?:was|were|been|got) (?:switched|changed|increased|raised|doubled|upped|added"
        r"|prescribed)|(?:dose|dosage)\b[^,;.]{0,20}\b(?:doubled|increased|raised|tripled|went up|put up|upped)"
        r"|(?:doubled|increased|raised|upped) (?:my|his|her|the) (?:dose|dosage|tablets|medic\w+)"
        r"|after (?:the )?(?:first|second|third) (?:dose|injection|tablet)|began (?:on|with) the (?:drug|medicine)",
    ),
    (
        "onset_after_infection",
        r"(?:after|following|since) (?:[a-z]+ ){0,4}(?:(?:cold|flu|influenza|covid\w*|infections?|virus|illness"
        r"|vaccin\w+"
        r"|shots?|jabs?|coronavac|fever|gastroenteritis|bronchitis)\b|respiratory)",
    ),
    (
        "onset_after_stress",
        r"(?:after|since|during|following|began in|started in) (?:[a-z]+ ){0,3}(?:stress\w*|exams?|divorce"
        r"|bereavement|breakup|job loss|death|deadline)",
    ),
    ("exam_week", r"\bexams?\b|\bfinals\b|deadline|thesis"),
    (
        "improves_with_rest",
        r"(?:better|eased?|eases|relieved|stops?|improves?|settles|goes) (?:[a-z]+ ){0,2}(?:with|by|after|at|on"
        r"|when) (?:[a-z]+ ){0,2}(?:rest|resting|stopping|sitting)",
    ),
    (
        "comes_at_rest",
        r"\b(?:at|when at|only at|mostly at) rest\b|when (?:still|resting|relaxed|sitting|lying)|stops? (?:when|with"
        r"|on) (?:moving|movement|contract)|disappears? (?:on|with) (?:movement|use)",
    ),
    (
        "in_bed_only",
        r"(?:only|just|mainly|always) (?:[a-z]+ ){0,3}(?:in bed|at night|when falling asleep|at bedtime)|on falling"
        r" asleep|when falling asleep|drifting off|only during sleep",
    ),
    (
        "after_meals",
        r"(?:after|between|before|missed|late|skip\w+|delayed) (?:a )?(?:meals?|eating|lunch|breakfast|dinner"
        r"|carbohydrate)|when hungry|food helps|better (?:after|with) (?:food|eating)",
    ),
    (
        "caffeine_linked",
        r"(?:after|with|more|worse (?:with|after|on|when)|following|triggered by|whenever|set off by)"
        r" (?:[a-z]+ ){0,3}(?:coffees?|caffeine|espressos?|energy drinks?|red bull|tea|cola|coke|pre-?workout)\b"
        r"|\b(?:better|gone|stopp\w+|settl\w+|eas\w+|improv\w+|disappear\w+|resolv\w+)[^,;.]{0,20}(?:since|after|when"
        r"|once|by"
        r"|with)[^,;.]{0,16}(?:stop\w*|quit\w*|gave up|giving up|cut\w*|less|without|off|no|reduc\w*)[^,;.]{0,12}"
        r"(?:coffees?|caffeine|espressos?|energy drinks?|red bull|tea|cola)\b",
    ),
    (
        "better_off_medicine",
        r"\b(?:better|gone|went|improv\w+|settl\w+|eas\w+|resolv\w+|disappear\w+|vanish\w+|stopp\w+|less|clear\w+)"
        r"[^;.]{0,24}\b(?:since|after|when|once|on|within[^,;.]{0,16} of)\b[^,;.]{0,16}"
        r"\b(?:stopp\w+|coming off|came off|gave up|giving up|quit\w*|discontinu\w+|withdraw\w+|reducing|lowering"
        r"|halving|switching|cutting)"
        r"(?! (?:the )?(?:moving|walking|running|smoking|drinking|work\w*|exercis\w*|coffee|caffeine|tea|alcohol|energy"
        r"|gym|sport|bike|ride|car|run|job|treadmill))"
        r"(?= (?:it|the|his|her|my|them|this|that|of|off|dose|[a-z]{5,}))"
        r"|\b(?:better|gone|went|improv\w+|settl\w+|eas\w+|resolv\w+|disappear\w+)[^;.]{0,24}\b(?:since|after|when"
        r"|once)\b"
        r"[^,;.]{0,36}\b(?:was|were|been|got) (?:stopped|discontinued|withdrawn|reduced|lowered|halved|switched)",
    ),
    (
        "nerve_provoked",
        r"(?:shak\w+|flick\w*|dangl\w+|wring\w*)[^,;.]{0,16}(?:hands?|fingers?|wrists?|arms?|it|them)\b[^,;.]{0,24}"
        r"(?:relie\w+|eas\w+|better|help\w*|goes|rid|back|wear\w* off|feeling returns)|shak\w+ (?:it|them|the hands?"
        r"|(?:his|her|my) hands?) out",
    ),
    (
        "tic_picture",
        r"(?:clear\w* (?:his|her|my|the|their) throat|throat[- ]clear\w*)|shoulder[- ]shrug\w*"
        r"|shrug\w*[^,;.]{0,10}shoulders?"
        r"|(?:head|neck) (?:toss\w*|flick\w*)|(?:nose|face|eyes?) (?:scrunch\w*|screw\w* up|wrinkl\w*)"
        r"|grimac\w*[^,;.]{0,20}blink\w*|blink\w*[^,;.]{0,40}(?:grimac\w*|sniff\w*|grunt\w*|shrug\w*|jerks? (?:his"
        r"|her) head)"
        r"|sniff\w* (?:over and over|again and again|all day|repeatedly|constantly)|(?:urge|needs?|has) to (?:blink"
        r"|sniff"
        r"|shrug|grunt)|can (?:hold (?:it|them)|suppress|stop|control)(?: it| them)? ?(?:back |in )?(?:for a (?:while"
        r"|moment|minute|bit)|briefly|when (?:told|asked|reminded))"
        r"|\b(?:hum(?:s|ming)|grunt\w*|squeak\w*|sniff\w*)[^;.]{0,30}(?:blink\w*|twitch\w*|jerk\w*|shrug\w*|nose"
        r"|grimac\w*|flick\w*|toss\w*)"
        r"|(?:hard|forceful|forced|exaggerated) blink\w*|blinks? (?:hard|a lot|forcefully)|eye[- ]?blinking",
    ),
    (
        "stress_linked",
        r"(?:when|with|during|worse (?:with|when|under)|under) (?:[a-z]+ ){0,2}(?:stress\w*|anxious|nervous|upset"
        r"|pressure|tense)|stops when distracted|when (?:s?he )?thinks of it|better when (?:calm|relaxed"
        r"|distracted)",
    ),
    (
        "sleep_linked",
        r"(?:when|after|with|worse (?:with|when|after)) (?:[a-z]+ ){0,3}(?:tired|little sleep|poor sleep|bad night"
        r"|lack of sleep|sleep deprived|short night|fatigued)",
    ),
    (
        "attacks_that_pass",
        r"\battacks?\b|\bepisod\w+|comes? and goes?|on and off|\bspells?\b|\bbouts?\b|intermittent|paroxysm\w*",
    ),
    ("both_sides_symmetrical", r"\bsymmetric\w*|both sides (?:equally|alike)|equally on both"),
    (
        "triggered_by_sound_or_touch",
        r"(?:set off|triggered|provoked|brought on|caused|worse) (?:by|with|on) (?:[a-z]+ ){0,2}(?:noise|sound|touch"
        r"|startle|emotion|light)",
    ),
    (
        "worse_with_cold",
        r"(?:worse|brought on|triggered|more) (?:in|by|with) (?:the )?cold\b|in cold weather|mostly in winter",
    ),
    ("lifelong", r"\blifelong\b|since childhood|all (?:my|his|her) life|since birth|as a child"),
    ("with_numbness", r"\bwith numbness\b|with (?:numbness|tingling) in the same"),
    ("spreading", r"\bspread(?:ing|s)?\b|\bascend\w+|then (?:the )?(?:other|left|right)|moved up"),
)


def clues_in_text(text: str) -> set[str]:
    """Return the clues that a story in plain words gives.

    Parameters: text, of a complaint with its note. Returns: clue ids.

    >>> sorted(clues_in_text("eased by rest; after coffee"))
    ['caffeine_linked', 'improves_with_rest']
    """
    plain = clean(text)
    return {
        clue
        for clue, pattern in STORY
        if re.search(pattern, plain)
        and not re.search(rf"\b(?:no|not|never|without|un)\s+(?:[a-z]+ )?(?:{pattern})", plain)
    }


def conclude_clues(sheet: Sheet, findings: Sequence[FindingSeen], present: frozenset[str]) -> None:
    """Add the clues that follow from the findings, their times and sides.

    Parameters: sheet; findings, merged; present, findings with everything they are a kind of.
    """
    complaints = [f for f in findings if f.present and not f.sign]
    focus = [f for f in complaints if f.main] or [f for f in complaints if _excitable(f, sheet.evidence)] or complaints
    sheet.clues |= _time_clues(focus, present)
    sheet.clues |= _course_clues(focus)
    face = [f for f in complaints if f.id in ("eyelid_twitching", "face_twitching")]
    if "hemifacial_spasm_seen" in present or (len(face) > 1 and any("one_sided" in f.when for f in face)):
        sheet.clues.add("one_sided_face")
    if any(f.id == "recent_infection" and f.present and (f.days is None or f.days <= 60) for f in sheet.factors):
        sheet.clues.add("onset_after_infection")
    if {"sodium", "potassium"} <= {lab.analyte for lab in sheet.labs if lab.word == "normal"} and any(
        lab.analyte in ("calcium", "adjusted_calcium", "magnesium") and lab.word == "normal" for lab in sheet.labs
    ):
        sheet.clues.add("normal_blood_tests")
    if present & REAL_WEAKNESS:
        sheet.clues.add("real_weakness_or_wasting")
    elif present & PART_WEAKNESS and "normal_neuro_exam" not in sheet.clues:
        sheet.clues.add("weakness_may_be_real")
    if any(
        _began_with(medicine.days, f.days) for medicine in sheet.factors for f in focus if medicine.kind == "medicine"
    ):
        sheet.clues.add("onset_after_medicine")
    known = sheet.evidence.clues
    sheet.clues = {clue for clue in sheet.clues if not known or clue in known}


def _began_with(medicine: float | None, complaint: float | None) -> bool:
    """Say whether a complaint began within two months of a medicine that is not older than a year."""
    return medicine is not None and complaint is not None and medicine <= 365 and 0 <= medicine - complaint <= 60


def _excitable(finding: FindingSeen, evidence: Evidence) -> bool:
    return finding.id in evidence.findings and evidence.findings[finding.id].group == "excitability"


def _time_clues(focus: Iterable[FindingSeen], present: frozenset[str]) -> set[str]:
    known = [(f.id, f.days) for f in focus if f.days is not None]
    longest = max((days for id_, days in known if id_ in TWITCHES or "cramp" in id_), default=0.0)
    found: set[str] = set()
    weak = present & {"muscle_weakness", "muscle_wasting", "slurred_speech", "difficulty_swallowing", "hand_clumsiness"}
    if not weak and longest > 730:
        found.add("duration_over_2_years_without_weakness")
    elif not weak and longest > 182:
        found.add("duration_over_6_months_without_weakness")
    if known and max(days for _, days in known) < 7:
        found.add("duration_under_1_week")
    return found


def _course_clues(focus: Sequence[FindingSeen]) -> set[str]:
    found: set[str] = set()
    if focus and any(f.onset == "sudden" for f in focus):
        found.add("onset_sudden")
    courses = {f.course for f in focus if f.course}
    found |= {"improving"} if courses == {"better"} else {"getting_worse"} if "worse" in courses else set()
    table = (
        ("both_sides", "both_sides_symmetrical"),
        ("recurrent", "attacks_that_pass"),
        ("with_caffeine", "caffeine_linked"),
        ("with_stress", "stress_linked"),
        ("spreading", "spreading"),
        ("at_rest", "comes_at_rest"),
        ("after_exercise", "onset_after_exercise_hours"),
        ("with_cold", "worse_with_cold"),
        ("after_new_medicine", "onset_after_medicine"),
        ("lifelong", "lifelong"),
        ("triggered_by_sound_or_touch", "triggered_by_sound_or_touch"),
    )
    found |= {clue for qualifier, clue in table if any(qualifier in f.when for f in focus)}
    if any("with_numbness" in f.when for f in focus if f.id in TWITCHES or "cramp" in f.id):
        found.add("with_numbness")
    if focus and all({"on_falling_asleep", "during_sleep"} & f.when for f in focus):
        found.add("in_bed_only")
    return found
