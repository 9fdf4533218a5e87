"""Which programs run on the tables: a version before goes on, and starts anew, beside the one that changed them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "runs_from",
        sa.Column("tables", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("tables"),
    )
