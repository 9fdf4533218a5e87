"""The tables. What a person wrote is in `facts`, `overwritten`, `milestones`, `remarks`, `ideas` and the labels of
`links` and `calendars`; who had a text accepted and why, as staff declared it, in `accepted`; what staff wrote for one
another, in `drafts`, `draft_links` and `draft_remarks`.

Every table but `checklists`, `accepted`, `ideas`, `allowances`, `runs_from` and those of drafts has a `dossier_id`
(`dossiers` its own `id`), by which a dossier is deleted whole.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData()


def _checklist() -> Column[str]:
    return Column("checklist_sha256", String(64), ForeignKey("checklists.sha256"), nullable=False, index=True)


def _dossier(**options: Any) -> Column[str]:
    return Column("dossier_id", String(36), ForeignKey("dossiers.id"), nullable=False, **options)


def _link(name: str) -> Column[int]:
    # Not a foreign key: to delete a link, the database would read through the facts of everybody.
    return Column(name, Integer, nullable=False)


# Each checklist text in use, once, by its SHA-256.
checklists = Table(
    "checklists",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("content", Text, nullable=False),
)

# Each text of a checklist that was served from here on, by the path of its file: the newest entry serves. Rows are only
# added: the number that people read is the place of a row among those of its path.
accepted = Table(
    "accepted",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, index=True),
    Column("checklist_id", Text, nullable=False),
    _checklist(),
    Column("accepted_at", Moment, nullable=False),
    # file, published or reverted; null stands for file.
    Column("source", String(9)),
    # As staff declared it.
    Column("who", Text),
    Column("why", Text),
    # The entry whose text it was made from, or gone back to.
    Column("based_on", Integer),
)

# One row: the oldest tables whose programs run on these, for a program that does not know these. See schema.py.
runs_from = Table("runs_from", metadata, Column("tables", String(32), primary_key=True))

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", String(36), primary_key=True),
    _checklist(),
    Column("created_at", Moment, nullable=False),
    # Last touched: opened or saved.
    Column("updated_at", Moment, nullable=False, index=True),
    # Counts the saves; a fact bears the number of the save that wrote it.
    Column("revision", Integer, nullable=False),
    # At most so many are kept of it, in all tables; null where that was never counted. See room.py.
    Column("bytes", Integer),
)

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    _dossier(index=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("access", String(5), nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# The addresses at which calendars fetch the due dates of a dossier: they read that and open nothing.
calendars = Table(
    "calendars",
    metadata,
    Column("id", Integer, primary_key=True),
    _dossier(index=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

facts = Table(
    "facts",
    metadata,
    _dossier(primary_key=True),
    Column("key", Text, primary_key=True),
    # JSON; null where the fact was taken away, so that the others learn of it.
    Column("value", Text),
    Column("revision", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    _link("link_id"),
    # The save that first wrote it and its place in that save: the order in which own actions were added.
    Column("first_revision", Integer, nullable=False),
    Column("first_place", Integer, nullable=False),
    # A dossier's facts lie together on disk: opening one costs the same among a hundred thousand.
    sqlite_with_rowid=False,
)

# What a save replaced without its author having seen it.
overwritten = Table(
    "overwritten",
    metadata,
    Column("id", Integer, primary_key=True),
    _dossier(),
    Column("key", Text, nullable=False),
    Column("value", Text),
    Column("written_at", Moment, nullable=False),
    _link("link_id"),
    # The save that replaced it.
    Column("revision", Integer, nullable=False),
    Column("replaced_at", Moment, nullable=False),
    _link("replaced_by"),
    Column("seen", Boolean, nullable=False),
    Index("ix_overwritten_dossier_id_seen", "dossier_id", "seen"),
)

# The saves of late, by the id their author gave them: one sent twice is done once.
saves = Table(
    "saves",
    metadata,
    _dossier(primary_key=True),
    Column("change_id", String(64), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("saved_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

milestones = Table(
    "milestones",
    metadata,
    Column("id", Integer, primary_key=True),
    _dossier(index=True),
    Column("name", Text, nullable=False),
    Column("on", Date, nullable=False),
    # Whole, as earlier versions wrote it; empty where `changes` says it.
    Column("assessment", Text, nullable=False),
    _checklist(),
    Column("created_at", Moment, nullable=False),
    # What changed since the milestone of that id, or since nothing was said. See milestones.py.
    Column("since", Integer),
    Column("changes", LargeBinary),
)

# The review of a dossier, which only grows: a row a remark, and a row an event of one. Milestones hold none of it.
remarks = Table(
    "remarks",
    metadata,
    _dossier(primary_key=True),
    # Empty in the row of what a later version writes beside the remarks.
    Column("remark_id", String(36), primary_key=True),
    # Empty in the row of the remark itself.
    Column("event_id", String(36), primary_key=True),
    Column("value", Text, nullable=False),
    Column("bytes", Integer, nullable=False),  # of the value; how many a dossier may have is bounded
    # Counts the times that something was added: the number of the last time tells whether there is news.
    Column("number", Integer, nullable=False),
    _link("link_id"),
    Column("saved_at", Moment, nullable=False),
    Index("ix_remarks_dossier_id_number", "dossier_id", "number"),
    sqlite_with_rowid=False,
)

# How much is left to whom of what may be taken within an hour. See allowances.py.
allowances = Table(
    "allowances",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("whom", String(64), primary_key=True),
    Column("remaining", Float, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_allowances_kind_at", "kind", "at"),
)

# A draft of a checklist that its author shares, until it expires. Whoever holds the token of the owner is its author.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner_sha256", String(64), nullable=False, unique=True),
    Column("content", Text, nullable=False),
    # What it began from, as the workshop says it: a digest, and whether without its comments. Null where nobody knows.
    Column("base", String(66)),
    # Counts what the author had the others see: a remark bears the number of the text it was made about.
    Column("number", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    # When the last of its links ends: nothing of it is kept after that.
    Column("expires_at", Moment, nullable=False, index=True),
)

draft_links = Table(
    "draft_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", String(36), ForeignKey("drafts.id"), nullable=False, index=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("access", String(6), nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# What was remarked about the lines of a draft, and what was answered.
draft_remarks = Table(
    "draft_remarks",
    metadata,
    # Given by whoever writes it: sent twice, it is there once.
    Column("id", String(36), primary_key=True),
    Column("draft_id", String(36), ForeignKey("drafts.id"), nullable=False, index=True),
    # The remark that it answers.
    Column("answers", String(36)),
    # Where it is in the text of now; null once that line is no more, and of an answer.
    Column("line", Integer),
    Column("line_text", Text, nullable=False),  # as it was when it was remarked about, shortened
    # Null where the author of the draft wrote it.
    Column("link_id", Integer),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("settled_at", Moment),
)

# What managers share with the staff, of a domain or of the whole; of no dossier, so that it goes with none.
ideas = Table(
    "ideas",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),  # what the sender may quote
    Column("created_at", Moment, nullable=False),
    Column("checklist_id", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("may_be_quoted", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("state", String(9), nullable=False, index=True),
    Column("answered_at", Moment),
    # Sent, or sorted by the staff: from then on counts how long it is kept.
    Column("changed_at", Moment, nullable=False),
    # Counts what was done with it.
    Column("revision", Integer, nullable=False),
)
