"""What the server does by itself: it makes its database ready and looks at its settings once, when it starts, and at
the checklist's file, the log of accepted texts and the published ideas all along."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from pensebete.assessment.local_time import UnknownZoneError, server_zone
from pensebete.storage.errors import StoreError
from pensebete.storage.limits import LIMITS
from pensebete.storage.old_copies import forget_old_copies
from pensebete.storage.place import file_in_use
from pensebete.storage.prepare import make_ready
from pensebete.text.terminal import visible
from pensebete.text.wording import LANGUAGES, wording
from pensebete.web.server.accepted_log import follow_log, restore_accepted
from pensebete.web.server.ideas import look_at_ideas
from pensebete.web.server.limits import SETTINGS
from pensebete.web.server.live import look
from pensebete.web.server.staff_cookie import look_at_passes_given_back
from pensebete.web.server.trusted_proxies import trusted_proxies

_LOG = logging.getLogger(__name__)
_AFTER = 3  # seconds: the first visitors have their page by then, and the operator is still looking
_EVERY = 2  # seconds
_STAFF_EVERY = 10  # seconds
_TRIED_AGAIN_AFTER = 5  # looks, while the database is away: each try may wait for it for seconds
_TIDY_EVERY = 5  # seconds
_MUCH = 300_000_000  # bytes; at rest the server holds half as many


@asynccontextmanager
async def starting(_app: Any) -> AsyncIterator[None]:
    """Tell the operator, in the log, what is wrong with the store or the checklist; visitors go on without."""
    await asyncio.to_thread(_make_ready)
    await asyncio.to_thread(_restore_accepted)
    looks = [asyncio.create_task(_check_the_store()), asyncio.create_task(_watch_the_checklist())]
    looks += [asyncio.create_task(_follow_the_staff()), asyncio.create_task(_give_memory_back())]
    yield
    for one in looks:
        one.cancel()
        with suppress(asyncio.CancelledError):
            await one


async def _check_the_store() -> None:
    await asyncio.sleep(_AFTER)
    await asyncio.to_thread(_say_what_is_wrong)


async def _watch_the_checklist() -> None:
    """So that the operator hears of a mistake without a visit, no visit waits for a new version to be read, and what
    was accepted elsewhere is served here."""
    next_try = _AFTER / _EVERY
    while True:
        await asyncio.sleep(_EVERY)
        await asyncio.to_thread(look)
        next_try -= 1
        if next_try <= 0:
            next_try = 0 if await asyncio.to_thread(_follow_log) else _TRIED_AGAIN_AFTER


async def _follow_the_staff() -> None:
    """What staff publish, or a sender withdraws, by another server is shown here as well, and who gave up the key there
    is no longer of the staff here; no visit waits for it."""
    await asyncio.sleep(_AFTER)
    while True:
        await asyncio.to_thread(look_at_ideas)
        await asyncio.to_thread(_look_at_passes)
        await asyncio.sleep(_STAFF_EVERY)


def _make_ready() -> None:
    """Before the first visitor: a page offers to save where that can be done."""
    try:
        before = make_ready()
    except StoreError:
        return  # what is wrong with it is said below
    for language in LANGUAGES if before else ():
        _LOG.warning(wording(language)("store.copied_before", file=before))


def _restore_accepted() -> None:
    with suppress(StoreError):  # what is wrong with it is said below
        restore_accepted()


def _follow_log() -> bool:
    try:
        follow_log()
    except StoreError:
        return False
    return True


def _look_at_passes() -> None:
    with suppress(StoreError):
        look_at_passes_given_back()


async def _give_memory_back() -> None:
    """What visits that ended held goes back to the system, once it is much.

    The collector of cycles waits for a quarter more objects, and the C library keeps what was freed: after a few large
    drafts the server would hold them for hours.
    """
    while True:
        await asyncio.sleep(_TIDY_EVERY)
        if resident() > _MUCH:
            await asyncio.to_thread(_tidy)


def resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _tidy() -> None:
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _say_what_is_wrong() -> None:
    try:
        server_zone()
    except UnknownZoneError as error:
        for language in LANGUAGES:
            _LOG.warning(wording(language)("cli.not_a_zone_of_server", value=error.name))
    for word in trusted_proxies().not_understood:
        for language in LANGUAGES:
            _LOG.warning(visible(wording(language)("cli.not_a_proxy", value=word)))
    for setting in (*LIMITS, *SETTINGS.values()):
        for language in LANGUAGES:
            if mistake := setting.mistake(wording(language)):
                _LOG.warning(visible(mistake))
    if file := file_in_use():
        forget_old_copies(file)
    from pensebete.storage.current import why_not_saving  # it takes half a second to import

    if reason := why_not_saving():
        for language in LANGUAGES:
            say = wording(language)
            _LOG.warning(say("store.not_saving", reason=reason.sentence(say)))
