"""What stands around the food of a diary line: times, shops, what was left, tablets of something else."""

from __future__ import annotations

import pytest

from twitchwise.diet.line import eaten
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
