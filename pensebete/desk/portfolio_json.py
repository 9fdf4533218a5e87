"""A portfolio as JSON: `{"rows": […in triage order, each with "why"], "refused": [{"file", "reason"}]}`.

Figures are unrounded, as those of `score`; sentences are in the language asked for, ids in none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pensebete.checklist.model import Checklist
from pensebete.desk.checks import Check
from pensebete.desk.desk_text import check_words, refusal_words, remarks, why_words
from pensebete.desk.portfolio import Entry, Portfolio
from pensebete.desk.remarked import remarked_words
from pensebete.desk.row import Row
from pensebete.desk.triage import Why
from pensebete.evaluation.score_json import score_as_json
from pensebete.text.wording import Wording


def portfolio_as_json(portfolio: Portfolio, checklists: Mapping[str, Checklist], say: Wording) -> dict[str, Any]:
    return {
        "rows": [_entry(entry, checklists.get(entry.row.checklist), say) for entry in portfolio.entries],
        "refused": [{"file": one.file, "reason": refusal_words(one.problems, say)} for one in portfolio.refused],
    }


def _entry(entry: Entry, checklist: Checklist | None, say: Wording) -> dict[str, Any]:
    row = entry.row
    first, last = row.answered or (None, None)
    return {
        "rank": entry.rank,
        "lane": entry.lane,
        "why": [_why(why, checklist, row, say) for why in row.why],
        "id": row.id or None,
        "previous_id": row.previous_id or None,
        "organisation": row.organisation,
        "apart": entry.apart,
        "file": row.file,
        "prepared_by": row.prepared_by,
        "language": row.language,
        "contact": row.contact.model_dump(mode="json", exclude_defaults=True),
        "checklist": {"id": row.checklist, "version": row.version, "read_with": row.read_with or None},
        "today": row.today.isoformat(),
        "updated_at": _moment(row.updated_at),
        "answered_on": {"from": _day(first), "to": _day(last)},
        **_figures(row),
        "checks": [_check(check, checklist, say) for check in row.checks] if checklist else [],
        "comments": [asdict(comment) for comment in row.comments],
        "remarks": remarks(entry, say),
        "review": {
            "open": entry.remarked.open,
            "answered": entry.remarked.answered,
            "closed": entry.remarked.closed,
            "sentence": remarked_words(entry.remarked, say),
        },
        "other_names": list(entry.other_names),
        "same_in": list(entry.same_in),
        "earlier": [
            {
                "id": old.id or None,
                "past_cycle": entry.of_past_cycle(old),
                "file": old.file,
                "updated_at": _moment(old.updated_at),
                **_figures(old),
            }
            for old in entry.earlier
        ],
    }


def _figures(row: Row) -> dict[str, Any]:
    """Null where the checklist that the dossier answers is not at hand: it was not evaluated."""
    result = row.result
    if result is None:
        return {"overall": None, "then": None, "domains": None, "late": None}
    return {
        "overall": {**score_as_json(result.overall), "shown": result.overall.rounded},
        "then": {"on": result.then_on.isoformat(), "score": result.then.score, "shown": result.then.rounded},
        "domains": {id: score_as_json(score) for id, score in result.domains.items()},
        "late": {"all": len(result.late), "first_class": result.late_first_class},
    }


def _why(why: Why, checklist: Checklist | None, row: Row, say: Wording) -> dict[str, Any]:
    return {**_said(why), "sentence": why_words(why, checklist, row.result, say)}


def _check(check: Check, checklist: Checklist, say: Wording) -> dict[str, Any]:
    return {**_said(check), "question": check_words(check, checklist, say)}


def _said(one: Why | Check) -> dict[str, Any]:
    """Its code and what else it names; dates as in a file."""
    kept = {name: value for name in one.__slots__ if (value := getattr(one, name)) not in ("", None, (), 0)}
    return {name: _day(value) if isinstance(value, date) else value for name, value in kept.items()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
