"""A strict reader of our own pages: every tag closed once and in order, as a tree to ask questions of."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "base"}
DRAWN = {"path", "rect", "circle", "line"}  # may close themselves inside a drawing
UNSEEN = {"style", "script", "title", "desc"}


class Element:
    """An element with its attributes, its children and its text."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element] = []
        self.parts: list[str | Element] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    def all(self, *tags: str) -> list[Element]:
        """Every element below this one, in the order of the page."""
        found = []
        for child in self.children:
            found += ([child] if not tags or child.tag in tags else []) + child.all(*tags)
        return found

    def first(self, tag: str) -> Element:
        return self.all(tag)[0]

    def inside(self, tag: str) -> bool:
        return self.parent is not None and (self.parent.tag == tag or self.parent.inside(tag))

    def within(self, id_: str) -> bool:
        return self["id"] == id_ or (self.parent is not None and self.parent.within(id_))

    def text(self) -> str:
        """The words a reader meets, with single spaces."""
        raw = "".join(
            p if isinstance(p, str) else "" if p.tag in UNSEEN else f"{_gap(p)}{p.text()}{_gap(p)}" for p in self.parts
        )
        return " ".join(raw.split())


def _gap(part: Element) -> str:
    return "" if part.tag in {"b", "em", "strong", "i"} else " "


class Tree(HTMLParser):
    """Build the tree, and refuse what a browser would have to repair."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(made)
        self.here.parts.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in DRAWN, f"<{tag}/> closes itself"
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag and self.here.parent is not None, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


def parsed(page: str) -> Element:
    """Read a page.

    Parameters: page, HTML text. Returns: its tree. Raises: AssertionError where a tag is not closed as it was opened.
    """
    assert page.startswith("<!doctype html>\n")
    tree = Tree()
    tree.feed(page)
    tree.close()
    assert tree.here is tree.root, f"<{tree.here.tag}> is not closed"
    return tree.root
