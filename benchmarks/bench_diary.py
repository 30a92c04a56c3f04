"""Diary lines: how many give the right foods and grams, how long a line takes; how wide the screen is.

python benchmarks/bench_diary.py            lines of an independent writer, and our own
python benchmarks/bench_diary.py --wrong    list the lines that are wrong
python benchmarks/bench_diary.py --screen   the screen on NHANES 2017-2018 ($TWITCHWISE_SHARED/data/nhanes)
"""

from __future__ import annotations

import csv
import io
import lzma
import os
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from machine import ROOT, heading, line

sys.path.insert(0, str(ROOT))

from twitchwise.diet.line import eaten
from twitchwise.diet.screen import screen_amounts
from twitchwise.diet.types import Eaten
from twitchwise.evidence import load_evidence
from twitchwise.foods import COLUMN, UNITS
from twitchwise.foods.load import curated
from twitchwise.foods.search import curated_index
from twitchwise.record.types import DiaryLine

SPEC = ROOT / "tests" / "spec"
WITHIN = 0.2  # of the grams
SCALE = {"g": 1.0, "mg": 1e3, "ug": 1e6}  # in a gram
ASKED = {
    "within": "every food right and its grams within 20 %",
    "range": "every food right and its grams as a dietitian would take them",
    "food": "every food right",
}
# our names of nutrients, and the ends of theirs in DR1TOT and DR2TOT
TOTALS = {
    "magnesium": "MAGN", "calcium": "CALC", "potassium": "POTA", "sodium": "SODI", "vitamin_d": "VD",
    "vitamin_b12": "VB12", "vitamin_b6": "VB6", "thiamine": "VB1", "caffeine": "CAFF",
}  # fmt: skip
# the first digits of a survey food code: which question asks for it, and the grams of one portion; the longest counts
GROUPS = {
    "11": ("dairy", 200), "113": ("fortified", 200), "14": ("cheese", 30), "72": ("vegetables", 80),
    "73": ("vegetables", 80), "74": ("vegetables", 80), "75": ("vegetables", 80), "76": ("vegetables", 80),
    "61": ("fruit", 130), "62": ("fruit", 130), "63": ("fruit", 130), "64": ("fruit", 130), "41": ("pulses", 90),
    "42": ("nuts", 30), "43": ("nuts", 30), "512": ("whole_grains", 36), "513": ("whole_grains", 36),
    "515": ("whole_grains", 36), "516": ("whole_grains", 36), "56203": ("whole_grains", 200), "57": ("fortified", 30),
    "20": ("meat", 100), "21": ("meat", 100), "22": ("meat", 100), "23": ("meat", 100), "24": ("meat", 100),
    "25": ("meat", 100), "271": ("meat", 200), "272": ("meat", 200), "273": ("meat", 200), "274": ("meat", 200),
    "26": ("fish", 120), "921": ("caffeine", 240), "923": ("caffeine", 560), "924": ("caffeine", 1000),
    "926": ("caffeine", 240), "953": ("caffeine", 240), "58": ("salty", 180), "275": ("salty", 165),
    "544": ("salty", 28), "7120": ("salty", 28), "7121": ("salty", 28),
}  # fmt: skip


def fits(e: Eaten, want: dict[str, object], asked: str, newer: tuple[str, ...] = ()) -> bool:
    """One food is accepted and its weight is near: within 20 %, or ("range") within what a dietitian would take."""
    if "unknown" in want:
        return e.sure == "none"
    if "nutrient" in want:
        amount, unit = float(str(want["amount"])), str(want["unit"])
        column = COLUMN.get(str(want["nutrient"]))
        if column is None or unit not in SCALE:
            return e.supplement or e.food is not None
        ours, theirs = e.amounts[column] / SCALE[UNITS[str(want["nutrient"])]], amount / SCALE[unit]
        return bool(abs(ours - theirs) <= WITHIN * theirs)
    if e.food is None or e.food.id not in (*want["accept"], *newer):
        return False
    if asked == "food":
        return True
    near = abs(e.grams - want["grams"]) <= WITHIN * want["grams"]
    return near if asked == "within" else near or want.get("low", 1e9) <= e.grams <= want.get("high", 0)


def right(found: tuple[Eaten, ...], one: dict[str, list], asked: str, newer: tuple[str, ...] = ()) -> bool:
    """Every food of one of the accepted readings was found once, and nothing else."""
    if not one["foods"]:  # a line that is no food: nothing, or only what is said to be unknown
        return all(e.sure == "none" for e in found)
    readings = (one["foods"], *one.get("alternatives", ()))
    return any(_matched(list(found), list(reading), asked, newer) for reading in readings)


def _matched(found: list[Eaten], wanted: list[dict[str, object]], asked: str, newer: tuple[str, ...] = ()) -> bool:
    if len(found) != len(wanted):
        return False
    if not wanted:
        return True
    first, rest = wanted[0], wanted[1:]
    return any(
        fits(e, first, asked, newer) and _matched(found[:n] + found[n + 1 :], rest, asked, newer)
        for n, e in enumerate(found)
    )


def newer_rows(path: Path) -> dict[str, tuple[str, ...]]:
    """Rows that came into the table after a file was written and are nearer to its lines than those it accepts."""
    if path.stem not in ("diary_lines", "diary_lines_second"):
        return {}
    file = path.with_name("diary_lines_newer.toml")
    return (
        {t: tuple(ids) for t, ids in tomllib.loads(file.read_text(encoding="utf-8")).items()} if file.exists() else {}
    )


def lines_of(path: Path, show: bool) -> None:
    """Score one file of lines."""
    if not path.exists():
        print(f"   {path.name}: not there")
        return
    index = curated_index()
    lines = tomllib.loads(path.read_text(encoding="utf-8"))["lines"]
    eaten([DiaryLine("2 slices of toast with butter")], index)  # lists are read once
    begin = time.perf_counter()
    found = [eaten([DiaryLine(one["text"])], index) for one in lines]
    took = (time.perf_counter() - begin) / len(lines) * 1000
    pairs = list(zip(lines, found, strict=True))
    for asked, words in ASKED.items():
        share = 100 * sum(right(got, one, asked) for one, got in pairs) / len(lines)
        goal = (">= 90", share >= 90) if asked == "within" else ()
        line(f"{path.name}: {len(lines)} lines, {words}", share, "%", *goal)
    if since := newer_rows(path):
        for asked, words in ASKED.items():
            share = 100 * sum(right(g, o, asked, since.get(o["text"], ())) for o, g in pairs) / len(lines)
            line(f"{path.name}, with the rows that the table got since: {words}", share, "%")
    wrong = [(one, got) for one, got in pairs if not right(got, one, "within")]
    line(f"{path.name}: a line", took, "ms", "< 5", took < 5)
    for one, got in wrong if show else ():
        print(f"      {one['text']!r}: wanted {[tuple(w.values()) for w in one['foods']]}")
        print(f"         got {[(e.food.id if e.food else e.said, round(e.grams, 1)) for e in got]}")


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read one NHANES table."""
    folder = Path(os.environ["TWITCHWISE_SHARED"]) / "data" / "nhanes" / "2017-2018"
    with lzma.open(folder / f"{name}.csv.xz") as file:
        yield from csv.DictReader(io.TextIOWrapper(file, encoding="latin-1"))


def people() -> dict[int, tuple[float, dict[str, float]]]:
    """Adults with two reliable days: weight, and the mean of both days by nutrient."""
    adult = {int(float(r["SEQN"])) for r in rows("DEMO_J") if float(r["RIDAGEYR"]) >= 20}
    first = {int(float(r["SEQN"])): r for r in rows("DR1TOT_J") if r["DR1DRSTZ"] in ("1", "1.0")}
    found = {}
    for second in rows("DR2TOT_J"):
        key = int(float(second["SEQN"]))
        if key in adult and key in first and second["DR2DRSTZ"] in ("1", "1.0"):
            days = {n: (float(first[key][f"DR1T{c}"]) + float(second[f"DR2T{c}"])) / 2 for n, c in TOTALS.items()}
            found[key] = float(second["WTDR2D"]), days
    return found


def answers(keys: set[int]) -> dict[int, dict[str, float]]:
    """Portions of day 1, to the nearest half: what a person would answer who eats so every day."""
    grams: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows("DR1IFF_J"):
        key, code = int(float(row["SEQN"])), str(int(float(row["DR1IFDCD"])))
        group = next((GROUPS[code[:n]] for n in (5, 4, 3, 2) if code[:n] in GROUPS), None)
        if key in keys and group and row["DR1IGRMS"]:
            grams[key][group[0]] += float(row["DR1IGRMS"]) / group[1]
    return {key: {q: round(2 * grams[key][q]) / 2 for q in load_evidence().screen_questions} for key in keys}


def screen() -> None:
    """How often the interval of the screen holds the mean of two days, in the half not fitted on."""
    heading("the screen on NHANES 2017-2018, adults with two days")
    known = people()
    said = answers(set(known))
    inside: dict[str, list[tuple[float, bool, bool, float, float, float]]] = defaultdict(list)
    for key, (weight, days) in known.items():
        # base and its spread were fitted on odd numbers
        if key % 2 == 0:
            text = {q: f"{min(n, 29):g} a day" for q, n in said[key].items()}
            for nutrient, (mean, low, high, _) in screen_amounts(text, curated(), load_evidence()).items():
                if nutrient in TOTALS:
                    real = days[nutrient]
                    inside[nutrient].append((weight, low <= real <= high, real < low, mean - real, low, high))
    print(f"   {len(known)} people, {len(inside['magnesium'])} of them in the half that is counted here")
    for nutrient, cases in inside.items():
        whole = sum(c[0] for c in cases)
        share = 100 * sum(c[0] for c in cases if c[1]) / whole
        bias = sum(c[0] * c[3] for c in cases) / whole
        real = sum(c[0] * known_days for c, known_days in zip(cases, _real(known, nutrient), strict=True)) / whole
        line(f"{nutrient}: two-day mean inside the 90 % interval", share, "%", "85..95", 85 <= share <= 95)
        low, high = (sorted(c[i] for c in cases)[len(cases) // 2] for i in (4, 5))
        print(f"      mean off by {100 * bias / real:+.1f} %; the interval in the middle {low:.3g} to {high:.3g}")


def _real(known: dict[int, tuple[float, dict[str, float]]], nutrient: str) -> list[float]:
    return [days[nutrient] for key, (_, days) in known.items() if key % 2 == 0]


def main() -> None:
    """Score the lines, or the screen."""
    if "--screen" in sys.argv:
        if not os.environ.get("TWITCHWISE_SHARED"):
            raise SystemExit("TWITCHWISE_SHARED names no folder: the screen was NOT checked")
        screen()
        return
    heading("diary lines")
    for name in ("diary_lines.toml", "diary_lines_second.toml", "diary_lines_kinds.toml", "diary_lines_own.toml"):
        if name == "diary_lines_second.toml":
            print("   second set, measured blind once: 68/76/83 %; used since")
        lines_of(SPEC / name, "--wrong" in sys.argv)


if __name__ == "__main__":
    main()
