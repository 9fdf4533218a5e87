"""The day where the server is: of what concerns no visitor in particular."""

from __future__ import annotations

from datetime import date, datetime

from pensebete.assessment.local_time import USUAL_ZONE, UnknownZoneError, server_zone, zone_named


def server_day() -> date:
    try:
        return datetime.now(server_zone()).date()
    except UnknownZoneError:  # the log says so at the start
        return datetime.now(zone_named(USUAL_ZONE)).date()
