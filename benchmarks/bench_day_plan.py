"""The plan of the day over the curated foods and over all 8,789 foods of SR28, beside plain HiGHS, in one run.

The peer is HiGHS itself on the same whole-number programme with every change in it at once, stopped after a minute.
SR28 is read from the shared folder (TWITCHWISE_SHARED); without it that part is left out, and said to be.
"""

from __future__ import annotations

import csv
import gzip
import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from machine import ROOT, heading, line, median_seconds

sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))

from day_people import person, reading_of

from tools.food_values import FDC_IDS
from twitchwise.evidence.load import load_evidence
from twitchwise.evidence.types import Cite
from twitchwise.foods import COLUMN, NUTRIENTS, Food, FoodTable, Portion, curated
from twitchwise.plan.day import Wishes, day_plan, nutrient_gap
from twitchwise.plan.day.columns import Builder
from twitchwise.plan.day.eaten import mean_day
from twitchwise.plan.day.model import add_columns, choose, fresh_solver, make_rows
from twitchwise.plan.day.roles import look_at
from twitchwise.plan.day.rules import make_rules

DAYS = {
    "ordinary": "white bread=144; butter, salted=20; cola=330; crisps=50; chicken breast, cooked, without skin=120; "
    "white rice, boiled=200; coffee=480; milk, semi-skimmed=100; apple, raw with skin=150; milk chocolate=40; "
    "corn flakes, fortified=30; cheddar cheese=30; beer=330",
    "sparse": "white bread=180; butter, salted=30; coffee=900; pasta, boiled=300; tomato, raw=80; crisps=75; cola=660",
}
LOW = ("magnesium", "calcium", "folate", "vitamin_b6", "iron", "potassium", "zinc")
GAP = {"magnesium": 150.0, "calcium": 400.0, "potassium": 1200.0, "folate": 150.0, "iron": 5.0, "vitamin_b12": 2.0}
PATIENCE = 60.0  # seconds that the peer may take


def sr28(folder: Path) -> FoodTable:
    """All foods of SR28, laid out as FoodData Central does."""

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    groups = {row["id"]: row["description"] for row in rows("food_category.csv")}
    numbers = {row["fdc_id"]: row["NDB_number"] for row in rows("sr_legacy_food.csv")}
    portions: dict[str, list[Portion]] = {}
    for row in rows("food_portion.csv"):
        name = f"{float(row['amount'] or 1):g} {row['modifier']}"
        portions.setdefault(row["fdc_id"], []).append(Portion(name, float(row["gram_weight"])))
    found = rows("food.csv")
    place = {row["fdc_id"]: number for number, row in enumerate(found)}
    values = np.full((len(found), len(NUTRIENTS)), np.nan)
    column = {ids[0]: COLUMN[name] for name, ids in FDC_IDS.items()}
    with gzip.open(folder / "food_nutrient.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["nutrient_id"] in column and row["fdc_id"] in place:
                values[place[row["fdc_id"]], column[row["nutrient_id"]]] = float(row["amount"])
    foods = []
    for row in found:
        key, ndb = row["fdc_id"], numbers.get(row["fdc_id"], "")
        group, own = groups.get(row["food_category_id"], ""), tuple(portions.get(key, ()))
        cite = Cite("usda_sr28", f"NDB {ndb}")
        foods.append(Food(f"sr28:{ndb or key}", row["description"], group, f"sr28:{ndb}", cite, portions=own))
    return FoodTable("sr28", tuple(foods), values)


def plain_highs(table: FoodTable, reading: object) -> tuple[float, float, float]:
    """The same programme, whole, given to HiGHS at once: seconds, cost and what it proves."""
    situation, evidence = person(), load_evidence()
    rules = make_rules(situation, reading, Wishes())  # type: ignore[arg-type]
    columns = Builder(table, mean_day(reading, evidence), rules, evidence).build()  # type: ignore[arg-type]
    rows = make_rows(columns, rules)
    solver = fresh_solver(rows.low, rows.high)
    add_columns(solver, rows.relief, rows.relief_cost)
    add_columns(solver, rows.matrix, columns.cost, whole=True, most=1.0)
    solver.setOptionValue("time_limit", PATIENCE)
    start = time.perf_counter()
    solver.run()
    info = solver.getInfo()
    return time.perf_counter() - start, info.objective_function_value, info.mip_dual_bound


def measure(table: FoodTable, name: str, limit: float) -> None:
    """Time a whole plan and the peer on each day."""
    evidence, small = load_evidence(), curated()
    ids = {food.name: food.id for food in small.foods}
    start = time.perf_counter()
    look_at(table, evidence)
    line(f"{name}: looking at {len(table.foods)} foods, once", (time.perf_counter() - start) * 1e3, "ms")
    for day, text in DAYS.items():
        foods = [(ids[key], float(g)) for key, g in (one.split("=") for one in text.split("; ")) if key in ids]
        for low in (LOW[:3], LOW):
            reading = reading_of(small, foods, low)
            spent = []
            for _ in range(3):
                start = time.perf_counter()
                plan = day_plan(person(), reading, table)
                spent.append(time.perf_counter() - start)
            mine = statistics.median(spent)
            what = f"{name}, {day} day, {sum(one.wanted for one in plan.nutrients)} targets"
            line(f"{what}: plan with words and wishes", mine, "s", f"< {limit:g}", mine < limit)
            rules = make_rules(person(), reading, Wishes())
            columns = Builder(table, mean_day(reading, evidence), rules, evidence).build()
            start = time.perf_counter()
            chosen = choose(columns, rules).effort
            alone = time.perf_counter() - start
            line(f"{what}: solving alone, {chosen.columns} changes", alone, "s")
            line(f"{what}: stated gap", 100 * chosen.gap, "%")
            seconds, cost, bound = plain_highs(table, reading)
            line(f"{what}: plain HiGHS", seconds, "s")
            line(f"{what}: plain HiGHS / ours (solving)", seconds / alone, "x", "> 1", seconds > alone)
            line(f"{what}: our cost / its cost", chosen.cost / cost, "", "<= 1.001", chosen.cost <= 1.001 * cost)
            line(f"{what}: its own gap", 100 * (cost - bound) / cost, "%")


def gap(table: FoodTable, name: str) -> None:
    """Time the gap programme alone."""
    middle = median_seconds(lambda: nutrient_gap(GAP, table, load_evidence())) * 1e3
    line(f"{name}: gap of {len(GAP)} nutrients", middle, "ms", "< 100", middle < 100)


def main() -> None:
    heading("The plan of the day")
    measure(curated(), "curated", 1.0)
    gap(curated(), "curated")
    folder = Path(os.environ.get("TWITCHWISE_SHARED", ""), "data/foods/sr28_fdc_layout")
    if not (folder / "food.csv").is_file():
        print("SR28 is not there (TWITCHWISE_SHARED): left out")
        return
    table = sr28(folder)
    measure(table, "SR28", 2.0)
    gap(table, "SR28")


if __name__ == "__main__":
    main()
