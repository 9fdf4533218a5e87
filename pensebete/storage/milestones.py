"""Milestones: a dossier as it was on a day that has a name, with the checklist of that time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select

from pensebete.assessment.model import Assessment
from pensebete.storage.engine import Store, plain, reading, writing
from pensebete.storage.links import allow, allow_writing
from pensebete.storage.rows import assessment_in
from pensebete.storage.tables import checklists, dossiers, milestones


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

    Raises LinkGoneError, ReadingOnlyError, StoreUnavailableError.
    """
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        digest = select(dossiers.c.checklist_sha256).where(dossiers.c.id == dossier_id)
        row = insert(milestones).values(
            dossier_id=dossier_id,
            name=plain(name),
            on=on,
            assessment=assessment_in(connection, dossier_id).model_dump_json(exclude_defaults=True),
            checklist_sha256=connection.execute(digest).scalar_one(),
            created_at=now,
        )
        made: int = connection.execute(row.returning(milestones.c.id)).scalar_one()
    return made


def milestones_of(store: Store, dossier_id: str, link_id: int) -> list[Milestone]:
    """The milestones of a dossier, by date. Raises LinkGoneError, StoreUnavailableError."""
    with reading(store) as connection:
        allow(connection, dossier_id, link_id)
        query = (
            select(milestones, checklists.c.content)
            .join(checklists)
            .where(milestones.c.dossier_id == dossier_id)
            .order_by(milestones.c.on, milestones.c.id)
        )
        return [
            Milestone(row.id, row.name, row.on, Assessment.model_validate_json(row.assessment), row.content)
            for row in connection.execute(query)
        ]
