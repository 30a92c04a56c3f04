"""`plan`: the smallest change of the day that reaches the targets."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twitchwise.cli.app import On, app, day, foods_at_hand
from twitchwise.cli.eaten import check_values, record_of
from twitchwise.cli.output import put

if TYPE_CHECKING:
    from datetime import date

    from twitchwise.evidence import Evidence
    from twitchwise.plan.day import DayPlan, Wishes
    from twitchwise.plan.situation import Situation
    from twitchwise.record.types import Record

NO_FOOD = "There is no food in it to plan with. Add a diary: see the [diet] part of a record, or give a diary file."


Words = list[str] | None


@app.command("plan")
def plan_command(
    file: Annotated[Path, typer.Argument(help="A record with a diary, or a diary file.", show_default=False)],
    like: Annotated[Words, typer.Option(help="A food you like. May be given again.")] = None,
    dislike: Annotated[Words, typer.Option(help="A food you do not want. May be given again.")] = None,
    without: Annotated[Words, typer.Option(help="gluten, nuts, milk, egg ... May be given again.")] = None,
    suits: Annotated[Words, typer.Option(help="vegan, vegetarian, halal or kosher.")] = None,
    vegan: Annotated[bool, typer.Option("--vegan", help="The same as --suits vegan.")] = False,
    max_changes: Annotated[int, typer.Option(min=0, max=8, help="At most so many changes.")] = 4,
    values: Annotated[str, typer.Option("--values", help="Whose reference values: US, EU or UK.")] = "",
    sex: Annotated[str, typer.Option(help="female or male, for a diary alone.")] = "",
    age: Annotated[str, typer.Option(help="Age in years, for a diary alone.")] = "",
    on: On = "",
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    output: Annotated[Path | None, typer.Option(help="Write into this file.", show_default="the terminal")] = None,
) -> None:
    """Find the smallest change of your own day that reaches the targets. About food, not a cure."""
    from twitchwise.evidence import load_evidence
    from twitchwise.plan.day import Wishes
    from twitchwise.plan.day.show import FORMATS

    _check(format, values)
    ways = (*(suits or ()), *(("vegan",) if vegan else ()))
    lists = [tuple(dict.fromkeys(word.lower() for word in words or ())) for words in (like, dislike, without, ways)]
    record = record_of(file, {"sex": sex, "age": age}, values)
    evidence = load_evidence()
    plan = _plan(record, Wishes(lists[0], lists[1], lists[2], lists[3], max_changes), evidence, day(on))
    put(FORMATS[format](plan, evidence), output, file)


def _check(format: str, values: str) -> None:
    """Refuse what cannot be written or looked up."""
    if format not in ("text", "json"):
        raise typer.BadParameter(f"{format!r} is not text or json.", param_hint="--format")
    check_values(values)


def _plan(record: Record, wishes: Wishes, evidence: Evidence, when: date) -> DayPlan:
    from twitchwise.errors import RecordError
    from twitchwise.foods import curated
    from twitchwise.plan.day import day_plan
    from twitchwise.plan.situation import Situation
    from twitchwise.review import review

    found = review(record, evidence, when, draws=0, detail=False, foods=foods_at_hand)
    if found.diet is None:
        raise RecordError(NO_FOOD)
    diet = record.diet
    wishes = dataclasses.replace(
        wishes, likes=(*wishes.likes, *diet.likes), dislikes=(*wishes.dislikes, *diet.dislikes)
    )
    seen = Situation(found.observations, found.lab_readings, found.triage, found.assessment, evidence)
    return day_plan(seen, found.diet, curated(), wishes, _sun(record, seen, when))


def _sun(record: Record, situation: Situation, when: date) -> str:
    """Say what the sun brings this month, where the record gives a latitude."""
    from twitchwise.errors import RecordError
    from twitchwise.plan.sun import read_latitude, sun_time

    try:
        latitude = read_latitude(record.person.latitude)
    except RecordError as error:  # the plan itself does not need it
        return str(error)
    return sun_time(latitude, when.month, record.person.skin, situation).text if latitude is not None else ""
