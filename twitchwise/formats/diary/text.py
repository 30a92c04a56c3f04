"""A diary as plain text: a line a food, with headings for days and meals wherever the person wrote them."""

from __future__ import annotations

import re

from twitchwise.record.types import DiaryLine

MEALS = (
    "breakfast|second breakfast|brunch|elevenses|lunch|dinner|supper|tea|tea time|snacks?|morning snack|"
    "afternoon snack|evening snack|evening|"
    "morning|afternoon|mid[- ]?morning|mid[- ]?afternoon|night|drinks?|dessert|pudding|"
    "supplements?|pills|vitamins|before bed|bedtime|pre[- ]?workout|post[- ]?workout"
)
WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thur?s?|fri|sat|sun|today|yesterday"
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
DATE = (
    rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})[a-z]*"
    rf"(?:,? \d{{4}})?|(?:{MONTHS})[a-z]* \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
)
DAY = re.compile(
    rf"[#*\s]*((?:(?:{WEEKDAYS}),?\s*)?(?:{DATE})|(?:{WEEKDAYS})|day \d+)[*\s]*(?::|[-–]\s|$)", re.IGNORECASE
)
MEAL = re.compile(rf"[#*\s]*({MEALS})[*\s]*(?:\([^)]*\)\s*)?(?::|[-–]\s|$)[*\s]*", re.IGNORECASE)
CLOCK = re.compile(
    r"^\s*(?:at )?(?:[01]?\d|2[0-3])(?:[:.][0-5]\d\s*(?:am|pm)?|\s*(?:am|pm))\s*[-–:,]?\s*", re.IGNORECASE
)
BULLET = re.compile(r"^\s*(?:[-*•·–]\s+|\d{1,2}[.)]\s+|\[[ xX]?\]\s*)")


def read_text(text: str, name: str) -> list[DiaryLine]:
    """Read a free-text diary.

    Parameters: text, of the file; name, of the file, for messages. Returns: a line for each food line.

    >>> [(x.day, x.meal, x.text) for x in read_text("Monday\\nBreakfast: 2 eggs\\n- toast", "me.txt")]
    [('Monday', 'breakfast', '2 eggs'), ('Monday', 'breakfast', 'toast')]
    """
    day, meal, lines = "", "", list[DiaryLine]()
    for number, raw in enumerate(text.splitlines(), start=1):
        rest = BULLET.sub("", raw).strip()
        heading = DAY.match(rest)
        if heading:
            day, meal, rest = heading[1].strip(" ,"), "", rest[heading.end() :].strip()
        rest = CLOCK.sub("", rest)
        course = MEAL.match(rest)
        if course:
            meal, rest = course[1].lower(), rest[course.end() :].strip()
        rest = CLOCK.sub("", BULLET.sub("", rest)).strip(" \t*_#>")
        if rest and not rest.startswith("//"):
            pill = meal.startswith(("supplement", "pill", "vitamin"))
            lines.append(DiaryLine(rest[:400], day, meal, supplement=pill, where=f"{name} line {number}"))
    return lines
