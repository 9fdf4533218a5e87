"""Reviews to test with: a few words each, and strategies for hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from pensebete.assessment.review.merge import ordered
from pensebete.assessment.review.model import (
    ADVISOR,
    EVENT_KINDS,
    MANAGER,
    REMARK_KINDS,
    About,
    Author,
    Event,
    Remark,
    Review,
)

DOSSIER = UUID(int=7)
THEN = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
MARIE = Author(name="Marie Roy", role=ADVISOR, organisation="Pôle de Québec")
PAUL = Author(name="Paul Côté", role=ADVISOR, organisation="Pôle de Québec")
MANAGER_OF_COOP = Author(name="direction", role=MANAGER, organisation="Coop du Fleuve")


def remark(n: int, kind: str = "clarify", item: str | None = "board-position", **details: Any) -> Remark:
    return Remark(
        **{
            "id": UUID(int=n),
            "about": About(item=item),
            "kind": kind,
            "author": MARIE,
            "at": THEN + timedelta(minutes=n),
            **details,
        }
    )


def event(n: int, kind: str, author: Author = MANAGER_OF_COOP, **details: Any) -> Event:
    return Event(
        **{"id": UUID(int=n), "kind": kind, "author": author, "at": THEN + timedelta(days=1, minutes=n), **details}
    )


def review(*remarks: Remark) -> Review:
    return ordered(Review(dossier=DOSSIER, remarks=remarks))


_ids = st.integers(1, 12).map(lambda n: UUID(int=n))
_moments = st.integers(0, 500).map(lambda n: THEN + timedelta(minutes=n))
_authors = st.sampled_from([MARIE, PAUL, MANAGER_OF_COOP, Author()])
_texts = st.text(max_size=8)
_events = st.builds(
    Event,
    id=_ids,
    kind=st.sampled_from([*EVENT_KINDS, "of-a-later-version"]),
    author=_authors,
    at=_moments,
    text=_texts,
)
_remarks = st.builds(
    Remark,
    id=_ids,
    about=st.sampled_from(
        [About(), About(item="board-position"), About(question="staff"), About(item="a", action="b")]
    ),
    kind=st.sampled_from([*REMARK_KINDS, "of-a-later-version"]),
    text=_texts,
    proposed=st.sampled_from([None, "done", "in_progress"]),
    author=_authors,
    at=_moments,
    seen=st.sampled_from(["", "0123456789abcdef"]),
    events=st.lists(_events, max_size=3).map(tuple),
)
# Of one dossier, and of any shape: one id may come with two contents, as in a file that somebody forged.
reviews = st.lists(_remarks, max_size=5).map(lambda found: review(*found))
