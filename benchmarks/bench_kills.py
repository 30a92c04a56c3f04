"""Kill -9 in the middle of saves: is every record readable, and is each save that was confirmed still there?

A child process saves one version after another and reports each save only when it has returned. It is killed at a
random moment. Then the file is opened as a person would open it, and what is in it is read and compared with what the
child must have written. Ways: "save" only saves; "phrase" also sets and removes the passphrase all the time; "early", a
positive control, confirms a save before it is made, so losses must be found.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from machine import heading, line

from twitchwise.household import Household, Kept, is_locked

KILLS = 1000
BATCH = 100  # kills of one file, so that it stays as small as a real one
PHRASE = "four quiet garden chairs"


@dataclass
class Outcome:
    """What the kills did."""

    kills: int = 0
    inside: int = 0  # a journal was left: the kill hit a write
    saves: int = 0  # confirmed
    unreadable: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # files beside the one, after it was opened and closed
    slowest: float = 0.0  # seconds to open the file after a kill


def record(person: int, version: int) -> dict[str, Any]:
    """The record that belongs to a version: of any size from some bytes to 200 kB, and the same each time."""
    dice = random.Random(person * 1_000_003 + version)
    lines = [
        {"what": f"made up {dice.random()}", "since": f"{dice.randrange(90)} days"} for _ in range(dice.randrange(60))
    ]
    text = "".join(dice.choices("abcdefgh ", k=dice.choice((10, 900, 9_000, 9_000, 90_000))))
    return {"person": {"age": version}, "findings": lines, "habits": {"other": text}}


def review(number: int) -> Kept:
    """A review to keep, of some 50 kB."""
    return Kept(date(2026, 11, 22), "routine", number, f'{{"n": {number}, "fill": "{"x" * 50_000}"}}')


def work(folder: Path, phrase: str, seed: int, pipe: int, way: str) -> None:
    """Save until killed; each line on the pipe is one save that was confirmed."""

    def confirm(person: str, what: str, number: int) -> None:
        os.write(pipe, f"{person} {what} {number}\n".encode())

    dice = random.Random(seed)
    household = Household.open(folder, phrase)
    people = household.people()
    newest = {person.id: person.version for person in people}
    os.write(pipe, b"ready\n")
    while True:
        place = dice.randrange(len(people))
        person = people[place].id
        version = newest[person] + 1
        if way == "phrase":
            household.remove_passphrase() if household.encrypted else household.set_passphrase(PHRASE)
        if way == "early":
            confirm(person, "version", version)
        household.save(person, record(place, version), newest[person])
        newest[person] = version
        if way != "early":
            confirm(person, "version", version)
        if dice.random() < 0.1:
            confirm(person, "review", household.keep(person, review(version)))
        if dice.random() < 0.05:  # deletes write the whole file anew
            household.delete(household.add("passing by").id)


def kill_once(folder: Path, phrase: str, dice: random.Random, way: str) -> list[tuple[str, str, int]]:
    """Start a child, kill it at a random moment, and return what it had confirmed."""
    reading, writing = os.pipe()
    seed, delay = dice.randrange(2**32), dice.random() ** 2 * (0.9 if way == "phrase" else 0.12)
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(folder, phrase, seed, writing, way)
        finally:  # it must never come back as a second parent
            os._exit(1)
    os.close(writing)
    said = b""
    try:
        while not said.startswith(b"ready\n") and (got := os.read(reading, 65536)):
            said += got
        end = time.monotonic() + delay
        while (left := end - time.monotonic()) > 0:  # the pipe is emptied, or a full one would hold the child up
            if select.select([reading], [], [], left)[0] and (got := os.read(reading, 65536)):
                said += got
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise SystemExit("the child ended by itself: see its error above")
        while got := os.read(reading, 65536):
            said += got
    finally:
        os.close(reading)
    rows = [row.split() for row in said.decode().split("\n")[1:-1]]
    return [(person, what, int(number)) for person, what, number in rows]


def look(folder: Path, phrase: str, confirmed: dict[tuple[str, str], int], out: Outcome, whole: bool) -> None:
    """Read everything, and compare."""
    start = time.monotonic()
    with Household.open(folder, phrase) as household:
        out.slowest = max(out.slowest, time.monotonic() - start)
        if household.damage:
            out.unreadable.append(household.damage)
        people = [person for person in household.people() if person.name != "passing by"]
        for place, person in enumerate(people):
            versions = [version.version for version in household.versions(person.id)]
            numbers = household.kept_numbers(person.id)
            if versions != list(range(1, person.version + 1)):
                out.lost.append(f"{out.kills}: versions {versions[:3]}... of {person.version}")
            if person.version < confirmed.get((person.id, "version"), 0):
                out.lost.append(f"{out.kills}: version {confirmed[person.id, 'version']}, newest is {person.version}")
            if confirmed.get((person.id, "review"), 0) not in (0, *numbers):
                out.lost.append(f"{out.kills}: review {confirmed[person.id, 'review']}")
            since = 1 if whole else max(1, person.version - 15)
            for version in range(since, person.version + 1):
                if household.tables_at(person.id, version) != record(place, version):
                    out.wrong.append(f"{out.kills}: version {version}")
            for number in numbers[-2:]:
                kept = household.kept_one(person.id, number)
                if kept.json != review(kept.version).json:
                    out.wrong.append(f"{out.kills}: review {number}")


def run(folder: Path, kills: int, seed: int, phrase: str = "", way: str = "save") -> Outcome:
    """Kill `kills` times and look after each.

    Parameters: folder, empty; kills; seed; phrase, passphrase or ""; way, see above.
    Returns: what was found.
    """
    out, dice = Outcome(), random.Random(seed)
    confirmed: dict[tuple[str, str], int] = {}
    with Household.open(folder, phrase) as household:
        for name in ("Ann", "Ben", "Chen"):
            household.add(name)
    for turn in range(kills):
        out.kills += 1
        told = kill_once(folder, phrase, dice, way)
        out.saves += len(told)
        for person, what, number in told:
            confirmed[person, what] = number
        out.inside += (folder / "household.db-journal").exists()
        try:
            if way == "phrase":
                phrase = PHRASE if is_locked(folder) else ""
            # the newest versions each time, all of them in the end
            look(folder, phrase, confirmed, out, whole=turn == kills - 1)
            out.left += [path.name for path in folder.iterdir() if path.name != "household.db"]
        except Exception as error:  # whatever it is, a record could not be read
            out.unreadable.append(f"{out.kills}: {type(error).__name__}: {error}")
            break
    return out


def main() -> None:
    """Kill, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--encrypted", action="store_true")
    parser.add_argument("--way", choices=("save", "phrase", "early"), default="save")
    chosen = parser.parse_args()
    start, size, out = time.monotonic(), 0, Outcome()
    for batch in range(0, chosen.kills, BATCH):
        with tempfile.TemporaryDirectory() as folder:
            kills, phrase = min(BATCH, chosen.kills - batch), PHRASE if chosen.encrypted else ""
            add(out, run(Path(folder), kills, chosen.seed + batch, phrase, chosen.way))
            size = max(size, (Path(folder) / "household.db").stat().st_size)
    heading(f"kill -9, way: {chosen.way}{', with a passphrase' if chosen.encrypted else ''}, seed {chosen.seed}")
    line("kills", out.kills, "")
    line("of them while the file was being written", out.inside, "")
    line("saves confirmed", out.saves, "")
    line("records or reviews not readable", len(out.unreadable), "", "0", not out.unreadable)
    line("confirmed saves lost", len(out.lost), "", "0", not out.lost)
    line("versions that differ from what was saved", len(out.wrong), "", "0", not out.wrong)
    line("files left beside the records", len(out.left), "", "0", not out.left)
    line("longest time to open after a kill", out.slowest, "s")
    line("largest file", size / 1e6, "MB")
    line("all of it took", time.monotonic() - start, "s")
    found = [*out.unreadable, *out.lost, *out.wrong, *out.left]
    print("\n".join(f"   {text}" for text in found[:20]))
    sys.exit(bool(found))


def add(whole: Outcome, part: Outcome) -> None:
    """Add the figures of a batch."""
    for name in ("kills", "inside", "saves", "unreadable", "lost", "wrong", "left"):
        setattr(whole, name, getattr(whole, name) + getattr(part, name))
    whole.slowest = max(whole.slowest, part.slowest)


if __name__ == "__main__":
    main()
