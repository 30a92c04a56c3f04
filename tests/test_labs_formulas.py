"""Every published worked example of a formula, named after its source, and what must hold besides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.labs import formulas as f


def test_adjusted_calcium_as_worked_by_the_guidewire() -> None:
    assert f.adjusted_calcium(1.83, 26) == pytest.approx(2.11, abs=0.005)


def test_adjusted_calcium_as_worked_by_gera_ionised_calcium_estimator() -> None:
    assert f.adjusted_calcium(2.4, 28) == pytest.approx(2.64, abs=0.005)


def test_adjusted_calcium_in_united_states_units() -> None:
    adjusted = f.adjusted_calcium(7.8 * 0.24951, 25) / 0.24951
    assert adjusted == pytest.approx(9.0, abs=0.01)


def test_egfr_as_worked_by_the_ckd_epi_example() -> None:
    value = f.egfr_ckd_epi_2021(0.9, 55, female=True)
    assert value == pytest.approx(76, abs=1)
    assert value == pytest.approx(75.5, abs=0.05)


@pytest.mark.parametrize(
    ("female", "age", "creatinine", "wanted"),
    [(False, 50, 1.0, 91.69), (True, 30, 0.6, 123.76), (False, 75, 2.0, 34.16), (True, 60, 0.7, 98.95)],
)
def test_egfr_equals_the_equation_of_the_national_kidney_foundation(
    female: bool, age: float, creatinine: float, wanted: float
) -> None:
    assert f.egfr_ckd_epi_2021(creatinine, age, female) == pytest.approx(wanted, abs=0.01)


@pytest.mark.parametrize(("age", "creatinine"), [(17.9, 1.0), (0, 1.0), (40, 0.0), (40, -1.0)])
def test_egfr_is_refused_under_18_and_without_a_creatinine(age: float, creatinine: float) -> None:
    with pytest.raises(ValueError, match="18"):
        f.egfr_ckd_epi_2021(creatinine, age, female=True)


@pytest.mark.parametrize(("parts", "wanted"), [((1.0, 0.080, 0.5, 8.0), 2.857), ((8.0, 0.9, 1.1, 100.0), 9.351)])
def test_fractional_excretion_of_magnesium_by_the_clinlab_navigator_formula(
    parts: tuple[float, float, float, float], wanted: float
) -> None:
    assert f.fractional_excretion_magnesium(*parts) == pytest.approx(wanted, abs=0.001)


@pytest.mark.parametrize(("ph", "wanted"), [(7.5, 1.2502), (7.3, 1.1518)])
def test_ionised_calcium_at_ph_7_4_by_medical_algorithms(ph: float, wanted: float) -> None:
    assert f.ionised_calcium_at_ph_7_4(1.2, ph) == pytest.approx(wanted, abs=1e-4)


def test_anion_gap_as_worked_by_the_published_example() -> None:
    assert f.anion_gap(140, 104, 24) == 12
    assert f.anion_gap(140, 104, 24, albumin=20) == pytest.approx(17.0)


@pytest.mark.parametrize(
    ("sodium", "potassium", "bun", "glucose", "wanted"), [(140, 4, 20, 90, 300.14), (135, 5, 15, 100, 290.92)]
)
def test_osmolality_as_worked_by_the_doubled_sodium_and_potassium_page(
    sodium: float, potassium: float, bun: float, glucose: float, wanted: float
) -> None:
    assert f.osmolality_us(sodium, glucose, bun, potassium) == pytest.approx(wanted, abs=0.01)


def test_osmolality_by_qxmd_and_by_the_university_of_virginia() -> None:
    assert f.osmolality_us(140, 90, 20) == pytest.approx(292.14, abs=0.01)
    assert f.osmolality_1_86(140, 90, 20) == pytest.approx(281.54, abs=0.01)


def test_potassium_deficit_by_medical_algorithms() -> None:
    assert f.potassium_deficit_70_kg(3.0) == pytest.approx(354.3, abs=0.05)


def test_sodium_beside_a_glucose_of_500_by_katz_and_hillier() -> None:
    glucose = 500 / f.GLUCOSE_MG_DL_PER_MMOL
    assert f.sodium_corrected_for_glucose(130, glucose) == pytest.approx(136.4)
    assert f.sodium_corrected_for_glucose(130, glucose, 2.4) == pytest.approx(139.6)
    assert f.sodium_corrected_for_glucose(130, 5.0) == 130


def test_hba1c_6_5_per_cent_is_48() -> None:
    assert round(f.hba1c_from_percent(6.5)) == 48
    assert round(f.hba1c_from_percent(10.0)) == 86


@given(st.floats(0.2, 20), st.floats(18, 100), st.booleans())
def test_more_creatinine_and_more_years_never_raise_egfr(creatinine: float, age: float, female: bool) -> None:
    here = f.egfr_ckd_epi_2021(creatinine, age, female)
    assert f.egfr_ckd_epi_2021(creatinine * 1.1, age, female) < here
    assert f.egfr_ckd_epi_2021(creatinine, age + 1, female) < here


@given(st.floats(1, 4), st.floats(15, 60))
def test_less_albumin_never_lowers_adjusted_calcium(calcium: float, albumin: float) -> None:
    assert f.adjusted_calcium(calcium, albumin - 1) > f.adjusted_calcium(calcium, albumin)


@given(st.floats(0.5, 2), st.floats(7.0, 7.7))
def test_ionised_calcium_there_and_back_over_ph(calcium: float, ph: float) -> None:
    there = f.ionised_calcium_at_ph_7_4(calcium, ph)
    assert f.ionised_calcium_at_ph_7_4(there, 14.8 - ph) == pytest.approx(calcium)
