"""What the server answers beside the pages: the same for `make run` and `make dev`."""

from __future__ import annotations

from starlette.routing import Route

from pensebete.web.server.blank_list import blank_list_routes
from pensebete.web.server.calendar_feed import calendar_routes
from pensebete.web.server.link_cookie import link_routes
from pensebete.web.server.manifest import manifest_routes
from pensebete.web.server.staff_cookie import staff_routes


def routes() -> list[Route]:
    """Each under the folder of the site that a setting may put the app in."""
    return [*link_routes(), *blank_list_routes(), *calendar_routes(), *manifest_routes(), *staff_routes()]
