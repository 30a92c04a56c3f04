"""The development cases, where they are at hand, and the benchmark itself on cases made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from twitchwise.benchmark import measure_folder
from twitchwise.evidence import load_evidence

CASE: dict[str, Any] = {
    "id": "made-up-eyelid",
    "source": {"title": "made up for this test", "kind": "Q&A thread"},
    "age": 30,
    "sex": "female",
    "presentation": [{"finding": "eyelid twitching", "duration_days": 5}, {"finding": "tiredness"}],
    "absent": ["muscle weakness"],
    "labs": [{"analyte": "potassium", "value": 4.2, "unit": "mmol/L"}],
    "final_diagnosis": "harmless",
    "causes": ["benign_fasciculation"],
    "urgency": "self_care",
    "urgency_why": "alone and short",
}
SHARES = (
    "top1 top1_strict top3 recall5 triage_exact triage_not_below triage_safe_gilbert triage_over emergency_sensitivity"
    " self_care_over unknown_terms".split()
)


def write(folder: Path, **changes: Any) -> Path:
    """One case in a folder below the one that is measured."""
    below = folder / "below"
    below.mkdir(parents=True)
    (below / "case.yaml").write_text(yaml.safe_dump({**CASE, **changes}), encoding="utf-8")
    return folder


def test_the_figures_have_the_fixed_names(tmp_path: Path) -> None:
    found = measure_folder(write(tmp_path), load_evidence())
    assert found["cases"] == 1 and found["results"][0]["id"] == "made-up-eyelid"
    assert all(set(found[name]) == {"value", "low", "high"} for name in SHARES)
    assert set(found["baselines"]) == {"always_emergency", "prior_ranking"} and "brier_explains" in found
    assert len(found["results"][0]["ranking"]) == 28


def test_the_answers_never_reach_the_review(tmp_path: Path) -> None:
    said = measure_folder(write(tmp_path / "a"), load_evidence())["results"][0]
    other = {"id": "als-emergency", "causes": ["toxin"], "urgency": "emergency", "final_diagnosis": "poisoning"}
    answer = measure_folder(write(tmp_path / "b", **other), load_evidence())["results"][0]
    assert (said["ranking"], said["level"]) == (answer["ranking"], answer["level"])


def test_dropping_findings_is_repeatable_and_leaves_a_complaint(tmp_path: Path) -> None:
    folder = write(tmp_path)
    first, again = (measure_folder(folder, load_evidence(), drop=0.9) for _ in range(2))
    assert first == again and first["cases"] == 1


@pytest.mark.shared
def test_the_published_development_cases_reach_what_was_asked(shared: Path) -> None:
    found = measure_folder(shared / "vignettes" / "published", load_evidence())
    least = {
        "emergency_sensitivity": 0.95,
        "triage_not_below": 0.92,
        "triage_exact": 0.80,
        "top1": 0.75,
        "top3": 0.85,
    }
    short = {name: found[name]["value"] for name, value in least.items() if found[name]["value"] < value}
    assert not short and found["unknown_terms"]["value"] <= 0.05


@pytest.mark.shared
def test_the_ordinary_development_cases_reach_what_was_asked(shared: Path) -> None:
    found = measure_folder(shared / "vignettes" / "ordinary", load_evidence())
    assert found["triage_over"]["value"] <= 0.15 and found["self_care_over"]["value"] <= 0.30
    assert found["triage_not_below"]["value"] >= 0.85 and found["top1"]["value"] >= 0.55
