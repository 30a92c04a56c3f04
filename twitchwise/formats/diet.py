"""A diet reading as text for the terminal, as JSON for programs, and as a table with a row for each food."""

from __future__ import annotations

import csv
import io
import json
import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twitchwise.diet.types import QUANTILES, Adequacy, Chance, DietReading, Eaten, NutrientIntake
from twitchwise.evidence import Evidence
from twitchwise.foods.nutrients import NUTRIENTS, shown
from twitchwise.observe.types import Issue
from twitchwise.report.diet import DietSection, IntakeRow, diet_section

Json = dict[str, Any]
WIDTH = 79
STRIP = 24  # columns of the picture of an intake
MOST = 12  # unsure or missing foods named in the text


def _number(value: float, digits: int = 6) -> float | None:
    """JSON has no NaN: what is not known is null."""
    return float(f"{value:.{digits}g}") if math.isfinite(value) else None


def _chance(chance: Chance | None) -> Json | None:
    return None if chance is None else {k: round(getattr(chance, k), 4) for k in ("p", "low", "high")}


def _nutrient(intake: NutrientIntake, adequacy: Adequacy | None) -> Json:
    out: Json = {
        "mean": _number(intake.mean),
        "unit": intake.unit,
        "food": _number(intake.food),
        "supplements": _number(intake.supplements),
        "coverage": _number(intake.coverage),
        "usual": {f"{100 * q:.0f}": _number(v) for q, v in zip(QUANTILES, intake.usual, strict=True)},
        "within_sd": _number(intake.within_sd),
        "between_sd": _number(intake.between_sd),
        "days": [_number(day, 12) for day in intake.days],
        "basis": intake.basis,
        "sources": [{"food": s.food, "per_day": _number(s.per_day), "share": _number(s.share)} for s in intake.sources],
        "inadequacy": _chance(adequacy.inadequacy) if adequacy else None,
    }
    if adequacy is not None:
        out |= _against(adequacy)
    return out


def _against(adequacy: Adequacy) -> Json:
    return {
        "reference": adequacy.body,
        "kind": adequacy.kind,
        "requirement": adequacy.requirement,
        "target": adequacy.target,
        "target_name": adequacy.target_name,
        "verdict": adequacy.verdict,
        "why": adequacy.why,
        "cites": [{"source": c.source, "place": c.locator} for c in adequacy.cites],
        "limits": [
            {"limit": u.limit, "unit": u.unit, "scope": u.scope, "counted": _number(u.counted), "over": u.over}
            for u in adequacy.uppers
        ],
    }


def _line(eaten: Eaten) -> Json:
    return {
        "text": eaten.said or eaten.line.text,
        "where": eaten.line.where,
        "day": eaten.line.day,
        "meal": eaten.line.meal,
        "food": eaten.food.id if eaten.food else None,
        "table": eaten.table,
        "grams": _number(eaten.grams),
        "grams_low": _number(eaten.low),
        "grams_high": _number(eaten.high),
        "matched": eaten.matched,
        "sure": eaten.sure,
        "why": eaten.why,
        "nearest": list(eaten.nearest),
    }


def diet_json(reading: DietReading) -> Json:
    """Put a diet reading into the fixed shape.

    Parameters: reading. Returns: plain tables; amounts per day in the unit beside them, null = unknown.
    """
    return {
        "days": len(reading.days),
        "basis": reading.basis,
        "reference": reading.body,
        "nutrients": {n: _nutrient(i, reading.adequacies.get(n)) for n, i in reading.intakes.items()},
        "lines": [_line(eaten) for eaten in reading.eaten],
        "not_matched": [e.said or e.line.text for e in reading.eaten if e.sure == "none"],
        "notes": list(reading.notes),
    }


def write_json(reading: DietReading, issues: Sequence[Issue], evidence: Evidence) -> str:
    """Write a diet reading as JSON.

    Parameters: reading; issues, what of the record could not be used; evidence. Returns: JSON text.
    """
    out = diet_json(reading)
    out["not_used"] = [{"where": i.where, "what": i.what, "why": i.why} for i in (*issues, *reading.issues)]
    keys = {c["source"] for n in out["nutrients"].values() for c in n.get("cites", ())}
    out["sources"] = {k: evidence.sources[k].title for k in sorted(keys) if k in evidence.sources}
    return json.dumps(out, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_csv(reading: DietReading, issues: Sequence[Issue], evidence: Evidence) -> str:
    """Write a row for each food, with what it brings; the columns add up to the day's totals.

    Parameters: as `write_json`. Returns: CSV text; an empty cell is unknown.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["where", "day", "meal", "text", "food", "name", "grams", "sure", "supplement", *NUTRIENTS])
    for e in reading.eaten:
        amounts = ["" if math.isnan(v) else repr(float(v)) for v in e.amounts]
        grams = "" if math.isnan(e.grams) else repr(float(e.grams))
        food = (e.food.id, e.food.name) if e.food else ("", "")
        head = [e.line.where, e.line.day, e.line.meal, e.said or e.line.text, *food, grams, e.sure]
        writer.writerow([*(_safe(cell) for cell in head), "yes" if e.supplement else "", *amounts])
    return out.getvalue()


def _safe(cell: str) -> str:
    """A spreadsheet takes a cell that starts like this for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def strip(row: IntakeRow) -> str:
    """Draw an intake against what is needed, with signs that need no colour.

    Parameters: row. Returns: a line of 24 signs: "=" half of the likely range, "-" nearly all of it, "|" the target
    (or the need), on a scale from nothing to twice the target.

    >>> from twitchwise.report.diet import IntakeRow
    >>> strip.__name__
    'strip'
    """
    goal = row.target or row.need
    if not goal or not all(math.isfinite(v) for v in row.usual):
        return ""
    at = [min(STRIP - 1, max(0, int(STRIP * v / (2 * goal)))) for v in row.usual]
    cells = ["."] * STRIP
    cells[at[0] : at[4] + 1] = "-" * (at[4] - at[0] + 1)
    cells[at[1] : at[3] + 1] = "=" * (at[3] - at[1] + 1)
    cells[STRIP // 2] = "|"
    return "".join(cells)


def _wrap(lines: list[str], text: str, first: str = "", rest: str = "") -> None:
    safe = "".join(c if c.isprintable() else " " for c in text)
    lines.extend(textwrap.wrap(safe, WIDTH, initial_indent=first, subsequent_indent=rest or " " * len(first)))


def _row(lines: list[str], row: IntakeRow, numbers: Mapping[str, int]) -> None:
    picture = strip(row)
    head = f"{row.name[0].upper()}{row.name[1:]}"
    lines.append(f"{head:<12} {picture:<{STRIP}}  {row.verdict}".rstrip())
    marks = "".join(f" [{numbers[c.source]}]" for c in row.cites[:2] if c.source in numbers)
    _wrap(lines, f"{row.words}; {row.coverage_words}.", "    ")
    known = all(math.isfinite(v) for v in row.usual)
    for text in (row.against, row.why if known else ""):
        if text:
            _wrap(lines, text[0].upper() + text[1:].rstrip(".") + "." + (marks if text is row.against else ""), "    ")
    if row.sources:
        _wrap(lines, f"Most of it from: {', '.join(row.sources)}.", "    ")
    for limit in row.limits:
        _wrap(lines, f"{limit}.", "    ! " if row.over else "    ")


def _foods(lines: list[str], section: DietSection) -> None:
    unsure = [x for x in section.lines if x.found and x.sure.startswith("no amount")]
    if section.not_found:
        lines += ["", "Not found (left out; not counted as nothing)"]
        for x in section.not_found[:MOST]:
            _wrap(lines, f"{x.where}: {x.said}", "- ")
        if len(section.not_found) > MOST:
            lines.append(f"- and {len(section.not_found) - MOST} more (see --format json)")
        _wrap(lines, "Put one right: --fix '" + section.not_found[0].where + " = 150 g salmon'")
    if unsure:
        lines += ["", "Usual portions, as no amount was written"]
        for x in unsure[:MOST]:
            _wrap(lines, f"{x.said}: {x.grams} of {x.food}", "- ")
        if len(unsure) > MOST:
            lines.append(f"- and {len(unsure) - MOST} more")


def write_text(reading: DietReading, issues: Sequence[Issue], evidence: Evidence) -> str:
    """Write a diet reading for the terminal.

    Parameters: as `write_json`. Returns: text of at most 79 columns.
    """
    section, lines = diet_section(reading), list[str]()
    lines.append(section.title)
    _wrap(lines, "Each line: . nothing to twice the target, = most likely, - could be, | the target.")
    cited = list(dict.fromkeys(c.source for row in section.rows for c in row.cites[:2]))
    numbers = {key: n for n, key in enumerate(cited, start=1)}
    for row in section.rows:
        lines.append("")
        _row(lines, row, numbers)
    _energy(lines, reading)
    _foods(lines, section)
    for note in section.notes:
        _wrap(lines, note, "* ")
    for issue in (*issues, *reading.issues)[:MOST]:
        _wrap(lines, f"Not used: {issue.where}: {issue.what}: {issue.why}", "", "  ")
    lines += ["", "Sources"]
    for key, n in numbers.items():
        _wrap(lines, f"[{n}] {evidence.sources[key].title}" if key in evidence.sources else f"[{n}] {key}", "", "    ")
    _wrap(lines, "This is about food. It is not a diagnosis, and no clinician has reviewed it.")
    return "\n".join(lines) + "\n"


def _energy(lines: list[str], reading: DietReading) -> None:
    energy = reading.intakes.get("energy")
    if energy is not None and math.isfinite(energy.mean) and energy.mean > 0:
        lines.append("")
        amount = shown(energy.mean, "energy")
        if reading.basis == "screen":
            _wrap(lines, f"Energy by these answers: {amount} a day, as a rough guess.")
        else:
            _wrap(lines, f"Energy written down: {amount} a day. Much left out makes all else too low.")


WRITERS: Mapping[str, Callable[[DietReading, Sequence[Issue], Evidence], str]] = {
    "text": write_text,
    "json": write_json,
    "csv": write_csv,
}
