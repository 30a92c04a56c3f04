"""What a page of the local server must keep to, whatever it shows."""

from __future__ import annotations

from typing import Any

from html_tree import Element, parsed
from page_client import Answer, Markup

LEADING = ("href", "src", "action", "formaction", "xlink:href")
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(2)>",
    "</title></textarea><svg onload=alert(3)>",
    "javascript:alert(4)",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u0000\u0007",
)


def checked(answer: Answer, status: int = 200) -> Element:
    """Read a page; nothing of it runs, loads from elsewhere or must be repaired by a browser."""
    assert answer.status == status, (answer.status, answer.text[:300])
    tree, marks = parsed(answer.text), Markup(answer.text)
    assert (marks.scripts, marks.inline) == (["/static/page.js"], [])
    attributes = [(name, value) for one in tree.all() for name, value in one.attributes.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert not [
        v for name, v in attributes if name in LEADING and v.strip().lower().startswith(("javascript", "data:text"))
    ]
    assert all(address.startswith(("/", "data:,")) for address in marks.loads), marks.loads
    ids = [id_ for id_ in marks.ids if id_]
    assert len(ids) == len(set(ids)), "an id stands there twice"
    for mark in tree.all("a"):
        if mark["href"].startswith("#"):
            assert mark["href"][1:] in ids, mark["href"]
    return tree


def links(tree: Element, start: str = "/") -> list[str]:
    """The addresses of ours that a page leads to."""
    found = [mark["href"] for mark in tree.first("main").all("a") if mark["href"].startswith(start)]
    return [address for address in dict.fromkeys(found) if not address.startswith("//")]


def fields(tree: Element) -> list[Any]:
    """The boxes of a page that a person types into, with the method of their form."""
    return [
        (form["method"].lower(), box["name"])
        for form in tree.all("form")
        for box in form.all("input", "textarea", "select")
        if box["type"] not in ("hidden", "checkbox", "radio")
    ]
