"""Everything that a person reads is plain and calm: data, code, pages, and whole reviews of all kinds of people."""

from __future__ import annotations

import re

import pytest
from html_tree import parsed
from people import PEOPLE, report_of, review_of
from plain import GRADE, SHORT, STOP, grade, hard_words, words_of
from visible import everything

from twitchwise.evidence import load_evidence
from twitchwise.formats.html import write_html
from twitchwise.formats.text import LEGEND, TITLES, write_full, write_text
from twitchwise.plan.place import call
from twitchwise.report.build import headline
from twitchwise.report.words import VERDICTS, VERDICTS_MEAN
from twitchwise.triage.result import Alert, Triage

EVIDENCE = load_evidence()
VISIBLE = everything(EVIDENCE)
NAMES = [*PEOPLE, "worried", "ppi", "desk"]
ONE_SENTENCE = 11.0  # of a text that is easy as a whole
# an illness, a medicine or a test has the name that stands in a letter or on a box: it is not ours to change
BY_NAME = re.compile(r"name of (?:analyte|topic|clue)|code labs/read.py")
GRAVE = re.compile(r"\b(?:ALS|MND|motor neuron)", re.IGNORECASE)
SHARE = re.compile(r"\d ?%|\bin (?:100|1,?000|10,?000)\b")
FRIGHT = re.compile(
    r"\b(?:fatal|deadly|lethal|deaths?|dying|dies?|incurable|terminal|killer|devastat\w+|horrif\w+|nightmare|"
    r"hopeless|worst case|life-threatening)\b",
    re.IGNORECASE,
)
each = pytest.mark.parametrize("name", NAMES)


def graded(key: str, text: str) -> str:
    """The part of a text that is graded: of a reason what follows the finding, whose name is a heading."""
    return text.partition(": ")[2] if key.startswith("reason") else text


def test_nearly_everything_is_looked_at() -> None:
    kinds = {key.split()[0] for key in VISIBLE}
    assert {"advice", "rule", "reason", "node", "factor", "claim", "question", "ask", "topic", "code", "page"} <= kinds
    assert {"diet", "command"} <= kinds
    assert sum(len(words_of(text)) >= SHORT for text in VISIBLE.values()) > 1800


def test_every_sentence_reads_easily() -> None:
    hard = []
    for key, text in VISIBLE.items():
        part = graded(key, text)
        if len(words_of(part)) >= SHORT and not key.startswith("name") and grade(part) > GRADE:
            hard.append(f"{grade(part):.1f} {key}: {text[:120]}")
    assert not hard, f"{len(hard)} above grade {GRADE:g}, shorter words and sentences:\n" + "\n".join(hard)


def test_no_single_sentence_is_long_winded() -> None:
    hard = []
    for key, text in VISIBLE.items():
        for one in re.split(r"(?<=[.!?])\s+", graded(key, text)):
            if len(words_of(one)) >= SHORT and not key.startswith("name") and grade(one) > ONE_SENTENCE:
                hard.append(f"{grade(one):.1f} {key}: {one[:120]}")
    assert not hard, "one easy sentence does not make up for a hard one:\n" + "\n".join(hard)


def test_a_medical_word_has_a_plain_one_beside_it() -> None:
    hard = [
        f"{key}: {words} in {text[:100]!r}"
        for key, text in VISIBLE.items()
        if not BY_NAME.match(key) and (words := hard_words(text))
    ]
    assert not hard, f"{len(hard)} without a gloss:\n" + "\n".join(hard)


def test_the_list_of_hard_words_works() -> None:
    assert hard_words("You have fasciculations.") == ["fasciculations"]
    assert hard_words("Small twitches (fasciculations) are common.") == []
    assert hard_words("Clonus (beating ankle) was seen.") == []
    assert hard_words("Paraesthesia and hypocalcaemia were noted.") == ["Paraesthesia", "hypocalcaemia"]


def test_nothing_frightens_or_ends_a_medicine() -> None:
    for key, text in VISIBLE.items():
        own = key.startswith(("claim", "question", "topic"))  # what people say and ask, and what is answered to it
        assert own or not FRIGHT.search(text), f"{key}: {text}"
        if key.startswith(("advice", "rule", "reason", "ask", "page", "code plan")):
            told = [s for s in re.split(r"(?<=[.!?:;]) ", text.lower()) if STOP.search(s)]
            assert not [s for s in told if not re.search(r"\b(?:not|never|nothing|unless)\b", s)], f"{key}: {text}"


def test_no_name_of_our_own_reaches_a_person() -> None:
    for key, text in VISIBLE.items():
        if not key.startswith(("code", "factor")):
            assert not re.search(r"\b[a-z]+_[a-z_]+\b|\d[eE][+-]?\d", text), f"{key}: {text}"


def pages(name: str) -> dict[str, str]:
    """One person's review in every form that is read, without the list of sources."""
    report = report_of(name)
    html = parsed(write_html(report)).all("main")[0]
    page = " ".join(part.text() for part in html.all("section") if part["id"] != "sources")
    forms = {"text": write_text(report), "full": write_full(report)}
    return {key: text.partition("\nSOURCES")[0] for key, text in forms.items()} | {"html": page}


@each
def test_every_sentence_of_a_review_reads_easily(name: str) -> None:
    report = report_of(name)
    said = [report.headline, *report.short, report.note, report.unlikely_note, LEGEND, VERDICTS_MEAN]
    said += [step.text for step in report.steps if step.kind != "say"] + [step.why for step in report.steps]
    said += [alert.text.partition(": ")[2] for alert in report.alerts] + [one.text for one in report.withheld]
    said += [row.name for row in report.tests] + list(report.footer)
    hard = [f"{grade(text):.1f} {text}" for text in said if len(words_of(text)) >= SHORT and grade(text) > GRADE]
    assert not hard, "\n".join(hard)


@each
def test_no_figure_stands_beside_a_grave_disease(name: str) -> None:
    for form, page in pages(name).items():
        for sentence in re.split(
            r"(?<=[.;:])\s|\n {2,6}(?=[-+\d])", " ".join(page.split()) if form == "html" else page
        ):
            if GRAVE.search(sentence) and "Of 180" not in sentence:
                assert not SHARE.search(sentence), (form, sentence)


@each
def test_a_review_is_calm_and_ends_no_medicine(name: str) -> None:
    for form, page in pages(name).items():
        flat = " ".join(page.split())
        assert not FRIGHT.search(flat), (form, FRIGHT.search(flat))
        for sentence in re.split(r"(?<=[.!?:;]) ", flat.lower()):
            assert not STOP.search(sentence) or re.search(r"\b(?:not|never)\b", sentence), (form, sentence)
        assert not re.search(r"\d[eE][+-]\d", flat), form


@each
def test_a_review_has_a_clear_end_or_an_emergency(name: str) -> None:
    report = report_of(name)
    ends = [step for step in report.steps if step.kind == "end"]
    assert len(ends) == (0 if report.level == "emergency" else 1)
    watched = [step for step in report.steps if step.kind == "watch"]
    assert watched or report.level == "emergency", "reassurance without its limits"
    for form, page in pages(name).items():
        assert not ends or (TITLES["end"] in page and ends[0].text in " ".join(page.split())), form


@pytest.mark.parametrize("name", ["worried", "worried student", "fears als, normal emg"])
def test_a_worried_person_is_reassured_within_limits(name: str) -> None:
    report = report_of(name)
    assert report.level in ("routine", "self_care")
    assert any(step.kind == "reassure" for step in report.steps)
    assert any(step.kind == "watch" and "weakness" in step.text for step in report.steps)
    assert "grave nerve disease" in report.short[1] and GRAVE.search(" ".join(report.short)) is None
    open_questions = review_of(name).triage.provisional
    assert ("open questions come first" in report.short[1]) == open_questions


def test_two_harmless_reasons_are_not_called_unsettled() -> None:
    assert report_of("worried student").short[0].startswith("Two harmless reasons lead")


def test_a_parent_speaks_for_a_child() -> None:
    said = " ".join(step.text for step in report_of("child").steps if step.kind == "say")
    assert "My child's main problem" in said and "examine my child" in said
    assert not re.search(r"\bI (?:take|have had|do not have|also have)\b|\bmy (?:strength|reflexes)|\bMy main\b", said)


@each
def test_the_words_for_verdicts_and_the_bars_are_explained_once(name: str) -> None:
    report, shown = report_of(name), pages(name)
    if any(row.explains for row in report.causes):
        assert " ".join(shown["full"].split()).count(VERDICTS_MEAN) == 1
        assert shown["html"].count(VERDICTS_MEAN) == 1
        assert shown["text"].count("explains it: is behind your complaint") == 1
    for word in VERDICTS.values():
        assert f"{word[0].upper()}{word[1:]}:" in VERDICTS_MEAN


@each
def test_questions_are_asked_in_whole_sentences(name: str) -> None:
    for row in report_of(name).tests:
        if row.test is not None and row.test.kind in ("question", "habit"):
            assert row.name.endswith("?") and re.match(r"(?:Are|Is|Do|Does|Did|Have|Has|How|Can|After|Of)\b", row.name)
        assert "whether you have" not in row.text.lower() and "something else" not in row.text


COUNTRIES = {
    "UK": "999",
    "Scotland": "999",
    "United States": "911",
    "Canada": "911",
    "Germany": "112",
    "France": "112",
    "Ireland": "112",
    "Australia": "000",
    "New Zealand": "111",
    "India": "112",
    "Japan": "119",
    "Brazil": "your local emergency number",
    "": "your local emergency number",
}


@pytest.mark.parametrize(("country", "number"), COUNTRIES.items(), ids=lambda x: str(x) or "none")
def test_whom_to_call_is_right_for_the_country(country: str, number: str) -> None:
    assert call(country) == f"call {number}"
    alert = Alert("em_seizure", "emergency", "call_now", "", "", (), "published")
    assert headline(Triage("emergency", False, (), (alert,)), country) == f"Call {number} now."


@each
def test_the_number_in_a_review_is_the_one_of_the_country(name: str) -> None:
    country = review_of(name).observations.country
    full = " ".join(pages(name)["full"].split())
    assert call(country) in full
    for other in {n for n in COUNTRIES.values() if n.isdigit()} - {call(country).rpartition(" ")[2]}:
        assert f"call {other}" not in full
