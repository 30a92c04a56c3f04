"""People as they come to the tool: the worried, the young, the pregnant, the ill; each a record in plain words."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from twitchwise.evidence import load_evidence
from twitchwise.record import record_from_tables
from twitchwise.report.build import make_report
from twitchwise.report.types import Report
from twitchwise.review import Review, review

ON = date(2026, 11, 22)
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
DENIED = ["muscle weakness", "muscle wasting", "difficulty swallowing", "slurred speech", "breathlessness"]
DENIED += ["chest pain", "fainting", "seizure"]


def _person(age: float, sex: str, country: str = "", **more: Any) -> dict[str, Any]:
    return {"age": age, "sex": sex, "country": country, **more}


def _main(what: str, **more: Any) -> dict[str, Any]:
    return {"what": what, "main": True, **more}


PEOPLE: dict[str, dict[str, Any]] = {
    "worried student": {
        "person": _person(22, "female", "UK", pregnant=False),
        "findings": [_main("eyelid twitching", since="2 weeks"), "health anxiety", "poor sleep"],
        "absent": DENIED,
        "habits": {"caffeine": "4 coffees a day", "stress": "exams"},
    },
    "child": {
        "person": _person(6, "male", "India"),
        "findings": [_main("eyelid twitching", since="3 weeks")],
        "absent": ["muscle weakness", "seizure"],
    },
    "fears als, normal emg": {
        "person": _person(38, "male", "US"),
        "findings": [_main("muscle twitching", where=["calf", "arm"], since="5 months"), "health anxiety"],
        "absent": DENIED,
        "tests": [{"what": "EMG", "result": "normal"}],
    },
    "old man with real weakness": {
        "person": _person(74, "male", "Germany"),
        "findings": [_main("muscle twitching", since="4 months"), "weakness of one limb that gets worse"],
    },
    "pregnant": {
        "person": _person(30, "female", "Australia", pregnant="28 weeks"),
        "findings": [_main("leg cramps at night", since="4 weeks")],
        "absent": DENIED,
        "supplements": [{"name": "magnesium", "dose": "300 mg daily"}],
    },
    "kidney disease": {
        "person": _person(63, "male", "New Zealand"),
        "findings": [_main("muscle cramps"), "muscle twitching"],
        "conditions": [{"name": "chronic kidney disease stage 4"}],
        "medicines": [{"name": "ramipril"}],
        "labs": [{"test": "potassium", "value": "5.4 mmol/L"}],
    },
    "signs of nerve disease": {
        "person": _person(66, "female", "Japan"),
        "findings": [_main("muscle twitching", since="6 months"), "muscle wasting", "foot drop"],
        "signs": [{"what": "brisk reflexes"}],
    },
    "swallowing and speech": {
        "person": _person(60, "female", "Canada"),
        "findings": [_main("tongue twitching"), "slurred speech", "difficulty swallowing"],
    },
    "low magnesium": {
        "person": _person(70, "female", "Ireland"),
        "findings": [_main("muscle cramps"), "palpitations"],
        "medicines": [{"name": "omeprazole", "since": "3 years"}],
        "labs": [{"test": "magnesium", "value": "0.41 mmol/L"}, {"test": "CK", "value": "48000 U/L"}],
    },
    "panic": {
        "person": _person(27, "female", "Brazil"),
        "findings": [_main("tingling in the hands"), "fast breathing", "panic attacks"],
        "absent": DENIED,
    },
    "too much b6": {
        "person": _person(45, "female", "France"),
        "findings": [_main("tingling in the feet"), "muscle twitching", "grumbling womble"],
        "supplements": [{"name": "vitamin B6", "dose": "200 mg daily"}],
    },
    "nothing but a twitch": {"findings": ["muscle twitching"]},
}


@cache
def review_of(name: str) -> Review:
    """Review one of these people, or an example of the repository."""
    path = EXAMPLES / f"{name}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else PEOPLE[name]
    record = record_from_tables(tables)
    return review(record, load_evidence(), ON, draws=20)


@cache
def report_of(name: str) -> Report:
    """Make the report of one of these people."""
    return make_report(review_of(name), load_evidence())
