"""`compare`: the same aspects of several topics in one table."""

from __future__ import annotations

from collections.abc import Sequence

from twitchwise.errors import TwitchwiseError
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite
from twitchwise.explain.subjects import Subject, subjects_of
from twitchwise.explain.topic import NEVER, cited, document_of
from twitchwise.explain.types import Document, Line, Section, Table

FEWEST, LARGEST = 2, 8
# aspect; the sections of a page that tell it, the first that is there; how many of their lines are told
ASPECTS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("What it does or is", ("role", "behind"), 2),
    ("Nerve and muscle", ("mechanism",), 2),
    ("Too little", ("too_little",), 2),
    ("Too much", ("too_much",), 2),
    ("Typical signs", ("signs", "direct"), 2),
    ("Other signs", ("other_signs",), 1),
    ("Where it twitches", ("where",), 2),
    ("Foods and drinks", ("foods",), 3),
    ("Tests", ("tests",), 2),
    ("At risk", ("at_risk",), 5),
    ("Medicines", ("medicines", "brought_by"), 5),
    ("Supplements", ("safety",), 3),
    ("Strength of evidence", ("strength",), 2),
)
NOTHING = Line("-")
MOST_CITES = 4


class CompareError(TwitchwiseError):
    """Too few or too many topics: a wrong use of the command."""

    exit_code = 2


def compare(texts: Sequence[str], evidence: Evidence) -> Document:
    """Compare topics side by side.

    Parameters: texts, two to eight names; evidence, the curated facts. Returns: a page with one table, an aspect a row.
    Raises: UnknownTopic for a name that is not known, CompareError for too few or too many.

    >>> from twitchwise.evidence.load import load_evidence
    >>> compare(["magnesium", "calcium"], load_evidence()).sections[0].table.columns
    ('Aspect', 'Magnesium', 'Calcium')
    """
    subjects = list(dict.fromkeys(subjects_of(evidence).find(text) for text in texts))
    if not FEWEST <= len(subjects) <= LARGEST:
        raise CompareError(f"compare needs {FEWEST} to {LARGEST} different topics. Here there are {len(subjects)}.")
    pages = [document_of(subject, evidence) for subject in subjects]
    rows = []
    for name, ids, most in ASPECTS:
        cells = [_cell(page, ids, most) for page in pages]
        if any(cell is not NOTHING for cell in cells):
            rows.append((Line(name), *cells))
    table = Table(("Aspect", *(page.title for page in pages)), tuple(rows))
    sections = (Section("table", "Side by side", table=table),)
    short = (Line("Each column in full: twitchwise explain, then its name."), NEVER)
    title = f"{', '.join(_name(s) for s in subjects[:-1])} and {_name(subjects[-1])}"
    return Document(
        "compare", "compare", title[0].upper() + title[1:], short, sections, cited(short, sections, evidence)
    )


def _name(subject: Subject) -> str:
    return subject.member or subject.name


def _cell(page: Document, ids: tuple[str, ...], most: int) -> Line:
    """Put the first lines of a section into one cell."""
    section = next((one for id_ in ids for one in page.sections if one.id == id_), None)
    if section is None:
        return NOTHING
    if section.table is not None:
        return _of_table(section.table, most)
    if section.id in ("at_risk", "medicines", "brought_by"):
        return _names(section.items, most)
    lines = (*section.lines, *section.items)[:most]
    texts = [f"{line.mark}: {line.text}" if line.mark else line.text for line in lines]
    return Line(_joined(texts), _cites([cite for line in lines for cite in line.cites]))


def _names(items: Sequence[Line], most: int) -> Line:
    """The first names of a list, without examples and times."""
    names = [name.split(" (such as")[0] for item in items for name in item.text.rstrip(".").split("; ")]
    return Line(
        _joined(list(dict.fromkeys(names))[:most]), _cites([cite for item in items[:most] for cite in item.cites])
    )


def _joined(texts: Sequence[str]) -> str:
    whole = all(text.endswith((".", "?")) for text in texts)
    return " ".join(texts) if whole else "; ".join(text.rstrip(".") for text in texts) + "."


def _of_table(table: Table, most: int) -> Line:
    rows = table.rows[:most]
    texts = [
        f"{row[0].text} ({row[1].text}): {row[2].text}" if row[0].text else f"{row[2].text}: {row[1].text}"
        for row in rows
    ]
    return Line(_joined(texts), _cites([cite for row in rows for cell in row for cite in cell.cites]))


def _cites(cites: Sequence[Cite]) -> tuple[Cite, ...]:
    outside = [c for c in dict.fromkeys(cites) if c.source != "own_judgement"]
    return tuple((outside or list(dict.fromkeys(cites)))[:MOST_CITES])
