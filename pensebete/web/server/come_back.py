"""What is answered where there is no room: a page of a few lines in both languages, that asks again by itself."""

from __future__ import annotations

import math
from html import escape

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.network import is_page

_AT_LEAST, _AT_MOST = 5, 600  # seconds
_STYLE = (
    ":root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;"
    "padding:2rem 1rem}h1{font-size:1.5rem}section+section{margin-top:2rem;border-top:1px solid;padding-top:1rem}"
)


def come_back(scope: Scope, seconds: float, status: int = 429) -> Response:
    """`seconds`: until it is worth while to ask again."""
    wait = min(max(math.ceil(seconds), _AT_LEAST), _AT_MOST)
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    if not is_page(scope):
        told = "".join(f"{wording(language)('full.later', seconds=wait)}\n" for language in LANGUAGES)
        return PlainTextResponse(told, status_code=status, headers=headers)
    parts = "".join(_part(language, wait) for language in LANGUAGES)
    title = escape(wording(LANGUAGES[0])("full.title"))
    return HTMLResponse(
        f'<!doctype html><html lang="{LANGUAGES[0]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} – Pense-bête</title>'
        f'<meta http-equiv="refresh" content="{wait}"><style>{_STYLE}</style></head>'
        f"<body><main>{parts}</main></body></html>",
        status_code=status,
        headers=headers,
    )


def _part(language: str, wait: int) -> str:
    say = wording(language)
    lines = "".join(
        f"<p>{escape(line)}</p>" for line in (say("full.why"), say("full.again", seconds=wait), say("full.kept"))
    )
    heading = "h1" if language == LANGUAGES[0] else "h2"
    return f'<section lang="{language}"><{heading}>{escape(say("full.title"))}</{heading}>{lines}</section>'
