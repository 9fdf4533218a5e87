"""Answers a request for a file at the address that says its version (known_files.py), to be kept for a year.

A page of another version, open since before an upgrade, gets the scripts of this one at its own addresses, not to be
kept: whatever it asks for then goes on working as long as Streamlit is the same.

As Brotli where the browser takes it and a copy was made at the installation, else as gzip, else as it is. A range is
answered with the whole, as a server may: nobody asks for a part of a script.
"""

from __future__ import annotations

import mimetypes
import re
from typing import Literal

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pensebete.web.server.content_coding import accepts_brotli, accepts_gzip, gzipped
from pensebete.web.server.known_files import KEPT, VERSION, Known, known_files
from pensebete.web.server.made_brotli import made_brotli
from pensebete.web.server.made_once import MadeOnce
from pensebete.web.server.static_gzip import base_path, is_compressible, is_worth_compressing

Coding = Literal["br", "gzip", "identity"]
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}


def media_type(name: str) -> str:
    """By its ending; not as the system has it for what pages load, since every machine has its own."""
    ending = name[name.rfind(".") :]
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


class KnownFiles:
    """ASGI middleware: any other address passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        base = base_path()
        self._files = {(f"{base}{known.path}", known.query): known for known in known_files()}
        self._any_version = re.compile(rf"{re.escape(base)}/static/[0-9a-f]{{8}}/")
        self._this_version = f"{base}/static/{VERSION}/"
        self._made = MadeOnce()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = self._asked(scope)
        if known is None:
            await self._app(scope, receive, send)
        else:
            kept = KEPT if known.query or scope["path"].startswith(self._this_version) else "no-cache"
            await (await self._answer(known, Headers(scope=scope), kept))(scope, receive, send)

    def _asked(self, scope: Scope) -> Known | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path = self._any_version.sub(self._this_version, scope["path"], count=1)
        # What stands behind the address of one of Streamlit's says nothing.
        return self._files.get((path, scope["query_string"].decode("latin-1"))) or self._files.get((path, ""))

    async def _answer(self, known: Known, headers: Headers, kept: str) -> Response:
        coding: Coding = "identity"
        content = b""
        if is_compressible(known.name):
            if accepts_brotli(headers):
                coding, content = "br", await self._made.get((known.path, "br"), lambda: made_brotli(known))
            if not content and accepts_gzip(headers):
                coding, content = "gzip", await self._made.get((known.path, "gzip"), lambda: _gzip(known))
        if not content:
            coding, content = "identity", await self._made.get((known.path, "identity"), known.content)
        tag = f'"{known.version}-{coding}"'
        said = {"Cache-Control": kept, "ETag": tag}
        if is_compressible(known.name):
            said["Vary"] = "Accept-Encoding"
        if tag in headers.get("if-none-match", ""):
            return Response(status_code=304, headers=said)
        if coding != "identity":
            said["Content-Encoding"] = coding
        return Response(content, media_type=media_type(known.name), headers=said)


def _gzip(known: Known) -> bytes:
    """Nothing where it is not worth it."""
    content = known.content()
    return gzipped(content) if is_worth_compressing(known.name, content) else b""
