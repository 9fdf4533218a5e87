"""The framework's icon font, in the small: 9 kB in the place of 376, a third of what a first visit weighed.

`tools/subset-web-fonts` cuts it down to the icons that the framework's own scripts name, and names the result after the
font it was made from. Where that is not the font of the Streamlit installed here, its own is served as it is.
"""

import hashlib
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pensebete.web.server.static_gzip import OUR_FILES, STREAMLIT_FILES, base_path

# The name of the framework's file changes with its content.
_HEADERS = {"Cache-Control": "public, immutable, max-age=31536000", "Access-Control-Allow-Origin": "*"}


def small_font_for(font: Path, folder: Path = OUR_FILES) -> Path | None:
    """The small font made from `font`; None where there is none."""
    made = folder / f"icons-{hashlib.sha256(font.read_bytes()).hexdigest()[:12]}.woff2"
    return made if made.exists() else None


class LighterIcons:
    """ASGI middleware: answers a request for the framework's icon font with the small one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._small = {
            f"{base_path()}/{font.relative_to(STREAMLIT_FILES).as_posix()}": small.read_bytes()
            for font in STREAMLIT_FILES.rglob("MaterialSymbols*.woff2")
            if (small := small_font_for(font))
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        font = self._small.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if font is None:
            await self._app(scope, receive, send)
        else:
            await Response(font, media_type="font/woff2", headers=_HEADERS)(scope, receive, send)
