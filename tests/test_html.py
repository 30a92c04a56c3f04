"""The HTML page: whole, well-formed, escaped, without a request, and with the figures of the JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from html_tree import Element, parsed
from plain import grade

from twitchwise.evidence.load import load_evidence
from twitchwise.formats import WRITERS, read_record
from twitchwise.formats.html import figures
from twitchwise.formats.html.lab_bars import scale_for
from twitchwise.formats.json_out import write_json
from twitchwise.record import record_from_tables
from twitchwise.report import make_report
from twitchwise.report.types import Report
from twitchwise.review import review

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = load_evidence()
ON = date(2026, 11, 22)
EXAMPLES = {path.stem: path for path in sorted((ROOT / "examples").glob("*.toml"))}
MADE: dict[str, dict[str, Any]] = {
    "empty": {},
    "red flag": {
        "person": {"age": 61, "sex": "male"},
        "findings": [
            {"what": "muscle twitching"},
            {"what": "muscle weakness", "course": "worse"},
            {"what": "muscle wasting"},
        ],
    },
    "labs and slips": {
        "person": {"age": 50, "sex": "male"},
        "findings": [{"what": "muscle twitching"}, {"what": "zorgle"}],
        "conditions": [{"name": "chronic kidney disease"}],
        "labs": [
            {"test": "magnesium", "value": "0.60 mmol/L", "range": "0.70-1.05"},
            {"test": "CK", "value": "48000 U/L"},
            {"test": "vitamin B12", "value": "normal"},
            {"test": "potassium", "value": "41 mmol/L"},
        ],
        "supplements": [{"name": "magnesium oxide", "dose": "800 mg daily"}],
    },
}
NAMES = [*EXAMPLES, *MADE]
every = pytest.mark.parametrize("name", NAMES)


@lru_cache
def report_of(name: str) -> Report:
    record = read_record(EXAMPLES[name]) if name in EXAMPLES else record_from_tables(MADE[name])
    return make_report(review(record, EVIDENCE, ON, draws=20), EVIDENCE)


@lru_cache
def page_of(name: str) -> str:
    return WRITERS["html"](report_of(name))


@lru_cache
def tree_of(name: str) -> Element:
    return parsed(page_of(name))


@every
def test_the_page_is_well_formed(name: str) -> None:
    root = tree_of(name)  # raises on a tag that is not closed, or closed twice
    ids = [e["id"] for e in root.all() if e.has("id")]
    assert len(ids) == len(set(ids))
    for inner in (e for p in root.all("p") for e in p.all()):
        assert inner.tag not in {"p", "ul", "ol", "li", "details", "div", "table", "section"}, "ends a paragraph early"
    for listed in root.all("ul", "ol"):
        assert {e.tag for e in listed.children} <= {"li"}
    for target in (a["href"][1:] for a in root.all("a") if a["href"].startswith("#")):
        assert target in ids


@every
def test_the_page_has_its_landmarks_and_its_headings_in_order(name: str) -> None:
    root = tree_of(name)
    assert root.first("html")["lang"] == "en"
    assert [len(root.all(tag)) for tag in ("header", "main", "footer", "h1")] == [1] * 4
    assert len([e for e in root.all("title") if not e.inside("svg")]) == 1
    assert root.all("nav")[0]["aria-label"]
    assert root.all("a")[0]["href"] == "#main" and root.first("main")["id"] == "main"
    levels = [int(e.tag[1]) for e in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))


@every
def test_every_section_that_has_something_to_say_is_there_and_in_order(name: str) -> None:
    report, root = report_of(name), tree_of(name)
    kinds = {s.kind for s in report.steps}
    wanted = {
        "asked": report.review.triage.not_asked,
        "short": True,
        "now": kinds & {"now", "say"},
        "causes": report.causes,
        "labs": report.labs,
        "diet": report.diet,
        "tests": report.tests and report.level != "emergency",
        "plan": kinds - {"now", "say", "watch", "back", "end"},
        "withheld": report.withheld,
        "unused": report.not_used,
        "change": kinds & {"watch", "back"},
        "end": "end" in kinds,
        "sources": "Source" in root.text(),
    }
    assert [e["id"] for e in root.all("section")] == [key for key, there in wanted.items() if there]
    said = root.text()
    assert report.sign in said and report.headline in said and "No clinician has reviewed this" in said
    assert report.review.evidence_version in said and ON.isoformat() in said
    for text in (*report.short, *report.review.triage.not_asked, *report.not_used, *report.unlikely, *report.also):
        assert squeezed(text).lower() in said.lower()
    for text in (*(s.text for s in report.steps), *(a.text for a in report.alerts), *(w.text for w in report.withheld)):
        assert squeezed(text) in said
    lines = [line for test in report.tests for line in test.outcomes if report.level != "emergency"]
    assert all(squeezed(line) in said for line in lines)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@every
def test_every_drawing_says_in_words_what_it_shows(name: str) -> None:
    drawings = [e for e in tree_of(name).all("svg") if not e.inside("svg")]
    assert drawings
    for drawing in drawings:
        if drawing.has("aria-hidden"):
            continue
        assert drawing["role"] == "img"
        assert drawing.children[0].tag == "title" and drawing.children[0].text()
        if not drawing["class"].startswith("weight"):
            assert drawing.children[1].tag == "desc"


@every
def test_the_page_asks_for_nothing_and_runs_nothing(name: str) -> None:
    root, page = tree_of(name), page_of(name)
    assert not root.all("script", "img", "iframe", "object", "embed", "form", "input", "base", "video", "audio")
    assert [e["href"] for e in root.all("link")] == ["data:,"]
    assert not re.search(r"@import|url\(|expression\(", page)
    assert not [k for e in root.all() for k in e.attributes if k.startswith("on") or k in {"src", "srcset", "style"}]
    policy = next(e["content"] for e in root.all("meta") if e.has("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    links = {e["href"] for e in root.all("a") if not e["href"].startswith("#")}
    assert links <= {source.url for source in EVIDENCE.sources.values()}
    assert all(e.inside("section") and e.within("sources") for e in root.all("a") if e["href"] in links)
    outside = set(re.findall(r"https?://[^\s\"'<>]+", re.sub(r'<a href="[^"]*"', "", page)))
    assert not [link for link in outside if not any(link in s.title for s in EVIDENCE.sources.values())]


@every
def test_the_figures_are_those_of_the_json(name: str) -> None:
    report, root = report_of(name), tree_of(name)
    told = json.loads(write_json(report))
    by_id = {cause["id"]: cause for cause in told["causes"]}
    tables = [r for r in root.all("tr") if r.inside("tbody") and r.within("causes")]
    assert len(tables) == len(report.causes)
    for row, cells in zip(report.causes, tables, strict=True):
        for share, what in ((row.explains, "explains"), (row.present, "present")):
            if share is None:
                continue
            seen = (share.middle, share.low, share.high)
            assert seen == pytest.approx([by_id[row.id][what][k] for k in ("p", "low", "high")], abs=1e-6)
        assert [e.text() for e in cells.all("td")][:2] == [figures(row.explains), figures(row.present)]
    for lab in told["labs"]:
        assert squeezed(lab["value"]) in root.text()


@every
def test_sources_are_numbered_as_they_are_met_and_only_originals_or_copies(name: str) -> None:
    root = tree_of(name)
    listed = [e for e in root.all("li") if e["id"].startswith("source-")]
    assert [e["value"] for e in listed] == [str(n) for n in range(1, len(listed) + 1)]
    marks = [a for a in root.all("a") if a["href"].startswith("#source-")]
    assert {a["href"] for a in marks} == {f"#{e['id']}" for e in listed}
    assert all("copy of an original" in e.text() or "original" in e.text() for e in listed)


@every
def test_the_page_is_small(name: str) -> None:
    assert len(page_of(name).encode()) < 300_000


@every
def test_the_page_is_the_same_each_time(name: str) -> None:
    again = make_report(review(report_of(name).review.record, EVIDENCE, ON, draws=20), EVIDENCE)
    assert WRITERS["html"](again) == page_of(name)


def test_a_grave_cause_beside_a_danger_sign_has_words_and_no_figure() -> None:
    report, root = report_of("red flag"), tree_of("red flag")
    assert report.level in {"prompt", "emergency"}
    rows = dict(zip(report.causes, [e for e in root.all("li") if e["class"].startswith("cause ")], strict=True))
    grave = [(row, item) for row, item in rows.items() if row.id == "motor_neuron_disease"]
    assert grave
    for row, item in grave:
        assert row.explains is None and squeezed(row.words) in item.text().replace("A doctor", "a doctor")
        assert not [e for e in item.all("svg") if e["class"] in {"bar", "weight"}]
        assert not re.search(r"\d\s*%|\bbits?\b", item.text())


def test_a_worried_person_sees_the_grave_disease_named_once_and_without_a_figure() -> None:
    root = tree_of("worried")
    causes = next(e for e in root.all("section") if e["id"] == "causes")
    shown = [e.text().lower() for e in causes.all("li") if e["class"].startswith("cause ")]
    assert not [text for text in shown if re.search(r"motor neuron|\bals\b|\bmnd\b", text)]
    folded = next(e for e in causes.all("details") if e["class"] == "folded")
    assert "motor neurone disease" in folded.text() and "%" not in folded.text() and not folded.has("open")
    assert next(e for e in root.all("section") if e["id"] == "end").text().startswith("That is all")


def test_the_words_of_the_page_itself_read_easily() -> None:
    folder = ROOT / "twitchwise" / "formats" / "html" / "templates"
    for template in ("base", "review", "parts"):
        text = (folder / f"{template}.html.j2").read_text(encoding="utf-8")
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
        for paragraph in re.findall(r"<p[ >].*?</p>", bare, re.S):
            words = " ".join(re.sub(r"<[^>]+>", "", paragraph).split())
            assert len(words.split()) < 6 or grade(words.partition(">")[2] or words) <= 8, words


NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;</title></style><!--\u202e\x07"


def nasty_tables() -> dict[str, Any]:
    """Every field of a record with markup in it, beside a record that is understood."""
    row = {
        "what": NASTY,
        "where": [NASTY],
        "since": NASTY,
        "onset": NASTY,
        "course": NASTY,
        "when": NASTY,
        "note": NASTY,
    }
    taken = {"name": NASTY, "dose": NASTY, "since": NASTY, "changed": NASTY}
    return {
        "person": {"age": 40, "sex": "female", "country": NASTY, "weight": NASTY, "skin": NASTY},
        "findings": [row, {"what": "muscle twitching", "note": NASTY, "where": [NASTY], "since": NASTY}],
        "absent": [{"what": NASTY}],
        "signs": [{"what": NASTY}],
        "medicines": [taken, {"name": f"omeprazole {NASTY}", "dose": NASTY}],
        "supplements": [taken, {"name": f"magnesium {NASTY}", "dose": f"400 mg {NASTY}"}],
        "conditions": [{"name": NASTY}],
        "procedures": [{"name": NASTY, "when": NASTY}],
        "exposures": [{"what": NASTY}],
        "diet": {"pattern": NASTY},
        "habits": {"caffeine": NASTY, "sleep": NASTY, "stress": NASTY},
        "labs": [{"test": NASTY, "value": NASTY, "range": NASTY}, {"test": "magnesium", "value": f"low {NASTY}"}],
        "tests": [{"what": NASTY, "result": NASTY}],
    }


def test_nothing_that_a_person_writes_becomes_markup() -> None:
    record = record_from_tables(nasty_tables())
    page = WRITERS["html"](make_report(review(record, EVIDENCE, ON, draws=0), EVIDENCE))
    root = parsed(page)
    assert not root.all("script", "img")
    assert "<script" not in page and "<img" not in page and "\u202e" not in page and "\x07" not in page
    assert "&lt;script&gt;" in page, "the record's own words are still shown"
    assert len(root.all("title")) == 1 + len([e for e in root.all("title") if e.inside("svg")])
    assert not [k for e in root.all() for k in e.attributes if k.startswith("on")]


@pytest.mark.parametrize("field", ["text", "name", "words", "chain", "note"])
def test_a_text_of_the_report_itself_is_escaped_wherever_it_stands(field: str) -> None:
    from dataclasses import replace

    from twitchwise.report.types import LabRow, Said

    report = report_of("ppi")
    row = report.causes[0]
    reason = Said(f"weak: {NASTY}", bits=-1.0)
    changed = {
        "text": replace(row, reasons_against=(reason,), parts=(NASTY, NASTY)),
        "name": replace(row, name=NASTY),
        "words": replace(row, words=NASTY, explains=None),
        "chain": replace(row, chain=(NASTY, NASTY)),
        "note": row,
    }[field]
    lab = replace(report.labs[0], name=NASTY, value=NASTY, level=NASTY, range=NASTY, note=NASTY)
    assert isinstance(lab, LabRow)
    marred = replace(report, causes=(changed,), labs=(lab,), note=NASTY, headline=NASTY, unlikely_note=NASTY)
    page = WRITERS["html"](marred)
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    parsed(page)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (0.49, 0.7, 1.05),
        (48000.0, None, 200.0),
        (3.0, 60.0, None),
        (0.0, 0.7, 1.0),
        (0.85, 0.7, 1.05),
        (-5.0, -2.0, 2.0),
    ],
)
def test_a_result_lies_on_the_right_side_of_its_range(value: float, low: float | None, high: float | None) -> None:
    scale = scale_for(value, low, high)
    assert scale is not None and scale.first < scale.last
    place = scale.at(value)
    assert 0 <= place <= 1
    if low is not None:
        assert (value < low) == (place < scale.at(low))
    if high is not None:
        assert (value > high) == (place > scale.at(high))


@pytest.mark.parametrize("level", ["emergency", "prompt", "routine", "self_care"])
def test_every_urgency_has_its_own_sign_and_word(level: str) -> None:
    from twitchwise.formats.html.icons import SHAPES

    assert SHAPES[level] not in [shape for other, shape in SHAPES.items() if other != level]


def test_only_who_asks_for_html_waits_for_the_template_engine() -> None:
    code = (
        "import sys, twitchwise.formats, twitchwise.cli.review\n"
        "print(sorted(m for m in sys.modules if m in {'jinja2', 'markupsafe'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_the_wheel_takes_the_templates_along() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert built["targets"]["wheel"]["packages"] == ["twitchwise"]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert not re.search(r"\.(j2|css|html)$", ignored, re.M), "hatch leaves out what git ignores"


def test_a_page_goes_into_a_file_of_its_owner_and_never_over_the_record(tmp_path: Path) -> None:
    record = tmp_path / "me.toml"
    record.write_text((ROOT / "examples" / "ppi.toml").read_text(encoding="utf-8"), encoding="utf-8")
    before = record.read_bytes()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "twitchwise", "review", str(record), "--on", "2026-11-22", "--draws", "20"]
        return subprocess.run([*command, *words], capture_output=True, text=True, cwd=ROOT, check=False)

    target = tmp_path / "report.html"
    done = run("--format", "html", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "") and str(target) in done.stderr
    assert target.stat().st_mode & 0o077 == 0
    assert target.read_text(encoding="utf-8") == run("--format", "html").stdout == page_of_file(record)
    for bad in (record, tmp_path, tmp_path / "none" / "report.html"):
        refused = run("--format", "html", "--output", str(bad))
        assert refused.returncode == 11 and refused.stdout == "" and refused.stderr.count("\n") == 1
    assert record.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["me.toml", "report.html"], "nothing half-made stays"


def page_of_file(path: Path) -> str:
    return WRITERS["html"](make_report(review(read_record(path), EVIDENCE, ON, draws=20), EVIDENCE))
