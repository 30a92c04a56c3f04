"""Check a built site: every link and anchor leads somewhere, and no page asks anything of another host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^<>\s=\"'/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']+))?)*)\s*/?>")
ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
URL_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^https?:", re.I)
LOADED = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"}
NAMED = {"a": "href", "area": "href"}  # the only tags whose link is followed by a reader, not by the browser
QUIET = {"canonical", "next", "prev", "author", "license"}  # links in the head that a browser does not fetch


def tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each tag of a page with its attributes."""
    bare = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    for match in TAG.finditer(bare):
        yield match[1].lower(), {k.lower(): unescape(a or b) for k, a, b in ATTRIBUTE.findall(match[2])}


def asked_of_others(text: str) -> list[str]:
    """Return what a page would fetch from another host.

    >>> asked_of_others('<a href="https://a.example">x</a><img src="https://b.example/i.png">')
    ['img src=https://b.example/i.png']
    """
    found = []
    for tag, held in tags(text):
        for key, value in held.items():
            loaded = key in LOADED or (key == "href" and tag not in NAMED and held.get("rel") not in QUIET)
            if loaded and OUTSIDE.match(value):
                found.append(f"{tag} {key}={value}")
            if key == "style":
                found += styles(value)
    for block in re.findall(r"<style[^>]*>(.*?)</style>", text, flags=re.S):
        found += styles(block)
    return found


def styles(text: str) -> list[str]:
    """Return what a style sheet would fetch from another host.

    >>> styles("a { background: url(//x.example/a.png) }")
    ['style //x.example/a.png']
    """
    return [f"style {a or b}" for a, b in URL_IN_STYLE.findall(text) if OUTSIDE.match(a or b)]


def problems(site: Path) -> list[str]:
    """Return every broken link or anchor and every request to another host.

    Parameters: site, folder of the built pages. Returns: one line each, the page first.
    """
    texts = {p: p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))}
    ids = {p: {h[k] for _, h in tags(t) for k in ("id", "name") if k in h} for p, t in texts.items()}
    found = [f"{p.relative_to(site)}: asks another host: {x}" for p, t in texts.items() for x in asked_of_others(t)]
    for sheet in sorted(site.rglob("*.css")):
        found += [f"{sheet.relative_to(site)}: {x}" for x in styles(sheet.read_text(encoding="utf-8"))]
    for page, text in texts.items():
        found += [f"{page.relative_to(site)}: {x}" for x in dict.fromkeys(broken(page, text, ids))]
    return found


def broken(page: Path, text: str, ids: dict[Path, set[str]]) -> Iterator[str]:
    """Yield the links of a page that lead nowhere."""
    for tag, held in tags(text):
        for key in ("href", "src"):
            value = held.get(key, "")
            if not value or OUTSIDE.match(value) or re.match(r"(?:mailto|data|javascript|tel):", value):
                continue
            place, _, anchor = value.partition("#")
            place = unquote(place.partition("?")[0])
            target = (page.parent / place).resolve() if place else page
            if not target.exists():
                yield f"{tag} {key}={value}: there is no such file"
            elif anchor and target in ids and unquote(anchor) not in ids[target]:
                yield f"{tag} {key}={value}: there is no such anchor"


def external(site: Path) -> dict[str, int]:
    """Return every external link with how often it stands on the site; nothing is fetched."""
    counted: Counter[str] = Counter()
    for page in site.rglob("*.html"):
        held = (h.get("href", "") for tag, h in tags(page.read_text(encoding="utf-8")) if tag == "a")
        counted.update(url for url in held if OUTSIDE.match(url))
    return dict(sorted(counted.items()))
