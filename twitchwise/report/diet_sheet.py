"""Intake in figures for a professional: usual intake, requirement, chance of inadequacy, coverage."""

from __future__ import annotations

from twitchwise.diet.types import Adequacy, DietReading, NutrientIntake
from twitchwise.foods.nutrients import NAMES, unit_of
from twitchwise.report.diet import MAIN, VERDICTS
from twitchwise.report.types import Said


def intake_lines(reading: DietReading) -> tuple[str | Said, ...]:
    """List the intakes of a diary with what they are held against.

    Parameters: reading. Returns: a line on the diary, one for each nutrient, and what was not found.
    """
    found = sum(e.sure != "none" for e in reading.eaten)
    kind = "12-question screen" if reading.basis == "screen" else f"diary of {len(reading.days)} day(s)"
    head = f"{kind}: {len(reading.eaten)} foods, {found} matched; reference values {reading.body}"
    rows = [_row(reading.intakes[n], reading.adequacies.get(n)) for n in MAIN if n in reading.intakes]
    missed = [e.said or e.line.text for e in reading.eaten if e.sure == "none"]
    tail = [f"not matched, left out: {'; '.join(missed[:12])}"] if missed else []
    return (head, *rows, *tail)


def _row(intake: NutrientIntake, adequacy: Adequacy | None) -> Said:
    unit = unit_of(intake.nutrient)
    p5, _, p50, _, p95 = intake.usual
    text = f"{NAMES[intake.nutrient]}: usual {p50:.3g} {unit}/day (5th to 95th {p5:.3g} to {p95:.3g})"
    text += f", known mean {intake.mean:.3g}"
    text += f" (supplements {intake.supplements:.3g})" if intake.supplements > 0 else ""
    text += f", coverage {intake.coverage:.0%}"
    if adequacy is None:
        return Said(text, (), True)
    if adequacy.requirement is not None:
        text += f", average requirement {adequacy.requirement:.4g}"
    if adequacy.target is not None:
        text += f", {adequacy.target_name} {adequacy.target:.4g}"
    chance = adequacy.inadequacy
    text += f", P(inadequate) {chance.p:.2f} ({chance.low:.2f} to {chance.high:.2f})" if chance else ""
    text += f": {VERDICTS[adequacy.verdict]}"
    return Said(text, adequacy.cites, not adequacy.cites)
