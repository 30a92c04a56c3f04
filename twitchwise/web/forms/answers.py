"""Yes, no and "I don't know" to a finding: how the record answers it, and what an answer changes."""

from __future__ import annotations

from dataclasses import dataclass

from twitchwise.ask.answer import take
from twitchwise.ask.order import worded
from twitchwise.ask.tables import lines_of
from twitchwise.ask.types import State
from twitchwise.assess.network import build_network
from twitchwise.web.forms.asked import noted, with_noted
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.scene import Scene, Tables

CHOICES = ("yes", "no", "open")
SIDES = {"yes": "findings", "no": "absent"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a form with the answer that the record gives; `said` are own words that say yes already."""

    id: str
    text: str
    chosen: str = ""  # yes | no | open | ""
    why: str = ""
    said: str = ""
    line: int = -1  # of [[findings]], where a yes has a line of its own


def answer_of(finding: str, scene: Scene, why: str = "") -> Answer:
    """Read the answer to a question out of the record.

    Parameters: finding, its id; scene; why, it is asked. Returns: the question with its answer.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> scene = Scene({"absent": ["fever"]}, load_evidence(), date(2026, 11, 22))
    >>> answer_of("fever", scene).chosen, answer_of("cough", scene).chosen
    ('no', '')
    """
    question = worded(finding, scene.evidence)
    answer = Answer(finding, question.text, "", why or question.why)
    if finding in scene.seen.present:
        line = _own_line(finding, scene)
        said = "" if line >= 0 else _own_words(finding, scene)
        return Answer(finding, answer.text, "yes", answer.why, said, line)
    chosen = "no" if finding in scene.seen.absent else "open" if finding in noted(scene.tables, "not_known") else ""
    return Answer(finding, answer.text, chosen, answer.why)


def _own_line(finding: str, scene: Scene) -> int:
    """Return the number of the line that says this finding and nothing else, -1 when there is none."""
    own = (number for (section, number), id_ in scene.bare.items() if section == "findings" and id_ == finding)
    return next(own, -1)


def _own_words(finding: str, scene: Scene) -> str:
    above = build_network(scene.evidence).above
    seen = (f for f in scene.seen.findings if f.present and (f.id == finding or finding in above.get(f.id, ())))
    return next((f.said for f in seen), "your own words")


def take_answers(form: Filled, prefix: str, scene: Scene) -> Tables:
    """Take every answer of a form into the record.

    Parameters: form, with fields such as felt-fever; prefix, "felt-"; scene. Returns: new tables; what is answered
    as before is left as it is.
    """
    for key in form:
        finding, chosen = key.removeprefix(prefix), form.text(key)
        if key.startswith(prefix) and finding in scene.evidence.findings and chosen in (*CHOICES, ""):
            scene = scene.having(with_answer(scene, finding, chosen))
    return scene.tables


def with_answer(scene: Scene, finding: str, chosen: str) -> Tables:
    """Answer one question.

    Parameters: scene; finding; chosen, yes, no, open (I don't know) or "" (not answered). Returns: new tables.

    >>> from datetime import date
    >>> from twitchwise.evidence import load_evidence
    >>> scene = Scene({}, load_evidence(), date(2026, 11, 22))
    >>> with_answer(scene, "fever", "no")
    {'absent': [{'what': 'fever'}]}
    >>> with_answer(scene.having(with_answer(scene, "fever", "no")), "fever", "open")
    {'asked': {'not_known': ['fever']}}
    """
    now = answer_of(finding, scene)
    if now.chosen == chosen or now.said:
        return scene.tables
    tables = _without_lines(scene, finding)
    tables = with_noted(
        tables, "not_known", [finding] if chosen == "open" else (), () if chosen == "open" else [finding]
    )
    if chosen not in SIDES:
        return tables
    return take(State(tables), worded(finding, scene.evidence), chosen, scene.evidence, scene.on).state.tables


def _without_lines(scene: Scene, finding: str) -> Tables:
    """Take out the lines that hold nothing but the old answer; own words that say more stay."""
    tables = dict(scene.tables)
    for section in SIDES.values():
        lines = lines_of(tables, section)
        left = [line for number, line in enumerate(lines) if scene.bare.get((section, number)) != finding]
        if len(left) != len(lines):
            tables[section] = left
            if not left:
                del tables[section]
    return tables
