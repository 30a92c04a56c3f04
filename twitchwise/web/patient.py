"""How long a client may take: one that is slow, silent or broken is let go, so that the others never wait for it."""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol

ARRIVE: Final = 20.0  # seconds for a whole request to arrive, from the first byte (or the connection) on
ANSWER: Final = 120.0  # seconds for its answer to be worked out and taken
MOST: Final = 200  # connections at once; a browser opens six


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with a deadline for each request; with too many connections the longest waiting one goes."""

    arrive, answer, most = ARRIVE, ANSWER, MOST
    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock; make room when too many are waiting."""
        super().connection_made(transport)
        self._due(self.arrive)
        waiting = [one for one in self.connections if isinstance(one, PatientProtocol) and not one._working()]
        if len(self.connections) > self.most and waiting:
            min(waiting, key=lambda one: one._since()).drop()

    def data_received(self, data: bytes) -> None:
        """Start the clock at the first byte of a request, and give the answer its own once all has arrived."""
        if self.deadline is None:
            self._due(self.arrive)
        super().data_received(data)
        if self._working() and not self.cycle.more_body and self.deadline is not None:
            self._due(self.answer)

    def on_response_complete(self) -> None:
        """Stop the clock; an idle connection has uvicorn's own, a request already waiting gets a new one."""
        self._stop()
        super().on_response_complete()
        if self._working():
            self._due(self.answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock for good."""
        self._stop()
        super().connection_lost(exc)

    def drop(self) -> None:
        """Let the client go, at once."""
        self.transport.abort()

    def _working(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _since(self) -> float:
        return 0.0 if self.deadline is None else self.deadline.when()

    def _due(self, seconds: float) -> None:
        self._stop()
        self.deadline = self.loop.call_later(seconds, self.drop)

    def _stop(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None
