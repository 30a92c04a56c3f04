"""Official food tables: every layout is read right, counted and cited; what cannot be trusted is refused."""

from __future__ import annotations

import gzip
import hashlib
import math
import os
import random
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from food_files import BRANDED, FDC, SR, SURVEY, ciqual_csv, ciqual_xlsx, ciqual_xml, written, zipped

from twitchwise.errors import FileError
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS
from twitchwise.foods.store_types import Draft
from twitchwise.formats import food_zip
from twitchwise.formats.food_tables import OfficialTable, read_tables

ROOT = Path(__file__).resolve().parent.parent


def only(path: Path) -> Draft:
    drafts = list(read_tables(path))
    assert len(drafts) == 1
    return drafts[0]


def value(draft: Draft, key: str, nutrient: str) -> float:
    row = next(place for place, food in enumerate(draft.foods) if food.id == key)
    return float(draft.values[row, COLUMN[nutrient]])


def refused(path: Path) -> str:
    with pytest.raises(FileError) as error:
        list(read_tables(path))
    line = str(error.value)
    assert line.startswith(str(path)) and "\n" not in line and line.count(". ") >= 1, line
    return line


# --- FoodData Central


@pytest.mark.parametrize("shape", ["zip", "below", "folder", "folder_below", "gz"])
def test_foundation_is_the_same_however_it_is_packed(shape: str, tmp_path: Path) -> None:
    name = "FoodData_Central_foundation_food_csv_2025-04-24"
    if shape in ("zip", "below"):
        path = zipped(FDC, tmp_path / f"{name}.zip", "" if shape == "zip" else f"{name}/")
    else:
        path = tmp_path / name
        written(FDC, path / "inner" if shape == "folder_below" else path)
        if shape == "gz":
            plain = path / "food_nutrient.csv"
            (path / "food_nutrient.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
            plain.unlink()
    draft = only(path)
    assert [food.id for food in draft.foods] == ["fdc:1", "fdc:3"]  # samples are no foods; food 4 has no value
    assert draft.card.release == "Foundation Foods, 2025-04-24" and draft.card.source == "fdc_download"
    assert value(draft, "fdc:1", "energy") == 23 and value(draft, "fdc:3", "energy") == 21
    assert value(draft, "fdc:1", "vitamin_d") == pytest.approx(10) and value(draft, "fdc:3", "vitamin_d") == 1.5
    for nutrient in ("calcium", "potassium", "protein", "sodium"):  # no number, below zero, 140 g in 100 g, empty
        assert math.isnan(value(draft, "fdc:3", nutrient))
    assert draft.values.shape == (2, len(NUTRIENTS))
    leaves = draft.foods[1]
    assert [(p.name, p.grams) for p in leaves.portions] == [("tablespoon", 15.0), ("bunch", 340.0)]
    assert leaves.group == "vegetables and vegetable products" and leaves.cite.locator == "FDC 3"
    assert draft.foods[0].name == "Leaves, green, raw (older version)" and leaves.name == "Leaves, green, raw"
    counted = dict(draft.card.quirks)
    assert counted["samples and market items, which are no foods to choose"] == 2
    assert counted["values that cannot be (below zero, or more than 100 g in 100 g)"] == 2
    assert counted["values that are no number"] == 1 and counted["foods left out, no value is known"] == 1


def test_survey_foods_use_the_older_numbers(tmp_path: Path) -> None:
    draft = only(zipped(SURVEY, tmp_path / "survey.zip"))
    assert draft.card.name == "fndds" and draft.foods[0].id == "fndds:11111000"
    assert value(draft, "fndds:11111000", "magnesium") == 11.9 and value(draft, "fndds:11111000", "energy") == 60
    assert value(draft, "fndds:11111000", "vitamin_d") == pytest.approx(1.1)
    assert draft.foods[0].group == "milk, whole"
    assert [(p.name, p.grams) for p in draft.foods[0].portions] == [("usual amount", 183.0), ("cup", 244.0)]


def test_the_newest_version_of_a_barcode_counts(tmp_path: Path) -> None:
    draft = only(zipped(BRANDED, tmp_path / "FoodData_Central_branded_food_csv_2023-10-26.zip"))
    assert [food.id for food in draft.foods] == ["fdc:12", "fdc:13"]
    drink, bar = draft.foods
    assert drink.name == "Oat drink (Oats ltd)" and bar.name == "Oat bar (Barry)" and bar.group == "snack bars"
    assert (drink.portions[0].name, drink.portions[0].grams, drink.portions[0].basis) == (
        "serving (1 cup)",
        240.0,
        "elicited",
    )
    assert "100 ml" in drink.note and not bar.note and bar.portions[0].basis == "published"
    assert value(draft, "fdc:12", "calcium") == 120 and value(draft, "fdc:13", "vitamin_d") == 0


def test_the_whole_download_gives_one_table_of_each_kind(tmp_path: Path) -> None:
    whole = {name: "".join(_joined(name)) for name in ("food.csv", "food_nutrient.csv")}
    whole |= {name: text for name, text in (SURVEY | BRANDED).items() if name not in whole}
    drafts = list(read_tables(zipped(whole, tmp_path / "FoodData_Central_csv_2025-04-24.zip", "FoodData_Central_csv/")))
    assert [(d.card.name, d.card.foods) for d in drafts] == [("foundation", 2), ("fndds", 1), ("branded", 2)]
    assert value(drafts[1], "fndds:11111000", "magnesium") == 11.9  # numbers and ids in one file


def _joined(name: str) -> list[str]:
    lines = []
    for place, files in enumerate((FDC, SURVEY, BRANDED)):
        text = files[name].strip().splitlines()
        if name == "food_nutrient.csv":
            text = [",".join(line.split(",")[:4]) for line in text]
            text[0] = text[0].replace("nutrient_nbr", "nutrient_id")
        lines += [line + "\n" for line in text[bool(place) :]]
    return lines


# --- SR28, Ciqual


def test_sr28_text_files(tmp_path: Path) -> None:
    draft = only(zipped(SR, tmp_path / "sr28asc.zip", encoding="cp1252"))
    butter, nuts = draft.foods
    assert (butter.id, butter.name, butter.synonyms) == ("sr28:1001", "Butter, salted", ("sweet butter",))
    assert nuts.name == "Piñon nuts" and value(draft, "sr28:35240", "magnesium") == 234
    assert value(draft, "sr28:1001", "vitamin_d") == 0 and math.isnan(value(draft, "sr28:1001", "iron"))
    assert [(p.name, p.grams) for p in butter.portions] == [('pat (1" sq, 1/3" high)', 5.0), ("tbsp", 14.2)]
    assert (butter.cite.source, butter.cite.locator) == ("usda_sr28", "NDB 1001") and butter.group.startswith("dairy")


@pytest.mark.parametrize("shape", ["xlsx", "utf-8-sig", "cp1252", "tab", "xml", "one_xml_file", "xml_without_names"])
def test_ciqual_is_the_same_in_every_layout(shape: str, tmp_path: Path) -> None:
    if "xml" in shape:
        files = {name: text for name, text in ciqual_xml().items() if not (shape[-5:] == "names" and "const" in name)}
        path = zipped(files, tmp_path / "XML_2020_07_07.zip", "XML/", "cp1252")
        if shape == "one_xml_file":
            path = written(files, tmp_path / "set", "cp1252") / "alim_2020_07_07.xml"
    elif shape == "xlsx":
        pytest.importorskip("openpyxl")
        path = ciqual_xlsx(tmp_path / "Table Ciqual 2020_ENG_2020 07 07.xlsx")
    else:
        path = ciqual_csv(
            tmp_path / "ciqual 2020.csv", "utf-8" if shape == "tab" else shape, "\t" if shape == "tab" else ";"
        )
    draft = only(path)
    assert draft.card.release == "Ciqual table 2020" and draft.card.source == "ciqual"
    spinach, gin = draft.foods
    assert (spinach.name, spinach.group, spinach.id) == ("Spinach, raw", "vegetables", "ciqual:20059")
    assert value(draft, "ciqual:20059", "energy") == 28.5
    assert value(draft, "ciqual:1002", "energy") == 265  # "-": the other kind of energy
    assert value(draft, "ciqual:20059", "magnesium") == 58 and math.isnan(value(draft, "ciqual:1002", "magnesium"))
    assert math.isnan(value(draft, "ciqual:20059", "vitamin_d"))  # "< 0,5"
    assert value(draft, "ciqual:1002", "vitamin_d") == 0
    assert value(draft, "ciqual:20059", "carbohydrate") == pytest.approx(1.4 + 2.6 + 0.2)
    assert math.isnan(value(draft, "ciqual:1002", "carbohydrate"))  # its fibre is not known
    assert dict(draft.card.quirks)["values known only as less than something, left unknown"] == 1
    if "xml" in shape:
        assert spinach.synonyms == ("Épinard, cru",) and gin.synonyms == ("Gin & tonic",)
    else:
        assert gin.group == "beverages"
        assert value(draft, "ciqual:20059", "vitamin_b12") == 0  # traces
        assert value(draft, "ciqual:20059", "folate") == 207 and value(draft, "ciqual:20059", "vitamin_k") == 403
        assert value(draft, "ciqual:20059", "protein") == 2.76


HEADINGS = {  # as they stand in the tables of 2020 (French) and 2025 (English)
    "energy": [
        "Energie, Règlement UE N° 1169/2011 (kcal/100 g)",
        "Energy,\nRegulation\nEU No\n1169/\n2011 (kcal/\n100g)",
    ],
    "protein": ["Protéines, N x facteur de Jones (g/100 g)", "Protein\n(g/\n100g)"],
    "fat": ["Lipides (g/100 g)", "Fat (g/\n100g)"],
    "fibre": ["Fibres alimentaires (g/100 g)", "Fibres\n(g/\n100g)"],
    "ash": ["Cendres (g/100 g)", "Ash (g/\n100g)"],
    "alcohol": ["Alcool (g/100 g)", "Alcohol\n(g/\n100g)"],
    "water": ["Eau (g/100 g)", "Water\n(g/\n100g)"],
    "magnesium": ["Magnésium (mg/100 g)", "Magnesium\n(mg/\n100g)"],
    "calcium": ["Calcium (mg/100 g)", "Calcium\n(mg/\n100g)"],
    "potassium": ["Potassium (mg/100 g)", "Potassium\n(mg/\n100g)"],
    "sodium": ["Sodium (mg/100 g)", "Sodium\n(mg/\n100g)"],
    "phosphorus": ["Phosphore (mg/100 g)", "Phosphorus\n(mg/\n100g)"],
    "iron": ["Fer (mg/100 g)", "Iron (mg/\n100g)"],
    "zinc": ["Zinc (mg/100 g)", "Zinc\n(mg/\n100g)"],
    "vitamin_d": ["Vitamine D (µg/100 g)", "Vitamin\nD (µg/\n100g)"],
    "vitamin_b12": ["Vitamine B12 (µg/100 g)", "Vitamin\nB12\n(µg/\n100g)"],
    "vitamin_b6": ["Vitamine B6 (mg/100 g)", "Vitamin\nB6 (mg/\n100g)"],
    "thiamine": ["Vitamine B1 ou Thiamine (mg/100 g)", "Vitamin\nB1 or\nThiamin\n(mg/\n100g)"],
    "folate": ["Vitamin B9 or\ntotal folates,\ndietary folate\nequivalents, DFE\n(µg/\n100g)"],
    "vitamin_k": ["Vitamine K1 (µg/100 g)", "Vitamin\nK1 (µg/\n100g)"],
}
OTHERS = [
    *("Sel chlorure de sodium (g/100 g)", "Vitamin D2\n(ergocalciferol)\n(µg/\n100g)", "Vitamin\nK2 (µg/\n100g)"),
    *("Vitamin\nB2 or\nRiboflavin\n(mg/\n100g)", "Alpha-tocopherol\n(vitamine E)(mg/\n100g)", "Jones\nfactor"),
    *("Chlorure (mg/100 g)", "Folic acid\n(enrichment)\n(µg/\n100g)", "Sugars (g/100g)", "Lactose (g/100 g)"),
    *("FA 4:0 (g/100g)", "Polyols totaux (g/100 g)", "alim_code"),
]


def test_the_headings_of_ciqual_are_known() -> None:
    from twitchwise.formats.food_ciqual import place_of

    for nutrient, headings in HEADINGS.items():
        for heading in headings:
            assert place_of(heading) == (COLUMN[nutrient], 0, 1.0), heading
    assert place_of("Vitamine B9 ou Folates totaux (µg/100 g)") == (COLUMN["folate"], 1, 1.0)
    assert place_of("Energie, N x facteur Jones, avec fibres  (kJ/100 g)") == (COLUMN["energy"], 3, 0.2390057)
    assert [heading for heading in OTHERS if place_of(heading)] == []


def test_an_excel_file_without_openpyxl_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.xlsx"
    zipped({"xl/workbook.xml": "<a/>"}, path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert "pip install 'twitchwise[tables]'" in refused(path)


# --- what cannot be trusted


def _zip_with(path: Path, name: str, text: str = "x", mode: int = 0) -> Path:
    zipped(FDC, path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, text)
    return path


@pytest.mark.parametrize("name", ["../../food.csv", "/etc/food.csv", "..\\food.csv", "C:\\food.csv", "a/../../b.csv"])
def test_a_path_that_leads_outside_is_refused(name: str, tmp_path: Path) -> None:
    assert "leads outside" in refused(_zip_with(tmp_path / "t.zip", name))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    assert "is a link" in refused(_zip_with(tmp_path / "t.zip", "note.csv", "/etc/passwd", stat.S_IFLNK | 0o777))


def test_a_bomb_is_refused_by_its_size_and_by_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = _zip_with(tmp_path / "bomb.zip", "zeros.csv", "0" * (food_zip.SMALL + 1))
    assert f"over {food_zip.MOST_RATIO} times" in refused(bomb)
    monkeypatch.setattr(food_zip, "MOST_BYTES", 1000)
    assert "more than any food table" in refused(zipped(FDC, tmp_path / "large.zip"))


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(FDC, tmp_path / "liar.zip")
    data = bytearray(path.read_bytes())
    real = len(FDC["food_nutrient.csv"].lstrip("\n")).to_bytes(4, "little")
    assert data.count(real) == 2  # in the file's own heading and in the list of files
    path.write_bytes(bytes(data).replace(real, (90).to_bytes(4, "little")))
    assert "damaged or cut off" in refused(path)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    files = {f"{number}.csv": "x" for number in range(food_zip.MOST_MEMBERS + 1)}
    assert "more than any food table" in refused(zipped(files, tmp_path / "many.zip"))


def test_a_stream_is_counted_while_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(FDC, tmp_path / "t")  # the size of a .gz is not declared anywhere
    (folder / "food_nutrient.csv").unlink()
    (folder / "food_nutrient.csv.gz").write_bytes(
        gzip.compress(b"fdc_id,nutrient_id,amount\n" + b"1,1090,79\n" * 99_999)
    )
    assert only(folder).card.foods == 1
    monkeypatch.setattr(food_zip, "MOST_BYTES", 500_000)
    assert "unpacks to more" in refused(folder)


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.99])
def test_a_truncated_zip_is_refused(cut: float, tmp_path: Path) -> None:
    path = zipped(FDC, tmp_path / "t.zip")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    assert "not a whole zip" in refused(path)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = zipped(FDC, tmp_path / "t.zip")
    data = bytearray(path.read_bytes())
    data[data.index(b"food_nutrient.csv") + 60] ^= 0xFF
    path.write_bytes(data)
    assert "damaged or cut off" in refused(path) or "cannot be opened" in refused(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda b: b.replace(b"Leaves", b"Lea\0ves", 1), "zero bytes"),
        (lambda b: b.replace(b"Leaves", b"Caf\xe9", 1), "not UTF-8"),
        (lambda b: b.decode().encode("utf-16"), "zero bytes"),
        (lambda b: b + b'"6","foundation_food","' + b"x" * 200_000 + b'",,\n', "never ends"),
        (lambda b: b.replace(b'"fdc_id"', b'"id"', 1), "'fdc_id' is missing"),
        (lambda b: b"", "'fdc_id' is missing"),
        (lambda b: b.replace(b"foundation_food", b"tasting_food"), "no food of a kind"),
    ],
)
def test_a_broken_list_of_foods_is_refused(change: object, said: str, tmp_path: Path) -> None:
    folder = written(FDC, tmp_path / "t")
    assert only(folder).card.foods == 2
    path = folder / "food.csv"
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    assert said in refused(folder)


def test_broken_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    files = FDC | {"food_nutrient.csv": FDC["food_nutrient.csv"] + '"14","3"\n"15","99","1090","5"\n\n'}
    draft = only(written(files, tmp_path / "t"))
    assert dict(draft.card.quirks)["rows with too few cells"] == 1 and draft.card.foods == 2


def test_what_is_no_table_says_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "me.csv").write_text("day,food\n1,egg\n")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99)
    (tmp_path / "empty.zip").write_bytes(b"")
    (tmp_path / "odd.xlsx").write_bytes(b"PK\x03\x04 no")
    assert "Ciqual" in refused(tmp_path / "me.csv") and "save it as .xlsx" in refused(tmp_path / "old.xls")
    assert "empty" in refused(tmp_path / "empty.zip") and "not a whole zip" in refused(tmp_path / "odd.xlsx")
    assert "cannot be read" in refused(tmp_path / "none.zip") and "Ciqual" in refused(tmp_path)


def test_the_same_name_in_two_folders_is_refused(tmp_path: Path) -> None:
    path = zipped(FDC, tmp_path / "t.zip", "a/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b/food.csv", FDC["food.csv"])
    assert "more than once" in refused(path)


def test_xml_that_defines_its_own_words_is_refused(tmp_path: Path) -> None:
    files = ciqual_xml()
    name = next(n for n in files if n.startswith("compo"))
    evil = '<!DOCTYPE T [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<TABLE>'
    path = zipped(files | {name: files[name].replace("<TABLE>", evil)}, tmp_path / "x.zip", encoding="cp1252")
    assert "DOCTYPE" in refused(path)
    path = zipped(files | {name: files[name][:-20]}, tmp_path / "y.zip", encoding="cp1252")
    assert "no whole XML" in refused(path)


def test_no_colour_code_of_a_name_reaches_the_terminal(tmp_path: Path) -> None:
    files = FDC | {"food.csv": FDC["food.csv"].replace("Leaves, green, raw", "Leaves\x1b[31m\x07, raw")}
    assert all(food.name.isprintable() for food in only(written(files, tmp_path / "t")).foods)


def test_any_damage_ends_in_one_line_or_a_table(tmp_path: Path) -> None:
    """Bytes are changed at random in every layout: a clear refusal, or a table, but no other error."""
    dice = random.Random(20)
    whole = [
        zipped(FDC, tmp_path / "a.zip"),
        zipped(SR, tmp_path / "sr28.zip", encoding="cp1252"),
        zipped(ciqual_xml(), tmp_path / "x.zip", encoding="cp1252"),
        ciqual_csv(tmp_path / "ciqual.csv"),
        ciqual_xlsx(tmp_path / "ciqual.xlsx"),
    ]
    ended = {"table": 0, "refused": 0}
    for path in whole:
        data = path.read_bytes()
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(dice.choice([1, 1, 3, 30])):
                broken[dice.randrange(len(broken))] = dice.randrange(256)
            path.write_bytes(bytes(broken[: dice.choice([len(broken), len(broken), dice.randrange(len(broken))])]))
            try:
                list(read_tables(path))
                ended["table"] += 1
            except FileError as error:
                assert "\n" not in str(error)
                ended["refused"] += 1
    assert min(ended.values()) > 20, ended


@pytest.mark.parametrize("files", [FDC, SURVEY, BRANDED, SR, ciqual_xml()], ids="fdc survey branded sr ciqual".split())
def test_any_text_ends_in_one_line_or_a_table(files: dict[str, str], tmp_path: Path) -> None:
    """Cells and lines are mixed up, cut, doubled and swapped for odd ones."""
    dice = random.Random(7)
    odd = ["", '"', "-1", "1e999", "nan", "²", "9" * 5000, "\n", ",", "~", "^", "<", ">", "&", "\x1b[2J", "é", "0", "_"]
    encoding = "cp1252" if "FOOD_DES.txt" in files or "compo_2020_07_07.xml" in files else "utf-8"
    tables = 0
    for _ in range(150):
        changed = dict(files)
        name = dice.choice(list(files))
        text = files[name].lstrip("\n")
        for _ in range(dice.choice([1, 2, 9])):
            at, to = sorted((dice.randrange(len(text)), dice.randrange(len(text))))
            middle = dice.choice([dice.choice(odd), text[at:to] * 2, text[to : to + 30], ""])
            text = text[:at] + middle + text[min(to, at + dice.choice([0, 1, 8])) :]
        changed[name] = text.replace("²", "2") if encoding == "cp1252" else text
        try:
            for draft in read_tables(written(changed, tmp_path / "t", encoding)):
                assert len(draft.foods) == len(draft.values) == draft.card.foods
                assert all(food.name and 0 < p.grams < 1e5 for food in draft.foods for p in food.portions)
                assert not (draft.values < 0).any() and not np.isinf(draft.values).any()
                tables += 1
        except FileError as error:
            assert "\n" not in str(error)
    assert tables > 5


# --- the real files


@pytest.fixture(scope="session")
def foods_folder(shared: Path) -> Path:
    folder = shared / "data" / "foods"
    if not folder.is_dir():
        pytest.skip("the official food tables are absent: the import of real files was NOT checked")
    return folder


def test_the_foundation_release_of_2023(foods_folder: Path) -> None:
    path = next((foods_folder / "fdc_foundation_2023-04-20" / "data").glob("*.zip"))
    ticks: list[int] = []
    table = OfficialTable(path)
    (draft,) = table.read(ticks.append)
    assert draft.card.foods == 307 and draft.card.source == "usda_foundation_2023"
    assert draft.card.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    known = (~np.isnan(draft.values)).sum(axis=0)
    for nutrient, foods in {
        "magnesium": 294,
        "calcium": 294,
        "potassium": 294,
        "sodium": 258,
        "vitamin_b6": 210,
    }.items():
        assert known[COLUMN[nutrient]] == foods, nutrient
    assert known[COLUMN["thiamine"]] == 196 and known[COLUMN["vitamin_b12"]] == 65 and known[COLUMN["vitamin_d"]] == 55
    assert dict(draft.card.quirks)["foods without energy"] == 45
    assert value(draft, "fdc:1999633", "magnesium") == pytest.approx(92.96)  # Spinach, mature
    assert sum(len(food.portions) for food in draft.foods) >= 180
    assert table.total * 0.9 < sum(ticks) <= table.total * 1.1  # the bar ends where it should


def test_the_survey_foods_of_2017(foods_folder: Path) -> None:
    pytest.importorskip("openpyxl")
    draft = only(next((foods_folder / "fndds_2017-2018_at_a_glance").glob("*.xlsx")))
    assert draft.card.foods == 7083 and draft.card.source == "usda_fndds_2017_2018"
    assert value(draft, "fndds:11111000", "energy") == 60 and value(draft, "fndds:11111000", "protein") == 3.28
    known = ~np.isnan(draft.values).all(axis=0)
    assert [n for n in NUTRIENTS if not known[COLUMN[n]]] == ["ash"]


def test_every_curated_figure_agrees_with_the_import(foods_folder: Path) -> None:
    """The curated table was made by another program from the same releases."""
    from twitchwise.foods.load import curated

    pytest.importorskip("openpyxl")
    draft = only(next((foods_folder / "fndds_2017-2018_at_a_glance").glob("*.xlsx")))
    row = {food.id: place for place, food in enumerate(draft.foods)}
    table, compared = curated(), 0
    for place, food in enumerate(table.foods):
        if food.origin in row:
            for nutrient, column in COLUMN.items():
                ours = draft.values[row[food.origin], column]
                if not math.isnan(ours) and (food.id, nutrient) not in table.filled:
                    assert table.values[place, column] == pytest.approx(ours, rel=1e-4), (food.id, nutrient)
                    compared += 1
    assert compared > 100


def test_sr28_as_fdc_and_as_text_give_the_same_values(foods_folder: Path, tmp_path: Path) -> None:
    """All 679,045 values, laid out in both ways."""
    import csv

    folder = foods_folder / "sr28_fdc_layout"
    fdc = only(folder)
    assert fdc.card.foods == 8789 and fdc.card.name == "sr_legacy"
    with (folder / "sr_legacy_food.csv").open() as file:
        ndb = {row["fdc_id"]: row["NDB_number"].zfill(5) for row in csv.DictReader(file)}
    with (folder / "nutrient.csv").open() as file:
        old = {row["id"]: row["nutrient_nbr"].removesuffix(".0") for row in csv.DictReader(file)}
    with (
        (folder / "food.csv").open(encoding="utf-8") as file,
        (tmp_path / "FOOD_DES.txt").open("w", encoding="cp1252") as out,
    ):
        for row in csv.DictReader(file):
            out.write(f"~{ndb[row['fdc_id']]}~^~0100~^~{row['description']}~^~~\n")
    with gzip.open(folder / "food_nutrient.csv.gz", "rt") as file, (tmp_path / "NUT_DATA.txt").open("w") as out:
        for row in csv.DictReader(file):
            out.write(f"~{ndb[row['fdc_id']]}~^~{old[row['nutrient_id']]}~^{row['amount']}^\n")
    text = only(tmp_path)
    assert text.card.foods == 8789 and text.card.source == "usda_sr28"
    assert [f.name for f in text.foods] == [f.name for f in fdc.foods]
    assert np.array_equal(text.values, fdc.values, equal_nan=True)


def test_the_import_opens_no_connection_and_unpacks_nothing(tmp_path: Path) -> None:
    path = zipped(FDC, tmp_path / "t.zip")
    before = sorted(tmp_path.iterdir())
    script = (
        "import sys, socket\nfrom pathlib import Path\n"
        "def no(*a): raise SystemExit('a connection')\nsocket.socket.connect = no\n"
        "from twitchwise.formats.food_tables import read_tables\nprint(len(list(read_tables(Path(sys.argv[1])))))\n"
    )
    run = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"TMPDIR": str(tmp_path)})
    assert done.stdout == "1\n" and sorted(tmp_path.iterdir()) == before
