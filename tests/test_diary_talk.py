"""What stands around the food of a diary line: times, shops, what was left, tablets of something else."""

from __future__ import annotations

import pytest

from twitchwise.diet.line import eaten
from twitchwise.foods.nutrients import COLUMN
from twitchwise.foods.search import curated_index
from twitchwise.record.types import DiaryLine


@pytest.mark.parametrize(
    "text",
    ["boron 3 mg capsule", "milk thistle 200mg", "lion's mane mushroom 500 mg capsules", "garlic tablet", "tablet"],
)
def test_a_dose_of_something_else_becomes_no_other_product_and_no_food(text: str) -> None:
    found = eaten([DiaryLine(text)], curated_index())
    assert found and all(one.food is None and one.sure == "none" for one in found)


@pytest.mark.parametrize(
    ("text", "foods"),
    [
        ("8.30 poached egg x2", [("egg_poached", 100)]),
        ("mon 13.15 - large banana", [("banana", 136)]),
        ("1.50 l water", [("water_tap", 1500)]),
        ("whole tin of baked beans", [("baked_beans_tinned", 415)]),
        ("turkey mince 500g, used half", [("turkey_mince", 250)]),
        ("steak 300g, left a third", [("beef_steak_sirloin", 200)]),
        ("7 up 330ml", [("lemonade_fizzy", 330)]),
        ("got a chicken wrap with salad from the garage", [("wrap_chicken", 161)]),
        ("4 fish fingers, garlic naan half", [("fish_fingers", 112), ("naan_garlic", 80)]),
        ("steamed veg (broccoli, cauliflower) 200g total", [("broccoli_boiled", 100), ("cauliflower_boiled", 100)]),
        ("tofu 125 g stir fried in 1 tsp sesame oil", [("tofu_firm_calcium_sulfate", 125), ("oil_sesame", 4)]),
    ],
)
def test_talk_around_food_is_read_as_people_mean_it(text: str, foods: list[tuple[str, int]]) -> None:
    found = eaten([DiaryLine(text)], curated_index())
    assert [(e.food.id if e.food else e.said, round(e.grams)) for e in found] == foods


@pytest.mark.parametrize(
    ("text", "foods"),
    [
        ("ham sandwich on the terrace of the hotel", ["sandwich_ham"]),
        ("2 slices of pizza at the match with the lads", ["pizza_cheese"]),
        ("biryani my neighbour made with peas", ["biryani_chicken", "peas_boiled"]),
        ("yoghurt straight from the tub with honey", ["yogurt_plain_whole", "honey"]),
        ("roast chicken, shared a brownie", ["chicken_roast", "brownie"]),
        ("soup, finished the cake", ["soup_vegetable", "sponge_cake"]),
        ("poached egg on top", ["egg_poached"]),
        ("apple (bramley)", ["apple_raw"]),
        ("salad (chiken)", ["chicken_salad"]),
        ("pie, steak", ["meat_pie_beef"]),
        ("milk, oat", ["oat_milk_fortified"]),
        ("tea, biscuits", ["tea_black", "digestive_biscuit"]),
        ("yogurt, strawberries", ["yogurt_plain_whole", "strawberries"]),
        ("cheese, cheddar", ["cheddar"]),
        ("coffee, cream", ["coffee", "cream_single"]),
        ("chicken pho", ["pho"]),
        ("penne bolognese", ["pasta_bolognese"]),
        ("linguine carbonara", ["pasta_carbonara"]),
        ("steak egg", ["beef_steak_sirloin", "egg_whole_boiled"]),
        ("glass of chilled white with olives", ["wine_white", "olives_black"]),
    ],
)
def test_words_around_a_food_neither_lose_it_nor_become_another(text: str, foods: list[str]) -> None:
    found = eaten([DiaryLine(text)], curated_index())
    assert [e.food.id if e.food else e.said for e in found] == foods


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("cheddar, matchbox sized piece", 30),
        ("dal, 2 katoris", 300),
        ("chilli con carne, a cup and a half", 380),
        ("quiche, quarter", 100),
        ("penne arrabbiata, 100 g dry pasta", 240),
        ("risotto (50 g dry rice)", 120),
    ],
)
def test_an_amount_behind_a_food_is_of_that_food(text: str, grams: float) -> None:
    (one,) = eaten([DiaryLine(text)], curated_index())
    assert one.food and one.grams == pytest.approx(grams, rel=0.05)


@pytest.mark.parametrize("text", ["zorgle in the pub garden", "xylotop at the game", "a flurble, large"])
def test_a_strange_word_with_a_remark_is_not_found_and_stays_in_the_answer(text: str) -> None:
    (one,) = eaten([DiaryLine(text)], curated_index())
    assert one.food is None and one.sure == "none"


def test_tablets_of_one_dose_each_are_added_up() -> None:
    (one,) = eaten([DiaryLine("2 calcium tabs, 500mg each")], curated_index())
    assert one.supplement and one.amounts[COLUMN["calcium"]] == pytest.approx(1000)
