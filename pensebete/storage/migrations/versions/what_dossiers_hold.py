"""How much each dossier holds; milestones that keep what changed since the one before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added where they are: no row is rewritten.
    op.add_column("dossiers", sa.Column("bytes", sa.Integer(), nullable=True))
    op.add_column("milestones", sa.Column("since", sa.Integer(), nullable=True))
    op.add_column("milestones", sa.Column("changes", sa.LargeBinary(), nullable=True))
