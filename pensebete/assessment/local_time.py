"""An instant as a date: the one place that does it, and which zone it is the date of.

That zone is the one asked for, else the dossier's, else the server's. A moment without a zone is read as UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from os import environ
from zoneinfo import ZoneInfo

USUAL_ZONE = "America/Toronto"


class UnknownZoneError(ValueError):
    """No time zone has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def zone_named(name: str) -> ZoneInfo:
    """The zone of a name such as `America/Toronto`. Raises UnknownZoneError."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # no such name; a path, or a folder of zones
        raise UnknownZoneError(name) from None


def server_zone() -> ZoneInfo:
    """PENSEBETE_TIMEZONE, else that of Quebec. Raises UnknownZoneError."""
    return zone_named(environ.get("PENSEBETE_TIMEZONE") or USUAL_ZONE)


def zone_for(asked: tzinfo | None, of_dossier: str) -> tzinfo:
    """The zone of what is shown of a dossier. Raises UnknownZoneError."""
    return asked or (zone_named(of_dossier) if of_dossier else server_zone())


def local_date(instant: datetime, zone: tzinfo) -> date:
    """The date there; the first and the last day there are stay as written."""
    try:
        return with_zone(instant).astimezone(zone).date()
    except OverflowError:
        return instant.date()


def with_zone(instant: datetime) -> datetime:
    """A moment that can be compared with any other."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
