"""Diary lines: foods, grams, how sure, and what is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.diet.line import corrected, eaten
from twitchwise.diet.match import reader_of
from twitchwise.diet.supplements import supplements_eaten
from twitchwise.diet.types import Eaten
from twitchwise.evidence import load_evidence
from twitchwise.evidence.types import Cite
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS
from twitchwise.foods.search import Index, curated_index
from twitchwise.foods.types import Food, FoodTable, Portion
from twitchwise.observe import observe
from twitchwise.record import record_from_tables
from twitchwise.record.types import DiaryLine

SPEC = Path(__file__).parent / "spec"
# name: synonyms: portions; values do not matter here
FOODS = """
bread, wholemeal, toasted: wholemeal toast|toast: slice=30
butter: : tablespoon=14|teaspoon=5
yeast extract: marmite: teaspoon=6
egg, fried: fried egg: egg=46|large=50
egg, boiled: egg: egg=50|large=56
banana: : medium=118|small=100|large=136
apple: : medium=182|small=149|large=223|cup=125
milk, semi-skimmed: semi-skimmed milk: glass=200|cup=244
milk, whole: milk: glass=200|cup=244
oat drink: oat milk: glass=200|cup=240
tea, black: tea|cup of tea: mug=260|cup=190
coffee, black: coffee|black coffee: mug=260|cup=190
espresso: : shot=30
sugar, white: sugar: teaspoon=4|tablespoon=12.5
chickpeas, boiled: chickpeas: cup=164|tablespoon=30
almonds: : handful=28|cup=143|almond=1.2
cheddar: cheddar cheese|cheese: slice=20|matchbox=30
ham: : slice=23
sandwich, ham and cheese: ham and cheese sandwich: sandwich=180
sandwich, chicken salad: chicken salad sandwich: sandwich=200
sandwich, tuna: tuna sandwich: sandwich=190
tuna, canned: tuna: tin=112
chicken salad: : bowl=220
fish and chips: : portion=450
fish, battered: fish: fillet=180
chips: fries: portion=165
mushy peas: : portion=80
crisps, salt and vinegar: salt and vinegar crisps: packet=25
rice, boiled: rice: cup=158|portion=180
curry, chicken: chicken curry|curry: portion=300
wine, red: red wine: glass=175
beer, lager: lager: pint=568|bottle=330|can=440
water: : glass=250
honey: : tablespoon=21|teaspoon=7
yogurt, greek: greek yogurt: pot=150
steak, beef: steak: steak=170
avocado: : whole=150|half=75
olive oil: oil: tablespoon=13.5
porridge: : bowl=250
cola: coke: can=330|glass=250
"""


def _table() -> FoodTable:
    foods = []
    for line in FOODS.strip().splitlines():
        name, synonyms, portions = (part.strip() for part in line.split(":"))
        key = "_".join(name.replace(",", "").replace("-", " ").split())
        drink = name.split(",")[0] in (
            "milk",
            "oat drink",
            "tea",
            "coffee",
            "wine",
            "beer",
            "water",
            "cola",
            "espresso",
        )
        own = tuple(Portion(p.split("=")[0], float(p.split("=")[1])) for p in portions.split("|"))
        tags = frozenset({"drink"} if drink else {"vegetarian"})
        foods.append(
            Food(key, name, "x", "sr28:1", Cite("usda_sr28"), tuple(filter(None, synonyms.split("|"))), tags, own)
        )
    values = np.tile(np.arange(1.0, len(NUTRIENTS) + 1), (len(foods), 1))
    values[:, COLUMN["iron"]] = np.nan
    return FoodTable("test", tuple(foods), values)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index([_table()])


def read(text: str, index: Index, **more: object) -> list[tuple[str, int]]:
    found = eaten([DiaryLine(text, **more)], index)  # type: ignore[arg-type]
    return [(e.food.id if e.food else "?", round(e.grams) if e.grams == e.grams else -1) for e in found]


CASES: tuple[tuple[str, list[tuple[str, int]]], ...] = (
    (
        "2 slices wholemeal toast with butter and marmite",
        [("bread_wholemeal_toasted", 60), ("butter", 16), ("yeast_extract", 8)],
    ),
    (
        "porridge made with 200ml semi-skimmed and a banana",
        [("porridge", 250), ("milk_semi_skimmed", 203), ("banana", 118)],
    ),
    ("250 ml oat milk", [("oat_drink", 250)]),
    ("handful almonds", [("almonds", 28)]),
    ("almonds x10", [("almonds", 12)]),
    ("double espresso", [("espresso", 60)]),
    ("1/2 avocado", [("avocado", 75)]),
    ("half an avocado", [("avocado", 75)]),
    ("half a tin of chickpeas", [("chickpeas_boiled", 120)]),
    ("half a 400g tin of chickpeas", [("chickpeas_boiled", 200)]),
    ("2x fried eggs", [("egg_fried", 92)]),
    ("a large glass of red wine", [("wine_red", 228)]),
    ("cup of tea, milk, 2 sugars", [("tea_black", 190), ("milk_whole", 30), ("sugar_white", 8)]),
    ("coffee no sugar", [("coffee_black", 260)]),
    ("chicken salad sandwich", [("sandwich_chicken_salad", 200)]),
    ("ham & cheese sandwich", [("sandwich_ham_and_cheese", 180)]),
    ("Pret tuna baguette", [("sandwich_tuna", 190)]),
    ("6 oz steak", [("steak_beef", 170)]),
    ("150g greek yoghurt + 1 tbsp honey", [("yogurt_greek", 150), ("honey", 21)]),
    ("pint of lager", [("beer_lager", 568)]),
    ("2 x 330ml cans of lager", [("beer_lager", 660)]),
    ("2 cans lager (330 ml)", [("beer_lager", 660)]),
    ("30 g (1 oz) cheddar", [("cheddar", 30)]),
    ("2 slices (36 g) cheddar", [("cheddar", 36)]),
    ("water 2 l", [("water", 2000)]),
    ("black coffee x3", [("coffee_black", 780)]),
    ("apple (medium)", [("apple", 182)]),
    ("1,5 dl milk", [("milk_whole", 152)]),
    ("1 1/2 cups rice", [("rice_boiled", 237)]),
    ("fish and chips", [("fish_and_chips", 450)]),
    ("fish and chips and mushy peas", [("fish_and_chips", 450), ("mushy_peas", 80)]),
    ("salt and vinegar crisps", [("crisps_salt_and_vinegar", 25)]),
    ("1.50 l water at 7:30", [("water", 1500)]),
    ("toast with tea", [("bread_wholemeal_toasted", 30), ("tea_black", 260)]),
    ("2 teas with milk", [("tea_black", 520), ("milk_whole", 60)]),
    ("3 mugs of coffee with 2 sugars each", [("coffee_black", 780), ("sugar_white", 24)]),
    ("porridge (150 g milk, 1 banana)", [("milk_whole", 150), ("banana", 118)]),
    ("apple slices", [("apple", 182)]),
    ("2-3 slices of ham", [("ham", 58)]),
    ("large banana", [("banana", 136)]),
    ("rice, 200 g", [("rice_boiled", 200)]),
    ("Lunch: 2 boiled eggs", [("egg_boiled", 100)]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "foods"), CASES)
def test_a_line_gives_its_foods_and_grams(text: str, foods: list[tuple[str, int]], index: Index) -> None:
    assert read(text, index) == foods


def test_a_plate_in_brackets_is_the_plate_of_all(index: Index) -> None:
    (curry, rice) = eaten([DiaryLine("leftover curry with rice (big plate)")], index)
    assert curry.food and rice.food and curry.grams == pytest.approx(390) and rice.grams > 180


@pytest.mark.parametrize("text", ["no breakfast", "Nothing", "skipped lunch", "fasted", "-", "n/a", "didn't eat"])
def test_nothing_eaten_is_no_food(text: str, index: Index) -> None:
    assert eaten([DiaryLine(text)], index) == ()


@pytest.mark.parametrize("text", ["xqzzy flurb", "grandad's secret", "gloop 30 g"])
def test_what_is_not_found_is_said_and_never_guessed(text: str, index: Index) -> None:
    (one,) = eaten([DiaryLine(text)], index)
    assert one.food is None and one.sure == "none" and np.isnan(one.amounts).all() and np.isnan(one.grams)


def test_a_line_keeps_what_it_does_not_know_beside_what_it_knows(index: Index) -> None:
    known, unknown = eaten([DiaryLine("150 g rice with xqzzy")], index)
    assert known.food is not None and unknown.food is None and unknown.said


def test_amounts_follow_the_grams_and_unknown_stays_unknown(index: Index) -> None:
    (one,) = eaten([DiaryLine("200 g rice")], index)
    assert one.amounts[COLUMN["magnesium"]] == pytest.approx(2 * (COLUMN["magnesium"] + 1))
    assert np.isnan(one.amounts[COLUMN["iron"]])


def test_the_interval_is_as_wide_as_the_words_deserve(index: Index) -> None:
    def width(text: str) -> float:
        (one,) = eaten([DiaryLine(text)], index)
        assert one.low < one.grams < one.high
        return one.high / one.low

    assert width("150 g rice") < width("150 ml milk") < width("1 egg") < width("1 cup rice") < width("rice")
    (pieces,) = eaten([DiaryLine("2-4 eggs")], index)
    assert pieces.low < 100 and pieces.high > 200


def test_how_sure_is_told(index: Index) -> None:
    sure = [eaten([DiaryLine(t)], index)[0].sure for t in ("150 g rice", "1 cup rice", "rice", "xqzzy")]
    assert sure == ["exact", "usual", "guess", "none"]


def test_grams_nutrients_and_codes_of_a_file_outrank_its_words(index: Index) -> None:
    (grams,) = eaten([DiaryLine("2 cups rice", grams=77.0)], index)
    assert grams.grams == 77.0 and grams.sure == "exact"
    (given_,) = eaten([DiaryLine("rice", nutrients={"magnesium": 12.0}, grams=50.0)], index)
    assert given_.sure == "given" and given_.amounts[COLUMN["magnesium"]] == 12.0
    rice = index.tables[0].per_100g(given_.food.id) if given_.food else np.full(len(NUTRIENTS), np.nan)
    assert given_.amounts[COLUMN["calcium"]] == pytest.approx(rice[COLUMN["calcium"]] / 2)  # the table fills the rest
    (unclear,) = eaten([DiaryLine("Mystery pot of Aunt Jo", nutrients={"magnesium": 12.0}, grams=50.0)], index)
    assert unclear.sure == "given" and np.isnan(unclear.amounts[COLUMN["calcium"]])
    (coded,) = eaten([DiaryLine("whatever", code="test:banana", grams=100.0)], index)
    assert coded.food and coded.food.id == "banana"
    (wrong,) = eaten([DiaryLine("banana", code="test:nothing_such", grams=100.0)], index)
    assert wrong.food is None and wrong.nearest[0] == "banana"
    (aside,) = eaten([DiaryLine("banana", amount="2 large")], index)
    assert aside.grams == 272.0


def dose(text: str, index: Index) -> dict[str, float]:
    found = eaten([DiaryLine(text)], index)
    assert found and all(one.supplement and one.food is None for one in found)
    amounts = np.sum([one.amounts for one in found], axis=0)
    return {n: round(float(amounts[COLUMN[n]]), 3) for n in NUTRIENTS if amounts[COLUMN[n]] > 0}


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("magnesium glycinate 200 mg", {"magnesium": 28.2}),
        ("magnesium (as glycinate) 200 mg", {"magnesium": 200.0}),
        ("200 mg elemental magnesium", {"magnesium": 200.0}),
        ("vit D 1000iu", {"vitamin_d": 25.0}),
        ("Vitamin D3 1,000 IU", {"vitamin_d": 25.0}),
        ("b12 1000mcg", {"vitamin_b12": 1000.0}),
        ("2 x magnesium oxide 250mg", {"magnesium": 301.5}),
        ("magnesium 100 mg x 2", {"magnesium": 200.0}),
        ("calcium 600 mg + vitamin D 400 IU", {"calcium": 600.0, "vitamin_d": 10.0}),
        ("caffeine tablet 200mg", {"caffeine": 200.0}),
    ],
)
def test_a_dose_counts_for_its_nutrient(text: str, amounts: dict[str, float], index: Index) -> None:
    assert dose(text, index) == pytest.approx(amounts)


def test_a_tablet_beside_food_is_a_tablet_and_food(index: Index) -> None:
    food, tablet = eaten([DiaryLine("banana, vit D 1000iu")], index)
    assert food.food and food.food.id == "banana" and tablet.amounts[COLUMN["vitamin_d"]] == 25.0


def test_a_mixture_holds_what_its_line_does_not_name(index: Index) -> None:
    (one,) = eaten([DiaryLine("multivitamin with vitamin D 10 ug")], index)
    assert one.amounts[COLUMN["vitamin_d"]] == 10.0
    assert np.isnan(one.amounts[COLUMN["magnesium"]]) and one.amounts[COLUMN["energy"]] == 0.0


def test_supplements_of_the_record_count_and_totals_run_over_products() -> None:
    taken = {"magnesium citrate": "300 mg", "magnesium oxide": "100 mg", "vitamin D": "1000 IU", "zinc": ""}
    record = record_from_tables({"supplements": [{"name": name, "dose": dose} for name, dose in taken.items()]})
    seen = observe(record, load_evidence(), date(2026, 11, 22))
    found = supplements_eaten(record, seen, load_evidence())
    total = sum(one.amounts[COLUMN["magnesium"]] for one in found)
    assert len(found) == 4 and total == pytest.approx(seen.doses["magnesium"]) and all(e.supplement for e in found)
    assert sum(one.amounts[COLUMN["vitamin_d"]] for one in found) == pytest.approx(25.0)
    zinc = next(one for one in found if one.line.text.startswith("zinc"))
    assert np.isnan(zinc.amounts[COLUMN["zinc"]]) and zinc.sure == "none"


def test_one_line_can_be_corrected(index: Index) -> None:
    lines = [DiaryLine("xqzzy", where="march.csv line 3", grams=10.0), DiaryLine("rice", where="march.csv line 4")]
    new = corrected(lines, {"march.csv line 3": "150 g greek yogurt"})
    assert [read_line(line, index) for line in new] == [("yogurt_greek", 150), ("rice_boiled", 158)]
    by_id = corrected(lines, {"march.csv line 3": "150 g yogurt_greek"})
    assert read_line(by_id[0], index) == ("yogurt_greek", 150) and by_id[1] is lines[1]


def read_line(line: DiaryLine, index: Index) -> tuple[str, int]:
    (one,) = eaten([line], index)
    return (one.food.id if one.food else "?", round(one.grams))


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    index = _INDEX
    for one in eaten([DiaryLine(text)], index):
        assert isinstance(one, Eaten) and (one.food is None or one.grams >= 0)


WORDS = (
    "2 half a cup of tea with milk and on toast x 3 1/2 ( ) , g 200 ml large slice egg rice no without in - : tin vit"
    " d iu each 400 bowl"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_no_row_of_diary_words_breaks_the_reading(words: list[str]) -> None:
    for one in eaten([DiaryLine(" ".join(words))], _INDEX):
        assert one.said and (one.food is None or one.low <= one.grams <= one.high)


_INDEX = Index([_table()])


@pytest.mark.parametrize("name", ["diary_lines_own", "diary_lines_kinds"])
def test_own_development_lines(name: str) -> None:
    lines = tomli.loads((SPEC / f"{name}.toml").read_text(encoding="utf-8"))["lines"]
    wrong = [line["text"] for line in lines if not is_right(line)]
    assert len(lines) >= 140 and len(wrong) <= 0.1 * len(lines), wrong


def is_right(line: dict[str, Any]) -> bool:
    found = eaten([DiaryLine(str(line["text"]))], curated_index())
    if not line["foods"]:
        return all(one.sure == "none" for one in found)
    readings = (line["foods"], *line.get("alternatives", ()))
    return any(
        len(found) == len(wanted) and all(_fits(one, want) for one, want in zip(found, wanted, strict=True))
        for wanted in readings
    )


def _fits(one: Eaten, want: dict[str, Any]) -> bool:
    if "unknown" in want:
        return one.sure == "none"
    if "nutrient" in want:
        return one.supplement
    grams = float(want["grams"])
    low, high = want.get("low", 0.8 * grams), want.get("high", 1.2 * grams)
    return one.food is not None and one.food.id in want["accept"] and low <= one.grams <= high


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2 teaspons sugar", "2 teaspoons sugar"),
        ("pulled pork sandwhich", "pulled pork sandwich"),
        ("magnesum 200 mg", "magnesium 200 mg"),
        ("walked home", "walked home"),
        ("xqzzy flurb", "xqzzy flurb"),
    ],
)
def test_slips_are_put_right_and_strange_words_stay(text: str, right: str) -> None:
    assert reader_of(curated_index()).mend(text) == right


@pytest.mark.parametrize(
    "text", ["felt sick, didn't eat anything", "headache all day", "weight 72.4 kg", "will log later", "walked 5 km"]
)
def test_what_tells_no_food_gives_none(text: str) -> None:
    assert eaten([DiaryLine(text)], curated_index()) == ()


@pytest.mark.parametrize(
    ("text", "foods"),
    [
        ("toast w/ butter", ["bread_wholemeal_toasted", "butter"]),
        ("2 tea w milk", ["tea_black", "milk_whole"]),
        ("beer 33cl bottle", ["beer_lager"]),
        ("bottle of beer 33cl", ["beer_lager"]),
        ("zorgle rice", ["rice_boiled"]),
        ("banana 11am", ["banana"]),
        ("eggs over easy", ["egg_fried"]),
        ("xqzzy flurb, 150 g rice", ["?", "rice_boiled"]),
        ("ham sandwich, 2 slices bread, 1 slice ham, 5 g butter", ["bread_wholemeal_toasted", "ham", "butter"]),
    ],
)
def test_everyday_shorthand(text: str, foods: list[str], index: Index) -> None:
    assert [food for food, _ in read(text, index)] == foods


def test_a_food_by_its_kind_alone_is_marked_as_not_sure(index: Index) -> None:
    (one,) = eaten([DiaryLine("zorgle rice 100 g")], index)
    assert one.food is not None and one.score < 60 and "not sure" in one.why


def test_a_coffee_shop_cup_is_its_own_size(index: Index) -> None:
    cups = [eaten([DiaryLine(f"{cup} black coffee")], index)[0].grams for cup in ("tall", "grande", "venti")]
    assert [cup / cups[0] for cup in cups] == pytest.approx([1, 473 / 354, 591 / 354])


def test_the_dose_of_a_line_wins_over_a_product(index: Index) -> None:
    (one,) = eaten([DiaryLine("magnesum 200mg")], index)
    assert one.supplement and one.amounts[COLUMN["magnesium"]] == 200.0
    first, second = eaten([DiaryLine("calcium 600mg + D3 10 mcg")], index)
    assert first.amounts[COLUMN["calcium"]] == 600.0 and second.amounts[COLUMN["vitamin_d"]] == 10.0


@pytest.mark.parametrize(
    ("text", "why"),
    [("500 ml water", "500 ml, 500 g"), ("150 g rice", "150 g, as written"), ("1 egg", "piece of 50.0 g")],
)
def test_the_reason_reads_like_words(text: str, why: str, index: Index) -> None:
    assert eaten([DiaryLine(text)], index)[0].why == why
