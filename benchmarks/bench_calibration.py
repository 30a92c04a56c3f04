"""Is what is said as often true as it says? Persons drawn from the model with numbers of their own, and our answers.

    python benchmarks/bench_calibration.py [--persons 100000] [--seed 2026]

Writes docs/figures/calibration.json and .svg, and the generated part of docs/calibration.md. The review uses its stated
numbers; every person was drawn with another set from the intervals. This asks whether the arithmetic is right and how
much the uncertain numbers cost. It cannot tell whether the model is like the world.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from calibration import Answers, compare, largest_difference
from drawn_persons import MOST_POSITIVES, make_world
from generated import put_between
from machine import ROOT, heading, line
from reliability import binned, diagram, errors

from twitchwise.cli.app import progress
from twitchwise.evidence import Evidence, load_evidence

ASKED = 0.03
DRAWS = 2000
WORLDS, WORLD_PERSONS = 10, 2000
FIGURES = ROOT / "docs" / "figures"
PAGE = ROOT / "docs" / "calibration.md"
KINDS = ("present", "explains")


def figures(answers: Answers) -> dict[str, Any]:
    """Return all calibration figures of a run.

    Parameters: answers. Returns: by kind: overall, first ranked, from 5 % up, for each cause, and the bins.
    """
    first = np.argmax(answers.explains[0], axis=0)
    everybody = np.arange(len(first))
    out: dict[str, Any] = {}
    for kind in KINDS:
        said, true = getattr(answers, kind)
        shown = said >= 0.05
        out[kind] = {
            "overall": errors(said.ravel(), true.ravel()),
            "said_5_percent_or_more": errors(said[shown], true[shown]),
            "first_ranked_cause": errors(said[first, everybody], true[first, everybody]),
            "mean_of_causes": mean_of([errors(s, t) for s, t in zip(said, true, strict=True)]),
            "causes": {c: errors(said[n], true[n]) for n, c in enumerate(answers.causes)},
            "bins_equal_width": binned(said.ravel(), true.ravel()),
            "bins_equal_mass": binned(said.ravel(), true.ravel(), equal_mass=True),
        }
    return out


def worlds(evidence: Evidence, seed: int, tick: Callable[[int], None]) -> dict[str, dict[str, float]]:
    """Return the calibration errors in worlds that each have one other set of numbers for everybody."""
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(WORLDS):
        world = make_world(evidence, 1, seed + number)
        answers = compare(world, WORLD_PERSONS, np.random.default_rng(seed + number), tick)
        for kind in KINDS:
            said, true = getattr(answers, kind)
            found[kind].append(errors(said.ravel(), true.ravel())["ece_equal_width"])
    return {k: {"median": float(np.median(v)), "worst": max(v), "worlds": WORLDS} for k, v in found.items()}


def mean_of(found: list[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each figure."""
    return {key: float(np.mean([f[key] for f in found])) for key in found[0]}


def rounded(value: Any) -> Any:
    """Round every number, so that a file that says the same is the same."""
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def picture(found: dict[str, Any], persons: int) -> str:
    """Return the reliability diagram."""
    panels, words = {}, []
    for kind, name in zip(KINDS, ("“is present”", "“explains the complaint”"), strict=True):
        ece = found[kind]["overall"]["ece_equal_width"]
        panels[name] = (f"mean gap {ece * 100:.2f} points", found[kind]["bins_equal_width"])
        pairs = ", ".join(f"{b['said'] * 100:.0f}:{b['true'] * 100:.0f}" for b in found[kind]["bins_equal_width"])
        words.append(f"{name}, said:true in percent: {pairs}.")
    text = f"{persons:,} drawn persons. Points on the dashed line are right as often as they say. " + " ".join(words)
    return diagram(panels, "What was said beside what was true", text)


def table(found: dict[str, Any], persons: int) -> str:
    """Return the generated part of the page: the figures, then one line for each cause."""
    rows = [
        "| answers | present, equal width | equal mass | explains, equal width | equal mass |",
        "|---|---|---|---|---|",
    ]
    names = {
        "overall": "all",
        "mean_of_causes": "mean of the causes",
        "said_5_percent_or_more": "said 5 % or more",
        "first_ranked_cause": "first-ranked cause",
    }
    picked = {label: {k: found[k][key] for k in KINDS} for key, label in names.items()}
    picked |= {c.replace("_", " "): {k: found[k]["causes"][c] for k in KINDS} for c in found["present"]["causes"]}
    for label, both in picked.items():
        cells = [f"{both[k][e]:.4f}" for k in KINDS for e in ("ece_equal_width", "ece_equal_mass")]
        rows.append(f"| {label} | " + " | ".join(cells) + " |")
    one = found["one_world_at_a_time"]
    said = " and ".join(f"{one[k]['median']:.3f} (worst {one[k]['worst']:.3f}) for {k}" for k in KINDS)
    return (
        f"Expected calibration error over {persons:,} drawn people (0 is perfect):\n\n" + "\n".join(rows) + "\n\n"
        f"Here everybody has other numbers, and much of that evens out. Had all people of a world the same other "
        f"numbers, the error would be {said}: the median of {WORLDS} such worlds, {WORLD_PERSONS:,} people each."
    )


def report(found: dict[str, Any]) -> bool:
    """Print the figures beside what is asked; say whether all are reached."""
    good = True
    for kind in KINDS:
        for key in ("overall", "mean_of_causes", "said_5_percent_or_more", "first_ranked_cause"):
            for way in ("equal_width", "equal_mass"):
                value = found[kind][key][f"ece_{way}"]
                asked = key == "overall"
                good &= not asked or value <= ASKED
                line(
                    f"{kind}, {key}, {way}",
                    value,
                    "",
                    f"<= {ASKED}" if asked else "",
                    value <= ASKED if asked else None,
                )
        one = found["one_world_at_a_time"][kind]
        line(f"{kind}, one world at a time, median of {WORLDS}", one["median"], "", f"worst {one['worst']:.4f}")
        causes = found[kind]["causes"]
        worst = max(causes, key=lambda c: causes[c]["ece_equal_mass"])
        value = causes[worst]["ece_equal_mass"]
        line(f"{kind}, worst cause: {worst}", value, "", f"<= {ASKED}", value <= ASKED)
        line(
            f"{kind}, Brier / that of always saying the mean",
            found[kind]["overall"]["brier"],
            "",
            f"{found[kind]['overall']['brier_base']:.4g}",
        )
    return good


def write(found: dict[str, Any], head: dict[str, Any]) -> None:
    """Write the figures, the diagram and the generated part of the page."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    (FIGURES / "calibration.json").write_text(json.dumps(head | rounded(found), indent=1) + "\n", encoding="utf-8")
    (FIGURES / "calibration.svg").write_text(picture(found, head["persons"]), encoding="utf-8")
    put_between(PAGE, "calibration", table(found, head["persons"]))


def main(arguments: list[str]) -> int:
    """Draw, answer, compare, write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--persons", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--dry", action="store_true", help="write no file")
    options = asked.parse_args(arguments)
    heading(f"calibration: {options.persons:,} drawn persons with a complaint, {DRAWS} sets of numbers among them")
    evidence, start = load_evidence(), time.perf_counter()
    world, rng = make_world(evidence, DRAWS, options.seed), np.random.default_rng(options.seed)
    difference = largest_difference(world, np.random.default_rng(options.seed + 1), 25)
    line("many at once against one by one, largest difference", difference, "", "<= 1e-9", difference <= 1e-9)
    with progress(options.persons + WORLDS * WORLD_PERSONS, "Asking drawn persons") as tick:
        answers = compare(world, options.persons, rng, tick)
        found, persons = figures(answers), answers.present[0].shape[1]
        found["one_world_at_a_time"] = worlds(evidence, options.seed, tick)
    line(
        "persons answered",
        persons,
        "",
        f"{np.bincount(answers.findings)[1:].tolist()} with 1 to {MOST_POSITIVES} findings",
    )
    good = report(found) and difference <= 1e-9
    line("time for all", time.perf_counter() - start, "s")
    if not options.dry:
        head = {"persons": persons, "seed": options.seed, "sets_of_numbers": DRAWS}
        write(found, head | {"evidence_version": evidence.version})
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
