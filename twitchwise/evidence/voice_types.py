"""What people say and ask: popular claims with a verdict, and questions with plain answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from twitchwise.evidence.types import Cite, Status

Verdict = Literal["supported", "weak", "contradicted"]
Expect = Literal["edge", "small", "none", "less"]


@dataclass(frozen=True, slots=True)
class Held:
    """Where a claim would show in the model: a path of ids, and how strong the model must hold it to be."""

    path: tuple[str, ...] = ()  # risk, factor or cause first, then causes, then a finding
    expect: Expect = "edge"  # edge: it is there; small: weak at most; none: no such path; less: weaker than `rather`
    rather: tuple[str, ...] = ()  # a path that the model holds more strongly
    why: str = ""  # why there is no path, or what the model does instead


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that popular articles say, in our own words, with what the evidence says of it."""

    id: str
    text: str
    verdict: Verdict
    why: str
    cites: tuple[Cite, ...]
    model: Held
    also: tuple[str, ...] = ()  # other wordings, for looking it up
    topics: tuple[str, ...] = ()  # ids of nutrients, causes, findings, factors or analytes
    instead: str = ""
    status: Status = "recalled"


@dataclass(frozen=True, slots=True)
class Answer:
    """One sentence of an answer with what it rests on; `own` when it is our judgement."""

    text: str
    cites: tuple[Cite, ...] = ()
    own: str = ""  # what our judgement rests on
    status: Status = "recalled"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that people ask, its short answer, and the danger signs that belong beside it."""

    id: str
    ask: str
    answer: tuple[Answer, ...]
    also: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()  # ids of advice that says when to get help
    claims: tuple[str, ...] = ()  # claims on the same matter
    see: tuple[str, ...] = field(default_factory=tuple)  # other questions
