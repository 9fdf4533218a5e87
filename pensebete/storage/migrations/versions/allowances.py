"""What each address has left of what may be taken within an hour, for several processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pensebete.storage.tables import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allowances",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("whom", sa.String(length=64), nullable=False),
        sa.Column("remaining", sa.Float(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "whom"),
    )
