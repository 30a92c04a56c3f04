"""The person's record: its parts, reading it from plain tables, and a starting file."""

from twitchwise.record.read import DEPTH_LIMIT, LINES_LIMIT, SIZE_LIMIT, read_bytes, record_from_tables
from twitchwise.record.template import starting_file
from twitchwise.record.types import (
    DietPart,
    DrugLine,
    FindingLine,
    HistoryLine,
    LabLine,
    PersonPart,
    Record,
    Slip,
    TestLine,
)
from twitchwise.record.write import tables_of, toml_of, write_new

__all__ = [
    "DEPTH_LIMIT",
    "LINES_LIMIT",
    "SIZE_LIMIT",
    "DietPart",
    "DrugLine",
    "FindingLine",
    "HistoryLine",
    "LabLine",
    "PersonPart",
    "Record",
    "Slip",
    "TestLine",
    "read_bytes",
    "record_from_tables",
    "starting_file",
    "tables_of",
    "toml_of",
    "write_new",
]
