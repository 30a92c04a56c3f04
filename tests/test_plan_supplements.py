"""Totals over all products against the published upper limits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_case import plan_of, situation

from twitchwise.evidence.load import load_evidence
from twitchwise.observe import observe
from twitchwise.plan.supplements import totals, upper_limits
from twitchwise.record import record_from_tables
from twitchwise.review import Review, review

EVIDENCE = load_evidence()
ON = date(2026, 11, 22)


def reviewed(tables: dict[str, Any]) -> Review:
    """Review a person of 40 with a twitching eyelid."""
    given_ = {"person": {"age": 40}, "findings": [{"what": "eyelid twitching"}], **tables}
    return review(record_from_tables(given_), EVIDENCE, ON, draws=0, detail=False)


@pytest.mark.parametrize(
    ("nutrient", "mg", "verdict"),
    [
        ("vitamin_b6", 10.0, "within"),
        ("vitamin_b6", 12.0, "within"),
        ("vitamin_b6", 12.1, "above_lowest"),
        ("vitamin_b6", 100.5, "above_all"),
        ("magnesium", 250.0, "within"),
        ("magnesium", 300.0, "above_lowest"),
        ("magnesium", 400.0, "above_all"),
        ("vitamin_d", 0.1, "within"),
        ("vitamin_d", 0.125, "above_all"),
        ("vitamin_b12", 5.0, "no_limit"),
    ],
)
def test_totals_against_us_and_eu_limits(nutrient: str, mg: float, verdict: str) -> None:
    (total,) = totals(situation(age=40, doses={nutrient: mg}))
    assert total.verdict == verdict


def test_the_calcium_limit_falls_after_fifty() -> None:
    assert [mg for _, mg, _ in upper_limits(situation(age=40), "calcium")] == [2500.0, 2500.0]
    assert [mg for _, mg, _ in upper_limits(situation(age=60), "calcium")] == [2000.0, 2500.0]


def test_a_total_above_a_limit_is_told_with_both_figures_and_whom_to_ask() -> None:
    step = next(s for s in plan_of(age=40, doses={"magnesium": 900.0}).steps if s.id == "over_magnesium")
    assert "900 mg of magnesium a day" in step.text
    assert "250 mg (EU) and 350 mg (US)" in step.text
    assert "Ask the prescriber" in step.text


def test_vitamin_d_is_told_in_micrograms() -> None:
    step = next(s for s in plan_of(age=40, doses={"vitamin_d": 0.25}).steps if s.id == "over_vitamin_d")
    assert "250 ug of vitamin D" in step.text


def test_b6_hidden_in_other_products_is_pointed_out() -> None:
    assert any(s.id == "b6_hidden" for s in plan_of(supplements=["magnesium"]).steps)
    assert not any(s.id == "b6_hidden" for s in plan_of(supplements=["omega_3"]).steps)


def test_a_child_is_sent_to_someone_who_knows_doses() -> None:
    ids = {s.id for s in plan_of(age=8, supplements=["vitamin_d"], doses={"vitamin_d": 0.2}).steps}
    assert {"child_supplements", "over_vitamin_d"} <= ids


def test_no_total_means_no_warning() -> None:
    plan = plan_of(age=40)
    assert plan.supplement_totals == ()
    assert not any(s.id.startswith("over_") for s in plan.steps)


# from the words of a record -------------------------------------------------------------------------------------------


def taken(*products: tuple[str, str], section: str = "supplements") -> dict[str, float]:
    """Milligrams a day of each nutrient."""
    record = record_from_tables({section: [{"name": name, "dose": dose} for name, dose in products]})
    return dict(observe(record, EVIDENCE, ON).doses)


WORKED = [
    # the element in a named compound
    ("magnesium oxide", "400 mg daily", {"magnesium": 241.2}),
    ("magnesium oxide 400 mg", "2 tablets a day", {"magnesium": 482.4}),
    ("calcium carbonate", "500 mg three times a day", {"calcium": 600.6}),
    ("zinc picolinate", "50 mg", {"zinc": 10.56}),
    ("ferrous sulphate", "200 mg", {"iron": 64.0}),
    ("potassium chloride", "20 mmol", {"potassium": 781.96}),
    # the label already counts the element
    ("magnesium (as citrate) 300 mg", "daily", {"magnesium": 300.0}),
    ("elemental magnesium from oxide", "250 mg", {"magnesium": 250.0}),
    ("magnesium", "300 mg", {"magnesium": 300.0}),
    # units of vitamins
    ("vitamin D3", "4000 IU", {"vitamin_d": 0.1}),
    ("vitamin D", "100 mcg", {"vitamin_d": 0.1}),
    ("vitamin D", "50,000 IU weekly", {"vitamin_d": 0.178571}),
    ("vitamin B12", "1000 mcg", {"vitamin_b12": 1.0}),
    # forms of a vitamin count in full, on the safe side
    ("P5P", "50 mg twice a day", {"vitamin_b6": 100.0}),
    ("pyridoxine hydrochloride", "100 mg", {"vitamin_b6": 100.0}),
    # several nutrients in one product
    ("calcium 600 mg / vitamin D 400 IU", "2 a day", {"calcium": 1200.0, "vitamin_d": 0.02}),
    ("magnesium 300 mg + B6 10 mg", "daily", {"magnesium": 300.0, "vitamin_b6": 10.0}),
    ("B-50", "1 tablet", {"vitamin_b6": 50.0}),
    # nothing that is not known is counted, and a salt of a medicine is no supplement
    ("magnesium with B6", "375 mg", {}),
    ("magnesium", "", {}),
    ("magnesium", "when needed", {}),
    ("Epsom salt bath", "500 g", {}),
]


@pytest.mark.parametrize(("name", "dose", "mg"), WORKED, ids=lambda v: str(v))
def test_worked_examples(name: str, dose: str, mg: dict[str, float]) -> None:
    assert taken((name, dose)) == pytest.approx(mg)


def test_medicines_that_are_minerals_count_and_salts_of_medicines_do_not() -> None:
    assert taken(("Tums", "2 tablets of 500 mg a day"), section="medicines") == pytest.approx({"calcium": 400.4})
    assert taken(("Slow-K", "600 mg twice a day"), section="medicines") == pytest.approx({"potassium": 629.4})
    for name in ("losartan potassium", "esomeprazole magnesium", "sodium valproate"):
        assert taken((name, "50 mg"), section="medicines") == {}, name


def test_b6_is_summed_over_products_of_other_names() -> None:
    products = [{"name": "magnesium 100 mg + B6 10 mg", "dose": "2 a day"}, {"name": "B-50", "dose": "1 a day"}]
    plan = reviewed({"supplements": products}).plan
    (total,) = [t for t in plan.supplement_totals if t.nutrient == "vitamin_b6"]
    assert total.amount == pytest.approx(70.0) and total.verdict == "above_lowest"
    assert len(total.products) == 2
    step = next(s for s in plan.steps if s.id == "over_vitamin_b6")
    assert "70 mg of vitamin B6" in step.text and "12 mg (EU)" in step.text and "(US)" not in step.text


def test_an_amount_that_is_not_given_is_said_and_never_zero() -> None:
    plan = reviewed({"supplements": [{"name": "B-complex"}, {"name": "vitamin B6", "dose": "5 mg"}]}).plan
    (total,) = [t for t in plan.supplement_totals if t.nutrient == "vitamin_b6"]
    assert total.amount == 5.0 and total.unknown == ("B-complex",)
    step = next(s for s in plan.steps if s.id == "amount_unknown")
    assert "no daily amount for vitamin B6 in 'B-complex'" in step.text
    over = reviewed({"supplements": [{"name": "B-complex"}, {"name": "vitamin B6", "dose": "200 mg"}]}).plan
    assert "at least 200 mg" in next(s for s in over.steps if s.id == "over_vitamin_b6").text


def test_a_product_without_any_amount_has_no_verdict_of_safety() -> None:
    plan = reviewed({"supplements": [{"name": "magnesium"}]}).plan
    assert [t.verdict for t in plan.supplement_totals if t.nutrient == "magnesium"] == ["unknown"]
    assert any(s.id == "amount_unknown" for s in plan.steps)


def test_a_label_that_may_mean_the_element_is_told_with_both_readings() -> None:
    plan = reviewed({"supplements": [{"name": "magnesium oxide", "dose": "400 mg daily"}]}).plan
    step = next(s for s in plan.steps if s.id == "label_magnesium")
    assert "241 mg" in step.text and "400 mg" in step.text and "250 mg (EU) and 350 mg (US)" in step.text
    assert not any(s.id == "over_magnesium" for s in plan.steps)


def test_the_magnesium_limit_is_for_supplements_only() -> None:
    plan = reviewed({"supplements": [{"name": "magnesium", "dose": "400 mg daily"}]}).plan
    assert "food does not count" in next(s for s in plan.steps if s.id == "over_magnesium").text


def test_what_is_taken_against_a_guard_is_pointed_out() -> None:
    kidney = {"conditions": [{"what": "chronic kidney disease stage 4"}]}
    plan = reviewed({**kidney, "supplements": [{"name": "potassium", "dose": "99 mg"}]}).plan
    step = next(s for s in plan.steps if s.id == "avoid_taken_potassium")
    assert "kidney disease" in step.text and "ask the prescriber" in step.text
    alone = reviewed({"supplements": [{"name": "potassium", "dose": "99 mg"}]}).plan
    assert not any(s.id == "avoid_taken_potassium" for s in alone.steps)


PRODUCTS = ["magnesium oxide", "magnesium", "vitamin B6", "P5P", "vitamin D", "calcium carbonate", "zinc", "B-complex"]
DOSES = ["100 mg daily", "400 mg", "2 x 50 mg", "1000 IU", "25 mcg", "1 a day", "", "as needed", "250 mg twice a day"]
LINES = st.lists(st.tuples(st.sampled_from(PRODUCTS), st.sampled_from(DOSES)), max_size=5)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(LINES, st.sampled_from(PRODUCTS), st.sampled_from(DOSES))
def test_one_product_more_never_lowers_a_total(lines: list[tuple[str, str]], name: str, dose: str) -> None:
    before, after = taken(*lines), taken(*lines, (name, dose))
    for nutrient, mg in before.items():
        assert after[nutrient] >= mg - 1e-9


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(PRODUCTS), st.integers(1, 900), st.integers(1, 900), st.integers(1, 4))
def test_more_of_a_product_never_lowers_a_total(name: str, first: int, second: int, tablets: int) -> None:
    low, high = sorted((first, second))
    less, more = taken((name, f"{low} mg daily")), taken((name, f"{high} mg daily"))
    assert all(more[nutrient] >= mg - 1e-9 for nutrient, mg in less.items())
    one, many = taken((f"{name} {low} mg", "1 a day")), taken((f"{name} {low} mg", f"{tablets} a day"))
    assert all(many[nutrient] == pytest.approx(tablets * mg) for nutrient, mg in one.items())
