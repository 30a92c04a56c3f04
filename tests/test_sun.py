"""Vitamin D from the sun: wide, often "none", and never a way to burn."""

from __future__ import annotations

import pytest
from day_people import person
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import GRADE, grade

from twitchwise.errors import RecordError
from twitchwise.evidence.load import load_evidence
from twitchwise.plan.sun import noon_height, read_latitude, read_skin, sun_time, uv_index

EVIDENCE = load_evidence()
LONDON, BOSTON, JOHANNESBURG, CAPE_TOWN, NAIROBI = 51.5, 42.2, -26.2, -33.9, -1.3


@pytest.mark.parametrize("month", [10, 11, 12, 1, 2])
def test_no_vitamin_d_from_a_british_winter(month: int) -> None:
    found = sun_time(LONDON, month, "fair", person())
    assert found.verdict == "none" and found.minutes is None


@pytest.mark.parametrize("month", [4, 5, 6, 7, 8, 9])
def test_a_british_summer_brings_some(month: int) -> None:
    found = sun_time(LONDON, month, "fair", person())
    assert found.verdict in ("some", "unsure") and found.minutes is not None


def test_winter_comes_half_a_year_later_in_the_south() -> None:
    assert sun_time(-BOSTON, 6, "", person()).verdict == "none"
    assert sun_time(BOSTON, 12, "", person()).verdict == "none"
    assert sun_time(BOSTON, 6, "", person()).verdict == "some"


def test_johannesburg_makes_it_all_year_and_cape_town_little_in_june() -> None:
    assert all(sun_time(JOHANNESBURG, month, "", person()).verdict != "none" for month in range(1, 13))
    assert sun_time(CAPE_TOWN, 6, "", person()).verdict == "unsure"
    assert uv_index(CAPE_TOWN, 6, EVIDENCE)[1] < uv_index(CAPE_TOWN, 12, EVIDENCE)[0]


def test_the_sun_stands_where_the_almanac_says() -> None:
    assert noon_height(0.0, 3) == pytest.approx(90, abs=4)
    assert noon_height(LONDON, 6) == pytest.approx(61.9, abs=1)
    assert noon_height(LONDON, 12) == pytest.approx(15.1, abs=1)


def test_published_minutes_lie_near() -> None:
    """A German table: at an index of 6, skin type II, 200 IU on 6 % of the skin in 8 minutes; here face and arms."""
    found = sun_time(45.0, 5, "type II", person())
    assert found.minutes is not None and found.minutes[0] < 8 and found.minutes[1] > 3


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.floats(-90, 90), st.integers(1, 12), st.sampled_from(["", "1", "2", "3", "4", "5", "6", "brown", "purple"]))
def test_nobody_is_told_to_burn(latitude: float, month: int, skin: str) -> None:
    found = sun_time(latitude, month, skin, person())
    low, high = found.index
    assert 0 <= low <= high
    if found.minutes is not None:
        first, last = found.minutes
        assert first < last <= 60
        tender = min(one.dose.low for one in read_skin(skin, EVIDENCE))
        assert last * 60 * 0.025 * high <= 0.5 * tender + 1e-6  # half of what reddens, at the strongest sun
    if found.verdict in ("some", "unsure"):
        assert "Never let your skin turn red" in found.text
    assert grade(found.text) <= GRADE, found.text


def test_darker_skin_needs_longer() -> None:
    fair, dark = (sun_time(LONDON, 6, skin, person()).minutes for skin in ("type 1", "type 6"))
    assert fair is not None and dark is not None and dark[1] > 2 * fair[1]


@pytest.mark.parametrize("who", [{"age": 8.0}, {"pregnant": True}, {"tags": frozenset({"tetracycline"})}])
def test_no_minutes_where_skin_burns_sooner_or_no_dose_is_named(who: dict[str, object]) -> None:
    found = sun_time(LONDON, 6, "fair", person(**who))
    assert found.minutes is None and "minutes are given" in found.text


@pytest.mark.parametrize("tag", ["high_calcium", "sarcoid", "kidney_stones", "digoxin"])
def test_high_calcium_and_its_kin_get_no_sun_advice(tag: str) -> None:
    assert sun_time(LONDON, 6, "fair", person(tags=frozenset({tag}))).verdict == "withheld"


@pytest.mark.parametrize(("text", "value"), [("51.5", 51.5), ("34 S", -34.0), ("51,5° north", 51.5), ("-33.9", -33.9)])
def test_latitudes_are_read(text: str, value: float) -> None:
    assert read_latitude(text) == value


@pytest.mark.parametrize("text", ["London", "123", "51.5 W"])
def test_what_is_no_latitude_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        read_latitude(text)


def test_unknown_skin_leaves_every_type_open() -> None:
    assert len(read_skin("", EVIDENCE)) == 6 and len(read_skin("purple", EVIDENCE)) == 6
    assert [one.id for one in read_skin("skin type V", EVIDENCE)] == ["5"]
    with pytest.raises(RecordError):
        sun_time(95.0, 6, "", person())
