"""The PDF: one A4 page whatever the record holds, text as text, nothing of the record in the metadata."""

from __future__ import annotations

import io
import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from sheets import EXAMPLES, MARKUP, big, doctor, example, report

from twitchwise import cli
from twitchwise.formats import pdf
from twitchwise.formats.pdf import LEVELS, MissingExtraError, page_data, write_pdf

try:
    import pypdf
    import typst  # noqa: F401

    MISSING = ""
except ImportError as error:
    MISSING = f"{error.name} is not installed (pip install 'twitchwise[test]'): the PDF was NOT checked"

needs_typst = pytest.mark.skipif(bool(MISSING), reason=MISSING)
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in EXAMPLES} | {"big": big(), "empty": "[person]\n"}


def read(text: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(write_pdf(doctor(text))))


@needs_typst
@pytest.mark.parametrize("name", TEXTS)
def test_every_record_fits_on_one_a4_page(name: str) -> None:
    pages = read(TEXTS[name]).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


def huge() -> str:
    """Ten times what any person would write, in long words."""
    word = "mmmmmmmmmmmmmmmm " * 12
    lines = [f'[[conditions]]\nname = "{word}{n}"\n' for n in range(60)]
    lines += [f'[[medicines]]\nname = "{word}{n}"\ndose = "{word}"\nsince = "{n} weeks"\n' for n in range(40)]
    lines += [f'[[tests]]\nwhat = "{word}{n}"\nresult = "{word}"\n' for n in range(30)]
    return big() + "".join(lines)


@needs_typst
def test_even_a_huge_record_fits_and_says_how_much_is_hidden() -> None:
    page = read(huge())
    assert len(page.pages) == 1
    assert " more" in page.pages[0].extract_text()
    assert "PLEASE CHECK" in page.pages[0].extract_text()


@needs_typst
def test_text_can_be_selected_and_markup_of_a_record_comes_out_literally() -> None:
    text = " ".join(
        read("[person]\nage = 50\n" + f"[[conditions]]\nname = '{MARKUP}'\n").pages[0].extract_text().split()
    )
    assert "no clinician" in text.lower()
    for piece in (
        "#strong[x]",
        "*bold*",
        "_it_",
        "$a^2$",
        "@ref",
        "<lab>",
        "`raw`",
        "// note",
        "<script>",
        "{{ 7*7 }}",
    ):
        assert piece in text


@needs_typst
def test_metadata_names_the_page_and_its_language_and_no_person() -> None:
    text = "[person]\nage = 50\n[[conditions]]\nname = 'Zebulon disease'\n"
    made = write_pdf(doctor(text))
    page = pypdf.PdfReader(io.BytesIO(made))
    told = {key: str(value) for key, value in (page.metadata or {}).items()}
    assert told["/Title"] == "Twitchwise: summary for a clinician"
    assert not any("Zebulon" in value for value in told.values())
    assert str(page.trailer["/Root"]["/Lang"]).startswith("en")
    assert page.trailer["/Root"]["/MarkInfo"]["/Marked"]


@needs_typst
def test_every_font_is_embedded_and_is_one_that_typst_brings() -> None:
    fonts = read(big()).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        assert "Libertinus" in inner["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())


@needs_typst
def test_the_same_record_and_day_give_the_same_bytes() -> None:
    first = write_pdf(doctor(example("ppi")))
    report.cache_clear()
    assert write_pdf(doctor(example("ppi"))) == first


@needs_typst
def test_the_command_writes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record, out = tmp_path / "me.toml", tmp_path / "me.pdf"
    record.write_text(example("student"), encoding="utf-8")
    assert ended(monkeypatch, record, "--output", out) == 0
    assert out.read_bytes().startswith(b"%PDF-")


def ended(monkeypatch: pytest.MonkeyPatch, record: Path, *more: object) -> int:
    words = ["twitchwise", "review", record, "--for", "doctor", "--format", "pdf", "--draws", "5", *more]
    monkeypatch.setattr(sys, "argv", [str(word) for word in words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0)


def test_without_the_extra_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    record = tmp_path / "me.toml"
    record.write_text("[person]\nage = 50\n", encoding="utf-8")
    assert ended(monkeypatch, record) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "pip install 'twitchwise[pdf]'" in said.err
    assert said.out == ""
    with pytest.raises(MissingExtraError):
        write_pdf(doctor("[person]\nage = 50\n"))


@pytest.mark.parametrize("name", TEXTS)
def test_what_the_template_gets_is_plain_data(name: str) -> None:
    data = page_data(doctor(TEXTS[name]))
    assert json.loads(json.dumps(data)) == data
    assert len(data["levels"]) == len(LEVELS)


def test_each_level_is_at_most_as_full_as_the_one_before() -> None:
    for fuller, shorter in pairwise(LEVELS):
        assert all(a >= b for a, b in zip(fuller, shorter, strict=True))
