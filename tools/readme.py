"""Write the generated block of README.md: what the program really prints for an example.

python tools/readme.py           write it
python tools/readme.py --check   say whether it is current
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
START = "<!-- made by `make readme`: start -->"
END = "<!-- made by `make readme`: end -->"
ON = "2026-11-22"
COMMAND = ["review", "examples/ppi.toml", "--on", ON]


def main(arguments: list[str]) -> int:
    """Write the block, or check it."""
    text = README.read_text(encoding="utf-8")
    fresh = renewed(text)
    if "--check" in arguments:
        if fresh != text:
            print("README.md does not show what the program prints. Run: make readme", file=sys.stderr)
        return int(fresh != text)
    README.write_text(fresh, encoding="utf-8")
    return 0


def renewed(text: str) -> str:
    """Return the text of README.md with the block as the program prints it now."""
    before, rest = text.split(START)
    _, after = rest.split(END)
    block = f"```console\n$ twitchwise {' '.join(COMMAND)}\n{printed()}\n```"
    return f"{before}{START}\n{block}\n{END}{after}"


def printed() -> str:
    """What the program prints for the example, 80 columns wide and without colour."""
    env = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "twitchwise", *COMMAND], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"twitchwise {' '.join(COMMAND)} ended with {done.returncode}:\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
