"""A review: the remarks of advisors about one dossier, and what was answered. It only ever grows.

It travels beside the dossier and never in it: whatever is remarked, the manager's own answers stay as they are.
Kinds that a later version adds are kept and written back, and count for nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field

from pensebete.checklist.dossier_part import DossierPart
from pensebete.checklist.model import Key

RemarkKind = Literal["clarify", "status", "advice", "seen"]
EventKind = Literal["reply", "corrected", "upheld", "closed", "withdrawn"]
REMARK_KINDS: tuple[RemarkKind, ...] = get_args(RemarkKind)
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
# Whose word it is; any other role is free text, and an advisor's.
MANAGER, ADVISOR = "manager", "advisor"

Kind = Annotated[str, Field(min_length=1, max_length=40)]


def _with_a_place(moment: datetime) -> datetime:
    """One that can be put in order among others: the first and the last day there are have hours that no zone has."""
    try:
        moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("beyond all days") from None
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_with_a_place)]


class About(DossierPart):
    """A line of the dossier: an item, an action of an item, one's own action, a question of the profile; or all of it.

    An action of one's own is named by its id alone.
    """

    item: Key | None = None
    action: Key | None = None
    question: Key | None = None

    @property
    def of_item(self) -> bool:
        """Whether it is an item itself: what has an answer, and of which another one can be proposed."""
        return self.item is not None and self.action is None


class Author(DossierPart):
    """Who says to have written it: declared, and verified by nobody."""

    name: str = ""
    role: str = ""
    organisation: str = ""

    @property
    def is_manager(self) -> bool:
        return self.role == MANAGER


class Event(DossierPart):
    """What became of a remark: replied to, corrected, upheld; closed or withdrawn."""

    id: UUID
    kind: Kind
    author: Author = Author()
    at: Moment
    text: str = ""


class Remark(DossierPart):
    """`seen` is the digest of the line as its author saw it (digest.py); `proposed` the status of a `status` remark."""

    id: UUID
    about: About = About()
    kind: Kind
    text: str = ""
    proposed: str | None = None
    author: Author = Author()
    at: Moment
    seen: str = ""
    events: tuple[Event, ...] = ()


class Review(DossierPart):
    """All that was remarked about one dossier, by time, then id: equal reviews are equal files."""

    dossier: UUID
    remarks: tuple[Remark, ...] = ()
