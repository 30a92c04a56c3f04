"""`explain` and `compare`: every fact has a page, names are found, and nothing frightens or harms."""

import re

import pytest

from twitchwise.evidence import load_evidence
from twitchwise.evidence.topic_types import Saying
from twitchwise.explain.compare import CompareError, compare
from twitchwise.explain.danger import alone, companions
from twitchwise.explain.listing import contents
from twitchwise.explain.subjects import UnknownTopic, subjects_of
from twitchwise.explain.topic import document_of, explain
from twitchwise.explain.types import Document, Line
from twitchwise.explain.weights import behind, links_to

EVIDENCE = load_evidence()
SUBJECTS = [subject for subject in subjects_of(EVIDENCE).by_key.values() if not subject.member]
SAID = [
    (topic.id, field, one)
    for topic in EVIDENCE.topics.values()
    for field in topic.__dataclass_fields__
    for one in (getattr(topic, field) if isinstance(getattr(topic, field), tuple) else ())
    if isinstance(one, Saying)
]
NUTRIENTS = (
    "magnesium calcium potassium sodium vitamin_d vitamin_b12 vitamin_b6 thiamine folate iron zinc caffeine".split()
)
WISHED = (
    *NUTRIENTS[:-1],
    *("caffeine dehydration anxiety_or_stress hyperventilation sleep_deprivation overexertion alcohol".split()),
    *("benign_fasciculation motor_neuron_disease peripheral_nerve_hyperexcitability tetany cramps".split()),
    *("eyelid_twitching radiculopathy_or_neuropathy muscle_disease hypoparathyroidism thyroid kidney_disease".split()),
    *("malabsorption medication_effect toxin idiopathic_night_cramps restless_legs hemifacial_spasm".split()),
    *("pregnancy_cramps vitamin_b6_excess".split()),
)


def lines_of(document: Document) -> list[Line]:
    found = list(document.short)
    for section in document.sections:
        found += [*section.lines, *section.items]
        found += [cell for row in (section.table.rows if section.table else ()) for cell in row]
    return found


def ids_of(document: Document) -> list[str]:
    return [section.id for section in document.sections]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("vitamin d", "vitamin_d"),
        ("high dose B6", "vitamin_b6_excess"),
        ("benign fasciculation", "benign_fasciculation"),
        ("BFS", "benign_fasciculation"),
        ("tetany", "tetany"),
        ("ALS", "motor_neuron_disease"),
        ("coffee", "caffeine"),
        ("Losec", "ppi"),
        ("omeprazole tablets", "ppi"),
        ("what is magnesium deficiency", "magnesium"),
        ("b12", "vitamin_b12"),
        ("charley horse", "cramps"),
        ("serum magnesium", "magnesium"),
        ("EMG", "emg"),
        ("Crohn", "malabsorption"),
        ("nitrous oxide", "nitrous_oxide"),
    ],
)
def test_plain_words_find_their_page(text: str, id_: str) -> None:
    assert explain(text, EVIDENCE).id == id_


def test_a_brand_and_its_ingredient_show_the_same_facts() -> None:
    assert explain("Losec", EVIDENCE).sections == explain("omeprazole", EVIDENCE).sections


@pytest.mark.parametrize(("slip", "meant"), [("magnesum", "magnesium"), ("omeprasole", "omeprazole")])
def test_a_slip_is_suggested_never_guessed(slip: str, meant: str) -> None:
    with pytest.raises(UnknownTopic, match=f"Did you mean .*{meant}"):
        explain(slip, EVIDENCE)


def test_an_unknown_topic_is_one_line_and_wrong_use() -> None:
    with pytest.raises(UnknownTopic) as caught:
        explain("xyzzy \x1b[31m", EVIDENCE)
    assert "\n" not in str(caught.value) and "\x1b" not in str(caught.value) and caught.value.exit_code == 2


def test_the_list_of_topics_holds_every_kind_of_fact() -> None:
    text = " ".join(line.text for line in lines_of(contents(EVIDENCE)))
    for name in ("magnesium", "proton pump inhibitor", "hemifacial spasm", "parathyroid hormone", "nitrous oxide"):
        assert name in text, name


def test_every_topic_that_was_asked_for_is_there() -> None:
    assert [id_ for id_ in WISHED if id_ not in EVIDENCE.topics] == []


@pytest.mark.parametrize(("topic", "field", "one"), SAID, ids=lambda value: str(value)[:24])
def test_every_sentence_has_a_source(topic: str, field: str, one: Saying) -> None:
    assert one.cite.source in EVIDENCE.sources, f"topics/{topic}.toml {field}: add {one.cite.source!r} to sources.toml"
    assert one.cite.locator and one.text.endswith("."), f"topics/{topic}.toml {field}: {one.text}"
    assert EVIDENCE.sources[one.cite.source].tier != "C", f"topics/{topic}.toml {field}: a person sees A and B only"


def test_every_link_of_a_topic_leads_somewhere() -> None:
    tables = {
        "nodes": EVIDENCE.nodes,
        "findings": EVIDENCE.findings,
        "factors": EVIDENCE.factors,
        "tests": EVIDENCE.analytes,
        "see": EVIDENCE.topics,
    }
    for topic in EVIDENCE.topics.values():
        for field, table in tables.items():
            assert [id_ for id_ in getattr(topic, field) if id_ not in table] == [], f"topics/{topic.id}.toml {field}"
        assert {topic.low, topic.high} - {""} <= set(EVIDENCE.nodes), topic.id
        assert topic.nutrient in {"", *EVIDENCE.nutrients}, topic.id


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: f"{s.kind}-{s.id}")
def test_every_subject_has_a_page_with_sources(subject: object) -> None:
    document = document_of(subject, EVIDENCE)  # type: ignore[arg-type]
    cited = {cite.source for line in lines_of(document) for cite in line.cites}
    assert cited == set(document.sources)
    assert len(set(ids_of(document))) == len(document.sections), "a section is there twice"
    text = " ".join(f"{line.mark} {line.text}" for line in lines_of(document))
    assert "_" not in text and not re.search(r"\bnan\b|\bNone\.|[{}]", text), text
    assert "not a diagnosis" in text


@pytest.mark.parametrize("nutrient", NUTRIENTS)
def test_a_nutrient_page_is_whole(nutrient: str) -> None:
    document = explain(nutrient.replace("_", " "), EVIDENCE)
    assert {"role", "where", "foods", "strength", "care"} <= set(ids_of(document)), nutrient
    foods = next(section for section in document.sections if section.id == "foods")
    told = [row[2] for row in foods.table.rows] if foods.table else [*foods.lines, *foods.items]
    assert len(told) >= 3
    assert all(re.search(r"\d+(\.\d+)? (mg|ug|micrograms)", line.text) and line.cites for line in told), nutrient


def test_strength_says_when_no_study_gives_a_share() -> None:
    for nutrient in ("magnesium", "calcium", "potassium", "vitamin_d", "vitamin_b12", "thiamine"):
        said = " ".join(one.text for one in EVIDENCE.topics[nutrient].strength)
        assert "No study tells how often" in said, nutrient


def test_no_page_about_a_finding_shows_a_rate() -> None:
    for id_ in EVIDENCE.findings:
        if EVIDENCE.findings[id_].kind == "symptom":
            behind_it = [
                s for s in explain(EVIDENCE.findings[id_].name, EVIDENCE).sections if s.id in ("role", "behind")
            ]
            text = " ".join(line.text for section in behind_it for line in (*section.lines, *section.items))
            assert not re.search(r"\d\s*(%|percent|in \d)", text), id_


@pytest.mark.parametrize("finding", ["muscle_twitching", "eyelid_twitching", "calf_twitching"])
def test_the_harmless_comes_first_and_the_dangerous_is_rare(finding: str) -> None:
    causes, _ = behind(finding, EVIDENCE)
    order = [one.node.id for one in causes]
    assert order[0] == "benign_fasciculation"
    shares = {one.node.id: one.share for one in causes}
    assert shares.get("motor_neuron_disease", 0.0) < 0.001 < shares["benign_fasciculation"]
    assert sum(shares.values()) <= 1.0 + 1e-9


def test_an_inner_mechanism_counts_for_what_sets_it_going() -> None:
    assert "hyperventilation" in [one.node.id for one in behind("tetany", EVIDENCE)[0]][:4]


def test_medicines_that_lower_magnesium_are_found_in_the_data() -> None:
    text = next(s for s in explain("magnesium", EVIDENCE).sections if s.id == "medicines").items
    assert any("proton pump inhibitor" in line.text for line in text)
    names = {link.factor.id for link in links_to(("magnesium_deficiency",), EVIDENCE) if link.factor.kind == "medicine"}
    written = " ".join(line.text for line in text)
    assert all(EVIDENCE.factors[id_].name in written for id_ in names if id_ not in ("sglt2_inhibitor",))


def test_a_medicine_page_never_says_stop() -> None:
    for factor in EVIDENCE.factors.values():
        if factor.kind == "medicine":
            document = explain(factor.name, EVIDENCE)
            text = " ".join(line.text for line in lines_of(document))
            assert "Ask the prescriber" in text or document.id in EVIDENCE.topics, factor.id
            assert not re.search(r"(?<!not )\bstop (taking )?(it|this|the (medicine|tablet))\b", text, re.I), factor.id


def test_no_doses_for_supplements_where_kidneys_or_pregnancy_matter() -> None:
    for name in ("kidney disease", "pregnancy cramps"):
        safety = next(s for s in explain(name, EVIDENCE).sections if s.id == "safety")
        text = " ".join(line.text for line in safety.lines)
        assert not re.search(r"\d+ ?(mg|ug|g|mmol)\b", text) and "unless" in text + "unless" * (
            name != "kidney disease"
        )


@pytest.mark.parametrize("finding", ["seizure", "chest_pain", "facial_droop", "sudden_weakness", "saddle_numbness"])
def test_danger_signs_call_for_help_on_every_page(finding: str) -> None:
    first = companions(EVIDENCE)[0]
    assert (
        first.text.startswith("Call the emergency number now") and EVIDENCE.findings[finding].name in first.text.lower()
    )
    assert first in lines_of(explain("magnesium", EVIDENCE))


def test_urgency_of_a_finding_comes_from_the_rules() -> None:
    assert "emergency" in alone("seizure", EVIDENCE)[0].text.lower()
    assert "not urgent" in alone("eyelid_twitching", EVIDENCE)[0].text


def test_a_test_page_says_what_low_and_high_may_mean() -> None:
    document = explain("serum magnesium", EVIDENCE)
    low = next(section for section in document.sections if section.id == "too_little")
    assert "low magnesium" in [item.text for item in low.items]
    table = next(section for section in document.sections if section.id == "tests").table
    assert table is not None and table.rows[0][1].text == "0.7 to 1.1 mmol/L"


def test_compare_sets_aspects_side_by_side() -> None:
    document = compare(["magnesium", "calcium", "vitamin d", "b12", "potassium"], EVIDENCE)
    table = document.sections[0].table
    assert table is not None and len(table.columns) == 6
    aspects = [row[0].text for row in table.rows]
    assert {"Too little", "Foods and drinks", "Tests", "At risk", "Medicines", "Strength of evidence"} <= set(aspects)
    assert all(len(row) == 6 for row in table.rows)
    foods = table.rows[aspects.index("Foods and drinks")]
    assert all("mg" in cell.text or "ug" in cell.text for cell in foods[1:])


@pytest.mark.parametrize("names", [["magnesium"], ["magnesium", "low magnesium"], ["magnesium"] * 3])
def test_compare_needs_two_different_topics(names: list[str]) -> None:
    with pytest.raises(CompareError, match="2 to 8"):
        compare(names, EVIDENCE)


def test_compare_takes_any_kind_of_topic() -> None:
    document = compare(["ALS", "BFS", "omeprazole"], EVIDENCE)
    assert document.sections[0].table is not None
    assert document.sections[0].table.columns[1:] == (
        "Motor neurone disease (ALS)",
        "Harmless muscle twitching",
        "Omeprazole",
    )
