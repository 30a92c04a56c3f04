"""`diet`: what a diary brings, day by day, beside what a person needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twitchwise.cli.app import On, app, day, foods_at_hand
from twitchwise.cli.eaten import check_values, record_of
from twitchwise.cli.output import put

if TYPE_CHECKING:
    from twitchwise.record import Record

FORMATS = ("text", "json", "csv")


@app.command("diet")
def diet_command(
    file: Annotated[Path, typer.Argument(help="A record with a diary, or a diary alone.", show_default=False)],
    format: Annotated[str, typer.Option(help="text, json, or csv with a row for each food.")] = "text",
    on: On = "",
    fix: Annotated[
        list[str] | None,
        typer.Option("--fix", help="Correct one line: 'march.csv line 3 = 150 g salmon'. May be given again."),
    ] = None,
    values: Annotated[str, typer.Option("--values", help="Whose reference values: US, EU or UK.")] = "",
    person: Annotated[str, typer.Option(help="SEQN of the person in an NHANES file.")] = "",
    sex: Annotated[str, typer.Option(help="female or male, for a diary alone.")] = "",
    age: Annotated[str, typer.Option(help="Age in years, for a diary alone.")] = "",
    output: Annotated[Path | None, typer.Option(help="Write into this file.", show_default="the terminal")] = None,
) -> None:
    """Add up a food diary: what was eaten, what it brings, what cannot be said."""
    from twitchwise.diet.reading import read_diet
    from twitchwise.evidence import load_evidence
    from twitchwise.formats.diet import WRITERS
    from twitchwise.observe import observe

    _check(format, values)
    record = record_of(file, {"sex": sex, "age": age}, values, person)
    record = _fixed(record, fix or [])
    evidence = load_evidence()
    observations = observe(record, evidence, day(on))
    reading = read_diet(record, observations, evidence, foods_at_hand())
    if reading is None:
        raise typer.BadParameter(f"{file} holds no diary and no answers on food.", param_hint="FILE")
    put(WRITERS[format](reading, observations.issues, evidence), output, file)


def _check(format: str, values: str) -> None:
    if format not in FORMATS:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(FORMATS)}.", param_hint="--format")
    check_values(values)


def _fixed(record: Record, fixes: list[str]) -> Record:
    """Put corrected lines in the place of what was written."""
    from dataclasses import replace

    from twitchwise.diet.line import corrected

    pairs = {}
    for text in fixes:
        where, sign, new = text.partition("=")
        known = {line.where for line in record.diet.lines}
        if not sign or not new.strip():
            raise typer.BadParameter(f"{text!r}: write it as 'march.csv line 3 = 150 g salmon'.", param_hint="--fix")
        if where.strip() not in known:
            some = f"there is no line {where.strip()!r}; lines are named like {', '.join(sorted(known)[:2])}."
            raise typer.BadParameter(some, param_hint="--fix")
        pairs[where.strip()] = new.strip()
    return replace(record, diet=replace(record.diet, lines=corrected(record.diet.lines, pairs))) if pairs else record
