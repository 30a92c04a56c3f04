"""`foods search`, `foods show` and `foods rich` as a person meets them."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from twitchwise import cli
from twitchwise.evidence.types import Cite
from twitchwise.foods import NUTRIENTS, Food, curated
from twitchwise.foods.store import save_table
from twitchwise.foods.store_types import Card, Draft
from twitchwise.formats.food_pages import amount


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):  # type: ignore[no-untyped-def]
    """Run the command line in this process, with no table added."""
    monkeypatch.setenv("TWITCHWISE_DATA", str(tmp_path))

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["twitchwise", "foods", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def test_search_gives_json_best_first(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("search", "brocoli", "--format", "json", "--limit", "4")
    hits = json.loads(out)
    assert code == 0 and 0 < len(hits) <= 4
    assert list(hits[0]) == ["id", "name", "table", "score", "matched"]
    assert hits[0]["id"].startswith("broccoli") and hits[0]["table"] == "twitchwise"
    assert [h["score"] for h in hits] == sorted((h["score"] for h in hits), reverse=True)


def test_search_in_text_fits_the_terminal_and_says_what_was_matched(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("search", "oat", "milk")
    assert code == 0 and max(map(len, out.splitlines())) <= 80
    assert "Found by its name 'oat milk'" in out and "mg" in out
    assert "\x1b" not in out


def test_nothing_found_is_said_and_no_error(run) -> None:  # type: ignore[no-untyped-def]
    assert run("search", "xylophone", "--format", "json")[:2] == (0, "[]\n")
    code, out, err = run("search", "xylophone")
    assert code == 0 and "No food fits 'xylophone'" in out and not err


def test_wishes_leave_foods_out(run) -> None:  # type: ignore[no-untyped-def]
    hits = json.loads(run("search", "bread", "--without", "gluten", "--format", "json", "--limit", "20")[1])
    assert hits and all("gluten" not in curated()[h["id"]].tags for h in hits)
    hits = json.loads(run("search", "milk", "--vegan", "--format", "json", "--limit", "20")[1])
    assert hits and all("vegan" in curated()[h["id"]].tags for h in hits)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["search", "bread", "--without", "glutn"], "gluten, nuts"),
        (["search", "bread", "--format", "xml"], "text, json"),
        (["show", "brocoli"], "broccoli_"),
        (["show", "qqqqqq"], "foods search"),
        (["rich", "magnesim"], "magnesium"),
        (["rich", "gold"], "Known: energy"),
        (["rich", "iron", "--per", "bucket"], "portion, 100g, kcal"),
        (["search", "milk", "--table", "nowhere"], "nowhere"),
    ],
)
def test_wrong_use_is_one_clear_line(run, words: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(*words)
    assert code != 0 and not out
    assert err.count("\n") == 1 and said in err and "Traceback" not in err


def test_show_tells_values_portions_and_source(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("show", "spinach_raw")
    assert code == 0 and max(map(len, out.splitlines())) <= 80
    per_100g = amount(curated().value("spinach_raw", "magnesium"))
    line = next(line for line in out.splitlines() if line.strip().startswith("magnesium"))
    assert line.split()[1] == per_100g
    for words in ("per 100 g", "Portions:", "Source:", "NDB 11457"):
        assert words in " ".join(out.split())


def test_cells_of_another_row_and_none_by_nature_are_said(run) -> None:  # type: ignore[no-untyped-def]
    filled = curated().filled
    key, nutrient = next(pair for pair, origin in filled.items() if origin != "none")
    data = json.loads(run("show", key, "--format", "json")[1])
    assert data["values"][nutrient]["from"] == filled[key, nutrient] != curated()[key].origin
    assert "* " in run("show", key)[1] and ": from " in " ".join(run("show", key)[1].split())
    none = next(key for (key, _), origin in filled.items() if origin == "none")
    assert "none by nature" in run("show", none)[1]


def test_unknown_is_not_zero(run) -> None:  # type: ignore[no-untyped-def]
    table = curated()
    food = next(f for f in table.foods if table.value(f.id, "vitamin_k") != table.value(f.id, "vitamin_k"))
    out = run("show", food.id)[1]
    line = next(line for line in out.splitlines() if line.strip().startswith("vitamin K"))
    assert line.split()[2] == "-" and "Unknown is not zero" in out
    data = json.loads(run("show", food.id, "--format", "json")[1])
    assert data["values"]["vitamin_k"]["per_100g"] is None and data["values"]["vitamin_k"]["from"] is None
    assert list(data["values"]) == list(NUTRIENTS)


def test_every_curated_food_can_be_shown(run) -> None:  # type: ignore[no-untyped-def]
    from twitchwise.evidence import load_evidence
    from twitchwise.formats.food_pages import food_data, food_lines

    sources = load_evidence().sources
    for food in curated().foods:
        assert max(map(len, food_lines(food, curated(), sources))) <= 80, food.id
        json.dumps(food_data(food, curated(), sources), allow_nan=False)


def test_show_takes_a_name_too(run) -> None:  # type: ignore[no-untyped-def]
    name = curated()["spinach_raw"].name
    assert json.loads(run("show", name, "--format", "json")[1])["id"] == "spinach_raw"
    assert json.loads(run("show", "twitchwise:spinach_raw", "--format", "json")[1])["id"] == "spinach_raw"


def test_an_added_table_without_tags_or_portions_is_told_honestly(run) -> None:  # type: ignore[no-untyped-def]
    cite = Cite("usda_sr28")
    foods = (Food("1", "Oats, raw", "", "", cite), Food("2", "Moa meat, roasted", "", "", cite))
    card = Card("mine", "me", "1", "none", "usda_sr28", "f", "0" * 64, 2, 2, 0)
    save_table(Draft(card, foods, np.full((2, len(NUTRIENTS)), 7.0)), date(2026, 11, 22))
    hits = json.loads(run("search", "moa", "--format", "json")[1])
    assert (hits[0]["id"], hits[0]["table"]) == ("2", "mine")
    assert "Moa meat, roasted" in run("show", "mine:2")[1]
    assert "table mine" in run("search", "moa", "--vegan")[1]
    assert "--per 100g" in run("rich", "iron", "--table", "mine")[1]
    assert "Moa" in run("rich", "iron", "--table", "mine", "--per", "100g")[1]


def test_rich_lists_foods_with_their_portions(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("rich", "vitamin", "b12", "--vegan", "--limit", "3")
    assert code == 0 and "vitamin B12" in out and max(map(len, out.splitlines())) <= 80
    for per in ("portion", "100g", "kcal"):
        found = json.loads(run("rich", "magnesium", "--per", per, "--format", "json")[1])
        assert [r["amount"] for r in found] == sorted((r["amount"] for r in found), reverse=True)
    assert "Salt is about 2.5 times" in run("rich", "salt")[1]
