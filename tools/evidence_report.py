"""How well the facts are supported: what was read, where, and which weak facts move answers most.

    python tools/evidence_report.py [--json]

How much a fact moves answers comes from docs/figures/sensitivity.json (make sensitivity).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference_facts import inference_facts

from twitchwise.evidence import Evidence, load_evidence
from twitchwise.evidence.types import Cite

ROOT = Path(__file__).resolve().parent.parent
INFLUENCE = ROOT / "docs" / "figures" / "sensitivity.json"
WIDE = 80
WEAKEST = 12
VERIFIED_ASKED = 0.75
TIERS = ("A", "B", "C", "own")


@dataclass(frozen=True)
class Support:
    """What one fact rests on, and how far it moves answers."""

    key: str
    text: str
    status: str
    tier: str
    basis: str = ""
    read: str = ""
    weight: float = 0.0

    @property
    def sound(self) -> bool:
        """Whether it was seen on a page of an original source or a faithful copy."""
        return self.status == "verified" and self.tier in ("A", "B")


def tier_of(cites: Iterable[Cite], evidence: Evidence) -> str:
    """Return the best tier among sources.

    Parameters: cites; evidence. Returns: A, B, C or own.

    >>> tier_of([Cite("own_judgement")], load_evidence())
    'own'
    """
    return min((evidence.sources[c.source].tier for c in cites), key=TIERS.index, default="own")


def inference(evidence: Evidence, moves: dict[str, float]) -> list[Support]:
    """Return every number that the weighing of causes can use.

    Parameters: evidence; moves, key -> mean move of an answer. Returns: their support.
    """
    return [
        Support(
            f.key,
            f.text,
            f.cited.status,
            tier_of([f.cited.cite], evidence),
            f.cited.basis,
            f.cited.read,
            moves.get(f.key, 0.0),
        )
        for f in inference_facts(evidence)
    ]


def emergency_rules(evidence: Evidence) -> list[Support]:
    """Return the triage rules that send to an emergency.

    Parameters: evidence. Returns: their support.
    """
    rules = [r for r in evidence.triage_rules.values() if r.level == "emergency"]
    return [Support(r.id, r.action, r.status, tier_of(r.cites, evidence), r.basis) for r in rules]


def triage_limits(evidence: Evidence) -> list[Support]:
    """Return the limits that triage rules and guards use.

    Parameters: evidence. Returns: their support.
    """
    return [
        Support(x.id, f"{x.value:g} {x.unit}", x.status, tier_of([x.cite], evidence), x.basis)
        for x in evidence.limits.values()
    ]


def laboratory_limits(evidence: Evidence) -> list[Support]:
    """Return the reference intervals and the named bands of laboratory results.

    Parameters: evidence. Returns: their support.
    """
    out = []
    for analyte in evidence.analytes.values():
        rows = [("interval", r.status, r.cite) for r in analyte.ranges]
        rows += [(g.label, g.status, g.cite) for g in analyte.grades]
        out += [Support(analyte.id, f"{analyte.name}: {w}", s, tier_of([c], evidence)) for w, s, c in rows]
    return out


def counts(evidence: Evidence) -> dict[str, int]:
    """Return how many there are of what people can say or be told.

    Parameters: evidence. Returns: counts by name.
    """
    kinds = Counter(f.kind for f in evidence.factors.values())
    medicines = [f for f in evidence.factors.values() if f.kind == "medicine"]
    return {
        "medicines and classes": kinds["medicine"],
        "single medicines in classes": sum(len(f.members) for f in medicines),
        "brand names": sum(len(m.brands) for f in medicines for m in f.members),
        "conditions": kinds["condition"],
        "procedures": kinds["procedure"],
        "exposures": kinds["exposure"],
        "supplements": kinds["supplement"],
        "findings": len(evidence.findings),
        "laboratory analytes": len(evidence.analytes),
        "causes": sum(n.kind == "cause" for n in evidence.nodes.values()),
        "named parts and mechanisms": sum(n.kind != "cause" for n in evidence.nodes.values()),
        "clues": len(evidence.clues),
        "triage rules": len(evidence.triage_rules),
        "claims": len(evidence.claims),
        "sources": len(evidence.sources),
    }


def share(rows: Sequence[Support], holds: Callable[[Support], bool], weighted: bool = False) -> float:
    """Return the share of facts for which something holds, by number or by how much they move answers.

    Parameters: rows; holds; weighted. Returns: 0 to 1; 0 when there is nothing to share.

    >>> share([Support("a", "", "verified", "A"), Support("b", "", "recalled", "A")], lambda s: s.sound)
    0.5
    """
    whole = sum(r.weight if weighted else 1.0 for r in rows)
    return sum(r.weight if weighted else 1.0 for r in rows if holds(r)) / whole if whole else 0.0


def summary(rows: Sequence[Support]) -> dict[str, Any]:
    """Return all shares of a group of facts.

    Parameters: rows. Returns: shares by name; those by basis, by what the page gave and by influence only where known.
    """
    out: dict[str, Any] = {
        "facts": len(rows),
        "verified on tier A or B": share(rows, lambda r: r.sound),
        "verified": share(rows, lambda r: r.status == "verified"),
        "tier": {t: share(rows, lambda r, t=t: r.tier == t) for t in TIERS},  # type: ignore[misc]
    }
    if any(r.basis for r in rows):
        bases = ("published", "derived", "elicited")
        out["basis"] = {b: share(rows, lambda r, b=b: r.basis == b) for b in bases}  # type: ignore[misc]
    sound = [r for r in rows if r.status == "verified"]
    if any(r.read for r in rows):
        kinds = {"figure": "figure", "word": "word", "list": "list", "unsaid": ""}
        out["verified page gave"] = {w: share(sound, lambda r, k=k: r.read == k) for w, k in kinds.items()}  # type: ignore[misc]
    if any(r.weight for r in rows):
        out["verified on tier A or B, by influence"] = share(rows, lambda r: r.sound, weighted=True)
        out["elicited, by influence"] = share(rows, lambda r: r.basis == "elicited", weighted=True)
    return out


def weakest(rows: Sequence[Support], most: int = WEAKEST) -> list[Support]:
    """Return the facts without a page behind them that move answers most.

    Parameters: rows; most, how many. Returns: the strongest first.
    """
    weak = [r for r in rows if not r.sound and r.weight > 0]
    return sorted(weak, key=lambda r: (-r.weight, r.key))[:most]


def influence() -> tuple[str, dict[str, float]]:
    """Return the evidence version that the sensitivity figures were made with, and the mean move of each fact."""
    if not INFLUENCE.exists():
        return "", {}
    found = json.loads(INFLUENCE.read_text(encoding="utf-8"))
    return found["evidence_version"], {row["key"]: row["move"] for row in found["facts"]}


def lines_of(group: str, found: dict[str, Any], asked: float) -> list[str]:
    """Return a group as it is printed.

    Parameters: group, its name; found, from `summary`; asked, the share that must be verified. Returns: lines.
    """
    good = found["verified on tier A or B"] >= asked
    out = [f"{group}: {found['facts']:,} facts"]
    for name, value in found.items():
        if isinstance(value, dict):
            parts = "   ".join(f"{k} {v * 100:.1f} %" for k, v in value.items())
            out.append(f"  {name:<40} {parts}" if len(parts) < WIDE - 43 else f"  {name}: {parts}")
        elif name != "facts":
            asks = f"   asked {asked * 100:.0f} %: {'reached' if good else 'NOT REACHED'}"
            out.append(f"  {name:<40} {value * 100:5.1f} %{asks if name == 'verified on tier A or B' else ''}")
    return out


def main(arguments: list[str]) -> int:
    """Print the report."""
    evidence = load_evidence()
    version, moves = influence()
    facts = inference(evidence, moves)
    groups = {
        "Inference": (facts, VERIFIED_ASKED),
        "Emergency rules": (emergency_rules(evidence), 1.0),
        "Triage limits": (triage_limits(evidence), 1.0),
        "Laboratory intervals and bands": (laboratory_limits(evidence), 1.0),
    }
    shares = {name: summary(rows) for name, (rows, _) in groups.items()}
    weak = weakest(facts)
    if "--json" in arguments:
        kept = [{"key": r.key, "text": r.text, "basis": r.basis, "status": r.status, "move": r.weight} for r in weak]
        print(json.dumps({"counts": counts(evidence), "shares": shares, "weakest": kept}, indent=1))
        return 0
    for name, (_, asked) in groups.items():
        print("\n".join([*lines_of(name, shares[name], asked), ""]))
    print("Counts")
    print("\n".join(f"  {name:<40} {n:6,}" for name, n in counts(evidence).items()))
    print("\nFacts without a page behind them that move answers most")
    if not moves:
        print("  not known: run make sensitivity")
    elif version != evidence.version:
        print(f"  (measured with data {version}, now {evidence.version}: run make sensitivity)")
    for row in weak:
        text = row.text if len(row.text) < WIDE - 30 else f"{row.text[: WIDE - 33]}..."
        print(f"  {row.weight * 100:4.1f} points  {text:<{WIDE - 30}} {row.basis}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
