"""The doctor's sheet as one A4 page. The text goes to typst as data, never as markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any, Literal

from twitchwise.errors import TwitchwiseError
from twitchwise.formats.doctor_bars import Bar, line_of
from twitchwise.formats.doctor_text import clipped, none
from twitchwise.report.doctor import on_day
from twitchwise.report.names import UNIONS
from twitchwise.report.sheet_types import DoctorSheet, LabLine
from twitchwise.report.sources import Numbers
from twitchwise.report.types import CauseRow, Said
from twitchwise.report.words import VERDICTS, span

INSTALL = "The PDF needs one more package. Install it with: pip install 'twitchwise[pdf]'"
TITLE = "Twitchwise: summary for a clinician"  # also the title of the file: it names no person
NAMES = "size gap small alerts list medicines known labs leading suggested why unread sources".split()
# from the fullest form to the shortest; the first that fits on the page is printed
LEVELS = (
    (10.4, 2.4, 7.4, 6, 24, 16, 2, 20, 5, 6, 20, 8, 12),
    (9.8, 2.2, 7.2, 6, 24, 16, 2, 20, 5, 6, 20, 8, 12),
    (9.2, 2.0, 7.0, 6, 24, 16, 2, 20, 5, 6, 20, 8, 12),
    (8.8, 1.8, 6.6, 6, 24, 16, 2, 20, 5, 6, 12, 6, 10),
    (8.6, 1.6, 6.5, 5, 20, 16, 1, 16, 5, 5, 10, 5, 8),
    (8.5, 1.4, 6.5, 4, 16, 16, 1, 12, 4, 4, 10, 4, 8),
    (8.5, 1.2, 6.5, 4, 16, 16, 0, 12, 4, 4, 10, 4, 8),
    (8.5, 1.2, 6.5, 4, 14, 14, 0, 10, 4, 4, 7, 3, 6),
    (8.5, 1.2, 6.5, 4, 12, 14, 0, 10, 3, 3, 4, 3, 6),
    (8.5, 1.0, 6.5, 3, 10, 12, 0, 8, 3, 3, 2, 2, 5),
    (8.2, 1.0, 6.5, 3, 8, 10, 0, 8, 3, 2, 2, 2, 4),
    (8.0, 1.0, 6.2, 2, 5, 8, 0, 6, 3, 2, 1, 1, 3),
    (8.0, 1.0, 6.0, 2, 3, 4, 0, 4, 2, 1, 1, 1, 2),
)
MOST = 110  # characters of an item


class MissingExtraError(TwitchwiseError):
    """A format needs a package that is not installed."""

    exit_code = 2


def ensure_installed() -> None:
    """Say how to install what the PDF needs, where it is not there.

    Parameters: none. Raises: MissingExtraError.
    """
    if find_spec("typst") is None:
        raise MissingExtraError(INSTALL)


def write_pdf(sheet: DoctorSheet) -> bytes:
    """Write the doctor's sheet as one A4 page.

    Parameters: sheet. Returns: the bytes of a PDF file. Raises: MissingExtraError where typst is not installed.
    """
    return compiled(sheet, "pdf")


def template() -> str:
    """Return the layout of the page, doctor.typ, with nothing of a record in it.

    Parameters: none. Returns: typst markup.
    """
    from jinja2 import Environment, PackageLoader  # finds a template wherever the package is installed

    loader = PackageLoader("twitchwise.formats", "")
    return loader.get_source(Environment(autoescape=True), "doctor.typ")[0]


def compiled(sheet: DoctorSheet, kind: Literal["pdf", "png"]) -> bytes:
    """Compile the page.

    Parameters: sheet; kind, "pdf" or "png". Returns: the bytes of the file. Raises: MissingExtraError.
    """
    ensure_installed()
    import typst

    made = typst.compile(
        template().encode(),
        format=kind,
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(page_data(sheet))},
        timestamp=datetime(sheet.on.year, sheet.on.month, sheet.on.day, tzinfo=UTC),
    )
    return made


def page_data(sheet: DoctorSheet) -> dict[str, Any]:
    """Put a sheet into the plain data that the template prints.

    Parameters: sheet. Returns: strings, numbers and lists.
    """
    numbers = Numbers(sheet.sources)
    line = line_of(sheet)
    return {
        "title": TITLE,
        "day": [sheet.on.year, sheet.on.month, sheet.on.day],
        "date": sheet.on.isoformat(),
        "notice": sheet.footer[-1],
        "sign": sheet.sign,
        "headline": sheet.headline,
        "alerts": [
            _marked(Said(f"{a.said.text}. Rule {a.rule}", a.said.cites, a.said.estimate), numbers, 200)
            for a in sheet.alerts
        ],
        "who": clipped(sheet.who, 200),
        **_history(sheet, numbers),
        "medicines": [_medicine(one, numbers) for one in line.bars[: len(sheet.medicines)]],
        "no_medicines": "takes none" if sheet.no_medicines else "none stated",
        "line": {"onset": line.onset, "span": line.span},
        "labs": [_lab(one) for one in sheet.labs],
        "leading": [_cause(row, numbers) for row in sheet.leading],
        "suggested": [_marked(one, numbers, 160) for one in sheet.suggested] or ["no test would change the picture"],
        "why_not": _why_not(sheet),
        "not_used": [clipped(one, 90) for one in sheet.not_used],
        "sources": [clipped(one, 120) for one in numbers.listed()],
        "foot": f"{sheet.footer[0]} [n]: a source. 'our estimate': not published.",
        "levels": [dict(zip(NAMES, level, strict=True)) for level in LEVELS],
    }


def _history(sheet: DoctorSheet, numbers: Numbers) -> dict[str, list[str]]:
    def short(items: tuple[str, ...], otherwise: str = "none stated") -> list[str]:
        return [clipped(one, MOST) for one in none(items, otherwise)]

    totals = tuple(_marked(one, numbers) for one in sheet.totals)
    products = tuple(f"{one.name} {one.dose}".strip() for one in sheet.supplements)
    return {
        "complaints": short(sheet.complaints),
        "present": short(sheet.present),
        "denied": short(sheet.denied, "nothing"),
        "not_asked": short(sheet.not_asked, "every danger sign was asked"),
        "history": short((*sheet.history, *sheet.life)),
        "supplements": short((*totals, *products)),
        "tests_done": [clipped(one, MOST) for one in sheet.tests_done],
    }


def _marked(said: Said, numbers: Numbers, most: int = MOST) -> str:
    return clipped(said.text, most) + numbers.mark(said.cites, said.estimate, 2)


def _medicine(one: Bar, numbers: Numbers) -> dict[str, Any]:
    taking = one.taking
    when = [f"since {taking.since}"] if taking.since else []
    when += [f"changed {taking.changed}"] if taking.changed else []
    return {
        "name": clipped(taking.name, 40),
        "dose": clipped(taking.dose, 40),
        "start": one.start,
        "changed": one.changed,
        "cut": one.cut,
        "since": clipped(", ".join(when), 60) or "start not stated",
        "fits": taking.fit == "fits",
        "words": clipped(_upper("; ".join([*when, taking.fit_words])), 120),
        "known": [f"{_upper(_marked(effect, numbers, 70))}." for effect in taking.known[:2]],
    }


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lab(one: LabLine) -> dict[str, Any]:
    value = f"{one.value} = {one.converted}" if one.converted else one.value
    return {
        "name": clipped(one.name, 40),
        "value": clipped(value, 50),
        "range": one.range,
        "flag": one.flag,
        "out": one.flag not in ("in range", "no range"),
        "date": on_day(one.on),
        "change": one.change,
    }


def _cause(row: CauseRow, numbers: Numbers) -> dict[str, str]:
    share = f"{VERDICTS[row.verdict]}, {span(row.explains.low, row.explains.high)}" if row.explains else ""

    union = row.id in UNIONS and not row.reasons_for and not row.reasons_against

    def first(reasons: tuple[Said, ...]) -> str:
        return "; ".join(_marked(r, numbers, 80) for r in reasons[:2]) or ("as above" if union else "none found")

    return {
        "name": clipped(row.name, 60),
        "verdict": row.words or share or VERDICTS[row.verdict],
        "for_": first(row.reasons_for),
        "against": first(row.reasons_against),
    }


def _why_not(sheet: DoctorSheet) -> list[str]:
    """Say what speaks against the causes that do not lead; the same reason is said once for all that share it."""
    led = {row.id for row in sheet.leading}
    groups: dict[str, list[str]] = {}
    for one in sheet.why_not:
        if one.id not in led:
            name = f"{one.name} ({one.share})" if one.share and not one.folded else one.name
            groups.setdefault(_bare(one.text.text), []).append(clipped(name, 60))
    return [f"{', '.join(names)}: {clipped(text, MOST)}" for text, names in groups.items()] or ["no cause is left"]


def _bare(text: str) -> str:
    """Drop the figures behind a reason.

    >>> _bare("probably not there at all (1-4 %)")
    'probably not there at all'
    """
    return re.sub(r" \([<>\d][^)]*%\)", "", text)
