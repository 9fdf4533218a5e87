"""Which of several processes this one is, and the cookie by which a visit comes back to it.

A visit lives in the memory of one process, with its uploads and downloads. What stands in front of several reads the
cookie and asks the process that it names, another where that one is gone (docs/serving/).
"""

from __future__ import annotations

import os
import re
from functools import cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime

from pensebete.web.server.network import is_page
from pensebete.web.server.static_gzip import base_path
from pensebete.web.server.trusted_proxies import is_https

PROCESS = "PENSEBETE_PROCESS"
# No dash: nginx reads the cookies whose names its own variables may have.
PROCESS_COOKIE = "pensebete_process"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")


@cache
def name_of_process() -> str:
    """Letters and digits; "" where there is one process alone, and nothing to choose."""
    name = os.environ.get(PROCESS, "").strip()
    return name if _NAME.fullmatch(name) else ""


class ProcessCookie:
    """ASGI middleware: a browser learns which process it is with, by a page and by the start of its websocket.

    Both say it: a page may have come from a cache, a websocket may have come back to another process.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = name_of_process()
        asks = scope["type"] == "websocket" or (scope["type"] == "http" and is_page(scope))
        if not name or not asks or HTTPConnection(scope).cookies.get(PROCESS_COOKIE) == name:
            await self._app(scope, receive, send)
            return
        # Not Strict: who comes from another site, by a link say, must not change the process of the other tabs.
        secure = "; Secure" if is_https(scope) else ""
        cookie = f"{PROCESS_COOKIE}={name}; Path={base_path() or '/'}; HttpOnly; SameSite=Lax{secure}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "websocket.accept" or _is_a_page(message):
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _is_a_page(message: Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] != 200:
        return False
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")


class UploadsOfVisits:
    """ASGI middleware: an upload to a visit that another process has is answered 503, by which a proxy tries that one.

    The cookie of a browser names one process, and two of its tabs may be with two of them, once one process was gone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._uploads = f"{base_path()}/_stcore/upload_file/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] in {"PUT", "DELETE"}
            and scope["path"].startswith(self._uploads)
            and name_of_process()
            and not _is_here(scope["path"].removeprefix(self._uploads).partition("/")[0])
        ):
            await PlainTextResponse("", status_code=503)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_here(session_id: str) -> bool:
    return Runtime.exists() and Runtime.instance().is_active_session(session_id)
