"""The reference: commands, record, JSON output, exit codes and the Python modules, from the program itself."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from datetime import date
from html import escape
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import docs_diet_json
from docs_tables import Page, html_table, toctree

from twitchwise import errors
from twitchwise.evidence import load_evidence
from twitchwise.formats import read_record
from twitchwise.formats.json_out import write_json
from twitchwise.record import record_from_tables
from twitchwise.record.read import HABITS
from twitchwise.record.template import starting_file
from twitchwise.record.types import Record
from twitchwise.report import make_report
from twitchwise.review import review

ROOT = Path(__file__).resolve().parent.parent
ON = date(2026, 11, 22)
STAGES = {
    "review": "The flow on one page",
    "record": "The person's file",
    "evidence": "The curated facts",
    "observe": "From words to findings",
    "foods": "What is in which food",
    "labs": "Laboratory results",
    "diet": "From a diary to what it brings",
    "triage": "How soon to see someone",
    "assess": "What could be behind it",
    "kernels": "The arithmetic",
    "plan": "What to do",
    "report": "In plain words",
    "explain": "Pages about a topic",
    "ask": "The questions in the terminal",
    "formats": "Reading and writing",
    "web": "The page on your own machine",
    "household": "Records that are kept",
    "benchmark": "Answers against cases",
    "units": "Quantities",
    "errors": "Errors",
}
# fields that the starting file does not show
FIELDS = {
    "absent.where": "places, as for findings",
    "person.weight": "body weight with its unit",
    "person.height": "height with its unit",
    "person.breastfeeding": "true or false",
    "person.country": "for the local emergency number",
    "diet.pattern": "vegan, vegetarian, low in dairy, keto ...",
    "diet.diary": "a file with your food diary, beside the record",
    "diet.lines": "lines of a diary in the record itself: day, meal, text",
    "diet.screen": "answers to the twelve questions, where there is no diary",
    "diet.reference": "whose reference values: US, EU or UK",
    "diet.likes": "foods that a plan should bring in first",
    "diet.dislikes": "foods that a plan must not bring in",
    "labs.test": "name of the test, as your laboratory writes it",
    "result": "what it showed, in words",
    "habits.caffeine": "drinks a day, or mg",
    "habits.alcohol": "drinks or units a week",
    "habits.sleep": "hours a night, and how it is",
    "habits.stress": "what weighs on you",
    "habits.exercise": "what you do and when",
    "habits.fluids": "how much you drink",
    "habits.sun": "how much daylight you get",
    "habits.screen": "hours a day",
    "habits.nicotine": "smoking, vaping, pouches",
    "habits.smoking": "the same as nicotine",
    "habits.drugs": "drugs, as you would tell a doctor",
    "habits.heat": "work or sport in the heat",
    "habits.work": "shifts, standing, lifting",
    "habits.food": "what you eat or leave out",
    "habits.other": "anything else in your days",
    "note": "anything else, in your own words",
    "date": "the day of the test",
    "diet.note": "anything else about what you eat",
    "changed": "when the dose last changed",
    "since": "for how long, or since when",
    "when": "when it was, or when it comes",
    "where": "one or more places on the body",
    "onset": "sudden, hours, days, weeks or months",
    "course": "worse, same or better",
    "main": "true marks what you want explained",
    "dose": "amount and how often",
    "what": "in plain words",
    "name": "in plain words; brand names too",
}
LINE_FIELDS = {"conditions": {"what": "name"}}
# objects whose keys are names of things: one place stands for all of them
KEYED = {"explains_by": "FINDING", "sources": "KEY", "nutrients": "NUTRIENT", "usual": "PERCENT"}
NAMED = {
    "FINDING": "the chance for this finding",
    "KEY": "one source",
    "NUTRIENT": "one nutrient, by its id",
    "PERCENT": "5, 25, 50, 75 and 95: so many of 100 draws of the usual intake are below",
}
TOLD = {
    "schema": "name and version of this shape",
    "evidence_version": "hash of all curated data",
    "date": "the day that ages and durations count to",
    "complaints": "ids of the findings to be explained",
    "triage": "how soon to see someone",
    "triage.level": "emergency, prompt, routine or self_care",
    "triage.provisional": "true while a danger question is unanswered",
    "triage.not_asked": "the danger questions that were not answered",
    "triage.alerts": "each rule that fired, the most urgent first",
    "rule": "id of the rule",
    "level": "urgency of the rule",
    "act": "call_now, today, days, visit or self",
    "action": "what to do, in words",
    "reason": "what was found, and why it matters",
    "sources": "keys of the bibliography",
    "causes": "every cause, by how likely it explains the complaint",
    "id": "id in the data",
    "name": "plain name",
    "present": "the chance that it is there at all",
    "explains": "the chance that it is behind the complaint",
    "p": "median of the draws; for a result of a test, its chance",
    "low": "5th percentile",
    "high": "95th percentile",
    "explains_by": "the chance for each complaint alone, by finding id",
    "chain": "the way, the complaint first",
    "verdict": "likely, possible, unlikely or cannot_tell",
    "for": "what speaks for it",
    "against": "what speaks against it",
    "text": "in words",
    "bits": "weight on the log-odds of explains; one bit doubles the odds",
    "basis": "published, derived or elicited",
    "labs": "each laboratory result as it was read",
    "test": "the test, in words",
    "analyte": "id of the test in the data",
    "value": "value and unit",
    "labs.level": "very_low, low, normal, high or very_high",
    "range": "the interval that was used",
    "note": "what else is to be said",
    "diet": "what the diary says; null without one",
    **docs_diet_json.TOLD,
    "next_tests": "questions and tests that would tell most",
    "gain_bits": "how much the answer would tell on average",
    "why": "the reason",
    "kind": "which sort it is",
    "outcomes": "each possible result and the causes that it would move",
    "result": "the result, in a word",
    "from": "explains before the result",
    "to": "explains after the result",
    "plan": "what to do",
    "steps": "the steps in order",
    "not_used": "each part of the record that was not understood",
    "where": "the place in the record",
    "what": "what was written",
    "try": "names that may be meant",
    "title": "title of the source",
    "year": "year",
    "tier": "A original, B copy or abstract, own our judgement",
    "url": "where it is",
}


def pages() -> Iterator[Page]:
    """Yield every page of the reference but those written by hand."""
    yield commands()
    yield record_page()
    yield json_page()
    yield exit_codes()
    yield from modules()


def command_names() -> list[list[str]]:
    """Return every command as its words; groups are written out."""
    import typer

    from twitchwise import cli

    def walk(command: Any, before: list[str]) -> Iterator[list[str]]:
        yield before
        for name, each in (getattr(command, "commands", None) or {}).items():
            yield from walk(each, [*before, name])

    return list(walk(typer.main.get_command(cli.app), []))


def commands() -> Page:
    """Return the page of commands with the help that each prints."""
    page = Page("reference/commands", "Every command", ["What `--help` prints, taken when these pages were built."])
    for words in command_names():
        title = " ".join(["twitchwise", *words])
        page.blocks += [f"## `{title}`", f"```text\n{help_of(words)}\n```"]
    return page


def help_of(words: list[str]) -> str:
    """Return the help page of a command."""
    from typer.testing import CliRunner

    from twitchwise import cli

    done = CliRunner().invoke(
        cli.app, [*words, "--help"], prog_name="twitchwise", env={"COLUMNS": "80", "NO_COLOR": "1"}
    )
    assert done.exit_code == 0, f"{words}: {done.output}"
    return done.output.strip()


def template_notes() -> dict[str, tuple[str, str]]:
    """Return for each "part.field" of the starting file its example and its comment."""
    found: dict[str, tuple[str, str]] = {}
    part = ""
    for line in starting_file().splitlines():
        clean = line.removeprefix("# ")
        if head := re.fullmatch(r"\[\[?(\w+)\]?\](?:\s+#.*)?", clean):
            part = head[1]
        elif row := re.fullmatch(r"(\w+) = (.*?)(?:\s{2,}# (.*))?", clean):
            found.setdefault(f"{part}.{row[1]}", (row[2], row[3] or ""))
    return found


def record_fields() -> list[tuple[str, str, str]]:
    """Return (field, example, what it is) for every field of every part of a record."""
    notes, rows = template_notes(), []
    for part in dataclasses.fields(Record):
        if part.name in ("slips", "habits"):
            continue
        for field in dataclasses.fields(line_type(part.name)):
            name = LINE_FIELDS.get(part.name, {}).get(field.name, field.name)
            example, note = notes.get(f"{part.name}.{name}", ("", ""))
            told = note or FIELDS.get(f"{part.name}.{name}") or FIELDS.get(name, "")
            rows.append((f"{part.name}.{name}", example, told))
    for habit in HABITS:
        example, note = notes.get(f"habits.{habit}", ("", ""))
        rows.append((f"habits.{habit}", example, note or FIELDS.get(f"habits.{habit}", "")))
    return rows


def line_type(part: str) -> Any:
    """Return the type of one entry of a part of the record."""
    import typing

    hint = typing.get_type_hints(Record)[part]
    return hint if dataclasses.is_dataclass(hint) else typing.get_args(hint)[0]


def record_page() -> Page:
    """Return the page of the record format."""
    page = Page("reference/record", "The record")
    page.blocks.append(
        "A record is TOML, or JSON of the same shape. **Every part and every field may be left out.** Write plain "
        'words: what is not understood is listed under "Not used", with names to try.'
    )
    by_part: dict[str, list[tuple[str, str, str]]] = {}
    for key, example, told in record_fields():
        by_part.setdefault(key.partition(".")[0], []).append((key.partition(".")[2], example, told))
    for part, rows in by_part.items():
        single = part in ("person", "diet", "habits")
        page.blocks.append(f"## `{f'[{part}]' if single else f'[[{part}]]'}`")
        cells = [(f"<code>{k}</code>", f"<code>{escape(x)}</code>" if x else "", escape(t)) for k, x, t in rows]
        page.blocks.append(html_table(("field", "for example", "what it is"), cells, "fields"))
    page.blocks += [
        "## The starting file",
        "What `twitchwise new FILE` writes:",
        f"```toml\n{starting_file().strip()}\n```",
    ]
    return page


def walk(value: Any, path: str, found: dict[str, str]) -> None:
    """Note the kind of each place in a JSON value."""
    if isinstance(value, dict):
        found.setdefault(path, "object")
        for key, each in value.items():
            name = str(KEYED.get(path.rpartition(".")[2], key))
            walk(each, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        found.setdefault(path, "list")
        for each in value:
            walk(each, f"{path}[]", found)
    else:
        kind = {"NoneType": "null", "str": "text", "bool": "true or false"}.get(type(value).__name__, "number")
        found.setdefault(path, kind)


def json_shape() -> dict[str, str]:
    """Return the kind of every place in the JSON output, over records that use all of it."""
    found: dict[str, str] = {}
    evidence = load_evidence()
    slip = record_from_tables({"findings": [{"what": "eyelid twitching"}, {"what": "xyzzy of the knob"}]})
    eats = read_record(ROOT / "examples" / "desk.toml")
    for record in (read_record(ROOT / "examples" / "ppi.toml"), eats, slip):
        walk(json.loads(write_json(make_report(review(record, evidence, ON, 20), evidence))), "", found)
    return {path: kind for path, kind in found.items() if path}


def json_meaning(path: str) -> str:
    """Say what a place in the JSON output means; "" where nobody has written it down."""
    clean = path.replace("[]", "")
    last = clean.rpartition(".")[2]
    if path.endswith("[]"):
        return "one of them"
    return NAMED.get(last) or TOLD.get(clean) or TOLD.get(last, "")


def json_page() -> Page:
    """Return the page of the JSON output."""
    page = Page("reference/json", "The JSON output")
    page.blocks.append("What `twitchwise review FILE --format json` prints. Keys are only ever added within version 1.")
    rows = [(f"<code>{escape(p)}</code>", kind, escape(json_meaning(p))) for p, kind in json_shape().items()]
    page.blocks.append(html_table(("place", "kind", "what it is"), rows, "fields"))
    return page


def exit_codes() -> Page:
    """Return the page of exit codes, from the tree of errors."""
    page = Page("reference/exit-codes", "Exit codes")
    rows = [("0", "done"), ("2", "the command was used wrongly, or a topic is not known")]
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.TwitchwiseError)]
    codes: dict[int, list[str]] = {}
    for kind in kinds:
        if kind is not errors.TwitchwiseError:
            codes.setdefault(kind.exit_code, []).append((kind.__doc__ or "").strip())
    rows += [(str(code), escape(" ".join(told))) for code, told in sorted(codes.items())]
    rows.append(("130", "stopped with Ctrl-C; every answer so far is saved"))
    page.blocks += [html_table(("code", "meaning"), rows, "fields"), "A problem is one line on the error stream."]
    return page


def modules() -> Iterator[Page]:
    """Yield a page for each stage of the flow with its modules, and the list of them."""
    index = Page("reference/python/index", "Python modules in the order of the flow")
    index.blocks.append("A module imports only from those further down the flow; a machine checks it.")
    for stage, about in STAGES.items():
        page = Page(f"reference/python/{stage}", f"{stage}: {about.lower()}")
        page.blocks += [automodule(name) for name in module_names(stage)]
        yield page
    index.blocks.append(toctree(f"reference/python/{stage}" for stage in STAGES))
    yield index


def automodule(name: str) -> str:
    """Return the block in which Sphinx writes what a module says of itself."""
    package, _, last = name.rpartition(".")
    import_module(name)
    shadowed = not isinstance(getattr(import_module(package), last), ModuleType)  # a function of the same name
    hidden = "\n   :no-index:" if shadowed else ""
    options = ":members:\n   :member-order: bysource\n   :ignore-module-all:"
    return f"## `{name}`\n\n```{{eval-rst}}\n.. automodule:: {name}\n   {options}{hidden}\n```"


def module_names(stage: str) -> list[str]:
    """Return the modules of a stage that say something themselves, the package first."""
    package = ROOT / "twitchwise" / stage
    if not package.is_dir():
        return [f"twitchwise.{stage}"]
    names = [f"twitchwise.{stage}.{p.stem}" for p in sorted(package.glob("*.py")) if p.stem != "__init__"]
    return [f"twitchwise.{stage}", *names]
