"""Age, sex, weight, height, pregnancy: who the record is about."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from rapidfuzz import process

from twitchwise.observe.durations import days_of
from twitchwise.observe.numbers import decimal
from twitchwise.observe.sheet import Sheet
from twitchwise.observe.words import clean
from twitchwise.record import PersonPart

AGE_LIMIT, WEIGHT_LIMITS, HEIGHT_LIMITS = 120.0, (0.3, 400.0), (20.0, 260.0)
_SEX = {
    "female": "female",
    "f": "female",
    "woman": "female",
    "girl": "female",
    "w": "female",
    "lady": "female",
    "male": "male",
    "m": "male",
    "man": "male",
    "boy": "male",
    "gentleman": "male",
}
_YES = ("yes", "true", "1", "y", "pregnant", "currently")
_NO = ("no", "false", "0", "n", "not", "none")
# countries that lie wholly or mostly above 40 degrees north
NORTH = frozenset(
    "uk united kingdom england scotland wales ireland norway sweden finland denmark iceland germany netherlands"
    " belgium france"
    " poland austria switzerland czechia slovakia hungary lithuania latvia estonia canada russia ukraine belarus"
    " romania"
    " slovenia croatia luxembourg".split()
)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def read_person(person: PersonPart, sheet: Sheet) -> dict[str, Any]:
    """Read who the record is about.

    Parameters: person, as written; sheet, which collects risks and slips. Returns: fields of Observations.
    """
    age = _age(person.age, sheet)
    sheet.age = age
    sex = _sex(person.sex, sheet)
    _pregnancy(person, sheet)
    weight, height = _weight(person.weight, sheet), _height(person.height, sheet)
    _risks(person, age, sex, weight, height, sheet)
    return {
        "age": age,
        "sex": sex,
        "country": person.country,
        "weight_kg": weight,
        "height_cm": height,
        "breastfeeding": _yes_no(person.breastfeeding, "person.breastfeeding", sheet),
    }


def _age(said: str, sheet: Sheet) -> float | None:
    if not said:
        return None
    number = _NUMBER.search(said)
    years: float | None = decimal(number.group()) if number else None
    if years is not None and re.search(r"month|week|day|wk|mo\b", clean(said)):
        days = days_of(said)
        years = round(days / 365.25, 2) if days is not None else None
    if years is None or not 0 <= years <= AGE_LIMIT:
        sheet.issue("person.age", said, f"an age lies between 0 and {AGE_LIMIT:.0f} years", ("34", "8 months"))
        return None
    return years


def _sex(said: str, sheet: Sheet) -> str:
    word = clean(said).strip(" .")
    if word and word not in _SEX:
        near = [found[0] for found in process.extract(word, ["female", "male"], limit=1, score_cutoff=80)]
        sheet.issue(
            "person.sex", said, "ranges of blood tests are known for female and male only", near or ("female", "male")
        )
    return _SEX.get(word, "")


def _yes_no(said: str, where: str, sheet: Sheet) -> bool | None:
    word = clean(said).strip()
    if not word:
        return None
    if word not in _YES and word not in _NO:
        sheet.issue(where, said, "yes or no is expected here", ("true", "false"))
        return None
    return word in _YES


def _pregnancy(person: PersonPart, sheet: Sheet) -> None:
    if person.pregnant:
        text = clean(person.pregnant)
        days = days_of(text)
        if days is None and text in (*_YES, *_NO):
            sheet.pregnant = text in _YES
        elif days is not None and 0 < days <= 310:
            sheet.pregnant, sheet.pregnant_weeks = True, round(days / 7, 1)
        else:
            sheet.issue("person.pregnant", person.pregnant, "not understood", ("24 weeks", "true", "false"))
    if person.postpartum and clean(person.postpartum) not in _NO:
        days = days_of(person.postpartum, sheet.on)
        sheet.postpartum_days = days if days is not None else 30.0 if clean(person.postpartum) in _YES else None
        if sheet.postpartum_days is None:
            sheet.issue("person.postpartum", person.postpartum, "not understood", ("3 weeks",))


_PREGNANT = re.compile(
    r"\b(pregnan\w*|gravid\w*|gestation\w*|(?:first|second|third|1st|2nd|3rd) trimester|expecting a baby)\b"
)
_BIRTH = re.compile(
    r"\b(post ?-?partum|puerper\w*|gave birth|after (?:the )?(?:birth|delivery|childbirth)|after giving birth|newly"
    r" delivered"
    r"|delivered (?:a|her)|after (?:a )?ca?esarean)\b"
)
_TRIMESTER = {"first": 8.0, "1st": 8.0, "second": 20.0, "2nd": 20.0, "third": 33.0, "3rd": 33.0}


def births_in(text: str, sheet: Sheet) -> bool:
    """Read a pregnancy or a birth from free words.

    Parameters: text; sheet, which collects. Returns: True when one is named.
    """
    plain = clean(text)
    if re.search(
        r"\b(?:not|never|no|previous|planning|before|family|mother)\b.{0,16}pregnan|pregnancy (?:test )?(?:negative"
        r"|excluded)",
        plain,
    ):
        return True
    if _BIRTH.search(plain):
        if sheet.postpartum_days is None:
            days = days_of(plain, sheet.on)
            sheet.postpartum_days = 30.0 if days is None else days
        return True
    found = _PREGNANT.search(plain)
    if found:
        sheet.pregnant = True
        days = days_of(plain)
        weeks = next((value for word, value in _TRIMESTER.items() if f"{word} trimester" in plain), None)
        if sheet.pregnant_weeks is None:
            sheet.pregnant_weeks = weeks if weeks else round(days / 7, 1) if days and 14 <= days <= 310 else None
    return bool(found)


def _quantity(
    said: str, where: str, low: float, high: float, value: float | None, example: str, sheet: Sheet
) -> float | None:
    if not said:
        return None
    if value is None or not low <= value <= high:
        sheet.issue(where, said, "cannot be right or is not understood", (example,))
        return None
    return round(value, 1)


def _weight(said: str, sheet: Sheet) -> float | None:
    plain = clean(said)
    numbers = [decimal(n) for n in _NUMBER.findall(plain)]
    value = numbers[0] if numbers else None
    if value is not None and re.search(r"\bst\b|stone", plain):
        value = value * 6.350 + (numbers[1] * 0.4536 if len(numbers) > 1 else 0)
    elif value is not None and re.search(r"lbs?\b|pound", plain):
        value *= 0.4536
    return _quantity(said, "person.weight", *WEIGHT_LIMITS, value, "70 kg", sheet)


def _height(said: str, sheet: Sheet) -> float | None:
    plain = said.lower()
    numbers = [decimal(n) for n in _NUMBER.findall(plain)]
    value = numbers[0] if numbers else None
    if value is not None and re.search(r"'|’|ft|feet|foot", plain):
        value = value * 30.48 + (numbers[1] * 2.54 if len(numbers) > 1 else 0)
    elif value is not None and re.search(r"\bin(?:ch|ches)?\b|\"", plain):
        value *= 2.54
    elif value is not None and value < 3:
        value *= 100
    return _quantity(said, "person.height", *HEIGHT_LIMITS, value, "172 cm", sheet)


def _risks(
    person: PersonPart, age: float | None, sex: str, weight: float | None, height: float | None, sheet: Sheet
) -> None:
    if age is not None:
        bands = (
            ("age_under_8", 0, 8),
            ("age_under_16", 0, 16),
            ("age_16_39", 16, 40),
            ("age_40_59", 40, 60),
            ("age_60_plus", 60, 999),
            ("age_65_plus", 65, 999),
            ("age_70_plus", 70, 999),
        )
        sheet.risks |= {name for name, low, high in bands if low <= age < high}
    if sex:
        sheet.risks.add(sex)
    if sex == "female" and age is not None and 15 <= age < 50:
        sheet.risks.add("female_15_49")
    if clean(person.breastfeeding) in _YES:
        sheet.risks.add("breastfeeding")
    if weight and height and (age is None or age >= 18):
        bmi = weight / (height / 100) ** 2
        sheet.risks |= {"obesity"} if bmi >= 30 else {"underweight"} if bmi < 18.5 else set()
    if re.search(r"\b(dark|black|brown|african|asian|v|vi)\b", clean(person.skin)):
        sheet.risks.add("dark_skin")
    if _in_the_north(person) and (sheet.on.month in (11, 12, 1, 2, 3)):
        sheet.risks.add("high_latitude_winter")
    _check_latitude(person.latitude, sheet)


def _latitude(said: str) -> float | None:
    number = _NUMBER.search(said)
    return decimal(number.group()) if number else None


def _check_latitude(said: str, sheet: Sheet) -> None:
    value = _latitude(said)
    if said and (value is None or abs(value) > 90):
        sheet.issue("person.latitude", said, "a latitude lies between -90 and 90 degrees", ("52",))


def _in_the_north(person: PersonPart) -> bool:
    latitude = _latitude(person.latitude)
    if latitude is not None:
        return 40 <= latitude <= 90 and "s" not in clean(person.latitude).split()
    words = clean(person.country).split()
    return bool(words) and set(words) <= NORTH


def conclude_person(sheet: Sheet, sex: str, on: date) -> None:
    """Turn a pregnancy or a birth, from wherever it was read, into risks.

    Parameters: sheet; sex; on, the day of the record.
    """
    if sex == "male":
        if sheet.pregnant:
            sheet.issue("person.pregnant", "pregnant", "does not go with the sex of the record")
        sheet.pregnant, sheet.pregnant_weeks, sheet.postpartum_days = False, None, None
    if sheet.age is None or sheet.age >= 3:
        sheet.risks.discard("breast_milk_only")
    if sheet.pregnant:
        sheet.risks.add("pregnant")
    if sheet.postpartum_days is not None and sheet.postpartum_days <= 365:
        sheet.risks.add("postpartum")


def read_bmi(text: str, sheet: Sheet) -> bool:
    """Read a body mass index.

    Parameters: text; sheet. Returns: True when one is written.
    """
    found = re.search(r"\b(?:bmi|body mass index)\b[^\d]{0,12}(\d{2}(?:[.,]\d+)?)", clean(text))
    if not found:
        return False
    bmi = decimal(found.group(1))
    sheet.risks |= {"obesity"} if bmi >= 30 else {"underweight"} if bmi < 18.5 else set()
    return True
