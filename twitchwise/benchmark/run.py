"""Review every case of a folder without its answers, and score what was said."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from twitchwise.assess import assess
from twitchwise.benchmark.adapter import record_of_case
from twitchwise.benchmark.scores import LEVELS, Json, Scored, brier, ranking_scores, triage_scores, wilson
from twitchwise.errors import FileError, LimitError
from twitchwise.evidence import Evidence
from twitchwise.labs import read_labs
from twitchwise.observe import count_terms, observe
from twitchwise.record import Record
from twitchwise.record.types import FindingLine
from twitchwise.triage import triage

ON = date(2026, 1, 1)
DROPPABLE = ("presentation", "absent", "exam_signs")


def read_cases(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Read the cases of a folder and of the folders below it.

    Parameters: folder. Yields: (file name, case). Raises: FileError, naming what is wrong.
    """
    import yaml

    if not folder.is_dir():
        raise FileError(f"{folder}: not a folder. Name the folder that holds the cases (YAML files).")
    files = sorted(f for f in folder.rglob("*") if f.suffix in (".yaml", ".yml") and f.is_file())
    if not files:
        raise FileError(f"{folder}: no YAML files in it or below it.")
    for file in files:
        try:
            case = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise FileError(f"{file}: cannot be read as YAML ({type(error).__name__}).") from error
        if not isinstance(case, dict) or not case.get("causes") or case.get("urgency") not in LEVELS:
            raise FileError(f"{file}: not a case: it needs presentation, causes and urgency.")
        yield file.stem, case


def thinned(case: Mapping[str, Any], drop: float, draw: random.Random) -> dict[str, Any]:
    """Leave out a share of the findings, at random; at least one complaint stays.

    Parameters: case; drop, share to leave out; draw, the random numbers. Returns: the thinner case.

    >>> thinned({"presentation": [1, 2], "absent": [3]}, 0.0, random.Random(1))["absent"]
    [3]
    """
    out = dict(case)
    for key in DROPPABLE:
        if case.get(key):
            kept = [item for item in case[key] if draw.random() >= drop]
            out[key] = kept or (case[key][:1] if key == "presentation" else [])
    return {k: v for k, v in out.items() if v not in ([], None)}


def score_case(name: str, case: Mapping[str, Any], record: Record, evidence: Evidence) -> Scored:
    """Review one record at the stated parameter values and keep what the scores need.

    Parameters: name, of the file; case, for its answers; record, made without them; evidence. Returns: the scored case.
    """
    observations = observe(record, evidence, ON)
    readings, _ = read_labs(observations, evidence)
    level = triage(observations, readings, evidence).level
    found = assess(observations, readings, evidence, draws=0, detail=False)
    counted = count_terms(record, observations)
    accepted = tuple(dict.fromkeys([case["urgency"], *case.get("urgency_accept", ())]))
    return Scored(
        str(case.get("id", name)),
        tuple(case["causes"]),
        accepted,
        tuple(c.id for c in found.causes),
        level,
        {c.id: c.explains.p for c in found.causes},
        counted.unknown,
        counted.total,
    )


def bare_ranking(evidence: Evidence) -> tuple[str, ...]:
    """Return the order of the causes for a record that says nothing but "muscle twitching".

    Parameters: evidence. Returns: cause ids: the fixed ranking that any tool should beat.
    """
    observations = observe(Record(findings=(FindingLine("muscle twitching"),)), evidence, ON)
    return tuple(c.id for c in assess(observations, (), evidence, draws=0, detail=False).causes)


def measure_folder(
    folder: Path, evidence: Evidence, drop: float = 0.0, tick: Callable[[int], None] | None = None
) -> Json:
    """Score every case of a folder, beside two baselines.

    Parameters: folder; evidence; drop, share of the findings to leave out; tick, told each case done.
    Returns: the figures by name. Raises: FileError, LimitError.
    """
    draw, scored, refused = random.Random(11), [], []
    for name, case in read_cases(folder):
        try:
            scored.append(score_case(name, case, record_of_case(thinned(case, drop, draw)), evidence))
        except LimitError as error:
            refused.append(f"{name}: {error}")
        if tick:
            tick(1)
    return {**figures(scored), "baselines": baselines(scored, evidence), "refused": refused, "results": results(scored)}


def figures(cases: Sequence[Scored]) -> Json:
    """Return all scores of cases.

    Parameters: cases. Returns: the figures by name.
    """
    unknown = wilson(sum(c.unknown for c in cases), sum(c.terms for c in cases))
    return {
        "cases": len(cases),
        **ranking_scores(cases),
        **triage_scores(cases),
        "unknown_terms": unknown,
        "brier_explains": brier(cases),
    }


def baselines(cases: Sequence[Scored], evidence: Evidence) -> Json:
    """Score "always an emergency" and the fixed ranking of a bare record on the same cases.

    Parameters: cases; evidence. Returns: figures by baseline.
    """
    fixed = bare_ranking(evidence)
    return {
        "always_emergency": triage_scores([replace(c, level="emergency") for c in cases]),
        "prior_ranking": ranking_scores([replace(c, ranking=fixed) for c in cases]),
    }


def results(cases: Sequence[Scored]) -> list[Json]:
    """Return what was said of each case, with its answer.

    Parameters: cases. Returns: one entry for each case.
    """
    return [
        {
            "id": c.id,
            "ranking": list(c.ranking),
            "level": c.level,
            "causes": list(c.causes),
            "urgency": list(c.accepted),
        }
        for c in cases
    ]


def as_text(result: Json, cases: bool) -> str:
    """Write the figures for a terminal.

    Parameters: result, from `measure_folder`; cases, whether to add a line for each case. Returns: the text.
    """
    lines = [f"{result['cases']} cases"]
    for key, value in result.items():
        if isinstance(value, dict) and "low" in value and value["value"] is not None:
            lines.append(f"  {key:<22}{value['value']:.3f}   95 % interval {value['low']:.3f} to {value['high']:.3f}")
    score = result["brier_explains"]
    lines.append(f"  {'brier_explains':<22}{score['value']:.4f}  base rates {score['base_rate']:.4f}")
    for name, figures_ in result["baselines"].items():
        lines.append(f"  baseline {name}")
        lines += [f"    {key:<22}{v['value']:.3f}" for key, v in figures_.items() if v["value"] is not None]
    lines += [f"  refused: {line}" for line in result["refused"]]
    if cases:
        lines += [
            f"  {r['id']:<44.44} {r['level']:<9} (answer {'/'.join(r['urgency'])})  "
            f"{', '.join(r['ranking'][:3])}  (answer {', '.join(r['causes'])})"
            for r in result["results"]
        ]
    return "\n".join(lines)
