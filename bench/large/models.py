"""Twenty dossiers as enterprises leave them, made by the program itself: what a large database is many times over."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from pensebete.assessment.model import Answer, Assessment
from pensebete.assessment.review.model import Author, Remark, Review
from pensebete.checklist.loading import load, published_path
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.storage.calendars import add_calendar
from pensebete.storage.changes import save
from pensebete.storage.dossiers import keep
from pensebete.storage.engine import Store, open_store, reading
from pensebete.storage.links import add_link
from pensebete.storage.milestones import add_milestone
from pensebete.storage.reviews import add_to_review
from pensebete.storage.rows import assessment_in
from pensebete.storage.schema import migrate
from pensebete.storage.tables import metadata

MODELS = 20
NOW = datetime.now(UTC)
NOTES = (
    "À voir avec la trésorière",
    "Résolution du 12 mars, procès-verbal envoyé à la caisse",
    "Attend l’appel du pôle",
)
# Numbers that the database gives: here the place among those of a dossier.
NUMBERED = ("links", "milestones", "overwritten", "calendars")
_POINTS_AT = {"link_id": "links", "replaced_by": "links"}


@dataclass(frozen=True)
class Models:
    """Rows of each table that has a dossier's, by their columns, `model` being the number of the dossier."""

    rows: dict[str, list[dict[str, Any]]]
    checklists: list[dict[str, Any]]
    most: int  # of the numbered rows of one dossier in one table

    def revision(self, number: int) -> int:
        return int(next(r["revision"] for r in self.rows["dossiers"] if r["model"] == number % MODELS))


def models(folder: Path) -> Models:
    checklist, text = load(published_path()), published_path().read_text(encoding="utf-8")
    random = Random(25)
    with closing(open_store(f"sqlite:///{folder / 'models.sqlite3'}")) as store:
        migrate(store)
        made = [_dossier(store, checklist, text, random, number) for number in range(MODELS)]
        return _rows(store, made)


def _dossier(store: Store, checklist: Checklist, text: str, random: Random, number: int) -> str:
    """Answered in one go before it was saved, then touched now and then."""
    items = random.sample(list(checklist.items), random.randint(10, 24))
    reference = ChecklistRef(id=checklist.id, version=checklist.version)
    profile: dict[str, str | tuple[str, ...]] = {
        question.id: question.options[0].id if question.choose == "one" else (question.options[0].id,)
        for question in checklist.profile
        if random.random() < 0.7
    }
    assessment = Assessment(
        id=UUID(int=number),
        created_at=NOW,
        checklist=reference,
        organisation=f"Coopérative de solidarité numéro {number}",
        prepared_by="direction générale",
        profile=profile,
        answers={item: _answer(random) for item in items},
    )
    kept = keep(store, assessment, text, NOW, "direction")
    revision = 1
    for turn in range(random.randint(2, 8)):
        change = {("answer", random.choice(items), "note"): f"{random.choice(NOTES)} ({turn})"}
        revision = save(store, kept.dossier_id, kept.link_id, revision, change, f"{number}-{turn}", NOW).revision
    if number % 3 == 0:
        other = add_link(store, kept.dossier_id, kept.link_id, "read", "pôle", NOW)
        if number % 2 == 0:
            about = Remark.model_validate(
                {
                    "id": str(UUID(int=number + 1)),
                    "about": {"item": items[0]},
                    "kind": "clarify",
                    "text": "Depuis quand?",
                    "author": Author(name="Marie Roy", role="conseillère", organisation="Pôle"),
                    "at": NOW,
                    "seen": "",
                }
            )
            add_to_review(
                store, kept.dossier_id, other.link_id, Review(dossier=UUID(int=number), remarks=(about,)), NOW
            )
    if number % 4 == 0:
        for name in ("Premier appel", "Conseil d’administration"):
            add_milestone(store, kept.dossier_id, kept.link_id, name, NOW.date(), NOW)
    if number % 5 == 0:
        add_calendar(store, kept.dossier_id, kept.link_id, "Téléphone", NOW)
    if number % 6 == 0:
        other = add_link(store, kept.dossier_id, kept.link_id, "write", "finance", NOW)
        unseen = {("answer", items[0], "note"): "Sans avoir vu"}
        save(store, kept.dossier_id, other.link_id, 1, unseen, f"{number}-unseen", NOW)
    return kept.dossier_id


def _answer(random: Random) -> Answer:
    status = random.choice(("done", "in_progress", "to_do", "unknown"))
    at = NOW - timedelta(hours=random.randint(1, 24))
    return Answer(status=status, note=random.choice(NOTES) if random.random() < 0.4 else "", answered_at=at)


def _rows(store: Store, made: list[str]) -> Models:
    with reading(store) as connection:
        found: dict[str, list[Row[Any]]] = {
            name: list(connection.execute(select(table).order_by(*table.primary_key)))
            for name, table in metadata.tables.items()
            if "dossier_id" in table.c or name == "dossiers"
        }
        whole = {id: assessment_in(connection, id).model_dump_json() for id in made}
        texts = [dict(row._mapping) for row in connection.execute(select(metadata.tables["checklists"]))]
    place: dict[tuple[str, int], int] = {}
    most: Counter[tuple[str, str]] = Counter()
    for name in NUMBERED:
        for row in found[name]:
            most[name, row.dossier_id] += 1
            place[name, row.id] = most[name, row.dossier_id]

    def renumbered(table: str, row: Row[Any]) -> dict[str, Any]:
        values = dict(row._mapping)
        whose = made.index(values.pop("id" if table == "dossiers" else "dossier_id"))
        if table == "milestones":  # as versions before wrote them, which have no other column for it
            values |= {"assessment": whole[made[whose]], "changes": None, "since": None}
        if table in NUMBERED:
            values["id"] = place[table, values["id"]]
        for column, at in _POINTS_AT.items():
            if values.get(column) is not None:
                values[column] = place[at, values[column]]
        return {"model": whose, **values}

    rows = {table: [renumbered(table, row) for row in of_table] for table, of_table in found.items()}
    return Models(rows, texts, max(most.values()) + 1)
