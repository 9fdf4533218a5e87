"""What a phone is told that puts the app on its home screen: its name, its icons, where it begins.

In the language of the page. `minimal-ui`, and not `standalone`: the way back stays, and the PDF is downloaded as in any
tab; a browser without that mode opens its own window, which has what « Garder sur ce téléphone » keeps.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pensebete.text.wording import wording
from pensebete.web.server.index_html import GROUND, visitor_language
from pensebete.web.server.static_gzip import base_path

MANIFEST_PATH = "/manifest.webmanifest"


def manifest_in(language: str) -> dict[str, object]:
    """Its addresses are told from its own, so that they hold under a folder and behind a proxy. Where it begins says
    neither a dossier nor a language: which one was chosen, a cookie knows."""
    say = wording(language)
    return {
        "name": say("manifest.name"),
        "short_name": "Pense-bête",
        "description": say("manifest.description"),
        "lang": f"{language}-CA",
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        # One of each is all that a manifest can say; of the dark scheme, the page does (index_html.py).
        "background_color": GROUND["light"],
        "theme_color": GROUND["light"],
        "icons": [
            {"src": f"./app/static/icon-{of}{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
            for of, use in (("", "any"), ("maskable-", "maskable"))
            for size in (192, 512)
        ],
    }


def manifest(request: Request) -> Response:
    """In the language that the address asks for, `?lang=en`."""
    content = json.dumps(manifest_in(visitor_language(request)), ensure_ascii=False)
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie"}
    return Response(content, media_type="application/manifest+json", headers=headers)


def manifest_routes() -> list[Route]:
    """Under the folder of the site that a setting may put the app in."""
    return [Route(base_path() + MANIFEST_PATH, manifest, methods=["GET"])]
