"""The doctor's sheet: 25 lines to paste, nothing lost, nothing frightening, what fits the onset and what does not."""

from __future__ import annotations

import json
import re

import pytest
from sheets import DENIED, EXAMPLES, MARKUP, big, doctor, example, report

from twitchwise.evidence import load_evidence
from twitchwise.formats.audiences import SHEETS
from twitchwise.formats.doctor_text import LINES, WIDTH, write_doctor, write_doctor_full

LABELS = (
    "TWITCHWISE WHO URGENCY COMPLAINT ALSO@PRESENT ASKED@AND@DENIED NOT@ASKED HISTORY MEDICINES SUPPLEMENTS RESULTS "
    "EXPLANATION SUGGESTED"
).split()
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in EXAMPLES} | {"big": big(), "empty": "[person]\n"}
TWITCH = '[person]\nage = 50\nsex = "male"\n[[findings]]\nwhat = "leg cramps"\nsince = "2 months"\n'


def medicine(name: str, more: str = "") -> str:
    return f'[[medicines]]\nname = "{name}"\ndose = "10 mg daily"\n{more}'


def written(audience: str, kind: str, text: str) -> str:
    made = SHEETS[audience, kind](report(text), load_evidence())
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize("name", TEXTS)
def test_the_short_text_fits_into_25_lines_of_80_columns_with_every_part(name: str) -> None:
    lines = write_doctor(doctor(TEXTS[name])).splitlines()
    assert len(lines) <= LINES == 25
    assert max(map(len, lines)) <= WIDTH == 80
    for label in LABELS:
        assert any(line.startswith(label.replace("@", " ")) for line in lines), label
    assert "not a diagnosis" in lines[0]
    assert "No clinician reviewed it" in lines[0]


def test_very_long_words_of_a_record_still_fit() -> None:
    long = "x" * 900
    text = TWITCH + f'[[conditions]]\nname = "{long}"\n' + medicine(long) + f'[diet]\npattern = "{long} {long}"\n'
    lines = write_doctor(doctor(text)).splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= WIDTH


def test_the_full_text_keeps_to_80_columns() -> None:
    assert max(map(len, write_doctor_full(doctor(big())).splitlines())) <= WIDTH


def test_what_does_not_fit_is_counted() -> None:
    sheet = doctor(big())
    text = " ".join(write_doctor(sheet).split())
    shown = text[text.index("MEDICINES: ") : text.index("SUPPLEMENTS: ")].split("; ")
    hidden = re.fullmatch(r"\+(\d+) more ", shown[-1])
    assert hidden is not None
    assert len(shown) - 1 + int(hidden[1]) == len(sheet.medicines) >= 13


def test_the_denied_list_is_what_the_record_denies_and_danger_signs_come_first() -> None:
    sheet = doctor(big())
    assert len(sheet.denied) == len(DENIED.split(","))
    assert sheet.denied[0] == "muscle weakness"
    assert sheet.denied.index("fainting") < sheet.denied.index("fever")
    assert doctor(TWITCH).denied == ()


def test_what_is_stated_and_denied_at_once_is_not_called_denied() -> None:
    text = TWITCH + '[[findings]]\nwhat = "muscle weakness"\n[[absent]]\nwhat = "muscle weakness"\n'
    assert "muscle weakness" not in doctor(text).denied


def test_of_a_half_answered_question_only_the_open_half_is_left() -> None:
    sheet = doctor(TWITCH + '[[absent]]\nwhat = "difficulty swallowing"\n')
    assert not any("swallowing" in one for one in sheet.not_asked)
    assert any("speech" in one for one in sheet.not_asked)


def test_open_danger_signs_are_all_named() -> None:
    text = write_doctor(doctor(TWITCH))
    for word in ("weakness", "swallowing", "breathing", "chest pain", "fits", "wasting", "numbness"):
        assert word in text[text.index("NOT ASKED") : text.index("HISTORY")]


def test_medicines_are_sorted_by_start_and_none_is_lost() -> None:
    sheet = doctor(big())
    starts = [one.since_days for one in sheet.medicines if one.since_days is not None]
    assert starts == sorted(starts, reverse=True)
    assert sheet.medicines[-1].since_days is None
    assert any(one.name == "zorgle" and one.fit == "not_known" for one in sheet.medicines)


@pytest.mark.parametrize(
    ("more", "fit"),
    [
        ('since = "3 months"\n', "fits"),
        ('since = "2 weeks"\n', "does_not"),
        ("", "open"),
        ('since = "3 years"\nchanged = "9 weeks ago"\n', "fits"),
    ],
)
def test_a_water_tablet_fits_the_onset_of_cramps_only_when_it_came_first(more: str, fit: str) -> None:
    (one,) = doctor(TWITCH + medicine("indapamide", more)).medicines
    assert one.fit == fit


def test_an_early_effect_does_not_fit_years_later() -> None:
    """Cramps of a bone infusion come within weeks of it."""
    (early,) = doctor(TWITCH + medicine("zoledronate", 'since = "10 weeks"\n')).medicines
    assert early.fit == "fits"
    (late,) = doctor(TWITCH + medicine("zoledronate", 'since = "6 years"\n')).medicines
    assert late.fit == "does_not"


def test_a_medicine_that_fits_says_what_it_does_and_where_that_was_read() -> None:
    sheet = doctor(example("ppi"))
    (one,) = sheet.medicines
    assert one.fit == "fits"
    assert one.known[0].text.startswith("can lead to low magnesium")
    assert sheet.sources[one.known[0].cites[0].source].tier in ("A", "B")
    assert "FITS ONSET" in write_doctor(sheet)


def test_no_medicines_is_said_and_differs_from_not_stated() -> None:
    assert "MEDICINES: none stated" in write_doctor(doctor(TWITCH))
    assert "MEDICINES: takes none" in write_doctor(doctor(TWITCH + '[[medicines]]\nname = "none"\n'))


def test_results_stay_as_written_with_our_unit_beside_and_the_change_since_the_last_one() -> None:
    first = next(one for one in doctor(big()).labs if one.name == "magnesium")
    assert (first.value, first.flag, str(first.on)) == ("1.7 mg/dL", "LOW", "2026-11-01")
    assert first.converted.startswith("0.699 mmol/L")
    assert first.change.startswith("-0.101 in 3 months")


def test_supplements_are_summed_against_the_limits() -> None:
    totals = {one.text.split(" ")[0] + one.text.split(" ")[1]: one for one in doctor(big()).totals}
    assert "ABOVE every limit" in totals["vitaminD"].text
    assert "ABOVE the lowest limit" in totals["vitaminB6"].text
    assert totals["vitaminB6"].cites


@pytest.mark.parametrize("who", ["age = 9\n", 'age = 30\nsex = "female"\npregnant = "24 weeks"\n'])
def test_children_and_the_pregnant_are_not_measured_by_adult_limits(who: str) -> None:
    text = f"[person]\n{who}[[supplements]]\nname = 'magnesium'\ndose = '400 mg daily'\n"
    (one,) = doctor(text).totals
    assert one.text == "magnesium 400 mg a day (limits for adults do not hold here)"


def test_a_product_without_amounts_is_named_once() -> None:
    (one,) = doctor(TWITCH + '[[supplements]]\nname = "multivitamin"\n').totals
    assert one.text == "no amounts stated for multivitamin"


@pytest.mark.parametrize("name", TEXTS)
def test_every_cause_has_one_line_of_why_not(name: str) -> None:
    lines = doctor(TEXTS[name]).why_not
    assert len(lines) == len({one.id for one in lines}) == 28
    assert all(one.text.text and "\n" not in one.text.text for one in lines)


@pytest.mark.parametrize("name", [*TEXTS, "weak"])
def test_motor_neurone_disease_never_carries_a_figure(name: str) -> None:
    weak = TWITCH + '[[findings]]\nwhat = "foot drop"\ncourse = "worse"\n[[signs]]\nwhat = "tongue fasciculations"\n'
    sheet = doctor(TEXTS.get(name, weak))
    (one,) = [w for w in sheet.why_not if w.id == "motor_neuron_disease"]
    assert one.share == ""
    assert not re.search(r"\d", one.text.text)
    for line in write_doctor_full(sheet).splitlines():
        assert not ("motor neurone" in line and "%" in line)


def test_without_a_danger_sign_it_is_said_in_words_and_stays_folded() -> None:
    (one,) = [w for w in doctor(example("worried")).why_not if w.id == "motor_neuron_disease"]
    assert one.folded
    assert one.text.text.startswith("no danger sign in the record points to it")
    assert "motor" not in write_doctor(doctor(example("worried")))


def test_urgency_names_its_rule_and_its_source() -> None:
    text = write_doctor(doctor(example("ppi")))
    assert "EMERGENCY" in text
    assert "<lab_ca_sym>" in text
    assert "[1] Society for Endocrinology" in text


@pytest.mark.parametrize("kind", ["text", "full", "html", "json"])
def test_the_same_record_and_day_give_the_same_bytes(kind: str) -> None:
    text = example("ppi")
    first = written("doctor", kind, text)
    report.cache_clear()
    assert written("doctor", kind, text) == first


def test_markup_of_a_record_comes_out_literally_in_html() -> None:
    page = written("doctor", "html", big())
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "http-equiv" in page
    assert 'src="http' not in page


def test_the_page_draws_every_medicine_with_words_for_those_who_do_not_see_it() -> None:
    page, sheet = written("doctor", "html", big()), doctor(big())
    drawn = len(sheet.medicines) + len(sheet.supplements)
    assert page.count('class="timeline-bar"') == drawn >= 17
    assert page.count("<desc>") >= drawn


def test_json_holds_the_sheet_and_only_cited_sources() -> None:
    whole = json.loads(written("doctor", "json", big()))
    assert whole["schema"] == "twitchwise.doctor/1"
    assert MARKUP in whole["history"]
    assert {c["source"] for m in whole["medicines"] for k in m["known"] for c in k["cites"]} <= set(whole["sources"])
    assert len(whole["sources"]) < len(load_evidence().sources)


def test_control_characters_do_not_reach_a_terminal() -> None:
    text = TWITCH + '[[conditions]]\nname = "gout \\u001b[31mred\\u202e"\n'
    for made in (write_doctor(doctor(text)), write_doctor_full(doctor(text))):
        assert "gout" in made
        assert "\x1b" not in made
        assert "\u202e" not in made
