"""What a browser is told to refuse, on every response."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.index_html import PAGES
from pensebete.web.server.trusted_proxies import is_https

_INLINE_SCRIPT = re.compile(r'<script(?: type="module")?>(.*?)</script>', re.DOTALL)


def content_security_policy(pages: list[str]) -> str:
    """Return the policy under which `pages`, HTML texts, run their own inline scripts and no other."""
    scripts = sorted({script for page in pages for script in _INLINE_SCRIPT.findall(page)})
    return "; ".join(
        [
            "default-src 'none'",
            # blob: Streamlit loads the script of a version-2 component from an address of that kind.
            f"script-src 'self' blob: {' '.join(map(_hash_source, scripts))}",
            # Streamlit writes its styles into the page as it goes.
            "style-src 'self' 'unsafe-inline'",
            # data: the signs of our styles; blob: an uploaded image is previewed from one.
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _hash_source(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


SECURITY_HEADERS = {
    "Content-Security-Policy": content_security_policy(list(PAGES.values())),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # frame-ancestors, for browsers that do not know it
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",  # a page that opened this one holds no handle of its window
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# A script, a style sheet, a font or a picture has no window, opens nothing and asks for no right: the rest of the above
# says nothing of it, and would be a sixth of the bytes of a first visit, which are fifty files.
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    **{name: SECURITY_HEADERS[name] for name in ("X-Content-Type-Options", "Referrer-Policy")},
    "Cross-Origin-Resource-Policy": SECURITY_HEADERS["Cross-Origin-Resource-Policy"],
}
_FILES = ("text/javascript", "text/css", "font/", "image/png")
# A year in which a browser asks this host over HTTPS only. Not its subdomains: they may be somebody else's. Over HTTP a
# browser ignores it, and nobody who serves without HTTPS is to be locked out by one answer that had it.
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


def headers_for(scope: Scope, *, file: bool = False) -> dict[str, str]:
    return {**(FILE_HEADERS if file else SECURITY_HEADERS), **(OVER_HTTPS if is_https(scope) else {})}


class SecurityHeaders:
    """ASGI middleware: adds the headers to whatever is answered, refused websockets included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                headers = MutableHeaders(scope=message)
                headers.update(headers_for(scope, file=headers.get("content-type", "").startswith(_FILES)))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def internal_error(request: Request, _error: Exception) -> Response:
    """Answer a request that failed: sent from outside every middleware, so with the headers of its own."""
    sentences = "".join(f"{wording(language)('unsound.request')}\n" for language in LANGUAGES)
    return PlainTextResponse(sentences, status_code=500, headers=headers_for(request.scope))
