"""Turn a case of the shared collections into a record, leaving the answers behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twitchwise.record import Record, record_from_tables

# the only keys that are ever read: the id, the source and the answers are not among them
READ = (
    "age",
    "sex",
    "pregnant",
    "presentation",
    "absent",
    "diet",
    "conditions",
    "medications",
    "supplements",
    "lifestyle",
    "labs",
    "exam_signs",
)
_HABITS = {
    "caffeine_mg_per_day": "caffeine",
    "caffeine": "caffeine",
    "coffee": "caffeine",
    "alcohol": "alcohol",
    "sleep": "sleep",
    "stress": "stress",
    "exercise": "exercise",
    "activity": "exercise",
    "sport": "exercise",
    "fluids": "fluids",
    "fluid": "fluids",
    "water": "fluids",
    "sun": "sun",
    "sun_exposure": "sun",
    "sunlight": "sun",
    "screen": "screen",
    "screen_time": "screen",
    "nicotine": "nicotine",
    "smoking": "nicotine",
    "tobacco": "nicotine",
    "drugs": "drugs",
    "recreational_drugs": "drugs",
    "heat": "heat",
    "work": "work",
    "occupation": "work",
    "food": "food",
}


def record_of_case(case: Mapping[str, Any]) -> Record:
    """Turn a published or ordinary case into a record.

    Parameters: case, the keys of the collection's format. Returns: the record; answers, id and source are never read.

    >>> record_of_case({"age": 67, "presentation": [{"finding": "cramps", "duration_days": 21}]}).findings[0].since
    '21 days'
    """
    seen = {key: case[key] for key in READ if case.get(key) is not None}
    tables: dict[str, Any] = {
        "person": {key: seen[key] for key in ("age", "sex", "pregnant") if key in seen},
        "findings": [_finding(item) for item in _list(seen.get("presentation"))],
        "absent": [{"what": str(item)} for item in _list(seen.get("absent"))],
        "signs": [_finding(item) for item in _list(seen.get("exam_signs"))],
        "conditions": [{"what": str(item)} for item in _list(seen.get("conditions"))],
        "medicines": [_drug(item) for item in _list(seen.get("medications"))],
        "supplements": [_drug(item) for item in _list(seen.get("supplements"))],
        "diet": {"pattern": _text(seen["diet"])} if "diet" in seen else {},
        "habits": _habits(seen.get("lifestyle")),
        "labs": [_lab(item) for item in _list(seen.get("labs"))],
    }
    return record_from_tables(tables, "case")


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(item)}" for key, item in value.items())
    return ", ".join(map(_text, value)) if isinstance(value, list) else str(value)


def _finding(item: Any) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        return {"what": _text(item)}
    line: dict[str, Any] = {"what": _text(item.get("finding", item.get("sign", "")))}
    if item.get("site") is not None:
        line["where"] = [_text(site) for site in _list(item["site"])]
    if item.get("duration_days") is not None:
        line["since"] = f"{item['duration_days']} days"
    if item.get("note") is not None:
        line["note"] = _text(item["note"])
    return line


def _drug(item: Any) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        return {"name": _text(item)}
    line = {key: _text(item[key]) for key in ("name", "dose", "note") if item.get(key) is not None}
    if item.get("duration_days") is not None:
        line["since"] = f"{item['duration_days']} days"
    return line


def _lab(item: Any) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        return {"test": _text(item)}
    value = " ".join(_text(item[key]) for key in ("value", "unit") if item.get(key) is not None)
    line = {"test": _text(item.get("analyte", "")), "value": value}
    line |= {name: _text(item[key]) for key, name in (("ref", "range"), ("note", "note")) if item.get(key) is not None}
    return line


def _habits(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {"other": _text(value)} if value else {}
    found: dict[str, str] = {}
    for key, item in value.items():
        name = _HABITS.get(str(key).lower(), "other")
        text = f"{item} mg/day" if key == "caffeine_mg_per_day" else _text(item)
        text = f"{key}: {text}" if name == "other" else text
        found[name] = f"{found[name]}; {text}" if name in found else text
    return found
