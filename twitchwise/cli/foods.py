"""`foods search`, `foods show`, `foods rich`: what is in which food."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from twitchwise.cli.app import app
from twitchwise.cli.output import put

if TYPE_CHECKING:
    from twitchwise.foods.types import Food, FoodTable

foods_app = typer.Typer(name="foods", no_args_is_help=True, rich_markup_mode=None, help="What is in which food.")
app.add_typer(foods_app)

FORMATS = ("text", "json")
PERS = ("portion", "100g", "kcal")
SAME_TAGS = {"dairy": "milk", "eggs": "egg", "soya": "soy", "peanuts": "peanut", "nut": "nuts", "wheat": "gluten"}
CONTENTS = tuple(
    "gluten nuts peanut milk lactose egg fish shellfish soy sesame pork alcohol grapefruit licorice".split()
)
Format = Annotated[str, typer.Option(help="text or json.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most so many foods.")]
Vegan = Annotated[bool, typer.Option("--vegan", help="Vegan foods only.")]
Vegetarian = Annotated[bool, typer.Option("--vegetarian", help="Vegetarian foods only.")]
Halal = Annotated[bool, typer.Option("--halal", help="Halal foods only.")]
Kosher = Annotated[bool, typer.Option("--kosher", help="Kosher foods only.")]
Without = Annotated[
    list[str] | None, typer.Option("--without", help="No foods with this: gluten, nuts, milk... Can be given again.")
]
Table = Annotated[str, typer.Option(help="Look in this table only.", show_default="all tables")]


def _tables(name: str) -> tuple[FoodTable, ...]:
    """Return the tables to look in: the one that is named, or all."""
    from twitchwise.foods.load import CURATED, curated
    from twitchwise.foods.store import all_tables, load_table

    if not name:
        return all_tables()
    return (curated(),) if name == CURATED else (load_table(name),)


def _wishes(suits: dict[str, bool], without: Sequence[str]) -> frozenset[str]:
    """Turn the options into tags."""
    tags = {tag for tag, wished in suits.items() if wished}
    for text in without:
        tag = text.strip().lower()
        tag = SAME_TAGS.get(tag, tag)
        if tag not in CONTENTS:
            raise typer.BadParameter(f"{text!r} is not one of {', '.join(CONTENTS)}.", param_hint="--without")
        # whoever leaves milk out wants no milk sugar either
        tags |= {"-milk", "-lactose"} if tag == "milk" else {"-" + tag}
    return frozenset(tags)


def _check(format: str) -> None:
    if format not in FORMATS:
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(FORMATS)}.", param_hint="--format")


def _untold(tables: Sequence[FoodTable], tags: frozenset[str]) -> list[str]:
    """Say of which tables nobody knows whether their foods suit a wish."""
    bare = [table.name for table in tables if not any(food.tags for food in table.foods)]
    return [f"Left out, since it does not say what suits whom: table {', '.join(bare)}."] if tags and bare else []


def _say(format: str, data: Any, lines: list[str]) -> None:
    put(json.dumps(data, ensure_ascii=False, indent=2) + "\n" if format == "json" else "\n".join(lines) + "\n", None)


@foods_app.command("search")
def search_command(
    text: Annotated[list[str], typer.Argument(help="A food, as you would say it.", show_default=False)],
    format: Format = "text",
    limit: Limit = 10,
    vegan: Vegan = False,
    vegetarian: Vegetarian = False,
    halal: Halal = False,
    kosher: Kosher = False,
    without: Without = None,
    table: Table = "",
) -> None:
    """Find foods by name; slips of spelling do not matter."""
    from twitchwise.foods.search import Index
    from twitchwise.formats import food_pages as pages

    _check(format)
    suits = {"vegan": vegan, "vegetarian": vegetarian, "halal": halal, "kosher": kosher}
    tags, asked = _wishes(suits, without or ()), " ".join(text)
    index = Index(_tables(table))
    hits = index.search(asked, limit, tags)
    by_name = {one.name: one for one in index.tables}
    lines = pages.hit_lines(hits, by_name, asked) if format == "text" else []
    _say(format, pages.hit_data(hits), lines + _untold(index.tables, tags))


def _found(asked: str, tables: Sequence[FoodTable]) -> tuple[Food, FoodTable]:
    """Find a food by its id, "table:id" or its exact name; else say which are near."""
    from twitchwise.foods.search import Index

    name, _, key = asked.rpartition(":")
    for table in tables:
        if asked in table.row:
            return table[asked], table
        if name == table.name and key in table.row:
            return table[key], table
    hits = Index(tables).search(asked.replace("_", " "), 4)
    same = [h for h in hits if asked.casefold() in (h.food.name.casefold(), h.matched.casefold())]
    if same:
        return same[0].food, next(table for table in tables if table.name == same[0].table)
    near = f"Nearest: {', '.join(h.food.id for h in hits)}." if hits else "Look for it: twitchwise foods search TEXT"
    raise typer.BadParameter(f"{asked!r} is the id of no food. {near}", param_hint="ID")


@foods_app.command("show")
def show_command(
    key: Annotated[str, typer.Argument(metavar="ID", help="The id of a food, from search.", show_default=False)],
    format: Format = "text",
    table: Table = "",
) -> None:
    """Show what is in a food, in 100 g and in a usual portion."""
    from twitchwise.evidence import load_evidence
    from twitchwise.formats import food_pages as pages

    _check(format)
    food, its = _found(key.strip(), _tables(table))
    sources = load_evidence().sources
    lines = pages.food_lines(food, its, sources) if format == "text" else []
    _say(format, pages.food_data(food, its, sources), lines)


def _nutrient(text: str) -> str:
    from twitchwise.foods.nutrient_names import LABELS, find_nutrient, near_nutrients

    nutrient = find_nutrient(text)
    if nutrient is None:
        near = near_nutrients(text)
        said = f"Nearest: {', '.join(LABELS[n] for n in near)}." if near else f"Known: {', '.join(LABELS.values())}."
        raise typer.BadParameter(f"{text!r} is no nutrient of the tables. {said}", param_hint="NUTRIENT")
    return nutrient


@foods_app.command("rich")
def rich_command(
    nutrient: Annotated[list[str], typer.Argument(help="A nutrient: magnesium, B12, fibre.", show_default=False)],
    per: Annotated[str, typer.Option(help="portion, 100g or kcal (100 kcal).")] = "portion",
    format: Format = "text",
    limit: Limit = 10,
    vegan: Vegan = False,
    vegetarian: Vegetarian = False,
    halal: Halal = False,
    kosher: Kosher = False,
    without: Without = None,
    supplements: Annotated[bool, typer.Option("--supplements", help="Count supplements too.")] = False,
    table: Table = "",
) -> None:
    """List the plain foods that bring most of a nutrient."""
    from twitchwise.evidence import load_evidence
    from twitchwise.foods.rich import cautions, richest
    from twitchwise.formats import food_pages as pages

    _check(format)
    if per not in PERS:
        raise typer.BadParameter(f"{per!r} is not one of {', '.join(PERS)}.", param_hint="--per")
    name = _nutrient(" ".join(nutrient))
    suits = {"vegan": vegan, "vegetarian": vegetarian, "halal": halal, "kosher": kosher}
    tags = _wishes(suits, without or ())
    tables = _tables(table)
    found = richest(tables, name, per, tags, limit, supplements)  # type: ignore[arg-type]
    lines = pages.rich_lines(found, name, per) + _untold(tables, tags)
    lines += pages.caution_lines(cautions(found, tables), load_evidence().sources)
    if not found and per == "portion":
        lines.append("Foods without a known portion were left out. Try --per 100g.")
    _say(format, pages.rich_data(found, name), lines)
