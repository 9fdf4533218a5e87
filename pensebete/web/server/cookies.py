"""Cookies that hold a secret, and the requests by which the page's script asks for them.

No script reads such a cookie, and no other site makes the browser send it. It has no age: the browser forgets it when
it is closed, as a shared computer needs.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pensebete.web.server.origin_door import is_ours
from pensebete.web.server.static_gzip import base_path

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
SHORT_ID = re.compile(r"[0-9a-f]{10}")  # of what a token opens; it opens nothing
NOT_KEPT = {"Cache-Control": "no-store"}
# What a mail, a sentence or a thumb leaves around a link that is pasted, and in it where it is wrapped.
_AROUND = re.compile(r"^[^A-Za-z0-9_-]+|[^A-Za-z0-9_-]+$|[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_LOCAL = re.compile(r"localhost|.+\.localhost|127(\.\d+){3}|::1")


def is_secure(origin: str | None) -> bool:
    """Whether the page came over HTTPS. Its own origin says it, also behind a proxy that tells nothing."""
    return bool(origin) and urlsplit(origin).scheme == "https"


def may_remember(origin: str | None) -> bool:
    """Whether a secret can be kept: over plain HTTP all could read it on its way, but on one's own machine."""
    return is_secure(origin) or bool(_LOCAL.fullmatch(urlsplit(origin or "").hostname or ""))


def name_for(origin: str | None, name: str) -> str:
    """What a cookie is called: over HTTPS, so that a browser takes it from this host alone, or this path of it."""
    if not is_secure(origin):
        return name
    return f"__{'Secure' if base_path() else 'Host'}-{name}"


def attributes(origin: str) -> dict[str, Any]:
    """What Starlette's `set_cookie` and `delete_cookie` are told besides name and value."""
    return {"path": base_path() or "/", "httponly": True, "samesite": "strict", "secure": is_secure(origin)}


def without_surroundings(pasted: str) -> str:
    """The token of a link as it was pasted, or what there is of it."""
    return _AROUND.sub("", pasted)


def sent_by_another_site(request: Request) -> bool:
    """What the browser says of who made it ask; one too old to say so tells the Origin at least."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site != "same-origin"
    return origin is not None and not is_ours(origin, request.headers.get("host", ""))


def origin_of(request: Request) -> str:
    """Where the page is from that asks; a browser that says no Origin asks where it is from."""
    return request.headers.get("origin") or f"{request.url.scheme}://{request.url.netloc}"


async def body_of(request: Request, longest: int) -> bytes | None:
    """What the page's script says; None, unread, beyond that many bytes."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            return None
    return body


def done() -> Response:
    return Response(status_code=204, headers=NOT_KEPT)


def refused(why: str, status: int) -> Response:
    return JSONResponse({"refused": why}, status_code=status, headers=NOT_KEPT)
