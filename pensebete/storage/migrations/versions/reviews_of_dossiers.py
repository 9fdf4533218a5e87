"""What advisors remark about a saved dossier, and what is answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pensebete.storage.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remarks",
        sa.Column("dossier_id", sa.String(length=36), nullable=False),
        sa.Column("remark_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"]),
        sa.PrimaryKeyConstraint("dossier_id", "remark_id", "event_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_remarks_dossier_id_number", "remarks", ["dossier_id", "number"], unique=False)
