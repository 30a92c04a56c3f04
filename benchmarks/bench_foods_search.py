"""How often the first hit is right, and how fast, over frozen queries, beside SQLite's FTS5 with trigrams in one run.

    python benchmarks/bench_foods_search.py [QUERIES.toml ...]     (tests/spec/food_queries.toml when it is there)

SR28's 8,789 descriptions are read from $TWITCHWISE_SHARED/data/foods; on them only the time is measured.
"""

from __future__ import annotations

import csv
import os
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import tomli
from machine import ROOT, heading, line

from twitchwise.evidence.types import Cite
from twitchwise.foods import NUTRIENTS, Food, FoodTable, curated
from twitchwise.foods.search import Index

SPEC = ROOT / "tests" / "spec"
FROZEN, OWN = SPEC / "food_queries.toml", SPEC / "food_queries_own.toml"
Finder = Callable[[str], Sequence[str]]


class Peer:
    """SQLite FTS5 with the trigram tokenizer: names that share any trigram, ranked by bm25."""

    def __init__(self, table: FoodTable) -> None:
        self.link = sqlite3.connect(":memory:")
        self.link.execute("CREATE VIRTUAL TABLE names USING fts5(food UNINDEXED, name, tokenize='trigram')")
        rows = [(food.id, name) for food in table.foods for name in (food.name, *food.synonyms)]
        self.link.executemany("INSERT INTO names VALUES (?, ?)", rows)

    def __call__(self, text: str) -> list[str]:
        """Find the ids of the five best foods."""
        folded = re.sub(r"[^\w ]", " ", text.lower())
        grams = {folded[i : i + 3] for i in range(len(folded) - 2)}
        if not grams:
            return []
        query = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        found = self.link.execute("SELECT food FROM names WHERE names MATCH ? ORDER BY rank LIMIT 25", (query,))
        return list(dict.fromkeys(row[0] for row in found))[:5]


def ours(index: Index) -> Finder:
    """The search as a peer: ids of the five best foods."""
    return lambda text: [hit.food.id for hit in index.search(text, 5)]


def sr28() -> FoodTable | None:
    """SR28's descriptions as a table without values, or None where the folder is absent."""
    folder = Path(os.environ.get("TWITCHWISE_SHARED", ROOT.parent / "shared")) / "data/foods/sr28_fdc_layout"
    if not folder.is_dir():
        return None
    with (folder / "food.csv").open(encoding="utf-8", newline="") as file:
        foods = tuple(Food(r["fdc_id"], r["description"], "", "", Cite("usda_sr28")) for r in csv.DictReader(file))
    return FoodTable("sr28", foods, np.full((len(foods), len(NUTRIENTS)), np.nan))


def timed(find: Finder, texts: Sequence[str]) -> tuple[list[Sequence[str]], list[float]]:
    """Ask every query once, after one of another kind to warm up; milliseconds each."""
    find("warm up wrod")
    found, spent = [], []
    for text in texts:
        start = time.perf_counter()
        found.append(find(text))
        spent.append((time.perf_counter() - start) * 1e3)
    return found, spent


def speed(name: str, spent: Sequence[float], most: float | None) -> None:
    """Print the mean and the 95th percentile."""
    mean = statistics.fmean(spent)
    asked = f"< {most:g} ms" if most else ""
    line(f"{name}: mean of a query", mean, "ms", asked, None if most is None else mean < most)
    line(f"{name}: 95th percentile", float(np.percentile(spent, 95)), "ms")


def right(name: str, queries: Sequence[dict[str, object]], found: Sequence[Sequence[str]], judged: bool) -> None:
    """Print how often the first hit, and one of the first five, is an accepted food."""
    accepted = [set(query["accept"]) for query in queries]  # type: ignore[call-overload]
    pairs = list(zip(accepted, found, strict=True))
    # a query that nothing fits is right when nothing is found
    first = 100 * statistics.fmean(bool(set(ids[:1]) & good) if good else not ids for good, ids in pairs)
    five = 100 * statistics.fmean(bool(set(ids) & good) if good else not ids for good, ids in pairs)
    line(f"{name}: first hit right", first, "%", ">= 90 %" if judged else "", first >= 90 if judged else None)
    line(f"{name}: among the first five", five, "%", ">= 97 %" if judged else "", five >= 97 if judged else None)


def built(table: FoodTable, most: float | None, name: str) -> Index:
    """Build an index a few times and print the median time."""
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        index = Index([table])
        spent.append((time.perf_counter() - start) * 1e3)
    middle = statistics.median(spent)
    asked = f"< {most:g} ms" if most else ""
    what = f"index of {name}: {len(table.foods):,} foods, {len(index.postings.texts):,} names"
    line(what, middle, "ms", asked, None if most is None else middle < most)
    return index


def main() -> None:
    """Print the figures."""
    files = [Path(name) for name in sys.argv[1:]] or [path for path in (FROZEN, OWN) if path.exists()]
    heading("search of foods")
    index, peer = built(curated(), 60, "the curated table"), Peer(curated())
    texts: list[str] = []
    for path in files:
        queries = tomli.loads(path.read_text(encoding="utf-8"))["queries"]
        texts = [query["text"] for query in queries]
        print(f"   -- {path.name}, {len(queries)} queries")
        for name, find in (("twitchwise", ours(index)), ("SQLite FTS5 trigram", peer)):
            found, spent = timed(find, texts)
            right(name, queries, found, name == "twitchwise")
            speed(name, spent, 2 if name == "twitchwise" else None)
    table = sr28()
    if table is None:
        print("   SR28 is not there (TWITCHWISE_SHARED): its times were NOT measured")
        return
    print(f"   -- SR28, the {len(texts)} queries of {files[-1].name}")
    for name, finder in (("twitchwise", ours(built(table, None, "SR28"))), ("SQLite FTS5 trigram", Peer(table))):
        speed(name, timed(finder, texts)[1], 5 if name == "twitchwise" else None)


if __name__ == "__main__":
    main()
