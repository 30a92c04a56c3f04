"""Caffeine, alcohol, sleep, stress, exercise, fluids, sun, screen and smoking, from words and numbers.

A habit is a factor whose `member` is its level: "none", "some", "high" (for sleep: much sleep lost; for sun: little sun
is "low"; for fluids: "low" or "high") or "withdrawal".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from twitchwise.observe import factors
from twitchwise.observe.caffeine import COUNT_WORDS, MUCH, caffeine_mg, counted, number_of, volume_ml
from twitchwise.observe.durations import days_of
from twitchwise.observe.sheet import NOT_KNOWN, Sheet
from twitchwise.observe.types import FactorSeen
from twitchwise.observe.words import clauses, clean

CAFFEINE_HIGH = 400.0  # mg a day: from here the highest state of the caffeine node


ALCOHOL_HIGH = 35.0  # drinks or units a week, our judgement


SHORT_SLEEP, FULL_SLEEP = 6.0, 7.0  # hours


_NONE = re.compile(
    r"^\W*(?:none|no\b|never|nil|zero|0(?!\.)\b|not? (?:any|at all)|does not|doesnt|dont|do not|teetotal\w*"
    r"|abstinent|abstains|abstinence|without|denie[sd]|non-?\w+)"
)


_HOURS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:(?:-|to)\s*(\d+(?:[.,]\d+)?))?\s*(?:h\b|hrs?\b|hours?)")


def read_habits(habits: Mapping[str, str], sheet: Sheet) -> None:
    """Read the habits of a record.

    Parameters: habits, text by key; sheet, which collects.
    """
    for key, text in habits.items():
        reader = READERS.get(key, _other)
        reader(text, f"habits.{key}", sheet)


def _seen(
    id_: str, level: str, text: str, where: str, sheet: Sheet, dose: float | None = None, days: float | None = None
) -> None:
    if id_ in sheet.evidence.factors:
        kind = sheet.evidence.factors[id_].kind
        sheet.factor(
            FactorSeen(id_, kind, level != "none", text, where, level, dose, text if dose is not None else "", days)
        )


def _caffeine(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    if _NONE.search(plain) and not re.search(r"\d", plain):
        _seen("caffeine", "none", text, where, sheet, 0.0)
        return
    if re.match(r"\W*(?:quit|stopped|gave up|given up|cut out|none since|off (?:it|coffee|caffeine))\b", plain):
        _seen("caffeine", "none", text, where, sheet, 0.0)
        return
    mg = caffeine_mg(text, sheet)
    much = bool(MUCH.search(plain))
    if mg is None and not much and not re.search(r"[a-z0-9]", plain):
        return
    level = "high" if (mg is not None and mg > CAFFEINE_HIGH) or (mg is None and much) else "some"
    _seen("caffeine", "none" if mg == 0 else level, text, where, sheet, mg)
    factors.read_text(
        re.sub(r"\bcola\b", "", text) if (mg or 0) < 100 else text, where, sheet, ("supplement", "medicine"), ask=False
    )


def _alcohol(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    ended = re.search(
        r"withdraw|last drink|stopp(?:ed|ing)|quit|detox|cut(?:ting)? (?:down|back)|gave up|abrupt|sober|since"
        r" (?:his|her|the|my) last|without alcohol for",
        plain,
    )
    years = days_of(plain, sheet.on) or 0.0
    if ended and years <= 30 and not re.search(r"\b(?:social|occasional)", plain):
        _seen("alcohol", "withdrawal", text, where, sheet)
        _seen("alcohol_withdrawal", "", text, where, sheet, days=_last_drink(plain, sheet))
        return
    if (
        _NONE.search(plain)
        or (ended and years > 30)
        or re.fullmatch(r"(?:rare(?:ly)?|hardly ever|almost none)\W*", plain)
    ):
        _seen("alcohol", "none", text, where, sheet)
        return
    weekly = _drinks_a_week(plain)
    heavy = _HEAVY_DRINKING.search(plain)
    _seen("alcohol", "high" if heavy or weekly >= ALCOHOL_HIGH else "some", text, where, sheet)
    factors.read_text(text, where, sheet, ("history",), ask=False)


_HEAVY_DRINKING = re.compile(
    r"heav|alcoholi|abus|misus|depend|binge|excess|addict|chronic|daily drink|drunk|intoxicat|hungover|hangover"
    r"|too much|a lot|lots"
    r"|several (?:strong )?(?:beers|drinks|glasses|pints)|bottle of (?:vodka|whisk|spirit|rum|gin|wine|"
    r"brandy|schnapps|scotch)|a fifth of|lit(?:re|er)s? of (?:vodka|whisk|spirit|rum|gin|wine|beer|cider)|"
    r"high"
    r" intake|long-?standing"
)


def _last_drink(plain: str, sheet: Sheet) -> float | None:
    return days_of(plain, sheet.on)


def _drinks_a_week(plain: str) -> float:
    """Return drinks a week; six or more on one occasion count as heavy."""
    found = _DRINKS.search(plain)
    if not found:
        return 0.0
    first, second, name = found.groups()
    number = (counted(first) + counted(second or first)) / 2
    weight = 8.0 if name.startswith("bottle") else 2.3 if name.startswith("pint") else 0.1 if name == "g" else 1.0
    times = re.search(rf"(\d+|{COUNT_WORDS})\s*(?:x|times|nights?|days?|evenings?) (?:a|per|each|/) ?week", plain)
    if times:
        weekly = number * weight * counted(times.group(1))
    elif re.search(r"\ba day|daily|per day|/ ?d|every (?:day|night|evening)|nightly|each (?:day|night)", plain):
        weekly = number * weight * 7
    else:
        return number * weight if re.search(r"week|/ ?w", plain) else ALCOHOL_HIGH if number * weight >= BINGE else 0.0
    return max(weekly, ALCOHOL_HIGH if number * weight >= BINGE else 0.0)


_DRINKS = re.compile(
    rf"(\d+(?:[.,]\d+)?|{COUNT_WORDS})\s*(?:(?:-|to|or)\s*(\d+|{COUNT_WORDS})\s*)?(?:[a-z]+ )?(units?|drinks?|beers?"
    rf"|glass(?:es)?|pints?|bottles?|cans?|shots?|g\b)"
)


BINGE = 6.0  # drinks on one occasion


_POOR_SLEEP = re.compile(
    r"poor|little|bad|depriv|deficien|not sleep|insomni|broken|less|late|irregular|lack|short|not (?:much|enough"
    r"|well|sleeping)|interrupt|jet ?lag|wak|newborn|baby|all[- ]night|all-?nighter|night ?(?:shift|work|duty)|few"
    r"|restless|disturb|difficult|trouble|cannot|reduced|debt|tired|exhaust|terrible|missed|loss|unrefresh"
    r"|insufficient|inadequate|unrest|awake|erratic|uneven|shallow|minimal"
    r"|\b[1-5] ?a\.?m|no sleep|sleepless|barely|hardly|shift work|nightmare|nights on end"
)
_GOOD_SLEEP = re.compile(
    r"\b(?:good|normal|fine|well|regular|enough|adequate|undisturbed|restful|ok|okay|sound|plenty)\b"
)


def _sleep(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    hours = _HOURS.search(plain)
    value = (number_of(hours.group(1)) + number_of(hours.group(2) or hours.group(1))) / 2 if hours else None
    value = _in_bed(plain) if value is None else value
    if value is None and re.fullmatch(r"\W*\d+(?:[.,]\d+)?\W*", plain):
        value = number_of(re.sub(r"[^\d.,]", "", plain))
    poor, good = _POOR_SLEEP.search(plain), _GOOD_SLEEP.search(plain)
    bad = (
        value < SHORT_SLEEP
        if value is not None and 0 < value < 24
        else bool(poor) and not (good and not re.search(r"not|n't", plain))
    )
    if bad:
        sheet.risks.add("short_sleep")
        _seen("sleep", "high", text, where, sheet)
    elif value is not None and value < FULL_SLEEP and not good:
        _seen("sleep", "some", text, where, sheet)
    elif good or value is not None:
        _seen("sleep", "none", text, where, sheet)
    else:
        sheet.issue(where, text, NOT_KNOWN, ("5 hours", "poor", "normal"))


def _in_bed(plain: str) -> float | None:
    """Return the hours between two times of the clock, such as "10 p.m. to 6 a.m."."""
    clock = re.search(
        r"(\d{1,2})(?:[:.](\d{2}))? ?(p|a)\.?m\.? ?(?:-|to|until|till) ?(\d{1,2})(?:[:.](\d{2}))? ?a\.?m", plain
    )
    if not clock:
        return None
    first, minutes, half, last, more = clock.groups()
    start = int(first) % 12 + (12 if half == "p" else 0) + int(minutes or 0) / 60
    return (int(last) % 12 + int(more or 0) / 60 - start) % 24


def _stress(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    if _NONE.search(plain) or re.search(r"^\W*(?:low|little|minimal|normal|relaxed|usual|not stressed)\b", plain):
        _seen("stress", "none", text, where, sheet)
        return
    mild = re.search(r"\b(?:some|mild|moderate|average|a bit|slight)\b", plain)
    _seen("stress", "some" if mild else "high", text, where, sheet)
    if re.search(
        r"exam|deadline|finals|thesis|dissertation|busy (?:week|period|time)|overtime|due (?:in|next)|assignment", plain
    ):
        sheet.clues.add("exam_week")
    if re.search(r"began|start|since|after|onset|during", plain):
        sheet.clues.add("onset_after_stress")


_HARD = re.compile(
    r"marathon|race|triathlon|ironman|spin(?:ning)? class|\bfirst\b|new (?:program|programme|workout|exercise"
    r"|routine|sport)|unaccustomed|unusual|intens|hard|heavy|strenuous|\bgym"
    r"|\bhills?\b|lifting|crossfit|hiit|long (?:run|ride|walk|hike)|overdid|overexert|military|boot ?camp|moving"
    r" house|yard ?work|digging|competi|match|tournament|training camp"
    r"|professional|squat|exhaust|vigorous|exercising at|while exercising|in the heat|athlete|excessive|extreme"
    r"|sprint|ultra|push-?ups|labou?r|personal trainer|stepmill|stair ?climber"
    r"|more than usual|increased|doubled|hours of|all day|climb|ski|\bhik|football|soccer|rugby|hockey|basketball"
    r"|tennis|rowing|\d+ (?:miles|km|kilomet)|played|ran\b|calf raises|push-?ups|sit-?ups|burpees|\breps\b"
    r"|days? (?:before|earlier|ago)|unaccustom"
)


def _exercise(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    if _HARD.search(plain) and not re.search(
        r"^(?:no|avoids?|never|without)\b(?!.*;)|no (?:unusual|hard|heavy|strenuous|recent)", plain
    ):
        sheet.risks.add("recent_hard_exercise")
        _seen("exercise", "high", text, where, sheet, days=days_of(plain, sheet.on))
    elif _NONE.search(plain) or re.search(r"sedentary|little|inactive|rarely|bed ?bound|bed ?rest|immobil|desk", plain):
        _seen("exercise", "none", text, where, sheet)
    else:
        _seen("exercise", "some", text, where, sheet)
    _scan_risks(text, sheet)


def _fluids(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    _scan_risks(text, sheet)
    litres = volume_ml(plain)
    drinks = caffeine_mg(text, sheet) if re.search(r"coffee|tea\b|cola|energy drink|espresso|mate\b", plain) else None
    if drinks:
        _seen("caffeine", "high" if drinks > CAFFEINE_HIGH else "some", text, where, sheet, drinks)
        return
    if (
        "water_excess" in sheet.risks
        or re.search(
            r"water intoxication|excess|too much water|polydips|over-?hydrat|large amounts? of water|forced fluids",
            plain,
        )
        or (litres or 0) >= 5000
    ):
        sheet.risks.add("water_excess")
        _seen("fluids", "high", text, where, sheet)
    elif re.search(
        r"little|poor|not (?:much|drink|enough)|dehydrat|rarely|no water|forgets?|low|less|few|hardly|insufficient"
        r"|without water|restrict|reduced|inadequate",
        plain,
    ) or (litres is not None and litres < 1000):
        sheet.risks.add("low_fluids")
        _seen("fluids", "low", text, where, sheet)
    else:
        _seen("fluids", "some", text, where, sheet)


def _sun(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    _scan_risks(text, sheet)
    if re.search(
        r"little|none|\bno\b|rare|indoor|cover|avoid|house ?bound|veil|low|hardly|never|limited|lack|minimal|not"
        r" much|insufficient|sunscreen",
        plain,
    ):
        sheet.risks.add("low_sun")
        _seen("sun", "low", text, where, sheet)
    else:
        _seen("sun", "some", text, where, sheet)


def _screen(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    hours = _HOURS.search(plain)
    long = (
        number_of(hours.group(1)) >= 6
        if hours
        else bool(re.search(r"long|all day|lots?|much|hours|heavy|high|many|constant|increase|more|work", plain))
    )
    if _NONE.search(plain) or (re.search(r"\b(?:little|low|rare)", plain) and not hours):
        _seen("screen", "none", text, where, sheet)
        return
    sheet.risks |= {"screen_long"} if long else set()
    _seen("screen", "high" if long else "some", text, where, sheet)


def _nicotine(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    if _NONE.search(plain) or re.search(r"\bex-?smok|former|stopped|quit|non-?smok|gave up", plain):
        _seen("nicotine", "none", text, where, sheet)
        return
    sheet.risks.add("nicotine")
    _seen("nicotine", "high" if re.search(r"heavy|\d\d|pack", plain) else "some", text, where, sheet)


def _heat(text: str, where: str, sheet: Sheet) -> None:
    if not _NONE.search(clean(text)):
        sheet.risks.add("heat")
    factors.read_text(text, where, sheet, ("history",), ask=False)


def _drugs(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    if _NONE.search(plain):
        return
    if not factors.read_text(text, where, sheet, factors.ORDER["exposures"], days_of(plain, sheet.on), ask=False):
        sheet.issue(where, text, NOT_KNOWN, sheet.lexicon.factors["history"].nearest(text))


def _other(text: str, where: str, sheet: Sheet) -> None:
    plain = clean(text)
    if re.fullmatch(r"(?:[a-z ]+: )?(?:none|no|nil|n/a|nothing|unknown|not known|null)\W*", plain):
        return
    understood = factors.read_text(text, where, sheet, factors.ORDER["habits"], ask=False)
    if re.search(
        r"not eaten|had not eaten|not eat much|unable to eat|nothing since|(?:low|no|little|poor) appetite"
        r"|no food|skip\w* meals|empty stomach|little food|poor (?:intake|diet)|fasting|starv"
        r"|irregular meals",
        plain,
    ):
        sheet.risks.add("low_intake")
        understood = True
    if re.search(
        r"stands? all day|sits? all day|on (?:his|her|my|their) feet|standing (?:work|job|all)|desk (?:job|work)"
        r"|sitting all",
        plain,
    ):
        sheet.risks.add("standing_work")
        understood = True
    if re.search(r"\bstress|\bexams?\b|deadline|bereave|divorce|worr|pressure", plain) and not _NONE.search(plain):
        _seen("stress", "high", text, where, sheet)
        understood = True
    if not understood:
        sheet.issue(where, text, NOT_KNOWN)


def _scan_risks(text: str, sheet: Sheet) -> None:
    for words in clauses(text):
        for hit in sheet.lexicon.risks.find(words):
            if not {"no", "not", "without", "deny"} & set(words[: hit.start]):
                sheet.risks |= set(hit.ids)


READERS: dict[str, Callable[[str, str, Sheet], None]] = {
    "caffeine": _caffeine,
    "alcohol": _alcohol,
    "sleep": _sleep,
    "stress": _stress,
    "exercise": _exercise,
    "fluids": _fluids,
    "sun": _sun,
    "screen": _screen,
    "nicotine": _nicotine,
    "smoking": _nicotine,
    "drugs": _drugs,
    "heat": _heat,
}
