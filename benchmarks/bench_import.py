"""Adding official food tables: time, peak memory and the time to load a table again, beside polars.

python benchmarks/bench_import.py          (needs TWITCHWISE_SHARED; polars for the comparison)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import ROOT, heading, line, median_seconds

OURS = """
import json, resource, sys, time
start = time.perf_counter()
from datetime import date
from pathlib import Path
from twitchwise.foods.store import save_table
from twitchwise.formats.food_tables import read_tables
foods = values = 0
for draft in read_tables(Path(sys.argv[1])):
    save_table(draft, date(2026, 11, 22))
    foods, values = foods + draft.card.foods, values + draft.card.values
"""
POLARS = """
import json, resource, sys, time, zipfile
start = time.perf_counter()
from pathlib import Path
import polars as pl
path = Path(sys.argv[1])
def table(name):
    if path.is_dir():
        found = path / name if (path / name).exists() else path / (name + ".gz")
        return pl.read_csv(found, infer_schema_length=0)
    with zipfile.ZipFile(path) as archive:
        return pl.read_csv(archive.read(next(n for n in archive.namelist() if n.endswith(name))), infer_schema_length=0)
if path.suffix == ".xlsx":
    wide = pl.read_excel(path, engine="openpyxl", has_header=False)[2:]
    values = wide.select(pl.exclude(wide.columns[:4])).count().sum_horizontal()[0]
else:
    food = table("food.csv").filter(pl.col("data_type").is_in(["foundation_food", "sr_legacy_food"]))
    wide = (
        table("food_nutrient.csv")
        .join(food, on="fdc_id", how="semi")
        .with_columns(pl.col("amount").cast(pl.Float64, strict=False))
        .pivot(on="nutrient_id", index="fdc_id", values="amount", aggregate_function="first")
    )
    values = wide.select(pl.exclude("fdc_id")).count().sum_horizontal()[0]
foods = wide.height
"""
END = """
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
print(json.dumps([took, peak, int(foods), int(values)]))
"""
FILES = {
    "Foundation 2023-04-20 (135,073 values, zip)": "fdc_foundation_2023-04-20/data/*.zip",
    "SR28 (679,045 values, folder)": "sr28_fdc_layout",
    "FNDDS 2017-2018 (7,083 x 65 values, xlsx)": "fndds_2017-2018_at_a_glance/*.xlsx",
}


def measured(script: str, path: Path, folder: str) -> tuple[float, float, int, int] | None:
    """Run a script three times, each in a process of its own; the median time, the largest peak."""
    runs = []
    for _ in range(3):
        run = [sys.executable, "-c", script + END, str(path)]
        done = subprocess.run(
            run, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"TWITCHWISE_DATA": folder}
        )
        if done.returncode:
            print(f"   not measured: {done.stderr.strip().splitlines()[-1]}")
            return None
        runs.append(json.loads(done.stdout))
    runs.sort()
    return runs[1][0], max(run[1] for run in runs), runs[1][2], runs[1][3]


def report(what: str, script: str, path: Path, folder: str, asked: bool) -> None:
    """Print time and peak memory of one way to read one file."""
    found = measured(script, path, folder)
    if found is None:
        return
    took, peak, foods, values = found
    line(
        f"{what}: {foods:,} foods, {values:,} values kept",
        took,
        "s",
        "< 20 s" if asked else "",
        took < 20 if asked else None,
    )
    line("  peak memory", peak, "MB", "< 500 MB" if asked else "", peak < 500 if asked else None)


def main() -> None:
    """Measure every file that is there."""
    heading("adding official food tables")
    shared = Path(os.environ.get("TWITCHWISE_SHARED", "../shared")) / "data" / "foods"
    with tempfile.TemporaryDirectory() as folder:
        for name, pattern in FILES.items():
            path = next(iter(sorted(shared.glob(pattern))), None)
            if path is None:
                print(f"   {name}: the file is not here, NOT measured")
                continue
            print(f"   -- {name}")
            report("twitchwise, into the store", OURS, path.resolve(), folder, True)
            report("polars, read and pivot, not stored", POLARS, path.resolve(), folder, False)
        os.environ["TWITCHWISE_DATA"] = folder
        loading()


def loading() -> None:
    """Measure how long a stored table takes to load."""
    from twitchwise.foods.store import added_cards, load_table

    for card in added_cards():
        start = time.perf_counter()
        load_table(card.name)
        first = time.perf_counter() - start
        line(f"load {card.name}, {card.foods:,} foods, the first time", 1000 * first, "ms")
        median = 1000 * median_seconds(lambda name=card.name: load_table(name), 15)  # type: ignore[misc]
        line("  again (median)", median, "ms", "< 150 ms", median < 150)


if __name__ == "__main__":
    main()
