"""The curated foods, all groups: names, tags, portions, figures against the releases, and the arithmetic of food.

The limits and where they come from are explained in docs/foods.md.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from foods_reviewed import ENERGY_OFF, OUTLIERS, PARTS_OFF

from twitchwise.evidence import load_evidence
from twitchwise.foods import COLUMN, NUTRIENTS, UNITS, Food, curated
from twitchwise.foods.load import FOLDER, rows_of

TABLE = curated()
FOODS = TABLE.foods
BY_ID = {food.id: food for food in FOODS}
ROWS = {row["id"]: row for path in sorted(FOLDER.glob("*.csv")) for _, row in rows_of(path)}

GROUPS = {
    *("vegetables", "fruit", "legumes", "nuts_seeds", "grains", "bread", "breakfast"),
    *("dairy_eggs", "plant_milks", "fats", "meat", "fish", "dishes", "fast_food"),
    *("sweets", "snacks", "sauces_spices", "drinks", "alcohol", "waters", "supplements", "meat_free"),
}
CONTAINS = {
    *("gluten", "nuts", "peanut", "milk", "lactose", "egg", "fish", "shellfish", "soy", "sesame", "pork", "alcohol"),
    *("grapefruit", "licorice", "organ", "oxalate", "phytate", "leafy", "fortified", "raw", "dish", "drink"),
    "supplement",
}
SUITS = {"vegan", "vegetarian", "halal", "kosher", "halal_cut", "kosher_cut"}
# what a food that suits a way of eating cannot contain
EXCLUDES = {
    "vegan": {"milk", "lactose", "egg", "fish", "shellfish", "pork", "organ"},
    "vegetarian": {"fish", "shellfish", "pork", "organ"},
    "halal": {"pork", "alcohol"},
    "halal_cut": {"pork", "alcohol"},
    "kosher": {"pork", "shellfish"},
    "kosher_cut": {"pork", "shellfish"},
}

# FAO/INFOODS Guidelines for checking food composition data (2012), https://www.fao.org/4/ap810e/ap810e.pdf:
# the parts of 100 g add up to 97-103 g (preferred) or 95-105 g (acceptable)
PREFERRED, ACCEPTABLE = (97.0, 103.0), (95.0, 105.0)
PARTS = ("water", "protein", "fat", "carbohydrate")
LEFT_FOR_ASH = (-0.5, 8.0)  # g; FNDDS has no ash, but its carbohydrate is what is left over, so the rest is the ash
# Atwater general factors with fibre, FAO Food and Nutrition Paper 77 (2003), chapter 3
ATWATER = {"protein": 4.0, "fat": 9.0, "carbohydrate": 4.0, "alcohol": 7.0}
FIBRE = 2.0 - 4.0  # carbohydrate by difference holds the fibre, which counts 2 kcal/g instead of 4
# The releases use factors of each food (an orange 3.6, a bean 4.07 kcal per gram), so the difference is wider than
# the 5 % a table worked out with one set of factors would show.
ENERGY_PART, ENERGY_KCAL = 0.15, 15.0
# Nutrients that older rows often lack; every other one must be filled in at least 9 of 10 foods
LESS_COVERED = {"vitamin_d", "vitamin_k", "ash", "caffeine"}
COVERED = 0.9
FOODS_AT_LEAST = 600


def plain(word: str) -> str:
    """A word without its plural, by rule; enough to tell that "berries" and "berry" are one name."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(ch|sh|ss|x|o)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def canonical(name: str) -> str:
    """The name without case, commas and plural: "Peas, boiled" = "pea boiled"."""
    return " ".join(plain(word) for word in re.findall(r"[^\W_]+(?:%|'\w+)?", name.lower()))


def forms(name: str) -> set[str]:
    """A name as it stands and the other way round: "peas, boiled" is also "boiled peas"."""
    head, comma, rest = name.partition(",")
    return {canonical(name), canonical(f"{rest} {head}")} if comma else {canonical(name)}


def value(food: Food, nutrient: str) -> float:
    """One value of a food, NaN where unknown."""
    return TABLE.value(food.id, nutrient)


def test_the_table_is_large_enough() -> None:
    assert len(FOODS) >= FOODS_AT_LEAST, f"{len(FOODS)} foods"
    assert {food.group for food in FOODS} <= GROUPS, {food.group for food in FOODS} - GROUPS


def test_ids_are_plain() -> None:
    assert [food.id for food in FOODS if not re.fullmatch(r"[a-z][a-z0-9_]*", food.id)] == []


def test_a_name_belongs_to_one_food() -> None:
    owners: dict[str, set[str]] = {}
    for food in FOODS:
        for form in set().union(*(forms(name) for name in (food.name, *food.synonyms))):
            owners.setdefault(form, set()).add(food.id)
    assert {name: sorted(ids) for name, ids in owners.items() if len(ids) > 1} == {}


def test_a_food_does_not_repeat_a_name() -> None:
    repeated = {}
    for food in FOODS:
        counts = Counter(name.lower() for name in (food.name, *food.synonyms))
        if over := [name for name, count in counts.items() if count > 1]:
            repeated[food.id] = over
    assert repeated == {}


@pytest.mark.parametrize(
    ("word", "food"),
    [
        ("rice", "rice_white_boiled"),
        ("oats", "oats_dry"),
        ("spinach", "spinach_raw"),
        ("broccoli", "broccoli_boiled"),
        ("apple", "apple_raw"),
        ("bread", "bread_white"),
        ("potato", "potato_boiled"),
        ("tofu", "tofu_firm_calcium_sulfate"),
        ("almonds", "almonds"),
        ("porridge", "oatmeal_cooked_unfortified"),
        ("lentils", "lentils_boiled"),
        ("zucchini", "courgette_boiled"),
        ("garbanzo", "chickpeas_boiled"),
    ],
)
def test_a_bare_word_is_the_food_that_people_mean(word: str, food: str) -> None:
    owned = {canonical(name) for name in (BY_ID[food].name, *BY_ID[food].synonyms)}
    assert canonical(word) in owned


def test_every_food_has_plausible_portions() -> None:
    wrong = {}
    for food in FOODS:
        names = [portion.name for portion in food.portions]
        grams = [portion.grams for portion in food.portions]
        shaped = all(re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*", name) and name == name.lower() for name in names)
        fits = all(0.02 <= gram <= 2000 for gram in grams)
        if not (1 <= len(names) <= 8 and shaped and fits and len(set(names)) == len(names)):
            wrong[food.id] = [(p.name, p.grams) for p in food.portions]
    assert wrong == {}


def test_portions_of_one_food_are_in_order() -> None:
    steps = [("small", "medium"), ("medium", "large"), ("half", "whole"), ("teaspoon", "tablespoon")]
    steps += [("tablespoon", "cup"), ("small", "large"), ("mini", "medium")]
    wrong = []
    for food in FOODS:
        grams = {portion.name: portion.grams for portion in food.portions}
        wrong += [(food.id, a, b) for a, b in steps if a in grams and b in grams and grams[a] >= grams[b]]
    assert wrong == []


def test_a_spoon_and_a_cup_hold_what_they_can() -> None:
    holds = {"teaspoon": (0.3, 11), "tablespoon": (0.5, 30), "cup": (8, 350), "glass": (80, 600)}
    wrong = [
        (food.id, portion.name, portion.grams)
        for food in FOODS
        for portion in food.portions
        if portion.name in holds and not holds[portion.name][0] <= portion.grams <= holds[portion.name][1]
    ]
    assert wrong == []


def test_tags_are_known_and_do_not_contradict() -> None:
    wrong = []
    for food in FOODS:
        wrong += [(food.id, "unknown tag", tag) for tag in food.tags - CONTAINS - SUITS]
        if "vegan" in food.tags and "vegetarian" not in food.tags:
            wrong.append((food.id, "vegan", "not vegetarian"))
        for suits in food.tags & set(EXCLUDES):
            wrong += [(food.id, suits, tag) for tag in food.tags & EXCLUDES[suits]]
    assert wrong == []


def test_tags_agree_with_the_figures() -> None:
    wrong = []
    for food in FOODS:
        if value(food, "alcohol") > 1.2 and "alcohol" not in food.tags:
            wrong.append((food.id, "alcohol in it"))
        natural = "fortified" not in food.tags and "supplement" not in food.tags
        if (
            "vegan" in food.tags
            and natural
            and value(food, "vitamin_b12") > 1.0
            and food.group not in {"sauces_spices"}
        ):
            wrong.append((food.id, "vitamin B12 in a plant that is not fortified"))
        if "leafy" in food.tags and value(food, "vitamin_k") < 60:
            wrong.append((food.id, "leafy, but little vitamin K"))
    assert wrong == []


def test_leaves_rich_in_vitamin_k_are_tagged() -> None:
    rich = [food.id for food in FOODS if food.group == "vegetables" and value(food, "vitamin_k") > 200]
    assert [key for key in rich if "leafy" not in BY_ID[key].tags] == []


def test_fortified_foods_say_so() -> None:
    words = re.compile(r"fortif|enrich|added|adds|vitamin", re.IGNORECASE)
    silent = [f.id for f in FOODS if "fortified" in f.tags and not words.search(f"{f.name} {f.note}")]
    assert silent == []


def test_every_origin_is_cited() -> None:
    sources = load_evidence().sources
    assert sorted({food.cite.source for food in FOODS} - set(sources)) == []
    assert [food.id for food in FOODS if not food.cite.locator] == []


def test_no_value_is_negative_or_impossible() -> None:
    filled = ~np.isnan(TABLE.values)
    assert not (TABLE.values[filled] < 0).any()
    for nutrient in ("protein", "fat", "carbohydrate", "ash", "fibre", "alcohol", "water"):
        column = TABLE.values[:, COLUMN[nutrient]]
        assert np.nanmax(column) <= 100.1, nutrient
    energy = TABLE.values[:, COLUMN["energy"]]
    assert np.nanmax(energy) <= 905


def test_fibre_is_part_of_carbohydrate() -> None:
    over = [f.id for f in FOODS if value(f, "fibre") > value(f, "carbohydrate") + 0.5]
    assert over == []


def parts(food: Food, *names: str) -> float:
    """Sum of the parts of 100 g, alcohol too; NaN unless all that weigh are known."""
    return sum(value(food, name) for name in names) + float(np.nan_to_num(value(food, "alcohol")))


def test_the_parts_of_100_g_add_up() -> None:
    sums = {food.id: parts(food, *PARTS, "ash") for food in FOODS if "supplement" not in food.tags}
    known = {key: total for key, total in sums.items() if not np.isnan(total)}
    assert len(known) >= 0.7 * len(sums), f"only {len(known)} of {len(sums)} have all parts"
    off = {k: round(v, 1) for k, v in known.items() if not ACCEPTABLE[0] <= v <= ACCEPTABLE[1] and k not in PARTS_OFF}
    assert off == {}
    preferred = sum(PREFERRED[0] <= total <= PREFERRED[1] for total in known.values())
    assert preferred >= 0.97 * len(known), f"{preferred} of {len(known)} within 97-103 g"
    assert len(known) + len(without_ash()) >= 0.95 * len(sums)


def without_ash() -> dict[str, float]:
    """What the other parts leave for ash where the release gives none."""
    foods = [food for food in FOODS if np.isnan(value(food, "ash")) and "supplement" not in food.tags]
    left = {food.id: 100 - parts(food, *PARTS) for food in foods}
    return {key: rest for key, rest in left.items() if not np.isnan(rest)}


def test_what_is_left_for_ash_is_plausible() -> None:
    low, high = LEFT_FOR_ASH
    off = {k: round(v, 2) for k, v in without_ash().items() if not low <= v <= high and k not in PARTS_OFF}
    assert off == {}


def test_energy_follows_from_what_is_in_it() -> None:
    off = {}
    for food in FOODS:
        grams = {name: value(food, name) for name in ATWATER}
        grams["alcohol"] = np.nan_to_num(grams["alcohol"])
        fibre = np.nan_to_num(value(food, "fibre"))
        expected = sum(ATWATER[name] * gram for name, gram in grams.items()) + FIBRE * fibre
        said = value(food, "energy")
        if abs(said - expected) > max(ENERGY_KCAL, ENERGY_PART * max(said, expected)) and food.id not in ENERGY_OFF:
            off[food.id] = (round(said), round(expected))
    assert off == {}


def test_outliers_were_looked_at() -> None:
    found = set()
    for group in {food.group for food in FOODS} - {"supplements"}:  # strengths differ by design, see the next test
        places = [place for place, food in enumerate(FOODS) if food.group == group]
        values = TABLE.values[places]
        for column, nutrient in enumerate(NUTRIENTS):
            known = values[:, column][~np.isnan(values[:, column])]
            if len(known) < 20:
                continue
            limit = 8 * float(np.percentile(known, 95))
            if limit > 0:
                found |= {(FOODS[p].id, nutrient) for p in places if TABLE.values[p, column] > limit}
    reviewed = {(key, nutrient) for key, reasons in OUTLIERS.items() for nutrient in reasons}
    assert sorted(found - reviewed) == []
    assert sorted(key for key in {*OUTLIERS, *PARTS_OFF, *ENERGY_OFF} if key not in BY_ID) == []


def test_a_supplement_gives_the_dose_in_its_name() -> None:
    """A tablet "vitamin_d_25ug" gives 25 ug, counted over its first portion; folic acid counts 1.7-fold as DFE."""
    factors = {name: (name, 1.0) for name in NUTRIENTS}
    for plain_name in ("magnesium", "calcium"):
        factors[f"{plain_name}_tablet"] = (plain_name, 1.0)
    factors["folic_acid"] = ("folate", 1.7)
    units = {"mg": {"mg": 1.0, "ug": 1000.0}, "ug": {"mg": 0.001, "ug": 1.0}}
    wrong, checked = [], 0
    for food in FOODS:
        match = re.fullmatch(r"([a-z0-9_]+?)_(\d+)(mg|ug|)", food.id)
        if food.group != "supplements" or not match or match[1] not in factors:
            continue
        nutrient, factor = factors[match[1]]
        expected = int(match[2]) * factor * units[match[3] or "mg"][UNITS[nutrient]]
        given = value(food, nutrient) * food.portions[0].grams / 100
        checked += 1
        if abs(given - expected) > 0.02 * expected:
            wrong.append((food.id, round(given, 3), expected))
    assert wrong == []
    assert checked >= 30


def recipe_parts(food: Food) -> list[Food]:
    """The foods that a mix of ours is made of; none for any other food."""
    kind, _, text = food.origin.partition(":")
    return [BY_ID[part.split()[1]] for part in text.split("+")] if kind == "recipe" else []


def test_a_mix_holds_what_its_parts_hold() -> None:
    """Milk in a part is milk in the mix, and a mix suits a way of eating only when all its parts do."""
    told = {"gluten", "nuts", "peanut", "milk", "lactose", "egg", "fish", "shellfish", "soy", "sesame", "pork"}
    wrong = []
    for food in FOODS:
        for part in recipe_parts(food):
            wrong += [(food.id, f"{part.id} holds {tag}") for tag in (part.tags & told) - food.tags]
            diets = {"vegan", "vegetarian"} & food.tags - part.tags
            wrong += [(food.id, f"{part.id} is not {tag}") for tag in diets]
            if "pork" in part.tags:
                wrong += [(food.id, f"{part.id} is pork") for _ in {"halal", "kosher"} & food.tags]
    assert sorted(wrong) == []


def test_most_cells_are_filled() -> None:
    food = [place for place, f in enumerate(FOODS) if "supplement" not in f.tags]
    share = dict(zip(NUTRIENTS, (~np.isnan(TABLE.values[food])).mean(axis=0), strict=True))
    print({name: round(float(part), 3) for name, part in share.items()})
    assert {n: round(float(p), 3) for n, p in share.items() if p < COVERED and n not in LESS_COVERED} == {}


def test_what_fills_a_cell_is_said() -> None:
    """A zero by nature may only stand where the release has no figure, and is marked as such."""
    zeros = [(key, nutrient) for (key, nutrient), origin in TABLE.filled.items() if origin == "none"]
    assert zeros
    assert [pair for pair in zeros if TABLE.value(*pair) != 0] == []
    allowed = {"vitamin_b12", "vitamin_d", "alcohol", "caffeine"}
    plants = {"vegetables", "fruit", "legumes", "nuts_seeds", "grains"}
    assert [pair for pair in zeros if BY_ID[pair[0]].group in plants and pair[1] not in allowed] == []


def test_a_logical_zero_is_not_claimed_for_what_can_hold_it() -> None:
    claims = {key: set(row["none"].split("|")) for key, row in ROWS.items()}
    animal = {key for key, f in BY_ID.items() if f.tags & {"milk", "lactose", "egg", "fish", "shellfish", "organ"}}
    assert [key for key in sorted(animal) if claims[key] & {"vitamin_b12", "vitamin_d"}] == []
    assert [key for key in sorted(claims) if "mushroom" in key and "vitamin_d" in claims[key]] == []


def test_the_figures_are_those_of_the_releases(shared: Path, root: Path) -> None:
    releases = shared / "data" / "foods"
    if not releases.is_dir():
        pytest.skip("no data/foods in TWITCHWISE_SHARED: the figures were NOT compared with the releases")
    command = [sys.executable, "tools/food_values.py", "--check", "--releases", str(releases)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def release_measures(shared: Path) -> dict[str, list[float]]:
    """Grams of one unit of each household measure of SR28, by NDB number."""
    folder = shared / "data" / "foods" / "sr28_fdc_layout"
    with (folder / "sr_legacy_food.csv").open(encoding="utf-8") as file:
        number = {row["fdc_id"]: row["NDB_number"].lstrip("0") for row in csv.DictReader(file)}
    measures: dict[str, list[float]] = {}
    with (folder / "food_portion.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            measures.setdefault(number[row["fdc_id"]], []).append(float(row["gram_weight"]) / float(row["amount"]))
    return measures


def test_a_portion_said_to_be_published_is_in_the_release(shared: Path) -> None:
    """Grams after "=" are a measure of the row or a simple part of one (half a cup, two tablespoons)."""
    if not (shared / "data" / "foods").is_dir():
        pytest.skip("no data/foods in TWITCHWISE_SHARED: the portions were NOT compared with the release")
    measures = release_measures(shared)
    simple = (1, 2, 3, 4, 5, 6, 8, 10, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 3 / 2, 3 / 4, 1 / 6, 1 / 8, 1 / 10, 1 / 12, 1 / 16)
    wrong = []
    for food in FOODS:
        kind, _, key = food.origin.partition(":")
        known = measures.get(key, []) if kind == "sr28" else []
        for portion in food.portions if known else ():
            exact = any(abs(gram * part - portion.grams) <= 0.02 * portion.grams for gram in known for part in simple)
            if portion.basis == "published" and not exact and portion.grams != 100:
                wrong.append((food.id, portion.name, portion.grams))
    assert wrong == []


def test_the_foods_of_the_plan_have_the_figures_of_the_table() -> None:
    """data/foods_rich.toml: the same values, and portions that are a simple number of the table's."""
    wrong = []
    for key, rich in load_evidence().foods_rich.items():
        assert key in BY_ID, f"{key}: no such food in the table"
        food = BY_ID[key]
        if food.origin.startswith("sr28:"):
            assert food.origin == f"sr28:{rich.cite.locator.split()[-1].lstrip('0')}", key
        for nutrient, amount in rich.per_100g.items():
            if abs(value(food, nutrient) - amount) > 0.005 * max(amount, 1.0):
                wrong.append((key, nutrient, amount, value(food, nutrient)))
        fits = [rich.portion_g / p.grams for p in food.portions]
        if not any(abs(n - part) < 0.02 * part for n in fits for part in (0.5, *range(1, 11))):
            wrong.append((key, rich.portion, rich.portion_g, [(p.name, p.grams) for p in food.portions]))
    assert wrong == []
