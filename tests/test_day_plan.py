"""The plan of the day: small, safe, true to the foods, best of all, and honest when it falls short."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from day_people import DAY, RDA, person, reading_of, small_table
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import GRADE, grade

from twitchwise.errors import RecordError
from twitchwise.evidence.load import load_evidence
from twitchwise.foods import COLUMN, NUTRIENTS, FoodTable, curated
from twitchwise.plan.day import DayPlan, Wishes, day_plan, nutrient_gap
from twitchwise.plan.day.columns import Builder, eligible
from twitchwise.plan.day.eaten import mean_day
from twitchwise.plan.day.model import choose, make_rows
from twitchwise.plan.day.rules import make_rules
from twitchwise.plan.day.show import HEADS, as_json, as_text
from twitchwise.plan.guards import refusal
from twitchwise.plan.situation import Situation

EVIDENCE = load_evidence()
TABLE = small_table()
REACHED = {**RDA, "magnesium": 300.0, "calcium": 600.0}
READING = reading_of(TABLE, DAY, targets=REACHED)


def amounts(table: FoodTable, plan: DayPlan) -> dict[str, float]:
    """What the plan changes, worked out here from the foods of the table alone; unknown = nothing."""
    total = np.zeros(len(NUTRIENTS))
    for change in plan.changes:
        if change.to_food:
            total += np.nan_to_num(table.per_100g(change.to_food)) * change.to_grams / 100.0 * change.share_of_days
        if change.from_food:
            total -= np.nan_to_num(table.per_100g(change.from_food)) * change.from_grams / 100.0 * change.share_of_days
    return dict(zip(NUTRIENTS, total.tolist(), strict=True))


def after(plan: DayPlan, nutrient: str) -> Any:
    return next(one for one in plan.nutrients if one.nutrient == nutrient)


# what a plan is ------------------------------------------------------------------------------------------------------


def test_a_plan_reaches_the_targets_and_its_numbers_come_from_the_foods() -> None:
    plan = day_plan(person(), READING, TABLE)
    assert plan.outcome == "plan"
    real = amounts(TABLE, plan)
    for nutrient in ("magnesium", "calcium", "energy", "sodium", "potassium"):
        one = after(plan, nutrient)
        assert one.after == pytest.approx(one.before + real[nutrient], abs=1e-6)
    for nutrient in ("magnesium", "calcium"):
        assert after(plan, nutrient).after >= 0.99 * REACHED[nutrient]
    assert abs(real["energy"]) <= 0.05 * after(plan, "energy").before + 1e-6
    assert all(change.cites for change in plan.changes)


def test_the_plan_is_the_best_of_all_choices() -> None:
    """Every set of up to two changes, one by one, beside the answer."""
    rules = make_rules(person(), READING, Wishes(max_changes=2))
    columns = Builder(TABLE, mean_day(READING, EVIDENCE), rules, EVIDENCE).build()
    rows = make_rows(columns, rules)
    best = np.inf
    for chosen in itertools.chain([()], itertools.combinations(range(len(columns)), 1),
                                  itertools.combinations(range(len(columns)), 2)):  # fmt: skip
        done = rows.matrix[:, list(chosen)].sum(axis=1)
        cost = columns.cost[list(chosen)].sum()
        short = np.maximum(rows.low - done, 0) + np.maximum(done - rows.high, 0)
        soft = np.abs(rows.relief).sum(axis=1) > 0
        if (short[~soft] <= 1e-8).all():
            price = np.abs(rows.relief) @ rows.relief_cost
            best = min(best, float(cost + price @ short))
    found = choose(columns, rules)
    assert found.effort.cost == pytest.approx(best)
    assert found.effort.gap == pytest.approx(0.0, abs=1e-9)
    assert found.effort.bound <= best + 1e-9


def test_the_same_day_gives_the_same_plan() -> None:
    first, again = (day_plan(person(), READING, small_table()) for _ in range(2))
    assert [c.text for c in first.changes] == [c.text for c in again.changes]


def test_one_change_a_family_and_no_more_changes_than_wished() -> None:
    for most in range(5):
        plan = day_plan(person(), READING, TABLE, Wishes(max_changes=most))
        families = [c.family for c in plan.changes if c.family]
        sources = [c.from_food for c in plan.changes if c.from_food]
        assert len(plan.changes) <= most
        assert len(set(families)) == len(families) and len(set(sources)) == len(sources)


def test_nothing_to_change_when_all_is_well() -> None:
    plan = day_plan(person(), reading_of(TABLE, DAY, low=()), TABLE)
    assert plan.outcome == "nothing_to_change" and not plan.changes
    assert any("not a cure" in note for note in plan.notes)


def test_a_swap_on_some_days_counts_for_those_days() -> None:
    reading = reading_of(TABLE, DAY, days=("day 1", "day 2"))
    cola = tuple(one for one in reading.eaten if not (one.said == "crisps" and one.line.day == "day 2"))
    day = mean_day(type(reading)("US", reading.days, cola, reading.intakes, reading.adequacies), EVIDENCE)
    crisps = next(one for one in day if one.food.id == "crisps")
    assert crisps.share == 0.5 and crisps.grams == 56.0


def test_an_unknown_amount_never_counts_as_a_gain() -> None:
    """The mixed nuts have no known potassium: with potassium held back they must not appear."""
    plan = day_plan(person(tags=frozenset({"digoxin"})), reading_of(TABLE, DAY, low=("folate", "calcium")), TABLE)
    assert all(change.to_food != "mystery" for change in plan.changes)


# guards --------------------------------------------------------------------------------------------------------------

TAGS = "kidney dialysis ace_or_arb potassium_sparing trimethoprim heparin digoxin high_calcium kidney_stones sarcoid "
TAGS += "low_sodium siadh heart_failure hypertension warfarin lithium insulin levothyroxine eating_disorder liver"
PEOPLE = st.fixed_dictionaries(
    {
        "age": st.sampled_from([0.5, 3.0, 12.0, 30.0, 45.0, 75.0]),
        "pregnant": st.sampled_from([None, False, False, True]),
        "tags": st.lists(st.sampled_from(TAGS.split()), max_size=3, unique=True).map(frozenset),
        "risks": st.lists(st.sampled_from(["vegan", "vegetarian", "underweight", "low_dairy"]), max_size=2).map(
            frozenset
        ),
        "level": st.sampled_from(["routine", "routine", "prompt", "emergency"]),
    }
)
LOW = st.lists(st.sampled_from([*RDA, "vitamin_d"]), min_size=1, max_size=4, unique=True)
BIG = curated()
LARGE = [
    food.id
    for name in "white bread; cola; crisps; white rice, boiled; butter, salted; coffee; beer; cheddar cheese".split(
        "; "
    )
    for food in BIG.foods
    if food.name == name
]


def safe(s: Situation, plan: DayPlan, table: FoodTable) -> None:
    """What must hold for everybody."""
    for change in plan.changes:
        new = table[change.to_food] if change.to_food else None
        if new is not None:
            assert not new.tags & {"supplement", "alcohol", "organ", "licorice"}, new.name
            for risk in s.obs.risks & {"vegan", "vegetarian"}:
                assert risk in new.tags, new.name
        if refusal("potassium", s):
            assert change.effects["potassium"] <= 1e-9, change.text
        if refusal("calcium", s):
            assert change.effects["calcium"] <= 1e-9 and change.effects["vitamin_d"] <= 1e-9
        if refusal("fluids", s):
            assert not (change.kind == "add" and new is not None and "drink" in new.tags)
        if s.no_doses:
            raise AssertionError("amounts were named")
    wanted = {one.nutrient for one in plan.nutrients if one.wanted}
    assert not (refusal("potassium", s) and wanted & {"potassium", "magnesium"})
    assert not (refusal("calcium", s) and wanted & {"calcium", "vitamin_d"})
    if s.triage.level == "emergency":
        assert plan.outcome == "withheld" and not plan.ideas and not plan.nutrients


def bounded(s: Situation, plan: DayPlan, table: FoodTable) -> None:
    """No bound is broken by the foods themselves, counted here."""
    if not plan.changes:
        return
    real, was = amounts(table, plan), {one.nutrient: one.before for one in plan.nutrients}
    assert abs(real["energy"]) <= 0.05 * was["energy"] + 1e-6
    assert real["alcohol"] <= 1e-9 and real["caffeine"] <= 1e-6
    assert was["sodium"] + real["sodium"] <= max(was["sodium"], 1500.0) + 1e-6
    if refusal("salt", s):
        assert real["sodium"] <= 1e-6
    if refusal("fluids", s):
        assert real["water"] <= 1e-6
    if "warfarin" in s.obs.tags:
        assert abs(real["vitamin_k"]) <= 0.25 * was["vitamin_k"] + 1e-6
    for one in plan.nutrients:
        if one.limit is not None:
            assert one.after <= max(one.limit, one.before) + 1e-6


@settings(max_examples=60, deadline=None, derandomize=True)
@given(PEOPLE, LOW)
def test_no_person_gets_a_harmful_plan(who: dict[str, Any], low: list[str]) -> None:
    s = person(**who)
    for table, foods in ((TABLE, DAY), (BIG, [(key, 120.0) for key in LARGE])):
        plan = day_plan(s, reading_of(table, foods, low, {**RDA, "vitamin_d": 15.0}), table)
        safe(s, plan, table)
        bounded(s, plan, table)


@pytest.mark.parametrize("tag", ["kidney", "ace_or_arb", "potassium_sparing", "trimethoprim", "heparin", "digoxin"])
def test_potassium_is_withheld_with_its_reason(tag: str) -> None:
    plan = day_plan(person(tags=frozenset({tag})), reading_of(TABLE, DAY, ("potassium", "magnesium")), TABLE)
    assert plan.outcome == "withheld" and not plan.changes
    assert {one.guard for one in plan.refused} == {"potassium"} and all(one.reason for one in plan.refused)


def test_kidney_stones_keep_oxalate_out() -> None:
    wishes = Wishes(likes=("almonds", "spinach"))
    plan = day_plan(person(tags=frozenset({"kidney_stones"})), reading_of(TABLE, DAY, ("magnesium",)), TABLE, wishes)
    assert all("oxalate" not in TABLE[c.to_food].tags for c in plan.changes if c.to_food)
    assert any("kept out here" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Brazil nuts", {}),
        ("grapefruit, raw", {"factors": ("statin",)}),
        ("almonds", {"age": 3.0}),
        ("tuna, tinned in water", {"pregnant": True}),
        ("swordfish, cooked", {}),
        ("salami", {"factors": ("maoi",)}),
        ("red wine", {}),
        ("liver, lamb, braised", {}),
        ("liquorice tea", {}),
        ("magnesium tablet, 300 mg", {}),
        ("wheat flour, white", {}),
        ("dried seaweed", {}),
    ],
)
def test_these_foods_are_never_planned(name: str, who: dict[str, Any]) -> None:
    foods = [food for food in BIG.foods if food.name == name]
    assert foods, f"{name}: the curated table has no such food any more"
    rules = make_rules(person(**who), READING, Wishes(likes=(name,)))
    rows, _ = eligible(BIG, rules, EVIDENCE)
    assert BIG.row[foods[0].id] not in rows


def test_warfarin_keeps_greens_out_and_vitamin_k_steady() -> None:
    reading = reading_of(TABLE, DAY, ("magnesium", "folate"))
    plan = day_plan(person(tags=frozenset({"warfarin"})), reading, TABLE, Wishes(likes=("spinach",)))
    assert all(change.to_food != "spinach" for change in plan.changes)
    assert any("vitamin K" in note for note in plan.notes)


@pytest.mark.parametrize("who", [{"age": 12.0}, {"pregnant": True}, {"tags": frozenset({"eating_disorder"})}])
def test_without_amounts_only_foods_are_named(who: dict[str, Any]) -> None:
    plan = day_plan(person(**who), READING, TABLE)
    assert plan.outcome == "foods_only" and plan.ideas and not plan.changes and not plan.nutrients
    text = as_text(plan, EVIDENCE)
    assert " g)" not in text and " mg" not in text and "less" not in " ".join(plan.ideas)


def test_too_much_caffeine_is_eased_by_a_swap_and_lithium_stops_that() -> None:
    foods = [*DAY[:4], ("coffee", 1440.0), ("carrot", 160.0)]
    reading = reading_of(TABLE, foods, ())
    plan = day_plan(person(), reading, TABLE)
    assert any(c.from_food == "coffee" and c.to_food == "decaf" for c in plan.changes)
    steady = day_plan(person(tags=frozenset({"lithium"})), reading, TABLE)
    assert not steady.changes


def test_high_blood_pressure_never_gets_more_salt() -> None:
    plan = day_plan(person(tags=frozenset({"hypertension"})), READING, TABLE)
    assert amounts(TABLE, plan)["sodium"] <= 1e-6


def test_an_allergy_of_the_record_is_kept_and_is_no_wish() -> None:
    s = person(factors=("nut allergy",))
    plan = day_plan(s, READING, TABLE, Wishes(dislikes=("tofu",)))
    assert all("nuts" not in TABLE[c.to_food].tags for c in plan.changes if c.to_food)
    assert all("nut" not in one.wish for one in plan.in_the_way)


@pytest.mark.parametrize(
    ("tag", "hours"),
    [("levothyroxine", "four hours"), ("quinolone", "two hours before"), ("tetracycline", "four to six hours")],
)
def test_spacing_is_said_with_its_hours(tag: str, hours: str) -> None:
    plan = day_plan(person(tags=frozenset({tag})), READING, TABLE)
    assert plan.changes and any(hours in note for note in plan.notes)
    assert not any(hours in note for note in day_plan(person(), READING, TABLE).notes)


# wishes --------------------------------------------------------------------------------------------------------------


def test_the_wish_in_the_way_is_named() -> None:
    wishes = Wishes(dislikes=("pumpkin",), without=("nuts",), suits=("vegan",))
    keys = ("white", "cola", "crisps", "butter", "coffee", "carrot", "almonds")
    only = FoodTable("few", tuple(TABLE[k] for k in keys), np.array([TABLE.per_100g(k) for k in keys]))
    plan = day_plan(person(), READING, only, wishes)
    assert plan.outcome in ("partial", "no_plan")
    assert "without nuts" in [one.wish for one in plan.in_the_way]
    assert "vegan" not in [one.wish for one in plan.in_the_way]  # almonds are vegan: this wish is not in the way


@pytest.mark.parametrize(
    ("wishes", "tag"),
    [(Wishes(without=("nuts",)), "nuts"), (Wishes(without=("soy",)), "soy"), (Wishes(without=("lactose",)), "lactose")],
)
def test_what_is_left_out_stays_out(wishes: Wishes, tag: str) -> None:
    plan = day_plan(person(), READING, TABLE, wishes)
    assert all(tag not in TABLE[c.to_food].tags for c in plan.changes if c.to_food)


def test_a_partial_plan_says_what_is_still_missing() -> None:
    plan = day_plan(person(), reading_of(TABLE, DAY), TABLE)
    assert plan.outcome == "partial"
    one = after(plan, "magnesium")
    assert one.missing == pytest.approx(RDA["magnesium"] - one.after) and "short" in as_text(plan, EVIDENCE)


def test_dislikes_and_likes_are_heard() -> None:
    assert all(
        c.to_food != "pumpkin" for c in day_plan(person(), READING, TABLE, Wishes(dislikes=("Pumpkin",))).changes
    )
    liked = day_plan(person(), READING, TABLE, Wishes(likes=("almonds",), dislikes=("pumpkin",)))
    assert any(c.to_food == "almonds" for c in liked.changes)
    odd = day_plan(person(), READING, TABLE, Wishes(likes=("xyzzy",)))
    assert any("xyzzy" in note for note in odd.notes)


@pytest.mark.parametrize(
    "wishes",
    [Wishes(without=("sunshine",)), Wishes(suits=("fruitarian",)), Wishes(max_changes=-1), Wishes(max_changes=99)],
)
def test_a_wish_that_cannot_be_understood_is_refused_in_one_line(wishes: Wishes) -> None:
    with pytest.raises(RecordError) as error:
        day_plan(person(), READING, TABLE, wishes)
    assert "\n" not in str(error.value)


def test_words_for_what_is_left_out_are_understood_and_babies_get_no_plan() -> None:
    plan = day_plan(person(), READING, TABLE, Wishes(without=("Dairy", "soya")))
    assert all(not {"milk", "soy"} & TABLE[c.to_food].tags for c in plan.changes if c.to_food)
    assert day_plan(person(age=0.5), READING, TABLE).outcome == "withheld"


def test_odd_readings_are_survived() -> None:
    empty = reading_of(TABLE, [])
    assert day_plan(person(), empty, TABLE).outcome in ("plan", "partial", "no_plan")
    nowhere = FoodTable("none", (), np.zeros((0, len(NUTRIENTS))))
    assert day_plan(person(), READING, nowhere).outcome in ("no_plan", "partial")


# words ---------------------------------------------------------------------------------------------------------------


def test_everything_said_is_plain() -> None:
    notes = [note.text for note in EVIDENCE.day_notes.values()]
    marks = [mark.why for mark in EVIDENCE.day_marks.values() if mark.why]
    plan = day_plan(person(), reading_of(TABLE, DAY), TABLE, Wishes(without=("nuts",), dislikes=("pumpkin",)))
    said = [*plan.notes, *(one.text for one in plan.in_the_way), *(change.text for change in plan.changes)]
    for text in [*notes, *marks, *HEADS.values(), *said]:
        assert len(text.split()) < 8 or grade(text) <= GRADE, f"{grade(text):.1f}: {text}"


def test_the_page_is_narrow_and_the_json_is_whole() -> None:
    plan = day_plan(person(), READING, TABLE)
    text = as_text(plan, EVIDENCE)
    assert max(map(len, text.splitlines())) <= 80
    assert "not a cure" in text and "mg magnesium" in text
    found = json.loads(as_json(plan, EVIDENCE))
    assert found["outcome"] == "plan" and len(found["changes"]) == len(plan.changes)
    assert found["effort"]["gap"] <= 0.02


# the command ---------------------------------------------------------------------------------------------------------


def run(*words: str) -> Any:
    from typer.testing import CliRunner

    from twitchwise.cli import app

    return CliRunner().invoke(app, ["plan", *words])


def test_the_command_plans_from_a_bare_diary(tmp_path: Path) -> None:
    diary = tmp_path / "day.txt"
    diary.write_text("2 slices white bread with butter\ncan of cola\n50 g crisps\nbowl of white rice\ncup of coffee\n")
    found = run(str(diary), "--age", "45", "--sex", "male", "--dislike", "tofu", "--format", "json")
    assert found.exit_code == 0, found.output
    plan = json.loads(found.stdout)
    assert plan["changes"] and plan["effort"]["gap"] >= 0
    assert all("tofu" not in change["to_name"] for change in plan["changes"])
    again = run(str(diary), "--age", "45", "--sex", "male", "--dislike", "tofu", "--format", "json")
    assert again.stdout == found.stdout


def test_the_command_keeps_the_guards_of_a_record(tmp_path: Path) -> None:
    (tmp_path / "day.txt").write_text("2 slices white bread\ncan of cola\n50 g crisps\n")
    record = tmp_path / "me.toml"
    text = '[person]\nage = 60\nsex = "male"\nlatitude = "nowhere"\n[[conditions]]\nname = "chronic kidney disease"\n'
    record.write_text(text + '[diet]\ndiary = "day.txt"\n')
    found = run(str(record), "--format", "json")
    assert found.exit_code == 0, found.output
    plan = json.loads(found.stdout)
    assert all(change["effects"]["potassium"] <= 0 for change in plan["changes"])
    assert {"potassium", "calcium"} & {one["guard"] for one in plan["refused"]}
    assert "nowhere" in plan["sun"]


def test_the_command_refuses_in_one_line(tmp_path: Path) -> None:
    empty = tmp_path / "me.toml"
    empty.write_text("[person]\nage = 60\n")
    assert isinstance(run(str(empty)).exception, RecordError)
    assert run(str(empty), "--format", "xml").exit_code == 2


# the gap alone -------------------------------------------------------------------------------------------------------


def test_a_gap_is_closed_with_the_least_energy() -> None:
    fill = nutrient_gap({"magnesium": 100.0}, TABLE, EVIDENCE)
    brought = sum(TABLE.value(f.food, "magnesium") * f.grams / 100.0 for f in fill.foods)
    energy = sum(TABLE.value(f.food, "energy") * f.grams / 100.0 for f in fill.foods)
    assert brought >= 100.0 - 1e-6 and energy == pytest.approx(fill.energy)
    assert fill.foods[0].food == "spinach" and fill.open_ == {}


def test_a_gap_that_no_food_closes_is_left_open() -> None:
    fill = nutrient_gap({"magnesium": 1e6}, TABLE, EVIDENCE)
    assert fill.open_["magnesium"] > 9e5


@pytest.mark.parametrize("gaps", [{"unobtainium": 1.0}, {"magnesium": -1.0}, {"magnesium": float("nan")}])
def test_a_gap_that_is_none_is_refused(gaps: dict[str, float]) -> None:
    with pytest.raises(RecordError):
        nutrient_gap(gaps, TABLE, EVIDENCE)


def test_nutrients_keep_their_places() -> None:
    assert COLUMN["energy"] == 0  # `mean_day` sorts by it
