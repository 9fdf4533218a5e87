"""The ideas that managers sent, as a table for a spreadsheet and for a program. They are in no other file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from pensebete.assessment.local_time import local_date
from pensebete.checklist.idea import Idea
from pensebete.export.tables.table import Column, Table
from pensebete.text.wording import Wording

_WIDTHS = {
    "code": 12,
    "sent_on": 12,
    "state": 12,
    "answered_on": 12,
    "checklist": 16,
    "domain": 20,
    "language": 8,
    "text": 80,
    "may_be_quoted": 12,
    "name": 24,
    "contact": 28,
}


def ideas_table(ideas: Iterable[Idea], zone: tzinfo, say: Wording) -> Table:
    columns = tuple(Column(say(f"ideas.column.{name}"), width) for name, width in _WIDTHS.items())
    rows = tuple(
        (
            one.code,
            local_date(one.created_at, zone),
            say(f"ideas.state.{one.state}"),
            local_date(one.answered_at, zone) if one.answered_at else None,
            one.sent.checklist_id,
            one.sent.domain,
            one.sent.language,
            one.sent.text,
            say("ideas.yes" if one.sent.may_be_quoted else "ideas.no"),
            one.sent.name,
            one.sent.contact,
        )
        for one in ideas
    )
    return Table("ideas", say("ideas.title"), columns, rows)


def ideas_json(ideas: Iterable[Idea]) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "sent_at": one.created_at.isoformat(),
            "state": one.state,
            "answered_at": one.answered_at.isoformat() if one.answered_at else None,
            "checklist": one.sent.checklist_id,
            "domain": one.sent.domain,
            "language": one.sent.language,
            "text": one.sent.text,
            "may_be_quoted": one.sent.may_be_quoted,
            "name": one.sent.name,
            "contact": one.sent.contact,
        }
        for one in ideas
    ]
