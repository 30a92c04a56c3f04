"""Deleting, exporting, importing and the passphrase: what is to be gone is gone, the rest comes back."""

from __future__ import annotations

import io
import json
import os
import tomllib
import zipfile
from pathlib import Path

import pytest
from household_case import PHRASE, REVIEW, TABLES, all_bytes, index, kept, needs_cipher, posix, rights, ways, zipped

from twitchwise.errors import FileError, LimitError, RecordError
from twitchwise.household import (
    Household,
    Locked,
    WrongPassphrase,
    database,
    is_locked,
    place,
    wipe,
)

# deleting


@pytest.mark.parametrize("how", ["person", "all", "review", "wipe"])
def test_what_is_deleted_is_gone_from_the_folder(folder: Path, how: str) -> None:
    secret = b"qzxvsecretmark"
    review = json.dumps({"noise": os.urandom(3000).hex()})
    with Household.open(folder) as household:
        ann, ben = household.add("Ann Qzxvname"), household.add("Ben")
        for number in range(30):
            household.save(ann.id, {"habits": {"other": f"{secret.decode()} {number} " * 200}}, number)
            household.save(ben.id, {"habits": {"other": f"plain {number} " * 200}}, number)
        number = household.keep(ann.id, kept(review))
        packed = household._database._link.execute("SELECT review FROM kept").fetchone()[0]
        marks = [packed[40:80], packed[-60:-20]] + ([] if how == "review" else [secret, b"Qzxvname", ann.id.encode()])
        assert all(mark in all_bytes(folder) for mark in marks), "the marks must be there first"
        if how == "person":
            household.delete(ann.id)
        elif how == "all":
            household.delete_all()
        elif how == "review":
            household.forget(ann.id, number)
        else:
            household.close()
            wipe(folder)
        found = all_bytes(folder)  # still open: nothing waits for the end of the process
        assert not [mark for mark in marks if mark in found]
        assert [path.name for path in folder.iterdir()] == ([] if how == "wipe" else ["household.db"])
        if how in ("person", "review"):
            assert household.tables(ben.id)[1] == 30
        if how == "all":
            assert household.people() == () and (folder / "household.db").stat().st_size < 40_000


def test_an_old_name_is_gone_after_a_rename_and_a_delete(folder: Path, household: Household) -> None:
    ann = household.add("Qzxvfirst")
    household.rename(ann.id, "Second")
    assert b"Qzxvfirst" not in all_bytes(folder)
    assert b"Second" in all_bytes(folder)


def test_a_number_of_a_review_is_never_used_twice(household: Household) -> None:
    ann = household.add("Ann")
    first = household.keep(ann.id, kept())
    household.forget(ann.id, first)
    assert household.keep(ann.id, kept()) > first


# export and import


@ways
def test_an_export_brings_everything_back(folder: Path, tmp_path: Path, phrase: str) -> None:
    with Household.open(folder, phrase) as household:
        ann, ben = household.add("Ann 👩‍👩‍👧‍👦"), household.add("../../Ben")
        household.save(ann.id, TABLES, 0)
        household.save(ann.id, {"person": {"age": 42}}, 1)
        household.keep(ann.id, kept())
        data = household.export()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            assert {"README.txt", "household.json", "person-1/record.toml", "person-1/record.json"} <= set(names)
            assert not any(".." in name or name.startswith("/") for name in names)
            assert tomllib.loads(archive.read("person-1/record.toml").decode())["person"]["age"] == "42"
            assert archive.read("person-1/reviews/0001.json").decode() == REVIEW
            assert "no passphrase" in archive.read("README.txt").decode()
        for _ in range(2):  # nobody is replaced: a second time adds them a second time
            added = household.import_(data)
        assert len(household.people()) == 6 and {ann.id, ben.id}.isdisjoint(person.id for person in added)
    with Household.open(tmp_path / "other") as other:
        one, two = other.import_(data)
        assert (one.name, two.name) == (ann.name, "../../Ben")
        assert other.tables(one.id) == ({"person": {"age": 42}}, 2)
        assert other.tables_at(one.id, 1) == TABLES
        assert [review.json for review in other.kept(one.id)] == [REVIEW]
        assert other.tables(two.id) == ({}, 0)
        assert other.people() == (one, two)


def test_an_export_of_one_person_holds_nobody_else(household: Household) -> None:
    ann, ben = household.add("Ann"), household.add("Qzxvben")
    household.save(ann.id, TABLES, 0)
    household.save(ben.id, {"habits": {"other": "qzxvsecret"}}, 0)
    data = household.export(ann.id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert "record.toml" in archive.namelist()
    assert b"qzxvsecret" not in everything and b"Qzxvben" not in everything
    assert household.import_(data)[0].name == "Ann"


@pytest.mark.parametrize(
    "data", [b"[person]\nage = 40\n", b'{"person": {"age": 40}}', b'\xef\xbb\xbf{"person": {"age": 40}}']
)
def test_a_single_record_is_imported_as_a_person(household: Household, data: bytes) -> None:
    (person,) = household.import_(data, "Ann")
    assert person.name == "Ann" and household.tables(person.id) == ({"person": {"age": 40}}, 1)


BAD_IMPORTS = {
    "empty": b"",
    "noise": bytes(range(256)) * 40,
    "text": b"hello",
    "half a zip": zipped(household_json=index(), versions__0001_json=b"{}")[:90],
    "zip of something else": zipped(letter=b"dear friend"),
    "no file": zipped(household_json=index()),
    "list": zipped(household_json=b"[]"),
    "deep": zipped(household_json=b"[" * 100_000),
    "newer": zipped(household_json=index().replace(b'"layout": 1', b'"layout": 2')),
    "outside": zipped(
        household_json=index(versions=[{"version": 1, "made": "2026-11-22T10:00:00Z", "file": "../../etc/passwd"}])
    ),
    "bomb": zipped(household_json=index(), versions__0001_json=b'{"a": "' + b" " * 60_000_000 + b'"}'),
    "many bytes": zipped(household_json=index(), versions__0001_json=b'{"a": "' + b"x" * 6_000_000 + b'"}'),
    "no name": zipped(household_json=index(name=""), versions__0001_json=b"{}"),
    "name of a wrong kind": zipped(household_json=index(name=[1]), versions__0001_json=b"{}"),
    "no time": zipped(household_json=index(made="<script>"), versions__0001_json=b"{}"),
    "record is a list": zipped(household_json=index(), versions__0001_json=b"[1]"),
    "two of a kind": zipped(
        household_json=index(
            versions=[{"version": 1, "made": "2026-11-22T10:00:00Z", "file": "versions/0001.json"}] * 2
        ),
        versions__0001_json=b"{}",
    ),
    "toml": b"[person\nage = 3",
    "json": b'{"person": ',
}


@pytest.mark.parametrize("data", BAD_IMPORTS.values(), ids=BAD_IMPORTS.keys())
def test_a_bad_import_is_refused_in_one_line_and_adds_nobody(household: Household, data: bytes) -> None:
    household.add("Ben")
    with pytest.raises((RecordError, LimitError)) as caught:
        household.import_(data)
    assert len(str(caught.value)) < 300 and "\n" not in str(caught.value)
    assert [person.name for person in household.people()] == ["Ben"]


def test_the_made_up_import_is_refused_for_its_fault_only(household: Household) -> None:
    good = zipped(household_json=index(), versions__0001_json=b'{"person": {"age": 40}}')
    assert household.tables(household.import_(good)[0].id) == ({"person": {"age": 40}}, 1)


# passphrase


@needs_cipher
def test_nothing_can_be_read_without_the_passphrase(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    marks = [b"Qzxvname", b"muscle twitching", b"CREATE TABLE", b"SQLite format", b"self_care"]
    with Household.open(folder) as household:
        ann = household.add("Qzxvname")
        household.save(ann.id, TABLES, 0)
        number = household.keep(ann.id, kept())
        assert all(mark in all_bytes(folder) for mark in marks), "the marks must be there first"
        household.set_passphrase(PHRASE)
        assert not [mark for mark in marks if mark in all_bytes(folder)]
        assert household.encrypted and is_locked(folder)
        assert household.save(ann.id, {"person": {"age": 42}}, 1) == 2, "it goes on with the new file"
    for wrong in ("", "wrong passphrase", PHRASE + " ", PHRASE.upper(), "'; DROP TABLE person; --", "\0", "x" * 5000):
        with pytest.raises(Locked) as caught:
            Household.open(folder, wrong)
        assert isinstance(caught.value, WrongPassphrase) == bool(wrong)
        assert not wrong or wrong not in str(caught.value)
    assert "lost" in str(caught.value)
    with Household.open(folder, PHRASE) as household:
        assert household.tables(ann.id) == ({"person": {"age": 42}}, 2)
        assert household.kept_one(ann.id, number).json == REVIEW
        household.set_passphrase('it\'s another "one" Ünïcode 🙂')
        household.remove_passphrase()
        assert not household.encrypted and not is_locked(folder)
        household.set_passphrase(PHRASE)
        household.set_passphrase('it\'s another "one" Ünïcode 🙂')
    with pytest.raises(WrongPassphrase):
        Household.open(folder, PHRASE)
    with Household.open(folder, 'it\'s another "one" Ünïcode 🙂') as household:
        assert household.tables(ann.id)[1] == 2
    assert [path.name for path in folder.iterdir()] == ["household.db"]
    assert capfd.readouterr() == ("", ""), "no library writes to the terminal"


@needs_cipher
def test_the_same_passphrase_from_another_keyboard(folder: Path) -> None:
    Household.open(folder, "café am meer").close()
    with Household.open(folder, "cafe\u0301 am meer") as household:
        assert household.encrypted


@needs_cipher
@pytest.mark.parametrize("phrase", ["short", "x" * 1001, "with\nlines in it", "with\0zero in it", "        \t"])
def test_a_passphrase_that_would_not_help_is_refused(folder: Path, phrase: str) -> None:
    with Household.open(folder) as household:
        with pytest.raises(RecordError, match="8 to 1,000"):
            household.set_passphrase(phrase)
        assert not household.encrypted
    assert not is_locked(folder)


def test_a_passphrase_for_records_that_have_none_is_said_so(folder: Path) -> None:
    Household.open(folder).close()
    with pytest.raises(RecordError, match="no passphrase"):
        Household.open(folder, PHRASE)


def test_without_the_library_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "CIPHER", "twitchwise_no_such_module")
    with Household.open(folder) as household:
        ann = household.add("Ann")
        with pytest.raises(FileError, match=r"pip install 'twitchwise\[encrypted\]'"):
            household.set_passphrase(PHRASE)
        household.save(ann.id, TABLES, 0)
    assert [path.name for path in folder.iterdir()] == ["household.db"]


@needs_cipher
def test_a_process_that_has_the_old_file_open_loses_nothing_silently(folder: Path) -> None:
    with Household.open(folder) as first, Household.open(folder) as second:
        ann = first.add("Ann")
        first.save(ann.id, TABLES, 0)
        first.set_passphrase(PHRASE)
        for call in (lambda: second.save(ann.id, {}, 1), lambda: second.tables(ann.id), lambda: second.delete(ann.id)):
            with pytest.raises(FileError, match="start it again"):
                call()
        assert first.tables(ann.id) == (TABLES, 1)
    assert is_locked(folder)


def test_a_file_that_was_moved_away_is_said_so(folder: Path, household: Household) -> None:
    ann = household.add("Ann")
    (folder / "household.db").rename(folder / "elsewhere.db")
    with pytest.raises(FileError, match="moved"):
        household.save(ann.id, TABLES, 0)


def test_what_a_killed_change_of_the_passphrase_left_is_removed(folder: Path) -> None:
    Household.open(folder).close()
    place.new_file(folder / "household.db").write_bytes(b"half a copy")
    Household.open(folder).close()
    assert [path.name for path in folder.iterdir()] == ["household.db"]


@needs_cipher
def test_a_lost_passphrase_can_be_started_over(folder: Path) -> None:
    with Household.open(folder, PHRASE) as household:
        household.add("Ann")
    wipe(folder)
    with Household.open(folder) as household:
        assert household.people() == ()


@posix
@needs_cipher
def test_a_link_to_the_file_does_not_leave_the_open_one_behind(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    away = tmp_path / "away"
    away.mkdir()
    (folder / "household.db").symlink_to(away / "mine.db")
    with Household.open(folder) as household:
        household.add("Qzxvname")
        assert b"Qzxvname" in all_bytes(away)
        household.set_passphrase(PHRASE)
    assert b"Qzxvname" not in all_bytes(tmp_path)
    with Household.open(folder, PHRASE) as household:
        assert [person.name for person in household.people()] == ["Qzxvname"]
        assert rights(away) == 0o700


def test_a_deletion_that_was_not_finished_is_said_so(household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy() -> None:
        raise FileError("busy")

    ann = household.add("Ann")
    household.save(ann.id, {"habits": {"other": "qzxvsecret " * 3000}}, 0)
    monkeypatch.setattr(household._database, "compact", busy)
    assert b"qzxvsecret" in all_bytes(household.path.parent)
    with pytest.raises(FileError, match="delete once more"):
        household.delete(ann.id)
    assert household.people() == ()
    assert b"qzxvsecret" not in all_bytes(household.path.parent), "the pages are overwritten all the same"


@posix
@needs_cipher
@pytest.mark.parametrize("how", ["passphrase", "wipe"])
def test_the_old_file_is_overwritten_before_its_room_is_given_back(folder: Path, how: str) -> None:
    with Household.open(folder) as household:
        household.add("Qzxvname")
    with open(folder / "household.db", "rb") as old:  # it can still be read by this handle when its name is gone
        assert b"Qzxvname" in old.read()
        if how == "wipe":
            wipe(folder)
        else:
            with Household.open(folder) as household:
                household.set_passphrase(PHRASE)
        old.seek(0)
        assert b"Qzxvname" not in old.read()
