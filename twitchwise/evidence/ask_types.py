"""How the questions of `twitchwise ask` are worded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Wording:
    """One question: its text, what may be typed, and why it is asked; `yes` and `no` are what a habit's keys write."""

    id: str
    kind: Literal["flag", "person", "list", "habit", "finding"]
    text: str
    hint: str = ""
    why: str = ""
    yes: str = ""
    no: str = ""
