"""`foods add`, `foods tables`, `foods remove`: official food tables that a person adds to the curated foods."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twitchwise.cli.app import On, day, progress
from twitchwise.cli.foods import foods_app

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twitchwise.foods.store_types import Card, Draft

WIDTH = 80


def card_lines(card: Card) -> list[str]:
    """Lay an origin card out for the terminal.

    Parameters: card. Returns: its lines.
    """
    facts = [
        ("from", card.producer),
        ("release", card.release),
        ("licence", card.licence),
        ("cited as", card.source),
        ("holds", f"foods: {card.foods:,}; known values: {card.values:,}; household portions: {card.portions:,}"),
        ("file", card.file),
        ("SHA-256", card.sha256),
        ("added", card.added),
        *(("note", note) for note in card.notes),
        *(("counted", f"{what}: {times:,}") for what, times in card.quirks),
    ]
    lines = [card.name]
    for label, text in facts:
        lines += textwrap.wrap(f"  {label:<9} {text}", WIDTH, subsequent_indent=" " * 12, break_on_hyphens=False)
    return lines


@foods_app.command("add")
def add_command(
    file: Annotated[Path, typer.Argument(help="The file, zip or folder from its producer.", show_default=False)],
    name: Annotated[str, typer.Option(help="What to call the table.", show_default="its usual name")] = "",
    on: On = "",
) -> None:
    """Add an official food table. FoodData Central, SR28, FNDDS and Ciqual are known."""
    from dataclasses import replace

    from twitchwise.errors import FileError
    from twitchwise.foods.store import check_name, save_table
    from twitchwise.formats.food_tables import OfficialTable

    today = day(on)
    if name:
        check_name(name)
    table = OfficialTable(file)
    with progress(table.total, f"Reading {file.name}") as bar:
        drafts: Iterable[Draft] = table.read(bar)
        if name:
            drafts = tuple(drafts)
            if len(drafts) > 1:
                raise FileError(f"{file}: it holds {len(drafts)} tables. Leave --name out.")
        for draft in drafts:
            card = replace(draft.card, name=name or draft.card.name, added=today.isoformat())
            replaced = save_table(replace(draft, card=card), today)
            typer.echo(f"{'Replaced' if replaced else 'Added'} the table {card.name} (foods: {card.foods:,}).")
            typer.echo("\n".join(card_lines(card)[1:]))


@foods_app.command("tables")
def tables_command() -> None:
    """List the food tables, each with where it comes from."""
    from twitchwise.foods.load import curated
    from twitchwise.foods.store import added_cards, store_path

    typer.echo(f"twitchwise\n  holds     foods that come with the program: {len(curated().foods):,}")
    cards = added_cards()
    for card in cards:
        typer.echo("\n" + "\n".join(card_lines(card)))
    if cards:
        typer.echo(f"\nKept in {store_path()}")
    else:
        typer.echo("\nNo table was added yet. To add one: twitchwise foods add FILE")


@foods_app.command("remove")
def remove_command(
    name: Annotated[str, typer.Argument(help="The table's name, from: foods tables", show_default=False)],
) -> None:
    """Take an added food table out."""
    from twitchwise.foods.store import remove_table

    remove_table(name)
    typer.echo(f"Took the table {name} out.")
