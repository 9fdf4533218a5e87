"""Facts as rows: the assessment that the rows of a dossier make, and the rows that facts make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Connection, select

from pensebete.assessment.field_map import assembled, key_of, key_text, value_of
from pensebete.assessment.model import Assessment
from pensebete.storage.tables import facts

_ID = key_text(("detail", "id"))


def assessment_in(connection: Connection, dossier_id: str) -> Assessment:
    """The assessment that the facts of a dossier make, dated by the latest of them."""
    query = (
        select(facts.c.key, facts.c.value, facts.c.changed_at)
        .where(facts.c.dossier_id == dossier_id)
        .order_by(facts.c.first_revision, facts.c.first_place)
    )
    rows = connection.execute(query).all()
    said = {key_of(row.key): value_of(row.value) for row in rows if row.value is not None}
    return assembled(said).model_copy(update={"updated_at": max(row.changed_at for row in rows)})


def id_in(connection: Connection, dossier_id: str) -> UUID:
    """What the file of a saved dossier is called: the dossier that its review names."""
    query = select(facts.c.value).where(facts.c.dossier_id == dossier_id, facts.c.key == _ID)
    said = value_of(connection.execute(query).scalar_one_or_none())
    return UUID(said) if isinstance(said, str) else id_without_one(dossier_id)


def id_without_one(dossier_id: str) -> UUID:
    """The same for everybody who opens a dossier that was kept without an id, as files of old had none."""
    return uuid5(NAMESPACE_OID, dossier_id)


def fact_rows(
    texts: Mapping[str, str | None], dossier_id: str, link_id: int, revision: int, now: datetime
) -> list[dict[str, Any]]:
    """The rows of facts written by one save; `texts` holds the text of each key and of its value."""
    return [
        {
            "dossier_id": dossier_id,
            "key": key,
            "value": value,
            "revision": revision,
            "changed_at": now,
            "link_id": link_id,
            "first_revision": revision,
            "first_place": place,
        }
        for place, (key, value) in enumerate(texts.items())
    ]
