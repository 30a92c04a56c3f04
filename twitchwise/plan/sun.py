"""Vitamin D from the sun: about how many minutes outside, by latitude, month and skin; wide, and often "none"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from twitchwise.errors import RecordError
from twitchwise.evidence.day_types import SkinType
from twitchwise.evidence.load import Evidence
from twitchwise.evidence.types import Cite, Cited
from twitchwise.plan.guards import refusal
from twitchwise.plan.situation import Situation

Verdict = Literal["none", "unsure", "some", "withheld"]
MIDDLE_DAY: Final = (15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349)  # of each month
TILT = 23.44  # degrees, of the earth's axis
OZONE_UNIT = 300.0  # DU, at which the formula has its factor
BURNING: Final = "Never let your skin turn red. Cover up or use sunscreen before that."
SENSITIVE: Final = ("tetracycline", "thiazide", "quinolone")


@dataclass(frozen=True, slots=True)
class SunTime:
    """What the sun may bring at a place in a month."""

    verdict: Verdict
    index: tuple[float, float]  # ultraviolet index at noon, clear sky: low, high
    minutes: tuple[float, float] | None  # a short stay around noon; None where none is given
    text: str
    cites: tuple[Cite, ...]


def noon_height(latitude: float, month: int) -> float:
    """Say how high the sun stands at noon in the middle of a month.

    Parameters: latitude, degrees, south negative; month, 1 to 12. Returns: degrees above the horizon, negative below.

    >>> round(noon_height(51.5, 6))
    62
    """
    declination = -TILT * math.cos(2.0 * math.pi * (MIDDLE_DAY[month - 1] + 10) / 365.0)
    return 90.0 - abs(latitude - declination)


def uv_index(latitude: float, month: int, evidence: Evidence) -> tuple[float, float]:
    """Estimate the ultraviolet index at noon under a clear sky.

    Parameters: latitude, degrees; month, 1 to 12; evidence, the curated facts. Returns: low and high.

    >>> from twitchwise.evidence.load import load_evidence
    >>> low, high = uv_index(51.5, 12, load_evidence())
    >>> low < high < 1.5
    True
    """
    rules = {key: rule.value for key, rule in evidence.sun_rules.items()}
    height = max(0.0, math.sin(math.radians(noon_height(latitude, month)))) ** rules["uv_power"].value
    power, ozone = -rules["ozone_power"].value, rules["ozone"]
    low = rules["uv_scale"].low * height * (ozone.high / OZONE_UNIT) ** power
    return low, rules["uv_scale"].high * height * (ozone.low / OZONE_UNIT) ** power


def read_skin(text: str, evidence: Evidence) -> tuple[SkinType, ...]:
    """Understand words about the skin; unknown words leave every type open.

    Parameters: text, "type III" or "fair"; evidence, the curated facts. Returns: the types that fit.

    >>> from twitchwise.evidence.load import load_evidence
    >>> [one.id for one in read_skin("Type III", load_evidence())]
    ['3']
    """
    said = " ".join(re.findall(r"[a-z0-9]+", text.lower()))
    types = tuple(evidence.skin_types.values())
    if said in ("1", "2", "3", "4", "5", "6", "i", "ii", "iii", "iv", "v", "vi"):
        said = f"type {said}"
    found = [
        (len(name), one)
        for one in types
        for name in one.names
        if re.search(rf"\b{re.escape(name)}\b", said) is not None
    ]
    best = max((length for length, _ in found), default=0)
    return tuple(one for length, one in found if length == best) if found else types


def read_latitude(text: str) -> float | None:
    """Read a latitude as a person writes it.

    Parameters: text, "51.5", "51.5 N", "34 S" or "". Returns: degrees, south negative; None when empty.
    Raises: RecordError for what is no latitude.

    >>> read_latitude("34 S"), read_latitude("")
    (-34.0, None)
    """
    if not text.strip():
        return None
    found = re.fullmatch(r"\s*([+-]?\d+(?:[.,]\d+)?)\s*(?:°|deg(?:rees)?)?\s*(north|south|n|s)?\s*", text.lower())
    value = float(found[1].replace(",", ".")) if found else math.nan
    if found and found[2] and found[2].startswith("s"):
        value = -abs(value)
    if not abs(value) <= 90.0:
        raise RecordError(f"latitude: {text!r} is no latitude. Write degrees, such as 51.5 or 34 S.")
    return value


def sun_time(latitude: float, month: int, skin: str, situation: Situation) -> SunTime:
    """Say what the sun may bring, and for how long it is safe to stay in it.

    Parameters: latitude, degrees, south negative; month, 1 to 12; skin, words or ""; situation, the person.
    Returns: verdict, minutes where some are given, and a text. Raises: RecordError for an impossible place or month.

    >>> from twitchwise.plan.situation import nobody
    >>> sun_time(52.0, 12, "fair", nobody()).verdict
    'none'
    """
    if not abs(latitude) <= 90.0 or month not in range(1, 13):
        raise RecordError(f"sun: latitude {latitude} and month {month} name no place and month.")
    evidence = situation.evidence
    rules = {key: rule.value for key, rule in evidence.sun_rules.items()}
    index = uv_index(latitude, month, evidence)
    cites = (rules["uv_scale"].cite, rules["none_below"].cite)
    if (reason := refusal("calcium", situation)) is not None:
        text = f"Nothing is said about sun and vitamin D here: {reason}. Ask your doctor."
        return SunTime("withheld", index, None, text, cites)
    if sum(index) / 2.0 < rules["none_below"].value:
        text = "At your latitude the sun is too low this month. The skin makes no vitamin D to speak of."
        return SunTime("none", index, None, text, cites)
    types = read_skin(skin, evidence)
    minutes = _minutes(index, types, rules)
    weak = index[0] < rules["none_below"].value or sum(index) / 2.0 < rules["sure_from"].value
    text = _text(minutes, weak, len(types) > 1, situation)
    minutes = None if _tender(situation) else minutes
    return SunTime("unsure" if weak else "some", index, minutes, text, _cites(cites, evidence))


def _cites(cites: tuple[Cite, ...], evidence: Evidence) -> tuple[Cite, ...]:
    more = (evidence.skin_types["1"].dose.cite, evidence.sun_rules["dose_share"].value.cite)
    return (*cites, *more, evidence.sun_rules["watts_per_index"].value.cite)


def _minutes(
    index: tuple[float, float], skin: tuple[SkinType, ...], rules: Mapping[str, Cited]
) -> tuple[float, float] | None:
    """Minutes for a share of the reddening dose; the upper end is cut where the most tender skin could redden."""
    watts = rules["watts_per_index"].value
    least, most = min(one.dose.low for one in skin), max(one.dose.high for one in skin)
    share = rules["dose_share"]
    low = share.low * least / (watts * index[1]) / 60.0
    high = share.high * most / (watts * max(index[0], 0.1)) / 60.0
    safe = rules["most_share"].value * least / (watts * index[1]) / 60.0
    high = min(high, safe, rules["longest"].value)
    return (low, high) if high - low > 0.5 else None


def _tender(situation: Situation) -> bool:
    """Say whether no minutes may be named: a child, a pregnancy, a medicine that makes the skin burn sooner."""
    return situation.no_doses or any(tag in situation.obs.tags for tag in SENSITIVE)


def _text(minutes: tuple[float, float] | None, weak: bool, open_skin: bool, situation: Situation) -> str:
    if minutes is None:
        said = "The sun helps a little at noon, but no time can be given."
    else:
        low, high = max(1, math.floor(minutes[0])), max(2, math.floor(minutes[1]))
        said = (
            f"About {low} to {high} minutes around noon, with face, hands and arms bare, a few days a week, may help."
        )
    if minutes is not None and open_skin:
        said += " Dark skin needs longer."
    if weak:
        said += " The sun is weak this month, so it may bring little or nothing."
    if _tender(situation):
        said = "A short walk outside helps. No minutes are given, as your skin may burn sooner."
    return f"{said} {BURNING}"
