"""Which day it is for a call: the one asked for, else today in the zone asked for, the dossier's or the server's."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime, tzinfo

from pensebete.assessment.local_time import zone_for


def zone_of(call: Namespace, of_dossier: str = "") -> tzinfo:
    """Raises UnknownZoneError where PENSEBETE_TIMEZONE names none."""
    return zone_for(call.timezone, of_dossier)


def today_of(call: Namespace, of_dossier: str = "") -> date:
    return call.today or datetime.now(zone_of(call, of_dossier)).date()
