"""The search finds what a person means: plain food first, slips allowed, never the opposite, nothing when nothing."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.evidence.types import Cite
from twitchwise.foods import NUTRIENTS, Food, FoodTable, curated
from twitchwise.foods.nutrient_names import LABELS, find_nutrient, near_nutrients
from twitchwise.foods.nutrients import COLUMN, NAMES
from twitchwise.foods.rich import LIVER, STEADY, cautions, richest
from twitchwise.foods.search import Hit, Index, curated_index, suits
from twitchwise.foods.words import fold, singular, sound, tokens

SPEC = Path(__file__).resolve().parent / "spec"


def table_of(*names: str | tuple[str, str], table: str = "small", **tags: str) -> FoodTable:
    """A table of foods by name, or (name, synonyms); ids are n0, n1... ; tags by id."""
    foods = []
    for place, name in enumerate(names):
        text, also = (name, "") if isinstance(name, str) else name
        key = f"n{place}"
        mine = frozenset(tags.get(key, "vegan").split())
        foods.append(Food(key, text, "g", "", Cite("usda_sr28"), tuple(filter(None, also.split("|"))), mine))
    return FoodTable(table, tuple(foods), np.full((len(foods), len(NUTRIENTS)), np.nan))


def names_found(table: FoodTable, text: str, limit: int = 5) -> list[str]:
    return [hit.food.name for hit in Index([table]).search(text, limit)]


VEG = table_of(
    ("broccoli, boiled", "broccoli|calabrese"),
    "broccoli, raw",
    "broccoli cheese soup",
    ("courgette, boiled", "courgette"),
    ("chickpeas, tinned", "chickpea"),
    ("oat drink", "oat milk"),
    "oats, dry",
    "milk, whole",
    "milk, semi-skimmed",
    "milk, skimmed",
    "chocolate milk",
    "milk chocolate",
    "cola",
    "cola, sugar-free",
    "coffee",
    "coffee, decaffeinated",
    "beer",
    "beer, alcohol-free",
    "peanuts, salted",
    "peanuts, unsalted",
    "yogurt, plain",
    "wholemeal bread",
    "white bread",
    "apple pie",
    "apple, raw",
    "egg, boiled",
    "egg, fried",
    "egg noodles",
    "tuna, tinned in brine",
    "tuna, tinned in oil",
    "spring onion",
    "onion, raw",
    "butternut squash",
    "butter, salted",
    "crème fraîche",
    "kiwi",
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("brocoli", "broccoli, boiled"),
        ("BROCCOLI", "broccoli, boiled"),
        ("rboccoli", "broccoli, boiled"),
        ("vroccoli", "broccoli, boiled"),
        ("brocc", "broccoli, boiled"),
        ("brockolly raw", "broccoli, raw"),
        ("raw broccoli", "broccoli, raw"),
        ("calabrese", "broccoli, boiled"),
        ("zucchini", "courgette, boiled"),
        ("zuchini", "courgette, boiled"),
        ("courgettes", "courgette, boiled"),
        ("chick peas", "chickpeas, tinned"),
        ("chickpeas canned", "chickpeas, tinned"),
        ("garbanzo beans", "chickpeas, tinned"),
        ("oatmilk", "oat drink"),
        ("oatmlik", "oat drink"),
        ("milk chocolate", "milk chocolate"),
        ("chocolate milk", "chocolate milk"),
        ("semi skimmed", "milk, semi-skimmed"),
        ("2% milk", "milk, semi-skimmed"),
        ("full fat milk", "milk, whole"),
        ("skim milk", "milk, skimmed"),
        ("plain yoghurt", "yogurt, plain"),
        ("whole wheat bread", "wholemeal bread"),
        ("wholemealbread", "wholemeal bread"),
        ("apple", "apple, raw"),
        ("pie with apples", "apple pie"),
        ("fried eggs", "egg, fried"),
        ("hard boiled egg", "egg, boiled"),
        ("canned tuna in brine", "tuna, tinned in brine"),
        ("tuna in oil", "tuna, tinned in oil"),
        ("scallions", "spring onion"),
        ("onion", "onion, raw"),
        ("butter nut squash", "butternut squash"),
        ("creme fraiche", "crème fraîche"),
        ("tesco broccoli", "broccoli, boiled"),
        ("birds eye broccoli", "broccoli, boiled"),
        ("phroccoli brocoli raw", "broccoli, raw"),
        ("tun", "tuna, tinned in brine"),
        ("peanuts sal", "peanuts, salted"),
        ("kourgette", "courgette, boiled"),
        ("ciwi", "kiwi"),
        ("kreme fraiche", "crème fraîche"),
    ],
)
def test_what_is_meant_comes_first(text: str, first: str) -> None:
    assert names_found(VEG, text)[:1] == [first]


@pytest.mark.parametrize(
    ("text", "right", "opposite"),
    [
        ("diet cola", "cola, sugar-free", "cola"),
        ("cola without sugar", "cola, sugar-free", "cola"),
        ("cola zero sugar", "cola, sugar-free", "cola"),
        ("decaf coffee", "coffee, decaffeinated", "coffee"),
        ("caffeine-free coffee", "coffee, decaffeinated", "coffee"),
        ("alcohol free beer", "beer, alcohol-free", "beer"),
        ("non-alcoholic beer", "beer, alcohol-free", "beer"),
        ("peanuts without salt", "peanuts, unsalted", "peanuts, salted"),
        ("no salt peanuts", "peanuts, unsalted", "peanuts, salted"),
        ("salted peanuts", "peanuts, salted", "peanuts, unsalted"),
        ("skimmed milk", "milk, skimmed", "milk, whole"),
        ("whole milk", "milk, whole", "milk, skimmed"),
        ("wholemeal bread", "wholemeal bread", "white bread"),
    ],
)
def test_a_negation_never_finds_the_opposite_first(text: str, right: str, opposite: str) -> None:
    hits = {hit.food.name: hit.score for hit in Index([VEG]).search(text, 10)}
    assert next(iter(hits)) == right
    assert hits.get(opposite, 0.0) < 0.75 * hits[right]


@pytest.mark.parametrize(("text", "first"), [("cola", "cola"), ("coffee", "coffee"), ("beer", "beer")])
def test_the_usual_kind_comes_before_the_one_without(text: str, first: str) -> None:
    assert names_found(VEG, text)[0] == first


@pytest.mark.parametrize(
    "text", ["asdfgh", "xylophone", "keyboard", "bicycle", "boiled xylophone", "", ",", "the", "%"]
)
def test_nonsense_finds_nothing(text: str) -> None:
    assert Index([VEG]).search(text) == ()
    assert curated_index().search(text) == ()


def test_a_word_of_another_field_is_no_sure_hit() -> None:
    words = tomli.loads((SPEC / "food_queries_own.toml").read_text(encoding="utf-8"))["unsure"]["words"].split()
    sure = {word: curated_index().search(word, 1)[:1] for word in words}
    assert len(words) > 30
    assert {word: hits[0].food.id for word, hits in sure.items() if hits and hits[0].score >= 70} == {}


def test_a_strange_word_before_a_food_makes_it_less_sure() -> None:
    index = curated_index()
    plain, strange = index.search("cheddar", 1)[0], index.search("zyxwvut cheddar", 1)[0]
    assert plain.food.id == strange.food.id == "cheddar" and strange.score < plain.score - 10
    known = index.search("walkers cheddar", 1)[0]
    assert known.food.id == "cheddar" and known.score < 75


def test_the_class_of_a_food_changes_nothing_but_another_food_does() -> None:
    index = curated_index()
    for typed, key in (("venison meat", "venison"), ("lychee fruit", "lychee"), ("squash drink", "squash")):
        assert index.search(typed, 1)[0].food.id == key
    assert index.search("squash", 1)[0].food.id != "squash"
    assert index.search("cauliflower cheese", 1)[0].food.id == "cauliflower_cheese"


def test_the_beginning_of_a_word_is_the_plain_food() -> None:
    table = table_of("pot roast", "potato, boiled", "potato salad", "potted shrimp", n0="dish", n2="dish")
    assert names_found(table, "potat")[0] == "potato, boiled"
    assert names_found(table, "potato sa")[0] == "potato salad"


def test_what_a_food_surely_has_is_against_it() -> None:
    gluten = table_of("bread", "rice bread", n0="vegan gluten", n1="vegan")
    assert names_found(gluten, "gluten free bread")[0] == "rice bread"
    wine = FoodTable("w", table_of("wine", "white wine").foods, np.full((2, len(NUTRIENTS)), np.nan))
    wine.values[:, COLUMN["alcohol"]] = [10.0, 0.0]
    assert names_found(wine, "alcohol free wine")[0] == "white wine"


def test_it_says_which_name_was_matched_and_how_well() -> None:
    hits = Index([VEG]).search("calabrese")
    assert hits[0] == Hit(VEG["n0"], "small", 100.0, "calabrese")
    typo = Index([VEG]).search("brocoli")[0]
    assert typo.matched == "broccoli" and 80 < typo.score < 100


def test_hits_are_ordered_limited_and_of_different_foods() -> None:
    hits = curated_index().search("milk", 7)
    assert len(hits) == 7 == len({hit.food.id for hit in hits})
    assert all(0 <= hit.score <= 100 for hit in hits)


def test_tags_choose_and_unknown_tags_suit_no_wish() -> None:
    some = table_of("soya bread", "wheat bread", "some bread", n0="vegan soy", n1="vegetarian gluten", n2="")
    index = Index([some])
    assert [h.food.id for h in index.search("bread", tags={"-gluten"})] == ["n0"]
    assert {h.food.id for h in index.search("bread", tags={"vegetarian"})} == {"n0", "n1"}
    assert not suits(some["n2"], {"-gluten"})


def test_several_tables_work_and_the_first_is_preferred() -> None:
    other = table_of("broccoli, boiled", "Emu, ground, raw", table="official")
    index = Index([VEG, other])
    assert [h.table for h in index.search("broccoli boiled", 2)] == ["small", "official"]
    assert index.search("emu")[0].table == "official"


def test_no_table_and_empty_tables_find_nothing() -> None:
    assert Index([]).search("milk") == ()
    assert Index([table_of()]).search("milk without sugar") == ()
    assert Index([table_of("—", "")]).search("milk") == ()


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    for hit in Index([VEG]).search(text, 3):
        assert 0 < hit.score <= 100 and hit.food.id in VEG.row


@cache
def curated_names() -> tuple[tuple[str, str], ...]:
    return tuple((name, food.id) for food in curated().foods for name in (food.name, *food.synonyms))


def test_every_name_of_every_curated_food_finds_it() -> None:
    index, lost = curated_index(), []
    for name, key in curated_names()[::5]:
        hits = index.search(name, 5)
        same = [hit.food.id for hit in hits if hit.score > hits[0].score - 1]
        if key not in same:
            lost.append(name)
    assert len(lost) <= 0.01 * len(curated_names()) / 5, lost


def test_own_queries_find_the_right_food_first() -> None:
    queries = tomli.loads((SPEC / "food_queries_own.toml").read_text(encoding="utf-8"))["queries"]
    index, wrong = curated_index(), []
    for query in queries:
        hits = index.search(query["text"], 1)
        if not hits or hits[0].food.id not in query["accept"]:
            wrong.append((query["text"], [hit.food.id for hit in hits]))
    assert len(queries) >= 150
    assert len(wrong) <= 0.05 * len(queries), wrong


@cache
def sr28(shared: Path) -> FoodTable:
    """SR28's 8,789 descriptions; values stay unknown, the search must do without."""
    path = shared / "data" / "foods" / "sr28_fdc_layout" / "food.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    foods = tuple(Food(r["fdc_id"], r["description"], "", "", Cite("usda_sr28")) for r in rows)
    return FoodTable("sr28", foods, np.full((len(foods), len(NUTRIENTS)), np.nan))


@pytest.mark.shared
def test_a_long_official_table_gives_plain_foods_first(shared: Path) -> None:
    index = Index([sr28(shared)])
    wanted = {
        "brocoli": "Broccoli,",
        "milk": "Milk, whole",
        "skimmed milk": "Milk, nonfat",
        "bananna": "Bananas, raw",
        "brown rice cooked": "Rice, brown, ",
        "almonds": "Nuts, almonds",
        "beer": "Alcoholic beverage, beer",
        "red wine": "Alcoholic beverage, wine, table, red",
        "alcohol free wine": "Beverages, Wine, non-alcoholic",
        "unsweetened almond milk": "Beverages, almond milk, unsweetened",
        "decaf coffee": "Beverages, coffee, brewed",
        "unsalted butter": "Butter, without salt",
        "courgettes": "Squash, summer, zucchini",
        "wholemeal bread": "Bread, whole-wheat",
        "cheddar": "Cheese, cheddar",
        "tinned tuna in oil": "Fish, tuna, ",
        "chick peas": "Chickpeas",
        "scrambled eggs": "Egg, whole, cooked, scrambled",
        "olive oil": "Oil, olive",
        "smoked salmon": "Fish, salmon, chinook, smoked",
        "ketchup": "Catsup",
        "strawberries": "Strawberries, raw",
    }
    first = {text: index.search(text, 1)[0].food.name for text in wanted}
    wrong = {text: name for text, name in first.items() if not name.startswith(wanted[text])}
    assert not wrong
    assert index.search("xylophone") == ()


def test_words_are_cut_and_joined_in_one_way() -> None:
    assert tokens("sugar-free cola") == ["no_sugar", "cola"] == tokens("no added sugar cola")
    assert tokens("free range eggs") == ["freerange", "egg"]
    assert tokens("vitamin D 5,000IU")[-2:] == ["5000", "iu"]
    assert singular("brussels") == singular("brussel")
    assert fold("JALAPEÑO’s") == "jalapeno"
    assert sound("yoghurt") == sound("yogurt")


def test_nutrients_go_by_their_plain_names() -> None:
    assert find_nutrient("vitamin b12") == find_nutrient("B12") == find_nutrient("B-12") == "vitamin_b12"
    assert find_nutrient("Salt") == "sodium" and find_nutrient("fiber") == "fibre"
    assert find_nutrient("unobtainium") is None and near_nutrients("potasium")[0] == "potassium"
    assert all(find_nutrient(name) == name for name in NUTRIENTS)
    assert LABELS is NAMES and set(NAMES) == set(NUTRIENTS)


@pytest.mark.parametrize("nutrient", ["magnesium", "potassium", "vitamin_b12", "iron"])
def test_the_richest_foods_are_plain_ordered_and_of_different_kinds(nutrient: str) -> None:
    found = richest([curated()], nutrient, limit=10)
    amounts = [rich.amount for rich in found]
    assert len(found) == 10 and amounts == sorted(amounts, reverse=True)
    assert not any({"dish", "supplement"} & rich.food.tags for rich in found)
    for rich in found:
        per_100g = curated().value(rich.food.id, nutrient)
        assert rich.portion is not None
        assert rich.amount == pytest.approx(per_100g * rich.portion.grams / 100)
    heads = [rich.food.name.split(",")[0] for rich in found]
    assert len(set(heads)) == len(heads)


def test_wishes_hold_for_the_richest_foods_too() -> None:
    vegan = richest([curated()], "calcium", tags={"vegan", "-gluten"}, limit=15)
    assert vegan and all("vegan" in r.food.tags and "gluten" not in r.food.tags for r in vegan)
    asked = richest([curated()], "magnesium", limit=200, supplements=True)
    assert any("supplement" in r.food.tags for r in asked)


def test_a_list_says_what_some_people_should_know() -> None:
    tables = [curated()]
    assert cautions(richest(tables, "vitamin_b12"), tables)[:1] == (LIVER,)
    assert STEADY in cautions(richest(tables, "vitamin_k"), tables)
    vegan = richest(tables, "vitamin_b12", tags={"vegan"})
    assert vegan and LIVER not in cautions(vegan, tables)
    assert cautions(richest(tables, "caffeine"), tables) == ()
