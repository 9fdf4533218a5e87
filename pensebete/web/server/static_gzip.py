"""Streamlit's own scripts and styles, and ours, compressed once each.

A first visit asks for 2.5 MB of them. Streamlit sends them raw; Starlette's GZipMiddleware would
compress them again for every visitor, a third of a second of a core each time. Here a file is compressed when
first asked for, and kept: of the 215 there are, 7 MB once compressed, a visit needs a few dozen.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pensebete.web.server.content_coding import accepts_gzip, gzipped

STREAMLIT_FILES = Path(st.__file__).parent / "static"
OUR_FILES = Path(__file__).parents[1] / "static"
# Where each folder is served, below the address of the app.
FOLDERS = {"": STREAMLIT_FILES, "/app/static": OUR_FILES}

# Fonts and images are compressed already. HTML is left out: the only page is rewritten elsewhere.
_COMPRESSIBLE = {".css", ".js", ".json", ".svg"}

_SMALLEST_WORTH_IT = 1000  # bytes; below, the headers weigh more than what is gained


def base_path() -> str:
    """Where the whole app is served: "", or "/checklist" where a setting puts it under that folder of the site."""
    folder = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{folder}" if folder else ""


def compressible(folder: Path) -> list[Path]:
    """The files of a folder that are sent compressed."""
    return [
        path for path in folder.rglob("*") if path.suffix in _COMPRESSIBLE and path.stat().st_size >= _SMALLEST_WORTH_IT
    ]


class CompressedFiles:
    """ASGI middleware: the files of `folders` leave as gzip for those who take it, all else untouched.

    Which files exist is read once at the start, so that no request, however worded, can make the memory grow.
    """

    def __init__(self, app: ASGIApp, folders: Mapping[str, Path] = FOLDERS) -> None:
        self._app = app
        base = base_path()
        self._files = {
            f"{base}{at}/{path.relative_to(folder).as_posix()}": path
            for at, folder in folders.items()
            for path in compressible(folder)
        }
        self._compressing: dict[Path, asyncio.Task[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._files.get(scope["path"]) if scope["type"] == "http" else None
        if file is None:
            await self._app(scope, receive, send)
        elif scope["method"] == "GET" and _takes_all_of_it_compressed(Headers(scope=scope)):
            await self._send_compressed(file, scope, receive, send)
        else:
            await self._app(scope, receive, _with_vary(send))

    async def _send_compressed(self, file: Path, scope: Scope, receive: Receive, send: Send) -> None:
        body = await self._compressed(file)
        found = False

        async def send_in_its_place(message: Message) -> None:
            nonlocal found
            if message["type"] == "http.response.start":
                found = message["status"] == 200
                headers = MutableHeaders(scope=message)
                if found:
                    headers["Content-Encoding"] = "gzip"
                    headers["Content-Length"] = str(len(body))
                if "etag" in headers:
                    # The compressed bytes are not the bytes that the strong tag vouches for.
                    headers["ETag"] = f"W/{headers['etag'].removeprefix('W/')}"
            elif message["type"] == "http.response.body" and found:
                message = {"type": "http.response.body", "body": body}
            await send(message)

        # Streamlit says whether the browser's copy is still good (304) and which headers go with the file;
        # asking for the headers alone spares it from reading a file whose content is already here.
        await self._app({**scope, "method": "HEAD"}, receive, _with_vary(send_in_its_place))

    async def _compressed(self, file: Path) -> bytes:
        task = self._compressing.get(file)
        if task is None:
            # One task for all who ask at once. It is shielded because a visitor who leaves must not stop it.
            task = asyncio.create_task(asyncio.to_thread(lambda: gzipped(file.read_bytes())))
            self._compressing[file] = task
        return await asyncio.shield(task)


def _takes_all_of_it_compressed(headers: Headers) -> bool:
    # A range counts bytes of the file as it lies on disk.
    return "range" not in headers and accepts_gzip(headers)


def _with_vary(send: Send) -> Send:
    async def send_with_vary(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_with_vary
