"""What is looked at once, when the server starts."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pensebete.i18n import LANGUAGES, wording
from pensebete.store.errors import StoreError
from pensebete.web.saved import store

_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def starting(_app: Any) -> AsyncIterator[None]:
    """Tell the operator, in the log, where saved dossiers cannot be kept; everything else works without."""
    try:
        store()
    except StoreError as error:
        for language in LANGUAGES:
            _LOG.warning(error.sentence(wording(language)))
    yield
