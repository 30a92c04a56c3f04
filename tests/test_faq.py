"""The questions people ask: short plain answers, every sentence with its source, danger signs in the right places."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from plain import GRADE, STOP, grade
from typer.testing import CliRunner

from twitchwise.cli.app import app
from twitchwise.errors import EvidenceError
from twitchwise.evidence import load_evidence
from twitchwise.evidence.voice_types import Question
from twitchwise.explain.claims import make_claims
from twitchwise.explain.faq import find_questions, make_answer, make_list
from twitchwise.explain.figures import HOLE, fill
from twitchwise.explain.look_up import find, words
from twitchwise.formats.document import write_text

EVIDENCE = load_evidence()
QUESTIONS = list(EVIDENCE.questions.values())
SENTENCE = re.compile(r"[.!?](?:\s|$)")
SHARE = re.compile(r"%|percent|\bin (?:100|1,000|10,000|a thousand|a hundred)\b")
FRIGHT = re.compile(r"\b(fatal|deadly|death|die|dying|dies|terminal|incurable|killer)\b", re.IGNORECASE)
BY_HAND = re.compile(r"\d+ ?(?:mg|mcg|micrograms|IU|days)\b")
each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)


def told(question: Question) -> list[str]:
    """The sentences of an answer with their figures."""
    return [fill(answer.text, EVIDENCE)[0] for answer in question.answer]


def test_there_are_many_questions() -> None:
    assert len(QUESTIONS) >= 26
    assert len({q.ask for q in QUESTIONS}) == len(QUESTIONS)


@each
def test_an_answer_has_two_to_six_sentences(question: Question) -> None:
    count = sum(len(SENTENCE.findall(text)) for text in told(question))
    assert 2 <= count <= 6, f"{question.id}: {count} sentences"


@each
def test_every_sentence_has_its_source_or_is_called_our_judgement(question: Question) -> None:
    for answer in question.answer:
        assert answer.cites or answer.own, f"{question.id}: {answer.text!r} rests on nothing"
        assert len(SENTENCE.findall(answer.text)) <= 2, f"{question.id}: split {answer.text!r}"
        for cite in answer.cites:
            assert cite.source in EVIDENCE.sources, f"{question.id}: add {cite.source!r} to data/sources.toml"
            assert EVIDENCE.sources[cite.source].tier in "AB", f"{question.id}: {cite.source!r} is not tier A or B"
            assert cite.locator, f"{question.id}: say where in {cite.source!r}"
        assert answer.cites or answer.status == "recalled", f"{question.id}: our judgement is never verified"


@each
def test_every_answer_reads_easily(question: Question) -> None:
    for text in (question.ask, *told(question)):
        assert grade(text) <= GRADE, f"{question.id}: grade {grade(text):.1f}: {text!r}"


@each
def test_what_a_question_names_exists(question: Question) -> None:
    e = EVIDENCE
    assert set(question.watch) <= set(e.advice), question.id
    assert set(question.claims) <= set(e.claims), question.id
    assert set(question.see) <= set(e.questions) - {question.id}, question.id
    for topic in question.topics:
        tables = (e.nutrients, e.nodes, e.findings, e.factors, e.analytes)
        assert any(topic in t for t in tables), f"{question.id}: topic {topic!r}"


@each
def test_an_answer_is_calm_and_does_no_harm(question: Question) -> None:
    for text in told(question):
        assert not FRIGHT.search(text), text
        assert not STOP.search(text), text


@each
def test_doses_and_times_come_from_the_tables(question: Question) -> None:
    for answer in question.answer:
        assert not BY_HAND.search(answer.text), f"{question.id}: write the figure as {{upper:...}} or {{limit:...}}"


@pytest.mark.parametrize(
    "key", ["is_it_als", "when_to_worry", "serious_spasms", "all_over", "pregnancy", "children", "tonight", "calcium"]
)
def test_danger_signs_stand_beside_the_questions_that_need_them(key: str) -> None:
    page = make_answer(EVIDENCE.questions[key], EVIDENCE)
    assert page.sections[0].id == "help"
    assert page.sections[0].items
    assert not HOLE.search(page.sections[0].items[0].text)


def test_worried_people_are_shown_no_share_of_a_grave_disease() -> None:
    for key in ("is_it_als", "all_over", "when_to_worry", "worse_when_watching"):
        page = write_text(make_answer(EVIDENCE.questions[key], EVIDENCE)).partition("\nSources")[0]
        assert not SHARE.search(page), key


def test_the_answer_on_als_ends_the_question() -> None:
    answer = told(EVIDENCE.questions["is_it_als"])
    assert "not" in answer[0], "the first sentence answers"
    assert "normal" in answer[-1], "the last one says when to let go"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("als", "is_it_als"),
        ("night cramps", "night_cramps"),
        ("nihgt crmaps", "night_cramps"),
        ("which deficiency is most common in twitching", "most_common_deficiency"),
        ("can low vitamin d cause it", "vitamin_d"),
        ("b12", "vitamin_b12"),
        ("low iron", "iron"),
        ("how do I know", "how_do_i_know"),
        ("dehydration", "dehydration"),
        ("foods", "which_foods"),
        ("will a supplement help", "supplements"),
        ("which dose is unsafe", "safe_doses"),
        ("how long until it stops", "how_long"),
        ("when to worry", "when_to_worry"),
        ("do spasms mean something serious", "serious_spasms"),
        ("can I exercise", "exercise"),
        ("coffe", "coffee"),
        ("stress", "stress"),
        ("poor sleep", "poor_sleep"),
        ("alcohol", "alcohol"),
        ("calcium and magnesium together", "calcium_and_magnesium"),
        ("eyelid", "eyelid"),
        ("twitching all over", "all_over"),
        ("internal vibration", "inner_vibration"),
        ("pregnancy", "pregnancy"),
        ("children", "children"),
        ("older people", "older_people"),
        ("medicines", "medicines"),
        ("which doctor", "which_doctor"),
        ("which tests", "which_tests"),
        ("what can I do tonight", "tonight"),
        ("worse when I watch it", "worse_when_watching"),
        ("potassium", "potassium"),
        ("magnesium", "magnesium"),
        ("calcium", "calcium"),
    ],
)
def test_a_question_is_found_by_a_persons_words(asked: str, key: str) -> None:
    assert find_questions(asked, EVIDENCE)[0].id == key


def test_every_question_is_found_by_its_own_wordings() -> None:
    for question in QUESTIONS:
        for wording in (question.ask, *question.also):
            if words(wording):
                near = [q.id for q in find_questions(wording, EVIDENCE)[:2]]
                assert question.id in near, f"{wording!r} finds {near}, not {question.id}"


def test_a_look_up_forgives_slips_and_refuses_noise() -> None:
    entries = {"one": ["Magnesium and cramps"], "two": ["Coffee and the eyelid"]}
    assert find("magnesuim", entries)[0][0] == "one"
    assert find("eyelids", entries)[0][0] == "two"
    assert find("helicopter", entries) == []
    assert find("the", entries) == []


@pytest.mark.parametrize(
    ("hole", "nutrient", "body"),
    [("{upper:vitamin_b6:EU}", "vitamin_b6", "EU"), ("{upper:magnesium:US}", "magnesium", "US")],
)
def test_a_figure_is_the_one_in_the_table_with_its_source(hole: str, nutrient: str, body: str) -> None:
    limit = next(u for u in EVIDENCE.nutrients[nutrient].upper_limits if u.body == body)
    text, cites = fill(hole, EVIDENCE)
    assert float(text.split()[0].replace(",", "")) == limit.value
    assert cites == (limit.cite,)


def test_a_limit_for_some_people_is_theirs() -> None:
    assert fill("{upper:caffeine:EU}", EVIDENCE)[0] == "400 mg a day"
    assert fill("{upper:caffeine:EU:pregnant}", EVIDENCE)[0] == "200 mg a day"


def test_foods_are_named_from_the_table() -> None:
    text, cites = fill("{foods:magnesium}", EVIDENCE)
    assert "pumpkin seeds" in text
    assert len(cites) == 4
    assert fill("{food:banana:potassium}", EVIDENCE)[0] == "420 mg"


@pytest.mark.parametrize(
    "hole",
    [
        "{upper:vitamin_b6:MARS}", "{upper:moon_dust:EU}", "{upper:vitamin_b6}", "{limit:no_such_limit}",
        "{food:banana:vitamin_z}", "{foods:moon_dust}", "{harm:caffeine:nobody}", "{nonsense}", "{}",
    ],
)  # fmt: skip
def test_a_hole_that_nothing_fills_is_an_error_that_names_it(hole: str) -> None:
    with pytest.raises(EvidenceError, match=re.escape(hole)):
        fill(f"At most {hole}.", EVIDENCE)


def test_no_hole_is_left_on_any_page() -> None:
    pages = [make_answer(q, EVIDENCE) for q in QUESTIONS]
    pages += [make_list(EVIDENCE), make_claims(list(EVIDENCE.claims.values()), EVIDENCE)]
    for page in pages:
        assert not HOLE.search(write_text(page)), page.id


def test_a_page_carries_every_source_that_it_cites() -> None:
    for page in (make_list(EVIDENCE), *(make_answer(q, EVIDENCE) for q in QUESTIONS)):
        lines = [*page.short, *(line for s in page.sections for line in (*s.lines, *s.items))]
        assert {c.source for line in lines for c in line.cites} == set(page.sources), page.id


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json"])
def test_the_command_writes_every_format(format: str) -> None:
    found = CliRunner().invoke(app, ["faq", "als", "--format", format])
    assert found.exit_code == 0
    assert "Very probably not" in found.stdout
    if format == "json":
        assert json.loads(found.stdout)


def test_the_command_alone_lists_all_within_the_columns() -> None:
    found = CliRunner().invoke(app, ["faq"])
    flat = " ".join(found.stdout.split())
    assert all(q.ask in flat for q in QUESTIONS)
    assert max(map(len, found.stdout.splitlines())) <= 80


def test_the_command_writes_to_a_file(tmp_path: Path) -> None:
    page = tmp_path / "als.md"
    found = CliRunner().invoke(app, ["faq", "als", "--format", "markdown", "--output", str(page)])
    assert found.exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("# Is it ALS?")


def test_the_command_says_when_nothing_fits() -> None:
    found = CliRunner().invoke(app, ["faq", "helicopter"])
    assert found.exit_code == 2
    assert "no question fits" in found.output
