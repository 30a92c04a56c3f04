"""Which numbers move the answers most: the ten first, with where each comes from.

    python benchmarks/bench_sensitivity.py [--drawn 150] [--seed 2026]

Over the example records, the records of tests/spec/ordinary and persons drawn from the model. Writes
docs/figures/sensitivity.json (all facts that move anything) and the generated part of docs/sensitivity.md (ten).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from generated import put_between
from machine import ROOT, heading, line
from sensitivity import Influence, Sensitivity, add, drawn_cases, names_behind, written_cases

from twitchwise.assess.network import cause_name
from twitchwise.cli.app import progress
from twitchwise.evidence import Evidence, load_evidence

sys.path.insert(0, str(ROOT / "tools"))

from inference_facts import Fact, inference_facts

FIGURES = ROOT / "docs" / "figures" / "sensitivity.json"
PAGE = ROOT / "docs" / "sensitivity.md"
SHOWN = 10
IN_FULL = 50
LEAST = 1e-6  # a number that moves no answer by more is left out of the file


def as_table(fact: Fact, one: Influence, records: int) -> dict[str, Any]:
    """Return what is kept of a fact."""
    c = fact.cited
    return {
        "key": fact.key,
        "text": fact.text,
        "kind": fact.kind,
        "move": float(f"{one.move / records:.3g}"),
        "largest": float(f"{one.largest:.3g}"),
        "cause": one.cause,
        "touched": one.touched,
        "first_changes": one.first,
        "word_changes": one.word,
        "value": c.value,
        "low": c.low,
        "high": c.high,
        "unit": c.unit,
        "basis": c.basis,
        "status": c.status,
        "read": c.read,
        "source": c.cite.source,
        "locator": c.cite.locator,
    }


def ranked(found: Sensitivity, evidence: Evidence) -> list[dict[str, Any]]:
    """Return the facts that any record used, the most influential first."""
    rows = [as_table(f, found.facts[f.key], found.records) for f in inference_facts(evidence) if f.key in found.facts]
    return sorted(rows, key=lambda r: (-r["move"], r["key"]))


def markdown(rows: list[dict[str, Any]], found: Sensitivity, evidence: Evidence) -> str:
    """Return the generated part of the page."""
    out = [
        f"{found.records} records: the examples, the ordinary cases, and people drawn from the model.",
        "",
        "| | number | value (interval) | moves an answer by, on average (at most) | first cause changes | word changes "
        "| basis, status | source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for n, row in enumerate(rows[:SHOWN], 1):
        source = evidence.sources[row["source"]]
        name = f"[{source.title}]({source.url})" if source.url else source.title
        place = f": {row['locator']}" if row["locator"] else ""
        most = f"{row['move'] * 100:.1f} points ({row['largest'] * 100:.0f}, {cause_name(evidence, row['cause'])})"
        status = f"{row['basis']}, {row['status']}" + (f" ({row['read']})" if row["read"] else "")
        out.append(
            f"| {n} | {row['text']} | {row['value']:.3g} ({row['low']:.3g} to {row['high']:.3g}) | {most} "
            f"| {row['first_changes']} | {row['word_changes']} | {status} | {name}{place} |".replace("\n", " ")
        )
    return "\n".join(out)


def main(arguments: list[str]) -> int:
    """Swing every number of every record, and say which moved most."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--drawn", type=int, default=150)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--dry", action="store_true", help="write no file")
    options = asked.parse_args(arguments)
    evidence, found, start = load_evidence(), Sensitivity(), time.perf_counter()
    heading("sensitivity: every number at its low and at its high end")
    behind_of = names_behind(evidence)
    cases = [*written_cases(evidence, ROOT / "examples", ROOT / "tests" / "spec" / "ordinary")]
    cases += drawn_cases(evidence, options.drawn, options.seed)
    with progress(len(cases), "Swinging numbers") as tick:
        for case in cases:
            add(found, case, behind_of)
            tick(1)
    rows = ranked(found, evidence)
    line("records", found.records, "", f"({found.left_out} left out: no complaint or more findings than are swung)")
    line("numbers that any of them used", len(rows), "", f"of {sum(1 for _ in inference_facts(evidence))}")
    for row in rows[:SHOWN]:
        line(row["text"][:58], row["move"] * 100, "points", f"{row['basis']}, {row['status']}, {row['source']}")
    line("time for all", time.perf_counter() - start, "s")
    if not options.dry:
        head = {"records": found.records, "seed": options.seed, "evidence_version": evidence.version}
        FIGURES.parent.mkdir(parents=True, exist_ok=True)
        kept = [*rows[:IN_FULL], *({"key": r["key"], "move": r["move"]} for r in rows[IN_FULL:] if r["move"] >= LEAST)]
        body = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in kept)
        FIGURES.write_text(f'{json.dumps(head)[:-1]}, "facts": [\n{body}\n]}}\n', encoding="utf-8")
        put_between(PAGE, "sensitivity", markdown(rows, found, evidence))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
