"""Indexes by which a purge finds what nobody touched, and an allowance what is whole again, without reading all."""

from __future__ import annotations

from pensebete.storage.migrations.indexes import create_index

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_index("ix_dossiers_updated_at", "dossiers", ["updated_at"])
    create_index("ix_allowances_kind_at", "allowances", ["kind", "at"])
