"""Pictures of the main pages of the local page, wide and narrow, light and dark, into build/screenshots.

python tools/web_screenshots.py              every page
python tools/web_screenshots.py review food  only these
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browser import ROOT, browser, missing

TARGET = ROOT / "build" / "screenshots"
LOOKS = [(width, colours) for width in (1280, 360) for colours in ("light", "dark")]
STEPS = "danger where felt medicines conditions eating habits tests next".split()
DAYS = ("2026-10-20", "2026-11-22")


def addresses(id: str) -> dict[str, str]:
    """The name of each picture and the page on it."""
    steps = {step: f"/p/{id}/{step}" for step in STEPS}
    own = {"overview": f"/p/{id}", **steps, "review": f"/p/{id}/review?on={DAYS[1]}"}
    facts = {
        "foods": "/foods",
        "food": "/foods/banana",
        "rich": "/foods/rich/magnesium",
        "explain": "/explain",
        "topic": "/explain/magnesium",
        "compare": "/compare/magnesium/calcium",
        "claims": "/claims",
        "claim": "/claims/epsom_salt_bath",
        "questions": "/faq",
        "answer": "/faq/is_it_als",
        "search": "/search",
    }
    return {"people": "/", **own, "two-days": f"/p/{id}/compare/{'/'.join(DAYS)}", "settings": "/settings", **facts}


def main(wanted: list[str]) -> int:
    """Take the pictures and say where they are."""
    if absent := missing():
        print(f"No pictures were taken: {absent}.", file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (app, start), browser() as running:
        paths = addresses(furnished(app.state.household))
        for width, colours in LOOKS:
            context = running.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
            page = context.new_page()
            page.goto(start)
            for day in DAYS:  # a review is kept when it is looked at
                page.goto(f"{app.settings.address.rstrip('/')}{paths['review'].partition('?')[0]}?on={day}")
            for name in (one for one in paths if not wanted or one in wanted):
                take(page, app.settings.address.rstrip("/") + paths[name], f"page-{name}-{width}-{colours}.png")
            context.close()
    return 0


def take(page: Any, address: str, name: str) -> None:
    """Take one picture."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / name, full_page=True)
    print((TARGET / name).relative_to(ROOT))


def furnished(household: Any) -> str:
    """Add a person whose record has a little of everything."""
    tables = tomllib.loads((ROOT / "examples" / "ppi.toml").read_text(encoding="utf-8"))
    tables["absent"] = [{"what": one} for one in ("muscle weakness", "trouble swallowing", "fainting", "seizures")]
    tables["labs"] = [{"test": "magnesium", "value": "0.62 mmol/L", "range": "0.70-1.05"}]
    tables["habits"] = {"sleep": "6 hours", "caffeine": "3 cups of coffee a day"}
    eaten = ("2 slices of wholemeal toast", "1 banana", "150 g salmon", "1 cup of rice", "a glass of milk")
    tables["diet"] = {"lines": [{"text": text, "day": day} for day in ("Monday", "Tuesday") for text in eaten]}
    person = household.add("Alex")
    household.save(person.id, tables, 0)
    return str(person.id)


@contextmanager
def served(folder: Path) -> Iterator[tuple[Any, str]]:
    """Serve records in a new folder until the block ends; gives the program and the address that opens it."""
    os.environ["TWITCHWISE_DATA"] = str(folder)
    from twitchwise.evidence import load_evidence
    from twitchwise.household import Household
    from twitchwise.web.app import make_app
    from twitchwise.web.serve import listen, make_server
    from twitchwise.web.settings import Settings

    with listen(0) as listener, Household.open(folder) as household:
        settings = Settings(listener.getsockname()[1], folder)
        app = make_app(settings, household, load_evidence())
        server = make_server(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield app, settings.opening()
        server.should_exit = True
        thread.join(20)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
