"""Reading amounts and converting between units."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.errors import UnitError
from twitchwise.units import Quantity, convert, normal_unit, parse_number, parse_quantity, per_day

SPELLINGS = {
    "mmol/L": "mmol/l|MMOL/L|mmol / L|millimol/l|mM|mmol.l-1|millimoles per litre|mmol per liter",
    "umol/L": "µmol/L|μmol/l|mcmol/L|micromol/l|micromoles per litre|uM|µM",
    "mg/dL": "mg/dl|Mg/dL|mg%|mg/100ml|mg/100 mL|mg per dL",
    "g/dL": "g/dl|gm/dl|g%|g/100 ml",
    "ug": "mcg|µg|μg|microgram|micrograms",
    "mg/d": "mg/day|mg per day|mg daily|mg a day|mg/24h|mg/24 hours|mg each day",
    "mmol/d": "mmol/24 h|mmol/(24.h)|mmol/day",
    "mEq/L": "meq/l|mEq/l|milliequivalents per litre",
    "uIU/mL": "µIU/mL|u[IU]/mL|mcIU/ml",
    "mIU/L": "m[IU]/L|mIU/l",
    "10*9/L": "10^9/L|x10^9/L|x 10^9/l|10E9/L|x109/L|10*9/l",
    "10*3/uL": "K/uL|thousand/uL|10^3/µL|thousand/cmm",
    "1/uL": "/uL|cells/µL|/mm3|cells/mm3",
    "mL/min/{1.73_m2}": "ml/min/1.73m2|mL/min/1.73 m²|ml/min/1,73 m2|mL/min/{1.73_m2}",
    "mm[Hg]": "mmHg|mm Hg|torr|mm[Hg]",
    "mosm/kg": "mOsm/kg|mOsmol/kg|mosmol/kg",
    "IU": "iu|international units|IE|[iU]",
    "1": "ratio|pH|1",
}


@pytest.mark.parametrize(("wanted", "written"), [(k, s) for k, v in SPELLINGS.items() for s in v.split("|")])
def test_everyday_and_ucum_spellings_have_one_canonical_form(wanted: str, written: str) -> None:
    assert normal_unit(written) == wanted


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.2 mg/dL", 1.2, "mg/dL"),
        ("600 mg/day", 600, "mg/d"),
        ("0,30 mmol/l", 0.30, "mmol/L"),
        ("1,200 mg", 1200, "mg"),
        ("1 200 mg", 1200, "mg"),
        ("12.345,6 mg", 12345.6, "mg"),
        ("4.5 x 10^9/L", 4.5, "10*9/L"),
        ("400mg", 400, "mg"),
        ("70 kg", 70, "kg"),
        ("5.3%", 5.3, "%"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, value: float, unit: str) -> None:
    assert parse_quantity(text) == Quantity(value, unit)


@pytest.mark.parametrize(
    "text",
    ["2 cups", "3 tablets", "nan mg", "inf mg", "-3 mg", "1e999 mg", "", "mg", "400", "abc", "1.2.3 mg", "5 mg/cup"],
)
def test_what_is_no_amount_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_quantity(text)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "mass", "valence", "result"),
    [
        (1.8, "mg/dL", "mmol/L", 24.305, 2, 0.7406),  # magnesium
        (1.0, "mmol/L", "mEq/L", 24.305, 2, 2.0),
        (1.0, "mEq/L", "mg/dL", 24.305, 2, 1.2152),
        (10.0, "mg/dL", "mmol/L", 40.078, 2, 2.4951),  # calcium
        (1.0, "mg/dL", "umol/L", 113.118, None, 88.403),  # creatinine
        (100.0, "mg/dL", "mmol/L", 180.156, None, 5.5507),  # glucose
        (30.0, "ng/mL", "nmol/L", 400.637, None, 74.88),  # 25-hydroxyvitamin D3
        (1.0, "mg/dL", "mmol/L", 30.973762, None, 0.32285),  # phosphorus
        (1.0, "mg/dL", "mmol/L", 39.0983, 1, 0.2558),  # potassium
        (200.0, "pg/mL", "pmol/L", 1355.37, None, 147.56),  # vitamin B12
        (10.0, "ug/L", "nmol/L", 247.142, None, 40.463),  # pyridoxal phosphate
        (65.0, "pg/mL", "pmol/L", 9425, None, 6.8966),  # parathyroid hormone
        (4.1, "g/dL", "g/L", None, None, 41.0),
        (40.0, "mmHg", "kPa", None, None, 5.3329),
        (2.0, "uIU/mL", "mIU/L", None, None, 2.0),
        (3.0, "ukat/L", "U/L", None, None, 180.0),
        (7.5, "10*3/uL", "10*9/L", None, None, 7.5),
        (1.0, "g/d", "mg/d", None, None, 1000.0),
    ],
)
def test_published_conversions(
    value: float, unit: str, wanted: str, mass: float | None, valence: int | None, result: float
) -> None:
    found = convert(Quantity(value, unit), wanted, molar_mass=mass, valence=valence)
    assert found.value == pytest.approx(result, rel=1e-3)
    assert found.unit == wanted


def test_international_units_of_vitamin_d_need_their_factor() -> None:
    with pytest.raises(UnitError):
        convert(Quantity(1000, "IU"), "ug")
    assert convert(Quantity(1000, "IU"), "ug", micrograms_per_iu=0.025).value == pytest.approx(25)


@pytest.mark.parametrize(("unit", "wanted"), [("mg/dL", "mmol/L"), ("mEq/L", "mmol/L"), ("mg", "mL"), ("mg", "mg/d")])
def test_units_that_do_not_fit_are_refused(unit: str, wanted: str) -> None:
    with pytest.raises(UnitError, match="does not fit"):
        convert(Quantity(1, unit), wanted)


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("600 mg/day", 600),
        ("500 mg twice daily", 1000),
        ("2 x 500 mg bd", 2000),
        ("2 tablets of 500 mg tds", 3000),
        ("50 mg every other day", 25),
        ("1 mg every 8 hours", 3),
        ("70 mg weekly", 10),
        ("75 mg at night", 75),
        ("5 mg od", 5),
        ("40 mg daily", 40),
        ("100 mg four times a day", 400),
    ],
)
def test_a_dose_becomes_an_amount_a_day(text: str, milligrams: float) -> None:
    found = per_day(text)
    assert found.unit == "mg/d"
    assert found.value == pytest.approx(milligrams)


def test_a_dose_without_a_rate_is_not_guessed() -> None:
    with pytest.raises(UnitError, match="no rate"):
        per_day("400 mg")
    assert per_day(Quantity(2, "g/h")) == Quantity(48, "g/d")


PAIRS = [("mmol/L", "mg/dL"), ("mEq/L", "mg/dL"), ("umol/L", "ng/mL"), ("g/L", "mEq/L"), ("pmol/L", "pg/mL")]


@given(st.floats(1e-6, 1e6), st.sampled_from(PAIRS), st.floats(1, 1e5), st.integers(1, 3))
def test_a_conversion_there_and_back_changes_nothing(
    value: float, pair: tuple[str, str], molar_mass: float, valence: int
) -> None:
    there = convert(Quantity(value, pair[0]), pair[1], molar_mass=molar_mass, valence=valence)
    back = convert(there, pair[0], molar_mass=molar_mass, valence=valence)
    assert math.isclose(back.value, value, rel_tol=1e-9)


@given(st.floats(0, 1e9, allow_nan=False), st.sampled_from(["mg", "mmol/L", "ug/d", "10*9/L", "%"]))
def test_what_is_printed_is_read_back(value: float, unit: str) -> None:
    assert parse_quantity(f"{value!r} {unit}") == Quantity(value, unit)


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail_in_another_way(text: str) -> None:
    for read in (parse_quantity, normal_unit, parse_number, per_day):
        with contextlib.suppress(UnitError):
            read(text)
