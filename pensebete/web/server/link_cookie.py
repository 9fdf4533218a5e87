"""A private link becomes a cookie of its dossier.

The token of a link stands behind its #: a browser sends that part to no server, so no log, this server's or a proxy's,
ever has it. The page's first script (tab_start.js) takes it from there and hands it over in the body of a request; the
address is touched once the answer is here. What comes back is a cookie that no script can read and no other site can
make the browser send: one for each dossier, since tabs of one browser hold several.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pensebete.storage.errors import StoreError
from pensebete.web.server.cookies import (
    NOT_KEPT,
    SHORT_ID,
    TOKEN,
    attributes,
    body_of,
    done,
    may_remember,
    name_for,
    origin_of,
    refused,
    sent_by_another_site,
    without_surroundings,
)
from pensebete.web.server.static_gzip import base_path

if TYPE_CHECKING:  # it takes half a second to import
    from pensebete.storage.dossiers import Glance

LINK_COOKIE = "pensebete-link"
LINK_PATH = "/dossier-link"
LINK_MARK = "dossier="  # https://…/#dossier=TOKEN
# What the page's script asks besides: no token has a colon.
OPENED, FORGET, GONE, MOVE = "opened:", "forget:", "gone:", "move:"

# Why a link was not taken up, each a sentence of the page (saved.po, link.refused.…).
_BY_THE_SERVER = ("truncated", "malformed", "unknown", "revoked", "insecure", "another_site", "unavailable", "not_kept")
_BY_THE_BROWSER = ("cookies", "storage")
REFUSALS = (*_BY_THE_SERVER, *_BY_THE_BROWSER)

MOST_COOKIES = 20  # the least recently used goes; browsers allow 50 and more to a site
_CUT_SHORT = re.compile(r"[A-Za-z0-9_-]{0,42}")
LONGEST_ORDER = 200  # bytes; more than that is no token, and not worth reading


@dataclass(frozen=True)
class Remembered:
    """A link that the browser remembers: its token, and when it last opened something (seconds since 1970)."""

    token: str
    used_at: int


def cookie_name(dossier: str, origin: str | None) -> str:
    """Of a dossier, by its short id."""
    return name_for(origin, f"{LINK_COOKIE}-{dossier}")


def remembered(cookies: Mapping[str, str], origin: str | None) -> dict[str, Remembered]:
    """The links that a browser remembers, by the short id of their dossier, the last one used first."""
    start, found = cookie_name("", origin), {}
    for name, value in cookies.items():
        token, _, used_at = value.partition(".")
        dossier = name.removeprefix(start)
        if name.startswith(start) and SHORT_ID.fullmatch(dossier) and TOKEN.fullmatch(token):
            found[dossier] = Remembered(token, int(used_at) if used_at.isascii() and used_at.isdigit() else 0)
    return dict(sorted(found.items(), key=lambda one: -one[1].used_at))


def unsorted_token(cookies: Mapping[str, str]) -> str | None:
    """A token whose dossier is not known yet: left by the version before, or handed over while the database was away.

    It stands under the name that the version before used for its only link, and is moved once it has opened something.
    """
    token = cookies.get(LINK_COOKIE, "")
    return token if TOKEN.fullmatch(token) else None


async def take_link(request: Request) -> Response:
    """Remember the link of a token once it is known to open something, and say which dossier that is.

    Answers 400 for no token, 404 for one never given, 410 for one revoked, 403 where another site had the browser send
    it or the connection is no place for a secret; 202 while the database is away. None of these touches a cookie that
    works.
    """
    if sent_by_another_site(request):
        return refused("another_site", 403)
    body, origin = await body_of(request, LONGEST_ORDER), origin_of(request)
    if body is None:
        return refused("malformed", 400)
    text = body.decode("utf-8", errors="replace")
    for order, carry_out in _ORDERS.items():
        if text.startswith(order):
            return await carry_out(request, text.removeprefix(order), origin)
    token = without_surroundings(text)
    if not TOKEN.fullmatch(token):
        return refused("truncated" if _CUT_SHORT.fullmatch(token) else "malformed", 400)
    if not may_remember(origin):
        return refused("insecure", 403)
    try:
        seen = await _glance(token)
    except StoreError:
        return _wait_with(token, request, origin)
    if seen is None or seen.revoked:
        return refused("unknown" if seen is None else "revoked", 404 if seen is None else 410)
    response = JSONResponse({"dossier": seen.dossier}, headers=NOT_KEPT)
    _remember(response, request, seen.dossier, token, origin)
    return response


async def _opened(request: Request, dossier: str, origin: str) -> Response:
    """The dossier was opened: its cookie is the last one used. 404 where the browser did not keep it."""
    link = remembered(request.cookies, origin).get(dossier)
    if link is None:
        return refused("not_kept", 404)
    response = done()
    _remember(response, request, dossier, link.token, origin)
    return response


async def _forget(request: Request, dossier: str, origin: str) -> Response:
    """The visitor wants it forgotten; where none is named, what the version before left."""
    response = done()
    if SHORT_ID.fullmatch(dossier):
        response.delete_cookie(cookie_name(dossier, origin), **attributes(origin))
    elif not dossier:
        _forget_unsorted(response, request, origin)
    return response


async def _gone(request: Request, dossier: str, origin: str) -> Response:
    """The page heard that the link opens nothing. Another tab may have taken a new one since: that one stays."""
    link = remembered(request.cookies, origin).get(dossier)
    try:
        seen = await _glance(link.token) if link else None
    except StoreError:
        return done()
    return done() if seen and not seen.revoked else await _forget(request, dossier, origin)


async def _move(request: Request, _nothing: str, origin: str) -> Response:
    """Give the token under the old name a cookie of its dossier."""
    token, response = unsorted_token(request.cookies), done()
    try:
        seen = await _glance(token) if token else None
    except StoreError:
        return response
    if token and seen and not seen.revoked:
        if not may_remember(origin):
            return refused("insecure", 403)
        response = JSONResponse({"dossier": seen.dossier}, headers=NOT_KEPT)
        if seen.dossier not in remembered(request.cookies, origin):
            _remember(response, request, seen.dossier, token, origin)
    _forget_unsorted(response, request, origin)
    return response


_ORDERS = {OPENED: _opened, FORGET: _forget, GONE: _gone, MOVE: _move}


def _remember(response: Response, request: Request, dossier: str, token: str, origin: str) -> None:
    value = f"{token}.{int(time.time())}"
    response.set_cookie(cookie_name(dossier, origin), value, **attributes(origin))
    others = [one for one in remembered(request.cookies, origin) if one != dossier]
    for one in others[MOST_COOKIES - 1 :]:
        response.delete_cookie(cookie_name(one, origin), **attributes(origin))


def _wait_with(token: str, request: Request, origin: str) -> Response:
    """The database cannot say what the token opens. It waits under a name of no dossier, where no other one does."""
    response = JSONResponse({"refused": "unavailable"}, status_code=202, headers=NOT_KEPT)
    if unsorted_token(request.cookies) is None:
        response.set_cookie(LINK_COOKIE, token, **attributes(origin))
    return response


def _forget_unsorted(response: Response, request: Request, origin: str) -> None:
    if LINK_COOKIE in request.cookies:
        response.delete_cookie(LINK_COOKIE, **attributes(origin))
        if base_path():  # the version before wrote it for the whole site
            response.delete_cookie(LINK_COOKIE, **{**attributes(origin), "path": "/"})


async def _glance(token: str) -> Glance | None:
    """What a token leads to. Raises StoreError."""

    def look() -> Glance | None:
        from pensebete.storage.current import store
        from pensebete.storage.dossiers import glance

        return glance(store(), [token]).get(token)

    return await asyncio.to_thread(look)


def link_routes() -> list[Route]:
    """Under the folder of the site that a setting may put the app in."""
    return [Route(base_path() + LINK_PATH, take_link, methods=["POST"])]
