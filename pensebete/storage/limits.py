"""How much is kept here, as the server was told: generous for people, and no room for a robot to fill a disk.

It needs no database to be said.
"""

from __future__ import annotations

from pensebete.text.setting import WholeNumber

LINKS = WholeNumber("PENSEBETE_DOSSIER_LINKS", 50)  # of a dossier, that open something
MILESTONES = WholeNumber("PENSEBETE_DOSSIER_MILESTONES", 100)  # of a dossier
DOSSIER = WholeNumber("PENSEBETE_DOSSIER_MEGABYTES", 8)  # all that is kept of one
# Below so much room on the disk of the SQLite file, nothing is begun: what is saved already keeps it.
FREE = WholeNumber("PENSEBETE_FREE_MEGABYTES", 100)
DATABASE = WholeNumber("PENSEBETE_DATABASE_MEGABYTES", 0)  # of all dossiers; 0: as much as the disk takes
PURGED = WholeNumber("PENSEBETE_PURGE_SHARE", 20)  # per cent of the dossiers that a purge may take without being forced
IDEAS = WholeNumber("PENSEBETE_IDEAS_KEPT", 5_000)  # of managers, all together: twenty megabytes at the most
CONNECTIONS = WholeNumber("PENSEBETE_DATABASE_CONNECTIONS", 20, least=1)  # of a process to the database, at once
# Seconds that a save waits for another to finish, and for a server that does not answer, before saying so.
WAIT = WholeNumber("PENSEBETE_DATABASE_WAIT", 2, least=1)

LIMITS = (LINKS, MILESTONES, DOSSIER, FREE, DATABASE, PURGED, IDEAS, CONNECTIONS, WAIT)
MEGABYTE = 1_000_000
