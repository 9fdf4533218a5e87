"""How long a dossier that nobody opens is kept, as the server was told. It needs no database to be said."""

from __future__ import annotations

from os import environ

_USUAL_MONTHS = "12"


def months_said() -> str:
    """In months, a number or not."""
    return environ.get("PENSEBETE_KEEP_MONTHS") or _USUAL_MONTHS


def months_kept() -> int:
    """The same as a number; the usual one where it is none, which `purge` refuses with a sentence."""
    said = months_said()
    return int(said if said.isascii() and said.isdecimal() else _USUAL_MONTHS)
