"""Records on disk: what was saved is there, any name is taken, and others cannot read it."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from household_case import REVIEW, ROOT, TABLES, index, kept, posix, rights, ways, zipped
from hypothesis import given
from hypothesis import strategies as st

from twitchwise.errors import FileError, LimitError, RecordError, TwitchwiseError
from twitchwise.household import (
    Conflict,
    Household,
    Missing,
    is_locked,
    place,
)
from twitchwise.household.names import clean_name
from twitchwise.record import record_from_tables

# saving and history


@ways
def test_what_was_saved_is_there_after_a_new_start(folder: Path, phrase: str) -> None:
    with Household.open(folder, phrase) as first:
        ann, ben = first.add("Ann"), first.add("Ben")
        assert first.tables(ann.id) == ({}, 0)
        assert first.save(ann.id, TABLES, base=0) == 1
        assert first.save(ann.id, TABLES | {"habits": {"caffeine": "4 cups"}}, base=1) == 2
        number = first.keep(ann.id, kept())
    with Household.open(folder, phrase) as second:
        assert [person.name for person in second.people()] == ["Ann", "Ben"]
        assert second.tables(ann.id) == (TABLES | {"habits": {"caffeine": "4 cups"}}, 2)
        assert second.tables_at(ann.id, 1) == TABLES
        assert [version.version for version in second.versions(ann.id)] == [1, 2]
        assert second.people()[0].version == 2
        assert second.tables(ben.id) == ({}, 0)
        (review,) = second.kept(ann.id)
        assert (review.json, review.on, review.level, review.number) == (
            REVIEW,
            date(2026, 11, 22),
            "self_care",
            number,
        )
        assert review.made.endswith("Z")
        assert second.kept(ben.id) == ()
        assert second.encrypted == bool(phrase) == is_locked(folder)


def test_a_record_reads_the_same_after_it_was_kept(household: Household) -> None:
    text = '[person]\nborn = 1985-03-02\n[[findings]]\nwhat = "cramps"\nsince = 2026-11-01\n[habits]\ncaffeine = nan\n'
    tables = tomllib.loads(text)
    ann = household.add("Ann")
    household.save(ann.id, tables, 0)
    before, after = record_from_tables(tables), record_from_tables(household.tables(ann.id)[0])
    assert after.findings == before.findings and after.findings[0].since == "2026-11-01"
    assert after.person == before.person


def test_saving_the_same_again_makes_no_new_version(household: Household) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    assert household.save(ann.id, json.loads(json.dumps(TABLES)), 1) == 1
    assert len(household.versions(ann.id)) == 1


def test_a_change_to_an_older_version_is_refused_and_nothing_is_lost(household: Household) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    household.save(ann.id, {"person": {"age": 42}}, 1)
    with pytest.raises(Conflict, match="changed in another window") as caught:
        household.save(ann.id, {"person": {"age": 43}}, 1)
    assert caught.value.newest == 2
    assert household.tables(ann.id) == ({"person": {"age": 42}}, 2)
    with pytest.raises(Conflict):
        household.save(ann.id, {}, 3)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=15,
    )
)
def test_any_tables_come_back(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    from twitchwise.household.blobs import check, pack_tables, unpack_tables

    data = pack_tables({"habits": value})
    once = unpack_tables(data, check(data))
    again = pack_tables(once)
    assert again == data
    if "inf" not in repr(value) and value is not None and not isinstance(value, float):
        assert once == {"habits": value}


def too_deep() -> dict[str, Any]:
    inner: dict[str, Any] = {}
    for _ in range(5_000):
        inner = {"a": inner}
    return inner


@pytest.mark.parametrize(
    ("tables", "kind"),
    [
        ([1], RecordError),
        ({"a": object()}, RecordError),
        ({"a": b"bytes"}, RecordError),
        ({"a": 10**5000}, RecordError),
        (too_deep(), LimitError),
        ({"a": "x" * 6_000_000}, LimitError),
    ],
    ids=["list", "object", "bytes", "huge", "deep", "long"],
)
def test_what_is_no_record_is_refused_and_the_old_one_stays(household: Household, tables: Any, kind: type) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    with pytest.raises(kind):
        household.save(ann.id, tables, 1)
    assert household.tables(ann.id) == (TABLES, 1)


@pytest.mark.parametrize("id", ["", "nobody", "' OR 1=1 --", "\ud800", "../../etc", "a" * 10_000])
def test_an_unknown_person_is_said_so(household: Household, id: str) -> None:
    household.add("Ann")
    calls = (
        lambda: household.tables(id),
        lambda: household.save(id, TABLES, 0),
        lambda: household.delete(id),
        lambda: household.rename(id, "Eve"),
        lambda: household.versions(id),
        lambda: household.keep(id, kept()),
        lambda: household.kept(id),
        lambda: household.forget(id, 1),
        lambda: household.export(id),
    )
    for call in calls:
        with pytest.raises(Missing):
            call()
    assert [person.name for person in household.people()] == ["Ann"]


@pytest.mark.parametrize("number", [-1, 3, 10**30])
def test_an_unknown_version_or_review_is_said_so(household: Household, number: int) -> None:
    ann = household.add("Ann")
    household.save(ann.id, TABLES, 0)
    for call in (household.tables_at, household.forget, household.kept_one):
        with pytest.raises(Missing):
            call(ann.id, number)


def test_ids_are_random_and_fit_for_an_address(household: Household) -> None:
    ids = {household.add("Ann").id for _ in range(50)}
    assert len(ids) == 50
    assert all(
        len(id) >= 12 and set(id) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for id in ids
    )


# names


@pytest.mark.parametrize(
    "name", ["Ann", "👩‍👩‍👧‍👦", "שרה כהן", "محمد", "O'Brien; DROP TABLE person", "<b>x</b>", "🙂", "李"]
)
def test_a_name_may_be_any_text(household: Household, name: str) -> None:
    person = household.add(name)
    assert (person.name, person.note) == (name, "")
    assert household.people()[0].name == name
    assert household.rename(person.id, name + "!").name == household.people()[0].name == name + "!"


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\u200b\u200d", "\u202e", "\x00"])
def test_a_name_that_nobody_sees_is_refused(household: Household, name: str) -> None:
    with pytest.raises(RecordError, match="A name is missing"):
        household.add(name)
    assert household.people() == ()


def test_a_name_of_300_characters_is_cut_and_says_so(household: Household) -> None:
    person = household.add("x" * 300)
    assert household.people()[0].name == "x" * 100
    assert "longer than 100 characters" in person.note
    assert household.people()[0].note == ""


@pytest.mark.parametrize("sign", ["👩‍👩‍👧‍👦", "é" + "\u0301", "👍🏽", "ก็"])
def test_a_name_is_not_cut_inside_a_sign(sign: str) -> None:
    for before in range(3):
        name, note = clean_name("x" * before + sign * 100)
        rest = name[before:]
        assert note and rest and rest == clean_name(sign)[0] * (len(rest) // len(clean_name(sign)[0]))


@given(st.text(max_size=400))
def test_any_name_is_taken_or_refused_in_words(name: str) -> None:
    try:
        cleaned, _ = clean_name(name)
    except RecordError:
        return
    assert (0 < len(cleaned) <= 100 and cleaned.isprintable()) or not set("\n\r\t\x00\u202e\u2028") & set(cleaned)
    assert clean_name(cleaned) == (cleaned, "")


# rights


@posix
@ways
def test_only_the_owner_can_read_the_folder_and_the_file(folder: Path, phrase: str) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o777)  # as it may be after a copy
    (folder / "household.db").touch()
    (folder / "household.db").chmod(0o666)
    with Household.open(folder, phrase) as household:
        ann = household.add("Ann")
        household.save(ann.id, TABLES, 0)
        assert rights(folder) == 0o700
        assert {rights(path) for path in folder.iterdir()} == {0o600}
        if phrase:
            household.remove_passphrase()
            assert {rights(path) for path in folder.iterdir()} == {0o600}


@posix
def test_the_journal_is_closed_to_others_too(folder: Path, household: Household) -> None:
    household.add("Ann")
    with household._database.writing() as link:
        link.execute("UPDATE person SET name = 'Eve'")
        link.execute("PRAGMA cache_spill = 1")
        found = {path.name: rights(path) for path in folder.iterdir()}
    assert found == {"household.db": 0o600, "household.db-journal": 0o600}


@posix
def test_a_folder_shared_with_others_is_refused_and_left_alone(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(FileError, match="shared with other users"):
        Household.open(shared)
    assert rights(shared) == 0o1777
    assert list(shared.iterdir()) == []


def test_the_folder_is_found_like_that_of_the_foods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWITCHWISE_DATA", str(tmp_path / "named"))
    with Household.open() as household:
        assert household.path == tmp_path.resolve() / "named" / "household.db"


# words


def test_no_error_says_anything_of_a_record(household: Household, folder: Path) -> None:
    ann = household.add("Qzxvname")
    household.save(ann.id, {"habits": {"other": "qzxvsecret"}}, 0)
    calls = (
        lambda: household.save(ann.id, {"habits": {"other": "qzxvsecret"}, "x": object()}, 1),
        lambda: household.save(ann.id, {"habits": {"other": "qzxvsecret"}}, 7),
        lambda: household.save(ann.id, {"habits": {"qzxvsecret": "qzxvsecret" * 10**6}}, 1),
        lambda: household.tables_at(ann.id, 9),
        lambda: household.import_(b'{"habits": {"other": "qzxvsecret"'),
        lambda: household.import_(zipped(household_json=index(name="Qzxvname", made="qzxvsecret"))),
    )
    for call in calls:
        with pytest.raises(TwitchwiseError) as caught:
            call()
        assert "qzxv" not in str(caught.value).lower()
        assert "\n" not in str(caught.value)


def test_after_closing_it_says_so(folder: Path) -> None:
    household = Household.open(folder)
    household.close()
    household.close()
    with pytest.raises(FileError, match="closed"):
        household.people()
    assert not place.OPEN[household.path]


def test_the_package_does_not_load_the_cipher_before_it_is_needed(folder: Path) -> None:
    script = (
        f"import sys\nfrom pathlib import Path\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from twitchwise.household import Household\n"
        f"Household.open(Path({str(folder)!r})).close()\nassert 'sqlcipher3' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).returncode == 0
