"""Individual foods of an NHANES recall (DR1IFF, DR2IFF): one person's lines, with the survey's own nutrients."""

from __future__ import annotations

import csv
import re

from twitchwise.errors import FileError
from twitchwise.formats.diary.table import number
from twitchwise.record.types import DiaryLine

NAMES = {
    "KCAL": "energy", "PROT": "protein", "TFAT": "fat", "CARB": "carbohydrate", "FIBE": "fibre", "ALCO": "alcohol",
    "MOIS": "water", "MAGN": "magnesium", "CALC": "calcium", "POTA": "potassium", "SODI": "sodium",
    "PHOS": "phosphorus", "IRON": "iron", "ZINC": "zinc", "VD": "vitamin_d", "VB12": "vitamin_b12",
    "VB6": "vitamin_b6", "VB1": "thiamine", "FDFE": "folate", "VK": "vitamin_k", "CAFF": "caffeine",
}  # fmt: skip
MEALS = {"1": "breakfast", "2": "lunch", "3": "dinner", "4": "supper", "5": "brunch", "6": "snack", "7": "drink"}
HEADER = re.compile(r'"?SEQN"?,.*"?DR[12]IFDCD"?', re.DOTALL)


def is_nhanes(text: str) -> bool:
    """Say whether a text is an NHANES table of individual foods.

    Parameters: text. Returns: True when the heading names SEQN and the food code.
    """
    return bool(HEADER.match(text[:4000].lstrip("\ufeff")))


def read_nhanes(text: str, name: str, person: str = "") -> list[DiaryLine]:
    """Read one person's foods.

    Parameters: text, of the file; name, for messages; person, the SEQN, needed when the file holds several people.
    Returns: the lines. Raises: FileError when it is not clear whose they are.
    """
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines())
    lines, people = [], set[str]()
    for place, row in enumerate(rows, start=2):
        people.add(row["SEQN"])
        if person in ("", row["SEQN"]):
            lines.append(_line(row, f"{name} line {place}"))
    if len(people) > 1 and not person:
        few = ", ".join(sorted(people)[:3])
        raise FileError(f"{name}: holds {len(people)} people. Say whose diary it is: --person {few} ...")
    if not lines:
        raise FileError(f"{name}: nobody with the number {person} is in this file.")
    return lines


def _line(row: dict[str, str], where: str) -> DiaryLine:
    recall = "1" if "DR1IFDCD" in row else "2"
    start = f"DR{recall}I"
    found = {ours: number(row.get(start + name) or "") for name, ours in NAMES.items()}
    given = {ours: value for ours, value in found.items() if value is not None}
    meal = MEALS.get(row.get(f"DR{recall}_030Z", ""), "")
    grams, code = number(row.get(f"{start}GRMS") or ""), row[f"{start}FDCD"]
    text = f"food code {code}"  # the file holds no names
    return DiaryLine(text, f"recall {recall}", meal, grams, "", given, f"fndds:{code}", where=where)
