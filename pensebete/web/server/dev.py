"""`make dev`: the app as those who work on it see it. The environment says so; no visitor can."""

from __future__ import annotations

from os import environ
from pathlib import Path


def example_dossier() -> Path | None:
    """The dossier that each visit opens with; None but under `make dev`."""
    named = environ.get("PENSEBETE_DEV")
    return Path(named) if named else None
