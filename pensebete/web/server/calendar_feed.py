"""The due dates of a saved dossier, at an address of their own that calendars fetch every few hours.

No page, no session and no cookie: the token in the address is all that is asked. Anybody may ask as often as they like,
so two at a time are answered, beside what pages do, and too many who wait are told to come back.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pensebete.assessment.local_time import USUAL_ZONE, UnknownZoneError, zone_for, zone_named
from pensebete.assessment.migration import migrate
from pensebete.checklist.loading import read_again
from pensebete.evaluation.evaluation import Evaluation
from pensebete.storage.errors import StoreError
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.index_html import chosen_language
from pensebete.web.server.live import look, version_served
from pensebete.web.server.static_gzip import base_path

CALENDAR_PATH = "/calendar/"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_MOST_WAITING = 64
_COME_BACK = {"Retry-After": "600"}  # seconds
# Kept by no proxy, and asked for anew by the calendar; found by no search engine.
_PRIVATE = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow"}

_threads = ThreadPoolExecutor(2, thread_name_prefix="calendar")
_waiting: set[asyncio.Future[_Feed | None]] = set()


class _NoChecklistError(Exception):
    """There is no sound checklist to read a dossier with."""


@dataclass(frozen=True)
class _Feed:
    content: bytes

    @property
    def tag(self) -> str:
        return f'"{sha256(self.content).hexdigest()[:24]}"'


def calendar_path(token: str) -> str:
    """Below the address of the app; a calendar knows by the ending what it is."""
    return f"{CALENDAR_PATH.lstrip('/')}{token}.ics"


async def calendar_feed(request: Request) -> Response:
    """404 in the same words for what never was and what was revoked; 503 while the database is away."""
    token = request.path_params["token"]
    if not _TOKEN.fullmatch(token):
        return _nothing_here()
    if len(_waiting) >= _MOST_WAITING:
        return _not_now()
    asked = asyncio.get_running_loop().run_in_executor(_threads, _read, token)
    _waiting.add(asked)
    asked.add_done_callback(_waiting.discard)
    try:
        found = await asyncio.shield(asked)
    except (StoreError, _NoChecklistError):
        return _not_now()
    if found is None:
        return _nothing_here()
    headers = {**_PRIVATE, "ETag": found.tag}
    if found.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type="text/calendar", headers=headers)


def _read(token: str) -> _Feed | None:
    """What the address has today, in the dossier's own zone and language, as its pages would say it now."""
    from pensebete.export.calendar_file import feed  # the first time, each takes its share of a second
    from pensebete.storage.calendars import read_calendar
    from pensebete.storage.current import store

    found = read_calendar(store(), token)
    if found is None:
        return None
    published = look().serving
    if published is None:
        raise _NoChecklistError
    checklist, said = published.checklist, found.assessment
    older = version_served(said.checklist) or read_again(found.checklist_text)
    try:
        zone = zone_for(None, said.timezone)
    except UnknownZoneError:
        zone = zone_named(USUAL_ZONE)
    today = datetime.now(zone).date()
    evaluation = Evaluation(checklist, migrate(said, checklist, older).assessment, today, zone)
    language = chosen_language(said.language, None, checklist.languages)
    return _Feed(feed(evaluation, wording(language, checklist.languages)))


def _nothing_here() -> Response:
    return PlainTextResponse(_both("calendar.nothing_here"), status_code=404, headers=_PRIVATE)


def _not_now() -> Response:
    return PlainTextResponse(_both("calendar.not_now"), status_code=503, headers={**_PRIVATE, **_COME_BACK})


def _both(sentence: str) -> str:
    return "".join(f"{wording(language)(sentence)}\n" for language in LANGUAGES)


def calendar_routes() -> list[Route]:
    """Under the folder of the site that a setting may put the app in."""
    return [Route(f"{base_path()}{CALENDAR_PATH}{{token}}.ics", calendar_feed, methods=["GET"])]
