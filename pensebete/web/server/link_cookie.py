"""A private link becomes a cookie.

The token of a link stands behind its #: a browser sends that part to no server, so no log, this server's or a proxy's,
ever has it. The page's script takes it from there, hands it over in the body of a request, and removes it from the
address. What comes back is a cookie that no script can read and no other site can make the browser send.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

LINK_COOKIE = "pensebete-link"
LINK_PATH = "/dossier-link"
LINK_MARK = "dossier="  # https://…/#dossier=TOKEN

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
_LONGEST = 200  # bytes; more than that is no token, and not worth reading


async def take_link(request: Request) -> Response:
    """Put the token of the body in the cookie; an empty body takes the cookie away. 400 for anything else, 403 for a
    request that another site made the browser send."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Response(status_code=403)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return Response(status_code=400)
    token = body.decode("ascii", errors="replace")
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    about = {"path": "/", "httponly": True, "samesite": "strict", "secure": request.url.scheme == "https"}
    if not token:
        response.delete_cookie(LINK_COOKIE, **about)  # type: ignore[arg-type]
    elif _TOKEN.fullmatch(token):
        # Without an age: the browser forgets it when it is closed, as a shared computer needs.
        response.set_cookie(LINK_COOKIE, token, **about)  # type: ignore[arg-type]
    else:
        return Response(status_code=400)
    return response


ROUTES = [Route(LINK_PATH, take_link, methods=["POST"])]
