"""How many cases hypothesis tries: few in `make test`, always the same ones; many where PENSEBETE_EXPLORE is set."""

from __future__ import annotations

from os import environ

from hypothesis import HealthCheck, settings

EXPLORING = bool(environ.get("PENSEBETE_EXPLORE"))


def few(number: int) -> settings:
    """For what takes long, as a PDF does: so many cases in `make test`, twenty times as many in `make thorough`."""
    return settings(
        max_examples=number * 20 if EXPLORING else number, deadline=None, suppress_health_check=list(HealthCheck)
    )
