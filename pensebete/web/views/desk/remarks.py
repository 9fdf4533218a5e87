"""Remarks about one enterprise, at the end of its call sheet."""

from __future__ import annotations

from pensebete.desk.portfolio import Entry


def remarks_section(entry: Entry) -> None:
    """Nothing yet."""
