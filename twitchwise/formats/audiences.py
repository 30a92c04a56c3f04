"""Which writer makes a sheet for whom in which format: one line each."""

from __future__ import annotations

from collections.abc import Callable

from twitchwise.evidence.load import Evidence
from twitchwise.formats import WRITERS
from twitchwise.formats.dietitian_text import write_dietitian
from twitchwise.formats.doctor_text import write_doctor, write_doctor_full
from twitchwise.formats.sheet_json import write_sheet_json
from twitchwise.report.dietitian import dietitian_sheet
from twitchwise.report.doctor import doctor_sheet
from twitchwise.report.types import Report

Writer = Callable[[Report, Evidence], str | bytes]
AUDIENCES = ("", "doctor", "dietitian")


def _doctor_html(report: Report, evidence: Evidence) -> str:
    from twitchwise.formats.doctor_html import write_doctor_html  # brings a template engine

    return write_doctor_html(doctor_sheet(report, evidence), report)


def _dietitian_html(report: Report, evidence: Evidence) -> str:
    from twitchwise.formats.doctor_html import write_dietitian_html

    return write_dietitian_html(dietitian_sheet(report, evidence), report)


def _doctor_pdf(report: Report, evidence: Evidence) -> bytes:
    from twitchwise.formats.pdf import write_pdf

    return write_pdf(doctor_sheet(report, evidence))


def _dietitian_text(report: Report, evidence: Evidence) -> str:
    return write_dietitian(dietitian_sheet(report, evidence))


def _for_the_person(name: str) -> Writer:
    return lambda report, evidence: WRITERS[name](report)


SHEETS: dict[tuple[str, str], Writer] = {
    **{("", name): _for_the_person(name) for name in WRITERS},
    ("doctor", "text"): lambda report, evidence: write_doctor(doctor_sheet(report, evidence)),
    ("doctor", "full"): lambda report, evidence: write_doctor_full(doctor_sheet(report, evidence)),
    ("doctor", "html"): _doctor_html,
    ("doctor", "json"): lambda report, evidence: write_sheet_json(doctor_sheet(report, evidence)),
    ("doctor", "pdf"): _doctor_pdf,
    ("dietitian", "text"): _dietitian_text,
    ("dietitian", "full"): _dietitian_text,
    ("dietitian", "html"): _dietitian_html,
    ("dietitian", "json"): lambda report, evidence: write_sheet_json(dietitian_sheet(report, evidence)),
}


def formats_for(audience: str) -> tuple[str, ...]:
    """List the formats that there are for an audience.

    Parameters: audience, "" for the person, "doctor" or "dietitian". Returns: names of formats.

    >>> formats_for("dietitian")
    ('text', 'full', 'html', 'json')
    """
    return tuple(name for who, name in SHEETS if who == audience)
