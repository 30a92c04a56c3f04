"""People for the tests of the professionals' sheets: a record in TOML, the real review, both sheets."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from twitchwise.evidence import load_evidence
from twitchwise.formats.toml_file import read_toml
from twitchwise.report import Report, make_report
from twitchwise.report.dietitian import dietitian_sheet
from twitchwise.report.doctor import doctor_sheet
from twitchwise.report.sheet_types import DietitianSheet, DoctorSheet
from twitchwise.review import review

ON = date(2026, 11, 22)
EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.toml"))
MARKUP = "#strong[x] *bold* _it_ $a^2$ @ref <lab> `raw` = head // note \\\\ <script>alert(1)</script> {{ 7*7 }}"


@cache
def report(text: str) -> Report:
    """The report of a record written in TOML, with few draws: the sheets do not depend on the width of intervals."""
    record = read_toml(text.encode(), "test.toml")
    return make_report(review(record, load_evidence(), ON, draws=20), load_evidence())


def doctor(text: str) -> DoctorSheet:
    return doctor_sheet(report(text), load_evidence())


def dietitian(text: str) -> DietitianSheet:
    return dietitian_sheet(report(text), load_evidence())


def example(name: str) -> str:
    return next(p for p in EXAMPLES if p.stem == name).read_text(encoding="utf-8")


def _rows(section: str, key: str, names: str, more: str = "") -> str:
    """One table a name; N in the further lines becomes a number that grows."""
    rows = []
    for n, name in enumerate(names.split(","), start=2):
        rows.append(f'[[{section}]]\n{key} = "{name.strip()}"\n{more.replace("N", str(n))}')
    return "\n".join(rows) + "\n"


DENIED = "muscle weakness, slurred speech, difficulty swallowing, falls, fainting, chest pain, double vision, fever"
TABLETS = (
    "omeprazole, indapamide, sertraline, salbutamol, atorvastatin, metformin, levothyroxine, prednisolone, lisinopril, "
    "furosemide, amitriptyline, codeine, zorgle"
)
BLOOD = (
    'magnesium", "1.7 mg/dL", 2026-11-01; magnesium", "0.80 mmol/L", 2026-08-01; calcium", "2.30 mmol/L", 2026-11-01; '
    'potassium", "3.6 mmol/L", 2026-11-01; sodium", "138 mmol/L", 2026-11-01; TSH", "2.1 mIU/L", 2026-11-01; '
    'vitamin D", "31 nmol/L", 2026-11-01; CK", "150 U/L", 2026-11-01'
)


def big() -> str:
    """A record of more than 40 items, with markup of every kind in the text that a person can write."""
    labs = [row.strip().split('", "') for row in BLOOD.split(";")]
    lines = [
        '[person]\nage = 58\nsex = "female"\nweight = "70 kg"\n',
        _rows(
            "findings",
            "what",
            "muscle twitching, leg cramps, fatigue, headache",
            f"note = '{MARKUP}'\nsince = 'N weeks'\n",
        ),
        _rows("absent", "what", DENIED),
        _rows("medicines", "name", TABLETS, 'dose = "N0 mg daily"\nsince = "N months"\n'),
        _rows("supplements", "name", "vitamin D, magnesium, vitamin B6, zinc", 'dose = "50 mg daily"\n'),
        _rows("conditions", "name", "type 2 diabetes, asthma, migraine, coeliac disease, kidney stones"),
        f"[[conditions]]\nname = '{MARKUP}'\n",
        *(f'[[labs]]\ntest = "{t}"\nvalue = "{v}\ndate = {d}\n' for t, v, d in (_lab(row) for row in labs)),
        '[diet]\npattern = "mostly bread and tea"\n[habits]\ncaffeine = "400 mg/day"\nsleep = "5 hours"\n',
    ]
    return "\n".join(lines)


def _lab(row: list[str]) -> tuple[str, str, str]:
    value, _, day = row[1].rpartition(", ")
    return row[0], value, day
