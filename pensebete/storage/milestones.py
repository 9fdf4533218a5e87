"""Milestones: a dossier as it was on a day that has a name, with the checklist of that time.

Each keeps what changed since the one before, compressed; one in ten keeps all of it, so that ten at most are read to
know the newest. Forty a week apart are some 25 kB where forty copies were 210. Those of
earlier versions are copies, and stay as they are.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select

from pensebete.assessment.field_map import applied, changes, key_of, key_text, value_of, value_text
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import ChecklistRef
from pensebete.storage.engine import Store, plain, reading, writing
from pensebete.storage.errors import TooManyMilestonesError
from pensebete.storage.limits import MILESTONES
from pensebete.storage.links import AnyRow, allow, allow_writing
from pensebete.storage.room import OF_A_ROW, count, refuse_without_room
from pensebete.storage.rows import assessment_in
from pensebete.storage.tables import checklists, dossiers, milestones

_WHOLE_EVERY = 10
_NOTHING = Assessment(checklist=ChecklistRef(id=""))
# Of what a dossier may hold: the rest is for answers, which come before pictures of them.
_SHARE = 0.75


@dataclass(frozen=True)
class Milestone:
    """A dossier frozen under a name and a date."""

    id: int
    name: str
    on: date
    assessment: Assessment
    checklist_text: str


def add_milestone(store: Store, dossier_id: str, link_id: int, name: str, on: date, now: datetime) -> int:
    """Freeze the dossier as it is saved at this moment; the id of the milestone.

    Raises LinkGoneError, ReadingOnlyError, TooManyMilestonesError, DossierFullError, StoreUnavailableError.
    """
    here = milestones.c.dossier_id == dossier_id
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        refuse_without_room(store, connection)
        many = connection.execute(select(func.count()).where(here)).scalar_one()
        if many >= MILESTONES.value:
            raise TooManyMilestonesError(MILESTONES.value)
        since, before = None, _NOTHING
        if many % _WHOLE_EVERY:
            whole = select(func.max(milestones.c.id)).where(here, milestones.c.since.is_(None)).scalar_subquery()
            run = connection.execute(select(milestones).where(here, milestones.c.id >= whole).order_by(milestones.c.id))
            since, before = max(_read(run).items())
        written = _written(before, assessment_in(connection, dossier_id))
        digest = select(dossiers.c.checklist_sha256).where(dossiers.c.id == dossier_id)
        row = insert(milestones).values(
            dossier_id=dossier_id,
            name=plain(name),
            on=on,
            assessment="",
            checklist_sha256=connection.execute(digest).scalar_one(),
            created_at=now,
            since=since,
            changes=written,
        )
        made: int = connection.execute(row.returning(milestones.c.id)).scalar_one()
        count(connection, dossier_id, len(written) + OF_A_ROW, _SHARE)
    return made


def milestones_of(store: Store, dossier_id: str, link_id: int) -> list[Milestone]:
    """The milestones of a dossier, by date. Raises LinkGoneError, StoreUnavailableError."""
    with reading(store) as connection:
        allow(connection, dossier_id, link_id)
        query = (
            select(milestones, checklists.c.content)
            .join(checklists)
            .where(milestones.c.dossier_id == dossier_id)
            .order_by(milestones.c.id)
        )
        rows = connection.execute(query).all()
    read = _read(rows)
    by_date = sorted(rows, key=lambda row: row.on)
    return [Milestone(row.id, row.name, row.on, read[row.id], row.content) for row in by_date]


def _read(rows: Iterable[AnyRow]) -> dict[int, Assessment]:
    """What each milestone froze, by its id, in the order in which they were added."""
    found: dict[int, Assessment] = {}
    for row in rows:
        if row.changes is None:
            found[row.id] = Assessment.model_validate_json(row.assessment)
            continue
        said = json.loads(zlib.decompress(row.changes))
        changed = {key_of(key): value_of(value) for key, value in said["changes"].items()}
        frozen = applied(found.get(row.since, _NOTHING), changed)
        at = said["updated_at"] and datetime.fromisoformat(said["updated_at"])
        found[row.id] = frozen.model_copy(update={"updated_at": at})
    return found


def _written(before: Assessment, after: Assessment) -> bytes:
    changed = {
        key_text(key): None if value is None else value_text(value) for key, value in changes(before, after).items()
    }
    at = after.updated_at and after.updated_at.isoformat()
    said = json.dumps({"updated_at": at, "changes": changed}, ensure_ascii=False)
    return zlib.compress(said.encode("utf-8", "surrogatepass"))
