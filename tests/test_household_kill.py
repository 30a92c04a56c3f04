"""Kill -9 in the middle of saves: all is readable, no confirmed save is lost (benchmarks/bench_kills.py does 1,000)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
CALL = """
import json, sys
from dataclasses import asdict
from pathlib import Path
sys.path[:0] = [{root!r}, {bench!r}]
from bench_kills import PHRASE, run
print(json.dumps(asdict(run(Path({folder!r}), {kills}, seed=7, phrase={phrase}, way={way!r}))))
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the kills need fork: they were NOT made")
needs_cipher = pytest.mark.skipif(
    find_spec("sqlcipher3") is None, reason="sqlcipher3 is not installed: kills with a passphrase were NOT made"
)


def killed(folder: Path, kills: int, way: str, phrase: str = '""') -> dict[str, Any]:
    """Kill in a process of its own: a fork of this one would take its threads' locks along."""
    bench = str(ROOT / "benchmarks")
    code = CALL.format(root=str(ROOT), bench=bench, folder=str(folder), kills=kills, way=way, phrase=phrase)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_no_kill_loses_a_confirmed_save(tmp_path: Path) -> None:
    found = killed(tmp_path, 60, "save")
    assert found["kills"] == 60 and found["saves"] > 60
    assert found["inside"] > 0, "no kill hit a write: the test would prove nothing"
    assert (found["unreadable"], found["lost"], found["wrong"], found["left"]) == ([], [], [], [])


@needs_cipher
@pytest.mark.parametrize(("way", "phrase"), [("save", "PHRASE"), ("phrase", '""')], ids=["passphrase", "changing it"])
def test_no_kill_loses_anything_with_a_passphrase(tmp_path: Path, way: str, phrase: str) -> None:
    found = killed(tmp_path, 15, way, phrase)
    assert found["kills"] == 15
    assert (found["unreadable"], found["lost"], found["wrong"], found["left"]) == ([], [], [], [])


def test_a_save_that_is_confirmed_too_early_is_found(tmp_path: Path) -> None:
    assert killed(tmp_path, 20, "early")["lost"], "the harness would not notice a loss"
