"""The pages that a server may do without: those of the staff and of the advisors."""

from __future__ import annotations

from os import environ

_SETTINGS = {"workshop": "PENSEBETE_WORKSHOP", "desk": "PENSEBETE_DESK"}


def is_open(page: str) -> bool:
    """Whether this server has the page `workshop` or `desk`: unless its setting says off."""
    return environ.get(_SETTINGS[page], "").strip().lower() != "off"
