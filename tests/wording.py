"""The wording set: read each line as a record of its own, and say what was missed and what was wrong."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from twitchwise.evidence import Evidence, load_evidence
from twitchwise.labs import read_labs
from twitchwise.observe import Observations, observe
from twitchwise.observe.sites import above
from twitchwise.record import record_from_tables

FOLDER = Path(__file__).parent / "spec" / "wording"
ON = date(2026, 11, 1)
HABITS = ("alcohol", "caffeine", "sleep", "exercise")


class Line(NamedTuple):
    """A line of the set: where it stands in a record, and what it should give."""

    kind: str  # findings | denials | factors | labs | notes | tests
    section: str
    said: str
    tables: dict[str, Any]
    wanted: str


class Verdict(NamedTuple):
    """What was missed and what was wrong; wider than wanted is missed, not wrong."""

    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def lines() -> list[Line]:
    found: list[Line] = []
    for kind in ("findings", "denials", "factors", "labs", "tests"):
        for section, rows in tables_of(kind).items():
            found += [Line(kind, section, said, _tables(kind, section, said), want) for said, want in rows.items()]
    for row in tables_of("notes")["lines"]:
        line = {key: value for key, value in row.items() if key != "want"}
        said = f"{row['what']}; {row['note']}"
        found.append(Line("notes", "findings", said, {"findings": [line]}, row["want"]))
    return found


def tables_of(kind: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))


def _tables(kind: str, section: str, said: str) -> dict[str, Any]:
    section = section.removesuffix("_again").removesuffix("_more")
    if kind == "findings":
        return {"signs" if section == "signs" else "findings": [said]}
    if kind == "labs":
        return {"labs": [said]} if section.startswith("lines") else {"signs": [said]}
    if kind == "tests":
        what, _, result = said.partition(": ")
        return {"tests": [{"what": what, "result": result}]}
    if section == "diet":
        return {"diet": said}
    return {"habits": {section: said}} if section in HABITS else {section: [said]}


def judge(line: Line, evidence: Evidence | None = None) -> Verdict:
    evidence = evidence or load_evidence()
    o = observe(record_from_tables(line.tables), evidence, ON)
    if line.kind == "labs":
        return _judge_labs(line, o, evidence)
    if line.kind == "denials":
        return Verdict(tuple(w for w in line.wanted.split() if w not in o.absent), tuple(sorted(_present(o))))
    wanted, _, allowed = line.wanted.partition("/")
    hints = _present(o) | _hints(o)
    tokens = [token for token in wanted.split() if not token.startswith("!")]
    missed = tuple(token for token in tokens if not any(_same(one, hints) for one in token.split("|")))
    fine = {_plain(one) for token in (*tokens, *allowed.split()) for one in token.split("|")}
    forbidden = {token[1:] for token in wanted.split() if token.startswith("!")}
    if line.kind in ("notes", "tests"):
        return Verdict(missed, tuple(sorted(forbidden & hints)))
    wider = {key for one in fine if one in evidence.findings for key in above(evidence, one)}
    return Verdict(missed, tuple(sorted(_present(o) - fine - wider)))


def _plain(token: str) -> str:
    return re.sub(r"@.*", "", token).removeprefix("factor:")


def _same(token: str, hints: set[str]) -> bool:
    return token.removeprefix("factor:") in hints


def _present(o: Observations) -> set[str]:
    """Return what came out as present, habits with their level, laboratory tests and risks with a prefix."""
    found = {f.id for f in o.findings if f.present}
    for factor in o.factors:
        if factor.kind == "habit" and (factor.present or factor.origin.startswith("habits")):
            found.add(f"{factor.id}={factor.member}" if factor.origin.startswith("habits") else factor.id)
        elif factor.present:
            found.add(factor.id)
    found |= {f"lab:{lab.analyte}" for lab in o.labs} | ({"person:pregnant"} if o.pregnant else set())
    return found | {f"risk:{risk}" for risk in o.risks - _QUIET}


# follow from the factor itself and need not be listed
_QUIET = frozenset(
    "asked_medicines_none b12_supplement vitamin_d_supplement magnesium_supplement b6_supplement short_sleep"
    " recent_hard_exercise endurance screen_long vomiting_now diarrhoea_now weight_loss_now polyuria_now".split()
)


def _hints(o: Observations) -> set[str]:
    """Return clues, times, circumstances and doses."""
    found = {f"clue:{clue}" for clue in o.clues} | {
        f"{f.id}@{f.dose_mg_per_day:g}" for f in o.factors if f.dose_mg_per_day
    }
    for f in o.findings:
        found |= {f"when:{when}" for when in f.when} | {f"onset={f.onset}", f"course={f.course}"}
        found |= {f"days={f.days:g}"} if f.days is not None else set()
    return found


def _judge_labs(line: Line, o: Observations, evidence: Evidence) -> Verdict:
    got = {(r.analyte, r.level) for r in read_labs(o, evidence)[0]}
    wanted = [part.split() for part in line.wanted.split(" + ")]
    missed = [
        f"{ids} {levels}"
        for ids, levels in wanted
        if not any(f"{a}" in ids.split("|") and lv in levels.split("|") for a, lv in got)
    ]
    known = {one for ids, _ in wanted for one in ids.split("|")}
    wrong = [f"{a} {lv}" for a, lv in got if a not in known and lv != "normal"]
    wrong += [f"{a} {lv}" for a, lv in got for ids, levels in wanted if a in ids.split("|") and _opposite(lv, levels)]
    return Verdict(tuple(missed), tuple(wrong))


def _opposite(level: str, levels: str) -> bool:
    sides = {one.removeprefix("very_") for one in levels.split("|")}
    return level.removeprefix("very_") not in sides
