"""Published formulas on plain numbers in fixed units; where each is cited stands in the analyte files."""

from __future__ import annotations

import math

CREATININE_UMOL_PER_MG_DL = 88.403
GLUCOSE_MG_DL_PER_MMOL = 18.0156


def adjusted_calcium(calcium: float, albumin: float) -> float:
    """Return calcium adjusted for albumin (Payne's form).

    Parameters: calcium, total, mmol/L; albumin, g/L. Returns: mmol/L.

    >>> round(adjusted_calcium(1.83, 26), 2)
    2.11
    """
    return calcium + 0.02 * (40.0 - albumin)


def adjusted_calcium_german(calcium: float, albumin: float) -> float:
    """Return calcium adjusted for albumin by the variant of German laboratories.

    Parameters: calcium, total, mmol/L; albumin, g/L. Returns: mmol/L.

    >>> round(adjusted_calcium_german(2.4, 40), 2)
    2.4
    """
    return calcium - 0.025 * albumin + 1.0


def egfr_ckd_epi_2021(creatinine: float, age: float, female: bool) -> float:
    """Return the kidney filtration estimated from creatinine.

    Parameters: creatinine, mg/dL; age, years, 18 or more; female, whether the equation for women holds.
    Returns: mL/min per 1.73 m². Raises: ValueError under 18 years or for a creatinine that is not positive.

    >>> round(egfr_ckd_epi_2021(0.9, 55, female=True), 1)
    75.5
    """
    if age < 18 or creatinine <= 0:
        raise ValueError("the equation holds from 18 years and for a positive creatinine")
    kappa, alpha, factor = (0.7, -0.241, 1.012) if female else (0.9, -0.302, 1.0)
    ratio = creatinine / kappa
    return float(142.0 * min(ratio, 1.0) ** alpha * max(ratio, 1.0) ** -1.2 * 0.9938**age * factor)


def fractional_excretion_magnesium(
    urine_magnesium: float, plasma_creatinine: float, plasma_magnesium: float, urine_creatinine: float
) -> float:
    """Return the share of filtered magnesium that leaves with the urine.

    Parameters: the four concentrations, each pair (magnesium, creatinine) in one unit. Returns: per cent.

    >>> round(fractional_excretion_magnesium(1.0, 0.080, 0.5, 8.0), 2)
    2.86
    """
    return 100.0 * (urine_magnesium * plasma_creatinine) / (0.7 * plasma_magnesium * urine_creatinine)


def ionised_calcium_at_ph_7_4(ionised: float, ph: float) -> float:
    """Return ionised calcium brought back to pH 7.40: it mends loss of gas in the tube, never a true disturbance.

    Parameters: ionised, mmol/L; ph. Returns: mmol/L.

    >>> round(ionised_calcium_at_ph_7_4(1.2, 7.5), 2)
    1.25
    """
    return float(ionised * 10.0 ** (-0.178 * (7.40 - ph)))


def anion_gap(sodium: float, chloride: float, bicarbonate: float, albumin: float | None = None) -> float:
    """Return the anion gap, corrected for albumin where it is known.

    Parameters: sodium, chloride, bicarbonate, mmol/L; albumin, g/L. Returns: mmol/L.

    >>> anion_gap(140, 104, 24), anion_gap(140, 104, 24, albumin=20)
    (12, 17.0)
    """
    gap = sodium - (chloride + bicarbonate)
    return gap if albumin is None else gap + 0.25 * (40.0 - albumin)


def osmolality(sodium: float, glucose: float, urea: float, potassium: float | None = None) -> float:
    """Return the calculated osmolality; some laboratories double potassium with sodium.

    Parameters: sodium, glucose, urea and, for that variant, potassium, mmol/L. Returns: mOsm/kg.

    >>> osmolality(140, 5, 7)
    292
    """
    return 2 * (sodium + (potassium or 0)) + glucose + urea


def osmolality_us(sodium: float, glucose: float, bun: float, potassium: float | None = None) -> float:
    """Return the calculated osmolality from United States units.

    Parameters: sodium and, for that variant, potassium, mEq/L; glucose, mg/dL; bun, urea nitrogen, mg/dL.
    Returns: mOsm/kg.

    >>> round(osmolality_us(140, 90, 20), 2)
    292.14
    """
    return 2 * (sodium + (potassium or 0)) + glucose / 18.0 + bun / 2.8


def osmolality_1_86(sodium: float, glucose: float, bun: float) -> float:
    """Return the calculated osmolality with the weight 1.86 for sodium.

    Parameters: sodium, mEq/L; glucose, mg/dL; bun, urea nitrogen, mg/dL. Returns: mOsm/kg.

    >>> round(osmolality_1_86(140, 90, 20), 2)
    281.54
    """
    return 1.86 * sodium + glucose / 18.0 + bun / 2.8 + 9.0


def sodium_corrected_for_glucose(sodium: float, glucose: float, per_100: float = 1.6) -> float:
    """Return the sodium that would be found at a normal glucose.

    Parameters: sodium, mmol/L; glucose, mmol/L; per_100, mmol/L for each 100 mg/dL above 100 (1.6 Katz, 2.4 Hillier).
    Returns: mmol/L.

    >>> round(sodium_corrected_for_glucose(130, 500 / 18.0156), 1)
    136.4
    """
    return sodium + per_100 * max(0.0, glucose * GLUCOSE_MG_DL_PER_MMOL - 100.0) / 100.0


def potassium_deficit_70_kg(potassium: float) -> float:
    """Return the body deficit of potassium of a 70 kg adult without shifts into or out of cells.

    Parameters: potassium, mmol/L. Returns: mmol.

    >>> round(potassium_deficit_70_kg(3.0), 1)
    354.3
    """
    return 1491.4497 - 379.0618 * potassium


def ph_from_hydrogen(hydrogen: float) -> float:
    """Return pH from the concentration of hydrogen ions.

    Parameters: hydrogen, nmol/L. Returns: pH.

    >>> round(ph_from_hydrogen(40), 2)
    7.4
    """
    return 9.0 - math.log10(hydrogen)


def hba1c_from_percent(percent: float) -> float:
    """Return HbA1c in the international unit.

    Parameters: percent, per cent. Returns: mmol/mol.

    >>> round(hba1c_from_percent(6.5))
    48
    """
    return (percent - 2.15) * 10.929
