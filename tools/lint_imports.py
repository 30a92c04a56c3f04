"""Run import-linter without its console script, whose first line breaks in a folder with spaces."""

from __future__ import annotations

import sys

from importlinter.cli import lint_imports

sys.exit(lint_imports())
