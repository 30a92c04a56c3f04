"""Whatever the diet part prints, for all kinds of people and diaries, reads easily, stays calm and names no disease."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from people import ON
from plain import GRADE, SHORT, STOP, grade, hard_words, words_of
from test_plain_words_all import FRIGHT

from twitchwise import cli
from twitchwise.diet.reading import read_diet
from twitchwise.diet.types import DietReading
from twitchwise.evidence import load_evidence
from twitchwise.formats.diet import write_text
from twitchwise.observe import observe
from twitchwise.plan.day import DayPlan, Wishes, day_plan
from twitchwise.plan.day.show import as_text
from twitchwise.plan.situation import Situation
from twitchwise.record import record_from_tables
from twitchwise.record.types import Record
from twitchwise.report.diet import diet_section
from twitchwise.review import review

EVIDENCE = load_evidence()
DAY = ["bowl of porridge with milk", "cheese sandwich", "chicken curry with rice", "2 cups of coffee", "apple"]
POOR = ["3 slices white toast with jam", "plain pasta, 300 g", "packet of crisps", "can of cola"]
WOMAN = {"age": 34, "sex": "female"}


def days(foods: Sequence[str], count: int) -> list[dict[str, str]]:
    return [{"text": food, "day": f"day {number}"} for number in range(1, count + 1) for food in foods]


def eats(lines: Any, person: dict[str, Any], diet: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"person": person, "diet": {"lines": lines, **(diet or {})}, **more}


PILLS = ["magnesium oxide 800 mg", "vitamin B6 200 mg", "zinc 60 mg", "calcium 3000 mg", "a multivitamin"]
CASES: dict[str, dict[str, Any]] = {
    "two days": eats(days(DAY, 2), WOMAN),
    "ten poor days": eats(days(POOR, 10), {"age": 30, "sex": "male"}),
    "nothing known of the person": eats(days(DAY, 1), {}),
    "child": eats(days(DAY, 3), {"age": 8, "sex": "male"}),
    "baby": eats(["200 ml whole milk"], {"age": 0.5}),
    "pregnant": eats(days(DAY, 3), {"age": 30, "sex": "female", "pregnant": "20 weeks"}),
    "breastfeeding": eats(days(DAY, 3), {"age": 30, "sex": "female", "breastfeeding": True}),
    "old man, UK": eats(days(POOR, 5), {"age": 80, "sex": "male", "country": "UK"}),
    "EU": eats(days(POOR, 5), {"age": 40, "sex": "female", "country": "Germany"}),
    "odd values": eats(days(DAY, 1), WOMAN, {"reference": "WHO"}),
    "too many tablets": eats([*days(DAY, 2), *({"text": p, "day": "day 1", "supplement": True} for p in PILLS)], WOMAN),
    "much coffee": eats(days(["8 double espressos", *DAY], 5), WOMAN),
    "hardly anything": eats(["1 apple"], WOMAN),
    "not found": eats([*days(DAY, 2), "frumious bandersnatch", "2 bowls of xyzzy"], WOMAN),
    "kidney disease": eats(days(POOR, 5), {"age": 60, "sex": "male"}, conditions=[{"name": "chronic kidney disease"}]),
    "warfarin": eats(days(POOR, 5), {"age": 60, "sex": "male"}, medicines=[{"name": "warfarin", "dose": "3 mg daily"}]),
    "thyroid tablet": eats(days(POOR, 5), WOMAN, medicines=[{"name": "levothyroxine", "dose": "75 mcg daily"}]),
    "nut allergy": eats(days(POOR, 5), WOMAN, conditions=[{"name": "nut allergy"}]),
    "eating disorder": eats(days(POOR, 5), WOMAN, conditions=[{"name": "anorexia nervosa"}]),
    "questions": {"person": WOMAN, "diet": {"screen": {"dairy": "2 a day", "fruit": "1 a day", "nuts": "lots"}}},
    "all questions": {"person": WOMAN, "diet": {"screen": dict.fromkeys(EVIDENCE.screen_questions, "1 a day")}},
}
# of a message: options, files, what was written, and lists of what may be written
NAMED = re.compile(r"--?[\w-]+|\S+\.(?:txt|csv|toml|zip)\b:?|'[^']*'|(?:See: |Nearest: |Known: |one of ).*")
NONE = Wishes()
WISHES = Wishes(likes=("tofu", "xyzzy"), dislikes=("milk", "nuts", "beans"), without=("gluten",), suits=("vegan",))
each = pytest.mark.parametrize("name", CASES)


@cache
def record(name: str) -> Record:
    return record_from_tables(CASES[name])


@cache
def reading(name: str) -> DietReading:
    found = read_diet(record(name), observe(record(name), EVIDENCE, ON), EVIDENCE)
    assert found is not None
    return found


@cache
def plan(name: str, wishes: Wishes = NONE) -> DayPlan:
    from twitchwise.foods import curated

    seen = review(record(name), EVIDENCE, ON, draws=0, detail=False)
    situation = Situation(seen.observations, seen.lab_readings, seen.triage, seen.assessment, EVIDENCE)
    return day_plan(situation, reading(name), curated(), wishes)


def of_reading(name: str) -> Iterator[str]:
    section = diet_section(reading(name))
    yield section.title
    yield from section.notes
    for row in section.rows:
        yield from (row.words, row.against, row.why, row.coverage_words, *row.limits)
    for line in section.lines:
        yield from (line.why, line.sure)
    yield from (issue.why for issue in reading(name).issues)


def of_plan(found: DayPlan) -> Iterator[str]:
    """The sentences of a plan; a food is called "bread" in them, since its name is not ours to shorten."""
    for change in found.changes:
        text = change.text
        for food in sorted({change.from_name, change.to_name} - {""}, key=len, reverse=True):
            text = text.replace(food, "bread")
        yield re.sub(r": [-+]\d.*", ".", text)  # behind it stand figures
    yield from (*found.notes, found.sun, *(f"{r.what}: {r.reason}." for r in found.refused))
    yield from (one.text for one in found.in_the_way)


def hard(said: Iterator[str]) -> list[str]:
    """What is too hard; each sentence by itself may be a little harder than the whole."""
    found = []
    for text in dict.fromkeys(said):
        if len(words_of(text)) >= SHORT and grade(text) > GRADE:
            found.append(f"{grade(text):.1f} {text}")
        found += [f"{word}: {text}" for word in hard_words(text)]
    return found


@each
def test_what_is_said_of_a_diary_reads_easily(name: str) -> None:
    assert not hard(of_reading(name)), "\n".join(hard(of_reading(name)))


@each
@pytest.mark.parametrize("wishes", [NONE, WISHES], ids=["no wishes", "many wishes"])
def test_what_is_said_beside_a_plan_reads_easily(name: str, wishes: Wishes) -> None:
    said = list(of_plan(plan(name, wishes)))
    assert not hard(iter(said)), "\n".join(hard(iter(said)))


@each
def test_the_diet_part_is_calm_and_ends_no_medicine(name: str) -> None:
    for text in (write_text(reading(name), (), EVIDENCE), as_text(plan(name), EVIDENCE)):
        flat = " ".join(text.partition("\nSources")[0].split())
        assert not FRIGHT.search(flat), FRIGHT.search(flat)
        assert not re.search(r"\d[eE][+-]\d|\bnan\b|\binf\b|\bNone\b", flat)
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", flat), "a name of our own"
        assert not re.search(r"\b(?:deficien\w+|you lack|disease)\b", flat.replace("kidney disease", "")), flat
        for sentence in re.split(r"(?<=[.!?:;]) ", flat.lower()):
            assert not STOP.search(sentence) or re.search(r"\b(?:not|never)\b", sentence), sentence


@each
def test_the_diet_part_fits_eighty_columns(name: str) -> None:
    text = write_text(reading(name), (), EVIDENCE) + as_text(plan(name), EVIDENCE)
    assert max(map(len, text.splitlines())) <= 80


def test_the_verdicts_of_all_kinds_were_seen() -> None:
    seen = {one.verdict for name in CASES for one in reading(name).adequacies.values()}
    assert seen == {"likely_enough", "may_be_low", "likely_low", "cannot_say", "over_limit"}


def test_a_few_answers_are_not_called_a_diary() -> None:
    text = " ".join(write_text(reading("questions"), (), EVIDENCE).split())
    assert "this diary" not in text and "written down" not in text and "what was eaten" not in text


def test_a_limit_is_named_once_and_thin_food_is_not_judged() -> None:
    for name in CASES:
        for row in diet_section(reading(name)).rows:
            assert len(set(row.limits)) == len(row.limits), row.limits
            judged = row.verdict in ("may be low", "probably low", "enough, most likely")
            assert not (judged and "too little to judge" in row.coverage_words), row


WRONG: dict[str, tuple[list[str], str]] = {
    "no such file": (["diet", "gone.txt"], ""),
    "empty": (["diet", "file.txt"], ""),
    "picture": (["diet", "file.txt"], "\x89PNG"),
    "no food": (["diet", "file.csv"], "day,food,grams\n"),
    "only totals": (["diet", "file.csv"], "day,food,grams\n1,Total,5\n"),
    "several people": (["diet", "file.csv"], "SEQN,DR1IFDCD,DR1IGRMS\n1,11100000,5\n2,11100000,5\n"),
    "nobody": (["diet", "file.csv", "--person", "9"], "SEQN,DR1IFDCD,DR1IGRMS\n1,11100000,5\n"),
    "record without food": (["diet", "file.toml"], "[person]\nage = 3\n"),
    "plan without food": (["plan", "file.toml"], "[person]\nage = 3\n"),
    "odd format": (["diet", "file.txt", "--format", "pdf"], "1 egg"),
    "odd values": (["diet", "file.txt", "--values", "WHO"], "1 egg"),
    "odd fix": (["diet", "file.txt", "--fix", "1 egg"], "1 egg"),
    "fix of no line": (["diet", "file.txt", "--fix", "a line 7 = 1 egg"], "1 egg"),
    "odd plan": (["plan", "file.txt", "--format", "pdf"], "1 egg"),
    "no such food": (["foods", "show", "xyzzyqqq"], ""),
    "no such id": (["foods", "show", "brocoli_raw_x"], ""),
    "no nutrient": (["foods", "rich", "unobtainium"], ""),
    "near nutrient": (["foods", "rich", "magnesum x"], ""),
    "odd wish": (["foods", "search", "milk", "--without", "moonlight"], ""),
    "odd measure": (["foods", "rich", "iron", "--per", "moon"], ""),
    "no food table": (["foods", "add", "file.zip"], "hello"),
    "no such table": (["foods", "remove", "moon"], ""),
    "odd table": (["foods", "search", "milk", "--table", "moon"], ""),
    "odd name": (["foods", "add", "file.zip", "--name", "../x"], "hello"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_problem_is_one_plain_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words, content = WRONG[name]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TWITCHWISE_DATA", str(tmp_path / "kept"))
    for word in words:
        if word.startswith("file."):
            (tmp_path / word).write_bytes(content.encode("latin-1"))
    monkeypatch.setattr(sys, "argv", ["twitchwise", *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr().err.strip()
    assert end.value.code in (2, 10, 11, 13) and said, (end.value.code, said)
    assert "Traceback" not in said and "fault in twitchwise" not in said and len(said.splitlines()) == 1, said
    sentence = NAMED.sub("", said)
    assert len(words_of(sentence)) < SHORT or grade(sentence) <= GRADE, f"{grade(sentence):.1f} {sentence}"
