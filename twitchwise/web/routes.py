"""The table of all addresses, from the modules that answer them."""

from __future__ import annotations

from starlette.routing import BaseRoute

from twitchwise.web import api, facts, forms, people, reviewing


def all_routes() -> list[BaseRoute]:
    """Collect the routes; the first that fits an address answers it.

    Returns: the routes.
    """
    return [
        *api.routes,
        *people.routes,
        *reviewing.routes,
        *forms.routes,
        *facts.routes,
    ]
