"""Write twitchwise/data/foods/values/release.csv: the figures of the curated foods, read from the official releases.

    python3 tools/food_values.py            (releases: --releases DIR, else $TWITCHWISE_SHARED/data/foods)
    python3 tools/food_values.py --check    (say what differs, write nothing)

A cell comes from the food's `origin`; where that release leaves it empty, from its `also` row; where it is one of
the nutrients that `none` lists (a plant has no vitamin B12: a logical zero), it is 0; "?magnesium" in `none` takes
away a zero of the release that we doubt. The column `filled` says which cells did not come from the origin.
Everything else stays empty: unknown is not zero.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from twitchwise.foods.load import FOLDER, rows_of
from twitchwise.foods.nutrients import NUTRIENTS

OUT = FOLDER / "values" / "release.csv"
# FoodData Central nutrient ids; the second is taken where the first is absent
FDC_IDS = {
    "energy": ("1008", "2047"), "protein": ("1003",), "fat": ("1004",), "carbohydrate": ("1005",), "ash": ("1007",),
    "fibre": ("1079",), "alcohol": ("1018",), "water": ("1051",), "magnesium": ("1090",), "calcium": ("1087",),
    "potassium": ("1092",), "sodium": ("1093",), "phosphorus": ("1091",), "iron": ("1089",), "zinc": ("1095",),
    "vitamin_d": ("1114",), "vitamin_b12": ("1178",), "vitamin_b6": ("1175",), "thiamine": ("1165",),
    "folate": ("1190",), "vitamin_k": ("1185",), "caffeine": ("1057",),
}  # fmt: skip
FNDDS_HEADS = {
    "energy": "Energy (kcal)", "protein": "Protein (g)", "fat": "Total Fat (g)", "carbohydrate": "Carbohydrate (g)",
    "fibre": "Fiber, total dietary (g)", "alcohol": "Alcohol (g)", "water": "Water (g)",
    "magnesium": "Magnesium (mg)", "calcium": "Calcium (mg)", "potassium": "Potassium (mg)",
    "sodium": "Sodium (mg)", "phosphorus": "Phosphorus (mg)", "iron": "Iron (mg)", "zinc": "Zinc (mg)",
    "vitamin_d": "Vitamin D (D2 + D3) (mcg)", "vitamin_b12": "Vitamin B-12 (mcg)", "vitamin_b6": "Vitamin B-6 (mg)",
    "thiamine": "Thiamin (mg)", "folate": "Folate, DFE (mcg_DFE)", "vitamin_k": "Vitamin K (phylloquinone) (mcg)",
    "caffeine": "Caffeine (mg)",
}  # fmt: skip
Cells = dict[str, float]
DOUBT = "?"  # in `none`, before a nutrient: the release says 0, we doubt it, the cell stays empty


def read_fdc(folder: Path, ids: Mapping[str, str]) -> dict[str, Cells]:
    """Read values per 100 g in FoodData Central's layout; `ids` gives our key for each fdc_id wanted."""
    place = {number: (name, rank) for name, numbers in FDC_IDS.items() for rank, number in enumerate(numbers)}
    found: dict[str, dict[str, tuple[int, float]]] = {}
    with gzip.open(folder / "food_nutrient.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["fdc_id"] in ids and row["nutrient_id"] in place:
                name, rank = place[row["nutrient_id"]]
                cells = found.setdefault(ids[row["fdc_id"]], {})
                if name not in cells or rank < cells[name][0]:
                    cells[name] = rank, float(row["amount"])
    return {key: {name: value for name, (_, value) in cells.items()} for key, cells in found.items()}


@cache
def sr28(root: Path) -> dict[str, Cells]:
    """All foods of SR28 by NDB number without leading zeros."""
    folder = root / "sr28_fdc_layout"
    with (folder / "sr_legacy_food.csv").open(encoding="utf-8") as file:
        ids = {row["fdc_id"]: row["NDB_number"].lstrip("0") for row in csv.DictReader(file)}
    return read_fdc(folder, ids)


@cache
def fndds(root: Path) -> dict[str, Cells]:
    """All foods of FNDDS 2017-2018 by food code."""
    import openpyxl

    path = next((root / "fndds_2017-2018_at_a_glance").glob("*.xlsx"))
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    for head in rows:
        if head[0] == "Food code":
            break
    places = {name: [" ".join(str(h).split()) for h in head].index(text) for name, text in FNDDS_HEADS.items()}
    foods = {}
    for row in rows:
        if row[0]:
            foods[str(row[0])] = {n: float(row[p]) for n, p in places.items() if row[p] not in (None, "")}
    return foods


def cells_of(origin: str, root: Path, done: Mapping[str, Cells]) -> Cells:
    """Look one origin up: a release's row, or a recipe's parts (grams of food ids already done)."""
    kind, _, key = origin.partition(":")
    if kind == "recipe":
        return recipe(key, done)
    table = {"sr28": sr28, "fndds": fndds}[kind](root)
    if key.lstrip("0") not in table:
        raise SystemExit(f"{origin}: no such row in the release")
    return table[key.lstrip("0")]


def recipe(text: str, done: Mapping[str, Cells]) -> Cells:
    """Mix "60 toast + 30 cheddar": per 100 g of the whole; a nutrient unknown in one part is unknown."""
    parts = [part.split() for part in text.split("+")]
    whole = sum(float(grams) for grams, _ in parts)
    known = set.intersection(*(set(done[key]) for _, key in parts))
    return {n: sum(float(g) * done[key][n] for g, key in parts) / whole for n in NUTRIENTS if n in known}


def complete(row: Mapping[str, str], root: Path, done: Mapping[str, Cells]) -> tuple[Cells, list[str]]:
    """Fill a food's cells from origin, second row and logical zeros; say which are not from the origin."""
    cells, filled = dict(cells_of(row["origin"], root, done)), []
    for origin in filter(None, row["also"].split("|")):
        extra = cells_of(origin, root, done)
        for name in NUTRIENTS:
            if name not in cells and name in extra:
                cells[name] = extra[name]
                filled.append(f"{name}={origin}")
    for name in filter(None, row["none"].split("|")):
        if name.startswith(DOUBT) and name[1:] in NUTRIENTS:
            if cells.get(name[1:]) != 0:
                raise SystemExit(f"{row['id']}: {name!r} in `none`, but the release has no 0 there")
            del cells[name[1:]]
            continue
        if name not in NUTRIENTS:
            raise SystemExit(f"{row['id']}: {name!r} in `none` is no nutrient")
        if name not in cells:
            cells[name] = 0.0
            filled.append(f"{name}=none")
    return cells, filled


def in_order(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Put every mix after its parts, which may be mixes too; otherwise by id."""
    waiting = {row["id"]: row for row in sorted(rows, key=lambda r: (r["origin"].startswith("recipe:"), r["id"]))}
    ordered: list[Mapping[str, str]] = []
    while waiting:
        for key, row in list(waiting.items()):
            kind, _, text = row["origin"].partition(":")
            if kind != "recipe" or not any(part.split()[1] in waiting for part in text.split("+")):
                ordered.append(waiting.pop(key))
                break
        else:
            raise SystemExit(f"{', '.join(waiting)}: mixed from each other")
    return ordered


def written(root: Path) -> str:
    """Work the whole file out."""
    rows = [row for path in sorted(FOLDER.glob("*.csv")) for _, row in rows_of(path)]
    done: dict[str, Cells] = {}
    for _, label in rows_of(FOLDER / "values" / "label.csv"):
        done[label["id"]] = {name: float(label[name]) for name in NUTRIENTS if label[name]}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", *NUTRIENTS, "filled"])
    for row in in_order([row for row in rows if not row["origin"].startswith("label:")]):
        cells, filled = complete(row, root, done)
        done[row["id"]] = cells
        writer.writerow([row["id"], *(f"{cells[n]:.6g}" if n in cells else "" for n in NUTRIENTS), "|".join(filled)])
    return out.getvalue()


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--releases", default=os.path.join(os.environ.get("TWITCHWISE_SHARED", "../shared"), "data/foods")
    )
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    text = written(Path(args.releases))
    if args.check:
        old = set(OUT.read_text(encoding="utf-8").splitlines())
        new = set(text.splitlines())
        print(*sorted(old ^ new)[:20], sep="\n")
        return int(old != new)
    OUT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
