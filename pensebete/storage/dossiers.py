"""A saved dossier as a whole: kept, opened, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from pensebete.assessment.field_map import facts_of, key_text, value_of, value_text
from pensebete.assessment.model import Assessment
from pensebete.assessment.review.model import Author, Review
from pensebete.storage.checklists import forget_unused, made_with, snapshot
from pensebete.storage.engine import Store, outside_transactions, reading, writing
from pensebete.storage.errors import StoreUnavailableError
from pensebete.storage.links import Access, allow_writing, find_link, links_by_token, make_link
from pensebete.storage.reviews import last_author, number_in, review_in
from pensebete.storage.room import OF_A_ROW, SAVES_KNOWN, refuse_too_large, refuse_without_room
from pensebete.storage.rows import assessment_in, fact_rows
from pensebete.storage.tables import dossiers, facts, metadata, milestones, saves

# A save is sent again after seconds, or after hours where the server was away; never after this.
_SENT_AGAIN_WITHIN = timedelta(days=30)
_ORGANISATION = key_text(("detail", "organisation"))


@dataclass(frozen=True)
class Kept:
    """A dossier just kept. The token is told this once."""

    dossier_id: str
    link_id: int
    token: str
    label: str = ""


@dataclass(frozen=True)
class Glance:
    """What a link leads to, without opening it: enough to name the dossier and to tell it from another."""

    dossier: str  # the short id
    organisation: str
    label: str
    access: Access
    revoked: bool


@dataclass(frozen=True)
class Opened:
    """What a link opens."""

    dossier_id: str
    link_id: int
    access: Access
    label: str
    assessment: Assessment
    revision: int
    # The checklist that the dossier was made with, as it was.
    checklist_text: str
    review: Review
    remarks: int  # the number up to which that is the review
    author: Author | None  # who said to have written what was last added to it by this link


def keep(store: Store, assessment: Assessment, checklist_text: str, now: datetime, label: str = "") -> Kept:
    """Keep an assessment, which its manager has agreed to, and make a link that opens it.

    `checklist_text` is the file of the checklist that it was made with. Raises DossierTooLargeError,
    StoreUnavailableError.
    """
    dossier_id = str(uuid4())
    said = {key_text(key): value_text(value) for key, value in facts_of(assessment).items()}
    written = sum(len(key.encode()) + len(value.encode()) + OF_A_ROW for key, value in said.items())
    refuse_too_large(written)
    with writing(store) as connection:
        refuse_without_room(store, connection)
        digest = snapshot(connection, assessment.checklist, checklist_text)
        connection.execute(
            insert(dossiers).values(
                id=dossier_id, checklist_sha256=digest, created_at=now, updated_at=now, revision=1, bytes=written
            )
        )
        link = make_link(connection, dossier_id, "write", label, now)
        connection.execute(insert(facts), fact_rows(said, dossier_id, link.link_id, 1, now))
    return Kept(dossier_id, link.link_id, link.token, label)


def short_id(dossier_id: str) -> str:
    """What a tab calls a dossier by, in its address: it tells dossiers apart and opens nothing."""
    return sha256(dossier_id.encode()).hexdigest()[:10]


def glance(store: Store, tokens: Iterable[str]) -> dict[str, Glance]:
    """What each token leads to; one that was never given, or whose dossier is deleted, is left out.

    The dossier is not touched: looking at a list keeps none of it from the purge. Raises StoreUnavailableError.
    """
    found = {}
    with reading(store) as connection:
        for token, link in links_by_token(connection, tokens).items():
            name = select(facts.c.value).where(facts.c.dossier_id == link.dossier_id, facts.c.key == _ORGANISATION)
            organisation = value_of(connection.execute(name).scalar_one_or_none())
            found[token] = Glance(
                short_id(link.dossier_id), organisation or "", link.label, link.access, link.revoked_at is not None
            )
    return found


def open_link(store: Store, token: str, now: datetime) -> Opened | None:
    """What the link of a token opens; None for one that was never given, was cut short, altered or revoked.

    Raises StoreUnavailableError.
    """
    with reading(store) as connection:
        link = find_link(connection, token)
        if link is None:
            return None
        revision, content = made_with(connection, link.dossier_id)
        assessment = assessment_in(connection, link.dossier_id)
        review, number = review_in(connection, link.dossier_id), number_in(connection, link.dossier_id)
        author = last_author(connection, link.dossier_id, link.id)
    # Apart from reading, and given up where the disk is full or read-only: what was saved can still be read and taken
    # away as a file.
    with suppress(StoreUnavailableError), writing(store) as connection:
        connection.execute(update(dossiers).where(dossiers.c.id == link.dossier_id).values(updated_at=now))
        # Not by the date alone: a clock that leapt ahead would have a save done twice.
        old = (saves.c.saved_at < now - _SENT_AGAIN_WITHIN) & (saves.c.revision < revision - SAVES_KNOWN)
        connection.execute(delete(saves).where(saves.c.dossier_id == link.dossier_id, old))
    return Opened(
        link.dossier_id, link.id, link.access, link.label, assessment, revision, content, review, number, author
    )


def delete_dossier(store: Store, dossier_id: str, link_id: int) -> None:
    """Delete every row of a dossier. Raises LinkGoneError, ReadingOnlyError, StoreUnavailableError."""
    with writing(store) as connection:
        allow_writing(connection, dossier_id, link_id)
        erase(connection, [dossier_id])
    empty_log(store)


def erase(connection: Connection, ids: Sequence[str]) -> None:
    """Delete dossiers from each table, and the checklist texts that they alone needed."""
    digests = {
        digest
        for table, column in ((dossiers, dossiers.c.id), (milestones, milestones.c.dossier_id))
        for digest in connection.scalars(select(table.c.checklist_sha256).where(column.in_(ids)).distinct())
    }
    for table in reversed(metadata.sorted_tables):
        if "dossier_id" in table.c:
            connection.execute(delete(table).where(table.c.dossier_id.in_(ids)))
    connection.execute(delete(dossiers).where(dossiers.c.id.in_(ids)))
    forget_unused(connection, digests)


def empty_log(store: Store) -> None:
    """Have SQLite's write-ahead log cut to nothing: until then it still holds what was just deleted.

    Where a reader is in the way, the log is emptied at a later turn.
    """
    if store.file:
        with suppress(StoreUnavailableError), outside_transactions(store) as execute:
            execute("PRAGMA wal_checkpoint(TRUNCATE)")
