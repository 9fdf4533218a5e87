"""When what is exported was last changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from pensebete.assessment.model import Assessment

_COMPUTERS_COUNT_FROM = 1970  # a dossier may say any year; calendars and workbooks write none before their own first


def last_change(assessment: Assessment, today: date) -> datetime:
    """In UTC, to the second; the morning of today where the dossier does not say, or not believably."""
    said = assessment.updated_at
    if said is None or not _COMPUTERS_COUNT_FROM < said.year < date.max.year:
        return datetime.combine(today, time(), UTC)
    # A moment without a zone is taken for UTC, not for that of the machine.
    return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
