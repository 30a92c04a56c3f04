"""Installed size of the package with its base dependencies, in an environment of its own."""

from __future__ import annotations

import importlib.metadata as metadata
import re
import tomllib
from pathlib import Path

from machine import ROOT, heading, line


def needed() -> set[str]:
    """Names of everything that a plain installation brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    waiting = [name_of(d) for d in project["dependencies"]]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting += [name_of(r) for r in metadata.requires(name) or [] if is_needed(r)]
    return found


def is_needed(requirement: str) -> bool:
    """Whether a requirement holds here without an extra (its marker names no extra, and the package is there)."""
    _, _, marker = requirement.partition(";")
    if "extra" in marker:
        return False
    try:
        metadata.distribution(name_of(requirement))
    except metadata.PackageNotFoundError:
        return False
    return True


def name_of(requirement: str) -> str:
    """The name at the head of a requirement, in its canonical form."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ (]", requirement)[0]).lower()


def megabytes(name: str) -> float:
    """Size on disk of the files of an installed package, bytecode left out."""
    files = metadata.files(name) or []
    paths = {Path(str(f.locate())) for f in files if not str(f).endswith(".pyc")}
    return sum(p.stat().st_size for p in paths if p.is_file()) / 1e6


def main() -> None:
    """Add up the base."""
    heading("installed size")
    sizes = {name: megabytes(name) for name in sorted(needed())}
    own = sum(p.stat().st_size for p in (ROOT / "twitchwise").rglob("*") if p.is_file() and p.suffix != ".pyc") / 1e6
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        line(name, size, "MB")
    line("twitchwise itself, data included", own, "MB")
    total = sum(sizes.values()) + own
    line("base installation", total, "MB", "<= 150", total <= 150)


if __name__ == "__main__":
    main()
