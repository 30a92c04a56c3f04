"""What a question is, and where the talk stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Tables = Mapping[str, Any]  # the record as plain tables, with all that the file held


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `keys` when y and n are answers by themselves, `words` when own words are one."""

    id: str
    kind: Literal["flag", "person", "list", "habit", "finding"]
    text: str
    why: str
    hint: str = ""
    keys: bool = True
    words: bool = False
    target: str = ""  # finding, habit or section that the answer is about
    line: int = -1  # number of the line in [[findings]] that the answer adds to


@dataclass(frozen=True, slots=True)
class State:
    """The record so far and the questions that were dealt with, answered or not."""

    tables: Tables = field(default_factory=dict)
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer did: the new state, what to tell the person, and what they may have meant."""

    state: State
    said: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()  # texts to choose from instead of what was written
    guessed: bool = False  # the first of them is how it would be read
    again: bool = False  # the answer could not be used: ask once more
