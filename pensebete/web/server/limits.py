"""How much one address may take of the server, and all of them together; each may be set otherwise.

Generous: a room of thirty managers, or a telephone company, may stand behind one address. What is told here is when a
stranger is no visitor any more.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from functools import cache

from pensebete.web.server.allowance import Rate

_LOG = logging.getLogger(__name__)
MB = 1_000_000
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True)
class Limits:
    """Of an address, where nothing else is said. A page asks for some seventy files the first time."""

    visits: int = 300  # pages open at once
    visits_of_all: int = 3_000
    requests: int = 6_000  # at once; as many come back in two minutes
    uploads: int = 1_000 * MB  # bytes at once; as many come back in an hour. Five desks of two hundred plans
    # Bytes that are still on their way, held in memory until their file is whole.
    on_their_way: int = 60 * MB
    on_their_way_of_all: int = 120 * MB
    dossiers: int = 60  # saved anew in an hour
    ideas: int = 30  # sent in an hour
    pages_at_once: int = 1  # made at a time, whoever asks (turns.py); 0: as many as are asked for

    @property
    def request_rate(self) -> Rate:
        return Rate(self.requests, self.requests / (2 * _MINUTE))

    @property
    def upload_rate(self) -> Rate:
        return Rate(self.uploads, self.uploads / _HOUR)

    @property
    def dossier_rate(self) -> Rate:
        return Rate(self.dossiers, self.dossiers / _HOUR)

    @property
    def idea_rate(self) -> Rate:
        return Rate(self.ideas, self.ideas / _HOUR)


# The setting -> the field, and what one of its unit is.
SETTINGS = {
    "PENSEBETE_MOST_VISITS": ("visits", 1),
    "PENSEBETE_MOST_VISITS_OF_ALL": ("visits_of_all", 1),
    "PENSEBETE_MOST_REQUESTS": ("requests", 1),
    "PENSEBETE_MOST_UPLOADED_MB": ("uploads", MB),
    "PENSEBETE_MOST_DOSSIERS": ("dossiers", 1),
    "PENSEBETE_MOST_IDEAS": ("ideas", 1),
    "PENSEBETE_PAGES_AT_ONCE": ("pages_at_once", 1),
}


@cache
def limits() -> Limits:
    """Those of this server. What is no whole number above zero is told in the log, and left as it is by default."""
    said: dict[str, int] = {}
    for name, (field, unit) in SETTINGS.items():
        value = os.environ.get(name, "").strip()
        if value.isascii() and value.isdigit() and int(value) > 0:
            said[field] = int(value) * unit
        elif value == "off" and name == "PENSEBETE_PAGES_AT_ONCE":
            said[field] = 0
        elif value:
            _LOG.warning("%s is no whole number above zero: %r is left out", name, value)
    return Limits(**said)
