"""The link of a shared draft becomes a cookie, as that of a dossier does (link_cookie.py).

The token stands behind the # of https://…/draft#draft=TOKEN: no server sees it on the way. The page's first script
hands it over in the body of a request; from then on the address says the short id of the draft, which opens nothing.
The token of a draft's author comes as an order of the page that shared it, and becomes a cookie of another name: so who
opens in one browser the link that they sent stays the author. As a link it makes nobody the author: a stranger who sent
theirs would have what is written here go on in their own draft.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

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
from pensebete.web.server.link_cookie import LONGEST_ORDER
from pensebete.web.server.static_gzip import base_path

DRAFT_LINK_PATH = "/draft-link"
DRAFT_MARK = "draft="  # https://…/draft#draft=TOKEN
# What the page's script asks; no token has a colon.
TAKE_DRAFT, TAKE_OWN_DRAFT, FORGET_DRAFT = "draft:", "own-draft:", "forget-draft:"
DRAFT_REFUSALS = ("cut", "gone", "insecure", "another_site", "unavailable", "cookies")
MOST_DRAFTS = 10  # links of a browser, and drafts of its own; the one that came first goes

_READ, _OWN = "pensebete-draft", "pensebete-own-draft"


def drafts_to_read(cookies: Mapping[str, str], origin: str | None) -> dict[str, str]:
    """The tokens of the links that a browser followed, by the short id of their draft."""
    return _tokens(cookies, _READ, origin)


def own_drafts(cookies: Mapping[str, str], origin: str | None) -> dict[str, str]:
    """The tokens of the drafts that this browser shared."""
    return _tokens(cookies, _OWN, origin)


async def take_draft_link(request: Request) -> Response:
    """Remember the token of a draft once it is known to open one, and say which: `{"draft": …}`.

    Answers 400 for what is no token, 410 for what opens nothing, 403 where another site had the browser send it or the
    connection is no place for a secret, 503 while the database is away. None of these touches a cookie.
    """
    if sent_by_another_site(request):
        return refused("another_site", 403)
    body, origin = await body_of(request, LONGEST_ORDER), origin_of(request)
    if body is None:
        return refused("cut", 400)
    text = body.decode("utf-8", errors="replace")
    if text.startswith(FORGET_DRAFT):
        return _forgotten(request, text.removeprefix(FORGET_DRAFT), origin)
    as_author = text.startswith(TAKE_OWN_DRAFT)
    token = without_surroundings(text.removeprefix(TAKE_OWN_DRAFT if as_author else TAKE_DRAFT))
    if not TOKEN.fullmatch(token):
        return refused("cut", 400)
    if not may_remember(origin):
        return refused("insecure", 403)
    try:
        found = await asyncio.to_thread(_glance, token)
    except StoreError:
        return refused("unavailable", 503)
    if found is None:
        return refused("gone", 410)
    short, is_own = found
    response = JSONResponse({"draft": short}, headers=NOT_KEPT)
    name = _OWN if is_own and as_author else _READ
    response.set_cookie(_name(name, short, origin), token, **attributes(origin))
    others = [one for one in _tokens(request.cookies, name, origin) if one != short]
    for one in others[: -(MOST_DRAFTS - 1)]:
        response.delete_cookie(_name(name, one, origin), **attributes(origin))
    return response


def _forgotten(request: Request, short: str, origin: str) -> Response:
    """The draft was deleted, or its author leaves this browser."""
    response = done()
    if SHORT_ID.fullmatch(short):
        for name in (_READ, _OWN):
            if short in _tokens(request.cookies, name, origin):
                response.delete_cookie(_name(name, short, origin), **attributes(origin))
    return response


def _tokens(cookies: Mapping[str, str], name: str, origin: str | None) -> dict[str, str]:
    start = _name(name, "", origin)
    found = {one.removeprefix(start): token for one, token in cookies.items() if one.startswith(start)}
    return {short: token for short, token in found.items() if SHORT_ID.fullmatch(short) and TOKEN.fullmatch(token)}


def _name(name: str, short: str, origin: str | None) -> str:
    return name_for(origin, f"{name}-{short}")


def _glance(token: str) -> tuple[str, bool] | None:
    """The short id of the draft, and whether the token is that of its author. Raises StoreError."""
    from pensebete.storage.current import store
    from pensebete.storage.drafts import glance_at_draft, short_id

    found = glance_at_draft(store(), token, datetime.now(UTC))
    return found and (short_id(found[0]), found[1] == "own")


def draft_routes() -> list[Route]:
    """Under the folder of the site that a setting may put the app in."""
    return [Route(base_path() + DRAFT_LINK_PATH, take_draft_link, methods=["POST"])]
