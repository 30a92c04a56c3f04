"""Foods: the curated table, official tables that a person added, and a search that a person can type into."""

from twitchwise.foods.load import curated
from twitchwise.foods.nutrients import COLUMN, NUTRIENTS, UNITS
from twitchwise.foods.types import Food, FoodTable, Portion

__all__ = ["COLUMN", "NUTRIENTS", "UNITS", "Food", "FoodTable", "Portion", "curated"]
