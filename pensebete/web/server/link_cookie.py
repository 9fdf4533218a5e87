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
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pensebete.storage.errors import StoreError
from pensebete.web.server.origin_door import is_ours
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
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_CUT_SHORT = re.compile(r"[A-Za-z0-9_-]{0,42}")
# What a mail, a sentence or a thumb leaves around a link that is pasted, and in it where it is wrapped.
_AROUND = re.compile(r"^[^A-Za-z0-9_-]+|[^A-Za-z0-9_-]+$|[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_DOSSIER = re.compile(r"[0-9a-f]{10}")
_LONGEST = 200  # bytes; more than that is no token, and not worth reading
_LOCAL = re.compile(r"localhost|.+\.localhost|127(\.\d+){3}|::1")


@dataclass(frozen=True)
class Remembered:
    """A link that the browser remembers: its token, and when it last opened something (seconds since 1970)."""

    token: str
    used_at: int


def is_secure(origin: str | None) -> bool:
    """Whether the page came over HTTPS. Its own origin says it, also behind a proxy that tells nothing."""
    return bool(origin) and urlsplit(origin).scheme == "https"


def may_remember(origin: str | None) -> bool:
    """Whether a link can be kept: over plain HTTP all could read it on its way, but on one's own machine."""
    return is_secure(origin) or bool(_LOCAL.fullmatch(urlsplit(origin or "").hostname or ""))


def cookie_name(dossier: str, origin: str | None) -> str:
    """Over HTTPS, a name that a browser takes from this host alone, or from this path of it."""
    if not is_secure(origin):
        return f"{LINK_COOKIE}-{dossier}"
    return f"__{'Secure' if base_path() else 'Host'}-{LINK_COOKIE}-{dossier}"


def remembered(cookies: Mapping[str, str], origin: str | None) -> dict[str, Remembered]:
    """The links that a browser remembers, by the short id of their dossier, the last one used first."""
    start, found = cookie_name("", origin), {}
    for name, value in cookies.items():
        token, _, used_at = value.partition(".")
        dossier = name.removeprefix(start)
        if name.startswith(start) and _DOSSIER.fullmatch(dossier) and _TOKEN.fullmatch(token):
            found[dossier] = Remembered(token, int(used_at) if used_at.isascii() and used_at.isdigit() else 0)
    return dict(sorted(found.items(), key=lambda one: -one[1].used_at))


def unsorted_token(cookies: Mapping[str, str]) -> str | None:
    """A token whose dossier is not known yet: left by the version before, or handed over while the database was away.

    It stands under the name that the version before used for its only link, and is moved once it has opened something.
    """
    token = cookies.get(LINK_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None


async def take_link(request: Request) -> Response:
    """Remember the link of a token once it is known to open something, and say which dossier that is.

    Answers 400 for no token, 404 for one never given, 410 for one revoked, 403 where another site had the browser send
    it or the connection is no place for a secret; 202 while the database is away. None of these touches a cookie that
    works.
    """
    if sent_by_another_site(request):
        return _refused("another_site", 403)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return _refused("malformed", 400)
    text = body.decode("utf-8", errors="replace")
    origin = request.headers.get("origin") or f"{request.url.scheme}://{request.url.netloc}"
    for order, carry_out in _ORDERS.items():
        if text.startswith(order):
            return await carry_out(request, text.removeprefix(order), origin)
    token = _AROUND.sub("", text)
    if not _TOKEN.fullmatch(token):
        return _refused("truncated" if _CUT_SHORT.fullmatch(token) else "malformed", 400)
    if not may_remember(origin):
        return _refused("insecure", 403)
    try:
        seen = await _glance(token)
    except StoreError:
        return _wait_with(token, request, origin)
    if seen is None or seen.revoked:
        return _refused("unknown" if seen is None else "revoked", 404 if seen is None else 410)
    response = JSONResponse({"dossier": seen.dossier}, headers=_NOT_KEPT)
    _remember(response, request, seen.dossier, token, origin)
    return response


def sent_by_another_site(request: Request) -> bool:
    """What the browser says of who made it ask; one too old to say so tells the Origin at least."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site != "same-origin"
    return origin is not None and not is_ours(origin, request.headers.get("host", ""))


async def _opened(request: Request, dossier: str, origin: str) -> Response:
    """The dossier was opened: its cookie is the last one used. 404 where the browser did not keep it."""
    link = remembered(request.cookies, origin).get(dossier)
    if link is None:
        return _refused("not_kept", 404)
    response = _done()
    _remember(response, request, dossier, link.token, origin)
    return response


async def _forget(request: Request, dossier: str, origin: str) -> Response:
    """The visitor wants it forgotten; where none is named, what the version before left."""
    response = _done()
    if _DOSSIER.fullmatch(dossier):
        response.delete_cookie(cookie_name(dossier, origin), **_about(origin))
    elif not dossier:
        _forget_unsorted(response, request, origin)
    return response


async def _gone(request: Request, dossier: str, origin: str) -> Response:
    """The page heard that the link opens nothing. Another tab may have taken a new one since: that one stays."""
    link = remembered(request.cookies, origin).get(dossier)
    try:
        seen = await _glance(link.token) if link else None
    except StoreError:
        return _done()
    return _done() if seen and not seen.revoked else await _forget(request, dossier, origin)


async def _move(request: Request, _nothing: str, origin: str) -> Response:
    """Give the token under the old name a cookie of its dossier."""
    token, response = unsorted_token(request.cookies), _done()
    try:
        seen = await _glance(token) if token else None
    except StoreError:
        return response
    if token and seen and not seen.revoked:
        if not may_remember(origin):
            return _refused("insecure", 403)
        response = JSONResponse({"dossier": seen.dossier}, headers=_NOT_KEPT)
        if seen.dossier not in remembered(request.cookies, origin):
            _remember(response, request, seen.dossier, token, origin)
    _forget_unsorted(response, request, origin)
    return response


_ORDERS = {OPENED: _opened, FORGET: _forget, GONE: _gone, MOVE: _move}
_NOT_KEPT = {"Cache-Control": "no-store"}


def _remember(response: Response, request: Request, dossier: str, token: str, origin: str) -> None:
    # Without an age: the browser forgets it when it is closed, as a shared computer needs.
    value = f"{token}.{int(time.time())}"
    response.set_cookie(cookie_name(dossier, origin), value, **_about(origin))
    others = [one for one in remembered(request.cookies, origin) if one != dossier]
    for one in others[MOST_COOKIES - 1 :]:
        response.delete_cookie(cookie_name(one, origin), **_about(origin))


def _wait_with(token: str, request: Request, origin: str) -> Response:
    """The database cannot say what the token opens. It waits under a name of no dossier, where no other one does."""
    response = JSONResponse({"refused": "unavailable"}, status_code=202, headers=_NOT_KEPT)
    if unsorted_token(request.cookies) is None:
        response.set_cookie(LINK_COOKIE, token, **_about(origin))
    return response


def _forget_unsorted(response: Response, request: Request, origin: str) -> None:
    if LINK_COOKIE in request.cookies:
        response.delete_cookie(LINK_COOKIE, **_about(origin))
        if base_path():  # the version before wrote it for the whole site
            response.delete_cookie(LINK_COOKIE, **{**_about(origin), "path": "/"})


def _about(origin: str) -> dict[str, Any]:
    return {"path": base_path() or "/", "httponly": True, "samesite": "strict", "secure": is_secure(origin)}


def _done() -> Response:
    return Response(status_code=204, headers=_NOT_KEPT)


def _refused(why: str, status: int) -> Response:
    return JSONResponse({"refused": why}, status_code=status, headers=_NOT_KEPT)


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
