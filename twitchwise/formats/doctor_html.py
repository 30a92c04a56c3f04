"""The sheets for professionals as self-contained HTML pages on the same base as the person's page."""

from __future__ import annotations

from markupsafe import Markup

from twitchwise.formats.dietitian_text import nutrient_reasons
from twitchwise.formats.doctor_bars import Bar, line_of
from twitchwise.formats.doctor_text import write_doctor
from twitchwise.formats.html.page import render
from twitchwise.formats.html.svg import picture, share
from twitchwise.report.sheet_types import DietitianSheet, DoctorSheet
from twitchwise.report.types import Report
from twitchwise.report.words import VERDICTS, span, there

HIGH = 18  # of a bar, in px


def rail(bar: Bar, onset: float | None) -> Markup:
    """Draw a product on the line that ends today.

    Parameters: bar; onset, where the complaint begins, a share of the line. Returns: an svg element with its text.

    >>> from twitchwise.report.sheet_types import Taking
    >>> "<b>" in rail(Bar(Taking("<b>", "", 9.0, None, "", "fits", "fits"), 0.5, None, False), None)
    False
    """
    shapes = [Markup('<line class="rail" x1="0" x2="100%" y1="9" y2="9"/>')]
    if bar.start is not None:
        kind = "bar fits" if bar.taking.fit == "fits" else "bar"
        box = Markup('<rect class="{}" x="{}" width="{}" y="4" height="10"/>')
        shapes.append(box.format(kind, share(bar.start), share(1.0 - bar.start)))
    if bar.cut:
        shapes.append(Markup('<path class="cut" d="M0 9 L9 3 L9 15 Z"/>'))
    for kind, place in (("changed", bar.changed), ("onset", onset)):
        if place is not None:
            mark = Markup('<line class="{0}" x1="{1}" x2="{1}" y1="0" y2="18"/>')
            shapes.append(mark.format(kind, share(place)))
    since = f"since {bar.taking.since}" if bar.taking.since else "start not stated"
    return picture("timeline-bar", f"{bar.taking.name}: {since}", bar.taking.fit_words, HIGH, *shapes)


def write_doctor_html(sheet: DoctorSheet, report: Report) -> str:
    """Write the doctor's sheet as a page.

    Parameters: sheet; report, for the head of the page. Returns: a whole document that loads nothing and runs nothing.
    """
    facts = (
        ("Who", (sheet.who,), ""),
        ("Complaint", sheet.complaints, "none stated"),
        ("Also present", sheet.present, "none stated"),
        ("Asked and denied", sheet.denied, "nothing"),
        ("Not asked", sheet.not_asked, "every danger sign was asked"),
        ("History", sheet.history, "none stated"),
        ("Diet and habits", sheet.life, "none stated"),
    )
    more = {"line": line_of(sheet), "rail": rail, "paste": write_doctor(sheet), "verdicts": VERDICTS, "span": span}
    return render("doctor.html.j2", report, sheet=sheet, facts=facts, **more)


def write_dietitian_html(sheet: DietitianSheet, report: Report) -> str:
    """Write the dietitian's sheet as a page.

    Parameters: sheet; report, for the head of the page. Returns: a whole document that loads nothing and runs nothing.
    """
    why = [one for row in sheet.nutrients for one in nutrient_reasons(row)]
    more = {"why": why, "verdicts": VERDICTS, "span": span, "there": there}
    return render("dietitian.html.j2", report, sheet=sheet, **more)
