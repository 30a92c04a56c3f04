"""A national survey worked out again: day totals from foods and grams, weighted means, usual intakes.

    python benchmarks/bench_nhanes_diet.py     (data: --shared DIR, else $TWITCHWISE_SHARED)

Every food that 7,484 people ate on a day of NHANES 2017-2018 (DR1IFF_J), times its values in the FNDDS table, is added
up by our kernel and held against the survey's own totals (DR1TOT_J). Then the usual intakes of adults are worked out
from two days (DR2TOT_J) and held against average requirements.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np
from machine import ROOT, heading, line

sys.path.insert(0, str(ROOT / "tools"))

from diet_variation import AGES, Columns, people, read

from twitchwise.diet.groups import fit, mean_of, share_below, usual_of
from twitchwise.diet.references import Eater, references
from twitchwise.evidence import load_evidence
from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.types import Array
from twitchwise.kernels.intake import prepared, totals

CHECKED = {
    "magnesium": ("MAGN", 0.05), "calcium": ("CALC", 0.02), "potassium": ("POTA", 0.02), "sodium": ("SODI", 0.02),
    "energy": ("KCAL", 0.02), "vitamin_d": ("VD", 0.05), "vitamin_b12": ("VB12", 0.05), "vitamin_b6": ("VB6", 0.05),
    "thiamine": ("VB1", 0.05), "water": ("MOIS", 0.02), "caffeine": ("CAFF", 0.05), "iron": ("IRON", 0.05),
    "zinc": ("ZINC", 0.05), "folate": ("FDFE", 0.05), "phosphorus": ("PHOS", 0.02),
}  # fmt: skip
ASKED = {"magnesium": 0.99, "calcium": 0.99, "potassium": 0.99, "sodium": 0.99}
MEANS = {"all": 305.6, "men": 342.5, "women": 271.4}  # magnesium, adults of 20 and over, as given to us


def reproduced(nhanes: Path, fndds: Path) -> tuple[Columns, Columns]:
    """Return our totals and the survey's of every person with a reliable first day, by nutrient; `rows` unknown."""
    from twitchwise.formats.food_tables import read_tables

    draft = next(iter(read_tables(fndds)))
    row = {food.origin.partition(":")[2]: place for place, food in enumerate(draft.foods)}
    eaten = read(nhanes, "DR1IFF_J", ["SEQN", "DR1IFDCD", "DR1IGRMS"])
    said = read(nhanes, "DR1TOT_J", ["SEQN", "DR1DRSTZ", "WTDRD1", *(f"DR1T{code}" for code, _ in CHECKED.values())])
    good = (said["DR1DRSTZ"] == 1) & ~np.isnan(said["DR1TMAGN"])
    place = {seqn: number for number, seqn in enumerate(said["SEQN"][good])}
    ours = _added_up(eaten, place, row, draft.values)
    theirs = {name: said[f"DR1T{code}"][good] for name, (code, _) in CHECKED.items()}
    return ours, theirs | {"SEQN": said["SEQN"][good], "WTDRD1": said["WTDRD1"][good]}


def _added_up(eaten: Columns, place: dict[float, int], row: dict[str, int], values: Array) -> Columns:
    mine = [number for number, seqn in enumerate(eaten["SEQN"]) if seqn in place]
    person = np.array([place[eaten["SEQN"][number]] for number in mine])
    count = np.bincount(person, minlength=len(place))
    foods = np.full((len(place), 1, int(count.max())), -1, dtype=np.int32)
    grams = np.zeros(foods.shape)
    at = np.zeros(len(place), dtype=int)
    for number, who in zip(mine, person, strict=True):
        code = f"{eaten['DR1IFDCD'][number]:.0f}"
        foods[who, 0, at[who]] = row.get(code, -1)
        grams[who, 0, at[who]] = np.nan_to_num(eaten["DR1IGRMS"][number])
        at[who] += 1
    sums, coverage = totals(foods, grams, prepared(values, values[:, COLUMN["energy"]]))
    found = {name: sums[:, 0, COLUMN[name]] for name in CHECKED}
    return found | {"coverage": coverage[:, COLUMN["magnesium"]]}


def within(ours: Array, theirs: Array, share: float) -> float:
    """Return the share of people whose total agrees to a share of it; nothing agrees with nothing."""
    return float(np.mean(np.abs(ours - theirs) <= share * np.maximum(theirs, 1e-9) + 1e-6))


def means(nhanes: Path) -> dict[str, float]:
    """Return the weighted mean magnesium of adults of 20 and over on day 1."""
    day = read(nhanes, "DR1TOT_J", ["SEQN", "WTDRD1", "DR1DRSTZ", "DR1TMAGN"])
    demo = read(nhanes, "DEMO_J", ["SEQN", "RIAGENDR", "RIDAGEYR"])
    at = {seqn: number for number, seqn in enumerate(demo["SEQN"])}
    whose = np.array([at[seqn] for seqn in day["SEQN"]])
    good = (day["DR1DRSTZ"] == 1) & (demo["RIDAGEYR"][whose] >= 20)
    sexes = {"all": good, "men": good & (demo["RIAGENDR"][whose] == 1), "women": good & (demo["RIAGENDR"][whose] == 2)}
    return {name: mean_of(day["DR1TMAGN"][some], day["WTDRD1"][some]) for name, some in sexes.items()}


def short(who: Columns, days: Array, nutrient: str, sex: str) -> dict[str, float]:
    """Return the share of adults below their average requirement: of usual intakes, and of single days."""
    usual, single, weights, cuts = [], [], [], []
    evidence = load_evidence()
    for low, high in (a for a in AGES if a[0] >= 19):
        some = (who["age"] >= low) & (who["age"] < high) & (who["male"] == (sex == "male"))
        two = some & (who["w2"] > 0) & ~np.isnan(days).any(axis=1)
        model = fit(days[two], who["w2"][two])
        cut = references(nutrient, Eater(float(low), sex), "US", evidence)[0].average
        weight = float(who["w1"][some].sum())
        usual.append(model.share_below(cut) * weight)
        single.append(share_below(days[some, 0], cut, who["w1"][some]) * weight)
        weights.append(weight)
        cuts.append(float(usual_of(model.mean, model.power, model.within)))
    return {"usual": sum(usual) / sum(weights), "one day": sum(single) / sum(weights)}


def main() -> int:
    """Print all figures; 1 when one that was asked for is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TWITCHWISE_SHARED", "../shared")))
    data = parser.parse_args().shared / "data"
    nhanes = data / "nhanes" / "2017-2018"
    fndds = next((data / "foods" / "fndds_2017-2018_at_a_glance").glob("*.xlsx"))
    heading("NHANES 2017-2018 from foods and grams")
    ours, theirs = reproduced(nhanes, fndds)
    reached = True
    for name, (_, share) in CHECKED.items():
        value, asked = within(ours[name], theirs[name], share), ASKED.get(name)
        reached &= asked is None or value >= asked
        line(f"{name}: people within {share:.0%}", value, "", f">= {asked}" if asked else "", asked and value >= asked)
    line("people", len(theirs["SEQN"]), "")
    line("lowest coverage of a person", float(ours["coverage"].min()), "")
    for name, value in means(nhanes).items():
        good = abs(value - MEANS[name]) < 0.05
        reached &= good
        line(f"weighted mean magnesium, adults of 20 and over, {name}", value, "mg", f"{MEANS[name]}", good)
    who, days = people(nhanes)
    for nutrient in ("magnesium", "calcium", "vitamin_b6"):
        for sex in ("male", "female"):
            found = short(who, days[nutrient], nutrient, sex)
            line(
                f"{nutrient}, {sex} 19+: below the requirement, usual",
                found["usual"],
                "",
                f"{found['one day']:.3f} of single days",
            )
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
