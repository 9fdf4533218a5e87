"""Facts as rows: the assessment that the rows of a dossier make, and the rows that facts make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from pensebete.assessment.field_map import assembled, key_of, value_of
from pensebete.assessment.model import Assessment
from pensebete.storage.tables import facts


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
