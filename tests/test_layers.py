"""The shape of the package: imports go one way, files and functions stay small, one reader opens the data."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "twitchwise"
MODULES = sorted(PACKAGE.rglob("*.py"))
FILE_BUDGET = 400
FUNCTION_BUDGET = 30
KERNEL_BUDGET = 80
ARGUMENT_BUDGET = 6
VAGUE = {"utils", "util", "common", "helpers", "helper", "core", "base", "manager", "engine", "config", "misc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """The path as shown in a failure."""
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(parse(path)) if isinstance(node, Function)]


def body_lines(function: Function) -> int:
    """Lines of a function, its decorators and docstring not counted."""
    first = function.body[0]
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: write the import from the top: twitchwise...."
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_stays_within_its_budget(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_BUDGET, f"{name_of(path)} has {lines} lines: make it a folder of the same name"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_stays_within_its_budget(path: Path) -> None:
    budget = KERNEL_BUDGET if "kernels" in path.parts else FUNCTION_BUDGET
    long = [f"{f.name}: {body_lines(f)} lines" for f in functions(path) if body_lines(f) > budget]
    assert not long, f"{name_of(path)}: over {budget} lines: {long}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert not VAGUE & {path.stem, *path.relative_to(PACKAGE).parts[:-1]}, f"{name_of(path)}: name what it is about"


@pytest.mark.parametrize("path", [p for p in MODULES if "kernels" in p.parts], ids=name_of)
def test_kernels_know_floats_and_arrays_only(path: Path) -> None:
    ours = {i for i in imports(path) if i.split(".")[0] == "twitchwise" and not i.startswith("twitchwise.kernels")}
    assert not ours, f"{name_of(path)} imports {sorted(ours)}"
    assert "open(" not in path.read_text(encoding="utf-8")


def reach(module: str, graph: dict[str, set[str]]) -> set[str]:
    """Every module of ours that can be reached by imports."""
    seen: set[str] = set()
    waiting = [m for m in graph if m == module or m.startswith(module + ".")]
    while waiting:
        for target in graph.get(waiting.pop(), set()) - seen:
            seen.add(target)
            waiting.append(target)
    return seen


def import_graph() -> dict[str, set[str]]:
    names = {module_name(path): path for path in MODULES}
    return {name: imports(path) & set(names) for name, path in names.items()}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_import_path_leads_from_triage_to_a_probability() -> None:
    banned = ("twitchwise.assess", "twitchwise.plan", "twitchwise.kernels", "twitchwise.review")
    reached = {m for m in reach("twitchwise.triage", import_graph()) if m.startswith(banned)}
    assert not reached, f"triage reaches {sorted(reached)}"


def test_only_the_evidence_opens_the_curated_data() -> None:
    opens = re.compile(r"importlib\.resources|importlib import resources|pkgutil\.get_data|__file__")
    found = {name_of(p) for p in MODULES if opens.search(p.read_text(encoding="utf-8"))}
    stray = {f for f in found if not f.startswith(("twitchwise/evidence", "twitchwise/foods", "twitchwise/web"))}
    assert not stray, f"{sorted(stray)}: ask twitchwise.evidence for the facts instead"


def test_the_layers_name_every_top_module() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    named = {re.sub(r"[() ]", "", part) for line in layers for part in line.split("|")}
    tops = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in MODULES} - {"__init__", "__main__"}
    assert tops <= named, f"add to the layers in pyproject.toml: {sorted(tops - named)}"


def test_nothing_depends_on_development_cases() -> None:
    found = [name_of(p) for p in MODULES if "TWITCHWISE_SHARED" in p.read_text(encoding="utf-8")]
    assert not found, f"{found}: the package must not know where the development cases are"
