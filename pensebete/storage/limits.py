"""How much is kept here, as the server was told: generous for people, and no room for a robot to fill a disk.

It needs no database to be said. What is no whole number counts for the usual one, and the operator is told at start.
"""

from __future__ import annotations

from dataclasses import dataclass
from os import environ


@dataclass(frozen=True)
class Limit:
    """A setting that is a whole number."""

    name: str
    usual: int

    @property
    def said(self) -> str:
        return environ.get(self.name) or str(self.usual)

    @property
    def is_sound(self) -> bool:
        return self.said.isascii() and self.said.isdecimal()

    @property
    def value(self) -> int:
        return int(self.said) if self.is_sound else self.usual


LINKS = Limit("PENSEBETE_DOSSIER_LINKS", 50)  # of a dossier, that open something
MILESTONES = Limit("PENSEBETE_DOSSIER_MILESTONES", 100)  # of a dossier
DOSSIER = Limit("PENSEBETE_DOSSIER_MEGABYTES", 8)  # all that is kept of one
# Below so much room on the disk of the SQLite file, nothing is begun: what is saved already keeps it.
FREE = Limit("PENSEBETE_FREE_MEGABYTES", 100)
DATABASE = Limit("PENSEBETE_DATABASE_MEGABYTES", 0)  # of all dossiers; 0: as much as the disk takes
PURGED = Limit("PENSEBETE_PURGE_SHARE", 20)  # per cent of the dossiers that a purge may take without being forced
IDEAS = Limit("PENSEBETE_IDEAS_KEPT", 5_000)  # of managers, all together: twenty megabytes at the most

LIMITS = (LINKS, MILESTONES, DOSSIER, FREE, DATABASE, PURGED, IDEAS)
MEGABYTE = 1_000_000
