"""What articles say: every verdict has its sources, its plain reason, and a model that agrees with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from plain import GRADE, STOP, grade
from typer.testing import CliRunner

from twitchwise.cli.app import app
from twitchwise.evidence import load_evidence
from twitchwise.evidence.voice_types import Claim, Held
from twitchwise.explain.claims import THERE, disagreement, find_claims, hop, make_claims, often, strength
from twitchwise.explain.figures import fill
from twitchwise.formats.document import write_text

EVIDENCE = load_evidence()
CLAIMS = list(EVIDENCE.claims.values())
SHARE = re.compile(r"%|percent|\bin (?:100|1,000|10,000|a thousand|a hundred)\b")
GRAVE = re.compile(r"\b(ALS|motor neuron|tumour|MS)\b")
BY_HAND = re.compile(r"\d+ ?(?:mg|mcg|micrograms|IU)\b")
each = pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.id)


def told(claim: Claim) -> dict[str, str]:
    """The strings of a claim that a person reads, with their figures."""
    parts = {"text": claim.text, "why": claim.why, "instead": claim.instead, "model": claim.model.why}
    return {key: fill(text, EVIDENCE)[0] for key, text in parts.items() if text}


def test_there_are_many_claims_of_each_verdict() -> None:
    count = Counter(c.verdict for c in CLAIMS)
    assert len(CLAIMS) >= 60
    assert min(count["supported"], count["weak"], count["contradicted"]) >= 15


def test_no_two_claims_say_the_same() -> None:
    assert len({c.text for c in CLAIMS}) == len(CLAIMS)


@each
def test_every_claim_rests_on_an_original_or_a_faithful_copy(claim: Claim) -> None:
    assert claim.cites, f"{claim.id}: add a source"
    for cite in claim.cites:
        assert cite.source in EVIDENCE.sources, f"{claim.id}: add {cite.source!r} to data/sources.toml"
        assert EVIDENCE.sources[cite.source].tier in "AB", f"{claim.id}: {cite.source!r} is not tier A or B"
        assert cite.locator, f"{claim.id}: say where in {cite.source!r}"


@each
def test_every_topic_of_a_claim_exists(claim: Claim) -> None:
    e = EVIDENCE
    for topic in claim.topics:
        tables = (e.nutrients, e.nodes, e.findings, e.factors, e.analytes)
        assert any(topic in t for t in tables), f"{claim.id}: topic {topic!r}"


@each
def test_the_model_agrees_with_the_verdict(claim: Claim) -> None:
    assert not disagreement(claim, EVIDENCE), f"{claim.id}: {disagreement(claim, EVIDENCE)}"


@each
def test_every_claim_reads_easily(claim: Claim) -> None:
    for key, text in told(claim).items():
        assert grade(text) <= GRADE, f"{claim.id} {key}: grade {grade(text):.1f}: shorter words and sentences"


@each
def test_a_verdict_never_tells_anyone_to_stop_a_medicine(claim: Claim) -> None:
    for key in ("why", "instead"):
        assert not STOP.search(told(claim).get(key, "")), f"{claim.id} {key}"


@each
def test_doses_come_from_the_tables(claim: Claim) -> None:
    for text in (claim.text, claim.why, claim.instead):
        assert not BY_HAND.search(text), f"{claim.id}: write the dose as {{upper:...}} or {{limit:...}}"


def test_no_share_stands_beside_a_grave_disease() -> None:
    for line in write_text(make_claims(CLAIMS, EVIDENCE)).partition("\nSources")[0].split("\n- "):
        assert not (GRAVE.search(line) and SHARE.search(line)), line
    for claim in CLAIMS:
        page = write_text(make_claims([claim], EVIDENCE)).partition("\nSources")[0]
        assert not (GRAVE.search(page) and SHARE.search(page)), claim.id


def test_a_supported_claim_about_a_cause_has_its_path() -> None:
    checked = [c for c in CLAIMS if c.verdict == "supported" and c.model.path]
    assert len(checked) >= 15
    for claim in checked:
        assert strength(claim.model.path, EVIDENCE) > 0, claim.id


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("calcium_deficiency", "tetany"),  # a cause shows a finding
        ("magnesium_deficiency", "hypoparathyroidism"),  # a cause brings about a cause
        ("ppi", "magnesium_deficiency"),  # a medicine by odds
        ("vegan", "vitamin_b12_deficiency"),  # a risk
        ("ssri", "muscle_twitching"),  # a medicine shows a finding
        ("alcohol", "night_leg_cramps"),  # a narrower finding has its part of the wider one
    ],
)
def test_every_kind_of_link_counts(start: str, end: str) -> None:
    assert hop(start, end, EVIDENCE) >= THERE


def test_there_is_no_link_backwards() -> None:
    assert hop("tetany", "calcium_deficiency", EVIDENCE) == 0
    assert strength(["tetany"], EVIDENCE) == 0
    assert strength([], EVIDENCE) == 0


SOUND = EVIDENCE.claims["real_lack_twitches"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (replace(SOUND, model=Held(path=("magnesium_deficency", "muscle_twitching"))), "not in the evidence"),
        (replace(SOUND, model=Held()), "say why"),
        (replace(SOUND, verdict="contradicted"), "cannot expect"),
        (replace(SOUND, model=Held(path=SOUND.model.path, expect="none")), "needs a path"),
        (replace(SOUND, model=Held(path=SOUND.model.path, expect="small")), "expected 'small'"),
        (replace(SOUND, model=Held(path=("tonic_water", "leg_cramps"))), "expected 'edge'"),
        (replace(SOUND, model=Held(rather=("tonic_water", "leg_cramps"))), "no path"),
    ],
)
def test_a_model_that_does_not_hold_the_claim_is_noticed(changed: Claim, words: str) -> None:
    assert words in disagreement(changed, EVIDENCE)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("banana", "bananas_stop_cramps"),
        ("bannanas", "bananas_stop_cramps"),
        ("pickle juice", "pickle_juice"),
        ("tonic water", "tonic_water"),
        ("eyelid magnesium", "eyelid_means_low_magnesium"),
        ("epsom salts", "epsom_salt_bath"),
        ("does soap help", "soap_in_bed"),
        ("sodium potassium pump", "potassium_pump"),
        ("twitching means ALS", "twitching_means_als"),
        ("hair test", "hair_mineral_test"),
        ("licorice", "liquorice_lowers_potassium"),
        ("creatin", "creatine_cramps"),
        ("botox", "botox_eyelid"),
        ("vitamin k2", "vitamin_k2_night_cramps"),
    ],
)
def test_a_claim_is_found_by_a_persons_words(asked: str, first: str) -> None:
    assert find_claims(asked, EVIDENCE)[0].id == first


def test_what_fits_nothing_finds_nothing() -> None:
    assert find_claims("helicopter", EVIDENCE) == []
    assert find_claims("", EVIDENCE) == []
    assert find_claims("?!", EVIDENCE) == []


def test_a_page_carries_every_source_that_it_cites() -> None:
    page = make_claims(CLAIMS, EVIDENCE)
    cited = {c.source for s in page.sections for line in (*s.lines, *s.items) for c in line.cites}
    assert cited == set(page.sources)
    assert sum(len(s.items) for s in page.sections) == len(CLAIMS)


def test_a_claim_in_full_has_verdict_advice_and_model() -> None:
    section = make_claims([EVIDENCE.claims["b6_is_washed_out"]], EVIDENCE).sections[0]
    assert [line.mark for line in section.lines] == ["Contradicted", "Better", "In our model"]
    assert "12 mg a day" in section.lines[1].text
    assert section.lines[1].cites, "the figure brings its source along"


def test_words_for_chances_go_down() -> None:
    assert [often(p) for p in (0.9, 0.2, 0.05, 0.001)] == ["often", "at times", "seldom", "hardly ever"]


def test_an_odds_ratio_is_never_called_often() -> None:
    page = make_claims([EVIDENCE.claims["ppi_lowers_magnesium"]], EVIDENCE)
    assert "more likely" in page.sections[0].lines[-1].text


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json"])
def test_the_command_writes_every_format(format: str) -> None:
    found = CliRunner().invoke(app, ["claims", "banana", "--format", format])
    assert found.exit_code == 0
    assert "Bananas stop cramps." in found.stdout
    if format == "json":
        assert json.loads(found.stdout)


def test_the_command_alone_lists_all_within_the_columns() -> None:
    found = CliRunner().invoke(app, ["claims"])
    flat = " ".join(found.stdout.split())
    assert all(" ".join(c.text.split()) in flat for c in CLAIMS)
    assert max(map(len, found.stdout.splitlines())) <= 80


def test_the_command_says_when_nothing_fits() -> None:
    found = CliRunner().invoke(app, ["claims", "helicopter"])
    assert found.exit_code == 2
    assert "no claim fits" in found.output
