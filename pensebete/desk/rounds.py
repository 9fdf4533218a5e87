"""The dossiers of one enterprise over time: whether two of them are of one, which came first, each at its own day."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Literal

from pensebete.assessment.local_time import local_date, with_zone
from pensebete.assessment.model import Assessment
from pensebete.checklist.model import Checklist
from pensebete.evaluation.comparison import Moment
from pensebete.text.folded import folded

# `other_name`: of one id, or copied from it, under two names; `unrelated`: nothing says that they are of one.
Kinship = Literal["same", "past_cycle", "other_name", "unrelated"]


def last_said_at(assessment: Assessment) -> datetime | None:
    """When a dossier last changed, else when its last answer was given; None where it says neither."""
    said = assessment.updated_at or max(
        (with_zone(a.answered_at) for a in assessment.answers.values() if a.answered_at),
        default=assessment.created_at,
    )
    return with_zone(said) if said else None


def moment_of(assessment: Assessment, checklist: Checklist, zone: tzinfo, today: date, name: str = "") -> Moment:
    """A dossier at the day of its last change; at today where it does not say when that was."""
    said = last_said_at(assessment)
    return Moment(name, local_date(said, zone) if said else today, checklist, assessment, zone)


def kinship(older: Assessment, newer: Assessment) -> Kinship:
    """What an older dossier is to a newer one. Ids say it; names say it of dossiers without an id, and no more."""
    one = older.id is not None and older.id == newer.id
    past = _copied(older, newer) or _copied(newer, older)
    names = [folded(name) for name in (older.organisation, newer.organisation)]
    alike = names[0] == names[1]
    if one or past:
        if not alike and all(names):
            return "other_name"
        return "same" if one else "past_cycle"
    without_id = older.id is None or newer.id is None
    return "same" if without_id and alike and names[0] else "unrelated"


def is_older(one: Assessment, other: Assessment) -> bool:
    """Whether it is of before the other: a new cycle began from it, else it changed last before the other did."""
    copied, begun = _copied(one, other), _copied(other, one)
    if copied != begun:  # two that say to come from each other say nothing
        return copied
    ours, theirs = last_said_at(one), last_said_at(other)
    return ours is not None and theirs is not None and ours < theirs


def _copied(older: Assessment, newer: Assessment) -> bool:
    return newer.previous_id is not None and older.id == newer.previous_id != newer.id
