"""Who had a text of the checklist accepted, why, by which way, and from which one it was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Null in what was accepted before, and by a server of the version before: a file, of which nobody said who and why.
    op.add_column("accepted", sa.Column("source", sa.String(length=9), nullable=True))
    op.add_column("accepted", sa.Column("who", sa.Text(), nullable=True))
    op.add_column("accepted", sa.Column("why", sa.Text(), nullable=True))
    op.add_column("accepted", sa.Column("based_on", sa.Integer(), nullable=True))
