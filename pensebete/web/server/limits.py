"""How much one address may take of the server, and all of them together; each may be set otherwise.

Generous: a room of thirty managers, or a telephone company, may stand behind one address. What is told here is when a
stranger is no visitor any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pensebete.text.setting import WholeNumber
from pensebete.web.server.allowance import Rate

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


# What the operator may set, by its field; the bytes of uploads in megabytes.
SETTINGS = {
    "visits": WholeNumber("PENSEBETE_MOST_VISITS", Limits.visits, least=1),
    "visits_of_all": WholeNumber("PENSEBETE_MOST_VISITS_OF_ALL", Limits.visits_of_all, least=1),
    "requests": WholeNumber("PENSEBETE_MOST_REQUESTS", Limits.requests, least=1),
    "uploads": WholeNumber("PENSEBETE_MOST_UPLOADED_MB", Limits.uploads // MB, least=1),
    "dossiers": WholeNumber("PENSEBETE_MOST_DOSSIERS", Limits.dossiers, least=1),
    "ideas": WholeNumber("PENSEBETE_MOST_IDEAS", Limits.ideas, least=1),
    "pages_at_once": WholeNumber("PENSEBETE_PAGES_AT_ONCE", Limits.pages_at_once, least=1, off=0),
}


@cache
def limits() -> Limits:
    """Those of this server, as they were when it was first asked."""
    return Limits(**{field: one.value * (MB if field == "uploads" else 1) for field, one in SETTINGS.items()})
