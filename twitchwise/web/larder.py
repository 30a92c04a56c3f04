"""The pages about foods: search, groups, what is rich in a nutrient, and all that is known of one food."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from twitchwise.errors import TwitchwiseError
from twitchwise.web.page import form_of, render

if TYPE_CHECKING:
    from twitchwise.evidence.types import Source
    from twitchwise.foods.search import Index
    from twitchwise.foods.types import Food, FoodTable

WISHES: Final = (("vegan", "Vegan"), ("vegetarian", "Vegetarian"), ("halal", "Halal"), ("kosher", "Kosher"))
WITHOUT: Final = (("gluten", "No gluten"), ("milk", "No milk"), ("nuts", "No nuts"), ("egg", "No egg"))
PERS: Final = {"portion": "in a usual portion", "100g": "in 100 g", "kcal": "in 100 kcal"}
UNWANTED: Final = ("ash", "alcohol")  # nobody looks for foods rich in these
HITS: Final = 20
RICH: Final = 15
LONGEST: Final = 200
GROUPS: Final = {
    "dairy_eggs": "Dairy and eggs",
    "sauces_spices": "Sauces and spices",
    "fast_food": "Fast food",
    "nuts_seeds": "Nuts and seeds",
    "plant_milks": "Plant milks",
    "meat_free": "In place of meat",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A nutrient of a food as words; "-" where it is not known."""

    name: str
    nutrient: str
    per_100g: str
    per_portion: str
    mark: str  # "*" from another source, "o" none by nature


def group_name(group: str) -> str:
    """Name a group of foods.

    Parameters: group, as in the table. Returns: plain words.

    >>> group_name("dairy_eggs"), group_name("fruit")
    ('Dairy and eggs', 'Fruit')
    """
    return GROUPS.get(group, group.replace("_", " ").capitalize())


def _home(request: Request) -> Response:
    from twitchwise.foods.load import curated
    from twitchwise.foods.nutrient_names import LABELS

    groups = Counter(food.group for food in curated().foods)
    rows = sorted((group_name(group), group, count) for group, count in groups.items())
    nutrients = sorted((pair for pair in LABELS.items() if pair[0] not in UNWANTED), key=lambda pair: pair[1].lower())
    return _foods(request, groups=rows, nutrients=nutrients)


def _foods(request: Request, status: int = 200, **more: Any) -> Response:
    own = {"groups": (), "nutrients": (), "text": "", "hits": None, "note": "", "chosen": (), "heading": "Foods"}
    shared = {
        "wishes": WISHES,
        "without": WITHOUT,
        "rich": None,
        "form": True,
        "per": "portion",
        "pers": PERS,
        "nutrient": "",
    }
    return render(request, "foods.html.j2", status, **(own | shared | more))


async def _search(request: Request) -> Response:
    """Search foods; what was typed stays out of the address."""
    return await run_in_threadpool(_searched, request, await form_of(request))


def _searched(request: Request, form: FormData) -> Response:
    text = " ".join(str(form.get("q", "")).split())[:LONGEST]
    chosen = tuple(str(one) for one in form.getlist("tag"))
    if not text:
        return _foods(request, 422, note="Type a food first.", chosen=chosen)
    index, note = food_index(request)
    tables = {table.name: table for table in index.tables}
    hits = [_hit(one.food, tables[one.table], one.matched) for one in index.search(text, HITS, _tags(chosen))]
    return _foods(request, text=text, hits=hits, note=note, chosen=chosen, heading="Foods that fit")


def _tags(chosen: tuple[str, ...]) -> frozenset[str]:
    """Turn the ticked boxes into tags; what nobody offered is left out."""
    suits = {key for key, _ in WISHES if key in chosen}
    without = {f"-{key}" for key, _ in WITHOUT if f"no_{key}" in chosen}
    return frozenset(suits | without | ({"-lactose"} if "-milk" in without else set()))


def _hit(food: Food, table: FoodTable, matched: str = "") -> dict[str, str]:
    """Put a food of a list into words."""
    from twitchwise.foods.load import CURATED
    from twitchwise.formats.food_pages import glance
    from twitchwise.web.subjects import food_address

    return {
        "name": food.name,
        "address": food_address(food.id, table.name),
        "glance": glance(food, table),
        "also": matched if matched != food.name else "",
        "table": "" if table.name == CURATED else table.name,
    }


def _group(request: Request) -> Response:
    """List the foods of a group by name."""
    from twitchwise.foods.load import curated

    group, table = request.path_params["group"], curated()
    foods = sorted((food for food in table.foods if food.group == group), key=lambda food: food.name.lower())
    hits = [_hit(food, table) for food in foods]
    if not hits:
        raise HTTPException(404)
    return _foods(request, hits=hits, heading=group_name(group), form=False)


def _rich(request: Request) -> Response:
    """List the plain foods that bring most of a nutrient."""
    from twitchwise.foods.load import curated
    from twitchwise.foods.nutrient_names import LABELS
    from twitchwise.foods.nutrients import UNITS
    from twitchwise.foods.rich import richest
    from twitchwise.formats.food_pages import amount, grams
    from twitchwise.web.subjects import food_address

    nutrient, per = request.path_params["nutrient"], request.query_params.get("per", "portion")
    if nutrient not in LABELS or per not in PERS:
        raise HTTPException(404)
    found = richest([curated()], nutrient, per, limit=RICH)  # type: ignore[arg-type]
    rows = [
        {
            "name": one.food.name,
            "address": food_address(one.food.id, one.table),
            "amount": f"{amount(one.amount)} {UNITS[nutrient]}",
            "size": grams(one.portion) if one.portion else f"{amount(one.grams)} g",
            "added": "fortified" in one.food.tags,
        }
        for one in found
    ]
    return _foods(request, rich=rows, nutrient=nutrient, per=per, heading=f"Rich in {LABELS[nutrient]}", form=False)


def _food(request: Request) -> Response:
    """Show all that is known of a food."""
    from twitchwise.formats.food_pages import SUITS, grams

    food, table = _named(request, request.path_params["food"])
    sources = request.app.state.evidence.sources
    rows, notes = _values(food, table, sources)
    portion = food.portion()
    source = sources.get(food.cite.source)
    return render(
        request,
        "food.html.j2",
        food=food,
        table=table.name,
        group=group_name(food.group),
        rows=rows,
        notes=notes,
        usual=f"{portion.grams:g} g" if portion and portion.grams != 100 else "",
        portions=[grams(one) for one in food.portions],
        estimated=any(one.basis == "elicited" for one in food.portions),
        suits=[tag for tag in SUITS if tag in food.tags],
        marks=sorted(tag.replace("_", " ") for tag in food.tags if tag not in SUITS),
        source=source,
        url=source.url if source and source.url.startswith(("https://", "http://")) else "",
    )


def _named(request: Request, asked: str) -> tuple[Food, FoodTable]:
    """Find a food by its id, or by the table and the id."""
    from twitchwise.foods.load import curated

    if asked in curated().row:
        return curated()[asked], curated()
    found: tuple[Food, FoodTable] | None = request.app.state.foods.food(asked)
    if found is None:
        raise HTTPException(404, "No food has this address. Look for it under Foods.")
    return found


def _values(food: Food, table: FoodTable, sources: Mapping[str, Source]) -> tuple[list[Row], list[str]]:
    """Put the values into words, and say of those from elsewhere where they are from."""
    from twitchwise.foods.nutrient_names import LABELS
    from twitchwise.foods.nutrients import NUTRIENTS, unit_of
    from twitchwise.formats.food_pages import amount, whence

    portion, rows, notes = food.portion(), [], dict[str, list[str]]()
    for name, value in zip(NUTRIENTS, table.per_100g(food.id).tolist(), strict=True):
        said, unit = whence(food, table, name, sources), unit_of(name)
        mark = "" if not said else "o" if said == "none by nature" else "*"
        if mark == "*":
            notes.setdefault(said, []).append(LABELS[name])
        known = not math.isnan(value)
        usual = f"{amount(value * portion.grams / 100)} {unit}" if known and portion else ""
        rows.append(Row(LABELS[name], name, f"{amount(value)} {unit}" if known else "", usual, mark))
    return rows, [f"{', '.join(names)}: from {said}." for said, names in notes.items()]


def food_index(request: Request) -> tuple[Index, str]:
    """Return the search over all foods; over those of the program alone when an added table cannot be read.

    Parameters: request. Returns: the index, and what to say about it ("" for nothing).
    """
    from twitchwise.foods.search import curated_index

    try:
        index: Index = request.app.state.foods.index()
    except TwitchwiseError as error:
        return curated_index(), f"Only the foods of the program were searched. {error}"
    return index, ""


routes: list[BaseRoute] = [
    Route("/foods", _home),
    Route("/foods", _search, methods=["POST"]),
    Route("/foods/group/{group}", _group),
    Route("/foods/rich/{nutrient}", _rich),
    Route("/foods/{food:path}", _food),
]
