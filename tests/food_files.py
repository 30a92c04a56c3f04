"""Small food tables in the official layouts, with made-up figures."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

Files = dict[str, str]
FDC: Files = {
    "food.csv": """
"fdc_id","data_type","description","food_category_id","publication_date"
"1","foundation_food","Leaves, green, raw","11","2024-04-18"
"2","sub_sample_food","Leaves, green, sample 7","11","2024-04-18"
"3","foundation_food","Leaves, green, raw","11","2025-04-18"
"4","foundation_food","Loaf, unknown to all","18","2025-04-18"
"5","market_acquisition","Leaves, market","11","2025-04-18"
""",
    "food_nutrient.csv": """
"id","fdc_id","nutrient_id","amount","data_points","derivation_id","min","max","median","footnote","min_year_acqured"
"1","1","1090","79","","","","","","",""
"2","1","1110","400","","","","","","",""
"3","1","2047","23.5","","","","","","",""
"4","1","1008","23","","","","","","",""
"5","2","1090","1","","","","","","",""
"6","3","1090","80","","","","","","",""
"7","3","1110","40","","","","","","",""
"8","3","1114","1.5","","","","","","",""
"9","3","2048","21","","","","","","",""
"10","3","1087","many","","","","","","",""
"11","3","1092","-5","","","","","","",""
"12","3","1003","140","","","","","","",""
"13","3","1093","","","","","","","",""
""",
    "food_portion.csv": """
"id","fdc_id","seq_num","amount","measure_unit_id","portion_description","modifier","gram_weight","data_points","footnote"
"1","3","1","2.0","1001","","","30","","",""
"2","3","2","1","9999","","bunch","340","","",""
"3","3","3","1","9999","","handful","0","","",""
"4","2","1","1","1000","","","7","","",""
""",
    "measure_unit.csv": '"id","name"\n"1000","cup"\n"1001","tablespoon"\n"9999","undetermined"\n',
}
SURVEY: Files = {
    "food.csv": """
"fdc_id","data_type","description","food_category_id","publication_date"
"2340760","survey_fndds_food","Milk, whole","","2022-10-28"
""",
    "food_nutrient.csv": """
"id","fdc_id","nutrient_nbr","amount"
"1","2340760","304","11.9"
"2","2340760","208.0","60"
"3","2340760","324","44"
""",
    "survey_fndds_food.csv": '"fdc_id","food_code","wweia_category_number"\n"2340760","11111000","1002"\n',
    "wweia_food_category.csv": '"wweia_food_category","wweia_food_category_description"\n"1002","Milk, whole"\n',
    "food_portion.csv": """
"id","fdc_id","seq_num","amount","measure_unit_id","portion_description","modifier","gram_weight"
"1","2340760","1","","9999","1 cup","10205","244"
"2","2340760","2","","9999","Quantity not specified","90000","183"
""",
}
BRANDED: Files = {
    "food.csv": """
fdc_id,data_type,description,food_category_id,publication_date
11,branded_food,OAT DRINK,,2021-01-01
12,branded_food,OAT DRINK,,2023-01-01
13,branded_food,Oat bar,,2023-01-01
""",
    "branded_food.csv": """
fdc_id,brand_owner,brand_name,gtin_upc,serving_size,serving_size_unit,household_serving_fulltext,branded_food_category
11,OATS LTD,,00123,240,ml,1 cup,Plant Milk
12,OATS LTD,,123,240,MLT,1 CUP,Plant Milk
13,OATS LTD,Barry,,42,g,1 bar,Snack Bars
""",
    "food_nutrient.csv": """
id,fdc_id,nutrient_id,amount
1,11,1087,100
2,12,1087,120
3,13,1089,2.5
4,13,1110,0
""",
}
SR: Files = {
    "FOOD_DES.txt": "~01001~^~0100~^~Butter, salted~^~BUTTER,WITH SALT~^~sweet butter~^~~^~Y~^~~^0^~~^6.38^4.27^\r\n"
    "~35240~^~3500~^~Pi\xf1on nuts~^~PINON~^~~^~~^~~^~~^0^~~^^^^\r\n",
    "NUT_DATA.txt": "~01001~^~304~^2^8^^~1~^~~^~~^~~^1^2^2^^^^^~11/1976~^~~\r\n"
    "~35240~^~304~^234^1^^~1~^~~^~~^~~^^^^^^^^~~^~~\r\n"
    "~01001~^~324~^0^0^^~4~^~~^~~^~~^^^^^^^^~~^~~\r\n",
    "WEIGHT.txt": '~01001~^1^1^~pat (1" sq, 1/3" high)~^5^199^\r\n~01001~^2^2^~tbsp~^28.4^15^0.4\r\n',
    "FD_GROUP.txt": "~0100~^~Dairy and Egg Products~\r\n~3500~^~American Indian/Alaska Native Foods~\r\n",
}
CIQUAL_HEAD = (
    "alim_grp_code|alim_ssgrp_code|alim_ssssgrp_code|alim_grp_nom_eng|alim_ssgrp_nom_eng|alim_ssssgrp_nom_eng|alim_code|"
    "alim_nom_eng|alim_nom_sci|Energy, Regulation EU No 1169/2011 (kJ/100g)|"
    "Energy, Regulation EU No 1169/2011 (kcal/100g)|Energy, N x Jones' factor, with fibres (kcal/100g)|Water (g/100g)|"
    "Protein (g/100g)|Protein, crude, N x 6.25 (g/100g)|Carbohydrate (g/100g)|Fat (g/100g)|Fibres (g/100g)|"
    "Organic acids (g/100g)|Salt (g/100g)|Magnesium (mg/100g)|Sodium (mg/100g)|Vitamin D (µg/100g)|"
    "Vitamin K1 (µg/100g)|Vitamin K2 (µg/100g)|Vitamin B1 or Thiamin (mg/100g)|Vitamin B9 or Folate (µg/100g)|"
    "Vitamin B12 (µg/100g)"
).split("|")
CIQUAL_ROWS = [
    ["02", "0201", "020101", "fruits, vegetables", "vegetables", "vegetables, raw", "20059", "Spinach, raw", "-", "119",
     "28,5", "28,4", "90,5", "2,76", "2,9", "1,4", "0,56", "2,6", "0,2", "0,2", "58", "79,4", "< 0,5", "403", "-",
     "0,08", "207", "traces"],
    ["06", "0603", "060303", "beverages", "-", "-", "1002", "Gin", "", "-", "-", "265", "66,8", "0", "0", "0", "0", "-",
     "-", "0", "-", "2", "0", "-", "-", "-", "-", "0"],
]  # fmt: skip


def written(files: Files, folder: Path, encoding: str = "utf-8") -> Path:
    """Write the files of a table into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.lstrip("\n").encode(encoding))
    return folder


def zipped(files: Files, path: Path, below: str = "", encoding: str = "utf-8") -> Path:
    """Write the files of a table into a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(below + name, text.lstrip("\n").encode(encoding))
    return path


def ciqual_csv(path: Path, encoding: str = "utf-8-sig", separator: str = ";") -> Path:
    """Write the one-sheet layout as a spreadsheet program saves it."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([CIQUAL_HEAD, *CIQUAL_ROWS])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def ciqual_xlsx(path: Path) -> Path:
    """Write the one-sheet layout as Excel, headings broken over lines as in 2025."""
    openpyxl = __import__("openpyxl")
    book = openpyxl.Workbook()
    book.active.append([head.replace(" ", "\n") for head in CIQUAL_HEAD])
    for row in CIQUAL_ROWS:
        book.active.append(row)
    book.save(path)
    return path


def ciqual_xml() -> Files:
    """The set of XML files: spaces inside, a bare < in the values, windows-1252."""
    head = '<?xml version="1.0" encoding="windows-1252" ?>\n<TABLE>\n'
    foods, values = "", ""
    names = {"20059": "\xc9pinard, cru", "1002": "Gin & tonic"}
    columns = {"328": 10, "333": 11, "25000": 13, "31000": 15, "34100": 17, "65000": 18, "10120": 20, "52100": 22}
    for row in CIQUAL_ROWS:
        foods += (
            f"<ALIM>\n <alim_code> {row[6]} </alim_code>\n <alim_nom_fr> {names[row[6]]} </alim_nom_fr>\n"
            f' <alim_nom_eng> {row[7]} </alim_nom_eng>\n <alim_nom_sci missing=" " />\n'
            f" <alim_grp_code> {row[0]} </alim_grp_code>\n <alim_ssgrp_code> {row[1]} </alim_ssgrp_code>\n</ALIM>\n"
        )
        for code, at in columns.items():
            values += (
                f"<COMPO>\n <alim_code> {row[6]} </alim_code>\n <const_code> {code} </const_code>\n"
                f' <teneur> {row[at]} </teneur>\n <min missing=" " />\n</COMPO>\n'
            )
    groups = (
        "<ALIM_GRP><alim_grp_code> 02 </alim_grp_code><alim_grp_nom_eng> fruits, vegetables </alim_grp_nom_eng>"
        "<alim_ssgrp_code> 0201 </alim_ssgrp_code><alim_ssgrp_nom_eng> vegetables </alim_ssgrp_nom_eng></ALIM_GRP>\n"
    )
    const = "".join(
        f"<CONST><const_code> {code} </const_code><const_nom_eng> {CIQUAL_HEAD[at]} </const_nom_eng></CONST>\n"
        for code, at in columns.items()
    )
    parts = {"alim": foods, "compo": values, "alim_grp": groups, "const": const}
    return {f"{name}_2020_07_07.xml": f"{head}{text}</TABLE>\n" for name, text in parts.items()}
