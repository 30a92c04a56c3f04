"""Topics: what the pages of `explain` and `compare` say in sentences, each with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twitchwise.evidence.types import Cite, Status

Group = Literal["nutrient", "habit", "body", "nerve", "complaint", "medicine"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A plain sentence and what it rests on."""

    text: str
    cite: Cite
    status: Status = "recalled"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to read about: which facts belong to it, and the sentences that no table can say."""

    id: str
    name: str
    group: Group
    also: tuple[str, ...] = ()  # further names, beside those of the facts below
    nutrient: str = ""
    low: str = ""  # the node of too little
    high: str = ""  # the node of too much
    nodes: tuple[str, ...] = ()  # other nodes that the page is about
    findings: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()  # conditions, habits, exposures that the page speaks for
    tests: tuple[str, ...] = ()  # analytes
    short: tuple[Saying, ...] = ()
    role: tuple[Saying, ...] = ()
    mechanism: tuple[Saying, ...] = ()
    too_little: tuple[Saying, ...] = ()
    too_much: tuple[Saying, ...] = ()
    where: tuple[Saying, ...] = ()
    foods: tuple[Saying, ...] = ()  # where the table of foods has no value
    test_notes: tuple[Saying, ...] = ()
    safety: tuple[Saying, ...] = ()  # of supplements or treatment
    speaks_for: tuple[Saying, ...] = ()
    speaks_against: tuple[Saying, ...] = ()
    strength: tuple[Saying, ...] = ()
    care: tuple[Saying, ...] = ()  # when to see a doctor, what helps
    see: tuple[str, ...] = ()
