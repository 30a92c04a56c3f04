"""Write twitchwise/data/variation.toml: how intakes from food vary, worked out from NHANES 2017-2018.

    python3 tools/diet_variation.py        (tables: --tables DIR, else $TWITCHWISE_SHARED/data/nhanes/2017-2018)

Two recalls a person (DR1TOT, DR2TOT), reliable ones only, without pregnant women; survey weights of day 1 for the
means and of both days for the variation. The power is one for a nutrient; the standard deviations are one for children
of 1 to 8, for each sex of 9 to 18 and of 19 and over, with the differences between ages taken out; the means are of
each age.
"""

from __future__ import annotations

import argparse
import csv
import io
import lzma
import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from twitchwise.diet.groups import best_power, like_the_first, mean_of, spreads, transformed
from twitchwise.evidence.load import DATA
from twitchwise.foods.nutrients import UNITS
from twitchwise.foods.types import Array

OUT = DATA / "variation.toml"
NHANES = {
    "energy": "KCAL", "protein": "PROT", "fat": "TFAT", "carbohydrate": "CARB", "fibre": "FIBE", "alcohol": "ALCO",
    "water": "MOIS", "magnesium": "MAGN", "calcium": "CALC", "potassium": "POTA", "sodium": "SODI",
    "phosphorus": "PHOS", "iron": "IRON", "zinc": "ZINC", "vitamin_d": "VD", "vitamin_b12": "VB12",
    "vitamin_b6": "VB6", "thiamine": "VB1", "folate": "FDFE", "vitamin_k": "VK", "caffeine": "CAFF",
}  # fmt: skip
AGES = ((1, 4), (4, 9), (9, 14), (14, 19), (19, 31), (31, 51), (51, 71), (71, 200))
POOLS = ((1, 9, ("",)), (9, 19, ("female", "male")), (19, 200, ("female", "male", "")))
CITE = 'cite = { source = "nhanes_tables_2017_2018", locator = "DR1TOT_J and DR2TOT_J, weighted, worked out" }'
Columns = dict[str, Array]


def read(folder: Path, name: str, wanted: list[str]) -> Columns:
    """Read columns of one table; an empty cell is unknown."""
    with lzma.open(folder / f"{name}.csv.xz") as file:
        rows = csv.DictReader(io.StringIO(file.read().decode("latin-1")))
    table = [[_number(row[column]) for column in wanted] for row in rows]
    return dict(zip(wanted, np.array(table).T, strict=True))


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def people(folder: Path) -> tuple[Columns, dict[str, Array]]:
    """Return who (age, sex, weights) and the two days of each nutrient (people, 2), NaN where not reliable."""
    day1 = read(folder, "DR1TOT_J", ["SEQN", "WTDRD1", "WTDR2D", "DR1DRSTZ", *(f"DR1T{v}" for v in NHANES.values())])
    day2 = read(folder, "DR2TOT_J", ["SEQN", "DR2DRSTZ", *(f"DR2T{v}" for v in NHANES.values())])
    demo = read(folder, "DEMO_J", ["SEQN", "RIAGENDR", "RIDAGEYR", "RIDEXPRG"])
    at2 = {seqn: place for place, seqn in enumerate(day2["SEQN"])}
    atd = {seqn: place for place, seqn in enumerate(demo["SEQN"])}
    second = np.array([at2[seqn] for seqn in day1["SEQN"]])
    whose = np.array([atd[seqn] for seqn in day1["SEQN"]])
    who = {"age": demo["RIDAGEYR"][whose], "male": demo["RIAGENDR"][whose] == 1, "w1": day1["WTDRD1"]}
    who["w2"] = np.nan_to_num(day1["WTDR2D"])
    good1, good2 = day1["DR1DRSTZ"] == 1, (day2["DR2DRSTZ"] == 1)[second]
    kept = good1 & ~np.isnan(day1["DR1TMAGN"]) & (demo["RIDEXPRG"][whose] != 1) & (who["age"] >= 1)
    days = {}
    for name, code in NHANES.items():
        two = np.column_stack([day1[f"DR1T{code}"], np.where(good2, day2[f"DR2T{code}"][second], np.nan)])
        days[name] = two[kept]
    return {key: value[kept] for key, value in who.items()}, days


def _mask(who: Columns, low: float, high: float, sex: str) -> Array:
    right = (who["age"] >= low) & (who["age"] < high)
    return right if not sex else right & (who["male"] == (sex == "male"))


def groups(who: Columns, days: Array, power: float) -> list[str]:
    """Return the lines of one nutrient's groups."""
    levels, lines = transformed(days, power), []
    for low, high, sexes in POOLS:
        for sex in sexes:
            ages = [a for a in AGES if low <= a[0] < high]
            flat = levels.copy()
            means = {}
            for age in (*ages, (low, high)):
                some = _mask(who, *age, sex)
                means[age] = mean_of(levels[some, 0], who["w1"][some])
                if age in ages:
                    flat[some] -= means[age]
            pool = _mask(who, low, high, sex) & ~np.isnan(levels).any(axis=1) & (who["w2"] > 0)
            _, within, between = spreads(like_the_first(flat[pool], who["w2"][pool]), who["w2"][pool])
            for age in (*ages, (low, high)) if low == 19 and sex else [(low, high)] if low == 19 else ages:
                count = int((_mask(who, *age, sex) & ~np.isnan(levels[:, 0])).sum())
                lines.append(_group(sex, age, count, means[age], within, between))
    return lines


def _group(sex: str, age: tuple[float, float], count: int, mean: float, within: float, between: float) -> str:
    return (
        f'  {{ sex = "{sex}", age_from = {age[0]:.1f}, age_to = {age[1]:.1f}, people = {count}, '
        f"mean = {mean:.5g}, within = {within:.4g}, between = {between:.4g} }},"
    )


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = os.environ.get("TWITCHWISE_SHARED", "../shared")
    parser.add_argument("--tables", type=Path, default=Path(shared) / "data" / "nhanes" / "2017-2018")
    who, days = people(parser.parse_args().tables)
    lines = ["# Written by tools/diet_variation.py from NHANES 2017-2018; not to be edited by hand."]
    adult = who["age"] >= 19
    for name, two in days.items():
        power = best_power(two[adult, 0], who["w1"][adult])
        lines += ["", "[[variation]]", f'id = "{name}"', f'unit = "{UNITS[name]}"', f"power = {power}"]
        lines += ['status = "verified"', 'basis = "derived"']
        lines += [
            'cite = { source = "nhanes_tables_2017_2018", locator = "DR1TOT_J and DR2TOT_J, weighted, worked out" }'
        ]
        lines += ["groups = [", *groups(who, two, power), "]"]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
