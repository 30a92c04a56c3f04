"""Five lines to say to the doctor, built from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twitchwise.evidence.types import Cite
from twitchwise.observe.types import FactorSeen, FindingSeen
from twitchwise.plan.situation import Situation
from twitchwise.plan.types import Step

SAY = Cite("own_judgement", "what a clinician asks first: complaint, course, medicines, danger signs")
CHILD_LINES = (
    ("My main problem", "My child's main problem"),
    ("I also have", "My child also has"),
    ("I have had", "My child has had"),
    ("of all I take", "of all that my child takes"),
    ("I take", "My child takes"),
    ("I do not have", "My child does not have"),
    ("ask me about", "ask about"),
    ("examine me", "examine my child"),
    ("my strength, my reflexes and my feeling", "my child's strength, reflexes and feeling"),
)
ALL_TOLD = "I have told you all the danger signs that I have."
RED_FLAGS = {
    "muscle_weakness": "weakness",
    "muscle_wasting": "muscle wasting",
    "difficulty_swallowing": "trouble swallowing",
    "slurred_speech": "slurred speech",
    "breathlessness": "breathlessness",
    "fainting": "fainting",
    "seizure": "fits",
    "numbness": "numbness",
}
SAID = RED_FLAGS | {"muscle_wasting": "a shrinking muscle"}  # as a person says it


def listing(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence.

    Parameters: words, in order; last, the word before the last item. Returns: one string.

    >>> listing(["a", "b", "c"])
    'a, b and c'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def duration(days: float) -> str:
    """Say a time span in everyday units.

    Parameters: days, length in days. Returns: for example "3 weeks".

    >>> duration(21), duration(1), duration(547), duration(366), duration(3650)
    ('3 weeks', '1 day', '18 months', '1 year', '10 years')
    """
    for size, name in ((365.0, "year"), (30.4, "month"), (7.0, "week"), (1.0, "day")):
        count = round(days / size)
        close = count >= 1 and abs(days - count * size) <= 0.1 * size
        if days >= 2 * size or (close and name != "week"):
            return f"{count} {name}{'s' if count != 1 else ''}"
    return "less than a day" if days < 1 else f"{round(days)} days"


def name_of(situation: Situation, finding: str) -> str:
    """Return the plain name of a finding.

    Parameters: situation, the person; finding, its id. Returns: the name, or the id in words.
    """
    known = situation.evidence.findings.get(finding)
    return known.name if known is not None else finding.replace("_", " ")


def _main(situation: Situation) -> list[FindingSeen]:
    seen = [f for f in situation.obs.findings if f.present and not f.sign]
    marked = [f for f in seen if f.main] or [f for f in seen if f.id in situation.assessment.complaints]
    return marked or seen


def _places(situation: Situation, seen: FindingSeen) -> str:
    """Name the places of a complaint: the narrowest, and none that its name already says."""
    sites = situation.evidence.sites
    wide = {parent for w in seen.where if w in sites for parent in sites[w].is_a}
    names = [sites[w].name if w in sites else w.replace("_", " ") for w in seen.where if w not in wide]
    told = name_of(situation, seen.id).lower()
    return listing([n for n in names if n.lower().rstrip("s") not in told][:3])


def _complaint(situation: Situation) -> str:
    main = _main(situation)
    if not main:
        return "Say what troubles you most, where it is, and when it began."
    first = main[0]
    place = _places(situation, first)
    text = f"My main problem: {name_of(situation, first.id)}{f' ({place})' if place else ''}"
    text += f", for {duration(first.days)}" if first.days is not None else ""
    course = {"worse": "it is getting worse", "same": "it stays the same", "better": "it is getting better"}
    return f"{text}{'; ' + course[first.course] if first.course in course else ''}."


def for_child(text: str) -> str:
    """Let a parent say a line of the list.

    Parameters: text, as an adult says it. Returns: the same about "my child".

    >>> for_child("I do not have fits. Could you examine me?")
    'My child does not have fits. Could you examine my child?'
    """
    for adult, parent in CHILD_LINES:
        text = text.replace(adult, parent)
    return text


def _others(situation: Situation) -> str:
    main = _main(situation)[:1]
    others = [f for f in situation.obs.findings if f.present and f not in main and f.id != "health_anxiety"]
    names = list(dict.fromkeys(name_of(situation, f.id) for f in others))
    if not names:
        return "I have noticed nothing else."
    extra = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"I also have: {listing(names[:5]) if not extra else ', '.join(names[:5]) + extra}."


def _product(factor: FactorSeen) -> str:
    text = factor.said or factor.member or factor.id.replace("_", " ")
    text += f" {factor.dose_said}" if factor.dose_said and factor.dose_said not in text else ""
    return text + (f" for {duration(factor.days)}" if factor.days is not None else "")


def _medicines(situation: Situation) -> str:
    taken = [f for f in situation.obs.factors if f.present and f.kind in ("medicine", "supplement")]
    illnesses = [f for f in situation.obs.factors if f.present and f.kind in ("condition", "procedure")]
    known = f" I have had: {listing([f.said or f.id.replace('_', ' ') for f in illnesses[:4]])}." if illnesses else ""
    if taken:
        return f"I take {listing([_product(f) for f in taken[:8]])}.{known}"
    return ("I take no medicines." if situation.obs.no_medicines else "I can bring a list of all I take.") + known


def _denied(situation: Situation) -> str:
    absent = [text for id_, text in SAID.items() if id_ in situation.obs.absent]
    unknown = [
        text for id_, text in SAID.items() if id_ not in situation.obs.absent and id_ not in situation.obs.present
    ]
    told = f"I do not have {listing(absent, 'or')}." if absent else ""
    return f"{told} Please ask me about {listing(unknown[:4])}.".strip() if unknown else told or ALL_TOLD


def _ask(situation: Situation, tests: Iterable[str]) -> str:
    names = list(dict.fromkeys(tests))
    wanted = f" and tell me if these would help: {listing(names[:4])}" if names else ""
    return f"Could you examine me{wanted}?"


def five_lines(situation: Situation, tests: Sequence[str]) -> list[Step]:
    """Build five lines to say: complaint, what comes with it, medicines, what is denied, what to ask.

    Parameters: situation, the person; tests, names of tests worth asking about. Returns: five steps.
    """
    lines = {
        "say_complaint": _complaint(situation),
        "say_others": _others(situation),
        "say_medicines": _medicines(situation),
        "say_denied": _denied(situation),
        "say_ask": _ask(situation, tests),
    }
    why = "Taken from your record, so that nothing is left out."
    return [Step("say", text, why, (SAY,), id_) for id_, text in lines.items()]


def one_line(situation: Situation) -> Step:
    """Build the one line to say in an emergency.

    Parameters: situation, the person. Returns: a step.
    """
    text = " ".join([_complaint(situation), _others(situation), _medicines(situation)])
    return Step("say", text, "Say this, or show it.", (SAY,), "say_emergency")
