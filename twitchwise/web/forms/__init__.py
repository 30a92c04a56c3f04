"""The way through: one step a page, every step can be skipped, every answer can be "I don't know"."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from twitchwise.web.forms import live, way

routes: list[BaseRoute] = [
    *(Route(f"/p/{{id}}/{key}", way.show, methods=["GET"]) for key in way.KEYS),
    *(Route(f"/p/{{id}}/{key}", way.save, methods=["POST"]) for key in way.KEYS),
    Route("/p/{id}/side", live.side, methods=["GET"]),
    Route("/p/{id}/lab-line", live.lab, methods=["POST"]),
    Route("/live/names", live.names, methods=["POST"]),
    Route("/live/food", live.food, methods=["POST"]),
]
