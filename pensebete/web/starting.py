"""What is looked at once, when the server starts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from pensebete.i18n import LANGUAGES, wording
from pensebete.store.errors import StoreError

_LOG = logging.getLogger(__name__)
_AFTER = 3  # seconds: the first visitors have their page by then, and the operator is still looking


@asynccontextmanager
async def starting(_app: Any) -> AsyncIterator[None]:
    """Tell the operator, in the log, where saved dossiers cannot be kept; everything else works without."""
    check = asyncio.create_task(_check_the_store())
    yield
    check.cancel()
    with suppress(asyncio.CancelledError):
        await check


async def _check_the_store() -> None:
    await asyncio.sleep(_AFTER)
    await asyncio.to_thread(_say_what_is_wrong)


def _say_what_is_wrong() -> None:
    from pensebete.web.saved import store  # it takes half a second to import

    try:
        store()
    except StoreError as error:
        for language in LANGUAGES:
            _LOG.warning(error.sentence(wording(language)))
