"""The page as it leaves: that of its language, with what stands in it until the app has come; each made and compressed
once, and anew when another checklist is served."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.requests import HTTPConnection

from pensebete.checklist.model import Checklist
from pensebete.web.server.content_coding import gzipped
from pensebete.web.server.early_page import EarlyPages
from pensebete.web.server.link_cookie import LINK_COOKIE
from pensebete.web.server.live import last_seen, look
from pensebete.web.server.static_gzip import base_path

_PLACE = '<div id="root">'  # before which it stands

Variant = tuple[str, str, bool]  # language, what is shown early, whether compressed


class ServedPages:
    """`pages`: by language, as they are before anything of a checklist is in them."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._pages = pages
        self._early: EarlyPages | None = None
        self._bodies: dict[Variant, bytes] = {}  # each step has one, and there are as many as the checklist has

    def body(self, request: HTTPConnection, language: str, checklist: Checklist | None, compressed: bool) -> bytes:
        """`checklist`: what is served; None where only the app can say what it shows."""
        if checklist and (self._early is None or self._early.checklist is not checklist):
            self._early, self._bodies = EarlyPages(checklist), {}
        early = self._early if checklist and not comes_back(request) else None
        shown = early.shown_at(_page(request), request.query_params.get("step")) if early else ""
        variant = language, shown, compressed
        if variant not in self._bodies:
            page = self._pages[language]
            if early and shown:
                page = page.replace(_PLACE, early.html(language, shown) + _PLACE)
            self._bodies[variant] = gzipped(page.encode()) if compressed else page.encode()
        return self._bodies[variant]


def comes_back(request: HTTPConnection) -> bool:
    """Whether this browser remembers a dossier, which the app will show; what it keeps otherwise, it alone knows."""
    return any(LINK_COOKIE in name for name in request.cookies)


def _page(request: HTTPConnection) -> str:
    return request.url.path.removeprefix(base_path()).strip("/")


async def served_now() -> Checklist | None:
    """As of the last look, a few seconds ago at most (lifespan.py): no page waits for a file, but the first one."""
    seen = last_seen()
    if seen is None:
        seen = await asyncio.to_thread(look)
    return seen.serving.checklist if seen.serving else None
