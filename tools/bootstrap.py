"""Set up .venv with what the named groups need; do nothing when it is current.

    python3 tools/bootstrap.py base          the package, and what it needs to run
    python3 tools/bootstrap.py base test     and what the light tests need

A stamp in .venv holds a hash of pyproject.toml, this file, the folder and the interpreter, so the second call is quick.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DEBIAN_HINT = "sudo apt-get install python3-venv"


def main(groups: list[str]) -> int:
    """Install the groups that are not current and say what is being done."""
    os.chdir(ROOT)
    wanted = fingerprint()
    extras = [group for group in groups if group != "base"]
    missing = [group for group in ["base", *extras] if read_stamp(group) != wanted]
    if not missing and runs(PYTHON):
        return 0
    usable = runs(PYTHON) and read_stamp("venv") == str(ROOT)
    installer = (own_pip() or other_pip()) if usable else make_venv()
    if installer is None:
        print(f"No pip was found for {sys.executable}. On Debian or Ubuntu: {DEBIAN_HINT}", file=sys.stderr)
        return 1
    write_stamp("venv", str(ROOT))
    target = f".[{','.join(extras)}]" if extras else "."
    print(f"Setting up .venv ({', '.join(missing)}): this is done once", file=sys.stderr, flush=True)
    if subprocess.run([*installer, "install", "--quiet", "-e", target], env=environment()).returncode:
        print("The installation failed; the lines above say why. Try again, or: pip install .", file=sys.stderr)
        return 1
    for group in ["base", *extras]:
        write_stamp(group, wanted)
    return 0


def fingerprint() -> str:
    """Hash everything that decides what must be installed."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), Path(__file__).read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_venv() -> list[str] | None:
    """Create .venv anew; return the pip command that installs into it, or None."""
    shutil.rmtree(VENV, ignore_errors=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], **quiet).returncode == 0 and own_pip():
        return own_pip()
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], **quiet)
    return other_pip() if runs(PYTHON) else None


def own_pip() -> list[str] | None:
    """The pip inside .venv, if it works."""
    command = [str(PYTHON), "-m", "pip"]
    return command if works([*command, "--version"]) else None


def other_pip() -> list[str] | None:
    """A pip outside .venv that can install into it."""
    uv = shutil.which("uv")
    candidates = [[sys.executable, "-m", "pip"], ["python3", "-m", "pip"], ["/usr/bin/python3", "-m", "pip"], ["pip3"]]
    for command in candidates:
        if works([*command, "--python", str(PYTHON), "--version"]):
            return [*command, "--python", str(PYTHON)]
    if uv and works([uv, "--version"]):
        return [uv, "pip", "--python", str(PYTHON)]
    return None


def works(command: list[str]) -> bool:
    """Whether a command can be started and ends well."""
    try:
        return subprocess.run(command, capture_output=True, env=environment()).returncode == 0
    except OSError:
        return False


def runs(python: Path) -> bool:
    """Whether the interpreter in .venv starts (a moved or half-made folder does not)."""
    return python.exists() and works([str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"])


def environment() -> dict[str, str]:
    """The environment for pip: no cache where there is no home to hold it."""
    env = dict(os.environ)
    home = env.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        env["PIP_NO_CACHE_DIR"] = "1"
        env["HOME"] = str(VENV)
    return env


def read_stamp(group: str) -> str:
    """What was written for a group when it was last installed."""
    stamp = VENV / f".stamp-{group}"
    return stamp.read_text(encoding="utf-8") if stamp.exists() else ""


def write_stamp(group: str, text: str) -> None:
    """Remember that a group is current."""
    (VENV / f".stamp-{group}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["base"]))
