"""Times in words: "3 weeks", "since 2005", "for years", a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from twitchwise.observe.numbers import decimal
from twitchwise.observe.words import clean

DAY = {
    "second": 1 / 86400,
    "sec": 1 / 86400,
    "minute": 1 / 1440,
    "min": 1 / 1440,
    "hour": 1 / 24,
    "hr": 1 / 24,
    "h": 1 / 24,
    "night": 1.0,
    "day": 1.0,
    "d": 1.0,
    "week": 7.0,
    "wk": 7.0,
    "w": 7.0,
    "fortnight": 14.0,
    "month": 30.4,
    "mo": 30.4,
    "mth": 30.4,
    "trimester": 91.0,
    "year": 365.25,
    "yr": 365.25,
    "y": 365.25,
    "decade": 3652.5,
}
NUMBER = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "couple of": 2,
    "a couple of": 2,
    "couple": 2,
    "few": 3,
    "a few": 3,
    "several": 4,
    "some": 3,
    "many": 6,
    "half a": 0.5,
    "half": 0.5,
    "a half": 0.5,
    "last": 1,
    "past": 1,
    "this": 1,
    "the last": 1,
    "the past": 1,
}
_NUM = r"\d+(?:[.,]\d+)?"
_WORDS = "|".join(sorted(NUMBER, key=len, reverse=True))
_UNITS = "|".join(sorted(DAY, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"({_NUM})\s*(?:-|to|or)\s*({_NUM})\s*-?\s*({_UNITS})s?\b|({_NUM})\s*-?\s*({_UNITS})s?\b"
    rf"|\b({_WORDS})\s+(?:few\s+)?({_UNITS})s?\b"
)
_PLAIN = {
    "this summer": 100.0,
    "this winter": 100.0,
    "this spring": 150.0,
    "this autumn": 45.0,
    "this year": 180.0,
    "lifelong": 9000.0,
    "all my life": 9000.0,
    "all his life": 9000.0,
    "all her life": 9000.0,
    "childhood": 9000.0,
    "since birth": 9000.0,
    "yesterday": 1.0,
    "this morning": 0.3,
    "that morning": 0.3,
    "today": 0.2,
    "tonight": 0.2,
    "last night": 0.5,
    "just now": 0.01,
    "breakfast": 0.3,
    "lunchtime": 0.3,
    "teatime": 0.3,
    "lunch": 0.3,
    "dinner": 0.5,
    "evening before": 0.6,
    "day before": 1.0,
    "years": 1100.0,
    "decades": 7300.0,
    "long-standing": 1100.0,
    "longstanding": 1100.0,
    "chronic": 400.0,
    "months": 120.0,
    "weeks": 21.0,
    "long time": 400.0,
    "days": 3.0,
    "hours": 0.2,
    "minutes": 0.02,
}
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SINCE_YEAR = re.compile(r"\b(?:since|in|from)\s+(?:[a-z]+\s+)?((?:19|20)\d{2})\b|^((?:19|20)\d{2})$")
_MONTH = ("january february march april may june july august september october november december").split()
_SINCE_MONTH = re.compile(r"\bsince\s+(" + "|".join(_MONTH) + r")\b")
_CUE = re.compile(r"\b(?:for|since|over|past|last|ago|began|started|duration|earlier|onset|history|within)\b|\bx\s*\d")
_AGO = re.compile(
    r"\b(?:ago|earlier|began|started|onset|within"
    r"|since (?:this|that|last|yesterday|breakfast|lunch|lunchtime|teatime|dinner))\b"
)
_NOT_CUE = re.compile(
    r"\b(?:each|every|(?<!the )(?<!over )(?<!for )(?<!in )(?<!since )lasts?|lasting|at a time|per|long|apart"
    r"|twitches|attacks? of)\b"
)


# an age is not how long
_AGE = re.compile(r"\b(?:\d+|[a-z]+)[- ](?:year|yr|month|week|day)s?[- ]olds?\b|\baged? \d+(?: years?| months?)?\b")
# how often is not how long
_OFTEN = re.compile(
    r"\b(?:once|twice|thrice|(?:\d+|one|two|three|four|five|six|several|many|few|couple of) ?(?:-? ?\d+ ?)?(?:x|times"
    r"|nights?|days?|hours?|episodes?|attacks?))\s+(?:a|an|per|each|every)\s+(?:hour|day|night|week|month|year)\b"
)


def days_of(text: str, on: date | None = None) -> float | None:
    """Return how long ago or for how long, in days.

    Parameters: text, in plain words; on, the day of the record. Returns: days (>= 0), or None when no time is named.

    >>> days_of("3 weeks"), days_of("2-3 days"), days_of("since 2005", date(2025, 1, 1))
    (21.0, 2.5, 7305.0)
    """
    plain = _OFTEN.sub(" ", _AGE.sub(" ", clean(text)))
    dated = _date_days(plain, on)
    if dated is not None:
        return dated
    found = _AMOUNT.search(plain)
    if found:
        low, high, unit, one, one_unit, word, word_unit = found.groups()
        if low:
            return round((_float(low) + _float(high)) / 2 * DAY[unit], 4)
        if one:
            return round(_float(one) * DAY[one_unit], 4)
        return round(_word_number(word, found.group(0)) * DAY[word_unit], 4)
    return next((value for name, value in _PLAIN.items() if re.search(rf"\b{name}\b", plain)), None)


def days_in_note(text: str, on: date | None = None) -> float | None:
    """Return a duration only from the part of a free text that speaks of one.

    Parameters: text, a note; on, the day of the record. Returns: days, or None.

    >>> days_in_note("3-5 seconds each, daily for two weeks"), days_in_note("twitches last 5 minutes")
    (14.0, None)
    """
    for number, part in enumerate(re.split(r"[;,.]\s", _OFTEN.sub(" ", _AGE.sub(" ", clean(text))).strip())):
        opening = number == 0 and re.match(
            rf"(?:about |almost |nearly |the |in the )*(?:{_NUM}|{_WORDS}) (?:few )?(?:week|month|year|day)s?\b", part
        )
        if opening and not _NOT_CUE.search(part):
            return days_of(part, on)
        if _CUE.search(part) and not _NOT_CUE.search(part):
            days = days_of(part, on)
            if days is not None and (days >= 0.9 or _AGO.search(part)):
                return days
    return None


def _float(text: str) -> float:
    return decimal(text)


def _word_number(word: str, said: str) -> float:
    return 3.0 if " few " in f" {said} " else float(NUMBER[word])


def _date_days(plain: str, on: date | None) -> float | None:
    if on is None:
        return None
    found = _ISO.search(plain)
    if found:
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            return None
        return float((on - day).days) if day <= on else None
    year = _SINCE_YEAR.search(plain)
    if year:
        number = int(year.group(1) or year.group(2))
        return float(max(0, (on - date(number, 1, 1)).days)) if number <= on.year else None
    month = _SINCE_MONTH.search(plain)
    if month:
        start = date(on.year, _MONTH.index(month.group(1)) + 1, 1)
        return float((on - (start if start <= on else start - timedelta(days=365))).days)
    return None


def onset_of(text: str) -> str:
    """Return the kind of onset that a text names.

    Parameters: text. Returns: "", sudden, hours, days, weeks or months.

    >>> onset_of("came on abruptly"), onset_of("over a few days"), onset_of("insidious")
    ('sudden', 'days', 'months')
    """
    plain = clean(text)
    table = (
        (r"sudden|abrupt|all at once|instantly|out of nowhere|seconds|within minutes|thunderclap", "sudden"),
        (r"insidious|month|year|slowly", "months"),
        (r"gradual|week|subacute", "weeks"),
        (r"\bday|overnight", "days"),
        (r"hour|acute|rapid", "hours"),
    )
    return next((kind for pattern, kind in table if re.search(pattern, plain)), "")


_COURSE_OVER = re.compile(
    r"(?:develop\w*|evolv\w*|progress\w*|came on|worsen\w*|spread\w*|onset|began|start\w*|ascend\w*|appear\w*|set in)"
    r"[^,;.]{0,24}\b(?:over|within|in|across)\b[^,;.]{0,16}\b(second|minute|hour|day|week|month)s?\b"
)
_PACE = {"second": "sudden", "minute": "sudden", "hour": "hours", "day": "days", "week": "weeks", "month": "months"}


def onset_in_note(text: str) -> str:
    """Return the kind of onset only where a free text says over what time something developed.

    Parameters: text, a note. Returns: "", sudden, hours, days, weeks or months.

    >>> onset_in_note("developed over two days"), onset_in_note("lasts two days")
    ('days', '')
    """
    found = _COURSE_OVER.search(clean(text))
    return _PACE[found.group(1)] if found else ""
