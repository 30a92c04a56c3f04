"""The local page: first page after `serve`, then eight people at once; time, memory, errors."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from machine import ROOT, heading, line

CLIENTS = 8
MOST_MS, MOST_START, MOST_GROWTH = 150.0, 1.5, 20.0  # ms, s, MB
PARTS = (
    "muscle twitching",
    "muscle cramp",
    "tremor",
    "tingling",
    "muscle stiffness",
    "fatigue",
    "anxiety",
    "palpitations",
)


class Served:
    """`twitchwise serve` in a process of its own."""

    def __init__(self, folder: str) -> None:
        env = {**os.environ, "TWITCHWISE_DATA": folder, "PYTHONPATH": str(ROOT)}
        script = "import twitchwise.cli.serve; from twitchwise.cli import main; main()"
        command = [sys.executable, "-c", script, "serve", "--no-browser", "--port", "0"]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline().strip()
        self.port = int(self.first.split(":")[2].split("/")[0])
        self.token = self.first.split("start=")[1]
        self.cookie = ""

    def link(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def open(self) -> None:
        """Exchange the token for the cookie and load the first page."""
        link = self.link()
        link.request("GET", f"/?start={self.token}")
        answer = link.getresponse()
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        answer.read()
        link.request("GET", "/", headers={"Cookie": self.cookie})
        answer = link.getresponse()
        assert answer.status == 200 and answer.read()

    def megabytes(self) -> float:
        """Memory in use; NaN where the system does not tell."""
        try:
            text = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return float("nan")
        return next(int(one.split()[1]) / 1000 for one in text.splitlines() if one.startswith("VmRSS"))

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=60)


def started(times: int) -> None:
    """Measure the way from the command to the first page."""
    spent, line_at = [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            page = Served(folder)
            line_at.append(time.perf_counter() - start)
            page.open()
            spent.append(time.perf_counter() - start)
            page.end()
    middle = statistics.median(spent)
    line("address printed, after the command", statistics.median(line_at), "s")
    line("first page, after the command", middle, "s", f"< {MOST_START}", middle < MOST_START)


def record(number: int, change: int = 0) -> dict[str, Any]:
    """A record of its own for each client; a change makes it another one."""
    return {
        "person": {"age": 30 + number, "sex": "female" if number % 2 else "male"},
        "findings": [{"what": PARTS[number], "since": "3 weeks"}],
        "habits": {"sleep": f"{5 + change % 40 / 10} hours", "caffeine": f"{change} mg/day"},
        "labs": [{"test": "magnesium", "value": f"0.{70 + number} mmol/L"}],
        "medicines": [{"name": "omeprazole", "dose": "20 mg daily"}],
    }


def ask(page: Served, link: http.client.HTTPConnection, way: tuple[str, str, dict[str, str], bytes | None]) -> int:
    """Send one request on a connection that stays open."""
    method, path, headers, body = way
    link.request(method, path, body, headers)
    answer = link.getresponse()
    answer.read()
    return answer.status


def by_api(page: Served, number: int, turn: int, changes: bool) -> tuple[str, str, dict[str, str], bytes | None]:
    """A program's request for a review."""
    headers = {"Authorization": f"Bearer {page.token}", "Content-Type": "application/json"}
    body = json.dumps(record(number, turn if changes else 0)).encode()
    return "POST", "/api/review?on=2026-11-22", headers, body


def run(page: Served, seconds: float, way: Callable[[int, int], Any]) -> tuple[list[float], int, float]:
    """Let all clients ask one after the other for a while; their times (ms), the errors, the memory gained (MB)."""
    spent: list[float] = []
    wrong = [0]

    def client(number: int) -> None:
        link, turn = page.link(), 0
        while time.perf_counter() < end:
            turn += 1
            start = time.perf_counter()
            try:
                wrong[0] += ask(page, link, way(number, turn)) != 200
            except (OSError, http.client.HTTPException):
                wrong[0] += 1
                link.close()
            spent.append(1000 * (time.perf_counter() - start))

    for number in range(CLIENTS):  # warm: each review is worked out once
        ask(page, page.link(), way(number, 0))
    before, end = page.megabytes(), time.perf_counter() + seconds
    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return spent, wrong[0], page.megabytes() - before


def told(title: str, result: tuple[list[float], int, float], asked: bool) -> None:
    spent, wrong, gained = result
    p95 = statistics.quantiles(spent, n=20)[-1]
    line(f"{title}: requests", len(spent), "")
    line(f"{title}: median", statistics.median(spent), "ms")
    line(f"{title}: p95", p95, "ms", f"< {MOST_MS:g}" if asked else "", p95 < MOST_MS if asked else None)
    line(f"{title}: errors", wrong, "", "0", wrong == 0)
    line(
        f"{title}: memory gained",
        gained,
        "MB",
        f"< {MOST_GROWTH:g}" if asked else "",
        gained < MOST_GROWTH if asked else None,
    )


def people(page: Served) -> list[str]:
    """Bring one person for each client in, as a person would: by the form for a record."""
    made = []
    for number in range(CLIENTS):
        link = page.link()
        headers = {"Cookie": page.cookie, "Origin": f"http://127.0.0.1:{page.port}"}
        form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        link.request("POST", "/people", urlencode({"name": f"person {number}"}), form)
        answer = link.getresponse()
        answer.read()
        made.append(answer.headers["location"].split("/")[2])
    return made


def main() -> None:
    """Measure the start, then reviews of unchanged records, the pages, and records that change each time."""
    words = argparse.ArgumentParser()
    words.add_argument("--seconds", type=float, default=60.0)
    seconds = words.parse_args().seconds
    heading(f"local page, {CLIENTS} clients")
    started(5)
    folder = tempfile.mkdtemp()
    page = Served(folder)
    try:
        page.open()
        told("review, unchanged", run(page, seconds, lambda n, t: by_api(page, n, t, False)), True)
        ids = people(page)
        cookie = {"Cookie": page.cookie}
        told("review page", run(page, seconds / 4, lambda n, t: ("GET", f"/p/{ids[n]}/review", cookie, None)), True)
        told("overview page", run(page, seconds / 4, lambda n, t: ("GET", f"/p/{ids[n]}", cookie, None)), True)
        told(
            "review, an answer changed each time", run(page, seconds / 4, lambda n, t: by_api(page, n, t, True)), False
        )
        line("memory at the end", page.megabytes(), "MB")
    finally:
        page.end()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
