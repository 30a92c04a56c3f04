"""What is not documented fails: the tests look at the code, then at the documents."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))


def commands() -> list[str]:
    """Every command of the program, groups written out ("benchmark vignettes")."""
    import typer

    from twitchwise import cli

    def walk(command: object, before: str) -> list[str]:
        below = getattr(command, "commands", None)
        if not below:
            return [before.strip()]
        return [found for name, each in below.items() for found in walk(each, f"{before} {name}")]

    return walk(typer.main.get_command(cli.app), "")


def test_every_command_is_in_the_readme() -> None:
    missing = [c for c in commands() if f"twitchwise {c}".strip() not in README]
    assert not missing, f"README.md does not name: {missing}"


def test_the_readme_shows_what_the_program_prints() -> None:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "tools" / "readme.py")
    assert spec and spec.loader
    readme = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(readme)
    assert readme.renewed(README) == README, "README.md is out of date. Run: make readme"


def test_real_output_comes_before_any_prose() -> None:
    first = re.sub(r"^# .*$|<!--.*?-->", "", README, count=2, flags=re.M).lstrip()
    assert first.startswith("```console"), "README.md: the terminal output comes first (make readme)"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_is_reviewed_in_sixty_lines(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "twitchwise", "review", str(path), "--on", "2026-11-22"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PATH": "", "NO_COLOR": "1", "COLUMNS": "80", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.rstrip("\n").splitlines()
    assert len(lines) <= 60, f"{path.name}: {len(lines)} lines"
    assert max(map(len, lines)) <= 80, f"{path.name}: {max(lines, key=len)!r}"
    assert "\x1b[" not in done.stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_is_in_the_readme(path: Path) -> None:
    assert f"examples/{path.name}" in README
    assert tomllib.loads(path.read_text(encoding="utf-8")).get("findings"), f"{path.name} has no finding"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    broken = [link for link in links if link and not (path.parent / link).exists()]
    assert not broken, f"{path.name}: {broken}"


def test_every_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony
    silent = [t for t in phony[1].split() if not re.search(rf"^{t}:.*## \w", makefile, re.M)]
    assert not silent, f"Makefile: say with ## what these do: {silent}"


def test_decisions_are_numbered_and_have_a_status() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [f.name[:4] for f in files]
    assert all(n.isdigit() for n in numbers), numbers
    assert len(set(numbers)) == len(numbers), f"a number is used twice: {numbers}"
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(file.name[:4])}. "), f"{file.name}: begin with '# {int(file.name[:4])}. Title'"
        assert "Status:" in text, f"{file.name}: give a line 'Status: accepted'"


def test_the_dependencies_are_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    decision = (ROOT / "docs" / "decisions" / "0003-dependencies.md").read_text(encoding="utf-8")
    names = [re.split(r"[<>=!~ \[]", d)[0] for d in project["dependencies"]]
    assert not [n for n in names if f"| {n} |" not in decision], "docs/decisions/0003-dependencies.md: say why"


def test_no_document_names_a_place_on_one_machine() -> None:
    places = re.compile(r"/(?:work|root|home|opt)/\w")
    texts = [*DOCUMENTS, *EXAMPLES, ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / "twitchwise").rglob("*.py")]
    found = [p.name for p in texts if places.search(p.read_text(encoding="utf-8"))]
    assert not found, f"{found}: a path of one machine"
