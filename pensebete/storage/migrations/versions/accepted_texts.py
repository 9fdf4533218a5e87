"""The log of the texts of a checklist that were accepted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pensebete.storage.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accepted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("checklist_id", sa.Text(), nullable=False),
        sa.Column("checklist_sha256", sa.String(length=64), nullable=False),
        sa.Column("accepted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["checklist_sha256"], ["checklists.sha256"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_accepted_path", "accepted", ["path"], unique=False)
    op.create_index("ix_accepted_checklist_sha256", "accepted", ["checklist_sha256"], unique=False)
