"""What an answer changes in the record; what is not understood is kept as written, and said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from twitchwise.ask.tables import drug_line, lab_line, lines_of, with_field, with_line, with_value
from twitchwise.ask.types import Question, Reply, State, Tables
from twitchwise.evidence import Evidence
from twitchwise.labs import read_labs
from twitchwise.observe import observe
from twitchwise.observe.types import Issue, Observations
from twitchwise.record import record_from_tables

YES, NO, OPEN = ("y", "yes", "yeah", "yep"), ("n", "no", "nope", "none", "nothing"), ("d", "s", "don't know", "skip")
COURSES = {"w": "worse", "b": "better", "s": "same"}
KEYS_ONLY = "Please type y for yes, n for no, d for don't know, or s to skip."
KEPT = "I did not understand that. It is kept in your record as you wrote it."
UNUSED = "Kept as you wrote it. Nothing in the review depends on it."
READ_AS = re.compile(r"^read as (.+): correct it")
LISTS = ("medicines", "supplements", "conditions", "labs")


def take(state: State, question: Question, text: str, evidence: Evidence, on: date) -> Reply:
    """Take an answer into the record.

    Parameters: state; question, that was asked; text, as typed; evidence; on, the day. Returns: the new state with
    what to tell the person. "Don't know" and "skip" leave the record as it is: neither is a "no".

    >>> from twitchwise.ask.order import next_question
    >>> from twitchwise.evidence import load_evidence
    >>> day = date(2026, 11, 22)
    >>> first = next_question(State(), load_evidence(), day)
    >>> take(State(), first, "n", load_evidence(), day).state.tables
    {'absent': [{'what': 'muscle weakness'}]}
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())[:2000]
    word = text.lower().rstrip(".! ")
    dealt = State(state.tables, state.done | {question.id})
    if word in OPEN:
        return Reply(dealt)
    if not word:
        return Reply(state, ("Nothing was typed. Type d if you do not know.",), again=True)
    return TAKERS[question.kind](state, question, text, word, _Asked(evidence, on))


class _Asked:
    """What every kind of answer is read against."""

    def __init__(self, evidence: Evidence, on: date) -> None:
        self.evidence, self.on = evidence, on

    def seen(self, tables: Tables) -> Observations:
        return observe(record_from_tables(tables), self.evidence, self.on)

    def issues(self, tables: Tables) -> tuple[Issue, ...]:
        """Return all that does not fit, in words and in numbers."""
        obs = self.seen(tables)
        return (*obs.issues, *read_labs(obs, self.evidence)[1])


def _done(state: State, question: Question, tables: Tables) -> State:
    return State(tables, state.done | {question.id})


def _yes_no(state: State, question: Question, text: str, word: str, asked: _Asked) -> Reply:
    if word not in YES and word not in NO:
        return Reply(state, (KEYS_ONLY,), again=True)
    section = "findings" if word in YES else "absent"
    tables = with_line(state.tables, section, {"what": _name(question.target, section, asked)})
    return Reply(_done(state, question, tables))


def _name(finding: str, section: str, asked: _Asked) -> str:
    """Return words for a finding that read back as that finding."""
    facts = asked.evidence.findings[finding]
    for name in (facts.name, *facts.synonyms):
        seen = asked.seen({section: [{"what": name}]})
        if finding in (seen.present if section == "findings" else seen.absent):
            return name
    return facts.name


def _person(state: State, question: Question, text: str, word: str, asked: _Asked) -> Reply:
    if question.id == "pregnant":
        birth = re.search(r"birth|born|deliver|baby|postpartum", word)
        key, value = ("postpartum" if birth else "pregnant"), _pregnant(word, text)
    else:
        key, value = question.id, text
    tables = with_value(state.tables, "person", key, value)
    wrong = _new_issues(state.tables, tables, asked)
    if wrong:
        return Reply(state, (f"I cannot use that: {wrong[0].why}. Please type {question.hint}.",), again=True)
    return Reply(_done(state, question, tables))


def _pregnant(word: str, text: str) -> object:
    if word in YES or word in NO:
        return word in YES
    found = re.search(r"\d+\s*(?:days?|weeks?|months?)", word)
    return found[0] if found else text


def _new_issues(before: Tables, after: Tables, asked: _Asked) -> list[Issue]:
    """Return what the answer brought that does not fit."""
    old = set(asked.issues(before))
    return [issue for issue in asked.issues(after) if issue not in old]


def _list(state: State, question: Question, text: str, word: str, asked: _Asked) -> Reply:
    section = question.target
    if section in ("where", "since", "course"):
        return _detail(state, question, text, word, asked)
    if word in YES:
        return Reply(state, (f"Please say it in a few words, {question.hint}.",), again=True)
    if word in NO:
        return _none(state, question)
    if section == "main":
        return _read(state, question, text, with_line(state.tables, "findings", {"what": text, "main": True}), asked)
    if section == "diet":
        return _read(state, question, text, with_value(state.tables, "diet", "pattern", text), asked)
    line = drug_line(text) if section in ("medicines", "supplements") else {"what": text}
    line = lab_line(text) if section == "labs" else line
    if section == "labs" and "value" not in line:
        return Reply(state, ("Please add the result, such as: magnesium 0.80 mmol/L.",), again=True)
    reply = _read(state, question, text, with_line(state.tables, section, line), asked)
    return replace(reply, state=State(reply.state.tables, state.done))  # there may be another one


def _none(state: State, question: Question) -> Reply:
    """Write down "none" where that is itself worth knowing and the section is empty."""
    tables = state.tables
    if question.target in LISTS[:3] and not lines_of(tables, question.target):
        tables = with_line(tables, question.target, {"name" if question.target != "conditions" else "what": "none"})
    if question.id == "main":
        return Reply(state, ("Say what troubles you, or type q to stop.",), again=True)
    return Reply(_done(state, question, tables))


def _detail(state: State, question: Question, text: str, word: str, asked: _Asked) -> Reply:
    value: object = text
    if question.target == "where":
        value = [part for part in re.split(r"\s*(?:,|;|\band\b)\s*", text) if part]
    if question.target == "course":
        value = COURSES.get(word[:1], "")
        if not value or not str(value).startswith(word.split()[0][:5]):
            return Reply(state, ("Please type worse, better or same.",), again=True)
    tables = with_field(state.tables, "findings", question.line, question.target, value)
    return _read(state, question, text, tables, asked)


def _habit(state: State, question: Question, text: str, word: str, asked: _Asked) -> Reply:
    wording = asked.evidence.wordings[question.target]
    if word in YES and not wording.yes:
        return Reply(state, (f"How much? {wording.hint.capitalize()}.",), again=True)
    value = wording.yes if word in YES else wording.no if word in NO else text
    return _read(state, question, text, with_value(state.tables, "habits", question.target, value), asked)


def _read(state: State, question: Question, text: str, tables: Tables, asked: _Asked) -> Reply:
    """Keep own words, and say how they are understood."""
    after = _done(state, question, tables)
    for issue in _new_issues(state.tables, tables, asked):
        if found := READ_AS.match(issue.why):
            return Reply(after, meant=(_instead(question, text, issue.what, found[1]),), guessed=True)
        said = (
            KEPT if issue.why == "not understood" else f"Kept as you wrote it, but not used: {issue.why.rstrip('?.')}."
        )
        return Reply(after, (said,), tuple(_instead(question, text, issue.what, one) for one in issue.try_[:3]))
    before, now = asked.seen(state.tables), asked.seen(tables)
    if len(now.unused) > len(before.unused):
        return Reply(after, (UNUSED,))
    if replace(before, unused=()) == replace(now, unused=()) and question.target in (*LISTS, "main"):
        return Reply(after, (KEPT,))
    names = _understood(before, now, asked.evidence)
    told = [name for name in names if name.lower() not in text.lower()]
    return Reply(after, (f"Understood as: {', '.join(told)}.",) if told else ())


def _instead(question: Question, text: str, what: str, suggestion: str) -> str:
    """Put a suggestion in the place of what was not understood, so that a dose or a test name is kept."""
    if question.target == "labs" and suggestion[:1].isdigit():
        return f"{lab_line(text)['test']} {suggestion}"
    if what and what in text:
        return text.replace(what, suggestion, 1)
    return suggestion


def _understood(before: Observations, now: Observations, evidence: Evidence) -> list[str]:
    found = [evidence.findings[f.id].name for f in now.findings if f.id not in {g.id for g in before.findings}]
    known = {(f.id, f.member) for f in before.factors}
    new = [f for f in now.factors if (f.id, f.member) not in known and f.kind != "habit"]
    found += [f.member or evidence.factors[f.id].name for f in new if f.id in evidence.factors]
    labs = [said.analyte for said in now.labs[len(before.labs) :] if said.analyte in evidence.analytes]
    return list(dict.fromkeys([*found, *(evidence.analytes[key].name for key in labs)]))


TAKERS: dict[str, Callable[[State, Question, str, str, _Asked], Reply]] = {
    "flag": _yes_no,
    "finding": _yes_no,
    "person": _person,
    "list": _list,
    "habit": _habit,
}
