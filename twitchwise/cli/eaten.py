"""What `diet` and `plan` share: a record or a bare diary, about whom, and whose reference values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from twitchwise.record import Record


def check_values(values: str) -> None:
    """Refuse reference values that do not exist.

    Parameters: values, as typed. Raises: typer.BadParameter.

    >>> check_values("eu")
    """
    if values.upper() not in ("", "US", "EU", "UK"):
        raise typer.BadParameter(f"{values!r} is not one of US, EU, UK.", param_hint="--values")


def record_of(file: Path, about: dict[str, str], values: str, seqn: str = "") -> Record:
    """Read a record, or a bare diary as a record that holds nothing else.

    Parameters: file; about, age and sex where they are given; values, whose reference values; seqn, the person in an
    NHANES file. Returns: the record. Raises: FileError, LimitError, RecordError.
    """
    from twitchwise.formats import READERS, read_record
    from twitchwise.formats.diary import read_diary
    from twitchwise.record.types import DietPart, Record

    if file.suffix.lower() in READERS:
        record = read_record(file)
    else:
        lines, slips = read_diary(file, seqn)
        record = Record(diet=DietPart(lines=lines), slips=slips)
    person = replace(record.person, **{key: text for key, text in about.items() if text})
    diet = replace(record.diet, reference=values.upper()) if values else record.diet
    return replace(record, person=person, diet=diet)
