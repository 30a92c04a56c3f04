"""The cases of tests/spec as chapters: the sentence that must hold, and the record it holds for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from docs_tables import Page, html_table, toctree

SPEC = Path(__file__).resolve().parent.parent / "tests" / "spec"
LEVELS = {"emergency": "Emergency", "prompt": "Within days", "routine": "Book a visit", "self_care": "Self care first"}
ABOUT = {
    "ordinary": "Everyday people. Each sentence is checked by `tests/test_spec_ordinary.py` on the record beside it.",
    "triage": "Each urgency rule once where it fires and once where it is silent (`tests/test_triage_spec.py`).",
    "plan": "What the plan must say and must hold back (`tests/test_plan_cases.py`).",
    "wording": "Words as people write them, and what they are read as (`tests/test_wording.py`).",
}


def pages() -> Iterator[Page]:
    """Yield every chapter and the first page."""
    made = [*ordinary(), *tables("triage"), *tables("plan"), *wording()]
    yield from made
    index = Page("spec/index", "What must hold")
    index.blocks.append("The cases that the tests run. Each sentence holds now: `make test` fails when one does not.")
    for folder, about in ABOUT.items():
        paths = [p.path for p in made if p.path.startswith(f"spec/{folder}-")]
        index.blocks += [f"## {folder.capitalize()}", about, toctree(paths)]
    yield index


def read(folder: str) -> dict[str, dict[str, Any]]:
    """Return the files of a folder of cases by name."""
    return {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted((SPEC / folder).glob("*.toml"))}


def ordinary() -> Iterator[Page]:
    """Yield the everyday cases, a page for each expected urgency."""
    cases = read("ordinary")
    for level, heading in LEVELS.items():
        chosen = {k: c for k, c in cases.items() if c["expect"].get("urgency") == level}
        page = Page(f"spec/ordinary-{level}", f"Ordinary people: {heading.lower()}")
        rows = [(told(c["name"], k), "<br>".join(record(c["given"])), words(c["expect"])) for k, c in chosen.items()]
        page.blocks.append(html_table(("what must hold", "the record", "expected"), rows, "cases-table"))
        if rows:
            yield page


def told(name: str, id_: str) -> str:
    """Return the sentence of a case with its id."""
    return f"<strong>{escape(name)}</strong><br><small>{escape(id_)}</small>"


def record(given: Mapping[str, Any]) -> list[str]:
    """Return the parts of a record as short lines."""
    lines = []
    for part, held in given.items():
        for each in held if isinstance(held, list) else [held]:
            lines.append(f"<em>{escape(part)}</em>: {words(each)}")
    return lines


def words(value: object) -> str:
    """Return a value of a case as readable HTML.

    >>> words({"age": 34, "where": ["arm", "leg"]})
    'age 34; where arm, leg'
    """
    if isinstance(value, Mapping):
        lead = next((value[k] for k in ("what", "name", "test") if k in value), None)
        rest = [f"{k.replace('_', ' ')} {words(v)}" for k, v in value.items() if v is not lead]
        return "; ".join([escape(str(lead))] * (lead is not None) + rest)
    if isinstance(value, list):
        return ", ".join(f"({words(v)})" if isinstance(v, Mapping) else words(v) for v in value)
    return escape({True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value))


def tables(folder: str) -> Iterator[Page]:
    """Yield the cases of triage or of the plan, a page for each file."""
    for stem, data in read(folder).items():
        page = Page(f"spec/{folder}-{stem}", f"{folder.capitalize()}: {stem.replace('_', ' ')}")
        rows = []
        for case in data["cases"]:
            given = case.get("given") or {k: v for k, v in case.items() if k not in ("name", "rule", "fires")}
            expect = words(case["expect"]) if "expect" in case else rule(case)
            rows.append((f"<strong>{escape(case['name'])}</strong>", "<br>".join(record(given)), expect))
        page.blocks.append(html_table(("what must hold", "given", "expected"), rows, "cases-table"))
        yield page


def rule(case: Mapping[str, Any]) -> str:
    """Return what a case says of its rule."""
    return f"<code>{case['rule']}</code> {'fires' if case['fires'] else 'is silent'}"


def wording() -> Iterator[Page]:
    """Yield the lines that must be read as meant, a page for each file."""
    for stem, data in read("wording").items():
        page = Page(f"spec/wording-{stem}", f"Wording: {stem.replace('_', ' ')}")
        for section, held in data.items():
            page.blocks += [f"## {section.replace('_', ' ').capitalize()}", lines(held)]
        yield page


def lines(held: object) -> str:
    """Return one section of a wording file as a table."""
    if isinstance(held, Mapping):
        return html_table(("written", "read as"), [(escape(k), words(v)) for k, v in held.items()], "cases-table")
    rows = []
    for case in held if isinstance(held, list) else [held]:
        said = case.get("what", "") if isinstance(case, Mapping) else str(case)
        rest = {k: v for k, v in case.items() if k != "what"} if isinstance(case, Mapping) else {}
        rows.append((escape(str(said)), "<br>".join(record(rest))))
    if not any(read_as for _, read_as in rows):
        return html_table(("written",), [row[:1] for row in rows], "cases-table")
    return html_table(("written", "read as"), rows, "cases-table")
