"""What a laboratory test is called in the reason of a rule, where its id alone would tell a person nothing."""

from __future__ import annotations

NAMES = {
    "achr_antibodies": "AChR antibodies (the body's defence against its own muscles)",
    "alp": "alkaline phosphatase (ALP)",
    "alt": "the liver enzyme ALT",
    "ast": "the liver and muscle enzyme AST",
    "ck": "creatine kinase",
    "crp": "CRP (a sign of inflammation)",
    "egfr": "kidney filtration (eGFR)",
    "esr": "ESR (a sign of inflammation)",
    "free_t3": "free T3 (thyroid hormone)",
    "free_t4": "free T4 (thyroid hormone)",
    "gad_antibodies": "GAD antibodies (the body's defence against its own nerves)",
    "ggt": "the liver enzyme GGT",
    "haemoglobin": "haemoglobin (the red of the blood)",
    "hba1c": "HbA1c (long-term blood sugar)",
    "inr": "clotting ratio (INR)",
    "ionised_calcium": "free (ionised) calcium",
    "ionised_magnesium": "free (ionised) magnesium",
    "ldh": "LDH (a sign of broken cells)",
    "mcv": "the size of red cells (MCV)",
    "mma": "methylmalonic acid (MMA)",
    "pco2": "carbon dioxide in the blood",
    "ph": "the acid level of the blood (pH)",
    "pth": "parathyroid hormone",
    "qtc": "the QT interval",
    "tsh": "TSH (a thyroid test)",
    "ttg_antibodies": "tTG antibodies (a test for coeliac disease)",
    "vgkc_antibodies": "VGKC antibodies (the body's defence against its own nerves)",
    "vitamin_b12": "vitamin B12",
    "vitamin_b6": "vitamin B6",
    "vitamin_d": "vitamin D",
    "white_cells": "white blood cells",
}


def lab_name(analyte: str) -> str:
    """Name a laboratory test.

    Parameters: analyte, its id. Returns: plain words.

    >>> lab_name("adjusted_calcium"), lab_name("tsh")
    ('adjusted calcium', 'TSH (a thyroid test)')
    """
    return NAMES.get(analyte, analyte.replace("_", " "))
