"""How Sphinx builds the site; tools/docs.py writes the pages that it reads."""

import re
import tomllib
from pathlib import Path

ROOT = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists())

project = "twitchwise"
author = "the twitchwise authors"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["_extra"]
html_extra_path = ["_extra"]
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme = "furo"
html_title = "twitchwise"
html_copy_source = False
html_show_copyright = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": False}
pygments_style = "friendly"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_typehints = "signature"
autodoc_class_signature = "separated"
add_module_names = False
suppress_warnings = ["ref.python"]  # two modules have a type of the same name; the link is then left out
toc_object_entries_show_parents = "hide"

HEADS = re.compile(r"\b(Parameters|Returns|Yields|Raises):")


def readable(app, what, name, obj, options, lines):
    """Turn a docstring of this project into what docutils reads: its signs stay, its parts become paragraphs."""
    made, example = [], False
    for line in lines:
        example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
        if example:
            made.append(line)
            continue
        text = re.sub(r"([\\*`_|])", r"\\\1", re.sub(r"`([^`]*)`", r"\1", line))
        parts = HEADS.split(text)
        made.append(parts[0])
        for head, rest in zip(parts[1::2], parts[2::2], strict=True):
            made += ["", f"**{head}:**{rest}"]
    lines[:] = made


def setup(app):
    """Say to Sphinx what is ours."""
    app.connect("autodoc-process-docstring", readable)
    return {"parallel_read_safe": True}
