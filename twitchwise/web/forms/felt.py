"""What else is felt and what is not: the questions whose answers tell most, by groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from twitchwise.ask.order import PARAMETERS, SELF_HARM
from twitchwise.ask.tables import lines_of
from twitchwise.assess.lab_findings import with_lab_findings
from twitchwise.assess.network import build_network
from twitchwise.assess.next_tests import ranked_tests
from twitchwise.assess.problem import make_case
from twitchwise.web.forms.answers import Answer, answer_of, take_answers
from twitchwise.web.forms.asked import noted
from twitchwise.web.forms.filled import Filled
from twitchwise.web.forms.lists import group
from twitchwise.web.forms.rows import take_rows
from twitchwise.web.forms.scene import Scene, Tables

PREFIX = "felt-"
USUAL = "muscle_twitching"
ASKED = 18  # questions at once; the rest comes after these
# groups of data/findings.toml under the headings of the page, in this order
GROUPS = (
    ("Twitches, cramps and stiffness", ("excitability",)),
    ("Strength and movement", ("weakness",)),
    ("Feeling in the skin, and pain", ("sensory", "pain", "skin")),
    ("Breathing and heart", ("breathing", "heart")),
    ("Head, mood and sleep", ("brain", "mood")),
    ("Belly, water and the rest of the body", ("gut", "urine", "general")),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    title: str
    answers: tuple[Answer, ...]


def view(scene: Scene) -> dict[str, Any]:
    """Lay out the step.

    Parameters: scene. Returns: what its template names.
    """
    ids = list(dict.fromkeys([*answered(scene), *telling(scene)]))
    parts = []
    for title, groups in GROUPS:
        found = tuple(answer_of(i, scene) for i in ids if scene.evidence.findings[i].group in groups)
        if found:
            parts.append(Part(title, found))
    harm = SELF_HARM not in scene.seen.present | scene.seen.absent and "low_mood" in scene.seen.present
    denied = group("absent", scene)
    own = [row for row in denied.rows if row.new or not _answers("absent", row.number, scene)]
    return {
        "parts": parts,
        "harm": answer_of(SELF_HARM, scene) if harm else None,
        "denied": replace(denied, rows=own),
    }


def telling(scene: Scene) -> list[str]:
    """Choose what to ask: the findings whose answers would change the result most.

    Parameters: scene. Returns: ids of findings, the most telling first.
    """
    if not any(finding.present for finding in scene.seen.findings):  # what tells most about a twitch is asked first
        scene = scene.having({**scene.tables, "findings": [scene.evidence.findings[USUAL].name]})
    seen, network = scene.seen, build_network(scene.evidence)
    case = make_case(
        with_lab_findings(seen, scene.readings, scene.evidence, network), scene.readings, scene.evidence, network
    )
    found = [told.asking.test for _, told in ranked_tests(case, PARAMETERS) if told.asking.kind == "question"]
    left = [id_ for id_ in found if not _elsewhere(id_, scene) and id_ not in noted(scene.tables, "not_known")]
    return left[:ASKED]


def answered(scene: Scene) -> list[str]:
    """List the findings that a form of this kind answered before.

    Parameters: scene. Returns: ids in the order of the record, those answered with "I don't know" at the end.
    """
    found = []
    for section in ("findings", "absent"):
        for number in range(len(lines_of(scene.tables, section))):
            found += _answers(section, number, scene)
    unknown = [id_ for id_ in scene.evidence.findings if id_ in noted(scene.tables, "not_known")]
    return [id_ for id_ in [*found, *unknown] if not _elsewhere(id_, scene)]


def _answers(section: str, number: int, scene: Scene) -> list[str]:
    """Return the finding that a line is the bare answer to; none for own words that say more."""
    ids = [f.id for f in scene.seen.findings if f.origin == f"{section}[{number}]"]
    line = lines_of(scene.tables, section)[number]
    bare = len(ids) == 1 and not _is_main(line) and scene.bare.get((section, number)) == ids[0]
    return ids if bare else []


def _is_main(line: object) -> bool:
    """A complaint with a place or a time of its own belongs to the step before."""
    return isinstance(line, dict) and any(line.get(key) for key in ("main", "where", "since", "note"))


def _elsewhere(id_: str, scene: Scene) -> bool:
    """Say whether another step asks it: the danger signs, and what only an examiner finds."""
    wording = scene.evidence.wordings.get(id_)
    finding = scene.evidence.findings.get(id_)
    return finding is None or finding.kind != "symptom" or (wording is not None and wording.kind == "flag")


def take(form: Filled, scene: Scene, auto: bool = False) -> Tables:
    """Take the answers into the record.

    Parameters: form; scene; auto, whether the person still types. Returns: new tables.
    """
    return take_answers(form, PREFIX, scene.having(take_rows(form, "absent", scene.tables, auto)))
