"""The blank checklist as a PDF, at an address of its own: for whoever has no JavaScript, to fill in by hand.

Anybody may ask for it as often as they like. So it is made by a child process, once for each language, version and day,
and given from memory; where it could not be made, not again within a minute.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pensebete.export.file_name import file_name
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.day import server_day
from pensebete.web.server.index_html import chosen_language
from pensebete.web.server.live import Published, look
from pensebete.web.server.reading import TooMuchError, blank_pdf
from pensebete.web.server.static_gzip import base_path

BLANK_PATH = "/liste-vide.pdf"
_NOT_AGAIN_WITHIN = 60.0  # seconds


@dataclass(frozen=True)
class _Made:
    of: Published
    day: date
    task: asyncio.Task[bytes | None]
    at: float

    def serves(self, published: Published, day: date) -> bool:
        if self.of is not published or self.day != day or self.task.cancelled():
            return False
        refused = self.task.done() and self.task.result() is None
        return not refused or time.monotonic() - self.at < _NOT_AGAIN_WITHIN


_made: dict[str, _Made] = {}  # by language, of which a checklist has ten at most


async def blank_list(request: Request) -> Response:
    """In the language that the address asks for, `?lang=en`. 503 without a sound checklist, or time for it."""
    published = (await asyncio.to_thread(look)).serving
    if published is None:
        return _not_now()
    language = chosen_language(request.query_params.get("lang"), None, published.checklist.languages)
    content = await _content(published, language, server_day())
    if content is None:
        return _not_now()
    name = file_name("blank", "pdf", server_day(), wording(language, published.checklist.languages))
    said = f'inline; filename="{name}"'
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": said, **_KEPT_BRIEFLY})


async def _content(published: Published, language: str, day: date) -> bytes | None:
    made = _made.get(language)
    if made is None or not made.serves(published, day):
        # One task for all who ask at once, which nobody stops by leaving.
        task = asyncio.create_task(asyncio.to_thread(_make, published.text, language, day))
        made = _made[language] = _Made(published, day, task, time.monotonic())
    return await asyncio.shield(made.task)


def _make(text: str, language: str, day: date) -> bytes | None:
    try:
        return blank_pdf(text, language, day)
    except TooMuchError:
        return None


_KEPT_BRIEFLY = {"Cache-Control": "max-age=300"}


def _not_now() -> Response:
    sentences = "".join(f"{wording(language)('unsound.request')}\n" for language in LANGUAGES)
    return PlainTextResponse(sentences, status_code=503, headers={"Retry-After": "60"})


def blank_list_routes() -> list[Route]:
    """Under the folder of the site that a setting may put the app in."""
    return [Route(base_path() + BLANK_PATH, blank_list, methods=["GET"])]
