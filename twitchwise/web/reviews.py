"""Reviews for the page: worked out in threads, a few at once, and kept while nothing in the record changes."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from anyio import CapacityLimiter, to_thread

from twitchwise.errors import TwitchwiseError

if TYPE_CHECKING:
    from twitchwise.evidence import Evidence
    from twitchwise.report import Report
    from twitchwise.review import Review
    from twitchwise.triage import Triage

KEPT: Final = 48  # finished reviews; one takes some hundred kB
AT_ONCE: Final = 2  # reviews; more would only share the same cores
SHORT: Final = 4  # shorter work, which never waits behind reviews
WAITING: Final = 32  # more than these are asked to come back
Got = TypeVar("Got")


class Busy(TwitchwiseError):
    """Too many reviews were asked for at once."""


class Reviews:
    """What was reviewed of late, by the hash of the record and the day."""

    def __init__(self, evidence: Evidence, kept: int = KEPT, at_once: int = AT_ONCE) -> None:
        self.evidence, self.most, self.at_once = evidence, kept, at_once
        self.done: OrderedDict[str, tuple[Review, Report]] = OrderedDict()
        self.texts: OrderedDict[str, bytes] = OrderedDict()
        self.under_way: dict[str, asyncio.Task[tuple[Review, Report]]] = {}
        self.limiters: dict[int, CapacityLimiter] = {}

    async def of(self, tables: Mapping[str, Any], on: date) -> tuple[Review, Report]:
        """Review a record; who asks for the same once more gets the same at once.

        Parameters: tables, the record as plain tables; on, the day. Returns: the review and its report.
        Raises: TwitchwiseError, when the record cannot be read or too many wait already.
        """
        key = key_of(tables, on)
        if key in self.done:
            self.done.move_to_end(key)
            return self.done[key]
        if key not in self.under_way:
            if len(self.under_way) >= WAITING:
                raise Busy("Many reviews are being worked out. Try again in a few seconds.")
            task = asyncio.create_task(self.in_thread(_work, tables, self.evidence, on, at_once=self.at_once))
            self.under_way[key] = task
            task.add_done_callback(lambda ended: self._ended(key, ended))
        return await asyncio.shield(self.under_way[key])  # whoever leaves does not stop it for the others

    async def json_of(self, tables: Mapping[str, Any], on: date) -> bytes:
        """Review a record and write it, byte for byte as the command line does.

        Parameters: tables; on. Returns: JSON in UTF-8. Raises: as `of`.
        """
        from twitchwise.formats.json_out import write_json

        key = key_of(tables, on)
        if key not in self.texts:
            _, report = await self.of(tables, on)
            self._keep(self.texts, key, (await self.in_thread(write_json, report)).encode())
        return self.texts[key]

    async def urgency(self, tables: Mapping[str, Any], on: date) -> Triage:
        """Say how urgent a record is as it stands, within milliseconds: for the forms.

        Parameters: tables; on. Returns: the triage. Raises: TwitchwiseError.
        """
        return await self.in_thread(_urgency, tables, self.evidence, on)

    async def in_thread(self, work: Callable[..., Got], *arguments: Any, at_once: int = SHORT) -> Got:
        """Work something out beside the page, a few at once, so that nobody else is kept waiting.

        Parameters: work; arguments; at_once, how many of this kind. Returns: what it returns.
        """
        limiter = self.limiters.setdefault(at_once, CapacityLimiter(at_once))
        return await to_thread.run_sync(work, *arguments, limiter=limiter)

    def forget(self) -> None:
        """Forget every result: after records were deleted nothing of them stays in memory here."""
        self.done.clear()
        self.texts.clear()

    def _ended(self, key: str, task: asyncio.Task[tuple[Review, Report]]) -> None:
        self.under_way.pop(key, None)
        if not task.cancelled() and task.exception() is None:
            self._keep(self.done, key, task.result())

    def _keep(self, where: OrderedDict[str, Got], key: str, what: Got) -> None:
        where[key] = what
        while len(where) > self.most:
            where.popitem(last=False)


def key_of(tables: Mapping[str, Any], on: date) -> str:
    """Name a record and a day.

    Parameters: tables; on. Returns: a hash.

    >>> day = date(2026, 11, 22)
    >>> key_of({"person": {"age": 4}}, day) == key_of({"person": {"age": 40}}, day)
    False
    """
    text = json.dumps([on.isoformat(), tables], default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _work(tables: Mapping[str, Any], evidence: Evidence, on: date) -> tuple[Review, Report]:
    from twitchwise.foods.at_hand import at_hand
    from twitchwise.record import record_from_tables
    from twitchwise.report import make_report
    from twitchwise.review import review

    found = review(record_from_tables(tables), evidence, on, foods=at_hand)
    return found, make_report(found, evidence)


def _urgency(tables: Mapping[str, Any], evidence: Evidence, on: date) -> Triage:
    from twitchwise.labs import read_labs
    from twitchwise.observe import observe
    from twitchwise.record import record_from_tables
    from twitchwise.triage import triage

    observations = observe(record_from_tables(tables), evidence, on)
    readings, _ = read_labs(observations, evidence)
    return triage(observations, readings, evidence)
