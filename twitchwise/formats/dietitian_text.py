"""The dietitian's sheet as text of 80 columns."""

from __future__ import annotations

import textwrap

from twitchwise.formats.doctor_text import WIDTH, Full, clean, lab
from twitchwise.report.sheet_types import DietitianSheet, NutrientRow, TotalRow
from twitchwise.report.sources import Numbers
from twitchwise.report.types import Said
from twitchwise.report.words import VERDICTS, span, there

Sections = list[tuple[str, list[str | Said], str]]


def nutrient_line(row: NutrientRow) -> str:
    """Say a nutrient in question in one line.

    Parameters: row. Returns: for example "low magnesium: is there 2-5 %, explains it 0-1 %, unlikely".
    """
    present, explains = there(row.present.low, row.present.high), span(row.explains.low, row.explains.high)
    return f"{row.name}: is there {present}, explains it {explains}, {VERDICTS[row.verdict]}"


def nutrient_reasons(row: NutrientRow) -> list[Said]:
    """Say what speaks for and against a nutrient, under its name.

    Parameters: row. Returns: sentences with their sources.
    """
    return [Said(f"{row.name}, {one.text}", one.cites, one.estimate) for one in row.reasons]


def total_line(row: TotalRow) -> Said:
    """Say what the products bring of a nutrient beside the limit of each body.

    Parameters: row. Returns: a sentence with its sources.
    """
    limits = ", ".join(f"{body} {said.text}" for body, said in row.limits)
    products = f" from {', '.join(row.products)}" if row.products else ""
    unknown = f"; no amount for {', '.join(row.unknown)}" if row.unknown else ""
    cites = tuple(dict.fromkeys(cite for _, said in row.limits for cite in said.cites))
    return Said(
        f"{row.name}: {row.amount}{products}{unknown}; {row.words}{f'. Limits: {limits}' if limits else ''}", cites
    )


def sections(sheet: DietitianSheet) -> Sections:
    """List the sections of the sheet, in order.

    Parameters: sheet. Returns: title, items, and what to say when there are none.
    """
    reasons = [one for row in sheet.nutrients for one in nutrient_reasons(row)]
    others = [f"Not in question: {', '.join(sheet.others)}"] if sheet.others else []
    totals: list[str | Said] = [total_line(row) for row in sheet.totals]
    totals += [sheet.totals_note] if sheet.totals_note else []
    return [
        ("COMPLAINT", [*sheet.complaints], "none stated"),
        ("WHAT MUST NOT BE ADVISED", [*sheet.guards], "no guard applies"),
        ("HOW THE PERSON EATS", [*sheet.pattern], "not stated: ask"),
        ("RISKS FROM SUN, GUT, ILLNESS AND HABITS", [*sheet.risks], "none stated"),
        ("NUTRIENTS IN QUESTION", [*(nutrient_line(row) for row in sheet.nutrients), *others], "none"),
        ("WHY", [*reasons], "no reason for or against any"),
        ("MEDICINES AND NUTRIENTS", [*sheet.interactions], "none known for what is listed"),
        ("INTAKE", [*sheet.intake], "not known"),
        ("SUPPLEMENTS IN A DAY", [*totals], "none stated"),
        ("FOOD THAT FITS", [*sheet.foods, *([sheet.foods_note] if sheet.foods_note else [])], "none"),
        ("RESULTS THAT BEAR ON FOOD", [*(Said(lab(one), one.source.cites) for one in sheet.labs)], "none stated"),
        ("BLOOD TESTS TO ASK FOR", [*sheet.ask], "none would change the picture"),
        ("WHAT TO ASK IN A DIARY", [*sheet.diary], "-"),
        ("NOT USED", [*sheet.not_used], "everything was understood"),
    ]


def write_dietitian(sheet: DietitianSheet) -> str:
    """Write the dietitian's sheet.

    Parameters: sheet. Returns: lines of at most 80 columns.
    """
    page = Full(Numbers(sheet.sources))
    for text in (
        f"TWITCHWISE FOR A DIETITIAN {sheet.on}: {sheet.footer[-1]}",
        f"WHO: {sheet.who}",
        f"URGENCY: {sheet.sign}. {sheet.headline}",
    ):
        page.lines += textwrap.wrap(clean(text), WIDTH)
    for title, items, otherwise in sections(sheet):
        page.section(title, items, otherwise)
    page.lines += ["", "SOURCES"]
    for line in page.numbers.listed():
        page.lines += textwrap.wrap(line, WIDTH, subsequent_indent="    ", break_long_words=True)
    return "\n".join([*page.lines, "", *sheet.footer[:1]]) + "\n"
