"""Start the page: listen, say where, serve until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from twitchwise.errors import FileError
from twitchwise.web.running import Running, claim, find, release
from twitchwise.web.settings import HOST, PORT, Settings

if TYPE_CHECKING:
    import uvicorn

    from twitchwise.evidence import Evidence

NEXT: Final = 20  # ports after the usual one that are tried
WARM_AFTER: Final = 1.0  # seconds: the first page comes first
FAREWELL: Final = 3  # seconds for answers that are under way when the page is stopped
SILENT: Final[dict[str, Any]] = {  # no line about a request anywhere: an address or a fault may tell of a person
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "loggers": {
        name: {"handlers": ["none"], "level": "CRITICAL", "propagate": False}
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "asyncio", "python_multipart")
    },
}


def serve(folder: Path, port: int | None, browser: bool, say: Callable[[str], None]) -> None:
    """Serve the page until it is stopped; where one runs already for these records, point to it.

    Parameters: folder, of the records; port, None for the usual one or the next that is free; browser, whether to open
    one; say, prints a line. Raises: FileError.
    """
    running = find(folder)
    if running is not None:
        _point_to(running, folder, browser, say)
        return
    from twitchwise.household import Household, is_locked

    household = None if is_locked(folder) else Household.open(folder)
    listener = listen(port)
    settings = Settings(listener.getsockname()[1], folder)
    try:
        other = claim(folder, settings)
        if other is not None:
            _point_to(other, folder, browser, say)
            return
        _run(settings, household, listener, browser, say)
    finally:
        listener.close()
        release(folder, settings)
        if household is not None:
            household.close()


def listen(port: int | None) -> socket.socket:
    """Listen on this machine only.

    Parameters: port, None for the usual one or the next that is free. Returns: the socket. Raises: FileError.
    """
    tries = [port] if port is not None else [*range(PORT, PORT + NEXT), 0]
    for one in tries:
        # TCP is named so that asyncio sends without delay: else an answer waits 40 ms for the client's nod
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name != "nt":  # on Windows this would let another program take the port over
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((HOST, one))
            listener.listen(128)
        except (OSError, OverflowError):
            listener.close()
            continue
        return listener
    raise FileError(
        f"Port {port} is taken by another program, or may not be used. Choose another one: twitchwise serve --port "
        f"{PORT if port != PORT else PORT + 1}. Or leave --port out: a free one is found then."
    )


def _point_to(running: Running, folder: Path, browser: bool, say: Callable[[str], None]) -> None:
    settings = Settings(running.port, folder, token=running.token)
    say(settings.opening())
    say("twitchwise runs already with these records. This is its address.")
    if browser:
        _open(settings.opening(running.ticket()), say)


def _run(
    settings: Settings, household: Any, listener: socket.socket, browser: bool, say: Callable[[str], None]
) -> None:
    from twitchwise.evidence import load_evidence
    from twitchwise.web.app import make_app

    evidence = load_evidence()
    app = make_app(settings, household, evidence)
    server = make_server(app)
    say(settings.opening())
    say("Open this address in a browser on this computer. It works for nobody else. Ctrl-C stops it.")
    if browser:
        _open(settings.opening(app.keys.ticket()), say)
    timer = threading.Timer(WARM_AFTER, _warm, [evidence])
    timer.daemon = True
    timer.start()
    before = _on_signals(server)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        timer.cancel()
        for name, handler in before.items():
            signal.signal(name, handler)
        if app.state.household is not None:
            app.state.household.close()
    say("Stopped. All that was saved is on the disk.")


def make_server(app: Any) -> uvicorn.Server:
    """Make the server: patient with no client, silent about all of them.

    Parameters: app, an ASGI program. Returns: the server, not yet running.
    """
    import uvicorn

    from twitchwise.web.patient import PatientProtocol

    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=SILENT,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=FAREWELL,
        h11_max_incomplete_event_size=32_768,
    )
    return uvicorn.Server(config)


def _on_signals(server: uvicorn.Server) -> dict[int, Any]:
    """End in good order when asked to by the system or when the terminal is closed."""

    def stop(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    if threading.current_thread() is not threading.main_thread():
        return {}
    names = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    return {name: signal.signal(name, stop) for name in names}


def _open(address: str, say: Callable[[str], None]) -> None:
    """Open the browser, beside the page: some take their time, and on a terminal alone there is none."""
    import webbrowser

    bare = sys.platform.startswith("linux") and not os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}
    if bare:
        say("No browser can be opened from here: copy the address.")
        return
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _warm(evidence: Evidence) -> None:
    """Read the facts and run through a review once, so that the person's first review does not wait for it."""
    from twitchwise.foods.search import curated_index
    from twitchwise.record import record_from_tables
    from twitchwise.report import make_report
    from twitchwise.review import review

    with suppress(Exception):
        record = record_from_tables({"findings": [{"what": "muscle twitching"}]})
        make_report(review(record, evidence, date.today(), 20), evidence)
        curated_index()
