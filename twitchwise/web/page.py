"""One web page from a template: the surroundings that every page of the local server shares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from twitchwise.formats.html.page import tool_version, visible

NAV = (
    ("/", "People"),
    ("/foods", "Foods"),
    ("/explain", "Explain"),
    ("/search", "Search"),
    ("/faq", "Help"),
)
MOST_FIELDS = 3_000  # of one form
# what a page may say after a change; an address carries the key, never a text
NOTICES = {
    "added": "Added.",
    "saved": "Saved on this computer.",
    "renamed": "The new name is saved.",
    "deleted": "Deleted from this computer.",
    "imported": "The copy was read in.",
    "passphrase": "The passphrase is set. Keep it safe: without it the records cannot be read by anybody.",
    "open": "The passphrase was taken off. The records are no longer encrypted.",
    "forgotten": "The kept review was deleted.",
}


@cache
def surroundings() -> Environment:
    """Return the templates' surroundings: ours first, then those of the written reports.

    Returns: the environment, made once: every text is escaped, every slip in a name is an error.
    """
    return Environment(
        loader=ChoiceLoader([PackageLoader("twitchwise.web", "pages"), PackageLoader("twitchwise.formats.html")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> HTMLResponse:
    """Fill a template that extends frame.html.j2.

    Parameters: request; template, its file name in pages/; status, of the answer; headers, more of them; values,
    whatever the template names. Returns: the page.
    """
    parts = request.url.path.split("/")
    shared = {
        "nav": NAV,
        "here": f"/{parts[1]}" if len(parts) == 2 else "",
        "notice": NOTICES.get(request.query_params.get("said", ""), ""),
        "tool_version": tool_version(),
    }
    page = visible(surroundings().get_template(template).render(shared | values))
    return HTMLResponse(page.replace(" %", "\u00a0%"), status, headers)


def back(address: str, said: str = "") -> RedirectResponse:
    """Send the browser on after a change, so that loading the page again changes nothing twice.

    Parameters: address, a path of ours; said, a key of NOTICES. Returns: the answer.

    >>> back("/p/abc", "saved").headers["location"]
    '/p/abc?said=saved'
    """
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        raise ValueError("only a path of our own")
    path, hash, place = address.partition("#")
    return RedirectResponse(f"{path}{f'?said={said}' if said else ''}{hash}{place}", 303)


async def form_of(request: Request) -> FormData:
    """Read a form; what is uploaded stays in memory and never becomes a file of its own.

    Parameters: request. Returns: its fields. Raises: HTTPException (400) when it is damaged or has too many fields.
    """
    form = await request.form(max_files=10, max_fields=MOST_FIELDS, max_part_size=1_000_000)
    items = [
        (name, await _held(value) if isinstance(value, UploadFile) else value) for name, value in form.multi_items()
    ]
    await form.close()
    return FormData(items)


async def _held(file: UploadFile) -> UploadFile:
    data = await file.read()
    return UploadFile(BytesIO(data), size=len(data), filename=file.filename, headers=file.headers)
